"""A window on the shipped rules, on a day that stands still; a dialog nobody expects fails the test."""

import gc
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.gui import app, dialogs
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from tests.gui.helpers import Answering
from tests.support import TODAY

DOORS = (
    "ask_broken",
    "ask_recovery",
    "ask_save",
    "confirm",
    "tell",
    "tell_crash",
    "show_form",
    "show_page",
    "choose_case",
    "choose_case_target",
    "choose_folder",
    "choose_pdf_target",
    "choose_printer",
    "choose_table_target",
    "choose_table",
    "choose_attachments",
    "choose_form",
    "ask_password",
)


@pytest.fixture(autouse=True)
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Close every door of `dialogs`; `answering("ask_save", Answer.DISCARD)` opens one and returns its calls."""

    def refuse(name: str) -> Callable[..., object]:
        def door(*arguments: object, **named: object) -> object:
            pytest.fail(f"a dialog nobody expected: {name} {arguments[1:]} {named}")

        return door

    def answer(name: str, value: object) -> list[tuple[object, ...]]:
        calls: list[tuple[object, ...]] = []

        def door(*arguments: object, **named: object) -> object:
            calls.append((*arguments[1:], *named.values()))
            return value

        monkeypatch.setattr(dialogs, name, door)
        return calls

    for name in DOORS:
        monkeypatch.setattr(dialogs, name, refuse(name))
    return answer


WINDOWS_AT_ONCE = 8  # tests whose windows may lie about until they are cleared away: memory against time
_TESTS = count()


@pytest.fixture(autouse=True)
def nothing_cleared_away_elsewhere() -> Iterator[None]:
    """Let garbage be cleared away between tests, by this thread, as the program does between keys."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # nobody else does without an event loop
    gc.enable()
    if next(_TESTS) % WINDOWS_AT_ONCE == 0:
        gc.collect()


@pytest.fixture(scope="session")
def dressed(qapp: object) -> None:
    dress(app.make_application(), Settings())


@pytest.fixture
def editor(dressed: None) -> Iterator[CaseEditor]:
    made = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)
    yield made
    made.deleteLater()  # with the functions that its signals call, which keep the window


@pytest.fixture
def window(editor: CaseEditor, qtbot: QtBot) -> MainWindow:
    shown = MainWindow(editor, settings=Settings())
    qtbot.addWidget(shown, before_close_func=lambda _: editor.replace(Case()))
    shown.show()
    shown.activateWindow()
    qtbot.waitExposed(shown)
    return shown
