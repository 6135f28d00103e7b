"""How a reader's mark on an attached PDF looks whose file brings no drawing of it: highlights, lines, notes, stamps."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from math import atan2, dist
from typing import Final, NamedTuple

from pikepdf import Array, Object
from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.attachments.attached_pdf.field_appearance import BLACK, Draw, FieldStyle, draw_text, read_style
from mild_biller.output.attachments.attached_pdf.pdf_values import (
    Rectangle,
    Rgb,
    inside,
    kind,
    number,
    numbers,
    rectangle,
    rgb,
    text,
)

YELLOW: Final[Rgb] = (1.0, 0.9, 0.2)
RED: Final[Rgb] = (0.8, 0.0, 0.0)
PLAINLY_LONGER: Final = 6.0
THICKEST: Final = 50.0
NOTE_SIDE: Final = 16.0
STAMP_SIZE: Final = 40.0

Point = tuple[float, float]
Side = tuple[Point, Point]
Quad = tuple[Point, Point, Point, Point]


class MarkupFrame(NamedTuple):
    """The place a mark is drawn in; the page it is on is turned clockwise by `turn` degrees to be read."""

    width: float
    height: float
    turn: int = 0


Sketch = Callable[[Canvas, Object, MarkupFrame], None]


def place(mark: Object) -> Rectangle | None:
    """Return where a mark is: round its points, which a wrong rectangle would cut, else as its rectangle says."""
    points = [point for key in ("/QuadPoints", "/L", "/Vertices") for point in _points(mark.get(key))]
    points += [point for stroke in _strokes(mark) for point in stroke]
    corners = numbers(mark.get("/Rect"))
    if kind(mark) == "Text" and len(corners) == 4:
        return (min(corners[::2]), max(corners[1::2]) - NOTE_SIDE, NOTE_SIDE, NOTE_SIDE)
    if not points or kind(mark) not in _POINTED:
        return rectangle(mark.get("/Rect"))
    edge = 1 + _thickness(mark)
    left, bottom = (min(point[axis] for point in points) - edge for axis in (0, 1))
    right, top = (max(point[axis] for point in points) + edge for axis in (0, 1))
    return (left, bottom, right - left, top - bottom)


def look(mark: Object, *, left: float, bottom: float, turn: int) -> Draw | None:
    """Return what draws a mark whose place starts at this corner, or None for a kind that has no look.

    `turn`: degrees clockwise that make its page upright.
    """
    sketch = _SKETCHES.get(kind(mark)) or _POINTED.get(kind(mark))
    if sketch is None:
        return None

    def draw(canvas: Canvas, width: float, height: float) -> None:
        if kind(mark) in _POINTED:
            canvas.translate(-left, -bottom)
        sketch(canvas, mark, MarkupFrame(width, height, turn))

    return draw


def _color(mark: Object, default: Rgb) -> Rgb:
    return rgb(numbers(mark.get("/C"))) or default


def _pen(canvas: Canvas, mark: Object) -> float:
    """Take up the mark's color and thickness, and return the thickness."""
    thickness = _thickness(mark)
    canvas.setStrokeColorRGB(*_color(mark, BLACK))
    canvas.setLineWidth(thickness)
    return thickness


def _thickness(mark: Object) -> float:
    return min(THICKEST, max(0.0, number(inside(mark, "/BS", "/W"), 1.0)))


def _strokes(mark: Object) -> list[list[Point]]:
    """Return the free-hand strokes of a mark."""
    strokes = mark.get("/InkList")
    return [_points(stroke) for stroke in strokes] if isinstance(strokes, Array) else []


def _points(value: object) -> list[Point]:
    found = numbers(value)
    return list(zip(found[::2], found[1::2], strict=False))


def _quads(mark: Object) -> Iterator[Quad]:
    """Yield the corners of each marked stretch of text."""
    points = _points(mark.get("/QuadPoints"))
    for start in range(0, len(points) - 3, 4):
        first, second, third, fourth = points[start : start + 4]
        yield (first, second, third, fourth)


def _highlight(canvas: Canvas, mark: Object, _frame: MarkupFrame) -> None:
    canvas.setFillColorRGB(*_color(mark, YELLOW))
    canvas.setBlendMode("Multiply")
    for quad in _quads(mark):
        middle = (sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4)
        first, *others = sorted(quad, key=partial(_angle, middle))
        path = canvas.beginPath()
        path.moveTo(*first)
        for corner in others:
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def _angle(middle: Point, corner: Point) -> float:
    return atan2(corner[1] - middle[1], corner[0] - middle[0])


