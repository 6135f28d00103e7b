"""A widget that puts others side by side and goes on in the next line where the room ends.

It is no QLayout: one written in Python has to return None beyond its last item, and each time PySide loses a
reference to None, until the interpreter aborts.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 10
LINE_GAP = 8


class Flow(QWidget):
    """Lays widgets out like words, standing at the foot of their line or centred; some share what is left of it."""

    def __init__(self, widgets: Sequence[QWidget], *, is_centred: bool = False) -> None:
        super().__init__()
        self._is_centred = is_centred
        self._widgets = tuple(widgets)
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
        room = width - self._around.width()
        heights = [_height(line, self._widths(line, room)) for line in self._lines(room)]
        return sum(heights) + LINE_GAP * max(0, len(heights) - 1) + self._around.height()

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        shown = self._shown()
        width = sum(_width(widget) for widget in shown) + GAP * max(0, len(shown) - 1)
        return QSize(width, _height(shown, [_width(widget) for widget in shown])) + self._around

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
        """Lay out anew when a widget wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

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
        for line in self._lines(inside.width()):
            widths = self._widths(line, inside.width())
            height = _height(line, widths)
            _place(line, widths, QPoint(inside.left(), top), height=height, is_centred=self._is_centred)
            top += height + LINE_GAP

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        used = 0
        for widget in self._shown():
            wanted = _width(widget)
            if not lines or used + GAP + wanted > width:
                lines.append([widget])
                used = wanted
            else:
                lines[-1].append(widget)
                used += GAP + wanted
        return lines

    def _widths(self, line: list[QWidget], room: int) -> list[int]:
        """Share what is left of a line among the widgets that can grow."""
        growing = [widget for widget in line if _grows(widget)]
        taken = sum(_width(widget) for widget in line) + GAP * (len(line) - 1)
        share = max(0, room - taken) // len(growing) if growing else 0
        return [min(_width(widget) + (share if widget in growing else 0), room) for widget in line]


def _place(line: list[QWidget], widths: list[int], corner: QPoint, *, height: int, is_centred: bool) -> None:
    """Put the widgets of a line in their places, standing on one line or about one."""
    left, top = corner.x(), corner.y()
    for widget, width in zip(line, widths, strict=True):
        own = _own_height(widget, width)
        above = (height - own) // 2 if is_centred else height - own
        widget.setGeometry(QRect(left, top + above, width, own))
        left += width + GAP


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
        super().__init__(widgets, is_centred=True)

    def minimumSizeHint(self) -> QSize:
        """Return the height of all lines in the width there is now."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self.heightForWidth(self.width())) if self.isVisible() else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another height for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
