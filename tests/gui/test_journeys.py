"""Whole journeys by the keyboard alone: a case from its first empty field to paper, and a troubled one mended."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from mild_biller.core.case.model import Case
from mild_biller.gui.pages.lookback_chart import LookBackView
from mild_biller.gui.pages.procedure_page import ProcedurePage
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.store.case_file import dump_case, open_case
from tests.gui.helpers import Answering, Keyboard, box_text, medicare, premera, type_case
from tests.gui.journey import Mending, content, leave, open_problems, typing, undo_all
from tests.support import example_file

PRINTED = {
    "1_medicare": "X",
    "1a": "1EG4TE5MK73",
    "2": "TESTPATIENT, ALMA, Q",
    "3_mm": "07",
    "3_dd": "06",
    "3_yyyy": "1951",
    "3_f": "X",
    "5_street": "12 ELM STREET",
    "5_city": "PITTSBURGH",
    "5_zip": "15213",
    "17": "CHRIS REFERRER",
    "17b": "2000000028",
    "21_A": "M48062",
    "21_B": "Z006",
    "24.1_fm": "03",
    "24.1_fd": "10",
    "24.1_d": "62330",
    "24.1_m1": "Q0",
    "24.2_d": "62331",
    "24.2_m1": "Q0",
    "24.1_e": "AB",
    "24.1_f_d": "4600",
    "24.2_f_d": "2300",
    "24.1_j": "1234567893",
    "25": "251234567",
    "27_y": "X",
    "28_d": "6900",
    "28_c": "00",
    "32a": "2000000036",
    "33a": "2000000010",
}


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def verdict(window: MainWindow) -> str:
    return window.panel.verdict.headline.text()


def test_a_medicare_case_from_the_first_empty_field_to_paper(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path
) -> None:
    assert verdict(window) == "Coverage not determined"
    type_case(keyboard, payer=medicare, study=True)
    assert verdict(window) == "Covered"
    assert not open_problems(window)
    assert content(window.case.case) == content(
        open_case(example_file("medicare-asc-2026"), catalog=window.case.catalog)
    )
    claim = tmp_path / "claim.pdf"
    answering("choose_pdf_target", claim)
    keyboard.go_to("What is shown and exported")
    keyboard.write("Data")
    keyboard.press("Ctrl+E")
    assert {box: box_text(claim, box) for box in PRINTED} == PRINTED
    keyboard.press("Ctrl+1")
    undo_all(window, keyboard)
    assert window.case.case == Case()


def test_a_commercial_case_to_its_notice(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path
) -> None:
    type_case(keyboard, payer=premera, study=False)
    assert verdict(window) == "Not covered"
    assert open_problems(window) == ["premera-7-01-126", "notice-before-service"]
    keyboard.press("F8", times=2)
    assert keyboard.name == "Add notice"
    keyboard.press("Space")
    keyboard.fill({": Notice": "Member", "Signed on": "3/2/26"})
    assert open_problems(window) == ["premera-7-01-126"]
    saved, claim = tmp_path / "case.json", tmp_path / "claim.pdf"
    answering("choose_case_target", saved)
    answering("choose_pdf_target", claim)
    asked = answering("confirm", True)
    keyboard.press("Ctrl+S")
    keyboard.press("Ctrl+E")
    assert ["Not covered: Premera" in str(each) for each in asked] == [True]
    (notice,) = open_case(saved, catalog=window.case.catalog).notices or ()
    assert (notice.kind, str(notice.signed_on)) == ("member-notice", "2026-03-02")
    assert box_text(claim, "1a") == "ABC600112233"
    assert box_text(claim, "21_A") == "M48062"
    assert box_text(claim, "24.1_d") == "62330"
    assert [box_text(claim, box) for box in ("21_B", "24.1_m1")] == ["", ""]


def empty(keyboard: Keyboard) -> None:
    keyboard.press("Backspace")  # what stands there is selected


def add_a_notice(keyboard: Keyboard) -> None:
    keyboard.press("Space")
    keyboard.fill({": Notice": "Member", "Signed on": "3/2/26"})


TROUBLES: Mapping[str, tuple[Mapping[str, Mending], list[str]]] = {
    "guide-sample-as-printed": (
        {
            "code-not-valid-on-date": leave,  # the date is off, not the code
            "timely-filing": typing("03102026"),
            "medicare-ced-pointers": typing("A B"),
        },
        [],
    ),
    "medicare-letter-o": ({"modifier-letter-o": typing("Q0")}, []),
    "premera-with-study-bundle": (
        {
            "/claim/lines/0/modifiers": empty,
            "/claim/diagnoses/1": typing("M48.062"),
            "pointer-to-nothing": typing("A"),  # the line still pointed to the diagnosis that is gone
            "premera-7-01-126": leave,
            "notice-before-service": add_a_notice,
        },
        ["premera-7-01-126"],
    ),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_troubled_case_is_mended_finding_by_finding(
    window: MainWindow, keyboard: Keyboard, answering: Answering, name: str, tmp_path: Path
) -> None:
    mending, left = TROUBLES[name]
    answering("choose_case", example_file(name))
    keyboard.press("Ctrl+O")
    before = dump_case(window.case.case)
    walked = []
    while open_problems(window) != left:
        keyboard.press("F8")
        entry = window.panel.tree.chosen
        assert entry is not None
        assert entry.finding is not None
        walked.append(entry.finding.rule)
        assert len(walked) < 20, walked
        by_path = mending.get(entry.path)
        (by_path or mending[entry.finding.rule])(keyboard)
        keyboard.go_on()
    assert not window.case.review.errors
    claim = tmp_path / "claim.pdf"
    answering("choose_pdf_target", claim)
    asked = answering("confirm", True)
    keyboard.press("Ctrl+E")
    assert len(asked) == len(left)  # what is left needs review; no draft is asked about
    assert box_text(claim, "24.1_d") == "62330"
    undo_all(window, keyboard)
    assert dump_case(window.case.case) == before


def test_the_spine_and_the_table_are_one_value_and_the_codes_follow_at_once(
    window: MainWindow, keyboard: Keyboard, answering: Answering
) -> None:
    answering("choose_case", example_file("medicare-asc-2026"))
    keyboard.press("Ctrl+O")
    keyboard.press("Ctrl+3")
    page = window.pages[2]
    assert isinstance(page, ProcedurePage)
    codes = page.drawn.codes
    before = codes.text()
    keyboard.go_to("L3-L4, both sides")
    keyboard.press("Delete")
    assert "62331" not in codes.text()
    keyboard.press("Down")
    assert keyboard.name == "L4-L5, both sides"
    keyboard.press("L")
    assert ">52<" in codes.text()  # one side only
    keyboard.go_to("Interspace 1: Side")
    keyboard.write("Both")
    assert [disc.accessibleName() for disc in page.drawn.spine.discs][2:4] == ["L3-L4, not chosen", "L4-L5, both sides"]
    keyboard.add("interspace")
    keyboard.fill({": Interspace": "L3-L4", "Side": "Both"})
    assert codes.text() == before
    undo_all(window, keyboard)
    assert not window.case.is_changed


def test_what_is_typed_by_hand_says_so_beside_the_spine(
    window: MainWindow, keyboard: Keyboard, answering: Answering
) -> None:
    page = window.pages[2]
    assert isinstance(page, ProcedurePage)
    keyboard.press("Ctrl+3")
    assert "a date of service, a region and an interspace" in page.drawn.codes.text()
    answering("choose_case", example_file("stress-long-values"))
    keyboard.press("Ctrl+O")
    text = page.drawn.codes.text()
    assert "one side only (typed)" in text
    assert "Also on the claim: 99214, 72100" in text
    window.case.write("/claim/lines/0/pointers", ("Q",))
    window.case.write("/claim/lines/0/units", 3)
    window.case.write("/claim/lines/0/modifiers", ("<b>",))
    assert "points to no diagnosis (typed)" in page.drawn.codes.text()
    assert "units; the maximum for this code is 1 (typed)" in page.drawn.codes.text()
    assert "&lt;b&gt;" in page.drawn.codes.text().lower()


def test_an_earlier_procedure_appears_in_the_look_back(
    window: MainWindow, keyboard: Keyboard, answering: Answering
) -> None:
    answering("choose_case", example_file("medicare-asc-2026"))
    keyboard.press("Ctrl+O")
    keyboard.press("Ctrl+1")
    timeline = window.findChild(LookBackView)
    assert isinstance(timeline, LookBackView)
    assert "Fusion" not in timeline.accessibleDescription()
    keyboard.add("prior procedure")
    keyboard.fill({"Type": "Fusion", "Region": "Lumbar", "Date": "1/5/26"})
    assert verdict(window) == "Not covered"
    assert "Fusion 01/05/2026" in timeline.accessibleDescription()


class Openings(QObject):
    """Notes every window that opens, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(f"{type(watched).__name__} {watched.property('text') or ''}".strip())
        return False


def test_no_other_window_flashes_up_and_takes_the_keyboard(window: MainWindow, keyboard: Keyboard) -> None:
    openings = Openings()
    QApplication.instance().installEventFilter(openings)
    for step in range(len(window.pages)):
        keyboard.press(f"Ctrl+{step + 1}")
    window.case.open(example_file("own-payer-spouse"))
    keyboard.press("Ctrl+2")
    QApplication.instance().removeEventFilter(openings)
    assert not openings.opened
