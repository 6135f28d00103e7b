"""Ways to wait for what a window does, on a machine of any speed: for conditions, never for time."""

from collections.abc import Callable
from typing import Final, NoReturn

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import MultiSignalBlocker, SignalBlocker

from tests.support import LIMIT

MILLISECONDS: Final = LIMIT * 1000
SOON: Final = 1000  # milliseconds: a timer of less is part of what the window is just doing
LOOK_EVERY: Final = 10  # milliseconds
CALM: Final = 3  # looks that have to see the same


def until(condition: Callable[[], object], *, why: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so; `why` says what it is that never came."""
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        assert not clock.hasExpired(MILLISECONDS), f"waited in vain for {LIMIT} s {why()}"
        QTest.qWait(LOOK_EVERY)


def active(window: QWidget) -> None:
    """Wait until a window has the keys."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, MILLISECONDS)


def settled(shown: QWidget) -> None:
    """Wait until a window has done all it is about: what is due soon, work in other threads, and every layout."""
    known = due(shown)  # to look for all of them each time would take the room of the work that is waited for
    looks: list[list[tuple[object, ...]]] = []

    def is_settled() -> bool:
        nonlocal known
        if any(is_running(timer) for timer in known):
            looks.clear()
            return False
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        looks.append(places(shown))
        if len(looks) < CALM or any(look != looks[-1] for look in looks[-CALM:]):
            return False
        known = due(shown)
        return not known

    until(
        is_settled, why=lambda: f"due: {due(shown)}, moving: {[set(look) ^ set(looks[-1]) for look in looks[-CALM:]]}"
    )


def due(shown: QWidget) -> list[QTimer]:
    """Return what is due soon in a window, or looks for work that is in hand for it in another thread."""
    holders = (shown.window(), getattr(shown.window(), "case", None), QCoreApplication.instance())
    timers = [timer for holder in holders if isinstance(holder, QObject) for timer in holder.findChildren(QTimer)]
    return [timer for timer in timers if is_running(timer)]


def is_running(timer: QTimer) -> bool:
    return shiboken6.isValid(timer) and timer.isActive() and timer.interval() < SOON


def places(shown: QWidget) -> list[tuple[object, ...]]:
    """Return where everything stands that can be seen."""
    widgets = (shown, *shown.findChildren(QWidget))
    return [(type(each).__name__, id(each), each.geometry().getRect()) for each in widgets if each.isVisible()]


class PatientBot(QtBot):
    """A bot that waits a minute for a condition, and never for time to pass."""

    def waitUntil(self, callback: Callable[[], object], **_: object) -> None:
        until(callback)

    def waitSignal(self, signal: object, *, timeout: int = MILLISECONDS, **named: object) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **named)

    def waitSignals(self, signals: object, *, timeout: int = MILLISECONDS, **named: object) -> MultiSignalBlocker:
        return super().waitSignals(signals, timeout=timeout, **named)

    def wait(self, ms: int) -> NoReturn:
        raise AssertionError(f"{ms} ms are too short on a slow machine: wait for a condition")

    def assertNotEmitted(self, signal: object, **_: object) -> NoReturn:
        raise AssertionError("that nothing comes is not known by waiting: look at what would bring it")
