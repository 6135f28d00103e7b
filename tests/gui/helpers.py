"""What the tests of the window share: the day, the examples, the way to a field."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mild_biller.gui.cell import Cell
from mild_biller.gui.inputs import TypedInput
from mild_biller.gui.main_window import MainWindow
from mild_biller.paths import resources

TODAY = date(2026, 3, 12)
EXAMPLES = sorted((resources() / "examples").glob("*.json"))
Answering = Callable[..., list[tuple[object, ...]]]


def example(name: str) -> Path:
    return resources() / "examples" / f"{name}.json"


def cell(window: MainWindow, pointer: str) -> Cell:
    """Show the field bound to a pointer, put the cursor into it, and return it."""
    window.go_to_field(pointer)
    page = window.pages[window.stack.currentIndex()]
    found = page.show_field(pointer)
    assert isinstance(found, Cell), f"no field for {pointer}"
    assert found.pointer == pointer
    return found


def typed(window: MainWindow, pointer: str) -> TypedInput:
    """Return the line to type in at a pointer, with the cursor in it."""
    found = cell(window, pointer).input
    assert isinstance(found, TypedInput)
    return found
