"""A list of the case as rows of fields: a row for each item, one button to add, one in each row to remove."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.base import Model
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.section import FieldRow
from mild_biller.presentation.field import Field


class Records(QWidget):
    """Rows of fields for a list at a pointer; `what` names one item, as in "Remove earlier procedure 2"."""

    def __init__(
        self,
        pointer: str,
        rows: Sequence[Sequence[Field]],
        *,
        what: str,
        new: Callable[[], Model],
        case: CaseEditor,
    ) -> None:
        super().__init__()
        self.pointer = pointer
        self._fields = rows
        self._what = what
        self._new = new
        self._case = case
        self._items: list[QWidget] = []
        self._rows: list[tuple[FieldRow, ...]] = []
        self._remove_buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._column = QVBoxLayout()
        column.addLayout(self._column)
        self.add_button = QPushButton(f"Add {what}")
        self.add_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add_button.clicked.connect(self._add)
        column.addWidget(self.add_button)
        case.replaced.connect(self._empty)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of every row."""
        for rows in self._rows:
            for row in rows:
                yield from row.cells

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for rows, remove in zip(self._rows, self._remove_buttons, strict=True):
            for row in rows:
                for cell in row.cells:
                    yield from cell.input.stops()
            yield remove
        yield self.add_button

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer, and for the list as a whole the button that adds a row."""
        for cell in self.cells():
            yield cell.pointer, cell
        yield self.pointer, self.add_button

    def refresh(self) -> None:
        """Show as many rows as the case has items."""
        count = len(self._case.read(self.pointer) or ())
        while len(self._items) < count:
            self._append_row(len(self._items))
        while len(self._items) > count:
            self._drop_row()
        for cell in self.cells():
            cell.refresh()

    def _append_row(self, index: int) -> None:
        base, name = f"{self.pointer}/{index}", f"{self._what} {index + 1}"
        remove = QPushButton("Remove")
        remove.setAccessibleName(f"Remove {name}")
        remove.clicked.connect(lambda: self._remove(index))
        item = QWidget()
        column = QVBoxLayout(item)
        column.setContentsMargins(0, 0, 0, 0)
        rows = []
        for number, fields in enumerate(self._fields):
            cells = [BoundField(field, f"{base}/{field.key}", self._case, group=name.capitalize()) for field in fields]
            is_last = number == len(self._fields) - 1
            rows.append(FieldRow(cells, *([remove] if is_last else [])))
            column.addWidget(rows[-1])
        self._items.append(item)
        self._rows.append(tuple(rows))
        self._remove_buttons.append(remove)
        self._column.addWidget(item)
        item.show()

    def _drop_row(self) -> None:
        for row in self._rows.pop():
            for cell in row.cells:
                self._case.note_fault(cell.pointer, None)
        self._remove_buttons.pop()
        item = self._items.pop()
        self._column.removeWidget(item)
        item.hide()
        item.deleteLater()

    def _empty(self) -> None:
        while self._items:
            self._drop_row()

    def _add(self) -> None:
        self._case.append(self.pointer, self._new())
        self.refresh()
        if self._rows:
            self._rows[-1][0].cells[0].input.setFocus()

    def _remove(self, index: int) -> None:
        self._case.remove_item(self.pointer, index)
        for cell in self.cells():
            cell.reset()
        self.refresh()
