"""The hospital example on paper, form locator by form locator, read back from the PDF at the print grid of the facts.

What must be filled and what must be blank follows section 1 of the facts on the UB-04, column 13x.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.support import EXAMPLES, Done, changed, command, example, written

HERE = Path(__file__).parent
HOSPITAL = "medicare-hospital-2026"
ITS_TIME = "2026-03-12"
LEFT, PITCH, HEIGHT = 11.0, 7.2, 792.0

FILLED = {
    "1": {
        "1_1": "ALLEGHENY TEST HOSPITAL",
        "1_2": "1 HOSPITAL DRIVE",
        "1_3": "PITTSBURGH PA 152121234",
        "1_4": "4125550199",
    },
    "3": {"3a": "MEDICARE-HOSPI", "3b": "MR00123"},
    "4": {"4": "0131"},
    "5": {"5": "25-1112222"},
    "6": {"6_from": "031026", "6_to": "031026"},
    "8": {"8b": "TESTPATIENT, ALMA Q"},
    "9": {"9a": "12 ELM STREET", "9b": "PITTSBURGH", "9c": "PA", "9d": "15213"},
    "10": {"10": "07061951"},
    "11": {"11": "F"},
    "14": {"14": "3"},
    "15": {"15": "1"},
    "17": {"17": "01"},
    "18": {"18": "30"},
    "38": {"38_1": "NOVITAS SOLUTIONS PART A", "38_2": "PO BOX 3385", "38_3": "MECHANICSBURG PA 17055"},
    "39": {"39a_code": "D4", "39a_text": "CT03072927"},
    "42": {
        **{"42.1": "0250", "42.2": "0258", "42.3": "0271", "42.4": "0272", "42.5": "0272", "42.6": "0360"},
        **{"42.7": "0370", "42.8": "0710", "42.23": "0001"},
    },
    "43": {
        **{"43.1": "PHARMACY", "43.2": "IV SOLUTIONS", "43.3": "NON-STERILE SUPPLIES", "43.4": "STERILE SUPPLIES"},
        **{"43.5": "STERILE SUPPLIES", "43.6": "OPERATING ROOM", "43.7": "ANESTHESIA", "43.8": "RECOVERY ROOM"},
        **{"43.23_page": "1", "43.23_of": "1"},
    },
    "44": {"44.5": "C1889", "44.6": "62330Q0"},
    "45": {**{f"45.{line}": "031026" for line in range(1, 9)}, "45.23": "031226"},
    "46": {
        **{"46.1": "9", "46.2": "1", "46.3": "1", "46.4": "13", "46.5": "1", "46.6": "1", "46.7": "86", "46.8": "49"}
    },
    "47": {
        **{"47.1_d": "172", "47.2_d": "10", "47.3_d": "67", "47.4_d": "4336", "47.5_d": "4275", "47.6_d": "15344"},
        **{"47.7_d": "774", "47.8_d": "3136", "47.23_d": "28114"},
        **{"47.1_c": "65", "47.2_c": "00", "47.3_c": "00", "47.4_c": "00", "47.5_c": "00", "47.6_c": "00"},
        **{"47.7_c": "00", "47.8_c": "00", "47.23_c": "65"},
    },
    "50": {"50A": "MEDICARE"},
    "51": {"51A": "12501"},
    "52": {"52A": "Y"},
    "56": {"56": "2000000044"},
    "58": {"58A": "TESTPATIENT, ALMA Q"},
    "59": {"59A": "18"},
    "60": {"60A": "1EG4TE5MK73"},
    "66": {"66": "0"},
    "67": {"67": "M48062", "67A": "Z006"},
    "76": {"76_npi": "1234567893", "76_last": "RENDERER", "76_first": "PAT"},
    "77": {"77_npi": "1234567893", "77_last": "RENDERER", "77_first": "PAT"},
    "78": {"78_type": "DN", "78_npi": "2000000028", "78_last": "REFERRER", "78_first": "CHRIS"},
    "81": {"81a_qual": "B3", "81a_code": "282N00000X"},
}
WHY_BLANK = {
    "2": "pay-to address: ignored",
    "7": "reserved",
    "12": "admission date: not for outpatients",
    "13": "admission hour: not for outpatients",
    "16": "discharge hour: not for outpatients",
    **{str(locator): "one condition code alone" for locator in range(19, 29)},
    "29": "accident state: no accident",
    "30": "reserved",
    **{str(locator): "no occurrence" for locator in range(31, 37)},
    "37": "reserved",
    "40": "one value code alone",
    "41": "one value code alone",
    "48": "nothing is billed as not covered",
    "49": "reserved",
    "53": "assignment: not for Medicare",
    "54": "nobody has paid",
    "55": "amount due: not for outpatients",
    "57": "other provider number: not for Medicare",
    "61": "group name: none",
    "62": "group number: none",
    "63": "no authorization",
    "64": "an original",
    "65": "no employer",
    "68": "reserved",
    "69": "admitting diagnosis: not for outpatients",
    "70": "reason for the visit: planned surgery",
    "71": "PPS code: not for outpatients",
    "72": "no external cause",
    "73": "reserved",
    "74": "procedure codes are for inpatients",
    "75": "reserved",
    "79": "nobody else took part",
    "80": "no remarks",
}


@cache
def grid() -> Mapping[str, tuple[int, int, int, str]]:
    """Return row, column, width and side of each cell, as the facts have them."""
    with (HERE / "ub04_grid.csv").open(encoding="utf-8", newline="") as file:
        return {
            line["key"]: (int(line["row"]), int(line["col"]), int(line["width"]), line["justify"])
            for line in csv.DictReader(file)
        }


def locator(key: str) -> str:
    """Return the form locator of a cell: 47 of 47.1_d, 67 of 67A_poa."""
    digits = "".join(character if character.isdigit() else " " for character in key)
    return digits.split()[0]


Sheet = Mapping[tuple[int, int], str]


def sheets(pdf: Path) -> list[Sheet]:
    """Return the characters of each page by row and column."""
    with pdfplumber.open(pdf) as document:
        return [dict(_characters(page)) for page in document.pages]


def _characters(page: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for each in page.chars:
        if each["text"].isspace() or "Mono" not in each["fontname"]:
            continue
        row, col = (HEIGHT - each["matrix"][5] + 3) / 12, (each["matrix"][4] - LEFT) / PITCH + 1
        assert (row, col) == (pytest.approx(round(row), abs=0.01), pytest.approx(round(col), abs=0.01))
        yield (round(row), round(col)), each["text"]


def text(sheet: Sheet, key: str) -> str:
    row, col, width, _ = grid()[key]
    return "".join(sheet.get((row, each), " ") for each in range(col, col + width)).strip()


def cells_of(key: str, words: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where each character of a text stands."""
    row, col, width, side = grid()[key]
    first = col + width - len(words) if side == "R" else col
    return (((row, first + place), character) for place, character in enumerate(words) if character != " ")


