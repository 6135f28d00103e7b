"""The books mended in their own windows, by the keyboard: changed in place, added, deleted, brought back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mild_biller import files
from mild_biller.core.case.people import Clinician, Facility, Organization, OwnPayer
from mild_biller.core.case.vocabulary import PlanType, TaxIdKind
from mild_biller.gui import dialogs
from mild_biller.gui.books.book_form import BookForm
from mild_biller.gui.books.books import NOT_KEPT, Books
from mild_biller.gui.books.entry_fields import PART_NAMES, EntryFields
from mild_biller.gui.books.table_forms import ChargeForm, ImportPreview, TableForm
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.store.address_book import Book, BookPart, Entry, made_of
from mild_biller.store.charge_list import Charge
from tests.gui.helpers import Answering
from tests.gui.waiting import active

PAYER = OwnPayer(name="UNION FUND", plan_type=PlanType.COMMERCIAL)
BILLING = Organization(name="THREE RIVERS", npi="2000000010", tax_id="25-1234567", tax_id_kind=TaxIdKind.EIN)
FIRST = Clinician(last="RENDERER", first="PAT", npi="1234567893")
SECOND = Clinician(last="SECOND", first="SAM", npi="2000000028")
SITE = Facility(name="SITE", npi="2000000036")
BOOK = made_of((PAYER, BILLING, FIRST, SECOND, SITE))
CHARGE = Charge("62330", "", date(2025, 1, 1), "4600.00")


@pytest.fixture
def form(editor: CaseEditor, qtbot: QtBot) -> BookForm:
    made = BookForm(BOOK, case=editor)
    shown(made, qtbot)
    return made


def shown(form: TableForm, qtbot: QtBot) -> None:
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    active(form)
    form.grid.setFocus()


def press(form: QWidget, keys: str, *, times: int = 1) -> None:
    for _ in range(times):
        QTest.keySequence(form.focusWidget(), QKeySequence(keys))


def write(form: QWidget, text: str) -> None:
    QTest.keyClicks(form.focusWidget(), text)


def at(form: QWidget) -> str:
    return form.focusWidget().accessibleName()


def go_to(form: QWidget, name: str) -> None:
    for _ in range(40):
        if name in at(form):
            return
        press(form, "Tab")
    raise AssertionError(f"no key leads to {name!r}")


def proofs(form: BookForm) -> list[str]:
    return [line.text for line in form.fields.proofs if not line.isHidden()]


def test_an_entry_is_changed_in_place(form: BookForm) -> None:
    press(form, "Down", times=2)
    press(form, "Return")
    assert at(form) == "Clinician: Last name"
    write(form, "RENAMED")
    go_to(form, "Clinician: NPI")
    write(form, "2000000044")
    press(form, "Tab")
    changed = Clinician(last="RENAMED", first="PAT", npi="2000000044")
    assert form.book == made_of((PAYER, BILLING, changed, SECOND, SITE))  # in its place
    assert form.grid.words()[2] == ("Clinician", "RENAMED, PAT", "2000000044", "", "NPI: valid format")
    assert not form.fault()


def test_what_is_well_formed_is_said_beside_a_mark(form: BookForm) -> None:
    assert proofs(form) == []  # of the payer
    press(form, "Down")
    assert proofs(form) == ["NPI: valid format", "Tax ID: valid format"]
    assert form.grid.words()[1][4] == "NPI and tax ID: valid format"
    assert not form.grid.item(1, 4).icon().isNull()  # type: ignore[union-attr]
    press(form, "Return")
    go_to(form, "Billing provider: NPI")
    write(form, "2000000011")
    press(form, "Tab")
    assert proofs(form) == ["Tax ID: valid format"]
    said = [each.text() for each in form.fields.findChildren(QLabel) if each.isVisible()]
    assert "NPI: the check digit is invalid: a digit is wrong or two are swapped." in said
    assert "check digit" in form.grid.words()[1][4]
    assert form.fault() == (
        "Row 2: NPI: the check digit is invalid: a digit is wrong or two are swapped. Fix it, or delete the row."
    )


@pytest.mark.parametrize("part", BookPart)
def test_an_entry_of_every_kind_is_added_by_the_keyboard(form: BookForm, part: BookPart) -> None:
    go_to(form, "Type of the new entry")
    write(form, PART_NAMES[part].split()[0])  # a blank would open the list
    press(form, "Tab")
    press(form, "Space")
    assert "the name is missing" in form.fault()
    field = "Last name" if part is BookPart.CLINICIAN else "name" if part is BookPart.PAYER else "Name"
    assert field in at(form)
    write(form, "ADDED")
    head = form.book.entries(part)[0]
    assert "ADDED" in (getattr(head, "name", None), getattr(head, "last", None))
    assert len(form.book.entries(part)) == len(BOOK.entries(part)) + 1
    assert not form.fault()


def test_enter_on_a_kind_adds_an_entry(form: BookForm) -> None:
    go_to(form, "Type of the new entry")
    press(form, "Return")
    assert form.book.clinicians[0] == Clinician()
    assert at(form) == "Clinician: Last name"


def test_what_is_taken_out_comes_back(form: BookForm) -> None:
    press(form, "Down", times=2)
    press(form, "Shift+Down")
    press(form, "Delete")
    assert form.book == made_of((PAYER, BILLING, SITE))
    assert form.told.text() == "2 rows deleted; press Ctrl+Z to undo."
    assert form.grid.currentRow() == 2
    assert form.fields.sections[BookPart.FACILITY].isVisible()
    press(form, "Ctrl+Z")
    assert form.book == BOOK
    assert not form.told.text()
    assert not form.undo_button.isEnabled()
    assert not form.is_changed()


def test_undo_goes_back_step_by_step_from_a_field_too(form: BookForm) -> None:
    press(form, "Return")
    write(form, "FUND OF MINE")
    go_to(form, "Payer: City")
    write(form, "ERIE")
    press(form, "Ctrl+Z")  # what was typed into one entry is one step
    assert form.book == BOOK
    assert form.fields.findChild(QLineEdit).text() == "UNION FUND"
    form.remove()
    form.add_button.click()
    press(form, "Ctrl+Z")
    press(form, "Ctrl+Z")
    press(form, "Ctrl+Z")  # nothing is left to undo
    assert form.book == BOOK


def test_every_entry_can_be_taken_out(form: BookForm) -> None:
    form.grid.selectAll()
    press(form, "Delete")
    assert form.book == Book()
    assert not any(section.isVisible() for section in form.fields.sections.values())
    press(form, "Delete")
    assert form.told.text() == ""
    press(form, "Return")
    assert form.grid.hasFocus()


def test_two_alike_are_not_kept(form: BookForm) -> None:
    form.grid.setCurrentCell(3, 0)
    press(form, "Return")
    go_to(form, "Clinician: NPI")
    write(form, "1234567893")
    assert form.fault() == "Row 4: same NPI or name as row 3. Keep one of them."


def test_an_entry_left_empty_is_named(form: BookForm) -> None:
    form.grid.setCurrentCell(4, 0)
    press(form, "Return")
    press(form, "Delete")
    press(form, "Tab")
    press(form, "Delete")
    assert form.entries[4] == Facility()
    assert form.fault().startswith("Row 5: the name is missing")


def test_enter_in_a_field_goes_on_and_closes_nothing(form: BookForm) -> None:
    press(form, "Return")
    press(form, "Return")
    assert at(form) != "Payer: Payer's name"
    assert form.isVisible()


def test_tab_goes_through_everything_and_never_back_before(form: BookForm) -> None:
    press(form, "Down")
    seen = [form.focusWidget()]
    for _ in range(25):
        press(form, "Tab")
        if form.focusWidget() is seen[0]:
            break
        seen.append(form.focusWidget())
    inputs = [stop for cell in form.fields.cells() for stop in cell.input.stops()]
    assert seen == [
        form.grid,
        form.kind,
        form.add_button,
        form.remove_button,
        form.import_button,
        form.export_button,
        *inputs,
    ]  # nothing is to be undone yet


def test_fields_of_an_entry_are_those_of_its_model(editor: CaseEditor, qtbot: QtBot) -> None:
    fields = EntryFields(editor)
    qtbot.addWidget(fields)
    fields.show()
    blanks: tuple[Entry, ...] = (PAYER, Organization(), Clinician(), Facility())
    for entry in blanks:
        fields.show_entry(entry)
        assert {cell.field.key for cell in fields.cells()} == set(type(entry).model_fields) - {"role"}


def test_a_table_comes_before_and_in_place_of_what_is_there(
    form: BookForm, answering: Answering, tmp_path: Path
) -> None:
    table = tmp_path / "book.csv"
    table.write_text(
        "kind;last;first;npi;name\nclinician;NEW;ANN;2000000051;\nclinician;SECOND;SUE;2000000028;\n", encoding="utf-8"
    )
    answering("choose_table", table)
    answering("show_form", True)
    form.import_button.click()
    new = Clinician(last="NEW", first="ANN", npi="2000000051")
    assert form.book == made_of((PAYER, BILLING, new, SECOND.with_(first="SUE"), FIRST, SITE))
    form.undo_button.click()
    assert form.book == BOOK


def test_a_book_with_a_fault_does_not_go_out(form: BookForm, answering: Answering) -> None:
    form.add_button.click()
    told = answering("tell", None)
    form.export_button.click()
    assert "the name is missing" in str(told)


SPITEFUL = {
    "wrong encoding": ("kind,name\nfacility,Café\n".encode("cp1252"), "UTF-8"),
    "UTF-16": ("kind,name\nfacility,X\n".encode("utf-16"), "UTF-8"),
    "no columns": (b"facility,X\n", "kind is missing"),
    "an open quote": (b'kind,name\nfacility,"X\n', "quotation mark"),
    "too large": (b"kind,name\n" + b"facility,X\n" * 500_000, "too large"),
}


@pytest.mark.parametrize("kind", SPITEFUL)
def test_what_is_no_table_is_told_and_changes_nothing(
    form: BookForm, answering: Answering, tmp_path: Path, kind: str
) -> None:
    content, said = SPITEFUL[kind]
    (tmp_path / "book.csv").write_bytes(content)
    answering("choose_table", tmp_path / "book.csv")
    told = answering("tell", None)
    form.import_button.click()
    assert said in str(told)
    assert form.book == BOOK


@pytest.mark.slow
def test_ten_thousand_rows_are_shown_and_taken(
    form: BookForm, answering: Answering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"clinician,NAME {number}," for number in range(9_999)]
    (tmp_path / "book.csv").write_text("\n".join(("kind,last,npi", *rows, "clinician,X,\x00")), encoding="utf-8")
    answering("choose_table", tmp_path / "book.csv")
    seen: list[tuple[str, ...]] = []

    def look(_: QWidget, title: str, preview: ImportPreview, *, yes: str, **named: object) -> bool:
        seen.append(preview.grid.words()[-1])
        assert yes == "Add 9999 rows"
        return True

    monkeypatch.setattr(dialogs, "show_form", look)
    form.import_button.click()
    assert seen[0][0] == "10001"
    assert "an invisible character" in seen[0][2]
    assert len(form.book.clinicians) == 10_001


def test_a_charge_is_typed_taken_out_and_brought_back(qtbot: QtBot) -> None:
    form = ChargeForm((CHARGE,))
    shown(form, qtbot)
    press(form, "Tab")
    press(form, "Space")  # adds one
    write(form, "62331")
    press(form, "Return")
    qtbot.waitUntil(lambda: form.grid.words()[1] == ("62331", "", "", ""))  # Qt takes it a moment later
    assert form.fault()
    form.grid.setCurrentCell(1, 0)
    press(form, "Delete")
    assert form.charges() == [CHARGE]
    assert "deleted" in form.told.text()
    press(form, "Ctrl+Z")
    assert form.grid.words()[1] == ("62331", "", "", "")
    press(form, "Ctrl+Z")
    press(form, "Ctrl+Z")
    assert form.charges() == [CHARGE]
    assert not form.is_changed()


def test_a_charge_list_without_charges_has_nothing_to_take_out(qtbot: QtBot) -> None:
    form = ChargeForm(())
    shown(form, qtbot)
    press(form, "Delete")
    assert form.charges() == []
    assert not form.undo_button.isEnabled()


def test_the_first_charge_is_marked_and_can_be_taken_out_at_once(qtbot: QtBot) -> None:
    form = ChargeForm((CHARGE,))
    shown(form, qtbot)
    press(form, "Delete")
    assert form.charges() == []


def test_enter_changes_a_cell_of_the_charge_list(qtbot: QtBot) -> None:
    form = ChargeForm((CHARGE,))
    shown(form, qtbot)
    form.grid.setCurrentCell(0, 2)
    press(form, "Return")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "5000")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [each.amount for each in form.charges()] == ["5000"])
    form.undo_button.click()
    assert form.charges() == [CHARGE]


def test_the_book_in_its_dialog_by_the_keyboard(
    editor: CaseEditor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the real dialog
    form, parent, said = BookForm(BOOK, case=editor), QWidget(), []
    qtbot.addWidget(form)
    qtbot.addWidget(parent)

    def type_in() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.activateWindow()
        active(dialog)
        form.grid.setFocus()
        press(form, "Down", times=4)
        press(form, "Return")
        write(form, "NEW NAME")
        press(form, "Return")
        assert at(form) == "Facility: NPI"
        write(form, "1")
        QTest.keyClick(dialog, Qt.Key.Key_Return)  # Keep is the default
        said.extend(each.text() for each in dialog.findChildren(QLabel) if each.text().startswith("Row 5"))
        form.focusWidget().clear()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(50, type_in)
    assert dialogs.show_form(parent, form.title, form, fault=form.fault, is_changed=form.is_changed)
    assert said == ["Row 5: NPI: an NPI has ten digits and starts with 1 or 2. Fix it, or delete the row."]
    assert form.book.facilities == (Facility(name="NEW NAME"),)


def test_one_window_does_not_write_over_the_charges_of_another(tmp_path: Path) -> None:
    first, second = Books(tmp_path), Books(tmp_path)
    first.set_charges((CHARGE,))
    second.put_first(FIRST)
    assert Books(tmp_path).charges == (CHARGE,)
    assert second.charges == (CHARGE,)


def test_what_another_window_kept_while_the_book_was_open_stays(tmp_path: Path) -> None:
    first, second = Books(tmp_path), Books(tmp_path)
    first.put_first(FIRST)
    before = second.read_again()
    first.put_first(SITE)
    second.replace(Book(), before=before)
    assert Books(tmp_path).book == made_of((SITE,))


def test_books_that_cannot_be_written_hold_everything_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Books(tmp_path)
    books.put_first(FIRST)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "_replace", refuse)
    said: list[str] = []
    books.troubled.connect(said.append)
    books.put_first(SECOND)
    books.put_first(SITE)
    assert said == [NOT_KEPT, NOT_KEPT]
    assert books.book == made_of((SECOND, FIRST, SITE))
    monkeypatch.undo()
    books.put_first(FIRST)
    assert Books(tmp_path).book == made_of((FIRST, SECOND, SITE))


def test_rows_are_as_high_as_their_words_and_no_higher(editor: CaseEditor, qtbot: QtBot) -> None:
    wrong = SECOND.with_(npi="2000000029")
    made = BookForm(made_of((PAYER, BILLING, FIRST, wrong, SITE)), case=editor)
    made.resize(900, 600)
    shown(made, qtbot)
    grid = made.grid
    line = grid.fontMetrics().height() + 10
    heights = [grid.rowHeight(row) for row in range(5)]
    assert heights == [max(line, grid.sizeHintForRow(row)) for row in range(5)]
    assert heights[0] == heights[2] == heights[4] == line
