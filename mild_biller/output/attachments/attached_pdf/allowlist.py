"""What a page of an attached PDF may bring along: text, fonts, pictures, colors, and nothing that acts.

Everything a page draws with is walked, and of each object only the keys stay that say how something looks. So what
acts, hides files or points outside is gone whatever it is called: a list of what is bad would always be one short.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pikepdf import Array, DataDecodingError, Dictionary, Name, Object, Page, PdfError, Stream, settings

from mild_biller.errors import AttachmentError

MOST_UNPACKED: Final = 100_000_000  # bytes of one stream
MOST_UNPACKED_IN_ALL: Final = 400_000_000  # bytes of all streams of one file but its pictures
MOST_LZW: Final = 100_000  # bytes as packed, for want of a limit in the library: they can unpack to a thousand times
MOST_OBJECTS: Final = 250_000
MOST_PIXELS: Final = 400_000_000  # of one picture: a letter page at 2,000 dots an inch
SHAPES: Final = "/JBIG2Globals"

# The library would otherwise unpack whatever a stream promises, while it opens a file too, and write to the log of each
# small fault; great ones are errors anyway.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
)

_LOOKS: Final = {
    "stream": "Filter DecodeParms Predictor Colors Columns EarlyChange K EndOfLine Rows EndOfBlock EncodedByteAlign "
    "BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform Length",
    "form": "Type Subtype FormType BBox Matrix Resources Group S CS I K Name",
    "picture": "Width Height BitsPerComponent Intent ImageMask Mask SMask SMaskInData Decode Interpolate Matte",
    "state": "Font LW LC LJ ML D RI OP op OPM BG BG2 UCR UCR2 TR TR2 FL SM SA BM CA ca AIS TK G BC UseBlackPtComp",
    "font": "BaseFont FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences ToUnicode FontMatrix "
    "CharProcs DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 CIDToGIDMap CMapName "
    "WMode UseCMap",
    "font descriptor": "FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading "
    "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet CIDSet FD Style Panose Lang "
    "FontFile FontFile2 FontFile3 Length1 Length2 Length3",
    "function": "FunctionType Domain Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds",
    "shading": "ShadingType Background AntiAlias Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow",
    "pattern": "PatternType PaintType TilingType XStep YStep Shading ExtGState",
    "color": "ColorSpace WhitePoint BlackPoint Gamma Alternate Colorants Process Components",
}
_KEPT: Final = frozenset(f"/{key}" for keys in _LOOKS.values() for key in keys.split())
_LISTED: Final = frozenset({"/CharProcs", "/Resources"})
_MARKED_TEXT: Final = frozenset({"/ActualText", "/Alt", "/E", "/Lang"})
_ACTIONS: Final = frozenset(
    b"/GoTo /GoTo3DView /GoToE /GoToR /Hide /ImportData /JavaScript /Launch /Movie /Named /Rendition /ResetForm "
    b"/RichMedia /RichMediaExecute /SetOCGState /Sound /SubmitForm /Thread /Trans /URI /Filespec /EmbeddedFile".split()
)


@dataclass(frozen=True, slots=True)
class _Part:
    """What an object is to the page: the keys that stay, or the types of the things a file names in it."""

    label: str
    keys: frozenset[str] = _KEPT
    named: tuple[type[Object], ...] = ()


_PLAIN: Final = _Part("plain")
_MARKED_LISTS: Final = _Part("marked lists", named=(Dictionary,))
_MARKED: Final = _Part("marked", keys=_MARKED_TEXT)
_IN_RESOURCES: Final = {
    "/ColorSpace": _Part("colors", named=(Array, Name)),
    "/ExtGState": _Part("states", named=(Dictionary,)),
    "/Font": _Part("fonts", named=(Dictionary,)),
    "/Pattern": _Part("patterns", named=(Dictionary, Stream)),
    "/Properties": _MARKED_LISTS,
    "/Shading": _Part("shadings", named=(Dictionary, Stream)),
    "/XObject": _Part("forms and pictures", named=(Stream,)),
}
LISTS: Final = frozenset(_IN_RESOURCES)
_RESOURCE_LIST: Final = _Part("resources", keys=LISTS)
_ELSEWHERE: Final = {
    "/CharProcs": _Part("glyphs", named=(Stream,)),
    "/Colorants": _Part("inks", named=(Array, Name)),
    "/FD": _Part("classes of glyphs", named=(Dictionary,)),
    "/Resources": _RESOURCE_LIST,
}


@dataclass(slots=True)
class Walk:
    """The walk through one file: what was seen, and how much there was of it.

    `lists` are the lists of resources and of letters that were looked through; others do not stay. `shapes` are tables
    of shapes that pictures are put together from.
    """

    seen: set[tuple[tuple[int, int], str]] = field(default_factory=set)
    measured: set[tuple[int, int]] = field(default_factory=set)
    lists: set[tuple[int, int]] = field(default_factory=set)
    shapes: set[tuple[int, int]] = field(default_factory=set)
    unpacked: int = 0
    objects: int = 0


def strip(form: Object, *, walk: Walk) -> None:
    """Leave on a form, and on all it draws with, only what says how it looks.

    Raises AttachmentError for what unpacks beyond measure.
    """
    todo: list[tuple[Object, _Part]] = [(form, _PLAIN)]
    while todo:
        value, part = todo.pop()
        if _is_new(value, part, walk=walk):
            todo.extend(_step(value, part, walk=walk))


def _is_new(value: Object, part: _Part, *, walk: Walk) -> bool:
    walk.objects += 1
    if walk.objects > MOST_OBJECTS:
        raise AttachmentError(
            f"is made of more than {MOST_OBJECTS:,} objects, more than any scan or report. "
            "Print it to PDF and attach that."
        )
    known = (value.objgen, part.label)
    if known in walk.seen:
        return False
    if value.is_indirect:
        walk.seen.add(known)
    return True


def _step(value: Object, part: _Part, *, walk: Walk) -> Iterator[tuple[Object, _Part]]:
    """Strip one object, and yield what it leads to."""
    if isinstance(value, Array):
        yield from ((item, _PLAIN) for item in value if isinstance(item, Dictionary | Stream | Array))
        return
    if isinstance(value, Stream):
        measure(value, walk=walk)
    for key in list(value.keys()):
        child = value.get(key)
        if not _stays(key, child, part, walk=walk):
            del value[key]
        elif isinstance(child, Dictionary | Stream | Array):
            if key == SHAPES:
                walk.shapes.add(child.objgen)
            yield child, _part_of(key, part)


def _stays(key: str, child: object, part: _Part, *, walk: Walk) -> bool:
    """Return True if an entry says how something looks."""
    if isinstance(child, Name) and child.unparse() in _ACTIONS:
        return False
    if part.named:
        return isinstance(child, part.named) and not _is_script(child)
    if key in _LISTED:
        return isinstance(child, Dictionary) and child.objgen in walk.lists
    return key in part.keys


def _is_script(child: object) -> bool:
    """Return True if it is a program for a printer, which no viewer runs and nothing else should."""
    return isinstance(child, Stream) and child.get("/Subtype") == Name.PS


def _part_of(key: str, part: _Part) -> _Part:
    """Return what the object under a key is to the page."""
    if part.named:
        return _MARKED if part is _MARKED_LISTS else _PLAIN
    if part is _RESOURCE_LIST:
        return _IN_RESOURCES.get(key, _PLAIN)
    return _ELSEWHERE.get(key, _PLAIN)


def measure(stream: Stream, *, walk: Walk) -> None:
    """Refuse a stream, or streams together, that would fill a viewer's memory. Each counts once."""
    if stream.objgen in walk.measured:
        return
    if stream.is_indirect:
        walk.measured.add(stream.objgen)
    if stream.get("/Subtype") == Name.Image:
        check_pixels(_number(stream, "/Width"), _number(stream, "/Height"))
        return
    walk.unpacked += _unpacked_size(stream)
    if walk.unpacked > MOST_UNPACKED_IN_ALL:
        raise bomb()