def printed(folder: Path, changes: Mapping[str, Any] | None = None, *words: str) -> tuple[Done, Path]:
    case, out = written(folder, changed(example(HOSPITAL), changes or {})), folder / "claim.pdf"
    return command("claim", case, "--out", out, "--data-only", "--today", ITS_TIME, *words), out


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    out = tmp_path_factory.mktemp("paper") / "claim.pdf"
    words = ("claim", EXAMPLES / f"{HOSPITAL}.json", "--out", out, "--data-only", "--today", ITS_TIME)
    assert command(*words).status == 0
    (only,) = sheets(out)
    return only


class TestTheExample:
    @pytest.mark.parametrize("number", FILLED)
    def test_has_its_form_locators_filled(self, number: str, sheet: Sheet) -> None:
        keys = [key for key in grid() if locator(key) == number and not _stands_for_another(key, number)]
        found = {key: words for key in keys if (words := text(sheet, key))}
        assert found == FILLED[number]

    @pytest.mark.parametrize("number", WHY_BLANK, ids=[f"{key}: {why}" for key, why in WHY_BLANK.items()])
    def test_has_its_other_form_locators_blank(self, number: str, sheet: Sheet) -> None:
        keys = [key for key in grid() if locator(key) == number]
        assert keys
        assert {key: text(sheet, key) for key in keys} == dict.fromkeys(keys, "")

    def test_has_every_character_in_its_cell_and_no_other(self, sheet: Sheet) -> None:
        wanted = {
            cell: character for box in FILLED.values() for key in box for cell, character in cells_of(key, box[key])
        }
        assert sheet == wanted

    def test_leaves_no_form_locator_unsaid(self) -> None:
        assert {locator(key) for key in grid()} == FILLED.keys() | WHY_BLANK.keys()

    def test_leaves_present_on_admission_blank(self, sheet: Sheet) -> None:
        keys = [key for key in grid() if key.endswith("_poa")]
        assert len(keys) == 21
        assert {text(sheet, key) for key in keys} == {""}


