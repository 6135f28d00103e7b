"""Rows of text below a heading, to choose from and to type into."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from mild_biller.gui.style.tone_marks import mark, mark_icon, mark_size
from mild_biller.presentation.tone import Tone

GAP = 12  # pixels between columns
COLUMNS, ROWS = 52, 18  # lines of text: how wide and high a grid is


class TextTable(QTableWidget):
    """Rows of text below a heading; the last column takes the room there is."""

    entered = Signal()  # the user is about to change the row the cursor is in
    removal_asked = Signal()

    def __init__(self, headings: Sequence[str], *, name: str, is_edited: bool = False) -> None:
        super().__init__(0, len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        marked = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(marked.SelectItems if is_edited else marked.SelectRows)  # a key types into one cell
        self.setTabKeyNavigation(False)
        if not is_edited:
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        with QSignalBlocker(self):
            self.setRowCount(0)
            for row in rows:
                self.add_row(row)
        self._share_width()

    def add_row(self, words: Sequence[str]) -> None:
        """Show one more row."""
        self.insertRow(self.rowCount())
        self.show_row(self.rowCount() - 1, words)

    def show_row(self, row: int, words: Sequence[str]) -> None:
        """Show other words in a row."""
        with QSignalBlocker(self):
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)

    def mark(self, row: int, column: int, tone: Tone | None) -> None:
        """Put a mark next to the words of a cell."""
        item = self.item(row, column)
        if item is not None:
            with QSignalBlocker(self):
                item.setIcon(self._icon(tone) if tone else QIcon())

    def _icon(self, tone: Tone) -> QIcon:
        """Return a mark that is seen on the ground of a chosen row too."""
        icon, chosen = mark_icon(tone, self.palette()), self.palette()
        chosen.setColor(QPalette.ColorRole.Base, chosen.color(QPalette.ColorRole.Highlight))
        icon.addPixmap(mark(tone, chosen), QIcon.Mode.Selected)
        return icon

    def choose(self, row: int) -> None:
        """Put the cursor into a row and mark it alone, without a word to anybody."""
        with QSignalBlocker(self):
            self.setCurrentCell(row, 0)
            if row >= 0:
                self.selectRow(row)

    def words(self) -> list[tuple[str, ...]]:
        """Return the rows as they are shown."""
        return [
            tuple(item.text() if (item := self.item(row, column)) else "" for column in range(self.columnCount()))
            for row in range(self.rowCount())
        ]

    def chosen_rows(self) -> list[int]:
        """Return the rows that are marked, the last first."""
        return sorted({index.row() for index in self.selectedIndexes()}, reverse=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter change the row and Delete take it out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() is not QAbstractItemView.State.EditingState:  # where Enter ends the typing
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the rows as high as their text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        self.setIconSize(mark_size())
        self.verticalHeader().setDefaultSectionSize(line + 10)
        self.verticalHeader().setMinimumSectionSize(line + 10)  # one height for rows of one line, marked or not
        self.setMinimumSize(line * 12, line * 4)

    def sizeHint(self) -> QSize:
        """Return room for its columns, and for a dozen rows."""
        line = self.fontMetrics().height()
        return QSize(line * COLUMNS, line * ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Distribute the width again, and wrap the text in it."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give each column the width of its words; where room is short, the widest ones give way."""
        self.resizeColumnsToContents()
        header, columns = self.horizontalHeader(), range(self.columnCount())
        most = self.fontMetrics().height() * 16
        least = [header.sectionSizeHint(column) for column in columns]
        wanted = [min(self.columnWidth(column) + GAP, most) for column in columns]
        for column, width in zip(columns[:-1], fitted(wanted, least, room=self.viewport().width()), strict=False):
            self.setColumnWidth(column, width)
        last = self.columnCount() - 1
        self.setColumnWidth(last, max(least[last], self.viewport().width() - header.sectionPosition(last)))
        self.resizeRowsToContents()  # measured in the width just given, which the heading would give only later


def fitted(wanted: Sequence[int], least: Sequence[int], *, room: int) -> list[int]:
    """Return the widths of columns in a room: the widest give way to one width, none below its least."""
    for cap in sorted({*wanted, *least}, reverse=True):
        if _total(wanted, least, cap) <= room:
            break
    else:
        return list(least)
    while _total(wanted, least, cap + 1) <= room and cap < max(wanted):
        cap += 1
    return [max(low, min(width, cap)) for width, low in zip(wanted, least, strict=True)]


def _total(wanted: Sequence[int], least: Sequence[int], cap: int) -> int:
    return sum(max(low, min(width, cap)) for width, low in zip(wanted, least, strict=True))