def _number(stream: Stream, key: str) -> int:
    value: object = stream.get(key)
    return value if isinstance(value, int) else 0


def check_pixels(width: int, height: int, *, most: int = MOST_PIXELS) -> None:
    """Refuse a picture too large to be opened."""
    if width * height > most:
        raise AttachmentError(
            f"holds a picture of {width:,} by {height:,} dots, and at most {most // 1_000_000} million dots are "
            "taken. Scan it again with fewer dots an inch."
        )


def bomb() -> AttachmentError:
    """Return the refusal of a file that unpacks beyond measure."""
    return AttachmentError(
        f"unpacks to more than {MOST_UNPACKED // 1_000_000} million bytes, more than any scan or report. "
        "Do not open it unless you know where it comes from."
    )


def _unpacked_size(stream: Stream) -> int:
    """Return how large a stream is without its filters; what no filter of the library's opens counts as it is."""
    try:
        return len(unpacked(stream))
    except PdfError:
        if stream.get("/Subtype") == Name.Form:
            raise
        return len(stream.read_raw_bytes())


def unpacked(stream: Stream) -> bytes:
    """Return a stream without its filters. Raises AttachmentError for one that swells beyond measure."""
    if _may_burst(stream):
        raise bomb()
    try:
        return stream.read_bytes()
    except DataDecodingError as error:
        if "limit exceeded" in str(error):
            raise bomb() from None
        raise


def unpacked_contents(page: Page) -> int:
    """Return how large the drawing of a page is without its filters. Raises AttachmentError as `unpacked` does."""
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    return sum(len(unpacked(part)) for part in parts if isinstance(part, Stream))


def _may_burst(stream: Stream) -> bool:
    """Return True if a stream has the one packing that the library unpacks without a limit, and could grow large."""
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    packed_so = Name.LZWDecode in names
    return packed_so and (Name.FlateDecode in names or len(stream.read_raw_bytes()) > MOST_LZW)
