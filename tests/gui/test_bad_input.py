"""Bad input is met with a line of text, and nothing is lost: what is pasted, files, folders, printers, two windows."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mild_biller import files, loader
from mild_biller.core.case.model import Case
from mild_biller.errors import CaseFileError
from mild_biller.gui import dialogs, start
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import TypedInput
from mild_biller.gui.pages.page import Page
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from mild_biller.store.case_file import dump_case, open_case, parse_case
from tests.gui.bad_texts import GARBAGE, LONG, assert_in_sight
from tests.gui.helpers import Answering, Keyboard, typed
from tests.support import TODAY, example_file

STEPS = range(6)


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def text_fields(window: MainWindow, step: int) -> Iterator[BoundField]:
    """Yield the fields to type in of a step, as many as there are by then."""
    window.go_to_step(step)
    page = window.pages[step]
    form = page if isinstance(page, Page) else page.form
    pointers = [found.pointer for found in form.cells() if isinstance(found.input, TypedInput)]
    assert len(pointers) > 5
    for pointer in pointers:
        found = next((each for each in form.cells() if each.pointer == pointer), None)
        if found is not None:  # a charge goes when its line goes
            yield found


def paste(keyboard: Keyboard, found: BoundField, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    found.input.setFocus()
    keyboard.press("Ctrl+V")
    keyboard.go_on()


def assert_nothing_lost(window: MainWindow, pasted: dict[str, str]) -> None:
    """What was pasted stands in the case or, marked and listed, in its field; the case is one for a file."""
    kept = window.case.case
    assert parse_case(dump_case(kept), catalog=window.case.catalog) == kept
    listed = {entry.path for entry in window.panel._groups[0].entries}
    for pointer, shown in pasted.items():
        held = window.case.read(pointer)
        assert held not in (None, ()) or pointer in listed or not shown.strip(), pointer


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_pasted_into_every_field(window: MainWindow, keyboard: Keyboard, kind: str) -> None:
    places = [("own-payer-spouse", step) for step in STEPS] + [("medicare-letter-o", 2)]  # whose lines are typed
    for name, step in places:
        window.case.open(example_file(name))
        pasted = {}
        for found in text_fields(window, step):
            paste(keyboard, found, GARBAGE[kind])
            line = found.input
            assert isinstance(line, QLineEdit)
            pasted[found.pointer] = line.text()
        assert_nothing_lost(window, pasted)
        assert_in_sight(window)


@pytest.mark.parametrize("step", STEPS)
def test_ten_thousand_characters_in_every_field(
    window: MainWindow, keyboard: Keyboard, step: int, qtbot: QtBot
) -> None:
    window.case.open(example_file("own-payer-spouse"))
    pasted = {}
    for found in text_fields(window, step):
        paste(keyboard, found, LONG)
        pasted[found.pointer] = LONG
        kept = window.case.read(found.pointer)
        assert kept in (LONG, (LONG,)) or found.pointer in window.case.faults, found.pointer
    assert_nothing_lost(window, pasted)
    assert_in_sight(window)
    window.go_to_step(4)
    qtbot.waitUntil(lambda: bool(window.preview._said.text()))  # why there is no page, or only a draft


def test_everything_pasted_is_undone(window: MainWindow, keyboard: Keyboard) -> None:
    window.case.open(example_file("own-payer-spouse"))
    before = dump_case(window.case.case)
    for found in text_fields(window, 0):
        paste(keyboard, found, LONG)
    while window.case.can_undo:
        keyboard.press("Ctrl+Z")
    assert dump_case(window.case.case) == before


def test_a_file_from_a_newer_version_is_told_and_the_open_case_stays(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    newer = tmp_path / "newer.json"
    newer.write_bytes(dump_case(window.case.case).replace(b'"format": 1', b'"format": 2'))
    before = window.case.case
    answering("choose_case", newer)
    told = answering("tell", None)
    keyboard.press("Ctrl+O")
    assert "newer.json" in str(told)
    assert "format 2" in str(told)
    assert window.case.case is before
    assert window.case.path == example_file("medicare-asc-2026")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
@pytest.mark.parametrize("keys", ["Ctrl+S", "Ctrl+E"])
def test_a_folder_that_may_only_be_read(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path, keys: str
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.case.path = None
    typed(window, "/patient/middle").setText("R")
    answering("choose_case_target", tmp_path / "case.json")
    answering("choose_pdf_target", tmp_path / "claim.pdf")
    told = answering("tell", None)
    tmp_path.chmod(0o500)
    keyboard.press(keys)
    tmp_path.chmod(0o700)
    assert "could not be written" in str(told)
    assert not list(tmp_path.iterdir())
    assert window.case.is_changed
    assert window.case.read("/patient/middle") == "R"


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("keys", ["Ctrl+S", "Ctrl+E"])
@pytest.mark.parametrize(
    "place", ["the system refuses", "a file stands in the folder's place", "a folder in the file's"]
)
def test_a_place_nobody_can_write_to(
    window: MainWindow,
    keyboard: Keyboard,
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    keys: str,
    place: str,
) -> None:
    folder = tmp_path / "place"
    if place.startswith("a file"):
        folder.write_bytes(b"somebody's")
    else:
        folder.mkdir()
    if place.startswith("a folder"):
        (folder / "case.json").mkdir()
        (folder / "claim.pdf").mkdir()
    window.case.open(example_file("medicare-asc-2026"))
    window.case.path = None
    typed(window, "/patient/middle").setText("R")
    answering("choose_case_target", folder / "case.json")
    answering("choose_pdf_target", folder / "claim.pdf")
    told = answering("tell", None)
    before = sorted(tmp_path.rglob("*"))
    if place.startswith("the system"):
        monkeypatch.setattr(files, "_replace", refuse)
    keyboard.press(keys)
    assert len(told) == 1
    assert "could not be written" in str(told)
    assert "Choose another location" in str(told)
    assert sorted(tmp_path.rglob("*")) == before
    assert window.case.is_changed
    assert window.case.read("/patient/middle") == "R"
    assert window.case.path is None


def test_a_case_file_that_may_not_be_written_over_goes_elsewhere(
    window: MainWindow, keyboard: Keyboard, answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(example_file("medicare-asc-2026").read_bytes())
    window.case.open(path)
    typed(window, "/patient/middle").setText("R")
    told = answering("tell", None)
    with monkeypatch.context() as patch:
        patch.setattr(files, "_replace", refuse)
        keyboard.press("Ctrl+S")
    assert "Permission denied" in str(told)
    assert path.read_bytes() == example_file("medicare-asc-2026").read_bytes()
    assert window.isWindowModified()
    answering("choose_case_target", tmp_path / "mine.json")
    keyboard.press("Ctrl+Shift+S")
    assert not window.isWindowModified()
    assert window.case.path == tmp_path / "mine.json"


def test_a_newer_case_file_named_at_the_start_opens_no_window(tmp_path: Path) -> None:
    newer = tmp_path / "newer.json"
    newer.write_bytes(b'{"format": 2}')
    with pytest.raises(CaseFileError, match="format 2 is newer than this program reads"):
        start.open_window(newer)


def test_a_folder_that_vanishes_is_told_and_the_case_can_go_elsewhere(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "case.json"
    path.write_bytes(example_file("medicare-asc-2026").read_bytes())
    window.case.open(path)
    typed(window, "/patient/middle").setText("R")
    shutil.rmtree(folder)
    answering("choose_pdf_target", folder / "claim.pdf")
    told = answering("tell", None)
    keyboard.press("Ctrl+S")
    keyboard.press("Ctrl+E")
    assert len(told) == 2
    assert all("could not be written" in str(each) for each in told)
    assert window.isWindowModified()
    elsewhere = tmp_path / "elsewhere.json"
    answering("choose_case_target", elsewhere)
    keyboard.press("Ctrl+Shift+S")
    assert not window.isWindowModified()
    assert open_case(elsewhere, catalog=window.case.catalog) == window.case.case


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_vanishes_once_chosen(
    window: MainWindow, keyboard: Keyboard, answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    spool = tmp_path / "spool"
    spool.mkdir()

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(spool / "printed.pdf"))
        spool.rmdir()
        return True

    monkeypatch.setattr(dialogs, "choose_printer", choose)
    told = answering("tell", None)
    keyboard.press("Ctrl+P")
    assert "could not be started" in str(told)
    assert not window.statusBar().currentMessage()


def test_a_printer_that_vanishes_between_two_pages(
    window: MainWindow, keyboard: Keyboard, answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.case.open(example_file("stress-long-values"))  # two pages
    answering("confirm", True)

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
        return True

    monkeypatch.setattr(dialogs, "choose_printer", choose)
    told = answering("tell", None)
    keyboard.press("Ctrl+P")
    assert len(told) == 1
    assert not window.statusBar().currentMessage()


@pytest.fixture
def other(dressed: None, qtbot: QtBot) -> MainWindow:
    """A second window, as of a second program."""
    editor = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)
    second = MainWindow(editor, settings=Settings())
    qtbot.addWidget(second, before_close_func=lambda _: editor.replace(Case()))
    second.show()
    return second


@pytest.mark.parametrize("goes_on", [False, True], ids=["keep theirs", "keep mine"])
def test_two_windows_on_one_file(
    window: MainWindow, other: MainWindow, answering: Answering, tmp_path: Path, goes_on: bool
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(example_file("medicare-asc-2026").read_bytes())
    for each in (window, other):
        each.case.open(path)
    window.case.write("/patient/middle", "R")
    window.actions_by_name["save"].trigger()
    other.case.write("/patient/middle", "S")
    asked = answering("confirm", goes_on)
    other.actions_by_name["save"].trigger()
    assert len(asked) == 1
    assert "changed" in str(asked)
    kept = open_case(path, catalog=window.case.catalog).patient
    assert kept is not None
    assert kept.middle == ("S" if goes_on else "R")
    assert other.case.is_changed is not goes_on
