"""Clears garbage away between keys, in the UI thread.

Python clears up at whatever moment and in whichever thread it allocates. A widget cleared away in another thread, or
while Qt goes through a list of all widgets, ends the program.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 1000  # milliseconds


class Collector(QObject):
    """Takes the clearing up over from Python, for as long as the program runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(clear_due)
        self._timer.start()

    def settle(self) -> None:
        """Leave all there is now out of later searches: rules and pages stay for good."""
        gc.collect()
        gc.freeze()


def clear_due() -> None:
    """Clear the oldest generation that is due away, by Python's own measure."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counted) if count > most]
    if due:
        gc.collect(due[-1])
