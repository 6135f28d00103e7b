"""The attachments of a case, read from their files and made ready for a packet; the files are only read."""

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from mild_biller.core.case.model import Case
from mild_biller.errors import AttachmentError
from mild_biller.output.attachments.attached_file import check_size, prepare, shown_name
from mild_biller.output.attachments.enclosure import Enclosure
from mild_biller.output.attachments.page_choice import page_numbers


def enclosures(case: Case, *, folder: Path) -> Iterator[Enclosure]:
    """Yield every attachment that names a file, in the order of the case; paths are relative to `folder`.

    Raises AttachmentError, in one line that names the file, for one that is not there or cannot go into a packet.
    """
    for index, entry in enumerate(case.attachments or ()):
        if entry.path:
            content = content_of(folder / entry.path, entry.path)
            yield Enclosure(index, prepare(content, name=entry.path, pages=page_numbers(entry.pages, entry.path)))


def files(case: Case, *, folder: Path) -> list[Path]:
    """Return the files the attachments name."""
    return [folder / entry.path for entry in case.attachments or () if entry.path]


def content_of(path: Path, name: str) -> bytes:
    """Return the bytes of a file; one that is too large is not read at all.

    Raises AttachmentError, in one line that names the file.
    """
    try:
        found = path.stat()
        if S_ISREG(found.st_mode):
            check_size(found.st_size)
        elif not path.is_dir():
            raise AttachmentError("is not a file. Attach a PDF, PNG, JPEG or TIFF file.")
        return path.read_bytes()
    except AttachmentError as refusal:
        raise AttachmentError(f"{shown_name(name)} {refusal}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise AttachmentError(
            f"{name} could not be read ({reason}). Attach it again, or remove it from the list."
        ) from error
