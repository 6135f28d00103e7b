"""The office's books as tables to view and edit, with undo, and a preview of a table before it is imported."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mild_biller.errors import MildBillerError, TableError
from mild_biller.files import write_whole
from mild_biller.gui import dialogs
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Flow
from mild_biller.gui.widgets.text_table import TextTable
from mild_biller.store import charge_list
from mild_biller.store.charge_list import Charge
from mild_biller.store.table import MOST_BYTES, Checked


class TableForm(QWidget):
    """A grid with buttons to take rows out, to undo, to import a table and to export one."""

    headings: Sequence[str] = ()
    title = ""
    empty = ""
    is_edited = False

    def __init__(self) -> None:
        super().__init__()
        self._past: list[Any] = []
        self._what: object = None
        self.grid = TextTable(self.headings, name=self.title, is_edited=self.is_edited)
        self.said, self.told = QLabel(self.empty), QLabel()
        self.remove_button = QPushButton("&Delete")
        self.undo_button = QPushButton("&Undo")
        self.import_button = QPushButton("&Import a table…")
        self.export_button = QPushButton("&Export a table…")
        self.grid.setAccessibleDescription(self.empty)
        explain(self.remove_button, "Deletes the selected rows from the list.")
        explain(self.undo_button, "Undoes the last change (Ctrl+Z).")
        explain(self.import_button, "Reads a table (CSV) and shows every row before any is added.")
        explain(self.export_button, "Saves the list as a table (CSV).")
        self.undo_button.setEnabled(False)
        self.column = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._now = self._first = self.state()

    def tools(self) -> Sequence[QWidget]:
        """Return the widget below the grid."""
        return self.remove_button, self.undo_button, self.import_button, self.export_button

    def is_changed(self) -> bool:
        """Return True if something would be lost without saving."""
        return bool(self.state() != self._first)

    def note(self, *, what: object = None) -> None:
        """Remember how it was before a change; changes of one thing, named by `what`, are one step."""
        state = self.state()
        if state == self._now:
            return
        if what is None or what != self._what:
            self._past.append(self._now)
        self._now, self._what = state, what
        self.undo_button.setEnabled(True)
        self.told.clear()

    def undo(self) -> None:
        """Go back one step."""
        if self._past:
            state = self._past.pop()
            self.restore(state)
            self._now, self._what = state, None
            self.undo_button.setEnabled(bool(self._past))
            self.told.clear()

    def tell_removed(self, count: int) -> None:
        """Show that rows were deleted, and how to undo it."""
        self.told.setText(f"{_rows(count).capitalize()} deleted; press Ctrl+Z to undo." if count else "")

    def state(self) -> Any:
        """Return what undo brings back."""
        raise NotImplementedError

    def restore(self, state: Any) -> None:
        """Show a state that was left."""
        raise NotImplementedError

    def remove(self) -> None:
        """Delete the selected rows."""
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
        preview = ImportPreview(checked)
        if dialogs.show_form(self, "Import a table", preview, yes=f"Add {_rows(len(good))}", fault=preview.fault):
            self.take(good)

    def _lay_out(self) -> None:
        for label in (self.said, self.told):
            label.setWordWrap(True)
        for part in (self.said, self.grid, Flow(self.tools()), self.told):
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.remove_button.clicked.connect(self.remove)
        self.undo_button.clicked.connect(self.undo)
        self.import_button.clicked.connect(self.import_table)
        self.export_button.clicked.connect(self.export_table)
        self.grid.removal_asked.connect(self.remove)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def export_table(self) -> None:
        """Save the table where the user chooses."""
        try:
            content = self.dump()
            path = dialogs.choose_table_target(self, proposed=Path(f"{self.title.lower().replace(' ', '-')}.csv"))
            if path is not None:
                write_whole(path, content)
        except MildBillerError as error:
            dialogs.tell(self, str(error))


class ChargeForm(TableForm):
    """The charge list, typed in place."""

    headings = ("Code", "Modifier", "Charge", "From")
    title = "Charge list"
    empty = (
        "Your charge for a code from a date on; the newest one in effect on the date of service applies. "
        "Edit in place: Enter or F2 changes a cell."
    )
    is_edited = True

    def __init__(self, charges: Sequence[Charge]) -> None:
        self.add_button = QPushButton("&Add a charge")
        super().__init__()
        explain(self.add_button, "Adds a row. Enter its code, modifier, charge and first day.")
        self.add_button.clicked.connect(self.add)
        self.grid.show_rows([_charge_words(each) for each in charges])
        self.grid.choose(min(0, len(charges) - 1))
        self._now = self._first = self.state()
        self.grid.itemChanged.connect(lambda _: self.note())
        self.grid.entered.connect(lambda: self.grid.edit(self.grid.currentIndex()))

    def tools(self) -> Sequence[QWidget]:
        """Return the widget below the grid."""
        return (self.add_button, *super().tools())

    def state(self) -> Any:
        """Return what undo brings back."""
        return self.grid.words()

    def restore(self, state: Any) -> None:
        """Show the rows as they were."""
        self.grid.show_rows(state)
        self.grid.choose(min(max(0, self.grid.currentRow()), len(state) - 1))

    def charges(self) -> list[Charge]:
        """Return the charges as typed; rows with a fault are left out."""
        return [each for each in self._parsed() if isinstance(each, Charge)]

    def fault(self) -> str:
        """Return what is wrong with the first row that cannot be kept."""
        seen: set[tuple[object, ...]] = set()
        for number, found in enumerate(self._parsed(), start=1):
            if isinstance(found, str):
                return f"Row {number}: {found}."
            if (key := (found.code, found.modifier, found.from_day)) in seen:
                return f"Row {number}: same code and date as a row above."
            seen.add(key)
        return ""

    def add(self) -> None:
        """Begin one more row."""
        self.grid.add_row(("", "", "", ""))
        self.note()
        self.grid.setCurrentCell(self.grid.rowCount() - 1, 0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.edit(self.grid.currentIndex())

    def remove(self) -> None:
        """Delete the selected rows."""
        rows = self.grid.chosen_rows()
        for row in rows:
            self.grid.removeRow(row)
        self.note()
        self.grid.choose(min(min(rows, default=0), self.grid.rowCount() - 1))
        self.tell_removed(len(rows))

    def check(self, content: bytes) -> tuple[Checked[Any], ...]:
        """Read a table of charges."""
        return charge_list.check(content)

    def take(self, items: Sequence[Any]) -> None:
        """Take charges of a table, in place of those of the same code and day."""
        known = {(each.code, each.modifier, each.from_day): each for each in (*self.charges(), *items)}
        self.grid.show_rows([_charge_words(each) for each in sorted(known.values())])
        self.note()

    def dump(self) -> bytes:
        """Return the list as a table. Raises `TableError` while a row cannot be read."""
        if fault := self.fault():
            raise TableError(fault)
        return charge_list.dump(self.charges())

    def _parsed(self) -> list[Charge | str]:
        return [charge_list.parse_charge(*words) for words in self.grid.words() if any(words)]


class ImportPreview(QWidget):
    """What a table holds, row by row, with what is wrong, before anything is taken."""

    def __init__(self, checked: Sequence[Checked[Any]]) -> None:
        super().__init__()
        bad = sum(each.item is None for each in checked)
        self._good = len(checked) - bad
        self.said = QLabel(f"{_rows(self._good).capitalize()} can be added, {_rows(bad)} cannot.")
        self.grid = TextTable(("Row", "Contents", "Remark"), name="Rows of the table")
        self.grid.show_rows([(str(each.number), each.shown, _remark(each)) for each in checked])
        column = QVBoxLayout(self)
        column.addWidget(self.said)
        column.addWidget(self.grid)

    def fault(self) -> str:
        """Return why nothing can be taken."""
        return "" if self._good else "No row can be added. Fix the table and import it again."


def _content(path: Path) -> bytes:
    """Return the bytes of a table. Raises `TableError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError("The table is too large. Choose another file.")
        return path.read_bytes()
    except OSError as error:
        raise TableError(f"{path.name} could not be read ({error.strerror}). Choose another file.") from None


def _remark(found: Checked[Any]) -> str:
    words = "; ".join(found.faults)
    return f"Cannot be added: {words}" if found.item is None else words or "OK"


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _charge_words(charge: Charge) -> tuple[str, ...]:
    return charge.code, charge.modifier, charge.amount, f"{charge.from_day:%m/%d/%Y}"
