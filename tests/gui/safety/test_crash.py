"""A mistake of the program: told once, the case kept, nothing typed in the dialog, on stderr or in a log."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mild_biller.gui import app
from mild_biller.gui.safety import crash
from mild_biller.gui.safety.crash import CrashReporter
from mild_biller.gui.safety.recovery import Recovery
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from mild_biller.store.drafts import read
from tests.gui.helpers import Answering
from tests.support import example_file

pytestmark = pytest.mark.fresh_window

CHILD = """
import sys
from PySide6.QtCore import QTimer
from pathlib import Path
from mild_biller.gui import dialogs, start
from mild_biller.gui.application import bare_application
from tests.gui.helpers import when_open
said = []
dialogs.tell_crash = lambda *given, **named: said.append((given[1:], named)) or False
def make_mistake(frame):
    window = frame.held
    window.case.open(Path(sys.argv[1]))
    window.case.write("/patient/last", "CANARY")
    window.case.write("/patient/CANARY", "CANARY")
application = bare_application()
QTimer.singleShot(0, lambda: when_open(make_mistake))
status = start.open_window(None)
print(said)
raise SystemExit(status)
"""


@pytest.fixture(autouse=True)
def own_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


@pytest.fixture
def own(window: MainWindow, own_hooks: None) -> Iterator[Recovery]:
    kept = app.protect(window, Settings(autosave_seconds=600))
    yield kept
    kept.drop()


def fail(window: MainWindow) -> None:
    """Make a mistake deep in our own code, with what was typed in its words."""
    try:
        window.case.write("/patient/CANARY", "CANARY")
    except LookupError:
        sys.excepthook(*sys.exc_info())


def test_a_mistake_keeps_the_case_and_tells_where(
    window: MainWindow, own: Recovery, answering: Answering, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answering("tell_crash", True)
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/patient/last", "CANARY")
    fail(window)
    qtbot.waitUntil(lambda: bool(told))
    message, kept, details = map(str, told[0])
    assert "LookupError" in message
    assert str(own.file) in kept
    assert "mild_biller/core/case/pointer.py:" in details
    assert "tests/" not in details
    assert str(Path(crash.__file__).parent) not in details
    printed = capsys.readouterr()
    assert "CANARY" not in str(told) + printed.err + printed.out
    assert not printed.err
    assert read(own.file, catalog=window.case.catalog).case == window.case.case


def test_the_same_mistake_again_is_a_line(
    window: MainWindow, own: Recovery, answering: Answering, qtbot: QtBot
) -> None:
    told = answering("tell_crash", True)
    for _ in range(3):
        fail(window)
    qtbot.waitUntil(lambda: "again (LookupError)" in window.statusBar().currentMessage())
    assert len(told) == 1
    assert "There are no unsaved changes" in str(told)


def test_the_program_can_be_closed_and_the_case_stays(
    window: MainWindow, own: Recovery, answering: Answering, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering("tell_crash", False)
    left: list[int] = []
    monkeypatch.setattr(app.QApplication, "exit", left.append)
    window.case.write("/patient/last", "CANARY")
    fail(window)
    qtbot.waitUntil(lambda: left == [crash.STATUS])
    assert own.file.exists()


def test_a_thread_and_a_finalizer_are_told_too(
    window: MainWindow, own: Recovery, answering: Answering, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answering("tell_crash", True)

    class Failing:
        def __del__(self) -> None:
            raise RuntimeError("CANARY")

    def in_thread() -> None:
        raise ValueError("CANARY")

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    Failing()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "CANARY" not in str(told) + capsys.readouterr().err


def test_a_maintainer_may_ask_for_the_traceback(
    window: MainWindow,
    own: Recovery,
    answering: Answering,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = answering("tell_crash", True)
    monkeypatch.setenv(crash.TRACEBACK_VARIABLE, "1")
    fail(window)
    qtbot.waitUntil(lambda: bool(told))
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_from_the_terminal_ends_the_program(
    window: MainWindow, own: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []
    monkeypatch.setattr(crash.QCoreApplication, "exit", left.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert left == [crash.STATUS]


def test_a_mistake_after_the_window_has_gone_is_one_line(
    window: MainWindow, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = CrashReporter(window, keep=lambda: "")
    monkeypatch.setattr(crash.shiboken6, "isValid", lambda _: False)
    reporter.take(ValueError, ValueError("CANARY"), None)
    assert capsys.readouterr().err == "mild-biller: an internal error (ValueError).\n"


def test_a_mistake_in_a_slot_of_the_real_program(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(example_file("medicare-asc-2026"))],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    noise = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, noise) == (crash.STATUS, [])
    assert "mild_biller/core/case/pointer.py" in done.stdout
    assert "CANARY" not in done.stdout
    assert [file.suffix for file in home.rglob("*.draft")] == [".draft"]
