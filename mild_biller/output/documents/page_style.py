"""The look of our own pages, letters and the front of a packet: fonts, sizes, tables, and blanks that stand out."""

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, HRFlowable, Paragraph, Table, TableStyle
from reportlab.platypus.doctemplate import LayoutError

from mild_biller.core.documents.quote import Blank, Pieces
from mild_biller.errors import FormError
from mild_biller.output.fonts import Font, register
from mild_biller.output.letter_sheet import FOOT, HEIGHT, WIDTH
from mild_biller.output.lettering import drawable

SIDE: Final = 54.0  # points, as everything here
TOP: Final = 50.0
BOTTOM: Final = FOOT + 14.0
ROOM: Final = WIDTH - 2 * SIDE
TALL: Final = HEIGHT - TOP - BOTTOM
INK: Final = HexColor(0x111827)
ACCENT: Final = HexColor(0x1F3A5F)
GRAY: Final = HexColor(0x555F6B)
HAIR: Final = HexColor(0xC4CBD4)
SHADE: Final = HexColor(0xEEF2F6)
OPEN: Final = HexColor(0xFFE8A3)  # behind a blank
WARNING: Final = HexColor(0x9B1C1C)
PAD: Final = 2.2


class Paper:
    """Styles and building blocks of one document; `scale` makes all of it smaller."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.body = self._style("body", 10, after=6)
        self.small = self._style("small", 8, color=GRAY, after=2)
        self.cell = self._style("cell", 8.8)
        self.head = self._style("head", 8, font=Font.BOLD_WORDS, color=ACCENT)
        self.label = self._style("label", 8.8, color=GRAY)
        self.strong = self._style("strong", 10, font=Font.BOLD_WORDS)
        self.heading = self._style("heading", 11.5, font=Font.BOLD_WORDS, color=ACCENT, before=6, after=3)
        self.title = self._style("title", 17, font=Font.BOLD_WORDS, color=ACCENT, after=3)
        self.bullet = self._style("bullet", 10, indent=12, after=3)
        self.warning = self._style("warning", 10, font=Font.BOLD_WORDS, color=WARNING)
        self.number = ParagraphStyle("number", parent=self.cell, alignment=TA_RIGHT)

    def _style(
        self,
        name: str,
        size: float,
        *,
        font: Font = Font.WORDS,
        color: Color = INK,
        before: float = 0,
        after: float = 0,
        indent: float = 0,
    ) -> ParagraphStyle:
        points = size * self.scale
        return ParagraphStyle(
            name,
            fontName=register(font),
            fontSize=points,
            leading=points * 1.28,
            textColor=color,
            spaceBefore=before * self.scale,
            spaceAfter=after * self.scale,
            leftIndent=indent,
            bulletFontName=register(Font.WORDS),
            bulletFontSize=points,
            splitLongWords=1,
        )

    def text(self, words: str | Pieces, style: ParagraphStyle | None = None, *, bullet: str | None = None) -> Paragraph:
        """Return a paragraph of words; blanks are shaded, line breaks kept."""
        return Paragraph(markup(words), style or self.body, bulletText=bullet)

    def headed(self, words: str | Pieces) -> list[Flowable]:
        """Return a heading that is never alone at the foot of a page."""
        return [CondPageBreak(80 * self.scale), self.text(words, self.heading)]

    def rule(self) -> HRFlowable:
        """Return a hairline across the page."""
        return HRFlowable(width="100%", thickness=0.6, color=HAIR, spaceBefore=2, spaceAfter=4)

    def facts(self, rows: Sequence[tuple[str, str | Pieces | list[Flowable]]], *, share: float = 0.27) -> Table:
        """Return labels and values, a hairline under each row."""
        cells = [
            [self.text(label, self.label), words if isinstance(words, list) else self.text(words, self.cell)]
            for label, words in rows
        ]
        return self.table(cells, widths=(share * ROOM, (1 - share) * ROOM))

    def table(
        self, cells: Sequence[Sequence[Any]], *, widths: Sequence[float], heads: int = 0, more: Sequence[Any] = ()
    ) -> Table:
        """Return a table with hairlines; `heads` rows stand again on every page."""
        pad = PAD * self.scale
        commands = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            *((("BACKGROUND", (0, 0), (-1, heads - 1), SHADE),) if heads else ()),
            *more,
        ]
        made = self._table(cells, widths, commands, heads=heads)
        made.wrap(ROOM, TALL)
        if max(made._rowHeights) > TALL - 60:  # only a row too high for a page is broken inside
            made = self._table(cells, widths, commands, heads=heads, breaks=1)
        made.spaceAfter = 6 * self.scale
        return made

    @staticmethod
    def _table(
        cells: Sequence[Sequence[Any]], widths: Sequence[float], commands: Sequence[Any], *, heads: int, breaks: int = 0
    ) -> Table:
        rows = [list(row) for row in cells]
        made = Table(rows, colWidths=list(widths), repeatRows=heads, splitInRow=breaks, hAlign="LEFT")
        made.setStyle(TableStyle(commands))
        return made


def lay_out(document: BaseDocTemplate, story: list[Flowable]) -> None:
    """Write the pages. Raises `FormError` for a text that no page has room for."""
    try:
        document.build(story)
    except LayoutError:
        raise FormError("A text of the case is too long for the pages; shorten it.") from None


def markup(words: str | Pieces) -> str:
    """Write words for a paragraph: what the font lacks as a question mark, a blank on a shade."""
    pieces = (words,) if isinstance(words, str) else words
    return "".join(_shaded(piece) if isinstance(piece, Blank) else _written(piece) for piece in pieces)


def _written(words: str) -> str:
    return escape(drawable(words, font=Font.WORDS)).replace("\n", "<br/>")


def _shaded(blank: Blank) -> str:
    return f'<font backColor="#{OPEN.hexval()[2:]}">{_written(str(blank))}</font>'


def undrawable(words: str) -> str:
    """Return the characters the font lacks, each once."""
    return "".join(
        dict.fromkeys(char for char in words if char not in "\n" and drawable(char, font=Font.WORDS) != char)
    )
