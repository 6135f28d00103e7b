"""The one door for dialogs: what is asked, what an answer means, and that Qt writes no folder down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import mild_biller
from mild_biller.gui.dialogs import Answer, Broken, DraftAnswer

PACKAGE = Path(mild_biller.__file__).parent
MODULES = sorted(file for room in ("gui", "presentation") for file in (PACKAGE / room).rglob("*.py"))


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return the doors themselves, not those the other tests close."""
    monkeypatch.undo()
    from mild_biller.gui import dialogs

    return dialogs


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def answer(monkeypatch: pytest.MonkeyPatch, press: Callable[[QMessageBox], object]) -> list[QMessageBox]:
    """Press a button as soon as a message box opens."""
    opened: list[QMessageBox] = []

    def exec_(box: QMessageBox) -> int:
        opened.append(box)
        press(box)
        return int(box.standardButton(box.clickedButton()).value) if box.clickedButton() else 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return opened


def pressing(words: str) -> Callable[[QMessageBox], object]:
    def press(box: QMessageBox) -> None:
        button = next(each for each in box.buttons() if each.text().replace("&", "") == words)
        monkey_click(box, button)

    return press


def monkey_click(box: QMessageBox, button: object) -> None:
    box.clickedButton = lambda: button  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("words", "meant"), [("Save", Answer.SAVE), ("Discard", Answer.DISCARD), ("Cancel", Answer.CANCEL)]
)
def test_unsaved_changes_have_three_answers(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, words: str, meant: Answer
) -> None:
    opened = answer(monkeypatch, pressing(words))
    assert dialogs.ask_save(parent) is meant
    assert "unsaved changes" in opened[0].text()


@pytest.mark.parametrize(("words", "agreed"), [("Do it", True), ("Cancel", False)])
def test_a_question_is_answered_by_its_own_words(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, words: str, agreed: bool
) -> None:
    answer(monkeypatch, pressing(words))
    assert dialogs.confirm(parent, "Sure?", why="Because.", yes="Do it") is agreed


@pytest.mark.parametrize(
    ("words", "meant"),
    [("Open", DraftAnswer.OPEN), ("Delete", DraftAnswer.THROW_AWAY), ("Decide later", DraftAnswer.LATER)],
)
def test_work_that_was_left_has_three_answers(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, words: str, meant: DraftAnswer
) -> None:
    opened = answer(monkeypatch, pressing(words))
    assert dialogs.ask_recovery(parent, "03/12/2026 10:42") is meant
    assert "03/12/2026 10:42" in opened[0].text()
    assert opened[0].escapeButton().text() == "Decide later"


@pytest.mark.parametrize(("words", "goes_on"), [("Continue", True), ("Close the program", False)])
def test_a_mistake_has_details_to_copy(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, words: str, goes_on: bool
) -> None:
    opened = answer(monkeypatch, pressing(words))
    assert dialogs.tell_crash(parent, "A mistake.", kept="It is kept.", details="places") is goes_on
    assert opened[0].informativeText().startswith("It is kept.")
    assert opened[0].detailedText() == "places"


