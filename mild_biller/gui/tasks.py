"""The one door for work off the UI thread. The caller owns the signal its answer comes back by.

Work is done in turn, by one thread: the libraries that lay out pages keep state of their own.
"""

from collections.abc import Callable
from functools import cache
from threading import Event

from PySide6.QtCore import QCoreApplication, QRunnable, QThreadPool

from mild_biller.errors import MildBillerError

MOST_WAIT = 10_000  # milliseconds for work that was told to stop


class Stop:
    """A wish to stop, given by the UI thread and read by the work."""

    def __init__(self) -> None:
        self._event = Event()

    def ask(self) -> None:
        """Wish that the work stops."""
        self._event.set()

    @property
    def is_asked(self) -> bool:
        """Tell whether the work should stop."""
        return self._event.is_set()


class _Work(QRunnable):
    """Plain Python inside: a runnable that owned a QObject would take it down in the wrong thread (trap 5)."""

    def __init__(self, work: Callable[[], object], tell: Callable[[object], object]) -> None:
        super().__init__()
        self._work = work
        self._tell = tell

    def run(self) -> None:
        """Do the work, and tell its answer or what went wrong."""
        answer: object
        try:
            answer = self._work()
        except Exception as error:
            answer = error
        try:
            self._tell(answer)
        except RuntimeError:  # whoever asked is gone
            return


def start(work: Callable[[], object], *, tell: Callable[[object], object]) -> None:
    """Do work in another thread. `tell` is the `emit` of a signal of the caller; it gets the answer or the exception.

    The work sees no widget and no QObject.
    """
    _pool().start(_Work(work, tell))


def answer_of(told: object) -> object:
    """Return an answer. Raises what went wrong: a `MildBillerError` to be told, else a mistake in the program."""
    if isinstance(told, Exception):
        raise told
    return told


def refusal_of(told: object) -> str:
    """Return the one line of what went wrong, nothing where all went well. Raises a mistake in the program."""
    if isinstance(told, MildBillerError):
        return str(told)
    answer_of(told)
    return ""


def finish() -> bool:
    """Wait for all work in hand; tell whether it ended in time."""
    return _pool().waitForDone(MOST_WAIT)


@cache
def _pool() -> QThreadPool:
    application = QCoreApplication.instance()
    pool = QThreadPool(application)
    pool.setMaxThreadCount(1)
    if application is not None:
        application.aboutToQuit.connect(pool.waitForDone)  # while Python still runs
    return pool
