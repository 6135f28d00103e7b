"""Dialogs at 100 and 200 %: each fits on a screen of 1280 by 800, and no word in it is clipped."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QScrollArea, QTableView, QTextBrowser
from pytestqt.qtbot import QtBot

from mild_biller.gui.widgets.text_table import fitted
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Calibration, Settings
from mild_biller.store.charge_list import Charge
from tests.gui.test_accessibility import CASES, Dressed, clipped, dressed_as, shown

SCREEN = QSize(1280, 800)
FRAME = QSize(20, 60)  # what a desktop puts around a window, and its bar
ROOM = SCREEN - FRAME
CHARGES = (Charge(code="62330", modifier="", amount="4600.00", from_day=date(2026, 1, 1)),)
HELP = ("steps", "rules", "shortcuts", "about")
Opened = Callable[[MainWindow], object]

__all__ = ["dressed_as"]


def settings(window: MainWindow) -> object:
    from mild_biller.gui.settings.settings_controller import SettingsController

    chosen = Settings(printers={"Front desk": Calibration()})
    return SettingsController(chosen, file=window.case.path or __file__, window=window).edit_settings()  # type: ignore[arg-type]


DIALOGS: dict[str, Opened] = {
    "settings": settings,
    "address book": lambda window: window.desk.show_book(),
    "charge list": lambda window: window.desk.show_charges(),
    "compare": lambda window: window._show_comparison(),
    "calibrate": lambda window: window._calibrate(),
    **{name: (lambda window, name=name: window.actions_by_name[name].trigger()) for name in HELP},
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[QDialog]:
    """Open the doors of `dialogs` for real; a dialog is looked at instead of waited for."""
    from mild_biller.gui import dialogs

    monkeypatch.undo()
    seen: list[QDialog] = []

    def look(dialog: QDialog) -> int:
        dialog.resize(dialog.sizeHint().boundedTo(ROOM))
        dialog.show()
        for _ in range(4):
            qtbot.wait(20)
        seen.append(dialog)
        assert_readable(dialog)
        dialog.hide()
        return 0

    monkeypatch.setattr(dialogs.QDialog, "exec", look)
    return seen


def assert_readable(dialog: QDialog) -> None:
    least = dialog.minimumSizeHint()
    assert (least.width() <= ROOM.width(), least.height() <= ROOM.height()) == (True, True)
    assert dialog.size() == dialog.size().boundedTo(ROOM)
    assert not clipped(dialog)
    for area in shown(dialog, QScrollArea, QTextBrowser):
        assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()  # type: ignore[attr-defined]
    for table in shown(dialog, QTableView):
        assert isinstance(table, QTableView)
        assert table.horizontalScrollBar().maximum() == 0, table.accessibleName()
        assert not cut(table)


def cut(table: QTableView) -> list[str]:
    """Return the heads and cells that lack room for their words."""
    model, letters = table.model(), table.fontMetrics()
    lacking = []
    for column in range(model.columnCount()):
        head = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        if QHeaderView.sectionSizeHint(table.horizontalHeader(), column) > table.columnWidth(column):
            lacking.append(head)
        for row in range(model.rowCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            room = QRect(0, 0, table.columnWidth(column) - 6, 10_000)
            needed = letters.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
            if needed.width() > table.columnWidth(column) or needed.height() > table.rowHeight(row):
                lacking.append(text)
    return lacking


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_fits_on_a_small_screen(
    dressed_as: Dressed, opened: list[QDialog], name: str, case: str, text_size: int
) -> None:
    window = dressed_as(case, text_size=text_size)
    if case != "empty":
        window.desk.keep()
        window.books.set_charges(CHARGES)
    DIALOGS[name](window)
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("wanted", "room", "given"),
    [
        ((100, 50), 200, [100, 50]),  # room for all
        ((200, 400, 300), 700, [200, 250, 250]),  # the two widest share what is left
        ((200, 400), 500, [200, 300]),
        ((200, 400), 30, [20, 20]),  # no room at all: what their headings take
    ],
)
def test_the_widest_columns_give_way(wanted: tuple[int, ...], room: int, given: list[int]) -> None:
    assert fitted(wanted, [20] * len(wanted), room=room) == given
