"""Keeps the case in work every few seconds, and offers at the next start what a crash left behind.

What is kept now and then is written in the background; what the user waits for, as before a crash is reported, at once.
"""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mild_biller.errors import CaseFileError, OutputError
from mild_biller.gui import dialogs, tasks
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.tasks import Lane
from mild_biller.store import drafts, unread
from mild_biller.store.drafts import Draft

OS_DECIDES: Final = 1  # milliseconds; any lock is then old, and the system alone says whether it is held
NOT_KEPT: Final = "Autosave is not working. Save often."


class Recovery(QObject):
    """One draft for one window: written after a change, removed once the case is saved or left.

    What cannot be read in a case that is saved is kept next to it, and shown again when the case is opened.
    """

    failed = Signal(str)  # the draft could not be written; said once until it works again

    def __init__(self, case: CaseEditor, *, folder: Path, seconds: float) -> None:
        super().__init__(case)
        self.file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{drafts.ENDING}"
        self.case = case
        self._lock: QLockFile | None = None
        self._is_failing = False
        self._is_writing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_soon)
        self.set_seconds(seconds)
        self._recall()
        case.opened.connect(self._recall)
        case.saved.connect(self._keep_unread)
        case.changed.connect(self._plan)
        case.faults_changed.connect(self._plan)

    def set_seconds(self, seconds: float) -> None:
        """Set how long after a change the case is backed up."""
        self._timer.setInterval(round(seconds * 1000))

    def keep_soon(self) -> None:
        """Write the draft in the background if something would be lost without it; one writing waits for another."""
        self._timer.stop()
        if not self.case.is_changed:
            return
        if self._is_writing:
            self._timer.start()
            return
        self._is_writing = True
        tasks.start(partial(drafts.keep, self.file, self._draft()), tell=self._told, lane=Lane.FILES)

    def keep(self) -> bool:
        """Write the draft now if something would be lost without it; return True if nothing would be."""
        self._timer.stop()
        if not self.case.is_changed:
            return True
        tasks.settle(Lane.FILES)  # an older state must not be written over this one
        try:
            drafts.keep(self.file, self._draft())
        except OutputError:
            self._fail()
            return False
        self._hold()
        return True

    def keep_and_say(self) -> str:
        """Keep the case, and say in a sentence what became of it."""
        if not self.keep():
            return "The case could not be backed up. Save it under a new name (Ctrl+Shift+S), then close the program."
        if not self.case.is_changed:
            return "There are no unsaved changes. Close the program and start it again."
        return f"A backup copy of the case is in {self.file}. Close the program and start it again to restore it."

    def drop(self) -> None:
        """Delete the draft."""
        self._timer.stop()
        tasks.settle(Lane.FILES)
        try:
            drafts.drop(self.file)
        except OSError:
            self._fail()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def let_go(self) -> None:
        """Leave the draft for the next start, and write no more."""
        self.case.changed.disconnect(self._plan)
        self.case.faults_changed.disconnect(self._plan)
        self._timer.stop()
        tasks.settle(Lane.FILES)
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _plan(self) -> None:
        if not self.case.is_changed:
            self.drop()
        elif not self._timer.isActive():
            self._timer.start()

    def _draft(self) -> Draft:
        return Draft(self.case.case, self.case.path, dict(self.case.unread))

    def _told(self, told: object) -> None:
        """Take the answer of the background."""
        self._is_writing = False
        if tasks.refusal_of(told):
            self._fail()
        else:
            self._hold()

    def _recall(self) -> None:
        """Show again what could not be read when the case was saved."""
        if self.case.path is None:
            return
        try:
            texts = unread.found(self.file.parent, self.case.path)
        except CaseFileError as error:
            self.failed.emit(str(error))
            return
        if texts:
            self.case.take_unread(texts, are_kept=True)

    def _keep_unread(self) -> None:
        """Keep what cannot be read next to the case that was just saved."""
        assert self.case.path is not None
        try:
            unread.keep(self.file.parent, self.case.path, self.case.unread)
        except (OSError, OutputError):
            self._fail()
        else:
            self.case.note_kept_unread()

    def _hold(self) -> None:
        """Show other windows that this draft is in use."""
        self._is_failing = False
        if self._lock is None:
            self._lock = _lock_of(self.file)
            self._lock.tryLock(0)

    def _fail(self) -> None:
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(NOT_KEPT)


def offer(parent: QWidget, own: Recovery, *, may_leave: Callable[[], bool]) -> None:
    """Ask about each draft that a crash left behind, the newest first, until one is opened."""
    unread.forget_gone(own.file.parent)
    for file in drafts.found(own.file.parent):
        lock = _lock_of(file)
        if not lock.tryLock(0):  # another window works on it
            continue
        try:
            is_opened = _offered(parent, own, file, may_leave)
        finally:
            lock.unlock()
        if is_opened:
            return


def _offered(parent: QWidget, own: Recovery, file: Path, may_leave: Callable[[], bool]) -> bool:
    """Offer one draft; return True if it was opened."""
    try:
        written = drafts.written_at(file)
        draft = drafts.read(file, catalog=own.case.catalog)
    except OSError:  # another window has just taken it
        return False
    except CaseFileError:
        _ask_about_broken(parent, file, written)
        return False
    answer = dialogs.ask_recovery(parent, f"{written:%m/%d/%Y %H:%M}")
    if answer is dialogs.DraftAnswer.THROW_AWAY:
        drafts.drop(file)
    if answer is not dialogs.DraftAnswer.OPEN or not may_leave():
        return False
    own.case.recover(draft.case, path=draft.path, unread=draft.unread)
    if own.keep():
        drafts.drop(file)
    return True


def _ask_about_broken(parent: QWidget, file: Path, written: datetime) -> None:
    """Ask what becomes of a draft that cannot be read: until the user decides, it stays and is offered again."""
    answer = dialogs.ask_broken(parent, f"{written:%m/%d/%Y %H:%M}", aside=file.with_suffix(drafts.BROKEN))
    if answer is dialogs.Broken.LATER:
        return
    try:
        drafts.drop(file) if answer is dialogs.Broken.THROW_AWAY else drafts.set_aside(file)
    except OSError as error:
        dialogs.tell(parent, f"{file} could not be moved or deleted ({error.strerror}). It was left in place.")


def first_words(folder: Path) -> str:
    """Return, on the first start, where the drafts will be kept; nothing later."""
    if folder.exists():
        return ""
    return (
        f"While you work, a backup copy of the case is kept in {folder}, which only you can read. It is offered after "
        "a crash and deleted when you save or close the case. What a field cannot read yet, such as half a date, "
        "stays there until you correct it. The copy is not encrypted."
    )


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(OS_DECIDES)
    return lock
