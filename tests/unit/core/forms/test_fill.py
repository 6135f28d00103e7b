"""The filling of boxes: what prints, what does not, and which layouts are refused."""

import re
from datetime import date
from typing import Any, Final
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mild_biller.core.forms.fill import PRINTABLE, FilledForm, Overflow, Placed, Reason, fill
from mild_biller.core.forms.layout import FormLayout, Grid, Holds
from mild_biller.errors import FormError
from mild_biller.loader import load_form

# As the CMS-1500: 10 characters and 6 lines an inch, column 1 at 0.30 in, row 1 on the third line of the sheet.
GRID = {
    "page_width": 612.0,
    "page_height": 792.0,
    "columns": 79,
    "rows": 61,
    "left": 21.6,
    "pitch": 7.2,
    "first_baseline": 32.4,
    "line": 12.0,
    "font_size": 12.0,
}


def box(id_: str, holds: str, *, row: int = 1, col: int = 1, width: int = 10, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "item": id_,
        "title": "A box",
        "row": row,
        "col": col,
        "width": width,
        "holds": holds,
        **more,
    }


def form(*boxes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a layout as the loader gives it: lists, words, numbers."""
    about = {"id": "test", "edition": "1", "title": "Test", "source": "this test", "certainty": "measured"}
    return {**about, "compared_on": date(2026, 1, 1), "grid": GRID, "box": list(boxes), **more}


def layout(*boxes: dict[str, Any], **more: Any) -> FormLayout:
    return FormLayout.model_validate(form(*boxes, **more))


def one(text: str, holds: str, **more: Any) -> FilledForm:
    """Fill the only box of a form, 10 wide unless told."""
    return fill(layout(box("only", holds, **more)), pages=[{"only": text}])


def printed(filled: FilledForm) -> str:
    return "".join(placed.text for placed in filled.pages[0].placed)


class TestWhatFits:
    def test_is_placed_at_the_first_cell_and_reported_nowhere(self) -> None:
        filled = one("ELM STREET", "text", row=12, col=5)
        assert filled.pages[0].placed == (Placed("only", "ELM STREET", row=12, col=5, page=1),)
        assert filled.overflow == ()
        assert not filled.unprintable

    @pytest.mark.parametrize(
        ("align", "text", "column"),
        [("L", "42", 1), ("R", "42", 9), ("C", "42", 5), ("C", "421", 4), ("R", "1234567890", 1)],
    )
    def test_stands_left_right_or_in_the_middle(self, align: str, text: str, column: int) -> None:
        assert one(text, "number", align=align).pages[0].placed[0].col == column

    @pytest.mark.parametrize(("dollars", "column"), [("1", 54), ("4600", 51), ("12345", 50), ("123456", 50)])
    def test_uses_the_spare_cell_only_when_it_must(self, dollars: str, column: int) -> None:
        # 24F: six cells from column 50; five digits end at 54, the sixth takes 55
        filled = one(dollars, "money", col=50, width=6, align="R", spare=1)
        assert filled.pages[0].placed[0].col == column

    @pytest.mark.parametrize("blank", ["", " ", "     "])
    def test_blank_is_nothing(self, blank: str) -> None:
        filled = one(blank, "money")
        assert filled.pages[0].placed == ()
        assert filled.overflow == ()

    def test_outer_blanks_take_no_cells(self) -> None:
        filled = one("   ELM STREET  ", "code")
        assert printed(filled) == "ELM STREET"
        assert filled.overflow == ()

    def test_a_letter_and_its_accent_are_one_character(self) -> None:
        filled = one("N\u0303ANDU\u0301", "code", width=5)
        assert printed(filled) == "ÑANDÚ"

    def test_pages_count_from_one_and_keep_apart(self) -> None:
        filled = fill(layout(box("only", "text")), pages=[{"only": "FIRST"}, {}, {"only": "THIRD"}])
        assert [page.number for page in filled.pages] == [1, 2, 3]
        assert [placed.page for page in filled.pages for placed in page.placed] == [1, 3]

    def test_the_order_of_the_texts_does_not_matter(self) -> None:
        two = layout(box("a", "text"), box("b", "text", row=2))
        assert fill(two, pages=[{"b": "B", "a": "A"}]) == fill(two, pages=[{"a": "A", "b": "B"}])


class TestWhatDoesNotFit:
    @pytest.mark.parametrize(
        ("text", "prints", "left_out"),
        [
            ("ELM STREETS", "ELM", "STREETS"),
            ("ELM STREET 12", "ELM STREET", "12"),  # the blank stands just outside the box
            ("12 ELM ST APT 3", "12 ELM ST", "APT 3"),
            ("WOLFESCHLEGEL", "WOLFESCHLE", "GEL"),
            ("A    BCDEFGHIJKLM", "A", "BCDEFGHIJKLM"),
        ],
    )
    def test_text_prints_the_longest_beginning_that_ends_at_a_blank(
        self, text: str, prints: str, left_out: str
    ) -> None:
        filled = one(text, "text")
        assert printed(filled) == prints
        assert filled.overflow == (
            Overflow("only", 1, Holds.TEXT, typed=text, printed=prints, left_out=left_out, reason=Reason.WIDTH),
        )
        assert not filled.unprintable

    @pytest.mark.parametrize("holds", ["code", "date", "number", "mark"])
    def test_anything_else_leaves_the_box_empty(self, holds: str) -> None:
        filled = one("ABC 45678901", holds)
        assert filled.pages[0].placed == ()
        (lost,) = filled.overflow
        assert (lost.holds, lost.printed, lost.left_out) == (Holds(holds), "", "ABC 45678901")
        assert not filled.unprintable

    def test_an_amount_stops_the_form(self) -> None:
        filled = one("12345678901", "money")
        assert filled.pages[0].placed == ()
        assert filled.unprintable

    def test_is_reported_with_its_page(self) -> None:
        filled = fill(layout(box("only", "code", width=2)), pages=[{"only": "OK"}, {"only": "LONG"}])
        assert [item.page for item in filled.overflow] == [2]


class TestCharacters:
    @pytest.mark.parametrize(
        ("text", "characters"),
        [
            ("Петров", "Петров"),
            ("LEE 李李", "李"),
            ("A\tB", "\t"),
            ("A\x00B\n", "\x00\n"),
            ("A\u00adB\u200bC", "\u00ad\u200b"),
            ("\ud800", "\ud800"),
            ("A\u00a0B", "\u00a0"),
        ],
    )
    def test_that_no_printer_has_leave_the_box_empty(self, text: str, characters: str) -> None:
        filled = one(text, "text")
        assert filled.pages[0].placed == ()
        (lost,) = filled.overflow
        assert (lost.reason, lost.characters, lost.typed, lost.printed) == (Reason.CHARACTERS, characters, text, "")

    def test_in_an_amount_stop_the_form(self) -> None:
        assert one("12\u0660", "money").unprintable

    @pytest.mark.parametrize("text", ["O’BRIEN", "NGUYỄN", "ŁÓDŹ", "A-B/C&D", "“STE”"])
    def test_of_latin_names_print(self, text: str) -> None:
        assert printed(one(text, "text")) == text

    def test_are_the_callers_choice(self) -> None:
        filled = fill(layout(box("only", "text")), pages=[{"only": "É"}], printable=frozenset("E"))
        assert filled.overflow[0].characters == "É"

    def test_have_no_capital_and_small_letter_apart(self) -> None:
        assert all(character.isprintable() for character in PRINTABLE)
        assert frozenset("ABCXYZabcxyz0123456789 .,-#'&()/") <= PRINTABLE


class TestAnyText:
    LAYOUT = layout(
        *(box(holds.value, holds.value, row=row, width=row) for row, holds in enumerate(Holds, start=1)),
    )

    @given(st.dictionaries(st.sampled_from([holds.value for holds in Holds]), st.text(max_size=40)))
    def test_is_taken_and_nothing_is_lost_in_silence(self, texts: dict[str, str]) -> None:
        filled = fill(self.LAYOUT, pages=[texts])
        placed = {item.box: item for item in filled.pages[0].placed}
        lost = {item.box: item for item in filled.overflow}
        for name, text in texts.items():
            prints = placed[name].text if name in placed else ""
            assert len(prints) <= self.LAYOUT.by_id[name].width
            assert frozenset(prints) <= PRINTABLE
            if name in lost:
                assert lost[name].typed == text
                assert lost[name].printed == prints
                assert lost[name].left_out
            else:
                assert prints.split() == normalize("NFC", text).split()
        assert filled.unprintable == ("money" in lost)

    @given(st.lists(st.text(alphabet="AB ", max_size=12), max_size=4))
    def test_of_texts_the_rest_is_quoted(self, texts: list[str]) -> None:
        filled = fill(self.LAYOUT, pages=[{"text": text} for text in texts])
        for item in filled.overflow:
            assert f"{item.printed}{item.left_out}".replace(" ", "") == item.typed.replace(" ", "")

    @given(st.text(alphabet=st.sampled_from(sorted(PRINTABLE)), max_size=30))
    def test_stands_in_its_row_as_it_prints(self, text: str) -> None:
        filled = fill(self.LAYOUT, pages=[{"text": text}])
        assert "".join(line for _, line in filled.pages[0].rows()) == printed(filled)


class TestUnknownBox:
    def test_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(FormError, match=r"^The form test 1 has no box 24\.7_d, 99\.$"):
            fill(layout(box("only", "text")), pages=[{"99": "SECRET", "24.7_d": "SECRET", "only": "X"}])


class TestInsteadOf:
    """As the UB-04 needs it: an amount and its cents, or one text across both."""

    BOXES = (
        box("amount", "money", col=47, width=8, align="R"),
        box("cents", "money", col=55, width=2),
        box("text", "code", col=47, width=10, instead_of=["amount", "cents"]),
    )
    LAYOUT = layout(*BOXES)

    def test_the_one_prints(self) -> None:
        (placed,) = fill(self.LAYOUT, pages=[{"text": "CT03072927"}]).pages[0].placed
        assert (placed.box, placed.text, placed.col) == ("text", "CT03072927", 47)

    def test_or_the_others_do(self) -> None:
        filled = fill(self.LAYOUT, pages=[{"amount": "1676", "cents": "00"}])
        assert [(placed.text, placed.col) for placed in filled.pages[0].placed] == [("1676", 51), ("00", 55)]

    @pytest.mark.parametrize("blank", ["", "  "])
    def test_blank_is_nothing(self, blank: str) -> None:
        filled = fill(self.LAYOUT, pages=[{"text": "D", "amount": blank}, {"text": blank, "cents": "00"}])
        assert [placed.box for page in filled.pages for placed in page.placed] == ["text", "cents"]

    def test_each_page_is_looked_at_alone(self) -> None:
        filled = fill(self.LAYOUT, pages=[{"text": "D"}, {"amount": "1"}])
        assert [placed.box for page in filled.pages for placed in page.placed] == ["text", "amount"]

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            (
                {"text": "SECRET", "amount": "1"},
                r"^Box text takes the place of amount: only one of them can be filled\.$",
            ),
            ({"text": "SECRET", "cents": "1"}, r"^Box text takes the place of cents:"),
            ({"text": "SECRET", "amount": "1", "cents": "1"}, r"^Box text takes the place of amount, cents:"),
            ({"text": "TOO LONG A SECRET", "amount": "1"}, r"^Box text takes the place of amount:"),
        ],
    )
    def test_both_at_once_are_a_mistake_of_the_program(self, texts: dict[str, str], said: str) -> None:
        with pytest.raises(FormError, match=said):
            fill(self.LAYOUT, pages=[{}, texts])

    def test_the_layout_tells_which_they_are(self) -> None:
        assert [item.id for item in self.LAYOUT.alternatives] == ["text"]
        assert layout(box("only", "text")).alternatives == ()

    def test_the_order_of_the_boxes_does_not_matter(self) -> None:
        assert set(layout(*reversed(self.BOXES)).by_id) == {"amount", "cents", "text"}

    def test_follows_the_name_of_a_repeated_group(self) -> None:
        group = [
            box("39{n}_amount", "money", width=8),
            box("39{n}_text", "code", instead_of=["39{n}_amount"]),
        ]
        found = layout(repeat=[{"names": ["a", "b"], "rows_apart": 1, "box": group}])
        assert [item.instead_of for item in found.alternatives] == [("39a_amount",), ("39b_amount",)]
        filled = fill(found, pages=[{"39a_text": "D", "39b_amount": "1"}])
        assert [placed.box for placed in filled.pages[0].placed] == ["39a_text", "39b_amount"]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ([box("other", "code", col=54, width=1)], "boxes amount and other overlap in row 1, column 54"),
            ([box("other", "code", col=54, instead_of=["amount", "cents"])], "boxes text and other overlap in row 1"),
            ([box("other", "code", row=2, instead_of=["nobody"])], "box other takes the place of nobody, which it"),
            ([box("other", "code", row=2, instead_of=["amount"])], "box other takes the place of amount, which it"),
            (
                [box("other", "code", col=58, instead_of=["text"])],
                "box other takes the place of text, which it does not",
            ),
            ([box("other", "code", row=2, instead_of=["other"])], "box other takes the place of other, which it does"),
        ],
    )
    def test_permits_no_other_overlap(self, changed: list[dict[str, Any]], said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            layout(*self.BOXES, *changed)


class TestRows:
    def test_are_those_with_text_each_from_column_1_on(self) -> None:
        filled = fill(
            layout(box("a", "text", row=8, col=50), box("b", "mark", row=8, width=1), box("c", "code", row=61)),
            pages=[{"a": "RIGHT", "b": "X", "c": "LAST"}, {"a": "2"}],
        )
        first, second = (list(page.rows()) for page in filled.pages)
        assert first == [(8, "X" + 48 * " " + "RIGHT"), (61, "LAST")]
        assert second == [(8, 49 * " " + "2")]


LINES: Final = {
    "names": ["1", "2", "3"],
    "rows_apart": 2,
    "box": [box("24.{n}_b", "code", row=4), box("24.{n}_s", "text", row=3)],
}


class TestRepeat:
    def test_writes_every_group_out(self) -> None:
        found = layout(repeat=[LINES])
        assert [(item.id, item.row, item.repeat) for item in found.boxes] == [
            ("24.1_s", 3, "1"),
            ("24.1_b", 4, "1"),
            ("24.2_s", 5, "2"),
            ("24.2_b", 6, "2"),
            ("24.3_s", 7, "3"),
            ("24.3_b", 8, "3"),
        ]

    def test_keeps_what_a_group_does_not_change(self) -> None:
        found = layout(box("single", "mark", width=1), repeat=[LINES])
        assert found.by_id["24.3_b"].holds is Holds.CODE
        assert found.by_id["single"].repeat is None


class TestGrid:
    def test_follows_the_formulas_of_the_cms1500(self) -> None:
        grid = Grid.model_validate(GRID)
        assert grid.x(50) == pytest.approx(21.6 + 7.2 * 49)
        assert grid.baseline(44) == pytest.approx(12 * 44 + 20.4)
        assert grid.first_line == 3

    def test_serves_the_ub04_too(self) -> None:
        # x = 11.0 + 7.2 (c - 1); 795 - 12 r from the bottom of 792 points; row 1 is the sheet's first line
        changes = {"left": 11.0, "first_baseline": 9.0, "columns": 82, "rows": 66}
        grid = Grid.model_validate({**GRID, **changes})
        assert grid.x(47) == pytest.approx(342.2)
        assert 792 - grid.baseline(14) == pytest.approx(627)
        assert grid.first_line == 1


class TestRefusal:
    @pytest.mark.parametrize(
        ("boxes", "said"),
        [
            ([box("a", "text"), box("b", "text", col=10)], "boxes a and b overlap in row 1, column 10"),
            ([box("a", "text"), box("a", "text", row=2)], "two boxes are called a"),
            ([box("a", "text", col=71)], "box a leaves the grid"),
            ([box("a", "text", row=62)], "box a leaves the grid"),
            ([box("a", "money", width=1, spare=1)], "box a spares more cells than it has"),
            ([box("a", "song")], "holds"),
            ([box("a", "text", align="M")], "align"),
            ([box("a", "text", color="red")], "color"),
            ([box("a", "text", row=0)], "row"),
            ([{**box("a", "text"), "row": "1"}], "row"),
            ([box("", "text")], "id"),
        ],
    )
    def test_of_boxes(self, boxes: list[dict[str, Any]], said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            layout(*boxes)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"grid": {**GRID, "rows": 65}}, "the grid is longer than the sheet"),
            ({"grid": {**GRID, "skew": 1}}, "skew"),
            ({"color": "red"}, "color"),
            ({"certainty": "hope"}, "certainty"),
            ({"repeat": [{"names": [], "rows_apart": 2, "box": [box("{n}", "text")]}]}, "names"),
            ({"repeat": [{"names": ["1", "2"], "rows_apart": 1, "box": [box("same", "text")]}]}, "called same"),
            ({"drawing": {"ink": [2, 0, 0]}}, "ink"),
        ],
    )
    def test_of_the_rest(self, changes: dict[str, Any], said: str) -> None:
        with pytest.raises(ValidationError, match=said):
            layout(**changes)

    @pytest.mark.parametrize("words", ["", " A", "B ", "NAÏVE", "A\nB"])
    def test_of_captions_that_no_font_subset_holds(self, words: str) -> None:
        drawing = {"ink": [0, 0, 0], "tint": [1, 1, 1], "square": 10, "square_rise": 3}
        with pytest.raises(ValidationError, match="captions"):
            layout(drawing={**drawing, "captions": [{"size": 6, "at": [[1, 1, words]]}]})


class TestShippedForm:
    """The CMS-1500 as data; where its boxes stand is checked on the paper, in golden/."""

    LAYOUT = load_form("cms1500", "02-12")

    def test_names_itself(self) -> None:
        assert (self.LAYOUT.id, self.LAYOUT.edition, self.LAYOUT.title) == ("cms1500", "02/12", "CMS-1500")

    def test_has_every_item_of_the_form(self) -> None:
        letters = {f"21{letter}" for letter in "ABCDEFGHIJKL"}
        parts = "1 1a 2 3 4 5 6 7 8 9 9a 9b 9c 9d 10a 10b 10c 10d 11 11a 11b 11c 11d 12 13 14 15 16 17 17a 17b 18 19 20"
        rest = "21 22 23 24 24A 24B 24C 24D 24E 24F 24G 24H 24I 24J 25 26 27 28 29 30 31 32 32a 32b 33 33a 33b"
        assert {item.item for item in self.LAYOUT.boxes} == {
            *parts.split(),
            *rest.split(),
            *letters,
            "carrier",
            "PICA",
            "page",
        }

    def test_has_six_service_lines(self) -> None:
        assert {item.repeat for item in self.LAYOUT.boxes if item.item == "24D"} == set("123456")

    def test_holds_a_mark_in_its_29_check_boxes(self) -> None:
        # 1: seven, 3 and 11a: two each, 6: four, 10: six, 11d, 20, 25, 27: two each
        marks = [item for item in self.LAYOUT.boxes if item.holds is Holds.MARK]
        assert len(marks) == 7 + 2 * 2 + 4 + 6 + 4 * 2 == 29
        assert all(item.width == 1 for item in marks)

    def test_stops_for_the_amounts_and_cuts_the_names(self) -> None:
        kinds = {name: self.LAYOUT.by_id[name].holds for name in ("24.1_f_d", "28_d", "29_c", "2", "33_1", "1a", "17b")}
        assert [name for name, holds in kinds.items() if holds is Holds.MONEY] == ["24.1_f_d", "28_d", "29_c"]
        assert [name for name, holds in kinds.items() if holds is Holds.TEXT] == ["2", "33_1"]

    def test_says_continued_in_the_nine_cells_of_the_total(self) -> None:
        filled = fill(self.LAYOUT, pages=[{"28_d": "CONTINU", "28_c": "ED"}])
        ((_, line),) = filled.pages[0].rows()
        assert line.strip() == "CONTINUED"
        assert filled.overflow == ()


class TestShippedUb04:
    """The UB-04 as data; where its boxes stand is checked on the paper, in golden/."""

    LAYOUT = load_form("ub04", "2007")

    def test_names_itself(self) -> None:
        assert (self.LAYOUT.id, self.LAYOUT.edition, self.LAYOUT.title) == ("ub04", "2007", "UB-04")

    def test_has_every_form_locator(self) -> None:
        numbers = {re.match(r"[0-9]+", item.item).group() for item in self.LAYOUT.boxes}  # type: ignore[union-attr]
        assert numbers == {str(number) for number in range(1, 82)}
        assert {item.item for item in self.LAYOUT.boxes} >= {f"67{letter}" for letter in "ABCDEFGHIJKLMNOPQ"}

    def test_has_22_service_lines_and_one_for_the_total(self) -> None:
        lines = [item.repeat for item in self.LAYOUT.boxes if item.item == "44"]
        assert lines == [str(number) for number in range(1, 23)]
        assert self.LAYOUT.by_id["42.23"].repeat is None

    def test_has_twelve_value_codes_each_an_amount_or_a_text(self) -> None:
        names = [f"{locator}{row}" for row in "abcd" for locator in (39, 40, 41)]
        assert [(item.id, item.instead_of) for item in self.LAYOUT.alternatives] == [
            (f"{name}_text", (f"{name}_amount", f"{name}_cents")) for name in names
        ]

    def test_stops_for_the_amounts_and_for_nothing_else(self) -> None:
        money = {item.item for item in self.LAYOUT.boxes if item.holds is Holds.MONEY}
        assert money == {"39", "40", "41", "47", "48", "54", "55"}
        assert self.LAYOUT.by_id["39a_text"].holds is Holds.CODE

    def test_cuts_names_addresses_and_remarks(self) -> None:
        cut = {item.item for item in self.LAYOUT.boxes if item.holds is Holds.TEXT}
        assert cut == {"1", "2", "8b", "9a", "9b", "38", "43", "50", "58", "61", "65", "76", "77", "78", "79", "80"}

    def test_has_no_check_box(self) -> None:
        assert not [item for item in self.LAYOUT.boxes if item.holds is Holds.MARK]
