"""Bad words in step 6: in paragraphs of a letter, at attached files, as a password. Nothing is lost, all is said."""

import shutil
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Attachment
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.request.letter_paragraphs import ParagraphView
from mild_biller.gui.request.letters_view import WRITTEN as LETTER_WRITTEN
from mild_biller.gui.request.packet_view import WRITTEN as PACKET_WRITTEN
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.documents.password import BLANK, TOO_LONG, UNSEEN
from mild_biller.presentation.typed_text import NO_SUCH_PAGES
from mild_biller.store.case_file import dump_case, parse_case
from tests.corpus import hostile
from tests.gui.bad_texts import GARBAGE, LONG, assert_in_sight
from tests.gui.helpers import Answering, Keyboard, typed
from tests.support import example_file

STEP = 5
BAD = {**GARBAGE, "ten thousand letters": LONG, "three thousand words": "word " * 3000}
TAKEN = {  # where a paragraph takes other words than were pasted
    "control characters": " " * 9 + "\t\n" + " " * 2 + "\n" + " " * 18 + " " * 2 + "\n\n",
    "a table": "Name\tNPI\nRENDERER\t1234567893\n",
    "half a character": "AB",
    "nothing but blanks": "  \u2003\u3000 ",
}
FILE_NAMES = {
    "right to left": "שלום \u202efdp.exe.pdf",
    "emoji": "👩🏽‍⚕️🦴.pdf",
    "as long as a disk takes": f"{'x' * 240}.pdf",
    "accents piled up": "Z" + "\u0351" * 40 + ".pdf",
    "two lines": "one\ntwo\t.pdf",
    "markup": "<b>bold<br>&amp;.pdf",
}


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> PriorAuthPage:
    """A Medicare Advantage case with its one attachment beside it, on step 6."""
    shutil.copy(example_file("medicare-advantage-2026"), tmp_path / "case.json")
    (tmp_path / "imaging-report.pdf").write_bytes(hostile.plain(3))
    window.case.open(tmp_path / "case.json")
    window.go_to_step(STEP)
    return window.prior_auth


def files_read(page: PriorAuthPage, qtbot: QtBot) -> None:
    """Wait until every file is read, and the rows say so."""
    qtbot.waitUntil(lambda: not page.files.is_working)
    QApplication.processEvents()


def paste(window: MainWindow, text: str) -> None:
    """Put a text in place of what stands where the cursor is."""
    keyboard = Keyboard(window)
    QGuiApplication.clipboard().setText(text)
    keyboard.press("Ctrl+A")
    keyboard.press("Ctrl+V")


def words(page: PriorAuthPage) -> list[ParagraphView]:
    return [view for view in page.letters.paragraphs.values() if not view.is_table]


def assert_kept(window: MainWindow) -> None:
    """The case is one for a file, and in sight."""
    kept = window.case.case
    assert parse_case(dump_case(kept), catalog=window.case.catalog) == kept
    assert_in_sight(window)


@pytest.mark.parametrize("kind", BAD)
def test_bad_words_in_every_paragraph_of_a_letter(
    window: MainWindow, page: PriorAuthPage, answering: Answering, kind: str, tmp_path: Path, qtbot: QtBot
) -> None:
    page.tabs.setCurrentWidget(page.letters)
    before = dump_case(window.case.case)
    for view in words(page):
        view.enter()
        paste(window, BAD[kind])
        assert view.edit.toPlainText() == TAKEN.get(kind, BAD[kind])
        assert window.case.read(f"/letters/medical-necessity/{view.id}") == TAKEN.get(kind, BAD[kind])
    assert_kept(window)
    with qtbot.waitSignal(page.letters.written) as ended:
        answering("choose_pdf_target", tmp_path / "letter.pdf")
        page.letters.export()
    assert ended.args == [LETTER_WRITTEN]
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    while window.case.can_undo:
        Keyboard(window).press("Ctrl+Z")
    assert dump_case(window.case.case) == before


@pytest.mark.parametrize("kind", LetterKind)
def test_words_without_end_in_every_kind_of_letter(window: MainWindow, page: PriorAuthPage, kind: LetterKind) -> None:
    page.tabs.setCurrentWidget(page.letters)
    page.letters.kind = kind
    view = words(page)[0]
    view.enter()
    paste(window, LONG)
    assert window.case.read(f"/letters/{kind.value}/{view.id}") == LONG
    assert page.letters.area.horizontalScrollBar().maximum() == 0
    assert_kept(window)


def test_what_has_no_picture_becomes_a_blank_and_lines_stay_lines(window: MainWindow, page: PriorAuthPage) -> None:
    page.tabs.setCurrentWidget(page.letters)
    view = words(page)[0]
    view.enter()
    paste(window, "one\r\ntwo\x00\x1b\x85three\tfour\u2028five")
    assert view.edit.toPlainText() == "one\ntwo   three\tfour\nfive"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Plain words: é, ø, €, “so”, Ω, Ж.", ""),
        ("A bone 🦴", "Printed as “?”; the font does not have: 🦴."),
        ("שלום", "Right-to-left text is printed from left to right."),
        ("Z\u0951 👩⚕", "Printed as “?”; the font does not have: U+0951, ⚕, 👩."),
    ],
)
def test_what_prints_otherwise_is_said_under_the_words(
    window: MainWindow, page: PriorAuthPage, text: str, said: str
) -> None:
    page.tabs.setCurrentWidget(page.letters)
    view = words(page)[0]
    view.enter()
    paste(window, text)
    assert view.notice.isHidden() is not bool(said)
    assert view.notice.text == said
    assert view.edit.accessibleDescription() == f"{said} Rewritten.".strip()
    view.reset_button.click()
    assert view.notice.isHidden()


