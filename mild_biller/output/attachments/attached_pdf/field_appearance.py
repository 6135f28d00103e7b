"""How a filled field of a form looks whose file brings no drawing of it: the typed text, or the mark of a box."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Stream
from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.attachments.attached_pdf.allowlist import unpacked
from mild_biller.output.attachments.attached_pdf.pdf_values import (
    Rgb,
    inherited,
    inside,
    integer,
    number,
    numbers,
    rectangle,
    rgb,
    text,
)
from mild_biller.output.fonts import Font, register
from mild_biller.output.lettering import LEADING, Block, fitted, fitted_line, width_of

SEVERAL_LINES: Final = 1 << 12
PASSWORD: Final = 1 << 13
RADIO: Final = 1 << 15
PUSH_BUTTON: Final = 1 << 16
COMB: Final = 1 << 24
CENTERD: Final = 1
RIGHT: Final = 2

MOST_PLACES: Final = 200
PADDING: Final = 2.0  # points
LARGEST: Final = 12.0  # where the form leaves the size to the viewer
CAPITAL: Final = 0.72  # height of a capital letter, of the size
DESCENT: Final = 0.22
BULLET: Final = "*"
BLACK: Final[Rgb] = (0.0, 0.0, 0.0)
LOOKS_OPERATORS: Final = re.compile(rb"(?<![A-Za-z0-9/])(Tj|TJ|Do|'|\")(?![A-Za-z0-9])")
COLOR_PARTS: Final = {"g": 1, "rg": 3, "k": 4}

Draw = Callable[[Canvas, float, float], None]


@dataclass(frozen=True, slots=True)
class FieldStyle:
    """How a field's text is written; a size of 0 leaves it to the viewer."""

    size: float = 0.0
    color: Rgb = BLACK
    monospaced: bool = False

    @property
    def font(self) -> Font:
        """Return the bundled font that comes nearest."""
        return Font.DATA if self.monospaced else Font.WORDS


def look(widget: Object, *, form: Object, again: bool) -> Draw | None:
    """Return what draws a field, or None where its own drawing will do, or there is nothing to draw.

    `again`: the form requires its text fields to be drawn again.
    """
    match inherited(widget, "/FT"):
        case Name.Tx | Name.Ch:
            return _text_look(widget, form=form, again=again)
        case Name.Btn:
            return _button_look(widget)
        case _:
            return None


def _text_look(widget: Object, *, form: Object, again: bool) -> Draw | None:
    typed = _typed(widget)
    if not typed.strip():
        return None if _has_drawing(widget) else _ground_look(widget)
    if _shows_text(widget) and not again:
        return None
    style = read_style(inherited(widget, "/DA") or form.get("/DA"))
    flags = integer(inherited(widget, "/Ff"))
    places = integer(inherited(widget, "/MaxLen"))
    align = integer(inherited(widget, "/Q"))
    several = bool(flags & SEVERAL_LINES) or "\n" in typed

    def draw(canvas: Canvas, width: float, height: float) -> None:
        _draw_ground(canvas, width, height, widget=widget)
        if flags & COMB and 0 < places <= MOST_PLACES:
            _draw_comb(canvas, typed, style, places, width, height)
        else:
            draw_text(canvas, typed, style, width, height, align=align, several=several)

    return draw


def _ground_look(widget: Object) -> Draw | None:
    """Return what draws the ground and border of an empty field, if it has any."""
    if not numbers(inside(widget, "/MK", "/BG")) and not numbers(inside(widget, "/MK", "/BC")):
        return None
    return partial(_draw_ground, widget=widget)


def _has_drawing(widget: Object) -> bool:
    return isinstance(inside(widget, "/AP", "/N"), Stream)


def _typed(widget: Object) -> str:
    """Return the value as the form shows it."""
    value = inherited(widget, "/V")
    flags = integer(inherited(widget, "/Ff"))
    if inherited(widget, "/FT") == Name.Tx:
        return BULLET * len(text(value)) if flags & PASSWORD else text(value)
    return "\n".join(_shown_choice(widget, chosen) for chosen in text(value).split("\n"))


def _shown_choice(widget: Object, chosen: str) -> str:
    """Return the words a list shows for the value it exports."""
    options = inherited(widget, "/Opt")
    for option in options if isinstance(options, Array) else ():
        if isinstance(option, Array) and len(option) == 2 and text(option[0]) == chosen:
            return text(option[1])
    return chosen


def _shows_text(widget: Object) -> bool:
    """Return True if the field's own drawing writes anything."""
    drawing = inside(widget, "/AP", "/N")
    return isinstance(drawing, Stream) and bool(LOOKS_OPERATORS.search(unpacked(drawing)))


