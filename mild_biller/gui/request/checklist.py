"""The checklist of the packet: how complete it is, every item with its mark, and the chosen one in full below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from mild_biller.core.documents.packet import Packet
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.section import NoticeLine
from mild_biller.gui.findings.findings_tree import FindingsTree
from mild_biller.gui.request.attached_files import AttachedFiles
from mild_biller.presentation.checklist_rows import Checklist, Enclosed, checklist, summary
from mild_biller.presentation.findings.finding_rows import FindingRow
from mild_biller.presentation.tone import Tone

LEAST_HEIGHT = 80  # pixels of the details
NO_DETAILS = "Select an item to see who requires it, and why. Enter goes to its field."


class ChecklistView(QWidget):
    """Shows what is wanted, and takes the cursor where it is settled."""

    asked = Signal(str)  # a key of the case

    def __init__(self, case: CaseEditor, files: AttachedFiles) -> None:
        super().__init__()
        self._case = case
        self._files = files
        self._shown = Checklist((), {})
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.summary = NoticeLine()
        self.tree = FindingsTree(self)
        self.tree.setAccessibleName("Checklist of the packet")
        self.details = QTextBrowser()
        self.details.setAccessibleName("Selected item in full")
        self.details.setAccessibleDescription("Who requires the item selected above, and why.")
        self.details.setMinimumHeight(LEAST_HEIGHT)
        self.tree.asked.connect(self._ask)
        self.tree.opened.connect(self._show_full)
        self._lay_out()

    def show_packet(self, packet: Packet) -> None:
        """Show another packet."""
        self._shown = checklist(packet, self._enclosed())
        self.title.setText(f"{packet.title}. {packet.purpose}")
        self.summary.say(*summary(packet))
        self.tree.show_groups(self._shown.groups)
        self._show_full(self.tree.chosen)

    def clear(self) -> None:
        """Remove the closed case."""
        self._shown = Checklist((), {})
        self.title.clear()
        self.summary.say(Tone.INFO, "")
        self.tree.mark(None)
        self.tree.show_groups(())

    def _enclosed(self) -> Enclosed:
        entries = self._case.case.attachments or ()
        ready = {index: self._files.ready(index) for index in range(len(entries))}
        counts = {index: each.prepared.page_count for index, each in ready.items() if each and each.prepared}
        return Enclosed(entries, counts, frozenset(index for index, each in ready.items() if each and each.refusal))

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(self.details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([420, 150])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addWidget(split, 1)

    def _ask(self, entry: FindingRow) -> None:
        if entry.path:
            self.asked.emit(entry.path)

    def _show_full(self, entry: FindingRow | None) -> None:
        full = self._shown.full.get(entry, NO_DETAILS) if entry is not None else NO_DETAILS
        if full != self.details.property("full"):
            self.details.setProperty("full", full)
            self.details.setHtml(full)
