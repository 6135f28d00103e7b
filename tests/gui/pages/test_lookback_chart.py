"""The look-back as a picture: what lies where, what counts by the policy's own test, nothing on top of another."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from mild_biller.core.case.model import Case, PriorProcedure
from mild_biller.core.case.vocabulary import PriorKind, Region
from mild_biller.core.review.lookback import EntryPlace, LookBack, LookBackEntry, look_back
from mild_biller.core.rules.criteria import Outcome, months_before
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.pages.lookback_chart import LookBackView, Measure, headline
from mild_biller.gui.style import theme
from mild_biller.gui.style.theme import mixed
from mild_biller.presentation.long_words import quoted
from mild_biller.presentation.lookback_layout import (
    Label,
    Picture,
    Scale,
    TextBox,
    head_texts,
    lay_out,
    scale_of,
    stagger,
    ticks,
)
from mild_biller.presentation.lookback_text import entry_text, look_back_text, window_text
from mild_biller.presentation.tone import Tone
from tests.gui.sight import contrast
from tests.support import example_file

SERVICE = date(2026, 3, 10)
FIRST_DAY = date(2025, 3, 10)
LUMBAR = Region.LUMBAR
COUNTING = PriorKind.LAMINECTOMY
INJECTION = PriorKind.EPIDURAL_STEROID_INJECTION
TEN = (
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date(2025, 11, 5)),
    PriorProcedure(kind=INJECTION, region=LUMBAR, date=date(2025, 11, 6)),
    PriorProcedure(kind=PriorKind.MILD, region=LUMBAR, date=date(2024, 1, 5)),
    PriorProcedure(kind=PriorKind.FUSION, region=Region.CERVICAL, date=date(2025, 4, 5)),
    PriorProcedure(kind=PriorKind.FUSION, region=LUMBAR, date=FIRST_DAY),
    PriorProcedure(kind=PriorKind.INTERSPINOUS_DECOMPRESSION, date=date(2026, 2, 20)),
    PriorProcedure(code="63047", region=LUMBAR, date=date(2025, 7, 20)),
    PriorProcedure(kind=PriorKind.LAMINOTOMY, region=LUMBAR),
    PriorProcedure(),
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date(2026, 9, 5)),
)
ODD = (
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date.min),
    PriorProcedure(kind=COUNTING, region=LUMBAR, date=date.max),
    PriorProcedure(date=date.max),
    PriorProcedure(code="\u202eאבג 🦴\n<b>" * 1000, date=SERVICE),
    PriorProcedure(code=""),
)
THIRTY = tuple(
    PriorProcedure(kind=kind, region=LUMBAR, date=FIRST_DAY + timedelta(days=11 * number))
    for number, kind in zip(range(30), [*PriorKind] * 5, strict=False)
)
SERVICES = (date.min, date(1, 6, 30), date(2024, 2, 29), SERVICE, date(9998, 12, 31), date.max)
Opens = Callable[..., LookBackView]
Looks = Callable[..., LookBack]


@pytest.fixture
def open_case(editor: CaseEditor, qtbot: QtBot) -> Opens:
    """Open the example with these earlier procedures."""

    def make(*earlier: PriorProcedure) -> LookBackView:
        editor.open(example_file("medicare-asc-2026"))
        editor.replace(editor.case.with_(prior_procedures=earlier))
        view = LookBackView(editor)
        editor.changed.connect(view.refresh)
        qtbot.addWidget(view)
        return view

    return make


@pytest.fixture
def looked_at(editor: CaseEditor) -> Looks:
    """Return the look-back of the example with these earlier procedures."""

    def make(*earlier: PriorProcedure) -> LookBack:
        editor.open(example_file("medicare-asc-2026"))
        editor.replace(editor.case.with_(prior_procedures=earlier))
        found = look_back(editor.review, catalog=editor.catalog)
        assert found is not None
        return found

    return make


def look_at(service: date, *days: date | None, months: int = 12) -> LookBack:
    """Return a look-back made by hand."""
    first = months_before(service, months)
    entries = tuple(
        LookBackEntry(
            number,
            PriorProcedure(kind=COUNTING, region=LUMBAR, date=day),
            EntryPlace.INSIDE if day else EntryPlace.UNDATED,
            Outcome.MET,
        )
        for number, day in enumerate(days, start=1)
    )
    return LookBack("rule", months, first, service, Outcome.MET, entries)


class Fixed:
    """Letters half as wide as they are high."""

    def width(self, text: str) -> float:
        return 8.0 * len(text)

    def height(self, text: str, width: float) -> float:
        return 16.0 * -(-self.width(text) // max(width, 8.0))


def measured(scale: float = 1.0) -> tuple[Measure, float]:
    font = theme.reading_font()
    font.setPointSizeF(theme.POINTS * scale)
    metrics = QFontMetricsF(font)
    return Measure(metrics), metrics.height()


def gray(view: LookBackView) -> QImage:
    view.resize(700, view.heightForWidth(700))
    return view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


# The scale.


@given(st.dates(), st.dates())
def test_a_later_day_never_stands_further_left(one: date, other: date) -> None:
    scale = scale_of(look_at(SERVICE), left=10, right=810)
    early, late = sorted((one, other))
    assert 10 <= scale.x(early) <= scale.x(late) <= 810
    assert scale.is_beyond(early) is not (scale.first <= early <= scale.last)


def test_the_scale_shows_the_whole_look_back_and_a_little_more() -> None:
    scale = scale_of(look_at(SERVICE), left=0, right=450)
    assert (scale.first, scale.last) == (date(2025, 1, 10), date(2026, 4, 10))
    assert scale.x(scale.first) == 0
    assert scale.x(scale.last) == 450
    assert scale.x(SERVICE) - scale.x(FIRST_DAY) == pytest.approx(365 / 455 * 450)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("months", [1, 12, 120, 12_000, 10**9])
def test_the_scale_bears_every_date(service: date, months: int) -> None:
    scale = scale_of(look_at(service, months=months), left=5, right=500)
    for day in (date.min, service, date.max):
        assert 5 <= scale.x(day) <= 500
    marks = ticks(scale, room=40)
    assert len(marks) <= 14
    assert all(len(tick.year) in (0, 4) for tick in marks)


@pytest.mark.parametrize("room", [20, 40, 90, 200, 400])
def test_ticks_are_first_days_of_months_with_room_for_their_names(room: float) -> None:
    scale = scale_of(look_at(SERVICE), left=0, right=900)
    marks = ticks(scale, room=room)
    assert marks[0].year
    assert all(tick.month for tick in marks)
    assert [tick.year for tick in marks if tick.month == "Jan"][-1:] == (["2026"] if room <= 400 else [])
    for one, other in pairwise(marks):
        assert other.x - one.x >= room * 0.9  # a February is short
    months = [scale.x(date(2025 + number // 12, number % 12 + 1, 1)) for number in range(1, 16)]
    assert {round(tick.x, 6) for tick in marks} <= {round(x, 6) for x in months}


def test_a_wide_scale_names_every_month() -> None:
    names = [tick.month for tick in ticks(scale_of(look_at(SERVICE), left=0, right=900), room=40)]
    assert names == "Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar Apr".split()


# Nothing overlaps.


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(1, 400)).map(lambda each: (each[0], each[0] + each[1]))))
def test_spans_of_one_row_never_touch(spans: list[tuple[float, float]]) -> None:
    rows = stagger(spans, gap=5)
    assert len(rows) == len(spans)
    for (one, row), (other, own) in combinations(zip(spans, rows, strict=True), 2):
        assert row != own or one[1] + 5 <= other[0] or other[1] + 5 <= one[0]


def test_rows_are_no_more_than_needed() -> None:
    assert stagger([(0, 10), (20, 30), (5, 25), (40, 50)], gap=2) == (0, 0, 1, 0)
    assert stagger([], gap=2) == ()


def boxes(picture: Picture) -> list[TextBox]:
    def mark(label: Label) -> TextBox:
        half = 0.46 * picture.em
        return TextBox(label.x - half, label.box.top + picture.em / 2 - half, 2 * half, 2 * half)

    labels = (*picture.labels, *picture.undated)
    heads = [picture.first_label, picture.service_label]
    return [*heads, *(label.box for label in labels), *(mark(label) for label in labels)]


def overlap(one: TextBox, other: TextBox) -> bool:
    return (
        one.left < other.right - 0.01
        and other.left < one.right - 0.01
        and one.top < other.bottom - 0.01
        and other.top < one.bottom - 0.01
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("share", [20, 30, 44, 76])
@pytest.mark.parametrize("earlier", [(), TEN, THIRTY, ODD, (*TEN, *ODD)], ids=["none", "10", "30", "odd", "both"])
def test_nothing_overlaps_or_leaves_the_picture(
    looked_at: Looks, earlier: tuple[PriorProcedure, ...], share: int, scale: float
) -> None:
    letters, em = measured(scale)
    width = share * em
    picture = lay_out(looked_at(*earlier), letters, width=width, em=em)
    assert len(picture.labels) + len(picture.undated) == len(earlier)
    for one, other in combinations(boxes(picture), 2):
        assert not overlap(one, other)
    for box in boxes(picture):
        assert box.left >= -0.01
        assert box.right <= width + 0.01
        assert box.top >= 0
        assert box.bottom <= picture.height
    for label in picture.labels:
        assert picture.top < label.box.top
        assert label.box.bottom < picture.foot
        assert letters.height(entry_text(label.entry), label.box.width) <= label.box.height
    assert all(tick.x + letters.width("Mmm") <= width for tick in picture.ticks)


@given(st.lists(st.none() | st.dates(), max_size=30), st.floats(200, 1500), st.sampled_from(SERVICES))
def test_any_days_are_laid_out(days: list[date | None], width: float, service: date) -> None:
    picture = lay_out(look_at(service, *days), Fixed(), width=width, em=16)
    assert len(picture.labels) == sum(day is not None for day in days)
    for one, other in combinations(boxes(picture), 2):
        assert not overlap(one, other)


def test_a_text_stands_right_of_its_mark_or_left_or_in_lines() -> None:
    look = look_at(SERVICE, date(2025, 3, 20), date(2026, 3, 9))
    wide = lay_out(look, Fixed(), width=900, em=16)
    assert [label.is_right for label in wide.labels] == [True, False]
    assert {label.box.height for label in wide.labels} == {16}
    narrow = lay_out(look, Fixed(), width=260, em=16)
    assert {label.box.height for label in narrow.labels} == {32}


def test_days_beyond_the_scale_stand_at_its_edge_and_are_marked(looked_at: Looks) -> None:
    early, late = PriorProcedure(date=date.min), PriorProcedure(date=date.max)
    labels = lay_out(looked_at(late, early), Fixed(), width=800, em=16).labels
    assert [(label.entry.day, label.is_beyond, label.x) for label in labels] == [
        (date.min, True, 16),
        (date.max, True, 784),
    ]


def test_the_two_dates_stand_on_one_line_where_there_is_room() -> None:
    assert head_texts(look_at(SERVICE)) == ("first day 03/10/2025", "date of service 03/10/2026")
    wide = lay_out(look_at(SERVICE), Fixed(), width=900, em=16)
    assert wide.first_label.top == wide.service_label.top == 0
    assert wide.first_label.left == wide.scale.x(FIRST_DAY)
    assert wide.service_label.right == wide.scale.x(SERVICE)
    narrow = lay_out(look_at(SERVICE), Fixed(), width=320, em=16)
    assert narrow.service_label.top >= narrow.first_label.bottom


# On the screen.


def test_the_text_is_there_for_screen_readers_and_as_a_tooltip(open_case: Opens, editor: CaseEditor) -> None:
    view = open_case(*TEN)
    look = look_back(editor.review, catalog=editor.catalog)
    assert look is not None
    told = QAccessible.queryAccessibleInterface(view)
    assert told.text(QAccessible.Text.Name) == "Look-back before the date of service"
    assert told.text(QAccessible.Text.Description) == look_back_text(look)
    for line in look_back_text(look).splitlines():
        assert line in view.toolTip()


def test_what_was_typed_is_short_and_turns_no_other_words_round() -> None:
    assert quoted("  0275T \n") == "0275T"
    assert quoted("\u202e\t") == ""
    assert quoted("\u202eאבג 🦴") == "\u2068אבג 🦴\u2069"
    assert quoted("9" * 10_000) == "9" * 40 + "…"


def test_a_typed_code_is_no_markup(open_case: Opens) -> None:
    view = open_case(PriorProcedure(code="<b>1</b>", date=SERVICE))
    assert "<B>1</B>" in view.accessibleDescription()
    assert "&lt;B&gt;1" in view.toolTip()


@pytest.mark.parametrize(
    ("name", "tone", "said"),
    [
        ("medicare-asc-2026", Tone.GOOD, "No prior procedure that counts is in it."),
        ("medicare-look-back-inside", Tone.ERROR, "A prior procedure that counts is in it."),
        ("medicare-look-back-boundary", Tone.HOLD, "It is not known yet whether a prior procedure in it counts."),
    ],
)
def test_the_headline_says_how_the_criterion_came_out(
    editor: CaseEditor, qtbot: QtBot, name: str, tone: Tone, said: str
) -> None:
    editor.open(example_file(name))
    view = LookBackView(editor)
    qtbot.addWidget(view)
    look = look_back(editor.review, catalog=editor.catalog)
    assert look is not None
    assert headline(look, editor.review)[0] is tone
    assert view.line.text == f"{window_text(look)} {said}"


def test_it_follows_the_case_and_changes_nothing_in_it(open_case: Opens, editor: CaseEditor) -> None:
    view = open_case()
    before = editor.case
    assert "No prior procedures" in view.accessibleDescription()
    editor.append("/prior_procedures", TEN[0])
    assert "Laminectomy 11/05/2025: inside, counts" in view.accessibleDescription()
    editor.write("/procedure/date_of_service", date(2027, 3, 10))
    assert "Laminectomy 11/05/2025: outside" in view.accessibleDescription()
    editor.undo()
    editor.undo()
    assert editor.case == before
    assert "No prior procedures" in view.accessibleDescription()


def test_without_a_look_back_there_is_a_text_and_no_picture(editor: CaseEditor, qtbot: QtBot) -> None:
    view = LookBackView(editor)
    qtbot.addWidget(view)
    assert view.note.text() == view.accessibleDescription() == "No look-back to show. No payer is entered."
    assert view.chart.isHidden()
    assert view.line.isHidden()
    assert not view.note.isHidden()
    editor.open(example_file("premera-commercial-2026"))
    view.refresh()
    assert editor.review.assessment.policy is not None
    assert view.note.text() == f"No look-back to show: {editor.review.assessment.policy.title} has none."
    editor.open(example_file("medicare-asc-2026"))
    view.refresh()
    assert not view.chart.isHidden()
    assert view.note.isHidden()
    editor.write("/procedure/date_of_service", None)
    view.refresh()
    assert "date of service" in view.note.text()
    editor.replace(Case())


def test_marks_differ_by_shape_and_not_by_color_alone(open_case: Opens) -> None:
    day = date(2025, 9, 1)
    counts, unclear, other = (
        PriorProcedure(kind=COUNTING, region=LUMBAR, date=day),
        PriorProcedure(kind=COUNTING, date=day),
        PriorProcedure(kind=INJECTION, region=LUMBAR, date=day),
    )
    seen = []
    for entry in (counts, unclear, other):
        view = open_case(entry)
        shot = gray(view)
        picture = view.chart.picture(view.chart.width())
        assert picture is not None
        label = picture.labels[0]
        at = view.chart.mapTo(view, QPoint(round(label.x), round(label.box.top + picture.em / 2)))
        half = round(0.6 * picture.em)
        ground = shot.pixelColor(at.x() - half - 2, at.y()).lightness()
        cut = shot.copy(at.x() - half, at.y() - half, 2 * half, 2 * half)
        inked = [
            abs(cut.pixelColor(x, y).lightness() - ground) > 60 for x in range(cut.width()) for y in range(cut.height())
        ]
        seen.append(inked)
    assert seen[0] != seen[1] != seen[2] != seen[0]
    assert sum(seen[0]) > sum(seen[1])


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("earlier", [(), TEN, THIRTY, ODD], ids=["none", "10", "30", "odd"])
@pytest.mark.parametrize("width", [40, 300, 870, 3000])
def test_painting_bears_odd_data(
    open_case: Opens, is_dark: bool, earlier: tuple[PriorProcedure, ...], width: int
) -> None:
    view = open_case(*earlier)
    view.setPalette(theme.palette(is_dark=is_dark))
    view.resize(width, view.heightForWidth(width))
    assert not view.grab().isNull()


@pytest.mark.parametrize("service", SERVICES)
def test_painting_bears_every_date_of_service(open_case: Opens, editor: CaseEditor, service: date) -> None:
    view = open_case(*TEN, *ODD)
    editor.write("/procedure/date_of_service", service)
    look = look_at(service, date.min, service, date.max, None)
    view.chart.show_look_back(look)
    assert not view.chart.grab().isNull()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_words_and_marks_stand_out_on_every_ground(dressed: None, is_dark: bool) -> None:
    shown = theme.palette(is_dark=is_dark)
    roles = shown.ColorRole
    base: QColor = shown.color(roles.Base)
    band = mixed(base, shown.color(roles.Highlight), 0.14)
    for ground in (base, band, shown.color(roles.Window)):
        assert contrast(shown.color(roles.Text), ground) >= 4.5
        assert contrast(shown.color(roles.PlaceholderText), ground) >= 4.5
        for tone in (Tone.ERROR, Tone.UNKNOWN, Tone.INFO):
            assert contrast(theme.color(tone, shown), ground) >= 4.5
        assert contrast(shown.color(roles.Highlight), ground) >= 3


def test_it_is_as_high_as_its_width_makes_it_and_grows_with_the_letters(open_case: Opens, qtbot: QtBot) -> None:
    view = open_case(*TEN)
    assert view.chart.heightForWidth(400) > view.chart.heightForWidth(1200)
    before = view.chart.heightForWidth(800)
    font = QFont(view.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.chart.heightForWidth(800) > before * 1.8
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(900, 300)
    area.show()
    qtbot.waitUntil(lambda: view.chart.height() == view.chart.heightForWidth(view.chart.width()))


def test_it_is_a_part_of_a_page_that_the_cursor_goes_past(open_case: Opens) -> None:
    view = open_case(*TEN)
    assert [*view.cells(), *view.stops(), *view.targets()] == []


def test_a_scale_of_one_day_still_has_places() -> None:
    assert Scale(SERVICE, SERVICE, 0, 100).x(SERVICE) == 0
