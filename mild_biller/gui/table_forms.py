"""The office's books as tables to look through and mend, and what a table holds before any of it is taken."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mild_biller.errors import MildBillerError, TableError
from mild_biller.gui import dialogs
from mild_biller.gui.tips import explain
from mild_biller.store import address_book, charge_list
from mild_biller.store.address_book import Book, Entry, Part
from mild_biller.store.charge_list import Charge
from mild_biller.store.files import write_whole
from mild_biller.store.table import MOST_BYTES, Checked

PART_NAMES = {
    Part.PAYER: "Payer",
    Part.BILLING: "Billing provider",
    Part.CLINICIAN: "Clinician",
    Part.FACILITY: "Facility",
}


class Grid(QTableWidget):
    """Rows of text below a heading; the last column takes the room there is."""

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
        self.setRowCount(0)
        for row in rows:
            self.add_row(row)
        self.resizeColumnsToContents()
        for column in range(self.columnCount() - 1):
            self.setColumnWidth(column, min(self.columnWidth(column), self.fontMetrics().height() * 16))
        self.resizeRowsToContents()

    def add_row(self, words: Sequence[str]) -> None:
        """Show one more row."""
        at = self.rowCount()
        self.insertRow(at)
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.setItem(at, column, item)

    def words(self) -> list[tuple[str, ...]]:
        """Return the rows as they are shown."""
        return [
            tuple(item.text() if (item := self.item(row, column)) else "" for column in range(self.columnCount()))
            for row in range(self.rowCount())
        ]

    def chosen_rows(self) -> list[int]:
        """Return the rows that are marked, the last first."""
        return sorted({index.row() for index in self.selectedIndexes()}, reverse=True)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the rows as high as their text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(line + 10)
        self.setMinimumSize(line * 20, line * 6)

    def sizeHint(self) -> QSize:
        """Return room for a dozen rows of some words."""
        line = self.fontMetrics().height()
        return QSize(line * 44, line * 18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words of the last column wrap anew."""
        super().resizeEvent(event)
        self.resizeRowsToContents()


