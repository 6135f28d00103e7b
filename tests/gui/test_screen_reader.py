"""What a screen reader says: every control has a name, and with it is said what is seen beside it or what it does."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.gui import dialogs
from mild_biller.gui.commands.book_commands import offers
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import YesNoInput
from mild_biller.gui.request.letter_paragraphs import WordsEdit
from mild_biller.gui.settings.settings_form import SettingsForm
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.typed_text import BROKEN, NO_SUCH_DATE
from mild_biller.settings import Calibration, Settings
from mild_biller.store.charge_list import Charge
from tests.gui.helpers import Answering, cell, typed
from tests.gui.sight import reached
from tests.support import example_file

CASES = {
    "empty": None,
    "clean": "medicare-asc-2026",
    "troubled": "stress-long-values",
    "files": "medicare-advantage-2026",
}
STEPS = range(6)
SIGNS = "…+−↑↓ "
PLAIN = ("Add ", "Remove ")  # their names say all they do


@pytest.fixture
def opened(window: MainWindow) -> Callable[[str], MainWindow]:
    """Show a case."""

    def open_case(name: str) -> MainWindow:
        named = CASES[name]
        if named is not None:
            window.case.open(example_file(named))
        return window

    return open_case


def name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName() or words).replace("&", "").strip(SIGNS)


def spoken(widget: QWidget) -> str:
    """Return what Qt tells a screen reader beside the name."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def in_cells(within: QWidget) -> set[QWidget]:
    """Return what belongs to a field of the case."""
    return {stop for found in within.findChildren(BoundField) for stop in found.input.stops()}


def assert_all_is_said(within: QWidget) -> None:
    """Demand a name of every control, and of those that are no field what they are for."""
    found = list(reached(within))
    assert found
    assert [widget.metaObject().className() for widget in found if not name(widget)] == []
    fields = in_cells(within)
    others = [each for each in found if each not in fields and not isinstance(each, WordsEdit)]
    bare = [each for each in others if not each.accessibleDescription() and not name(each).startswith(PLAIN)]
    assert [name(each) for each in bare] == []
    for widget in found:
        if widget.accessibleDescription() and not isinstance(widget, QTabBar):  # of it Qt tells the tab in front
            assert spoken(widget) == widget.accessibleDescription()


@pytest.mark.parametrize("case", CASES)
def test_every_control_of_every_step_is_said(opened: Callable[[str], MainWindow], case: str) -> None:
    window = opened(case)
    for step in STEPS:
        window.go_to_step(step)
        QApplication.processEvents()
        centre = window.centralWidget()
        assert centre is not None
        assert_all_is_said(centre)  # the determination, the steps and the examples are in it
        assert len(list(reached(window.panel))) >= 2, step


@pytest.mark.parametrize("case", CASES)
def test_every_control_of_the_parts_of_a_request_is_said(
    opened: Callable[[str], MainWindow], case: str, qtbot: QtBot
) -> None:
    window = opened(case)
    window.go_to_step(5)
    page = window.prior_auth
    qtbot.waitUntil(lambda: not page.files.is_working)
    for part in (page.checklist, page.packet, page.letters):
        page.tabs.setCurrentWidget(part)
        QApplication.processEvents()
        assert_all_is_said(page)
    for kind in LetterKind:
        page.letters.kind = kind
        QApplication.processEvents()
        assert_all_is_said(page.letters)


def test_the_list_of_the_boxes_is_said(opened: Callable[[str], MainWindow]) -> None:
    window = opened("clean")
    window.actions_by_name["boxes"].trigger()
    QApplication.processEvents()
    assert_all_is_said(window.preview)


@pytest.mark.parametrize("case", CASES)
def test_what_is_seen_beside_a_field_is_said_with_it(opened: Callable[[str], MainWindow], case: str) -> None:
    window = opened(case)
    captions, hints, notices = 0, 0, 0
    for step in STEPS:
        window.go_to_step(step)
        QApplication.processEvents()
        for found in window.stack.currentWidget().findChildren(BoundField):
            wanted = [found.caption.text()] if found.caption.text() else []
            captions += len(wanted)
            if found.field.hint:
                hints += 1
                wanted.append(f"When blank: {found.field.hint}")
            if found.notice is not None:
                notices += found.isVisible()  # not those of a row that is kept for another case
                wanted.insert(0, f"{found.notice.tone.value}: {found.notice.text}")
            said = " ".join(wanted)
            for stop in found.input.stops():
                assert stop.accessibleDescription() in (said, f"valid format {said}".strip())
    assert captions > 5  # the questions
    assert hints > 1
    assert (notices > 0) is (case in ("empty", "troubled"))