@pytest.mark.parametrize("kind", BAD)
def test_bad_pages_of_an_attached_file(window: MainWindow, page: PriorAuthPage, kind: str, qtbot: QtBot) -> None:
    files_read(page, qtbot)
    line = typed(window, "/attachments/0/pages")
    before = window.case.read("/attachments/0/pages")
    paste(window, BAD[kind])
    Keyboard(window).go_on()
    assert window.case.read("/attachments/0/pages") is None
    is_blank = not BAD[kind].strip("\u00a0\u2003\u3000 ") or kind == "control characters"
    found = page.form.attachments.rows[0].cells[1]
    assert (found.notice is None) is is_blank
    if not is_blank:
        assert found.notice is not None
        assert found.notice.text == NO_SUCH_PAGES or "character" in found.notice.text
        assert found.notice.text in line.accessibleDescription()
    assert_kept(window)
    assert before is None


@pytest.mark.parametrize("name", FILE_NAMES.values(), ids=FILE_NAMES)
def test_a_file_with_a_bad_name_is_attached_and_goes_into_the_packet(
    window: MainWindow, page: PriorAuthPage, answering: Answering, name: str, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / name
    file.write_bytes(hostile.plain(1))
    page.form.attachments.add([file])
    files_read(page, qtbot)
    assert window.case.read("/attachments/1/path") == name
    row = page.form.attachments.rows[1]
    assert row.lines == []
    assert "1 page" in row.title.text()
    assert_kept(window)
    page.tabs.setCurrentWidget(page.packet)
    with qtbot.waitSignal(page.packet.written) as ended:
        answering("choose_pdf_target", tmp_path / "packet-out.pdf")
        page.packet.export()
    assert ended.args == [PACKET_WRITTEN]
    assert_in_sight(window)


@pytest.mark.parametrize("kind", sorted(set(BAD) - {"half a character"}))
def test_a_case_that_names_a_bad_file_is_refused_in_a_line(
    window: MainWindow, page: PriorAuthPage, kind: str, qtbot: QtBot
) -> None:
    entries = (Attachment(path=BAD[kind]),)
    window.case.put(json_pointer.write(window.case.case, "/attachments", entries), "/attachments/0")
    files_read(page, qtbot)
    (said,) = page.form.attachments.rows[0].lines
    assert "could not be read" in said
    for part in (page.packet, page.letters, page.checklist):
        page.tabs.setCurrentWidget(part)
        QApplication.processEvents()
        assert_kept(window)


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        (GARBAGE["control characters"], UNSEEN),
        (GARBAGE["a table"], UNSEEN),
        (GARBAGE["right to left"], UNSEEN),
        (GARBAGE["nothing but blanks"], BLANK),
        (GARBAGE["accents piled up"], TOO_LONG),
        (LONG, TOO_LONG),
    ],
    ids=["control characters", "a table", "right to left", "blanks", "accents", "ten thousand letters"],
)
def test_a_password_no_packet_takes_is_refused_in_a_line_and_never_cut(
    window: MainWindow, page: PriorAuthPage, answering: Answering, password: str, wrong: str, qtbot: QtBot
) -> None:
    files_read(page, qtbot)
    page.tabs.setCurrentWidget(page.packet)
    line = page.packet.password
    line.setFocus()
    paste(window, password)
    assert not page.packet.wrong.isVisible()  # while it is typed
    Keyboard(window).press("Tab")
    assert page.packet.wrong.isVisible()
    assert page.packet.wrong.text == wrong
    assert line.accessibleDescription().startswith(wrong)
    assert len(line.text()) == len(password)
    told = answering("tell", None)
    page.packet.export()
    assert told == [(wrong,)]
    assert_in_sight(window)
    line.setText("correct horse")
    assert not page.packet.wrong.isVisible()
    assert wrong not in line.accessibleDescription()


@pytest.mark.parametrize("kind", ["markup", "a path and a query", "numbers that are none"])
def test_an_odd_password_opens_the_packet(
    window: MainWindow, page: PriorAuthPage, answering: Answering, kind: str, tmp_path: Path, qtbot: QtBot
) -> None:
    files_read(page, qtbot)
    page.tabs.setCurrentWidget(page.packet)
    page.packet.password.setFocus()
    paste(window, GARBAGE[kind])
    with qtbot.waitSignal(page.packet.written):
        answering("choose_pdf_target", tmp_path / "locked.pdf")
        page.packet.export()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "locked.pdf")
    with pikepdf.open(tmp_path / "locked.pdf", password=GARBAGE[kind]) as packet:
        assert len(packet.pages) > 1
