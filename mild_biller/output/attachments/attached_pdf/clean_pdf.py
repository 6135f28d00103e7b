"""An attached PDF made harmless: opened without trust, flattened, and its pages laid on letter sheets of a new file.

Flattening comes first, so that filled fields and marks become part of their page. Then each page is taken as one
drawing, stripped of all that does not say how it looks, and put on a sheet of a file that holds nothing else. Scripts,
actions, links, embedded files, forms and layers have no way over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final
from unicodedata import normalize

import pikepdf
from pikepdf import Array, Name, Object, Page, PasswordError, Pdf

from mild_biller.errors import AttachmentError, PasswordNeeded
from mild_biller.output.attachments.attached_pdf import appearances
from mild_biller.output.attachments.attached_pdf.allowlist import Walk, bomb, strip, unpacked_contents
from mild_biller.output.attachments.attached_pdf.hidden_layers import take_out_hidden
from mild_biller.output.attachments.attached_pdf.pdf_values import (
    PRINTED,
    annotations,
    inherited,
    inside,
    integer,
    is_seen,
    kind,
    text,
)
from mild_biller.output.attachments.attached_pdf.used_resources import are_shapes_shared, leave_unused
from mild_biller.output.attachments.attached_pdf.visible_area import area, crop_notes
from mild_biller.output.attachments.page_choice import chosen
from mild_biller.output.letter_sheet import PageArea, add_sheet, file_of, placed

TAIL: Final = 4096  # bytes at the end in which a whole file says that it ends
ENDS: Final = re.compile(rb"startxref\s+\d+|%%EOF")
LEFT_OUT: Final = frozenset({"Popup"})  # shown only when the mouse is over another mark
MEDIA: Final = frozenset({"3D", "Movie", "RichMedia", "Screen", "Sound"})
REMEDY: Final = "Open it, print it to PDF, and attach that."
INSEPARABLE: Final = (
    "cannot be split by page: its pages share pictures or text, and a page that cannot be fully read does not tell "
    "which are its own. Attach the whole file, or print the pages you need to PDF and attach that."
)
UNKNOWN: Final = "Part of it cannot be read, so pictures or text that no page shows may still be in the file."
SHARED_SHAPES: Final = (
    "Its pages share a table of letter shapes, which may hold shapes from pages you did not choose. "
    "To remove them, print the chosen pages on paper and attach a scan."
)
REASONS: Final = {  # what the library says, in part, and what it means
    "Loop detected": "is damaged: its list of pages loops.",
    "unable to find any pages": "is damaged: it has no pages.",
    "has no /Kids": "is damaged: it has no pages.",
    "unable to find trailer": "is damaged: it has no index of its objects.",
    "unable to find /Root": "is damaged: it has no index of its objects.",
    "truncated": "is cut short: its end is missing.",
    "encrypt": "is locked by a certificate or a rights service, which no password opens.",
}


def clean(content: bytes, *, pages: tuple[int, ...] | None, password: str | None) -> tuple[bytes, int, tuple[str, ...]]:
    """Return a PDF of the chosen pages on letter sheets, how many, and a note on each thing that stayed behind.

    Raises AttachmentError, PasswordNeeded, and whatever the library makes of a broken file: see `explained`.
    """
    if not ENDS.search(content[-TAIL:]):
        raise AttachmentError("is cut short: its end is missing. Download or save it again, and attach that.")
    with _opened(content, password) as source:
        _check_whole(source)
        wanted = chosen(pages, count=len(source.pages))
        taken = {number: source.pages[number - 1] for number in dict.fromkeys(wanted)}
        areas = {number: area(page, number) for number, page in taken.items()}
        notes = [*_notes(source, list(taken.values())), *crop_notes(areas, taken)]
        _flatten(source, list(taken.values()))
        walk = Walk()
        forms = {number: _form(source, number, shown) for number, shown in areas.items()}
        is_whole = len(taken) == len(source.pages)
        if not leave_unused(source, list(forms.values()), walk=walk):
            if not is_whole:
                raise AttachmentError(INSEPARABLE)
            notes.append(UNKNOWN)
        made = _laid_out(source, forms, areas, wanted, walk=walk)
        if not is_whole and are_shapes_shared(source, walk=walk):
            notes.append(SHARED_SHAPES)
        return made, len(wanted), tuple(notes)


def explained(error: BaseException) -> AttachmentError:
    """Return the refusal that says what the library's error means for the file."""
    said = str(error)
    if "limit exceeded" in said:
        return bomb()
    reason = next((reason for part, reason in REASONS.items() if part in said), "is damaged: it cannot be read.")
    return AttachmentError(f"{reason} {REMEDY}")


