"""What a user holds a ruler to: crosses and scales at known places of the sheet."""

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from mild_biller.core.forms.layout import FormLayout
from mild_biller.output.fonts import Font, register

INCH: Final = 72.0
SIDE: Final = 0.5 * INCH  # crosses: from the left and right edges
END: Final = 0.3 * INCH  # from the top and bottom edges
SCALE_SIDE: Final = 0.2 * INCH  # the upright scale: from the left edge
ARM: Final = 7.0
TICK: Final = 2.0  # the shortest; the longest stays left of column 1
WORDS_SIZE: Final = 6.0
MARKS: Final = "PICA"  # the item of a form that brings alignment boxes of its own


def draw(canvas: Canvas, *, layout: FormLayout) -> None:
    """Draw a cross near every corner, an inch scale along the top and the left, and say where they stand."""
    width, height = layout.grid.page_width, layout.grid.page_height
    canvas.setLineWidth(0.4)
    for x in (SIDE, width - SIDE):
        for y in (END, height - END):
            canvas.lines([(x - ARM, y, x + ARM, y), (x, y - ARM, x, y + ARM)])
    top = height - END
    canvas.lines([(x, top, x, top - TICK * length) for x, length in _ticks(SIDE, width - SIDE)])
    canvas.lines([(SCALE_SIDE, y, SCALE_SIDE + TICK * length, y) for y, length in _ticks(END, height - END)])
    canvas.lines([(SIDE, top, width - SIDE, top), (SCALE_SIDE, END, SCALE_SIDE, top)])
    has_marks = any(box.item == MARKS for box in layout.boxes)
    check = f"XXX belongs in the {MARKS} boxes." if has_marks else "Every X belongs inside its box."
    _explain(canvas, width=width, height=height, check=check)


def _ticks(start: float, end: float) -> Sequence[tuple[float, int]]:
    """Return a place every tenth of an inch of the sheet, and its tick's length: longer at half and full inches."""
    tenths = range(round(start / INCH * 10), round(end / INCH * 10) + 1)
    return [(tenth * INCH / 10, 3 if tenth % 10 == 0 else 2 if tenth % 5 == 0 else 1) for tenth in tenths]


def _explain(canvas: Canvas, *, width: float, height: float, check: str) -> None:
    canvas.setFont(register(Font.WORDS), WORDS_SIZE)
    across, down = (width - 2 * SIDE) / INCH, (height - 2 * END) / INCH
    canvas.drawString(
        SIDE + 2 * ARM,
        END - 2,
        f"Crosses: {SIDE / INCH:g} in from the left and right edges, {END / INCH:g} in from top and bottom; "
        f"{across:g} in apart across, {down:g} in down. Ticks every 0.1 in.",
    )
    canvas.drawRightString(width - SIDE - 2 * ARM, END - 2, f"Print at 100%. {check}")
