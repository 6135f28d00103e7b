"""The same case under every payer, in every setting, on other dates, side by side."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.tips import explain
from mild_biller.gui.style.tone_marks import mark_icon, mark_size
from mild_biller.gui.widgets.indexes import NO_PARENT, AnyIndex
from mild_biller.presentation.findings import comparison
from mild_biller.presentation.findings.comparison import Compared
from mild_biller.presentation.typed_text import shown_day

SORTED_BY = Qt.ItemDataRole.UserRole
WRAPPED = 2  # from this column on words wrap, and the columns share what is left
REST = ("Determination", "Position", "Codes")
NOTE = "Lines are derived again for each row; what you entered for this claim is ignored. No guarantee of payment."
DAYS = "Dates separated by commas; Enter shows them."
LEAST, USUAL = (16, 5), (64, 24)  # lines of text: how wide and high a table is


class ComparedModel(QAbstractTableModel):
    """The rows of one table."""

    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.rows: tuple[Compared, ...] = ()
        self._palette = parent.palette()

    def show(self, rows: Sequence[Compared]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, _: AnyIndex = NO_PARENT) -> int:
        """Return how much is said of each."""
        return len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, mark and order of a cell."""
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[column]
        if role == SORTED_BY:
            return (row.order, f"{row.tone.rank:02}", row.position, row.codes)[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            return mark_icon(row.tone, self._palette)
        if role == Qt.ItemDataRole.FontRole and row.is_present:
            return _bold()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the heads."""
        is_head = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if is_head else None


class ComparedTable(QTableView):
    """One table: sorted by a click on its head, copied as text with the usual key."""

    def __init__(self, name: str, first: str) -> None:
        super().__init__()
        self.compared = ComparedModel((first, *REST), self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.compared)
        self._sorted.setSortRole(SORTED_BY)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"Ctrl+C copies the table. {NOTE}")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + 8)
        self._rows = QTimer(self, singleShot=True, interval=0)  # once all columns have their widths
        self._rows.timeout.connect(self.resizeRowsToContents)
        self.setIconSize(mark_size())
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(self.compared.heads)):
            mode = QHeaderView.ResizeMode.Stretch if column >= WRAPPED else QHeaderView.ResizeMode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._rows.start())
        self.compared.modelReset.connect(self._rows.start)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few rows."""
        return QSize(*LEAST) * self.fontMetrics().height()

    def sizeHint(self) -> QSize:
        """Return room for every column, and for most payers."""
        return QSize(*USUAL) * self.fontMetrics().height()

    def text(self) -> str:
        """Return the table as it is sorted, as text."""
        shown = [self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in range(self._sorted.rowCount())]
        return comparison.as_text(self.compared.heads, [self.compared.rows[row].cells for row in shown])

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the whole table, not one cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class Compare(QWidget):
    """Three tables: payers, settings, dates. They show the case as it was when the page was opened."""

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case, self._today, self._calendar = case.case, case.clock(), case.calendar
        self._catalog = case.catalog
        self.payers = ComparedTable("The case under each payer", "Payer")
        self.settings = ComparedTable("The case in each setting", "Place of service")
        self.dates = ComparedTable("The case on other dates of service", "Date of service")
        self.days = QLineEdit()
        self.days.setAccessibleName("Dates to compare")
        self.unread = QLabel()
        self.unread.setWordWrap(True)
        self.unread.setTextFormat(Qt.TextFormat.PlainText)
        self.copy = QPushButton("&Copy as text")
        self.copy.setAutoDefault(False)  # Enter in the table is no wish to copy
        self.copy.clicked.connect(lambda: self.shown.copy())
        explain(self.copy, "Copies the table shown to the clipboard (Ctrl+C in the table).")
        self._lay_out()
        self._fill()
        self.days.editingFinished.connect(self._show_days)

    @property
    def shown(self) -> ComparedTable:
        """The table that is in front."""
        return (self.payers, self.settings, self.dates)[self.tabs.currentIndex()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter, which shows the dates, from closing the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        by_date = QWidget()
        inside = QVBoxLayout(by_date)
        asked = QLabel("&Dates, separated by commas (Enter shows them):")
        asked.setBuddy(self.days)
        for part in (asked, self.days, self.unread, self.dates):
            inside.addWidget(part)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("What is compared")
        self.tabs.tabBar().setAccessibleName("What is compared")
        self.tabs.tabBar().setAccessibleDescription("What is compared: the arrow keys switch between tabs.")
        self.tabs.addTab(self.payers, "&Payers")
        self.tabs.addTab(self.settings, "&Settings")
        self.tabs.addTab(by_date, "D&ates")
        note = QLabel(NOTE)
        note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs, 1)
        column.addWidget(note)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.tabs)

    def _fill(self) -> None:
        self.payers.compared.show(comparison.payers(self._case, catalog=self._catalog, today=self._today))
        self.settings.compared.show(comparison.settings(self._case, catalog=self._catalog, today=self._today))
        days = comparison.days_of_change(self._case, catalog=self._catalog, today=self._today)
        self.days.setText(", ".join(shown_day(day) for day in days))
        self.days.setCursorPosition(0)
        self._show_days()

    def _show_days(self) -> None:
        days, unread = comparison.read_days(self.days.text(), calendar=self._calendar)
        self.dates.compared.show(comparison.dates(self._case, days, catalog=self._catalog, today=self._today))
        self.unread.setText(f"Not a date: {',  '.join(unread)}"[:200] if unread else "")
        self.unread.setVisible(bool(unread))
        self.days.setAccessibleDescription(f"{self.unread.text()} {DAYS}".strip())


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
