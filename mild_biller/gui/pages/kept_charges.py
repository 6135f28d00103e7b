"""Charges kept by code that no line above shows a field for."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mild_biller.core.case.pointer import escaped
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.derived_list import charge_targets
from mild_biller.gui.fields.records import Records
from mild_biller.gui.fields.section import FieldRow
from mild_biller.presentation.field import Field
from mild_biller.presentation.typed_text import AMOUNT

NOTE = "Charges by code, for lines without their own charge:"


class KeptCharges(QWidget):
    """A charge for each of the `codes`; of lines typed in `rows`, an empty charge is the line's own to fill in."""

    def __init__(
        self,
        base: str,
        *,
        codes: Callable[[], tuple[str, ...]],
        case: CaseEditor,
        group: str,
        rows: Records | None = None,
    ) -> None:
        super().__init__()
        self._base = base
        self._codes_of = codes
        self._case = case
        self._group = group
        self._typed = rows
        self._codes: tuple[str, ...] = ()
        self._rows: list[FieldRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        note = QLabel(NOTE)
        note.setWordWrap(True)
        self._column.addWidget(note)
        self.hide()
        case.replaced.connect(self._empty)

    def cells(self) -> Iterator[BoundField]:
        """Yield the charges."""
        for row in self._rows:
            yield from row.cells

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for cell in self.cells():
            yield from cell.input.stops()

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the charges by pointer."""
        for cell in self.cells():
            yield cell.pointer, cell
        if self._typed is not None and self._case.read(self._typed.pointer) is not None:
            yield from self._typed.targets()
            yield from charge_targets(self._typed, self._case)

    def refresh(self) -> None:
        """Show the present charges; the fields are made again if the codes are others."""
        codes = self._codes_of()
        if codes != self._codes and not self._is_typed_in:
            self._rebuild(codes)
        self.setVisible(bool(self._codes))
        for cell in self.cells():
            cell.refresh()

    @property
    def _is_typed_in(self) -> bool:
        """Return True if one of the fields has the focus: it must not disappear while the user types."""
        return any(stop.hasFocus() for stop in self.stops())

    def _rebuild(self, codes: tuple[str, ...]) -> None:
        for row in self._rows:
            for cell in row.cells:
                self._case.note_fault(cell.pointer, None)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._codes = codes
        self._rows = [FieldRow([self._cell(code)]) for code in codes]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()

    def _empty(self) -> None:
        self._rebuild(())
        self.hide()

    def _cell(self, code: str) -> BoundField:
        field = Field(code, f"Charge for {code}", AMOUNT, width=12)
        return BoundField(field, f"{self._base}/charges/{escaped(code)}", self._case, group=self._group)
