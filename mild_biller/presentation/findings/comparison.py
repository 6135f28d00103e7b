"""The same case under every payer, in every setting, on other dates: rows of a table, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import Setting
from mild_biller.core.claim.claim import ServiceLine
from mild_biller.core.review import whatif
from mild_biller.core.review.whatif import WhatIfRow
from mild_biller.core.rules.catalog import Catalog
from mild_biller.presentation.findings.finding_rows import TONES
from mild_biller.presentation.labels import words
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import DAY, Calendar, shown_day

THIS_CASE: Final = "this case"
NO_LINES: Final = "no lines"
FACILITY: Final = "the facility"


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: what was changed, the answer, what the payer says of the procedure, the codes with modifiers."""

    name: str
    determination: str
    position: str
    codes: str
    tone: Tone
    order: str  # what the name sorts by
    is_present: bool = False

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Return the words of the row."""
        name = f"{self.name} ({THIS_CASE})" if self.is_present else self.name
        return name, self.determination, self.position, self.codes


def payers(case: Case, *, catalog: Catalog, today: date) -> tuple[Compared, ...]:
    """Return the case under every payer of the catalog, by name."""
    present = case.coverages[0].payer if case.coverages else None
    rows = whatif.by_payer(case, catalog=catalog, today=today)
    made = (_row(row, catalog.payer[row.value].name, is_present=row.value == present) for row in rows)
    return tuple(sorted(made, key=lambda row: row.order))


def settings(case: Case, *, catalog: Catalog, today: date) -> tuple[Compared, ...]:
    """Return the case in every setting."""
    present = case.procedure.setting if case.procedure else None
    rows = whatif.by_setting(case, catalog=catalog, today=today)
    return tuple(_row(row, words(Setting(row.value)), is_present=row.value == present) for row in rows)


def dates(case: Case, days: Iterable[date], *, catalog: Catalog, today: date) -> tuple[Compared, ...]:
    """Return the case on these dates of service."""
    present = case.procedure.date_of_service if case.procedure else None
    rows = whatif.by_date(case, tuple(days), catalog=catalog, today=today)
    made = ((row, date.fromisoformat(row.value)) for row in rows)
    return tuple(_row(row, shown_day(day), order=row.value, is_present=day == present) for row, day in made)


def days_of_change(case: Case, *, catalog: Catalog, today: date) -> tuple[date, ...]:
    """Return the case's own date, today, and every day on which a policy or a code of ours began."""
    own = case.procedure.date_of_service if case.procedure else None
    began = {policy.effective_from for policy in catalog.policies}
    began |= {code.first_day for code in catalog.procedures if code.first_day is not None}
    return tuple(sorted({*began, today, *((own,) if own else ())}))


def read_days(text: str, *, calendar: Calendar) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Read dates between commas or blanks; return them in order, and the words that are no date."""
    typed = text.replace(",", " ").replace(";", " ").split()
    read = {word: DAY.read(word, calendar).value for word in typed}
    return tuple(sorted({day for day in read.values() if day})), tuple(word for word, day in read.items() if not day)


def as_text(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text, a line a row, with tabs between."""
    return "\n".join("\t".join(row) for row in (heads, *rows))


def _row(row: WhatIfRow, name: str, *, is_present: bool, order: str = "") -> Compared:
    return Compared(
        name=name,
        determination=words(row.determination),
        position=row.position.value.replace("-", " ").capitalize(),
        codes=_codes(row),
        tone=TONES[row.determination],
        order=order or name.lower(),
        is_present=is_present,
    )


def _codes(row: WhatIfRow) -> str:
    """Write the codes of the claim, and of the facility's own where one is entered."""
    own = _lines(row.lines)
    return own if row.facility_lines is None else f"{own}; {FACILITY}: {_lines(row.facility_lines)}"


def _lines(lines: Sequence[ServiceLine]) -> str:
    return " + ".join(_line(line) for line in lines) or NO_LINES


def _line(line: ServiceLine) -> str:
    return " ".join((line.code or "?", *line.modifiers))
