"""The pages of a PDF in a view: other bytes at the same place, and the zoom as a person sees it."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QToolButton, QWidget

from mild_biller.gui.style.tips import explain

STEP = 1.2
LEAST, MOST = 0.25, 5.0
POINTS_PER_INCH = 72


class PdfPages:
    """The document of a view. It is the panel's, as one that is a child of its own view crashes as both go."""

    def __init__(self, view: QPdfView, *, panel: QWidget) -> None:
        self.document = QPdfDocument(panel)
        self._buffer = QBuffer(panel)
        self._view = view
        view.setDocument(self.document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def load(self, content: bytes | None) -> None:
        """Show other bytes, or none, and stay where the reader was."""
        bars = (self._view.horizontalScrollBar(), self._view.verticalScrollBar())
        places = [bar.value() for bar in bars]
        self.document.close()
        self._buffer.close()
        if content is not None:
            self._buffer.setData(QByteArray(content))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    @property
    def zoom(self) -> float:
        """The zoom as a person sees it, even while it follows the width."""
        if self._view.zoomMode() is QPdfView.ZoomMode.Custom or not self.document.pageCount():
            return self._view.zoomFactor()
        margins = self._view.documentMargins()
        room = self._view.viewport().width() - margins.left() - margins.right()
        return room / (self.document.pagePointSize(0).width() * self._view.logicalDpiX() / POINTS_PER_INCH)

    def zoom_by(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        zoom = min(MOST, max(LEAST, self.zoom * factor))
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(zoom)

    def fit(self) -> None:
        """Make the pages as wide as the view."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def count(self) -> str:
        """Return how many pages there are, nothing for none."""
        count = self.document.pageCount()
        return "" if not count else "1 page" if count == 1 else f"{count} pages"


def small_button(text: str, name: str, what: str, action: Callable[[], object] | None = None) -> QToolButton:
    """Return a button as they stand above pages; `name` for those who cannot see it, `what` it does."""
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    explain(button, what)
    if action is not None:
        button.clicked.connect(action)
    return button
