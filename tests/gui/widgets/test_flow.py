"""Widgets in lines: what is remembered of a layout never outlives a change of what is laid out."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mild_biller.gui.widgets.flow import GAP, LINE_GAP, Flow

pytestmark = pytest.mark.usefixtures("dressed")


class Block(QWidget):
    """Wants a size."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.wanted = QSize(width, height)

    def sizeHint(self) -> QSize:
        return self.wanted

    def want(self, width: int, height: int) -> None:
        self.wanted = QSize(width, height)
        self.updateGeometry()


@pytest.fixture
def blocks(qtbot: QtBot) -> list[Block]:
    return [Block(100, 20), Block(100, 30), Block(100, 20)]


@pytest.fixture
def flow(blocks: list[Block], qtbot: QtBot) -> Flow:
    made = Flow(blocks)
    qtbot.addWidget(made)
    made.resize(2 * 100 + GAP, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def tops(widgets: list[Block]) -> list[int]:
    return [widget.geometry().bottom() + 1 for widget in widgets]


def test_what_does_not_fit_goes_on_in_the_next_line(flow: Flow, blocks: list[Block]) -> None:
    assert tops(blocks) == [30, 30, 30 + LINE_GAP + 20]
    assert flow.heightForWidth(flow.width()) == 30 + LINE_GAP + 20
    assert flow.heightForWidth(1000) == 30


def test_what_is_hidden_leaves_its_place_and_comes_back(flow: Flow, blocks: list[Block], qtbot: QtBot) -> None:
    blocks[1].hide()
    qtbot.waitUntil(lambda: [blocks[0].x(), blocks[2].x()] == [0, 100 + GAP])
    assert flow.heightForWidth(flow.width()) == 20
    blocks[1].show()
    qtbot.waitUntil(lambda: flow.heightForWidth(flow.width()) == 30 + LINE_GAP + 20)


def test_what_grows_moves_the_others(flow: Flow, blocks: list[Block], qtbot: QtBot) -> None:
    blocks[0].want(150, 50)
    qtbot.waitUntil(lambda: tops(blocks) == [50, 50 + LINE_GAP + 30, 50 + LINE_GAP + 30])


def test_what_changes_out_of_sight_is_laid_out_when_it_is_shown(blocks: list[Block], qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(blocks)
    flow.setParent(holder)
    flow.resize(2 * 100 + GAP, 400)
    assert flow.heightForWidth(flow.width()) == 30 + LINE_GAP + 20
    blocks[1].hide()
    holder.show()
    qtbot.waitExposed(holder)
    assert flow.heightForWidth(flow.width()) == 20
    qtbot.waitUntil(lambda: [blocks[0].x(), blocks[2].x()] == [0, 100 + GAP])
