"""The look-back as a picture needs it: its entries, days to places across, ticks, and labels that never overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Final, Protocol

from mild_biller.core.documents.quote import MONTHS
from mild_biller.core.review.lookback import LookBack, LookBackEntry
from mild_biller.core.rules.criteria import months_before
from mild_biller.presentation.lookback_text import entry_text
from mild_biller.presentation.typed_text import shown_day

STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000, 120000)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to places across: `first` is at `left`, `last` at `right`; days beyond are at the edge."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return the place of a day."""
        span = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / span
        return self.left + share * (self.right - self.left)

    def is_beyond(self, day: date) -> bool:
        """Return True if a day is not on the scale."""
        return not self.first <= day <= self.last


def scale_of(look: LookBack, *, left: float, right: float) -> Scale:
    """Return a scale with some months to spare before the look-back, fewer after the service."""
    before, after = max(1, look.months // 6), max(1, look.months // 12)
    return Scale(months_before(look.first_day, before), months_before(look.service, -after), left, right)


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month; `year` is said under a January, and under the first tick."""

    x: float
    month: str
    year: str


def ticks(scale: Scale, *, room: float) -> tuple[Tick, ...]:
    """Return as many months as have `room` each."""
    start, end = (day.year * 12 + day.month - 1 for day in (scale.first, scale.last))
    start += scale.first.day > 1
    each = (scale.right - scale.left) / max(end - start, 1)
    step = next((step for step in STEPS if step * each >= room), STEPS[-1])
    found: list[Tick] = []
    for number in range(-(-start // step) * step, end + 1, step):
        day = date(number // 12, number % 12 + 1, 1)
        is_named = not found or day.month == 1
        found.append(Tick(scale.x(day), MONTHS[day.month - 1][:3], f"{day.year:04d}" if is_named else ""))
    return tuple(found)


class Letters(Protocol):
    """What has to be known of a font."""

    def width(self, text: str) -> float:
        """Return the width of a line."""

    def height(self, text: str, width: float) -> float:
        """Return the height of a text in lines of a width."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """A place on the picture."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Label:
    """An entry on the picture: its mark at `x`, its text in a box next to it; `is_beyond` the edge of the scale."""

    entry: LookBackEntry
    x: float
    box: TextBox
    is_beyond: bool = False

    @property
    def is_right(self) -> bool:
        """Return True if the text is right of the mark."""
        return self.box.left > self.x


@dataclass(frozen=True, slots=True)
class Picture:
    """A look-back laid out in a width: rows from `top` to `foot`, the months below; `em` is the height of a letter."""

    look: LookBack
    em: float
    width: float
    scale: Scale
    first_label: TextBox
    service_label: TextBox
    top: float
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    foot: float
    undated: tuple[Label, ...]
    height: float


def lay_out(look: LookBack, letters: Letters, *, width: float, em: float) -> Picture:
    """Lay a look-back out."""
    scale = scale_of(look, left=em, right=max(width - em, em + 1))
    first, service = _heads(look, scale, letters, width=width, em=em)
    top = service.bottom + 0.2 * em
    beside = _beside(look, scale, letters, width=width, em=em)
    labels = tuple(_stacked(beside, top=top + 0.4 * em, gap=0.8 * em, em=em))
    foot = max((label.box.bottom for label in labels), default=top + 1.6 * em) + 0.4 * em
    months = foot + 2.4 * em
    undated = tuple(_listed(look, letters, top=months, width=width, em=em))
    bottom = max((label.box.bottom for label in undated), default=months)
    named = max(letters.width("Mmm"), letters.width("0000")) + 4
    return Picture(
        look=look,
        em=em,
        width=width,
        scale=scale,
        first_label=first,
        service_label=service,
        top=top,
        ticks=tuple(tick for tick in ticks(scale, room=named + 0.5 * em) if tick.x + named <= width),
        labels=labels,
        foot=foot,
        undated=undated,
        height=bottom + 0.2 * em,
    )


def head_texts(look: LookBack) -> tuple[str, str]:
    """Return the words over the two ends of the look-back."""
    return f"first day {shown_day(look.first_day)}", f"date of service {shown_day(look.service)}"


def stagger(spans: Sequence[tuple[float, float]], *, gap: float) -> tuple[int, ...]:
    """Return a row for each span, the first row in which it touches no other."""
    rows: list[list[tuple[float, float]]] = []
    found: list[int] = []
    for left, right in spans:
        free = (at for at, row in enumerate(rows) if all(right + gap <= a or b + gap <= left for a, b in row))
        at = next(free, len(rows))
        if at == len(rows):
            rows.append([])
        rows[at].append((left, right))
        found.append(at)
    return tuple(found)


def _heads(look: LookBack, scale: Scale, letters: Letters, *, width: float, em: float) -> tuple[TextBox, TextBox]:
    """Return the places of the two head texts: on one line where both have room, else the second below."""
    first, service = (min(letters.width(text), width) for text in head_texts(look))
    left = min(scale.x(look.first_day), width - first)
    end = max(min(scale.x(look.service), width), service)
    has_room = left + first + em <= end - service
    return TextBox(left, 0, first, 1.2 * em), TextBox(end - service, 0 if has_room else 1.2 * em, service, 1.2 * em)


def _beside(look: LookBack, scale: Scale, letters: Letters, *, width: float, em: float) -> Iterator[Label]:
    """Yield each entry with a day, its text right of its mark where there is room, else left, else in lines."""
    gap = 0.8 * em
    for entry, day in _dated(look):
        x, wanted = scale.x(day), letters.width(entry_text(entry)) + 1
        right, left = width - x - gap, x - gap
        is_right = wanted <= right or (wanted > left and right >= left)
        taken = max(min(wanted, right if is_right else left), 1)
        box = TextBox(x + gap if is_right else x - gap - taken, 0, taken, letters.height(entry_text(entry), taken))
        yield Label(entry, x, box, scale.is_beyond(day))


def _dated(look: LookBack) -> tuple[tuple[LookBackEntry, date], ...]:
    """Return the entries with a day, the first one first."""
    return tuple(sorted(((each, each.day) for each in look.entries if each.day), key=lambda pair: pair[1]))


def _stacked(labels: Iterator[Label], *, top: float, gap: float, em: float) -> Iterator[Label]:
    """Yield the labels moved down into rows, so that none covers another."""
    wanted = tuple(labels)
    half = 0.6 * em  # of a mark
    spans = [(min(each.x - half, each.box.left), max(each.x + half, each.box.right)) for each in wanted]
    rows = stagger(spans, gap=gap)
    heights = [
        max(each.box.height for each, own in zip(wanted, rows, strict=True) if own == row) + 0.3 * em
        for row in range(max(rows, default=-1) + 1)
    ]
    tops = tuple(accumulate(heights, initial=top))
    for each, row in zip(wanted, rows, strict=True):
        yield replace(each, box=replace(each.box, top=tops[row]))


def _listed(look: LookBack, letters: Letters, *, top: float, width: float, em: float) -> Iterator[Label]:
    """Yield the entries without a day, below each other next to the scale."""
    down = top + 0.4 * em
    for entry in (each for each in look.entries if each.day is None):
        left = 2.2 * em
        taken = max(width - left, 1)
        box = TextBox(left, down, taken, letters.height(entry_text(entry), taken))
        yield Label(entry, left - 0.9 * em, box)
        down = box.bottom + 0.3 * em