def _underline(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    _pen(canvas, mark)
    for quad in _quads(mark):
        _, lower = _sides(quad, frame.turn)
        canvas.line(*lower[0], *lower[1])


def _strike(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    _pen(canvas, mark)
    for quad in _quads(mark):
        upper, lower = _sides(quad, frame.turn)
        canvas.line(*_middle(upper[0], lower[0]), *_middle(upper[1], lower[1]))


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _sides(quad: Quad, turn: int) -> tuple[Side, Side]:
    """Return the side above a stretch of text and the one below it, as a reader sees them.

    Programs do not agree on the order of the corners. So it counts only where the text is plainly longer than high,
    or slanted; else the page tells which side is below.
    """
    upper, lower = (quad[0], quad[1]), (quad[2], quad[3])
    slanted = len({x for x, _ in quad}) > 2 or len({y for _, y in quad}) > 2
    if slanted or dist(*upper) > PLAINLY_LONGER * dist(quad[0], quad[2]):
        return upper, lower
    (left, right), (bottom, top) = ((min(side), max(side)) for side in zip(*quad, strict=True))
    match turn % 360:
        case 90:
            return ((left, bottom), (left, top)), ((right, bottom), (right, top))
        case 180:
            return ((left, bottom), (right, bottom)), ((left, top), (right, top))
        case 270:
            return ((right, bottom), (right, top)), ((left, bottom), (left, top))
        case _:
            return ((left, top), (right, top)), ((left, bottom), (right, bottom))


def _lines(canvas: Canvas, mark: Object, _frame: MarkupFrame) -> None:
    """Draw straight lines, free-hand strokes and polygons alike: from point to point."""
    _pen(canvas, mark)
    for path in (*_strokes(mark), _points(mark.get("/L")), _points(mark.get("/Vertices"))):
        closed = path[:1] if kind(mark) == "Polygon" else []
        for start, end in pairwise(path + closed):
            canvas.line(*start, *end)


def _shape(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    """Draw a rectangle or an ellipse inside its border."""
    width, height, _ = frame
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


def _typed_words(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    """Write words into a box with the ground and border of its own."""
    width, height, _ = frame
    style = read_style(mark.get("/DA"))
    thickness = _thickness(mark)
    ground = rgb(numbers(mark.get("/C")))
    if ground or thickness:
        canvas.setFillColorRGB(*(ground or BLACK))
        canvas.setStrokeColorRGB(*style.color)
        canvas.setLineWidth(thickness)
        inset = min(thickness, width, height) / 2
        sides = (width - 2 * inset, height - 2 * inset)
        canvas.rect(inset, inset, *sides, stroke=int(thickness > 0), fill=int(ground is not None))
    draw_text(canvas, text(mark.get("/Contents")), style, width, height)


def _note(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    side = min(NOTE_SIDE, frame.width, frame.height)
    canvas.setFillColorRGB(*_color(mark, YELLOW))
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.5)
    canvas.rect(0.5, frame.height - side + 0.5, side - 1, side - 1, stroke=1, fill=1)


def _stamp(canvas: Canvas, mark: Object, frame: MarkupFrame) -> None:
    width, height, _ = frame
    color = _color(mark, RED)
    words = text(mark.get("/Name")) or "Draft"
    canvas.setStrokeColorRGB(*color)
    canvas.rect(1, 1, width - 2, height - 2, stroke=1, fill=0)
    style = FieldStyle(min(STAMP_SIZE, height * 0.6), color)
    draw_text(canvas, words.upper(), style, width, height, align=1, several=False)


_SKETCHES: Final[dict[str, Sketch]] = {
    "Circle": _shape,
    "FreeText": _typed_words,
    "Square": _shape,
    "Stamp": _stamp,
    "Text": _note,
}
_POINTED: Final[dict[str, Sketch]] = {  # drawn from point to point, in the coordinates of the page
    "Highlight": _highlight,
    "Ink": _lines,
    "Line": _lines,
    "Polygon": _lines,
    "PolyLine": _lines,
    "Squiggly": _underline,
    "StrikeOut": _strike,
    "Underline": _underline,
}
