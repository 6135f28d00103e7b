"""A timeline as a drawing: one row an event, the look-back window as a band, the day of the service as a line."""

from datetime import date
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from mild_biller.core.documents.quote import MONTHS, spoken
from mild_biller.core.documents.timeline import Event, EventKind, Timeline
from mild_biller.core.rules.criteria import months_before
from mild_biller.output.documents.page_style import ACCENT, GRAY, HAIR, INK, ROOM
from mild_biller.output.fonts import Font, register
from mild_biller.output.lettering import fitted_line

ROW: Final = 17.0
HEAD: Final = 28.0
LABELS: Final = 250.0  # points for the words left of the axis
SIZE: Final = 8.2
BAND: Final = HexColor(0xE3ECF7)
BAR: Final = HexColor(0x4A7BA6)
MOST_ROWS: Final = 28  # on one drawing
LONGEST_MONTHS: Final = 36  # older events stand at the left edge, their day in words
TICKS: Final = ((14, 1), (30, 3), (60, 6), (240, 12))


def drawings(line: Timeline) -> list[Flowable]:
    """Return a timeline in drawings that fit a page."""
    events = line.events
    return [TimelineChart(line, events[start : start + MOST_ROWS]) for start in range(0, len(events), MOST_ROWS)]


class TimelineChart(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Some rows of a timeline over its axis."""

    def __init__(self, line: Timeline, events: tuple[Event, ...]) -> None:
        super().__init__()
        self.line, self.events = line, events
        self.width, self.height = ROOM, HEAD + ROW * len(events) + 6
        self.start, self.end = _axis(line)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room the drawing takes."""
        return self.width, self.height

    def _x(self, day: date) -> float:
        """Return the place of a day; what is older than the axis is at its beginning."""
        share = (max(day, self.start) - self.start).days / max((self.end - self.start).days, 1)
        return LABELS + share * (self.width - LABELS - 12)

    def draw(self) -> None:
        """Draw band, axis, rows."""
        top = self.height - HEAD
        self._band(top)
        self._ticks(top)
        for index, event in enumerate(self.events):
            self._row(event, top - ROW * (index + 1))

    def _band(self, top: float) -> None:
        canvas, window = self.canv, self.line.window
        if window is None:
            return
        left, right = self._x(window[0]), self._x(window[1])
        canvas.setFillColor(BAND)
        canvas.rect(left, 0, right - left, top, stroke=0, fill=1)
        canvas.setFillColor(ACCENT)
        canvas.setFont(register(Font.BOLD_WORDS), SIZE - 0.7)
        words = f"look-back: {spoken(window[0])} to the day before the date of service"
        canvas.drawRightString(self.width, top + 17, words)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(right, 0, right, top)

    def _ticks(self, top: float) -> None:
        canvas = self.canv
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        step = next((step for most, step in TICKS if months <= most), 24)
        canvas.setFont(register(Font.WORDS), SIZE - 1.6)
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(HAIR)
        count = self.start.year * 12 + self.start.month - 1
        for number in range(count, count + months + 1):
            if number % step:
                continue
            day = date(number // 12, number % 12 + 1, 1)
            if day <= self.end:
                x = self._x(day)
                canvas.line(x, 0, x, top + 3)
                canvas.setFillColor(GRAY)
                canvas.drawCentredString(x, top + 6, _tick(day, step))

    def _row(self, event: Event, bottom: float) -> None:
        canvas, middle = self.canv, bottom + ROW / 2
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.3)
        canvas.line(0, bottom, self.width, bottom)
        canvas.setFillColor(INK)
        block = fitted_line(_words(event), font=Font.WORDS, size=SIZE, width=LABELS - 10)
        canvas.setFont(register(block.font), block.size)
        canvas.drawString(2, middle - SIZE * 0.36, block.lines[0])
        self._shape(event, middle)

    def _shape(self, event: Event, middle: float) -> None:
        canvas, left, right = self.canv, self._x(event.first), self._x(event.last)
        canvas.setFillColor(BAR if event.lane is not EventKind.SERVICE else ACCENT)
        if event.first != event.last:
            canvas.rect(left, middle - 3.5, max(right - left, 2), 7, stroke=0, fill=1)
        elif event.lane is EventKind.IMAGING:
            canvas.rect(left - 3.2, middle - 3.2, 6.4, 6.4, stroke=0, fill=1)
        elif event.lane is EventKind.SERVICE:
            canvas.circle(left, middle, 4.4, stroke=0, fill=1)
        else:
            self._diamond(left, middle)
        if event.last < self.start:
            self._older(middle)

    def _diamond(self, x: float, y: float) -> None:
        path = self.canv.beginPath()
        path.moveTo(x - 4.4, y)
        for right, up in ((0, 4.4), (4.4, 0), (0, -4.4)):
            path.lineTo(x + right, y + up)
        path.close()
        self.canv.drawPath(path, stroke=0, fill=1)

    def _older(self, middle: float) -> None:
        """Mark an event that is before the start of the axis."""
        self.canv.setFillColor(GRAY)
        self.canv.setFont(register(Font.WORDS), SIZE - 1.6)
        self.canv.drawString(LABELS + 8, middle - SIZE * 0.3, "earlier than shown")


def _axis(line: Timeline) -> tuple[date, date]:
    """Return the first and last day of the axis: whole months, a month to spare after the last event."""
    last = line.last
    first = max(line.first, months_before(last, LONGEST_MONTHS))
    start = months_before(first.replace(day=1), 1)
    return start, months_before(last.replace(day=1), -2)


def _tick(day: date, step: int) -> str:
    name = MONTHS[day.month - 1][:3]
    return (
        str(day.year) if step >= 12 else f"{name} {day:%y}" if step > 1 else (f"{day:%Y}" if day.month == 1 else name)
    )


def _words(event: Event) -> str:
    days = spoken(event.first) if event.first == event.last else f"{spoken(event.first)} to {spoken(event.last)}"
    return f"{event.label}, {days}"
