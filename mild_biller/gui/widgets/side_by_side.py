"""Two parts side by side, or one above the other where they would be too narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from mild_biller.gui.style.theme import text_size

LINES = 16  # of text: how wide the second part is at least while it is next to the first
ABOVE = (2, 3)  # how they share the height


class Beside(QSplitter):
    """A form and what it leads to; a bar between them lets each have more of the room."""

    def __init__(self, form: QWidget, shown: QWidget, *, sizes: Sequence[int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._form = form
        self._shown = shown
        self._sizes = tuple(sizes)
        self.setChildrenCollapsible(False)
        self.addWidget(form)
        self.addWidget(shown)
        self.setSizes(sizes)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which one is above the other."""
        one, other = self._form.minimumSizeHint(), self._shown.minimumSizeHint()
        return QSize(max(one.width(), other.width()), one.height() + other.height() + self.handleWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width has become too little, or enough."""
        self._turn(event.size())
        super().resizeEvent(event)

    def _turn(self, room: QSize) -> None:
        second = max(self._shown.minimumSizeHint().width(), self.fontMetrics().height() * LINES)
        is_wide = self._form.minimumSizeHint().width() + second + self.handleWidth() <= room.width()
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self.setOrientation(wanted)
            self.setSizes(self._widths(room.width() - second) if is_wide else [room.height() * part for part in ABOVE])

    def _widths(self, most: int) -> list[int]:
        """Return the widths at first: the form as much wider as its text is larger, where there is room."""
        form = min(self._sizes[0] * text_size() // 100, most)
        return [form, sum(self._sizes) - form]
