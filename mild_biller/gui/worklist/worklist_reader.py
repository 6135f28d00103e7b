"""Keeps the rows of the work folder: reads what changed in the background, a few files at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, QObject, QTimer, Signal

from mild_biller.gui import tasks
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.store import printed
from mild_biller.store.case_folder import CaseRow, FoundFile, ReviewRules, Survey, read_rows, survey
from mild_biller.store.printed import Marks

BATCH: Final = 0.02  # seconds of reading at a time, so that a preview is not kept waiting
MOST_AT_ONCE: Final = 200
PAUSE: Final = 300  # milliseconds after a change of the folder
LOOK_EVERY: Final = 60_000  # milliseconds; no system tells of every change in a shared folder
SHOW_EVERY: Final = 250  # milliseconds between showings of a list that is still being read


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """What a look at the folder brought."""

    survey: Survey
    printed: Marks
    trouble: str


class WorklistReader(QObject):
    """Holds the rows of one folder. Decides nothing."""

    changed = Signal()
    _came = Signal(object)

    def __init__(self, case: CaseEditor, parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.rows: tuple[CaseRow, ...] = ()
        self.printed: Marks = printed.NONE
        self.line = ""
        self._case = case
        self._is_awake = True
        self._is_busy = False
        self._stop = tasks.Stop()
        self._files: tuple[FoundFile, ...] = ()
        self._waiting: list[FoundFile] = []
        self._known: dict[Path, tuple[FoundFile, date, CaseRow]] = {}
        self._shown = QElapsedTimer()
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._clock = QTimer(self, interval=LOOK_EVERY)
        self._pause.timeout.connect(self.refresh)
        self._clock.timeout.connect(self._look_if_idle)
        self._watcher.directoryChanged.connect(self.refresh_soon)
        self._came.connect(self._take)

    @property
    def progress(self) -> tuple[int, int]:
        """How many files are read, of how many."""
        return len(self._files) - len(self._waiting), len(self._files)

    def use(self, folder: Path | None) -> None:
        """Read another folder from now on; None for none."""
        self.stop()
        self.folder, self.rows, self.line = folder, (), ""
        self._files = ()
        self._known.clear()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self.changed.emit()
        self.refresh()

    def stop(self) -> None:
        """Read no more, until it is asked for again."""
        self._stop.ask()
        self._waiting.clear()
        self._is_busy = False
        for timer in (self._pause, self._clock):
            timer.stop()

    def wake(self, *, is_seen: bool) -> None:
        """Follow the folder while the list is visible, and pause while it is not."""
        if is_seen is self._is_awake:
            return
        self._is_awake = is_seen
        if is_seen:
            self.refresh()
        else:
            self.stop()

    def refresh_soon(self) -> None:
        """Look at the folder once its changes rest."""
        if self._is_awake and not self._pause.isActive():
            self._pause.start()

    def refresh(self) -> None:
        """Look at the folder, and read what is new or changed."""
        self._stop.ask()
        self._waiting.clear()
        if self.folder is None or not self._is_awake:
            return
        self._clock.start()
        if str(self.folder) not in self._watcher.directories():
            self._watcher.addPath(str(self.folder))
        self._stop = tasks.Stop()
        self._is_busy = True
        tasks.start(partial(_look, self._stop, self.folder, printed.default_file()), tell=self._came.emit)

    def _look_if_idle(self) -> None:
        if not self._is_busy:
            self.refresh()

    def _take(self, told: object) -> None:
        """Take what came back; what was asked for a folder or a look before is passed by."""
        if isinstance(told, Exception):  # a mistake in the program: show what was read until then
            self._waiting.clear()
            self._is_busy = False
            self._show()
        answer = tasks.answer_of(told)
        assert isinstance(answer, tuple)
        stop, result = answer
        if stop is not self._stop or stop.is_asked:
            return
        if isinstance(result, _Surveyed):
            self._begin(result)
        else:
            self._note(result)
        self._is_busy = bool(self._waiting)
        if self._is_busy:
            self._read_on()
        if not self._is_busy or self._shown.elapsed() >= SHOW_EVERY:
            self._show()

    def _begin(self, result: _Surveyed) -> None:
        today = self._case.clock()
        self.printed = result.printed
        self.line = " ".join(filter(None, (result.survey.line, result.trouble)))
        self._files = result.survey.files
        there = {found.path for found in self._files}
        self._known = {path: known for path, known in self._known.items() if path in there}
        self._waiting = [found for found in self._files if not self._is_known(found, today)]
        self._shown.start()

    def _is_known(self, found: FoundFile, today: date) -> bool:
        known = self._known.get(found.path)
        return known is not None and known[:2] == (found, today)

    def _read_on(self) -> None:
        rules = ReviewRules(self._case.catalog, self._case.layouts, self._case.clock())
        tasks.start(partial(_read, self._stop, self._waiting[:MOST_AT_ONCE], rules), tell=self._came.emit)

    def _note(self, result: tuple[date, Sequence[CaseRow | None]]) -> None:
        today, rows = result
        for found, row in zip(self._waiting, rows, strict=False):
            if row is None:
                self._known.pop(found.path, None)
            else:
                self._known[found.path] = (found, today, row)
        del self._waiting[: len(rows)]

    def _show(self) -> None:
        self._shown.start()
        self.rows = tuple(self._known[each.path][2] for each in self._files if each.path in self._known)
        self.changed.emit()


def _look(stop: tasks.Stop, folder: Path, marks: Path) -> object:
    """List the folder, and read what was printed."""
    kept, trouble = printed.load(marks)
    return stop, _Surveyed(survey(folder), kept, trouble)


def _read(stop: tasks.Stop, files: Sequence[FoundFile], rules: ReviewRules) -> object:
    """Read some files."""
    return stop, (rules.today, read_rows(files, rules=rules, seconds=BATCH, is_stopped=lambda: stop.is_asked))