def _stands_for_another(key: str, number: str) -> bool:
    """Tell whether a cell is read twice: 39's text runs across amount and cents."""
    return number == "39" and key.endswith(("_amount", "_cents"))


def with_lines(count: int) -> dict[str, Any]:
    """Return the example with further supplies, so that it has so many lines: 1.00 each, under codes of no library."""
    lines = example(HOSPITAL)["claim"]["revenue_lines"]
    codes = [f"{number:04}" for number in range(280, 350) if number not in (300, 320)]
    more = [
        {"revenue_code": code, "code": None, "date": "2026-03-10", "units": 1, "charge": "1.00"}
        for code in codes[: count - len(lines)]
    ]
    return {"/claim/revenue_lines": [*lines[:5], *more, *lines[5:]]}


class TestPages:
    @pytest.mark.parametrize(("lines", "pages"), [(22, 1), (23, 2), (44, 2), (45, 3)])
    def test_hold_22_lines(self, lines: int, pages: int, tmp_path: Path) -> None:
        done, out = printed(tmp_path, with_lines(lines))
        assert done.status == 0
        found = sheets(out)
        assert len(found) == pages
        for number, each in enumerate(found, start=1):
            assert (text(each, "43.23_page"), text(each, "43.23_of")) == (str(number), str(pages))
            assert text(each, "45.23") == "031226"
        assert [text(found[-1], key) for key in ("42.23", "47.23_d", "47.23_c")] == [
            "0001",
            str(28114 + lines - 8),
            "65",
        ]
        for each in found[:-1]:
            assert {text(each, key) for key in ("42.23", "47.23_d", "47.23_c", "48.23_d")} == {""}

    def test_keep_the_order_across_sheets(self, tmp_path: Path) -> None:
        _, out = printed(tmp_path, with_lines(23))
        first, second = sheets(out)
        codes = [text(first, f"42.{line}") for line in range(1, 23)]
        assert codes == sorted(codes)
        assert (text(first, "42.22"), text(first, "42.21"), text(first, "44.21")) == ("0370", "0360", "62330Q0")
        assert (text(second, "42.1"), text(second, "47.1_d"), text(second, "42.2")) == ("0710", "3136", "")

    def test_repeat_who_is_billed(self, tmp_path: Path) -> None:
        """Section 4: 3a, 4, 6 and 60 are the same on every sheet, as is all that is no line."""
        _, out = printed(tmp_path, with_lines(23))
        first, second = ({key: text(each, key) for key in grid() if not _changes(key)} for each in sheets(out))
        assert first == second
        assert {first[key] for key in ("3a", "4", "6_from", "60A")} == {
            "MEDICARE-HOSPI",
            "0131",
            "031026",
            "1EG4TE5MK73",
        }

    def test_say_how_many_to_the_machine(self, tmp_path: Path) -> None:
        case = written(tmp_path, changed(example(HOSPITAL), with_lines(23)))
        done = command("check", case, "--today", ITS_TIME)
        assert (done.printed["pages"], done.printed["total_charge"]) == (2, "28129.65")


def _changes(key: str) -> bool:
    """Tell whether a cell belongs to the service lines or to line 23."""
    return 42 <= int(locator(key)) <= 49


def overflow(done: Done) -> str:
    (line,) = [each for each in done.err.splitlines() if "too long" in each or "too wide" in each]
    return line


