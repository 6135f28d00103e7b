"""The boxes of the claim as a list: each value, and why. For the keyboard and for screen readers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QVBoxLayout, QWidget

from mild_biller.gui.widgets.indexes import NO_PARENT, AnyIndex
from mild_biller.presentation.claim.box_notes import BoxNote, shortened

HEADS = ("Page", "Item", "Title", "Value", "From")
FIRST_WORDY = 2  # columns before it are short, those from it share the room
ROOM = 6  # pixels of a row next to its text
LINES = 5  # of the chosen box that are in sight
HINT = "Select a box to see where its value comes from. Enter goes to its field."


class BoxModel(QAbstractTableModel):
    """The notes, a row each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.notes: tuple[BoxNote, ...] = ()

    def show(self, notes: Sequence[BoxNote]) -> None:
        """Show other notes; where the same boxes are filled, rows stay."""
        same = [(note.page, note.box) for note in notes] == [(note.page, note.box) for note in self.notes]
        if not same:
            self.beginResetModel()
        self.notes = tuple(notes)
        if not same:
            self.endResetModel()
        elif notes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(notes) - 1, len(HEADS) - 1))

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return how many boxes are filled."""
        return 0 if parent.isValid() else len(self.notes)

    def columnCount(self, _: AnyIndex = NO_PARENT) -> int:
        """Return how much is said of each."""
        return len(HEADS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        note = self.notes[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (str(note.page), note.item, note.title, shortened(note.value), note.place)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ". ".join((f"Page {note.page}", *note.lines))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the heads."""
        is_head = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if is_head else None


class BoxTable(QTableView):
    """The rows; Enter or a double click requests the field."""

    asked = Signal(object)  # a BoxNote

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes = BoxModel(self)
        self.setModel(self.boxes)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Boxes of the claim")
        self.setAccessibleDescription(HINT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROOM)
        head = self.horizontalHeader()
        for column in range(len(HEADS)):
            fixed = column < FIRST_WORDY
            mode = QHeaderView.ResizeMode.ResizeToContents if fixed else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, mode)
        self.doubleClicked.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter ask for the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid():
            self.asked.emit(self.boxes.notes[index.row()])


class BoxList(QWidget):
    """The list, and one box in full below it."""

    asked = Signal(str)  # the key of a field
    chosen = Signal(object)  # a BoxNote, or None

    def __init__(self) -> None:
        super().__init__()
        self.table = BoxTable(self)
        self.full = QPlainTextEdit(HINT)
        self.full.setReadOnly(True)
        self.full.setTabChangesFocus(True)
        self.full.setAccessibleName("Selected box in full")
        self.full.setAccessibleDescription("The value of the box selected above, and where it comes from.")
        line = self.fontMetrics().height()
        self.full.setFixedHeight(line * LINES + ROOM)
        self.table.setMinimumHeight(line * LINES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.full)
        self.table.asked.connect(lambda note: self.asked.emit(note.path))
        self.table.selectionModel().currentRowChanged.connect(self._choose)

    def show_notes(self, notes: Sequence[BoxNote]) -> None:
        """Show other boxes; the chosen one stays chosen where it is still there."""
        self.table.boxes.show(notes)
        self._choose(self.table.currentIndex())

    def enter(self) -> None:
        """Put the cursor into the list, on a row."""
        if not self.table.currentIndex().isValid() and self.table.boxes.notes:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, current: QModelIndex) -> None:
        note = self.table.boxes.notes[current.row()] if current.isValid() else None
        self.full.setPlainText("\n".join(note.lines) if note is not None else HINT)
        self.chosen.emit(note)
