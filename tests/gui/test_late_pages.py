"""A page that is drawn late never stands where other bytes are to be seen: in a pane, the form, packet and letters."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.gui import tasks
from mild_biller.gui.request import letters_view
from mild_biller.gui.request.packet_view import Order
from mild_biller.gui.widgets import pdf_pages
from mild_biller.gui.widgets.pdf_pages import PdfPages
from mild_biller.gui.widgets.pdf_pane import PdfPane
from mild_biller.gui.window.main_window import MainWindow
from tests.corpus import hostile
from tests.gui.late import NEW, OLD, LateDrawer, colored, colors, drawer_of
from tests.gui.traces import pdf_text
from tests.support import example_file

CLAIM, REQUEST = 4, 5
LAYERS = 2_000  # of paint: such a page takes about a second to draw
MEMBER = "H1234567801"  # of the case that is left

Held = list[tuple[Callable[[], object], Callable[[object], object]]]


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "PdfDrawer", LateDrawer)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Packets and letters that were begun: a test makes them, and says when their bytes come."""
    begun: Held = []
    start = tasks.start

    def hold(work: Callable[[], object], *, tell: Callable[[object], object], **how: object) -> None:
        is_letter = isinstance(work, partial) and work.func is letters_view._pages
        if is_letter or isinstance(getattr(work, "__self__", None), Order):
            begun.append((work, tell))
        else:
            start(work, tell=tell, **how)

    monkeypatch.setattr(tasks, "start", hold)
    return begun


def shown_pane(qtbot: QtBot) -> PdfPane:
    pane = PdfPane("Pages")
    qtbot.addWidget(pane)
    pane.resize(500, 400)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def test_a_page_in_the_making_does_not_stand_for_the_next_one(dressed: None, qtbot: QtBot) -> None:
    pane = shown_pane(qtbot)
    pane.show_pdf(colored(OLD, layers=LAYERS))
    pane.grab()  # it is in the making now
    pane.show_pdf(colored(NEW))
    seen: set[str] = set()

    def has_come() -> bool:
        seen.update(colors(pane.view))
        return NEW in seen

    qtbot.waitUntil(has_come)
    assert OLD not in seen


def test_a_page_of_other_bytes_is_let_go(late: None, dressed: None, qtbot: QtBot) -> None:
    pane = shown_pane(qtbot)
    drawer = drawer_of(pane.view)
    pane.show_pdf(colored(OLD))
    pane.show_pdf(colored(NEW))
    old, new = drawer.given
    shown: list[str] = []
    pane.shown.connect(lambda: shown.append("it"))
    drawer.deliver(old, OLD)
    assert shown == []
    assert not {OLD, NEW} & colors(pane.view)
    with qtbot.waitSignal(pane.shown):
        drawer.deliver(new, NEW)
    assert NEW in colors(pane.view)
    drawer.deliver(old, OLD)
    assert OLD not in colors(pane.view)


def test_the_same_bytes_given_again_later_are_drawn_again(late: None, dressed: None, qtbot: QtBot) -> None:
    pane = shown_pane(qtbot)
    drawer = drawer_of(pane.view)
    for content in (colored(OLD), None, colored(OLD)):
        pane.show_pdf(content)
    first, second = drawer.given
    drawer.deliver(first, OLD)
    assert OLD not in colors(pane.view)
    drawer.deliver(second, OLD)
    assert OLD in colors(pane.view)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(example_file("medicare-advantage-2026"), tmp_path / "case.json")
    (tmp_path / "imaging-report.pdf").write_bytes(hostile.plain(1))
    return tmp_path


def look_at(window: MainWindow, what: str) -> PdfPages:
    """Bring pages into sight, and return what shows them."""
    request = window.prior_auth
    if what == "form":
        window.go_to_step(CLAIM)
        return window.preview.view
    window.go_to_step(REQUEST)
    if what == "packet":
        request.tabs.setCurrentWidget(request.packet)
        return request.packet.pane.view
    request.tabs.setCurrentWidget(request.letters)
    request.letters._look.setChecked(True)
    return request.letters.pane.view


@pytest.mark.fresh_window
@pytest.mark.parametrize("leave", ["new", "open"])
@pytest.mark.parametrize("what", ["form", "packet", "letter"])
def test_no_page_of_the_case_that_is_left_comes_into_the_next(
    late: None, window: MainWindow, folder: Path, what: str, leave: str, qtbot: QtBot
) -> None:
    window.case.open(folder / "case.json")
    view = look_at(window, what)
    drawer = drawer_of(view)
    qtbot.waitUntil(lambda: view.content is not None)
    assert MEMBER in pdf_text(drawer.given[-1].pdf)
    drawer.deliver(drawer.given[-1], OLD)
    assert OLD in colors(view)
    left = drawer.given[-1]
    if leave == "new":
        window.actions_by_name["new"].trigger()
    else:
        window.case.open(example_file("medicare-asc-2026"))
    assert view.content is None
    assert not view.pictures
    drawer.deliver(left, OLD)
    assert OLD not in colors(view)
    look_at(window, what)
    qtbot.waitUntil(lambda: view.content is not None or not view.isVisible())
    drawer.deliver(left, OLD)
    assert OLD not in colors(view)
    if view.content is not None:
        assert MEMBER not in pdf_text(view.content)
        drawer.deliver(drawer.given[-1], NEW)
        assert NEW in colors(view)


@pytest.mark.fresh_window
def test_a_packet_that_comes_late_is_not_shown_for_the_next_case(
    held: Held, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.case.open(folder / "case.json")
    view = look_at(window, "packet")
    qtbot.waitUntil(lambda: len(held) == 1)
    make, tell = held[0]
    made = make()
    window.actions_by_name["new"].trigger()
    qtbot.waitUntil(lambda: len(held) == 2)
    tell(made)
    assert view.content is None
    make, tell = held[1]
    tell(make())
    assert view.content is not None
    assert MEMBER not in pdf_text(view.content)


@pytest.mark.fresh_window
def test_a_letter_that_comes_late_is_not_shown_for_the_next_case_nor_for_another_letter(
    held: Held, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.case.open(folder / "case.json")
    view = look_at(window, "letter")
    letters = window.prior_auth.letters
    qtbot.waitUntil(lambda: len(held) == 1)
    make, tell = held[0]
    made = make()
    letters.kind = LetterKind.PEER_TO_PEER
    tell(made)
    assert view.content is None
    letters.kind = LetterKind.MEDICAL_NECESSITY
    window.actions_by_name["new"].trigger()
    tell(made)
    assert view.content is None