def test_messages_are_plain_text(dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = answer(monkeypatch, lambda _: None)
    dialogs.tell(parent, "<b>bold</b>")
    assert opened[0].text() == "<b>bold</b>"


def test_a_page_is_read_and_given_back(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[str] = []
    page = QLabel("What each step is for")
    qtbot.addWidget(page)

    def exec_(dialog: QDialog) -> int:
        assert page.window() is dialog
        (button,) = dialog.findChildren(QPushButton)
        shown.append(f"{dialog.windowTitle()}: {button.text()}")
        button.click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", exec_)
    dialogs.show_page(parent, "The steps", page)
    assert [each.replace("&", "") for each in shown] == ["The steps: Close"]
    assert page.parent() is None


@pytest.mark.parametrize(
    ("door", "ask", "chosen", "path"),
    [
        ("choose_case", "getOpenFileName", "/a/case.json", Path("/a/case.json")),
        ("choose_case", "getOpenFileName", "", None),
        ("choose_case_target", "getSaveFileName", "/a/case", Path("/a/case.json")),
        ("choose_case_target", "getSaveFileName", "/a/case.txt", Path("/a/case.txt")),
        ("choose_pdf_target", "getSaveFileName", "/a/form", Path("/a/form.pdf")),
        ("choose_pdf_target", "getSaveFileName", "", None),
        ("choose_table", "getOpenFileName", "/a/book.csv", Path("/a/book.csv")),
        ("choose_table_target", "getSaveFileName", "/a/book", Path("/a/book.csv")),
    ],
)
def test_a_file_is_chosen_with_its_ending(
    dialogs: object,
    parent: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    door: str,
    ask: str,
    chosen: str,
    path: Path | None,
) -> None:
    def choose(*_: object) -> tuple[str, str]:
        kept = QSettings(QSettings.Scope.UserScope, "QtProject")
        kept.setValue("FileDialog/lastVisited", "file:///patients/CANARY")
        kept.setValue("FileDialog/history", ["file:///patients/CANARY"])
        return chosen, ""

    monkeypatch.setattr(QFileDialog, ask, choose)
    named = {"choose_case": {"folder": None}, "choose_table": {}}.get(door, {"proposed": Path("case.json")})
    assert getattr(dialogs, door)(parent, **named) == path
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert "CANARY" not in str([kept.value(key) for key in kept.allKeys()])


@pytest.mark.parametrize("chosen", [[], ["/a/one.pdf", "/a/two.png"]])
def test_files_are_chosen_to_attach(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, chosen: list[str]
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    assert dialogs.choose_attachments(parent, folder=None) == tuple(map(Path, chosen))


@pytest.mark.parametrize(("chosen", "path"), [("", None), ("/a/form.pdf", Path("/a/form.pdf"))])
def test_a_form_is_chosen(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, chosen: str, path: Path | None
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    assert dialogs.choose_form(parent, folder=Path("/a")) == path


@pytest.mark.parametrize(("chosen", "path"), [("", None), ("/a/cases", Path("/a/cases"))])
def test_a_folder_is_chosen_and_not_written_down(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, chosen: str, path: Path | None
) -> None:
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")

    def choose(*_: object) -> str:
        kept.setValue("FileDialog/lastVisited", "file:///patients/CANARY")
        return chosen

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    assert dialogs.choose_folder(parent, folder=None) == path
    assert "CANARY" not in str([kept.value(key) for key in kept.allKeys()])


@pytest.mark.parametrize(("given", "password"), [(("s", True), "s"), (("", True), None), (("s", False), None)])
def test_a_password_is_asked_for_and_not_shown(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, given: tuple[str, bool], password: str | None
) -> None:
    asked: list[object] = []

    def ask(*arguments: object) -> tuple[str, bool]:
        asked.extend(arguments)
        return given

    monkeypatch.setattr(QInputDialog, "getText", ask)
    assert dialogs.ask_password(parent, "Password of a.pdf.") == password
    assert QLineEdit.EchoMode.Password in asked


def test_a_printer_is_chosen(dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert dialogs.choose_printer(parent, printer)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_no_other_module_opens_a_dialog(file: Path) -> None:
    words = ("QMessageBox", "QFileDialog", "QPrintDialog", "QInputDialog", "QErrorMessage", "QDialog")
    used = [word for word in words if word in file.read_text(encoding="utf-8")]
    assert not used or file.name == "dialogs.py"


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_modules_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", sorted((PACKAGE / "presentation").rglob("*.py")), ids=lambda file: file.stem)
def test_what_needs_no_window_imports_no_qt(file: Path) -> None:
    assert "PySide6.Qt" not in file.read_text(encoding="utf-8")


def test_what_keeps_the_constants_imports_no_qt() -> None:
    text = (PACKAGE / "gui" / "safety" / "py311_refcounts.py").read_text(encoding="utf-8")
    assert "PySide6.Qt" not in text


def test_a_form_is_kept_only_without_a_fault(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    form, faults = QLabel("fields"), ["Row 1: a fault.", ""]
    qtbot.addWidget(form)
    said: list[str] = []

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Take it")
        button.click()
        said.extend(each.text() for each in dialog.findChildren(QLabel) if each.isVisible() and each is not form)
        button.click()

    QTimer.singleShot(0, press)
    assert dialogs.show_form(parent, "Fields", form, yes="Take it", fault=lambda: faults.pop(0))
    assert said == ["Row 1: a fault."]
    assert form.text() == "fields"
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    assert not dialogs.show_form(parent, "Fields", form)


def test_changes_are_not_left_without_a_question(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, still_open = [False, True], []

    def confirm(*_: object, **__: object) -> bool:
        still_open.append(QApplication.activeModalWidget() is not None)
        return asked.pop(0)

    monkeypatch.setattr(dialogs, "confirm", confirm)

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.reject()
        assert dialog.isVisible()
        dialog.close()

    QTimer.singleShot(0, leave)
    assert not dialogs.show_form(parent, "Fields", QLabel("fields"), is_changed=lambda: True)
    assert (asked, still_open) == ([], [True, True])


@pytest.mark.parametrize(
    ("words", "meant"),
    [("Keep the file", Broken.KEEP), ("Delete", Broken.THROW_AWAY), ("Decide later", Broken.LATER)],
)
def test_work_that_cannot_be_read_has_three_answers(
    dialogs: object, parent: QWidget, monkeypatch: pytest.MonkeyPatch, words: str, meant: Broken
) -> None:
    opened = answer(monkeypatch, pressing(words))
    assert dialogs.ask_broken(parent, "03/10/2026 10:42", aside=Path("/kept/1.broken")) is meant
    assert "03/10/2026 10:42" in opened[0].text()
    assert "/kept/1.broken" in opened[0].informativeText().replace("\\", "/")
    assert opened[0].defaultButton().text().replace("&", "") == "Keep the file"
    assert opened[0].escapeButton().text().replace("&", "") == "Decide later"
