"""For those who see little: a cursor that shows, letters that stand out, no word clipped at 200 %."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
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

from mild_biller import loader
from mild_biller.appearance import Appearance
from mild_biller.core.case.model import Case
from mild_biller.gui import app
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.claim_preview.box_view import BoxView
from mild_biller.gui.fields.inputs import ChosenInput, TypedInput
from mild_biller.gui.findings.determination import FINDINGS
from mild_biller.gui.findings.fix_list import WAIT
from mild_biller.gui.pages.spine.spine import Disc
from mild_biller.gui.style import theme
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.style.tone_marks import ToneMark, mark_side
from mild_biller.gui.widgets.fold import FoldButton
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from tests.gui.helpers import Keyboard
from tests.gui.style.test_theme import contrast
from tests.support import TODAY, example_file

CONTROLS = (QLineEdit, QComboBox, QAbstractButton, QTabBar, QTextEdit, QTreeView)
STEPS = range(6)
ENOUGH = 4.5  # WCAG 2.1, 1.4.3, of which it exempts what is off; that is read here too
RING = 20  # pixels that have to change for a cursor to be seen
CASES = {"empty": None, "clean": "medicare-asc-2026", "troubled": "stress-long-values"}
Dressed = Callable[..., MainWindow]


@pytest.fixture
def dressed_as(dressed: None, qtbot: QtBot) -> Iterator[Dressed]:
    """Return a window in given colours and size, with a case; afterwards all is as it was."""
    application = app.make_application()

    def open_as(case: str, *, appearance: Appearance = Appearance.LIGHT, text_size: int = 100) -> MainWindow:
        chosen = Settings(appearance=appearance, text_size=text_size)
        dress(application, chosen)
        editor = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)
        window = MainWindow(editor, settings=chosen)
        qtbot.addWidget(window, before_close_func=lambda _: editor.replace(Case()))
        name = CASES[case]
        if name is not None:
            editor.open(example_file(name))
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        return window

    yield open_as
    dress(application, Settings())


def shown(window: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """Yield what can be seen of some kinds, without the parts Qt makes inside its own."""
    for kind in kinds:
        for widget in window.findChildren(kind):
            if widget.isVisible() and not widget.parent().metaObject().className().startswith(("QTabBar", "QMenu")):
                yield widget


def look_at(window: MainWindow, step: int, qtbot: QtBot) -> None:
    window.go_to_step(step)
    qtbot.wait(100)  # lines of notices get their places once the page is shown


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
@pytest.mark.parametrize(("step", "kind"), KINDS.values(), ids=KINDS)
def test_the_cursor_can_be_seen_however_it_came_there(
    dressed_as: Dressed, step: int, kind: type[QWidget], appearance: Appearance, qtbot: QtBot
) -> None:
    window = dressed_as("clean", appearance=appearance)
    look_at(window, step, qtbot)
    widget = next(each for each in shown(window, kind) if each.isEnabled() and reached_by_tab(each))
    elsewhere = next(each for each in shown(window, QLineEdit, QPushButton) if each is not widget)
    elsewhere.setFocus()
    before = picture(widget)
    widget.setFocus()  # as Enter, F8 and Ctrl with a number do
    assert changed(before, picture(widget)) >= RING


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_cursor_can_be_seen_as_tab_moves_it(dressed_as: Dressed, appearance: Appearance, qtbot: QtBot) -> None:
    window = dressed_as("clean", appearance=appearance)
    keyboard = Keyboard(window)
    for step in STEPS:
        keyboard.press(f"Ctrl+{step + 1}")
        qtbot.wait(100)
        keyboard.press("Tab")
        seen: set[type[QWidget]] = set()
        for _ in range(60):
            widget = keyboard.place
            before = picture(widget)
            keyboard.press("Tab")
            if type(widget) not in seen and widget.isVisible():
                seen.add(type(widget))
                assert changed(before, picture(widget)) >= RING, keyboard.name


def reached_by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & 1)


def picture(widget: QWidget) -> QImage:
    """Photograph a widget with a little around it, wherever it is scrolled to."""
    QApplication.processEvents()
    around = widget.geometry().adjusted(-4, -4, 4, 4)
    holder = widget.parentWidget() or widget
    return holder.grab(around & holder.rect()).toImage()


def changed(one: QImage, other: QImage) -> int:
    """Count the pixels that differ so that an eye can see it."""
    assert one.size() == other.size()
    pixels = ((x, y) for x in range(one.width()) for y in range(one.height()) if one.pixel(x, y) != other.pixel(x, y))
    return sum(contrast(one.pixelColor(x, y), other.pixelColor(x, y)) >= 1.5 for x, y in pixels)


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("case", CASES)
def test_all_letters_stand_out(dressed_as: Dressed, case: str, appearance: Appearance, qtbot: QtBot) -> None:
    window = dressed_as(case, appearance=appearance)
    faint = set()
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


def opaque(ink: QColor, ground: QColor) -> QColor:
    """Return the colour of an ink that lets the ground through."""
    part = ink.alphaF()
    mixed = (one * part + other * (1 - part) for one, other in zip(ink.getRgbF(), ground.getRgbF(), strict=True))
    return QColor.fromRgbF(*list(mixed)[:3])


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("case", CASES)
def test_no_word_of_a_page_is_clipped(dressed_as: Dressed, case: str, text_size: int, qtbot: QtBot) -> None:
    window = dressed_as(case, text_size=text_size)
    for _ in every_page(window, qtbot):
        assert not clipped(window.stack.currentWidget())


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("case", CASES)
def test_no_word_beside_the_page_is_clipped(dressed_as: Dressed, case: str, text_size: int, qtbot: QtBot) -> None:
    window = dressed_as(case, text_size=text_size)
    qtbot.wait(WAIT * 2)
    assert not beside(window)
    window.panel.enter_payable()
    qtbot.wait(50)
    assert not beside(window)


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("case", CASES)
def test_no_page_runs_out_of_sight_sideways(dressed_as: Dressed, case: str, text_size: int, qtbot: QtBot) -> None:
    window = dressed_as(case, text_size=text_size)
    for _ in every_page(window, qtbot):
        assert not sideways(window)


@pytest.mark.parametrize(
    ("text_size", "width", "height"), [(100, 1024, 768), (100, 640, 600), (200, 1280, 800), (200, 1366, 768)]
)
@pytest.mark.parametrize("case", CASES)
def test_a_small_window_shows_everything(
    dressed_as: Dressed, case: str, text_size: int, width: int, height: int, qtbot: QtBot
) -> None:
    window = dressed_as(case, text_size=text_size)
    window.resize(width, height)
    qtbot.wait(WAIT * 2)
    for _ in every_page(window, qtbot):
        assert (window.width(), window.height()) == (width, height)
        assert not clipped(window.stack.currentWidget()) + sideways(window)
        assert steps_in_sight(window.steps)
    assert not beside(window)
    lines = window.panel.tree.viewport().height() / window.panel.tree.fontMetrics().lineSpacing()
    assert lines >= FINDINGS - 1  # its frame takes a little


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("case", CASES)
def test_the_whole_verdict_is_in_sight(dressed_as: Dressed, case: str, text_size: int, qtbot: QtBot) -> None:
    window = dressed_as(case, text_size=text_size)
    qtbot.wait(WAIT * 2)
    assert window.panel.verdict.said.verticalScrollBar().maximum() == 0


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
    qtbot.wait(WAIT * 2)
    payable, details = window.panel._payable, window.panel._details
    assert payable.button.text() == "To make it payable  4"
    assert (payable.is_open, details.is_open) == (False, False)
    qtbot.keyClick(details.button, Qt.Key.Key_Space)
    assert window.panel.details.isVisible()
    window.resize(1280, 1600)
    qtbot.waitUntil(lambda: payable.is_open)
    details.button.click()
    window.resize(1280, 1800)
    qtbot.wait(50)
    assert (payable.is_open, details.is_open) == (True, False)


def every_page(window: MainWindow, qtbot: QtBot) -> Iterator[None]:
    """Show step after step, and every tab of the last."""
    for step in STEPS:
        look_at(window, step, qtbot)
        yield
    for tab in range(1, window.prior_auth.tabs.count()):
        window.prior_auth.tabs.setCurrentIndex(tab)
        for _ in range(4):  # a letter takes its height in turns
            qtbot.wait(50)
        yield


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


def clipped(within: QWidget) -> list[str]:
    """Return the labels and buttons that lack room for their words."""
    return [
        f"{type(widget).__name__} {widget.property('text')[:50]!r}: {short}"
        for widget in shown(within, QLabel, QPushButton, QRadioButton, QToolButton, FoldButton)
        if widget.property("text") and (short := shortage(widget))
    ]


def shortage(widget: QWidget) -> str:
    """Say how much room a text lacks."""
    wanted, room = widget.sizeHint(), widget.size()
    if isinstance(widget, FoldButton) or (isinstance(widget, QLabel) and widget.wordWrap()):
        needed = widget.heightForWidth(room.width())
        return f"{room.height()} of {needed} high" if room.height() < needed else ""
    if room.width() < wanted.width():
        return f"{room.width()} of {wanted.width()} wide"
    return f"{room.height()} of {wanted.height()} high" if room.height() < wanted.height() else ""