class TestWhatDoesNotFit:
    """The case file's contract, section 3."""

    def test_a_name_is_cut_at_a_blank(self, tmp_path: Path) -> None:
        name = "ALLEGHENY AND THREE RIVERS TEST HOSPITAL"
        changes = {"/providers/billing/name": name}
        done, out = printed(tmp_path, changes)
        assert done.status == 0
        assert text(sheets(out)[0], "1_1") == "ALLEGHENY AND THREE"
        case = written(tmp_path, changed(example(HOSPITAL), changes))
        (found,) = [
            each
            for each in command("check", case, "--today", ITS_TIME).printed["findings"]
            if each["topic"] == "overflow"
        ]
        assert found["severity"] == "warning"
        assert "RIVERS TEST HOSPITAL" in found["message"]

    @pytest.mark.parametrize(
        ("changes", "box"),
        [
            pytest.param({"/providers/billing/name": "ALLEGHENY AND THREE RIVERS TEST HOSPITAL"}, "1", id="1"),
            pytest.param({"/patient/record_number": "MR00123456789012345678901"}, "3b", id="3b"),
            pytest.param({"/claim/remarks": "A " * 60}, "80", id="80"),
        ],
    )
    def test_names_the_form_locator(self, changes: dict[str, Any], box: str, tmp_path: Path) -> None:
        case = written(tmp_path, changed(example(HOSPITAL), changes))
        found = command("check", case, "--today", ITS_TIME).printed["findings"]
        assert [each["box"] for each in found if each["topic"] == "overflow"] == [box]

    def test_one_long_word_is_cut_at_the_end_of_its_box(self, tmp_path: Path) -> None:
        _, out = printed(tmp_path, {"/patient/city": "LLANFAIRPWLLGWYNGYLLGOGERYCHWYRN"})
        assert text(sheets(out)[0], "9b") == "LLANFAIRPWLLGWYNGYLLGOGERYCHWY"

    def test_remarks_are_cut_at_the_end_of_the_last_line(self, tmp_path: Path) -> None:
        words = " ".join(f"WORD{number:02}" for number in range(20))
        done, out = printed(tmp_path, {"/claim/remarks": words})
        assert done.status == 0
        lines = [text(sheets(out)[0], f"80_{line}") for line in range(1, 5)]
        assert lines == ["WORD00 WORD01", "WORD02 WORD03 WORD04", "WORD05 WORD06 WORD07", "WORD08 WORD09 WORD10"]

    def test_an_identifier_leaves_its_box_empty(self, tmp_path: Path) -> None:
        changes = {"/coverages/0/member_id": "1EG4TE5MK731EG4TE5MK7"}
        done, out = printed(tmp_path, changes)
        assert (done.status, out.exists()) == (1, False)
        assert overflow(done).startswith("mild-biller: error: /coverages/0/member_id: ")
        draft, out = printed(tmp_path, changes, "--draft")
        assert draft.status == 1
        assert text(sheets(out)[0], "60A") == ""

    def test_a_code_with_five_modifiers_leaves_its_box_empty(self, tmp_path: Path) -> None:
        changes = {"/claim/revenue_lines/5/modifiers": ["22", "Q0", "59", "76", "78"]}
        _, out = printed(tmp_path, changes, "--draft")
        page = sheets(out)[0]
        assert (text(page, "44.6"), text(page, "47.6_d")) == ("", "15344")

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"/claim/revenue_lines/0/charge": "10000000.00"}, id="a line"),
            pytest.param(
                {"/claim/revenue_lines/0/charge": "5000000.00", "/claim/revenue_lines/5/charge": "5000000.00"},
                id="the sum",
            ),
            pytest.param(
                {"/claim/value_codes": [{"code": "D4", "amount": "03072927"}, {"code": "A1", "amount": "100000000"}]},
                id="a value",
            ),
        ],
    )
    @pytest.mark.parametrize("words", [(), ("--draft",)], ids=["", "draft"])
    def test_an_amount_lets_no_page_out(self, changes: dict[str, Any], words: tuple[str, ...], tmp_path: Path) -> None:
        done, out = printed(tmp_path, changes, *words)
        assert (done.status, out.exists()) == (1, False)
        assert "too wide" in done.err

    def test_the_widest_amounts_fit(self, tmp_path: Path) -> None:
        done, out = printed(tmp_path, {"/claim/revenue_lines/0/charge": "9900000.99"})
        page = sheets(out)[0]
        assert done.status == 0
        assert (text(page, "47.1_d"), text(page, "47.1_c"), text(page, "47.23_d")) == ("9900000", "99", "9927942")
