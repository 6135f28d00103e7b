"""Garbage is cleared away by the UI thread alone, between keys."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mild_biller.gui.safety import garbage
from mild_biller.gui.safety.garbage import Collector, clear_due


class Knot:
    """Something that only a search for garbage clears away."""

    def __init__(self) -> None:
        self.itself = self


def tied(count: int) -> "weakref.ref[Knot]":
    last = [Knot() for _ in range(count)][-1]
    return weakref.ref(last)


@pytest.fixture
def collector(qapp: object) -> Collector:
    holder = QObject()
    made = Collector(holder)
    made.setParent(None)
    return made


def test_another_thread_clears_nothing_away(collector: Collector) -> None:
    knots: list[weakref.ref[Knot]] = []
    work = threading.Thread(target=lambda: knots.append(tied(5_000)))
    work.start()
    work.join()
    assert knots[0]() is not None
    clear_due()
    assert knots[0]() is None


def test_little_is_left_for_later(collector: Collector) -> None:
    gc.collect()
    knot = tied(1)
    clear_due()
    assert knot() is not None


def test_it_is_done_by_itself(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(garbage, "EVERY", 5)
    holder = QObject()
    Collector(holder)
    knot = tied(5_000)
    qtbot.waitUntil(lambda: knot() is None)


def test_what_stays_is_searched_no_more(collector: Collector) -> None:
    try:
        collector.settle()
        assert gc.get_freeze_count() > 0
        assert not gc.isenabled()
    finally:
        gc.unfreeze()
