"""The office's address book: its own payers, billing providers, clinicians and facilities, the last used first."""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from mild_biller.core.case import codes
from mild_biller.core.case.base import Model
from mild_biller.core.case.people import Clinician, Facility, Organization, OwnPayer
from mild_biller.core.case.repair import repaired
from mild_biller.core.case.vocabulary import PlanType, TaxIdKind
from mild_biller.errors import MildBillerError
from mild_biller.files import write_private
from mild_biller.paths import user_data
from mild_biller.store.table import MOST_BYTES, Checked, TableRow, read_table, write_table

Entry = OwnPayer | Organization | Clinician | Facility


class BookPart(StrEnum):
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

    def entries(self, part: BookPart) -> tuple[Entry, ...]:
        """Return the entries of a part, the last used first."""
        found: tuple[Entry, ...] = getattr(self, _HOLDERS[part])
        return found


_HOLDERS: Final = {
    BookPart.PAYER: "payers",
    BookPart.BILLING: "billing",
    BookPart.CLINICIAN: "clinicians",
    BookPart.FACILITY: "facilities",
}
_MODELS: Final[Mapping[BookPart, type[Entry]]] = {
    BookPart.PAYER: OwnPayer,
    BookPart.BILLING: Organization,
    BookPart.CLINICIAN: Clinician,
    BookPart.FACILITY: Facility,
}
_LEFT_OUT: Final = frozenset({"role"})  # of one case, not of the person
COLUMNS: Final = (
    "kind",
    *dict.fromkeys(name for model in _MODELS.values() for name in model.model_fields if name not in _LEFT_OUT),
)
NAME_FIELD: Final = {BookPart.CLINICIAN: "last"}  # of every other part it is called name
_PROVEN: Final = {"npi": "NPI", "tax_id": "tax ID"}
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_KINDS: Final[Mapping[str, codes.CodeKind]] = {
    "npi": codes.NPI,
    "taxonomy": codes.TAXONOMY,
    "state": codes.STATE,
    "zip": codes.ZIP,
    "phone": codes.PHONE,
}


def default_file() -> Path:
    """Return the path of this user's address book."""
    return user_data() / "address-book.json"


def part_of(entry: Entry) -> BookPart:
    """Return which part of the book an entry belongs to."""
    return next(part for part, model in _MODELS.items() if type(entry) is model)


def label(entry: Entry) -> str:
    """Return what a person calls an entry."""
    if isinstance(entry, Clinician):
        return ", ".join(filter(None, (entry.last, entry.first, entry.credentials)))
    return entry.name or ""


def key(entry: Entry) -> str:
    """Return what tells an entry from the others of its part: its NPI, else its name."""
    npi = None if isinstance(entry, OwnPayer) else repaired(entry).npi
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
    """Yield what is wrong with an entry, written as the forms require it; an NPI by its check digit."""
    yield from (said for _, said in wrong_fields(entry))


def wrong_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry with what is wrong there."""
    if not label(entry):
        yield NAME_FIELD.get(part_of(entry), "name"), "the name is missing"
    for name, words in _said(entry).items():
        if _UNSEEN.search(words):
            yield name, f"{name} contains an invisible character; retype it"
    said = _said(repaired(entry))
    for name, kind in _kinds(entry).items():
        if name in said and (fault := kind.fault(said[name])):
            yield name, f"{kind.name}: {fault}"


def well_formed(entry: Entry) -> tuple[str, ...]:
    """Return what of an entry was checked and found good: its NPI, its tax id."""
    wrong = {name for name, _ in wrong_fields(entry)}
    return tuple(words for name, words in _PROVEN.items() if name in _said(entry) and name not in wrong)


def load(file: Path) -> tuple[Book, str]:
    """Read the book of this user, and say what went wrong; a broken file is kept aside, under another name."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return Book(), ""
    except OSError as error:
        return Book(), f"The address book could not be read ({error.strerror})."
    try:
        if len(content) > MOST_BYTES:
            raise ValueError("too large")
        return Book.model_validate_json(content), ""
    except ValueError:
        aside = file.with_suffix(".broken")
        write_private(aside, content)
        return Book(), f"The address book could not be read; it was saved as {aside.name}, and a new one was started."


