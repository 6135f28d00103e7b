"""One attached file, of any kind, made into harmless upright letter pages, or refused in one line.

What a file is, its content says, never its name. The file itself is only read.
"""

from dataclasses import dataclass, field
from typing import Final
from unicodedata import category

from pikepdf import PikepdfError

from mild_biller.errors import AttachmentError
from mild_biller.output.attachments import images
from mild_biller.output.attachments.attached_pdf import clean_pdf

MOST_BYTES: Final = 50_000_000
LONGEST_NAME: Final = 80
PDF_START: Final = 1024  # bytes within which a PDF says that it is one
ELLIPSIS: Final = "…"
UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})  # control, direction, private, line ends
FAULTS: Final = (*images.FAULTS, PikepdfError, RuntimeError, ArithmeticError, AttributeError, MemoryError)

TIFF_STARTS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
STRANGERS: Final = {  # how other files start, and what they are
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an older Word or Excel file",
    b"{\\rtf": "a text document",
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"RIFF": "a WebP picture or a recording",
}
BRAND: Final = slice(4, 8)
DICOM: Final = slice(128, 132)

Pages = tuple[int, ...] | None
Made = tuple[bytes, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An attached file as it goes into a packet: a PDF of upright letter pages with room for the page number.

    `name` is fit to be shown; `notes` say in a sentence each what stayed behind.
    """

    name: str
    page_count: int
    pdf: bytes = field(repr=False)
    notes: tuple[str, ...] = ()


def prepare(content: bytes, *, name: str, pages: Pages = None, password: str | None = None) -> Prepared:
    """Return a file's pages, the chosen ones or all, ready for a packet.

    `pages` count from 1 and come out in the order given. Raises `PasswordNeeded` for a file that does not open without
    its password, and `AttachmentError` for every other reason not to take it, in one line that starts with its name.
    """
    shown = shown_name(name)
    try:
        made, page_count, notes = _made(content, pages=pages, password=password)
    except AttachmentError as refusal:
        raise type(refusal)(f"{shown} {refusal}") from None
    except FAULTS as error:
        raise AttachmentError(f"{shown} {clean_pdf.explained(error)}") from error
    return Prepared(shown, page_count, made, notes)


def shown_name(name: str) -> str:
    """Return a file's name without folders, line ends and unseen signs, cut in the middle where it is very long."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(char for char in last if category(char) not in UNSEEN).strip()
    if len(seen) > LONGEST_NAME:
        half = LONGEST_NAME // 2
        seen = seen[:half] + ELLIPSIS + seen[-half + 1 :]
    return seen if seen.strip(".") else "The file"


def _made(content: bytes, *, pages: Pages, password: str | None) -> Made:
    check_size(len(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return *images.from_png(content, pages=pages), ()
    if content.startswith(b"\xff\xd8\xff"):
        return *images.from_jpeg(content, pages=pages), ()
    if content.startswith(TIFF_STARTS):
        return *images.from_tiff(content, pages=pages), ()
    if b"%PDF-" in content[:PDF_START]:
        return clean_pdf.clean(content, pages=pages, password=password)
    raise _stranger(content)


def check_size(size: int) -> None:
    """Refuse a file of no bytes or of too many."""
    if not size:
        raise AttachmentError("is empty. Select the file again.")
    if size > MOST_BYTES:
        raise AttachmentError(
            f"is {-(-size // 1_000_000):,} MB large, and at most {MOST_BYTES // 1_000_000} MB are accepted. "
            "Save the pages that matter as a file of their own."
        )


def _stranger(content: bytes) -> AttachmentError:
    """Return the refusal of a file of another kind, with its kind where that is easily told."""
    kind = next((kind for start, kind in STRANGERS.items() if content.startswith(start)), "")
    if content[BRAND] == b"ftyp":
        kind = "a phone's HEIC picture or a video"
    if content[DICOM] == b"DICM":
        kind = "a DICOM scan"
    is_what = f"is {kind}, not" if kind else "is not"
    return AttachmentError(f"{is_what} a PDF, PNG, JPEG or TIFF file. Print or export it to PDF, and attach that.")
