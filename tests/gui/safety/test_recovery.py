"""A case that nobody saved: kept while it is typed, offered after a crash, gone after a clean end."""

import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from mild_biller import files
from mild_biller.core.case.model import Case, PriorProcedure
from mild_biller.gui import app, tasks
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.dialogs import Answer, Broken, DraftAnswer
from mild_biller.gui.fields.bound_field import TYPE_AGAIN
from mild_biller.gui.safety import recovery
from mild_biller.gui.safety.recovery import NOT_KEPT, Recovery
from mild_biller.gui.tasks import Lane
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import DateShorthand, Settings
from mild_biller.store import drafts, unread
from mild_biller.store.drafts import default_folder, read
from mild_biller.store.unread import Unread
from tests.gui.helpers import Answering, cell, typed
from tests.gui.waiting import settled
from tests.support import LIMIT, example_file

pytestmark = pytest.mark.fresh_window

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from mild_biller.gui import start, tasks
from mild_biller.gui.application import bare_application
from tests.gui.waiting import settled
from tests.support import LIMIT, example_file
from tests.gui.helpers import when_open
def type_in(frame):
    window = frame.held
    window.case.open(Path(sys.argv[1]))
    window.case.write("/patient/last", "CANARY")
    window.case.write("/patient/birth_date", None)
    window.case.note_fault("/patient/birth_date", "Patient: Date of birth", "13/45")
    window.go_to_step(2)
    assert tasks.settle(tasks.Lane.FILES)
    print("typed", flush=True)
