"""The address book: the last used first, entries told apart by NPI or name, tables checked row by row."""

import os
import stat
from pathlib import Path

import pytest

from mild_biller.core.case.people import Clinician, Facility, Organization, OwnPayer
from mild_biller.core.case.vocabulary import PlanType, Role, TaxIdKind
from mild_biller.errors import OutputError, TableError
from mild_biller.store import address_book
from mild_biller.store.address_book import Book, BookPart, Entry, put_first
from mild_biller.store.table import Checked

BILLING = Organization(name="THREE RIVERS PAIN ASSOC", npi="2000000010", tax_id="251234567", tax_id_kind=TaxIdKind.EIN)
RENDERING = Clinician(last="RENDERER", first="PAT", npi="1234567893", credentials="MD")
REFERRING = Clinician(last="REFERRER", first="CHRIS", npi="2000000028")
SITE = Facility(name="RIVERSIDE SURGERY CENTER", npi="2000000036", city="PITTSBURGH", state="PA", zip="152221234")
PAYER = OwnPayer(name="UNION FUND", plan_type=PlanType.COMMERCIAL, payer_number="99999")
ENTRIES: tuple[Entry, ...] = (BILLING, RENDERING, REFERRING, SITE, PAYER)


def full() -> Book:
    return address_book.merged(Book(), ENTRIES)


def check(content: bytes, *, book: Book | None = None) -> tuple[Checked[Entry], ...]:
    return address_book.check(content, book=book or Book(), policies={"cms-ncd-150-13"})


def test_the_last_used_comes_first() -> None:
    book = full()
    assert book.entries(BookPart.CLINICIAN) == (RENDERING, REFERRING)
    book = put_first(book, REFERRING)
    assert book.entries(BookPart.CLINICIAN) == (REFERRING, RENDERING)


def test_the_same_npi_is_the_same_entry() -> None:
    changed = RENDERING.with_(last="RENDERER-NEW")
    book = put_first(full(), changed)
    assert book.entries(BookPart.CLINICIAN) == (changed, REFERRING)
    assert address_book.without(book, RENDERING).entries(BookPart.CLINICIAN) == (REFERRING,)


def test_a_payer_is_told_by_its_name() -> None:
    assert address_book.key(PAYER) == "UNION FUND"
    assert len(put_first(full(), PAYER.with_(name="Union fund")).entries(BookPart.PAYER)) == 1


def test_a_role_stays_with_the_case() -> None:
    book = put_first(Book(), REFERRING.with_(role=Role.ORDERING))
    assert book.clinicians == (REFERRING,)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Clinician(npi="1234567893"), ["the name is missing"]),
        (Organization(name="X", npi="2000000011"), ["NPI: the check digit"]),
        (Organization(name="X", tax_id="12", tax_id_kind=TaxIdKind.SSN), ["social security number: "]),
        (Organization(name="X", tax_id="12"), ["employer identification number: "]),
        (Facility(name="X", state="QQ", zip="1"), ["state: ", "ZIP: "]),
        (Facility(name="X\x00Y"), ["name contains an invisible character"]),
        (Organization(name="X", npi="2000-000 010", tax_id="25-1234567", zip="15222-1234"), []),  # as the forms mend it
        (Organization(name="X", tax_id="219-09-9999", tax_id_kind=TaxIdKind.SSN), []),
        (BILLING, []),
        (PAYER, []),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(entry: Entry, said: list[str]) -> None:
    found = list(address_book.faults(entry))
    assert len(found) == len(said)
    assert all(each.startswith(start) for each, start in zip(found, said, strict=True))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (BILLING, ("NPI", "tax ID")),
        (BILLING.with_(npi="2000000011"), ("tax ID",)),
        (BILLING.with_(tax_id=""), ("NPI",)),
        (RENDERING, ("NPI",)),
        (PAYER, ()),
    ],
)
def test_what_was_checked_and_is_good_is_said(entry: Entry, said: tuple[str, ...]) -> None:
    assert address_book.well_formed(entry) == said


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (Clinician(npi="1"), ["last", "npi"]),
        (Organization(tax_id="1"), ["name", "tax_id"]),
        (Facility(name="X", zip="1"), ["zip"]),
    ],
)
def test_what_is_wrong_is_said_by_field(entry: Entry, fields: list[str]) -> None:
    assert [name for name, _ in address_book.wrong_fields(entry)] == fields


def test_an_npi_with_hyphens_is_the_same_npi() -> None:
    book = put_first(full(), SITE.with_(npi="2000-0000-36"))
    assert len(book.facilities) == 1


