"""Hides the case while nobody is at the desk, in the window and in its dialogs. No lock: any key shows it again."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QToolTip, QWidget

WORDS = "The case is hidden because the computer was idle.\nPress a key or click to show it again."
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_WAKING = _ACTIVITY - {QEvent.Type.MouseMove}


class IdleCover(QObject):
    """Takes the case out of the window after a while, from screen readers too."""

    def __init__(self, window: QMainWindow, *, minutes: float) -> None:
        super().__init__(window)
        inside = window.centralWidget()
        assert inside is not None
        self._inside = inside
        self._window = window
        self._focused = QApplication.focusWidget()
        self.label = QLabel(WORDS, window)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        self.label.hide()
        self._hidden: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.cover)
        self.set_minutes(minutes)

    @property
    def is_covering(self) -> bool:
        """Return True if the case is hidden."""
        return not self.label.isHidden()

    def set_minutes(self, minutes: float) -> None:
        """Set after how long the case is hidden; 0 for never."""
        self._timer.setInterval(round(minutes * 60_000))
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        if minutes > 0:  # nobody else pays for looking at every event
            application.installEventFilter(self)
        self._restart()

    def cover(self) -> None:
        """Hide the case."""
        QToolTip.hideText()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._focused = QApplication.focusWidget()
        self._hidden = [each for dialog in _open_dialogs() for each in _shown_in(dialog)]
        for each in (*self._hidden, self._inside, self._window.statusBar()):
            each.hide()
        self._window.menuBar().setEnabled(False)
        self.label.setGeometry(self._window.rect())
        self.label.show()

    def uncover(self) -> None:
        """Show the case again, with the cursor where it was."""
        self.label.hide()
        self._window.menuBar().setEnabled(True)
        for each in (*self._hidden, self._inside, self._window.statusBar()):
            if shiboken6.isValid(each):  # a dialog may have ended meanwhile
                each.show()
        self._hidden.clear()
        if self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._restart()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count from the last key or click; the one that shows the case again does nothing else."""
        kind = event.type()
        if self.is_covering:
            if kind is QEvent.Type.Resize and watched is self._window:
                self.label.setGeometry(self._window.rect())
            elif kind is QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut reaches the case behind
                return True
            elif kind in _WAKING and watched.isWidgetType():
                self.uncover()
                return True
        elif kind in _ACTIVITY:
            self._restart()
        return False

    def _restart(self) -> None:
        if self._timer.interval() > 0:
            self._timer.start()
        else:
            self._timer.stop()


def _open_dialogs() -> list[QWidget]:
    shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return [each for each in shown if each.windowType() is Qt.WindowType.Dialog]


def _shown_in(dialog: QWidget) -> list[QWidget]:
    """Return what a dialog is made of; hiding it whole would end it."""
    parts = dialog.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [each for each in parts if not each.isWindow() and not each.isHidden()]
