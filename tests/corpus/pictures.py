"""Pictures as cameras, scanners and fax machines make them: the upper left quarter black, the rest white."""

import struct
import zlib
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageDraw

SIZE: Final = (300, 400)
PLACE: Final = b"GPS-canary-40.4406N"


def corner(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture whose upper left quarter is black."""
    shown = Image.new("RGB", size, "white")
    ImageDraw.Draw(shown).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill="black")
    return shown.convert(mode)


def saved(shown: Image.Image, kind: str, **how: Any) -> bytes:
    buffer = BytesIO()
    shown.save(buffer, kind, **how)
    return buffer.getvalue()


def png(mode: str = "RGB", **how: Any) -> bytes:
    return saved(corner(mode), "PNG", **how)


def png_that_says(width: int, height: int) -> bytes:
    """Return a picture whose head tells of more dots than its few bytes hold."""
    made = bytearray(png())
    head = slice(12, 29)  # the kind of the first chunk and what is in it; its check follows
    made[16:24] = struct.pack(">II", width, height)
    made[29:33] = struct.pack(">I", zlib.crc32(made[head]))
    return bytes(made)


def jpeg(mode: str = "RGB", **how: Any) -> bytes:
    return saved(corner(mode), "JPEG", quality=90, **how)


def see_through_png() -> bytes:
    """Return a picture with a black quarter, the rest clear (and black underneath)."""
    shown = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    ImageDraw.Draw(shown).rectangle((0, 0, SIZE[0] // 2 - 1, SIZE[1] // 2 - 1), fill=(0, 0, 0, 255))
    return saved(shown, "PNG")


def clear_color_png() -> bytes:
    """Return a picture of few colors, one of which is clear."""
    shown = corner("P")
    return saved(shown, "PNG", transparency=shown.getpixel((SIZE[0] - 1, SIZE[1] - 1)))


def held(orientation: int, kind: str = "JPEG") -> bytes:
    """Return the picture as a camera stores it that was held another way: upright once its tag is obeyed."""
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    shown = corner() if turned is None else corner().transpose(turned)
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = PLACE.decode()
    if kind == "TIFF":
        return saved(shown, "TIFF", tiffinfo={0x0112: orientation})
    return saved(shown, kind, exif=tags, **({"quality": 90} if kind == "JPEG" else {}))


def deep_tiff(bits: int = 16) -> bytes:
    """Return a gray picture of more than eight bits: white is the most these bits hold."""
    most = (1 << bits) - 1
    return saved(corner("L").convert("I").point(lambda value: value * (most / 255)).convert("I;16"), "TIFF")


def turned_tiff() -> bytes:
    """Return a gray picture of 16 bits that counts black as most, as some scanners of films do."""
    shown = corner("L").convert("I").point(lambda value: value * -257 + 65535).convert("I;16")
    return saved(shown, "TIFF", tiffinfo={262: 0})


def float_tiff() -> bytes:
    return saved(corner("L").convert("F").point(lambda value: value * 0.001 + -0.1), "TIFF")


def tiff_of(mode: str) -> bytes:
    return saved(corner(mode), "TIFF")


def many_page_tiff(count: int = 3, **how: Any) -> bytes:
    """Return pages of which the first is blank, and each further one has a wider black bar."""
    pages = []
    for page in range(count):
        shown = Image.new("1", (170, 220), 1)
        if page:
            ImageDraw.Draw(shown).rectangle((0, 0, page * 20, 219), fill=0)
        pages.append(shown)
    return saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], **how)


def fax() -> bytes:
    """Return a fax page: twice as many dots an inch across as down."""
    return saved(corner("1", (1728, 1078)), "TIFF", compression="group4", dpi=(204, 98))


def tiff_with_preview() -> bytes:
    """Return a page followed by a small copy of it."""
    shown = corner("L")
    buffer = BytesIO()
    small = shown.resize((30, 40))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    shown.save(buffer, "TIFF", save_all=True, append_images=[small])
    return buffer.getvalue()


def noise(size: tuple[int, int]) -> Image.Image:
    """Return a picture that no packing makes smaller."""
    return Image.merge("RGB", [Image.effect_noise(size, 80) for _ in range(3)])
