"""The mark of each tone, drawn: a shape of its own, so that no color has to be recognized."""

from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QLabel

from mild_biller.gui.style.theme import color, is_dark, text_size
from mild_biller.presentation.tone import Tone

SIDE: Final = 16  # of a mark, before the size of text and the screen's own scale
_SCALE: Final = 3  # drawn so much larger, for screens of high resolution


class ToneMark(QLabel):
    """The mark of a tone next to words; it grows with them."""

    def __init__(self, *, larger: float = 1.0) -> None:
        super().__init__()
        self._larger = larger
        self._tone: Tone | None = None
        self._fit()

    def show_tone(self, tone: Tone | None) -> None:
        """Show the mark of a tone, or none."""
        self._tone = tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text and the colors."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._draw()

    def _fit(self) -> None:
        side = round(mark_side() * self._larger)
        self.setFixedSize(side, side)

    def _draw(self) -> None:
        if self._tone is None:
            self.clear()
        else:
            self.setPixmap(_drawn(self._tone, is_dark(self.palette()), self.width()))


def mark_side() -> int:
    """Return how high and wide a mark is in the present size of text."""
    return round(SIDE * text_size() / 100)


def mark_size() -> QSize:
    """Return the size of a mark as an icon."""
    return QSize(mark_side(), mark_side())


def mark(tone: Tone, shown: QPalette) -> QPixmap:
    """Return the mark of a tone for a palette."""
    return _drawn(tone, is_dark(shown), mark_side())


def mark_icon(tone: Tone, shown: QPalette) -> QIcon:
    """Return the mark of a tone as an icon."""
    return QIcon(mark(tone, shown))


@cache
def _drawn(tone: Tone, dark: bool, side: int) -> QPixmap:
    pixmap = QPixmap(side * _SCALE, side * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    base = QPalette()
    base.setColor(QPalette.ColorRole.Base, QColor("black" if dark else "white"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / SIDE, side / SIDE)
    _SHAPES[tone](painter, color(tone, base), QColor("#101214" if dark else "white"))
    painter.end()
    return pixmap


def _pen(ink: QColor, width: float = 2.0) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _filled(painter: QPainter, points: list[tuple[float, float]], ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _lines(painter: QPainter, pen: QPen, *lines: tuple[float, float, float, float]) -> None:
    painter.setPen(pen)
    for x1, y1, x2, y2 in lines:
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _stop(painter: QPainter, ink: QColor, paper: QColor) -> None:
    """An octagon with a cross."""
    octagon = [(5, 1), (11, 1), (15, 5), (15, 11), (11, 15), (5, 15), (1, 11), (1, 5)]
    _filled(painter, [(float(x), float(y)) for x, y in octagon], ink)
    _lines(painter, _pen(paper), (5.4, 5.4, 10.6, 10.6), (10.6, 5.4, 5.4, 10.6))


def _blank(painter: QPainter, ink: QColor, _: QColor) -> None:
    """A square to be filled in."""
    painter.setPen(_pen(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(2, 3, 12, 10), 1.5, 1.5)
    _lines(painter, _pen(ink, 1.6), (5, 10, 11, 10))


def _pause(painter: QPainter, ink: QColor, paper: QColor) -> None:
    """A disc with two bars."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    _lines(painter, _pen(paper, 2.2), (6, 5.2, 6, 10.8), (10, 5.2, 10, 10.8))


def _triangle(painter: QPainter, ink: QColor, paper: QColor) -> None:
    """A triangle with an exclamation mark."""
    _filled(painter, [(8, 1), (15.4, 14.6), (0.6, 14.6)], ink)
    _lines(painter, _pen(paper, 1.8), (8, 5.8, 8, 9.8), (8, 12.4, 8, 12.5))


def _question(painter: QPainter, ink: QColor, _: QColor) -> None:
    """A ring with a question mark."""
    _ring(painter, ink)
    painter.drawArc(QRectF(5.6, 4, 4.8, 4.6), -60 * 16, 240 * 16)
    _lines(painter, _pen(ink, 1.6), (8, 9, 8, 9.4), (8, 11.9, 8, 12))


def _check(painter: QPainter, ink: QColor, _: QColor) -> None:
    """A check mark."""
    _lines(painter, _pen(ink, 2.4), (2.5, 8.5, 6.3, 12.3), (6.3, 12.3, 13.5, 4))


def _note(painter: QPainter, ink: QColor, _: QColor) -> None:
    """A ring with an i."""
    _ring(painter, ink)
    _lines(painter, _pen(ink, 1.8), (8, 7.4, 8, 11.6), (8, 4.6, 8, 4.7))


def _ring(painter: QPainter, ink: QColor) -> None:
    painter.setPen(_pen(ink, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.4, 1.4, 13.2, 13.2))


_SHAPES: Final[dict[Tone, Callable[[QPainter, QColor, QColor], None]]] = {
    Tone.ERROR: _stop,
    Tone.NEEDED: _blank,
    Tone.HOLD: _pause,
    Tone.WARNING: _triangle,
    Tone.UNKNOWN: _question,
    Tone.GOOD: _check,
    Tone.INFO: _note,
}
