"""The office's address book: its own payers, billing providers, clinicians and facilities, the last used first."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from mild_biller.core import codes
from mild_biller.core.base import Model
from mild_biller.core.people import Clinician, Facility, Organization, OwnPayer
from mild_biller.core.vocabulary import PlanType, TaxIdKind
from mild_biller.errors import MildBillerError
from mild_biller.paths import user_data
from mild_biller.store.files import write_private
from mild_biller.store.table import MOST_BYTES, Checked, Row, read_table, write_table

Entry = OwnPayer | Organization | Clinician | Facility


class Part(StrEnum):
    """The parts of the book."""

    PAYER = "payer"
    BILLING = "billing"
    CLINICIAN = "clinician"
    FACILITY = "facility"


class Book(Model):
    """Everybody the office bills with."""

    format: int = 1
    payers: tuple[OwnPayer, ...] = ()
    billing: tuple[Organization, ...] = ()
    clinicians: tuple[Clinician, ...] = ()
    facilities: tuple[Facility, ...] = ()

    def entries(self, part: Part) -> tuple[Entry, ...]:
        """Return the entries of a part, the last used first."""
        found: tuple[Entry, ...] = getattr(self, _HOLDERS[part])
        return found


_HOLDERS: Final = {
    Part.PAYER: "payers",
    Part.BILLING: "billing",
    Part.CLINICIAN: "clinicians",
    Part.FACILITY: "facilities",
}
_MODELS: Final[Mapping[Part, type[Entry]]] = {
    Part.PAYER: OwnPayer,
    Part.BILLING: Organization,
    Part.CLINICIAN: Clinician,
    Part.FACILITY: Facility,
}
_LEFT_OUT: Final = frozenset({"role"})  # of one case, not of the person
COLUMNS: Final = (
    "kind",
    *dict.fromkeys(name for model in _MODELS.values() for name in model.model_fields if name not in _LEFT_OUT),
)
_KINDS: Final[Mapping[str, codes.Kind]] = {
    "npi": codes.NPI,
    "taxonomy": codes.TAXONOMY,
    "state": codes.STATE,
    "zip": codes.ZIP,
    "phone": codes.PHONE,
}


def default_file() -> Path:
    """Return where the address book of this user lies."""
    return user_data() / "address-book.json"


def part_of(entry: Entry) -> Part:
    """Return which part of the book an entry belongs to."""
    return next(part for part, model in _MODELS.items() if type(entry) is model)


def label(entry: Entry) -> str:
    """Return what a person calls an entry."""
    if isinstance(entry, Clinician):
        return ", ".join(filter(None, (entry.last, entry.first, entry.credentials)))
    return entry.name or ""


def key(entry: Entry) -> str:
    """Return what tells an entry from the others of its part: its NPI, else its name."""
    npi = None if isinstance(entry, OwnPayer) else entry.npi
    return npi or label(entry).upper()


def put_first(book: Book, entry: Entry) -> Book:
    """Return the book with an entry at the head of its part, in place of the one of the same key."""
    part, new = part_of(entry), plain(entry)
    others = (each for each in book.entries(part) if key(each) != key(new))
    return book.with_(**{_HOLDERS[part]: (new, *others)})


def without(book: Book, entry: Entry) -> Book:
    """Return the book without an entry."""
    part = part_of(entry)
    return book.with_(**{_HOLDERS[part]: tuple(each for each in book.entries(part) if key(each) != key(entry))})


def plain(entry: Entry) -> Entry:
    """Return an entry with what it says and nothing of one case."""
    return type(entry).model_validate_json(json.dumps(_said(entry)))


def faults(entry: Entry) -> Iterator[str]:
    """Say what is wrong with an entry; an NPI by its check digit."""
    if not label(entry):
        yield "the name is missing"
    said = _said(entry)
    for name, kind in _KINDS.items():
        if name in said and (fault := kind.fault(said[name])):
            yield f"{kind.name}: {fault}"
    if isinstance(entry, Organization) and entry.tax_id:
        kind = codes.SSN if entry.tax_id_kind is TaxIdKind.SSN else codes.EIN
        if fault := kind.fault(entry.tax_id):
            yield f"{kind.name}: {fault}"


def load(file: Path) -> tuple[Book, str]:
    """Read the book of this user, and say what went wrong; a broken file is kept aside, under another name."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return Book(), ""
    except OSError as error:
        return Book(), f"The address book cannot be read ({error.strerror})."
    try:
        if len(content) > MOST_BYTES:
            raise ValueError("too large")
        return Book.model_validate_json(content), ""
    except ValueError:
        aside = file.with_suffix(".broken")
        write_private(aside, content)
        return Book(), f"The address book cannot be read; it is kept in {aside.name} and begun anew."


