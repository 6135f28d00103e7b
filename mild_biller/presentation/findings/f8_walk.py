"""Where F8 is among the findings, also when the finding it was at is fixed, reworded or moved."""

from collections import deque
from collections.abc import Sequence
from typing import Final

from mild_biller.presentation.findings.finding_rows import FindingRow

ONWARD: Final = 1
BACK: Final = -1


class F8Walk:
    """Remembers the entry that was chosen last and the order of that moment; every list after it is compared with it.

    While the chosen entry keeps its place, the next one is the one after it. Once it is gone, or is listed among others
    because it became less or more severe, the next one is whatever is at its old place: right after the nearest of the
    entries that came before it.
    """

    def __init__(self) -> None:
        self._order: tuple[FindingRow, ...] = ()
        self._at = 0

    @property
    def is_begun(self) -> bool:
        """Return True if an entry was chosen."""
        return self._at < len(self._order)

    def begin_anew(self) -> None:
        """Forget what was chosen."""
        self._order, self._at = (), 0

    def choose(self, entry: FindingRow, entries: Sequence[FindingRow]) -> None:
        """Take an entry of a list for the chosen one."""
        self._order, self._at = tuple(entries), entries.index(entry)

    def chosen(self, entries: Sequence[FindingRow]) -> FindingRow | None:
        """Return the chosen entry as a list has it now, None if it is gone."""
        place = self._places(entries)[self._at] if self.is_begun else None
        return None if place is None else entries[place]

    def next(self, entries: Sequence[FindingRow], step: int) -> list[FindingRow]:
        """Return every entry once: the next one first (`step` is ONWARD) or the one before (BACK), round to the start.

        The chosen one is never first, unless it is the only one.
        """
        begin = self._begin(entries, step)
        ring = [entries[(begin + step * passed) % len(entries)] for passed in range(len(entries))]
        return [*ring[1:], ring[0]] if ring and ring[0] == self.chosen(entries) else ring

    def _begin(self, entries: Sequence[FindingRow], step: int) -> int:
        """Return the place of the next entry; it may be one outside of the list, at either end."""
        places = self._places(entries)
        before = [place for place in places[: self._at] if place is not None]
        gap = before[-1] + 1 if before else 0
        here = places[self._at] if self.is_begun else None
        after = {place for place in places[self._at + 1 :] if place is not None}
        if here is not None and here >= gap and after.isdisjoint(range(gap, here)):
            return here + step
        return gap if step == ONWARD else gap - 1

    def _places(self, entries: Sequence[FindingRow]) -> list[int | None]:
        """Return the place of each remembered entry in a list; one with other words is found by its rule and field."""
        exact = {entry: place for place, entry in reversed(list(enumerate(entries)))}
        old = set(self._order)
        reworded: dict[tuple[str, str], deque[int]] = {}
        for place, entry in enumerate(entries):
            if entry not in old:
                reworded.setdefault(_subject(entry), deque()).append(place)
        return [_place(entry, exact.get(entry), reworded) for entry in self._order]


def _place(entry: FindingRow, exact: int | None, reworded: dict[tuple[str, str], deque[int]]) -> int | None:
    if exact is not None:
        return exact
    others = reworded.get(_subject(entry))
    return others.popleft() if others else None


def _subject(entry: FindingRow) -> tuple[str, str]:
    """Return what an entry is about: its rule, none for one without a finding, and its field."""
    return (entry.finding.rule if entry.finding is not None else "", entry.path)
