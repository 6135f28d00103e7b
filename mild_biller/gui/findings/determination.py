"""The panel that is always in sight: the verdict, the findings, and one of them in full."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.findings.findings_tree import FindingsTree
from mild_biller.gui.findings.fix_list import Payable
from mild_biller.gui.style.theme import color, reading_font
from mild_biller.gui.style.tone_marks import ToneMark
from mild_biller.gui.widgets.fold import Fold, Folds
from mild_biller.gui.widgets.wrapped import WrappedLabel
from mild_biller.presentation.findings.f8_walk import ONWARD, F8Walk
from mild_biller.presentation.findings.finding_details import details
from mild_biller.presentation.findings.finding_rows import FindingRow, Verdict, groups, problems, verdict
from mild_biller.presentation.tone import Tone

NO_DETAILS = "<p>Select a finding to see its source. Enter goes to its field, F8 to the next one.</p>"
EDGE = 8  # pixels above and below the lines of a text
LINES = 3  # of the verdict, and of a finding in full, that are in sight at least
FINDINGS = 6  # lines of them
NARROWEST = 224  # pixels of the verdict
BIG_MARK = 1.6  # of a mark next to usual words


class Lines(QScrollArea):
    """What is said below the headline; it scrolls where the window is too low for all of it."""

    def __init__(self, labels: Sequence[QLabel]) -> None:
        super().__init__()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        for label in labels:
            column.addWidget(label)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Return the size at which all lines are in sight."""
        return QSize(super().sizeHint().width(), self.height_for(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show a scroll bar only where it is needed."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Hide the scroll bar where all lines fit without it; Qt would keep one that makes them wrap more."""
        is_needed = self.height_for(self.width()) > self.height()
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if is_needed else policies.ScrollBarAlwaysOff)

    def height_for(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._inside.heightForWidth(width)

    def least(self) -> int:
        """Return the height of as many lines as are in sight at least."""
        return self.fontMetrics().lineSpacing() * LINES


class VerdictBox(QFrame):
    """The determination in words, with its mark. The headline is always in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._shown: tuple[Verdict, int] | None = None
        self._mark = ToneMark(larger=BIG_MARK)
        self.headline = QLabel()
        self.headline.setFont(reading_font(larger=5, is_bold=True))
        self.headline.setWordWrap(True)
        self.headline.setAccessibleName("Determination")
        self.lines, self.stale = WrappedLabel(), WrappedLabel()
        for label in (self.lines, self.stale):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said = Lines((self.lines, self.stale))
        self._top = QHBoxLayout()
        self._top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.headline, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.said, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height may be less than all words take: the lines scroll then."""
        return False

    def sizeHint(self) -> QSize:
        """Return the size at which all is in sight."""
        return QSize(super().sizeHint().width(), self._height(self.said.height_for(self._room)))

    def minimumSizeHint(self) -> QSize:
        """Return the size at which headline and a few lines are in sight."""
        height = min(self.sizeHint().height(), self._height(self.said.least()))
        return QSize(super().minimumSizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another height for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_verdict(self, said: Verdict) -> None:
        """Show a verdict; the same one in the same colors is left alone."""
        shown = (said, self.palette().cacheKey())
        if shown == self._shown:
            return
        self._shown = shown
        self._mark.show_tone(said.tone)
        self.headline.setText(said.headline)
        self._paint(self.headline, said.tone)
        self.lines.setText("\n".join(said.lines))
        self.stale.setText(f"{Tone.WARNING.value.capitalize()}: {said.stale}" if said.stale else "")
        self.stale.setVisible(bool(said.stale))
        self._paint(self.stale, Tone.WARNING)
        self.said.fit()
        self.updateGeometry()

    @property
    def _margins(self) -> QMargins:
        return self._column.contentsMargins()

    @property
    def _room(self) -> int:
        """The width for words."""
        width = max(self.width(), NARROWEST) - 2 * self.frameWidth()
        return width - self._margins.left() - self._margins.right()

    def _height(self, lines: int) -> int:
        """Return the height with so much of it for the lines."""
        around = self._margins
        inside = self._top.heightForWidth(self._room) + self._column.spacing() + lines
        return 2 * self.frameWidth() + around.top() + inside + around.bottom()

    def _paint(self, label: QLabel, tone: Tone) -> None:
        shown = label.palette()
        shown.setColor(label.foregroundRole(), color(tone, self.palette()))
        label.setPalette(shown)


class Details(QTextBrowser):
    """One finding in full."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("Selected finding in full")
        self.setAccessibleDescription("The source of the finding selected above, and its certainty.")
        self.setHtml(NO_DETAILS)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * LINES + 2 * EDGE)


class DeterminationPanel(QWidget):
    """Verdict, findings, what would make it payable, one finding in full. Follows every edit."""

    asked = Signal(str)  # the pointer of the field to go to

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case = case
        self._walk = F8Walk()
        self._shown: FindingRow | None = None
        self.verdict = VerdictBox()
        self.tree = FindingsTree(self, least_lines=FINDINGS)
        self.payable = Payable(case)
        self.details = Details()
        self._payable = Fold("To make it payable", self.payable)
        self._details = Fold("Finding details", self.details)
        self._payable.hide()
        self._parts = Folds(self.tree, (self._payable, self._details), shares=(3, 2, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(self.verdict)
        column.addWidget(self._parts, 1)
        self.setMinimumWidth(NARROWEST + 2 * EDGE)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the present review. The chosen finding stays chosen; once it is fixed, no other takes its place."""
        self.verdict.show_verdict(verdict(self._case.review))
        self._groups = groups(self._case.review, faults=self._case.faults, catalog=self._case.catalog)
        is_at_title = self.tree.is_at_title
        entry = self._walk.chosen(self._entries)
        with QSignalBlocker(self.tree):  # rows that go would move the choice to their neighbor
            self.tree.show_groups(self._groups)
            if not is_at_title:
                self.tree.mark(entry)
        if not is_at_title:
            self._open(entry)

    def clear(self) -> None:
        """Remove the closed case: select no finding, show none in full, offer no fix."""
        self._walk.begin_anew()
        with QSignalBlocker(self.tree):
            self.tree.mark(None)
        self._open(None)
        self.payable.clear()

    def enter_findings(self) -> None:
        """Put the cursor into the findings, at the place of the chosen one."""
        if self._walk.is_begun and self._walk.chosen(self._entries) is None:
            self._show(self._next(ONWARD))
        self._parts.ensureWidgetVisible(self.tree, 0, 0)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def enter_payable(self) -> None:
        """Show what would make the case payable, and put the cursor on the first of it."""
        self.payable.look()
        if self.payable.rows:
            self._parts.bring(self._payable)
            self.payable.enter()

    def walk(self, step: int) -> FindingRow | None:
        """Choose the next problem (`step` ONWARD) or the one before (BACK) and return it, None where there is none."""
        entry = self._next(step)
        if entry is not None:
            self._choose(entry)
        return entry

    def come_to(self, path: str) -> None:
        """Show the problem at a field that the cursor is sent to as the chosen one, if there is one."""
        here = self._walk.chosen(self._entries)
        found = problems(self._groups)
        entry = here if here and here.path == path else next((each for each in found if each.path == path), None)
        if entry is not None:
            self._choose(entry)

    @property
    def _entries(self) -> tuple[FindingRow, ...]:
        """Every entry, in the order of the list."""
        return tuple(entry for group in self._groups for entry in group.entries)

    def _next(self, step: int) -> FindingRow | None:
        found = set(problems(self._groups))
        return next((entry for entry in self._walk.next(self._entries, step) if entry in found), None)

    def _choose(self, entry: FindingRow) -> None:
        self._walk.choose(entry, self._entries)
        self._show(entry)

    def _show(self, entry: FindingRow | None) -> None:
        """Show an entry as the current one, in full below the list, without going on from there."""
        if entry is not None:
            with QSignalBlocker(self.tree):
                self.tree.choose(entry)
        self._open(entry)

    def _connect(self) -> None:
        self.tree.asked.connect(self._ask)
        self.tree.opened.connect(self._follow)
        self.payable.asked.connect(self.asked)
        self.payable.mended.connect(self.asked)
        self.payable.looked.connect(self._show_payable)
        self._case.changed.connect(self.refresh)
        self._case.faults_changed.connect(self.refresh)

    def _ask(self, entry: FindingRow) -> None:
        self._choose(entry)
        self.asked.emit(entry.path)

    def _follow(self, entry: FindingRow | None) -> None:
        """Go along with a choice made in the list; a title is none."""
        if entry is not None:
            self._walk.choose(entry, self._entries)
        self._open(entry)

    def _show_payable(self, count: int) -> None:
        self._payable.set_count(count)
        if self._payable.isHidden() != (count == 0):
            self._payable.setVisible(count > 0)
            self._parts.share()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the selected finding in full again."""
        super().showEvent(event)
        self._open(self.tree.chosen)

    def hideEvent(self, event: QHideEvent) -> None:
        """Show no finding in full while the panel is hidden."""
        super().hideEvent(event)
        self._open(None)

    def _open(self, entry: FindingRow | None) -> None:
        if not self.isVisible():
            entry = None
        if entry != self._shown:
            self._shown = entry
            self.details.setHtml(details(entry) if entry else NO_DETAILS)
