"""What would make it payable: slips are mended with one key and come back with undo, facts only lead to their field."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mild_biller.core.case.claim_input import TypedLine
from mild_biller.core.review import whatif
from mild_biller.gui.findings.fix_list import MendRow
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.fixes import NOTHING, Mend, fact_rows, mended, slip_rows
from mild_biller.store.case_file import dump_case, parse_case
from tests.gui.helpers import cell
from tests.support import example_file

WITH_BUNDLE = "premera-with-study-bundle"


def looked(window: MainWindow, name: str) -> list[MendRow]:
    window.case.open(example_file(name))
    window.panel.payable.look()
    return window.panel.payable.rows


def texts(window: MainWindow) -> list[str]:
    return [row.mend.change for row in window.panel.payable.rows]


def test_a_clean_case_offers_nothing(window: MainWindow) -> None:
    assert not looked(window, "medicare-asc-2026")
    assert not window.panel.payable.isVisible()
    window.actions_by_name["payable"].trigger()


def test_a_slip_is_mended_by_key_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    (row,) = looked(window, "medicare-letter-o")
    assert window.panel.payable.isVisible()
    assert row.mend.change == "Claim: line 1, modifiers: QO → Q0"
    window.actions_by_name["payable"].trigger()
    assert window.focusWidget() is row.button
    assert row.button.accessibleName().startswith("Fix: Modifier is QO")
    qtbot.keyClick(row.button, Qt.Key.Key_Return)
    assert not window.case.review.errors
    assert window.case.review.claim.lines[0].modifiers == ("Q0",)
    assert not window.panel.payable.isVisible()
    assert window.steps.currentIndex() == 2
    window.actions_by_name["undo"].trigger()
    assert len(window.case.review.errors) == 1
    window.panel.payable.look()
    assert len(window.panel.payable.rows) == 1


def test_what_was_mended_can_be_saved_and_read_again(window: MainWindow) -> None:
    for row in looked(window, WITH_BUNDLE):
        changed = mended(window.case.case, row.mend)
        assert changed is not None
        assert parse_case(dump_case(changed), catalog=window.case.catalog) == changed


def test_a_diagnosis_goes_with_its_pointers(window: MainWindow) -> None:
    rows = looked(window, WITH_BUNDLE)
    assert [len(row.mend.paths) for row in rows] == [1, 2]
    rows[1].button.click()
    case = window.case.case
    assert case.claim is not None
    assert len(case.claim.diagnoses or ()) == 1
    assert len(window.panel.payable.rows) == 1
    window.panel.payable.rows[0].button.click()
    assert not window.case.review.errors


def test_facts_are_never_changed_only_shown(window: MainWindow, qtbot: QtBot) -> None:
    rows = looked(window, "medicare-no-claudication")
    assert rows
    assert not any(row.mend.paths for row in rows)
    before = dump_case(window.case.case)
    for row in rows:
        row.button.click()
        assert dump_case(window.case.case) == before
    asked = cell(window, "/answers/neurogenic_claudication").input
    rows[0].button.setFocus()
    qtbot.keyClick(rows[0].button, Qt.Key.Key_Space)
    assert window.steps.currentIndex() == 0
    assert asked is not None


def test_a_row_of_an_older_case_changes_nothing_it_was_not_made_for(window: MainWindow) -> None:
    (row,) = looked(window, "medicare-letter-o")
    window.case.write("/claim/lines", (TypedLine(code="62330", modifiers=("Q0",)),))
    before = dump_case(window.case.case)
    row.button.click()
    assert dump_case(window.case.case) == before
    assert not [each for each in window.panel.payable.rows if each.mend.paths]


def test_it_follows_once_the_typing_rests(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-letter-o"))
    qtbot.waitUntil(lambda: len(window.panel.payable.rows) == 1)
    window.case.open(example_file("medicare-asc-2026"))
    qtbot.waitUntil(lambda: not window.panel.payable.isVisible())


def test_where_somebody_must_type_there_is_no_mending(window: MainWindow) -> None:
    slip = whatif.Slip("/coverages/0/group_number", "overflow-code", "Too long.", "Correct it.", "G" * 999, None)
    (row,) = slip_rows((slip,))
    assert row == Mend("Too long.", "Correct it.", "/coverages/0/group_number")
    assert mended(window.case.case, row) is None


def test_values_in_words() -> None:
    made = [
        whatif.Slip("/claim/value_codes", "r", "m", "", [{"code": "D4", "amount": None}, {"code": "80"}], [], 0),
        whatif.Slip("/claim/type_of_bill", "r", "m", "", "X" * 999, None, 1),
    ]
    codes, bill = slip_rows(made)
    assert codes.change == f"Claim: value codes: D4, 80 → {NOTHING}"
    assert len(bill.change) < 300
    assert not fact_rows(())
