"""What happens when the program makes a mistake: the case is kept, one dialog says so, nothing typed goes anywhere."""

import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QWidget

import mild_biller
from mild_biller import __version__
from mild_biller.gui import dialogs

TRACEBACK_VARIABLE: Final = "MILD_BILLER_TRACEBACK"
STATUS: Final = 1
_OURS: Final = Path(mild_biller.__file__).parent


class CrashReporter(QObject):
    """Tells of each mistake once; `keep` writes the case and says in a sentence what became of it."""

    happened = Signal(str, str)  # the kind of mistake and its details, from whatever thread
    repeated = Signal(str)  # the same mistake once more: a line is enough
    given_up = Signal()  # the user wishes to close the program

    def __init__(self, window: QWidget, *, keep: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._keep = keep
        self._told: set[str] = set()
        self._is_telling = False
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take every exception that nobody caught: in a slot, in a thread, in a finalizer."""
        sys.excepthook = self.take
        threading.excepthook = lambda given: self.take(given.exc_type, given.exc_value, given.exc_traceback)
        sys.unraisablehook = lambda given: self.take(given.exc_type, given.exc_value, given.exc_traceback)

    def take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Take an exception. Its words are never used: they may hold what was typed."""
        if os.environ.get(TRACEBACK_VARIABLE) and error is not None:
            sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(STATUS)
            return
        if shiboken6.isValid(self):
            self.happened.emit(kind.__name__, details(kind, trace))
        else:  # the window is gone already
            sys.stderr.write(f"mild-biller: an internal error ({kind.__name__}).\n")

    def _tell(self, kind: str, said: str) -> None:
        kept = self._keep()
        if self._is_telling or said in self._told:
            self.repeated.emit(f"The internal error occurred again ({kind}).")
            return
        self._told.add(said)
        self._is_telling = True
        try:
            what = f"An internal error ({kind}), {datetime.now():%H:%M}."
            stays = dialogs.tell_crash(self._window, what, kept=kept, details=said)
        finally:
            self._is_telling = False
        if not stays:
            self.given_up.emit()


def details(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a maintainer needs: the kind of exception, versions, and the places in our own code."""
    system = f"Mild Biller {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join((kind.__name__, system, *places(trace)))


def places(trace: TracebackType | None) -> Iterator[str]:
    """Yield file, line and function of our own code, the outermost first; never a value."""
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        if file.is_relative_to(_OURS):
            yield f"{file.relative_to(_OURS.parent).as_posix()}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
