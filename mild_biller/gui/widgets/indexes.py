"""Qt's two kinds of an index into a model, as one, and the one of nothing."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
