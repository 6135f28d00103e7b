"""Draws the pages of a PDF in a thread of Qt: bytes in, pictures out, each with the content it was drawn from.

A picture may arrive late. A view compares the `content` of the picture with the content it shows, so it never shows a
page of other bytes. This module knows no cases and no widgets; a drawer in another process can replace it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLoggingCategory, QModelIndex, QObject, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfLinkModel, QPdfPageRenderer

from mild_biller.gui.widgets.pdf_document import document_of
from mild_biller.presentation.claim.sheet_geometry import SheetArea

NO_WARNINGS = "qt.pdf.links.warning=false"  # Qt warns about each link to a page without a position on it


@dataclass(frozen=True, eq=False, slots=True)
class PdfContent:
    """The bytes of a PDF, shown once. Two contents are never equal, even if their bytes are."""

    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """The width and height of each page in points; no page if the bytes cannot be read."""

    content: PdfContent
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PageOrder:
    """A page to draw, counted from 1, with the width and height of the picture in dots."""

    page: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class InnerLink:
    """A link to a page of the same file: its area in points, the page, and the distance from the top of that page."""

    area: SheetArea
    page: int
    down: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page; the image is null if the page could not be drawn."""

    content: PdfContent
    order: PageOrder
    image: QImage


class PdfDrawer(QObject):
    """Draws one page at a time. Opens other bytes only after the page in progress, so the UI thread never waits."""

    opened = Signal(object)  # an OpenedPdf
    drawn = Signal(object)  # a PagePicture, possibly of a content that is no longer open

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        QLoggingCategory.setFilterRules(NO_WARNINGS)
        self._content: PdfContent | None = None
        self._source: _Source | None = None
        self._orders: deque[PageOrder] = deque()
        self._in_progress: PageOrder | None = None

    def open(self, content: PdfContent | None) -> None:
        """Open another content, or none, and drop the orders of the previous one."""
        self._content = content
        self._orders.clear()
        self._go_on()

    def want(self, orders: Sequence[PageOrder]) -> None:
        """Draw these pages of the open content in this order; earlier orders are dropped."""
        in_progress = self._in_progress if self._is_up_to_date else None
        self._orders = deque(each for each in orders if each != in_progress)
        self._go_on()

    def links(self, content: PdfContent, page: int) -> tuple[InnerLink, ...]:
        """Return the links of a page to other pages; none while another page is being drawn, to avoid a wait."""
        is_ready = self._in_progress is None and self._source is not None and self._source.content is content
        return self._source.links(page) if is_ready and self._source is not None else ()

    @property
    def _is_up_to_date(self) -> bool:
        return (self._source.content if self._source is not None else None) is self._content

    def _go_on(self) -> None:
        if self._in_progress is None and not self._is_up_to_date:
            self._change()
        if self._in_progress is None and self._source is not None and self._orders:
            self._in_progress = self._orders.popleft()
            self._source.draw(self._in_progress)

    def _change(self) -> None:
        if self._source is not None:
            self._source.deleteLater()
            self._source = None
        if self._content is not None:
            self._source = _Source(self._content, drawer=self)
            self._source.renderer.pageRendered.connect(self._take)
            self.opened.emit(OpenedPdf(self._content, self._source.sizes))

    def _take(self, page: int, size: QSize, image: QImage, how: QPdfDocumentRenderOptions, number: int) -> None:
        source, order, self._in_progress = self._source, self._in_progress, None
        assert source is not None
        assert order is not None
        self.drawn.emit(PagePicture(source.content, order, image))
        self._go_on()


class _Source(QObject):
    """One document, which never gets other bytes, and its renderer."""

    def __init__(self, content: PdfContent, *, drawer: PdfDrawer) -> None:
        super().__init__(drawer)
        self.content = content
        self.renderer = QPdfPageRenderer(self)  # the first child is deleted first, before its document
        self._model = QPdfLinkModel(self)
        self._links: dict[int, tuple[InnerLink, ...]] = {}
        self._document, self._buffer = document_of(content.pdf, owner=self)
        pages = range(self._document.pageCount())
        self.sizes = tuple(_size(self._document, page) for page in pages)
        self.renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self.renderer.setDocument(self._document)

    def draw(self, order: PageOrder) -> None:
        """Draw a page; the signal of the renderer delivers it."""
        self.renderer.requestPage(order.page - 1, QSize(order.width, order.height))

    def links(self, page: int) -> tuple[InnerLink, ...]:
        """Return the links of a page to other pages, read on first use."""
        if page not in self._links:
            self._links[page] = tuple(self._read_links(page))
        return self._links[page]

    def _read_links(self, page: int) -> Iterator[InnerLink]:
        role = QPdfLinkModel.Role
        self._model.setDocument(self._document)
        self._model.setPage(page - 1)
        for row in range(self._model.rowCount(QModelIndex())):
            index = self._model.index(row)
            target: int = index.data(role.Page.value)
            area: QRectF = index.data(role.Rectangle.value)
            place: QPointF = index.data(role.Location.value)
            if target >= 0:
                yield InnerLink(SheetArea(area.x(), area.y(), area.width(), area.height()), target + 1, place.y())


def _size(document: QPdfDocument, page: int) -> tuple[float, float]:
    size = document.pagePointSize(page)
    return max(1.0, size.width()), max(1.0, size.height())
