"""The order in which Tab goes from place to place: that of reading, for what was made later too."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(holder: QWidget, stops: Sequence[QWidget]) -> None:
    """Let Tab go from stop to stop where the holder has its place; Qt would put what came later at the end of all."""
    policy = holder.focusPolicy()
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing behind a widget that never has the cursor
    for before, after in pairwise((holder, *stops)):
        QWidget.setTabOrder(before, after)
    holder.setFocusPolicy(policy)
