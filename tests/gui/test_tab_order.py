"""Tab goes as one reads: the form of a step from its top, what stands beside it, the findings, the steps above."""

import shutil
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Attachment
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.window.main_window import MainWindow
from tests.corpus import hostile
from tests.gui.helpers import MOST_PLACES, Keyboard
from tests.gui.waiting import settled
from tests.support import example_file

STEPS = range(6)
CASES = {
    "empty": None,
    "the study": "medicare-asc-2026",
    "something to mend": "premera-with-study-bundle",
    "a hospital": "medicare-hospital-derived",
    "an insured and an own payer": "own-payer-spouse",
    "typed lines": "stress-long-values",
}
Region = tuple[str, QWidget]  # its name, and the widget whose places its stops are measured in


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> Callable[[str], MainWindow]:
    """Show a case, after another one was shown on every step: much is made late."""

    def open_case(name: str) -> MainWindow:
        window.case.open(example_file("medicare-look-back-inside"))
        for step in STEPS:
            window.go_to_step(step)
        named = CASES[name]
        if named is None:
            window.case.replace(window.case.blank)
        else:
            window.case.open(example_file(named))
        return window

    return open_case


def walked(window: MainWindow, keyboard: Keyboard, keys: str = "Tab") -> list[QWidget]:
    """Press a key until the cursor is where it was, and return where it came to."""
    start = keyboard.place
    found = [start]
    for _ in range(MOST_PLACES):
        keyboard.press(keys)
        if keyboard.place is start:
            return found
        found.append(keyboard.place)
    raise AssertionError(f"Tab never comes back to {start}")


def regions(window: MainWindow) -> list[Region]:
    """Return the parts of the window in the order in which they are read, from the form of the step on."""
    step = window.stack.currentIndex()
    page = window.pages[step]
    form = page if isinstance(page, Page) else page.form
    beside: list[Region] = []
    if page is window._claim:
        beside = [("preview", window.preview)]
    if isinstance(page, PriorAuthPage):
        beside = [("tabs", page.tabs.tabBar()), ("part", page.tabs.currentWidget())]
        if page.tabs.currentWidget() is page.letters:
            letters = page.letters
            inside, end = letters.area.widget(), letters.blanks
            beside[-1:] = [("letter", letters.kinds.parentWidget()), ("words", inside), ("blanks", end)]
    panel = window.panel
    mends, detail = panel._payable, panel._details
    ends: list[Region] = [("tree", panel.tree), ("title", mends.button), ("mends", panel.payable.widget())]
    ends += [("title", detail.button), ("details", panel.details)]
    side = window.steps.parentWidget()
    assert side is not None
    return [("form", form.widget()), *beside, *ends, ("above", side)]


def place_of(widget: QWidget, found: Sequence[Region]) -> tuple[int, QRect]:
    """Return in which part of the window something is, and where in it."""
    for number, (_, holder) in enumerate(found):
        if holder is widget or holder.isAncestorOf(widget):
            return number, QRect(widget.mapTo(holder, QPoint()), widget.size())
    raise AssertionError(f"in no part of the window: {widget}")


def is_read_after(one: QRect, other: QRect) -> bool:
    """Tell whether a place is to the right in the same row, or further down."""
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    if shared > min(one.height(), other.height()) / 2:
        return other.left() > one.left()
    return other.top() > one.top()


def name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else str(widget))


def assert_in_reading_order(window: MainWindow, stops: Sequence[QWidget]) -> None:
    found = regions(window)
    stops = from_the_top(stops, found)
    places = [place_of(stop, found) for stop in stops]
    for (before, after), (one, other) in zip(pairwise(places), pairwise(stops), strict=True):
        is_next = after[0] > before[0] or (after[0] == before[0] and is_read_after(before[1], after[1]))
        assert is_next, f"{name(other)} comes after {name(one)}"


def from_the_top(stops: Sequence[QWidget], found: Sequence[Region]) -> list[QWidget]:
    """Return the round from the first stop of the form on: a step is entered at its first field, below a button."""
    parts = [place_of(stop, found)[0] for stop in stops]
    first = next(number for number in range(len(stops)) if parts[number - 1] > parts[number])
    return [*stops[first:], *stops[:first]]


def assert_nothing_is_left_out(window: MainWindow, stops: Sequence[QWidget]) -> None:
    """Whatever can be seen, is on and takes Tab is come to, once."""
    center = window.centralWidget()
    assert center is not None
    tab = Qt.FocusPolicy.TabFocus.value
    can_be = {
        each
        for each in center.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy().value & tab and each.focusProxy() is None
    }
    assert {name(each) for each in can_be - set(stops)} == set()
    assert len(stops) == len(set(stops))


@pytest.mark.parametrize("case", CASES)
def test_tab_goes_as_one_reads(opened: Callable[[str], MainWindow], keyboard: Keyboard, case: str) -> None:
    window = opened(case)
    for step in STEPS:
        keyboard.press(f"Ctrl+{step + 1}")
        settled(window)  # what would make it payable is looked for after a while
        stops = walked(window, keyboard)
        assert len(stops) > 5, step
        assert_in_reading_order(window, stops)
        assert_nothing_is_left_out(window, stops)
        assert walked(window, keyboard, "Shift+Tab") == [stops[0], *reversed(stops[1:])], step


@pytest.mark.parametrize("part", ["checklist", "packet", "letters"])
def test_tab_goes_as_one_reads_through_a_request(
    window: MainWindow, keyboard: Keyboard, part: str, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copy(example_file("medicare-advantage-2026"), tmp_path / "case.json")
    for file in ("imaging-report.pdf", "second.pdf", "third.pdf"):
        (tmp_path / file).write_bytes(hostile.plain(1))
    window.case.open(tmp_path / "case.json")
    entries = tuple(Attachment(path=file) for file in ("imaging-report.pdf", "second.pdf", "third.pdf"))
    keyboard.press("Ctrl+6")
    window.case.put(json_pointer.write(window.case.case, "/attachments", entries), "/attachments/0")
    page = window.prior_auth
    shown = getattr(page, part)
    page.tabs.setCurrentWidget(shown)
    if part == "letters":  # two paragraphs that can be set back
        for view in [each for each in page.letters.paragraphs.values() if not each.is_table][1:3]:
            view.edit.setPlainText("Other words.")
    qtbot.waitUntil(lambda: not page.files.is_working)
    if part == "packet":
        qtbot.waitUntil(page.packet.pane.view.isVisible)
    keyboard.press("Ctrl+6")
    QApplication.processEvents()
    stops = walked(window, keyboard)
    assert name(stops[0]) == "Attachment 1: Type"
    assert_in_reading_order(window, stops)
    assert_nothing_is_left_out(window, stops)
    assert any(shown.isAncestorOf(stop) for stop in stops)


def test_tab_goes_through_the_list_of_the_boxes_below_the_form(window: MainWindow, keyboard: Keyboard) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    keyboard.press("Ctrl+5")
    window.actions_by_name["boxes"].trigger()
    keyboard.press("Ctrl+5")
    QApplication.processEvents()
    stops = walked(window, keyboard)
    assert window.preview.boxes.table in stops
    assert_in_reading_order(window, stops)


def test_a_row_that_is_added_is_come_to_in_its_place(window: MainWindow, keyboard: Keyboard) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    keyboard.press("Ctrl+2")
    keyboard.go_to("Add secondary coverage")
    keyboard.press("Space")
    keyboard.press("Ctrl+2")
    stops = walked(window, keyboard)
    assert_in_reading_order(window, stops)
    assert_nothing_is_left_out(window, stops)
