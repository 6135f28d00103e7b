"""The groups of findings as a tree for Qt: nine fixed groups, their rows changed only where they differ."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from mild_biller.gui.widgets.indexes import AnyIndex
from mild_biller.gui.widgets.two_levels import TwoLevels
from mild_biller.presentation.findings.finding_rows import FindingRow, Group


class FindingsModel(TwoLevels):
    """Two levels: groups, and under each its entries."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._groups: list[Group] = []

    def show(self, groups: Sequence[Group]) -> None:
        """Show other groups of the same kinds; rows that stay the same are left alone."""
        if len(groups) != len(self._groups):
            self.beginResetModel()
            self._groups = list(groups)
            self.endResetModel()
            return
        for place, group in enumerate(groups):
            if group != self._groups[place]:
                self._change(place, group)

    def _change(self, place: int, group: Group) -> None:
        old, new = self._groups[place].entries, group.entries
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        parent = self.index(place, 0)
        if len(old) - tail > head:
            self.beginRemoveRows(parent, head, len(old) - tail - 1)
            self._groups[place] = _with(group, (*old[:head], *old[len(old) - tail :]))
            self.endRemoveRows()
        if len(new) - tail > head:
            self.beginInsertRows(parent, head, len(new) - tail - 1)
            self._groups[place] = group
            self.endInsertRows()
        self._groups[place] = group
        self.dataChanged.emit(parent, parent)

    def group(self, place: int) -> Group:
        """Return a group."""
        return self._groups[place]

    def entry(self, index: AnyIndex) -> FindingRow | None:
        """Return the entry of a row, None for a group."""
        place = self.place_of(index)
        return None if place is None else self._groups[place[0]].entries[place[1]]

    def index_of(self, entry: FindingRow) -> QModelIndex:
        """Return the row of an entry, an invalid one when it is gone."""
        for place, group in enumerate(self._groups):
            if entry in group.entries:
                return self.index(group.entries.index(entry), 0, self.index(place, 0))
        return QModelIndex()

    def group_count(self) -> int:
        """Return how many groups there are."""
        return len(self._groups)

    def row_count_of(self, place: int) -> int:
        """Return how many entries the group at a place has."""
        return len(self._groups[place].entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row; its marks and lines are drawn by the delegate."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        entry = self.entry(index)
        if entry is None:
            group = self._groups[index.row()]
            return f"{group.title} ({len(group.entries)})"
        return f"{entry.tone.value}: {entry.text} {entry.remedy}".strip()


def _alike(one: Sequence[FindingRow], other: Sequence[FindingRow]) -> int:
    """Return how many entries agree from the start."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _with(group: Group, entries: tuple[FindingRow, ...]) -> Group:
    return Group(group.key, group.title, group.tone, entries, group.is_open)
