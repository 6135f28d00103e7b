"""Buttons that show by their shape that they are off: no ground, and a broken line around their words."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from mild_biller.gui.style.tips import explain

ROUND: Final = 3
_BROKEN: Final = (4.0, 3.0)  # pixels of a stroke and of a gap


class Button(QPushButton):
    """A button with words."""

    def changeEvent(self, event: QEvent) -> None:
        """Lose the ground as it goes off."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setFlat(not self.isEnabled())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, with a broken line while it is off."""
        super().paintEvent(event)
        if not self.isEnabled():
            _paint_edge(self)


class SmallButton(QToolButton):
    """A button with a sign."""

    def changeEvent(self, event: QEvent) -> None:
        """Lose the ground as it goes off."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setAutoRaise(not self.isEnabled())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, with a broken line while it is off."""
        super().paintEvent(event)
        if not self.isEnabled():
            _paint_edge(self)


def small_button(text: str, name: str, what: str, action: Callable[[], object] | None = None) -> QToolButton:
    """Return a button as they stand above pages; `name` for those who cannot see it, `what` it does."""
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    explain(button, what)
    if action is not None:
        button.clicked.connect(action)
    return button


def _paint_edge(button: QWidget) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(button.palette().color(QPalette.ColorRole.ButtonText), 1)
    pen.setDashPattern(_BROKEN)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(1.5, 1.5, -1.5, -1.5), ROUND, ROUND)
