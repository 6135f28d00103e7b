"""Every box explains itself: where it lies at any zoom, what it says, and the way to its field."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mild_biller.core.case.claim_input import FacilityClaim
from mild_biller.core.case.people import Organization
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.claim_preview.box_list import HINT
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.presentation.claim.box_notes import BoxNote, empty_note, notes, place_words
from mild_biller.presentation.claim.sheet_geometry import BoxMap, Sheets
from tests.gui.waiting import settled
from tests.support import PACK, example_file, example_names, reviewed

LETTER = (612.0, 792.0)


def test_pages_lie_centered_below_each_other() -> None:
    sheets = Sheets((LETTER, LETTER), pixels=1.0, zoom=1.0, room=812, margins=(6, 6, 6, 6), spacing=3)
    one, two = sheets.areas()
    assert (one.x, one.y, two.y) == (100, 6, 6 + 792 + 3)
    spot = sheets.spot(100 + 10, two.y + 20)
    assert spot is not None
    assert (spot.page, spot.x, spot.y) == (2, 10, 20)
    assert sheets.spot(5, 100) is None
    assert sheets.spot(300, 6 + 792 + 1) is None


@pytest.mark.parametrize("zoom", [None, 0.25, 1.0, 2.5])
def test_a_place_comes_back_at_any_zoom(zoom: float | None) -> None:
    sheets = Sheets((LETTER, LETTER), pixels=96 / 72, zoom=zoom, room=500, margins=(6, 6, 6, 6), spacing=3)
    layout = PACK.layout(FormKind.CMS1500)
    places = BoxMap(layout)
    for box in layout.boxes:
        area = sheets.shown(2, places.area(box))
        spot = sheets.spot(area.x + area.width / 2, area.y + area.height / 2)
        assert spot is not None
        assert spot.page == 2
        assert places.at(spot.x, spot.y, filled={box.id}) is box


@pytest.mark.parametrize("form", list(FormKind))
def test_every_box_is_found_at_its_cells_however_the_printer_is_off(form: FormKind) -> None:
    layout = PACK.layout(form)
    places = BoxMap(layout, nudge=(7.5, -4.0), scale=0.98)
    for box in layout.boxes:
        area = places.area(box)
        for share in (0.02, 0.5, 0.98):
            assert places.at(area.x + area.width * share, area.y + area.height * share, filled={box.id}) is box
    assert places.at(-5, -5, filled=()) is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/patient/last", "Patient: name"),
        ("/coverages/0/member_id", "Coverage: primary, member ID"),
        ("/coverages/3/payer", "Coverage: 4, payer"),
        ("/claim/lines/1/charge", "Claim: line 2, charge"),
        ("/claim/lines", "Claim: lines"),
        ("/claim/charges/62330", "Claim: charge of 62330"),
        ("/claim/value_codes/0/amount", "Claim: value code 1, amount"),
        ("/procedure/diagnoses/0", "Procedure: diagnosis 1"),
        ("/providers/billing/npi", "Providers: billing, NPI"),
        ("/facility_claim/lines/0/code", "Facility claim: line 1, code"),
        ("/coverages", "Coverage"),
        ("/notices/0", "Notices: notices 1"),
        ("", ""),
    ],
)
def test_a_key_in_plain_words(path: str, said: str) -> None:
    assert place_words(path) == said


@pytest.mark.parametrize("name", example_names())
def test_every_filled_box_says_where_it_comes_from(name: str) -> None:
    review = reviewed(name)
    if review.claim.form is None or review.boxes is None:
        assert not notes(review, layout=PACK.layout(FormKind.CMS1500))
        return
    said = notes(review, layout=PACK.layout(review.claim.form))
    assert len(said) == sum(bool(value.text) for page in review.boxes.pages for value in page)
    assert all(note.place and note.item and note.title for note in said)


def test_a_box_says_what_was_typed_what_prints_and_what_is_wrong() -> None:
    thirty = "GRP-000-111-222-333-444-555-666-777-888"  # characters without the hyphens; the box holds 29
    review = reviewed("stress-long-values", {"/coverages/0/group_number": thirty})
    said = {(note.page, note.box): note for note in notes(review, layout=PACK.layout(FormKind.CMS1500))}
    assert "Typed: G89.4" in said[1, "21_F"].lines
    assert "Prints as: nothing" in said[1, "11"].lines
    assert any("too long for its box" in line and "Source:" in line for line in said[1, "11"].lines)
    assert not [line for line in said[1, "5_state"].lines if "street" in line]
    assert "the code set valid" in " ".join(said[1, "21_ind"].lines)


def test_what_was_typed_cannot_become_markup_nor_fill_the_screen() -> None:
    note = BoxNote("2", 1, "2", "Patient's name", "<img src=x>" * 1000, "Patient: name", "/patient/last")
    assert "<img" not in note.as_html
    assert len(note.as_html) < 2000


def test_an_empty_box_says_so() -> None:
    box = PACK.layout(FormKind.CMS1500).by_id["9"]
    assert empty_note(box, page=1).lines == ("Item 9: Other insured's name", "left blank")


def shown(window: MainWindow, name: str = "medicare-asc-2026") -> None:
    window.case.open(example_file(name))
    window.go_to_step(4)
    settled(window)


def note(window: MainWindow, box: str, page: int = 1) -> BoxNote:
    return next(each for each in window.preview.boxes.table.boxes.notes if (each.page, each.box) == (page, box))


def center(window: MainWindow, box: str, page: int = 1) -> QPointF:
    window.preview.view.choose(note(window, box, page))
    area = window.preview.view.area(note(window, box, page))
    assert area is not None
    return area.center()


def ink(window: MainWindow, around: QRectF) -> QRectF:
    """Return what is dark on the screen near a box, in pixels of the viewport; an empty one where nothing is."""
    picture = window.preview.view.viewport().grab().toImage()
    area = around.toAlignedRect().intersected(picture.rect())
    dark = [
        (x, y)
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
        if picture.pixelColor(x, y).lightness() < 140
    ]
    if not dark:
        return QRectF()
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    return QRectF(left, top, max(x for x, _ in dark) - left, max(y for _, y in dark) - top)


@pytest.mark.parametrize(
    ("name", "box", "page"),
    [("medicare-asc-2026", "1a", 1), ("medicare-hospital-2026", "60A", 1), ("stress-long-values", "25", 2)],
)
@pytest.mark.parametrize("zoom", [None, 0.8, 2.3])
def test_the_mark_lies_on_the_ink(
    window: MainWindow, qtbot: QtBot, name: str, box: str, page: int, zoom: float | None
) -> None:
    shown(window, name)
    with qtbot.waitSignal(window.preview.shown):
        window.preview.mode = PrintMode.DATA_ONLY
    view = window.preview.view
    if zoom is not None:
        window.preview.zoom(zoom / window.preview.shown_zoom)
    settled(window)
    view.choose(note(window, box, page))
    view.choose(None)
    area = view.area(note(window, box, page))
    assert area is not None
    assert view.viewport().rect().contains(area.center().toPoint())
    row = area.height()
    qtbot.waitUntil(lambda: not ink(window, area).isEmpty())
    found = ink(window, area.adjusted(-row / 4, -row * 0.9, row / 4, row * 0.9))
    assert area.adjusted(-1, -1, 1, 1).contains(found)


def test_pointing_at_a_box_explains_it_and_a_click_goes_to_its_field(window: MainWindow, qtbot: QtBot) -> None:
    shown(window)
    view = window.preview.view
    place = center(window, "1a").toPoint()
    with qtbot.waitSignal(view.pointed):
        qtbot.mouseMove(view.viewport(), place)
    assert view._pointed == note(window, "1a")
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    window.grab()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.steps.currentIndex() == 1
    assert window.focusWidget().accessibleName().endswith("Member ID")


def test_an_empty_box_is_explained_and_leads_nowhere(window: MainWindow, qtbot: QtBot) -> None:
    shown(window)
    view = window.preview.view
    empty = empty_note(PACK.layout(FormKind.CMS1500).by_id["9"], page=1)
    area = view.area(empty)
    assert area is not None
    assert view.note_at(area.center()) == empty
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    assert window.steps.currentIndex() == 4


def test_the_list_is_reached_read_and_left_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    shown(window, "stress-long-values")
    window.go_to_step(0)
    boxes = window.preview.boxes
    assert not boxes.isVisible()
    assert boxes.full.toPlainText() == HINT
    window.actions_by_name["boxes"].trigger()
    assert boxes.isVisible()
    assert window.focusWidget() is boxes.table
    row = boxes.table.boxes.notes.index(note(window, "33a"))
    boxes.table.selectRow(row)
    assert boxes.full.toPlainText().startswith("Item 33a: Billing provider's NPI\n2000000010")
    spoken = boxes.table.boxes.data(boxes.table.boxes.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "From: Providers: billing, NPI" in spoken
    assert window.preview.view._chosen == note(window, "33a")
    qtbot.keyClick(boxes.table, Qt.Key.Key_Return)
    assert window.steps.currentIndex() == 3
    window.grab()


def test_the_chosen_box_stays_chosen_while_its_value_changes(window: MainWindow, qtbot: QtBot) -> None:
    shown(window)
    window.actions_by_name["boxes"].trigger()
    boxes = window.preview.boxes
    boxes.table.selectRow(boxes.table.boxes.notes.index(note(window, "1a")))
    with qtbot.waitSignal(window.preview.shown):
        window.case.write("/coverages/0/member_id", "1EG4TE5MK74")
    assert "1EG4TE5MK74" in boxes.full.toPlainText()
    with qtbot.waitSignal(window.preview.shown):
        window.case.open(example_file("va-facility-2026"))
    assert not boxes.table.boxes.notes
    assert boxes.full.toPlainText() == HINT


def test_the_facilitys_boxes_have_their_own_keys() -> None:
    own = FacilityClaim(form=FormKind.UB04, billing=Organization(name="ALLEGHENY TEST HOSPITAL"), type_of_bill="0131")
    case = reviewed().case
    facility = reviewed(changes={"/facility_claim": own.model_dump(mode="json", exclude_unset=True)}).facility
    assert case is not None
    assert facility is not None
    said = notes(facility, layout=PACK.layout(FormKind.UB04), is_facility=True)
    assert not [each.path for each in said if each.path.startswith("/claim/")]


def test_a_tip_is_shown_and_taken_back(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    shown(window)
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *__: said.append(text))
    monkeypatch.setattr(QToolTip, "hideText", lambda: said.append("gone"))
    view = window.preview.view
    for place in (center(window, "1a").toPoint(), QPoint(1, 1)):
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert "1EG4TE5MK73" in said[0]
    assert said[1] == "gone"
