"""Keeps the case in work every few seconds, and offers at the next start what a crash left behind."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from mild_biller.errors import CaseFileError, OutputError
from mild_biller.gui import dialogs
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.main_window import MainWindow
from mild_biller.store import recovery as drafts
from mild_biller.store.recovery import Draft

OS_DECIDES: Final = 1  # milliseconds; any lock is then old, and the system alone says whether somebody holds it
NOT_KEPT: Final = "The case cannot be kept for the case of a crash: save it often."


class Recovery(QObject):
    """One draft for one window: written after a change, taken away once the case is saved or left."""

    failed = Signal(str)  # the draft could not be written; said once until it works again

    def __init__(self, case: CaseEditor, *, folder: Path, seconds: float) -> None:
        super().__init__(case)
        self.file = folder / f"{os.getpid()}-{secrets.token_hex(4)}{drafts.ENDING}"
        self._case = case
        self._lock: QLockFile | None = None
        self._is_failing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        self.set_seconds(seconds)
        case.changed.connect(self._plan)

    def set_seconds(self, seconds: float) -> None:
        """Say how long after a change the case is kept."""
        self._timer.setInterval(round(seconds * 1000))

    def keep(self) -> bool:
        """Write the draft now if something would be lost without it; tell whether nothing would be."""
        self._timer.stop()
        if not self._case.is_changed:
            return True
        try:
            drafts.keep(self.file, Draft(self._case.case, self._case.path))
        except OutputError:
            self._fail()
            return False
        self._is_failing = False
        self._hold()
        return True

    def keep_and_say(self) -> str:
        """Keep the case, and say in a sentence what became of it."""
        if not self.keep():
            return "The case could not be kept. Save it under a new name (Ctrl+Shift+S), then close the program."
        if not self._case.is_changed:
            return "Nothing is unsaved. Close the program and start it again."
        return f"The case is kept in {self.file}. Close the program and start it again: it will offer it."

    def drop(self) -> None:
        """Take the draft away."""
        self._timer.stop()
        try:
            drafts.drop(self.file)
        except OSError:
            self._fail()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def let_go(self) -> None:
        """Leave the draft for the next start, and write no more."""
        self._case.changed.disconnect(self._plan)
        self._timer.stop()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _plan(self) -> None:
        if not self._case.is_changed:
            self.drop()
        elif not self._timer.isActive():
            self._timer.start()

    def _hold(self) -> None:
        """Show other windows that somebody works on this draft."""
        if self._lock is None:
            self._lock = _lock_of(self.file)
            self._lock.tryLock(0)

    def _fail(self) -> None:
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(NOT_KEPT)


def offer(window: MainWindow, own: Recovery) -> None:
    """Ask about each draft that a crash left behind, the newest first, until one is opened."""
    for file in drafts.found(own.file.parent):
        lock = _lock_of(file)
        if not lock.tryLock(0):  # another window works on it
            continue
        try:
            is_opened = _offered(window, own, file)
        finally:
            lock.unlock()
        if is_opened:
            return


def _offered(window: MainWindow, own: Recovery, file: Path) -> bool:
    """Offer one draft; tell whether it was opened."""
    try:
        written = drafts.written_at(file)
        draft = drafts.read(file, catalog=window.case.catalog)
    except OSError:  # somebody else has just taken it
        return False
    except CaseFileError:
        _put_aside(window, file, written)
        return False
    answer = dialogs.ask_recovery(window, f"{written:%m/%d/%Y %H:%M}")
    if answer is dialogs.Found.THROW_AWAY:
        drafts.drop(file)
    if answer is not dialogs.Found.OPEN or not window.commands.may_leave():
        return False
    window.case.recover(draft.case, path=draft.path)
    if own.keep():
        drafts.drop(file)
    return True


def _put_aside(window: MainWindow, file: Path, written: datetime) -> None:
    try:
        aside = drafts.set_aside(file)
    except OSError:
        aside = file
    dialogs.tell(window, f"Work of {written:%m/%d/%Y %H:%M} cannot be read. It was left in {aside}.")


def first_words(folder: Path) -> str:
    """Say on the first start where the drafts will lie; nothing later."""
    if folder.exists():
        return ""
    return (
        f"While you type, the case is kept in {folder}, which you alone can read, and taken away when you save it "
        "or close the program. After a crash it is offered again. It is not encrypted."
    )


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(OS_DECIDES)
    return lock
