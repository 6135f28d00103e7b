"""The case in work: every edit makes a new case and a new review, which all views then show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Case
from mild_biller.core.review.review import Layouts, Review, review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.presentation.attached_paths import moved
from mild_biller.presentation.history import History
from mild_biller.presentation.typed_text import Calendar
from mild_biller.settings import DateShorthand
from mild_biller.store.case_file import dump_case, open_case, save_case
from mild_biller.store.unread import Texts, Unread


class CaseEditor(QObject):
    """Holds the present case, its review, its file, and the way back. Decides nothing."""

    changed = Signal()  # the case or its review is another
    replaced = Signal()  # another case altogether: whatever views remember of the old one is void
    opened = Signal()  # the case is that of a file
    saved = Signal()  # the case was written to its file
    faults_changed = Signal()  # a field became readable or unreadable, or holds another text that cannot be read
    calendar_changed = Signal()  # dates are read in another way

    def __init__(self, *, catalog: Catalog, layouts: Layouts, clock: Callable[[], date]) -> None:
        super().__init__()
        self.catalog = catalog
        self.layouts = layouts
        self.clock = clock
        self.path: Path | None = None
        self.blank = Case()  # what a new case begins with
        self.unread: dict[str, Unread] = {}  # what is in fields but cannot be read, by pointer
        self._kept_unread: Texts = {}
        self._calendar = Calendar(clock())
        self._history = History(Case())
        self._saved = dump_case(Case())
        self._on_disk: bytes | None = None
        self.review = self._reviewed()

    @property
    def case(self) -> Case:
        """The case as typed."""
        return self._history.case

    @property
    def is_changed(self) -> bool:
        """Return True if something would be lost without saving."""
        return dump_case(self.case) != self._saved or self.unread != self._kept_unread

    @property
    def faults(self) -> dict[str, str]:
        """The labels of the fields that hold what cannot be read, by pointer."""
        return {pointer: each.label for pointer, each in self.unread.items()}

    @property
    def calendar(self) -> Calendar:
        """The day it is, and how dates are read."""
        return replace(self._calendar, today=self.clock())

    @property
    def digest(self) -> str:
        """The SHA-256 of the case's file as it was opened or saved here; nothing where there is none."""
        return self._on_disk.hex() if self._on_disk is not None else ""

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

    def take_unread(self, texts: Texts, *, are_kept: bool) -> None:
        """Restore what cannot be read, where the case still has a place for it and nothing else is there."""
        self.unread = {at: each for at, each in texts.items() if self.read(at) is None and self._has_place(at)}
        self._kept_unread = dict(self.unread) if are_kept else {}
        self.faults_changed.emit()
        self.changed.emit()

    def note_kept_unread(self) -> None:
        """Remember that what cannot be read is kept next to the case file."""
        self._kept_unread = dict(self.unread)

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

    def replace(self, case: Case, *, path: Path | None = None) -> None:
        """Take up another case, from a file or new."""
        self._history = History(case)
        self._saved = dump_case(case)
        self.path = path
        self._on_disk = _stamp(path)
        self.unread, self._kept_unread = {}, {}
        self.review = self._reviewed()
        self.replaced.emit()
        self.changed.emit()

    def is_changed_on_disk(self) -> bool:
        """Return True if another program wrote the case's file since it was opened or saved here."""
        return self.path is not None and _stamp(self.path) not in (None, self._on_disk)

    def recover(self, case: Case, *, path: Path | None, unread: Texts) -> None:
        """Take up a case that nobody saved; it counts as changed."""
        self.replace(case, path=path)
        self._saved = b""
        self.take_unread(unread, are_kept=False)

    def open(self, path: Path) -> None:
        """Take up the case in a file. Raises `CaseFileError`."""
        self.replace(open_case(path, catalog=self.catalog), path=path)
        self.opened.emit()

    def save(self, path: Path) -> None:
        """Write the case to a file, which is its file from now on; attachments are named from there.

        Raises `OutputError`.
        """
        before = self.path.parent.absolute() if self.path is not None else None
        written = moved(self.case, before=before, after=path.parent.absolute())
        save_case(path, written)
        self._history.amend(written)
        self.review = self._reviewed()
        self.path = path
        self._saved = dump_case(self.case)
        self._on_disk = _stamp(path)
        self.seal()
        self.saved.emit()
        self.changed.emit()

    def _has_place(self, pointer: str) -> bool:
        """Return True if the row that a pointer leads into is there."""
        try:
            return all(self.read(row) is not None for row in json_pointer.rows_above(pointer))
        except LookupError:
            return False  # a key of another version

    def _record(self, case: Case, pointer: str) -> None:
        if case is not self.case:
            self._history.record(case, pointer)
            self._show()

    def _show(self) -> None:
        self.review = self._reviewed()
        self.changed.emit()

    def _reviewed(self) -> Review:
        return review(self.case, catalog=self.catalog, layouts=self.layouts, today=self.clock())


def _stamp(path: Path | None) -> bytes | None:
    """Return what tells one state of a file from another, None where there is no file to read."""
    try:
        return None if path is None else sha256(path.read_bytes()).digest()
    except OSError:
        return None
