"""The composition root: one application, its fonts and colours, the rules, the window."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mild_biller import loader, settings
from mild_biller.gui import recovery, theme
from mild_biller.gui.book_desk import first_case
from mild_biller.gui.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.crash import STATUS, CrashReporter
from mild_biller.gui.focus_ring import FocusRing
from mild_biller.gui.idle import IdleCover
from mild_biller.gui.main_window import MainWindow
from mild_biller.gui.office import Office
from mild_biller.gui.recovery import Recovery
from mild_biller.paths import resources, user_data
from mild_biller.settings import Appearance, Settings
from mild_biller.store.recovery import default_folder


def open_window(case_path: Path | None) -> int:
    """Open the window, with a case if one is named, and return the status once it is closed.

    Raises `CaseFileError` for a case file that cannot be used, before any window is shown.
    """
    application = make_application()
    loaded = settings.load(settings.default_file())
    dress(application, loaded.settings)
    window = make_window(loaded.settings)
    begin(window, loaded.settings)
    if case_path is not None:
        window.case.open(case_path)
    if trouble := " ".join(filter(None, (loaded.trouble, window.books.trouble))):
        window.statusBar().showMessage(trouble)
    own = protect(window, loaded.settings)
    furnish(window, loaded.settings, own)
    window.show()
    QTimer.singleShot(0, window, partial(recovery.offer, window, own))
    return application.exec()


def protect(window: MainWindow, chosen: Settings) -> Recovery:
    """Keep the case in work, and take every mistake of the program; return what keeps it."""
    folder = default_folder()
    window.news.say(recovery.first_words(folder))
    own = Recovery(window.case, folder=folder, seconds=chosen.autosave_seconds)
    own.failed.connect(window.statusBar().showMessage)
    window.steps.currentChanged.connect(own.keep)
    reporter = CrashReporter(window, keep=own.keep_and_say)
    reporter.repeated.connect(window.statusBar().showMessage)
    reporter.given_up.connect(own.let_go)
    reporter.given_up.connect(lambda: QApplication.exit(STATUS))
    reporter.install()
    window.left.connect(own.drop)
    return own


def furnish(window: MainWindow, chosen: Settings, own: Recovery) -> Office:
    """Let the settings be changed, and follow them while the window is open."""
    office = Office(chosen, file=settings.default_file(), window=window)
    cover = IdleCover(window, minutes=chosen.idle_minutes)

    def follow() -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window.statusBar().clearMessage()  # it would stand across the figures, which the new style shows again
        dress(application, office.settings)
        own.set_seconds(office.settings.autosave_seconds)
        cover.set_minutes(office.settings.idle_minutes)
        window.preview.use(office.settings)
        begin(window, office.settings)
        QTimer.singleShot(0, window, window.case.changed.emit)  # once every widget has its new colours

    office.settings_changed.connect(follow)
    window.settings_asked.connect(office.edit_settings)
    window.calibrated.connect(office.calibrate)
    return office


def begin(window: MainWindow, chosen: Settings) -> None:
    """Let new cases begin with the usual payer and providers, the one that nobody has begun on too."""
    case = window.case
    is_untouched = case.is_blank and not case.is_changed and case.path is None
    case.blank = first_case(chosen, books=window.books, case=case)
    if is_untouched and case.case != case.blank:
        case.replace(case.blank)


def make_application() -> QApplication:
    """Return the application, with the bundled fonts loaded and a ring around what takes the keys."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Mild Biller")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "mild-biller.png")))
    theme.load_fonts()
    if application.findChild(FocusRing) is None:
        FocusRing(application)
    return application


def dress(application: QApplication, chosen: Settings) -> None:
    """Give the application its fonts and the colours that are set."""
    with _nothing_collected():
        theme.set_text_size(application, chosen.text_size)
        if chosen.appearance is Appearance.SYSTEM:
            return
        is_dark = chosen.appearance is Appearance.DARK or (
            chosen.appearance is Appearance.AUTOMATIC and application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        theme.apply(application, is_dark=is_dark)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Put the collection of garbage off: Qt goes through all widgets, and a closed dialog must not vanish meanwhile."""
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.enable()


def make_window(chosen: Settings) -> MainWindow:
    """Return a window on an empty case, with the shipped rules and the clock of this computer."""
    case = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=date.today)
    return MainWindow(case, settings=chosen, books=Books(user_data()))
