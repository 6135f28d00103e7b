"""The UB-04 as it comes out on paper, read back from the PDF by another library than the one that wrote it.

What is expected comes from `ub04_grid.csv` beside this file: the print grid of the form, on which four open layouts
and the rules measured on a public drawing of the form agree.
"""

import csv
import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import combinations, pairwise, product
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from mild_biller.core.forms.fill import FilledForm, fill
from mild_biller.core.forms.layout import FormLayout
from mild_biller.errors import FormError
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, alignment_page, render

HERE = Path(__file__).parent
PITCH = 7.2  # points: 10 characters an inch
LEFT = 11.0  # of column 1
HEIGHT = 792.0
CAPITAL = 7.91  # the height of a capital of the data
NEAR = 0.05  # points

DATA_ONLY = PrintStyle()
WITH_FORM = PrintStyle(mode=PrintMode.WITH_FORM)


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of the grid."""

    key: str
    row: int
    col: int
    width: int
    justify: str
    x: float
    x_end: float
    baseline: float

    @property
    def crosses_the_cents(self) -> bool:
        return self.key.endswith("_text")

    def start(self, length: int) -> float:
        """Return where a text begins."""
        return self.x_end - PITCH * length if self.justify == "R" else self.x


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on the page: its origin in points from the sheet's top left corner, and its font."""

    character: str
    x: float
    y: float
    font: str
    size: float
    x_end: float

    @property
    def top(self) -> float:
        return self.y - 0.73 * self.size

    @property
    def bottom(self) -> float:
        """Return the baseline: only a comma and a bracket go below it, and the captions have capitals."""
        return self.y


@cache
def cells() -> Mapping[str, Cell]:
    with (HERE / "ub04_grid.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Cell(
                row["key"],
                int(row["row"]),
                int(row["col"]),
                int(row["width"]),
                row["justify"],
                float(row["x_pt"]),
                float(row["x_end_pt"]),
                float(row["baseline_from_top_pt"]),
            )
            for row in csv.DictReader(file)
        ]
    return {row.key: row for row in rows}


@cache
def layout() -> FormLayout:
    return load_form("ub04", "2007")


def chosen(*, with_texts: bool) -> list[Cell]:
    """Return cells that can be filled together: amounts with their cents, or the texts that run across both."""
    amounts = {f"{locator}{row}_{part}" for locator, row, part in product((39, 40, 41), "abcd", ("amount", "cents"))}
    left_out = amounts if with_texts else {cell.key for cell in cells().values() if cell.crosses_the_cents}
    return [cell for cell in cells().values() if cell.key not in left_out]


@cache
def maximal(*, with_texts: bool = False) -> FilledForm:
    """Every box full, neighbors with different characters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    texts = {
        cell.key: "".join(letters[(number * 7 + place) % 36] for place in range(cell.width))
        for number, cell in enumerate(chosen(with_texts=with_texts))
    }
    return filled(texts)


def filled(*pages: Mapping[str, str]) -> FilledForm:
    return fill(layout(), pages=pages)


@cache
def printed(form: FilledForm, style: PrintStyle = DATA_ONLY) -> bytes:
    return render(form, layout=layout(), style=style)


@cache
def glyphs(pdf: bytes, *, page: int = 0) -> tuple[Glyph, ...]:
    """Read every visible character of a page."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return tuple(
            Glyph(
                char["text"],
                char["matrix"][4],
                HEIGHT - char["matrix"][5],
                char["fontname"].rpartition("+")[2],
                round(char["size"], 3),
                char["x1"],
            )
            for char in document.pages[page].chars
            if not char["text"].isspace()
        )


def data_glyphs(pdf: bytes, *, page: int = 0) -> tuple[Glyph, ...]:
    return tuple(glyph for glyph in glyphs(pdf, page=page) if glyph.font == "LiberationMono")


