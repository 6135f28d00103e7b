"""A tree of two levels for Qt, groups and rows under each, as a model to build on."""

from abc import abstractmethod
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex

from mild_biller.gui.widgets.indexes import NO_PARENT, AnyIndex

_TOP: Final = 1_000  # the internal id of a group; a row's is the place of its group


class TwoLevels(QAbstractItemModel):
    """Groups, and under each its rows, in one column. What they are and say is the heir's."""

    @abstractmethod
    def group_count(self) -> int:
        """Return how many groups there are."""

    @abstractmethod
    def row_count_of(self, place: int) -> int:
        """Return how many rows the group at a place has."""

    def place_of(self, index: AnyIndex) -> tuple[int, int] | None:
        """Return the places of a row's group and of the row in it, None for a group."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return index.internalId(), index.row()

    def index(self, row: int, column: int, parent: AnyIndex = NO_PARENT) -> QModelIndex:
        """Return the index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _TOP)

    def parent(self, index: AnyIndex = NO_PARENT) -> QModelIndex:  # type: ignore[override]
        """Return the group of a row."""
        place = self.place_of(index)
        return QModelIndex() if place is None else self.createIndex(place[0], 0, _TOP)

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return how many groups, or rows in a group, there are."""
        if not parent.isValid():
            return self.group_count()
        return self.row_count_of(parent.row()) if self.place_of(parent) is None else 0

    def columnCount(self, _: AnyIndex = NO_PARENT) -> int:
        """Return one."""
        return 1
