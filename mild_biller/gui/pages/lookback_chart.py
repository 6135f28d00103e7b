"""The look-back as a picture: the months before the service as a band, each earlier procedure in or outside it."""

import html
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.coverage.assess import Assessment
from mild_biller.core.review.lookback import EntryPlace, LookBack, LookBackEntry, look_back
from mild_biller.core.review.review import Review
from mild_biller.core.rules.criteria import Outcome
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.section import NoticeLine
from mild_biller.gui.style.theme import color, mixed
from mild_biller.presentation.findings.finding_rows import tone_of
from mild_biller.presentation.lookback_layout import Label, Picture, TextBox, head_texts, lay_out
from mild_biller.presentation.lookback_text import entry_text, look_back_text, window_text
from mild_biller.presentation.tone import Tone

NAME: Final = "Look-back before the date of service"
NARROW, USUAL, WIDEST = 20, 44, 76  # widths in heights of a letter
_ROLES: Final = QPalette.ColorRole
_WRAPPED: Final = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value


class LookBackView(QWidget):
    """Shows the look-back the deciding policy requires, or says why there is none. A part of a page without fields."""

    def __init__(self, case: CaseEditor) -> None:
        super().__init__()
        self._case = case
        self.line = NoticeLine()
        self.chart = LookBackChart()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setForegroundRole(_ROLES.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self.chart, self.note):
            column.addWidget(widget)
        self.setAccessibleName(NAME)
        case.replaced.connect(self.refresh)
        self.refresh()

    def cells(self) -> Iterator[BoundField]:
        """Yield nothing: nothing is typed here."""
        return iter(())

    def stops(self) -> Iterator[QWidget]:
        """Yield nothing: the cursor goes past it."""
        return iter(())

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield nothing: no pointer leads here."""
        return iter(())

    def refresh(self) -> None:
        """Show the present case."""
        review = self._case.review
        look = look_back(review, catalog=self._case.catalog)
        self.chart.show_look_back(look)
        self.chart.setVisible(look is not None)
        self.note.setVisible(look is None)
        text = why_none(review.assessment) if look is None else look_back_text(look)
        self.note.setText(text if look is None else "")
        if look is None:
            self.line.silence()
        else:
            self.line.say(*headline(look, review))
            self.line.show()
        self._describe(text)

    def _describe(self, text: str) -> None:
        if self.accessibleDescription() != text:
            self.setAccessibleDescription(text)
            self.setToolTip(f"<qt>{html.escape(text, quote=False).replace(chr(10), '<br>')}</qt>")


def why_none(assessment: Assessment) -> str:
    """Return why no look-back is drawn."""
    if assessment.policy is None:
        return f"No look-back to show. {assessment.why_undecided or 'Coverage is not determined.'}"
    return f"No look-back to show: {assessment.policy.title} has none."


def headline(look: LookBack, review: Review) -> tuple[Tone, str]:
    """Return the look-back in words and how its criterion came out, marked as its finding is."""
    said = {
        Outcome.MET: "No prior procedure that counts is in it.",
        Outcome.NOT_MET: "A prior procedure that counts is in it.",
        Outcome.UNKNOWN: "It is not known yet whether a prior procedure in it counts.",
    }
    finding = next((found for found in review.findings if found.rule == look.rule), None)
    tone = Tone.INFO if finding is None else tone_of(finding, review.case)
    return tone, f"{window_text(look)} {said[look.outcome]}"


class LookBackChart(QWidget):
    """The picture of a look-back, as high as its width makes it."""

    def __init__(self) -> None:
        super().__init__()
        self._look: LookBack | None = None
        self._laid_out: Picture | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_look_back(self, look: LookBack | None) -> None:
        """Show a look-back, None as nothing."""
        if look != self._look:
            self._look = look
            self._forget()

    def picture(self, width: float) -> Picture | None:
        """Return the look-back laid out in a width."""
        if self._look is None:
            return None
        em = self.fontMetrics().height()
        width = min(max(width, NARROW * em), WIDEST * em)
        if self._laid_out is None or self._laid_out.width != width:
            self._laid_out = lay_out(self._look, Measure(QFontMetricsF(self.font())), width=width, em=em)
        return self._laid_out

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in a width."""
        picture = self.picture(width)
        return 0 if picture is None else round(picture.height) + 1

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        width = USUAL * self.fontMetrics().height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest size."""
        return QSize(NARROW * self.fontMetrics().height(), self.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the look-back."""
        picture = self.picture(self.width())
        if picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = Brush(painter, self.palette(), picture)
        brush.paint_ground()
        brush.paint_months()
        brush.paint_ends()
        brush.paint_entries()

    def _forget(self) -> None:
        self._laid_out = None
        self.updateGeometry()
        self.update()