def kinds(pdf: bytes) -> set[str]:
    """Return what the first page is made of: char, line, rect, curve, image."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return set(document.pages[0].objects)


def places(pdf: bytes) -> list[tuple[str, float, float]]:
    return [(glyph.character, glyph.x, glyph.y) for glyph in data_glyphs(pdf)]


def columns(texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Print, read back, and return each character with its row and column."""
    found = []
    for character, x, y in places(printed.__wrapped__(filled(texts))):
        row, col = (y + 3) / 12, (x - LEFT) / PITCH + 1
        assert (row, col) == (pytest.approx(round(row), abs=0.01), pytest.approx(round(col), abs=0.01))
        found.append((character, round(row), round(col)))
    return found


class TestGrid:
    def test_has_the_boxes_of_the_form_data_and_no_other(self) -> None:
        assert set(cells()) == set(layout().by_id)

    def test_is_what_the_form_data_says(self) -> None:
        for cell in cells().values():
            box = layout().by_id[cell.key]
            said = (box.row, box.col, box.width, box.align.value)
            assert said == (cell.row, cell.col, cell.width, cell.justify), cell.key

    def test_follows_from_pitch_and_edge(self) -> None:
        for cell in cells().values():
            assert cell.x == pytest.approx(LEFT + PITCH * (cell.col - 1))
            assert cell.x_end == pytest.approx(LEFT + PITCH * (cell.col + cell.width - 1))
            assert HEIGHT - cell.baseline == pytest.approx(795 - 12 * cell.row)

    @pytest.mark.parametrize("with_texts", [False, True])
    def test_gives_no_two_boxes_one_place(self, with_texts: bool) -> None:
        taken = Counter(
            (cell.row, cell.col + place) for cell in chosen(with_texts=with_texts) for place in range(cell.width)
        )
        assert max(taken.values()) == 1

    def test_uses_rows_2_to_64_and_82_columns(self) -> None:
        assert {cell.row for cell in cells().values()} <= set(range(2, 65))
        assert max(cell.col + cell.width - 1 for cell in cells().values()) == 82


@pytest.mark.parametrize("with_texts", [False, True], ids=["amounts", "texts across the cents"])
@pytest.mark.parametrize("style", [DATA_ONLY, WITH_FORM], ids=["data only", "with form"])
class TestMaximalPage:
    def test_has_every_character_on_its_column_and_row(self, style: PrintStyle, with_texts: bool) -> None:
        found = {(round(glyph.x, 1), round(glyph.y, 1)): glyph for glyph in self._page(style, with_texts)}
        for placed in maximal(with_texts=with_texts).pages[0].placed:
            cell = cells()[placed.box]
            assert len(placed.text) == cell.width, cell.key
            for place, character in enumerate(placed.text):
                x, y = cell.x + PITCH * place, cell.baseline
                glyph = found[round(x, 1), round(y, 1)]
                assert glyph.character == character, cell.key
                assert (glyph.x, glyph.y) == (pytest.approx(x, abs=NEAR), pytest.approx(y, abs=NEAR)), cell.key
                assert glyph.x + PITCH <= cell.x_end + NEAR, cell.key

    def test_has_nothing_else(self, style: PrintStyle, with_texts: bool) -> None:
        boxes = chosen(with_texts=with_texts)
        assert len(maximal(with_texts=with_texts).pages[0].placed) == len(boxes) == (491 if with_texts else 503)
        assert len(self._page(style, with_texts)) == sum(cell.width for cell in boxes)

    def test_draws_no_two_characters_over_each_other(self, style: PrintStyle, with_texts: bool) -> None:
        rows: dict[float, list[Glyph]] = {}
        for glyph in self._page(style, with_texts):
            rows.setdefault(round(glyph.y, 1), []).append(glyph)
        assert len(rows) == 63 - 4  # rows 2 to 64 without the heads of 31, 42, 58 and 63
        for row in rows.values():
            for left, right in pairwise(sorted(row, key=lambda glyph: glyph.x)):
                assert right.x - left.x >= PITCH - 0.01

    def test_is_all_in_one_font_of_twelve_points(self, style: PrintStyle, with_texts: bool) -> None:
        assert {(glyph.font, glyph.size) for glyph in self._page(style, with_texts)} == {("LiberationMono", 12.0)}

    @staticmethod
    def _page(style: PrintStyle, with_texts: bool) -> tuple[Glyph, ...]:
        return data_glyphs(printed(maximal(with_texts=with_texts), style))


