"""Light and dark can be read: contrast of at least 4.5 to 1, by WCAG's formula; marks differ in shape."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mild_biller.errors import ResourceError
from mild_biller.gui.style import theme
from mild_biller.gui.style.tone_marks import mark
from mild_biller.presentation import font_names
from mild_biller.presentation.tone import Tone
from tests.gui.sight import contrast

ROLES = QPalette.ColorRole
PAIRS = [
    (ROLES.WindowText, ROLES.Window),
    (ROLES.Text, ROLES.Base),
    (ROLES.Text, ROLES.AlternateBase),
    (ROLES.Text, ROLES.Midlight),
    (ROLES.ButtonText, ROLES.Button),
    (ROLES.HighlightedText, ROLES.Highlight),
    (ROLES.ToolTipText, ROLES.ToolTipBase),
    (ROLES.PlaceholderText, ROLES.Base),
    (ROLES.PlaceholderText, ROLES.Midlight),
    (ROLES.Link, ROLES.Base),
]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0].name} on {pair[1].name}")
def test_words_stand_out(is_dark: bool, pair: tuple[QPalette.ColorRole, QPalette.ColorRole], qtbot: QtBot) -> None:
    shown = theme.palette(is_dark=is_dark)
    assert contrast(shown.color(pair[0]), shown.color(pair[1])) >= 4.5


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("ink", [ROLES.Text, ROLES.WindowText, ROLES.ButtonText], ids=lambda ink: ink.name)
def test_words_of_what_is_off_stand_out_and_differ(is_dark: bool, ink: QPalette.ColorRole, qtbot: QtBot) -> None:
    shown, off = theme.palette(is_dark=is_dark), QPalette.ColorGroup.Disabled
    for ground in (ROLES.Window, ROLES.Base, ROLES.Button, ROLES.Midlight):
        assert contrast(shown.color(off, ink), shown.color(off, ground)) >= 4.5
    assert contrast(shown.color(off, ink), shown.color(ink)) >= 1.5


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_the_color_of_a_tone_can_be_read(is_dark: bool, tone: Tone, qtbot: QtBot) -> None:
    shown = theme.palette(is_dark=is_dark)
    for ground in (ROLES.Base, ROLES.Window):
        assert contrast(theme.color(tone, shown), shown.color(ground)) >= 4.5


def test_no_two_marks_have_one_shape(qtbot: QtBot) -> None:
    shown = theme.palette(is_dark=False)
    shapes = {bytes(mark(tone, shown).toImage().createAlphaMask().constBits()) for tone in Tone}
    assert len(shapes) == len(Tone)


@pytest.mark.usefixtures("dressed")
def test_the_bundled_fonts_are_there() -> None:
    assert {font_names.READING_FONT, font_names.CODE_FONT} <= set(QFontDatabase.families())
    assert theme.code_font().family() == font_names.CODE_FONT
    assert QFontDatabase.isFixedPitch(font_names.CODE_FONT)


def test_a_missing_font_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot) -> None:
    monkeypatch.setattr(theme, "resources", lambda: tmp_path)
    with pytest.raises(ResourceError, match=r"LiberationSans-Regular\.ttf"):
        theme.load_fonts()


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_edge_of_a_control_stands_out(dressed: None, is_dark: bool) -> None:
    control, ground = QLineEdit(), theme.palette(is_dark=is_dark)
    theme.outline(control)
    edge = control.palette().color(QPalette.ColorRole.Window).darker(140)  # as the style draws it
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        assert contrast(edge, ground.color(role)) >= 3
