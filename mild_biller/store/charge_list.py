"""The office's charge list: code, modifier, charge, and from when; kept as a table that spreadsheets read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mild_biller.core.case import codes
from mild_biller.core.case.notation import money
from mild_biller.errors import TableError
from mild_biller.files import write_private
from mild_biller.paths import user_data
from mild_biller.store.table import Checked, TableRow, read_table, write_table

COLUMNS: Final = ("code", "modifier", "charge", "from")
NEEDED: Final = ("code", "charge", "from")


@dataclass(frozen=True, slots=True, order=True)
class Charge:
    """The office's charge for a code, with or without a modifier, from a day on."""

    code: str
    modifier: str
    from_day: date
    amount: str


@dataclass(frozen=True, slots=True)
class LoadedCharges:
    """The list, and what could not be read, nothing when all could."""

    charges: tuple[Charge, ...] = ()
    trouble: str = ""


def default_file() -> Path:
    """Return the path of this user's charge list."""
    return user_data() / "charges.csv"


def charge_on(charges: Iterable[Charge], code: str, *, modifiers: Sequence[str], day: date) -> Charge | None:
    """Return the charge of a code on a day: one for a modifier of the line first, then the newest not after it."""
    fitting = (
        each
        for each in charges
        if each.code == code and each.from_day <= day and (not each.modifier or each.modifier in modifiers)
    )
    return max(fitting, key=lambda each: (bool(each.modifier), each.from_day), default=None)


def check(content: bytes) -> tuple[Checked[Charge], ...]:
    """Read a table row by row, each with what is wrong with it. Raises `TableError` for the whole."""
    checked: list[Checked[Charge]] = []
    seen: dict[tuple[str, str, date], int] = {}
    for row in read_table(content, columns=COLUMNS, needed=NEEDED):
        found = _checked(row)
        if found.item is not None:
            key = (found.item.code, found.item.modifier, found.item.from_day)
            first = seen.setdefault(key, row.number)
            if first != row.number:
                found = Checked(row.number, found.shown, None, (f"same code and date as row {first}",))
        checked.append(found)
    return tuple(checked)


def dump(charges: Iterable[Charge]) -> bytes:
    """Return the list as a table."""
    return write_table(
        COLUMNS,
        (
            {"code": each.code, "modifier": each.modifier, "charge": each.amount, "from": each.from_day.isoformat()}
            for each in sorted(charges)
        ),
    )


def load(file: Path) -> LoadedCharges:
    """Read the list of this user; what cannot be read is told, and a copy of it kept aside."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return LoadedCharges()
    except OSError as error:
        return LoadedCharges(trouble=f"The charge list could not be read ({error.strerror}).")
    try:
        checked = check(content)
    except TableError as error:
        return LoadedCharges(trouble=f"{error} {_aside(file, content)}")
    charges = tuple(each.item for each in checked if each.item is not None)
    bad = next((each for each in checked if each.item is None), None)
    trouble = f"The charge list, row {bad.number}: {bad.faults[0]}. {_aside(file, content)}" if bad else ""
    return LoadedCharges(charges, trouble)


def save(file: Path, charges: Iterable[Charge]) -> None:
    """Keep the list, for this user alone. Raises `OutputError`."""
    write_private(file, dump(charges))


def parse_charge(code: str, modifier: str, amount: str, day: str) -> Charge | str:
    """Return a charge from its words as typed, or what is wrong with them."""
    code, modifier, amount = code.strip().upper(), modifier.strip().upper(), money(amount)
    from_day = _day(day.strip())
    faults = (
        codes.PROCEDURE.fault(code),
        codes.MODIFIER.fault(modifier) if modifier else None,
        codes.MONEY.fault(amount),
        None if from_day else "enter the date as 2026-01-01 or 01/01/2026",
    )
    fault = next(filter(None, faults), None)
    if fault is not None or from_day is None:
        return fault or ""
    return Charge(code, modifier, from_day, amount)


def _checked(row: TableRow) -> Checked[Charge]:
    words = row.words
    shown = "  ".join(words.get(column, "") for column in COLUMNS)
    if "" in words:
        return Checked(row.number, shown, None, ("more values than columns",))
    found = parse_charge(*(words.get(column, "") for column in COLUMNS))
    return Checked(row.number, shown, None, (found,)) if isinstance(found, str) else Checked(row.number, shown, found)


def _day(text: str) -> date | None:
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    usual = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    found = (iso[1], iso[2], iso[3]) if iso else (usual[3], usual[1], usual[2]) if usual else None
    try:
        return date(*map(int, found)) if found else None
    except ValueError:
        return None


def _aside(file: Path, content: bytes) -> str:
    """Keep a copy of an unreadable list next to it, as the next save overwrites it."""
    aside = file.with_suffix(".broken")
    write_private(aside, content)
    return f"The original was saved as {aside.name}."
