"""Settings: a field for each, made from the model; kept, and followed while the window is open."""

import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mild_biller import settings
from mild_biller.appearance import Appearance
from mild_biller.gui import app, dialogs
from mild_biller.gui.safety.idle import IdleCover
from mild_biller.gui.settings.settings_controller import SettingsController
from mild_biller.gui.settings.settings_form import SettingsForm
from mild_biller.gui.style import theme
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.typed_text import DAY, Calendar, shown_day
from mild_biller.settings import Calibration, DateShorthand, Offered, Settings
from tests.gui.helpers import Answering, cell, typed
from tests.support import example_file

pytestmark = pytest.mark.fresh_window

OFFERS = {Offered.PAYERS: [("medicare", "Medicare"), ("aetna", "Aetna")]}


@pytest.fixture
def office(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> SettingsController:
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
        date_shorthand=DateShorthand.WRITTEN_OUT,
        years_ahead=3,
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
    assert "no longer available" in box.currentText()
    assert shown.chosen().default_billing == "GONE"


def test_limits_are_those_of_the_model(qtbot: QtBot) -> None:
    shown = form(qtbot, Settings())
    size = shown.editors["text_size"]
    assert isinstance(size, QSpinBox)
    assert (size.minimum(), size.maximum(), size.singleStep()) == (75, 250, 5)


def test_settings_are_asked_for_kept_and_followed(
    window: MainWindow,
    office: SettingsController,
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
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


def test_every_date_field_follows_how_dates_are_typed(
    window: MainWindow, office: SettingsController, qtbot: QtBot
) -> None:
    birth = typed(window, "/patient/birth_date")
    qtbot.keyClicks(birth, "7/6/51")
    assert window.case.read("/patient/birth_date") == date(1951, 7, 6)
    office.change(Settings(date_shorthand=DateShorthand.FULL_YEARS))
    assert window.case.read("/patient/birth_date") == date(1951, 7, 6)  # what was read stays
    assert birth.text() == "07/06/1951"
    service = typed(window, "/procedure/date_of_service")
    qtbot.keyClicks(service, "3/9/26")
    assert window.case.read("/procedure/date_of_service") is None
    typed(window, "/patient/last")
    assert "the year is short" in cell(window, "/procedure/date_of_service").input.accessibleDescription()
    office.change(Settings(date_shorthand=DateShorthand.SHORT_YEARS))
    assert window.case.read("/procedure/date_of_service") == date(2026, 3, 9)
    assert not window.case.faults
    office.change(Settings(years_ahead=50))
    service.setText("3/9/70")
    assert window.case.read("/procedure/date_of_service") == date(2070, 3, 9)
    birth.setText("3/9/70")
    assert window.case.read("/patient/birth_date") == date(1970, 3, 9)


def test_the_setting_says_by_example_how_a_date_is_read() -> None:
    said = Settings.model_fields["date_shorthand"].description or ""
    calendar = Calendar(date(2026, 3, 12))
    for example_text in ("7/6/1951", "07061951", "7/6/51", "070651", "07/06/1951"):
        assert example_text in said
        assert DAY.read(example_text, calendar).value == date(1951, 7, 6)
    ahead = Settings.model_fields["years_ahead"].description or ""
    for typed_text, read in (("3/1/36", "03/01/2036"), ("3/1/37", "03/01/1937")):
        assert f"{typed_text} is {read}" in ahead
        assert shown_day(DAY.read(typed_text, calendar).value) == read


def test_cancelling_changes_nothing(window: MainWindow, office: SettingsController, answering: Answering) -> None:
    answering("show_form", False)
    window.actions_by_name["settings"].trigger()
    assert office.settings == Settings()
    office.change(Settings())
    assert not settings.default_file().exists()


def test_settings_that_cannot_be_kept_hold_and_say_so(
    window: MainWindow, office: SettingsController, answering: Answering, qapp: QApplication
) -> None:
    settings.default_file().parent.parent.mkdir(parents=True, exist_ok=True)
    settings.default_file().parent.write_bytes(b"a file in its place")
    told = answering("tell", None)
    office.change(Settings(appearance=Appearance.DARK))
    assert "cannot be written" in str(told)
    assert theme.is_dark(qapp.palette())


def test_the_case_is_hidden_and_shown_again(window: MainWindow, office: SettingsController, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    last = typed(window, "/patient/last")
    office.change(Settings(idle_minutes=1))
    cover = window.findChild(IdleCover)
    assert cover is not None
    cover._timer.setInterval(30)
    cover._restart()
    qtbot.waitUntil(lambda: cover.is_covering)
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
    window.case.open(example_file("medicare-asc-2026"))


def test_an_open_dialog_is_hidden_too(window: MainWindow, office: SettingsController, qtbot: QtBot) -> None:
    cover = window.findChild(IdleCover)
    assert cover is not None
    office.change(Settings(idle_minutes=1))
    dialog, line = QDialog(window), QLineEdit("TESTPATIENT")
    ended = QLabel("gone meanwhile")
    QVBoxLayout(dialog).addWidget(line)
    dialog.layout().addWidget(ended)  # type: ignore[union-attr]
    dialog.open()
    line.setFocus()
    cover.cover()
    assert not line.isVisible()
    assert dialog.isVisible()  # hidden whole it would end
    ended.deleteLater()
    QApplication.sendPostedEvents(ended, QEvent.Type.DeferredDelete)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # shows it again, and does nothing else
    assert not cover.is_covering
    assert line.isVisible()
    assert line.text() == "TESTPATIENT"
    dialog.reject()


def test_nothing_is_hidden_unless_it_is_asked_for(window: MainWindow, office: SettingsController) -> None:
    cover = window.findChild(IdleCover)
    assert cover is not None
    assert not cover._timer.isActive()


def test_a_file_of_settings_from_before_is_read(home: Path) -> None:
    file = settings.default_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"format": 1, "appearance": "dark", "nudge_right": 1.5}', encoding="utf-8")
    assert settings.load(file).settings == Settings(appearance=Appearance.DARK, nudge_right=1.5)
