"""Attached pictures, PNG, JPEG and TIFF, each laid on a letter sheet of a new PDF.

A JPEG goes over as it is, without its baggage. The others are read and rewritten without loss, in eight bits a
color on white; only where that takes more room than a scan should, as a JPEG of high quality.
"""

import os
import struct
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from typing import Final

from pikepdf import Array, Matrix, Name, Object, Pdf
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from mild_biller.errors import AttachmentError
from mild_biller.output.attachments import jpeg
from mild_biller.output.attachments.attached_pdf.allowlist import check_pixels
from mild_biller.output.attachments.page_choice import chosen
from mild_biller.output.letter_sheet import INCH, PageArea, add_sheet, check_size, file_of, placed

FAULTS: Final = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, struct.error)

STANDARD_ERROR: Final = 2
UNKNOWN_DENSITY: Final = 96.0  # dots an inch of a picture that does not say: a screen's
DENSITIES: Final = (36.0, 4800.0)
LONGEST: Final = 5_000.0  # points; no picture is larger, whatever it says of its dots
MOST_LOSSLESS: Final = 4_000_000  # bytes of one picture
QUALITY: Final = 92
CHECK_SCALE: Final = 8  # a JPEG is read at an eighth of its size to see that it is whole
MOST_READ: Final = 100_000_000  # dots of a picture that is read whole: 400 MB of memory
MOST_FRAMES: Final = 10_000
ORIENTATION: Final = 0x0112  # tags, of EXIF and TIFF alike
SUBFILE_TYPE: Final = 254
PHOTOMETRIC: Final = 262
SPARE_COPY: Final = 1  # bit of the subfile type: a smaller copy of another page
WHITE_IS_ZERO: Final = 0
TURNS: Final = {3: 180, 6: 90, 8: 270}  # what the orientation says, and how far clockwise that is
MIRRORED: Final = frozenset({2, 4, 5, 7})
DEEP: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
SPACES: Final = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
COLORS: Final = {"1": 1, "L": 1, "RGB": 3}
TURNED_INKS: Final = [1, 0] * 4

Pages = tuple[int, ...] | None
Size = tuple[int, int]


def from_png(content: bytes, *, pages: Pages) -> tuple[bytes, int]:
    """Return a PDF with the picture on one sheet."""
    count = len(chosen(pages, count=1))
    with _quiet(), PngImageFile(BytesIO(content)) as picture:
        return _written_anew(picture, copies=count), count


def from_jpeg(content: bytes, *, pages: Pages) -> tuple[bytes, int]:
    """Return a PDF with the picture on one sheet, as it is but for its baggage."""
    count = len(chosen(pages, count=1))
    bare = jpeg.bare(content)
    with _quiet(), JpegImageFile(BytesIO(content)) as picture:
        orientation, points = _orientation(picture), _points(picture.size, picture)
        if orientation in MIRRORED:
            return _written_anew(picture, copies=count), count
        check_pixels(*picture.size)
        pdf = Pdf.new()
        _add(pdf, _as_it_is(pdf, bare, picture), points=points, turn=TURNS.get(orientation, 0), copies=count)
    return file_of(pdf), count


def from_tiff(content: bytes, *, pages: Pages) -> tuple[bytes, int]:
    """Return a PDF with each chosen page of the picture on a sheet."""
    with _quiet(), _closed_terminal(), TiffImageFile(BytesIO(content)) as picture:
        frames = list(_frames(picture))
        wanted = chosen(pages, count=len(frames))
        pdf = Pdf.new()
        for page in wanted:
            picture.seek(frames[page - 1])
            check_pixels(*picture.size, most=MOST_READ)
            picture.load()
            _add(pdf, _packed(pdf, picture), points=_points(picture.size, picture), page=page)
    return file_of(pdf), len(wanted)


def _written_anew(picture: Image.Image, *, copies: int) -> bytes:
    """Return a PDF with the picture read whole and turned the way its camera was held."""
    check_pixels(*picture.size, most=MOST_READ)
    pdf = Pdf.new()
    shown = _upright(picture)
    _add(pdf, _packed(pdf, shown), points=_points(shown.size, picture), copies=copies)
    return file_of(pdf)


def _quiet() -> AbstractContextManager[object]:
    """Keep the library from warning of small faults: great ones are errors anyway."""
    return warnings.catch_warnings(action="ignore")


@contextmanager
def _closed_terminal() -> Iterator[None]:
    """Send nowhere what the TIFF library writes to standard error past everybody: the lines there are ours."""
    try:
        kept = os.dup(STANDARD_ERROR)
    except OSError:  # a window without a terminal has none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)


def _frames(picture: TiffImageFile) -> Iterator[int]:
    """Yield where the pages are, leaving out smaller copies of other pages."""
    for frame in range(MOST_FRAMES):
        try:
            picture.seek(frame)
        except EOFError:
            return
        if frame == 0 or not _tag(picture, SUBFILE_TYPE) & SPARE_COPY:
            yield frame
    raise AttachmentError(f"has more than {MOST_FRAMES:,} pages. Save the pages you need, and attach those.")


def _tag(picture: TiffImageFile, tag: int) -> int:
    value: object = picture.tag_v2.get(tag)
    return value if isinstance(value, int) else -1 if tag == PHOTOMETRIC else 0


