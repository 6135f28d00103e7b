"""How fast a UB-04 is read, filled and printed in a warm process: reported, not asserted.

Aims for a page of 22 service lines: 2.5 milliseconds data only, 4 with the form; the data file parsed in 15.
"""

import tomllib
from typing import TYPE_CHECKING, Final

import pytest

from mild_biller.core.forms.fill import fill
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
from mild_biller.paths import resources

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

LAYOUT: Final = load_form("ub04", "2007")

LINE: Final = {
    "42": "0360",
    "43": "OPERATING ROOM",
    "44": "62330Q0",
    "45": "031026",
    "46": "1",
    "47": "4600",
}
HEADER: Final = {
    **{"1_1": "RIVERSIDE HOSPITAL", "1_2": "500 RIVER ROAD", "1_3": "PITTSBURGH PA 152221234", "1_4": "4125550100"},
    **{"3a": "4711-9", "3b": "88213", "4": "0131", "5": "25-1234567", "6_from": "031026", "6_to": "031026"},
    **{"8b": "TESTPATIENT, ALMA Q", "9a": "12 ELM STREET", "9b": "PITTSBURGH", "9c": "PA", "9d": "15213"},
    **{"10": "07061951", "11": "F", "14": "3", "15": "1", "17": "01", "18": "30"},
    **{"38_1": "EXAMPLE PAYER", "38_2": "PO BOX 3091", "38_3": "MECHANICSBURG PA 17055"},
    **{"39a_code": "D4", "39a_text": "CT03072927"},
    **{"42.23": "0001", "43.23_page": "1", "43.23_of": "1", "45.23": "031126", "47.23_d": "101200", "47.23_c": "00"},
    **{"50A": "MEDICARE", "52A": "Y", "56": "2000000036", "58A": "TESTPATIENT, ALMA Q", "59A": "18"},
    **{"60A": "1EG4TE5MK73", "66": "0", "67": "M48062", "67A": "Z006"},
    **{"76_npi": "1234567893", "76_last": "RENDERER", "76_first": "PAT"},
    **{"77_npi": "2000000028", "77_last": "OPERATOR", "77_first": "CHRIS"},
    **{"81a_qual": "B3", "81a_code": "282N00000X"},
}
LINES: Final = {
    box.id: "00" if box.id.endswith("_c") else LINE[box.item] for box in LAYOUT.boxes if box.item in LINE and box.repeat
}
EVERY_BOX: Final = {box.id: "X" * box.width for box in LAYOUT.boxes if not box.instead_of}


@pytest.fixture(params=[HEADER | LINES, EVERY_BOX], ids=["22 lines", "every box full"])
def page(request: pytest.FixtureRequest) -> dict[str, str]:
    texts: dict[str, str] = request.param
    return texts


def test_parse(benchmark: "BenchmarkFixture") -> None:
    text = (resources() / "forms" / "ub04" / "2007.toml").read_text(encoding="utf-8")
    assert benchmark(tomllib.loads, text)["id"] == "ub04"


def test_load(benchmark: "BenchmarkFixture") -> None:
    assert benchmark(load_form, "ub04", "2007").id == "ub04"


def test_fill(benchmark: "BenchmarkFixture", page: dict[str, str]) -> None:
    filled = benchmark(fill, LAYOUT, pages=[page])
    assert len(filled.pages[0].placed) == len(page)


@pytest.mark.parametrize("mode", PrintMode)
def test_print(benchmark: "BenchmarkFixture", page: dict[str, str], mode: PrintMode) -> None:
    pdf = benchmark(render, fill(LAYOUT, pages=[page]), layout=LAYOUT, style=PrintStyle(mode=mode))
    assert pdf.startswith(b"%PDF")
