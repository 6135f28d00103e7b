"""Windows in the colours and sizes that the settings offer, and the cases they are looked at with."""

from collections.abc import Callable
from typing import Final

from mild_biller.gui.window.main_window import MainWindow
from tests.support import example_file

CASES: Final = {"empty": None, "clean": "medicare-asc-2026", "troubled": "stress-long-values"}
Dressed = Callable[..., MainWindow]


def show_case(window: MainWindow, case: str) -> None:
    """Show one of the cases, as a person opens it; the empty one is new."""
    name = CASES[case]
    if name is None:
        window.case.replace(window.case.blank)
    else:
        window.case.open(example_file(name))
