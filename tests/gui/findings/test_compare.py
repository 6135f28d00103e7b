"""The same case under every payer, setting and date: in words, sorted, copied; what cannot be read is said."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mild_biller.core.case.vocabulary import Setting
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.findings.compare import Compare
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.comparison import read_days
from mild_biller.presentation.typed_text import Calendar
from tests.gui.helpers import Answering
from tests.mistakes.claims import changes_of
from tests.support import TODAY, case, example_file


def page(editor: CaseEditor, qtbot: QtBot, name: str = "medicare-asc-2026") -> Compare:
    editor.open(example_file(name))
    made = Compare(editor)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_payer_with_answer_mark_and_codes(editor: CaseEditor, qtbot: QtBot) -> None:
    shown = page(editor, qtbot)
    rows = {row.name: row for row in shown.payers.compared.rows}
    assert len(rows) == len(editor.catalog.payers)
    (present,) = [row for row in rows.values() if row.is_present]
    assert present.cells == (
        "Medicare (this case)",
        "Covered",
        "Covered with evidence development",
        "62330 Q0 + 62331 Q0",
    )
    assert rows["Premera Blue Cross"].determination == "Not covered"
    index = shown.payers.compared.index(0, 1)
    assert isinstance(index.data(Qt.ItemDataRole.DecorationRole), QIcon)
    shown.grab()


def test_the_codes_of_the_facilitys_own_claim_stand_beside(editor: CaseEditor, qtbot: QtBot) -> None:
    editor.replace(case(changes=changes_of("surgeon and hospital", {})))
    made = Compare(editor)
    qtbot.addWidget(made)
    (present,) = [row for row in made.payers.compared.rows if row.is_present]
    assert present.codes == "62330 Q0; the facility: 62330 Q0"


def test_every_setting_and_every_day_of_change(editor: CaseEditor, qtbot: QtBot) -> None:
    shown = page(editor, qtbot)
    assert len(shown.settings.compared.rows) == len(Setting)
    days = [row.name for row in shown.dates.compared.rows]
    assert "03/10/2026" in days
    assert "02/16/2017" in days
    assert "03/12/2026" in days
    old = next(row for row in shown.dates.compared.rows if row.name == "02/16/2017")
    assert old.codes.startswith("0275T Q0")


def test_dates_are_typed_and_what_is_none_is_said(editor: CaseEditor, qtbot: QtBot) -> None:
    shown = page(editor, qtbot)
    shown.tabs.setCurrentIndex(2)
    shown.days.setText("12312025, 1/1/26 soon")
    qtbot.keyClick(shown.days, Qt.Key.Key_Return)
    assert [row.name for row in shown.dates.compared.rows] == ["12/31/2025", "01/01/2026"]
    assert shown.unread.text() == "Not a date: soon"
    assert shown.unread.isVisible()
    assert read_days("", calendar=Calendar(TODAY)) == ((), ())
    assert read_days("t;t", calendar=Calendar(TODAY)) == ((date(2026, 3, 12),), ())


def test_sorted_by_any_column_and_copied_as_it_stands(editor: CaseEditor, qtbot: QtBot) -> None:
    shown = page(editor, qtbot)
    shown.payers.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    qtbot.keyClick(shown.payers, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Payer\tDetermination\tPosition\tCodes"
    assert len(lines) == 1 + len(editor.catalog.payers)
    assert lines[1].split("\t")[1] == "Covered"
    shown.tabs.setCurrentIndex(1)
    shown.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Place of service\t")


def test_an_empty_case_can_be_compared(editor: CaseEditor, qtbot: QtBot) -> None:
    shown = Compare(editor)
    qtbot.addWidget(shown)
    assert {row.codes for row in shown.payers.compared.rows} == {"no lines"}
    assert not [row for row in shown.settings.compared.rows if row.is_present]


def test_the_menu_opens_it(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    calls = answering("show_page", None)
    window.actions_by_name["compare"].trigger()
    ((title, shown),) = calls
    assert title == "Compare payers, settings, dates"
    assert isinstance(shown, QWidget)
    qtbot.addWidget(shown)


def test_enter_shows_the_dates_and_closes_nothing(editor: CaseEditor, qtbot: QtBot) -> None:
    editor.open(example_file("medicare-asc-2026"))
    around = QDialog()
    qtbot.addWidget(around)
    shown = Compare(editor)
    QVBoxLayout(around).addWidget(shown)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    around.layout().addWidget(buttons)
    buttons.rejected.connect(around.reject)
    around.show()
    shown.tabs.setCurrentIndex(2)
    shown.days.setFocus()
    shown.days.setText("1/1/26")
    QGuiApplication.clipboard().setText("untouched")
    qtbot.keyClick(shown.days, Qt.Key.Key_Return)
    assert around.isVisible()
    assert len(shown.dates.compared.rows) == 1
    assert QGuiApplication.clipboard().text() == "untouched"
    around.close()
    shown.setParent(None)
    qtbot.addWidget(shown)
