"""The worklist as a tree to walk with the keyboard: each case a mark, a name, and below it when and who pays."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from mild_biller.gui.style.theme import color, reading_font
from mild_biller.gui.style.tone_marks import mark, mark_side
from mild_biller.gui.widgets.indexes import AnyIndex
from mild_biller.gui.worklist.worklist_model import WorklistModel
from mild_biller.presentation.worklist_rows import TONES, Heap, ShownGroup, WorklistItem

EDGE: Final = 5
BAR: Final = 4  # the width of the bar next to the case that is open
ARROW: Final = 8
CLOSED_AT_FIRST: Final = frozenset({Heap.PRINTED})


class RowDelegate(QStyledItemDelegate):
    """Draws a group's title, or a case in two lines."""

    def __init__(self, tree: "WorklistTree") -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of two lines, the same for every row."""
        return QSize(100, 2 * QFontMetrics(reading_font(is_bold=True)).height() + 2 * EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row."""
        rect: QRect = option.rect
        palette = self._tree.palette()
        item = self._tree.worklist.item(index)
        painter.save()
        if item is None:
            self._paint_group(painter, rect, index, palette)
        else:
            self._paint_item(painter, rect, item, palette, is_chosen=bool(option.state & _SELECTED))
        if self._tree.hasFocus() and index == self._tree.currentIndex():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, index: AnyIndex, palette: QPalette) -> None:
        group = self._tree.worklist.groups[index.row()]
        tone = TONES[group.heap]
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Window))
        _paint_arrow(painter, rect, is_open=self._tree.isExpanded(index), palette=palette)
        left = rect.left() + 2 * EDGE + ARROW
        painter.drawPixmap(left, rect.center().y() - mark_side() // 2, mark(tone, palette))
        painter.setPen(color(tone, palette))
        words = QRect(rect)
        words.setLeft(left + mark_side() + EDGE)
        words.setRight(rect.right() - EDGE)
        _write_title(painter, words, group)

    def _paint_item(
        self, painter: QPainter, rect: QRect, item: WorklistItem, palette: QPalette, *, is_chosen: bool
    ) -> None:
        is_open = item.path == self._tree.worklist.open_path
        if is_chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Midlight))
        if is_open:
            bar = QRect(rect.left(), rect.top(), BAR, rect.height())
            painter.fillRect(bar, palette.color(QPalette.ColorRole.Highlight))
        painter.drawPixmap(rect.left() + BAR + EDGE, rect.top() + EDGE, mark(item.tone, palette))
        words = rect.adjusted(BAR + mark_side() + 2 * EDGE, EDGE, -EDGE, -EDGE)
        above, below = QRect(words), QRect(words)
        above.setHeight(words.height() // 2)
        below.setTop(above.bottom() + 1)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        _write(painter, above, item.title, is_bold=is_open)
        _write(painter, below, item.below)


class WorklistTree(QTreeView):
    """Groups of case files; Enter or a double click opens one."""

    asked = Signal(object)  # the path of a case file

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.worklist = WorklistModel(self)
        self._is_searching = False
        self._closed = set(CLOSED_AT_FIRST)
        self.setModel(self.worklist)
        self.setItemDelegate(RowDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName("Worklist")
        self.clicked.connect(self._toggle)
        self.doubleClicked.connect(self._ask)
        self.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.collapsed.connect(lambda index: self._remember(index, is_open=False))

    def show_groups(self, groups: Sequence[ShownGroup], *, is_searching: bool) -> None:
        """Show other groups, all of them open in a search; the cursor stays on its case and its place."""
        if tuple(groups) == self.worklist.groups and is_searching == self._is_searching:
            return
        self._is_searching = is_searching
        chosen, height = self._chosen(), self.verticalScrollBar().value()
        self.worklist.show(groups)
        self.blockSignals(True)
        for place, group in enumerate(groups):
            index = self.worklist.index(place, 0)
            self.setRowHidden(place, QModelIndex(), group.heap is Heap.UNREADABLE and not group.total)
            self.setExpanded(index, is_searching or group.heap not in self._closed)
        self.blockSignals(False)
        self._choose_again(chosen)
        self.verticalScrollBar().setValue(height)

    def enter(self) -> None:
        """Put the cursor into the list, on a case if there is one."""
        if self.worklist.item(self.currentIndex()) is None and (first := self.first()) is not None:
            self.setCurrentIndex(self.worklist.index_of(first.path))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first(self) -> WorklistItem | None:
        """Return the first case that is shown."""
        groups = self.worklist.groups
        return next((each.items[0] for each in groups if each.items and self._is_open(each)), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open a case, or open and close a group."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self.currentIndex())
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the cursor is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.worklist.index(0, 0))

    def _is_open(self, group: ShownGroup) -> bool:
        return self._is_searching or group.heap not in self._closed

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid() and self.worklist.item(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def _ask(self, index: QModelIndex) -> None:
        item = self.worklist.item(index)
        if item is not None:
            self.asked.emit(item.path)

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        heap = self.worklist.groups[index.row()].heap
        if not self._is_searching:
            (self._closed.discard if is_open else self._closed.add)(heap)

    def _chosen(self) -> Path | int | None:
        """Return which case, or which group, the cursor is on."""
        index = self.currentIndex()
        item = self.worklist.item(index)
        return item.path if item is not None else index.row() if index.isValid() else None

    def _choose_again(self, chosen: Path | int | None) -> None:
        """Put the cursor back, on the group of a case in a collapsed one."""
        if chosen is None:
            return
        if isinstance(chosen, int):
            index = self.worklist.index(chosen, 0)
        else:
            index = self.worklist.index_of(chosen)
            index = index if not index.isValid() or self.isExpanded(index.parent()) else index.parent()
        self.setAutoScroll(False)
        self.setCurrentIndex(index)
        self.setAutoScroll(True)


_SELECTED: Final = QStyle.StateFlag.State_Selected


def _paint_arrow(painter: QPainter, rect: QRect, *, is_open: bool, palette: QPalette) -> None:
    left, middle, half = rect.left() + EDGE, rect.center().y(), ARROW / 2
    down = [(left, middle - half / 2), (left + ARROW, middle - half / 2), (left + half, middle + half)]
    right = [(left + half / 2, middle - half), (left + half / 2, middle + half), (left + ARROW, middle)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Text))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in (down if is_open else right)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _write_title(painter: QPainter, rect: QRect, group: ShownGroup) -> None:
    """Write a title and its count at the end of the line, below it where the line is too short for both."""
    letters = QFontMetrics(reading_font(is_bold=True))
    title, count = letters.horizontalAdvance(group.heap), letters.horizontalAdvance(group.count)
    words, number = QRect(rect), QRect(rect)
    if title + 2 * EDGE + count <= rect.width():
        number.setLeft(rect.right() - count)
    else:
        words.setHeight(rect.height() // 2)
        number.setTop(words.bottom() + 1)
    _write(painter, words, group.heap, is_bold=True)
    _write(painter, number, group.count, is_bold=True)


def _write(painter: QPainter, rect: QRect, text: str, *, is_bold: bool = False) -> None:
    """Write one line, cut at its end with dots where it is too long."""
    font = reading_font(is_bold=is_bold)
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
