"""The preview shows the present claim, pages and zoom, and why there is none."""

import pypdfium2
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mild_biller.core.case.claim_input import FacilityClaim
from mild_biller.core.case.people import Organization
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.widgets.pdf_pages import LEAST, MOST
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.presentation.claim.printout import file_name
from tests.gui.helpers import typed
from tests.gui.waiting import settled
from tests.support import example_file


def shown(window: MainWindow, name: str) -> None:
    window.case.open(example_file(name))
    window.go_to_step(4)


def page_text(window: MainWindow, page: int = 0) -> str:
    assert window.preview.view.content is not None
    with pypdfium2.PdfDocument(window.preview.view.content) as document:
        return document[page].get_textpage().get_text_bounded()


def test_the_page_is_made_only_while_it_can_be_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    settled(window)
    assert window.preview.view.page_count == 0
    window.go_to_step(4)
    assert window.preview.view.page_count == 1
    assert "1EG4TE5MK73" in page_text(window)


def test_the_page_follows_the_typing_once_it_rests(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    paid = typed(window, "/claim/amount_paid")
    with qtbot.waitSignal(window.preview.shown):
        paid.setText("12.34")
    assert "12" in page_text(window)


def test_the_reader_stays_where_he_was(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    window.preview.zoom(2.0)
    settled(window)
    bar = window.preview.view.verticalScrollBar()
    bar.setValue(300)
    with qtbot.waitSignal(window.preview.shown):
        typed(window, "/claim/amount_paid").setText("12.34")
    settled(window)
    assert bar.value() == 300


def test_with_the_form_or_the_data_alone(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    assert window.preview.mode is PrintMode.WITH_FORM
    assert "HEALTH INSURANCE CLAIM FORM" in page_text(window)
    with qtbot.waitSignal(window.preview.shown):
        window.preview.mode = PrintMode.DATA_ONLY
    assert "HEALTH INSURANCE CLAIM FORM" not in page_text(window)


def test_several_pages(window: MainWindow) -> None:
    shown(window, "stress-long-values")
    assert window.preview.view.page_count == 2
    assert window.preview._pages.text() == "2 pages"


def test_a_draft_says_why(window: MainWindow) -> None:
    shown(window, "medicare-letter-o")
    assert window.preview._said.text() == "Draft: 1 finding must be fixed before billing."
    assert "DRAFT" in page_text(window)


def test_no_claim_says_why_and_shows_no_old_page(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    with qtbot.waitSignal(window.preview.shown):
        window.case.open(example_file("va-facility-2026"))
    assert "No claim is billed" in window.preview._said.text()
    assert not window.preview.view.isVisible()
    assert not window.preview._print.isEnabled()
    assert window.preview.view.page_count == 0


def test_an_amount_too_wide_for_its_box_makes_no_page(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.case.write("/claim/charges/62330", "123456789.00")
    window.go_to_step(4)
    assert "No page is made" in window.preview._said.text()
    assert not window.preview._export.isEnabled()


def test_zoom(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    preview = window.preview
    preview.fit()
    settled(window)
    fitted = preview.shown_zoom
    preview._larger.click()
    assert preview.shown_zoom > fitted
    for _ in range(30):
        preview._larger.click()
    assert preview.shown_zoom == MOST
    for _ in range(60):
        window.actions_by_name["smaller"].trigger()
    assert preview.shown_zoom == LEAST
    assert preview._zoom_words.text() == "25 %"
    preview._fit.click()
    assert preview.shown_zoom == fitted


def test_the_form_can_have_all_the_room(window: MainWindow) -> None:
    shown(window, "medicare-asc-2026")
    window.go_to_step(0)
    window.actions_by_name["alone"].trigger()
    assert window.preview.isVisible()
    assert not window.panel.isVisible()
    window.actions_by_name["alone"].trigger()
    assert window.panel.isVisible()
    window.actions_by_name["alone"].trigger()
    assert typed(window, "/claim/amount_paid").isVisible()


def test_the_wheel_zooms_with_ctrl_alone(window: MainWindow) -> None:
    shown(window, "medicare-asc-2026")
    before = window.preview.shown_zoom
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(window.preview.view.viewport(), event)
        assert (window.preview.shown_zoom > before) is (modifier is Qt.KeyboardModifier.ControlModifier)


def test_the_facilitys_claim_can_be_shown_where_there_is_one(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "medicare-asc-2026")
    assert not window.preview._which.isVisible()
    facility = FacilityClaim(form=FormKind.UB04, billing=Organization(name="ALLEGHENY TEST HOSPITAL"))
    with qtbot.waitSignal(window.preview.shown):
        window.case.write("/facility_claim", facility)
    assert window.preview._which.isVisible()
    with qtbot.waitSignal(window.preview.shown):
        window.preview._which.setCurrentIndex(1)
    assert "ALLEGHENY" in page_text(window)
    assert file_name(window.preview.review, mode=PrintMode.WITH_FORM).startswith("ub04-")
    group = next(each for each in window.panel._groups if each.key == "facility")
    assert group.entries


def test_proposed_names_tell_form_and_day(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    assert file_name(window.case.review, mode=PrintMode.WITH_FORM) == "cms1500-2026-03-10.pdf"
    window.case.open(example_file("va-facility-2026"))
    assert file_name(window.case.review, mode=PrintMode.WITH_FORM) == "claim-2026-03-10.pdf"
