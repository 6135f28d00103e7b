"""The office's books: chosen from while typing, kept with a key, imported row by row, charges proposed and said."""

import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mild_biller.core.case.model import Case, Interspace
from mild_biller.core.case.people import Clinician, Facility, OwnPayer
from mild_biller.core.case.vocabulary import PlanType, Role
from mild_biller.gui import app, dialogs
from mild_biller.gui.books.book_form import BookForm
from mild_biller.gui.books.books import NOT_KEPT, Books
from mild_biller.gui.books.finder import Finder
from mild_biller.gui.books.table_forms import ChargeForm, ImportPreview
from mild_biller.gui.commands.book_commands import first_case, lost_usual, offers
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.pages.payer_page import Coverages
from mild_biller.gui.pages.providers_page import ProvidersPage
from mild_biller.gui.pages.service_lines import ServiceLines
from mild_biller.gui.widgets.menus import all_actions
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Offered, Settings
from mild_biller.store.address_book import Book, merged
from mild_biller.store.charge_list import Charge
from tests.gui.helpers import Answering, cell, typed
from tests.support import PACK, example_file

RENDERING = Clinician(last="RENDERER", first="PAT", npi="1234567893")
OTHER = Clinician(last="SECOND", first="SAM", npi="2000000028")
PAYER = OwnPayer(name="UNION FUND", plan_type=PlanType.COMMERCIAL)
CHARGES = (
    Charge("62330", "", date(2019, 1, 1), "3000.00"),
    Charge("62330", "", date(2025, 1, 1), "4600.00"),
    Charge("62331", "", date(2025, 1, 1), "2300.00"),
)


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|propagateSizeHints)")


