"""A drawer of pages that never hurries: a test says when a page comes, and which."""

from collections.abc import Sequence
from io import BytesIO

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from mild_biller.gui.widgets.pdf_drawer import InnerLink, OpenedPdf, PageOrder, PagePicture, PdfContent
from mild_biller.gui.widgets.pdf_pages import PdfPages

OLD, NEW = "#c00000", "#00a000"
LETTER = (612.0, 792.0)


class LateDrawer(QObject):
    """Stands for a `PdfDrawer`: tells the pages of what it is given at once, and draws none by itself."""

    opened = Signal(object)
    drawn = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.given: list[PdfContent] = []
        self.wanted: tuple[PageOrder, ...] = ()

    def open(self, content: PdfContent | None) -> None:
        """Take other bytes, of one page."""
        self.wanted = ()
        if content is not None:
            self.given.append(content)
            self.opened.emit(OpenedPdf(content, (LETTER,)))

    def want(self, orders: Sequence[PageOrder]) -> None:
        """Note what is wanted."""
        self.wanted = tuple(orders)

    def links(self, content: PdfContent, page: int) -> tuple[InnerLink, ...]:
        """Return none."""
        return ()

    def deliver(self, content: PdfContent, color: str) -> None:
        """Bring the first page of some bytes at last, in one color."""
        order = next(iter(self.wanted), PageOrder(1, 600, 776))
        image = QImage(order.width, order.height, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        self.drawn.emit(PagePicture(content, order, image))


def drawer_of(view: PdfPages) -> LateDrawer:
    """Return what draws for a view."""
    found = view.findChild(LateDrawer)
    assert isinstance(found, LateDrawer)
    return found


def colors(view: PdfPages) -> set[str]:
    """Return the colors on the screen along a line across the middle of the view."""
    picture = view.viewport().grab().toImage()
    row = picture.height() // 2
    return {picture.pixelColor(x, row).name() for x in range(picture.width())}


def colored(color: str, *, pages: int = 1, layers: int = 1) -> bytes:
    """Return pages full of one color; the more layers of it, the longer each takes to draw."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pagesize=LETTER)
    for _ in range(pages):
        canvas.setFillColor(HexColor(color))
        for _ in range(layers):
            canvas.rect(0, 0, *LETTER, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
