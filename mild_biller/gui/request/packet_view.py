"""The packet as it will leave: its pages, its password, and the export with progress and a way to stop."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mild_biller.core.documents.packet import Packet
from mild_biller.core.review.review import Review
from mild_biller.errors import Canceled
from mild_biller.files import write_whole
from mild_biller.gui import dialogs, tasks
from mild_biller.gui.fields.inputs import MOST_CHARACTERS
from mild_biller.gui.fields.section import NoticeLine
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.request.attached_files import AttachedFiles
from mild_biller.gui.request.packet_desk import PacketDesk
from mild_biller.gui.style.buttons import Button
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Bar
from mild_biller.gui.widgets.pdf_pane import PdfPane
from mild_biller.output.documents.password import fault
from mild_biller.presentation.tone import Tone

if TYPE_CHECKING:
    from mild_biller.output.attachments.enclosure import Enclosure

WATCH = 40  # milliseconds between looks at how far an export has come
WAIT = 250  # milliseconds of silence before the packet is made again
FOR_WHOM = "The recipient needs it to open the packet. It is not saved. When blank: no password."
WRITTEN = "Packet exported."
STOPPED = "Export stopped; nothing was written."


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: all of it values that never change, so that another thread can."""

    packet: Packet
    review: Review
    enclosures: "tuple[Enclosure, ...]"
    password: str | None
    stop: tasks.Stop
    told: Callable[[int, int], object]  # pages done, pages in all

    def make(self) -> bytes:
        """Build the packet. Raises `Canceled` as soon as the user stops it."""
        from mild_biller.output.documents.packet_pdf import (
            build,  # the PDF libraries: the window is not to wait for them
        )

        return build(
            self.packet,
            self.review,
            self.enclosures,
            today=self.review.assessment.today,
            password=self.password,
            progress=self._goes_on,
        )

    def _goes_on(self, done: int, total: int) -> bool:
        self.told(done, total)
        return not self.stop.is_asked


