"""How fast a page is filled and printed in a warm process: reported, not asserted.

The page in the standard Courier, drawn by reportlab with nothing kept, is the yardstick: the ratio carries over to
other machines, the milliseconds do not.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from reportlab.pdfgen.canvas import Canvas

from mild_biller.core.forms.fill import FilledForm, fill
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

LAYOUT: Final = load_form("cms1500", "02-12")

LINE: Final = {
    "fm": "03",
    "fd": "10",
    "fy": "26",
    "tm": "03",
    "td": "10",
    "ty": "26",
    "b": "24",
    "d": "62330",
    "m1": "Q0",
    "e": "AB",
    "f_d": "4600",
    "f_c": "00",
    "g": "1",
    "j": "1234567893",
}
HEADER: Final = {
    **dict.fromkeys(["1_medicare", "3_f", "10a_n", "10b_n", "10c_n", "20_n", "25_ein", "27_y"], "X"),
    **{"carrier1": "EXAMPLE PAYER", "carrier2": "PO BOX 3091", "carrier4": "MECHANICSBURG PA 17055"},
    **{"1a": "1EG4TE5MK73", "2": "TESTPATIENT, ALMA, Q", "3_mm": "07", "3_dd": "06", "3_yyyy": "1951"},
    **{"5_street": "12 ELM STREET", "5_city": "PITTSBURGH", "5_state": "PA", "5_zip": "15213"},
    **{"5_area": "412", "5_phone": "5550142", "11": "NONE", "12_sig": "SIGNATURE ON FILE"},
    **{"17_q": "DN", "17": "CHRIS REFERRER", "17b": "2000000028", "19_2": "CT03072927"},
    **{"21_ind": "0", "21_A": "M48062", "21_B": "Z006", "25": "251234567", "26": "4711-9"},
    **{"28_d": "27600", "28_c": "00", "29_d": "0", "29_c": "00", "31_2": "PAT RENDERER", "31_date": "03 11 26"},
    **{"32_1": "RIVERSIDE SURGERY CENTER", "32_2": "500 RIVER ROAD", "32_3": "PITTSBURGH PA 152221234"},
    **{"32a": "2000000036", "33_area": "412", "33_phone": "5550100", "33_1": "THREE RIVERS PAIN ASSOC"},
    **{"33_2": "100 MAIN STREET STE 4", "33_3": "PITTSBURGH PA 152221234", "33a": "2000000010"},
}
SIX_LINES: Final = HEADER | {f"24.{n}_{part}": text for n in range(1, 7) for part, text in LINE.items()}
EVERY_BOX: Final = {box.id: "X" * box.width for box in LAYOUT.boxes}


@pytest.fixture(params=[SIX_LINES, EVERY_BOX], ids=["six lines", "every box full"])
def page(request: pytest.FixtureRequest) -> dict[str, str]:
    texts: dict[str, str] = request.param
    return texts


def test_fill(benchmark: "BenchmarkFixture", page: dict[str, str]) -> None:
    filled = benchmark(fill, LAYOUT, pages=[page])
    assert len(filled.pages[0].placed) == len(page)


@pytest.mark.parametrize("mode", PrintMode)
def test_print(benchmark: "BenchmarkFixture", page: dict[str, str], mode: PrintMode) -> None:
    style = PrintStyle(mode=mode)
    pdf = benchmark(render, fill(LAYOUT, pages=[page]), layout=LAYOUT, style=style)
    assert pdf.startswith(b"%PDF")


def test_print_yardstick(benchmark: "BenchmarkFixture", page: dict[str, str]) -> None:
    pdf = benchmark(_plain_courier, fill(LAYOUT, pages=[page]))
    assert pdf.startswith(b"%PDF")


def _plain_courier(filled: FilledForm) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName="Courier", initialFontSize=12)
    text = canvas.beginText()
    text.setFont("Courier", 12)
    for placed in filled.pages[0].placed:
        text.setTextOrigin(LAYOUT.grid.x(placed.col), 792 - LAYOUT.grid.baseline(placed.row))
        text.textOut(placed.text)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
