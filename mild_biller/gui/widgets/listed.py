"""Sentences to read in a dialog, one below the other; they scroll where the screen is too low for all."""

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QTextBrowser, QWidget

from mild_biller.presentation.long_words import without_unseen

COLUMNS: Final = 72  # letters of a line
OF_THE_SCREEN: Final = 0.8  # as much of its width at most
LEAST_LINES: Final = 3  # that are in sight
GAP: Final = 6  # pixels below a sentence


class Listed(QTextBrowser):
    """A list of sentences as large as its words, as far as there is room."""

    def __init__(self, sentences: Sequence[str], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        items = "".join(f'<p style="margin:0 0 {GAP}px 0">{escape(without_unseen(each))}</p>' for each in sentences)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHtml(items)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return the size at which all sentences are in sight."""
        room = round(self.screen().availableGeometry().width() * OF_THE_SCREEN) - self._around()
        width = min(self.fontMetrics().averageCharWidth() * COLUMNS, room)
        return QSize(width + self._around(), self._height(width) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines."""
        lines = self.fontMetrics().lineSpacing() * LEAST_LINES + self._around()
        return QSize(self.fontMetrics().averageCharWidth() * COLUMNS // 3, min(lines, self.sizeHint().height()))

    def _around(self) -> int:
        return 2 * (self.frameWidth() + round(self.document().documentMargin()))

    def _height(self, width: int) -> int:
        """Return the height of the words at a width."""
        laid_out = QTextDocument()
        laid_out.setDefaultFont(self.font())
        laid_out.setHtml(self.toHtml())
        laid_out.setTextWidth(width + 2 * laid_out.documentMargin())
        return round(laid_out.size().height())
