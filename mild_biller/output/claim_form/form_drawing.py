"""A form's own drawing, from its data: worked out once a process, then put under every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFFormXObject, PDFStream
from reportlab.pdfgen.canvas import Canvas

from mild_biller.core.forms.layout import Align, Captions, Drawing, Face, FormLayout, Grid, Holds, Rules, Strokes
from mild_biller.output.fonts import DEFLATE, Font, register, reserve

# In this order, so that a drawing prepared in one document names its fonts rightly in every other.
FONTS: Final = (Font.DATA, Font.WORDS, Font.BOLD_WORDS)
FACES: Final = {Face.REGULAR: Font.WORDS, Face.BOLD: Font.BOLD_WORDS}
NAME: Final = "form"
SQUARE_WEIGHT: Final = 0.5


def prepared(layout: FormLayout, *, canvas: Canvas) -> bytes:
    """Return the drawing as a content stream, worked out on a canvas that is then thrown away."""
    reserve(canvas, fonts=FONTS)
    canvas.beginForm(NAME, 0, 0, layout.grid.page_width, layout.grid.page_height)
    if layout.drawing:
        _draw(canvas, layout=layout, drawing=layout.drawing)
    canvas.endForm()
    stream: bytes = canvas._doc.idToObject[f"FormXob.{NAME}"].stream
    return stream


def embed(stream: bytes, *, canvas: Canvas, grid: Grid) -> None:
    """Take a prepared drawing into a document that has used no font yet."""
    reserve(canvas, fonts=FONTS)
    form = PDFFormXObject(0, 0, grid.page_width, grid.page_height)
    form.hasImages = 0
    form.Contents = PDFStream(content=stream, filters=[DEFLATE])
    canvas._doc.addForm(NAME, form)


def replay(canvas: Canvas) -> None:
    """Put the embedded drawing on the page."""
    canvas.doForm(NAME)


@dataclass(frozen=True, slots=True)
class _Pen:
    """A canvas to draw on in points from the top; `bottom` is the sheet's lower edge seen from there."""

    canvas: Canvas
    drawing: Drawing
    bottom: float

    def y(self, from_top: float) -> float:
        """Return the canvas's own height for a distance from the top."""
        return self.bottom - from_top


def _draw(canvas: Canvas, *, layout: FormLayout, drawing: Drawing) -> None:
    """Draw the shades first, then the lines, then the words."""
    whole = _Pen(canvas, drawing, layout.grid.page_height)
    groups = list(_groups(whole))
    for pen, strokes in groups:
        _shade(pen, strokes=strokes)
    canvas.setStrokeColorRGB(*drawing.ink)
    for pen, strokes in groups:
        for rules in strokes.rules:
            _rule(pen, rules=rules)
    _square(whole, layout=layout)
    for pen, strokes in groups:
        for captions in strokes.captions:
            _write(pen, captions=captions)


def _groups(pen: _Pen) -> Iterator[tuple[_Pen, Strokes]]:
    yield pen, pen.drawing
    for repeat in pen.drawing.repeat:
        for turn in range(repeat.count):
            yield _Pen(pen.canvas, pen.drawing, pen.bottom - turn * repeat.apart), repeat


def _shade(pen: _Pen, *, strokes: Strokes) -> None:
    pen.canvas.setFillColorRGB(*pen.drawing.tint)
    for x, y, width, height in strokes.shade:
        pen.canvas.rect(x, pen.y(y + height), width, height, stroke=0, fill=1)


def _rule(pen: _Pen, *, rules: Rules) -> None:
    pen.canvas.setLineWidth(rules.weight)
    pen.canvas.setDash(list(rules.dash))
    pen.canvas.lines([(start, pen.y(y), end, pen.y(y)) for y, start, end in rules.across])
    pen.canvas.lines([(x, pen.y(start), x, pen.y(end)) for x, start, end in rules.down])


def _square(pen: _Pen, *, layout: FormLayout) -> None:
    """Draw a check box round every box that holds a mark."""
    pen.canvas.setLineWidth(SQUARE_WEIGHT)
    pen.canvas.setDash([])
    side, grid = pen.drawing.square, layout.grid
    for box in layout.boxes:
        if box.holds is Holds.MARK:
            left = grid.x(box.col) + (grid.pitch - side) / 2
            bottom = grid.baseline(box.row) - pen.drawing.square_rise + side / 2
            pen.canvas.rect(left, pen.y(bottom), side, side)


def _write(pen: _Pen, *, captions: Captions) -> None:
    canvas = pen.canvas
    canvas.setFillColorRGB(*(pen.drawing.tint if captions.faint else pen.drawing.ink))
    canvas.setFont(register(FACES[captions.face]), captions.size)
    for x, baseline, words in captions.at:
        if captions.turn:
            _write_turned(canvas, x=x, y=pen.y(baseline), words=words, captions=captions)
        else:
            _write_one(canvas, x=x, y=pen.y(baseline), words=words, align=captions.align)


def _write_turned(canvas: Canvas, *, x: float, y: float, words: str, captions: Captions) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(captions.turn)
    _write_one(canvas, x=0, y=0, words=words, align=captions.align)
    canvas.restoreState()


def _write_one(canvas: Canvas, *, x: float, y: float, words: str, align: Align) -> None:
    if align is Align.LEFT:
        canvas.drawString(x, y, words)
    elif align is Align.CENTER:
        canvas.drawCentredString(x, y, words)
    else:
        canvas.drawRightString(x, y, words)
