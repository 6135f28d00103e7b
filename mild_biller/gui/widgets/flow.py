"""A widget that puts others side by side and goes on in the next line where the room ends.

It is no QLayout: one written in Python has to return None beyond its last item, and each time PySide loses a
reference to None, until the interpreter aborts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 10
LINE_GAP = 8
_UNSETTLING = (
    QEvent.Type.LayoutRequest,
    QEvent.Type.Show,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.ChildPolished,
    QEvent.Type.ContentsRectChange,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Widgets side by side, each with its width and height."""

    widgets: tuple[tuple[QWidget, int, int], ...]
    height: int

    def place(self, corner: QPoint, *, is_centered: bool) -> None:
        """Place the widgets, on one line or centered about one."""
        left, top = corner.x(), corner.y()
        for widget, width, own in self.widgets:
            above = (self.height - own) // 2 if is_centered else self.height - own
            widget.setGeometry(left, top + above, width, own)
            left += width + GAP


class Flow(QWidget):
    """Lays widgets out like words, at the foot of their line or centered; some share what is left of it."""

    def __init__(self, widgets: Sequence[QWidget], *, is_centered: bool = False) -> None:
        super().__init__()
        self._is_centered = is_centered
        self._widgets = tuple(widgets)
        self._plans: dict[int, list[Line]] = {}  # by width, until something requires another size, as what follows
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        for widget in widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the lines take at a width."""
        if width not in self._heights:
            lines = self._plan(width - self._around.width())
            inside = sum(line.height for line in lines) + LINE_GAP * max(0, len(lines) - 1)
            self._heights[width] = inside + self._around.height()
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        if self._hint is None:
            shown = self._shown()
            widths = [_width(widget) for widget in shown]
            width = sum(widths) + GAP * max(0, len(shown) - 1)
            self._hint = QSize(width, _height(shown, widths)) + self._around
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest, squeezed."""
        widths = [max(widget.minimumSizeHint().width(), widget.minimumWidth()) for widget in self._shown()]
        heights = (each.sizeHint().height() for each in self._shown())
        return QSize(max(widths, default=0), max(heights, default=0)) + self._around

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put every widget in its place."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Lay out again if a widget requires another size."""
        if event.type() in _UNSETTLING:
            self._forget()
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return super().event(event)

    def settle(self) -> None:
        """Lay out at once, where words are others and nobody is to see them cut for a moment."""
        self._forget()
        self.updateGeometry()
        self._arrange()

    def _forget(self) -> None:
        self._plans.clear()
        self._heights.clear()
        self._hint = None

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    @property
    def _around(self) -> QSize:
        """What the margins take."""
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self) -> None:
        inside = self.contentsRect()
        top = inside.top()
        for line in self._plan(inside.width()):
            line.place(QPoint(inside.left(), top), is_centered=self._is_centered)
            top += line.height + LINE_GAP

    def _plan(self, width: int) -> list[Line]:
        if width not in self._plans:
            self._plans[width] = [_line(widgets, width) for widgets in self._lines(width)]
        return self._plans[width]

    def _lines(self, room: int) -> list[dict[QWidget, int]]:
        """Break the widgets into lines, each with its preferred width."""
        lines: list[dict[QWidget, int]] = []
        used = 0
        for widget in self._shown():
            wanted = _width(widget)
            if not lines or used + GAP + wanted > room:
                lines.append({})
                used = -GAP
            lines[-1][widget] = wanted
            used += GAP + wanted
        return lines


def _line(wanted: dict[QWidget, int], room: int) -> Line:
    """Share what is left of a line among the widgets that can grow."""
    growing = {widget for widget in wanted if _grows(widget)}
    spare = max(0, room - sum(wanted.values()) - GAP * (len(wanted) - 1))
    share = spare // len(growing) if growing else 0
    widths = {widget: min(width + (share if widget in growing else 0), room) for widget, width in wanted.items()}
    sized = tuple((widget, width, _own_height(widget, width)) for widget, width in widths.items())
    return Line(sized, max(height for _, _, height in sized))


def _width(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _height(line: Sequence[QWidget], widths: Sequence[int]) -> int:
    return max((_own_height(widget, width) for widget, width in zip(line, widths, strict=True)), default=0)


def _own_height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


def _grows(widget: QWidget) -> bool:
    return widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding


class Bar(Flow):
    """The same as a bar of buttons: it keeps the lines it takes where others crowd it from above and below."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__(widgets, is_centered=True)

    def minimumSizeHint(self) -> QSize:
        """Return the height of all lines in the width there is now."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self.heightForWidth(self.width())) if self.isVisible() else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another height for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
