"""A case that nobody saved: kept while it is typed, offered after a crash, gone after a clean end."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from mild_biller.gui import app, recovery
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.dialogs import Answer, Found
from mild_biller.gui.main_window import MainWindow
from mild_biller.gui.recovery import NOT_KEPT, Recovery
from mild_biller.settings import Settings
from mild_biller.store.recovery import default_folder, read
from tests.gui.helpers import Answering, example, typed

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from mild_biller.gui import start
from tests.gui.helpers import when_open
def type_in(frame):
    window = frame.held
    window.case.open(Path(sys.argv[1]))
    window.case.write("/patient/last", "CANARY")
    window.go_to_step(2)
    print("typed", flush=True)
application = start.bare_application()
QTimer.singleShot(0, lambda: when_open(type_in))
start.open_window(None)
"""


@pytest.fixture
def own(window: MainWindow, tmp_path: Path) -> Recovery:
    return Recovery(window.case, folder=tmp_path / "recovery", seconds=0.02)


def left_behind(window: MainWindow, folder: Path) -> Path:
    """Leave a draft as a crash does."""
    other = Recovery(window.case, folder=folder, seconds=600)
    window.case.open(example("medicare-asc-2026"))
    typed(window, "/patient/last").setText("CANARY")
    assert other.keep()
    other.let_go()
    window.case.open(example("medicare-asc-2026"))
    return other.file


def test_what_is_typed_is_kept_soon_and_dropped_when_saved(
    window: MainWindow, own: Recovery, qtbot: QtBot, tmp_path: Path
) -> None:
    window.case.open(example("medicare-asc-2026"))
    qtbot.wait(60)
    assert not own.file.exists()
    typed(window, "/patient/last").setText("OTHER")
    qtbot.waitUntil(own.file.exists, timeout=2000)
    draft = read(own.file, catalog=window.case.catalog)
    assert (draft.case, draft.path) == (window.case.case, example("medicare-asc-2026"))
    window.case.save(tmp_path / "case.json")
    assert os.listdir(own.file.parent) == []


def test_undoing_everything_drops_it(window: MainWindow, own: Recovery) -> None:
    window.case.open(example("medicare-asc-2026"))
    typed(window, "/patient/last").setText("OTHER")
    assert own.keep()
    window.actions_by_name["undo"].trigger()
    assert not own.file.exists()


def test_a_step_keeps_it_at_once(window: MainWindow, answering: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    own = app.protect(window, Settings(autosave_seconds=600))
    window.case.write("/patient/last", "OTHER")
    assert not own.file.exists()
    window.go_to_step(1)
    assert own.file.exists()
    answering("ask_save", Answer.DISCARD)
    window.closeEvent(QCloseEvent())
    assert os.listdir(own.file.parent) == []


def test_a_close_that_is_called_off_keeps_it(window: MainWindow, own: Recovery, answering: Answering) -> None:
    window.left.connect(own.drop)
    window.case.write("/patient/last", "OTHER")
    own.keep()
    answering("ask_save", Answer.CANCEL)
    window.closeEvent(QCloseEvent())
    assert own.file.exists()


def test_a_place_that_cannot_be_written_is_told_once(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "recovery").write_bytes(b"a file in its place")
    own = Recovery(window.case, folder=tmp_path / "recovery", seconds=600)
    said: list[str] = []
    own.failed.connect(said.append)
    window.case.write("/patient/last", "CANARY")
    assert not own.keep()
    assert not own.keep()
    assert said == [NOT_KEPT]
    assert "could not be kept" in own.keep_and_say()
    own.drop()
    own.let_go()


@pytest.mark.parametrize("found", Found)
def test_what_a_crash_left_is_offered(window: MainWindow, own: Recovery, answering: Answering, found: Found) -> None:
    file = left_behind(window, own.file.parent)
    asked = answering("ask_recovery", found)
    recovery.offer(window, own)
    assert len(asked) == 1
    assert "CANARY" not in str(asked)
    assert file.exists() is (found is Found.LATER)
    if found is Found.OPEN:
        assert window.case.read("/patient/last") == "CANARY"
        assert window.case.path == example("medicare-asc-2026")
        assert window.isWindowModified()
        assert own.file.exists()
    else:
        assert window.case.read("/patient/last") == "TESTPATIENT"


def test_unsaved_work_is_asked_about_before_other_work_is_opened(
    window: MainWindow, own: Recovery, answering: Answering
) -> None:
    file = left_behind(window, own.file.parent)
    window.case.write("/patient/last", "MINE")
    answering("ask_recovery", Found.OPEN)
    answering("ask_save", Answer.CANCEL)
    recovery.offer(window, own)
    assert window.case.read("/patient/last") == "MINE"
    assert file.exists()


def test_broken_work_is_told_and_left_aside(window: MainWindow, own: Recovery, answering: Answering) -> None:
    file = left_behind(window, own.file.parent)
    file.write_text('{"CANARY": ', encoding="utf-8")
    told = answering("tell", None)
    recovery.offer(window, own)
    assert "cannot be read" in str(told)
    assert "CANARY" not in str(told)
    assert file.with_suffix(".broken").exists()
    recovery.offer(window, own)
    assert len(told) == 1


def test_work_of_another_window_is_not_offered(window: MainWindow, own: Recovery, editor: CaseEditor) -> None:
    other = Recovery(window.case, folder=own.file.parent, seconds=600)
    window.case.write("/patient/last", "OTHER")
    assert other.keep()
    recovery.offer(window, own)  # a dialog would fail
    other.drop()


def test_the_first_start_says_where_it_lies(tmp_path: Path) -> None:
    said = recovery.first_words(tmp_path / "recovery")
    assert str(tmp_path / "recovery") in said
    assert "not encrypted" in said
    (tmp_path / "recovery").mkdir()
    assert recovery.first_words(tmp_path / "recovery") == ""


def test_the_line_of_the_first_start_goes_when_it_is_read(window: MainWindow) -> None:
    window.news.say("Read me.")
    assert window.news.isVisible()
    window.news.button.click()
    assert not window.news.isVisible()


def test_a_killed_program_loses_nothing(window: MainWindow, answering: Answering) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(example("medicare-asc-2026"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    own = Recovery(window.case, folder=default_folder(), seconds=600)
    recovery.offer(window, own)  # while it lives nothing is offered
    child.kill()
    _, noise = child.communicate()
    assert "CANARY" not in noise
    time.sleep(0.05)
    answering("ask_recovery", Found.OPEN)
    recovery.offer(window, own)
    assert window.case.read("/patient/last") == "CANARY"
    assert sorted(os.listdir(default_folder())) == sorted([own.file.name, own.file.with_suffix(".lock").name])
    own.drop()
    assert os.listdir(default_folder()) == []


def test_a_clean_end_leaves_nothing(home: Path) -> None:
    code = CHILD.replace("window.go_to_step(2)", "window.go_to_step(2); window.case.save(Path(sys.argv[2]))").replace(
        'print("typed", flush=True)', "frame.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(example("medicare-asc-2026")), str(home / "case.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert os.listdir(default_folder()) == []
