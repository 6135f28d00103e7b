"""How a reader's mark on an attached PDF looks whose file brings no drawing of it: highlights, lines, notes, stamps."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from pikepdf import Array, Object
from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.annotation import Rgb, inside, kind, number, numbers, rgb, text
from mild_biller.output.fields import BLACK, Draw, Style, draw_text, read_style

YELLOW: Final[Rgb] = (1.0, 0.9, 0.2)
RED: Final[Rgb] = (0.8, 0.0, 0.0)
SEE_THROUGH: Final = 0.4
NOTE_SIDE: Final = 16.0
STAMP_SIZE: Final = 40.0

Point = tuple[float, float]
Sketch = Callable[[Canvas, Object, float, float], None]


def look(mark: Object, *, left: float, bottom: float) -> Draw | None:
    """Return what draws a mark whose rectangle starts at this corner, or None for a kind that has no look."""
    sketch = _SKETCHES.get(kind(mark))
    if sketch is None:
        return None

    def draw(canvas: Canvas, width: float, height: float) -> None:
        if sketch in _IN_PAGE_COORDINATES:
            canvas.translate(-left, -bottom)
        sketch(canvas, mark, width, height)

    return draw


def _colour(mark: Object, default: Rgb) -> Rgb:
    return rgb(numbers(mark.get("/C"))) or default


def _pen(canvas: Canvas, mark: Object) -> float:
    """Take up the mark's colour and thickness, and return the thickness."""
    thickness = min(50.0, max(0.0, number(inside(mark, "/BS", "/W"), 1.0)))
    canvas.setStrokeColorRGB(*_colour(mark, BLACK))
    canvas.setLineWidth(thickness)
    return thickness


def _points(value: object) -> list[Point]:
    found = numbers(value)
    return list(zip(found[::2], found[1::2], strict=False))


def _quads(mark: Object) -> Iterator[list[Point]]:
    """Yield the marked stretches of text: upper left, upper right, lower left, lower right."""
    points = _points(mark.get("/QuadPoints"))
    yield from (points[start : start + 4] for start in range(0, len(points) - 3, 4))


def _highlight(canvas: Canvas, mark: Object, _width: float, _height: float) -> None:
    canvas.setFillColorRGB(*_colour(mark, YELLOW))
    canvas.setFillAlpha(SEE_THROUGH)
    for upper_left, upper_right, lower_left, lower_right in _quads(mark):
        path = canvas.beginPath()
        path.moveTo(*upper_left)
        for corner in (upper_right, lower_right, lower_left):
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def _underline(canvas: Canvas, mark: Object, _width: float, _height: float) -> None:
    _pen(canvas, mark)
    for _, _, lower_left, lower_right in _quads(mark):
        canvas.line(*lower_left, *lower_right)


def _strike(canvas: Canvas, mark: Object, _width: float, _height: float) -> None:
    _pen(canvas, mark)
    for upper_left, upper_right, lower_left, lower_right in _quads(mark):
        canvas.line(*_middle(upper_left, lower_left), *_middle(upper_right, lower_right))


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _lines(canvas: Canvas, mark: Object, _width: float, _height: float) -> None:
    """Draw straight lines, free-hand strokes and polygons alike: from point to point."""
    _pen(canvas, mark)
    strokes = mark.get("/InkList")
    paths = [_points(stroke) for stroke in strokes] if isinstance(strokes, Array) else []
    for key in ("/L", "/Vertices"):
        paths.append(_points(mark.get(key)))
    for path in paths:
        closed = path[:1] if kind(mark) == "Polygon" else []
        for start, end in pairwise(path + closed):
            canvas.line(*start, *end)


def _shape(canvas: Canvas, mark: Object, width: float, height: float) -> None:
    """Draw a rectangle or an ellipse inside its border."""
    thickness = _pen(canvas, mark)
    ground = rgb(numbers(mark.get("/IC")))
    if ground:
        canvas.setFillColorRGB(*ground)
    inset = min(thickness, width, height) / 2
    corners = (inset, inset, width - inset, height - inset)
    if kind(mark) == "Circle":
        canvas.ellipse(*corners, stroke=int(thickness > 0), fill=int(ground is not None))
    else:
        left, bottom, right, top = corners
        canvas.rect(left, bottom, right - left, top - bottom, stroke=int(thickness > 0), fill=int(ground is not None))


def _typed_words(canvas: Canvas, mark: Object, width: float, height: float) -> None:
    draw_text(canvas, text(mark.get("/Contents")), read_style(mark.get("/DA")), width, height)


def _note(canvas: Canvas, mark: Object, width: float, height: float) -> None:
    side = min(NOTE_SIDE, width, height)
    canvas.setFillColorRGB(*_colour(mark, YELLOW))
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.5)
    canvas.rect(0.5, height - side + 0.5, side - 1, side - 1, stroke=1, fill=1)


def _stamp(canvas: Canvas, mark: Object, width: float, height: float) -> None:
    colour = _colour(mark, RED)
    words = text(mark.get("/Name")) or "Draft"
    canvas.setStrokeColorRGB(*colour)
    canvas.rect(1, 1, width - 2, height - 2, stroke=1, fill=0)
    style = Style(min(STAMP_SIZE, height * 0.6), colour)
    draw_text(canvas, words.upper(), style, width, height, align=1, several=False)


_SKETCHES: Final[dict[str, Sketch]] = {
    "Circle": _shape,
    "FreeText": _typed_words,
    "Highlight": _highlight,
    "Ink": _lines,
    "Line": _lines,
    "Polygon": _lines,
    "PolyLine": _lines,
    "Square": _shape,
    "Squiggly": _underline,
    "Stamp": _stamp,
    "StrikeOut": _strike,
    "Text": _note,
    "Underline": _underline,
}
_IN_PAGE_COORDINATES: Final = frozenset({_highlight, _underline, _strike, _lines})
