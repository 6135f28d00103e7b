"""A button that is off differs in shape: its line is broken, and it has no ground."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mild_biller.appearance import Appearance
from mild_biller.gui import app
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.style.buttons import Button, SmallButton
from mild_biller.settings import Settings
from tests.gui.sight import contrast

STROKES = 4  # of a line that is broken


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("kind", [Button, SmallButton])
def test_what_is_off_has_a_broken_line_and_no_ground(
    kind: type[Button] | type[SmallButton], appearance: Appearance, qtbot: QtBot
) -> None:
    application = app.make_application()
    dress(application, Settings(appearance=appearance))
    holder, button = QWidget(), kind()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(button)
    button.setText("Export")
    holder.show()
    before = button.sizeHint()
    on = picture(button)
    button.setEnabled(False)
    off = picture(button)
    assert strokes(off) >= STROKES
    assert strokes(on) < STROKES
    middle = (3, on.height() // 2)  # inside the line, beside the words
    assert off.pixelColor(*middle) == holder.palette().color(QPalette.ColorRole.Window)
    assert on.pixelColor(*middle) != off.pixelColor(*middle)
    assert button.sizeHint() == before
    button.setEnabled(True)
    assert picture(button) == on
    dress(application, Settings())


def picture(button: QAbstractButton) -> QImage:
    holder = button.parentWidget()
    assert holder is not None
    return holder.grab(button.geometry()).toImage()


def strokes(image: QImage) -> int:
    """Count where a line begins, along the second row from the top."""
    ground = image.pixelColor(image.width() // 2, 3)
    inked = [contrast(image.pixelColor(x, 1), ground) >= 1.5 for x in range(6, image.width() - 6)]
    return sum(not one and other for one, other in pairwise([False, *inked]))
