"""The worklist at the left of the window: a line to search in, the groups of cases, and a line that says how it is."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.theme import outline
from mild_biller.gui.worklist.worklist_reader import WorklistReader
from mild_biller.gui.worklist.worklist_tree import WorklistTree
from mild_biller.presentation.worklist_rows import Wording, WorklistItem, grouped

EMPTY: Final = "There are no case files in the work folder yet. Cases saved there appear automatically."
NOTHING_FITS: Final = "No case matches the search. Press Esc to clear it."
LETTERS: Final = 34  # of the usual width
LEAST_LETTERS: Final = 12
SHARE: Final = 0.23  # of the window's width at most, unless the user makes it wider: the case needs the rest


class SearchLine(QLineEdit):
    """What is looked for; Down goes into the list, Enter takes the first that fits."""

    left_down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search")
        self.setAccessibleName("Search the worklist")
        self.setAccessibleDescription("By name, date of service, payer or file name. Down goes into the list.")
        self.setToolTip("By name, date of service, payer or file name")
        self.setMaxLength(200)
        outline(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Down, clear with Escape."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Worklist(QWidget):
    """Shows what its reader has read, as much of it as fits the search."""

    asked = Signal(object)  # the path of a case file

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self.reader = WorklistReader(case, self)
        self._wording = Wording()
        self._items: tuple[WorklistItem, ...] = ()
        self.search = SearchLine(self)  # of this widget from the first on: Tab goes on to the list
        self.tree = WorklistTree(self)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 8)
        for part in (self.search, self.tree, self.said):
            column.addWidget(part)
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._enter)
        self.search.left_down.connect(self.tree.enter)
        self.tree.asked.connect(self.asked)
        self.reader.changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Return a width for a name and a date, as far as the window has it to spare."""
        wanted = LETTERS * self.fontMetrics().averageCharWidth()
        return QSize(min(wanted, round(self.window().width() * SHARE)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the least width, for a date."""
        return QSize(LEAST_LETTERS * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def refresh(self) -> None:
        """Show the rows as they are now."""
        self._items = self._wording.items(self.reader.rows, printed=self.reader.printed)
        self._show()

    def mark_open(self, path: Path | None) -> None:
        """Mark the case that is open in the window."""
        self.tree.worklist.mark_open(path)

    def enter(self) -> None:
        """Put the cursor into the search, ready to type."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show(self) -> None:
        typed = self.search.text()
        groups = grouped(self._items, typed=typed)
        self.tree.show_groups(groups, is_searching=bool(typed.strip()))
        line = self._line(fits=any(group.items for group in groups))
        self.said.setText(line)
        self.said.setVisible(bool(line))

    def _line(self, *, fits: bool) -> str:
        """Return what is to be said below the list."""
        done, of = self.reader.progress
        if done < of:
            return f"Reading {done:,} of {of:,} case files…"
        if self.reader.line or fits:
            return self.reader.line
        return NOTHING_FITS if self._items else EMPTY

    def _enter(self) -> None:
        """Open the first that fits; without anything typed go into the list."""
        first = self.tree.first() if self.search.text().strip() else None
        if first is None:
            self.tree.enter()
        else:
            self.asked.emit(first.path)
