"""What would make the case payable, in words: clerical fixes, and facts that need chart documentation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from mild_biller.core.case.model import Case
from mild_biller.core.review import whatif
from mild_biller.core.review.whatif import Fact, Slip
from mild_biller.presentation.claim.box_notes import place_words
from mild_biller.presentation.typed_text import shown_days

SLIPS_TITLE: Final = "Clerical fixes"
FACTS_TITLE: Final = "Needs chart documentation"
NOTHING: Final = "nothing"
MOST: Final = 200  # characters of a value
_HIDDEN: Final = "…"


@dataclass(frozen=True, slots=True)
class Mend:
    """One row: `paths`, with what is `typed` there, are removed; none where the user must change the field."""

    text: str
    change: str
    path: str
    paths: tuple[str, ...] = ()
    typed: tuple[Any, ...] = ()


def slip_rows(slips: Sequence[Slip]) -> tuple[Mend, ...]:
    """Return a row for every step, and one for every error that the user must correct by hand."""
    return tuple(_rows(slips))


def fact_rows(facts: Sequence[Fact]) -> tuple[Mend, ...]:
    """Return a row for every fact that blocks payment."""
    return tuple(Mend(_short(fact.message), _short(fact.remedy), fact.path) for fact in facts)


def mended(case: Case, mend: Mend) -> Case | None:
    """Return the case without the wrong values, None where something else is there."""
    if not mend.paths:
        return None
    changed = case
    for path, typed in zip(mend.paths, mend.typed, strict=True):
        less = whatif.untyped(changed, path) if whatif.typed_at(changed, path) == typed else None
        if less is None:
            return None
        changed = less
    return changed


def _rows(slips: Sequence[Slip]) -> Iterator[Mend]:
    for step, group in groupby(slips, key=lambda slip: slip.step):
        together = tuple(group)
        if step is None:
            yield from (Mend(_short(slip.message), _short(slip.remedy), slip.path) for slip in together)
        else:
            change = "; ".join(_change(slip) for slip in together)
            paths, typed = tuple(slip.path for slip in together), tuple(slip.before for slip in together)
            yield Mend(_short(together[0].message), change, together[0].path, paths, typed)


def _change(slip: Slip) -> str:
    return f"{place_words(slip.path)}: {_value(slip.before)} → {_value(slip.after)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return _short(", ".join(_value(each) for each in value)) or NOTHING
    if isinstance(value, dict):
        return " ".join(_value(each) for each in value.values() if each not in (None, "", []))
    return NOTHING if value in (None, "") else _short(str(value))


def _short(text: str) -> str:
    text = shown_days(text)
    return text if len(text) <= MOST else f"{text[:MOST]}{_HIDDEN}"
