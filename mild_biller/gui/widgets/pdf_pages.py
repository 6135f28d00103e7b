"""A scrolling view of the pages of a PDF: pictures of exactly the bytes shown, blank paper until they arrive.

It has zoom, scroll bars and links inside the file, and keeps the reader's position when the bytes change.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from mild_biller.gui.widgets.pdf_drawer import InnerLink, OpenedPdf, PageOrder, PagePicture, PdfContent, PdfDrawer
from mild_biller.presentation.claim.sheet_geometry import SheetArea, Sheets, Spot

STEP = 1.2
LEAST, MOST = 0.25, 5.0
MARGIN, SPACING = 6, 3  # pixels around the pages and between them
LINE = 20  # pixels that an arrow key scrolls
POINTS_PER_INCH = 72
MOST_DOTS = 25_000_000  # of one picture; a larger page is drawn at a lower resolution
KEPT_DOTS = 16_000_000  # of pages that were scrolled out of sight
PATIENCE = 300  # milliseconds until the paper says that the page is loading
LOADING = "Loading this page…"
FAILED = "This page cannot be shown here. Export the PDF and open it in another program."
PAPER, INK = QColor("#ffffff"), QColor("#404040")  # in any palette


class PdfPages(QAbstractScrollArea):
    """Shows pages below each other, as wide as the view or at a chosen zoom."""

    opened = Signal()  # the number and sizes of the pages are known
    shown = Signal()  # the latest content is on the screen; emitted once after each `announce`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: PdfContent | None = None
        self._sizes: tuple[tuple[float, float], ...] | None = None  # None until they are known
        self._pictures: dict[int, PagePicture] = {}
        self._zoom: float | None = None  # None: as wide as the view
        self._is_awaited = False
        self._drawer = PdfDrawer(self)
        self._drawer.opened.connect(self._open)
        self._drawer.drawn.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.viewport().update)
        self.viewport().setMouseTracking(True)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(LINE)

    @property
    def content(self) -> bytes | None:
        """The bytes shown."""
        return self._content.pdf if self._content is not None else None

    @property
    def page_count(self) -> int:
        """The number of pages; 0 until it is known."""
        return len(self._sizes or ())

    @property
    def count_words(self) -> str:
        """The number of pages in words, empty if there is none."""
        count = self.page_count
        return "" if not count else "1 page" if count == 1 else f"{count} pages"

    @property
    def pictures(self) -> Mapping[int, PagePicture]:
        """The drawn pages by number."""
        return self._pictures

    @property
    def zoom(self) -> float:
        """The visible zoom, also while the pages follow the width of the view."""
        if self._zoom is not None:
            return self._zoom
        if not self._sizes:
            return 1.0
        room = self.viewport().width() - 2 * MARGIN
        return room * POINTS_PER_INCH / (self._sizes[0][0] * self.logicalDpiX())

    @property
    def is_shown(self) -> bool:
        """Return True if each visible page is drawn, or is known to be impossible to draw."""
        if self._content is None:
            return True
        return self._sizes is not None and not any(True for _ in self._lacking())

    def show_pdf(self, content: bytes | None) -> None:
        """Show other bytes, or none, and keep the reader's position."""
        if content == self.content:
            return
        self._content = PdfContent(content) if content is not None else None
        self._sizes = None
        self._pictures.clear()
        self._patience.start()
        self.viewport().update()
        if content is None:
            self._arrange()
        self._drawer.open(self._content)

    def announce(self) -> None:
        """Emit `shown` once each visible page is drawn, immediately if that is so now."""
        self._is_awaited = True
        self._tell()

    def zoom_by(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        self._resize(min(MOST, max(LEAST, self.zoom * factor)))

    def fit(self) -> None:
        """Make the pages as wide as the view."""
        self._resize(None)

    def sheets(self) -> Sheets:
        """Return how the pages lie at this zoom."""
        return self._sheets(self.viewport().width())

    def is_live(self, place: QPointF) -> bool:
        """Return True if a click at a position of the viewport has an effect."""
        return self._link_at(place) is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the pages again."""
        super().resizeEvent(event)
        self._arrange()
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Request the pages that become visible."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep no picture while the view is hidden."""
        super().hideEvent(event)
        self._pictures.clear()
        self._drawer.want(())

    def scrollContentsBy(self, right: int, down: int) -> None:
        """Request the pages that become visible."""
        super().scrollContentsBy(right, down)
        self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Change the pointer over what can be clicked."""
        super().mouseMoveEvent(event)
        shape = Qt.CursorShape.PointingHandCursor if self.is_live(event.position()) else Qt.CursorShape.ArrowCursor
        if shape is not self.viewport().cursor().shape():
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link inside the file."""
        super().mouseReleaseEvent(event)
        link = self._link_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if link is not None and link.page <= self.page_count:
            place = self.sheets().shown(link.page, SheetArea(0, link.down, 0, 0))
            self.verticalScrollBar().setValue(round(place.y) - MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible pages: paper, and on it the picture of these bytes."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().brush(QPalette.ColorRole.Dark))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._sizes == ():
            _say(painter, self.viewport().rect(), FAILED)
        for page, area in self._in_sight():
            self._draw(painter, area, self._pictures.get(page))
        painter.end()

    def _draw(self, painter: QPainter, area: QRect, picture: PagePicture | None) -> None:
        if picture is not None and not picture.image.isNull():
            painter.fillRect(area, PAPER)  # the picture is transparent
            painter.drawImage(area, picture.image)
        elif picture is not None:
            _say(painter, area, FAILED)
        else:
            _say(painter, area, "" if self._patience.isActive() else LOADING)

    def _open(self, told: OpenedPdf) -> None:
        if told.content is not self._content:
            return
        self._sizes = told.sizes
        self._arrange()
        self._ask()
        self.opened.emit()
        self._tell()

    def _take(self, picture: PagePicture) -> None:
        """Take a page; ignore a late one of other bytes, and one that arrives while the view is hidden."""
        if picture.content is not self._content or not self.isVisible():
            return
        self._pictures[picture.order.page] = picture
        self._let_go()
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        if self._is_awaited and self.is_shown:
            self._is_awaited = False
            self.shown.emit()

    def _resize(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._patience.start()
        self._arrange()
        self._ask()
        self.viewport().update()

    def _sheets(self, room: int) -> Sheets:
        return Sheets(
            sizes=self._sizes or (),
            pixels=self.logicalDpiX() / POINTS_PER_INCH,
            zoom=self._zoom,
            room=room,
            margins=(MARGIN, MARGIN, MARGIN, MARGIN),
            spacing=SPACING,
        )

    def _arrange(self) -> None:
        """Set the scroll bars; in fit mode the vertical one must not switch on and off by turns."""
        if self._content is not None and self._sizes is None:
            return  # keep the position
        least, most = self.viewport().size(), self.maximumViewportSize()
        whole = self._sheets(most.width()).extent()
        across = down = 0
        if whole.width > most.width() or whole.height > most.height():
            whole = self.sheets().extent()
            across = round(whole.width) - least.width()
            down = max(round(whole.height) - least.height(), 1 if self._zoom is None else 0)
        for bar, more, step in (
            (self.horizontalScrollBar(), across, least.width()),
            (self.verticalScrollBar(), down, least.height()),
        ):
            bar.setPageStep(step)
            bar.setRange(0, max(0, more))

    def _ask(self) -> None:
        if self._sizes and self.isVisible():
            self._drawer.want(tuple(self._lacking()))

    def _lacking(self) -> Iterator[PageOrder]:
        """Yield the visible pages that are not drawn in the right size."""
        for page, area in self._in_sight():
            order = self._order(page, area)
            if page not in self._pictures or self._pictures[page].order != order:
                yield order

    def _order(self, page: int, area: QRect) -> PageOrder:
        ratio = self.devicePixelRatioF()
        wanted = area.width() * area.height() * ratio * ratio
        fine = ratio * min(1.0, (MOST_DOTS / max(1.0, wanted)) ** 0.5)
        return PageOrder(page, max(1, round(area.width() * fine)), max(1, round(area.height() * fine)))

    def _in_sight(self) -> Iterator[tuple[int, QRect]]:
        """Yield the visible pages with their rectangles in the viewport."""
        room = self.viewport().rect()
        right, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for page, area in enumerate(self.sheets().areas(), start=1):
            shown = QRect(round(area.x) - right, round(area.y) - down, round(area.width), round(area.height))
            if shown.intersects(room):
                yield page, shown

    def _let_go(self) -> None:
        """Drop pictures of hidden pages beyond a limit, the most distant pages first."""
        seen = {page for page, _ in self._in_sight()}
        middle = sum(seen) / len(seen) if seen else 0
        room = KEPT_DOTS
        for page in sorted(self._pictures.keys() - seen, key=lambda each: abs(each - middle)):
            room -= self._pictures[page].order.width * self._pictures[page].order.height
            if room < 0:
                del self._pictures[page]

    def _spot(self, place: QPointF) -> Spot | None:
        right, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return self.sheets().spot(place.x() + right, place.y() + down)

    def _link_at(self, place: QPointF) -> InnerLink | None:
        spot = self._spot(place)
        if spot is None or self._content is None:
            return None
        links = self._drawer.links(self._content, spot.page)
        return next((link for link in links if link.area.holds(spot.x, spot.y)), None)


def _say(painter: QPainter, area: QRect, text: str) -> None:
    """Paint blank paper with a line of text."""
    painter.fillRect(area, PAPER)
    painter.setPen(INK)
    inside = QRectF(area).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
