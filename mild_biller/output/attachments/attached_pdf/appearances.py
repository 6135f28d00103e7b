"""Drawings for the fields and marks of an attached PDF that have none, so that they stay visible on a flat page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream
from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.attachments.attached_pdf import field_appearance, markup_appearance
from mild_biller.output.attachments.attached_pdf.pdf_values import (
    Rectangle,
    annotations,
    inherited,
    inside,
    integer,
    kind,
    rectangle,
)
from mild_biller.output.fonts import Font, register

_TURNED: Final = {0: [1, 0, 0, 1, 0, 0], 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0]}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An annotation without a drawing, and what draws it."""

    annotation: Object
    draw: field_appearance.Draw
    place: Rectangle
    turn: int = 0  # degrees against the clock

    @property
    def upright_size(self) -> tuple[float, float]:
        width, height = self.place[2:]
        return (height, width) if self.turn % 180 else (width, height)


def complete(pdf: Pdf, *, pages: Sequence[Page]) -> None:
    """Give a drawing to every filled field and every mark on some pages that has none."""
    form = _form(pdf)
    again = inside(form, "/NeedAppearances") is True
    wanted = [found for page in pages for found in _on_page(page, form, again)]
    if wanted:
        with pikepdf.open(BytesIO(_drawn(wanted))) as drawings:
            for found, page in zip(wanted, drawings.pages, strict=True):
                _attach(pdf, found, drawings.make_indirect(page.as_form_xobject()))
    if "/NeedAppearances" in form:
        del form["/NeedAppearances"]  # else flattening would leave every field out


def _form(pdf: Pdf) -> Object:
    form = pdf.Root.get("/AcroForm")
    return form if isinstance(form, Dictionary) else Dictionary()


def _on_page(page: Page, form: Object, again: bool) -> Iterator[_Wanted]:
    page_turn = integer(inherited(page.obj, "/Rotate"))
    for annotation in annotations(page):
        yield from _wanted(annotation, form, again, page_turn)


def _wanted(annotation: Object, form: Object, again: bool, page_turn: int) -> Iterator[_Wanted]:
    """Yield an annotation that needs a drawing."""
    if kind(annotation) == "Widget":
        _settle_state(annotation)
        place = rectangle(annotation.get("/Rect"))
        draw = field_appearance.look(annotation, form=form, again=again)
    elif not isinstance(inside(annotation, "/AP", "/N"), Dictionary | Stream):
        place = markup_appearance.place(annotation)
        draw = markup_appearance.look(annotation, left=place[0], bottom=place[1], turn=page_turn) if place else None
    else:
        return
    if draw is not None and place is not None:
        yield _Wanted(annotation, draw, place, _turn(annotation))


def _turn(annotation: Object) -> int:
    turn = integer(inside(annotation, "/MK", "/R")) % 360
    return turn if turn % 90 == 0 else 0


def _settle_state(widget: Object) -> None:
    """Choose the drawing of a box from the field's value where the box itself does not say which."""
    drawings = inside(widget, "/AP", "/N")
    value = inherited(widget, "/V")
    if "/AS" not in widget and isinstance(value, Name) and isinstance(drawings, Dictionary):
        widget["/AS"] = value if str(value) in drawings else Name.Off


def _drawn(wanted: Sequence[_Wanted]) -> bytes:
    """Draw each on a page of its own size."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName=register(Font.WORDS))
    for found in wanted:
        canvas.setPageSize(found.upright_size)
        found.draw(canvas, *found.upright_size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _attach(pdf: Pdf, wanted: _Wanted, drawing: Object) -> None:
    form = pdf.copy_foreign(drawing)
    across, up = wanted.upright_size
    form["/BBox"] = Array([0, 0, across, up])
    form["/Matrix"] = Array(_TURNED[wanted.turn])
    left, bottom, width, height = wanted.place
    wanted.annotation["/Rect"] = Array([left, bottom, left + width, bottom + height])
    wanted.annotation["/AP"] = Dictionary({"/N": form})
