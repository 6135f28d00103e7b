"""The composition root: colors by the settings, a named case opened first, mistakes told without what was typed."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mild_biller import settings
from mild_biller.appearance import Appearance, first_appearance
from mild_biller.errors import CaseFileError
from mild_biller.gui import application, dialogs, start
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.safety.py311_refcounts import SPARE, make_lasting
from mild_biller.gui.style import theme
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.frame import Frame
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from tests.gui.helpers import Answering, when_open
from tests.support import example_file


def on_the_screen() -> list[QWidget]:
    """Return the windows there are."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


@pytest.fixture
def own_hook(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the exception hooks back after the test. No other window is open: the program ends with the last."""
    assert not on_the_screen()
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


@pytest.mark.usefixtures("own_hook", "dressed")
def test_the_window_opens_with_a_case_and_closes(qtbot: QtBot) -> None:
    seen: list[tuple[str, bool]] = []

    def look(frame: Frame) -> None:
        window = frame.held
        assert isinstance(window, MainWindow)
        seen.append((window.panel.verdict.headline.text(), window.isWindowModified()))
        frame.close()

    when_open(look)
    assert start.open_window(example_file("medicare-asc-2026")) == 0
    assert seen == [("Covered", False)]


@pytest.mark.usefixtures("own_hook", "dressed")
def test_a_file_that_cannot_be_used_opens_no_window(tmp_path: Path) -> None:
    before = on_the_screen()
    with pytest.raises(CaseFileError):
        start.open_window(tmp_path / "missing.json")
    assert on_the_screen() == before


@pytest.mark.usefixtures("own_hook", "dressed")
def test_broken_settings_are_said_and_stop_nothing() -> None:
    file = settings.default_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{", encoding="utf-8")
    seen: list[str] = []

    def look(frame: Frame) -> None:
        window = frame.held
        assert isinstance(window, MainWindow)
        place = window.focusWidget()
        seen.extend((window.statusBar().currentMessage(), place.accessibleName() if place else "nowhere"))
        frame.close()

    when_open(look)
    assert start.open_window(None) == 0
    assert "settings.json could not be read" in seen[0]
    assert "Last name" in seen[1]


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(
    ("appearance", "is_dark"), [(Appearance.DARK, True), (Appearance.LIGHT, False), (Appearance.AUTOMATIC, False)]
)
def test_the_colors_are_as_set(qapp: QApplication, appearance: Appearance, is_dark: bool) -> None:
    dress(qapp, Settings(appearance=appearance))
    assert theme.is_dark(qapp.palette()) is is_dark
    dress(qapp, Settings(appearance=Appearance.LIGHT))


@pytest.mark.usefixtures("dressed")
def test_the_computers_own_colors_are_left_alone(qapp: QApplication) -> None:
    own = QPalette(Qt.GlobalColor.yellow)
    qapp.setPalette(own)
    dress(qapp, Settings(appearance=Appearance.SYSTEM))
    assert qapp.palette().color(QPalette.ColorRole.Button) == own.color(QPalette.ColorRole.Button)
    dress(qapp, Settings(appearance=Appearance.LIGHT))


def test_none_lasts_as_long_as_the_window() -> None:
    make_lasting()
    for constant in (None, True, False, NotImplemented, Ellipsis):
        assert sys.getrefcount(constant) > SPARE // 2


@pytest.mark.fresh_window  # one that stays open would keep the program of another test from ending
def test_an_hour_of_repainting_does_not_use_none_up(editor: OpenCase, window: MainWindow) -> None:
    for _ in range(30):
        window.grab()
    assert sys.getrefcount(None) > SPARE // 2


def test_the_program_ends_quietly() -> None:
    code = (
        "from PySide6.QtCore import QTimer\n"
        "from mild_biller.gui import start\n"
        "from mild_biller.gui.application import bare_application\n"
        "from tests.gui.helpers import when_open\n"
        "application = bare_application()\n"
        "QTimer.singleShot(0, lambda: when_open(lambda frame: frame.close()))\n"
        "raise SystemExit(start.open_window(None))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ)
    noise = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, noise) == (0, [])


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    code = (
        "import sys\n"
        "from mild_biller.gui import start\n"
        "from mild_biller.gui.application import bare_application\n"
        "print(sorted({'pydantic', 'reportlab', 'pikepdf', 'mild_biller.loader'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"


def test_a_frame_that_is_closed_at_once_ends_the_program(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = on_the_screen()
    monkeypatch.setattr(Frame, "paintEvent", lambda frame, event: QTimer.singleShot(0, frame, frame.close))
    assert start.open_window(None) == 0
    assert on_the_screen() == before


def test_a_frame_on_a_desktop_that_does_not_paint_opens_all_the_same(qtbot: QtBot) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    frame.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    assert frame.show_at_once()


@pytest.mark.fresh_window
@pytest.mark.usefixtures("dressed")
def test_the_frame_follows_title_and_mark_and_asks_before_closing(
    window: MainWindow, answering: Answering, qtbot: QtBot
) -> None:
    frame = Frame()
    frame.hold(window)
    frame.show()
    assert (frame.windowTitle(), frame.isWindowModified()) == ("Mild Biller[*]", False)
    window.case.write("/patient/last", "TESTPATIENT")
    assert frame.isWindowModified()
    asked = answering("ask_save", dialogs.Answer.CANCEL)
    assert not frame.close()
    assert asked
    answering("ask_save", dialogs.Answer.DISCARD)
    assert frame.close()
    frame.takeCentralWidget()  # the window is the fixture's


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('{"appearance": "dark"}', Appearance.DARK),
        ('{"appearance": "pink"}', Appearance.AUTOMATIC),
        ('{"appearance": ["dark"]}', Appearance.AUTOMATIC),
        ("{}", Appearance.AUTOMATIC),
        ("[]", Appearance.AUTOMATIC),
        ("{", Appearance.AUTOMATIC),
        pytest.param("[" * 100_000, Appearance.AUTOMATIC, id="deep"),
        (None, Appearance.AUTOMATIC),
    ],
)
def test_the_first_colors_are_those_of_the_settings(content: str | None, wanted: Appearance, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert first_appearance(file) is wanted


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(("appearance", "is_dark"), [(Appearance.DARK, True), (Appearance.LIGHT, False)])
def test_the_frame_has_the_colors_that_are_set(qapp: QApplication, appearance: Appearance, is_dark: bool) -> None:
    application.color(qapp, appearance)
    assert theme.is_dark(qapp.palette()) is is_dark
    application.color(qapp, Appearance.SYSTEM)
    application.color(qapp, Appearance.AUTOMATIC)
    assert theme.is_dark(qapp.palette()) is is_dark
    dress(qapp, Settings(appearance=Appearance.LIGHT))
