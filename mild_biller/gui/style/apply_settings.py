"""Gives the whole program its colors and its size of text, in what is open too."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mild_biller.appearance import Appearance
from mild_biller.gui.style import theme
from mild_biller.settings import Settings


def dress(application: QApplication, chosen: Settings) -> None:
    """Give the application its fonts and the colors that are set."""
    set_text_size(application, chosen.text_size)
    if chosen.appearance is not Appearance.SYSTEM:
        theme.apply(application, is_dark=_is_dark(application, chosen.appearance))


def _is_dark(application: QApplication, appearance: Appearance) -> bool:
    is_dark_outside = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return is_dark_outside if appearance is Appearance.AUTOMATIC else appearance is Appearance.DARK


def set_text_size(application: QApplication, percent: int) -> None:
    """Show all text in another size, in what is open too."""
    before = theme.text_size()
    application.setProperty(theme.TEXT_SIZE, percent)
    application.setFont(theme.reading_font())
    if before == percent:
        return
    for widget in application.allWidgets():
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):  # one of its own does not follow by itself
            font = widget.font()
            font.setPointSizeF(font.pointSizeF() * percent / before)
            widget.setFont(font)
