"""The attached files of the case, made ready for a packet off the UI thread, each with what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mild_biller.core.case.model import Attachment
from mild_biller.errors import AttachmentError, PasswordNeeded
from mild_biller.gui import tasks
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.presentation.attached_paths import file_of, shown

if TYPE_CHECKING:
    from mild_biller.output.attachments.attached_file import Prepared
    from mild_biller.output.attachments.enclosure import Enclosure

UNSAVED = "{} belongs to a case file that is not saved yet. Remove it from the list, then add it again."
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file with the pages chosen of it, and the password it opens with."""

    file: Path | None
    named: str
    pages: tuple[int, ...] | str | None
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """The state of a file: made ready, or why not. `stamp` is how it was when it was read."""

    prepared: "Prepared | None" = field(default=None, repr=False)
    refusal: str = ""
    is_locked: bool = False
    stamp: Stamp | None = None


class AttachedFiles(QObject):
    """Reads what the case attaches. Passwords are kept in memory alone, until another case is opened."""

    changed = Signal()
    _came = Signal(object)

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case = case
        self._ready: dict[Wanted, Ready] = {}
        self._working: set[Wanted] = set()
        self._passwords: dict[Path, str] = {}
        self._came.connect(self._take)
        case.replaced.connect(self._forget)

    @property
    def is_working(self) -> bool:
        """Return True if a file of the case is still being read."""
        return any(wanted not in self._ready for _, wanted in self._wanted())

    def look(self) -> None:
        """Read what the case attaches and was not read yet; let go of what it no longer does."""
        wanted = {each for _, each in self._wanted()}
        self._ready = {each: ready for each, ready in self._ready.items() if each in wanted}
        for each in wanted - self._ready.keys():
            self._start(each, None)

    def look_again(self) -> None:
        """Read again what has changed on the disk."""
        self.look()
        for each, ready in self._ready.items():
            self._start(each, ready)

    def ready(self, index: int) -> Ready | None:
        """Return the state of an attachment, None while it is being read or names no file."""
        return next((self._ready.get(each) for place, each in self._wanted() if place == index), None)

    def unlock(self, index: int, password: str) -> None:
        """Try an attachment with a password."""
        for place, each in self._wanted():
            if place == index and each.file is not None:
                self._passwords[each.file] = password
        self.look()
        self.changed.emit()

    def refusals(self) -> tuple[str, ...]:
        """Return a line for every file that cannot go into a packet."""
        states = (self._ready.get(each) for _, each in self._wanted())
        return tuple(ready.refusal for ready in states if ready is not None and ready.refusal)

    def enclosures(self) -> "tuple[Enclosure, ...] | None":
        """Return all attachments made ready, None while one of them is not."""
        from mild_biller.output.attachments.enclosure import (
            Enclosure,  # the PDF libraries: the window is not to wait for them
        )

        found = []
        for place, each in self._wanted():
            ready = self._ready.get(each)
            if ready is None or ready.prepared is None:
                return None
            found.append(Enclosure(place, ready.prepared))
        return tuple(found)

    def _wanted(self) -> Iterator[tuple[int, Wanted]]:
        folder = self._case.path.parent.absolute() if self._case.path is not None else None
        for index, entry in enumerate(self._case.case.attachments or ()):
            if entry.path:
                yield index, self._of(entry, entry.path, folder)

    def _of(self, entry: Attachment, named: str, folder: Path | None) -> Wanted:
        file = file_of(named, folder=folder)
        return Wanted(file, shown(named), entry.pages, self._passwords.get(file) if file is not None else None)

    def _start(self, wanted: Wanted, before: Ready | None) -> None:
        if wanted not in self._working:
            self._working.add(wanted)
            tasks.start(partial(_answer, wanted, before), tell=self._came.emit)

    def _take(self, told: object) -> None:
        answer = tasks.answer_of(told)
        assert isinstance(answer, tuple)
        wanted, ready = answer
        self._working.discard(wanted)
        if any(each == wanted for _, each in self._wanted()) and self._ready.get(wanted) is not ready:
            self._ready[wanted] = ready
            self.changed.emit()

    def _forget(self) -> None:
        self._ready.clear()
        self._passwords.clear()


def _answer(wanted: Wanted, before: Ready | None) -> tuple[Wanted, Ready]:
    """Read a file; one that is as it was before is not made ready again. For another thread."""
    if wanted.file is None:
        return wanted, Ready(refusal=UNSAVED.format(wanted.named))
    stamp = _stamp(wanted.file)
    if before is not None and before.stamp == stamp and stamp is not None:
        return wanted, before
    try:
        return wanted, Ready(_prepared(wanted, wanted.file), stamp=stamp)
    except PasswordNeeded as refusal:
        return wanted, Ready(refusal=str(refusal), is_locked=True, stamp=stamp)
    except AttachmentError as refusal:
        return wanted, Ready(refusal=str(refusal), stamp=stamp)


def _prepared(wanted: Wanted, file: Path) -> "Prepared":
    from mild_biller.output.attachments.attached_file import prepare
    from mild_biller.output.attachments.case_attachments import (
        content_of,  # the PDF libraries: the window is not to wait for them
    )
    from mild_biller.output.attachments.page_choice import page_numbers

    pages = page_numbers(wanted.pages, wanted.named)
    return prepare(content_of(file, wanted.named), name=wanted.named, pages=pages, password=wanted.password)


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
