"""For those who see little: a cursor that shows, letters that stand out, no word clipped at 200 %."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mild_biller.appearance import Appearance
from mild_biller.gui.claim_preview.box_view import BoxView
from mild_biller.gui.fields.inputs import ChosenInput, TypedInput
from mild_biller.gui.findings.determination import FINDINGS
from mild_biller.gui.pages.spine.spine import Disc
from mild_biller.gui.style import theme
from mild_biller.gui.style.tone_marks import ToneMark, mark_side
from mild_biller.gui.window.main_window import MainWindow
from tests.gui.dressing import CASES, Dressed, show_case
from tests.gui.helpers import Keyboard
from tests.gui.sight import ENOUGH, RING, changed, clipped, contrast, opaque, picture, shown
from tests.gui.waiting import settled

CONTROLS = (QLineEdit, QComboBox, QAbstractButton, QTabBar, QTextEdit, QTreeView)
STEPS = range(6)


def look_at(window: MainWindow, step: int, qtbot: QtBot) -> None:
    window.go_to_step(step)
    settled(window)


KINDS = {
    "a line": (0, TypedInput),
    "a list": (0, ChosenInput),
    "an answer": (0, QRadioButton),
    "a button": (1, QPushButton),
    "a disc of the spine": (2, Disc),
    "a small button": (4, QToolButton),
    "the steps": (0, QTabBar),
    "the findings": (0, QTreeView),
    "a finding in full": (0, QTextEdit),
    "the form": (4, BoxView),
}


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_cursor_can_be_seen_however_it_came_there(
    dressed_as: Dressed, appearance: Appearance, qtbot: QtBot
) -> None:
    window = dressed_as("clean", appearance=appearance)
    unseen = []
    for name, (step, kind) in KINDS.items():
        look_at(window, step, qtbot)
        widget = next(each for each in shown(window, kind) if each.isEnabled() and reached_by_tab(each))
        elsewhere = next(each for each in shown(window, QLineEdit, QPushButton) if each is not widget)
        elsewhere.setFocus()
        before = picture(widget)
        widget.setFocus()  # as Enter, F8 and Ctrl with a number do
        if changed(before, picture(widget)) < RING:
            unseen.append(name)
    assert not unseen


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_cursor_can_be_seen_as_tab_moves_it(dressed_as: Dressed, appearance: Appearance, qtbot: QtBot) -> None:
    window = dressed_as("clean", appearance=appearance)
    keyboard = Keyboard(window)
    for step in STEPS:
        keyboard.press(f"Ctrl+{step + 1}")
        settled(window)
        keyboard.press("Tab")
        seen: set[type[QWidget]] = set()
        for _ in range(60):
            widget = keyboard.place
            is_new = type(widget) not in seen
            before = picture(widget) if is_new else None
            keyboard.press("Tab")
            if before is not None and widget.isVisible():
                seen.add(type(widget))
                assert changed(before, picture(widget)) >= RING, keyboard.name


def reached_by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & 1)


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_all_letters_stand_out(dressed_as: Dressed, appearance: Appearance, qtbot: QtBot) -> None:
    window = dressed_as("empty", appearance=appearance)
    faint = set()
    for case in CASES:
        show_case(window, case)
        for step in STEPS:
            look_at(window, step, qtbot)
            for widget in shown(window, QLabel, *CONTROLS):
                inks = inks_of(widget)
                faint |= {(type(widget).__name__, *names) for names, ratio in inks.items() if ratio < ENOUGH}
    assert not faint


def inks_of(widget: QWidget) -> dict[tuple[str, str], float]:
    """Return the contrast of what a widget writes, by its ink and ground."""
    palette, roles = widget.palette(), QPalette.ColorRole
    pairs = [(palette.color(widget.foregroundRole()), palette.color(widget.backgroundRole()))]
    if isinstance(widget, QLineEdit | QTextEdit | QTreeView):
        pairs = [(palette.color(roles.Text), palette.color(roles.Base))]
        pairs.append((palette.color(roles.HighlightedText), palette.color(roles.Highlight)))
        pairs.append((palette.color(roles.PlaceholderText), palette.color(roles.Base)))
    grounds = {(ink.name(), ground.name()): contrast(opaque(ink, ground), ground) for ink, ground in pairs}
    return grounds if getattr(widget, "text", lambda: "x")() else {}


@pytest.mark.parametrize("text_size", [100, 200])
def test_no_word_is_cut_and_no_page_out_of_sight(dressed_as: Dressed, text_size: int, qtbot: QtBot) -> None:
    window = dressed_as("empty", text_size=text_size)
    cut: list[tuple[str, str]] = []
    for case in CASES:
        show_case(window, case)
        cut += [(f"{case}, {page}", words) for page in every_page(window, qtbot) for words in lacking(window)]
        cut += [(f"{case}, beside", words) for words in beside(window)]
        if window.panel.verdict.said.verticalScrollBar().maximum() > 0:
            cut.append((case, "the verdict"))
        window.panel.enter_payable()
        settled(window)
        cut += [(f"{case}, what would make it payable", words) for words in beside(window)]
    assert not cut


@pytest.mark.parametrize(
    ("text_size", "width", "height"), [(100, 1024, 768), (100, 640, 600), (200, 1280, 800), (200, 1366, 768)]
)
def test_a_small_window_shows_everything(
    dressed_as: Dressed, text_size: int, width: int, height: int, qtbot: QtBot
) -> None:
    cut: list[tuple[str, str]] = []
    for case in CASES:
        window = dressed_as(case, text_size=text_size)
        window.resize(width, height)
        for page in every_page(window, qtbot):
            cut += [(f"{case}, {page}", words) for words in lacking(window)]
            if (window.width(), window.height()) != (width, height) or not steps_in_sight(window.steps):
                cut.append((f"{case}, {page}", f"the window, {window.width()} by {window.height()}, or its steps"))
        cut += [(f"{case}, beside", words) for words in beside(window)]
        lines = window.panel.tree.viewport().height() / window.panel.tree.fontMetrics().lineSpacing()
        if lines < FINDINGS - 1:  # its frame takes a little
            cut.append((case, f"findings: {lines} lines"))
    assert not cut


def test_the_marks_grow_with_the_text(dressed_as: Dressed, qtbot: QtBot) -> None:
    sides = []
    for text_size in (100, 200):
        window = dressed_as("troubled", text_size=text_size)
        marks = [each for each in shown(window, ToneMark) if not each.pixmap().isNull()]
        assert {each.width() for each in marks} == {round(16 * text_size / 100), round(16 * 1.6 * text_size / 100)}
        sides.append((mark_side(), window.steps.iconSize().width()))
    assert sides == [(16, 16), (32, 32)]


def test_what_is_folded_opens_and_stays_as_somebody_wants_it(dressed_as: Dressed, qtbot: QtBot) -> None:
    window = dressed_as("troubled", text_size=200)
    settled(window)
    payable, details = window.panel._payable, window.panel._details
    assert payable.button.text() == "To make it payable  3"
    assert (payable.is_open, details.is_open) == (False, False)
    qtbot.keyClick(details.button, Qt.Key.Key_Space)
    assert window.panel.details.isVisible()
    window.resize(1280, 1600)
    qtbot.waitUntil(lambda: payable.is_open)
    details.button.click()
    window.resize(1280, 1800)
    settled(window)
    assert (payable.is_open, details.is_open) == (True, False)


def every_page(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Show step after step, and every tab of the last."""
    for step in STEPS:
        look_at(window, step, qtbot)
        yield f"step {step + 1}"
    tabs = window.prior_auth.tabs
    for tab in range(1, tabs.count()):
        tabs.setCurrentIndex(tab)
        settled(window)
        yield tabs.tabText(tab)
    tabs.setCurrentIndex(0)


