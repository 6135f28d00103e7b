"""The case in work: every edit makes a new case and a new review, which all views then show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Case
from mild_biller.core.review.review import Review, review
from mild_biller.core.rulepack import RulePack
from mild_biller.core.rules.catalog import Catalog
from mild_biller.presentation.history import History
from mild_biller.presentation.typed_text import Calendar
from mild_biller.settings import DateShorthand
from mild_biller.store.unread import Unread


class CaseEditor(QObject):
    """Holds the present case, its review, and the way back. Decides nothing, and knows no file."""

    changed = Signal()  # the case or its review is another
    replaced = Signal()  # another case altogether: whatever views remember of the old one is void
    faults_changed = Signal()  # a field became readable or unreadable, or holds another text that cannot be read
    calendar_changed = Signal()  # dates are read in another way

    def __init__(self, *, pack: RulePack, clock: Callable[[], date]) -> None:
        super().__init__()
        self.pack = pack
        self.clock = clock
        self.blank = Case()  # what a new case begins with
        self.unread: dict[str, Unread] = {}  # what is in fields but cannot be read, by pointer
        self._calendar = Calendar(clock())
        self._history = History(Case())
        self.review = self._reviewed()

    @property
    def catalog(self) -> Catalog:
        """The rules and codes of the pack."""
        return self.pack.catalog

    @property
    def case(self) -> Case:
        """The case as typed."""
        return self._history.case

    @property
    def faults(self) -> dict[str, str]:
        """The labels of the fields that hold what cannot be read, by pointer."""
        return {pointer: each.label for pointer, each in self.unread.items()}

    @property
    def calendar(self) -> Calendar:
        """The day it is, and how dates are read."""
        return replace(self._calendar, today=self.clock())

    @property
    def is_blank(self) -> bool:
        """Return True if nothing at all has been typed."""
        return not self.case.model_fields_set - {"format"} or self.case == self.blank

    @property
    def can_undo(self) -> bool:
        """Return True if there is a case to go back to."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Return True if there is a case that was undone."""
        return self._history.can_redo

    def read(self, pointer: str) -> Any:
        """Return the value at a pointer, None if there is none."""
        return json_pointer.read(self.case, pointer)

    def write(self, pointer: str, value: Any) -> None:
        """Set a value at a pointer; None removes it. Raises `pointer.Refused`."""
        self._record(json_pointer.write(self.case, pointer, value), pointer)

    def put(self, case: Case, pointer: str) -> None:
        """Take up the case as changed by a rule, a step of its own; `pointer` says where it changed."""
        self.seal()
        self._record(case, pointer)
        self.seal()

    def append(self, pointer: str, item: Any) -> None:
        """Put one more item at the end of a list."""
        self.seal()
        self._record(json_pointer.append(self.case, pointer, item), pointer)
        self.seal()

    def remove_item(self, pointer: str, index: int) -> None:
        """Remove one item from a list."""
        self.seal()
        self._record(json_pointer.write(self.case, f"{pointer}/{index}", None), pointer)
        self.seal()

    def note_fault(self, pointer: str, label: str | None, typed: str = "") -> None:
        """Remember that a field holds what cannot be read, None that it can be."""
        unread = None if label is None else Unread(label, typed)
        if self.unread.get(pointer) == unread:
            return
        if unread is None:
            del self.unread[pointer]
        else:
            self.unread[pointer] = unread
        self.faults_changed.emit()

    def read_dates(self, shorthand: DateShorthand, *, years_ahead: int) -> None:
        """Read dates in another way from now on."""
        before, self._calendar = self._calendar, replace(self._calendar, shorthand=shorthand, years_ahead=years_ahead)
        if before != self._calendar:
            self.calendar_changed.emit()

    def seal(self) -> None:
        """End the present step of undo, as when a field is left."""
        self._history.seal()

    def undo(self) -> str:
        """Go back one step and return the pointer of what changed."""
        pointer = self._history.undo()
        self._show()
        return pointer

    def redo(self) -> str:
        """Go forward one step and return the pointer of what changed."""
        pointer = self._history.redo()
        self._show()
        return pointer

    def replace(self, case: Case) -> None:
        """Take up another case."""
        self._history = History(case)
        self.unread = {}
        self.review = self._reviewed()
        self.replaced.emit()
        self.changed.emit()

    def amend(self, case: Case) -> None:
        """Take up the same case in other words, which is no step of undo."""
        self._history.amend(case)
        self.review = self._reviewed()

    def _record(self, case: Case, pointer: str) -> None:
        if case is not self.case:
            self._history.record(case, pointer)
            self._show()

    def _show(self) -> None:
        self.review = self._reviewed()
        self.changed.emit()

    def _reviewed(self) -> Review:
        return review(self.case, pack=self.pack, today=self.clock())
