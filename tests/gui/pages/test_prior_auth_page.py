"""Step 6: the checklist leads to fields, files are attached and checked, the packet is shown and exported."""

import json
import os
import shutil
import threading
import warnings
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mild_biller.core.case.model import Attachment, Case
from mild_biller.core.case.vocabulary import AttachmentKind
from mild_biller.core.documents.packet import State
from mild_biller.gui import tasks
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.request.attachment_list import NO_NAME, AttachmentRow
from mild_biller.gui.request.packet_view import WRITTEN
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.documents import packet_pdf
from mild_biller.presentation.findings.finding_rows import FindingRow
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import NO_SUCH_PAGES, PAGES, Calendar
from mild_biller.store.attached_paths import name_for
from tests.corpus import broken, hostile, pictures
from tests.gui.helpers import Answering, cell, typed
from tests.gui.waiting import settled
from tests.support import LIMIT, example_file

STEP = 5
DAY = date(2026, 3, 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Medicare Advantage case with its one attachment beside it."""
    shutil.copy(example_file("medicare-advantage-2026"), tmp_path / "case.json")
    (tmp_path / "imaging-report.pdf").write_bytes(hostile.plain(3))
    return tmp_path


@pytest.fixture
def page(window: MainWindow, folder: Path, qtbot: QtBot) -> PriorAuthPage:
    window.case.open(folder / "case.json")
    window.go_to_step(STEP)
    files_read(window, qtbot)
    return window.prior_auth


def files_read(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every file is read, and the rows say so."""
    qtbot.waitUntil(lambda: not window.prior_auth.files.is_working)
    QApplication.processEvents()


def shown_entries(page: PriorAuthPage) -> list[FindingRow]:
    return [entry for group in page.checklist._shown.groups for entry in group.entries]


def entry_of(page: PriorAuthPage, title: str) -> FindingRow:
    return next(entry for entry in shown_entries(page) if entry.text.startswith(title))


def packet_shown(page: PriorAuthPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.packet)
    qtbot.waitUntil(lambda: page.packet.pane.view.page_count > 0)


def text_of(path: Path, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(path, password=password) as document:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def entering(dragged: QMimeData) -> QDragEnterEvent:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():  # there is no other way to make one
        warnings.simplefilter("ignore", DeprecationWarning)
        return QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, dragged, buttons, keys)


class TestChecklist:
    def test_every_item_has_its_state_in_words_and_its_mark(self, page: PriorAuthPage) -> None:
        rows = shown_entries(page)
        packet = page.desk.packet
        for item in packet.items:
            row = next(entry for entry in rows if entry.text.startswith(f"{item.title}: "))
            assert (row.tone is Tone.GOOD) is (item.state in (State.IN_CASE, State.ATTACHED))
        assert "imaging-report.pdf, 3 pages" in entry_of(page, "Imaging report").text
        assert "H1234567801" in entry_of(page, "Payer and member ID").text

    def test_what_is_missing_is_counted_in_the_mark_of_the_step(self, window: MainWindow, page: PriorAuthPage) -> None:
        assert page.desk.packet.is_complete
        assert window.steps.tabText(STEP) == "6 Prior auth"
        assert window.steps.tones[STEP] is Tone.GOOD
        window.case.write("/coverages/0/member_id", None)
        assert window.steps.tabText(STEP) == "6 Prior auth  1"
        assert window.steps.tones[STEP] is Tone.NEEDED
        assert page.checklist.summary.text == "1 required item is missing."
        row = entry_of(page, "Payer and member ID")
        assert row.tone is Tone.NEEDED
        assert "missing" in row.text
        assert "member ID" in row.remedy

    def test_a_click_and_enter_go_to_the_field_that_settles_it(
        self, window: MainWindow, page: PriorAuthPage, qtbot: QtBot
    ) -> None:
        window.case.write("/coverages/0/member_id", None)
        tree = page.checklist.tree
        index = tree.findings.index_of(entry_of(page, "Payer and member ID"))
        tree.scrollTo(index)
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())
        assert window.focusWidget().accessibleName().endswith("Member ID")
        window.go_to_step(STEP)
        tree.setCurrentIndex(index)
        tree.setFocus()
        qtbot.keyClick(tree, Qt.Key.Key_Return)
        assert window.focusWidget().accessibleName().endswith("Member ID")

    def test_the_chosen_item_says_who_asks_and_why(self, page: PriorAuthPage) -> None:
        tree = page.checklist.tree
        tree.choose(entry_of(page, "Imaging report"))
        said = page.checklist.details.toPlainText()
        assert "Why:" in said
        assert "Required by:" in said
        assert "Certainty:" in said

    def test_a_file_that_cannot_be_used_proves_nothing(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, qtbot: QtBot
    ) -> None:
        assert entry_of(page, "Imaging report").tone is Tone.GOOD
        window.case.write("/attachments/0/path", "absent.pdf")
        files_read(window, qtbot)
        row = entry_of(page, "Imaging report")
        assert row.tone is Tone.ERROR
        assert "absent.pdf, but this file cannot go into the packet" in row.text
        assert row.path == "/attachments/0/kind"

    def test_clocks_and_notes_for_the_office_stand_below(self, window: MainWindow, page: PriorAuthPage) -> None:
        window.case.write("/authorization/requested_on", DAY)
        groups = {group.key: group for group in page.checklist._shown.groups}
        assert any("due 03/19/2026" in entry.text for entry in groups["clocks"].entries)
        assert groups["office"].entries

    def test_a_payer_that_takes_no_request_is_said_to(self, window: MainWindow) -> None:
        window.case.open(example_file("medicare-asc-2026"))
        window.go_to_step(STEP)
        assert "does not accept authorization requests" in window.prior_auth.checklist.summary.text
        assert window.steps.tabText(STEP) == "6 Prior auth"

    @pytest.mark.parametrize("name", ["premera-commercial-2026", "va-facility-2026", "stress-long-values"])
    def test_every_row_leads_somewhere_or_nowhere_but_never_astray(
        self, window: MainWindow, name: str, qtbot: QtBot
    ) -> None:
        window.case.open(example_file(name))
        window.go_to_step(STEP)
        for entry in shown_entries(window.prior_auth):
            page = window.prior_auth
            page.checklist.tree.asked.emit(entry)
            if entry.path:
                assert window.focusWidget() is not None
        files_read(window, qtbot)

    def test_an_empty_case_has_a_checklist_too(self, window: MainWindow) -> None:
        window.go_to_step(STEP)
        assert shown_entries(window.prior_auth)
        assert window.steps.tabText(STEP) == "6 Prior auth"


