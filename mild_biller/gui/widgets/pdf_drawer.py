"""Draws the pages of a PDF in a thread of Qt's own: bytes in, pictures out, each with the bytes it was drawn from.

A picture may come late. The view that shows it compares its `content` with what is to be shown, and so never shows a
page of other bytes. Nothing here knows of cases or widgets: a process of its own can take this place.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLoggingCategory, QModelIndex, QObject, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfLinkModel, QPdfPageRenderer

from mild_biller.gui.widgets.pdf_document import document_of
from mild_biller.presentation.claim.sheet_geometry import SheetArea

NO_WARNINGS = "qt.pdf.links.warning=false"  # of every link that leads to a page and to no place on it


@dataclass(frozen=True, eq=False, slots=True)
class PdfContent:
    """The bytes of a PDF for one showing: equal to itself alone, whatever the bytes of another are."""

    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """The width and height of every page in points; of bytes that cannot be read there is none."""

    content: PdfContent
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PageOrder:
    """A page, counted from 1, and how many dots wide and high its picture is to be."""

    page: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class InnerLink:
    """An area of a page, in points, that leads to a page, and how far down on it."""

    area: SheetArea
    page: int
    down: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as drawn; the image is null where it could not be."""

    content: PdfContent
    order: PageOrder
    image: QImage


class PdfDrawer(QObject):
    """Draws one page at a time. Other bytes are opened once the page in hand is done: nobody has to wait for it."""

    opened = Signal(object)  # an OpenedPdf
    drawn = Signal(object)  # a PagePicture, perhaps of bytes that nobody wants any more

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        QLoggingCategory.setFilterRules(NO_WARNINGS)
        self._content: PdfContent | None = None
        self._source: _Source | None = None
        self._orders: deque[PageOrder] = deque()
        self._in_hand: PageOrder | None = None

    def open(self, content: PdfContent | None) -> None:
        """Open other bytes, or none, and forget what was wanted of the former ones."""
        self._content = content
        self._orders.clear()
        self._go_on()

    def want(self, orders: Sequence[PageOrder]) -> None:
        """Draw these pages of the bytes that are open, the first one first, and none that was wanted before."""
        in_hand = self._in_hand if self._is_up_to_date else None
        self._orders = deque(each for each in orders if each != in_hand)
        self._go_on()

    def links(self, content: PdfContent, page: int) -> tuple[InnerLink, ...]:
        """Return the links of a page that lead to pages, none while they would have to be waited for."""
        is_at_hand = self._in_hand is None and self._source is not None and self._source.content is content
        return self._source.links(page) if is_at_hand and self._source is not None else ()

    @property
    def _is_up_to_date(self) -> bool:
        return (self._source.content if self._source is not None else None) is self._content

    def _go_on(self) -> None:
        if self._in_hand is None and not self._is_up_to_date:
            self._change()
        if self._in_hand is None and self._source is not None and self._orders:
            self._in_hand = self._orders.popleft()
            self._source.draw(self._in_hand)

    def _change(self) -> None:
        if self._source is not None:
            self._source.deleteLater()
            self._source = None
        if self._content is not None:
            self._source = _Source(self._content, drawer=self)
            self._source.renderer.pageRendered.connect(self._take)
            self.opened.emit(OpenedPdf(self._content, self._source.sizes))

    def _take(self, page: int, size: QSize, image: QImage, how: QPdfDocumentRenderOptions, number: int) -> None:
        source, order, self._in_hand = self._source, self._in_hand, None
        assert source is not None
        assert order is not None
        self.drawn.emit(PagePicture(source.content, order, image))
        self._go_on()


class _Source(QObject):
    """A document that is never given other bytes, and what draws it."""

    def __init__(self, content: PdfContent, *, drawer: PdfDrawer) -> None:
        super().__init__(drawer)
        self.content = content
        self.renderer = QPdfPageRenderer(self)  # the first child goes first: before the document it may be drawing
        self._model = QPdfLinkModel(self)
        self._links: dict[int, tuple[InnerLink, ...]] = {}
        self._document, self._buffer = document_of(content.pdf, owner=self)
        pages = range(self._document.pageCount())
        self.sizes = tuple(_size(self._document, page) for page in pages)
        self.renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self.renderer.setDocument(self._document)

    def draw(self, order: PageOrder) -> None:
        """Draw a page; it comes by the signal of the renderer."""
        self.renderer.requestPage(order.page - 1, QSize(order.width, order.height))

    def links(self, page: int) -> tuple[InnerLink, ...]:
        """Return the links of a page that lead to pages; they are read when they are first asked for."""
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
