"""The rows of the worklist: the group of each case file, its text, and how the search finds it."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from mild_biller.core.review.printable import Lack
from mild_biller.core.review.readiness import Standing
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import shown_day
from mild_biller.store.case_folder import CaseRow, one_line
from mild_biller.store.printed import Marks, marks

BETWEEN: Final = " · "


class Heap(StrEnum):
    """The groups of the worklist, in their order."""

    NEEDS_WORK = "Needs work"
    READY = "Ready"
    PRINTED = "Printed"
    UNREADABLE = "Could not be read"


TONES: Final = {
    Heap.NEEDS_WORK: Tone.HOLD,
    Heap.READY: Tone.GOOD,
    Heap.PRINTED: Tone.INFO,
    Heap.UNREADABLE: Tone.ERROR,
}
_LACKS: Final = {Lack.CLAIM: "no claim is billed in this case", Lack.FORM: "its form cannot be printed"}


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """One case file in words: a title, a line below it, and all that is to be said of it.

    `sought` is what a search looks through, `order` its place in the group.
    """

    path: Path
    heap: Heap
    tone: Tone
    title: str
    below: str
    said: str
    sought: str
    order: tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One group as it is shown: those that fit the search, of how many."""

    heap: Heap
    items: tuple[WorklistItem, ...]
    total: int

    @property
    def count(self) -> str:
        """How many are shown, and of how many where a search leaves some out."""
        count = len(self.items)
        return f"{count:,}" if count == self.total else f"{count:,} of {self.total:,}"

    @property
    def title(self) -> str:
        """The words above the group."""
        return f"{self.heap}: {self.count}"


class Wording:
    """Puts rows into words, only those that changed."""

    def __init__(self) -> None:
        self._made: dict[Path, tuple[CaseRow, tuple[date, ...], WorklistItem]] = {}

    def items(self, rows: Iterable[CaseRow], *, printed: Marks) -> tuple[WorklistItem, ...]:
        """Return the rows in words, in the order they are shown."""
        made = {row.path: self._put(row, _printed_on(row, printed)) for row in rows}
        self._made = made
        return tuple(sorted((item for _, _, item in made.values()), key=lambda item: item.order))

    def _put(self, row: CaseRow, days: tuple[date, ...]) -> tuple[CaseRow, tuple[date, ...], WorklistItem]:
        before = self._made.get(row.path)
        if before is not None and before[0] is row and before[1] == days:
            return before
        return row, days, _item(row, days)


def grouped(found: Sequence[WorklistItem], *, typed: str) -> tuple[ShownGroup, ...]:
    """Return every group, the empty ones too, with what fits all the words of a search."""
    wanted = [word for each in plain(typed).split() if (word := each.strip(",;"))]
    totals: dict[Heap, int] = dict.fromkeys(Heap, 0)
    fitting: dict[Heap, list[WorklistItem]] = {heap: [] for heap in Heap}
    for item in found:
        totals[item.heap] += 1
        if all(word in item.sought for word in wanted):
            fitting[item.heap].append(item)
    return tuple(ShownGroup(heap, tuple(fitting[heap]), totals[heap]) for heap in Heap)


def plain(text: str) -> str:
    """Return a text without capitals and accents, as it is searched."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _printed_on(row: CaseRow, printed: Marks) -> tuple[date, ...]:
    """Return on which days the claims of a case file were printed."""
    if row.standing is None:
        return ()
    return tuple(printed[each] for each in marks(row.digest, claims=row.standing.claims) if each in printed)


def _item(row: CaseRow, days: tuple[date, ...]) -> WorklistItem:
    if row.standing is None:
        return _unreadable(row)
    heap = _heap(row.standing, days)
    day = shown_day(row.service) if row.service else "no date of service"
    below = BETWEEN.join(part for part in (day, row.payer) if part)
    name = one_line(row.path.name)
    title = row.name or one_line(row.path.stem)
    said = "; ".join((title, day, row.payer or "no payer", *_said(row.standing, days), name))
    place = -max(days).toordinal() if heap is Heap.PRINTED else (row.service or date.max).toordinal()
    tone = Tone.ERROR if heap is Heap.NEEDS_WORK and row.standing.errors else TONES[heap]
    sought = plain(" ".join((row.name, row.payer, name, *_days(row.service))))
    return WorklistItem(row.path, heap, tone, title, below, said, sought, (place, plain(title), name))


def _unreadable(row: CaseRow) -> WorklistItem:
    name = one_line(row.path.name)
    said = f"{name}; {row.refusal}"
    heap = Heap.UNREADABLE
    return WorklistItem(row.path, heap, TONES[heap], name, row.refusal, said, plain(name), (0, plain(name), name))


def _heap(standing: Standing, days: Sequence[date]) -> Heap:
    if len(days) == standing.claims:
        return Heap.PRINTED
    return Heap.READY if standing.is_ready else Heap.NEEDS_WORK


def _said(standing: Standing, days: Sequence[date]) -> Iterator[str]:
    """Yield the progress of a case."""
    if days:
        claims = "printed" if len(days) == standing.claims else f"{len(days)} of {standing.claims} claims printed"
        yield f"{claims} {shown_day(max(days))}"
    if standing.errors:
        yield "1 finding must be fixed" if standing.errors == 1 else f"{standing.errors} findings must be fixed"
    if standing.holds:
        yield "1 finding needs review" if standing.holds == 1 else f"{standing.holds} findings need review"
    if standing.lack is not None:
        yield _LACKS[standing.lack]
    if standing.ahead is not None:
        yield "the date of service is in the future"


def _days(day: date | None) -> Iterator[str]:
    """Yield a day in every way it may be typed."""
    if day is None:
        return
    month, number, year, short = day.month, day.day, f"{day.year:04d}", f"{day.year % 100:02d}"
    for end in (year, short):
        yield f"{month:02d}/{number:02d}/{end}"
        yield f"{month}/{number}/{end}"
        yield f"{month:02d}{number:02d}{end}"
    yield day.isoformat()
