"""A spine seen from behind: where its parts lie, their outlines, and how they are painted. It knows no case."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QTransform

from mild_biller.core.case.vocabulary import Region, Side
from mild_biller.gui.style.theme import mixed
from mild_biller.presentation.font_names import CODE_FONT

# Lengths in heights of a letter.
NAMES: Final = {Region.CERVICAL: 3.6, Region.THORACIC: 4.6, Region.LUMBAR: 3.6}  # the column left of the spine
SPINE: Final = 11.4
WORDS: Final = 6.0  # the column of words, right of it
HEAD: Final = 1.9  # above the spine, for the names of its sides
DISC: Final = 1.36
PITCH: Final = 3.5  # from one interspace to the next
TIGHT: Final = 2.7  # the same where there are many
EDGE: Final = 0.28  # around a row, for the ring of the focus
SACRUM: Final = 4.2
IVORY: Final = QColor("#d2a860")
_TOP: Final = {Region.CERVICAL: 4.4, Region.THORACIC: 4.6, Region.LUMBAR: 5.2}  # width of the first vertebra
_FOOT: Final = {Region.CERVICAL: 5.0, Region.THORACIC: 5.4, Region.LUMBAR: 6.2}  # and of the last
_REACH: Final = {Region.CERVICAL: 0.7, Region.THORACIC: 2.0, Region.LUMBAR: 1.9}  # of a transverse process
_RISE: Final = {Region.CERVICAL: -0.1, Region.THORACIC: 0.3, Region.LUMBAR: 0.12}


class Sides(Enum):
    """What a disc shows."""

    NONE = "not chosen"
    LEFT = "left side"
    RIGHT = "right side"
    BOTH = "both sides"
    OPEN = "side not given"

    @property
    def sides(self) -> frozenset[Side]:
        """Return which sides are filled."""
        return _SIDES.get(self, frozenset())


_SIDES: Final = {
    Sides.LEFT: frozenset({Side.LEFT}),
    Sides.RIGHT: frozenset({Side.RIGHT}),
    Sides.BOTH: frozenset({Side.LEFT, Side.RIGHT}),
}


class Zone(Enum):
    """Part of a disc that can be pointed at."""

    LEFT = "left"
    MIDDLE = "both"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class SpinePlan:
    """The places on a drawing of so many interspaces; `em` is the height of a letter in pixels."""

    region: Region
    count: int
    em: float
    has_sacrum: bool

    @property
    def width(self) -> float:
        """Return the width of the whole."""
        return (self._names + SPINE + WORDS) * self.em

    @property
    def height(self) -> float:
        """Return the height of the whole."""
        return self.disc(self.count - 1).bottom() + (SACRUM if self.has_sacrum else self._body + EDGE) * self.em

    @property
    def middle(self) -> float:
        """Return the place of the midline."""
        return (self._names + SPINE / 2) * self.em

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
        left = (self._names + SPINE) * self.em
        return QRectF(left, self.row(index).top(), self.width - left, self.row(index).height())

    def names(self, index: int) -> QRectF:
        """Return the room of the name left of a disc."""
        return QRectF(2 * EDGE * self.em, self.row(index).top(), self._names * self.em, self.row(index).height())

    def zone(self, index: int, x: float) -> Zone | None:
        """Return what is pointed at by a place across a row, None off the spine."""
        disc = self.disc(index)
        if not self._names * self.em <= x <= (self._names + SPINE) * self.em:
            return None
        if abs(x - self.middle) <= disc.width() / 7:
            return Zone.MIDDLE
        return Zone.LEFT if x < self.middle else Zone.RIGHT

    @property
    def _names(self) -> float:
        return NAMES[self.region]

    @property
    def _pitch(self) -> float:
        return PITCH if self.count <= 7 else TIGHT

    @property
    def _body(self) -> float:
        return self._pitch - DISC

    def _width(self, place: float) -> float:
        share = place / max(self.count, 1)
        return _TOP[self.region] + (_FOOT[self.region] - _TOP[self.region]) * share


def pointed_at(shown: Sides, zone: Zone) -> Side | None:
    """Return the side after a click: a half turns its own side on or off, the middle both."""
    if zone is Zone.MIDDLE:
        return None if shown is Sides.BOTH else Side.BILATERAL
    sides = shown.sides ^ {Side.LEFT if zone is Zone.LEFT else Side.RIGHT}
    return Side.BILATERAL if len(sides) > 1 else next(iter(sides), None)


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


@lru_cache(maxsize=64)
def body(plan: SpinePlan, index: int) -> QPainterPath:
    """Return the outline of a vertebra: its waisted body with a process to either side. Only to be drawn."""
    room = plan.vertebra(index)
    outline = _waisted(room)
    for direction in (-1, 1):
        outline = outline.united(_process(room, direction, plan.region, plan.em))
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


@lru_cache(maxsize=8)
def sacrum(plan: SpinePlan) -> QPainterPath:
    """Return the outline of the sacrum. Only to be drawn."""
    room = plan.sacrum()
    side = QPainterPath(QPointF(0.0, 0.08))  # its right side, in shares of its room from the top of the midline
    side.quadTo(0.2, 0.08, 0.38, 0.03)
    side.cubicTo(0.55, 0.0, 0.5, 0.3, 0.4, 0.42)
    side.cubicTo(0.3, 0.62, 0.16, 1.0, 0.1, 1.0)
    side.lineTo(0.0, 1.0)
    side.closeSubpath()
    place = QTransform().translate(room.center().x(), room.top()).scale(room.width(), room.height())
    return place.map(side).united(QTransform(place).scale(-1, 1).map(side)).simplified()


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
    reach, rise, thick = room.width() * 0.14 + _REACH[region] * em, _RISE[region] * em, room.height() * 0.21
    out = 0.6 * reach
    path = QPainterPath(QPointF(0, -thick * 2))  # from its root outward
    path.cubicTo(0.3 * em, -thick, out, -rise - thick, reach, -rise - thick)
    path.cubicTo(reach + 0.45 * em, -rise - thick, reach + 0.45 * em, thick - rise, reach, thick - rise)
    path.cubicTo(out, thick - rise, 0.3 * em, thick, 0, thick * 2)
    path.closeSubpath()
    root = QPointF(room.center().x() + direction * room.width() * 0.36, room.center().y() - room.height() * 0.04)
    return QTransform().translate(root.x(), root.y()).scale(direction, 1).map(path)


@dataclass(frozen=True, slots=True)
class Inks:
    """The colors of a drawing, all from a palette, so that every palette can be read."""

    bone: QColor
    arch: QColor
    outline: QColor
    text: QColor
    faint: QColor
    paper: QColor
    chosen: QColor
    on_chosen: QColor

    @classmethod
    def of(cls, shown: QPalette) -> "Inks":
        """Return the colors for a palette."""
        roles = QPalette.ColorRole
        window, text = shown.color(roles.Window), shown.color(roles.WindowText)
        return cls(
            bone=mixed(mixed(window, text, 0.04), IVORY, 0.12),
            arch=mixed(mixed(window, text, 0.11), IVORY, 0.14),
            outline=mixed(window, text, 0.45),
            text=text,
            faint=shown.color(roles.PlaceholderText),
            paper=shown.color(roles.Base),
            chosen=shown.color(roles.Highlight),
            on_chosen=shown.color(roles.HighlightedText),
        )


def paint_head(painter: QPainter, plan: SpinePlan, inks: Inks) -> None:
    """Show which side is which."""
    painter.setPen(inks.text)
    gap, high = plan.em, HEAD * plan.em * 0.8
    flags = Qt.AlignmentFlag.AlignVCenter
    left = QRectF(0, 0, plan.middle - gap, high)
    right = QRectF(plan.middle + gap, 0, plan.width - plan.middle - gap, high)
    painter.drawText(left, flags | Qt.AlignmentFlag.AlignRight, "patient's left")
    painter.drawText(right, flags | Qt.AlignmentFlag.AlignLeft, "patient's right")


def paint_vertebra(painter: QPainter, plan: SpinePlan, index: int, name: str, inks: Inks) -> None:
    """Draw a vertebra with its name."""
    room = plan.vertebra(index)
    painter.setPen(_pen(inks.outline))
    painter.setBrush(inks.bone)
    painter.drawPath(body(plan, index))
    painter.setBrush(inks.arch)
    painter.drawPath(spine_of(room, em=plan.em))
    painter.setPen(inks.text)
    painter.drawText(room.translated(0, room.height() * 0.06), Qt.AlignmentFlag.AlignCenter, name)


def paint_sacrum(painter: QPainter, plan: SpinePlan, name: str, inks: Inks) -> None:
    """Draw the sacrum with its name."""
    room = plan.sacrum()
    painter.setPen(_pen(inks.outline))
    painter.setBrush(inks.bone)
    painter.drawPath(sacrum(plan))
    painter.setBrush(inks.arch)
    for hole in holes(room):
        painter.drawEllipse(hole)
    painter.setPen(inks.text)
    painter.drawText(room.adjusted(0, 0, 0, -room.height() * 0.45), Qt.AlignmentFlag.AlignCenter, name)


def paint_words(painter: QPainter, plan: SpinePlan, index: int, name: str, shown: Sides, inks: Inks) -> None:
    """Write the name of an interspace left of its disc and what is chosen right of it, in the painter's size."""
    reading = painter.font()
    codes = QFont(reading)
    codes.setFamily(CODE_FONT)
    codes.setBold(shown is not Sides.NONE)
    painter.setPen(inks.text)
    painter.setFont(codes)
    painter.drawText(plan.names(index), Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(reading)
    painter.drawText(plan.words(index), Qt.AlignmentFlag.AlignVCenter, "" if shown is Sides.NONE else shown.value)


def paint_disc(painter: QPainter, disc: QRectF, shown: Sides, inks: Inks) -> None:
    """Draw a disc: a chosen half is full and has its letter, one without a side asks, any other is an empty outline."""
    painter.setPen(_pen(inks.faint))
    painter.setBrush(inks.paper)
    painter.drawPath(half(disc, Zone.MIDDLE))
    tick = QPointF(0, disc.height() * 0.22)
    if not shown.sides:
        painter.drawLine(disc.center() - tick, disc.center() + tick)
    for zone, side, letter in ((Zone.LEFT, Side.LEFT, "L"), (Zone.RIGHT, Side.RIGHT, "R")):
        outline = half(disc.adjusted(-0.5, -0.5, 0.5, 0.5), zone)
        is_full = side in shown.sides
        if is_full:
            painter.fillPath(outline, inks.chosen)
        painter.setPen(inks.on_chosen if is_full else inks.text)
        said = letter if is_full else "?" if shown is Sides.OPEN else ""
        painter.drawText(outline.boundingRect(), Qt.AlignmentFlag.AlignCenter, said)


def paint_hint(painter: QPainter, disc: QRectF, zone: Zone, inks: Inks) -> None:
    """Draw what a click would take."""
    painter.setPen(_pen(inks.text, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(half(disc.adjusted(-1.5, -1.5, 1.5, 1.5), zone))


def _pen(ink: QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(ink, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
