"""What keeps a dialog from being read on a screen of 1280 by 800."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QScrollArea, QTableView, QTextBrowser

from tests.gui.sight import clipped, shown

SCREEN = QSize(1280, 800)
FRAME = QSize(20, 60)  # what a desktop puts around a window, and its bar
ROOM = SCREEN - FRAME


def faults(dialog: QDialog) -> Iterator[str]:
    """Yield what of a dialog cannot be read on a small screen."""
    least = dialog.minimumSizeHint()
    if least != least.boundedTo(ROOM) or dialog.size() != dialog.size().boundedTo(ROOM):
        yield f"as large as {least.toTuple()} or {dialog.size().toTuple()}"
    yield from clipped(dialog)
    for area in shown(dialog, QScrollArea, QTextBrowser, QTableView):
        if area.horizontalScrollBar().maximum() > 0:  # type: ignore[attr-defined]
            yield f"runs out of sight sideways: {area.accessibleName()}"
        if isinstance(area, QTableView):
            yield from cut(area)


def cut(table: QTableView) -> list[str]:
    """Return the heads and cells that lack room for their words."""
    model, letters = table.model(), table.fontMetrics()
    lacking = []
    for column in range(model.columnCount()):
        head = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        if QHeaderView.sectionSizeHint(table.horizontalHeader(), column) > table.columnWidth(column):
            lacking.append(head)
        for row in range(model.rowCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            room = QRect(0, 0, table.columnWidth(column) - 6, 10_000)
            needed = letters.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
            if needed.width() > table.columnWidth(column) or needed.height() > table.rowHeight(row):
                lacking.append(text)
    return lacking
