"""The composition root: one application, its fonts and colours, the rules, the window."""

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from mild_biller import loader, settings
from mild_biller.gui import dialogs, theme
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.main_window import MainWindow
from mild_biller.paths import resources
from mild_biller.settings import Appearance, Settings

TRACEBACK_VARIABLE: Final = "MILD_BILLER_TRACEBACK"


def open_window(case_path: Path | None) -> int:
    """Open the window, with a case if one is named, and return the status once it is closed.

    Raises `CaseFileError` for a case file that cannot be used, before any window is shown.
    """
    application = make_application()
    loaded = settings.load(settings.default_file())
    dress(application, loaded.settings)
    window = make_window(loaded.settings)
    if case_path is not None:
        window.case.open(case_path)
    if loaded.trouble:
        window.statusBar().showMessage(loaded.trouble)
    sys.excepthook = partial(tell_mistake, window)
    window.show()
    return application.exec()


def tell_mistake(window: QWidget, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say that the program made a mistake, without a word of what was typed."""
    if os.environ.get(TRACEBACK_VARIABLE):
        sys.__excepthook__(kind, error, trace)
    dialogs.tell(window, f"A mistake in the program ({kind.__name__}). Save the case under a new name and start again.")


def make_application() -> QApplication:
    """Return the application, with the bundled fonts loaded."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Mild Biller")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "mild-biller.png")))
    theme.load_fonts()
    return application


def dress(application: QApplication, chosen: Settings) -> None:
    """Give the application its fonts and the colours that are set."""
    if chosen.appearance is Appearance.SYSTEM:
        application.setFont(theme.reading_font())
        return
    is_dark = chosen.appearance is Appearance.DARK or (
        chosen.appearance is Appearance.AUTOMATIC and application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    theme.apply(application, is_dark=is_dark)


def make_window(chosen: Settings) -> MainWindow:
    """Return a window on an empty case, with the shipped rules and the clock of this computer."""
    case = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=date.today)
    return MainWindow(case, settings=chosen)
