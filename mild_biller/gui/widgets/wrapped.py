"""A label that shows all of its words at any width: one too long for the line goes on in the next."""

from math import ceil

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QStaticText, QTextOption
from PySide6.QtWidgets import QLabel

NARROWEST = 8  # letters
SPARE = 2  # pixels, so that a rounding breaks no line


class WrappedLabel(QLabel):
    """Plain words. Where each fits on a line it is a label like any other, with words that can be marked and copied."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._heights: dict[int, int] = {}  # by width, until words or letters are others
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show other words."""
        if text != self.text():
            self._heights.clear()
            super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()

    def minimumSizeHint(self) -> QSize:
        """Return a width that no long word forces on what is around."""
        usual = super().minimumSizeHint()
        return QSize(min(usual.width(), self.fontMetrics().averageCharWidth() * NARROWEST), usual.height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        if width not in self._heights:
            has_room = self._has_room(width)
            own = super().heightForWidth(width) if has_room else ceil(self._laid_out(width).size().height())
            self._heights[width] = own
        return self._heights[width]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        if self._has_room(self.width()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawStaticText(QPoint(0, 0), self._laid_out(self.width()))

    def _has_room(self, width: int) -> bool:
        """Return True if the longest word fits on a line."""
        return width >= super().minimumSizeHint().width()

    def _laid_out(self, width: int) -> QStaticText:
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made = QStaticText(self.text().replace("\n", "\u2028"))
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextOption(wrapped)
        made.setTextWidth(width)
        made.prepare(font=self.font())
        return made


class FieldLabel(WrappedLabel):
    """The same above a field: in one line where there is room for it."""

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        letters = self.fontMetrics()
        return QSize(letters.horizontalAdvance(self.text()) + SPARE, letters.height())


class BarLabel(FieldLabel):
    """The same in a status bar, which asks no widget how high it is at a width."""

    _lines = 0  # pixels

    def hasHeightForWidth(self) -> bool:
        """Tell Qt to take the height as it is."""
        return False

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the height of the lines it takes now."""
        return QSize(super().sizeHint().width(), self._lines)

    def minimumSizeHint(self) -> QSize:
        """Return that height too: a bar goes by it."""
        return QSize(super().minimumSizeHint().width(), self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another height for another width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height for the width there is now."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        is_placed = self.isVisible()
        lines = self.heightForWidth(self.width()) if is_placed else self.fontMetrics().height()
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
