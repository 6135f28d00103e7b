"""Parts of a page that come and go together: made when they are first wanted, without a field while they are hidden."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.section import Section
from mild_biller.gui.pages.page import PagePart
from mild_biller.presentation.field import Field


class PartGroup(QWidget):
    """Sections below one another; `whose` claim they are of, as in "facility's ", where a page shows two.

    What could not be read in them is forgotten as they go.
    """

    def __init__(self, case: CaseEditor, *, whose: str = "") -> None:
        super().__init__()
        self.case = case
        self.whose = whose
        self._parts: list[PagePart] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def is_wanted(self) -> bool:
        """Return True if the present case uses the parts."""
        raise NotImplementedError

    def fill(self) -> None:
        """Make the parts."""
        raise NotImplementedError

    @property
    def has_cursor(self) -> bool:
        """Return True if one of the fields has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def add_section(
        self, title: str, rows: Sequence[Sequence[Field]] = (), *, base: str = "", note: str = ""
    ) -> Section:
        """Add a section with rows of fields below a pointer."""
        section = Section(self._named(title), note=note)
        section.add_rows(rows, base=base, case=self.case)
        self.add_part(section, section)
        return section

    def add_part(self, widget: QWidget, part: PagePart, *, inside: Section | None = None) -> None:
        """Add what is bound to the case, in the column or inside a section."""
        self._parts.append(part)
        if inside is not None:
            inside.add_widget(widget)
        else:
            self._column.addWidget(widget)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields in reading order."""
        for part in self._shown_parts():
            yield from part.cells()

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for part in self._shown_parts():
            yield from part.stops()

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield what the cursor can be put on, by pointer."""
        for part in self._shown_parts():
            yield from part.targets()

    def refresh(self) -> None:
        """Show the present case, or nothing."""
        is_wanted = self.is_wanted()
        if is_wanted and not self._parts:
            self.fill()
        if not is_wanted:
            for cell in self.cells():
                cell.reset()
        self.setVisible(is_wanted)
        for part in self._shown_parts():
            part.refresh()

    def _named(self, title: str) -> str:
        return f"{self.whose.capitalize()}{title[0].lower()}{title[1:]}" if self.whose else title

    def _shown_parts(self) -> Sequence[PagePart]:
        return () if self.isHidden() else self._parts