def _opened(content: bytes, password: str | None) -> Pdf:
    """Open a file without a password, else with the one given, in any way a program may have written it."""
    for attempt in _attempts(password):
        try:
            # Pages keep taking over from the tree above them, or the library would repair its counts unasked.
            return pikepdf.open(BytesIO(content), password=attempt, inherit_page_attributes=False)
        except PasswordError:
            continue
    if password:
        raise PasswordNeeded("did not open with that password. Enter the one it was saved with.")
    raise PasswordNeeded("is protected and needs its password. Enter it, or save the file without one.")


def _attempts(password: str | None) -> list[str | bytes]:
    typed = password or ""
    attempts: list[str | bytes] = ["", typed, normalize("NFKC", typed), typed.encode("latin-1", errors="replace")]
    return list(dict.fromkeys(attempts))


def _check_whole(source: Pdf) -> None:
    """Refuse a file whose pages are elsewhere, or not all there."""
    if inside(source.Root, "/NeedsRendering") is True:
        raise AttachmentError(f"is an XFA form, whose pages only Adobe Reader can draw. {REMEDY}")
    if "/Collection" in source.Root:
        raise AttachmentError("is a portfolio of other files. Save the files that are in it, and attach those.")
    said = integer(inside(source.Root, "/Pages", "/Count"))
    there = len(source.pages)
    if said > there > 0:
        raise AttachmentError(f"is damaged: of its {said:,} pages only {there:,} can be read. {REMEDY}")


def _notes(source: Pdf, pages: Sequence[Page]) -> Iterator[str]:
    """Yield what a reader of the packet alone must know."""
    marks = [mark for page in pages for mark in annotations(page)]
    kinds = {kind(mark) for mark in marks}
    if inside(source.Root, "/Names", "/EmbeddedFiles") is not None or "FileAttachment" in kinds:
        yield "Files embedded in it are left out; attach them separately."
    if kinds & MEDIA:
        yield "Sound, video or 3-D models in it are left out; their still picture is shown."
    if any(kind(mark) == "Text" and text(mark.get("/Contents")).strip() for mark in marks):
        yield "Its pop-up notes show as icons, without their text."
    if "Redact" in kinds:
        yield "It has redactions that were marked but never applied; what they were meant to cover can be read."
    if any(inherited(mark, "/FT") == Name.Sig and inherited(mark, "/V") is not None for mark in marks):
        yield "Its digital signature is shown but can no longer be verified; keep the original."


def _flatten(source: Pdf, pages: Sequence[Page]) -> None:
    """Make everything visible on the pages part of them."""
    for page in pages:
        unpacked_contents(page)
        seen = [mark for mark in annotations(page) if kind(mark) not in LEFT_OUT and is_seen(mark)]
        for mark in seen:
            mark["/F"] = PRINTED
        page.obj["/Annots"] = Array(seen)
    take_out_hidden(source, pages=pages)
    appearances.complete(source, pages=pages)
    source.flatten_annotations("all")


def _laid_out(
    source: Pdf, forms: Mapping[int, Object], areas: Mapping[int, PageArea], wanted: Sequence[int], *, walk: Walk
) -> bytes:
    """Lay each page on a sheet of a new file."""
    target = Pdf.new()
    shown: dict[int, Object] = {}
    groups: dict[int, Object] = {}
    for page, form in forms.items():
        strip(form, walk=walk)
        copy = shown[page] = target.copy_foreign(form)
        if "/Group" in copy:
            groups[page] = copy.Group  # it says how the page meets the paper, so it goes with the sheet
            del copy["/Group"]
    if any("not found in file" in warning for warning in source.get_warnings()):
        raise AttachmentError(f"is damaged: parts of its pages are missing. {REMEDY}")
    for page in wanted:
        add_sheet(target, shown=shown[page], matrix=placed(areas[page]), group=groups.get(page))
    return file_of(target)


def _form(source: Pdf, page: int, shown: PageArea) -> Object:
    """Return a page as a form, cut off where a viewer would cut it off."""
    form = source.make_indirect(source.pages[page - 1].as_form_xobject(handle_transformations=False))
    form["/BBox"] = Array([shown.left, shown.bottom, shown.left + shown.width, shown.bottom + shown.height])
    return form