def _orientation(picture: Image.Image) -> int:
    """Return how the camera was held, 1 where the picture does not tell."""
    try:
        value: object = picture.getexif().get(ORIENTATION, 1)
    except FAULTS:
        return 1
    return value if isinstance(value, int) else 1


def _upright(picture: Image.Image) -> Image.Image:
    if _orientation(picture) in TURNS or _orientation(picture) in MIRRORED:
        return ImageOps.exif_transpose(picture)
    return picture


def _points(size: Size, picture: Image.Image) -> tuple[float, float]:
    """Return how large a picture means to be, in points."""
    across, up = _density(picture)
    width, height = size[0] * INCH / across, size[1] * INCH / up
    shrink = min(1.0, LONGEST / max(width, height))
    return width * shrink, height * shrink


def _density(picture: Image.Image) -> tuple[float, float]:
    """Return the dots an inch across and up, a screen's where the picture says nothing likely."""
    said = picture.info.get("dpi")
    try:
        across, up = (float(value) for value in said) if said else (0.0, 0.0)
    except FAULTS:
        across = up = 0.0
    if all(DENSITIES[0] <= value <= DENSITIES[1] for value in (across, up)):
        return across, up
    return UNKNOWN_DENSITY, UNKNOWN_DENSITY


def _add(
    pdf: Pdf, shown: Object, *, points: tuple[float, float], turn: int = 0, page: int = 1, copies: int = 1
) -> None:
    """Lay a picture on a sheet of its own."""
    width, height = points
    area = PageArea(0.0, 0.0, width, height, turn)
    check_size(area, page=page)
    a, b, c, d, e, f = placed(area).shorthand
    for _ in range(copies):
        add_sheet(pdf, shown=shown, matrix=Matrix(a * width, b * width, c * height, d * height, e, f))


def _as_it_is(pdf: Pdf, bare: bytes, picture: JpegImageFile) -> Object:
    """Return a JPEG as a PDF holds it, once it was read to its end."""
    size, mode = picture.size, picture.mode
    picture.draft(None, (max(1, size[0] // CHECK_SCALE), max(1, size[1] // CHECK_SCALE)))
    picture.load()
    shown = _object(pdf, bare, size=size, mode=mode, packing=Name.DCTDecode)
    if mode == "CMYK" and jpeg.is_adobe(bare):
        shown["/Decode"] = Array(TURNED_INKS)
    return shown


def _object(pdf: Pdf, written: bytes, *, size: Size, mode: str, packing: Name) -> Object:
    shown = pdf.make_stream(written)
    shown["/Type"] = Name.XObject
    shown["/Subtype"] = Name.Image
    shown["/Width"], shown["/Height"] = size
    shown["/ColorSpace"] = SPACES[mode]
    shown["/BitsPerComponent"] = 1 if mode == "1" else 8
    shown.write(written, filter=packing)
    return shown


def _packed(pdf: Pdf, picture: Image.Image) -> Object:
    """Return a picture as a PDF holds it, without loss where that stays small."""
    plain = _on_white(_shallow(picture))
    buffer = BytesIO()
    plain.save(buffer, "PNG")
    written = b"".join(_png_data(buffer.getvalue()))
    if len(written) > MOST_LOSSLESS and plain.mode != "1":
        buffer = BytesIO()
        plain.save(buffer, "JPEG", quality=QUALITY, subsampling=0, comment=b"")  # else its old one goes along
        return _object(pdf, buffer.getvalue(), size=plain.size, mode=plain.mode, packing=Name.DCTDecode)
    shown = _object(pdf, written, size=plain.size, mode=plain.mode, packing=Name.FlateDecode)
    shown["/DecodeParms"] = {
        "/Predictor": 15,
        "/Colors": COLORS[plain.mode],
        "/BitsPerComponent": 1 if plain.mode == "1" else 8,
        "/Columns": plain.size[0],
    }
    return shown


def _png_data(content: bytes) -> Iterator[bytes]:
    """Yield the packed dots of a PNG, which a PDF packs the same way."""
    place = 8
    while place < len(content):
        length = int.from_bytes(content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            yield content[place + 8 : place + 8 + length]
        place += length + 12


def _shallow(picture: Image.Image) -> Image.Image:
    """Return a picture of more than eight bits in eight: of as many bits as it uses, the upper eight."""
    if picture.mode not in DEEP:
        return picture
    deep = picture.convert("F")
    low, high = (float(value) for value in deep.getextrema())  # type: ignore[arg-type]
    if picture.mode == "F" or low < 0:
        step = max(high - low, 1e-9) / 255
        deep = deep.point(lambda value: value * (1 / step) - low / step)
    else:
        deep = deep.point(lambda value: value * (1 / 2 ** max(0, int(high).bit_length() - 8)) + 0)
    shallow = deep.convert("L")
    turned = isinstance(picture, TiffImageFile) and _tag(picture, PHOTOMETRIC) == WHITE_IS_ZERO
    return ImageOps.invert(shallow) if turned else shallow


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture in black and white, gray or color, with white where it lets the ground show through."""
    if picture.mode in COLORS and "transparency" not in picture.info:
        return picture
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return picture.convert("RGB")
