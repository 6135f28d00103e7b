"""Which step a pointer belongs to, and how the bar and the pages show the step in work."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from mild_biller.appearance import Appearance
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.gui.window.steps import step_of
from tests.gui.dressing import Dressed
from tests.gui.sight import contrast
from tests.gui.waiting import settled


@pytest.mark.parametrize(
    ("pointer", "step"),
    [("/claim", 1), ("/claim/charges/62330", 0), ("/claimed", 1), ("/nobody", 1), ("/procedure", 0)],
)
def test_the_longest_prefix_decides_the_step(pointer: str, step: int) -> None:
    assert step_of(pointer, [("/procedure", "/claim/charges"), ("/claim",)]) == step


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_step_in_work_alone_is_underlined(dressed_as: Dressed, appearance: Appearance) -> None:
    window = dressed_as("clean", appearance=appearance)
    bar = window.steps
    window.go_to_step(2)
    drawn, line = bar.grab().toImage(), bar.palette().color(QPalette.ColorRole.Highlight)
    feet = [bar.tabRect(index).bottomLeft() + QPoint(20, -1) for index in range(bar.count())]
    assert [drawn.pixelColor(foot) == line for foot in feet] == [index == 2 for index in range(6)]
    assert contrast(line, bar.palette().color(QPalette.ColorRole.Window)) >= 3


def test_a_step_gone_to_again_is_shown_from_its_top(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 500)
    window.enter_step(0)
    bar = window.pages[0].verticalScrollBar()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    window.enter_step(1)
    window.enter_step(0)
    settled(window)
    assert bar.value() == 0
