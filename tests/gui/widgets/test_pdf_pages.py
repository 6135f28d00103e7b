"""Pages to look at: drawn as large as they are seen, scrolled by keys, with links that lead, and little kept."""

import gc
from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mild_biller.gui.style import theme
from mild_biller.gui.widgets import pdf_pages
from mild_biller.gui.widgets.pdf_drawer import PageOrder, PagePicture
from mild_biller.gui.widgets.pdf_pages import KEPT_DOTS, MOST, MOST_DOTS, PdfPages
from mild_biller.gui.widgets.pdf_pane import PdfPane
from tests.gui.late import NEW, OLD, LateDrawer, colored, colors, drawer_of

LINK = (72, 600, 200, 650)  # on every page but the last, from the sheet's lower left corner
TARGET = 500  # how high on the last page the link leads


@pytest.fixture
def pane(dressed: None, qtbot: QtBot) -> PdfPane:
    return made(qtbot)


def made(qtbot: QtBot) -> PdfPane:
    pane = PdfPane("Pages")
    qtbot.addWidget(pane)
    pane.resize(500, 400)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def shown(pane: PdfPane, content: bytes | None, qtbot: QtBot) -> PdfPages:
    pane.show_pdf(content)
    qtbot.waitUntil(lambda: pane.view.is_shown)
    return pane.view


