"""The keys that undo and redo, which every field leaves to the case."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_left_to_the_case(event: QEvent) -> bool:
    """Return True if a field is asked to take Ctrl+Z or its kin for itself; if so, it is refused."""
    is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    is_undo = is_override and any(event.matches(key) for key in _KEYS)  # type: ignore[attr-defined]
    if is_undo:
        event.ignore()
    return is_undo