def test_what_another_window_added_meanwhile_stays() -> None:
    before = full()
    now = put_first(put_first(before, Facility(name="NEW SITE")), RENDERING.with_(first="CHANGED ELSEWHERE"))
    mine = address_book.without(put_first(before, RENDERING.with_(first="CHANGED HERE")), SITE)
    kept = address_book.changed_since(mine, before=before, now=now)
    assert kept.facilities == (Facility(name="NEW SITE"),)  # the one taken out here stays out
    assert kept.clinicians == (RENDERING.with_(first="CHANGED HERE"), REFERRING)
    assert (kept.billing, kept.payers) == (before.billing, before.payers)


@pytest.mark.slow
def test_ten_thousand_rows_are_read_and_taken() -> None:
    lines = "".join(f"clinician,NAME {number}\n" for number in range(10_000))
    checked = check(f"kind,last\n{lines}".encode(), book=full())
    book = address_book.merged(full(), [each.item for each in checked if each.item])
    assert len(book.clinicians) == 10_002
    assert [each.last for each in book.clinicians[:2]] == ["NAME 0", "NAME 1"]
    assert book.clinicians[-2:] == (RENDERING, REFERRING)


def test_the_first_of_two_alike_is_taken() -> None:
    taken = address_book.made_of((RENDERING, REFERRING, RENDERING.with_(last="AGAIN")))
    assert taken.clinicians == (RENDERING, REFERRING)


def test_a_book_survives_its_table() -> None:
    checked = check(address_book.dump(full()))
    assert not [each for each in checked if each.faults]
    assert address_book.merged(Book(), [each.item for each in checked if each.item]) == full()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kind,name\ndoctor,X", "the kind is one of payer, billing, clinician, facility"),
        ("kind,name\nfacility,X,Y", "more values than columns"),
        ("kind,last,tax_id\nclinician,X,1", "clinician has no tax_id"),
        ("kind,name,plan_type\npayer,X,hmo", "plan_type is one of medicare"),
        ("kind,name\npayer,X", "plan_type is one of"),
        ("kind,plan_type\npayer,commercial", "name is missing"),
        ("kind,name,tax_id_kind\nbilling,X,abc", "tax_id_kind is one of ein, ssn"),
        ("kind,name,npi\nfacility,X,2000000011", "check digit"),
        ("kind,name,plan_type,policy\npayer,X,commercial,none-such", "no such policy"),
        ("kind,name\nfacility,", "the name is missing"),
        ("kind,name\nfacility,A\x00B", "an invisible character"),
        ('kind,name\nfacility,"A\nB"', "an invisible character"),
        ("kind,name,npi\nfacility,A,2.00E+09", "an NPI has ten digits"),
    ],
)
def test_what_is_wrong_in_a_row_is_said(line: str, said: str) -> None:
    (found,) = check(line.encode())
    assert (found.number, found.item) == (2, None)
    assert said in found.faults[0]


def test_a_row_that_replaces_an_entry_says_so() -> None:
    (found,) = check(b"kind,name,npi\nfacility,NEW NAME,2000000036\n", book=full())
    assert found.item is not None
    assert "replaces the entry" in found.faults[0]


def test_the_same_entry_twice_is_said() -> None:
    checked = check(b"kind,name\nfacility,SITE\nFacility,site\n")
    assert checked[0].item is not None
    assert checked[1].item is None
    assert "row 2" in checked[1].faults[0]


def test_a_table_without_kinds_is_refused() -> None:
    with pytest.raises(TableError, match="kind is missing"):
        check(b"name\nX\n")


def test_a_book_is_kept_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "data" / "address-book.json"
    assert address_book.load(file) == (Book(), "")
    address_book.save(file, full())
    assert address_book.load(file) == (full(), "")
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"doctors": []}', b'{"format": "x"}', b"\xff", b" " * 5_000_001])
def test_a_broken_book_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "address-book.json"
    file.write_bytes(content)
    book, trouble = address_book.load(file)
    assert book == Book()
    assert "address-book.broken" in trouble
    assert (tmp_path / "address-book.broken").read_bytes() == content


def test_a_book_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "address-book.json").mkdir()
    assert "could not be read" in address_book.load(tmp_path / "address-book.json")[1]
    with pytest.raises(OutputError):
        address_book.save(tmp_path / "address-book.json", Book())


def test_the_book_lies_with_this_users_data(home: Path) -> None:
    assert home in address_book.default_file().parents