def linked(pages: int) -> bytes:
    """Return pages of which each but the last has a link to a place on the last, and one out of the file."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pagesize=(612, 792))
    for page in range(pages):
        if page == pages - 1:
            canvas.bookmarkHorizontal("end", 0, TARGET)
        else:
            canvas.linkRect("", "end", LINK, relative=0)
            canvas.linkURL("https://example.invalid/", (72, 500, 200, 550))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("zoom", [None, 0.5, 1.0, 3.0])
def test_every_page_in_sight_is_drawn_as_large_as_it_is_seen(pane: PdfPane, zoom: float | None, qtbot: QtBot) -> None:
    view = shown(pane, colored(OLD, pages=3), qtbot)
    if zoom is not None:
        pane.zoom(zoom / view.zoom)
        qtbot.waitUntil(lambda: view.is_shown)
    area, ratio = view.sheets().areas()[0], view.devicePixelRatioF()
    image = view.pictures[1].image
    assert (image.width(), image.height()) == (round(area.width * ratio), round(area.height * ratio))
    assert view.zoom == pytest.approx(area.width / (612 * view.logicalDpiX() / 72), rel=0.01)


@pytest.mark.parametrize("is_dark", [False, True])
def test_paper_is_white_whatever_the_colours_of_the_window(pane: PdfPane, is_dark: bool, qtbot: QtBot) -> None:
    pane.setPalette(theme.palette(is_dark=is_dark))
    view = shown(pane, linked(1), qtbot)
    assert "#ffffff" in colors(view)


def test_all_pages_are_come_to_by_the_keyboard(pane: PdfPane, qtbot: QtBot) -> None:
    view = shown(pane, colored(OLD, pages=3), qtbot)
    bar = view.verticalScrollBar()
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        before = bar.value()
        QTest.keyClick(view, key)
        assert bar.value() > before
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    qtbot.waitUntil(lambda: view.is_shown)
    assert 3 in view.pictures
    assert OLD in colors(view)


def test_a_link_leads_to_its_place_in_the_file_and_to_none_outside(pane: PdfPane, qtbot: QtBot) -> None:
    view = shown(pane, linked(4), qtbot)
    area = view.sheets().areas()[0]
    across, down = area.width / 612, area.height / 792

    def place(x: float, y: float) -> QPoint:
        return QPoint(round(area.x + x * across), round(area.y + (792 - y) * down) - view.verticalScrollBar().value())

    inside, outside = place(100, 625), place(100, 525)
    assert [view.is_live(at.toPointF()) for at in (inside, outside, place(300, 300))] == [True, False, False]
    QTest.mouseMove(view.viewport(), inside)
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=outside)
    assert view.verticalScrollBar().value() == 0
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    last = view.sheets().areas()[3]
    wanted = last.y + (792 - TARGET) * down - pdf_pages.MARGIN
    assert view.verticalScrollBar().value() == pytest.approx(min(wanted, view.verticalScrollBar().maximum()), abs=2)


def test_the_reader_stays_where_he_was_while_the_bytes_change(pane: PdfPane, qtbot: QtBot) -> None:
    view = shown(pane, colored(OLD, pages=3, layers=200), qtbot)
    view.verticalScrollBar().setValue(500)
    pane.show_pdf(colored(NEW, pages=3))
    shown(pane, colored(OLD, pages=3), qtbot)
    assert view.verticalScrollBar().value() == 500
    shown(pane, None, qtbot)
    assert view.verticalScrollBar().value() == 0


def test_a_scroll_bar_does_not_come_and_go_by_turns(pane: PdfPane, qtbot: QtBot) -> None:
    view = shown(pane, colored(OLD), qtbot)
    bar = view.verticalScrollBar()
    seen = set()
    for height in range(500, 800, 3):
        pane.resize(500, height)
        QApplication.processEvents()
        seen.add(bar.isVisible())
        whole = view.sheets().extent().height
        assert bar.isVisible() or whole <= view.viewport().height()
        assert bar.maximum() >= round(whole) - view.viewport().height()
    assert seen == {True, False}


def test_little_is_kept_of_what_is_out_of_sight(late: None, dressed: None, qtbot: QtBot) -> None:
    view = made(qtbot).view
    drawer = drawer_of(view)
    view.show()
    view.show_pdf(b"pages")
    content = drawer.given[0]
    side = 2_000
    for page in range(1, 40):
        image = QImage(side, side, QImage.Format.Format_Grayscale8)
        drawer.drawn.emit(PagePicture(content, PageOrder(page, side, side), image))
    assert 1 in view.pictures
    assert len(view.pictures) == 1 + KEPT_DOTS // (side * side)
    assert max(view.pictures) == len(view.pictures)  # those nearest to what is seen
    view.hide()
    assert not view.pictures


def test_a_page_that_comes_while_nobody_sees_it_is_asked_for_again(late: None, dressed: None, qtbot: QtBot) -> None:
    pane = made(qtbot)
    pane.show_pdf(colored(OLD))
    drawer = drawer_of(pane.view)
    pane.hide()
    assert drawer.wanted == ()
    drawer.deliver(drawer.given[0], OLD)
    assert not pane.view.pictures
    pane.show()
    assert [order.page for order in drawer.wanted] == [1]
    drawer.deliver(drawer.given[0], OLD)
    assert OLD in colors(pane.view)


def test_a_huge_page_is_drawn_coarser(pane: PdfPane, qtbot: QtBot) -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pagesize=(5_000, 5_000))
    canvas.showPage()
    canvas.save()
    view = shown(pane, buffer.getvalue(), qtbot)
    view.zoom_by(MOST / view.zoom)
    qtbot.waitUntil(lambda: view.is_shown)
    image = view.pictures[1].image
    assert 0.98 * MOST_DOTS < image.width() * image.height() < 1.02 * MOST_DOTS
    assert view.zoom == MOST


def test_what_cannot_be_drawn_is_said(pane: PdfPane, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    said: list[str] = []
    say = pdf_pages._say
    monkeypatch.setattr(pdf_pages, "_say", lambda painter, area, text: (said.append(text), say(painter, area, text)))
    shown(pane, b"%PDF-1.4 and nothing more", qtbot).grab()
    assert pdf_pages.FAILED in said
    assert pane.pages.text() == ""


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "PdfDrawer", LateDrawer)


def test_a_page_that_takes_long_or_fails_is_spoken_of(
    late: None, dressed: None, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[str] = []
    say = pdf_pages._say
    monkeypatch.setattr(pdf_pages, "_say", lambda painter, area, text: (said.append(text), say(painter, area, text)))
    view = made(qtbot).view
    view.show()
    view.show_pdf(b"a page")
    drawer = drawer_of(view)
    qtbot.waitUntil(lambda: pdf_pages.LOADING in said)
    drawer.drawn.emit(PagePicture(drawer.given[0], drawer.wanted[0], QImage()))
    assert view.is_shown
    view.grab()
    assert said[-1] == pdf_pages.FAILED


def test_other_bytes_are_opened_once_the_page_in_hand_is_done(pane: PdfPane, qtbot: QtBot) -> None:
    """So that nobody waits: two calls to the library that draws are never made at once."""
    view = pane.view
    opened = []
    view.opened.connect(lambda: opened.append(view.page_count))
    pane.show_pdf(colored(OLD, pages=2, layers=1_000))
    assert opened == [2]
    pane.show_pdf(colored(NEW, pages=3))
    assert opened == [2]
    assert (view.page_count, pane.pages.text()) == (0, "")
    qtbot.waitUntil(lambda: view.is_shown)
    assert opened == [2, 3]
    assert pane.pages.text() == "3 pages"


def test_a_pane_goes_while_a_page_is_in_the_making(dressed: None, qtbot: QtBot) -> None:
    for _ in range(5):
        pane = PdfPane("Pages")
        pane.resize(300, 300)
        pane.show()
        qtbot.waitExposed(pane)
        pane.show_pdf(colored(OLD, layers=300))
        pane.show_pdf(colored(NEW))
        pane.close()
        pane.deleteLater()
        del pane
        QApplication.processEvents()
        gc.collect()
