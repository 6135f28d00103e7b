"""The values of an annotation of an attached PDF, read without trust: what is not as it should be is absent."""

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Page, Stream, String

from mild_biller.output.attachments.attached_pdf.allowlist import unpacked

MOST_PARENTS: Final = 32
FARTHEST: Final = 1e7  # points
INVISIBLE: Final = 1  # flags; this one speaks only of kinds a viewer does not know
HIDDEN: Final = 2
PRINTED: Final = 4
NOT_ON_SCREEN: Final = 32
KINDS: Final = frozenset(
    "3D Caret Circle FileAttachment FreeText Highlight Ink Line Link Movie Polygon PolyLine Redact RichMedia Screen "
    "Sound Square Squiggly Stamp StrikeOut Text Underline Watermark Widget".split()
)

Rgb = tuple[float, float, float]
Rectangle = tuple[float, float, float, float]  # left, bottom, width, height


def annotations(page: Page) -> Iterator[Object]:
    """Yield the annotations of a page."""
    listed = page.obj.get("/Annots")
    if isinstance(listed, Array):
        yield from (item for item in listed if isinstance(item, Dictionary))


def kind(annotation: Object) -> str:
    """Return the subtype without its slash, or nothing."""
    subtype = annotation.get("/Subtype")
    return plain_name(subtype)


def plain_name(value: object) -> str:
    """Return a name without its slash; nothing for another thing, or a name in letters of no known kind."""
    try:
        return str(value)[1:] if isinstance(value, Name) else ""
    except UnicodeDecodeError:
        return ""


def is_seen(annotation: Object) -> bool:
    """Return True if its flags let it be seen, on a screen or on paper."""
    flags = integer(annotation.get("/F"))
    if flags & HIDDEN or (flags & INVISIBLE and kind(annotation) not in KINDS):
        return False
    return bool(flags & PRINTED) or not flags & NOT_ON_SCREEN


def inside(value: object, *keys: str) -> object:
    """Return the value under a path of keys in nested dictionaries, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, Dictionary | Stream) else None
    return value


def inherited(field: Object, key: str) -> object:
    """Return what a form field has or takes over from the fields above it."""
    holder: object = field
    for _ in range(MOST_PARENTS):
        if not isinstance(holder, Dictionary):
            return None
        value: object = holder.get(key)
        if value is not None:
            return value
        holder = holder.get("/Parent")
    return None


def integer(value: object) -> int:
    """Return a whole number, or 0."""
    return value if isinstance(value, int) else 0


def number(value: object, default: float = 0.0) -> float:
    """Return a number that a page can hold, or the default."""
    known = isinstance(value, int | Decimal | float)
    found = float(value) if known else default  # type: ignore[arg-type]
    return found if isfinite(found) and abs(found) <= FARTHEST else default


def numbers(value: object) -> tuple[float, ...]:
    """Return the numbers of an array."""
    return tuple(number(item) for item in value) if isinstance(value, Array) else ()


def rectangle(value: object) -> Rectangle | None:
    """Return left, bottom, width and height, or None where there is no surface."""
    corners = numbers(value)
    if len(corners) != 4:
        return None
    left, right = sorted(corners[::2])
    bottom, top = sorted(corners[1::2])
    return (left, bottom, right - left, top - bottom) if right > left and top > bottom else None


def rgb(values: tuple[float, ...]) -> Rgb | None:
    """Return a color of one, three or four parts as red, green and blue."""
    parts = [min(1.0, max(0.0, value)) for value in values]
    match parts:
        case [gray]:
            return (gray, gray, gray)
        case [red, green, blue]:
            return (red, green, blue)
        case [cyan, magenta, yellow, black]:
            return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
        case _:
            return None


def text(value: object) -> str:
    """Return what was typed: a string, a long string in a stream, a name, or several of them one a line."""
    if isinstance(value, Array):
        return "\n".join(filter(None, map(text, value)))
    if isinstance(value, Name):
        return plain_name(value)
    if isinstance(value, Stream):
        return str(String(unpacked(value)))
    return str(value) if isinstance(value, String) else ""
