"""The service lines: shown as derived with a field for each charge, or typed by hand key by key."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.claim_input import TypedLine
from mild_biller.core.case.codes import shown
from mild_biller.core.case.pointer import escaped
from mild_biller.core.claim.claim import LETTERS, Claim, ServiceLine
from mild_biller.gui.books.books import Books
from mild_biller.gui.books.charges import ChargeProposer
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.records import Records
from mild_biller.gui.fields.section import FieldRow
from mild_biller.gui.style.theme import code_font
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Flow
from mild_biller.presentation.field import Field
from mild_biller.presentation.long_words import seen
from mild_biller.presentation.typed_text import AMOUNT, CODE, CODES, DAY, POINTERS, WHOLE

TYPED = (
    (
        Field("code", "Code", CODE, width=6),
        Field("modifiers", "Modifiers", CODES, width=11),
        Field("units", "Units", WHOLE, width=3),
        Field("pointers", "Pointers", POINTERS, width=8),
        Field("charge", "Charge", AMOUNT, width=10),
        Field("place_of_service", "Place", CODE, width=3),
        Field("from", "From", DAY, width=10),
        Field("to", "To", DAY, width=10),
    ),
)
CLAIM_DIAGNOSES = Field("diagnoses", "Diagnoses entered for the claim", CODES, width=40)


MOST_KEPT = 6  # rows of codes that are not on the claim at present


class LineRow(FieldRow):
    """A line as it is derived, with a field for the charge of its code."""

    def __init__(self, code: str, case: CaseEditor) -> None:
        self.words = _words()
        known = case.catalog.procedure.get(code)
        self.words.setToolTip(known.label if known else "")
        field = Field(code, f"Charge for {code}", AMOUNT, width=12)
        super().__init__([BoundField(field, f"/claim/charges/{escaped(code)}", case, group="Lines")], self.words)

    def show_line(self, line: ServiceLine) -> None:
        """Show what is on the line, to screen readers too."""
        said = _line_words(line)
        self.words.setText(seen(said))
        self.cells[0].explain(f"{said} {self.words.toolTip()}".strip())


class ServiceLines(QWidget):
    """The lines of the claim. A key left empty in a typed line is derived."""

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__()
        self._case = case
        self.proposer = ChargeProposer(case, books)
        self.listed = _words()
        self.take_button = QPushButton("Use charges from your charge list")
        self.take_button.clicked.connect(self.proposer.take)
        books.changed.connect(self.refresh)
        case.replaced.connect(self._empty)
        self._kept: dict[tuple[str, int], LineRow] = {}
        self._derived: list[LineRow] = []
        self._codes: tuple[str, ...] = ()
        self._diagnoses = _words()
        self._none = QLabel("No lines yet: enter a date of service, a region and an interspace.")
        self._none.setWordWrap(True)
        self.typed = Records("/claim/lines", TYPED, what="line", new=TypedLine, case=case)
        self.typed_diagnoses = BoundField(CLAIM_DIAGNOSES, "/claim/diagnoses", case, group="Lines")
        self.type_button = QPushButton("Enter the lines by hand")
        self.derive_button = QPushButton("Use the derived lines")
        self.type_button.clicked.connect(self._type)
        self.derive_button.clicked.connect(self._derive)
        explain(self.type_button, "Adds a row for each line; fields left blank are still derived.")
        explain(self.derive_button, "Removes the lines entered by hand; all lines are derived from the case again.")
        self._lay_out()

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of the lines as they are: typed keys, or a charge each."""
        if self._is_typed:
            yield from self.typed.cells()
            yield self.typed_diagnoses
        else:
            for row in self._derived:
                yield from row.cells
            if not self._diagnoses_row.isHidden():
                yield self.typed_diagnoses

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        if self._is_typed:
            yield from self.typed.stops()
        for cell in self.cells():
            if not self._is_typed or cell is self.typed_diagnoses:
                yield from cell.input.stops()
        yield from (self.take_button, self.type_button, self.derive_button)

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer, and for all lines the button that adds one or lets them be typed."""
        for cell in self.cells():
            yield cell.pointer, cell
        if self._is_typed:
            yield self.typed.pointer, self.typed.add_button
        elif self._codes:
            yield self.typed.pointer, self.type_button

    def refresh(self) -> None:
        """Show the lines of the present claim."""
        claim = self._case.review.claim
        is_typed = self._is_typed
        codes = () if is_typed else tuple(line.code or "" for line in claim.lines)
        if codes != self._codes:
            self._rebuild(codes)
        for row, line in zip(self._derived, claim.lines, strict=False):
            row.show_line(line)
        self.typed.refresh()
        self.listed.setText(self.proposer.said())
        self.listed.setVisible(bool(self.listed.text()))
        explain(self.take_button, self.listed.text())
        self.take_button.setVisible(bool(self.proposer.missing()))
        self._diagnoses.setText(seen(_diagnosis_words(claim)))
        self._none.setVisible(not is_typed and not codes)
        self.typed.setVisible(is_typed)
        self.type_button.setVisible(not is_typed and bool(codes))
        self.derive_button.setVisible(is_typed)
        self._diagnoses_row.setVisible(is_typed or self._case.read("/claim/diagnoses") is not None)
        for cell in self.cells():
            cell.refresh()

    @property
    def _is_typed(self) -> bool:
        return self._case.read("/claim/lines") is not None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._rows = QVBoxLayout()
        self._diagnoses_row = FieldRow([self.typed_diagnoses])
        column.addWidget(self._diagnoses)
        column.addWidget(self._none)
        column.addLayout(self._rows)
        column.addWidget(self.listed)
        column.addWidget(self.typed)
        column.addWidget(self._diagnoses_row)
        column.addWidget(Flow((self.take_button, self.type_button, self.derive_button)))

    def _rebuild(self, codes: tuple[str, ...]) -> None:
        """Show a row for each code; one that was there before is shown again, as making one takes longer than a key."""
        self._codes = codes
        self._derived = [self._row(code, codes[:place].count(code)) for place, code in enumerate(codes)]
        for place, row in enumerate(self._derived):
            if self._rows.indexOf(row) != place:
                self._rows.insertWidget(place, row)
        for row in self._kept.values():
            row.setVisible(row in self._derived)
        self._forget(MOST_KEPT)

    def _row(self, code: str, nth: int) -> LineRow:
        if (code, nth) not in self._kept:
            self._kept[code, nth] = LineRow(code, self._case)
        return self._kept[code, nth]

    def _empty(self) -> None:
        """Remove the rows and texts of the closed case."""
        self._rebuild(())
        self._forget(0)
        for label in (self.listed, self._diagnoses):
            label.clear()

    def _forget(self, most: int) -> None:
        """Keep so many of the rows that are not shown, the last ones made."""
        hidden = [key for key, row in self._kept.items() if row not in self._derived]
        for key in hidden[: len(hidden) - most]:
            self._kept.pop(key).deleteLater()

    def _type(self) -> None:
        """Begin typed lines from the derived ones: their codes alone, all else is derived still."""
        codes = [line.code for line in self._case.review.claim.lines]
        self._case.seal()
        self._case.write("/claim/lines", tuple(TypedLine(code=code) for code in codes))
        self._case.seal()

    def _derive(self) -> None:
        self._case.seal()
        self._case.write("/claim/lines", None)
        self._case.seal()


def _words() -> QLabel:
    label = QLabel()
    label.setFont(code_font())
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)
    return label


def _line_words(line: ServiceLine) -> str:
    modifiers = " ".join(line.modifiers) or "no modifier"
    pointers = "".join(line.pointers) or "none"
    place = line.place_of_service or "none"
    return f"{line.code}  {modifiers}  units {line.units}  pointers {pointers}  place {place}"


def _diagnosis_words(claim: Claim) -> str:
    listed = zip(LETTERS, claim.diagnoses, strict=False)
    return "   ".join(f"{letter} {shown(diagnosis.code)}" for letter, diagnosis in listed)
