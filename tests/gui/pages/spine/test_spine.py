"""The drawn spine: every state by mouse and by key, nothing lost that it cannot draw, named for screen readers."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mild_biller.core.case.model import Interspace
from mild_biller.core.case.vocabulary import Region, Side
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.pages.spine.shapes import EDGE, NAMES, SPINE, WORDS, Inks, Sides, SpinePlan, Zone, pointed_at
from mild_biller.gui.pages.spine.spine import CaseSpine, Disc, SpineInput, states, with_side
from mild_biller.gui.style import theme
from mild_biller.presentation import font_names
from tests.gui.sight import contrast
from tests.support import PACK, example_file

LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BILATERAL
KEY = Qt.Key
REGIONS = [*Region]
ODD = (
    Interspace(name="T12-L1", side=LEFT),
    Interspace(name="L4-L5", side=BOTH),
    Interspace(),
    Interspace(name="L3-5", side=RIGHT),
    Interspace(name="\u202eאבג 🦴" * 200),
    Interspace(name=""),
    Interspace(name="<b>L3</b>\n-L4"),
)
Shows = Callable[..., SpineInput]


def entry(name: str, side: Side | None = None) -> Interspace:
    return Interspace(name=name, side=side)


def bring(window: QWidget, qtbot: QtBot) -> None:
    """Show a window with the cursor in it."""
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


@pytest.fixture
def show(dressed: None, qtbot: QtBot) -> Shows:
    def make(region: Region | None = Region.LUMBAR, *interspaces: Interspace) -> SpineInput:
        spine = SpineInput(PACK.catalog.region_interspaces)
        spine.set_interspaces(region, interspaces)
        qtbot.addWidget(spine)
        bring(spine, qtbot)
        return spine

    return make


def disc(spine: SpineInput, name: str) -> Disc:
    return next(each for each in spine.discs if each.name == name)


def at(disc: Disc, zone: Zone) -> QPoint:
    share = {Zone.LEFT: 0.2, Zone.MIDDLE: 0.5, Zone.RIGHT: 0.8}[zone]
    room = disc.plan.disc(disc.index)
    return QPointF(room.left() + share * room.width(), disc.height() / 2).toPoint()


def emitted(spine: SpineInput) -> list[tuple[Interspace, ...]]:
    calls: list[tuple[Interspace, ...]] = []
    spine.changed.connect(calls.append)
    return calls


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


# What a list of interspaces says, without a window.


def test_left_and_right_entries_of_one_interspace_are_both_sides() -> None:
    assert states((entry("L4-L5", LEFT), entry("l4-l5", RIGHT))) == {"L4-L5": Sides.BOTH}
    assert states((entry("L4-5", LEFT), entry("L4/L5", RIGHT))) == {"L4-L5": Sides.BOTH}
    assert states((entry("L4-L5", LEFT), entry("L4-L5"))) == {"L4-L5": Sides.OPEN}
    assert states(()) == states((Interspace(),)) == {}


def test_a_new_interspace_comes_last_and_a_changed_one_keeps_its_place() -> None:
    chosen = with_side((entry("L4-L5", BOTH),), "L2-L3", LEFT)
    assert chosen == (entry("L4-L5", BOTH), entry("L2-L3", LEFT))
    assert with_side(chosen, "L4-L5", RIGHT) == (entry("L4-L5", RIGHT), entry("L2-L3", LEFT))
    assert with_side(chosen, "L4-L5", None) == (entry("L2-L3", LEFT),)


def test_entries_of_one_interspace_become_one_when_it_is_chosen_anew() -> None:
    doubled = (entry("l4-l5", LEFT), entry("L3-L4", BOTH), entry("L4-L5", RIGHT))
    assert with_side(doubled, "L4-L5", BOTH) == (entry("l4-l5", BOTH), entry("L3-L4", BOTH))
    assert with_side(doubled, "L4-L5", None) == (entry("L3-L4", BOTH),)
    assert with_side((entry("L4/5", LEFT),), "L4-L5", BOTH) == (entry("L4/5", BOTH),)


@pytest.mark.parametrize("side", [None, *Side])
def test_what_cannot_be_drawn_stays_untouched(side: Side | None) -> None:
    others = tuple(each for each in ODD if each.name != "L4-L5")
    assert tuple(each for each in with_side(ODD, "L4-L5", side) if each.name != "L4-L5") == others
    assert with_side(ODD, "L1-L2", None) == ODD


@pytest.mark.parametrize(
    ("shown", "zone", "side"),
    [
        (Sides.NONE, Zone.LEFT, LEFT),
        (Sides.NONE, Zone.MIDDLE, BOTH),
        (Sides.NONE, Zone.RIGHT, RIGHT),
        (Sides.LEFT, Zone.LEFT, None),
        (Sides.LEFT, Zone.RIGHT, BOTH),
        (Sides.LEFT, Zone.MIDDLE, BOTH),
        (Sides.RIGHT, Zone.LEFT, BOTH),
        (Sides.RIGHT, Zone.RIGHT, None),
        (Sides.BOTH, Zone.LEFT, RIGHT),
        (Sides.BOTH, Zone.RIGHT, LEFT),
        (Sides.BOTH, Zone.MIDDLE, None),
        (Sides.OPEN, Zone.LEFT, LEFT),
        (Sides.OPEN, Zone.MIDDLE, BOTH),
    ],
)
def test_a_click_turns_its_own_side_on_or_off(shown: Sides, zone: Zone, side: Side | None) -> None:
    assert pointed_at(shown, zone) is side


# On the screen.


@pytest.mark.parametrize(
    ("interspaces", "shown", "said"),
    [
        ((), Sides.NONE, "L4-L5, not chosen"),
        ((entry("L4-L5", LEFT),), Sides.LEFT, "L4-L5, left side"),
        ((entry("L4-L5", RIGHT),), Sides.RIGHT, "L4-L5, right side"),
        ((entry("L4-L5", BOTH),), Sides.BOTH, "L4-L5, both sides"),
        ((entry("l4-l5"),), Sides.OPEN, "L4-L5, side not given"),
    ],
)
def test_every_state_is_shown_and_said_without_a_signal(
    show: Shows, interspaces: tuple[Interspace, ...], shown: Sides, said: str
) -> None:
    spine = show()
    calls = emitted(spine)
    spine.set_interspaces(Region.LUMBAR, interspaces)
    seen = disc(spine, "L4-L5")
    assert (seen.shown, seen.accessibleName(), seen.toolTip()) == (shown, said, said)
    assert all(each.shown is Sides.NONE for each in spine.discs if each is not seen)
    assert calls == []


def test_every_state_looks_different_without_its_color(show: Shows) -> None:
    spine = show()
    seen = []
    for side in (None, *Side):
        spine.set_interspaces(Region.LUMBAR, (entry("L4-L5", side),))
        seen.append(picture(disc(spine, "L4-L5")))
    spine.set_interspaces(Region.LUMBAR, ())
    seen.append(picture(disc(spine, "L4-L5")))
    assert all(one != other for index, one in enumerate(seen) for other in seen[:index])


@pytest.mark.parametrize("zone", Zone)
def test_the_mouse_chooses_a_half_or_both_and_takes_it_back(show: Shows, zone: Zone) -> None:
    spine = show()
    calls = emitted(spine)
    seen = disc(spine, "L3-L4")
    side = {Zone.LEFT: LEFT, Zone.MIDDLE: BOTH, Zone.RIGHT: RIGHT}[zone]
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=at(seen, zone))
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=at(seen, zone))
    assert calls == [(entry("L3-L4", side),), ()]
    assert seen.hasFocus()


def test_the_left_half_is_drawn_left_and_called_the_patients_left(show: Shows) -> None:
    spine = show()
    seen = disc(spine, "L3-L4")
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=at(seen, Zone.LEFT))
    seen.clearFocus()
    middle = round(seen.plan.middle)
    ink = Inks.of(spine.palette()).chosen
    shot = seen.grab().toImage()
    filled = [x for x in range(shot.width()) if shot.pixelColor(x, at(seen, Zone.LEFT).y()) == ink]
    assert filled
    assert max(filled) <= middle
    assert "from behind" in spine.accessibleName()


def test_left_then_right_is_both_sides(show: Shows) -> None:
    spine = show()
    calls = emitted(spine)
    for name, zone in (("L4-L5", Zone.LEFT), ("L2-L3", Zone.MIDDLE), ("L4-L5", Zone.RIGHT)):
        QTest.mouseClick(disc(spine, name), Qt.MouseButton.LeftButton, pos=at(disc(spine, name), zone))
    assert calls[-1] == (entry("L4-L5", BOTH), entry("L2-L3", BOTH))


def test_a_click_elsewhere_or_with_another_button_or_dragged_off_chooses_nothing(show: Shows) -> None:
    spine = show()
    calls = emitted(spine)
    seen = disc(spine, "L3-L4")
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=QPoint(4, seen.height() // 2))
    QTest.mouseClick(seen, Qt.MouseButton.RightButton, pos=at(seen, Zone.LEFT))
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=at(seen, Zone.LEFT))
    QTest.mouseRelease(seen, Qt.MouseButton.LeftButton, pos=at(seen, Zone.RIGHT))
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=at(seen, Zone.LEFT))
    QTest.mouseRelease(seen, Qt.MouseButton.LeftButton, pos=at(seen, Zone.LEFT) + QPoint(0, 400))
    assert calls == []


def test_pointing_shows_what_a_click_would_take(show: Shows) -> None:
    spine = show()
    seen = disc(spine, "L3-L4")
    plain = picture(seen)
    over = []
    for zone in Zone:
        QTest.mouseMove(seen, at(seen, zone))
        over.append(picture(seen))
        assert seen.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(seen, QPoint(4, seen.height() // 2))
    assert picture(seen) == plain
    assert plain not in over
    assert over[0] != over[1] != over[2] != over[0]


@pytest.mark.parametrize(
    ("key", "side"), [(KEY.Key_L, LEFT), (KEY.Key_R, RIGHT), (KEY.Key_B, BOTH), (KEY.Key_Delete, None)]
)
@pytest.mark.parametrize("before", [LEFT, RIGHT, BOTH, None])
def test_a_letter_chooses_whatever_was_before(
    show: Shows, qtbot: QtBot, key: Qt.Key, side: Side | None, before: Side | None
) -> None:
    spine = show(Region.LUMBAR, *((entry("L4-L5", before),) if before else ()))
    calls = emitted(spine)
    spine.setFocus()
    seen = disc(spine, "L4-L5")
    seen.setFocus()
    qtbot.keyClick(seen, key)
    expected = () if side is None else (entry("L4-L5", side),)
    assert calls == ([] if side is before else [expected])


def test_space_goes_through_the_sides_and_round(show: Shows, qtbot: QtBot) -> None:
    spine = show()
    calls = emitted(spine)
    spine.setFocus()
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Space)
    sides = [each[0].side if each else None for each in calls]
    assert sides == [BOTH, LEFT, RIGHT, None, BOTH]


def test_arrows_go_up_and_down_and_stop_at_the_ends(show: Shows, qtbot: QtBot) -> None:
    spine = show()
    spine.setFocus()
    seen = []
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_End, KEY.Key_Down, KEY.Key_Up, KEY.Key_Home):
        qtbot.keyClick(QApplication.focusWidget(), key)
        seen.append(next(each.name for each in spine.discs if each.hasFocus()))
    assert seen == ["L1-L2", "L2-L3", "L5-S1", "L5-S1", "L4-L5", "L1-L2"]


def test_keys_of_the_window_and_other_letters_are_left_alone(show: Shows, qtbot: QtBot) -> None:
    spine = show(Region.LUMBAR, entry("L4-L5", BOTH))
    calls = emitted(spine)
    for key in (KEY.Key_L, KEY.Key_Delete, KEY.Key_Space):
        qtbot.keyClick(spine.discs[3], key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(spine.discs[3], KEY.Key_X)
    assert calls == []


def test_tab_stops_once_and_enter_goes_on(show: Shows, qtbot: QtBot) -> None:
    spine = show(Region.LUMBAR, entry("L4-L5", BOTH))
    holder = QWidget()
    qtbot.addWidget(holder)
    before, after = QPushButton("before"), QPushButton("after")
    column = QVBoxLayout(holder)
    for widget in (before, spine, after):
        column.addWidget(widget)
    for one, other in pairwise((before, *spine.stops(), after)):
        QWidget.setTabOrder(one, other)
    bring(holder, qtbot)
    before.setFocus()
    qtbot.keyClick(before, KEY.Key_Tab)
    assert disc(spine, "L4-L5").hasFocus()
    qtbot.keyClick(disc(spine, "L4-L5"), KEY.Key_Up)
    qtbot.keyClick(disc(spine, "L3-L4"), KEY.Key_Return)
    assert after.hasFocus()
    qtbot.keyClick(after, KEY.Key_Backtab)
    assert disc(spine, "L3-L4").hasFocus()


def test_the_focus_is_seen(show: Shows) -> None:
    spine = show()
    seen = disc(spine, "L2-L3")
    without = picture(seen)
    seen.setFocus()
    assert picture(seen) != without


def test_the_arrow_keys_bring_what_they_reach_into_sight(show: Shows, qtbot: QtBot) -> None:
    spine = show(Region.THORACIC)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(spine)
    area.resize(400, 150)
    bring(area, qtbot)
    spine.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_End)
    assert area.viewport().rect().contains(spine.discs[-1].mapTo(area.viewport(), QPoint(0, 10)))


def test_a_choice_keeps_what_cannot_be_drawn_and_says_so(show: Shows, qtbot: QtBot) -> None:
    spine = show(Region.LUMBAR, *ODD)
    calls = emitted(spine)
    said = spine.findChildren(QLabel)[0].text()
    for part in ("not on this drawing", "T12-L1, left side", "L3-5, right side", "one without a name", "…"):
        assert part in said
        assert part in spine.accessibleDescription()
    assert len(said) < 500
    qtbot.keyClick(disc(spine, "L4-L5"), KEY.Key_L)
    assert calls == [(ODD[0], entry("L4-L5", LEFT), *ODD[2:])]


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_is_drawn_from_the_catalog(show: Shows, region: Region) -> None:
    spine = show(region)
    names = PACK.catalog.region_interspaces[region].names
    assert tuple(each.name for each in spine.discs) == names
    assert len(spine.drawing.bones) == len(names) + 1
    assert spine.drawing.plan.has_sacrum is (region is Region.LUMBAR)
    assert not spine.note.isVisible()
    spine.resize(400, spine.heightForWidth(400))
    for each in spine.discs:
        assert each.isVisible()
        assert spine.drawing.rect().contains(each.geometry())
    for one, other in pairwise(spine.discs):
        assert one.geometry().bottom() < other.geometry().top()


def test_without_a_region_the_lumbar_spine_is_drawn_and_it_is_said(show: Shows) -> None:
    spine = show(None, entry("L4-L5", BOTH))
    assert disc(spine, "L4-L5").shown is Sides.BOTH
    assert spine.note.text() == "No region is selected; the lumbar spine is shown."


def test_another_region_keeps_the_cursor_and_names_what_it_does_not_show(show: Shows, qtbot: QtBot) -> None:
    spine = show(Region.LUMBAR, entry("L4-L5", BOTH))
    calls = emitted(spine)
    disc(spine, "L4-L5").setFocus()
    spine.set_interspaces(Region.CERVICAL, (entry("L4-L5", BOTH),))
    assert disc(spine, "C1-C2").hasFocus()
    assert "L4-L5, both sides" in spine.note.text()
    qtbot.keyClick(disc(spine, "C1-C2"), KEY.Key_B)
    assert calls == [(entry("L4-L5", BOTH), entry("C1-C2", BOTH))]


def test_a_catalog_without_the_region_draws_nothing_and_breaks_nothing(dressed: None, qtbot: QtBot) -> None:
    spine = SpineInput({})
    qtbot.addWidget(spine)
    spine.set_interspaces(Region.LUMBAR, (entry("L4-L5", BOTH),))
    spine.setFocus()
    assert spine.grab().width() > 0
    assert "L4-L5" in spine.note.text()
    assert spine.stops() == ()


def test_a_screen_reader_is_told_names_states_and_what_to_press(show: Shows) -> None:
    spine = show(Region.LUMBAR, entry("L4-L5", BOTH), entry("L3-L4", LEFT))
    assert spine.accessibleName() == "Interspaces on the spine drawing, viewed from behind"
    assert "Selected: L3-L4 left side, L4-L5 both sides." in spine.accessibleDescription()
    told = QAccessible.queryAccessibleInterface(disc(spine, "L4-L5"))
    assert told.text(QAccessible.Text.Name) == "L4-L5, both sides"
    assert "L, R, B and Delete" in told.text(QAccessible.Text.Description)
    assert told.role() == QAccessible.Role.Button
    assert told.state().focusable
    disc(spine, "L4-L5").click()  # what a screen reader's press does
    assert disc(spine, "L4-L5").shown is Sides.LEFT
    spine.set_interspaces(Region.LUMBAR, ())
    assert "None selected." in spine.accessibleDescription()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("region", [None, *REGIONS])
def test_painting_bears_odd_data(show: Shows, is_dark: bool, region: Region | None) -> None:
    spine = show(region, *ODD, *ODD, *(entry(f"C{n}-C{n + 1}", LEFT) for n in range(30)))
    spine.setPalette(theme.palette(is_dark=is_dark))
    spine.resize(60, 40)
    assert not spine.grab().isNull()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_everything_stands_out(dressed: None, is_dark: bool) -> None:
    shown = theme.palette(is_dark=is_dark)
    inks = Inks.of(shown)
    window = shown.color(shown.ColorRole.Window)
    for ground in (inks.bone, inks.arch, inks.paper, window):
        assert contrast(inks.text, ground) >= 4.5
    assert contrast(inks.on_chosen, inks.chosen) >= 4.5
    assert contrast(inks.faint, window) >= 4.5

    def shape(ink: QColor, *grounds: QColor) -> bool:
        return all(contrast(ink, ground) >= 3 for ground in grounds)

    assert shape(inks.faint, inks.bone, inks.paper)  # an empty disc
    assert shape(inks.chosen, inks.bone, inks.paper, window)  # a full one, and the ring of the focus


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0, 3.0])
def test_words_fit_at_any_scale(dressed: None, scale: float) -> None:
    font = theme.reading_font()
    font.setPointSizeF(theme.POINTS * scale)
    em = QFontMetricsF(font).height()
    codes = QFont(font)
    codes.setFamily(font_names.CODE_FONT)
    codes.setBold(True)
    widest = max(QFontMetricsF(font).horizontalAdvance(each.value) for each in Sides if each is not Sides.NONE)
    assert widest <= (WORDS - EDGE) * em
    for row in PACK.catalog.interspaces:
        longest = max(QFontMetricsF(codes).horizontalAdvance(name) for name in row.names)
        plan = SpinePlan(row.region, len(row.names), em, False)
        reach = SPINE / 2 - (plan.middle - plan.disc(len(row.names) - 1).left()) / em
        assert longest <= (NAMES[row.region] - 2 * EDGE + reach) * em
    heading = QFontMetricsF(font).horizontalAdvance("patient's right")
    assert heading <= (SPINE / 2 + WORDS - 1) * em


def test_the_drawing_grows_with_the_letters(show: Shows) -> None:
    spine = show()
    before, row = spine.drawing.sizeHint(), disc(spine, "L4-L5").height()
    font = QFont(spine.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    spine.setFont(font)
    assert spine.drawing.sizeHint().width() >= before.width() * 1.8
    assert disc(spine, "L4-L5").height() >= row * 1.8


# Bound to a case.


def test_a_choice_is_written_and_each_is_a_step_to_undo(editor: CaseEditor, qtbot: QtBot) -> None:
    editor.open(example_file("medicare-asc-2026"))
    spine = CaseSpine(editor)
    qtbot.addWidget(spine)
    editor.changed.connect(spine.refresh)
    spine.refresh()
    before = editor.read("/procedure/interspaces")
    assert [each.name for each in spine.discs if each.shown is Sides.BOTH] == sorted(each.name for each in before)
    for key in (KEY.Key_L, KEY.Key_R):
        qtbot.keyClick(disc(spine, "L1-L2"), key)
    assert editor.read("/procedure/interspaces") == (*before, entry("L1-L2", RIGHT))
    assert editor.undo() == "/procedure/interspaces"
    assert disc(spine, "L1-L2").shown is Sides.LEFT
    editor.undo()
    assert disc(spine, "L1-L2").shown is Sides.NONE
    assert editor.read("/procedure/interspaces") == before


def test_taking_the_last_away_leaves_no_trace_in_the_case(editor: CaseEditor, qtbot: QtBot) -> None:
    spine = CaseSpine(editor)
    qtbot.addWidget(spine)
    editor.changed.connect(spine.refresh)
    qtbot.keyClick(disc(spine, "L4-L5"), KEY.Key_B)
    assert editor.read("/procedure/interspaces") == (entry("L4-L5", BOTH),)
    qtbot.keyClick(disc(spine, "L4-L5"), KEY.Key_Delete)
    assert editor.read("/procedure") is None


def test_it_is_a_part_of_a_page(editor: CaseEditor, qtbot: QtBot) -> None:
    spine = CaseSpine(editor)
    qtbot.addWidget(spine)
    editor.write("/procedure/interspaces", (entry("L3-L4", BOTH),))
    spine.refresh()
    assert list(spine.cells()) == []
    assert dict(spine.targets()) == {"/procedure/interspaces": disc(spine, "L3-L4")}
    assert spine.stops() == spine.discs
