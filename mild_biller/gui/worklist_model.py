"""The groups of the worklist as a tree for Qt: four fixed groups, and under each its case files."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mild_biller.gui.worklist_rows import Item, Shown

AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
TOP: Final = 1_000  # the internal id of a group; a row's is the place of its group
_WORDS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = Qt.ItemDataRole.ToolTipRole


class WorklistModel(QAbstractItemModel):
    """Two levels: groups, and under each its case files."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.groups: tuple[Shown, ...] = ()
        self.open_path: Path | None = None

    def show(self, groups: Sequence[Shown]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self.groups = tuple(groups)
        self.endResetModel()

    def mark_open(self, path: Path | None) -> None:
        """Mark the case that is open."""
        before, self.open_path = self.open_path, path
        for each in {before, path} - {None}:
            index = self.index_of(each)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def item(self, index: AnyIndex) -> Item | None:
        """Return the case file of a row, None for a group."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        return self.groups[index.internalId()].items[index.row()]

    def index_of(self, path: Path | None) -> QModelIndex:
        """Return the row of a case file, an invalid one when it is not shown."""
        for place, group in enumerate(self.groups):
            for row, item in enumerate(group.items):
                if item.path == path:
                    return self.index(row, 0, self.index(place, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = NO_PARENT) -> QModelIndex:
        """Return the index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else TOP)

    def parent(self, index: AnyIndex = NO_PARENT) -> QModelIndex:  # type: ignore[override]
        """Return the group of a row."""
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, TOP)

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return how many groups, or rows in a group, there are."""
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].items) if parent.internalId() == TOP else 0

    def columnCount(self, _: AnyIndex = NO_PARENT) -> int:
        """Return one."""
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row; its marks and lines are drawn by the delegate."""
        if role not in _WORDS and role != _TIP:
            return None
        item = self.item(index)
        if item is None:
            return self.groups[index.row()].title if role in _WORDS else None
        said = f"{item.said}; open in the window" if item.path == self.open_path else item.said
        return said if role in _WORDS else f"<p>{'<br>'.join(escape(part) for part in said.split('; '))}</p>"
