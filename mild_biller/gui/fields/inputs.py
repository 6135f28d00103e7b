"""Kind of value to widget, the only such mapping. An input shows a value and reads what is typed; it judges nothing."""

from html import escape
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from mild_biller.gui.style.theme import code_font, outline
from mild_biller.gui.widgets.flow import Flow
from mild_biller.gui.widgets.undo_keys import is_left_to_the_case
from mild_biller.presentation.field import Asked, Choice, Field
from mild_biller.presentation.labels import NOT_ANSWERED
from mild_biller.presentation.typed_text import Calendar, Reading, TextKind

MOST_CHARACTERS = 1_000_000  # Qt's own limit would cut a longer paste in silence
ROOM = 16  # pixels of a line to type in next to its text


class TypedInput(QLineEdit):
    """A line to type in. Undo is the case's, and Enter goes to the next field."""

    typed = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._kind: TextKind = field.kind
        self._width = field.width
        self.setMaxLength(MOST_CHARACTERS)
        if field.kind.is_code:
            self.setFont(code_font())
        self.setPlaceholderText(field.hint)
        grows = QSizePolicy.Policy.Expanding if field.grows else QSizePolicy.Policy.Preferred
        self.setSizePolicy(grows, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.typed)
        self.returnPressed.connect(self._go_on)

    def sizeHint(self) -> QSize:
        """Return room for so many characters as the field says."""
        return QSize(self.fontMetrics().horizontalAdvance("0" * self._width) + ROOM, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few characters."""
        return QSize(min(self.sizeHint().width(), 60), super().minimumSizeHint().height())

    def reading(self, calendar: Calendar) -> Reading:
        """Read what is typed."""
        return self._kind.read(self.text(), calendar)

    def holds(self, value: Any, calendar: Calendar) -> bool:
        """Return True if the text represents a value already, however it is written."""
        return self.text() == self._shown(value) or (value is not None and self.reading(calendar).value == value)

    def show_value(self, value: Any) -> None:
        """Show a value the usual way."""
        text = self._shown(value)
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)
            self.setCursorPosition(0)

    def show_text(self, text: str) -> None:
        """Show a text as it was typed."""
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the cursor can stand on, in order."""
        return (self,)

    def is_busy(self) -> bool:
        """Return True if this has the focus."""
        return self.hasFocus()

    def name(self, name: str) -> None:
        """Take a name for those who cannot see the label."""
        self.setAccessibleName(name)

    def describe(self, text: str) -> None:
        """Take the text next to the line, for those who cannot see it."""
        self.setAccessibleDescription(text)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and its kin to the window; show the mouse a text that is longer than the line."""
        if is_left_to_the_case(event):
            return False
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.is_cut():
            QToolTip.showText(event.globalPos(), f"<span>{escape(self.text())}</span>", self)
            return True
        return super().event(event)

    def is_cut(self) -> bool:
        """Return True if the text is longer than the line; the mouse shows all of it then."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width() - ROOM // 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the text when the field is reached by a key, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report that the field was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _shown(self, value: Any) -> str:
        return "" if value is None else self._kind.show(value)

    def _go_on(self) -> None:
        self.focusNextChild()


class ChosenInput(QComboBox):
    """A list to choose from; the first entry means that nothing was answered."""

    typed = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        nothing = () if field.is_needed else (Choice(None, field.hint or NOT_ANSWERED),)
        self._choices = (*nothing, *field.choices)
        self.addItems([choice.words for choice in self._choices])
        self._since_typed = QElapsedTimer()
        self.currentIndexChanged.connect(self.typed)

    def minimumSizeHint(self) -> QSize:
        """Return a width that long entries do not force on the page."""
        return QSize(min(super().minimumSizeHint().width(), 120), super().minimumSizeHint().height())

    def reading(self, _: Calendar) -> Reading:
        """Return the value that is chosen."""
        return Reading(self._choices[max(0, self.currentIndex())].value)

    def holds(self, value: Any, calendar: Calendar) -> bool:
        """Return True if a value is the one chosen."""
        return self.place_of(value) == self.currentIndex()

    def show_value(self, value: Any) -> None:
        """Choose a value."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.place_of(value))

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the cursor can stand on, in order."""
        return (self,)

    def place_of(self, value: Any) -> int:
        """Return the entry that represents a value."""
        places = (index for index, choice in enumerate(self._choices) if choice.stands_for(value))
        return next(places, 0)

    def is_busy(self) -> bool:
        """Return True: a choice is complete as soon as it is made."""
        return False

    def name(self, name: str) -> None:
        """Take a name for those who cannot see the label."""
        self.setAccessibleName(name)

    def describe(self, text: str) -> None:
        """Take the text next to the list, for those who cannot see it."""
        self.setAccessibleDescription(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change an answer."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left; the words typed in it end with that."""
        super().focusOutEvent(event)
        if self._since_typed.isValid():
            self._since_typed.invalidate()
            self.view().keyboardSearch("")
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go to the next field, and a blank between typed words look for an entry as their letters do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        if event.key() == Qt.Key.Key_Space and self._is_amid_words():
            self._look_for(event.text())
        else:
            super().keyPressEvent(event)
        if event.text().isprintable() and event.text():
            self._since_typed.restart()

    def _is_amid_words(self) -> bool:
        """Return True if a letter was typed just now; a blank opens the list otherwise."""
        return self._since_typed.isValid() and self._since_typed.elapsed() < QApplication.keyboardInputInterval()

    def _look_for(self, more: str) -> None:
        view = self.view()
        view.setCurrentIndex(self.model().index(self.currentIndex(), 0))
        view.keyboardSearch(more)
        self.setCurrentIndex(view.currentIndex().row())


class YesNoInput(Flow):
    """Yes, no or not answered, in as many lines as it takes; the keys Y, N and Delete choose too."""

    typed = Signal()
    left = Signal()

    def __init__(self, _: Field) -> None:
        self._buttons = {True: QRadioButton("Yes"), False: QRadioButton("No"), None: QRadioButton("Not answered")}
        super().__init__(tuple(self._buttons.values()), is_centered=True)
        self.setContentsMargins(3, 2, 3, 2)
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)
            outline(button)
        self._buttons[None].setChecked(True)
        self._let_tab_stop()
        for button in self._buttons.values():
            button.toggled.connect(self._toggled)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the cursor can stand on, in order."""
        return tuple(self._buttons.values())

    def reading(self, _: Calendar) -> Reading:
        """Return which answer is marked."""
        return Reading(self._answer())

    def holds(self, value: Any, calendar: Calendar) -> bool:
        """Return True if an answer is the one marked."""
        return self._answer() is value

    def show_value(self, value: Any) -> None:
        """Mark an answer."""
        with QSignalBlocker(self):
            self._buttons[value].setChecked(True)

    def is_busy(self) -> bool:
        """Return True: an answer is complete as soon as it is given."""
        return False

    def name(self, name: str) -> None:
        """Take a name for those who cannot see the label."""
        self.setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name} {button.text()}")

    def describe(self, text: str) -> None:
        """Take the text next to the answers; the focus is on one of them, never on all three."""
        self.setAccessibleDescription(text)
        for button in self._buttons.values():
            button.setAccessibleDescription(text)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor on the answer that is marked."""
        self._buttons[self._answer()].setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter; Enter goes to the next field."""
        answers: dict[int, bool | None] = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False, Qt.Key.Key_Delete: None}
        if event.key() in answers:
            self._buttons[answers[event.key()]].setChecked(True)
            self.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> bool | None:
        marked = self._group.checkedButton()
        return next(value for value, button in self._buttons.items() if button is marked)

    def _toggled(self, is_on: bool) -> None:
        if is_on:
            self._let_tab_stop()
            self.typed.emit()

    def _let_tab_stop(self) -> None:
        """Let Tab stop at the marked answer alone; the arrow keys go to the others."""
        marked = self._group.checkedButton()
        for button in self._buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button is marked else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


AnyInput = TypedInput | ChosenInput | YesNoInput


def make_input(field: Field) -> AnyInput:
    """Return the widget for a field."""
    makers: dict[Asked, type[TypedInput] | type[ChosenInput] | type[YesNoInput]] = {
        Asked.TYPED: TypedInput,
        Asked.CHOSEN: ChosenInput,
        Asked.YES_NO: YesNoInput,
    }
    return makers[field.asked](field)
