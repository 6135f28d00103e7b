"""What the menus do with the worklist: choose its folder, show it, search it, open a case of it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from mild_biller.gui import dialogs
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.commands.file_commands import Commands
from mild_biller.gui.widgets.menus import LINE, MenuEntry

if TYPE_CHECKING:  # most of it is needed only where there is a folder
    from mild_biller.gui.worklist.worklist import Worklist

NO_FOLDER: Final = "There is no work folder. Choose one in the File menu (Ctrl+Shift+O)."


class WorklistDesk(QObject):
    """The commands around the worklist. Without a folder there is no pane, and nothing is read."""

    folder_chosen = Signal(str)  # to be kept; nothing when it was closed
    opened = Signal()  # a case of the list is open now

    def __init__(self, case: CaseEditor, commands: Commands, *, window: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._case = case
        self._commands = commands
        self._window = window
        self._say = say
        self._split: QSplitter | None = None
        self._is_wanted = True
        self._is_beside = True
        self.folder: Path | None = None
        self.pane: Worklist | None = None

    def stand_in(self, split: QSplitter) -> None:
        """Take the place at the left of a splitter, once there is a folder."""
        self._split = split

    def file_entries(self) -> tuple[MenuEntry, ...]:
        """Return the commands of the menu File."""
        return (
            MenuEntry("work_folder", "Work &folder…", "Ctrl+Shift+O", self.choose_folder),
            MenuEntry("close_folder", "&Close the work folder", "", self.close_folder),
        )

    def view_entries(self) -> tuple[MenuEntry, ...]:
        """Return the commands of the menu View."""
        return (
            LINE,
            MenuEntry("worklist", "Show or hide &worklist", "F2", self.toggle),
            MenuEntry("search", "Searc&h the worklist", "Ctrl+F", self.search),
            MenuEntry("read_folder", "&Refresh worklist", "F5", self.refresh),
        )

    def use(self, folder: str) -> None:
        """Show the worklist over a folder, none when it is empty."""
        chosen = Path(folder) if folder else None
        if chosen == self.folder:
            return
        self.folder = self._commands.home = chosen
        if self.pane is None:
            self.pane = self._make_pane()
        self.pane.reader.use(chosen)
        self._place()
        self._mark()

    def choose_folder(self) -> None:
        """Let the user choose the folder, and keep the choice."""
        chosen = dialogs.choose_folder(self._window, folder=self.folder)
        if chosen is not None:
            self._is_wanted = True
            self.use(str(chosen))
            self.folder_chosen.emit(str(chosen))
            self.search()

    def close_folder(self) -> None:
        """Do without a worklist."""
        if self._has_folder():
            self.use("")
            self.folder_chosen.emit("")

    def toggle(self) -> None:
        """Show the worklist, or hide it."""
        if self._has_folder():
            self._is_wanted = not (self._is_wanted and self._is_beside)
            self._is_beside = True
            self._place()

    def search(self) -> None:
        """Put the cursor into the search of the worklist."""
        if self._has_folder() and self.pane is not None:
            self._is_wanted = self._is_beside = True
            self._place()
            self.pane.enter()

    def refresh(self) -> None:
        """Look at the folder now."""
        if self._has_folder() and self.pane is not None:
            self.pane.reader.refresh()
            self._say("Worklist refreshed.")

    def give_way(self, *, is_alone: bool) -> None:
        """Leave all the room to the form, or come back."""
        self._is_beside = not is_alone
        self._place()

    def leave(self) -> None:
        """Read no more, as the window closes."""
        if self.pane is not None:
            self.pane.reader.stop()

    def _has_folder(self) -> bool:
        if self.folder is None:
            self._say(NO_FOLDER)
        return self.folder is not None

    def _make_pane(self) -> "Worklist":
        from mild_biller.gui.worklist.worklist import Worklist  # not before there is a folder

        assert self._split is not None
        made = Worklist(self._case)
        made.asked.connect(self.open)
        self._split.insertWidget(0, made)
        self._split.setStretchFactor(0, 0)
        for changed in (self._case.replaced, self._case.saved):
            changed.connect(self._mark)
        for written in (self._case.saved, self._commands.prints.noted):
            written.connect(made.reader.refresh)
        return made

    def open(self, path: Path) -> None:
        """Open a case of the list; one that is open already is only gone to."""
        is_here = path == self._open_path() and not self._case.is_changed_on_disk()
        if is_here or self._commands.open_file(path):
            self.opened.emit()
        elif self.pane is not None:
            self.pane.reader.refresh_soon()

    def _place(self) -> None:
        is_seen = self.folder is not None and self._is_wanted and self._is_beside
        if self.pane is not None:
            self.pane.setVisible(is_seen)
            self.pane.reader.wake(is_seen=is_seen)

    def _mark(self) -> None:
        if self.pane is not None:
            self.pane.mark_open(self._open_path())

    def _open_path(self) -> Path | None:
        """Return the open case's file as the list names it, None if it is elsewhere."""
        folder, path = self.folder, self._case.path
        if folder is None or path is None:
            return None
        try:
            is_there = os.path.samefile(path.parent, folder)
        except (OSError, ValueError):  # one of the two is no folder now
            return None
        return folder / path.name if is_there else None
