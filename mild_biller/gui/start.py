"""From the first call to a window in sight: colours and an empty frame; then everything that takes longer."""

import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mild_biller.appearance import Appearance, first_appearance
from mild_biller.gui import theme
from mild_biller.gui.frame import NAME, Frame
from mild_biller.paths import resources, user_settings


def open_window(case_path: Path | None) -> int:
    """Open the window, with a case if one is named, and return the status once it is closed.

    Raises `CaseFileError` for a case file that cannot be used, before any window is shown.
    """
    application = bare_application()
    colour(application, first_appearance(user_settings()))
    frame = Frame()
    if case_path is None and not frame.show_at_once():
        return 0
    from mild_biller.gui import app  # the rest of the program: the frame is not to wait for it

    app.fill(frame, case_path)
    return application.exec()


def bare_application() -> QApplication:
    """Return the application, not yet with the bundled fonts: nothing is written in an empty frame."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setWindowIcon(QIcon(str(resources() / "icons" / "mild-biller.png")))
    return application


def colour(application: QApplication, appearance: Appearance) -> None:
    """Give the frame its colours, before the settings are read in full."""
    if appearance is Appearance.AUTOMATIC:
        theme.apply(application, is_dark=theme.is_dark(application.palette()))
    elif appearance is not Appearance.SYSTEM:
        theme.apply(application, is_dark=appearance is Appearance.DARK)
