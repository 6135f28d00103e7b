"""What journeys by the keyboard share: what is still open, what a case says, and ways to mend."""

from collections.abc import Callable
from typing import Any

from mild_biller.core.case.model import Case
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.finding_rows import problems
from tests.gui.helpers import Keyboard

Mending = Callable[[Keyboard], None]


def open_problems(window: MainWindow) -> list[str]:
    return [entry.finding.rule if entry.finding else entry.text for entry in problems(window.panel._groups)]


def content(case: Case) -> Any:
    """Return what a case says, whether a key nobody answered stands in it as null or not at all."""
    return _stripped(case.model_dump(mode="json", exclude={"id", "format"}))


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _stripped(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, [], {})}
    return [_stripped(each) for each in value] if isinstance(value, list) else value


def undo_all(window: MainWindow, keyboard: Keyboard) -> None:
    for _ in range(1000):
        if not window.case.can_undo:
            return
        keyboard.press("Ctrl+Z")
    raise AssertionError("undo never ends")


def typing(text: str) -> Mending:
    return lambda keyboard: keyboard.write(text)


def leave(_: Keyboard) -> None:
    """Nothing is to be mended here: the next finding is the cause, or a person decides."""
