"""The one door for work off the UI thread: answers come back by the caller's signal, in the UI thread, in turn."""

import gc
import threading

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from pytestqt.qtbot import QtBot

from mild_biller.errors import Canceled
from mild_biller.gui import tasks
from tests.support import LIMIT, POLL


class Caller(QObject):
    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.threads: list[threading.Thread] = []
        self.came.connect(self.take)

    def take(self, told: object) -> None:
        self.told.append(told)
        self.threads.append(threading.current_thread())


def test_the_answer_comes_back_in_the_thread_of_the_caller(qtbot: QtBot) -> None:
    caller, seen = Caller(), []
    with qtbot.waitSignal(caller.came):
        tasks.start(lambda: seen.append(threading.current_thread()) or 42, tell=caller.came.emit)
    assert caller.told == [42]
    assert caller.threads == [threading.main_thread()]
    assert seen[0] is not threading.main_thread()


def test_what_goes_wrong_comes_back_too(qtbot: QtBot) -> None:
    caller = Caller()

    def fail() -> None:
        raise Canceled("Stopped.")

    with qtbot.waitSignal(caller.came):
        tasks.start(fail, tell=caller.came.emit)
    assert tasks.refusal_of(caller.told[0]) == "Stopped."
    with pytest.raises(Canceled):
        tasks.answer_of(caller.told[0])
    with pytest.raises(ZeroDivisionError):  # a mistake in the program is none of the user's
        tasks.refusal_of(ZeroDivisionError())
    assert tasks.refusal_of(b"bytes") == ""


def test_work_is_done_in_turn(qtbot: QtBot) -> None:
    caller, order = Caller(), []
    gate = threading.Event()
    tasks.start(lambda: (gate.wait(LIMIT), order.append(1)), tell=caller.came.emit)
    tasks.start(lambda: order.append(2), tell=caller.came.emit)
    gate.set()
    qtbot.waitUntil(lambda: len(caller.told) == 2)
    assert order == [1, 2]


def test_a_caller_that_is_gone_is_not_told(qtbot: QtBot) -> None:
    caller, gate = Caller(), threading.Event()
    tasks.start(lambda: gate.wait(LIMIT), tell=caller.came.emit)
    caller.deleteLater()
    QCoreApplication.sendPostedEvents(caller, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(caller)
    gate.set()
    assert tasks.settle(tasks.Lane.PAGES)
    assert caller.told == []
    del caller
    gc.collect()


def test_much_work_leaves_nothing_behind(qtbot: QtBot) -> None:
    caller = Caller()
    for number in range(500):
        tasks.start(lambda number=number: number, tell=caller.came.emit)
    qtbot.waitUntil(lambda: len(caller.told) == 500)
    assert caller.told == list(range(500))


def test_a_wish_to_stop_is_seen_by_the_work(qtbot: QtBot) -> None:
    caller, stop = Caller(), tasks.Stop()

    def work() -> str:
        while not stop.is_asked:
            threading.Event().wait(POLL)
        return "stopped"

    tasks.start(work, tell=caller.came.emit)
    stop.ask()
    qtbot.waitUntil(lambda: caller.told == ["stopped"])


def test_a_draft_does_not_wait_for_a_packet(qtbot: QtBot) -> None:
    pages, drafts, gate = Caller(), Caller(), threading.Event()
    tasks.start(lambda: gate.wait(LIMIT), tell=pages.came.emit)
    tasks.start(lambda: "kept", tell=drafts.came.emit, lane=tasks.Lane.FILES)
    qtbot.waitUntil(lambda: drafts.told == ["kept"])
    assert pages.told == []
    gate.set()
    qtbot.waitUntil(lambda: pages.told == [True])


def test_a_lane_that_is_settled_has_told_everything(qtbot: QtBot) -> None:
    caller = Caller()
    for number in range(3):
        tasks.start(lambda number=number: number, tell=caller.came.emit, lane=tasks.Lane.FILES)
    assert tasks.settle(tasks.Lane.FILES)
    assert caller.told == [0, 1, 2]
    assert tasks.settle(tasks.Lane.FILES)
