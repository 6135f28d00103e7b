"""Where the parts of a drawn spine lie, and their outlines, as seen from behind: plain geometry, nothing is painted."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from mild_biller.core.vocabulary import Region

# Lengths in heights of a letter.
NAMES: Final = 4.6  # the column of names, left of the spine
SPINE: Final = 11.6
WORDS: Final = 6.0  # the column of words, right of it
HEAD: Final = 1.9  # above the spine, for the names of its sides
DISC: Final = 1.5
FEW, MANY: Final = 3.3, 2.5  # from one interspace to the next: the lumbar spine; a longer row
EDGE: Final = 0.28  # around a row, for the ring of the focus
SACRUM: Final = 4.2
_TOP: Final = {Region.CERVICAL: 4.4, Region.THORACIC: 4.6, Region.LUMBAR: 5.2}  # width of the first vertebra
_FOOT: Final = {Region.CERVICAL: 5.0, Region.THORACIC: 5.4, Region.LUMBAR: 6.2}  # and of the last
_REACH: Final = {Region.CERVICAL: 0.7, Region.THORACIC: 2.0, Region.LUMBAR: 1.9}  # of a transverse process
_RISE: Final = {Region.CERVICAL: -0.1, Region.THORACIC: 0.3, Region.LUMBAR: 0.12}


class Zone(Enum):
    """Part of a disc that can be pointed at."""

    LEFT = "left"
    MIDDLE = "both"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Plan:
    """The places on a drawing of so many interspaces; `em` is the height of a letter in pixels."""

    region: Region
    count: int
    em: float
    has_sacrum: bool

    @property
    def width(self) -> float:
        """Return the width of the whole."""
        return (NAMES + SPINE + WORDS) * self.em

    @property
    def height(self) -> float:
        """Return the height of the whole."""
        return self.disc(self.count - 1).bottom() + (SACRUM if self.has_sacrum else self._body + EDGE) * self.em

    @property
    def middle(self) -> float:
        """Return where the midline stands."""
        return (NAMES + SPINE / 2) * self.em

    def row(self, index: int) -> QRectF:
        """Return the row of an interspace: its name, its disc, its words."""
        disc, edge = self.disc(index), EDGE * self.em
        return QRectF(0, disc.top() - edge, self.width, disc.height() + 2 * edge)

    def disc(self, index: int) -> QRectF:
        """Return the room of a disc."""
        top = HEAD + self._body + index * self._pitch
        wide = self._width(index + 0.5) + 0.5
        return QRectF(self.middle - wide / 2 * self.em, top * self.em, wide * self.em, DISC * self.em)

    def vertebra(self, index: int) -> QRectF:
        """Return the room of a vertebra's body, 0 the one above the first interspace."""
        wide = self._width(index)
        top = HEAD + index * self._pitch
        return QRectF(self.middle - wide / 2 * self.em, top * self.em, wide * self.em, self._body * self.em)

    def sacrum(self) -> QRectF:
        """Return the room of the sacrum."""
        wide = (_FOOT[self.region] + 1.6) * self.em
        top = self.disc(self.count - 1).bottom()
        return QRectF(self.middle - wide / 2, top, wide, (SACRUM - EDGE) * self.em)

    def words(self, index: int) -> QRectF:
        """Return the room of the words right of a disc."""
        left = (NAMES + SPINE) * self.em
        return QRectF(left, self.row(index).top(), self.width - left, self.row(index).height())

    def names(self, index: int) -> QRectF:
        """Return the room of the name left of a disc."""
        return QRectF(0, self.row(index).top(), NAMES * self.em, self.row(index).height())

    def zone(self, index: int, x: float) -> Zone | None:
        """Return what is pointed at by a place across a row, None beside the spine."""
        disc = self.disc(index)
        if not NAMES * self.em <= x <= (NAMES + SPINE) * self.em:
            return None
        if abs(x - self.middle) <= disc.width() / 7:
            return Zone.MIDDLE
        return Zone.LEFT if x < self.middle else Zone.RIGHT

    @property
    def _pitch(self) -> float:
        return FEW if self.count <= 7 else MANY

    @property
    def _body(self) -> float:
        return self._pitch - DISC

    def _width(self, place: float) -> float:
        share = place / max(self.count, 1)
        return _TOP[self.region] + (_FOOT[self.region] - _TOP[self.region]) * share


def half(disc: QRectF, zone: Zone) -> QPainterPath:
    """Return the outline of a disc's left or right half, of the whole for its middle."""
    whole = QPainterPath()
    whole.addRoundedRect(disc, disc.height() / 2, disc.height() / 2)
    if zone is Zone.MIDDLE:
        return whole
    gap = disc.height() * 0.08
    window = QPainterPath()
    left = disc.left() if zone is Zone.LEFT else disc.center().x() + gap
    window.addRect(QRectF(left, disc.top() - 1, disc.width() / 2 - gap, disc.height() + 2))
    return whole.intersected(window)


