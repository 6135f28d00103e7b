"""What a finished PDF holds: every object looked at, every stream unpacked."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image

ACTIVE: Final = frozenset(
    "/JS /JavaScript /Launch /OpenAction /AA /EmbeddedFiles /EmbeddedFile /XFA /AcroForm /RichMedia /SubmitForm /GoToR "
    "/GoToE /ImportData /URI /Rendition /Movie /Sound /Filespec /FileAttachment /Annots /Names /AF /OPI /Ref "
    "/PieceInfo /Metadata /Alternates /OCProperties /OCG /Widget /Thumb /PS /FFilter".split()
)


def active(content: bytes, *, password: str = "") -> set[str]:
    """Return the keys and names in a PDF that act, hide or point outside."""
    with pikepdf.open(BytesIO(content), password=password) as pdf:
        return {found for found in _words(pdf) if found in ACTIVE}


def unpacked(content: bytes) -> bytes:
    """Return all strings and streams of a PDF, unpacked where that is possible."""
    parts = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for item in _everything(pdf):
            if isinstance(item, String):
                parts.append(bytes(item))
            elif isinstance(item, Stream) and item.get("/Subtype") != Name.Image:
                parts.append(item.read_bytes())
    return b"\n".join(parts)


def _words(pdf: Pdf) -> Iterator[str]:
    for item in _everything(pdf):
        if isinstance(item, Name):
            yield item.unparse().decode("latin-1")
        elif isinstance(item, Dictionary | Stream):
            yield from item.keys()


def _everything(pdf: Pdf) -> Iterator[Object]:
    """Yield every object and what stands directly in it; the trailer too."""
    todo: list[Object] = [*pdf.objects, pdf.trailer]
    while todo:
        item = todo.pop()
        yield item
        if isinstance(item, Dictionary | Stream):
            children = [child for _, child in item.items()]
        else:
            children = list(item) if isinstance(item, Array) else []
        todo.extend(child for child in children if isinstance(child, Object) and not child.is_indirect)


def pages(content: bytes, *, password: str | None = None) -> list[str]:
    """Return the text of each page as a reader selects it."""
    with closing(pypdfium2.PdfDocument(content, password=password)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def picture(content: bytes, page: int = 0, *, scale: float = 1.0) -> Image.Image:
    """Return a page in gray as a viewer shows it."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        document.init_forms()
        shown: Image.Image = document[page].render(scale=scale).to_pil()
        return shown.convert("L")


def ink(shown: Image.Image, box: tuple[float, float, float, float]) -> float:
    """Return how much of a part of a picture is not white, from 0 to 1; the box is left, upper, right, lower."""
    part = shown.crop(tuple(round(side) for side in box))
    counts = part.histogram()
    return 1 - sum(counts[250:]) / max(1, sum(counts))