class TestFields:
    @pytest.mark.parametrize(
        ("pointer", "text", "value"),
        [
            ("/authorization/requested_on", "3/1/26", date(2026, 3, 1)),
            ("/authorization/reference", "A-77", "A-77"),
            ("/authorization/decision", "approved", "approved"),
            ("/authorization/codes", "62330 62331", ("62330", "62331")),
            ("/authorization/units", "2", 2),
            ("/authorization/from", "03012026", date(2026, 3, 1)),
            ("/authorization/to", "04012026", date(2026, 4, 1)),
            ("/authorization/place_of_service", "24", "24"),
            ("/denial/date", "t", DAY),
            ("/denial/carc", "50, 97", ("50", "97")),
            ("/denial/rarc", "N386", ("N386",)),
            ("/denial/remark", "not proven", "not proven"),
        ],
    )
    def test_authorization_and_denial_have_fields(
        self, window: MainWindow, pointer: str, text: str, value: object
    ) -> None:
        line = typed(window, pointer)
        assert window.steps.currentIndex() == STEP
        line.setText(text)
        assert window.case.read(pointer) == value

    def test_findings_at_an_authorization_lead_to_its_field(self, window: MainWindow) -> None:
        window.case.open(example_file("medicare-advantage-2026"))
        window.case.write("/authorization/reference", "A1")
        window.case.write("/authorization/codes", ("0275T",))
        found = next(each for each in window.case.review.findings if each.path.startswith("/authorization/codes"))
        assert cell(window, "/authorization/codes").notice is not None
        window.go_to_field(found.path)
        assert "Codes approved" in window.focusWidget().accessibleName()