class Measure:
    """The letters of a font, as the layout requires them."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics

    def width(self, text: str) -> float:
        """Return the width of a line."""
        return self._metrics.horizontalAdvance(text)

    def height(self, text: str, width: float) -> float:
        """Return the height of a text in lines of a width."""
        return self._metrics.boundingRect(QRectF(0, 0, width, 1e6), _WRAPPED, text).height()


class Brush:
    """Paints the parts of a picture with the colors of a palette."""

    def __init__(self, painter: QPainter, shown: QPalette, picture: Picture) -> None:
        self._painter = painter
        self._shown = shown
        self._picture = picture
        self._paper = shown.color(_ROLES.Base)
        self._text = shown.color(_ROLES.Text)
        self._faint = shown.color(_ROLES.PlaceholderText)
        self._accent = shown.color(_ROLES.Highlight)

    def paint_ground(self) -> None:
        """Draw the ground and the band of the look-back."""
        picture, painter = self._picture, self._painter
        ground = QRectF(0, picture.top, picture.width, picture.foot - picture.top)
        first, service = self._ends()
        band = QRectF(first, ground.top(), service - first, ground.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._paper)
        painter.drawRoundedRect(ground, 4, 4)
        painter.fillRect(band, mixed(self._paper, self._accent, 0.14))

    def paint_months(self) -> None:
        """Draw the months along the foot."""
        picture, painter, em = self._picture, self._painter, self._picture.em
        painter.setPen(QPen(self._faint, 1))
        painter.drawLine(QPointF(0, picture.foot), QPointF(picture.width, picture.foot))
        for tick in picture.ticks:
            painter.setPen(QPen(self._faint, 1))
            painter.drawLine(QPointF(tick.x, picture.foot), QPointF(tick.x, picture.foot + 0.3 * em))
            below = QPointF(tick.x + 3, picture.foot + 1.05 * em)
            painter.setPen(self._faint)
            painter.drawText(below, tick.month)
            painter.setPen(self._text)
            painter.drawText(below + QPointF(0, em), tick.year)

    def paint_ends(self) -> None:
        """Draw a broken line for the first day, a full one for the service, each with its date."""
        picture, painter = self._picture, self._painter
        for x, box, text, style in zip(
            self._ends(),
            (picture.first_label, picture.service_label),
            head_texts(picture.look),
            (Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine),
            strict=True,
        ):
            painter.setPen(QPen(self._accent, 1.5, style))
            for top, bottom in _around(x, box.bottom, picture):
                painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            painter.setPen(self._text)
            painter.drawText(_rect(box), Qt.AlignmentFlag.AlignVCenter, text)

    def paint_entries(self) -> None:
        """Draw every entry, or say that there is none."""
        picture, painter = self._picture, self._painter
        for label in (*picture.labels, *picture.undated):
            self._paint_label(label)
        if not picture.look.entries:
            painter.setPen(self._faint)
            room = QRectF(0, picture.top, picture.width, picture.foot - picture.top)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "No prior procedures are entered.")

    def _paint_label(self, label: Label) -> None:
        painter, em = self._painter, self._picture.em
        middle = QPointF(label.x, label.box.top + em / 2)
        ink = self._ink(label.entry)
        _SHAPES[label.entry.counts](painter, middle, 0.4 * em, ink, self._paper)
        if label.is_beyond:
            _arrow(painter, middle, em, ink, is_left=label.x < self._picture.width / 2)
        painter.setPen(self._text)
        side = Qt.AlignmentFlag.AlignLeft if label.is_right else Qt.AlignmentFlag.AlignRight
        painter.drawText(_rect(label.box), _WRAPPED | side.value, entry_text(label.entry))

    def _ink(self, entry: LookBackEntry) -> QColor:
        """Return the color of a mark; its shape and its words say the same."""
        if not entry.matters:
            return color(Tone.INFO, self._shown)
        is_clear = entry.counts is Outcome.MET and entry.place is EntryPlace.INSIDE
        return color(Tone.ERROR if is_clear else Tone.UNKNOWN, self._shown)

    def _ends(self) -> tuple[float, float]:
        look, scale = self._picture.look, self._picture.scale
        return scale.x(look.first_day), scale.x(look.service)


def _rect(box: TextBox) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)


def _around(x: float, top: float, picture: Picture) -> Iterator[tuple[float, float]]:
    """Yield the parts of an upright line that run through no text."""
    boxes = [label.box for label in picture.labels if label.box.left - 2 <= x <= label.box.right + 2]
    for box in sorted(boxes, key=lambda each: each.top):
        yield top, box.top
        top = box.bottom
    yield top, picture.foot


def _lozenge(middle: QPointF, half: float) -> QPolygonF:
    return QPolygonF([middle + QPointF(x * half, y * half) for x, y in ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))])


def _full(painter: QPainter, middle: QPointF, half: float, ink: QColor, _: QColor) -> None:
    """A full lozenge: a kind that counts."""
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink)
    painter.drawPolygon(_lozenge(middle, half))


def _open(painter: QPainter, middle: QPointF, half: float, ink: QColor, paper: QColor) -> None:
    """An empty lozenge: needs review."""
    painter.setPen(QPen(ink, 2))
    painter.setBrush(paper)
    painter.drawPolygon(_lozenge(middle, half))


def _ring(painter: QPainter, middle: QPointF, half: float, ink: QColor, paper: QColor) -> None:
    """A ring: a kind that does not count."""
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(paper)
    painter.drawEllipse(middle, half * 0.8, half * 0.8)


def _arrow(painter: QPainter, middle: QPointF, em: float, ink: QColor, *, is_left: bool) -> None:
    """A small arrow outward: the day is beyond the edge."""
    way = -1 if is_left else 1
    tip = middle + QPointF(way * 0.85 * em, 0)
    painter.setPen(QPen(ink, 1.5))
    for side in (-1, 1):
        painter.drawLine(tip, tip + QPointF(-way * 0.22 * em, side * 0.25 * em))


_SHAPES: Final[dict[Outcome, Callable[[QPainter, QPointF, float, QColor, QColor], None]]] = {
    Outcome.MET: _full,
    Outcome.UNKNOWN: _open,
    Outcome.NOT_MET: _ring,
}