class PasswordLine(QLineEdit):
    """A line whose letters are not shown, with a border that can be seen on a dark ground too."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName("Password of the packet, none when blank")
        self.setPlaceholderText("no password")
        self.describe("")
        self.setMaxLength(MOST_CHARACTERS)  # what is too long is said, never cut
        self.setAcceptDrops(False)

    @property
    def fault(self) -> str:
        """Why no packet can be locked with what is typed, nothing where one can, or where nothing is typed."""
        return fault(self.text()) if self.text() else ""

    def describe(self, wrong: str) -> None:
        """Show what the line is for, what is wrong with it first."""
        explain(self, f"{wrong} {FOR_WHOM}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the border."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PacketView(QWidget):
    """Makes the packet while it can be seen, and saves it where the user chooses."""

    shown = Signal()  # the packet of the present case is on the screen
    written = Signal(str)  # what to say once an export has ended
    _made = Signal(object, object)  # the order, and its answer
    _exported = Signal(object)

    def __init__(self, case: OpenCase, desk: PacketDesk, files: AttachedFiles) -> None:
        super().__init__()
        self._case = case
        self._desk = desk
        self._files = files
        self._is_due = True
        self._in_work: Order | None = None  # what is to be shown once it is made
        self._preview_stop = tasks.Stop()
        self._export_stop = tasks.Stop()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._make)
        self._build()
        self._made.connect(self._show)
        self._exported.connect(self._end_export)
        self._progress = tasks.Progress()
        self._watch = QTimer(self, interval=WATCH)
        self._watch.timeout.connect(self._count)
        case.changed.connect(self.plan)
        files.changed.connect(self.plan)

    def plan(self) -> None:
        """Make the packet again once typing pauses."""
        self._is_due = True
        self._preview_stop.ask()
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the packet that was not made while nobody could see it."""
        super().showEvent(event)
        if self._is_due:
            self._timer.start(0)

    def clear(self) -> None:
        """Remove the closed case, and ignore results of work that was started for it."""
        self._is_due = True
        self._in_work = None
        self._preview_stop.ask()
        self._say("")
        self.password.clear()
        self.pane.show_pdf(None)

    def stop(self) -> None:
        """Stop whatever is being made."""
        self._preview_stop.ask()
        self._export_stop.ask()

    def export(self) -> None:
        """Save the packet where the user chooses."""
        why_not = self.why_not() or self.password.fault
        if why_not:
            dialogs.tell(self, why_not)
            return
        folder = self._case.folder or Path()
        path = dialogs.choose_pdf_target(self, proposed=folder / self._desk.file_name("packet"))
        if path is not None:
            self._start_export(path)

    def why_not(self) -> str:
        """Return why no packet can be made now, nothing where one can."""
        self._files.look()
        refusals = self._files.refusals()
        if refusals:
            return f"No packet is made: {refusals[0]}"
        if self._files.enclosures() is None:
            return "The attached files are still being read. Wait until they are done."
        return ""

    def _build(self) -> None:
        self.password = PasswordLine()
        self.password.editingFinished.connect(self._judge_password)
        self.password.textChanged.connect(self._forgive_password)
        self.wrong = NoticeLine()
        label = QLabel("Password")
        label.setBuddy(self.password)
        self.export_button = Button("Export packet…")
        self.export_button.clicked.connect(self.export)
        explain(self.export_button, "Saves the packet as one PDF (Ctrl+Shift+E).")
        self.cancel_button = QPushButton("Stop")
        self.cancel_button.setAccessibleName("Stop the export")
        self.cancel_button.clicked.connect(self._export_stop_asked)
        explain(self.cancel_button, "Stops the export; no file is left.")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Packet pages done")
        self.bar.setFormat("%v of %m pages")
        self.said = NoticeLine()
        self.pane = PdfPane("Packet preview", extra=(label, self.password, self.export_button))
        self.pane.shown.connect(self._tell_shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.said)
        column.addWidget(Bar((self.bar, self.cancel_button)))
        column.addWidget(self.wrong)
        column.addWidget(self.pane, 1)
        self.said.hide()
        self.wrong.hide()
        self._show_progress(False)

    def _make(self) -> None:
        why_not = self.why_not()
        self._say(why_not)
        self._is_due = False
        if why_not:
            self._in_work = None
            self.pane.show_pdf(None)
            return
        self._preview_stop = tasks.Stop()
        order = self._in_work = self._order(self._preview_stop, None, tasks.Progress().tell)
        if order is not None:
            tasks.start(order.make, tell=partial(self._made.emit, order))

    def _order(self, stop: tasks.Stop, password: str | None, told: Callable[[int, int], object]) -> Order | None:
        enclosures = self._files.enclosures()
        if enclosures is None:
            return None
        return Order(self._desk.packet, self._case.review, enclosures, password, stop, told)

    def _show(self, order: Order, told: object) -> None:
        if isinstance(told, Canceled) or self._is_due or order is not self._in_work:  # a newer one follows
            return
        refusal = tasks.refusal_of(told)
        self._say(refusal)
        self.pane.show_pdf(told if isinstance(told, bytes) else None)

    def _tell_shown(self) -> None:
        if not self._is_due:  # a newer one follows
            self.shown.emit()

    def _start_export(self, path: Path) -> None:
        self._export_stop = tasks.Stop()
        self._progress = tasks.Progress()
        order = self._order(self._export_stop, self.password.text() or None, self._progress.tell)
        if order is None:
            return
        self._preview_stop.ask()
        self._is_due = True
        self.bar.setRange(0, 0)
        self._show_progress(True)
        self._watch.start()
        tasks.start(partial(_write, order, path), tell=self._exported.emit)

    def _end_export(self, told: object) -> None:
        self._show_progress(False)
        self._watch.stop()
        refusal = tasks.refusal_of(told)
        if refusal and not isinstance(told, Canceled):
            dialogs.tell(self, refusal)
        self.written.emit(refusal or WRITTEN)
        if self.isVisible():
            self._timer.start(0)

    def _count(self) -> None:
        done, total = self._progress.told
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _export_stop_asked(self) -> None:
        self._export_stop.ask()

    def _show_progress(self, is_shown: bool) -> None:
        self.bar.setVisible(is_shown)
        self.cancel_button.setVisible(is_shown)
        self.export_button.setEnabled(not is_shown)

    def _judge_password(self) -> None:
        """Show what is wrong with the password once it is left."""
        wrong = self.password.fault
        self.password.describe(wrong)
        self.wrong.say(Tone.ERROR, wrong)
        self.wrong.setVisible(bool(wrong))

    def _forgive_password(self) -> None:
        """Clear a message as soon as its cause is fixed."""
        if not self.wrong.isHidden():
            self._judge_password()

    def _say(self, text: str) -> None:
        self.said.say(Tone.ERROR, text)
        self.said.setVisible(bool(text))


def _write(order: Order, path: Path) -> None:
    """Make a packet and write it whole. For another thread."""
    content = order.make()
    if order.stop.is_asked:
        raise Canceled(STOPPED)
    write_whole(path, content)
