"""Calibrating a printer: print the test page, hold a ruler to it, type what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.rules.layout import FormLayout
from mild_biller.errors import OutputError
from mild_biller.gui import dialogs
from mild_biller.gui.claim_preview.printing import letter_printer, print_document
from mild_biller.gui.style.theme import outline
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.pdf_document import document_of
from mild_biller.output.claim_form.calibration import (
    APART,
    FROM_LEFT,
    FROM_TOP,
    INCH,
    Correction,
    Unit,
    correction,
    fault,
    read_length,
)
from mild_biller.output.claim_form.calibration import hint as oddity
from mild_biller.output.claim_form.render import PrintStyle, alignment_page
from mild_biller.settings import Calibration

FIRST = "1. Print the test page on plain paper, at 100%, with the printer that prints your forms."
SECOND = (
    "2. Measure with a ruler to the cross near the upper left corner, and to the one near the upper right corner. "
    "Enter what it shows."
)
NO_PRINTER = "Choose the printer first: print the test page."
UNREADABLE = "Enter all three lengths, e.g., 0.5, 12.7 or 7 1/2."
WIDTH = 62  # characters
BELONGS = {
    "from_left": ("From the left edge to the cross", FROM_LEFT),
    "from_top": ("From the top edge to the cross", FROM_TOP),
    "apart": ("From this cross to the right one", APART),
}


class Calibrate(QWidget):
    """The printer, three lengths, and what follows from them."""

    def __init__(self, layout: FormLayout) -> None:
        super().__init__()
        self._layout = layout
        self.printers = QComboBox()
        self.printers.setAccessibleName("Printer")
        explain(self.printers, "The printer that prints your forms.")
        self.printers.addItems(QPrinterInfo.availablePrinterNames())
        self.test = QPushButton("&Print the test page…")
        self.test.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.test.clicked.connect(self._print)
        explain(self.test, FIRST)
        self.unit = QComboBox()
        self.unit.setAccessibleName("Unit")
        explain(self.unit, "The unit of the three lengths.")
        for unit in Unit:
            self.unit.addItem(unit.value, unit.value)
        self.lengths = {name: QLineEdit() for name in BELONGS}
        for field in (self.printers, self.unit, *self.lengths.values()):
            outline(field)
        self.result = _words("")
        self.result.setAccessibleName("Result")
        self._lay_out()
        self.unit.currentIndexChanged.connect(self._follow)
        for length in self.lengths.values():
            length.textChanged.connect(self._follow)
        self._follow()

    @property
    def printer(self) -> str:
        """The name of the printer, nothing while none is chosen."""
        return self.printers.currentText()

    def measured(self) -> Correction | None:
        """Return what follows from the lengths, None while one of them is missing."""
        unit = Unit(self.unit.currentData())
        read = {name: read_length(length.text(), unit=unit) for name, length in self.lengths.items()}
        known = {name: points for name, points in read.items() if points is not None}
        return correction(**known) if len(known) == len(BELONGS) and known["apart"] > 0 else None

    def fault(self) -> str:
        """Return why nothing can be kept yet, nothing when it can."""
        if not self.printer:
            return NO_PRINTER
        measured = self.measured()
        return fault(measured) if measured is not None else UNREADABLE

    def chosen(self) -> Calibration:
        """Return what is to be kept; only while there is no fault."""
        measured = self.measured() or Correction()
        return Calibration(nudge_right=measured.right, nudge_down=measured.down, scale=measured.scale)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the words need at the size of text that is set."""
        super().showEvent(event)
        width = self.fontMetrics().averageCharWidth() * WIDTH
        self.setMinimumSize(width, self._column.heightForWidth(width))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("P&rinter", self.printers)
        form.addRow("", self.test)
        ruler = QFormLayout()
        ruler.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        ruler.addRow("&Unit", self.unit)
        for name, (words, _) in BELONGS.items():
            self.lengths[name].setAccessibleName(words)
            ruler.addRow(words, self.lengths[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_words(FIRST))
        column.addLayout(form)
        column.addWidget(_words(SECOND))
        column.addLayout(ruler)
        column.addWidget(self.result)
        self._column = column

    def _follow(self) -> None:
        """Show what belongs where, and what follows from what is typed."""
        unit = Unit(self.unit.currentData())
        for name, (_, points) in BELONGS.items():
            digits = 2 if unit is Unit.INCHES else 1
            exact = f"exact: {points / unit.points:.{digits}f}"
            self.lengths[name].setPlaceholderText(exact)
            self.lengths[name].setAccessibleDescription(f"In {unit.value}, {exact}")
        measured = self.measured()
        self.result.setText(_said(measured) if measured is not None else UNREADABLE)

    def _print(self) -> None:
        """Print the test page as the printer is, without any correction."""
        printer = letter_printer()
        if self.printer:
            printer.setPrinterName(self.printer)
        if not dialogs.choose_printer(self, printer):
            return
        name = printer.printerName()
        if name and self.printers.findText(name) < 0:
            self.printers.addItem(name)
        self.printers.setCurrentText(name)
        document, buffer = document_of(alignment_page(self._layout, style=PrintStyle()), owner=self)
        try:
            print_document(document, printer)
        except OutputError as error:
            dialogs.tell(self, str(error))
        document.deleteLater()
        buffer.deleteLater()


def _said(measured: Correction) -> str:
    wrong = fault(measured)
    if wrong:
        return wrong
    across, down = _moved(measured.right, "right", "left"), _moved(measured.down, "down", "up")
    text = f"The data will move {across} and {down}, at {measured.scale * 100:.2f}% of the size."
    return f"{text}\n{oddity(measured)}".strip()


def _moved(points: float, ahead: str, back: str) -> str:
    return f"{abs(points) / INCH:.3f} in ({points:+.1f} pt) {ahead if points >= 0 else back}"


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
