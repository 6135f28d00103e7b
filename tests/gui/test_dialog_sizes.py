"""Dialogs at 100 and 200 %: each fits on a screen of 1280 by 800, and no word in it is clipped."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from mild_biller.gui import dialogs
from mild_biller.gui.settings.settings_controller import SettingsController
from mild_biller.gui.widgets.text_table import fitted
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Calibration, Settings
from mild_biller.store.charge_list import Charge
from tests.gui.dressing import CASES, Dressed, show_case
from tests.gui.readable import ROOM, faults
from tests.gui.waiting import settled

CHARGES = (Charge(code="62330", modifier="", amount="4600.00", from_day=date(2026, 1, 1)),)
HELP = ("steps", "rules", "shortcuts", "about")
Opened = Callable[[MainWindow], object]


def settings(window: MainWindow) -> object:
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
def opened(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[list[str]]:
    """Open the doors of `dialogs` for real; a dialog is looked at instead of waited for, and its faults are noted."""
    monkeypatch.undo()
    seen: list[list[str]] = []

    def look(dialog: QDialog) -> int:
        dialog.resize(dialog.sizeHint().boundedTo(ROOM))
        dialog.show()
        settled(dialog)
        seen.append([*faults(dialog)])
        dialog.hide()
        return 0

    monkeypatch.setattr(dialogs.QDialog, "exec", look)
    return seen


@pytest.mark.parametrize("text_size", [100, 200])
def test_every_dialog_fits_on_a_small_screen(dressed_as: Dressed, opened: list[list[str]], text_size: int) -> None:
    window = dressed_as("empty", text_size=text_size)
    found: dict[str, list[str]] = {}
    for case in CASES:
        show_case(window, case)
        if case != "empty":
            window.desk.keep()
            window.books.set_charges(CHARGES)
        for name, open_dialog in DIALOGS.items():
            open_dialog(window)
            (found[f"{name}, {case}"],) = opened
            opened.clear()
    assert {name: lacking for name, lacking in found.items() if lacking} == {}


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
