"""A ring around whatever takes the keys, in every window of the program, however the cursor came there.

Qt's styles draw their mark faintly, and for many widgets only after Tab was pressed, or not at all.
"""

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QCheckBox, QFocusFrame, QMenuBar, QRadioButton, QTabBar, QWidget

WIDTH: Final = 2  # pixels of the ring; a line of one parts it from what it is around
ROUND: Final = 3
_ROLES: Final = QPalette.ColorRole
_BESIDE: Final = (QRadioButton, QCheckBox)  # their own mark is at their edge: the ring goes around them
_OUT: Final = (3, 2)  # pixels to the sides and up and down
_MARKED: Final = (QMenuBar,)  # shows by itself where the keys go
_MOVES: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move})


class FocusRing(QObject):
    """Moves the ring with the cursor."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: RingFrame | None = None
        application.focusChanged.connect(self._follow)

    def _follow(self) -> None:
        """Remove the ring, and draw one around the widget that has the focus now."""
        if self._frame is not None and shiboken6.isValid(self._frame):  # it goes with the widget it is in
            self._frame.leave()
        around = QApplication.focusWidget()
        self._frame = RingFrame(around) if around is not None and _needs_ring(around) else None


class RingFrame(QFocusFrame):
    """The ring of one widget: inside it, so that nothing cuts it off. No mouse and no screen reader meets it."""

    def __init__(self, around: QWidget) -> None:
        is_beside = isinstance(around, _BESIDE) and around.parentWidget() is not None
        super().__init__(around.parentWidget() if is_beside else around)
        self._beside = around if is_beside else None
        around.installEventFilter(self)
        self._fit()
        self.raise_()
        self.show()

    def leave(self) -> None:
        """Go away."""
        around = self._around
        if shiboken6.isValid(around):
            around.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay around the widget."""
        if event.type() in _MOVES and watched is self._around:
            self._fit()
        return False

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ring, and within it a line of the ground, so that it is visible on any color."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, half = QRectF(self._edge()), WIDTH / 2
        shown = self.palette()
        for inset, width, role in ((WIDTH + 0.5, 1, _ROLES.Base), (half, WIDTH, _ROLES.Highlight)):
            painter.setPen(QPen(shown.color(role), width))
            painter.drawRoundedRect(edge.adjusted(inset, inset, -inset, -inset), ROUND, ROUND)

    def _fit(self) -> None:
        sides, ends = _OUT
        beside, around = self._beside, self._around
        self.setGeometry(beside.geometry().adjusted(-sides, -ends, sides, ends) if beside else around.rect())

    @property
    def _around(self) -> QWidget:
        """The widget the ring is around.

        One that the ring is in is not kept here: the ring would keep it, and be deleted a second time with it.
        """
        around = self._beside or self.parentWidget()
        assert around is not None
        return around

    def _edge(self) -> QRect:
        """Return where the ring goes: of a bar of tabs the one that is in front."""
        bar = self._around
        return bar.tabRect(bar.currentIndex()) & self.rect() if isinstance(bar, QTabBar) else self.rect()


def _needs_ring(widget: QWidget) -> bool:
    """Return True if the cursor would not be seen; what pops up shows it in its own list."""
    return not isinstance(widget, _MARKED) and widget.window().windowType() is not Qt.WindowType.Popup
