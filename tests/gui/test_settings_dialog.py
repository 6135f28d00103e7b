"""Settings: a field for each, made from the model; kept, and followed while the window is open."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from mild_biller import settings
from mild_biller.appearance import Appearance
from mild_biller.gui import app, dialogs, theme
from mild_biller.gui.dress import dress
from mild_biller.gui.idle import IdleCover
from mild_biller.gui.main_window import MainWindow
from mild_biller.gui.office import Office
from mild_biller.gui.settings_form import SettingsForm
from mild_biller.settings import Calibration, Offered, Settings
from tests.gui.helpers import Answering, example, typed

OFFERS = {Offered.PAYERS: [("medicare", "Medicare"), ("aetna", "Aetna")]}


@pytest.fixture
def office(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Office:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = app.furnish(window, Settings(), app.protect(window, Settings()))
    yield made
    dress(qapp, Settings())
    QApplication.instance().removeEventFilter(window.findChild(IdleCover))


def form(qtbot: QtBot, chosen: Settings) -> SettingsForm:
    made = SettingsForm(chosen, offers=OFFERS)
    qtbot.addWidget(made)
    return made


def test_every_setting_with_a_title_has_a_field_that_says_what_it_is_for(qtbot: QtBot) -> None:
    shown = form(qtbot, Settings())
    titled = {name for name, info in Settings.model_fields.items() if info.title} - {"printers"}
    assert set(shown.editors) == titled
    for editor in shown.editors.values():
        assert editor.accessibleName()
        assert editor.accessibleDescription()


def test_what_is_shown_is_what_is_set(qtbot: QtBot) -> None:
    chosen = Settings(
        appearance=Appearance.DARK,
        text_size=150,
        idle_minutes=7,
        autosave_seconds=30,
        default_payer="aetna",
        nudge_right=1.25,
        scale=0.985,
        printers={"Front desk": Calibration(nudge_down=-2, scale=1.004)},
    )
    assert form(qtbot, chosen).chosen() == chosen


def test_every_kind_of_field_is_read(qtbot: QtBot) -> None:
    shown = form(qtbot, Settings(printers={"Front desk": Calibration()}))
    appearance, size = shown.editors["appearance"], shown.editors["text_size"]
    payer, down = shown.editors["default_payer"], shown.editors["Front desk/nudge_down"]
    assert isinstance(appearance, QComboBox)
    assert isinstance(size, QSpinBox)
    assert isinstance(payer, QComboBox)
    assert isinstance(down, QDoubleSpinBox)
    appearance.setCurrentText("Light")
    size.setValue(125)
    payer.setCurrentText("Aetna")
    down.setValue(3.5)
    chosen = shown.chosen()
    assert (chosen.appearance, chosen.text_size, chosen.default_payer) == (Appearance.LIGHT, 125, "aetna")
    assert chosen.calibration("Front desk").nudge_down == 3.5
    assert chosen.calibration("Another").nudge_down == 0


def test_a_name_that_is_no_longer_offered_stays_and_says_so(qtbot: QtBot) -> None:
    shown = form(qtbot, Settings(default_billing="GONE"))
    box = shown.editors["default_billing"]
    assert isinstance(box, QComboBox)
    assert "no longer there" in box.currentText()
    assert shown.chosen().default_billing == "GONE"


def test_limits_are_those_of_the_model(qtbot: QtBot) -> None:
    shown = form(qtbot, Settings())
    size = shown.editors["text_size"]
    assert isinstance(size, QSpinBox)
    assert (size.minimum(), size.maximum(), size.singleStep()) == (75, 250, 5)


def test_settings_are_asked_for_kept_and_followed(
    window: MainWindow, office: Office, answering: Answering, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    window.case.open(example("medicare-asc-2026"))
    last = typed(window, "/patient/last")
    birth = typed(window, "/patient/birth_date")
    before = [last.font().pointSizeF(), birth.font().pointSizeF()]

    def fill_in(_: QWidget, title: str, shown: SettingsForm, **named: object) -> bool:
        assert title == "Settings"
        shown.editors["text_size"].setValue(200)  # type: ignore[attr-defined]
        shown.editors["appearance"].setCurrentText("Dark")  # type: ignore[attr-defined]
        shown.editors["nudge_right"].setValue(2)  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr(dialogs, "show_form", fill_in)
    window.actions_by_name["settings"].trigger()
    assert theme.is_dark(qapp.palette())
    qapp.processEvents()
    assert [last.font().pointSizeF(), birth.font().pointSizeF()] == [2 * each for each in before]
    assert office.settings.calibration().nudge_right == 2.0
    assert settings.load(settings.default_file()).settings == office.settings
    headline = window.panel.verdict.headline
    assert headline.palette().color(headline.foregroundRole()).lightnessF() > 0.5


def test_cancelling_changes_nothing(window: MainWindow, office: Office, answering: Answering) -> None:
    answering("show_form", False)
    window.actions_by_name["settings"].trigger()
    assert office.settings == Settings()
    office.change(Settings())
    assert not settings.default_file().exists()


def test_settings_that_cannot_be_kept_hold_and_say_so(
    window: MainWindow, office: Office, answering: Answering, qapp: QApplication
) -> None:
    settings.default_file().parent.parent.mkdir(parents=True, exist_ok=True)
    settings.default_file().parent.write_bytes(b"a file in its place")
    told = answering("tell", None)
    office.change(Settings(appearance=Appearance.DARK))
    assert "could not be kept" in str(told)
    assert theme.is_dark(qapp.palette())


def test_the_case_is_hidden_and_shown_again(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    window.case.open(example("medicare-asc-2026"))
    last = typed(window, "/patient/last")
    office.change(Settings(idle_minutes=1))
    cover = window.findChild(IdleCover)
    assert cover is not None
    cover._timer.setInterval(30)
    cover._restart()
    qtbot.waitUntil(lambda: cover.is_covering, timeout=2000)
    seen = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert seen == [cover.label.text()]
    assert not last.isVisible()
    assert "TESTPATIENT" not in window.windowTitle()
    cover._timer.setInterval(60_000)
    window.resize(900, 700)
    assert cover.label.size() == window.size()
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert not cover.is_covering
    assert last.isVisible()
    assert window.case.read("/patient/last") == "TESTPATIENT"
    qtbot.keyClick(last, Qt.Key.Key_Z)  # counts anew, and is typed
    assert cover._timer.isActive()
    assert "Z" in last.text().upper()
    window.case.open(example("medicare-asc-2026"))


def test_nothing_is_hidden_unless_it_is_asked_for(window: MainWindow, office: Office) -> None:
    cover = window.findChild(IdleCover)
    assert cover is not None
    assert not cover._timer.isActive()


def test_a_file_of_settings_from_before_is_read(home: Path) -> None:
    file = settings.default_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"format": 1, "appearance": "dark", "nudge_right": 1.5}', encoding="utf-8")
    assert settings.load(file).settings == Settings(appearance=Appearance.DARK, nudge_right=1.5)