def lacking(window: MainWindow) -> list[str]:
    """Return what is cut in the page that is shown, or wider than it."""
    return clipped(window.stack.currentWidget()) + sideways(window)


def beside(window: MainWindow) -> list[str]:
    """Return what is cut in all that surrounds the pages."""
    wide = [area.accessibleName() for area in shown(window.panel, QScrollArea) if _is_wide(area)]
    titles = [group.title for place, group in enumerate(window.panel._groups) if not _has_its_row(window, place)]
    surroundings = (window.panel, window.statusBar(), window._header.parentWidget())
    return wide + titles + [words for each in surroundings for words in clipped(each)]


def _has_its_row(window: MainWindow, place: int) -> bool:
    """Tell whether a group's title has as many lines as it takes."""
    tree, group = window.panel.tree, window.panel._groups[place]
    if not group.entries:
        return True
    bold = QFontMetrics(theme.reading_font(is_bold=True))
    room = QRect(0, 0, tree.text_width, 10_000)
    needed = bold.boundingRect(room, int(Qt.TextFlag.TextWordWrap), f"{group.title}  {len(group.entries)}")
    row = tree.visualRect(tree.findings.index(place, 0))
    return row.height() >= needed.height() and needed.width() <= tree.text_width


def sideways(window: MainWindow) -> list[str]:
    """Return what is wider than the page that is shown."""
    page = window.stack.currentWidget()
    areas = [each for each in (page, *shown(page, QScrollArea)) if isinstance(each, QScrollArea)]
    return [each.accessibleName() for each in areas if _is_wide(each)]


def _is_wide(area: QScrollArea) -> bool:
    inside = area.widget()
    return inside is not None and inside.width() > area.viewport().width()


def steps_in_sight(steps: QTabBar) -> bool:
    return steps.tabRect(0).left() >= 0 and steps.tabRect(steps.count() - 1).right() < steps.width()
