"""Fonts and colors: the bundled fonts, a light and a dark palette, a readable color for each tone.

The namespace `Qt` is not used here: making it takes longer than everything else before the first paint.
"""

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mild_biller.errors import ResourceError
from mild_biller.paths import resources
from mild_biller.presentation.font_names import CODE_FONT, READING_FONT
from mild_biller.presentation.tone import Tone

POINTS: Final = 10.5
TEXT_SIZE: Final = "text size in percent"

_LIGHT: Final = {
    Tone.ERROR: "#b3261e",
    Tone.NEEDED: "#1f5fa8",
    Tone.HOLD: "#8a4700",
    Tone.WARNING: "#6a5800",
    Tone.UNKNOWN: "#6b3fa0",
    Tone.GOOD: "#1a6b3a",
    Tone.INFO: "#4a5560",
}
_DARK: Final = {
    Tone.ERROR: "#ff9187",
    Tone.NEEDED: "#8ec1ff",
    Tone.HOLD: "#ffb25c",
    Tone.WARNING: "#e8cf5a",
    Tone.UNKNOWN: "#cfabff",
    Tone.GOOD: "#7fdb9b",
    Tone.INFO: "#b9c4cf",
}
_ROLES: Final = QPalette.ColorRole
_LIGHT_PALETTE: Final = {
    _ROLES.Window: "#f3f4f6",
    _ROLES.WindowText: "#17191c",
    _ROLES.Base: "#ffffff",
    _ROLES.AlternateBase: "#f7f8fa",
    _ROLES.Text: "#17191c",
    _ROLES.Button: "#e8eaee",
    _ROLES.ButtonText: "#17191c",
    _ROLES.BrightText: "#ffffff",
    _ROLES.Highlight: "#1f5fa8",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.ToolTipBase: "#ffffe1",
    _ROLES.ToolTipText: "#17191c",
    _ROLES.PlaceholderText: "#565f69",
    _ROLES.Link: "#1f5fa8",
    _ROLES.Light: "#ffffff",
    _ROLES.Midlight: "#dfe2e7",
    _ROLES.Mid: "#b4bac3",
    _ROLES.Dark: "#8b929c",
    _ROLES.Shadow: "#6a717a",
}
_DARK_PALETTE: Final = {
    _ROLES.Window: "#24272b",
    _ROLES.WindowText: "#eceef0",
    _ROLES.Base: "#1a1c1f",
    _ROLES.AlternateBase: "#202327",
    _ROLES.Text: "#eceef0",
    _ROLES.Button: "#34383e",
    _ROLES.ButtonText: "#eceef0",
    _ROLES.BrightText: "#ffffff",
    _ROLES.Highlight: "#8ec1ff",
    _ROLES.HighlightedText: "#101214",
    _ROLES.ToolTipBase: "#34383e",
    _ROLES.ToolTipText: "#eceef0",
    _ROLES.PlaceholderText: "#b0b8c1",
    _ROLES.Link: "#8ec1ff",
    _ROLES.Light: "#4a4f57",
    _ROLES.Midlight: "#3d4249",
    _ROLES.Mid: "#575d66",
    _ROLES.Dark: "#6c737d",
    _ROLES.Shadow: "#101214",
}
_OUTLINED: Final = "#a8b0b9"  # the style draws the edge darker than this, and it is seen on both grounds
_DISABLED: Final = (_ROLES.Text, _ROLES.WindowText, _ROLES.ButtonText)


def text_size() -> int:
    """Return the size of text in percent of the usual one."""
    application = QApplication.instance()
    return (application.property(TEXT_SIZE) if application else None) or 100


def load_fonts() -> None:
    """Load the bundled fonts; without them some systems show an empty box for every letter."""
    for name in ("LiberationSans-Regular", "LiberationSans-Bold", "LiberationMono-Regular", "LiberationMono-Bold"):
        if QFontDatabase.addApplicationFont(str(resources() / "fonts" / f"{name}.ttf")) < 0:
            raise ResourceError(f"fonts/{name}.ttf cannot be used; install the program again")


def reading_font(*, larger: float = 0.0, is_bold: bool = False) -> QFont:
    """Return the font for words, `larger` by so many points."""
    return _font(READING_FONT, larger=larger, is_bold=is_bold)


def code_font() -> QFont:
    """Return the font for codes: fixed pitch, O and 0 differ."""
    return _font(CODE_FONT)


def _font(family: str, *, larger: float = 0.0, is_bold: bool = False) -> QFont:
    font = QFont(family)
    font.setPointSizeF((POINTS + larger) * text_size() / 100)
    font.setBold(is_bold)
    return font


def palette(*, is_dark: bool) -> QPalette:
    """Return our own palette, light or dark."""
    made = QPalette()
    for role, color in (_DARK_PALETTE if is_dark else _LIGHT_PALETTE).items():
        made.setColor(role, QColor(color))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor("#a8b0b9" if is_dark else "#5b636c"))
    return made


def outline(control: QWidget) -> None:
    """Let the edge of a control be seen on light and dark ground: the style derives it from the window's color."""
    shown = control.palette()
    shown.setColor(_ROLES.Window, QColor(_OUTLINED))
    control.setPalette(shown)


def is_dark(shown: QPalette) -> bool:
    """Return True if a palette has light letters on a dark ground."""
    return shown.color(_ROLES.Base).lightnessF() < 0.5


def color(tone: Tone, shown: QPalette) -> QColor:
    """Return the color of a tone that can be read on a palette."""
    return QColor((_DARK if is_dark(shown) else _LIGHT)[tone])


def apply(application: QApplication, *, is_dark: bool) -> None:
    """Give the whole program its fonts and a palette."""
    application.setStyle("fusion")
    application.setFont(reading_font())
    application.setPalette(palette(is_dark=is_dark))


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return a color with so much of another in it."""
    parts = zip((one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in parts))
