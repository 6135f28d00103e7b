"""The letters: six kinds, words to edit that are kept in the case, blanks that lead to fields, pages and export."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mild_biller.core.case.denial import Denial
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.gui.request.letters_view import FILLED, WRITTEN, LettersView
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.typed_text import BROKEN
from mild_biller.store.case_file import dump_case, parse_case
from tests.gui.helpers import Answering
from tests.gui.waiting import until
from tests.support import PACK, example_file

STEP = 5


@pytest.fixture
def letters(window: MainWindow) -> LettersView:
    window.case.open(example_file("medicare-advantage-2026"))
    window.go_to_step(STEP)
    letters = window.prior_auth.letters
    window.prior_auth.tabs.setCurrentWidget(letters)
    letters._look.setChecked(False)
    until(letters.area.isVisible)
    return letters


def body(letters: LettersView) -> str:
    """Return the id of the first paragraph of running words."""
    paragraphs = letters._desk.letter(letters.kind).paragraphs
    return next(each.id for each in paragraphs if not each.rows and len(each.text) > 60)


def text_of(pdf: Path | bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join("\n".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())


def rows(letters: LettersView) -> list[str]:
    return [letters.blanks.item(place).text() for place in range(letters.blanks.count())]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_is_shown_as_its_paragraphs(letters: LettersView, kind: LetterKind) -> None:
    letters.kind = kind
    made = letters._desk.letter(kind)
    assert list(letters.paragraphs) == [each.id for each in made.paragraphs]
    for each in made.paragraphs:
        view = letters.paragraphs[each.id]
        assert view.is_table == bool(each.rows)
        assert each.rows or view.edit.toPlainText() == each.text
        assert view.edit.accessibleName()
        assert not view.reset_button.isVisible()
    assert len(rows(letters)) == len(made.blanks)
    assert letters._own_form.isVisible() is (kind is LetterKind.ABN)


def test_what_is_written_anew_is_kept_in_the_case_and_can_be_undone(
    window: MainWindow, letters: LettersView, qtbot: QtBot
) -> None:
    name = body(letters)
    view = letters.paragraphs[name]
    before = view.edit.toPlainText()
    view.enter()
    QTest.keyClicks(view.edit, "Anew. ")
    assert window.case.case.letters == {"medical-necessity": {name: f"Anew. {before}"}}
    assert parse_case(dump_case(window.case.case), catalog=window.case.catalog) == window.case.case
    assert view.reset_button.isVisible()
    assert view._changed.isVisible()
    assert "Anew." in window.prior_auth.desk.packet.statement.text
    qtbot.keyClick(view.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.case.case.letters is None
    assert view.edit.toPlainText() == before
    assert not view.reset_button.isVisible()
    window.go_to_step(0)
    window.actions_by_name["redo"].trigger()
    assert window.steps.currentIndex() == STEP
    assert window.focusWidget() is view.edit
    assert view.edit.toPlainText() == f"Anew. {before}"


def test_a_paragraph_can_be_set_back_alone(window: MainWindow, letters: LettersView) -> None:
    name = body(letters)
    other = next(each for each in letters.paragraphs if each != name and not letters.paragraphs[each].is_table)
    before = letters.paragraphs[name].edit.toPlainText()
    letters.paragraphs[name].edit.setPlainText("One.")
    letters.paragraphs[other].edit.setPlainText("Two.")
    letters.paragraphs[name].reset_button.click()
    assert letters.paragraphs[name].edit.toPlainText() == before
    assert window.case.case.letters == {"medical-necessity": {other: "Two."}}


def test_words_typed_back_are_no_edit(window: MainWindow, letters: LettersView) -> None:
    edit = letters.paragraphs[body(letters)].edit
    before = edit.toPlainText()
    edit.setPlainText("other")
    edit.setPlainText(before)
    assert window.case.case.letters is None


def test_a_paragraph_left_empty_stays_to_be_set_back(window: MainWindow, letters: LettersView) -> None:
    name = body(letters)
    letters.paragraphs[name].edit.setPlainText("")
    assert name not in [each.id for each in letters._desk.letter(letters.kind).paragraphs]
    assert letters.paragraphs[name].reset_button.isVisible()


@pytest.mark.parametrize("text", ["X" * 10_000, "שלום 👩🏽‍⚕️ Ø", "<b>&amp;", "[ a blank ]\nand a line"])
def test_any_words_are_kept_as_typed(window: MainWindow, letters: LettersView, text: str) -> None:
    name = body(letters)
    letters.paragraphs[name].edit.setPlainText(text)
    assert window.case.read(f"/letters/medical-necessity/{name}") == text
    letters.refresh()
    assert letters.paragraphs[name].edit.toPlainText() == text


def test_half_a_character_is_refused_in_a_line(
    window: MainWindow, letters: LettersView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = letters.paragraphs[body(letters)]
    monkeypatch.setattr(view.edit, "toPlainText", lambda: "half \ud83d")
    view.edited.emit(view.id)
    assert view.notice.text == BROKEN
    assert view.notice.isVisible()
    assert window.case.case.letters is None


def test_a_blank_leads_to_its_field_or_to_its_place_in_the_words(
    window: MainWindow, letters: LettersView, qtbot: QtBot
) -> None:
    window.case.write("/coverages/0/member_id", None)
    place = rows(letters).index("member ID")
    letters.blanks.itemActivated.emit(letters.blanks.item(place))
    assert window.focusWidget().accessibleName().endswith("Member ID")
    window.go_to_step(STEP)
    edit = letters.paragraphs[body(letters)].edit
    edit.setPlainText("Seen on [ which day ] here.")
    place = next(number for number, row in enumerate(rows(letters)) if row.startswith("which day"))
    assert rows(letters)[place] == "which day (only you can fill this)"
    letters.blanks.itemActivated.emit(letters.blanks.item(place))
    assert window.focusWidget() is edit
    assert edit.textCursor().selectedText() == "[ which day ]"


def test_blanks_stand_out(letters: LettersView) -> None:
    edit = letters.paragraphs[body(letters)].edit
    edit.setPlainText("👩 See [ this ] here.")
    formats = edit.document().firstBlock().layout().formats()
    assert [(each.start, each.length) for each in formats] == [(7, 8)]


def test_a_letter_that_must_not_go_is_refused(
    window: MainWindow, letters: LettersView, answering: Answering, qtbot: QtBot
) -> None:
    refused = next(kind for kind in LetterKind if letters._desk.letter(kind).refusals)
    letters.kind = refused
    assert letters._notices[0].text.startswith("Do not send this letter: ")
    assert not letters._export.isEnabled()
    assert not letters._look.isEnabled()
    told = answering("tell", None)
    letters.export()
    assert told


def test_the_pages_are_shown_and_follow_the_words(letters: LettersView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(letters.shown):
        letters._look.click()
    assert letters.pane.view.page_count >= 2
    letters._case.write(f"/letters/medical-necessity/{body(letters)}", "CANARY words.")
    qtbot.waitUntil(lambda: "CANARY words." in text_of(letters.pane.view.content))


@pytest.mark.parametrize("kind", [LetterKind.MEDICAL_NECESSITY, LetterKind.PEER_TO_PEER])
def test_a_letter_is_exported_under_a_neutral_name(
    window: MainWindow, letters: LettersView, kind: LetterKind, tmp_path: Path, answering: Answering, qtbot: QtBot
) -> None:
    letters.kind = kind
    assert not letters._desk.letter(kind).refusals
    letters.paragraphs[body(letters)].edit.setPlainText("Written anew, whole.")
    asked = answering("choose_pdf_target", tmp_path / "out.pdf")
    with qtbot.waitSignal(letters.written):
        letters._export.click()
    assert Path(str(asked[0][0])).name == f"letter-{kind}-2026-03-10.pdf"
    assert "Written anew, whole." in text_of(tmp_path / "out.pdf")
    assert WRITTEN in window.statusBar().currentMessage()


def test_an_appeal_is_filled_from_the_denial(window: MainWindow, letters: LettersView) -> None:
    window.case.write("/denial", Denial(carc=("50",)))
    letters.kind = LetterKind.APPEAL
    assert any("day of the denial" in row or "denial" in row for row in rows(letters))
    assert not letters._desk.letter(LetterKind.APPEAL).refusals


def form_with(names: list[str], path: Path) -> Path:
    with pikepdf.new() as pdf:
        sheet = pdf.add_blank_page(page_size=(612, 792))
        fields = []
        for number, name in enumerate(names):
            top = 700 - 40 * number
            fields.append(
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Widget,
                        FT=pikepdf.Name.Tx,
                        T=name,
                        Rect=[50, top, 500, top + 20],
                        DA=pikepdf.String("/Helv 10 Tf 0 g"),
                    )
                )
            )
        sheet.obj.Annots = pikepdf.Array(fields)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), DA=pikepdf.String("/Helv 10 Tf 0 g"))
        pdf.save(path)
    return path


class TestOwnForm:
    @pytest.fixture
    def abn(self, window: MainWindow, letters: LettersView) -> LettersView:
        window.case.open(example_file("medicare-no-claudication"))
        letters.kind = LetterKind.ABN
        assert not letters._desk.letter(LetterKind.ABN).refusals
        return letters

    def test_the_offices_own_form_is_filled(
        self, abn: LettersView, tmp_path: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        known = [field.names[0] for field in PACK.letters.form_fields]
        form = form_with(known, tmp_path / "form.pdf")
        original = form.read_bytes()
        answering("choose_form", form)
        answering("choose_pdf_target", tmp_path / "out.pdf")
        with qtbot.waitSignal(abn.written) as said:
            abn._own_form.click()
        assert said.args == [FILLED]
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            assert any("TESTPATIENT" in str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields)
        assert form.read_bytes() == original

    def test_what_found_no_field_is_told(
        self, abn: LettersView, tmp_path: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        first = PACK.letters.form_fields[0].names[0]
        answering("choose_form", form_with([first], tmp_path / "form.pdf"))
        answering("choose_pdf_target", tmp_path / "out.pdf")
        told = answering("tell", None)
        with qtbot.waitSignal(abn.written):
            abn._own_form.click()
        assert "no field for these" in str(told)

    @pytest.mark.parametrize("content", [b"words", b""])
    def test_what_is_no_form_is_refused_in_a_line(
        self, abn: LettersView, tmp_path: Path, content: bytes, answering: Answering, qtbot: QtBot
    ) -> None:
        (tmp_path / "form.pdf").write_bytes(content)
        answering("choose_form", tmp_path / "form.pdf")
        answering("choose_pdf_target", tmp_path / "out.pdf")
        told = answering("tell", None)
        abn._own_form.click()
        qtbot.waitUntil(lambda: bool(told))
        assert "form.pdf" in str(told)
        assert not (tmp_path / "out.pdf").exists()

    def test_the_form_itself_is_never_written_over(
        self, abn: LettersView, tmp_path: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        form = form_with([PACK.letters.form_fields[0].names[0]], tmp_path / "form.pdf")
        original = form.read_bytes()
        answering("choose_form", form)
        answering("choose_pdf_target", form)
        told = answering("tell", None)
        abn._own_form.click()
        qtbot.waitUntil(lambda: bool(told))
        assert form.read_bytes() == original

    def test_nobody_chose_a_form(self, abn: LettersView, answering: Answering) -> None:
        answering("choose_form", None)
        targets = answering("choose_pdf_target", None)
        abn._own_form.click()
        assert not targets  # nobody is asked where to write what was not chosen
