"""A window on the shipped rules, on a day that stands still; a dialog nobody expects fails the test."""

import gc
from collections.abc import Callable, Generator, Iterator
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mild_biller.appearance import Appearance
from mild_biller.core.case.model import Case
from mild_biller.gui import app, dialogs
from mild_biller.gui.claim_preview import printing
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from tests.gui.dressing import Dressed, show_case
from tests.gui.helpers import Answering
from tests.gui.shared_window import SharedWindow, make_editor, make_window
from tests.gui.waiting import MILLISECONDS, PatientBot, active

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


@pytest.fixture(autouse=True)
def coarse_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print pictures that take little memory: a page as fine as a printer's takes 130 MB."""
    monkeypatch.setattr(printing, "FINEST", 300)


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
    QApplication.setKeyboardInputInterval(MILLISECONDS)  # words are typed letter by letter, however slow the machine is


@pytest.fixture
def editor(dressed: None) -> Iterator[OpenCase]:
    made = make_editor()
    yield made
    made.deleteLater()  # with the functions that its signals call, which keep the window


@pytest.fixture
def fresh_window(editor: OpenCase, qtbot: QtBot) -> MainWindow:
    """A window of the test's own, for what cannot be put back."""
    made = make_window(editor)
    qtbot.addWidget(made, before_close_func=lambda _: editor.replace(Case()))
    return made


@pytest.fixture(scope="module")
def shared_window(dressed: None) -> Iterator[SharedWindow]:
    shared = SharedWindow()
    yield shared
    shared.throw_away()


@pytest.fixture
def window(request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    """The window of the module, on an empty case; a test that leaves something behind fails.

    A test that is marked `fresh_window` gets one of its own.
    """
    if request.node.get_closest_marker("fresh_window"):
        yield request.getfixturevalue("fresh_window")
        return
    shared: SharedWindow = request.getfixturevalue("shared_window")
    yield shared.lend()
    if request.node.stash.get(FAILED, False):
        shared.throw_away()
    elif left := shared.take_back():
        shared.throw_away()
        pytest.fail("the window is not as it was made:\n" + "\n".join(left), pytrace=False)


@pytest.fixture
def dressed_as(dressed: None, qtbot: QtBot) -> Iterator[Dressed]:
    """Return a window in given colours and size, with a case; afterwards all is as it was."""
    application = app.make_application()

    def open_as(case: str, *, appearance: Appearance = Appearance.LIGHT, text_size: int = 100) -> MainWindow:
        chosen = Settings(appearance=appearance, text_size=text_size)
        dress(application, chosen)
        editor = make_editor()
        window = MainWindow(editor, settings=chosen)
        editor.setParent(window)  # and gone with it
        qtbot.addWidget(window, before_close_func=lambda _: editor.replace(Case()))
        show_case(window, case)
        window.show()
        active(window)
        return window

    yield open_as
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    dress(application, Settings())


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for its fixtures."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)
