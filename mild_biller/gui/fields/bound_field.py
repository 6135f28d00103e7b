"""One field on a page: label, input, mark. Bound to a pointer of the case, it keeps no truth of its own."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from mild_biller.core.case.pointer import Refused
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.inputs import TypedInput, make_input
from mild_biller.gui.style.theme import color
from mild_biller.gui.style.tone_marks import ToneMark
from mild_biller.gui.widgets.wrapped import FieldLabel
from mild_biller.presentation.field import Asked, Field
from mild_biller.presentation.tone import Tone

BORDER = 2
TYPE_AGAIN = "This could not be read when it was typed. Retype it."
SHORT = 18  # letters of a label that always fits
_AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
QUESTION = 24  # letters of a question that fit next to its answer at least


class Shape(Enum):
    """Where the label is."""

    STACKED = "above the input"
    BESIDE = "left of it, as a question is read"


@dataclass(frozen=True, slots=True)
class FieldNotice:
    """What is wrong with a field, marked at it."""

    tone: Tone
    text: str


class BoundField(QWidget):
    """Shows the value at its pointer, writes what is typed, and marks what is wrong once the field is left."""

    noticed = Signal()

    def __init__(
        self, field: Field, pointer: str, case: CaseEditor, *, group: str = "", shape: Shape = Shape.STACKED
    ) -> None:
        super().__init__()
        self.field = field
        self.pointer = pointer
        self.notice: FieldNotice | None = None
        self._case = case
        self._group = group
        self._due: FieldNotice | None = None
        self._fault = ""
        self._was_left = False
        self._shape = shape
        self._is_below = False
        self._verdict = ""
        self._described = ""
        self._beside = ""
        self.input = make_input(field)
        self._label = FieldLabel(field.label) if len(field.label) > SHORT else QLabel(field.label)
        self._mark = ToneMark()
        self.caption = QLabel(self)
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out(shape)
        self.input.name(self.title)
        self.input.typed.connect(self._typed)
        self.input.left.connect(self._left)
        case.calendar_changed.connect(self._read_anew)
        self._describe()

    @property
    def title(self) -> str:
        """The field's name with the part of the page it is in."""
        return f"{self._group}: {self.field.label}" if self._group else self.field.label

    @property
    def says_why(self) -> bool:
        """Return True if the notice needs its line of text; a field not yet visited only has the mark."""
        return self.notice is not None and (bool(self._fault) or self._was_left or not self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Return True if the case has nothing here."""
        return self._case.read(self.pointer) in (None, "", ())

    @property
    def _is_well_formed(self) -> bool:
        value = self._case.read(self.pointer) if self.field.checked else None
        return isinstance(value, str) and self.field.checked is not None and self.field.checked.is_well_formed(value)

    def refresh(self) -> None:
        """Show the case's value, unless the field shows it already in other writing."""
        value = self._case.read(self.pointer)
        if self.pointer in self._case.unread and value is None:
            self._show_unread(self._case.unread[self.pointer].typed)
        elif not self.input.holds(value, self._case.calendar):
            self.input.show_value(value)
            self._fault = ""
            self._case.note_fault(self.pointer, None)

    def reset(self) -> None:
        """Forget what was typed and what was said, and show the case's value."""
        self._fault = ""
        self._was_left = False
        self._case.note_fault(self.pointer, None)
        self.input.show_value(self._case.read(self.pointer))

    def warn(self, due: FieldNotice | None) -> None:
        """Mark what is wrong; while the user types here only good news is shown at once."""
        self._due = due
        if due is None or not self.input.is_busy():
            self._settle()

    def explain(self, text: str) -> None:
        """Show text next to the input, such as whose question it is; a screen reader reads it with the input."""
        if text != self._beside:
            self._beside = text
            self.caption.setText(text)
            self._describe()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the border of the field, a strong one where it is marked; some styles show none on a dark ground."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.input.geometry())
        if self.notice is not None:
            painter.setPen(QPen(color(self.notice.tone, self.palette()), BORDER))
            painter.drawRoundedRect(around.adjusted(-1, -1, 1, 1), 4, 4)
        elif self.field.asked is not Asked.YES_NO:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
            painter.drawRoundedRect(around.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answer below its question where there is little room next to it."""
        super().resizeEvent(event)
        grid = self.layout()
        if self._shape is Shape.BESIDE and isinstance(grid, QGridLayout):
            wanted = self.input.sizeHint().width() + self.fontMetrics().averageCharWidth() * QUESTION
            is_below = event.size().width() < wanted
            if is_below != self._is_below:
                self._is_below = is_below
                place = (2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft) if is_below else (0, 2, 2, 1, _AT_THE_RIGHT)
                grid.removeWidget(self.input)
                grid.addWidget(self.input, *place)

    def _lay_out(self, shape: Shape) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(BORDER, 0, BORDER, BORDER)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(3)
        self._label.setBuddy(self.input)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.hide()
        if shape is Shape.STACKED:
            self._stack(grid)
        else:
            self._put_beside(grid)

    def _stack(self, grid: QGridLayout) -> None:
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._mark, 0, 1)
        grid.addWidget(self.input, 1, 0, 1, 3)
        grid.setColumnStretch(2, 1)
        self.setSizePolicy(self.input.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Preferred)

    def _put_beside(self, grid: QGridLayout) -> None:
        self._label.setWordWrap(True)
        self.caption.setWordWrap(True)
        self.caption.show()
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.caption, 1, 0)
        grid.addWidget(self._mark, 0, 1)
        grid.addWidget(self.input, 0, 2, 2, 1, _AT_THE_RIGHT)
        grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _typed(self) -> None:
        reading = self.input.reading(self._case.calendar)
        self._note(reading.fault)
        try:
            self._case.write(self.pointer, reading.value)
        except Refused as error:
            self._note(str(error))
            self._case.write(self.pointer, None)  # what cannot be stored must not leave an older value standing

    def _note(self, fault: str) -> None:
        """Remember the fault before the case is shown again, as what cannot be read is then left in place."""
        self._fault = fault
        typed = self.input.text() if isinstance(self.input, TypedInput) else ""
        self._case.note_fault(self.pointer, self.title if fault else None, typed)

    def _show_unread(self, typed: str) -> None:
        """Show what cannot be read; it may have been typed before a crash."""
        if isinstance(self.input, TypedInput) and not (self._fault and self.input.text() == typed):
            self.input.show_text(typed)
            self._fault = self.input.reading(self._case.calendar).fault or TYPE_AGAIN
            self._settle()

    def _read_anew(self) -> None:
        """Read once more what could not be read, as dates are read in another way now."""
        if self._fault:
            self._typed()
            self._settle()
        else:
            self.refresh()

    def _left(self) -> None:
        self._was_left = True
        if not self._fault:
            self.input.show_value(self._case.read(self.pointer))
        self._case.seal()
        self._settle()

    def _settle(self) -> None:
        """Show the notice that is due."""
        notice = FieldNotice(Tone.ERROR, self._fault) if self._fault else self._due
        self.notice = notice
        tone = notice.tone if notice else Tone.GOOD if self._is_well_formed else None
        self._mark.show_tone(tone)
        said = f"{notice.tone.value}: {notice.text}" if notice else "valid format" if tone else ""
        if self._verdict != said:
            self._verdict = said
            self._describe()
            self.setToolTip(notice.text if notice else said.capitalize())
            self.update()
        self.noticed.emit()

    def _describe(self) -> None:
        """Let a screen reader read all that is shown next to the input: what is wrong first."""
        empty = f"When blank: {self.field.hint}" if self.field.hint else ""
        text = " ".join(filter(None, (self._verdict, self._beside, empty)))
        if text != self._described:
            self._described = text
            self.input.describe(text)