class TestFiles:
    def test_files_are_added_by_the_dialog_in_one_step(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        (folder / "note.png").write_bytes(pictures.png())
        (folder / "fax.tif").write_bytes(pictures.many_page_tiff(3))
        answering("choose_attachments", (folder / "note.png", folder / "fax.tif"))
        page.form.attachments.add_button.click()
        assert [each.path for each in window.case.case.attachments] == ["imaging-report.pdf", "note.png", "fax.tif"]
        assert "Attachment 2: Type" in window.focusWidget().accessibleName()
        files_read(window, qtbot)
        assert page.form.attachments.rows[2].title.text() == "3  fax.tif, 3 pages"
        window.actions_by_name["undo"].trigger()
        assert len(window.case.case.attachments) == 1
        assert len(page.form.attachments.rows) == 1

    def test_files_are_dropped_on_the_page(self, window: MainWindow, folder: Path, qtbot: QtBot) -> None:
        window.go_to_step(STEP)
        page = window.prior_auth
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(folder / "imaging-report.pdf")), QUrl("https://example.org/x.pdf")])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        actions = Qt.DropAction.CopyAction
        enter = entering(dropped)
        QApplication.sendEvent(page, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), actions, dropped, buttons, keys))
        assert [Path(each.path) for each in window.case.case.attachments] == [folder / "imaging-report.pdf"]
        files_read(window, qtbot)
        assert page.form.attachments.rows[0].title.text() == "1  imaging-report.pdf, 3 pages"
        words = QMimeData()
        words.setText("words")
        nothing = entering(words)
        nothing.ignore()
        QApplication.sendEvent(page, nothing)
        assert not nothing.isAccepted()

    def test_no_field_of_the_page_swallows_a_dropped_file(self, page: PriorAuthPage) -> None:
        assert not [each for each in page.form.cells() if each.input.acceptDrops()]

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("words.pdf", b"hello", "words.pdf is not a PDF"),
            ("empty.pdf", b"", "empty.pdf is empty"),
            ("half.pdf", broken.truncated(0.2), "half.pdf "),
            ("none.pdf", broken.no_pages(), "none.pdf has no pages"),
            ("letter.doc", b"PK\x03\x04rest", "Word, Excel or zip"),
        ],
    )
    def test_what_cannot_go_into_a_packet_is_refused_in_a_line(
        self, window: MainWindow, folder: Path, name: str, content: bytes, said: str, qtbot: QtBot
    ) -> None:
        (folder / name).write_bytes(content)
        window.go_to_step(STEP)
        page = window.prior_auth
        page.form.attachments.add([folder / name])
        files_read(window, qtbot)
        lines = page.form.attachments.rows[0].lines
        assert len(lines) == 1
        assert said in lines[0]
        assert str(folder) not in lines[0]
        page.tabs.setCurrentWidget(page.packet)
        qtbot.waitUntil(lambda: bool(page.packet.said.text))
        assert page.packet.said.text.startswith("No packet is made: ")

    @pytest.mark.parametrize(
        ("kind", "said"), [("large", "is 60 MB large"), ("pipe", "is not a file"), ("folder", "read")]
    )
    def test_what_must_not_even_be_read_is_refused_in_a_line(
        self, window: MainWindow, tmp_path: Path, kind: str, said: str, qtbot: QtBot
    ) -> None:
        odd = tmp_path / "odd.pdf"
        if kind == "large":
            with odd.open("wb") as file:
                file.truncate(60_000_000)
        elif kind == "pipe":
            if not hasattr(os, "mkfifo"):
                pytest.skip("this system has no pipes among its files")
            os.mkfifo(odd)
        else:
            odd.mkdir()
        window.go_to_step(STEP)
        window.prior_auth.form.attachments.add([odd])
        files_read(window, qtbot)
        lines = window.prior_auth.form.attachments.rows[0].lines
        assert len(lines) == 1
        assert lines[0].startswith("odd.pdf ")
        assert said in lines[0]

    def test_what_stayed_behind_is_noted(self, window: MainWindow, folder: Path, qtbot: QtBot) -> None:
        (folder / "chart.pdf").write_bytes(hostile.hostile("embedded file"))
        window.go_to_step(STEP)
        window.prior_auth.form.attachments.add([folder / "chart.pdf"])
        files_read(window, qtbot)
        ready = window.prior_auth.files.ready(0)
        assert ready.prepared.notes
        assert window.prior_auth.form.attachments.rows[0].lines == list(ready.prepared.notes)

    def test_pages_are_chosen_and_checked(self, window: MainWindow, page: PriorAuthPage, qtbot: QtBot) -> None:
        line = typed(window, "/attachments/0/pages")
        line.setText("1-2, 3")
        files_read(window, qtbot)
        assert page.files.ready(0).prepared.page_count == 3
        line.setText("2-")
        assert window.case.faults
        line.setText("9")
        files_read(window, qtbot)
        assert "no page 9" in page.form.attachments.rows[0].lines[0]
        window.case.write("/attachments/0/pages", (2, 1))
        assert line.text() == "2, 1"
        files_read(window, qtbot)
        assert page.files.ready(0).prepared.page_count == 2

    @pytest.mark.parametrize(
        ("text", "value"), [("", None), ("ALL", None), ("1 - 3,7", "1-3, 7"), ("3-1", "3-1"), ("0", ""), ("1;2", "")]
    )
    def test_pages_are_read_as_they_are_written(self, text: str, value: str | None) -> None:
        reading = PAGES.read(text, Calendar(DAY))
        assert (reading.value, reading.fault) == ((value, "") if value != "" else (None, NO_SUCH_PAGES))

    def test_a_file_is_moved_with_buttons_and_keys_and_removed(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, qtbot: QtBot
    ) -> None:
        for name in ("b.pdf", "c.pdf"):
            (folder / name).write_bytes(hostile.plain())
        page.form.attachments.add([folder / "b.pdf", folder / "c.pdf"])

        def names() -> list[str]:
            return [each.path for each in window.case.case.attachments]

        rows = page.form.attachments.rows
        assert not rows[0].up.isEnabled()
        assert not rows[2].down.isEnabled()
        rows[2].up.click()
        assert names() == ["imaging-report.pdf", "c.pdf", "b.pdf"]
        assert window.focusWidget() is rows[1].up
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert names() == ["c.pdf", "imaging-report.pdf", "b.pdf"]
        assert rows[1].cells[0].input.currentText() == "Imaging report"
        rows[1].remove.click()
        assert names() == ["c.pdf", "b.pdf"]
        assert window.focusWidget() is rows[1].remove
        for _ in range(2):
            page.form.attachments.rows[0].remove.click()
        assert window.case.case.attachments is None
        assert window.focusWidget() is page.form.attachments.add_button
        files_read(window, qtbot)

    def test_a_locked_file_is_opened_with_its_password_which_is_not_kept(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        (folder / "locked.pdf").write_bytes(broken.locked())
        page.form.attachments.add([folder / "locked.pdf"])
        files_read(window, qtbot)
        row = page.form.attachments.rows[1]
        assert row.unlock.isVisible()
        assert "needs its password" in row.lines[0]
        asked = answering("ask_password", "wrong")
        row.unlock.click()
        files_read(window, qtbot)
        assert "locked.pdf" in str(asked[0])
        assert "did not open with that password" in row.lines[0]
        answering("ask_password", broken.USER)
        row.unlock.click()
        files_read(window, qtbot)
        assert not row.unlock.isVisible()
        assert page.files.ready(1).prepared is not None
        window.case.save(str(folder / "case.json"))
        assert broken.USER not in (folder / "case.json").read_text()
        assert broken.USER not in repr(page.files.ready(1)) + repr(list(page.files._wanted()))
        window.case.open(folder / "case.json")
        files_read(window, qtbot)
        assert page.files.ready(1).is_locked

    def test_a_file_that_changes_is_read_again_when_the_step_is_shown(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, qtbot: QtBot
    ) -> None:
        window.go_to_step(0)
        (folder / "imaging-report.pdf").write_bytes(hostile.plain(2))
        with qtbot.waitSignal(page.files.changed):
            window.go_to_step(STEP)
        assert page.form.attachments.rows[0].title.text() == "1  imaging-report.pdf, 2 pages"

    def test_paths_are_whole_until_the_case_is_saved_and_relative_then(
        self, window: MainWindow, folder: Path, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot
    ) -> None:
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        window.go_to_step(STEP)
        window.prior_auth.form.attachments.add([folder / "imaging-report.pdf"])
        assert window.case.read("/attachments/0/path") == str(folder / "imaging-report.pdf")
        window.case.save(str(folder / "own.json"))
        assert json.loads((folder / "own.json").read_text())["attachments"][0]["path"] == "imaging-report.pdf"
        assert not window.case.is_changed
        window.case.save(str(elsewhere / "own.json"))
        moved = window.case.read("/attachments/0/path")
        assert moved.startswith("../")
        assert (elsewhere / moved).resolve() == (folder / "imaging-report.pdf").resolve()
        files_read(window, qtbot)
        assert window.prior_auth.files.ready(0).prepared is not None
        assert name_for(folder / "a.pdf", folder=None) == str(folder / "a.pdf")

    def test_a_name_that_cannot_be_stored_is_refused_in_a_line(self, window: MainWindow, qtbot: QtBot) -> None:
        window.go_to_step(STEP)
        window.prior_auth.form.attachments.add([Path("/a/\udcff.pdf")])
        assert window.case.case.attachments is None
        assert window.prior_auth.form.attachments._refused.text == NO_NAME

    def test_a_relative_name_without_a_case_file_is_said(self, window: MainWindow, qtbot: QtBot) -> None:
        window.case.replace(Case(attachments=(Attachment(kind=AttachmentKind.EOB, path="x.pdf"), Attachment())))
        window.go_to_step(STEP)
        files_read(window, qtbot)
        rows: tuple[AttachmentRow, ...] = window.prior_auth.form.attachments.rows
        assert "not saved yet" in rows[0].lines[0]
        assert "No file is named" in rows[1].lines[0]


class TestPacket:
    def test_the_packet_is_shown_as_it_will_leave_and_follows_the_case(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, qtbot: QtBot
    ) -> None:
        packet_shown(page, qtbot)
        before = page.packet.pane.view.page_count
        (folder / "shown.pdf").write_bytes(page.packet.pane.view.content)
        assert "H1234567801" in text_of(folder / "shown.pdf")
        with qtbot.waitSignal(page.packet.shown):
            typed(window, "/attachments/0/pages").setText("1")
            files_read(window, qtbot)
        qtbot.waitUntil(lambda: page.packet.pane.view.page_count == before - 2)

    @pytest.mark.fresh_window
    def test_it_is_not_made_while_nobody_sees_it(self, window: MainWindow, page: PriorAuthPage) -> None:
        settled(window)
        assert page.packet.pane.view.page_count == 0

    def test_it_is_exported_under_a_neutral_name_and_can_be_read(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        asked = answering("choose_pdf_target", folder / "out.pdf")
        with qtbot.waitSignal(page.packet.written):
            page.packet.export_button.click()
        assert asked == [(folder / "packet-2026-03-10.pdf",)]
        read = text_of(folder / "out.pdf")
        assert "H1234567801" in read
        assert hostile.SHOWN in read
        assert WRITTEN in window.statusBar().currentMessage()
        assert not page.packet.bar.isVisible()

    def test_it_opens_with_its_password_alone(
        self, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        answering("choose_pdf_target", folder / "out.pdf")
        page.packet.password.setText("Secret 1")
        with qtbot.waitSignal(page.packet.written):
            page.packet.export()
        with pytest.raises(pypdfium2.PdfiumError):
            text_of(folder / "out.pdf")
        assert "H1234567801" in text_of(folder / "out.pdf", password="Secret 1")

    def test_progress_is_shown_and_a_stop_leaves_nothing(
        self,
        page: PriorAuthPage,
        folder: Path,
        answering: Answering,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        page.tabs.setCurrentWidget(page.packet)
        packet_shown(page, qtbot)
        answering("choose_pdf_target", folder / "out.pdf")
        reached, going_on = threading.Event(), threading.Event()
        whole = packet_pdf.build

        def slow(*parts: object, progress: object, **named: object) -> bytes:
            def told(done: int, total: int) -> bool:
                goes_on = progress(done, total)
                if done == 2 and not reached.is_set():
                    reached.set()
                    assert going_on.wait(LIMIT)
                return goes_on

            return whole(*parts, progress=told, **named)

        monkeypatch.setattr(packet_pdf, "build", slow)
        before = sorted(folder.iterdir())
        page.packet.export_button.click()
        qtbot.waitUntil(lambda: reached.is_set() and page.packet.bar.value() == 2)
        assert page.packet.bar.isVisible()
        assert page.packet.bar.maximum() > 5
        assert not page.packet.export_button.isEnabled()
        with qtbot.waitSignal(page.packet.written) as said:
            page.packet.cancel_button.click()
            going_on.set()
        assert "stopped" in said.args[0]
        assert sorted(folder.iterdir()) == before
        assert page.packet.export_button.isEnabled()

    def test_nothing_is_exported_while_a_file_is_refused(
        self, window: MainWindow, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        (folder / "bad.pdf").write_bytes(b"bad")
        page.form.attachments.add([folder / "bad.pdf"])
        files_read(window, qtbot)
        told = answering("tell", None)
        page.packet.export()
        assert "bad.pdf" in str(told)

    def test_a_folder_that_cannot_be_written_is_told(
        self, page: PriorAuthPage, folder: Path, answering: Answering, qtbot: QtBot
    ) -> None:
        answering("choose_pdf_target", folder / "absent" / "out.pdf")
        told = answering("tell", None)
        with qtbot.waitSignal(page.packet.written):
            page.packet.export()
        assert "could not be written" in str(told)

    def test_nobody_chose_a_place(self, page: PriorAuthPage, answering: Answering) -> None:
        answering("choose_pdf_target", None)
        page.packet.export()
        assert page.packet.export_button.isEnabled()

    @pytest.mark.fresh_window
    def test_the_window_closes_while_a_packet_is_made(self, window: MainWindow, page: PriorAuthPage) -> None:
        page.tabs.setCurrentWidget(page.packet)
        page.packet._make()
        assert window.close()
        assert tasks.finish()


def test_no_row_of_the_tree_is_lost(page: PriorAuthPage) -> None:
    model = page.checklist.tree.findings
    assert model.rowCount(QModelIndex()) == len(page.checklist._shown.groups)
    counted = sum(model.rowCount(model.index(place, 0)) for place in range(model.rowCount()))
    assert counted == len(shown_entries(page))


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("checklist", "Checklist of the packet"),
        ("packet", "Password of the packet, none when blank"),
        ("letters", "Which letter"),
    ],
)
def test_every_part_is_reached_from_the_menu(window: MainWindow, name: str, reached: str, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-advantage-2026"))
    window.actions_by_name[name].trigger()
    assert window.steps.currentIndex() == STEP
    assert window.focusWidget().accessibleName() == reached
    files_read(window, qtbot)


def test_files_are_attached_from_the_menu(window: MainWindow, answering: Answering) -> None:
    asked = answering("choose_attachments", ())
    window.actions_by_name["attach"].trigger()
    assert asked
    assert window.case.case.attachments is None


def test_a_request_nobody_knows_of_is_not_marked_as_done(window: MainWindow) -> None:
    assert window.steps.tones[5] is Tone.UNKNOWN  # no payer yet: whom to ask is not known
    window.case.open(example_file("medicare-asc-2026"))
    assert window.steps.tones[5] is Tone.GOOD  # Medicare takes no request for it