def body(room: QRectF, *, region: Region, em: float) -> QPainterPath:
    """Return the outline of a vertebra: its waisted body with a process to either side."""
    outline = _waisted(room)
    for direction in (-1, 1):
        outline = outline.united(_process(room, direction, region, em))
    return outline.simplified()


def spine_of(room: QRectF, *, em: float) -> QPainterPath:
    """Return the outline of arch and spinous process, which stand before the body when seen from behind."""
    x, top, high = room.center().x(), room.top(), room.height()
    wide, narrow = room.width() * 0.30, 1.15 * em
    path = QPainterPath(QPointF(x - wide, top + high * 0.06))
    path.quadTo(x, top + high * 0.34, x + wide, top + high * 0.06)
    path.cubicTo(x + wide, top + high * 0.5, x + narrow, top + high * 0.4, x + narrow, top + high * 0.78)
    path.cubicTo(x + narrow, top + high * 1.06, x - narrow, top + high * 1.06, x - narrow, top + high * 0.78)
    path.cubicTo(x - narrow, top + high * 0.4, x - wide, top + high * 0.5, x - wide, top + high * 0.06)
    path.closeSubpath()
    return path


def sacrum(room: QRectF) -> QPainterPath:
    """Return the outline of the sacrum."""
    left, right, top, bottom, x = room.left(), room.right(), room.top(), room.bottom(), room.center().x()
    tip, high = room.width() * 0.13, room.height()
    path = QPainterPath(QPointF(left + room.width() * 0.12, top + high * 0.04))
    path.quadTo(x, top + high * 0.1, right - room.width() * 0.12, top + high * 0.04)
    path.cubicTo(right + high * 0.05, top, right, top + high * 0.3, right - room.width() * 0.1, top + high * 0.42)
    path.cubicTo(right - room.width() * 0.2, top + high * 0.62, x + tip * 1.4, bottom, x + tip, bottom)
    path.lineTo(x - tip, bottom)
    path.cubicTo(x - tip * 1.4, bottom, left + room.width() * 0.2, top + high * 0.62, left + room.width() * 0.1, top + high * 0.42)
    path.cubicTo(left, top + high * 0.3, left - high * 0.05, top, left + room.width() * 0.12, top + high * 0.04)
    return path


def holes(room: QRectF) -> tuple[QRectF, ...]:
    """Return the openings of the sacrum, in two rows."""
    x, wide, high = room.center().x(), room.width() * 0.055, room.height() * 0.08
    return tuple(
        QRectF(x + side * room.width() * away - wide / 2, room.top() + room.height() * down, wide, high)
        for down, away in ((0.34, 0.22), (0.56, 0.17), (0.75, 0.12))
        for side in (-1, 1)
    )


def _waisted(room: QRectF) -> QPainterPath:
    left, right, top, bottom = room.left(), room.right(), room.top(), room.bottom()
    middle, turn = room.center().y(), room.height() * 0.2
    waist = room.width() * 0.07
    path = QPainterPath(QPointF(left + turn, top))
    path.lineTo(right - turn, top)
    path.cubicTo(right, top, right, top + turn, right - waist, middle)
    path.cubicTo(right, bottom - turn, right, bottom, right - turn, bottom)
    path.lineTo(left + turn, bottom)
    path.cubicTo(left, bottom, left, bottom - turn, left + waist, middle)
    path.cubicTo(left, top + turn, left, top, left + turn, top)
    return path


def _process(room: QRectF, direction: int, region: Region, em: float) -> QPainterPath:
    """Return a transverse process: -1 to the left, 1 to the right."""
    root = room.center().x() + direction * room.width() * 0.36
    tip = room.center().x() + direction * (room.width() / 2 + _REACH[region] * em)
    y, thick = room.center().y() - room.height() * 0.04, room.height() * 0.21
    end = y - _RISE[region] * em
    path = QPainterPath(QPointF(root, y - thick * 1.3))
    path.cubicTo(root + direction * 0.9 * em, y - thick, tip - direction * 0.5 * em, end - thick, tip, end - thick * 0.8)
    path.cubicTo(
        tip + direction * 0.3 * em, end - thick * 0.6, tip + direction * 0.3 * em, end + thick * 0.8, tip, end + thick * 0.8
    )
    path.cubicTo(tip - direction * 0.5 * em, end + thick, root + direction * 0.9 * em, y + thick, root, y + thick * 1.3)
    path.closeSubpath()
    return path
