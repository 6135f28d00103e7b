"""The worklist at the left: a folder of case files in groups, searched, opened and worked through by the keyboard."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mild_biller import settings
from mild_biller.appearance import Appearance
from mild_biller.gui import app, dialogs, tasks
from mild_biller.gui.commands.worklist_commands import NO_FOLDER
from mild_biller.gui.dialogs import Answer
from mild_biller.gui.safety.idle import IdleCover
from mild_biller.gui.settings.settings_controller import SettingsController
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.style.tone_marks import mark_side
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.gui.worklist import worklist_reader
from mild_biller.gui.worklist.worklist import EMPTY, NOTHING_FITS, Worklist
from mild_biller.gui.worklist.worklist_reader import WorklistReader
from mild_biller.gui.worklist.worklist_tree import BAR, EDGE
from mild_biller.presentation.worklist_rows import Heap
from mild_biller.settings import Settings
from mild_biller.store import case_folder, printed
from tests.gui.helpers import Answering, Keyboard, typed
from tests.gui.shared_window import SharedWindow
from tests.gui.sight import RING
from tests.gui.sight import changed as differing
from tests.gui.waiting import settled
from tests.hospital.examples import both
from tests.support import changed, example, written

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "a.json": ("medicare-asc-2026", {"/patient/last": "ABBOT"}),
    "b.json": ("medicare-letter-o", {"/patient/last": "BAKER"}),
    "c.json": ("premera-commercial-2026", {"/patient/last": "ČERNÝ", "/procedure/date_of_service": "2026-03-09"}),
    "d.json": ("medicare-2025-old-code", {"/patient/last": "DUNN"}),
}


@pytest.fixture(scope="module")
def shared_window(dressed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedWindow]:
    """A window that has had a work folder before."""
    shared = SharedWindow(lambda window: window.worklist.use(str(tmp_path_factory.mktemp("before"))))
    yield shared
    shared.throw_away()


@pytest.fixture
def office(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[SettingsController]:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield app.furnish(window, Settings(), app.protect(window, Settings()))
    window.worklist.leave()
    tasks.finish()
    dress(qapp, Settings())
    cover = window.findChild(IdleCover)
    assert cover is not None
    qapp.removeEventFilter(cover)


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A work folder with two cases that need work and two that are ready."""
    made = tmp_path / "cases"
    made.mkdir()
    for name, (base, changes) in CASES.items():
        written(made, changed(example(base), changes), name)
    return made


@pytest.fixture
def pane(window: MainWindow, folder: Path, qtbot: QtBot) -> Worklist:
    """The worklist over that folder, read."""
    window.worklist.use(str(folder))
    settle(window, qtbot)
    assert window.worklist.pane is not None
    return window.worklist.pane


