"""A filled form as PDF: the data alone for pre-printed stock, or with our drawing of the form for records.

The nudge and the scale of a printer move the data of a data-only print, and nothing else: with the form, data
and drawing belong together and stay where they are. The same form and style always give the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from io import BytesIO
from math import isfinite
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from mild_biller import __version__
from mild_biller.core.forms.fill import FilledForm, FilledPage, fill
from mild_biller.core.forms.layout import FormLayout, Grid, Holds
from mild_biller.errors import FormError
from mild_biller.output.claim_form import form_drawing, printer_test_page
from mild_biller.output.fonts import Font, advance, register

SCALES: Final = (0.9, 1.1)
FARTHEST_NUDGE: Final = 72.0  # points
DRAFT_DARKNESS: Final = 0.16  # a veil over the form, under the data
DRAFT_SIZE: Final = 150.0
DRAFT_TURN: Final = 52.0

Draw = Callable[[Canvas], None]


class PrintMode(StrEnum):
    """Whether the paper brings the form along."""

    DATA_ONLY = "data-only"
    WITH_FORM = "with-form"


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How to print: `nudge` in points, right and down; `scale` about the sheet's top left corner."""

    mode: PrintMode = PrintMode.DATA_ONLY
    nudge: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    draft: bool = False

    def __post_init__(self) -> None:
        """Refuse what no printer needs."""
        if not SCALES[0] <= self.scale <= SCALES[1]:
            raise FormError(f"A print scale is between {SCALES[0]} and {SCALES[1]}.")
        if not all(isfinite(points) and abs(points) <= FARTHEST_NUDGE for points in self.nudge):
            raise FormError(f"A nudge is at most {FARTHEST_NUDGE:g} points (one inch) in either direction.")


def render(filled: FilledForm, *, layout: FormLayout, style: PrintStyle) -> bytes:
    """Return a PDF with one sheet a page. Raises FormError where an amount did not fit its box."""
    if filled.unprintable:
        boxes = ", ".join(item.box for item in filled.overflow if item.holds is Holds.MONEY)
        raise FormError(f"No page is printed while an amount does not fit its box: see {boxes}.")
    if (filled.form, filled.edition) != (layout.id, layout.edition):
        raise FormError(f"The boxes of {filled.form} {filled.edition} cannot be printed on {layout.id}.")
    if not filled.pages:
        raise FormError(f"There is no page of {layout.title} to print.")
    pages = [partial(_draw_data, page=page, grid=layout.grid) for page in filled.pages]
    return _document(layout, style=style, pages=pages)


def alignment_page(layout: FormLayout, *, style: PrintStyle) -> bytes:
    """Return a test page: every cell of a box full of X, crosses and scales to measure the printer's offset by."""
    full = fill(layout, pages=[{box.id: "X" * box.width for box in layout.boxes if not box.instead_of}])

    def draw(canvas: Canvas) -> None:
        _draw_data(canvas, page=full.pages[0], grid=layout.grid)
        printer_test_page.draw(canvas, layout=layout)

    return _document(layout, style=style, pages=[draw])


def _document(layout: FormLayout, *, style: PrintStyle, pages: Sequence[Draw]) -> bytes:
    buffer = BytesIO()
    canvas = _new_canvas(layout, buffer=buffer)
    if style.mode is PrintMode.WITH_FORM:
        form_drawing.embed(_drawing(layout), canvas=canvas, grid=layout.grid)
    for draw_data in pages:
        if style.mode is PrintMode.WITH_FORM:
            form_drawing.replay(canvas)
        if style.draft:
            _draw_draft(canvas, grid=layout.grid)
        if style.mode is PrintMode.DATA_ONLY:
            _calibrate(canvas, style=style, grid=layout.grid)
        draw_data(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _new_canvas(layout: FormLayout, *, buffer: BytesIO) -> Canvas:
    """Open a document whose metadata tell the form and the program, and ask viewers not to scale it."""
    grid = layout.grid
    canvas = Canvas(
        buffer,
        pagesize=(grid.page_width, grid.page_height),
        pageCompression=0,
        invariant=1,
        initialFontName=register(Font.DATA),
        initialFontSize=grid.font_size,
    )
    canvas.setTitle(layout.title)
    canvas.setSubject(f"{layout.title} {layout.edition}")
    canvas.setAuthor("Mild Biller")
    canvas.setCreator("Mild Biller")
    canvas.setProducer(f"Mild Biller {__version__}")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _calibrate(canvas: Canvas, *, style: PrintStyle, grid: Grid) -> None:
    """Scale about the top left corner of the sheet, then move right and down."""
    right, down = style.nudge
    if (right, down, style.scale) != (0, 0, 1):
        lift = grid.page_height * (1 - style.scale) - down
        canvas.transform(style.scale, 0, 0, style.scale, right, lift)


def _draw_data(canvas: Canvas, *, page: FilledPage, grid: Grid) -> None:
    """Write row by row, as a line printer does, so that each character is in its column of the grid."""
    text = canvas.beginText()
    text.setFont(register(Font.DATA), grid.font_size)
    text.setCharSpace(grid.pitch - advance(Font.DATA, size=grid.font_size))
    for row, line in page.rows():
        words = line.lstrip(" ")
        col = len(line) - len(words) + 1
        text.setTextOrigin(grid.x(col), grid.page_height - grid.baseline(row))
        text.textOut(words)
    canvas.drawText(text)


def _draw_draft(canvas: Canvas, *, grid: Grid) -> None:
    """Write DRAFT across the sheet, light enough to read what is printed over it."""
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.setFillAlpha(DRAFT_DARKNESS)
    canvas.setFont(register(Font.BOLD_WORDS), DRAFT_SIZE)
    canvas.translate(grid.page_width / 2, grid.page_height / 2)
    canvas.rotate(DRAFT_TURN)
    canvas.drawCentredString(0, -DRAFT_SIZE / 3, "DRAFT")
    canvas.restoreState()


_drawings: dict[tuple[str, str], tuple[FormLayout, bytes]] = {}


def _drawing(layout: FormLayout) -> bytes:
    """Return the form's drawing, prepared on first use and again only for another layout object."""
    known = _drawings.get((layout.id, layout.edition))
    if known is None or known[0] is not layout:
        known = (layout, form_drawing.prepared(layout, canvas=_new_canvas(layout, buffer=BytesIO())))
        _drawings[layout.id, layout.edition] = known
    return known[1]