def save(file: Path, book: Book) -> None:
    """Keep the book, for this user alone. Raises `OutputError`."""
    write_private(file, book.model_dump_json(exclude_none=True, indent=1).encode())


def dump(book: Book) -> bytes:
    """Return the book as a table."""
    return write_table(COLUMNS, ({"kind": part.value, **_said(each)} for part in Part for each in book.entries(part)))


def check(content: bytes, *, book: Book, policies: Container[str]) -> tuple[Checked[Entry], ...]:
    """Read a table row by row, each with what is wrong with it. Raises `TableError` for the whole."""
    checked: list[Checked[Entry]] = []
    seen: dict[tuple[Part, str], int] = {}
    for row in read_table(content, columns=COLUMNS, needed=("kind",)):
        found = _checked(row, book, policies)
        if found.item is not None:
            first = seen.setdefault((part_of(found.item), key(found.item)), row.number)
            if first != row.number:
                found = Checked(row.number, found.shown, None, (f"the same entry stands in row {first}",))
        checked.append(found)
    return tuple(checked)


def merged(book: Book, entries: Iterable[Entry]) -> Book:
    """Return the book with entries taken from a table, in their order."""
    for entry in reversed(tuple(entries)):
        book = put_first(book, entry)
    return book


def _checked(row: Row, book: Book, policies: Container[str]) -> Checked[Entry]:
    """Check a row; one that replaces an entry is good and says so."""
    words = dict(row.words)
    kind = words.pop("kind", "").lower()
    shown = "  ".join(words.get(name, "") for name in ("name", "last", "first", "npi") if name in words)
    if kind not in list(Part):
        return Checked(row.number, shown, None, (f"the kind is one of {', '.join(Part)}",))
    if "" in words:
        return Checked(row.number, shown, None, ("more values than columns",))
    try:
        entry = _entry(Part(kind), words)
    except _WrongWords as error:
        return Checked(row.number, shown, None, (str(error),))
    wrong = tuple(faults(entry))
    if isinstance(entry, OwnPayer) and entry.policy and entry.policy not in policies:
        wrong = (*wrong, "there is no such policy")
    if wrong:
        return Checked(row.number, shown, None, wrong)
    is_known = key(entry) in map(key, book.entries(Part(kind)))
    return Checked(row.number, shown, entry, ("takes the place of the one in the book",) if is_known else ())


class _WrongWords(MildBillerError):
    """A row has a word that its kind of entry cannot hold."""


def _entry(part: Part, words: Mapping[str, str]) -> Entry:
    model = _MODELS[part]
    for name in words:
        if name not in model.model_fields:
            raise _WrongWords(f"{part} has no {name}")
    try:
        return model.model_validate_json(json.dumps(words))
    except ValidationError as error:
        place = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        offered = {"plan_type": PlanType, "tax_id_kind": TaxIdKind}.get(place)
        wanted = f"{place} is one of {', '.join(offered)}" if offered else f"{place} is missing"
        raise _WrongWords(wanted) from None


def _said(entry: Entry) -> dict[str, Any]:
    return {
        name: value
        for name, value in entry.model_dump(mode="json", exclude_none=True).items()
        if name not in _LEFT_OUT and value != ""
    }
