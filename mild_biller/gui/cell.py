"""One field on a page: label, input, mark. Bound to a pointer of the case, it keeps no truth of its own."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from mild_biller.gui.binding import Refused
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.entries import Tone
from mild_biller.gui.field import Asked, Field
from mild_biller.gui.inputs import make_input
from mild_biller.gui.marks import SIDE, mark
from mild_biller.gui.theme import colour

BORDER = 2


class Shape(Enum):
    """Where the label stands."""

    STACKED = "above the input"
    BESIDE = "left of it, as a question is read"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is wrong with a field, marked at it."""

    tone: Tone
    text: str


class Cell(QWidget):
    """Shows the value at its pointer, writes what is typed, and marks what is wrong once the field is left."""

    noticed = Signal()

    def __init__(
        self, field: Field, pointer: str, case: CaseEditor, *, group: str = "", shape: Shape = Shape.STACKED
    ) -> None:
        super().__init__()
        self.field = field
        self.pointer = pointer
        self.notice: Notice | None = None
        self._case = case
        self._group = group
        self._due: Notice | None = None
        self._fault = ""
        self._was_left = False
        self._verdict = ""
        self._described = ""
        self._beside = ""
        self.input = make_input(field)
        self._label = QLabel(field.label)
        self._mark = QLabel()
        self.caption = QLabel()
        self._lay_out(shape)
        self.input.name(self.title)
        self.input.typed.connect(self._typed)
        self.input.left.connect(self._left)
        self._describe()

    @property
    def title(self) -> str:
        """The field's name with the part of the page it stands in."""
        return f"{self._group}: {self.field.label}" if self._group else self.field.label

    @property
    def says_why(self) -> bool:
        """Tell whether the notice needs its line of text; a field nobody has come to yet only bears the mark."""
        return self.notice is not None and (bool(self._fault) or self._was_left or not self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Tell whether the case holds nothing here."""
        return self._case.read(self.pointer) in (None, "", ())

    @property
    def _is_well_formed(self) -> bool:
        value = self._case.read(self.pointer) if self.field.checked else None
        return isinstance(value, str) and self.field.checked is not None and self.field.checked.is_well_formed(value)

    def refresh(self) -> None:
        """Show the case's value, unless the field shows it already in other writing."""
        value = self._case.read(self.pointer)
        if self._fault and value is None:
            return
        if not self.input.holds(value, self._case.clock()):
            self.input.show_value(value)
            self._fault = ""
            self._case.note_fault(self.pointer, None)

    def reset(self) -> None:
        """Forget what was typed and what was said, and show the case's value."""
        self._fault = ""
        self._was_left = False
        self._case.note_fault(self.pointer, None)
        self.input.show_value(self._case.read(self.pointer))

    def warn(self, due: Notice | None) -> None:
        """Mark what is wrong; while somebody types here only good news is shown at once."""
        self._due = due
        if due is None or not self.input.is_busy():
            self._settle()

    def explain(self, text: str) -> None:
        """Say what stands beside the input, as whose question it is; a screen reader reads it with the input."""
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
            painter.setPen(QPen(colour(self.notice.tone, self.palette()), BORDER))
            painter.drawRoundedRect(around.adjusted(-1, -1, 1, 1), 4, 4)
        elif self.field.asked is not Asked.YES_NO:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
            painter.drawRoundedRect(around.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)

    def _lay_out(self, shape: Shape) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(BORDER, 0, BORDER, BORDER)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(3)
        self._label.setBuddy(self.input)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._mark.setFixedSize(SIDE, SIDE)
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
        grid.addWidget(self.input, 0, 2, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _typed(self) -> None:
        reading = self.input.reading(self._case.clock())
        self._fault = reading.fault
        try:
            self._case.write(self.pointer, reading.value)
        except Refused as error:
            self._fault = str(error)
            self._case.write(self.pointer, None)  # what cannot be stored must not leave an older value standing
        self._case.note_fault(self.pointer, self.title if self._fault else None)

    def _left(self) -> None:
        self._was_left = True
        if not self._fault:
            self.input.show_value(self._case.read(self.pointer))
        self._case.seal()
        self._settle()

    def _settle(self) -> None:
        """Show the notice that is due."""
        notice = Notice(Tone.ERROR, self._fault) if self._fault else self._due
        self.notice = notice
        tone = notice.tone if notice else Tone.GOOD if self._is_well_formed else None
        self._mark.setPixmap(mark(tone, self.palette())) if tone else self._mark.clear()
        said = f"{notice.tone.value}: {notice.text}" if notice else "well formed" if tone else ""
        if self._verdict != said:
            self._verdict = said
            self._describe()
            self.setToolTip(notice.text if notice else said.capitalize())
            self.update()
        self.noticed.emit()

    def _describe(self) -> None:
        """Let a screen reader say all that is seen beside the input: what is wrong first."""
        empty = f"When empty: {self.field.hint}" if self.field.hint else ""
        text = " ".join(filter(None, (self._verdict, self._beside, empty)))
        if text != self._described:
            self._described = text
            self.input.describe(text)
