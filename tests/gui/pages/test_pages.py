"""Every field of every step edits the case, is named, and shows what the case says."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QToolTip,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.vocabulary import PlanType, PriorKind, Relationship, Setting, Side
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import ChosenInput, TypedInput, YesNoInput
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.service_lines import MOST_KEPT, ServiceLines
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.typed_text import Calendar
from mild_biller.store.case_file import dump_case
from tests.gui.helpers import cell, typed
from tests.gui.waiting import settled
from tests.support import EXAMPLE_FILES, TODAY, example_file

STEPS = range(6)
SAMPLES = ("7/6/51", "2", "X 1")


def form(window: MainWindow, step: int) -> Page:
    """Return the fields of a step, shown."""
    window.go_to_step(step)
    page = window.pages[step]
    return page if isinstance(page, Page) else page.form


def fill(found: BoundField, qtbot: QtBot) -> None:
    """Give a field an answer it does not have, by the keyboard."""
    shown = found.input
    shown.setFocus()
    if isinstance(shown, TypedInput):
        for sample in SAMPLES:
            shown.selectAll()
            qtbot.keyClicks(shown, sample)
            if not shown.reading(Calendar(TODAY)).fault:
                return
    elif isinstance(shown, ChosenInput):
        qtbot.keyClick(shown, Qt.Key.Key_Up if shown.currentIndex() == shown.count() - 1 else Qt.Key.Key_End)
    else:
        qtbot.keyClick(shown, Qt.Key.Key_Y)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["empty", "own-payer-spouse", "stress-long-values"])
def test_every_field_writes_where_it_is_bound(window: MainWindow, step: int, name: str, qtbot: QtBot) -> None:
    if name != "empty":
        window.case.open(example_file(name))
    page = form(window, step)
    pointers = [found.pointer for found in page.cells()]
    assert len(pointers) == len(set(pointers)) > 5
    for pointer in pointers:
        found = next((each for each in page.cells() if each.pointer == pointer), None)
        if found is None:  # it went with an earlier answer, as the insured of a patient who is it
            continue
        fill(found, qtbot)
        value = found.input.reading(Calendar(TODAY)).value
        assert value is not None, pointer
        assert window.case.read(pointer) == value, pointer


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_opening_looking_and_saving_gives_the_same_case(
    window: MainWindow, path: Path, tmp_path: Path, editor: CaseEditor
) -> None:
    own = tmp_path / "case.json"  # files are attached by their way from the case
    shutil.copy(path, own)
    editor.open(own)
    before = dump_case(editor.case)
    for step in STEPS:
        for found in form(window, step).cells():
            found.input.setFocus()
    window.pages[0].setFocus()
    assert not editor.is_changed
    assert not editor.faults
    editor.save(own)
    assert own.read_bytes() == before
    editor.open(tmp_path / "case.json")
    assert dump_case(editor.case) == before


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_every_finding_leads_to_a_field_of_its_step(window: MainWindow, path: Path) -> None:
    window.case.open(path)
    beside = window.case.review.facility
    for finding in window.case.review.findings:
        if finding.path.startswith(("/facility_claim", "/denial", "/attachments")):
            continue
        window.go_to_field(finding.path)
        found = window.pages[window.stack.currentIndex()].show_field(finding.path)
        assert found is not None, finding.path
        assert found.isVisible(), finding.path
    assert beside is None or beside.claim.form is not None


@pytest.mark.parametrize("name", ["empty", "own-payer-spouse", "guide-sample-as-printed"])
def test_every_control_has_a_name_for_those_who_cannot_see_it(window: MainWindow, name: str) -> None:
    if name != "empty":
        window.case.open(example_file(name))
    for step in STEPS:
        form(window, step)
        for kind in (QLineEdit, QComboBox, QAbstractButton, QTabBar, QTextEdit, QTreeView):
            for control in window.findChildren(kind):
                if not control.isVisible() or control.parent().metaObject().className().startswith(
                    ("QTabBar", "QMenu")
                ):
                    continue
                words = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
                assert words, f"{control.metaObject().className()} on step {step + 1}"


def test_a_radio_button_says_which_question_it_answers(window: MainWindow) -> None:
    found = cell(window, "/claim/accept_assignment")
    names = [button.accessibleName() for button in found.findChildren(QRadioButton)]
    assert names == [f"Billing: Accept assignment (27) {answer}" for answer in ("Yes", "No", "Not answered")]


def test_three_states_by_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    pointer = "/answers/neurogenic_claudication"
    shown = cell(window, pointer).input
    assert isinstance(shown, YesNoInput)
    for key, answer in ((Qt.Key.Key_Y, True), (Qt.Key.Key_N, False), (Qt.Key.Key_Delete, None)):
        qtbot.keyClick(shown, key)
        assert window.case.read(pointer) is answer
    for key, answer in ((Qt.Key.Key_Left, False), (Qt.Key.Key_Left, True), (Qt.Key.Key_Right, False)):
        qtbot.keyClick(window.focusWidget(), key)
        assert window.case.read(pointer) is answer


def test_enter_goes_to_the_next_field_in_the_order_of_the_form(window: MainWindow, qtbot: QtBot) -> None:
    last = typed(window, "/patient/last")
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert window.focusWidget() is cell_input(window, "/patient/first")
    sex = cell(window, "/patient/sex").input
    qtbot.keyClick(sex, Qt.Key.Key_Return)
    assert window.focusWidget() is cell_input(window, "/patient/phone")


def cell_input(window: MainWindow, pointer: str) -> object:
    return next(each.input for each in form(window, window.stack.currentIndex()).cells() if each.pointer == pointer)


def test_the_wheel_scrolls_the_page_and_changes_no_answer(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    shown = cell(window, "/procedure/setting").input
    assert isinstance(shown, ChosenInput)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    shown.wheelEvent(event)
    assert not event.isAccepted()
    assert window.case.read("/procedure/setting") is Setting.ASC


def test_rows_are_added_filled_and_removed(window: MainWindow, qtbot: QtBot) -> None:
    page = form(window, 2)
    add = next(button for button in page.findChildren(QAbstractButton) if button.text() == "Add interspace")
    for name in ("L4-L5", "L3-L4"):
        add.click()
        qtbot.keyClicks(window.focusWidget(), name)
    cell(window, "/procedure/interspaces/1/side").input.setCurrentIndex(2)
    assert [each.name for each in window.case.read("/procedure/interspaces")] == ["L4-L5", "L3-L4"]
    assert window.case.read("/procedure/interspaces/1/side") is Side.LEFT
    remove = [button for button in page.findChildren(QAbstractButton) if button.text() == "Remove"]
    assert [button.accessibleName() for button in remove] == ["Remove interspace 1", "Remove interspace 2"]
    remove[0].click()
    assert [each.name for each in window.case.read("/procedure/interspaces")] == ["L3-L4"]
    assert typed(window, "/procedure/interspaces/0/name").text() == "L3-L4"
    next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "Remove interspace 1").click()
    assert window.case.read("/procedure") is None


def test_lines_follow_the_interspaces_and_take_a_charge(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    form(window, 2)
    charge = typed(window, "/claim/charges/62331")
    assert charge.text() == "2300.00"
    charge.selectAll()
    qtbot.keyClicks(charge, "$2,500.00")
    assert window.case.read("/claim/charges") == {"62330": "4600.00", "62331": "2500.00"}
    window.case.remove_item("/procedure/interspaces", 1)
    assert "/claim/charges/62331" not in [found.pointer for found in form(window, 2).cells()]


def test_lines_can_be_typed_and_derived_again(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    page = form(window, 2)
    before = window.case.review.claim.lines
    button = {each.text(): each for each in page.findChildren(QAbstractButton)}
    button["Enter the lines by hand"].click()
    assert [line.code for line in window.case.read("/claim/lines")] == ["62330", "62331"]
    assert [line.modifiers for line in window.case.review.claim.lines] == [line.modifiers for line in before]
    modifiers = typed(window, "/claim/lines/0/modifiers")
    qtbot.keyClicks(modifiers, "QO")
    assert window.case.read("/claim/lines/0/modifiers") == ("QO",)
    assert "modifier-letter-o" in [error.rule for error in window.case.review.errors]
    button["Use the derived lines"].click()
    assert window.case.read("/claim/lines") is None
    assert window.case.review.claim.lines == before


def test_the_payer_is_chosen_among_those_shipped(window: MainWindow) -> None:
    chosen = cell(window, "/coverages/0/payer").input
    assert isinstance(chosen, ChosenInput)
    shipped = {payer.name for payer in window.case.catalog.payers}
    offered = [chosen.itemText(index) for index in range(chosen.count())]
    assert shipped <= set(offered)
    assert len(shipped) == 14
    chosen.setCurrentIndex(offered.index("Regence"))
    assert window.case.read("/coverages/0/payer") == "regence"
    assert window.case.review.assessment.plan is not None


def test_a_payer_of_the_offices_own(window: MainWindow, qtbot: QtBot) -> None:
    chosen = cell(window, "/coverages/0/payer").input
    assert isinstance(chosen, ChosenInput)
    chosen.setCurrentIndex(chosen.count() - 1)
    qtbot.keyClicks(typed(window, "/coverages/0/payer/name"), "LAKES HEALTH")
    kind = cell(window, "/coverages/0/payer/plan_type").input
    assert isinstance(kind, ChosenInput)
    kind.setCurrentIndex(list(PlanType).index(PlanType.MEDICARE_ADVANTAGE))
    assert window.case.read("/coverages/0/payer") == OwnPayer(
        name="LAKES HEALTH", plan_type=PlanType.MEDICARE_ADVANTAGE
    )
    assert cell(window, "/coverages/0/payer").input.currentIndex() == chosen.count() - 1
    chosen.setCurrentIndex(0)
    assert "/coverages/0/payer/name" not in [found.pointer for found in form(window, 1).cells()]


def test_the_insured_is_asked_for_when_the_patient_is_not(window: MainWindow) -> None:
    relationship = cell(window, "/coverages/0/relationship").input
    assert isinstance(relationship, ChosenInput)
    assert "/coverages/0/insured/last" not in [found.pointer for found in form(window, 1).cells()]
    relationship.setCurrentIndex(1 + list(Relationship).index(Relationship.SPOUSE))
    assert "/coverages/0/insured/last" in [found.pointer for found in form(window, 1).cells()]


def test_coverages_are_added_swapped_and_removed(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    page = form(window, 1)

    def button(words: str) -> QAbstractButton:
        return next(each for each in page.findChildren(QAbstractButton) if each.text() == words)

    first = window.case.read("/coverages/0")
    button("Add secondary coverage").click()
    assert window.case.read("/coverages/1") == Coverage()
    cell(window, "/coverages/1/payer").input.setCurrentIndex(1)
    button("Swap primary and secondary").click()
    assert window.case.read("/coverages/1") == first
    button("Add tertiary coverage").click()
    button("Remove tertiary coverage").click()
    button("Remove secondary coverage").click()
    assert len(window.case.read("/coverages")) == 1


def test_adding_a_second_coverage_to_an_empty_case_makes_the_first(window: MainWindow) -> None:
    page = form(window, 1)
    next(each for each in page.findChildren(QAbstractButton) if each.text() == "Add secondary coverage").click()
    assert window.case.read("/coverages") == (Coverage(), Coverage())


def test_the_payer_page_says_what_decides_and_how_old_it_is(window: MainWindow) -> None:
    window.case.open(example_file("premera-commercial-2026"))
    text = form(window, 1)._holds.text()
    assert "Premera 7.01.126" in text
    assert "Effective 07/01/2017" in text


def test_a_question_says_who_asks(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    asked = cell(window, "/answers/neurogenic_claudication").caption.text()
    assert asked.startswith("Required by the policy in effect.")
    assert "Patient eligibility" in asked
    other = cell(window, "/answers/imaging_kind").caption.text()
    assert not other.startswith("Required by the policy in effect.")


def test_earlier_procedures_reach_the_verdict(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    page = form(window, 0)
    next(each for each in page.findChildren(QAbstractButton) if each.text() == "Add prior procedure").click()
    kind = cell(window, "/prior_procedures/1/kind").input
    kind.setCurrentIndex(1 + list(PriorKind).index(PriorKind.FUSION))
    cell(window, "/prior_procedures/1/region").input.setCurrentIndex(3)
    qtbot.keyClicks(typed(window, "/prior_procedures/1/date"), "1/5/26")
    assert window.panel.verdict.headline.text() == "Not covered"


def test_rows_of_codes_that_came_and_went_are_not_kept_for_ever(window: MainWindow) -> None:
    window.case.open(example_file("medicare-hospital-2026"))
    window.go_to_step(2)
    lines = window.pages[2].findChild(ServiceLines)
    assert lines is not None
    for number in range(30):
        window.case.write("/claim/lines", None)
        window.case.write("/procedure/device/hcpcs", f"C{number:04}")
    assert len(lines._kept) <= len(lines._derived) + MOST_KEPT
    window.case.replace(Case())
    assert len(lines._kept) <= 1  # what was on the claim until now


def test_a_line_that_comes_back_has_its_charge_and_its_place(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.go_to_step(2)
    lines = window.pages[2].findChild(ServiceLines)
    assert lines is not None
    before = [(cell.pointer, cell.input.text()) for cell in lines.cells() if isinstance(cell.input, TypedInput)]
    assert [pointer for pointer, _ in before] == ["/claim/charges/62330", "/claim/charges/62331"]
    day = window.case.read("/procedure/date_of_service")
    window.case.write("/procedure/date_of_service", None)
    assert list(lines.cells()) == []
    window.case.write("/procedure/date_of_service", day)
    assert [(cell.pointer, cell.input.text()) for cell in lines.cells() if isinstance(cell.input, TypedInput)] == before
    assert all(row.isVisible() for row in lines._derived)


@pytest.mark.parametrize("words", ["Hospital, outpatient", "Ambulatory surgery", "Office"])
def test_an_entry_of_several_words_is_found_by_typing(window: MainWindow, words: str, qtbot: QtBot) -> None:
    chosen = cell(window, "/procedure/setting").input
    assert isinstance(chosen, ChosenInput)
    chosen.setCurrentIndex(0)
    qtbot.keyClicks(chosen, words)
    assert chosen.currentText().startswith(words)
    assert not chosen.view().isVisible()


def test_the_words_of_an_entry_end_where_the_list_is_left(window: MainWindow, qtbot: QtBot) -> None:
    chosen = cell(window, "/procedure/setting").input
    assert isinstance(chosen, ChosenInput)
    qtbot.keyClicks(chosen, "Hospital, outpatient")
    typed(window, "/procedure/date_of_service")
    chosen.setFocus()
    qtbot.keyClicks(chosen, "Office")
    assert chosen.currentText().startswith("Office")


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|propagateSizeHints)")
def test_a_blank_opens_a_list_in_which_nothing_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    chosen = cell(window, "/procedure/setting").input
    assert isinstance(chosen, ChosenInput)
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    qtbot.waitUntil(chosen.view().isVisible)
    chosen.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|propagateSizeHints)")
def test_the_mouse_shows_a_text_that_is_longer_than_its_line(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("stress-long-values"))
    window.go_to_step(1)
    long = typed(window, "/coverages/0/group_number")
    settled(window)
    point = QPoint(5, 5)
    QApplication.sendEvent(long, QHelpEvent(QEvent.Type.ToolTip, point, long.mapToGlobal(point)))
    assert QToolTip.text() == "<span>GRP-000-111-222-333-444-555-666-777</span>"
    QToolTip.hideText()
    assert not typed(window, "/coverages/0/plan_name").is_cut()
