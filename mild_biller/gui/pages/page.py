"""What every page is: sections in a scrolling column, bound to the case, able to find and show a field."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from mild_biller.core.rules.finding import Topic
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField, FieldNotice
from mild_biller.gui.fields.inputs import TypedInput
from mild_biller.gui.fields.section import Section
from mild_biller.gui.widgets.tab_order import put_in_order
from mild_biller.presentation.field import Field, Landing, is_own, nearest
from mild_biller.presentation.findings.finding_rows import tone_of
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import shown_days

SPARE = 110  # pixels below a form
LEAST_LINES = 4  # of a form that are in sight
MARKED = (Tone.ERROR, Tone.NEEDED, Tone.HOLD, Tone.WARNING)


class PagePart(Protocol):
    """What a page is made of."""

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields in reading order."""

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield what the cursor can be put on, by pointer: the fields, and the button of an empty list."""

    def refresh(self) -> None:
        """Show the present case."""


class Page(QScrollArea):
    """One step of a case. `prefixes`: the pointers whose findings belong here."""

    title = ""
    prefixes: tuple[str, ...] = ()

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self.case = case
        self._parts: list[PagePart] = []
        self._stops: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(0)
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # what stays in its place is not drawn again
        self.setWidget(self._inside)
        case.replaced.connect(self._reset)

    def add_section(
        self, title: str, rows: Sequence[Sequence[Field]] = (), *, base: str = "", note: str = ""
    ) -> Section:
        """Add a section with rows of fields below a pointer."""
        section = Section(title, note=note)
        section.add_rows(rows, base=base, case=self.case)
        self.add_part(section, section)
        return section

    def add_part(self, widget: QWidget, part: PagePart | None = None, *, inside: Section | None = None) -> None:
        """Add what is bound to the case, in the column or inside a section."""
        if part is not None:
            self._parts.append(part)
        if inside is not None:
            inside.add_widget(widget)
        else:
            self._column.addWidget(widget)

    def finish(self) -> None:
        """Keep the sections at the top; a line that comes takes the room below before everything is moved."""
        spare = QSpacerItem(0, SPARE, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self._column.addSpacerItem(spare)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields in reading order."""
        for part in self._parts:
            yield from part.cells()

    def refresh(self) -> None:
        """Show the present case and what its review says of the fields here."""
        for part in self._parts:
            part.refresh()
        self._mark_fields()
        self._order_stops()

    def enter(self) -> None:
        """Put the cursor into the first field, and show the form from its top."""
        first = next(self.cells(), None)
        if first is not None:
            self.show_field(first.pointer)
        self.verticalScrollBar().setValue(0)

    def show_field(self, pointer: str, *, landing: Landing = Landing.NEAREST) -> QWidget | None:
        """Put the cursor into the field a pointer leads to, and return it; one that is not its own is only shown."""
        known: dict[str, QWidget] = {}
        for part in self._parts:
            for at, target in part.targets():
                known.setdefault(at, target)
        found = nearest(pointer, known)
        if found is None:
            return None
        target = known[found]
        QTimer.singleShot(0, target, lambda: self.ensureWidgetVisible(target, 20, 40))  # once it has its place
        if landing is Landing.OWN and not self._is_own(pointer, target):
            return None
        focused = target.input if isinstance(target, BoundField) else target
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
        if landing is Landing.OWN and isinstance(focused, TypedInput):
            focused.selectAll()  # also where the cursor was there already: typing replaces the text
        return target

    def _is_own(self, pointer: str, target: QWidget) -> bool:
        """Return True if what is typed at a target, if it takes words at all, belongs to a pointer."""
        if isinstance(target, BoundField) and not is_own(pointer, target.pointer, is_empty=not self.case.read(pointer)):
            return False
        return target.isVisibleTo(self)

    def _mark_fields(self) -> None:
        cells = {cell.pointer: cell for cell in self.cells()}
        due: dict[str, list[FieldNotice]] = {}
        for finding in self.case.review.of_both_claims:
            tone = tone_of(finding, self.case.review.case)
            at = _field_of(finding.path, cells)
            if at is not None and tone in MARKED and finding.topic is not Topic.POSITION:
                due.setdefault(at, []).append(
                    FieldNotice(tone, shown_days(f"{finding.message} {finding.remedy}".strip()))
                )
        for pointer, cell in cells.items():
            notices = due.get(pointer)
            cell.warn(min(notices, key=lambda notice: notice.tone.rank) if notices else None)

    def _order_stops(self) -> None:
        """Let Tab follow the reading order, from the page's own place on; Qt would put what came later at the end."""
        stops = [stop for part in self._parts for stop in part.stops()]
        if stops != self._stops:
            self._stops = stops
            put_in_order(self, stops)

    def _reset(self) -> None:
        for cell in self.cells():
            cell.reset()
            cell.warn(None)


class SideForm(Page):
    """A page next to something else: as wide as its widest field at least, so that nothing is cut."""

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest field."""
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, self.fontMetrics().height() * LEAST_LINES)


def _field_of(path: str, cells: dict[str, BoundField]) -> str | None:
    """Return the field a finding is about: at its path, or the one that holds the list it is in."""
    if path in cells:
        return path
    parent, _, last = path.rpartition("/")
    return parent if last.isdecimal() and parent in cells else None
