"""The panel that is always in sight: the verdict, the findings, and one of them in full."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.details import details
from mild_biller.gui.entries import Entry, Tone, Verdict, groups, problems, verdict
from mild_biller.gui.findings_tree import FindingsTree
from mild_biller.gui.marks import mark_icon
from mild_biller.gui.payable import Payable
from mild_biller.gui.theme import colour, reading_font

NO_DETAILS = "<p>Choose a finding to see where it comes from. Enter goes to its field, F8 to the next one.</p>"
LOWEST = 300  # pixels for the findings and the one in full
BIG_MARK = QSize(26, 26)


class VerdictBox(QFrame):
    """The determination in words, with its mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._mark = QLabel()
        self.headline = QLabel()
        self.headline.setFont(reading_font(larger=5, is_bold=True))
        self.headline.setWordWrap(True)
        self.lines = QLabel()
        self.stale = QLabel()
        for label in (self.lines, self.stale):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.headline.setAccessibleName("Determination")
        top = QHBoxLayout()
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.headline, 1)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.lines)
        column.addWidget(self.stale)

    def show_verdict(self, said: Verdict) -> None:
        """Show a verdict."""
        self._mark.setPixmap(mark_icon(said.tone, self.palette()).pixmap(BIG_MARK))
        self.headline.setText(said.headline)
        self._paint(self.headline, said.tone)
        self.lines.setText("\n".join(said.lines))
        self.stale.setText(f"{Tone.WARNING.value.capitalize()}: {said.stale}" if said.stale else "")
        self.stale.setVisible(bool(said.stale))
        self._paint(self.stale, Tone.WARNING)

    def _paint(self, label: QLabel, tone: Tone) -> None:
        shown = label.palette()
        shown.setColor(label.foregroundRole(), colour(tone, self.palette()))
        label.setPalette(shown)


class DeterminationPanel(QScrollArea):
    """Verdict, findings, details. Follows every edit; scrolls where the window is too low for all three."""

    asked = Signal(str)  # the pointer of the field to go to

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case = case
        self.verdict = VerdictBox()
        self.tree = FindingsTree(self)
        self.payable = Payable(case)
        self.details = QTextBrowser()
        self.details.setOpenLinks(False)
        self.details.setAccessibleName("The chosen finding in full")
        self.details.setAccessibleDescription("Where the finding chosen above comes from, and how sure it is.")
        self.details.setHtml(NO_DETAILS)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(self.payable)
        split.addWidget(self.details)
        for place, share in enumerate((3, 2, 1)):
            split.setStretchFactor(place, share)
        split.setSizes([300, 200, 120])
        split.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        split.setMinimumHeight(LOWEST)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.verdict)
        column.addWidget(split, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(240)
        self.tree.asked.connect(lambda entry: self.asked.emit(entry.path))
        self.tree.opened.connect(self._open)
        self.payable.asked.connect(self.asked)
        self.payable.mended.connect(self.asked)
        case.changed.connect(self.refresh)
        case.faults_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the present review."""
        self.verdict.show_verdict(verdict(self._case.review))
        self._groups = groups(self._case.review, faults=self._case.faults, catalog=self._case.catalog)
        self.tree.show_groups(self._groups)

    def walk(self, step: int) -> None:
        """Choose the next problem (`step` 1) or the one before (-1) and ask for its field."""
        found = problems(self._groups)
        if not found:
            return
        here = self.tree.chosen
        start = found.index(here) if here in found else (-1 if step > 0 else 0)
        entry = found[(start + step) % len(found)]
        self.tree.choose(entry)
        self.asked.emit(entry.path)

    def _open(self, entry: Entry | None) -> None:
        self.details.setHtml(details(entry) if entry else NO_DETAILS)
