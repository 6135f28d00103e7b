"""The bundled fonts for PDF: loaded once, each embedded subset made and deflated once for all documents."""

import zlib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from io import BytesIO
from threading import RLock
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace
from reportlab.pdfgen.canvas import Canvas

from mild_biller.errors import ResourceError
from mild_biller.paths import resources

IN_TURN: Final = RLock()  # a font file is read from one place at a time, whichever thread reads it


class Font(StrEnum):
    """A bundled font; the value is its file under `resources/fonts/`."""

    DATA = "LiberationMono-Regular"  # fixed pitch, the zero with a dot
    WORDS = "LiberationSans-Regular"
    BOLD_WORDS = "LiberationSans-Bold"


class KeptDeflate:
    """A stream filter of reportlab's kind that deflates the same content only once."""

    pdfname = "FlateDecode"

    def __init__(self) -> None:
        self.encode = lru_cache(maxsize=32)(zlib.compress)


DEFLATE = KeptDeflate()


class _KeptFace(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """A font file that remembers its subsets."""

    charWidths: dict[int, int]  # noqa: N815  # reportlab's names
    defaultWidth: int  # noqa: N815

    def __init__(self, content: bytes) -> None:
        super().__init__(BytesIO(content))
        self._made = lru_cache(maxsize=16)(super().makeSubset)
        # Whole numbers, as some viewers round them anyway: 600 makes 12 points advance 7.2, ten an inch.
        self.charWidths = {code: round(width) for code, width in self.charWidths.items()}
        self.defaultWidth = round(self.defaultWidth)
        self._written = {code: b"%d" % width for code, width in self.charWidths.items()}

    def makeSubset(self, subset: Sequence[int]) -> bytes:  # noqa: N802  # reportlab's name
        """Return the font program that holds these characters."""
        with IN_TURN:
            made: bytes = self._made(tuple(subset))
        return made

    def getCharWidth(self, code: int) -> bytes:  # noqa: N802
        """Return a width as a PDF writes it, so that no document formats it again."""
        return self._written.get(code) or b"%d" % self.defaultWidth

    def addSubsetObjects(self, doc: Any, fontname: str, subset: Sequence[int]) -> Any:  # noqa: N802
        """Add the program to a document, deflated whatever the document does with its pages."""
        descriptor = super().addSubsetObjects(doc, fontname, subset)
        doc.idToObject[f"fontFile:{self.filename}({fontname})"].filters = [DEFLATE]
        return descriptor


def register(font: Font) -> str:
    """Load a font on first use and return the name reportlab knows it by."""
    with IN_TURN:
        return _registered(font)


@cache
def _registered(font: Font) -> str:
    content = _read(font)
    loaded = TTFont(font.value, BytesIO(content), shapable=False)
    loaded.face = _KeptFace(content)
    pdfmetrics.registerFont(loaded)
    return font.value


def _read(font: Font) -> bytes:
    """Read the file ourselves: reportlab takes a name it cannot open for an address."""
    try:
        return (resources() / "fonts" / f"{font}.ttf").read_bytes()
    except OSError as error:
        said = f"fonts/{font}.ttf is missing among the data files; install the program again"
        raise ResourceError(said) from error


def advance(font: Font, *, size: float) -> float:
    """Return how far a digit of the font moves on, in points."""
    return float(pdfmetrics.stringWidth("0", register(font), size))


def reserve(canvas: Canvas, *, fonts: Sequence[Font]) -> None:
    """Take the fonts into a document in this order, so that they get the same names in every document."""
    for font in fonts:
        pdfmetrics.getFont(register(font)).getSubsetInternalName(0, canvas._doc)
