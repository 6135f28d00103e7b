"""A widget that puts others side by side and goes on in the next line where the room ends.

It is no QLayout: one written in Python has to return None beyond its last item, and each time PySide loses a
reference to None, until the interpreter aborts.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 10
LINE_GAP = 8


class Flow(QWidget):
    """Lays widgets out like words; those that can grow share what is left of their line."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__()
        self._widgets = tuple(widgets)
        for widget in widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the lines take at a width."""
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + LINE_GAP * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        shown = self._shown()
        width = sum(_width(widget) for widget in shown) + GAP * max(0, len(shown) - 1)
        return QSize(width, _height(shown))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest, squeezed."""
        widths = [max(widget.minimumSizeHint().width(), widget.minimumWidth()) for widget in self._shown()]
        return QSize(max(widths, default=0), _height(self._shown()))

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

    def _arrange(self) -> None:
        top = 0
        for line in self._lines(self.width()):
            height = _height(line)
            self._place(line, top, height)
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

    def _place(self, line: list[QWidget], top: int, height: int) -> None:
        growing = [widget for widget in line if _grows(widget)]
        taken = sum(_width(widget) for widget in line) + GAP * (len(line) - 1)
        share = max(0, self.width() - taken) // len(growing) if growing else 0
        left = 0
        for widget in line:
            width = min(_width(widget) + (share if widget in growing else 0), self.width(), widget.maximumWidth())
            own = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
            widget.setGeometry(QRect(left, top + height - max(own, 0), width, max(own, 0)))
            left += width + GAP


def _width(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())


def _height(line: Sequence[QWidget]) -> int:
    return max((widget.sizeHint().height() for widget in line), default=0)


def _grows(widget: QWidget) -> bool:
    return widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