def test_whose_question_it_is_is_said_on_every_answer(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    found = cell(window, "/answers/in_ced_study")
    assert isinstance(found.input, YesNoInput)
    for answer in found.input.stops():
        assert answer.accessibleDescription().startswith("Required by the policy in effect. Medicare study")
    window.case.open(example_file("premera-with-study-bundle"))
    cell(window, "/answers/in_ced_study")
    for answer in found.input.stops():
        assert answer.accessibleDescription().startswith("Medicare study")


def test_what_is_wrong_is_said_before_all_else_and_no_longer_than_it_is_so(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    line = typed(window, "/answers/imaging_date")
    before = line.accessibleDescription()
    assert before
    line.setText("never")
    line.returnPressed.emit()
    assert line.accessibleDescription() == f"must fix: {NO_SUCH_DATE} {before}"
    line.setText("01/10/2026")
    typed(window, "/patient/last")
    assert line.accessibleDescription() == before


def test_a_charge_says_its_line(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    charge = cell(window, "/claim/charges/62330")
    said = charge.input.accessibleDescription()
    assert said.startswith("62330  Q0")
    assert "decompression" in said


def test_a_file_says_its_name_with_everything_about_it(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-advantage-2026"))
    window.go_to_step(5)
    qtbot.waitUntil(lambda: not window.prior_auth.files.is_working)
    row = window.prior_auth.form.attachments.rows[0]
    assert row.lines  # the file is not there
    for kind_and_pages in row.cells:
        said = kind_and_pages.input.accessibleDescription()
        assert "imaging-report.pdf" in said
        assert row.lines[0] in said
    for button in (row.up, row.down, row.remove, row.unlock):
        assert "imaging-report.pdf" in button.accessibleDescription()


def test_a_paragraph_says_that_it_was_written_anew_and_what_cannot_be_kept(window: MainWindow) -> None:
    window.case.open(example_file("medicare-advantage-2026"))
    window.go_to_step(5)
    page = window.prior_auth
    page.tabs.setCurrentWidget(page.letters)
    view = next(each for each in page.letters.paragraphs.values() if not each.is_table)
    assert view.edit.accessibleDescription() == ""
    view.edit.setPlainText("Other words.")
    assert view.edit.accessibleDescription() == "Rewritten."
    view.refuse(BROKEN)
    assert view.edit.accessibleDescription() == f"{BROKEN} Rewritten."


def test_every_control_of_a_form_in_a_dialog_is_said(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.books.set_charges([Charge("62330", "", date(2026, 1, 1), "4600.00")])
    window.actions_by_name["keep"].trigger()
    asked = answering("show_form", False)
    for action in ("book", "charges", "calibrate"):
        window.actions_by_name[action].trigger()
        form = asked.pop()[1]
        assert isinstance(form, QWidget)
        assert_dialog_is_said(form, qtbot)


def test_every_control_of_a_page_in_a_dialog_is_said(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    asked = answering("show_page", None)
    for action in ("compare", "steps", "rules", "shortcuts", "about"):
        window.actions_by_name[action].trigger()
        page = asked.pop()[1]
        assert isinstance(page, QWidget)
        assert_dialog_is_said(page, qtbot)


def test_every_control_of_the_settings_is_said(window: MainWindow, qtbot: QtBot) -> None:
    chosen = Settings(printers={"Front desk": Calibration(scale=1.004)})
    assert_dialog_is_said(SettingsForm(chosen, offers=offers(window.books, window.case)), qtbot)


def assert_dialog_is_said(shown: QWidget, qtbot: QtBot) -> None:
    """Demand it of what a dialog shows, of all its tabs."""
    qtbot.addWidget(shown)
    shown.show()
    QApplication.processEvents()
    assert_all_is_said(shown)
    for tabs in shown.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            QApplication.processEvents()
            assert_all_is_said(shown)


def test_the_examples_of_an_empty_window_are_said(window: MainWindow) -> None:
    assert (name(window._examples), name(window._example)) == ("Which example", "Open an example")
    assert "next to it" in spoken(window._examples)
    assert "selected example" in spoken(window._example)


def test_news_is_said_with_its_button(window: MainWindow) -> None:
    window.news.say("Something new.")
    assert window.news.button.accessibleDescription() == "Something new."


def test_why_a_form_cannot_be_kept_is_said_on_its_button(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    heard: list[str] = []

    def press(dialog: QDialog) -> bool:
        keep = next(each for each in dialog.findChildren(QAbstractButton) if each.text() == "Save")
        keep.click()
        heard.append(keep.accessibleDescription())
        return False

    monkeypatch.undo()  # the doors themselves
    monkeypatch.setattr(QDialog, "exec", press)
    dialogs.show_form(window, "A form", QLabel("It"), fault=lambda: "The first line is empty.")
    assert heard == ["The first line is empty."]
