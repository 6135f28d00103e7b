"""The interspaces on a drawn spine, seen from behind: each disc shows its sides, and takes them by mouse or key."""

from collections.abc import Iterator, Mapping
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.model import Case, Interspace, Procedure
from mild_biller.core.case.notation import interspace
from mild_biller.core.case.repair import repair
from mild_biller.core.case.vocabulary import Region, Side
from mild_biller.core.claim.derive import spaces_of
from mild_biller.core.rules.code_tables import RegionInterspaces
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.pages.spine.shapes import (
    Inks,
    Sides,
    SpinePlan,
    Zone,
    paint_disc,
    paint_head,
    paint_hint,
    paint_sacrum,
    paint_vertebra,
    paint_words,
    pointed_at,
)
from mild_biller.presentation.labels import words
from mild_biller.presentation.long_words import quoted

NAME: Final = "Interspaces on the spine drawing, viewed from behind"
KEYS: Final = "Up and Down go to another interspace; L, R, B and Delete select; Space cycles through the sides."
HINT: Final = f"Viewed from behind. Click a side, or the middle for both. {KEYS}"
USUAL: Final = Region.LUMBAR  # drawn while no region is chosen
POINTER: Final = "/procedure/interspaces"
_SHOWN: Final = {Side.LEFT: Sides.LEFT, Side.RIGHT: Sides.RIGHT, Side.BILATERAL: Sides.BOTH, None: Sides.OPEN}
_NEXT: Final = {Sides.NONE: Side.BILATERAL, Sides.OPEN: Side.BILATERAL, Sides.BOTH: Side.LEFT, Sides.LEFT: Side.RIGHT}
_CHOICES: Final[Mapping[int, Side | None]] = {
    Qt.Key.Key_L: Side.LEFT,
    Qt.Key.Key_R: Side.RIGHT,
    Qt.Key.Key_B: Side.BILATERAL,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}