class TestOneCharacter:
    @pytest.mark.parametrize("with_texts", [False, True])
    def test_stands_at_the_side_the_grid_says(self, with_texts: bool) -> None:
        boxes = chosen(with_texts=with_texts)
        found = Counter((round(x, 1), round(y, 1)) for _, x, y in places(printed(filled({b.key: "7" for b in boxes}))))
        assert found == Counter((round(cell.start(1), 1), cell.baseline) for cell in boxes)


class TestTrialNumber:
    """Value code D4: letters and digits in one text across the cents rule."""

    @pytest.mark.parametrize(("locator", "first", "last"), [("39", 47, 56), ("40", 60, 69), ("41", 73, 82)])
    @pytest.mark.parametrize(("letter", "row"), [("a", 14), ("b", 15), ("c", 16), ("d", 17)])
    def test_fills_ten_columns(self, locator: str, first: int, last: int, letter: str, row: int) -> None:
        found = columns({f"{locator}{letter}_code": "D4", f"{locator}{letter}_text": "CT03072927"})
        assert found == [
            ("D", row, first - 3),
            ("4", row, first - 2),
            *((character, row, first + place) for place, character in enumerate("CT03072927")),
        ]
        assert found[-1][2] == last

    @pytest.mark.parametrize(("locator", "first"), [("39", 47), ("40", 60), ("41", 73)])
    def test_as_eight_digits_fills_the_cells_left_of_the_cents(self, locator: str, first: int) -> None:
        found = columns({f"{locator}a_amount": "03072927"})
        assert found == [(digit, 14, first + place) for place, digit in enumerate("03072927")]

    @pytest.mark.parametrize("part", ["amount", "cents"])
    def test_is_never_printed_over_an_amount(self, part: str) -> None:
        with pytest.raises(FormError, match=rf"^Box 40b_text takes the place of 40b_{part}: only one"):
            filled({"40b_text": "CT03072927", f"40b_{part}": "1"})

    def test_does_not_fit_with_three_letters(self) -> None:
        (lost,) = filled({"39a_text": "NCT03072927"}).overflow
        assert (lost.box, lost.printed) == ("39a_text", "")


class TestAmounts:
    @pytest.mark.parametrize(
        ("whole", "cents", "last_whole"),
        [
            ("39a_amount", "39a_cents", 54),
            ("40a_amount", "40a_cents", 67),
            ("41d_amount", "41d_cents", 80),
            ("47.1_d", "47.1_c", 67),
            ("47.22_d", "47.22_c", 67),
            ("47.23_d", "47.23_c", 67),
            ("48.1_d", "48.1_c", 77),
            ("48.23_d", "48.23_c", 77),
            ("54A_d", "54A_c", 51),
            ("54C_d", "54C_c", 51),
            ("55A_d", "55A_c", 62),
            ("55B_d", "55B_c", 62),
        ],
    )
    @pytest.mark.parametrize("dollars", ["5", "4600", "1234567"])
    def test_end_at_the_cents_rule(self, whole: str, cents: str, last_whole: int, dollars: str) -> None:
        found = columns({whole: dollars, cents: "09"})
        assert "".join(character for character, _, _ in found) == f"{dollars}09"
        assert [col for _, _, col in found] == list(range(last_whole - len(dollars) + 1, last_whole + 3))

    @pytest.mark.parametrize(("key", "text", "last"), [("46.1", "1", 59), ("46.22", "1234567", 59), ("71", "516", 46)])
    def test_and_counts_end_at_the_right(self, key: str, text: str, last: int) -> None:
        assert [col for _, _, col in columns({key: text})] == list(range(last - len(text) + 1, last + 1))

    @pytest.mark.parametrize("key", ["39a_amount", "40c_cents", "47.1_d", "47.23_c", "48.9_d", "54A_d", "55C_c"])
    def test_that_do_not_fit_stop_the_form(self, key: str) -> None:
        assert filled({key: "1" * (cells()[key].width + 1)}).unprintable


