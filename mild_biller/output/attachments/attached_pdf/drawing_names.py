"""What one drawing of an attached PDF says that it needs: names of resources, and letters of fonts."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Operator, Page, Pdf, PdfError, StreamParser, String

from mild_biller.output.attachments.attached_pdf.pdf_values import plain_name

NO_NAME: Final = "/"
MOST_OPERANDS: Final = 64  # of one operator; viewers keep about half as many

_NAMES: Final = {  # operators that name a resource, and the list it is in
    b"Do": "/XObject",
    b"Tf": "/Font",
    b"gs": "/ExtGState",
    b"cs": "/ColorSpace",
    b"CS": "/ColorSpace",
    b"scn": "/Pattern",
    b"SCN": "/Pattern",
    b"sh": "/Shading",
    b"BDC": "/Properties",
    b"DP": "/Properties",
    b"ID": "/ColorSpace",  # the end of the description of an inline picture
}
_TAGGED: Final = frozenset({b"BDC", b"DP"})  # their first name is none of a resource
_SHOWS: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})

Use = tuple[str, str]  # the list and the name in it


@dataclass(slots=True)
class DrawingNames:
    """What a drawing names, and which codes of letters it shows by the name of the font.

    Letters under the empty name are in a font that was set before the drawing began. A drawing that is not readable
    may need more than it says.
    """

    uses: set[Use] = field(default_factory=set)
    letters: dict[str, set[int]] = field(default_factory=dict)
    is_readable: bool = True


def read(content: bytes, *, letters: bool) -> DrawingNames:
    """Return what a drawing needs; the letters only if asked for, because that takes longer."""
    reader = _Reader(letters=letters)
    with Pdf.new() as scratch:
        page = Page(Dictionary(Type=Name.Page, Contents=scratch.make_stream(content)))
        try:
            page.parse_contents(reader)
        except PdfError:
            reader.drawing.is_readable = False
        if scratch.get_warnings():
            reader.drawing.is_readable = False
    return reader.drawing


class _Reader(StreamParser):
    """Goes through a drawing operator by operator."""

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self.drawing = DrawingNames()
        self._letters = letters
        self._operands: deque[object] = deque(maxlen=MOST_OPERANDS)
        self._font = ""
        self._kept_fonts: list[str] = []

    def handle_object(self, obj: Object, offset: int, length: int) -> None:
        """Take in a number, a name, a string and the like, or the operator behind them."""
        if isinstance(obj, Operator):
            self._step(obj.unparse())
            self._operands.clear()
        else:
            self._operands.append(obj)

    def handle_eof(self) -> None:
        """Take in the end; what has no operator behind it draws nothing."""

    def _step(self, operator: bytes) -> None:
        if category := _NAMES.get(operator):
            names = self._names(operator)
            self.drawing.uses.update((category, name) for name in names)
            if operator == b"Tf":
                self._font = names[-1] if names else ""
        elif operator in _SHOWS and self._letters:
            self.drawing.letters.setdefault(self._font, set()).update(*_strings(self._operands))
        elif operator == b"q":
            self._kept_fonts.append(self._font)
        elif operator == b"Q" and self._kept_fonts:
            self._font = self._kept_fonts.pop()

    def _names(self, operator: bytes) -> list[str]:
        operands = list(self._operands)[1:] if operator in _TAGGED else list(self._operands)
        names = list(names_in(operands))
        if NO_NAME in names:
            self.drawing.is_readable = False
        return names


def names_in(values: Iterable[object], *, depth: int = 4) -> Iterator[str]:
    """Yield the names among some values, and in arrays among them; `NO_NAME` for one in letters of no known kind."""
    for value in values:
        if isinstance(value, Name):
            yield f"/{plain_name(value)}"
        elif isinstance(value, Array) and depth:
            yield from names_in(value, depth=depth - 1)


def _strings(operands: Iterable[object]) -> Iterator[bytes]:
    """Yield the strings that an operator shows: one, or several in an array with moves between them."""
    for operand in operands:
        if isinstance(operand, String):
            yield bytes(operand)
        elif isinstance(operand, Array):
            yield from (bytes(part) for part in operand if isinstance(part, String))