class TableForm(QWidget):
    """A grid with buttons to take rows out, to import a table and to export one."""

    headings: Sequence[str] = ()
    title = ""
    empty = ""
    is_edited = False

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid(self.headings, name=self.title, is_edited=self.is_edited)
        self.grid.setAccessibleDescription(self.empty)
        self.said = QLabel(self.empty)
        self.said.setWordWrap(True)
        self.remove_button = QPushButton("Take out")
        self.import_button = QPushButton("Import a table…")
        self.export_button = QPushButton("Export a table…")
        explain(self.remove_button, "Takes the rows that are marked out of the list.")
        explain(self.import_button, "Reads a table (CSV) and shows every row of it before any is taken.")
        explain(self.export_button, "Writes the list as a table (CSV).")
        self.remove_button.clicked.connect(self.remove)
        self.import_button.clicked.connect(self.import_table)
        self.export_button.clicked.connect(self.export_table)
        self._buttons = QHBoxLayout()
        for button in (self.remove_button, self.import_button, self.export_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        for part in (self.said, self.grid):
            column.addWidget(part)
        column.addLayout(self._buttons)

    def remove(self) -> None:
        """Take the marked rows out."""
        raise NotImplementedError

    def check(self, content: bytes) -> tuple[Checked[Any], ...]:
        """Read a table. Raises `TableError`."""
        raise NotImplementedError

    def take(self, items: Sequence[Any]) -> None:
        """Take rows of a table."""
        raise NotImplementedError

    def dump(self) -> bytes:
        """Return what is shown as a table. Raises `TableError`."""
        raise NotImplementedError

    def import_table(self) -> None:
        """Show what a table holds, and take what can be taken."""
        path = dialogs.choose_table(self)
        if path is None:
            return
        try:
            checked = self.check(_content(path))
        except MildBillerError as error:
            dialogs.tell(self, str(error))
            return
        good = [each.item for each in checked if each.item is not None]
        preview = Preview(checked)
        if dialogs.show_form(self, "Import a table", preview, yes=f"Take {_rows(len(good))}", fault=preview.fault):
            self.take(good)

    def export_table(self) -> None:
        """Write the table where somebody chooses."""
        try:
            content = self.dump()
            path = dialogs.choose_table_target(self, proposed=Path(f"{self.title.lower().replace(' ', '-')}.csv"))
            if path is not None:
                write_whole(path, content)
        except MildBillerError as error:
            dialogs.tell(self, str(error))


class BookForm(TableForm):
    """The address book: who is in it, the last used first."""

    headings = ("Kind", "Name", "NPI or payer number", "City")
    title = "Address book"
    empty = (
        "Payers of the office's own, providers and facilities, the last used first. Ctrl+K keeps everybody of the "
        "present case; an entry is changed by keeping it again."
    )

    def __init__(self, book: Book, *, policies: Sequence[str]) -> None:
        super().__init__()
        self.book = book
        self._policies = policies
        self._show()

    def remove(self) -> None:
        """Take the marked entries out."""
        entries = self._entries()
        for row in self.grid.chosen_rows():
            self.book = address_book.without(self.book, entries[row])
        self._show()

    def check(self, content: bytes) -> tuple[Checked[Any], ...]:
        """Read a table of entries."""
        return address_book.check(content, book=self.book, policies=self._policies)

    def take(self, items: Sequence[Any]) -> None:
        """Take entries of a table."""
        self.book = address_book.merged(self.book, items)
        self._show()

    def dump(self) -> bytes:
        """Return the book as a table."""
        return address_book.dump(self.book)

    def _entries(self) -> list[Entry]:
        return [entry for part in Part for entry in self.book.entries(part)]

    def _show(self) -> None:
        self.grid.show_rows([_shown(entry) for entry in self._entries()])


class ChargeForm(TableForm):
    """The charge list, typed in place."""

    headings = ("Code", "Modifier", "Charge", "From")
    title = "Charge list"
    empty = "What the office asks for a code from a day on; the newest not after the date of service holds."
    is_edited = True

    def __init__(self, charges: Sequence[Charge]) -> None:
        super().__init__()
        self.add_button = QPushButton("Add a charge")
        explain(self.add_button, "Begins a row; type its code, modifier, charge and first day.")
        self.add_button.clicked.connect(self.add)
        self._buttons.insertWidget(0, self.add_button)
        self.grid.show_rows([_charge_words(each) for each in charges])

    def charges(self) -> list[Charge]:
        """Return the charges as typed; rows with a fault are left out."""
        return [each for each in self._parsed() if isinstance(each, Charge)]

    def fault(self) -> str:
        """Say what is wrong with the first row that cannot be kept."""
        seen: set[tuple[object, ...]] = set()
        for number, found in enumerate(self._parsed(), start=1):
            if isinstance(found, str):
                return f"Row {number}: {found}."
            if (key := (found.code, found.modifier, found.from_day)) in seen:
                return f"Row {number}: the same code and day stand in a row above."
            seen.add(key)
        return ""

    def add(self) -> None:
        """Begin one more row."""
        self.grid.add_row(("", "", "", ""))
        self.grid.setCurrentCell(self.grid.rowCount() - 1, 0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.edit(self.grid.currentIndex())

    def remove(self) -> None:
        """Take the marked rows out."""
        for row in self.grid.chosen_rows():
            self.grid.removeRow(row)

    def check(self, content: bytes) -> tuple[Checked[Any], ...]:
        """Read a table of charges."""
        return charge_list.check(content)

    def take(self, items: Sequence[Any]) -> None:
        """Take charges of a table, in place of those of the same code and day."""
        known = {(each.code, each.modifier, each.from_day): each for each in (*self.charges(), *items)}
        self.grid.show_rows([_charge_words(each) for each in sorted(known.values())])

    def dump(self) -> bytes:
        """Return the list as a table. Raises `TableError` while a row cannot be read."""
        if fault := self.fault():
            raise TableError(fault)
        return charge_list.dump(self.charges())

    def _parsed(self) -> list[Charge | str]:
        return [charge_list.parse_charge(*words) for words in self.grid.words() if any(words)]


class Preview(QWidget):
    """What a table holds, row by row, with what is wrong, before anything is taken."""

    def __init__(self, checked: Sequence[Checked[Any]]) -> None:
        super().__init__()
        bad = sum(each.item is None for each in checked)
        self._good = len(checked) - bad
        self.said = QLabel(f"{_rows(self._good).capitalize()} can be taken, {_rows(bad)} cannot.")
        self.grid = Grid(("Row", "What stands in it", "Remark"), name="Rows of the table")
        self.grid.show_rows([(str(each.number), each.shown, _remark(each)) for each in checked])
        column = QVBoxLayout(self)
        column.addWidget(self.said)
        column.addWidget(self.grid)

    def fault(self) -> str:
        """Say why nothing can be taken."""
        return "" if self._good else "No row can be taken; mend the table and import it again."


def _content(path: Path) -> bytes:
    """Return the bytes of a table. Raises `TableError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError("The table is too large; choose another file.")
        return path.read_bytes()
    except OSError as error:
        raise TableError(f"{path.name} cannot be read ({error.strerror}); choose another file.") from None


def _remark(found: Checked[Any]) -> str:
    words = "; ".join(found.faults)
    return f"Cannot be taken: {words}" if found.item is None else words or "good"


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _shown(entry: Entry) -> tuple[str, ...]:
    number = getattr(entry, "npi", None) or getattr(entry, "payer_number", None) or ""
    part = PART_NAMES[address_book.part_of(entry)]
    return part, address_book.label(entry), number, getattr(entry, "city", None) or ""


def _charge_words(charge: Charge) -> tuple[str, ...]:
    return charge.code, charge.modifier, charge.amount, f"{charge.from_day:%m/%d/%Y}"
