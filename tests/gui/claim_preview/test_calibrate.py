"""The calibration assistant: the test page, the ruler, what is kept for which printer, and that printing follows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mild_biller import loader, settings
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui import dialogs
from mild_biller.gui.app import furnish
from mild_biller.gui.claim_preview import calibrate
from mild_biller.gui.claim_preview.calibrate import NO_PRINTER, UNREADABLE, Calibrate
from mild_biller.gui.commands import file_commands
from mild_biller.gui.safety.recovery import Recovery
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.claim_form.calibration import Unit
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.settings import Calibration, Settings
from tests.support import example_file

OWN = Calibration(nudge_right=-3.6, nudge_down=2.0, scale=0.995)


@pytest.fixture
def form(dressed: None, qtbot: QtBot) -> Calibrate:
    made = Calibrate(loader.layout(FormKind.CMS1500))
    qtbot.addWidget(made)
    made.printers.clear()
    return made


def type_in(form: Calibrate, left: str, top: str, apart: str, unit: Unit = Unit.INCHES) -> None:
    form.unit.setCurrentText(unit.value)
    for name, text in (("from_left", left), ("from_top", top), ("apart", apart)):
        form.lengths[name].setText(text)


def test_nothing_is_kept_without_printer_and_lengths(form: Calibrate) -> None:
    assert form.fault() == NO_PRINTER
    form.printers.addItem("Front desk")
    assert form.fault() == UNREADABLE
    type_in(form, "0.5", "0.3", "abc")
    assert form.fault() == UNREADABLE
    type_in(form, "0.5", "0.3", "0")
    assert form.fault() == UNREADABLE
    type_in(form, "5", "0.3", "7.5")
    assert "too far off" in form.fault()
    assert "too far off" in form.result.text()


@pytest.mark.parametrize(
    ("lengths", "unit"), [(("0.55", "0.25", "7 1/2"), Unit.INCHES), (("13.97", "6.35", "190.5"), Unit.MILLIMETRES)]
)
def test_the_ruler_gives_the_nudge(form: Calibrate, lengths: tuple[str, str, str], unit: Unit) -> None:
    form.printers.addItem("Front desk")
    type_in(form, *lengths, unit=unit)
    assert not form.fault()
    assert form.chosen() == Calibration(nudge_right=-3.6, nudge_down=3.6, scale=1.0)
    assert "0.050 in (-3.6 pt) left" in form.result.text()
    assert "right one" in form.lengths["apart"].accessibleName()
    type_in(form, "0.5", "0.3", "7.2")
    assert "another size" in form.result.text()
    form.grab()


def test_the_test_page_goes_to_the_printer_that_is_chosen(form: Calibrate, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[int] = []

    class Named(QPrinter):
        def printerName(self) -> str:
            return "Front desk"

    monkeypatch.setattr(calibrate, "letter_printer", Named)
    monkeypatch.setattr(calibrate, "print_document", lambda document, _: printed.append(document.pageCount()))
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: False)
    form.test.click()
    assert not printed
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: True)
    form.test.click()
    assert printed == [1]
    assert form.printer == "Front desk"


@pytest.mark.fresh_window
def test_it_is_kept_for_its_printer_and_used_for_data_alone(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office = furnish(window, Settings(), Recovery(window.case, folder=tmp_path, seconds=60))
    window.case.open(example_file("medicare-asc-2026"))

    def keep(parent: QWidget, title: str, form: Calibrate, **_: Callable[[], str]) -> bool:
        form.printers.addItem("Front desk")
        form.printers.setCurrentText("Front desk")
        type_in(form, "0.55", "0.25", "7.5")
        return True

    monkeypatch.setattr(dialogs, "show_form", keep)
    window.actions_by_name["calibrate"].trigger()
    assert office.settings.calibration("Front desk").nudge_right == -3.6
    assert settings.load(settings.default_file()).settings.printers.keys() == {"Front desk"}
    plain = window.preview.printed(PrintMode.DATA_ONLY)
    assert window.preview.printed(PrintMode.DATA_ONLY, printer="Front desk") != plain
    assert window.preview.printed(PrintMode.DATA_ONLY, printer="Another") == plain
    form_too = window.preview.printed(PrintMode.WITH_FORM)
    assert window.preview.printed(PrintMode.WITH_FORM, printer="Front desk") == form_too


def test_printing_asks_for_the_page_of_the_printer_chosen(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.preview.use(Settings(printers={"Front desk": OWN}))
    window.case.open(example_file("medicare-asc-2026"))
    made: list[bytes] = []

    class Named(QPrinter):
        def printerName(self) -> str:
            return "Front desk"

    monkeypatch.setattr(file_commands, "letter_printer", Named)
    monkeypatch.setattr(file_commands, "print_document", lambda document, _: made.append(document.getAllText(0).text()))
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: True)
    asked: list[str] = []
    printed = window.preview.printed
    monkeypatch.setattr(
        window.preview,
        "printed",
        lambda mode, *, printer="": (asked.append(printer), printed(mode, printer=printer))[1],
    )
    window.actions_by_name["print"].trigger()
    assert asked == ["", "Front desk"]
    assert len(made) == 1