class TestDataOnly:
    def test_has_no_line_and_no_image(self) -> None:
        assert kinds(printed(maximal())) == {"char"}

    def test_of_an_empty_form_is_an_empty_page(self) -> None:
        assert kinds(printed(filled({}))) == set()

    @pytest.mark.parametrize("nudge", [(0.0, 0.0), (-3.0, 2.0), (10.5, -18.0)])
    @pytest.mark.parametrize("scale", [0.9, 1.0, 1.02, 1.1])
    def test_moves_as_a_whole(self, nudge: tuple[float, float], scale: float) -> None:
        """Scaled about the top left corner of the sheet, then moved right and down."""
        plain = places(printed(maximal()))
        moved = places(printed(maximal(), PrintStyle(nudge=nudge, scale=scale)))
        assert len(moved) == len(plain)
        for (character, x, y), (moved_character, moved_x, moved_y) in zip(plain, moved, strict=True):
            assert moved_character == character
            assert moved_x == pytest.approx(scale * x + nudge[0], abs=0.01)
            assert moved_y == pytest.approx(scale * y + nudge[1], abs=0.01)

    def test_of_every_page_moves(self) -> None:
        pdf = printed.__wrapped__(filled({"60A": "1EG4TE5MK73"}, {"60A": "1EG4TE5MK73"}), PrintStyle(nudge=(5.0, 7.0)))
        first, second = (data_glyphs(pdf, page=page)[0] for page in (0, 1))
        assert (first.x, first.y) == (pytest.approx(219.8 + 5, abs=NEAR), pytest.approx(561 + 7, abs=NEAR))
        assert (second.x, second.y) == (first.x, first.y)


class TestWithForm:
    def test_leaves_data_and_drawing_where_they_are(self) -> None:
        calibrated = PrintStyle(mode=PrintMode.WITH_FORM, nudge=(-3.0, 2.0), scale=1.05)
        assert printed(maximal(), calibrated) == printed(maximal(), WITH_FORM)

    def test_has_no_image(self) -> None:
        assert "image" not in kinds(printed(maximal(), WITH_FORM))

    def test_says_what_the_form_locators_are(self) -> None:
        said = {words.split()[0].rstrip(".") for words in self._captions()} | {"67"}
        assert {str(number) for number in range(1, 82)} - {"3", "77"} <= said
        assert {"3a", "3b", "77"} <= said
        assert {"UB-04", "TOTALS", "CREATION"} <= said

    def test_numbers_the_lines_on_both_sides(self) -> None:
        bold = [glyph for glyph in self._words() if glyph.font == "LiberationSans-Bold" and glyph.size == 5]
        for edge in ([g for g in bold if g.x < 10], [g for g in bold if g.x > 602]):
            lines: dict[float, str] = {}
            for glyph in edge:
                lines[glyph.y] = lines.get(glyph.y, "") + glyph.character
            assert [lines[y] for y in sorted(lines)] == ["a", "b", *map(str, range(1, 24)), *"ABC" * 3]

    def test_has_its_rules_just_below_the_rows_they_part(self) -> None:
        with pdfplumber.open(BytesIO(printed(filled({}), WITH_FORM))) as document:
            level = {round(line["top"], 1) for line in document.pages[0].lines if line["top"] == line["bottom"]}
        heads = (6, 7, 8, 9, 10, 11, 13, 14, 18, 19, 41, 42, 43, 46, 47, 50, 51, *range(54, 66))
        assert {round(12 * (row - 1) + 0.9, 1) for row in heads} <= level

    def test_keeps_its_words_clear_of_the_data(self) -> None:
        """No caption touches a cell; only the pale letters of 67, 70 and 72 lie behind the codes."""
        for glyph, cell in product(self._words(), cells().values()):
            if glyph.size == 12:
                assert 636 < glyph.top < 673
                continue
            apart = (
                glyph.x_end <= cell.x
                or glyph.x >= cell.x_end
                or glyph.bottom <= cell.baseline - CAPITAL
                or glyph.top >= cell.baseline
            )
            assert apart, (cell.key, glyph)

    def test_keeps_its_words_clear_of_the_rules(self) -> None:
        with pdfplumber.open(BytesIO(printed(filled({}), WITH_FORM))) as document:
            rules = [
                (line["x0"], line["top"], line["x1"], line["bottom"])
                for line in document.pages[0].lines
                if line["linewidth"] < 2  # the full bars carry pale words
            ]
        for glyph, (x, y, x_end, y_end) in product(self._words(), rules):
            if glyph.size < 12:
                apart = glyph.x_end <= x or glyph.x >= x_end or glyph.bottom <= y or glyph.top >= y_end
                assert apart, (glyph, x, y)

    def test_keeps_its_words_apart(self) -> None:
        for one, other in combinations(self._words(), 2):
            apart = (
                one.x_end <= other.x + NEAR
                or other.x_end <= one.x + NEAR
                or one.bottom <= other.top
                or other.bottom <= one.top
            )
            assert apart, (one, other)

    def test_keeps_its_words_on_the_sheet(self) -> None:
        for glyph in self._words():
            assert 0 < glyph.x < glyph.x_end < 612, glyph
            assert 0 < glyph.top < glyph.bottom < HEIGHT, glyph

    @staticmethod
    def _words() -> tuple[Glyph, ...]:
        return glyphs(printed(filled({}), WITH_FORM))

    @staticmethod
    def _captions() -> list[str]:
        drawing = layout().drawing
        assert drawing
        return [words for captions in drawing.captions for _, _, words in captions.at]


