"""Parts below one another: the first is always open, each of the others can be folded to its title."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPolygonF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.style.theme import reading_font
from mild_biller.gui.style.tips import explain

ARROW = 0.6  # of the height of a line
EDGE = 4  # pixels around a title
_ENDLESS = (1 << 24) - 1  # as high as Qt lets a widget become
_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FoldButton(QAbstractButton):
    """A title with an arrow; its words wrap where they have to."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.setFont(reading_font(is_bold=True))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words."""
        room = QRect(0, 0, max(1, width - self._left - EDGE), _ENDLESS)
        return self.fontMetrics().boundingRect(room, int(_WORDS), self.text()).height() + 2 * EDGE

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        letters = self.fontMetrics()
        width = letters.horizontalAdvance(self.text()) + self._left + EDGE
        return QSize(width, letters.height() + 2 * EDGE)

    def minimumSizeHint(self) -> QSize:
        """Return a width that the title does not force on what is around."""
        return QSize(self._left + 4 * self.fontMetrics().height(), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw arrow and words."""
        painter = QPainter(self)
        self._draw_arrow(painter)
        words = self.rect().adjusted(self._left, EDGE, -EDGE, -EDGE)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(words, int(_WORDS), self.text())

    def _draw_arrow(self, painter: QPainter) -> None:
        """Draw a triangle that points down at what is open."""
        line = self.fontMetrics().height()
        side = line * ARROW
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(EDGE + side / 2, EDGE + line / 2)
        painter.rotate(90 if self.isChecked() else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
        corners = ((-side / 4, -side / 2), (-side / 4, side / 2), (side / 3, 0.0))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.restore()

    @property
    def _left(self) -> int:
        return round(self.fontMetrics().height() * ARROW) + 2 * EDGE


class Fold(QWidget):
    """A part below its title."""

    toggled = Signal()  # the user opened or closed it

    def __init__(self, title: str, body: QWidget) -> None:
        super().__init__()
        self.body = body
        self.is_wanted: bool | None = None  # open or not as the user chose, None before that
        self._title = title
        self.button = FoldButton(title)
        explain(self.button, "Expands or collapses the part below it.")
        self.button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(body, 1)
        self.set_open(True)

    @property
    def is_open(self) -> bool:
        """Whether the part itself is in sight."""
        return self.button.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self.button.setChecked(is_open)
        self.body.setVisible(is_open)
        self.fit()

    def set_count(self, count: int) -> None:
        """Show in the title how much there is."""
        self.button.setText(f"{self._title}  {count}")
        self.fit()

    def title_height(self) -> int:
        """Return the height of the title in the width there is, of one line while nobody can see it."""
        around = self.parentWidget()
        if around is None or not around.isVisible():
            return self.button.sizeHint().height()
        return self.button.heightForWidth(around.width())

    def least(self) -> int:
        """Return the height it takes to be of use while it is open."""
        return self.title_height() + self.body.minimumSizeHint().height()

    def fit(self) -> None:
        """Give the title the lines it takes."""
        self.setMinimumHeight(self.least() if self.is_open else self.title_height())
        self.setMaximumHeight(_ENDLESS if self.is_open else self.title_height())

    def _choose(self) -> None:
        self.is_wanted = self.button.isChecked()
        self.toggled.emit()


class Folds(QScrollArea):
    """A part that is always open, and folds below it: closed where there is no room, unless the user opened one."""

    def __init__(self, first: QWidget, folds: Sequence[Fold], *, shares: Sequence[int]) -> None:
        super().__init__()
        self._first = first
        self._folds = tuple(folds)
        self._shares = tuple(shares)
        self._open: tuple[bool, ...] = ()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        for place, part in enumerate((first, *folds)):
            self._split.addWidget(part)
            self._split.setStretchFactor(place, shares[place])
        self.setWidget(self._split)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for fold in folds:
            fold.toggled.connect(self.share)

    def sizeHint(self) -> QSize:
        """Ask for no more than has to be: what is left over comes here anyway."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room for the first part and the titles."""
        first = self._first.minimumSizeHint()
        return QSize(first.width(), self._closed())

    def share(self) -> None:
        """Open what there is room for, in order, and let the open ones share the room."""
        shown = [fold for fold in self._folds if not fold.isHidden()]
        taken = self._closed()
        taken += sum(fold.body.minimumSizeHint().height() for fold in shown if fold.is_wanted)
        for fold in shown:
            if fold.is_wanted is None:
                taken += fold.body.minimumSizeHint().height()
            fold.set_open(taken <= self.viewport().height() if fold.is_wanted is None else fold.is_wanted)
        now = tuple(fold in shown and fold.is_open for fold in self._folds)
        if now != self._open:
            self._open = now
            self._split.setSizes([share * 100 for share in self._shares])
        self.updateGeometry()

    def bring(self, fold: Fold) -> None:
        """Open a fold and bring it into sight."""
        fold.is_wanted = True
        self.share()
        self._split.refresh()
        self.ensureWidgetVisible(fold, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Open and close by the room there is."""
        super().resizeEvent(event)
        self.share()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room the titles need in the width there is now."""
        super().showEvent(event)
        self.share()

    def _closed(self) -> int:
        """Return the height of everything while all folds are closed."""
        shown = [fold for fold in self._folds if not fold.isHidden()]
        titles = sum(fold.title_height() for fold in shown)
        return self._first.minimumSizeHint().height() + titles + self._split.handleWidth() * len(shown)
