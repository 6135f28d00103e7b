"""The window as a whole: the verdict follows the typing, findings lead to fields, undo, and what is never shown."""

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mild_biller.core.case.claim_input import TypedLine
from mild_biller.core.case.model import Attachment, Case, Coverage, Interspace
from mild_biller.core.case.vocabulary import Relationship
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import YesNoInput
from mild_biller.gui.fields.section import FieldRow, NoticeLine
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.pages.claim_page import ClaimPage
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.gui.window.steps import step_of
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import NO_SUCH_DATE
from mild_biller.store.case_file import dump_case, parse_case
from tests.gui.helpers import Answering, cell, typed
from tests.gui.waiting import settled
from tests.support import example_file


def said(window: MainWindow) -> str:
    return window.panel.verdict.headline.text()


def notices(window: MainWindow) -> list[str]:
    lines = [line for row in window.findChildren(FieldRow) for line in row.findChildren(NoticeLine)]
    return [line.text for line in lines if line.isVisible()]


def test_an_empty_case_teaches(window: MainWindow) -> None:
    assert said(window) == "Coverage not determined"
    assert "Ctrl+O" in window._header.text()
    assert window._example.isVisible()
    window._example.click()
    assert said(window) == "Covered"
    assert not window._example.isVisible()
    assert window.case.ref is None


