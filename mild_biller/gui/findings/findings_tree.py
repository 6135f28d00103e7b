"""The findings as a tree to walk with the keyboard; each row a mark, a sentence, and what to do."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QEvent, QMargins, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen, QResizeEvent, QStaticText, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from mild_biller.gui.findings.findings_model import FindingsModel
from mild_biller.gui.style.theme import color, reading_font, text_size
from mild_biller.gui.style.tone_marks import mark, mark_side
from mild_biller.gui.widgets.indexes import AnyIndex
from mild_biller.presentation.findings.finding_rows import FindingRow, Group

KEYS = "Enter goes to the field of a row, and expands or collapses a title."
EDGE = 5
LEAST_LINES = 3  # that are in sight at least
MARK = 2  # pixels of the line around the chosen row
INSET = QMargins(EDGE - MARK, EDGE - MARK, EDGE - MARK, EDGE - MARK)


@lru_cache(maxsize=2000)
def _made(text: str, width: int, _: int, is_bold: bool) -> QStaticText:
    wrapped = QTextOption()
    wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextOption(wrapped)
    made.setTextWidth(width)
    made.prepare(font=reading_font(is_bold=is_bold))
    return made


def _laid_out(text: str, width: int, *, is_bold: bool = False) -> QStaticText:
    """Return a text wrapped to a width, between words where it can be, in the present size."""
    return _made(text, width, text_size(), is_bold)


def _height(text: str, width: int, *, is_bold: bool = False) -> int:
    return ceil(_laid_out(text, width, is_bold=is_bold).size().height()) if text else 0


def _title(group: Group) -> str:
    return f"{group.title}  {len(group.entries)}"


def _text_left() -> int:
    """Return where the text of a row begins, next to its mark."""
    return mark_side() + 2 * EDGE


class FindingDelegate(QStyledItemDelegate):
    """Draws a group's title, or a finding with its remedy below."""

    def __init__(self, tree: "FindingsTree") -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height the words take at the tree's width."""
        entry, width = self._tree.findings.entry(index), self._tree.text_width
        if entry is None:
            title = _title(self._tree.findings.group(index.row()))
            return QSize(100, max(mark_side(), _height(title, width, is_bold=True)) + 2 * EDGE)
        return QSize(100, _height(entry.text, width) + _height(entry.remedy, width) + 2 * EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row; while the keys go to the tree the chosen one, a title too, has a line around it."""
        is_chosen = index == self._tree.currentIndex()  # on a title that F6 came to nothing is selected yet
        rect: QRect = option.rect
        shown = self._tree.palette()
        entry = self._tree.findings.entry(index)
        painter.save()
        if is_chosen and entry is not None:
            painter.fillRect(rect, shown.color(QPalette.ColorRole.Midlight))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), shown.color(QPalette.ColorRole.Highlight)
            )
        if entry is None:
            self._paint_group(painter, rect, self._tree.findings.group(index.row()), shown)
        else:
            self._paint_entry(painter, rect, entry, shown)
        if is_chosen and self._tree.hasFocus():
            painter.setPen(QPen(shown.color(QPalette.ColorRole.Highlight), MARK))
            painter.drawRect(rect.marginsRemoved(INSET))
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group, shown: QPalette) -> None:
        painter.fillRect(rect, shown.color(QPalette.ColorRole.Window))
        painter.drawPixmap(rect.left() + EDGE, rect.top() + EDGE, mark(group.tone, shown))
        painter.setFont(reading_font(is_bold=True))
        painter.setPen(color(group.tone, shown))
        words = _laid_out(_title(group), self._tree.text_width, is_bold=True)
        painter.drawStaticText(QPoint(rect.left() + _text_left(), rect.top() + EDGE), words)

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: FindingRow, shown: QPalette) -> None:
        width = self._tree.text_width
        painter.drawPixmap(rect.left() + EDGE, rect.top() + EDGE, mark(entry.tone, shown))
        painter.setFont(reading_font())
        painter.setPen(shown.color(QPalette.ColorRole.Text))
        corner = QPoint(rect.left() + _text_left(), rect.top() + EDGE)
        painter.drawStaticText(corner, _laid_out(entry.text, width))
        if entry.remedy:
            painter.setPen(shown.color(QPalette.ColorRole.PlaceholderText))
            below = corner + QPoint(0, _height(entry.text, width))
            painter.drawStaticText(below, _laid_out(entry.remedy, width))


class FindingsTree(QTreeView):
    """Groups of findings; Enter or a click on a row requests its field."""

    asked = Signal(object)  # an Entry: take the cursor to its field
    opened = Signal(object)  # an Entry or None: show its details

    def __init__(self, parent: QWidget, *, least_lines: int = LEAST_LINES) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self.findings = FindingsModel(self)
        self.setModel(self.findings)
        self.setItemDelegate(FindingDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName("Findings")
        self.setAccessibleDescription(KEYS)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def text_width(self) -> int:
        """How wide the words of a row may be."""
        return max(80, self.viewport().width() - _text_left() - EDGE)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * self._least_lines)

    def changeEvent(self, event: QEvent) -> None:
        """Give every row another height when the text has another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show other findings; what was opened stays open."""
        is_first = self.findings.rowCount() == 0
        self.findings.show(groups)
        for place, group in enumerate(groups):
            if self.isRowHidden(place, QModelIndex()) == bool(group.entries):
                self.setRowHidden(place, QModelIndex(), not group.entries)
            if is_first:
                self.setExpanded(self.findings.index(place, 0), group.is_open)

    def choose(self, entry: FindingRow) -> None:
        """Put the mark of choice on an entry and bring it into sight."""
        index = self.findings.index_of(entry)
        if index.isValid():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def mark(self, entry: FindingRow | None) -> None:
        """Put the mark of choice on an entry of an open group, unless it is there; None removes it."""
        index = QModelIndex() if entry is None else self.findings.index_of(entry)
        if index != self.currentIndex() and (entry is None or self.isExpanded(index.parent())):
            self.setCurrentIndex(index)

    @property
    def is_at_title(self) -> bool:
        """Whether the title of a group is chosen."""
        return self.currentIndex().isValid() and self.chosen is None

    @property
    def chosen(self) -> FindingRow | None:
        """The entry that is chosen."""
        return self.findings.entry(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter ask for the field, or open and close a group."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _: str) -> None:
        """Let no letter choose a finding: what is typed after F8 is meant for a field."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.findings.entry(index)
        if entry is not None:
            self.asked.emit(entry)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _moved(self, current: QModelIndex) -> None:
        self.opened.emit(self.findings.entry(current))
