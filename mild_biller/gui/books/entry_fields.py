"""One entry of the address book as fields: the same as in a case, checked as they are typed.

The entry is alone in a case of its own, so that every field works as it does on the pages.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import OwnPayer
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField, FieldNotice
from mild_biller.gui.fields.section import NoticeLine, Section
from mild_biller.presentation.field import Field
from mild_biller.presentation.provider_fields import BILLING, CLINICIAN, FACILITY, own_payer_rows
from mild_biller.presentation.tone import Tone
from mild_biller.store import address_book
from mild_biller.store.address_book import BookPart, Entry

PART_NAMES: Final = {
    BookPart.PAYER: "Payer",
    BookPart.BILLING: "Billing provider",
    BookPart.CLINICIAN: "Clinician",
    BookPart.FACILITY: "Facility",
}
WELL_FORMED: Final = "valid format"
_PLACES: Final = {
    BookPart.PAYER: "/coverages/0/payer",
    BookPart.BILLING: "/providers/billing",
    BookPart.CLINICIAN: "/providers/rendering",
    BookPart.FACILITY: "/providers/facility",
}


class EntryFields(QWidget):
    """Shows one entry and takes what is typed; what was checked and is good is said in words next to a mark."""

    changed = Signal(object)  # the entry as it is typed now

    def __init__(self, like: CaseEditor) -> None:
        super().__init__()
        self._case = CaseEditor(catalog=like.catalog, layouts=like.layouts, clock=like.clock)
        self._entry: Entry | None = None
        rows = {
            BookPart.PAYER: own_payer_rows(like.catalog),
            BookPart.BILLING: BILLING,
            BookPart.CLINICIAN: CLINICIAN,
            BookPart.FACILITY: FACILITY,
        }
        self.sections = {part: self._section(part, rows[part]) for part in BookPart}
        self.proofs = [NoticeLine(), NoticeLine()]
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        for widget in (*self.sections.values(), *self.proofs):
            column.addWidget(widget)
            widget.hide()
        column.addStretch(1)
        self._case.changed.connect(self._follow)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry, None for nobody."""
        self._entry = entry
        for part, section in self.sections.items():
            section.setVisible(entry is not None and part is address_book.part_of(entry))
        self._case.replace(Case() if entry is None else _alone(entry))
        for cell in self.cells():
            cell.reset()
        self._mark()

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields that are shown."""
        for section in self.sections.values():
            if not section.isHidden():
                yield from section.cells()

    def enter(self) -> None:
        """Put the cursor into the first field."""
        first = next(self.cells(), None)
        if first is not None:
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter, which goes to the next field, from closing the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _section(self, part: BookPart, rows: tuple[tuple[Field, ...], ...]) -> Section:
        section = Section(PART_NAMES[part])
        section.add_rows(rows, base=_PLACES[part], case=self._case)
        return section

    def _follow(self) -> None:
        """Take up what was typed."""
        if self._entry is None:
            return
        part = address_book.part_of(self._entry)
        found = self._case.read(_PLACES[part])
        entry = found if isinstance(found, type(self._entry)) else type(self._entry)()
        if entry != self._entry:
            self._entry = entry
            self.sections[part].refresh()
            self._mark()
            self.changed.emit(entry)

    def _mark(self) -> None:
        """Mark what is wrong at its field, and say what is well formed."""
        wrong = dict(address_book.wrong_fields(self._entry)) if self._entry is not None else {}
        for cell in self.cells():
            said = wrong.get(cell.field.key)
            cell.warn(FieldNotice(Tone.ERROR, f"{said[:1].upper()}{said[1:]}.") if said else None)
        good = address_book.well_formed(self._entry) if self._entry is not None else ()
        for index, line in enumerate(self.proofs):
            line.setVisible(index < len(good))
            if index < len(good):
                line.say(Tone.GOOD, f"{good[index][:1].upper()}{good[index][1:]}: {WELL_FORMED}")


def _alone(entry: Entry) -> Case:
    """Return a case with nothing in it but an entry."""
    if isinstance(entry, OwnPayer):
        return Case(coverages=(Coverage(payer=entry),))
    return json_pointer.write(Case(), _PLACES[address_book.part_of(entry)], entry)
