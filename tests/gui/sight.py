"""What an eye sees of a window: contrast, what changes, what is cut; and what the cursor can be put on."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QToolButton, QWidget

from mild_biller.gui.widgets.fold import FoldButton

ENOUGH = 4.5  # WCAG 2.1, 1.4.3, of which it exempts what is off; that is read here too
RING = 20  # pixels that have to change for a cursor to be seen
MADE_BY_QT = ("QTabBar", "QMenu", "QComboBoxPrivate", "QHeaderView")


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def opaque(ink: QColor, ground: QColor) -> QColor:
    """Return the colour of an ink that lets the ground through."""
    part = ink.alphaF()
    mixed = (one * part + other * (1 - part) for one, other in zip(ink.getRgbF(), ground.getRgbF(), strict=True))
    return QColor.fromRgbF(*list(mixed)[:3])


def picture(widget: QWidget) -> QImage:
    """Photograph a widget with a little around it, wherever it is scrolled to."""
    QApplication.processEvents()
    around = widget.geometry().adjusted(-4, -4, 4, 4)
    holder = widget.parentWidget() or widget
    return holder.grab(around & holder.rect()).toImage()


def changed(one: QImage, other: QImage) -> int:
    """Count the pixels that differ so that an eye can see it."""
    assert one.size() == other.size()
    counted = Counter(differing(one, other)).items()
    return sum(count for (a, b), count in counted if contrast(QColor.fromRgb(a), QColor.fromRgb(b)) >= 1.5)


def differing(one: QImage, other: QImage) -> Iterator[tuple[int, int]]:
    """Yield both colours of every pixel that is another in one of the images than in the other."""
    for line, beside in zip(lines(one), lines(other), strict=True):
        if line != beside:
            yield from (pair for pair in zip(line, beside, strict=True) if pair[0] != pair[1])


def lines(image: QImage) -> list[list[int]]:
    """Return the colours of an image, line by line."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    bits, width = memoryview(plain.constBits()).cast("I"), plain.width()
    return [bits[start : start + width].tolist() for start in range(0, width * plain.height(), width)]


def shown(window: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """Yield what can be seen of some kinds, without the parts Qt makes inside its own."""
    for kind in kinds:
        for widget in window.findChildren(kind):
            if widget.isVisible() and not widget.parent().metaObject().className().startswith(("QTabBar", "QMenu")):
                yield widget


def reached(within: QWidget) -> Iterator[QWidget]:
    """Yield what the cursor can be put on, by key or click, but for words that only the mouse marks."""
    for widget in (within, *within.findChildren(QWidget)):
        holder = widget.parentWidget()
        is_inner = holder is not None and holder.metaObject().className().startswith(MADE_BY_QT)
        takes_keys = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        if widget.isVisible() and takes_keys and not is_inner and not isinstance(widget, QLabel):
            yield widget


def clipped(within: QWidget) -> list[str]:
    """Return the labels and buttons that lack room for their words."""
    return [
        f"{type(widget).__name__} {widget.property('text')[:50]!r}: {short}"
        for widget in shown(within, QLabel, QPushButton, QRadioButton, QToolButton, FoldButton)
        if widget.property("text") and (short := shortage(widget))
    ]


def shortage(widget: QWidget) -> str:
    """Say how much room a text lacks."""
    wanted, room = widget.sizeHint(), widget.size()
    if isinstance(widget, FoldButton) or (isinstance(widget, QLabel) and widget.wordWrap()):
        needed = widget.heightForWidth(room.width())
        return f"{room.height()} of {needed} high" if room.height() < needed else ""
    if room.width() < wanted.width():
        return f"{room.width()} of {wanted.width()} wide"
    return f"{room.height()} of {wanted.height()} high" if room.height() < wanted.height() else ""
