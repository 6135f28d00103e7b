"""The filled form as it will print: pages, zoom, with the form or the data alone; the source of export and print."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSplitter, QVBoxLayout, QWidget

from mild_biller.core.review.review import Review
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.claim_preview.box_list import BoxList
from mild_biller.gui.claim_preview.box_view import BoxView
from mild_biller.gui.style.buttons import Button, small_button
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Bar
from mild_biller.gui.widgets.pdf_pages import STEP
from mild_biller.output.claim_form.render import PrintMode, PrintStyle
from mild_biller.presentation.claim.box_notes import notes
from mild_biller.presentation.claim.printout import Printout, printout
from mild_biller.presentation.claim.sheet_geometry import BoxMap
from mild_biller.settings import Settings

WAIT = 60  # milliseconds of silence before the page is made again
MODES = {
    PrintMode.WITH_FORM: "Form and data",
    PrintMode.DATA_ONLY: "Data only (red form)",
}


class Preview(QWidget):
    """Shows the present claim as PDF. Makes a page only while it can be seen."""

    shown = Signal()  # the page of the present case is on the screen
    print_asked = Signal()
    export_asked = Signal()
    field_asked = Signal(str)  # the key of the field a box is filled from

    def __init__(self, case: CaseEditor, *, settings: Settings) -> None:
        super().__init__()
        self._case = case
        self._settings = settings
        self._is_due = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._make)
        self.view = BoxView(self)
        self.view.opened.connect(self._count)
        self.view.shown.connect(self._tell_shown)
        self.boxes = BoxList()
        self._build_bar()
        self._lay_out()
        case.changed.connect(self._plan)

    @property
    def mode(self) -> PrintMode:
        """Whether the form is drawn."""
        return PrintMode(self._mode.currentData())

    @mode.setter
    def mode(self, mode: PrintMode) -> None:
        self._mode.setCurrentIndex(list(MODES).index(mode))

    @property
    def shown_zoom(self) -> float:
        """The zoom as a person sees it, even while it follows the width."""
        return self.view.zoom

    @property
    def review(self) -> Review:
        """The claim that is shown: the present one, or the facility's."""
        facility = self._case.review.facility
        return facility if facility is not None and self._which.currentIndex() == 1 else self._case.review

    def printed(self, mode: PrintMode, *, printer: str = "") -> Printout:
        """Return the present claim as it would print now, put right for a printer that is calibrated."""
        off = self._settings.calibration(printer)
        style = PrintStyle(mode=mode, nudge=(off.nudge_right, off.nudge_down), scale=off.scale)
        return printout(self.review, style=style)

    def use(self, settings: Settings) -> None:
        """Take the settings as they are from now on."""
        self._settings = settings
        self._plan()

    def zoom(self, factor: float) -> None:
        """Make the page larger or smaller."""
        self.view.zoom_by(factor)
        self._say_zoom()

    def fit(self) -> None:
        """Make the page as wide as the panel."""
        self.view.fit()
        self._say_zoom()

    def clear(self) -> None:
        """Remove the closed case; show nothing until the page of the next one is ready."""
        self._is_due = True
        self._said.clear()
        self._which.setCurrentIndex(0)
        self._timer.stop()
        self.view.show_pdf(None)
        self._count()
        self._explain(is_shown=False)

    def enter_boxes(self) -> None:
        """Show the list of the boxes and put the cursor into it."""
        self._list.setChecked(True)
        self.boxes.enter()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page that was not made while nobody could see it."""
        super().showEvent(event)
        if self._is_due:
            self._make()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show how large the page is now."""
        super().resizeEvent(event)
        self._say_zoom()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the wheel while Ctrl is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take the wheel from the view while Ctrl is held."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wheelEvent(event)
            return True
        return False

    def _build_bar(self) -> None:
        self._mode = QComboBox()
        self._mode.setAccessibleName("What is shown and exported")
        explain(
            self._mode, "What is shown and exported: the drawn form with its data, or the data only, for the red form."
        )
        for mode, said in MODES.items():
            self._mode.addItem(said, mode.value)
        self._mode.currentIndexChanged.connect(self._plan)
        self._which = QComboBox()
        self._which.setAccessibleName("Which claim")
        explain(self._which, "Which claim is shown: this one, or the facility's.")
        self._which.addItems(["This claim", "The facility's claim"])
        self._which.currentIndexChanged.connect(self._plan)
        self._which.hide()  # until there are two claims
        self._smaller = small_button("−", "Smaller", "Shows the form smaller (Ctrl+-).", lambda: self.zoom(1 / STEP))
        self._larger = small_button("+", "Larger", "Shows the form larger (Ctrl+=).", lambda: self.zoom(STEP))
        self._fit = small_button("Fit", "Fit to width", "Fits the form to the width of the panel (Ctrl+0).", self.fit)
        self._list = small_button("Boxes", "List of boxes", "Lists each box with where it comes from (F7).")
        self._list.setCheckable(True)
        self._list.toggled.connect(self.boxes.setVisible)
        self._zoom_words = QLabel()
        self._pages = QLabel()
        self._export = Button("Export PDF…")
        self._export.clicked.connect(self.export_asked)
        explain(self._export, "Saves the form as shown to a PDF (Ctrl+E).")
        self._print = Button("Print…")
        self._print.clicked.connect(self.print_asked)
        explain(self._print, "Prints the form as shown.")

    def _lay_out(self) -> None:
        size = (self._smaller, self._zoom_words, self._larger, self._fit)
        what = (self._which, self._mode, *size, self._pages)
        self._bar = Bar((*what, self._list, self._export, self._print))
        self._said = QLabel()
        self._said.setWordWrap(True)
        self.view.setAccessibleName("The filled form")
        self.view.setAccessibleDescription("A picture. F7 lists its boxes as text, each with where it comes from.")
        self.view.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addWidget(self._beside_boxes(), 1)

    def _beside_boxes(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(self.boxes)
        split.setSizes([500, 260])
        split.setStretchFactor(0, 1)
        self.boxes.hide()
        self.boxes.chosen.connect(self.view.choose)
        self.boxes.asked.connect(self.field_asked)
        self.view.asked.connect(self.field_asked)
        return split

    def _plan(self) -> None:
        """Make the page again once typing pauses."""
        self._is_due = True
        if self.isVisible():
            self._timer.start()

    def _make(self) -> None:
        self._is_due = False
        self._which.setVisible(self._case.review.facility is not None)
        made = self.printed(self.mode)
        self._say(made)
        self.view.show_pdf(made.content)
        self._count()
        self._explain(is_shown=made.content is not None)
        self.view.announce()

    def _tell_shown(self) -> None:
        if not self._is_due:  # a newer page follows
            self.shown.emit()

    def _count(self) -> None:
        """Show the number of pages and the zoom."""
        before = self._pages.text()
        self._pages.setText(self.view.count_words)
        self._say_zoom()
        if self._pages.text() != before:
            self._bar.settle()

    def _explain(self, *, is_shown: bool) -> None:
        """Let every box that is shown say what it is."""
        review = self.review
        layout = review.layout
        if not is_shown or layout is None:
            self.view.show_boxes((), places=None)
            self.boxes.show_notes(())
            return
        said = notes(review, layout=layout, is_facility=review is not self._case.review)
        places, off = BoxMap(layout), self._settings.calibration()
        if self.mode is PrintMode.DATA_ONLY:
            places = BoxMap(layout, (off.nudge_right, off.nudge_down), off.scale)
        self.view.show_boxes(said, places=places)
        self.boxes.show_notes(said)

    def _say(self, made: Printout) -> None:
        text = made.why_not or made.why_draft
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self.view.setVisible(made.content is not None)
        self._export.setEnabled(made.content is not None)
        self._print.setEnabled(made.content is not None)

    def _say_zoom(self) -> None:
        """Show the zoom; leave it as it is while there is no page."""
        if self.view.page_count:
            self._zoom_words.setText(f"{self.shown_zoom * 100:.0f} %")
