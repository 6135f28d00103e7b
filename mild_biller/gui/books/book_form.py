"""The address book to view and edit: its entries, the last used first, and below them the fields of one entry."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from mild_biller.core.case.people import Clinician, Facility, Organization
from mild_biller.errors import TableError
from mild_biller.gui.books.entry_fields import PART_NAMES, WELL_FORMED, EntryFields
from mild_biller.gui.books.table_forms import TableForm
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.tips import explain
from mild_biller.presentation.provider_fields import OWN
from mild_biller.presentation.tone import Tone
from mild_biller.store import address_book
from mild_biller.store.address_book import Book, BookPart, Entry
from mild_biller.store.table import Checked

NEW: dict[BookPart, Entry] = {
    BookPart.PAYER: OWN,
    BookPart.BILLING: Organization(),
    BookPart.CLINICIAN: Clinician(),
    BookPart.FACILITY: Facility(),
}
CHECKED = 4  # the column that says what is well formed, or wrong


class BookForm(TableForm):
    """Holds the entries as they are typed; they make a book once nothing is wrong with them."""

    headings = ("Kind", "Name", "NPI or payer number", "City", "Checked")
    title = "Address book"
    empty = (
        "Your own payers, providers and facilities; the most recently used are offered first. Select a row and press "
        "Enter to edit it. In the main window, Ctrl+K adds all providers in the case to the address book."
    )

    def __init__(self, book: Book, *, case: CaseEditor) -> None:
        self.entries: tuple[Entry, ...] = _entries(book)
        self._policies = tuple(case.catalog.versions)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Type of the new entry")
        for part in (BookPart.CLINICIAN, BookPart.BILLING, BookPart.FACILITY, BookPart.PAYER):
            self.kind.addItem(PART_NAMES[part], part)
        explain(self.kind, "What the button next to it adds: a clinician, a billing provider, a facility or a payer.")
        self.add_button = QPushButton("&Add")
        explain(self.add_button, "Adds an entry of the type next to it; its fields are below.")
        super().__init__()
        self.fields = EntryFields(case)
        self.area = self._area()
        self.column.addWidget(self.area, 1)
        self.add_button.clicked.connect(self.add)
        self.fields.changed.connect(self._take_typed)
        self.grid.currentCellChanged.connect(lambda row, *_: self._choose(row))
        self.grid.entered.connect(self.fields.enter)
        self._show(0)

    @property
    def book(self) -> Book:
        """The book as it is typed."""
        return address_book.made_of(self.entries)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter add an entry of the kind that is chosen, rather than close the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.kind.hasFocus():
            self.add()
        else:
            super().keyPressEvent(event)

    def tools(self) -> Sequence[QWidget]:
        """Return the widget below the grid."""
        return (self.kind, self.add_button, *super().tools())

    def state(self) -> tuple[Entry, ...]:
        """Return what undo brings back."""
        return self.entries

    def restore(self, state: Any) -> None:
        """Show the entries as they were."""
        at = next((row for row, pair in enumerate(zip(state, self.entries, strict=False)) if pair[0] != pair[1]), None)
        self.entries = state
        self._show(len(state) - 1 if at is None else at)

    def fault(self) -> str:
        """Return what is wrong with the first entry that cannot be kept."""
        seen: dict[tuple[BookPart, str], int] = {}
        for number, entry in enumerate(self.entries, start=1):
            if said := next(address_book.faults(entry), ""):
                return f"Row {number}: {said}. Fix it, or delete the row."
            first = seen.setdefault((address_book.part_of(entry), address_book.key(entry)), number)
            if first != number:
                return f"Row {number}: same NPI or name as row {first}. Keep one of them."
        return ""

    def add(self) -> None:
        """Begin one more entry, at the head of its kind."""
        part = self.kind.currentData()
        at = next(
            (row for row, each in enumerate(self.entries) if _order(each) >= _part_order(part)), len(self.entries)
        )
        self.entries = (*self.entries[:at], NEW[part], *self.entries[at:])
        self.note()
        self._show(at)
        self.fields.enter()

    def remove(self) -> None:
        """Delete the selected entries."""
        rows = set(self.grid.chosen_rows())
        self.entries = tuple(each for row, each in enumerate(self.entries) if row not in rows)
        self.note()
        self._show(min(rows, default=0))
        self.tell_removed(len(rows))

    def check(self, content: bytes) -> tuple[Checked[Any], ...]:
        """Read a table of entries."""
        return address_book.check(content, book=self.book, policies=self._policies)

    def take(self, items: Sequence[Any]) -> None:
        """Take entries of a table, before and in place of those that are there."""
        new = _entries(address_book.made_of(items))
        known = {(_order(each), address_book.key(each)) for each in new}
        kept = tuple(each for each in self.entries if (_order(each), address_book.key(each)) not in known)
        self.entries = tuple(sorted((*new, *kept), key=_order))
        self.note()
        self._show(0)

    def dump(self) -> bytes:
        """Return the book as a table. Raises `TableError` while an entry is wrong."""
        if fault := self.fault():
            raise TableError(fault)
        return address_book.dump(self.book)

    def _area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self.fields)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        area.setMinimumHeight(self.fontMetrics().height() * 8)
        return area

    def _show(self, row: int) -> None:
        """Show all entries, and one of them in the fields."""
        self.grid.show_rows([_shown(entry) for entry in self.entries])
        for at, entry in enumerate(self.entries):
            self._mark(at, entry)
        at = min(row, len(self.entries) - 1)
        self.grid.choose(at)
        self._choose(at)

    def _choose(self, row: int) -> None:
        self.fields.show_entry(self.entries[row] if 0 <= row < len(self.entries) else None)

    def _take_typed(self, entry: Entry) -> None:
        """Take what is typed into the entry that is shown."""
        row = self.grid.currentRow()
        self.entries = (*self.entries[:row], entry, *self.entries[row + 1 :])
        self.note(what=("typed", row))
        self.grid.show_row(row, _shown(entry))
        self._mark(row, entry)

    def _mark(self, row: int, entry: Entry) -> None:
        is_wrong = any(address_book.faults(entry))
        tone = Tone.ERROR if is_wrong else Tone.GOOD if address_book.well_formed(entry) else None
        self.grid.mark(row, CHECKED, tone)


def _entries(book: Book) -> tuple[Entry, ...]:
    return tuple(entry for part in BookPart for entry in book.entries(part))


def _part_order(part: BookPart) -> int:
    return list(BookPart).index(part)


def _order(entry: Entry) -> int:
    return _part_order(address_book.part_of(entry))


def _shown(entry: Entry) -> tuple[str, ...]:
    number = getattr(entry, "npi", None) or getattr(entry, "payer_number", None) or ""
    part = PART_NAMES[address_book.part_of(entry)]
    good = " and ".join(address_book.well_formed(entry))
    said = next(address_book.faults(entry), f"{good}: {WELL_FORMED}" if good else "")
    return part, address_book.label(entry), number, getattr(entry, "city", None) or "", said
