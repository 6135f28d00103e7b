"""The upright letter sheet every page of a packet is laid on, and how a page or picture is brought into its frame.

The sheet is always upright, as a fax or a reviewer's screen shows it: what is wider than high is made smaller,
never turned, so that nobody has to turn the head. Nothing is stretched, and what is smaller than the frame grows by
half at most. Below the frame stays room for the page number.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pikepdf import Dictionary, Matrix, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel

from mild_biller.errors import AttachmentError

WIDTH: Final = 612.0  # points, as everything here
HEIGHT: Final = 792.0
SIDE: Final = 18.0
TOP: Final = 18.0
FOOT: Final = 36.0  # below the frame, for the page number
FRAME_WIDTH: Final = WIDTH - 2 * SIDE
FRAME_HEIGHT: Final = HEIGHT - TOP - FOOT
MOST_GROWTH: Final = 1.5

LONGEST_SIDE: Final = 10_000.0  # 139 inches; a telephone's picture at one point a dot stays below
SHORTEST_SIDE: Final = 3.0
SLIMMEST: Final = 20.0  # longer side to shorter side
INCH: Final = 72.0


@dataclass(frozen=True, slots=True)
class PageArea:
    """A rectangle of a page, in its own coordinates; `turn` clockwise degrees make it upright."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int = 0
    unit: float = 1.0  # points in one unit of the coordinates

    @property
    def upright_size(self) -> tuple[float, float]:
        """Return width and height in points as a reader sees them."""
        across, up = self.width * self.unit, self.height * self.unit
        return (up, across) if self.turn % 180 else (across, up)


def check_size(area: PageArea, *, page: int) -> None:
    """Refuse what nobody could read on a letter sheet."""
    longest, shortest = max(area.upright_size), min(area.upright_size)
    if shortest >= SHORTEST_SIDE and longest <= LONGEST_SIDE and longest <= SLIMMEST * shortest:
        return
    across, up = (f"{side / INCH:,.2f}".rstrip("0").rstrip(".") for side in area.upright_size)
    raise AttachmentError(
        f"cannot be read on a letter sheet: page {page} measures {across} by {up} inches. "
        "Leave that page out, or print it to letter size and attach that."
    )


def placed(area: PageArea) -> Matrix:
    """Return what brings an area into the frame: upright, at the top, in the middle between left and right."""
    width, height = area.upright_size
    scale = min(FRAME_WIDTH / width, FRAME_HEIGHT / height, MOST_GROWTH)
    right = (WIDTH - width * scale) / 2
    up = HEIGHT - TOP - height * scale
    factor = scale * area.unit
    a, b, c, d, e, f = (value * factor for value in _upright(area))
    return Matrix(a, b, c, d, e + right, f + up)


def _upright(area: PageArea) -> tuple[float, float, float, float, float, float]:
    """Return what turns an area about and moves its lower left corner to the origin."""
    left, bottom = area.left, area.bottom
    right, top = left + area.width, bottom + area.height
    match area.turn % 360:
        case 90:
            return (0, -1, 1, 0, -bottom, right)
        case 180:
            return (-1, 0, 0, -1, right, top)
        case 270:
            return (0, 1, -1, 0, top, -left)
        case _:
            return (1, 0, 0, 1, -left, -bottom)


def add_sheet(pdf: Pdf, *, shown: Object, matrix: Matrix, group: Object | None = None) -> None:
    """Append an upright letter page that shows one form or picture; `group` says how what is see-through mixes."""
    numbers = " ".join(_written(value) for value in matrix.shorthand)
    page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    page.obj.Resources = Dictionary(XObject=Dictionary(Shown=shown))
    page.obj[Name.Contents] = pdf.make_stream(f"q {numbers} cm /Shown Do Q\n".encode("ascii"))
    if group is not None:
        page.obj[Name.Group] = group


def _written(value: float) -> str:
    """Write a number as a PDF requires it: no exponent, no more places than a printer can tell apart."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def file_of(pdf: Pdf) -> bytes:
    """Return a file as bytes, always the same for the same sheets; what is packed already stays as it is."""
    buffer = BytesIO()
    pdf.save(
        buffer,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
    )
    return buffer.getvalue()
