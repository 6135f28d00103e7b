"""A letter as PDF: sender, subject, paragraphs, tables, sources; blanks to fill in are highlighted and listed."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, partial
from io import BytesIO
from itertools import groupby
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
)

from mild_biller import __version__
from mild_biller.core.documents.letter_rules import Style
from mild_biller.core.documents.letters import Letter, Paragraph, Row
from mild_biller.core.documents.quote import Blank
from mild_biller.output.documents.page_style import BOTTOM, GRAY, INK, ROOM, SHADE, SIDE, TALL, Paper, lay_out
from mild_biller.output.fonts import Font, register
from mild_biller.output.letter_sheet import HEIGHT, WIDTH

SCALES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
EVIDENCE_WIDTHS: Final = (0.4, 0.22, 0.31, 0.07)
NUMBER_BASELINE: Final = 24.0
SIGNATURE_ROOM: Final = 30.0
BOX: Final = "\u25a1"


def render(letter: Letter) -> bytes:
    """Return a letter as PDF; the same letter always gives the same bytes. A list of blanks follows on its own page."""
    paper, pages = fitting(letter)
    return _document(letter.title, [*flowables(letter, paper), *_to_fill(letter, paper)], total=pages)[0]


def fitting(letter: Letter) -> tuple[Paper, int]:
    """Return the paper a letter is set on, smaller where it must be one page and is longer, and its pages."""

    @cache
    def set_at(scale: float) -> tuple[Paper, int]:
        paper = Paper(scale)
        return paper, _document(letter.title, list(flowables(letter, paper)), total=0)[1]

    paper, pages = set_at(SCALES[0])
    if pages == 1 or not letter.one_page:
        return paper, pages
    smaller = bisect_left(SCALES, True, lo=1, hi=len(SCALES) - 1, key=lambda scale: set_at(scale)[1] == 1)
    return set_at(SCALES[smaller])


def _document(title: str, story: list[Flowable], *, total: int) -> tuple[bytes, int]:
    """Return the pages and their number; those after `total` have none under them, for they are no part of it."""
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        title=title,
        author="Mild Biller",
        creator="Mild Biller",
        subject=title,
        producer=f"Mild Biller {__version__}",
        initialFontName=register(Font.WORDS),
    )
    frame = Frame(SIDE, BOTTOM, ROOM, TALL, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    number = partial(_number, title=title, total=total)
    document.addPageTemplates([PageTemplate("letter", [frame], onPage=number)])
    lay_out(document, story)
    return buffer.getvalue(), document.page


def _number(canvas: Canvas, document: BaseDocTemplate, *, title: str, total: int) -> None:
    if document.page > total:
        return
    canvas.setFont(register(Font.WORDS), 8)
    canvas.setFillColor(GRAY)
    canvas.drawString(SIDE, NUMBER_BASELINE, title)
    canvas.drawRightString(WIDTH - SIDE, NUMBER_BASELINE, f"page {document.page} of {total}")
    canvas.setFillColor(INK)


def flowables(letter: Letter, paper: Paper) -> Iterator[Flowable]:
    """Yield a letter with its title."""
    yield paper.text(letter.title, paper.title)
    yield paper.rule()
    yield from contents(letter, paper)


def contents(letter: Letter, paper: Paper, *, without: frozenset[Style] = frozenset()) -> Iterator[Flowable]:
    """Yield a letter's parts, from its first paragraph to its sources; `without` leaves styles out."""
    for paragraph in letter.paragraphs:
        if paragraph.style not in without:
            yield from _set(paragraph, paper)
    if letter.references:
        yield from paper.headed("Sources")
        for reference in letter.references:
            yield paper.text(reference, paper.small)


def _set(paragraph: Paragraph, paper: Paper) -> Iterator[Flowable]:
    match paragraph.style:
        case Style.SENDER | Style.ADDRESS:
            yield paper.text(paragraph.pieces)
            yield Spacer(1, 6 * paper.scale)
        case Style.HEADING:
            yield from paper.headed(paragraph.pieces)
        case Style.BULLET:
            yield paper.text(paragraph.pieces, paper.bullet, bullet="\u2022")
        case Style.CHOICE:
            yield paper.text(paragraph.pieces, paper.bullet, bullet=BOX)
        case Style.FACTS | Style.FORM:
            yield paper.facts([(_text(row[0]), row[1]) for row in paragraph.rows])
        case Style.EVIDENCE:
            yield _evidence(paragraph.rows, paper)
        case Style.SIGNATURE:
            yield KeepTogether(list(_signature(paragraph, paper)))
        case _:
            yield paper.text(paragraph.pieces)


def _text(cell: tuple[str | Blank, ...]) -> str:
    return "".join(map(str, cell))


def _evidence(rows: tuple[Row, ...], paper: Paper) -> Flowable:
    """Return the results, those of one study under its name."""
    heads, *results = rows
    cells = [[paper.text(_text(head), paper.head) for head in heads[1:]]]
    spans: list[tuple[object, ...]] = []
    for study, group in groupby(results, key=lambda row: _text(row[0])):
        place = len(cells)
        spans += [("SPAN", (0, place), (-1, place)), ("BACKGROUND", (0, place), (-1, place), SHADE)]
        spans += [("NOSPLIT", (0, place), (-1, place + 1))]
        cells.append([paper.text(study, paper.head), "", "", ""])
        cells += [[paper.text(cell, paper.cell) for cell in row[1:]] for row in group]
    return paper.table(cells, widths=[share * ROOM for share in EVIDENCE_WIDTHS], heads=1, more=spans)


def _signature(paragraph: Paragraph, paper: Paper) -> Iterator[Flowable]:
    """Yield the closing words, room to sign, and who signs."""
    closing, _, who = paragraph.text.partition("\n\n")
    yield Spacer(1, 6 * paper.scale)
    if who:
        yield paper.text(closing)
    yield Spacer(1, SIGNATURE_ROOM * paper.scale)
    yield HRFlowable(width="55%", thickness=0.6, color=INK, hAlign="LEFT", spaceAfter=2)
    yield paper.text("Signature and date", paper.small)
    yield paper.text(_after_gap(paragraph))


def _after_gap(paragraph: Paragraph) -> tuple[str | Blank, ...]:
    """Return what follows the first empty line of a signature, or all of it."""
    kept: list[str | Blank] = []
    is_past = "\n\n" not in paragraph.text
    for piece in paragraph.pieces:
        if is_past:
            kept.append(piece)
        elif isinstance(piece, str) and "\n\n" in piece:
            kept.append(piece.partition("\n\n")[2])
            is_past = True
    return tuple(kept)


def _to_fill(letter: Letter, paper: Paper) -> Iterator[Flowable]:
    """Yield a page that lists what is still to fill in; nothing where all is there."""
    if not letter.blanks:
        return
    count = len(letter.blanks)
    yield PageBreak()
    yield paper.text("Fill in before sending", paper.title)
    yield paper.text("This page is not part of the letter. Remove it once all blanks are filled in.", paper.warning)
    yield Spacer(1, 8)
    yield paper.text(f"{count} blank{'s' if count != 1 else ''} to fill in:")
    for blank in letter.blanks:
        yield paper.text((blank,), paper.bullet, bullet=BOX)
