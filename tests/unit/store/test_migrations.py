"""Formats of kept files: old ones read for ever, newer ones refused in one line and never written over.

The files under tests/formats/1 were written by version 0.1.0 of the program.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from mild_biller import settings
from mild_biller.appearance import Appearance
from mild_biller.core.case import model
from mild_biller.errors import CaseFileError, NewerFormat, OutputError
from mild_biller.settings import Calibration, DateShorthand, Settings
from mild_biller.store import address_book, case_file, charge_list, drafts, migrations, printed
from mild_biller.store.address_book import Book, BookPart
from mild_biller.store.charge_list import Charge
from mild_biller.store.library import CaseRef
from mild_biller.store.migrations import Format, carried, carried_bytes, check_overwrite
from mild_biller.store.unread import Unread
from tests.support import PACK, ROOT

FIRST: Final = ROOT / "tests" / "formats" / "1"
ONE: Final = "1" * 64


# The machinery, with formats made up for it: 0 calls a patient `name`, 1 `patient`, 2 holds a list of them.


def renamed(content: dict[str, Any]) -> dict[str, Any]:
    others = {key: value for key, value in content.items() if key != "name"}
    return {**others, "patient": content["name"]}


def listed(content: dict[str, Any]) -> dict[str, Any]:
    others = {key: value for key, value in content.items() if key != "patient"}
    return {**others, "patients": [content["patient"].title()]}


THREE: Final = Format(oldest=0, steps=(renamed, listed))
NEWEST: Final = {"format": 2, "patients": ["Alma"], "id": 7}


def test_the_newest_format_follows_from_the_steps() -> None:
    assert THREE.newest == 2
    assert Format(oldest=1).newest == 1


@pytest.mark.parametrize(
    "content",
    [
        {"format": 0, "name": "ALMA", "id": 7},
        {"name": "ALMA", "id": 7},
        {"format": None, "name": "ALMA", "id": 7},
        {"format": 1, "patient": "ALMA", "id": 7},
        NEWEST,
    ],
)
def test_an_older_file_is_carried_up_step_by_step(content: dict[str, Any]) -> None:
    before = dict(content)
    assert carried(content, THREE) == NEWEST
    assert content == before
    assert json.loads(carried_bytes(json.dumps(content).encode(), THREE)) == NEWEST


def test_a_file_of_the_newest_format_stays_to_the_byte() -> None:
    written = b'{"patients":  ["Alma"], "format": 2}\n'
    assert carried_bytes(written, THREE) == written
    assert carried(NEWEST, THREE) is NEWEST


@pytest.mark.parametrize("number", [3, 99, 10**30])
def test_a_newer_file_is_refused_in_one_line(number: int) -> None:
    with pytest.raises(NewerFormat) as refused:
        carried({"format": number}, THREE)
    assert str(refused.value) == f"format {number} is newer than this program reads (2); update the program."


@pytest.mark.parametrize("value", [-1, "1", True, 1.0, [1], {}])
def test_what_is_no_format_is_left_to_the_model(value: object) -> None:
    content = {"format": value, "name": "ALMA"}
    assert carried(content, THREE) is content


@pytest.mark.parametrize("content", [{"format": 0}, {"format": 0, "name": 5}, {"format": 1, "patient": None}])
def test_an_older_file_without_what_its_format_says_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"not what a file of format [01] holds"):
        carried(content, THREE)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Expecting value"),
        (b"{", "Expecting property name"),
        (b"[]", "not an object"),
        (b"\xff", "decode"),
        pytest.param(b"[" * 100_000, "without end", id="deep"),
    ],
)
def test_bytes_that_hold_no_object_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        carried_bytes(content, THREE)


def test_only_a_newer_file_is_kept_from_being_written_over(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    check_overwrite(file, THREE)
    for content in (b"{", b'{"format": 0, "name": "ALMA"}', b'{"format": 2}'):
        file.write_bytes(content)
        check_overwrite(file, THREE)
    file.write_bytes(b'{"format": 3}')
    with pytest.raises(OutputError, match=r"kept\.json: format 3 is newer than this program reads \(2\)"):
        check_overwrite(file, THREE)


# The files of this program.


def test_the_case_has_the_format_its_model_says() -> None:
    assert migrations.CASE.newest == model.FORMAT


def test_every_format_since_the_first_has_its_golden_files() -> None:
    kept = {"case.json": migrations.CASE, "settings.json": migrations.SETTINGS, "printed.json": migrations.PRINTED}
    for name, format_ in {**kept, "address-book.json": migrations.ADDRESS_BOOK}.items():
        for number in range(format_.oldest, format_.newest + 1):
            written = json.loads((ROOT / "tests" / "formats" / str(number) / name).read_bytes())
            assert written["format"] == number


def test_a_case_of_the_first_format() -> None:
    written = (FIRST / "case.json").read_bytes()
    case = case_file.open_case(FIRST / "case.json", catalog=PACK.catalog)
    assert json.loads(case_file.dump_case(case)) == json.loads(written)
    assert case.denial is not None
    assert case.denial.rarc == ("N386",)
    assert case.authorization is not None
    assert case.authorization.from_ == date(2026, 2, 10)
    assert case.attachments is not None
    assert [each.pages for each in case.attachments] == ["1-3, 7", None]
    assert case.letters == {"appeal": {"opening": "We ask for another look."}}


def test_settings_of_the_first_format() -> None:
    assert settings.load(FIRST / "settings.json") == settings.Loaded(
        Settings(
            appearance=Appearance.DARK,
            text_size=125,
            date_shorthand=DateShorthand.FULL_YEARS,
            default_payer="medicare",
            work_folder="cases",
            printers={"Front desk": Calibration(nudge_right=1.5, nudge_down=-2.0, scale=1.005)},
        )
    )


def test_an_address_book_of_the_first_format() -> None:
    book, trouble = address_book.load(FIRST / "address-book.json")
    assert trouble == ""
    assert [[address_book.key(each) for each in book.entries(part)] for part in BookPart] == [
        ["LAKES HEALTH PLAN"],
        ["2000000010"],
        ["1234567893"],
        ["2000000036"],
    ]


def test_a_charge_list_of_the_first_version() -> None:
    loaded = charge_list.load(FIRST / "charges.csv")
    day = date(2026, 1, 1)
    assert loaded.charges == (Charge("62330", "", day, "4600.00"), Charge("62331", "52", day, "2300.00"))
    assert loaded.trouble == ""


def test_printed_marks_of_the_first_format() -> None:
    own, facility = printed.marks(ONE, claims=2)
    assert printed.load(FIRST / "printed.json") == ({own: date(2026, 3, 12), facility: date(2026, 3, 13)}, "")


def test_a_draft_of_the_first_version() -> None:
    draft = drafts.read(FIRST / "case.draft", catalog=PACK.catalog)
    assert draft.case == case_file.open_case(FIRST / "case.json", catalog=PACK.catalog)
    assert draft.ref == CaseRef("cases/golden.json")
    assert draft.unread == {"/patient/birth_date": Unread("Date of birth", "7/6/5")}


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the case of today the second format of three, each of which calls `id` another name."""

    def step(before: str, after: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        return lambda content: {after if key == before else key: value for key, value in content.items()}

    made = Format(oldest=-1, steps=(step("number", "case"), step("case", "id")))
    monkeypatch.setattr(migrations, "CASE", made)


@pytest.mark.usefixtures("older")
def test_an_older_case_file_opens() -> None:
    for content in (b'{"format": -1, "number": "4711"}', b'{"format": 0, "case": "4711"}', b'{"id": "x", "format": 1}'):
        case = case_file.parse_case(content, catalog=PACK.catalog)
        assert case.id in ("4711", "x")
        assert case.format == 1
    with pytest.raises(CaseFileError, match="/case: unknown key"):
        case_file.parse_case(b'{"format": 1, "case": "4711"}', catalog=PACK.catalog)


def test_an_older_case_file_that_is_none_of_its_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(content: dict[str, Any]) -> dict[str, Any]:
        return {"id": content["number"]}

    monkeypatch.setattr(migrations, "CASE", Format(oldest=0, steps=(lacking,)))
    with pytest.raises(CaseFileError, match="not a case file: not what a file of format 0 holds"):
        case_file.parse_case(b'{"format": 0}', catalog=PACK.catalog)


def test_newer_settings_are_said_and_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b'{"format": 2, "appearance": "dark"}')
    loaded = settings.load(file)
    assert loaded.settings == Settings()
    assert loaded.trouble.startswith(
        "settings.json: format 2 is newer than this program reads (1); update the program."
    )
    with pytest.raises(OutputError, match="newer than this program reads"):
        settings.save(file, Settings())
    assert file.read_bytes() == b'{"format": 2, "appearance": "dark"}'


def test_a_newer_address_book_is_said_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "address-book.json"
    file.write_bytes(b'{"format": 2, "doctors": []}')
    said = "The address book: format 2 is newer than this program reads (1); update the program."
    assert address_book.load(file) == (Book(), said)
    with pytest.raises(OutputError, match="newer than this program reads"):
        address_book.save(file, Book())
    assert file.read_bytes() == b'{"format": 2, "doctors": []}'
    assert list(tmp_path.iterdir()) == [file]


def test_newer_marks_are_said_and_stay(tmp_path: Path) -> None:
    file = tmp_path / "printed.json"
    file.write_bytes(b'{"format": 2}')
    kept, said = printed.load(file)
    assert not kept
    assert "format 2 is newer than this program reads (1); update the program." in said
    with pytest.raises(OutputError, match="newer than this program reads"):
        printed.note(file, ONE, on=date(2026, 3, 12))
    assert file.read_bytes() == b'{"format": 2}'
    assert list(tmp_path.iterdir()) == [file]


def test_settings_that_cannot_be_written_are_said_and_leave_nothing_half(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(OutputError, match="nothing was written"):
        settings.save(tmp_path / "settings.json", Settings())
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