class TestDraft:
    @pytest.mark.parametrize("mode", PrintMode)
    def test_stands_on_every_page_and_moves_no_data(self, mode: PrintMode) -> None:
        two = filled({"60A": "1EG4TE5MK73"}, {"42.23": "0001"})
        plain, draft = (printed.__wrapped__(two, PrintStyle(mode=mode, draft=draft)) for draft in (False, True))
        for page in (0, 1):
            without, with_mark = (Counter(g.character for g in glyphs(pdf, page=page)) for pdf in (plain, draft))
            assert with_mark - without == Counter("DRAFT")
            assert data_glyphs(draft, page=page) == data_glyphs(plain, page=page)


class TestAlignmentPage:
    def test_fills_every_cell_once(self) -> None:
        found = data_glyphs(alignment_page(layout(), style=DATA_ONLY))
        assert {glyph.character for glyph in found} == {"X"}
        at = Counter((round(glyph.x, 1), round(glyph.y, 1)) for glyph in found)
        assert max(at.values()) == 1
        assert set(at) == {
            (round(cell.x + PITCH * place, 1), cell.baseline)
            for cell in cells().values()
            for place in range(cell.width)
        }

    def test_says_what_to_look_at(self) -> None:
        words = "".join(glyph.character for glyph in glyphs(alignment_page(layout(), style=DATA_ONLY)))
        assert "EveryXbelongsinsideitsbox." in words
        assert "PICA" not in words

    def test_moves_as_the_data_will(self) -> None:
        plain, moved = (
            places(alignment_page(layout(), style=PrintStyle(nudge=nudge))) for nudge in ((0.0, 0.0), (4.0, -6.0))
        )
        for (_, x, y), (_, moved_x, moved_y) in zip(plain, moved, strict=True):
            assert (moved_x, moved_y) == (pytest.approx(x + 4, abs=0.01), pytest.approx(y - 6, abs=0.01))

    def test_can_be_laid_over_the_drawn_form(self) -> None:
        assert kinds(alignment_page(layout(), style=WITH_FORM)) == {"char", "line", "rect"}


