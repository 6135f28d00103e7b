"""The sheets a packet adds of its own: dividers between the attachments, and the page number under every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.fonts import Font, register
from mild_biller.output.letter_sheet import HEIGHT, WIDTH
from mild_biller.output.lettering import LEADING, Block, fitted

EDGE: Final = 72.0  # points left and right of a divider's words
TITLE_TOP: Final = HEIGHT * 0.68
TITLE_SIZE: Final = 26.0
TITLE_HEIGHT: Final = 150.0
LINE_SIZE: Final = 12.0
LINES_BOTTOM: Final = 72.0
GAP: Final = 14.0
RULE: Final = 1.2
RULE_GRAY: Final = 0.45
NUMBER_SIZE: Final = 8.5
NUMBER_BASELINE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """The content of one sheet: a divider's title and lines, or nothing but the number at its foot."""

    number: str
    title: str = ""
    lines: tuple[str, ...] = ()


def drawn(stamps: Sequence[Stamp]) -> bytes:
    """Return a PDF with one sheet for each stamp."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=register(Font.WORDS))
    for stamp in stamps:
        if stamp.title:
            _draw_divider(canvas, stamp)
        canvas.setFont(register(Font.WORDS), NUMBER_SIZE)
        canvas.drawCentredString(WIDTH / 2, NUMBER_BASELINE, stamp.number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_divider(canvas: Canvas, stamp: Stamp) -> None:
    """Draw the title on a rule, and the lines under it, smaller where they would not fit."""
    room = WIDTH - 2 * EDGE
    title = fitted(stamp.title, font=Font.BOLD_WORDS, size=TITLE_SIZE, width=room, height=TITLE_HEIGHT)
    _write(canvas, title, top=TITLE_TOP + title.height)
    canvas.setLineWidth(RULE)
    canvas.setStrokeGray(RULE_GRAY)
    canvas.line(EDGE, TITLE_TOP - GAP / 2, WIDTH - EDGE, TITLE_TOP - GAP / 2)
    words = "\n".join(stamp.lines)
    top = TITLE_TOP - 1.5 * GAP
    _write(canvas, fitted(words, font=Font.WORDS, size=LINE_SIZE, width=room, height=top - LINES_BOTTOM), top=top)


def _write(canvas: Canvas, block: Block, *, top: float) -> None:
    canvas.setFont(register(block.font), block.size)
    for row, line in enumerate(block.lines, start=1):
        canvas.drawString(EDGE, top - row * block.size * LEADING, line)