def test_the_verdict_follows_every_answer(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    asked = cell(window, "/answers/in_ced_study").input
    assert isinstance(asked, YesNoInput)
    qtbot.keyClick(asked, Qt.Key.Key_N)
    assert said(window) == "Not covered"
    qtbot.keyClick(asked, Qt.Key.Key_Delete)
    assert said(window) == "More information needed"
    qtbot.keyClick(asked, Qt.Key.Key_Y)
    assert said(window) == "Covered"


def test_the_verdict_follows_every_key(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    day = typed(window, "/procedure/date_of_service")
    day.selectAll()
    seen = []
    for key in "03102016":
        qtbot.keyClick(day, key)
        seen.append(said(window))
    assert seen[0] == "Coverage not determined"  # no date yet
    assert window.case.read("/procedure/date_of_service") == date(2016, 3, 10)
    assert "effective 01/09/2014" in window.panel.verdict.lines.text()


def test_a_date_that_does_not_exist_stays_in_the_field_and_out_of_the_case(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    birth = typed(window, "/patient/birth_date")
    birth.selectAll()
    qtbot.keyClicks(birth, "02301951")
    assert window.case.read("/patient/birth_date") is None
    assert not [text for text in notices(window) if NO_SUCH_DATE in text]  # not while it is being typed
    typed(window, "/patient/last")
    assert birth.text() == "02301951"
    assert [text for text in notices(window) if NO_SUCH_DATE in text]
    marked = cell(window, "/patient/birth_date")
    assert marked.notice is not None
    assert marked.notice.tone is Tone.ERROR
    assert NO_SUCH_DATE in birth.accessibleDescription()
    assert window.panel.tree.findings.group(0).entries[0].path == "/patient/birth_date"
    birth.selectAll()
    qtbot.keyClicks(birth, "7/6/51")
    typed(window, "/patient/last")
    assert birth.text() == "07/06/1951"
    assert window.case.read("/patient/birth_date") == date(1951, 7, 6)
    assert not window.case.faults
    assert not notices(window)


def test_t_is_today(window: MainWindow, qtbot: QtBot) -> None:
    day = typed(window, "/procedure/date_of_service")
    qtbot.keyClick(day, "t")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.text() == "03/12/2026"


def test_what_is_wrong_is_said_once_the_field_is_left_and_taken_back_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    npi = typed(window, "/providers/billing/npi")
    npi.selectAll()
    qtbot.keyClicks(npi, "2000000011")
    marked = cell_of(window, "/providers/billing/npi")
    assert marked.notice is None
    typed(window, "/providers/billing/name")
    assert marked.notice is not None
    assert [text for text in notices(window) if text.startswith("NPI: ")]
    npi.setFocus()
    npi.setCursorPosition(10)
    qtbot.keyClick(npi, Qt.Key.Key_Backspace)
    assert marked.notice is not None
    qtbot.keyClicks(npi, "0")
    assert marked.notice is None
    assert not notices(window)


def cell_of(window: MainWindow, pointer: str) -> BoundField:
    """Return the field bound to a pointer, without going there."""
    page = window.pages[window.stack.currentIndex()]
    return next(each for each in page.findChildren(BoundField) if each.pointer == pointer)


def test_an_empty_field_nobody_came_to_bears_a_mark_and_no_sentence(window: MainWindow) -> None:
    window.go_to_step(3)
    marked = cell_of(window, "/providers/billing/name")
    assert marked.notice is not None
    assert marked.notice.tone is Tone.NEEDED
    assert not notices(window)
    marked.input.setFocus()
    cell_of(window, "/providers/billing/npi").input.setFocus()
    assert len(notices(window)) == 1


def test_ten_thousand_characters_are_pasted_whole(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    last = typed(window, "/patient/last")
    last.selectAll()
    QGuiApplication.clipboard().setText("X" * 10_000)
    last.paste()
    assert window.case.read("/patient/last") == "X" * 10_000
    settled(window)
    window.grab()


def test_more_than_qt_takes_by_itself_is_pasted_whole(window: MainWindow) -> None:
    last = typed(window, "/patient/last")
    QGuiApplication.clipboard().setText("X" * 40_000)
    last.paste()
    assert len(window.case.read("/patient/last")) == 40_000


@pytest.mark.parametrize(
    "text", ["שלום עולם", "محمد", "👩🏽‍⚕️🦴", "Žofie Ångström", "漢字かな", "a\u202eb", "e\u0301", "<b>&amp;"]
)
def test_any_writing_is_kept_and_shown(window: MainWindow, text: str, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    last = typed(window, "/patient/last")
    last.setText(text)
    assert window.case.read("/patient/last") == text
    assert parse_case(dump_case(window.case.case), catalog=window.case.catalog) == window.case.case
    window.go_to_step(4)
    qtbot.waitUntil(lambda: window.preview.view.page_count >= 1 or bool(window.preview._said.text()))
    window.grab()


def test_f8_walks_through_the_findings_and_their_fields(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("premera-with-study-bundle"))
    seen = []
    for _ in range(5):
        window.actions_by_name["next"].trigger()
        entry = window.panel.tree.chosen
        assert entry is not None
        seen.append(entry.path)
        assert window.focusWidget() is not None
        assert window.steps.currentIndex() == step_of(entry.path, window._prefixes)
    assert seen[0] == seen[4]
    window.actions_by_name["previous"].trigger()
    chosen = window.panel.tree.chosen
    assert chosen is not None
    assert chosen.path == seen[3]
    assert "Source:" in window.panel.details.toPlainText()


def test_f8_without_findings_stays_where_it_is(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.actions_by_name["next"].trigger()
    assert window.steps.currentIndex() == 0


def test_a_click_and_enter_on_a_finding_go_to_its_field(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-letter-o"))
    tree = window.panel.tree
    row = tree.findings.index(0, 0, tree.findings.index(1, 0))
    path = tree.findings.entry(row).path
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(row).center())
    assert path == "/claim/lines/0/modifiers"
    assert cell_of(window, path).input is window.focusWidget()
    window.go_to_step(0)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert cell_of(window, path).input is window.focusWidget()


def test_a_group_opens_and_closes_by_click_and_enter_and_stays_so(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    tree = window.panel.tree
    place = next(number for number in range(10) if tree.findings.group(number).key == "met")
    met = tree.findings.index(place, 0)
    assert not tree.isExpanded(met)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(met).center())
    assert tree.isExpanded(met)
    typed(window, "/patient/last").setText("OTHER")
    assert tree.isExpanded(tree.findings.index(place, 0))
    tree.setCurrentIndex(met)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert not tree.isExpanded(met)
    tree._clicked(QModelIndex())


def test_the_tree_shows_what_the_review_says_after_many_edits(window: MainWindow) -> None:
    for name in ("stress-long-values", "medicare-asc-2026", "premera-with-study-bundle", "medicaid-2026"):
        window.case.open(example_file(name))
        tree = window.panel.tree
        model = tree.findings
        for place, group in enumerate(window.panel._groups):
            parent = model.index(place, 0)
            rows = [model.entry(model.index(row, 0, parent)) for row in range(model.rowCount(parent))]
            assert tuple(rows) == group.entries
            assert tree.isRowHidden(place, QModelIndex()) != bool(group.entries)
            assert f"({len(rows)})" in model.data(parent)


def test_undo_goes_back_field_by_field_and_shows_the_field(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    before = dump_case(window.case.case)
    last = typed(window, "/patient/last")
    last.selectAll()
    qtbot.keyClicks(last, "OTHER")
    npi = typed(window, "/providers/billing/npi")
    npi.selectAll()
    qtbot.keyClicks(npi, "123")
    qtbot.keyClick(npi, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert npi.text() == "2000000010"
    window.go_to_step(2)
    window.actions_by_name["undo"].trigger()
    assert window.steps.currentIndex() == 0
    assert last.text() == "TESTPATIENT"
    assert dump_case(window.case.case) == before
    assert not window.case.is_changed
    assert not window.actions_by_name["undo"].isEnabled()
    window.actions_by_name["redo"].trigger()
    assert last.text() == "OTHER"
    window.actions_by_name["redo"].trigger()
    assert window.case.read("/providers/billing/npi") == "123"
    window._redo()
    assert not window.case.can_redo


def test_undo_puts_a_readable_date_over_one_that_is_not(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    birth = typed(window, "/patient/birth_date")
    birth.selectAll()
    qtbot.keyClicks(birth, "99")
    window.actions_by_name["undo"].trigger()
    assert birth.text() == "07/06/1951"
    assert not window.case.faults


def test_another_case_leaves_nothing_of_the_old_one(window: MainWindow, answering: Answering) -> None:
    window.case.open(example_file("own-payer-spouse"))
    typed(window, "/patient/birth_date").setText("nonsense")
    for step in range(6):
        window.go_to_step(step)
    window.case.replace(Case())
    for step in range(6):
        window.go_to_step(step)
        texts = [line.text() for line in window.stack.currentWidget().findChildren(QLineEdit) if line.isVisible()]
        assert not any(texts), texts
    assert not window.case.faults
    assert not window.case.can_undo


def test_steps_are_marked_by_what_they_still_want(window: MainWindow) -> None:
    assert [window.steps.tabText(index).split("  ")[0] for index in range(6)] == [
        "1 Eligibility",
        "2 Payer",
        "3 Procedure",
        "4 Providers",
        "5 Claim",
        "6 Prior auth",
    ]
    assert window.steps.tones[3] is Tone.NEEDED
    window.case.open(example_file("medicare-asc-2026"))
    assert set(window.steps.tones) == {Tone.GOOD}
    window.case.write("/answers/in_ced_study", None)
    assert window.steps.tones[0] is Tone.HOLD
    assert "needs review" in window.steps.accessibleTabName(0)


@pytest.mark.parametrize("number", range(1, 7))
def test_ctrl_and_a_number_jump_to_a_step(window: MainWindow, number: int, qtbot: QtBot) -> None:
    qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
    assert window.steps.currentIndex() == number - 1
    assert window.stack.currentIndex() == number - 1
    assert window.stack.currentWidget().isAncestorOf(window.focusWidget())


def test_every_shortcut_is_listed_and_none_is_given_twice(window: MainWindow, answering: Answering) -> None:
    shortcuts = [action.shortcut().toString() for action in window.actions_by_name.values()]
    given = [shortcut for shortcut in shortcuts if shortcut]
    assert len(given) == len(set(given))
    shown = answering("show_page", None)
    window.actions_by_name["shortcuts"].trigger()
    text = shown[0][1].toPlainText()
    assert all(shortcut in text.split() for shortcut in given)
    wanted = {"Ctrl+O", "Ctrl+S", "Ctrl+P", "Ctrl+E", "Ctrl+Z", "Ctrl+Shift+Z", "F8", "Shift+F8"}
    assert wanted <= set(given)


@pytest.mark.parametrize(
    "start",
    [
        "/procedure/date_of_service",
        "/patient/last",
        "/coverages/0/payer",
        "/claim/form",
        "/attachments/0/kind",
    ],
)
def test_tab_follows_the_reading_order_through_everything_and_comes_back(
    window: MainWindow, start: str, qtbot: QtBot
) -> None:
    window.case.open(example_file("own-payer-spouse"))
    window.go_to_step(2)
    for _ in range(2):  # rows that come later, and go again
        window.case.append("/procedure/interspaces", Interspace(name="L3-L4"))
        window.case.append("/coverages", Coverage(relationship=Relationship.SPOUSE))
        window.case.remove_item("/procedure/interspaces", 0)
        window.case.write("/claim/lines", (TypedLine(code="62330"),))
        window.case.write("/claim/lines", None)
    window.case.append("/attachments", Attachment())
    first = cell(window, start).input
    page = window.stack.currentWidget()
    form = page.form if isinstance(page, (ClaimPage, PriorAuthPage)) else page
    stops = [stop for part in form._parts for stop in part.stops() if stop.isVisible() and stop.isEnabled()]
    reached = [window.focusWidget()]
    while len(reached) < 200:
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
        if window.focusWidget() is first:
            break
        reached.append(window.focusWidget())
    assert window.focusWidget() is first, "Tab does not come back"
    inside = [stops.index(widget) for widget in reached if widget in stops]
    assert inside == sorted(inside)
    unmarked = [stop for stop in stops if stop.focusPolicy() is Qt.FocusPolicy.ClickFocus]  # the arrow keys go there
    assert set(reached) >= {*stops} - {*unmarked}
    assert {window.panel.tree, window.panel.details, window.steps} <= set(reached)


def test_no_name_stands_in_the_title_or_the_proposed_names(
    window: MainWindow, answering: Answering, editor: OpenCase
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    typed(window, "/patient/last").setText("CANARY")
    for name in ("choose_case_target", "choose_pdf_target"):
        answering(name, None)
    editor.ref = None
    proposed = answering("choose_case_target", None) + answering("choose_pdf_target", None)
    window.actions_by_name["save_as"].trigger()
    window.actions_by_name["export"].trigger()
    assert window.windowTitle() == "Mild Biller[*]"
    assert window.isWindowModified()
    assert "CANARY" not in str(proposed)


def test_a_pointer_without_a_field_says_so(window: MainWindow) -> None:
    window.go_to_field("/format")
    assert "case file" in window.statusBar().currentMessage()


def test_the_line_below_tells_form_pages_and_charge(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    text = window._figures.text()
    assert text.startswith("CMS-1500  ·  1 page  ·  charge $6,900.00")
    window.case.open(example_file("va-facility-2026"))
    assert window._figures.text().startswith("No claim form")