class TestBytes:
    CODE = """
import hashlib
from mild_biller.core.forms.fill import fill
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
layout = load_form("ub04", "2007")
filled = fill(layout, pages=[{"8b": "NUÑEZ, ALMA", "39a_text": "CT03072927"}, {"47.23_d": "4600"}])
for mode in PrintMode:
    pdf = render(filled, layout=layout, style=PrintStyle(mode=mode, draft=True))
    print(hashlib.sha256(pdf).hexdigest())
"""

    @pytest.mark.parametrize("style", [DATA_ONLY, WITH_FORM], ids=["data only", "with form"])
    def test_are_the_same_twice(self, style: PrintStyle) -> None:
        once, twice = (render(maximal(), layout=layout(), style=style) for _ in range(2))
        assert once == twice

    def test_are_the_same_in_every_process(self) -> None:
        two = filled({"8b": "NUÑEZ, ALMA", "39a_text": "CT03072927"}, {"47.23_d": "4600"})
        here = [
            hashlib.sha256(render(two, layout=layout(), style=PrintStyle(mode=mode, draft=True))).hexdigest()
            for mode in PrintMode
        ]
        for seed in ("1", "2"):
            said = subprocess.run(
                [sys.executable, "-c", self.CODE],
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])},
                capture_output=True,
                check=True,
                text=True,
            )
            assert said.stdout.split() == here


class TestPicture:
    """One look at the whole: a change of the drawing shows here first, and somebody looks at both pictures."""

    TEXTS = {  # noqa: RUF012
        "1_1": "RIVERSIDE HOSPITAL",
        "1_2": "500 RIVER ROAD",
        "1_3": "PITTSBURGH PA 152221234",
        "3a": "4711-9",
        "4": "0131",
        "5": "25-1234567",
        "6_from": "031026",
        "6_to": "031026",
        "8b": "TESTPATIENT, ALMA Q",
        "10": "07061951",
        "11": "F",
        "14": "3",
        "15": "1",
        "17": "01",
        "18": "30",
        "38_1": "EXAMPLE PAYER",
        "39a_code": "45",
        "39a_amount": "9",
        "40a_code": "A1",
        "40a_amount": "1676",
        "40a_cents": "00",
        "41a_code": "D4",
        "41a_text": "CT03072927",
        "42.1": "0278",
        "43.1": "IMPLANT",
        "44.1": "C1889",
        "45.1": "031026",
        "46.1": "1",
        "47.1_d": "2500",
        "47.1_c": "00",
        "42.2": "0360",
        "44.2": "62330Q0",
        "45.2": "031026",
        "46.2": "1",
        "47.2_d": "4600",
        "47.2_c": "00",
        "42.23": "0001",
        "43.23_page": "1",
        "43.23_of": "1",
        "45.23": "031126",
        "47.23_d": "7100",
        "47.23_c": "00",
        "50A": "MEDICARE",
        "52A": "Y",
        "56": "2000000036",
        "58A": "TESTPATIENT, ALMA Q",
        "59A": "18",
        "60A": "1EG4TE5MK73",
        "66": "0",
        "67": "M48062",
        "67A": "Z006",
        "76_npi": "1234567893",
        "76_last": "RENDERER",
        "76_first": "PAT",
        "77_npi": "2000000028",
        "80_1": "SEE STUDY",
        "81a_qual": "B3",
        "81a_code": "282N00000X",
    }

    def test_looks_as_it_did(self, tmp_path: Path) -> None:
        seen = self._picture(render(filled(self.TEXTS), layout=layout(), style=WITH_FORM))
        seen.save(tmp_path / "ub04.png", optimize=True)
        known = HERE / "ub04.png"
        with Image.open(known) as picture:
            difference = ImageChops.difference(picture.convert("L"), seen)
        worst = max(ImageStat.Stat(tile).mean[0] for tile in self._tiles(difference))
        assert worst < 3, f"compare {tmp_path / 'ub04.png'} with {known}; if the new one is right, copy it over"

    @staticmethod
    def _picture(pdf: bytes) -> Image.Image:
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            picture: Image.Image = document[0].render(scale=1, grayscale=True).to_pil()
        return picture.convert("L").quantize(16).convert("L")

    @staticmethod
    def _tiles(picture: Image.Image) -> Iterator[Image.Image]:
        """Cut a picture in squares of 36 points: a word that moves fills a good part of one."""
        for x, y in product(range(0, 612, 36), range(0, 792, 36)):
            yield picture.crop((x, y, x + 36, y + 36))