_STEPS: Final[Mapping[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}


def states(interspaces: tuple[Interspace, ...]) -> dict[str, Sides]:
    """Return what is shown of each name, read and joined as the claim does it."""
    case, _ = repair(Case(procedure=Procedure(interspaces=interspaces)))
    return {space.name: _SHOWN[space.side] for space in spaces_of(case) if space.name}


def with_side(interspaces: tuple[Interspace, ...], name: str, side: Side | None) -> tuple[Interspace, ...]:
    """Return the interspaces with one side of a name, None without the name; every other entry stays as it is."""
    same = [index for index, entry in enumerate(interspaces) if _spelt(entry) == name]
    if side is None:
        return tuple(entry for index, entry in enumerate(interspaces) if index not in same)
    if not same:
        return (*interspaces, Interspace(name=name, side=side))
    kept = [(index, entry) for index, entry in enumerate(interspaces) if index not in same[1:]]
    return tuple(entry.with_(side=side) if index == same[0] else entry for index, entry in kept)


def _spelt(entry: Interspace) -> str:
    return interspace(entry.name or "")


class Disc(QAbstractButton):
    """One interspace: a row with its name, its disc in two halves, and its sides in words."""

    chosen = Signal(object)  # a side, or None
    stepped = Signal(int)  # rows down
    entered = Signal()

    def __init__(self, name: str, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.index = index
        self.shown = Sides.NONE
        self.plan = SpinePlan(Region.LUMBAR, 1, 1, False)
        self._over: Zone | None = None
        self._pressed: Zone | None = None
        self.setMouseTracking(True)
        self.setAccessibleDescription(KEYS)
        self.clicked.connect(lambda: self.chosen.emit(_NEXT.get(self.shown)))
        self.show_state(Sides.NONE)

    def show_state(self, shown: Sides) -> None:
        """Show which sides are chosen."""
        self.shown = shown
        said = f"{self.name}, {shown.value}"
        if self.accessibleName() != said:
            self.setAccessibleName(said)
            self.setToolTip(said)
        self.update()

    def follow(self, plan: SpinePlan) -> None:
        """Take the place a plan gives."""
        self.plan = plan
        self.setGeometry(plan.row(self.index).toAlignedRect())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter, go up and down; Enter goes to the next field."""
        key = event.key()
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            event.ignore()
        elif key in _CHOICES:
            self.chosen.emit(_CHOICES[key])
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.click()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the button went down."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._zone_at(event.position()) if is_left else None
        event.setAccepted(is_left)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what is pointed at, if it is where the button went down."""
        zone = self._zone_at(event.position())
        if zone is not None and zone is self._pressed:
            self.chosen.emit(pointed_at(self.shown, zone))
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would take."""
        self._point_at(self._zone_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Report that this has the focus."""
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw name, disc and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = Inks.of(self.palette())
        painter.translate(-self.geometry().x(), -self.geometry().y())
        paint_words(painter, self.plan, self.index, self.name, self.shown, inks)
        disc = self.plan.disc(self.index)
        paint_disc(painter, disc, self.shown, inks)
        if self._over is not None:
            paint_hint(painter, disc, self._over, inks)

    def _zone_at(self, at: QPointF) -> Zone | None:
        inside = self.rect().contains(at.toPoint())
        return self.plan.zone(self.index, at.x() + self.geometry().x()) if inside else None

    def _point_at(self, zone: Zone | None) -> None:
        if zone is not self._over:
            self._over = zone
            pointing = Qt.CursorShape.PointingHandCursor
            self.unsetCursor() if zone is None else self.setCursor(pointing)
            self.update()


class SpineDrawing(QWidget):
    """The spine itself, with a disc for each interspace."""

    def __init__(self) -> None:
        super().__init__()
        self.discs: tuple[Disc, ...] = ()
        self.region = USUAL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def plan(self) -> SpinePlan:
        """The place of everything, at the present text size."""
        em = QFontMetricsF(self.font()).height()
        ends_low = bool(self.discs) and self.bones[-1].startswith("S")
        return SpinePlan(self.region, max(len(self.discs), 1), em, ends_low)

    @property
    def bones(self) -> tuple[str, ...]:
        """Return the names of the vertebrae, from the top down."""
        names = [disc.name for disc in self.discs]
        return (*(name.partition("-")[0] for name in names), *(name.rpartition("-")[2] for name in names[-1:]))

    def show_region(self, region: Region, names: tuple[str, ...]) -> None:
        """Draw another part of the spine."""
        for disc in self.discs:
            disc.hide()
            disc.deleteLater()
        self.region = region
        self.discs = tuple(Disc(name, index, self) for index, name in enumerate(names))
        self._arrange()
        for disc in self.discs:
            disc.show()

    def sizeHint(self) -> QSize:
        """Return the room of the whole drawing."""
        return QSize(ceil(self.plan.width), round(self.plan.height) + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the whole drawing."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the bones and say which side is which."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plan, inks = self.plan, Inks.of(self.palette())
        paint_head(painter, plan, inks)
        for index, name in enumerate(self.bones):
            if name.startswith("S"):
                paint_sacrum(painter, plan, name, inks)
            else:
                paint_vertebra(painter, plan, index, name, inks)

    def _arrange(self) -> None:
        plan = self.plan
        for disc in self.discs:
            disc.follow(plan)
        self.updateGeometry()
        self.update()


class SpineInput(QWidget):
    """Shows the interspaces of a case and emits those that the user chose; keeps what it cannot draw."""

    changed = Signal(tuple)  # of Interspace, in the order they were chosen

    def __init__(self, regions: Mapping[str, RegionInterspaces]) -> None:
        super().__init__()
        self._regions = regions
        self._region: Region | None = None
        self._interspaces: tuple[Interspace, ...] = ()
        self.drawing = SpineDrawing()
        self.note = QLabel()
        self.hint = QLabel(HINT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.drawing)
        for label in (self.note, self.hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAccessibleName(NAME)
        self._draw_region()
        self._show_states()

    @property
    def discs(self) -> tuple[Disc, ...]:
        """Return the interspaces from the top down."""
        return self.drawing.discs

    def set_interspaces(self, region: Region | None, interspaces: tuple[Interspace, ...] | None) -> None:
        """Show a region, None as the usual one, and what is chosen; nothing is emitted."""
        shown = interspaces or ()
        if region is not self._region:
            self._region = region
            self._draw_region()
        elif shown == self._interspaces:
            return
        self._interspaces = shown
        self._show_states()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the cursor can stand on, in order."""
        return self.discs

    @property
    def stop(self) -> Disc | None:
        """Return the interspace where the cursor stood last, or the first that is chosen."""
        return next((disc for disc in self.discs if disc.focusPolicy() is Qt.FocusPolicy.StrongFocus), None)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor on an interspace."""
        if self.stop is not None:
            self.stop.setFocus(reason)

    def _draw_region(self) -> None:
        region = self._region or USUAL
        if region is self.drawing.region and self.discs:
            return
        row = self._regions.get(region)
        had_cursor = any(disc.hasFocus() for disc in self.discs)
        self.drawing.show_region(region, row.names if row is not None else ())
        for disc in self.discs:
            disc.chosen.connect(partial(self._choose, disc))
            disc.stepped.connect(partial(self._step, disc))
            disc.entered.connect(partial(self._stand_on, disc))
        if had_cursor and self.discs:
            self.discs[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, disc: Disc, side: Side | None) -> None:
        new = with_side(self._interspaces, disc.name, side)
        if new != self._interspaces:
            self._interspaces = new
            self._show_states()
            self.changed.emit(new)

    def _step(self, disc: Disc, rows: int) -> None:
        to = self.discs[min(max(disc.index + rows, 0), len(self.discs) - 1)]
        to.setFocus(Qt.FocusReason.TabFocusReason)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(to, 0, to.height())

    def _stand_on(self, disc: Disc) -> None:
        """Let Tab stop at one interspace alone; the arrow keys go to the others."""
        for each in self.discs:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is disc else Qt.FocusPolicy.ClickFocus)

    def _show_states(self) -> None:
        known = states(self._interspaces)
        for disc in self.discs:
            disc.show_state(known.get(disc.name, Sides.NONE))
        if self.discs and not any(disc.hasFocus() for disc in self.discs):
            self._stand_on(next((disc for disc in self.discs if disc.shown is not Sides.NONE), self.discs[0]))
        self.note.setText(" ".join(self._notes()))
        self.note.setVisible(bool(self.note.text()))
        self.setAccessibleDescription(" ".join((self._sentence(known), *self._notes(), HINT)))

    def _sentence(self, known: Mapping[str, Sides]) -> str:
        chosen = [f"{disc.name} {known[disc.name].value}" for disc in self.discs if disc.name in known]
        return f"Selected: {', '.join(chosen)}." if chosen else "None selected."

    def _notes(self) -> Iterator[str]:
        """Yield what the drawing does not show."""
        if self._region is None:
            yield f"No region is selected; the {words(USUAL).lower()} spine is shown."
        drawn = {disc.name for disc in self.discs}
        beside = [_in_words(entry) for entry in self._interspaces if _spelt(entry) not in drawn]
        if beside:
            yield f"In the case, but not on this drawing: {'; '.join(beside)}."


class CaseSpine(SpineInput):
    """The drawn spine of a case: every choice is a step of its own to undo."""

    def __init__(self, case: CaseEditor) -> None:
        super().__init__(case.catalog.region_interspaces)
        self._case = case
        self.changed.connect(self._write)

    def cells(self) -> Iterator[BoundField]:
        """Yield nothing: it is no field."""
        return iter(())

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield an interspace at the pointer of the whole list."""
        yield POINTER, self.stop or self

    def refresh(self) -> None:
        """Show the present case."""
        self.set_interspaces(self._case.read("/procedure/region"), self._case.read(POINTER))

    def _write(self, interspaces: tuple[Interspace, ...]) -> None:
        self._case.seal()
        self._case.write(POINTER, interspaces or None)
        self._case.seal()


def _in_words(entry: Interspace) -> str:
    """Return an entry as a sentence names it."""
    name = quoted(entry.name or "") or "one without a name"
    return f"{name}, {_SHOWN[entry.side].value}"