application = bare_application()
QTimer.singleShot(0, lambda: when_open(type_in))
start.open_window(None)
"""


BIRTH = "/patient/birth_date"


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.fixture
def own(window: MainWindow, tmp_path: Path) -> Recovery:
    return Recovery(window.case, folder=tmp_path / "recovery", seconds=0.02)


def left_behind(window: MainWindow, folder: Path) -> Path:
    """Leave a draft as a crash does."""
    other = Recovery(window.case, folder=folder, seconds=600)
    window.case.open(example_file("medicare-asc-2026"))
    typed(window, "/patient/last").setText("CANARY")
    assert other.keep()
    other.let_go()
    window.case.open(example_file("medicare-asc-2026"))
    return other.file


def test_what_is_typed_is_kept_soon_and_dropped_when_saved(
    window: MainWindow, own: Recovery, qtbot: QtBot, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    settled(window)  # whatever was to be kept soon is kept
    assert not own.file.exists()
    typed(window, "/patient/last").setText("OTHER")
    qtbot.waitUntil(own.file.exists)
    draft = read(own.file, catalog=window.case.catalog)
    assert (draft.case, draft.path) == (window.case.case, example_file("medicare-asc-2026"))
    window.case.save(tmp_path / "case.json")
    assert os.listdir(own.file.parent) == []


def test_the_disk_is_never_waited_for_while_somebody_types(
    window: MainWindow, own: Recovery, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_go_on, threads = Event(), []

    def slow(path: Path, content: bytes) -> None:
        threads.append(threading.current_thread())
        assert may_go_on.wait(LIMIT)
        path.write_bytes(content)

    monkeypatch.setattr(files, "_replace", slow)
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/patient/last", "FIRST")
    own.keep_soon()
    window.case.write("/patient/last", "SECOND")
    own.keep_soon()  # waits for the one in hand
    qtbot.waitUntil(lambda: len(threads) == 1)
    assert not own.file.exists()
    may_go_on.set()
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert tasks.settle(Lane.FILES)
    assert threading.main_thread() not in threads
    kept = read(own.file, catalog=window.case.catalog).case.patient
    assert kept is not None
    assert kept.last == "SECOND"


def test_what_is_written_in_the_background_never_outlives_a_save(
    window: MainWindow, own: Recovery, tmp_path: Path
) -> None:
    window.case.write("/patient/last", "OTHER")
    own.keep_soon()
    window.case.save(tmp_path / "case.json")
    assert os.listdir(own.file.parent) == []


def test_an_older_state_is_never_written_over_a_newer_one(window: MainWindow, own: Recovery) -> None:
    for last in map(str, range(20)):
        window.case.write("/patient/last", last)
        own.keep_soon()
        window.case.write("/patient/first", last)
        assert own.keep()
        assert read(own.file, catalog=window.case.catalog).case.patient == window.case.case.patient
    own.drop()


def test_a_writing_in_the_background_that_fails_is_told(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    own = app.protect(window, Settings(autosave_seconds=600))
    monkeypatch.setattr(files, "_replace", refuse)
    window.case.write("/patient/last", "OTHER")
    own.keep_soon()
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == NOT_KEPT)
    monkeypatch.undo()
    own.keep_soon()
    assert tasks.settle(Lane.FILES)
    assert own.file.exists()
    own.drop()


def test_half_a_date_is_work_that_could_be_lost(
    window: MainWindow, own: Recovery, answering: Answering, qtbot: QtBot
) -> None:
    typed(window, BIRTH).setText("13/45")
    assert window.isWindowModified()
    qtbot.waitUntil(own.file.exists)
    typed(window, BIRTH).setText("13/456")
    qtbot.waitUntil(lambda: read(own.file, catalog=window.case.catalog).unread[BIRTH].typed == "13/456")
    own.let_go()
    window.case.replace(Case())
    assert typed(window, BIRTH).text() == ""
    answering("ask_recovery", DraftAnswer.OPEN)
    recovery.offer(
        window, Recovery(window.case, folder=own.file.parent, seconds=600), may_leave=window.commands.may_leave
    )
    found = cell(window, BIRTH)
    assert found.input.text() == "13/456"  # type: ignore[union-attr]
    assert found.notice is not None
    assert window.panel.tree.findings.group(0).entries[0].path == BIRTH
    assert window.case.read(BIRTH) is None
    typed(window, BIRTH).setText("7/6/51")
    assert not window.case.faults


def test_half_a_date_survives_a_save_and_a_close(
    window: MainWindow, own: Recovery, answering: Answering, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    typed(window, BIRTH).setText("13/45")
    window.case.append("/prior_procedures", PriorProcedure())
    row = f"/prior_procedures/{len(window.case.read('/prior_procedures')) - 1}/date"
    typed(window, row).setText("2/30/26")
    asked = answering("confirm", True)
    answering("choose_case_target", tmp_path / "case.json")
    window.actions_by_name["save_as"].trigger()
    assert "Date of birth" in str(asked)
    assert "13/45" not in str(asked)
    assert window.commands.may_leave()  # nothing would be lost
    window.case.replace(Case())
    window.case.open(tmp_path / "case.json")
    assert typed(window, BIRTH).text() == "13/45"
    assert typed(window, row).text() == "2/30/26"
    assert set(window.case.faults) == {BIRTH, row}
    assert not window.isWindowModified()
    typed(window, BIRTH).setText("7/6/51")
    typed(window, row).setText("")
    window.actions_by_name["save"].trigger()
    assert os.listdir(own.file.parent) == []


def test_what_the_case_has_meanwhile_is_not_written_over(window: MainWindow, own: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    window.case.open(example_file("medicare-asc-2026"))
    window.case.save(path)
    gone = "/prior_procedures/9/date"
    unread.keep(own.file.parent, path, {BIRTH: Unread("Date of birth", "13/45"), gone: Unread("Date", "x")})
    window.case.open(path)
    assert typed(window, BIRTH).text() == "07/06/1951"
    assert not window.case.faults
    assert not window.case.is_changed


def test_a_broken_copy_of_half_a_date_is_told(window: MainWindow, own: Recovery, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    window.case.save(path)
    unread.keep(own.file.parent, path, {BIRTH: Unread("Date of birth", "13/45")})
    for file in own.file.parent.glob("*.unread"):
        file.write_bytes(b"{")
    said: list[str] = []
    own.failed.connect(said.append)
    window.case.open(path)
    assert "their copy is damaged" in said[0]


def test_half_a_date_that_cannot_be_kept_is_told_and_still_counts(
    window: MainWindow, own: Recovery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    own.failed.connect(said.append)
    typed(window, BIRTH).setText("13/45")
    monkeypatch.setattr(unread, "keep", refuse)
    window.case.save(tmp_path / "case.json")
    assert said == [NOT_KEPT]
    assert window.case.is_changed


def test_a_case_named_at_the_start_shows_it_too(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    window.case.save(path)
    unread.keep(tmp_path, path, {BIRTH: Unread("Date of birth", "13/45")})
    Recovery(window.case, folder=tmp_path, seconds=600)
    assert typed(window, BIRTH).text() == "13/45"


def test_what_has_become_readable_is_read_and_what_cannot_be_told_is_typed_anew(window: MainWindow) -> None:
    window.case.read_dates(DateShorthand.FULL_YEARS, years_ahead=10)
    birth = typed(window, BIRTH)
    birth.setText("7/6/51")
    assert window.case.faults
    window.case.read_dates(DateShorthand.SHORT_YEARS, years_ahead=10)
    assert window.case.read(BIRTH) == date(1951, 7, 6)
    assert not window.case.faults
    window.case.recover(Case(), path=None, unread={BIRTH: Unread("Date of birth", "7/6/52")})
    found = cell(window, BIRTH)
    assert found.notice is not None
    assert found.notice.text == TYPE_AGAIN


def test_undoing_everything_drops_it(window: MainWindow, own: Recovery) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    typed(window, "/patient/last").setText("OTHER")
    assert own.keep()
    window.actions_by_name["undo"].trigger()
    assert not own.file.exists()


def test_a_step_keeps_it_soon(
    window: MainWindow, answering: Answering, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    own = app.protect(window, Settings(autosave_seconds=600))
    window.case.write("/patient/last", "OTHER")
    assert not own.file.exists()
    window.go_to_step(1)
    qtbot.waitUntil(own.file.exists)
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
    assert "could not be backed up" in own.keep_and_say()
    own.drop()
    own.let_go()


@pytest.mark.parametrize("found", DraftAnswer)
def test_what_a_crash_left_is_offered(
    window: MainWindow, own: Recovery, answering: Answering, found: DraftAnswer
) -> None:
    file = left_behind(window, own.file.parent)
    asked = answering("ask_recovery", found)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert len(asked) == 1
    assert "CANARY" not in str(asked)
    assert file.exists() is (found is DraftAnswer.LATER)
    if found is DraftAnswer.OPEN:
        assert window.case.read("/patient/last") == "CANARY"
        assert window.case.path == example_file("medicare-asc-2026")
        assert window.isWindowModified()
        assert own.file.exists()
    else:
        assert window.case.read("/patient/last") == "TESTPATIENT"


def test_unsaved_work_is_asked_about_before_other_work_is_opened(
    window: MainWindow, own: Recovery, answering: Answering
) -> None:
    file = left_behind(window, own.file.parent)
    window.case.write("/patient/last", "MINE")
    answering("ask_recovery", DraftAnswer.OPEN)
    answering("ask_save", Answer.CANCEL)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert window.case.read("/patient/last") == "MINE"
    assert file.exists()


def test_broken_work_stays_until_somebody_decides(window: MainWindow, own: Recovery, answering: Answering) -> None:
    file = left_behind(window, own.file.parent)
    file.write_text('{"CANARY": ', encoding="utf-8")
    asked = answering("ask_broken", Broken.LATER)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert len(asked) == 2  # until somebody decides
    assert str(file.with_suffix(".broken")) in map(str, asked[0])
    assert "CANARY" not in str(asked)
    answering("ask_broken", Broken.KEEP)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert file.with_suffix(".broken").read_text(encoding="utf-8") == '{"CANARY": '
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert len(asked) == 2


def test_broken_work_is_thrown_away_when_somebody_says_so(
    window: MainWindow, own: Recovery, answering: Answering
) -> None:
    file = left_behind(window, own.file.parent)
    file.write_bytes(b"{")
    answering("ask_broken", Broken.THROW_AWAY)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert not list(own.file.parent.glob("*.broken"))
    assert not file.exists()


def test_broken_work_that_cannot_be_moved_is_told(
    window: MainWindow, own: Recovery, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = left_behind(window, own.file.parent)
    file.write_bytes(b"{")
    answering("ask_broken", Broken.KEEP)
    told = answering("tell", None)
    monkeypatch.setattr(drafts, "set_aside", refuse)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert "Permission denied" in str(told)
    assert file.exists()


def test_work_of_another_window_is_not_offered(window: MainWindow, own: Recovery, editor: CaseEditor) -> None:
    other = Recovery(window.case, folder=own.file.parent, seconds=600)
    window.case.write("/patient/last", "OTHER")
    assert other.keep()
    recovery.offer(window, own, may_leave=window.commands.may_leave)  # a dialog would fail
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
        [sys.executable, "-c", CHILD, str(example_file("medicare-asc-2026"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    own = Recovery(window.case, folder=default_folder(), seconds=600)
    recovery.offer(window, own, may_leave=window.commands.may_leave)  # while it lives nothing is offered
    child.kill()  # as a crash does
    _, noise = child.communicate()
    assert "CANARY" not in noise
    answering("ask_recovery", DraftAnswer.OPEN)
    recovery.offer(window, own, may_leave=window.commands.may_leave)
    assert window.case.read("/patient/last") == "CANARY"
    assert typed(window, BIRTH).text() == "13/45"
    assert sorted(os.listdir(default_folder())) == sorted([own.file.name, own.file.with_suffix(".lock").name])
    own.drop()
    assert os.listdir(default_folder()) == []


def test_a_clean_end_leaves_nothing(home: Path) -> None:
    saving = (
        'window.go_to_step(2); window.case.note_fault("/patient/birth_date", None); window.case.save(Path(sys.argv[2]))'
    )
    code = CHILD.replace("window.go_to_step(2)", saving).replace('print("typed", flush=True)', "frame.close()")
    done = subprocess.run(
        [sys.executable, "-c", code, str(example_file("medicare-asc-2026")), str(home / "case.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert os.listdir(default_folder()) == []
