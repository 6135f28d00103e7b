"""What would make the case payable, under the findings: clerical fixes with one key, facts to look up in the record."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.model import Case
from mild_biller.core.review import whatif
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.finding import Severity
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.buttons import Button
from mild_biller.gui.style.theme import reading_font
from mild_biller.gui.widgets.tab_order import put_in_order
from mild_biller.gui.widgets.wrapped import WrappedLabel
from mild_biller.presentation.findings.fixes import FACTS_TITLE, SLIPS_TITLE, Mend, fact_rows, mended, slip_rows

WAIT = 200  # milliseconds of silence before the case is looked at; it takes several reviews
LINES = 5  # that are in sight at least


class MendRow(QWidget):
    """What is so, what it becomes, and the button."""

    def __init__(self, mend: Mend, *, act: Callable[[Mend], None]) -> None:
        super().__init__()
        self.mend = mend
        self.button = Button("Fix" if mend.paths else "Go to field")
        self.button.setAccessibleName(f"{self.button.text()}: {mend.text}")
        self.button.setAccessibleDescription(mend.change)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(lambda: act(mend))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 6)
        row.addWidget(WrappedLabel(f"{mend.text}\n{mend.change}".strip()), 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)


class Payable(QScrollArea):
    """Two lists, empty where nothing blocks payment. `fixed` and `asked` carry the key of a field."""

    asked = Signal(str)
    mended = Signal(str)
    looked = Signal(int)  # how much was found

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case = case
        self._seen: Case | None = None
        self._rows: tuple[tuple[Mend, ...], tuple[Mend, ...]] = ((), ())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.look)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(8, 4, 8, 4)
        self._column.setSpacing(2)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("What would make it payable")
        case.changed.connect(self._plan)

    @property
    def rows(self) -> list[MendRow]:
        """What is offered, slips first."""
        return self._inside.findChildren(MendRow)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * LINES)

    def look(self) -> None:
        """Find out what would make the present case payable; the look that was planned is not needed any more."""
        self._timer.stop()
        self._seen = self._case.case
        found: tuple[tuple[Mend, ...], tuple[Mend, ...]] = ((), ())
        if _is_blocked(self._case.review):
            slips = whatif.slips(self._case.case, reviewer=self._review)
            found = (slip_rows(slips), fact_rows(whatif.facts(self._case.review)))
        self._take(found)

    def clear(self) -> None:
        """Offer no fix until the case is examined."""
        self._take(((), ()))

    def enter(self) -> None:
        """Put the cursor on the first button."""
        self.look()
        if self.rows:
            self.rows[0].button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self, found: tuple[tuple[Mend, ...], tuple[Mend, ...]]) -> None:
        if found != self._rows:
            self._rows = found
            self._build()
        self.looked.emit(sum(map(len, found)))

    def _plan(self) -> None:
        self._timer.start()

    def _review(self, case: Case) -> Review:
        editor = self._case
        return review(case, pack=editor.pack, today=editor.clock())

    def _act(self, mend: Mend) -> None:
        """Fix an error, or go to a field; a row of an older case is checked again first."""
        if self._seen is not self._case.case:
            self.look()
            if mend not in (*self._rows[0], *self._rows[1]):
                return
        if not mend.paths:
            self.asked.emit(mend.path)
            return
        changed = mended(self._case.case, mend)
        if changed is not None:
            self._case.put(changed, mend.path)
            self.mended.emit(mend.path)
            self.look()

    def _build(self) -> None:
        for old in [self._column.takeAt(0) for _ in range(self._column.count())]:
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for title, rows in zip((SLIPS_TITLE, FACTS_TITLE), self._rows, strict=True):
            self._add(title, rows)
        self._column.addStretch(1)
        put_in_order(self, [row.button for row in self.rows])

    def _add(self, title: str, rows: Sequence[Mend]) -> None:
        if not rows:
            return
        heading = WrappedLabel(title)
        heading.setFont(reading_font(is_bold=True))
        self._column.addWidget(heading)
        for mend in rows:
            row = MendRow(mend, act=self._act)
            if mend.paths and mended(self._case.case, mend) is None:
                row.button.setEnabled(False)
                row.button.setToolTip("Fix the one above first.")
            self._column.addWidget(row)


def _is_blocked(reviewed: Review) -> bool:
    return any(each.severity in (Severity.ERROR, Severity.HOLD) for each in reviewed.of_both_claims)
