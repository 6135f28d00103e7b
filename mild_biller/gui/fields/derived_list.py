"""A list of the claim that follows from the facts, or is typed by hand row by row, and below it what the form says."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.base import Model
from mild_biller.core.case.pointer import escaped
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.records import Records
from mild_biller.presentation.field import Field


class DerivedList(QWidget):
    """Rows of a list. `begin` gives what typing by hand starts from, `said` what is on the form, as rich text."""

    def __init__(
        self,
        pointer: str,
        rows: Sequence[Sequence[Field]],
        *,
        what: str,
        new: Callable[[], Model],
        begin: Callable[[], Sequence[Model]],
        said: Callable[[], str],
        case: CaseEditor,
    ) -> None:
        super().__init__()
        self.pointer = pointer
        self._new = new
        self._begin = begin
        self._said = said
        self._case = case
        self.rows = Records(pointer, rows, what=what, new=new, case=case)
        self.words = _words()
        self.type_button = QPushButton("Enter by hand")
        self.derive_button = QPushButton("Use derived values")
        self.type_button.setAccessibleName(f"Enter the {what}s by hand")
        self.derive_button.setAccessibleName(f"Use the derived {what}s")
        self.type_button.clicked.connect(self._type)
        self.derive_button.clicked.connect(self._derive)
        self._lay_out()
        case.replaced.connect(self._empty)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of the typed rows."""
        if self._is_typed:
            yield from self.rows.cells()

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        if self._is_typed:
            yield from self.rows.stops()
        yield from (self.type_button, self.derive_button)

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer, and the button that lets a derived list be typed."""
        if self._is_typed:
            yield from self.rows.targets()
            yield from charge_targets(self.rows, self._case)
        else:
            yield self.pointer, self.type_button

    def refresh(self) -> None:
        """Show the list of the present case."""
        is_typed = self._is_typed
        self.rows.refresh()
        self.rows.setVisible(is_typed)
        self.type_button.setVisible(not is_typed)
        self.derive_button.setVisible(is_typed)
        said = self._said()
        if said != self.words.text():
            self.words.setText(said)
        self.words.setVisible(bool(said))

    @property
    def _is_typed(self) -> bool:
        return self._case.read(self.pointer) is not None

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.type_button)
        buttons.addWidget(self.derive_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.rows)
        column.addWidget(self.words)
        column.addLayout(buttons)

    def _empty(self) -> None:
        self.words.clear()
        self.words.hide()

    def _type(self) -> None:
        """Begin typed rows from the derived ones, one empty row where there is none."""
        self._case.seal()
        self._case.write(self.pointer, tuple(self._begin()) or (self._new(),))
        self._case.seal()
        self.refresh()
        next(self.rows.cells()).input.setFocus()

    def _derive(self) -> None:
        self._case.seal()
        self._case.write(self.pointer, None)
        self._case.seal()
        self.refresh()
        self.type_button.setFocus()


def charge_targets(rows: Records, case: CaseEditor) -> Iterator[tuple[str, QWidget]]:
    """Yield the empty charge of a typed line for the charge kept by its code: both are one thing to fill in."""
    base = rows.pointer.rpartition("/")[0]
    for cell in rows.cells():
        if cell.field.key == "charge" and cell.is_empty:
            code = case.read(f"{cell.pointer.rpartition('/')[0]}/code")
            if code:
                yield f"{base}/charges/{escaped(code)}", cell


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)
    label.hide()
    return label
