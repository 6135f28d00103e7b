"""A PDF to look at: pages, zoom, and the reader's place kept when the bytes change."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mild_biller.gui.style.buttons import small_button
from mild_biller.gui.widgets.flow import Bar
from mild_biller.gui.widgets.pdf_pages import STEP, PdfPages
from mild_biller.gui.widgets.tab_order import put_in_order


class PdfPane(QWidget):
    """Shows bytes as pages; `extra` is next to the zoom."""

    shown = Signal()  # what was given last is in sight

    def __init__(self, name: str, *, extra: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.view = PdfPages(self)
        self.view.opened.connect(self._count)
        self.view.shown.connect(self.shown)
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription("Pages; the arrow keys scroll them.")
        self.pages = QLabel()
        smaller = small_button("−", f"Smaller: {name}", "Shows the pages smaller.", lambda: self.zoom(1 / STEP))
        larger = small_button("+", f"Larger: {name}", "Shows the pages larger.", lambda: self.zoom(STEP))
        fit = small_button("Fit", f"Fit to width: {name}", "Fits the pages to the width of the panel.", self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._bar = Bar((smaller, larger, fit, self.pages, *extra))
        column.addWidget(self._bar)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        put_in_order(self, (smaller, larger, fit, *extra, self.view))
        self.view.hide()

    def show_pdf(self, content: bytes | None) -> None:
        """Show other bytes, or none, and stay where the reader was."""
        if content != self.view.content:
            self.view.setVisible(content is not None)
            self.view.show_pdf(content)
            self._count()
        self.view.announce()

    def zoom(self, factor: float) -> None:
        """Make the pages larger or smaller."""
        self.view.zoom_by(factor)

    def fit(self) -> None:
        """Make the pages as wide as the panel."""
        self.view.fit()

    def _count(self) -> None:
        self.pages.setText(self.view.count_words)
        self._bar.settle()
