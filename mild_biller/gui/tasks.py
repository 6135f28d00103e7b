"""The one door for work off the UI thread. The caller owns the signal its answer comes back by.

Work of one lane is done in turn, by one thread: the libraries that lay out pages keep state of their own. No thread
makes a call into Qt: a signal that carries a Python object across threads can lock up against the UI thread. A timer
looks for the answers.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from enum import Enum
from functools import cache
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from mild_biller.errors import MildBillerError

MOST_WAIT = 10  # seconds for work that was told to stop
LOOK_EVERY = 8  # milliseconds between looks for answers, while work is in hand

Tell = Callable[[object], object]


class Lane(Enum):
    """What waits for what: a draft is not to wait until a packet is laid out."""

    PAGES = "pages"
    FILES = "files"


class Stop:
    """A wish to stop, given by the UI thread and read by the work."""

    def __init__(self) -> None:
        self._event = Event()

    def ask(self) -> None:
        """Wish that the work stops."""
        self._event.set()

    @property
    def is_asked(self) -> bool:
        """Return True if the work should stop."""
        return self._event.is_set()


class Progress:
    """How far work has come, written by the work and read by the UI thread."""

    def __init__(self) -> None:
        self.told: tuple[int, int] = (0, 0)

    def tell(self, done: int, of: int) -> None:
        """Show how much is done."""
        self.told = (done, of)


class _Desk(QObject):
    """Hands work to its thread, and answers to the caller."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._asked: deque[tuple[Future[object], Tell]] = deque()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._bring)

    def start(self, work: Callable[[], object], tell: Tell) -> None:
        self._asked.append((self._thread.submit(work), tell))
        self._timer.start()

    def finish(self) -> bool:
        """Wait for all work in progress; return True if it ended in time."""
        return not wait([future for future, _ in self._asked], timeout=MOST_WAIT).not_done

    def settle(self) -> bool:
        is_done = self.finish()
        self._bring()
        return is_done

    def _bring(self) -> None:
        while self._asked and self._asked[0][0].done():
            future, tell = self._asked.popleft()
            try:
                tell(future.exception() or future.result())
            except RuntimeError:  # the caller is gone
                continue
        if not self._asked:
            self._timer.stop()


def start(work: Callable[[], object], *, tell: Tell, lane: Lane = Lane.PAGES) -> None:
    """Do work in another thread. `tell` is the `emit` of a signal of the caller; it gets the answer or the exception.

    The work sees no widget and no QObject.
    """
    _desk(lane).start(work, tell)


def settle(lane: Lane) -> bool:
    """Wait for the work in progress of one lane and deliver its answers now; return True if it ended in time."""
    return _desk(lane).settle()


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
    """Wait for all work in progress; return True if it ended in time."""
    return False not in [_desk(lane).finish() for lane in Lane]


@cache
def _desk(lane: Lane) -> _Desk:
    application = QCoreApplication.instance()
    desk = _Desk(application)
    if application is not None:
        application.aboutToQuit.connect(desk.finish)  # while Python still runs
    return desk