def read_style(appearance: object) -> FieldStyle:
    """Read size and color out of the default appearance a form gives its text."""
    words = text(appearance).split()
    style = FieldStyle()
    for index, word in enumerate(words):
        if word == "Tf" and index >= 2:
            style = FieldStyle(_float(words[index - 1]), style.color, words[index - 2].startswith("/Cour"))
        if parts := COLOR_PARTS.get(word):
            color = rgb(tuple(_float(part) for part in words[max(0, index - parts) : index]))
            style = FieldStyle(style.size, color or BLACK, style.monospaced)
    return style


def _float(word: str) -> float:
    try:
        return number(float(word))
    except ValueError:
        return 0.0


def _draw_ground(canvas: Canvas, width: float, height: float, *, widget: Object) -> None:
    """Draw the ground and border a form gives its field."""
    ground = rgb(numbers(inside(widget, "/MK", "/BG")))
    border = rgb(numbers(inside(widget, "/MK", "/BC")))
    thickness = number(inside(widget, "/BS", "/W"), 1.0)
    if ground:
        canvas.setFillColorRGB(*ground)
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
    if border and 0 < thickness < min(width, height) / 2:
        canvas.setStrokeColorRGB(*border)
        canvas.setLineWidth(thickness)
        canvas.rect(thickness / 2, thickness / 2, width - thickness, height - thickness, stroke=1, fill=0)


def draw_text(
    canvas: Canvas, typed: str, style: FieldStyle, width: float, height: float, *, align: int = 0, several: bool = True
) -> None:
    """Write text into a box, smaller where it would not fit, so that nothing of it is cut."""
    room = max(1.0, width - 2 * PADDING)
    if several:
        size = style.size or LARGEST
        block = fitted(typed, font=style.font, size=size, width=room, height=height - PADDING)
        top = height - PADDING
    else:
        size = style.size or max(4.0, min(LARGEST, height * 0.75))
        block = fitted_line(typed, font=style.font, size=min(size, height), width=room)
        top = (height + block.size * CAPITAL) / 2 + block.size * (LEADING - CAPITAL - DESCENT)
    _write(canvas, block, style, top=top, width=width, align=align)


def _write(canvas: Canvas, block: Block, style: FieldStyle, *, top: float, width: float, align: int) -> None:
    canvas.setFillColorRGB(*style.color)
    canvas.setFont(register(block.font), block.size)
    for row, line in enumerate(block.lines):
        free = width - 2 * PADDING - width_of(line, font=block.font, size=block.size)
        left = PADDING + free * {CENTERD: 0.5, RIGHT: 1.0}.get(align, 0.0)
        canvas.drawString(left, top - row * block.size * LEADING - block.size * (LEADING - DESCENT), line)


def _draw_comb(canvas: Canvas, typed: str, style: FieldStyle, places: int, width: float, height: float) -> None:
    """Write each character into the middle of its place."""
    step = width / places
    size = style.size or max(4.0, min(LARGEST, height * 0.75, step * 1.5))
    line = fitted_line(typed, font=style.font, size=size, width=max(width, step * len(typed))).lines[0]
    canvas.setFillColorRGB(*style.color)
    canvas.setFont(register(style.font), size)
    for index, char in enumerate(line):
        canvas.drawCentredString(step * (index + 0.5), (height - size * CAPITAL) / 2, char)


def _button_look(widget: Object) -> Draw | None:
    """Return a cross, or the dot of a radio button, for a box that is on and has no drawing of it."""
    flags = integer(inherited(widget, "/Ff"))
    state = text(widget.get("/AS") or inherited(widget, "/V"))
    if flags & PUSH_BUTTON or _draws_state(widget, state):
        return None
    if state in ("", "Off"):
        return _ground_look(widget)

    def draw(canvas: Canvas, width: float, height: float) -> None:
        _draw_ground(canvas, width, height, widget=widget)
        (_draw_dot if flags & RADIO else _draw_cross)(canvas, width, height)

    return draw


def _draws_state(widget: Object, state: str) -> bool:
    """Return True if the box brings a drawing of the state it is in."""
    drawing = inside(widget, "/AP", "/N")
    if isinstance(drawing, Dictionary):
        drawing = inside(drawing, f"/{state or 'Off'}")
    return (
        isinstance(drawing, Stream) and rectangle(drawing.get("/BBox")) is not None and bool(unpacked(drawing).strip())
    )


def _draw_cross(canvas: Canvas, width: float, height: float) -> None:
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(max(0.8, min(width, height) / 10))
    edge = min(width, height) * 0.2
    canvas.line(edge, edge, width - edge, height - edge)
    canvas.line(edge, height - edge, width - edge, edge)


def _draw_dot(canvas: Canvas, width: float, height: float) -> None:
    canvas.setFillColorRGB(*BLACK)
    canvas.circle(width / 2, height / 2, min(width, height) / 4, stroke=0, fill=1)
