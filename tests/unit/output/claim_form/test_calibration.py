"""From the ruler to the nudge: reading lengths, and that what is corrected comes out where it belongs."""

from io import BytesIO

import pdfplumber
import pytest

from mild_biller import loader
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.output.claim_form import calibration
from mild_biller.output.claim_form.calibration import (
    APART,
    FROM_LEFT,
    FROM_TOP,
    Correction,
    Unit,
    correction,
    fault,
    hint,
    read_length,
)
from mild_biller.output.claim_form.render import PrintStyle, alignment_page


@pytest.mark.parametrize(
    ("text", "unit", "points"),
    [
        ("0.5", Unit.INCHES, 36.0),
        ("1/2", Unit.INCHES, 36.0),
        ("7 1/2", Unit.INCHES, 540.0),
        (" 7,5 ", Unit.INCHES, 540.0),
        (".5", Unit.INCHES, 36.0),
        ("12.7", Unit.MILLIMETRES, 36.0),
        ("0", Unit.MILLIMETRES, 0.0),
    ],
)
def test_a_length_is_read_off_a_ruler(text: str, unit: Unit, points: float) -> None:
    assert read_length(text, unit=unit) == pytest.approx(points)


@pytest.mark.parametrize("text", ["", " ", "x", "-1", "1/0", "1.2.3", "1 2", "11/2x", "9" * 30, "1e3", "½"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert read_length(text, unit=Unit.INCHES) is None


def test_a_printer_that_is_right_needs_nothing() -> None:
    assert correction(from_left=FROM_LEFT, from_top=FROM_TOP, apart=APART) == Correction()


@pytest.mark.parametrize(("stretch", "right", "down"), [(1, 3.6, -2.2), (1.01, 0, 0), (0.985, -7, 11.5), (1.03, 5, 5)])
def test_what_is_corrected_comes_out_where_it_belongs(stretch: float, right: float, down: float) -> None:
    measured = correction(
        from_left=stretch * FROM_LEFT + right, from_top=stretch * FROM_TOP + down, apart=stretch * APART
    )
    for x, y in ((20.0, 40.0), (306.0, 396.0), (590.0, 780.0)):
        printed = measured.scale * x + measured.right, measured.scale * y + measured.down
        assert stretch * printed[0] + right == pytest.approx(x, abs=0.12)
        assert stretch * printed[1] + down == pytest.approx(y, abs=0.12)
    assert not fault(measured)


def test_what_cannot_be_is_refused_and_what_is_odd_is_said() -> None:
    assert fault(correction(from_left=FROM_LEFT * 25.4, from_top=FROM_TOP, apart=APART))
    assert fault(correction(from_left=FROM_LEFT, from_top=FROM_TOP, apart=APART / 2))
    assert hint(correction(from_left=FROM_LEFT, from_top=FROM_TOP, apart=APART * 0.96))
    assert not hint(correction(from_left=FROM_LEFT, from_top=FROM_TOP, apart=APART * 1.01))


@pytest.mark.parametrize("form", list(FormKind))
def test_the_crosses_stand_where_it_counts_on(form: FormKind) -> None:
    content = alignment_page(loader.layout(form), style=PrintStyle())
    with pdfplumber.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        assert page.width == calibration.SHEET
        across = {(round(line["x0"], 1), round(line["x1"], 1), round(line["top"], 1)) for line in page.lines}
    for x in (FROM_LEFT, FROM_LEFT + APART):
        assert (x - 7, x + 7, round(FROM_TOP, 1)) in across
