"""The main window: worklist, steps and case, determination, side by side; menus above, one line of figures below."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from mild_biller.core.case.people import full_name
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.review.review import Review
from mild_biller.gui import dialogs
from mild_biller.gui.books.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.claim_preview.calibrate import Calibrate
from mild_biller.gui.claim_preview.preview import Preview
from mild_biller.gui.commands.book_commands import BookDesk
from mild_biller.gui.commands.file_commands import EXAMPLES, Commands
from mild_biller.gui.commands.help_menu import help_menu
from mild_biller.gui.commands.worklist_commands import WorklistDesk
from mild_biller.gui.findings.compare import Compare
from mild_biller.gui.findings.determination import DeterminationPanel
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.pages.claim_page import ClaimPage
from mild_biller.gui.pages.eligibility_page import EligibilityPage
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.payer_page import PayerPage
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.pages.procedure_page import ProcedurePage
from mild_biller.gui.pages.providers_page import ProvidersPage
from mild_biller.gui.style.theme import reading_font, text_size
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Flow
from mild_biller.gui.widgets.menus import LINE, Menu, MenuEntry, build_menus
from mild_biller.gui.widgets.pdf_pages import STEP
from mild_biller.gui.widgets.wrapped import BarLabel, FieldLabel
from mild_biller.gui.window.notice_bar import NoticeBar
from mild_biller.gui.window.steps import StepBar, step_of
from mild_biller.presentation.field import Landing
from mild_biller.presentation.findings.f8_walk import BACK, ONWARD
from mild_biller.presentation.labels import words
from mild_biller.presentation.long_words import seen
from mild_biller.presentation.typed_text import shown_day
from mild_biller.settings import Settings

WIDTH, HEIGHT = 1280, 800
SHARES = (7, 3)  # of the width: the case, and the determination next to it
NO_FIELD = "There is no field for this. Change it in the case file."
NO_SINGLE_FIELD = "This finding has no single field. Press Enter to go to the first field it concerns."
NOTHING_LEFT = "No findings are left to fix."
PANEL, PANEL_GROWS = 380, 0.6  # pixels of the determination at first, and for each percent of larger text


class MainWindow(QMainWindow):
    """One case at a time, in steps that nothing forces an order on."""

    settings_asked = Signal()
    calibrated = Signal(str, object)  # a printer's name, and how it is off
    left = Signal()  # the window is closed for good, and what was unsaved is saved or given up

    def __init__(self, case: OpenCase, *, settings: Settings, books: Books | None = None) -> None:
        super().__init__()
        self.case = case
        self.books = books or Books()
        self.preview = Preview(case, settings=settings)
        self.commands = Commands(case, self.preview, window=self, say=self._say)
        self.worklist = WorklistDesk(case, self.commands, window=self, say=self._say)
        self.desk = BookDesk(case, self.books, window=self, say=self._say)
        self._claim = ClaimPage(case, self.preview)
        self.prior_auth = PriorAuthPage(case)
        self.pages: tuple[Page | ClaimPage | PriorAuthPage, ...] = (
            EligibilityPage(case),
            PayerPage(case, self.books),
            ProcedurePage(case, self.books),
            ProvidersPage(case, self.books),
            self._claim,
            self.prior_auth,
        )
        self._prefixes = [page.prefixes for page in self.pages]
        self._prior_step = self.pages.index(self.prior_auth)
        self.panel = DeterminationPanel(case)
        self._lay_out()
        self._menus = self._menu_table()
        self.actions_by_name: dict[str, QAction] = build_menus(self, self._menus)
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the present case in everything that is in sight."""
        self.pages[self.stack.currentIndex()].refresh()
        self._show_marks()
        self._header.setText(seen(header(self.case.review, self.case)))
        if self._offer.isHidden() == self.case.is_blank:
            self._offer.setVisible(self.case.is_blank)
            self._top.updateGeometry()  # at once: the row below would move a moment later
        self._figures.setText(figures(self.case.review))
        self._file.setText(self.case.name)
        self.setWindowTitle("Mild Biller[*]")
        self.setWindowModified(self.case.is_changed)
        self.actions_by_name["undo"].setEnabled(self.case.can_undo)
        self.actions_by_name["redo"].setEnabled(self.case.can_redo)

    def _show_marks(self) -> None:
        review = self.case.review
        self.steps.show_review(
            review,
            self._prefixes,
            missing={self._prior_step: self.prior_auth.missing},
            unknown=() if review.assessment.plan else {self._prior_step},  # nobody to ask yet
        )

    @Slot()
    def clear(self) -> None:
        """Remove the closed case from every view that shows more than its fields."""
        QToolTip.hideText()
        for view in (self.preview, self.prior_auth, self.panel):
            view.clear()

    def go_to_step(self, index: int) -> None:
        """Show a step."""
        self.steps.setCurrentIndex(index)

    def enter_step(self, index: int) -> None:
        """Show a step and put the cursor into its first field, ready to type."""
        self.go_to_step(index)
        self.pages[index].enter()

    def go_to_field(self, pointer: str) -> None:
        """Put the cursor into the field a pointer leads to, whichever step it is in, and choose the finding there."""
        self.panel.come_to(pointer)
        if self._land(pointer, Landing.NEAREST) is None:
            self.panel.enter_findings()
            self.statusBar().showMessage(NO_FIELD, 10_000)

    def walk(self, step: int) -> None:
        """Go to the next finding or the one before; what is typed then reaches a field of that finding or none."""
        self._show_panel()
        entry = self.panel.walk(step)
        if entry is None or self._land(entry.path, Landing.OWN) is None:
            self.panel.enter_findings()
            self.statusBar().showMessage(NO_SINGLE_FIELD if entry is not None else NOTHING_LEFT, 10_000)

    def _land(self, pointer: str, landing: Landing) -> QWidget | None:
        """Show the field a pointer leads to, and return it if the cursor is in it."""
        self._show_panel()
        step = step_of(pointer, self._prefixes)
        self.go_to_step(step)
        return self.pages[step].show_field(pointer, landing=landing)

    def _show_panel(self) -> None:
        if self.panel.isHidden():
            self._show_form_alone()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes before closing."""
        if self.commands.may_leave():
            event.accept()
            self.prior_auth.leave()
            self.left.emit()
        else:
            event.ignore()

    def _lay_out(self) -> None:
        self.steps = StepBar([page.title for page in self.pages])
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._case_side())
        self._split.addWidget(self.panel)
        for place, share in enumerate(SHARES):
            self._split.setStretchFactor(place, share)
        beside = round(PANEL + (text_size() - 100) * PANEL_GROWS)
        self._split.setSizes([WIDTH - beside, beside])
        self.setCentralWidget(self._split)
        self.worklist.stand_in(self._split)
        self._figures, self._file = BarLabel(), BarLabel()
        self._file.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.statusBar().setContentsMargins(14, 0, 8, 0)
        self.statusBar().addWidget(self._figures, 1)
        self.statusBar().addWidget(self._file)

    def _case_side(self) -> QWidget:
        self._header = FieldLabel()
        self._header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._header.setFont(reading_font(larger=1.5, is_bold=True))
        self._example = QPushButton("Open an example")
        self._examples = QComboBox()
        self._example.clicked.connect(lambda: self.commands.open_example(self._examples.currentData()))
        self._examples.setAccessibleName("Which example")
        self._examples.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        explain(self._examples, "Which example the button next to it opens.")
        explain(self._example, "Opens the selected example. All patients in the examples are invented.")
        for name, said in EXAMPLES.items():
            self._examples.addItem(said, name)
        self._offer = Flow((self._examples, self._example), is_centered=True)
        self._top = Flow((self._header, self._offer), is_centered=True)
        self._top.setContentsMargins(16, 8, 16, 4)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.news = NoticeBar()
        column.addWidget(self.news)
        column.addWidget(self._top)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 0, 0)
        bar.addWidget(self.steps, 1)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        return side

    def _connect(self) -> None:
        self.case.replaced.connect(self.clear)
        self.case.changed.connect(self.refresh)
        self.case.faults_changed.connect(lambda: self.setWindowModified(self.case.is_changed))
        self.steps.currentChanged.connect(self._show_step)
        self.panel.asked.connect(self.go_to_field)
        self.preview.export_asked.connect(self.commands.export)
        self.preview.print_asked.connect(self._print_as_shown)
        self.preview.field_asked.connect(self.go_to_field)
        self.prior_auth.asked.connect(self.go_to_field)
        self.prior_auth.said.connect(self._say)
        self.prior_auth.counted.connect(self._show_marks)
        self.worklist.opened.connect(lambda: self.enter_step(self.stack.currentIndex()))
        self.left.connect(self.worklist.leave)
        self.left.connect(self.clear)

    def _menu_table(self) -> tuple[Menu, ...]:
        return (
            self._file_menu(),
            self._edit_menu(),
            self._case_menu(),
            self.desk.menu(),
            self._claim_menu(),
            self.prior_auth.menu(),
            self._view_menu(),
            help_menu(self, self.case, steps=[page.title for page in self.pages], menus=lambda: self._menus),
        )

    def _file_menu(self) -> Menu:
        do = self.commands
        return Menu(
            "&File",
            (
                MenuEntry("new", "&New case", "Ctrl+N", do.new),
                MenuEntry("open", "&Open…", "Ctrl+O", do.open),
                MenuEntry("example", "Open an e&xample", "", do.open_example),
                LINE,
                MenuEntry("save", "&Save", "Ctrl+S", do.save),
                MenuEntry("save_as", "Save &as…", "Ctrl+Shift+S", do.save_as),
                LINE,
                *self.worklist.file_entries(),
                LINE,
                MenuEntry("quit", "&Quit", "Ctrl+Q", lambda: self.window().close()),
            ),
        )

    def _edit_menu(self) -> Menu:
        return Menu(
            "&Edit",
            (
                MenuEntry("undo", "&Undo", "Ctrl+Z", self._undo),
                MenuEntry("redo", "&Redo", "Ctrl+Shift+Z", self._redo),
                LINE,
                MenuEntry("settings", "&Settings…", "Ctrl+,", self.settings_asked.emit),
            ),
        )

    def _case_menu(self) -> Menu:
        steps = tuple(
            MenuEntry(
                f"step{number}", f"&{number} {page.title}", f"Ctrl+{number}", partial(self.enter_step, number - 1)
            )
            for number, page in enumerate(self.pages, start=1)
        )
        return Menu(
            "&Case",
            (
                *steps,
                LINE,
                MenuEntry("next", "&Next finding", "F8", partial(self.walk, ONWARD)),
                MenuEntry("previous", "&Previous finding", "Shift+F8", partial(self.walk, BACK)),
                MenuEntry("findings", "&Findings", "F6", self.panel.enter_findings),
                MenuEntry("compare", "&Compare payers, settings, dates…", "Ctrl+D", self._show_comparison),
                MenuEntry("payable", "What would make it pa&yable", "Shift+F6", self.panel.enter_payable),
            ),
        )

    def _claim_menu(self) -> Menu:
        do = self.commands
        return Menu(
            "C&laim",
            (
                MenuEntry("print", "&Print on red form…", "Ctrl+P", do.print_data),
                MenuEntry("print_form", "Print form and data on &blank paper…", "Ctrl+Shift+P", do.print_form),
                MenuEntry("export", "&Export PDF…", "Ctrl+E", do.export),
                LINE,
                MenuEntry("calibrate", "&Calibrate a printer…", "", self._calibrate),
            ),
        )

    def _view_menu(self) -> Menu:
        return Menu(
            "&View",
            (
                MenuEntry("larger", "&Larger form", "Ctrl+=", lambda: self.preview.zoom(STEP)),
                MenuEntry("smaller", "&Smaller form", "Ctrl+-", lambda: self.preview.zoom(1 / STEP)),
                MenuEntry("fit", "&Fit form to panel", "Ctrl+0", self.preview.fit),
                LINE,
                MenuEntry("alone", "Form &only, or form with steps", "F9", self._show_form_alone),
                MenuEntry("boxes", "List of &boxes", "F7", self._show_boxes),
                *self.worklist.view_entries(),
            ),
        )

    def _show_step(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.refresh()

    def _undo(self) -> None:
        if self.case.can_undo:
            self.go_to_field(self.case.undo())

    def _redo(self) -> None:
        if self.case.can_redo:
            self.go_to_field(self.case.redo())

    def _show_form_alone(self) -> None:
        """Give the form all the room there is, or show everything again."""
        is_alone = not self.panel.isHidden()
        self.panel.setVisible(not is_alone)
        self._claim.form.setVisible(not is_alone)
        self.worklist.give_way(is_alone=is_alone)
        if is_alone:
            self.go_to_step(self.stack.indexOf(self._claim))

    def _calibrate(self) -> None:
        form = Calibrate(self.case.pack.layout(self.case.review.claim.form or FormKind.CMS1500))
        if dialogs.show_form(self, "Calibrate a printer", form, fault=form.fault):
            self.calibrated.emit(form.printer, form.chosen())

    def _show_comparison(self) -> None:
        dialogs.show_page(self, "Compare payers, settings, dates", Compare(self.case))

    def _show_boxes(self) -> None:
        self.go_to_step(self.stack.indexOf(self._claim))
        self.preview.enter_boxes()

    def _print_as_shown(self) -> None:
        self.commands.print_as_shown()

    def _say(self, line: str) -> None:
        self.statusBar().showMessage(f"{line} {datetime.now():%H:%M}", 10_000)


def header(review: Review, case: CaseEditor) -> str:
    """Return the line above the steps: who, when, who pays."""
    if case.is_blank:
        return "New case. Start typing, open a file (Ctrl+O), or open an example."
    patient, procedure = review.case.patient, review.case.procedure
    day = procedure.date_of_service if procedure else None
    payer = review.assessment.plan.payer.name if review.assessment.plan else ""
    parts = (full_name(patient) if patient else "", shown_day(day) if day else "no date of service", payer)
    return "     ".join(part for part in parts if part)


def figures(review: Review) -> str:
    """Return the line below: form, pages, charge, what is to be expected."""
    claim = review.claim
    parts = [words(claim.form) if claim.form else "No claim form"]
    if review.boxes is not None:
        count = len(review.boxes.pages)
        parts.append(f"{count} page{'' if count == 1 else 's'}")
    if claim.total_charge is not None:
        parts.append(f"charge ${claim.total_charge:,.2f}")
    if review.estimate is not None and review.estimate.total is not None:
        parts.append(f"national estimate ${review.estimate.total:,.2f} ({review.estimate.kind.value})")
    return "  ·  ".join(parts)
