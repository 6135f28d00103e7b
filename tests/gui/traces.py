"""Everything a window says or holds, in sight or not: for a test that looks for the words of a patient in it."""

from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStatusBar,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolTip,
    QWidget,
)

from mild_biller.gui.widgets.pdf_pages import PdfPages
from mild_biller.gui.window.main_window import MainWindow

Said = tuple[str, str]  # where, and what
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)


def traces(window: MainWindow) -> Iterator[Said]:
    """Yield every text of a window, of its parts that nobody sees too; not of the worklist, which shows a folder."""
    yield "tool tip", QToolTip.text() if QToolTip.isVisible() else ""
    for dialog in QApplication.topLevelWidgets():
        if dialog.isVisible() and dialog is not window:
            yield from _below(dialog, apart=None)
    yield from _below(window, apart=window.worklist.pane)


def pdf_text(pdf: bytes) -> str:
    """Return all that stands in a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)


def _below(holder: QWidget, *, apart: QWidget | None) -> Iterator[Said]:
    for each in (holder, *holder.findChildren(QObject)):
        if isinstance(each, QWidget) and apart is not None and (each is apart or apart.isAncestorOf(each)):
            continue
        name = f"{type(each).__name__} {each.objectName()}".strip()
        yield from ((f"{name}, {what}", text) for what, text in _said(each))


def _said(each: QObject) -> Iterator[Said]:
    own = (name.data().decode() for name in each.dynamicPropertyNames())
    yield from ((f"property {name}", str(each.property(name))) for name in own if not name.startswith("_"))
    if isinstance(each, QAction):
        yield from (("text", each.text()), ("tip", each.toolTip()), ("status tip", each.statusTip()))
    if isinstance(each, QAbstractItemModel):
        yield from _rows(each)
    if isinstance(each, QWidget):
        yield from (
            ("tip", each.toolTip()),
            ("status tip", each.statusTip()),
            ("what it is", each.whatsThis()),
            ("name", each.accessibleName()),
            ("description", each.accessibleDescription()),
            ("title", each.windowTitle()),
            ("file", each.windowFilePath()),
        )
        yield from _shown(each)


def _shown(each: QWidget) -> Iterator[Said]:
    """Yield what a kind of widget shows besides."""
    if isinstance(each, QLabel | QAbstractButton | QLineEdit):
        yield "text", each.text()
    if isinstance(each, QLineEdit):
        yield "hint", each.placeholderText()
        yield "undo", "there is something to undo" if each.isUndoAvailable() else ""
    if isinstance(each, QGroupBox):
        yield "title", each.title()
    if isinstance(each, QTextEdit | QPlainTextEdit):
        yield "text", each.toPlainText()
        yield "hint", each.placeholderText()
    if isinstance(each, QStatusBar):
        yield "message", each.currentMessage()
    if isinstance(each, QTabBar | QTabWidget):
        yield from (
            (f"tab {place}", f"{each.tabText(place)} {each.tabToolTip(place)}") for place in range(each.count())
        )
    if isinstance(each, QComboBox):
        yield from (("entry", each.itemText(place)) for place in range(each.count()))
    if isinstance(each, QAbstractItemView) and each.model() is not None:
        yield from _rows(each.model())
    if isinstance(each, PdfPages) and each.content is not None:
        yield "pages", pdf_text(each.content)


def _rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[Said]:
    parent = parent or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from ((f"row {row}, role {role.name}", str(model.data(index, role) or "")) for role in ROLES)
            if column == 0:
                yield from _rows(model, index)