def reader_of(window: MainWindow) -> WorklistReader:
    assert window.worklist.pane is not None
    return window.worklist.pane.reader


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the folder is read, as it is now."""
    reader = reader_of(window)
    with qtbot.waitSignal(reader.changed):
        reader.refresh()
    qtbot.waitUntil(lambda: reader.progress[0] == reader.progress[1])


def shown(pane: Worklist) -> dict[str, list[str]]:
    """Return the names of the files in each group that has any, in their order."""
    groups = pane.tree.worklist.groups
    return {str(group.heap): [item.path.name for item in group.items] for group in groups if group.items}


def titles(pane: Worklist) -> list[str]:
    """Return what stands above the groups that can be seen."""
    model = pane.tree.worklist
    places = [place for place in range(model.rowCount()) if not pane.tree.isRowHidden(place, QModelIndex())]
    return [str(model.index(place, 0).data()) for place in places]


def said(pane: Worklist, name: str) -> str:
    """Return what a screen reader says of a case file."""
    index = next(
        pane.tree.worklist.index_of(item.path)
        for group in pane.tree.worklist.groups
        for item in group.items
        if item.path.name == name
    )
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def stands_in(window: MainWindow, qtbot: QtBot, name: str, heap: Heap) -> None:
    """Wait until a case file stands in a group, without anybody asking for it."""
    pane = window.worklist.pane
    assert pane is not None
    qtbot.waitUntil(lambda: name in shown(pane).get(heap, []))


def to_paper(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """Let the next print go into a file."""

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(dialogs, "choose_printer", choose)


# Without a folder


@pytest.mark.fresh_window
@pytest.mark.usefixtures("office")
def test_without_a_folder_the_window_is_as_it_was(window: MainWindow, keyboard: Keyboard) -> None:
    assert window.worklist.pane is None
    assert window._split.count() == 2
    for keys in ("Ctrl+F", "F2", "F5"):
        window.statusBar().clearMessage()
        keyboard.press(keys)
        assert window.statusBar().currentMessage().startswith(NO_FOLDER)
    window.actions_by_name["close_folder"].trigger()
    assert window.worklist.pane is None


@pytest.mark.fresh_window
@pytest.mark.usefixtures("office")
def test_nobody_chooses_a_folder(window: MainWindow, keyboard: Keyboard, answering: Answering) -> None:
    answering("choose_folder", None)
    keyboard.press("Ctrl+Shift+O")
    assert window.worklist.pane is None
    assert not settings.default_file().exists()


# Journeys


@pytest.mark.fresh_window
@pytest.mark.usefixtures("office")
def test_a_day_s_work_by_the_keyboard(
    window: MainWindow, keyboard: Keyboard, answering: Answering, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    answering("choose_folder", folder)
    keyboard.press("Ctrl+Shift+O")
    pane = window.worklist.pane
    assert pane is not None
    stands_in(window, qtbot, "b.json", Heap.NEEDS_WORK)
    qtbot.waitUntil(lambda: titles(pane) == ["Needs work: 2", "Ready: 2", "Printed: 0"])
    assert settings.load(settings.default_file()).settings.work_folder == str(folder)
    assert keyboard.name == "Search the worklist"

    keyboard.write("bak")
    assert titles(pane) == ["Needs work: 1 of 2", "Ready: 0 of 2", "Printed: 0"]
    keyboard.press("Return")
    assert window.case.path == folder / "b.json"
    assert "open in the window" in said(pane, "b.json")
    assert not pane.isAncestorOf(keyboard.place)

    keyboard.press("F8")
    keyboard.write("Q0")
    keyboard.go_on()
    assert not window.case.review.errors
    assert shown(pane)[Heap.NEEDS_WORK] == ["b.json"]  # not yet saved
    keyboard.press("Ctrl+S")
    stands_in(window, qtbot, "b.json", Heap.READY)

    claim = tmp_path / "claim.pdf"
    answering("choose_pdf_target", claim)
    keyboard.press("Ctrl+E")
    assert claim.exists()
    stands_in(window, qtbot, "b.json", Heap.PRINTED)
    assert "printed 03/12/2026" in said(pane, "b.json")

    keyboard.press("Ctrl+1")
    keyboard.fill({"Middle": "Z"})
    keyboard.press("Ctrl+S")
    stands_in(window, qtbot, "b.json", Heap.READY)
    assert "printed" not in said(pane, "b.json")


def test_a_claim_printed_before_it_is_saved_counts_once_it_is(
    window: MainWindow,
    keyboard: Keyboard,
    answering: Answering,
    pane: Worklist,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    to_paper(monkeypatch, tmp_path / "paper.pdf")
    window.case.open(folder / "a.json")
    typed(window, "/patient/first").setText("OTHER")
    keyboard.press("Ctrl+P")
    assert not printed.default_file().exists()
    keyboard.press("Ctrl+S")
    stands_in(window, qtbot, "a.json", Heap.PRINTED)
    typed(window, "/patient/first").setText("ANOTHER")
    keyboard.press("Ctrl+S")
    stands_in(window, qtbot, "a.json", Heap.READY)
    keyboard.press("Ctrl+Z")
    keyboard.press("Ctrl+S")
    stands_in(window, qtbot, "a.json", Heap.PRINTED)


def test_a_new_case_is_saved_in_the_work_folder_and_appears(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    keyboard.press("Ctrl+N")
    typed(window, "/patient/last").setText("EVANS")
    (folder / "case.json").write_bytes(b"{}")
    asked = answering("choose_case_target", folder / "case-2.json")
    keyboard.press("Ctrl+S")
    assert asked == [(folder / "case-2.json",)]
    stands_in(window, qtbot, "case-2.json", Heap.NEEDS_WORK)
    assert "open in the window" in said(pane, "case-2.json")


@pytest.mark.fresh_window
def test_the_list_is_walked_and_a_case_opened_from_it(
    window: MainWindow, keyboard: Keyboard, pane: Worklist, folder: Path
) -> None:
    keyboard.press("Ctrl+F")
    keyboard.press("Down")
    assert keyboard.place is pane.tree
    assert pane.tree.worklist.item(pane.tree.currentIndex()).path.name == "c.json"
    keyboard.press("Down")
    keyboard.press("Return")
    assert window.case.path == folder / "b.json"
    keyboard.press("Ctrl+F")
    keyboard.press("Return")  # nothing typed: into the list, where the cursor was
    assert keyboard.place is pane.tree
    keyboard.press("Up", times=2)
    assert pane.tree.currentIndex().data() == "Needs work: 2"
    keyboard.press("Return")
    assert not pane.tree.isExpanded(pane.tree.currentIndex())
    keyboard.press("Right")
    assert pane.tree.isExpanded(pane.tree.currentIndex())
    keyboard.press("Left")
    assert not pane.tree.isExpanded(pane.tree.currentIndex())


@pytest.mark.fresh_window
def test_a_double_click_opens_and_one_on_a_title_closes_it(
    window: MainWindow, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    tree = pane.tree
    place = tree.visualRect(tree.worklist.index_of(folder / "a.json")).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.case.path is None
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.case.path == folder / "a.json"
    title = tree.worklist.index(1, 0)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(title).center())
    assert not tree.isExpanded(title)


# Opening


def test_unsaved_changes_are_asked_about(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path
) -> None:
    window.case.open(folder / "a.json")
    typed(window, "/patient/last").setText("OTHER")
    asked = answering("ask_save", Answer.CANCEL)
    keyboard.press("Ctrl+F")
    keyboard.write("baker")
    keyboard.press("Return")
    assert len(asked) == 1
    assert window.case.path == folder / "a.json"
    assert window.case.read("/patient/last") == "OTHER"
    answering("ask_save", Answer.DISCARD)
    keyboard.press("Return")
    assert window.case.path == folder / "b.json"


def test_the_open_case_is_only_gone_to(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path
) -> None:
    window.case.open(folder / "a.json")
    typed(window, "/patient/last").setText("OTHER")
    keyboard.press("Ctrl+F")
    keyboard.write("a.json")
    keyboard.press("Return")  # and no question
    assert window.case.read("/patient/last") == "OTHER"
    assert not pane.isAncestorOf(keyboard.place)
    written(folder, example(), "a.json")  # by another program
    asked = answering("ask_save", Answer.CANCEL)
    keyboard.press("Ctrl+F")
    keyboard.press("Return")
    assert len(asked) == 1


def test_a_file_that_is_gone_or_broken_is_told_and_nothing_lost(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    window.case.open(folder / "a.json")
    reader_of(window)._watcher.removePath(str(folder))  # as on a disk of the network
    (folder / "b.json").unlink()
    told = answering("tell", None)
    keyboard.press("Ctrl+F")
    keyboard.write("baker")
    keyboard.press("Return")
    assert "cannot be read" in str(told[0])
    assert window.case.path == folder / "a.json"
    qtbot.waitUntil(lambda: "b.json" not in str(shown(pane)))


@pytest.mark.parametrize("place", ["elsewhere", "linked"])
def test_the_case_that_is_open_is_marked_wherever_it_was_opened(
    window: MainWindow, pane: Worklist, folder: Path, tmp_path: Path, place: str
) -> None:
    other = tmp_path / place
    if place == "linked":
        other.symlink_to(folder, target_is_directory=True)
    else:
        other.mkdir()
        written(other, example(), "a.json")
    window.case.open(other / "a.json")
    assert ("open in the window" in said(pane, "a.json")) is (place == "linked")
    window.actions_by_name["new"].trigger()
    assert "open in the window" not in said(pane, "a.json")


# What is printed


def test_a_draft_is_not_printed(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, tmp_path: Path
) -> None:
    window.case.open(folder / "b.json")
    answering("confirm", True)
    answering("choose_pdf_target", tmp_path / "draft.pdf")
    keyboard.press("Ctrl+E")
    assert (tmp_path / "draft.pdf").exists()
    assert not printed.default_file().exists()


def test_what_was_not_written_or_printed_is_not_noted(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, tmp_path: Path
) -> None:
    window.case.open(folder / "a.json")
    answering("choose_pdf_target", tmp_path / "missing" / "claim.pdf")
    answering("tell", None)
    keyboard.press("Ctrl+E")
    answering("choose_printer", False)
    keyboard.press("Ctrl+P")
    assert not printed.default_file().exists()


def test_nothing_of_the_patient_is_written_down(
    window: MainWindow,
    keyboard: Keyboard,
    answering: Answering,
    pane: Worklist,
    folder: Path,
    tmp_path: Path,
    home: Path,
) -> None:
    window.case.open(folder / "a.json")
    answering("choose_pdf_target", folder / "claim.pdf")
    keyboard.press("Ctrl+E")
    keyboard.press("Ctrl+F")
    keyboard.write("ABBOT")
    kept = [each.read_bytes() for each in home.rglob("*") if each.is_file() and each.suffix != ".lock"]
    assert printed.default_file().read_bytes() in kept
    assert not [content for content in kept if b"ABBOT" in content]
    assert "ABBOT" not in window.windowTitle()
    assert "ABBOT" not in window.statusBar().currentMessage()


def test_that_it_could_not_be_noted_is_said(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, tmp_path: Path
) -> None:
    window.case.open(folder / "a.json")
    printed.default_file().mkdir(parents=True)
    answering("choose_pdf_target", tmp_path / "claim.pdf")
    keyboard.press("Ctrl+E")
    assert (tmp_path / "claim.pdf").exists()
    assert "could not be recorded" in window.statusBar().currentMessage()


def test_what_was_printed_is_not_known_says_so(window: MainWindow, pane: Worklist, qtbot: QtBot) -> None:
    printed.default_file().parent.mkdir(parents=True, exist_ok=True)
    printed.default_file().write_bytes(b"{")
    settle(window, qtbot)
    assert pane.said.text() == "Printed claims are unknown: printed.json is damaged."


def test_a_case_with_two_claims_is_printed_once_both_are(
    window: MainWindow,
    keyboard: Keyboard,
    answering: Answering,
    pane: Worklist,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    written(folder, both(), "both.json")
    stands_in(window, qtbot, "both.json", Heap.READY)
    window.case.open(folder / "both.json")
    answering("choose_pdf_target", folder / "claim.pdf")
    keyboard.press("Ctrl+E")
    qtbot.waitUntil(lambda: "1 of 2 claims printed 03/12/2026" in said(pane, "both.json"))
    assert "both.json" in shown(pane)[Heap.READY]
    window.preview._which.setCurrentIndex(1)
    keyboard.press("Ctrl+E")
    stands_in(window, qtbot, "both.json", Heap.PRINTED)


# Searching


FOUND = {
    "": ["c.json", "b.json", "d.json", "a.json"],
    "abbot": ["a.json"],
    "ALMA": ["c.json", "b.json", "d.json", "a.json"],
    "alma abbot": ["a.json"],
    "abbot, alma": ["a.json"],
    "cerny": ["c.json"],
    "premera": ["c.json"],
    "D.JSON": ["d.json"],
    "03/09/2026": ["c.json"],
    "3/9/26": ["c.json"],
    "03092026": ["c.json"],
    "030926": ["c.json"],
    "2026-03-09": ["c.json"],
    "0310 medicare": ["b.json", "a.json"],
    "<b> .* \\ %": [],
    "   ": ["c.json", "b.json", "d.json", "a.json"],
}


def test_the_search_finds_by_name_date_payer_and_file(pane: Worklist) -> None:
    for typed_words, found in FOUND.items():
        pane.search.setText(typed_words)
        names = [name for group in shown(pane).values() for name in group]
        assert (typed_words, names) == (typed_words, found)
        assert pane.said.text() == ("" if found else NOTHING_FITS)


@pytest.mark.fresh_window
def test_a_search_opens_every_group_and_gives_them_back(
    window: MainWindow,
    keyboard: Keyboard,
    answering: Answering,
    pane: Worklist,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    window.case.open(folder / "a.json")
    answering("choose_pdf_target", folder / "claim.pdf")
    keyboard.press("Ctrl+E")
    stands_in(window, qtbot, "a.json", Heap.PRINTED)
    tree = pane.tree
    assert [tree.isExpanded(tree.worklist.index(place, 0)) for place in range(3)] == [True, True, False]
    tree.collapse(tree.worklist.index(0, 0))
    keyboard.press("Ctrl+F")
    keyboard.write("abbot")
    assert tree.isExpanded(tree.worklist.index(2, 0))
    keyboard.press("Escape")
    assert pane.search.text() == ""
    assert [tree.isExpanded(tree.worklist.index(place, 0)) for place in range(3)] == [False, True, False]
    keyboard.press("Escape")


def test_enter_in_a_search_that_finds_nothing_opens_nothing(
    window: MainWindow, keyboard: Keyboard, pane: Worklist
) -> None:
    keyboard.press("Ctrl+F")
    keyboard.write("nobody")
    keyboard.press("Return")
    assert window.case.path is None


# The folder changes


def test_a_file_of_another_program_appears_and_goes_by_itself(
    window: MainWindow, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    written(folder, changed(example(), {"/patient/last": "FRANK"}), "f.json")
    stands_in(window, qtbot, "f.json", Heap.READY)
    (folder / "f.json").write_bytes(b"{")
    settle(window, qtbot)
    assert titles(pane)[3] == "Could not be read: 1"
    assert "not JSON" in said(pane, "f.json")
    (folder / "f.json").unlink()
    qtbot.waitUntil(lambda: Heap.UNREADABLE not in shown(pane))
    assert len(titles(pane)) == 3


def test_f5_looks_again_and_reads_only_what_changed(
    window: MainWindow, keyboard: Keyboard, pane: Worklist, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    read: list[str] = []
    real = case_folder.read_row

    def note(found: case_folder.FoundFile, *, rules: case_folder.ReviewRules) -> case_folder.CaseRow | None:
        read.append(found.path.name)
        return real(found, rules=rules)

    monkeypatch.setattr(case_folder, "read_row", note)
    content = (folder / "a.json").read_text().replace("ABBOT", "ADAMS")
    reader_of(window)._watcher.removePath(str(folder))
    (folder / "a.json").write_text(content)
    with qtbot.waitSignal(reader_of(window).changed):
        keyboard.press("F5")
    qtbot.waitUntil(lambda: "ADAMS" in said(pane, "a.json"))
    assert read == ["a.json"]


def test_a_folder_that_tells_of_no_change_is_looked_at_from_time_to_time(
    window: MainWindow, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    reader = reader_of(window)
    reader._watcher.removePath(str(folder))
    assert reader._clock.isActive()
    reader._clock.setInterval(1)
    (folder / "a.json").write_bytes(b"{")
    stands_in(window, qtbot, "a.json", Heap.UNREADABLE)


def test_on_another_day_everything_is_reviewed_anew(
    window: MainWindow, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    written(folder, changed(example(), {"/procedure/date_of_service": "2026-03-13"}), "ahead.json")
    stands_in(window, qtbot, "ahead.json", Heap.NEEDS_WORK)
    assert "the date of service is in the future" in said(pane, "ahead.json")
    window.case.clock = lambda: date(2026, 3, 13)
    settle(window, qtbot)
    assert "ahead.json" in shown(pane)[Heap.READY]


def test_a_folder_that_goes_says_so_and_comes_back(
    window: MainWindow, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    folder.rename(folder.with_name("away"))
    settle(window, qtbot)
    assert "The work folder could not be read" in pane.said.text()
    assert not shown(pane)
    folder.with_name("away").rename(folder)
    settle(window, qtbot)
    assert not pane.said.text()
    assert len(shown(pane)[Heap.READY]) == 2
    written(folder, example(), "new.json")  # and it is watched again
    stands_in(window, qtbot, "new.json", Heap.READY)


def test_an_empty_folder_teaches(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.worklist.use(str(tmp_path))
    settle(window, qtbot)
    pane = window.worklist.pane
    assert pane is not None
    assert pane.said.text() == EMPTY
    assert titles(pane) == ["Needs work: 0", "Ready: 0", "Printed: 0"]


@pytest.mark.skipif(os.name == "nt", reason="Windows wants rights for links and has no pipes")
def test_junk_in_the_folder_is_met_with_a_line_each(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    with (folder / "huge.json").open("wb") as file:
        file.truncate(50_000_000)
    (folder / "folder.json").mkdir()
    os.symlink("loop.json", folder / "loop.json")
    os.mkfifo(folder / "pipe.json")
    (folder / "<b>bold.json").write_bytes(b"\0")
    settle(window, qtbot)
    unreadable = shown(pane)[Heap.UNREADABLE]
    assert unreadable == ["<b>bold.json", "folder.json", "huge.json", "loop.json", "pipe.json"]
    assert all(len(said(pane, name).split("; ", 1)[1]) > 5 for name in unreadable)
    tip = pane.tree.worklist.index_of(folder / "<b>bold.json").data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    told = answering("tell", None)
    keyboard.press("Ctrl+F")
    keyboard.write("huge")
    keyboard.press("Return")
    assert "too large" in str(told[0])


# Reading many


def test_many_files_are_read_a_few_at_a_time_and_the_count_is_shown(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(worklist_reader, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(worklist_reader, "SHOW_EVERY", 0)
    lines: list[str] = []
    window.worklist.use(str(folder))
    pane = window.worklist.pane
    assert pane is not None
    reader_of(window).changed.connect(lambda: lines.append(pane.said.text()))
    qtbot.waitUntil(lambda: titles(pane)[:2] == ["Needs work: 2", "Ready: 2"])
    assert lines[-5:] == [
        "Reading 0 of 4 case files…",
        "Reading 1 of 4 case files…",
        "Reading 2 of 4 case files…",
        "Reading 3 of 4 case files…",
        "",
    ]


def test_other_work_is_not_kept_waiting_for_the_whole_folder(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    order: list[str] = []
    monkeypatch.setattr(worklist_reader, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(worklist_reader, "SHOW_EVERY", 0)

    def ask_in_between() -> None:
        order.append("rows")
        if len(order) == 1:
            tasks.start(lambda: None, tell=lambda _: order.append("page"))

    window.worklist.use(str(folder))
    reader_of(window).changed.connect(ask_in_between)
    qtbot.waitUntil(lambda: len(order) == 6)
    assert order.index("page") < 4


def test_another_folder_ends_the_reading_of_the_first(
    window: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(worklist_reader, "MOST_AT_ONCE", 1)
    other = tmp_path / "other"
    other.mkdir()
    written(other, example(), "one.json")
    window.worklist.use(str(folder))
    qtbot.waitUntil(lambda: reader_of(window).progress[1] == len(CASES))
    window.worklist.use(str(other))
    settle(window, qtbot)
    pane = window.worklist.pane
    assert pane is not None
    assert shown(pane) == {Heap.READY: ["one.json"]}


@pytest.mark.slow
def test_two_thousand_files(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    content = json.dumps(example())
    for number in range(2_000):
        (tmp_path / f"{number:04}.json").write_text(content.replace("TESTPATIENT", f"TEST{number:04}"))
    window.worklist.use(str(tmp_path))
    pane = window.worklist.pane
    assert pane is not None
    qtbot.waitUntil(lambda: titles(pane)[1] == "Ready: 2,000")
    pane.search.setText("test1234")
    assert shown(pane) == {Heap.READY: ["1234.json"]}


@pytest.mark.fresh_window
@pytest.mark.usefixtures("office")
def test_a_mistake_of_the_program_ends_the_reading_and_is_told(
    window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, answering: Answering
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(worklist_reader, "read_rows", fail)
    told = answering("tell_crash", False)
    with qtbot.captureExceptions() as caught:
        window.worklist.use(str(folder))
        qtbot.waitUntil(lambda: bool(told or caught))
    pane = window.worklist.pane
    assert pane is not None
    assert not pane.said.text().startswith("Reading")


# Showing and hiding


def test_the_pane_is_hidden_and_shown(window: MainWindow, keyboard: Keyboard, pane: Worklist) -> None:
    assert pane.isVisible()
    keyboard.press("F2")
    assert not pane.isVisible()
    keyboard.press("F2")
    assert pane.isVisible()
    keyboard.press("F2")
    keyboard.press("Ctrl+F")
    assert pane.isVisible()
    assert keyboard.place is pane.search


def test_the_form_alone_has_all_the_room(window: MainWindow, keyboard: Keyboard, pane: Worklist, folder: Path) -> None:
    window.case.open(folder / "a.json")
    keyboard.press("F9")
    assert not pane.isVisible()
    keyboard.press("F9")
    assert pane.isVisible()
    keyboard.press("F2")
    keyboard.press("F9", times=2)
    assert not pane.isVisible()
    keyboard.press("F9")
    keyboard.press("F2")
    assert pane.isVisible()


@pytest.mark.fresh_window
@pytest.mark.usefixtures("office")
def test_the_folder_is_closed_and_chosen_anew(
    window: MainWindow, keyboard: Keyboard, answering: Answering, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    window.actions_by_name["close_folder"].trigger()
    assert not pane.isVisible()
    assert reader_of(window)._watcher.directories() == []
    assert settings.load(settings.default_file()).settings.work_folder == ""
    assert window.commands.home is None
    asked = answering("choose_folder", folder)
    keyboard.press("Ctrl+Shift+O")
    assert asked == [(None,)]
    assert pane.isVisible()
    stands_in(window, qtbot, "a.json", Heap.READY)


@pytest.mark.fresh_window
def test_the_folder_is_there_at_the_next_start(
    window: MainWindow, office: SettingsController, folder: Path, qtbot: QtBot
) -> None:
    office.change(Settings(work_folder=str(folder)))
    assert window.worklist.pane is not None
    stands_in(window, qtbot, "a.json", Heap.READY)


def test_nothing_is_looked_at_while_the_pane_is_hidden(
    window: MainWindow, keyboard: Keyboard, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    reader = reader_of(window)
    keyboard.press("F2")
    heard: list[str] = []
    reader.changed.connect(lambda: heard.append("changed"))
    with qtbot.waitSignal(reader._watcher.directoryChanged):
        written(folder, example(), "new.json")
    assert not any(timer.isActive() for timer in (reader._clock, reader._pause))  # so nothing brings a look
    settled(window)
    assert not heard
    keyboard.press("F2")
    stands_in(window, qtbot, "new.json", Heap.READY)


@pytest.mark.fresh_window
def test_the_list_is_hidden_with_the_case(
    window: MainWindow, office: SettingsController, pane: Worklist, keyboard: Keyboard, qtbot: QtBot
) -> None:
    keyboard.press("Ctrl+F")
    office.change(Settings(idle_minutes=1, work_folder=str(window.worklist.folder)))
    cover = window.findChild(IdleCover)
    assert cover is not None
    cover.cover()
    assert not pane.isVisible()
    assert [each.text() for each in window.findChildren(QLabel) if each.isVisible()] == [cover.label.text()]
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not cover.is_covering
    assert pane.isVisible()


@pytest.mark.fresh_window
def test_reading_ends_as_the_window_closes(window: MainWindow, pane: Worklist) -> None:
    window.close()
    reader = reader_of(window)
    assert not any(timer.isActive() for timer in (reader._clock, reader._pause))
    assert reader._stop.is_asked


# For those who see little or nothing


def test_every_part_says_what_it_is(pane: Worklist) -> None:
    assert pane.search.accessibleName() == "Search the worklist"
    assert pane.tree.accessibleName() == "Worklist"
    assert said(pane, "b.json") == "BAKER, ALMA, Q; 03/10/2026; Medicare; 1 finding must be fixed; b.json"
    assert "; 1 finding needs review; " in said(pane, "c.json")


@pytest.mark.fresh_window
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_cursor_can_be_seen_on_a_case_and_on_a_title(
    window: MainWindow, office: SettingsController, pane: Worklist, appearance: Appearance, qtbot: QtBot
) -> None:
    office.change(Settings(appearance=appearance, work_folder=str(window.worklist.folder)))
    tree = pane.tree

    def picture(row: QModelIndex) -> QImage:
        QApplication.processEvents()
        return tree.viewport().grab(tree.visualRect(row)).toImage()

    for row in (tree.worklist.index(1, 0), tree.worklist.index(0, 0, tree.worklist.index(0, 0))):
        tree.setCurrentIndex(row)
        pane.search.setFocus()
        before = picture(row)
        tree.setFocus()
        assert differing(before, picture(row)) >= RING


def test_tab_comes_to_the_list_and_leaves_it(window: MainWindow, keyboard: Keyboard, pane: Worklist) -> None:
    keyboard.press("Ctrl+F")
    keyboard.press("Tab")
    assert keyboard.place is pane.tree
    assert pane.tree.currentIndex().isValid()
    keyboard.press("Tab")
    assert not pane.isAncestorOf(keyboard.place)
    keyboard.press("Shift+Tab", times=2)
    assert keyboard.place is pane.search


@pytest.mark.fresh_window
def test_the_window_with_the_list_fits_a_small_screen_at_twice_the_size(
    window: MainWindow, office: SettingsController, pane: Worklist, qtbot: QtBot
) -> None:
    office.change(Settings(text_size=200, work_folder=str(window.worklist.folder)))
    settled(window)
    assert window.minimumSizeHint().width() <= 1280
    height = pane.tree.visualRect(pane.tree.worklist.index(0, 0)).height()
    assert height >= 2 * pane.fontMetrics().height()


@pytest.mark.fresh_window
def test_a_chosen_case_stays_chosen_while_the_list_changes(
    window: MainWindow, keyboard: Keyboard, pane: Worklist, folder: Path, qtbot: QtBot
) -> None:
    tree = pane.tree
    tree.setCurrentIndex(tree.worklist.index_of(folder / "d.json"))
    written(folder, changed(example(), {"/patient/last": "AARON"}), "z.json")
    stands_in(window, qtbot, "z.json", Heap.READY)
    assert tree.worklist.item(tree.currentIndex()).path.name == "d.json"
    tree.collapse(tree.worklist.index(1, 0))
    tree.setCurrentIndex(tree.worklist.index_of(folder / "b.json"))
    written(folder, example(), "b.json")  # ready from now on, in a group that is closed
    settle(window, qtbot)
    assert tree.currentIndex() == tree.worklist.index(1, 0)
    assert not tree.isExpanded(tree.currentIndex())
    tree.setCurrentIndex(tree.worklist.index_of(folder / "c.json"))
    (folder / "c.json").unlink()
    qtbot.waitUntil(lambda: "c.json" not in str(shown(pane)))
    assert tree.worklist.item(tree.currentIndex()) is None
    keyboard.press("F5")


@pytest.mark.fresh_window
def test_at_twice_the_size_no_mark_stands_on_words_and_the_case_keeps_its_room(
    window: MainWindow, office: SettingsController, pane: Worklist, qtbot: QtBot
) -> None:
    office.change(Settings(text_size=200, work_folder=str(window.worklist.folder)))
    settled(window)
    assert pane.sizeHint().width() <= 0.23 * window.width() + 1
    shown = pane.tree.viewport().grab().toImage()
    row = pane.tree.visualRect(pane.tree.worklist.index_of(window.worklist.folder / "c.json"))  # type: ignore[operator]
    side = mark_side()
    left = row.left() + BAR + EDGE
    assert side == 32
    gap = [shown.pixel(left + side + 1, y) for y in range(row.top() + EDGE, row.bottom() - EDGE)]
    assert len(set(gap)) == 1  # between the mark and the words there is only ground
    assert len({shown.pixel(left + side // 2, y) for y in range(row.top() + EDGE, row.top() + EDGE + side)}) > 1
