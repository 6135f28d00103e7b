"""A PDF to look at: pages, zoom, and the reader's place kept when the bytes change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from mild_biller.gui.flow import Bar
from mild_biller.gui.tab_order import put_in_order
from mild_biller.gui.tips import explain

STEP = 1.2
LEAST, MOST = 0.25, 5.0


class PdfPane(QWidget):
    """Shows bytes as pages; `extra` stands beside the zoom."""

    def __init__(self, name: str, *, extra: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.content: bytes | None = None
        # Both belong to this panel: a document that is a child of its own view crashes as they go (trap 1).
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription("Pages to look at; the arrow keys scroll them.")
        self.pages = QLabel()
        smaller = _button("−", f"Smaller: {name}", "Shows the pages smaller.", lambda: self.zoom(1 / STEP))
        larger = _button("+", f"Larger: {name}", "Shows the pages larger.", lambda: self.zoom(STEP))
        fit = _button("Fit", f"As wide as the panel: {name}", "Makes the pages as wide as the panel.", self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Bar((smaller, larger, fit, self.pages, *extra)))
        column.addWidget(self.view, 1)
        column.addStretch(0)
        put_in_order(self, (smaller, larger, fit, *extra, self.view))
        self.view.hide()

    def show_pdf(self, content: bytes | None) -> None:
        """Show other bytes, or none, and stay where the reader was."""
        if content == self.content:
            return
        self.content = content
        bars = (self.view.horizontalScrollBar(), self.view.verticalScrollBar())
        places = [bar.value() for bar in bars]
        self.document.close()
        self._buffer.close()
        if content is not None:
            self._buffer.setData(QByteArray(content))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)
        self.view.setVisible(content is not None)
        count = self.document.pageCount()
        self.pages.setText("" if not count else "1 page" if count == 1 else f"{count} pages")

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        shown = self._shown_zoom() * factor
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(MOST, max(LEAST, shown)))

    def fit(self) -> None:
        """Make the pages as wide as the panel."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _shown_zoom(self) -> float:
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom or not self.document.pageCount():
            return self.view.zoomFactor()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        return room / (self.document.pagePointSize(0).width() * self.logicalDpiX() / 72)


def _button(text: str, name: str, what: str, action: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    explain(button, what)
    button.clicked.connect(action)
    return button
