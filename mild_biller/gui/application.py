"""The application of Qt: its name, its icon, and the colors of the empty frame."""

import sys

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mild_biller.appearance import Appearance
from mild_biller.gui.style import theme
from mild_biller.gui.window.frame import NAME
from mild_biller.paths import resources


def bare_application() -> QApplication:
    """Return the application, not yet with the bundled fonts: nothing is written in an empty frame."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setWindowIcon(QIcon(str(resources() / "icons" / "mild-biller.png")))
    return application


def color(application: QApplication, appearance: Appearance) -> None:
    """Give the frame its colors, before the settings are read in full."""
    if appearance is Appearance.AUTOMATIC:
        theme.apply(application, is_dark=theme.is_dark(application.palette()))
    elif appearance is not Appearance.SYSTEM:
        theme.apply(application, is_dark=appearance is Appearance.DARK)
