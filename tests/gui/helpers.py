"""What the tests of the window share: the day, the examples, the way to a field."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pypdfium2
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QRadioButton, QWidget

from mild_biller import loader
from mild_biller.core.vocabulary import FormKind
from mild_biller.gui.cell import Cell
from mild_biller.gui.inputs import TypedInput
from mild_biller.gui.main_window import MainWindow
from mild_biller.paths import resources

TODAY = date(2026, 3, 12)
MOST_PLACES = 200  # more than any step has for the cursor to stand on
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


class Keyboard:
    """Types as a person does: every key goes to where the cursor stands, and nowhere else."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    @property
    def place(self) -> QWidget:
        """Where the cursor stands."""
        return self._window.focusWidget() or self._window

    @property
    def name(self) -> str:
        """What a screen reader says of that place."""
        place = self.place
        return place.accessibleName() or (place.text() if isinstance(place, QAbstractButton) else "")

    def press(self, keys: str, *, times: int = 1) -> None:
        """Press a key or a shortcut, as `Return` or `Ctrl+E`."""
        for _ in range(times):
            self._have_the_window()
            QTest.keySequence(self.place, QKeySequence(keys))

    def write(self, text: str) -> None:
        """Type a text where the cursor stands."""
        self._have_the_window()
        QTest.keyClicks(self.place, text)

    def go_on(self) -> None:
        """Go to the next place: Enter in a field, Tab anywhere else."""
        is_field = isinstance(self.place, (QLineEdit, QComboBox, QRadioButton))
        before = self.place
        self.press("Return" if is_field else "Tab")
        if self.place is before:  # Enter has another meaning here
            self.press("Tab")

    def go_to(self, name: str) -> None:
        """Go on until the cursor stands at a place with these words in its name."""
        for _ in range(MOST_PLACES):
            if name in self.name:
                return
            self.go_on()
        raise AssertionError(f"no key leads to {name!r}; the cursor stands at {self.name!r}")

    def fill(self, answers: Mapping[str, str]) -> None:
        """Answer field after field, in the order they are come to."""
        for name, answer in answers.items():
            self.go_to(name)
            self.write(answer)
            self.go_on()

    def add(self, what: str) -> None:
        """Press the button that adds a row; the cursor is in its first field then."""
        self.go_to(f"Add {what}")
        self.press("Space")

    def _have_the_window(self) -> None:
        if not self._window.isActiveWindow():
            self._window.activateWindow()
            assert QTest.qWaitForWindowActive(self._window)


def box_text(pdf: Path, box: str, *, form: FormKind = FormKind.CMS1500, page: int = 0) -> str:
    """Read what stands in a box of a printed claim, from its place on the sheet."""
    layout = loader.layout(form)
    grid, cells = layout.grid, layout.by_id[box]
    base = grid.page_height - grid.baseline(cells.row)
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page].get_textpage()
        left, right = grid.x(cells.col), grid.x(cells.col + cells.width)
        return sheet.get_text_bounded(left, base - 2, right, base + grid.font_size * 0.6).strip()
