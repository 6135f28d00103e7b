"""A PDF onto paper at its true size: one sheet a page, whole sheet, no margins, never scaled to fit."""

from PySide6.QtCore import QMarginsF, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from mild_biller.errors import OutputError

POINTS_PER_INCH = 72
FINEST = 600  # dots an inch; finer pictures of a page only take memory


def letter_printer() -> QPrinter:
    """Return a printer set to a letter sheet without margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    _whole_sheet(printer)
    return printer


def print_document(document: QPdfDocument, printer: QPrinter) -> None:
    """Print every page at 100 %. Raises `OutputError` when the printer does not take it."""
    printer.setFullPage(True)
    _whole_sheet(printer)
    painter = QPainter()
    if not painter.begin(printer):
        raise OutputError("The printer could not be started. Choose another printer.")
    is_whole = True
    try:
        for page in range(document.pageCount()):
            if page and not printer.newPage():
                is_whole = False
                break
            _print_page(document, page, painter, printer)
    finally:
        is_whole = painter.end() and is_whole
    if not is_whole:
        raise OutputError("The printer stopped before the last page. Check the printer, then print again.")


def _whole_sheet(printer: QPrinter) -> None:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)


def _print_page(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    """Draw one page; its place is counted from the sheet's corner, whatever the printer cannot reach."""
    points = document.pagePointSize(page)
    fine = min(printer.resolution(), FINEST) / POINTS_PER_INCH
    picture = document.render(page, QSize(round(points.width() * fine), round(points.height() * fine)))
    coarse = printer.resolution() / POINTS_PER_INCH
    corner = (
        printer.paperRect(QPrinter.Unit.DevicePixel).topLeft() - printer.pageRect(QPrinter.Unit.DevicePixel).topLeft()
    )
    painter.drawImage(QRectF(corner.x(), corner.y(), points.width() * coarse, points.height() * coarse), picture)
