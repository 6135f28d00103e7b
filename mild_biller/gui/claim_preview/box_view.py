"""The PDF with boxes that answer: pointed at, a box says what it is; clicked, it requests its field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from mild_biller.gui.widgets.pdf_pages import PdfPages
from mild_biller.presentation.claim.box_notes import BoxNote, empty_note
from mild_biller.presentation.claim.sheet_geometry import BoxMap

POINTED, CHOSEN = QColor(31, 95, 168, 40), QColor(31, 95, 168, 70)  # over paper, which is white in any palette
EDGE = QColor("#1f5fa8")
ROOM_AROUND = 60  # pixels kept around a box that is brought into sight


class BoxView(PdfPages):
    """Shows pages; `asked` requests the field of a box, `pointed` names the box under the mouse."""

    asked = Signal(str)
    pointed = Signal(object)  # a BoxNote, or None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map: BoxMap | None = None
        self._notes: Mapping[tuple[int, str], BoxNote] = {}
        self._filled: Mapping[int, set[str]] = {}
        self._pointed: BoxNote | None = None
        self._chosen: BoxNote | None = None
        self.viewport().setMouseTracking(True)

    def show_boxes(self, notes: Sequence[BoxNote], *, places: BoxMap | None) -> None:
        """Take up what the boxes say; without places nothing answers."""
        self._map = places
        self._notes = {(note.page, note.box): note for note in notes}
        filled: dict[int, set[str]] = {}
        for note in notes:
            filled.setdefault(note.page, set()).add(note.box)
        self._filled = filled
        self._pointed = None
        if self._chosen is not None:
            self._chosen = self._notes.get((self._chosen.page, self._chosen.box))
        self.viewport().update()

    def choose(self, note: BoxNote | None) -> None:
        """Mark a box and bring it into sight."""
        self._chosen = note
        if note is not None and self._map is not None and (area := self.area(note)) is not None:
            self._bring_into_sight(area)
        self.viewport().update()

    def note_at(self, place: QPointF) -> BoxNote | None:
        """Return what the box at a place of the viewport says, None where there is none."""
        spot = self._spot(place)
        if spot is None or self._map is None:
            return None
        box = self._map.at(spot.x, spot.y, filled=self._filled.get(spot.page, ()))
        return None if box is None else self._notes.get((spot.page, box.id), empty_note(box, page=spot.page))

    def area(self, note: BoxNote) -> QRectF | None:
        """Return where a box is in the viewport, None while its page is not there."""
        sheets = self.sheets()
        if self._map is None or note.page > len(sheets.sizes):
            return None
        found = sheets.shown(note.page, self._map.area(self._map.layout.by_id[note.box]))
        right, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRectF(found.x - right, found.y - down, found.width, found.height)

    def is_live(self, place: QPointF) -> bool:
        """Return True if a click goes to the field of a box."""
        note = self.note_at(place)
        return (note is not None and bool(note.path)) or super().is_live(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the box under the mouse."""
        super().mouseMoveEvent(event)
        self._point_at(self.note_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the field of the box that was clicked."""
        super().mouseReleaseEvent(event)
        note = self.note_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and note is not None and note.path:
            self.asked.emit(note.path)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tip of a box, and forget the box once the mouse is gone."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages, and the marks of the boxes that are pointed at and chosen."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for note, ink, width in ((self._pointed, POINTED, 1), (self._chosen, CHOSEN, 2)):
            area = self.area(note) if note is not None else None
            if area is not None:
                painter.setPen(QPen(EDGE, width))
                painter.setBrush(ink)
                painter.drawRect(area)
        painter.end()

    def _point_at(self, note: BoxNote | None) -> None:
        if note == self._pointed:
            return
        self._pointed = note
        self.viewport().update()
        self.pointed.emit(note)

    def _show_tip(self, event: QHelpEvent) -> None:
        note = self.note_at(QPointF(event.pos()))
        if note is None:
            QToolTip.hideText()
            return
        area = self.area(note)
        around = area.toAlignedRect() if area is not None else QRect()
        QToolTip.showText(event.globalPos(), note.as_html, self.viewport(), around)

    def _bring_into_sight(self, area: QRectF) -> None:
        """Scroll only as far as it takes."""
        room = self.viewport().rect()
        for bar, start, end, size in (
            (self.horizontalScrollBar(), area.left(), area.right(), room.width()),
            (self.verticalScrollBar(), area.top(), area.bottom(), room.height()),
        ):
            if start < 0:
                bar.setValue(bar.value() + round(start) - ROOM_AROUND)
            elif end > size:
                bar.setValue(bar.value() + round(end) - size + ROOM_AROUND)
