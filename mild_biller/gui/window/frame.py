"""The window as the desktop knows it: there and painted at once, holding the case's window as soon as that is made.

Rules, models and pages take some tenths of a second to load. Nothing here may import them, and nothing is written:
the first letter takes as long as the frame.
"""

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

NAME = "Mild Biller"
LONGEST = 300  # milliseconds to wait for a desktop that does not paint, as for a window that opens minimised
FOLLOWED = (QEvent.Type.WindowTitleChange, QEvent.Type.ModifiedChange)


class Frame(QMainWindow):
    """Holds one window and follows its title; asks it before closing."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.held: QMainWindow | None = None
        self.setWindowTitle(NAME)
        self.resize(1280, 800)

    def show_at_once(self) -> bool:
        """Show the frame and return once it is painted; True if it is still open."""
        loop = QEventLoop()
        self.painted.connect(loop.quit)
        QTimer.singleShot(LONGEST, loop, loop.quit)
        self.show()
        loop.exec()
        return self.isVisible()

    def hold(self, window: QMainWindow) -> None:
        """Fill the frame."""
        self.held = window
        window.installEventFilter(self)
        self.setCentralWidget(window)
        self._follow(window)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Report that there is something to see."""
        super().paintEvent(event)
        self.painted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take over the title, and the mark for what is not saved."""
        if event.type() in FOLLOWED and self.held is not None:
            self._follow(self.held)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close if the held window does."""
        event.setAccepted(self.held is None or self.held.close())

    def _follow(self, window: QMainWindow) -> None:
        self.setWindowTitle(window.windowTitle())
        self.setWindowModified(window.isWindowModified())
