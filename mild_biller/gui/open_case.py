"""The case that is open in the window: the value being edited, and the kept case it is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Case
from mild_biller.core.rulepack import RulePack
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.store.case_file import dump_case
from mild_biller.store.library import CaseLibrary, CaseRef
from mild_biller.store.unread import Texts, Unread


class OpenCase(CaseEditor):
    """A case editor with a home: opens from a library, saves to it, and knows what is not saved."""

    opened = Signal()  # the case is that of the library
    saved = Signal()  # the case was written

    def __init__(self, *, pack: RulePack, clock: Callable[[], date], library: CaseLibrary) -> None:
        super().__init__(pack=pack, clock=clock)
        self.library = library
        self.ref: CaseRef | None = None
        self._saved = dump_case(self.case)
        self._kept_unread: Texts = {}

    @property
    def is_changed(self) -> bool:
        """Return True if something would be lost without saving."""
        return dump_case(self.case) != self._saved or self.unread != self._kept_unread

    @property
    def name(self) -> str:
        """What a person calls the kept case; nothing where it was never saved."""
        return self.library.name(self.ref) if self.ref is not None else ""

    @property
    def folder(self) -> Path | None:
        """Where files made from the case are offered to be written; None where nothing says so."""
        return self.library.beside(self.ref) if self.ref is not None else None

    def replace(self, case: Case, *, ref: CaseRef | None = None) -> None:
        """Take up another case, a kept one or new."""
        self._saved = dump_case(case)
        self._kept_unread = {}
        self.ref = ref
        super().replace(case)

    def open(self, wanted: CaseRef | str) -> None:
        """Take up a kept case. Raises `CaseFileError`."""
        kept = self.library.open(wanted)
        self.replace(kept.case, ref=kept.ref)
        self.opened.emit()

    def recover(self, case: Case, *, ref: CaseRef | None, unread: Texts) -> None:
        """Take up a case that nobody saved; it counts as changed."""
        if ref is not None and not ref.version:  # nobody wrote down what it was: take it as it is now
            ref = CaseRef(ref.id, self.library.version(ref.id))
        self.replace(case, ref=ref)
        self._saved = b""
        self.take_unread(unread, are_kept=False)

    def is_changed_elsewhere(self) -> bool:
        """Return True if another user or program wrote the kept case since it was opened or saved here."""
        return self.ref is not None and self.library.version(self.ref.id) not in ("", self.ref.version)

    def save(self, id: str, *, over: CaseRef | None = None) -> None:
        """Keep the case under an id, which is its own from now on; `over` is what a conflict said is there.

        Raises `CaseConflict` where it is its own id and another program wrote it meanwhile; `OutputError`.
        """
        before = over or self.ref
        expected = before.version if before is not None and before.id == id else None
        written = self.library.rehomed(self.case, before=self.ref, id=id)
        self.ref = self.library.save(written, id, expected=expected)
        self.amend(written)
        self._saved = dump_case(self.case)
        self.seal()
        self.saved.emit()
        self.changed.emit()

    def take_unread(self, texts: Texts, *, are_kept: bool) -> None:
        """Restore what cannot be read, where the case still has a place for it and nothing else is there."""
        fitting: dict[str, Unread] = {at: each for at, each in texts.items() if self._is_vacant(at)}
        self.unread = fitting
        self._kept_unread = dict(fitting) if are_kept else {}
        self.faults_changed.emit()
        self.changed.emit()

    def note_kept_unread(self) -> None:
        """Remember that what cannot be read is kept next to the case."""
        self._kept_unread = dict(self.unread)

    def _is_vacant(self, pointer: str) -> bool:
        """Return True if nothing is at a pointer, and the row that it leads into is there."""
        return self.read(pointer) is None and self._has_place(pointer)

    def _has_place(self, pointer: str) -> bool:
        """Return True if the row that a pointer leads into is there."""
        try:
            return all(self.read(row) is not None for row in json_pointer.rows_above(pointer))
        except LookupError:
            return False  # a key of another version
