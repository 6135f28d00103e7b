"""Step 6: what the payer requires with a request, the files that document it, the packet, and the letters."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from mild_biller.core.case.denial import Denial
from mild_biller.gui import tasks
from mild_biller.gui.fields.records import Records
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.pages.page import SideForm
from mild_biller.gui.request.attached_files import AttachedFiles
from mild_biller.gui.request.attachment_list import AttachmentList
from mild_biller.gui.request.checklist import ChecklistView
from mild_biller.gui.request.letters_view import LettersView
from mild_biller.gui.request.packet_desk import PacketDesk
from mild_biller.gui.request.packet_view import PacketView
from mild_biller.gui.widgets.menus import Menu, MenuEntry
from mild_biller.gui.widgets.side_by_side import Beside
from mild_biller.presentation.denial_fields import DENIAL
from mild_biller.presentation.field import Field, Landing
from mild_biller.presentation.typed_text import CODE, CODES, DAY, PAST_DAY, WHOLE

COUNT_AFTER = 150  # milliseconds of silence before the packet is looked at while another step is shown
DROP = "Drop files here: PDF, PNG, JPEG, TIFF. They are added to the packet in this order."
AUTHORIZATION = (
    (
        Field("requested_on", "Requested on", PAST_DAY, width=12),
        Field("reference", "Reference (item 23, FL63)", CODE, width=20),
        Field("decision", "Decision", width=20, grows=True),
    ),
    (
        Field("codes", "Codes approved", CODES, width=24, grows=True),
        Field("units", "Units", WHOLE, width=6),
    ),
    (
        Field("from", "From", DAY, width=12),
        Field("to", "To", DAY, width=12),
        Field("place_of_service", "Place of service (e.g., 24)", CODE, width=6),
    ),
)
SEVERAL = "More than one denial, or one for each line: list them all here, and leave the fields above blank."


class PriorAuthForm(SideForm):
    """The attached files, and what the payer decided."""

    title = "Prior auth"

    def __init__(self, case: OpenCase, files: AttachedFiles) -> None:
        super().__init__(case)
        self.attachments = AttachmentList(case, files)
        attached = self.add_section("Attached files", note=DROP)
        self.attachments.add_button.setAccessibleDescription(DROP)
        self.add_part(self.attachments, self.attachments, inside=attached)
        self.add_section("Prior authorization", AUTHORIZATION, base="/authorization")
        self.add_section("Denial", DENIAL, base="/denial")
        several = self.add_section("Several denials", note=SEVERAL)
        denials = Records("/denials", DENIAL, what="denial", new=Denial, case=case)
        self.add_part(denials, denials, inside=several)
        for cell in self.cells():
            cell.input.setAcceptDrops(False)  # a file dropped on a field is meant for the page
        self.finish()


class PriorAuthPage(QWidget):
    """Fields and files on the left; checklist, packet and letters on the right. Files can be dropped anywhere."""

    title = "Prior auth"
    prefixes = ("/authorization", "/denial", "/denials", "/attachments", "/letters")
    asked = Signal(str)  # a key of the case
    said = Signal(str)  # a line when something is done
    counted = Signal()  # another number of required things is missing

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self._case = case
        self.missing = 0  # how many required things the packet still lacks, as last counted
        self._soon = QTimer(self, singleShot=True, interval=COUNT_AFTER)
        self.desk = PacketDesk(case)
        self.files = AttachedFiles(case)
        self.form = PriorAuthForm(case, self.files)
        self.checklist = ChecklistView(case, self.files)
        self.packet = PacketView(case, self.desk, self.files)
        self.letters = LettersView(case, self.desk)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def count(self) -> None:
        """Count what the packet still lacks."""
        before, self.missing = self.missing, self.desk.missing
        if self.missing != before:
            self.counted.emit()

    def refresh(self) -> None:
        """Show the present case and what its packet lacks."""
        self.files.look()
        self.form.refresh()
        self.checklist.show_packet(self.desk.packet)
        self.count()

    def clear(self) -> None:
        """Remove the closed case from checklist, packet and letters."""
        for view in (self.checklist, self.packet, self.letters):
            view.clear()

    def enter(self) -> None:
        """Put the cursor into the first field, on the button that adds files where there are none."""
        self.form.show_field("/attachments/0/kind" if self.form.attachments.rows else "/attachments")

    def show_field(self, pointer: str, *, landing: Landing = Landing.NEAREST) -> QWidget | None:
        """Put the cursor into the field a pointer leads to, and return it."""
        if pointer.startswith("/letters"):
            self.tabs.setCurrentWidget(self.letters)
            return self.letters.show_field(pointer)
        return self.form.show_field(pointer, landing=landing)

    def menu(self) -> Menu:
        """Return what can be done here, for the menu bar."""
        return Menu(
            "P&rior auth",
            (
                MenuEntry("attach", "&Attach files…", "Ctrl+Shift+A", self._attach),
                MenuEntry(
                    "checklist",
                    "Check&list of the packet",
                    "Ctrl+Shift+L",
                    partial(self._open, self.checklist, self.checklist.tree),
                ),
                MenuEntry(
                    "packet",
                    "&Packet preview",
                    "Ctrl+Shift+K",
                    partial(self._open, self.packet, self.packet.password),
                ),
                MenuEntry("export_packet", "&Export packet…", "Ctrl+Shift+E", self.packet.export),
                MenuEntry(
                    "letters",
                    "Le&tters and notices",
                    "Ctrl+Shift+T",
                    partial(self._open, self.letters, self.letters.kinds),
                ),
            ),
        )

    def leave(self) -> None:
        """Stop and wait for what is being made, as the window closes."""
        self.packet.stop()
        tasks.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether a file has changed since."""
        super().showEvent(event)
        self.files.look_again()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if event.mimeData().hasUrls() and _files(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        files = _files(event)
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.form.attachments.add(files)

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Checklist, packet and letters")
        self.tabs.tabBar().setAccessibleName("Checklist, packet and letters")
        self.tabs.tabBar().setAccessibleDescription("Parts of the request: the arrow keys switch between tabs.")
        self.tabs.setDocumentMode(True)
        for name, part in (("Checklist", self.checklist), ("Packet", self.packet), ("Letters", self.letters)):
            self.tabs.addTab(part, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(self.form, self.tabs, sizes=(360, 500)))

    def _connect(self) -> None:
        self.checklist.asked.connect(self.asked)
        self.letters.asked.connect(self.asked)
        self.packet.written.connect(self.said)
        self.letters.written.connect(self.said)
        self.files.changed.connect(self._show_files)
        self._soon.timeout.connect(self.count)
        self._case.changed.connect(self._soon.start)
        self._case.replaced.connect(self.count)

    def _attach(self) -> None:
        self.asked.emit("/attachments")
        self.form.attachments.choose()

    def _open(self, part: QWidget, first: QWidget) -> None:
        """Show one of the parts on the right, and put the cursor into it."""
        self.asked.emit("/attachments")
        self.tabs.setCurrentWidget(part)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_files(self) -> None:
        if self.isVisible():
            self.form.attachments.show_files()
            self.checklist.show_packet(self.desk.packet)


def _files(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
