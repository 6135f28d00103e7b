"""The menus as data: every action with its words and shortcut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One action; `name` is what the code calls it, a blank one is a line between."""

    name: str = ""
    words: str = ""
    shortcut: str = ""
    run: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu."""

    words: str
    entries: tuple[MenuEntry, ...]


LINE = MenuEntry()


def build_menus(window: QMainWindow, menus: Sequence[Menu]) -> dict[str, QAction]:
    """Put the menus into the window and return the actions by name."""
    actions: dict[str, QAction] = {}
    for menu in menus:
        shown = window.menuBar().addMenu(menu.words)
        for entry in menu.entries:
            if entry.run is None:
                shown.addSeparator()
                continue
            action = QAction(entry.words, window)
            action.setShortcut(QKeySequence(entry.shortcut))
            action.triggered.connect(_without_argument(entry.run))
            shown.addAction(action)
            actions[entry.name] = action
    return actions


def all_actions(menus: Sequence[Menu]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every action with its shortcut, by menu."""
    return [
        (plain(menu.words), [(plain(entry.words), entry.shortcut) for entry in menu.entries if entry.run is not None])
        for menu in menus
    ]


def plain(words: str) -> str:
    """Return the words of a menu without its marks."""
    return words.replace("&", "").rstrip("…")


def _without_argument(run: Callable[[], object]) -> Callable[[], None]:
    """Keep Qt's `checked` from the action."""

    def call() -> None:
        run()

    return call
