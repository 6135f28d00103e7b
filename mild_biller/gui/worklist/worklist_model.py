"""The groups of the worklist as a tree for Qt: four fixed groups, and under each its case files."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, Qt

from mild_biller.gui.widgets.indexes import AnyIndex
from mild_biller.gui.widgets.two_levels import TwoLevels
from mild_biller.presentation.worklist_rows import ShownGroup, WorklistItem

_WORDS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = Qt.ItemDataRole.ToolTipRole


class WorklistModel(TwoLevels):
    """Two levels: groups, and under each its case files."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.groups: tuple[ShownGroup, ...] = ()
        self.open_path: Path | None = None

    def show(self, groups: Sequence[ShownGroup]) -> None:
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

    def item(self, index: AnyIndex) -> WorklistItem | None:
        """Return the case file of a row, None for a group."""
        place = self.place_of(index)
        return None if place is None else self.groups[place[0]].items[place[1]]

    def index_of(self, path: Path | None) -> QModelIndex:
        """Return the row of a case file, an invalid one when it is not shown."""
        for place, group in enumerate(self.groups):
            for row, item in enumerate(group.items):
                if item.path == path:
                    return self.index(row, 0, self.index(place, 0))
        return QModelIndex()

    def group_count(self) -> int:
        """Return how many groups there are."""
        return len(self.groups)

    def row_count_of(self, place: int) -> int:
        """Return how many case files the group at a place has."""
        return len(self.groups[place].items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row; its marks and lines are drawn by the delegate."""
        if role not in _WORDS and role != _TIP:
            return None
        item = self.item(index)
        if item is None:
            return self.groups[index.row()].title if role in _WORDS else None
        said = f"{item.said}; open in the window" if item.path == self.open_path else item.said
        return said if role in _WORDS else f"<p>{'<br>'.join(escape(part) for part in said.split('; '))}</p>"