@pytest.fixture
def window(editor: OpenCase, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window with books in a folder of its own."""
    shown = MainWindow(editor, settings=Settings(), books=Books(tmp_path / "data"))
    qtbot.addWidget(shown, before_close_func=lambda _: editor.replace(Case()))
    shown.show()
    shown.activateWindow()
    qtbot.waitExposed(shown)
    return shown


def finder(window: MainWindow, role: str) -> Finder:
    page = window.pages[3]
    assert isinstance(page, ProvidersPage)
    window.go_to_step(3)
    return page.finders[role]


def do(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def test_who_is_typed_can_be_kept_and_chosen_again(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    rendering = finder(window, "rendering")
    assert not rendering.line.isVisible()
    rendering.button.click()
    assert not rendering.button.isVisible()
    window.case.replace(Case())
    assert rendering.line.isVisible()
    rendering.line.setFocus()
    qtbot.keyClicks(rendering.line, "render")
    qtbot.keyClick(rendering.line, Qt.Key.Key_Return)
    assert window.case.read("/providers/rendering/npi") == "1234567893"
    assert cell(window, "/providers/rendering/last").input.text() == "RENDERER"  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: rendering.line.text() == "")


def test_the_popup_chooses_too_and_the_last_used_comes_first(window: MainWindow, qtbot: QtBot) -> None:
    window.books.replace(merged(Book(), (RENDERING, OTHER)))
    line = finder(window, "rendering").line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert [popup.model().index(row, 0).data() for row in range(2)] == [
        "RENDERER, PAT   1234567893",
        "SECOND, SAM   2000000028",
    ]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.case.read("/providers/rendering/last") == "SECOND")
    assert window.books.book.clinicians == (OTHER, RENDERING)
    do(window, "undo")
    assert window.case.read("/providers/rendering") is None


def test_a_role_of_the_case_stays_when_another_is_chosen(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.books.replace(merged(Book(), (OTHER,)))
    finder(window, "referring").choose(OTHER)
    assert window.case.read("/providers/referring/role") is Role.REFERRING
    assert window.books.book.clinicians == (OTHER,)


def test_enter_in_an_empty_line_goes_on_and_two_that_fit_wait(window: MainWindow, qtbot: QtBot) -> None:
    window.books.replace(merged(Book(), (RENDERING, OTHER)))
    line = finder(window, "rendering").line
    line.setFocus()
    qtbot.keyClicks(line, "s")
    line.completer().popup().hide()
    line.setText("a")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.case.read("/providers/rendering") is None
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.focusWidget() is not line


def test_somebody_with_a_fault_is_not_kept(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/providers/rendering/npi", "1234567890")
    rendering = finder(window, "rendering")
    rendering.keep()
    assert "check digit" in rendering.said.text()
    assert rendering.said.isVisible()
    window.case.write("/providers/rendering", None)
    rendering.refresh()
    assert not rendering.said.isVisible()
    rendering.keep()
    assert not window.books.book.clinicians


def test_who_stands_at_the_cursor_is_kept_with_a_key(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("own-payer-spouse"))
    typed(window, "/providers/rendering/npi")
    qtbot.keyClick(
        window.focusWidget(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert window.books.book.clinicians == (window.case.read("/providers/rendering"),)
    assert not window.books.book.billing
    assert window.statusBar().currentMessage().startswith("The rendering provider was saved to the address book.")
    cell(window, "/coverages/0/member_id")
    do(window, "keep_here")
    assert window.books.book.payers == (window.case.read("/coverages/0/payer"),)


def test_nobody_or_somebody_wrong_at_the_cursor_is_said(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    cell(window, "/coverages/0/payer")  # a shipped payer is none of the office's own
    do(window, "keep_here")
    assert "Place the cursor" in window.statusBar().currentMessage()
    cell(window, "/patient/last")
    do(window, "keep_here")
    window.panel.tree.setFocus()
    do(window, "keep_here")
    assert "Place the cursor" in window.statusBar().currentMessage()
    window.case.write("/providers/billing/npi", "1")
    cell(window, "/providers/billing/npi")
    do(window, "keep_here")
    assert "Not saved to the address book: NPI" in window.statusBar().currentMessage()
    assert window.books.book == Book()


def test_the_keep_button_is_reached_by_tab_and_its_keys_are_listed(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.books.replace(merged(Book(), (OTHER,)))
    rendering = finder(window, "rendering")
    window.pages[3].refresh()
    rendering.line.setFocus()
    qtbot.keyClick(rendering.line, Qt.Key.Key_Tab)
    assert window.focusWidget() is rendering.button
    qtbot.keyClick(rendering.button, Qt.Key.Key_Space)
    assert window.books.book.clinicians[0].last == "RENDERER"
    assert not rendering.button.isVisible()
    listed = dict(row for _, rows in all_actions(window._menus) for row in rows)
    assert listed["Add the current provider to the address book"] == "Ctrl+Shift+B"
    assert listed["Add all providers in this case to the address book"] == "Ctrl+K"


def test_everybody_is_kept_with_one_key(window: MainWindow) -> None:
    window.case.open(example_file("own-payer-spouse"))
    do(window, "keep")
    assert window.books.book.payers
    assert window.books.book.billing
    assert window.statusBar().currentMessage().partition(" saved to the address book.")[1]
    window.case.write("/providers/billing/npi", "1")
    do(window, "keep")
    assert "Not saved, incomplete or invalid: billing" in window.statusBar().currentMessage()


def test_a_payer_is_found_by_any_part_of_its_name(window: MainWindow, qtbot: QtBot) -> None:
    window.books.replace(merged(Book(), (PAYER.with_(policy="gone"),)))
    window.go_to_step(1)
    coverages = window.findChild(Coverages)
    assert coverages is not None
    found = coverages._cards[0].finder
    found.line.setFocus()
    assert found.line.isVisible()
    qtbot.keyClicks(found.line, "union")
    qtbot.keyClick(found.line, Qt.Key.Key_Return)
    assert window.case.read("/coverages/0/payer") == PAYER  # the policy that is no longer known is left out
    shipped = next(payer for payer in window.case.catalog.payers if payer.id == "medicare")
    found.choose("medicare")
    assert window.case.read("/coverages/0/payer") == shipped.id
    assert (shipped.name, shipped.id) in found.offers()


def test_a_well_formed_npi_bears_a_check_mark(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    npi = cell(window, "/providers/billing/npi")
    assert npi.input.accessibleDescription() == "valid format"
    assert not npi._mark.pixmap().isNull()
    typed(window, "/providers/billing/npi").setText("2000000011")
    typed(window, "/providers/billing/name")
    assert npi.input.accessibleDescription() != "valid format"


def propose(window: MainWindow) -> ServiceLines:
    """Type what makes the lines of a claim."""
    window.books.set_charges(CHARGES)
    lines = window.findChild(ServiceLines)
    assert lines is not None
    return lines


def test_charges_are_proposed_as_the_lines_come_about(window: MainWindow, qtbot: QtBot) -> None:
    lines = propose(window)
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/claim/charges", None)
    window.case.write("/procedure/date_of_service", None)
    window.case.write("/procedure/interspaces", None)
    day = typed(window, "/procedure/date_of_service")
    qtbot.keyClicks(day, "03102026")  # on the way there it reads as a day of 2020
    window.case.append("/procedure/interspaces", Interspace(name="L4-L5"))
    assert window.case.read("/claim/charges/62330") == "4600.00"
    assert "62330: from your charge list, from 01/01/2025" in lines.listed.text()
    window.case.write("/claim/charges/62330", "5000")
    assert "62330: your charge list says $4,600.00" in lines.listed.text()
    window.case.write("/claim/charges/62330", None)
    assert window.case.read("/claim/charges/62330") is None  # taken away on purpose
    assert lines.take_button.isVisible()
    lines.take_button.click()
    assert window.case.read("/claim/charges/62330") == "4600.00"
    assert not lines.take_button.isVisible()


def test_a_proposal_follows_the_day_while_nobody_has_typed_over_it(window: MainWindow) -> None:
    window.books.set_charges((*CHARGES, Charge("62330", "", date(2026, 2, 1), "4700.00")))
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/claim/charges", None)
    window.case.write("/procedure/date_of_service", None)
    window.case.write("/procedure/date_of_service", date(2026, 1, 15))
    assert window.case.read("/claim/charges/62330") == "4600.00"
    window.case.write("/procedure/date_of_service", date(2026, 3, 10))
    assert window.case.read("/claim/charges/62330") == "4700.00"
    window.case.write("/claim/charges/62330", "1.00")
    window.case.write("/procedure/date_of_service", date(2026, 1, 15))
    assert window.case.read("/claim/charges/62330") == "1.00"


def test_nothing_is_proposed_for_a_case_that_is_opened_or_undone(window: MainWindow) -> None:
    propose(window)
    window.case.open(example_file("medicare-asc-2026"))
    assert not window.case.is_changed
    window.case.write("/claim/charges", None)
    assert window.case.read("/claim/charges") is None
    window.case.undo()
    window.case.redo()
    assert window.case.read("/claim/charges") is None


def test_the_book_is_looked_through_and_kept(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.books.replace(merged(Book(), (RENDERING, OTHER, PAYER)))

    def take_out(_: QWidget, title: str, form: BookForm, **named: object) -> bool:
        assert title == "Address book"
        assert [row[1] for row in form.grid.words()] == ["UNION FUND", "RENDERER, PAT", "SECOND, SAM"]
        form.grid.selectRow(1)
        form.remove_button.click()
        return True

    monkeypatch.setattr(dialogs, "show_form", take_out)
    do(window, "book")
    assert window.books.book.clinicians == (OTHER,)


def test_a_table_is_shown_before_any_of_it_is_taken(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answering: Answering, tmp_path: Path, qtbot: QtBot
) -> None:
    table = tmp_path / "book.csv"
    table.write_text("kind,name,npi\nfacility,SITE,2000000036\nfacility,BAD,2000000037\n", encoding="utf-8")
    form = BookForm(Book(), case=window.case)
    qtbot.addWidget(form)
    answering("choose_table", table)
    seen: list[list[tuple[str, ...]]] = []

    def look(_: QWidget, title: str, preview: ImportPreview, *, yes: str, **named: object) -> bool:
        seen.append(preview.grid.words())
        assert yes == "Add 1 row"
        assert not preview.fault()
        assert "1 row can be added, 1 row cannot" in preview.said.text()
        return len(seen) > 1

    monkeypatch.setattr(dialogs, "show_form", look)
    form.import_button.click()
    assert form.book == Book()
    form.import_button.click()
    assert form.book.facilities == (Facility(name="SITE", npi="2000000036"),)
    assert seen[0][1][0] == "3"
    assert "check digit" in seen[0][1][2]


@pytest.mark.parametrize("content", [b"", b"\xff", None])
def test_a_table_that_is_none_is_told(
    window: MainWindow, answering: Answering, tmp_path: Path, content: bytes | None, qtbot: QtBot
) -> None:
    table = tmp_path / "book.csv"
    if content is not None:
        table.write_bytes(content)
    form = ChargeForm(())
    qtbot.addWidget(form)
    answering("choose_table", table)
    told = answering("tell", None)
    form.import_button.click()
    assert len(told) == 1


def test_a_table_with_nothing_good_is_not_taken(qtbot: QtBot) -> None:
    preview = ImportPreview(ChargeForm(()).check(b"code,charge,from\nbad,1,2026-01-01\n"))
    qtbot.addWidget(preview)
    assert "No row" in preview.fault()


def test_charges_are_typed_and_kept(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.books.set_charges(CHARGES)

    def fill_in(_: QWidget, title: str, form: ChargeForm, **named: object) -> bool:
        assert title == "Charge list"
        form.add_button.click()
        row = form.grid.rowCount() - 1
        for column, text in enumerate(("62330", "tc", "$900", "1/1/2026")):
            item = form.grid.item(row, column)
            assert item is not None
            item.setText(text)
        assert not form.fault()
        form.add_button.click()  # an empty row is none
        return True

    monkeypatch.setattr(dialogs, "show_form", fill_in)
    do(window, "charges")
    assert Charge("62330", "TC", date(2026, 1, 1), "900") in window.books.charges
    assert len(window.books.charges) == 4


def test_a_row_with_a_fault_keeps_the_list_open(qtbot: QtBot, answering: Answering) -> None:
    form = ChargeForm(CHARGES[:1])
    qtbot.addWidget(form)
    form.grid.add_row(("62330", "", "1", "01/01/2019"))
    assert "Row 2: same code" in form.fault()
    form.grid.item(1, 2).setText("much")  # type: ignore[union-attr]
    assert "Row 2: an amount" in form.fault()
    told = answering("tell", None)
    form.export_button.click()
    assert "Row 2" in str(told)
    form.grid.selectRow(1)
    form.remove_button.click()
    assert not form.fault()


def test_a_table_goes_out_and_comes_back(answering: Answering, tmp_path: Path, qtbot: QtBot) -> None:
    form, other = ChargeForm(CHARGES), ChargeForm(())
    for each in (form, other):
        qtbot.addWidget(each)
    proposed = answering("choose_table_target", tmp_path / "out.csv")
    form.export_button.click()
    assert "charge-list.csv" in str(proposed)
    answering("choose_table", tmp_path / "out.csv")
    answering("show_form", True)
    other.import_button.click()
    assert other.charges() == sorted(CHARGES)
    answering("choose_table", None)
    other.import_button.click()
    answering("choose_table_target", None)
    other.export_button.click()
    told = answering("tell", None)
    answering("choose_table_target", tmp_path / "missing" / "out.csv")
    form.export_button.click()
    assert "could not be written" in str(told)


def test_books_that_cannot_be_kept_hold_and_say_so(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "data").write_bytes(b"a file in its place")
    books = Books(tmp_path / "data")
    assert "could not be read" in books.trouble
    said: list[str] = []
    books.troubled.connect(said.append)
    books.put_first(RENDERING)
    assert said == [NOT_KEPT]
    assert books.book.clinicians == (RENDERING,)


def test_another_window_sees_what_was_kept(tmp_path: Path) -> None:
    first, second = Books(tmp_path / "data"), Books(tmp_path / "data")
    first.put_first(RENDERING)
    second.put_first(OTHER)
    assert Books(tmp_path / "data").book.clinicians == (OTHER, RENDERING)


def test_broken_books_are_told(tmp_path: Path) -> None:
    (tmp_path / "address-book.json").write_bytes(b"{")
    (tmp_path / "charges.csv").write_bytes(b"nonsense")
    books = Books(tmp_path)
    assert "address-book.broken" in books.trouble
    assert "charges.broken" in books.trouble


def test_a_new_case_begins_with_the_usual_payer_and_providers(window: MainWindow, answering: Answering) -> None:
    site = Facility(name="SITE", npi="2000000036")
    window.books.replace(merged(Book(), (RENDERING, site, PAYER)))
    usual = Settings(default_payer="medicare", default_rendering="1234567893", default_facility="2000000036")
    app.begin(window, usual)
    assert window.case.read("/coverages/0/payer") == "medicare"
    assert window.case.read("/providers/rendering") == RENDERING
    assert window.case.is_blank
    assert not window.isWindowModified()
    window.case.write("/patient/last", "OTHER")
    app.begin(window, Settings(default_payer="UNION FUND"))
    assert window.case.read("/providers/rendering") == RENDERING  # a case in work stays as it is
    answering("ask_save", dialogs.Answer.DISCARD)
    do(window, "new")
    assert window.case.read("/coverages/0/payer") == PAYER
    assert window.case.read("/providers") is None


def test_what_is_mended_in_the_book_holds_for_the_next_case(
    window: MainWindow, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    usual = Settings(default_rendering="1234567893")
    window.books.put_first(RENDERING)
    app.begin(window, usual)
    app.furnish(window, usual, app.protect(window, usual))
    window.case.write("/patient/last", "OTHER")
    window.books.put_first(RENDERING.with_(first="NEW FIRST NAME"))
    assert window.case.read("/providers/rendering") == RENDERING  # a case in work stays as it is
    answering("ask_save", dialogs.Answer.DISCARD)
    do(window, "new")
    assert window.case.read("/providers/rendering/first") == "NEW FIRST NAME"
    window.books.replace(Book(clinicians=(OTHER,)))
    assert "without the usual rendering provider" in window.statusBar().currentMessage()
    do(window, "new")
    assert window.case.read("/providers") is None


def test_which_of_the_usual_ones_are_lost_is_said(editor: OpenCase) -> None:
    books = Books()
    books.put_first(RENDERING)
    known = Settings(default_rendering="1234567893", default_payer="medicare")
    assert lost_usual(known, books=books, case=editor) == ""
    gone = Settings(default_rendering="1234567893", default_payer="GONE", default_facility="2000000036")
    assert lost_usual(gone, books=books, case=editor) == (
        "New cases start without the usual payer, usual facility. Choose again in Settings (Ctrl+,)."
    )


def test_somebody_no_longer_known_is_left_out_of_a_new_case(editor: OpenCase) -> None:
    usual = Settings(default_payer="gone", default_rendering="gone")
    assert first_case(usual, books=Books(), case=editor) == Case()


def test_a_setting_offers_who_is_in_the_book(editor: OpenCase) -> None:
    books = Books()
    books.put_first(PAYER)
    found = offers(books, editor)
    assert found[Offered.PAYERS][0] == ("UNION FUND", "UNION FUND")
    assert ("medicare", PACK.catalog.payer["medicare"].name) in found[Offered.PAYERS]
    assert found[Offered.FACILITIES] == []
