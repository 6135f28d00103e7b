"""A part of a page: a heading, rows of fields, and under each row a line for every notice."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField, FieldNotice, Shape
from mild_biller.gui.style.theme import color, reading_font
from mild_biller.gui.style.tone_marks import ToneMark
from mild_biller.gui.widgets.flow import Flow
from mild_biller.gui.widgets.wrapped import WrappedLabel
from mild_biller.presentation.field import Asked, Field
from mild_biller.presentation.long_words import seen
from mild_biller.presentation.tone import Tone

Notices = Mapping[str, FieldNotice]


class NoticeLine(QWidget):
    """A mark and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = ToneMark()
        self._said = ""
        self._shown: tuple[Tone, str, int] | None = None
        self._text = WrappedLabel()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def say(self, tone: Tone, text: str) -> None:
        """Show a sentence with its mark; the same one in the same colors is left alone."""
        shown = (tone, text, self.palette().cacheKey())
        if shown == self._shown:
            return
        self._shown = shown
        self._mark.show_tone(tone)
        self._said = text
        self._text.setText(seen(text))
        inked = self._text.palette()
        inked.setColor(self._text.foregroundRole(), color(tone, self.palette()))
        self._text.setPalette(inked)

    def silence(self) -> None:
        """Clear the text and hide."""
        if self._said:
            self.say(Tone.INFO, "")
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._said


def say_all(said: Sequence[tuple[Tone, str]], *, lines: list[NoticeLine], add: Callable[[NoticeLine], object]) -> None:
    """Show a sentence in each line; `add` adds a new line to the layout; clear the lines that are left over."""
    while len(lines) < len(said):
        lines.append(NoticeLine())
        add(lines[-1])
    for line, spoken in zip(lines, said, strict=False):
        line.say(*spoken)
        line.show()
    for line in lines[len(said) :]:
        line.silence()


class FieldRow(QWidget):
    """Fields side by side, and below them what is wrong with any of them."""

    def __init__(self, cells: Sequence[BoundField], *extra: QWidget) -> None:
        super().__init__()
        self.cells = tuple(cells)
        self._lines: list[NoticeLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Flow((*cells, *extra)))
        for cell in cells:
            cell.noticed.connect(self._say_why)

    def _say_why(self) -> None:
        said = [(cell.notice.tone, _sentence(cell)) for cell in self.cells if cell.notice and cell.says_why]
        layout = self.layout()
        assert layout is not None
        say_all(said, lines=self._lines, add=layout.addWidget)


def _sentence(cell: BoundField) -> str:
    """Return a notice with the name of its field, unless it begins with that or the name is a sentence itself."""
    assert cell.notice is not None
    label, text = cell.field.label, cell.notice.text
    return text if len(label) >= 40 or text.startswith(f"{label}:") else f"{label}: {text}"


class Section(QFrame):
    """A heading and rows of fields below one pointer."""

    def __init__(self, title: str, *, note: str = "") -> None:
        super().__init__()
        self._title = title
        self._rows: list[FieldRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 14)
        self._column.setSpacing(6)
        self.heading = QLabel(title)
        self.heading.setFont(reading_font(larger=1.5, is_bold=True))
        self.heading.setWordWrap(True)
        self._column.addWidget(self.heading)  # before it is shown: without a parent it would be a window
        self.heading.setVisible(bool(title))
        self.note = QLabel(note)
        self.note.setWordWrap(True)
        self._column.addWidget(self.note)
        self.note.setVisible(bool(note))

    def add_rows(self, rows: Sequence[Sequence[Field]], *, base: str, case: CaseEditor) -> None:
        """Add rows of fields below a pointer."""
        for fields in rows:
            self.add_row(
                FieldRow([BoundField(field, f"{base}/{field.key}", case, group=self._title) for field in fields])
            )

    def add_question(self, field: Field, *, pointer: str, case: CaseEditor) -> BoundField:
        """Add a question that is read before it is answered."""
        shape = Shape.STACKED if field.asked is Asked.TYPED and len(field.label) < 30 else Shape.BESIDE
        cell = BoundField(field, pointer, case, shape=shape)
        self.add_row(FieldRow([cell]))
        return cell

    def add_row(self, row: FieldRow) -> None:
        """Add a row."""
        self._rows.append(row)
        self._column.addWidget(row)

    def add_widget(self, widget: QWidget) -> None:
        """Add what is not a field."""
        self._column.addWidget(widget)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields in reading order."""
        for row in self._rows:
            yield from row.cells

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for cell in self.cells():
            yield from cell.input.stops()

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer."""
        for cell in self.cells():
            yield cell.pointer, cell

    def refresh(self) -> None:
        """Show the present case."""
        for cell in self.cells():
            cell.refresh()