def save(file: Path, book: Book) -> None:
    """Keep the book, for this user alone. Raises `OutputError`."""
    write_private(file, book.model_dump_json(exclude_none=True, indent=1).encode())


def dump(book: Book) -> bytes:
    """Return the book as a table."""
    return write_table(
        COLUMNS, ({"kind": part.value, **_said(each)} for part in BookPart for each in book.entries(part))
    )


def check(content: bytes, *, book: Book, policies: Container[str]) -> tuple[Checked[Entry], ...]:
    """Read a table row by row, each with what is wrong with it. Raises `TableError` for the whole."""
    checked: list[Checked[Entry]] = []
    seen: dict[tuple[BookPart, str], int] = {}
    known = {(part, key(each)) for part in BookPart for each in book.entries(part)}
    for row in read_table(content, columns=COLUMNS, needed=("kind",)):
        found = _checked(row, known, policies)
        if found.item is not None:
            first = seen.setdefault((part_of(found.item), key(found.item)), row.number)
            if first != row.number:
                found = Checked(row.number, found.shown, None, (f"same entry as row {first}",))
        checked.append(found)
    return tuple(checked)


def merged(book: Book, entries: Iterable[Entry]) -> Book:
    """Return the book with entries taken from a table, in their order, before and in place of those it has."""
    taken: dict[BookPart, dict[str, Entry]] = {part: {} for part in BookPart}
    for entry in entries:
        taken[part_of(entry)].setdefault(key(entry), plain(entry))
    return book.with_(
        **{
            _HOLDERS[part]: (*new.values(), *(each for each in book.entries(part) if key(each) not in new))
            for part, new in taken.items()
        }
    )


def made_of(entries: Iterable[Entry]) -> Book:
    """Return a book of entries, those of a part in their order."""
    return merged(Book(), entries)


def changed_since(book: Book, *, before: Book, now: Book) -> Book:
    """Return a book edited from `before`, with what another window has added to it meanwhile."""
    for part in reversed(BookPart):
        known = {key(each) for each in (*before.entries(part), *book.entries(part))}
        added = tuple(each for each in now.entries(part) if key(each) not in known)
        book = book.with_(**{_HOLDERS[part]: (*added, *book.entries(part))})
    return book


def _checked(row: TableRow, known: Container[tuple[BookPart, str]], policies: Container[str]) -> Checked[Entry]:
    """Check a row; one that replaces an entry is good and says so."""
    words = dict(row.words)
    kind = words.pop("kind", "").lower()
    shown = "  ".join(words.get(name, "") for name in ("name", "last", "first", "npi") if name in words)
    if kind not in list(BookPart):
        return Checked(row.number, shown, None, (f"the kind is one of {', '.join(BookPart)}",))
    if "" in words:
        return Checked(row.number, shown, None, ("more values than columns",))
    try:
        entry = _entry(BookPart(kind), words)
    except _WrongWords as error:
        return Checked(row.number, shown, None, (str(error),))
    wrong = tuple(faults(entry))
    if isinstance(entry, OwnPayer) and entry.policy and entry.policy not in policies:
        wrong = (*wrong, "there is no such policy")
    if wrong:
        return Checked(row.number, shown, None, wrong)
    is_known = (BookPart(kind), key(entry)) in known
    return Checked(row.number, shown, entry, ("replaces the entry in the address book",) if is_known else ())


class _WrongWords(MildBillerError):
    """A row has a word that its kind of entry cannot hold."""


def _entry(part: BookPart, words: Mapping[str, str]) -> Entry:
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


def _kinds(entry: Entry) -> Mapping[str, codes.CodeKind]:
    """Return what each field is checked as."""
    if not isinstance(entry, Organization):
        return _KINDS
    return {**_KINDS, "tax_id": codes.SSN if entry.tax_id_kind is TaxIdKind.SSN else codes.EIN}


def _said(entry: Entry) -> dict[str, Any]:
    return {
        name: value
        for name, value in entry.model_dump(mode="json", exclude_none=True).items()
        if name not in _LEFT_OUT and value != ""
    }
