"""The composition root: the rules, the window of a case, what protects it and what the settings change in it."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mild_biller import loader, settings
from mild_biller.gui.application import bare_application
from mild_biller.gui.books.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.commands.book_commands import first_case, lost_usual
from mild_biller.gui.safety import recovery
from mild_biller.gui.safety.crash import STATUS, CrashReporter
from mild_biller.gui.safety.garbage import Collector
from mild_biller.gui.safety.idle import IdleCover
from mild_biller.gui.safety.recovery import Recovery
from mild_biller.gui.settings.settings_controller import SettingsController
from mild_biller.gui.style import theme
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.style.focus_ring import FocusRing
from mild_biller.gui.window.frame import Frame
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.paths import user_data
from mild_biller.settings import Settings
from mild_biller.store.drafts import default_folder

REST = 2000  # milliseconds after which everything that stays has been made


def fill(frame: Frame, case_path: Path | None) -> None:
    """Put the window of a case into the frame, with the case that is named.

    Raises `CaseFileError` for a case file that cannot be used, before anything is shown.
    """
    garbage = Collector(frame)
    loaded = settings.load(settings.default_file())
    dress(make_application(), loaded.settings)
    window = make_window(loaded.settings)
    begin(window, loaded.settings)
    if case_path is not None:
        window.case.open(case_path)
    lost = lost_usual(loaded.settings, books=window.books, case=window.case)
    if trouble := " ".join(filter(None, (loaded.trouble, window.books.trouble, lost))):
        window.statusBar().showMessage(trouble)
    own = protect(window, loaded.settings)
    furnish(window, loaded.settings, own)
    frame.hold(window)
    frame.show()
    window.enter_step(0)
    QTimer.singleShot(REST, garbage, garbage.settle)
    QTimer.singleShot(0, window, partial(recovery.offer, window, own, may_leave=window.commands.may_leave))


def protect(window: MainWindow, chosen: Settings) -> Recovery:
    """Keep the case in work, and take every mistake of the program; return what keeps it."""
    folder = default_folder()
    window.news.say(recovery.first_words(folder))
    own = Recovery(window.case, folder=folder, seconds=chosen.autosave_seconds)
    own.failed.connect(window.statusBar().showMessage)
    window.steps.currentChanged.connect(own.keep_soon)
    reporter = CrashReporter(window, keep=own.keep_and_say)
    reporter.repeated.connect(window.statusBar().showMessage)
    reporter.given_up.connect(own.let_go)
    reporter.given_up.connect(lambda: QApplication.exit(STATUS))
    reporter.install()
    window.left.connect(own.drop)
    return own


def furnish(window: MainWindow, chosen: Settings, own: Recovery) -> SettingsController:
    """Let the settings be changed, and follow them while the window is open."""
    window.case.read_dates(chosen.date_shorthand, years_ahead=chosen.years_ahead)
    office = SettingsController(chosen, file=settings.default_file(), window=window)
    cover = IdleCover(window, minutes=chosen.idle_minutes)

    def follow() -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window.statusBar().clearMessage()  # it would stand across the figures, which the new style shows again
        dress(application, office.settings)
        own.set_seconds(office.settings.autosave_seconds)
        cover.set_minutes(office.settings.idle_minutes)
        window.case.read_dates(office.settings.date_shorthand, years_ahead=office.settings.years_ahead)
        window.preview.use(office.settings)
        begin(window, office.settings)
        window.worklist.use(office.settings.work_folder)
        QTimer.singleShot(0, window, window.case.changed.emit)  # once every widget has its new colors

    office.settings_changed.connect(follow)
    window.books.changed.connect(lambda: begin(window, office.settings))
    window.settings_asked.connect(office.edit_settings)
    window.calibrated.connect(office.calibrate)
    window.worklist.use(chosen.work_folder)
    window.worklist.folder_chosen.connect(office.use_work_folder)
    return office


def begin(window: MainWindow, chosen: Settings) -> None:
    """Let new cases begin with the usual payer and providers, the one that nobody has begun on too."""
    case = window.case
    is_untouched = case.is_blank and not case.is_changed and case.path is None
    before, case.blank = case.blank, first_case(chosen, books=window.books, case=case)
    if is_untouched and case.case != case.blank:
        case.replace(case.blank)
    if before != case.blank:
        window.statusBar().showMessage(lost_usual(chosen, books=window.books, case=case), 10_000)


def make_application() -> QApplication:
    """Return the application, with the bundled fonts loaded and a ring around what takes the keys.

    Raises `ResourceError` for a font that cannot be used.
    """
    application = bare_application()
    theme.load_fonts()
    if application.findChild(FocusRing) is None:
        FocusRing(application)
    return application


def make_window(chosen: Settings) -> MainWindow:
    """Return a window on an empty case, with the shipped rules and the clock of this computer."""
    case = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=date.today)
    return MainWindow(case, settings=chosen, books=Books(user_data()))
