"""The office's own copy of a government form, filled: its text fields by the names it gives them, nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from pikepdf import Name, Object, PasswordError, Pdf, PdfError
from pikepdf.form import Form, TextField

from mild_biller.core.documents.letters import FormEntry
from mild_biller.errors import AttachmentError
from mild_biller.output.attachments.attached_pdf import appearances
from mild_biller.output.fonts import Font
from mild_biller.output.lettering import drawable

MOST_NAMED: Final = 12  # fields a refusal names


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form, and the facts no field was found for."""

    pdf: bytes = field(repr=False)
    left: tuple[FormEntry, ...]


def fill(content: bytes, entries: Sequence[FormEntry], *, name: str) -> Filled:
    """Return the form with the known facts in its fields. Choices, signatures and dates stay as they are.

    Raises AttachmentError for a file that is no form, or whose fields bear none of the names we know.
    """
    with _opened(content, name) as pdf:
        fields = {key: text for path, text in _text_fields(pdf) for key in _keys(path, text)}
        known = [entry for entry in entries if entry.text]
        left = tuple(entry for entry in known if not _write(entry, fields))
        if known and len(left) == len(known):
            called = ", ".join(sorted({path for path, _ in _text_fields(pdf)})[:MOST_NAMED]) or "none"
            raise AttachmentError(f"{name} has no field we know (its text fields: {called}). Fill it in by hand.")
        appearances.complete(pdf, pages=list(pdf.pages))
        buffer = BytesIO()
        pdf.save(buffer, deterministic_id=True)
        return Filled(buffer.getvalue(), left)


def _opened(content: bytes, name: str) -> Pdf:
    try:
        pdf = Pdf.open(BytesIO(content))
    except PasswordError:
        raise AttachmentError(f"{name} opens with a password only. Save a copy without one.") from None
    except PdfError as error:
        raise AttachmentError(f"{name} is not a PDF that can be read. Select the form again.") from error
    if pdf.is_encrypted or "/AcroForm" not in pdf.Root or "/XFA" in pdf.Root.AcroForm:
        pdf.close()
        raise AttachmentError(f"{name} is not a form that can be filled here. Fill it in by hand from the facts.")
    return pdf


def _text_fields(pdf: Pdf) -> Iterator[tuple[str, TextField]]:
    for path, found in Form(pdf).items():
        if isinstance(found, TextField) and not (found.is_password or found.is_read_only):
            yield path, found


def _keys(path: str, text: TextField) -> Iterator[str]:
    """Yield the names a field goes by: its path, its last part, what a viewer shows for it."""
    for name in (path, path.rpartition(".")[2], text.alternate_name):
        if name:
            yield _plain(str(name))


def _plain(name: str) -> str:
    """Return a name without case, blanks and signs."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _write(entry: FormEntry, fields: dict[str, TextField]) -> bool:
    """Write a fact into the first field of one of its names; return True if one takes all of it."""
    words = drawable(entry.text, font=Font.WORDS)
    text = next((fields[_plain(name)] for name in entry.names if _plain(name) in fields), None)
    if text is None or (text.max_length is not None and len(words) > text.max_length):
        return False
    text.value = words
    for widget in _widgets(text):
        if Name.AP in widget:
            del widget.AP  # what it showed before; a drawing of the new words follows
    return True


def _widgets(text: TextField) -> Iterator[Object]:
    """Yield the widgets of a field on the pages: itself, or its kids."""
    field = text._field.obj
    yield from field.Kids if "/Kids" in field else (field,)
