"""The CMS-1500 as it comes out on paper, read back from the PDF by another library than the one that wrote it.

What is expected comes from `cms1500_grid.csv` beside this file: the print grid of the 02/12 form, gathered from four
open layouts and compared with the rules and check boxes measured on a public copy of the form.
"""

import csv
import ctypes
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from mild_biller.core.forms.fill import FilledForm, fill
from mild_biller.core.forms.layout import FormLayout
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, alignment_page, render

HERE = Path(__file__).parent
PITCH = 7.2  # points: 10 characters an inch
HEIGHT = 792.0
NEAR = 0.05  # points

# Item 17 prints 23 characters: the 24th would touch the caption of 17b.
NARROWER = {"17": 23}
# Dollars end one column before the cents rule, unless they need the cell on it.
LAST_DOLLAR_COLUMN = {"24.1_f_d": (54, 55), "28_d": (56, 57), "29_d": (66, 67)}

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


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on the page: its origin in points from the sheet's top left corner, and its font."""

    character: str
    x: float
    y: float
    font: str
    size: float
    left: float
    top: float
    right: float
    bottom: float


@cache
def cells() -> Mapping[str, Cell]:
    with (HERE / "cms1500_grid.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Cell(
                row["key"],
                int(row["row"]),
                int(row["col"]),
                NARROWER.get(row["key"], int(row["width"])),
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
    return load_form("cms1500", "02-12")


@cache
def maximal() -> FilledForm:
    """Every box full, neighbors with different characters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    texts = {
        cell.key: "".join(letters[(number * 7 + place) % 36] for place in range(cell.width))
        for number, cell in enumerate(cells().values())
    }
    return fill(layout(), pages=[texts])


def filled(texts: Mapping[str, str]) -> FilledForm:
    return fill(layout(), pages=[texts])


def glyphs(pdf: bytes, *, page: int = 0) -> tuple[Glyph, ...]:
    """Read every visible character of a page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = document[page].get_textpage()
        return tuple(_glyphs(text))


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index):
            continue
        assert pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, bottom, right, top = text.get_charbox(index)
        size = pdfium.FPDFText_GetFontSize(text, index)
        font = _font(text, index)
        yield Glyph(character, x.value, HEIGHT - y.value, font, size, left, HEIGHT - top, right, HEIGHT - bottom)


def _font(text: pypdfium2.PdfTextPage, index: int) -> str:
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 80, flags)
    return name.value.decode().rpartition("+")[2]


def data_glyphs(pdf: bytes, *, page: int = 0) -> tuple[Glyph, ...]:
    return tuple(glyph for glyph in glyphs(pdf, page=page) if glyph.font == "LiberationMono")


def objects(pdf: bytes) -> Counter[int]:
    """Count the objects of the first page by their kind."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return Counter(item.type for item in document[0].get_objects())


def places(pdf: bytes) -> list[tuple[str, float, float]]:
    return [(glyph.character, glyph.x, glyph.y) for glyph in data_glyphs(pdf)]


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
            assert cell.x == pytest.approx(21.6 + PITCH * (cell.col - 1))
            assert cell.baseline == pytest.approx(12 * cell.row + 20.4)

    def test_gives_no_two_boxes_one_place(self) -> None:
        taken = Counter((cell.row, cell.col + place) for cell in cells().values() for place in range(cell.width))
        assert max(taken.values()) == 1


@pytest.mark.parametrize("style", [DATA_ONLY, WITH_FORM], ids=["data only", "with form"])
class TestMaximalPage:
    def test_has_every_character_on_its_column_and_row(self, style: PrintStyle) -> None:
        found = {(round(glyph.x, 1), round(glyph.y, 1)): glyph for glyph in self._page(style)}
        for placed in maximal().pages[0].placed:
            cell = cells()[placed.box]
            assert len(placed.text) == cell.width, cell.key
            for place, character in enumerate(placed.text):
                x, y = cell.x + PITCH * place, cell.baseline
                glyph = found[round(x, 1), round(y, 1)]
                assert glyph.character == character, cell.key
                assert (glyph.x, glyph.y) == pytest.approx((x, y), abs=NEAR), cell.key
                assert glyph.x + PITCH <= cell.x_end + NEAR, cell.key

    def test_has_nothing_else(self, style: PrintStyle) -> None:
        assert len(maximal().pages[0].placed) == len(cells()) == 276
        assert len(self._page(style)) == sum(cell.width for cell in cells().values())

    def test_draws_no_two_characters_over_each_other(self, style: PrintStyle) -> None:
        rows: dict[float, list[Glyph]] = {}
        for glyph in self._page(style):
            rows.setdefault(round(glyph.y, 1), []).append(glyph)
        for row in rows.values():
            for left, right in pairwise(sorted(row, key=lambda glyph: glyph.x)):
                assert right.x - left.x >= PITCH - 0.01

    def test_keeps_the_pitch(self, style: PrintStyle) -> None:
        first, *others = (glyph.x for glyph in self._page(style) if round(glyph.y, 1) == 44.4)  # 39 characters
        assert len(others) == 38
        for place, x in enumerate(others, start=1):
            assert (x - first) / place == pytest.approx(PITCH, abs=0.01)

    def test_is_all_in_one_font_of_twelve_points(self, style: PrintStyle) -> None:
        assert {(glyph.font, glyph.size) for glyph in self._page(style)} == {("LiberationMono", 12.0)}

    @staticmethod
    @cache
    def _page(style: PrintStyle) -> tuple[Glyph, ...]:
        return data_glyphs(render(maximal(), layout=layout(), style=style))


class TestAmounts:
    @pytest.mark.parametrize("key", LAST_DOLLAR_COLUMN)
    @pytest.mark.parametrize("dollars", ["5", "4600", "12345"])
    def test_end_before_the_cents_rule(self, key: str, dollars: str) -> None:
        usual, _ = LAST_DOLLAR_COLUMN[key]
        assert self._last_x(key, dollars) == pytest.approx(21.6 + PITCH * (usual - 1), abs=NEAR)

    @pytest.mark.parametrize(("key", "dollars"), [("24.1_f_d", "123456"), ("28_d", "1234567"), ("29_d", "123456")])
    def test_take_the_cell_on_the_rule_only_when_full(self, key: str, dollars: str) -> None:
        _, last = LAST_DOLLAR_COLUMN[key]
        assert self._last_x(key, dollars) == pytest.approx(21.6 + PITCH * (last - 1), abs=NEAR)

    def test_of_the_outside_lab_end_left_of_their_rule(self) -> None:
        # eight cells from column 62: dollars and cents together end at column 69, left of the rule at 524.3 points
        assert self._last_x("20_chg", "150000") == pytest.approx(21.6 + PITCH * 68, abs=NEAR)

    @staticmethod
    def _last_x(key: str, text: str) -> float:
        found = data_glyphs(render(filled({key: text}), layout=layout(), style=DATA_ONLY))
        assert "".join(glyph.character for glyph in found) == text
        return found[-1].x


class TestDataOnly:
    def test_has_no_line_and_no_image(self) -> None:
        kinds = objects(render(maximal(), layout=layout(), style=DATA_ONLY))
        assert set(kinds) == {pdfium.FPDF_PAGEOBJ_TEXT}

    def test_of_an_empty_form_is_an_empty_page(self) -> None:
        assert not objects(render(filled({}), layout=layout(), style=DATA_ONLY))

    @pytest.mark.parametrize("nudge", [(0.0, 0.0), (-3.0, 2.0), (10.5, -18.0)])
    @pytest.mark.parametrize("scale", [0.9, 1.0, 1.02, 1.1])
    def test_moves_as_a_whole(self, nudge: tuple[float, float], scale: float) -> None:
        """Scaled about the top left corner of the sheet, then moved right and down."""
        plain = places(render(maximal(), layout=layout(), style=DATA_ONLY))
        style = PrintStyle(nudge=nudge, scale=scale)
        moved = places(render(maximal(), layout=layout(), style=style))
        assert len(moved) == len(plain)
        for (character, x, y), (moved_character, moved_x, moved_y) in zip(plain, moved, strict=True):
            assert moved_character == character
            assert moved_x == pytest.approx(scale * x + nudge[0], abs=0.01)
            assert moved_y == pytest.approx(scale * y + nudge[1], abs=0.01)

    def test_of_every_page_moves(self) -> None:
        two = fill(layout(), pages=[{"1a": "1EG4TE5MK73"}, {"1a": "1EG4TE5MK73"}])
        pdf = render(two, layout=layout(), style=PrintStyle(nudge=(5.0, 7.0)))
        first, second = (data_glyphs(pdf, page=page)[0] for page in (0, 1))
        assert (first.x, first.y) == pytest.approx((374.4 + 5, 116.4 + 7), abs=NEAR)
        assert (second.x, second.y) == (first.x, first.y)


class TestWithForm:
    def test_leaves_data_and_drawing_where_they_are(self) -> None:
        calibrated = PrintStyle(mode=PrintMode.WITH_FORM, nudge=(-3.0, 2.0), scale=1.05)
        assert render(maximal(), layout=layout(), style=calibrated) == render(
            maximal(), layout=layout(), style=WITH_FORM
        )

    def test_has_no_image(self) -> None:
        assert pdfium.FPDF_PAGEOBJ_IMAGE not in objects(render(maximal(), layout=layout(), style=WITH_FORM))

    def test_says_what_the_items_are(self) -> None:
        words = self._words(WITH_FORM)
        for number in range(1, 34):
            assert f"{number}. " in words, number
        for part in ("HEALTH INSURANCE CLAIM FORM", "CARRIER", "PICA", "02-12", "PATIENT AND INSURED INFORMATION"):
            assert part in words

    def test_reads_the_same_under_a_draft_mark(self) -> None:
        draft = PrintStyle(mode=PrintMode.WITH_FORM, draft=True)
        without_blanks = [
            sorted("".join(words.split())) for words in (self._words(draft), f"{self._words(WITH_FORM)}DRAFT")
        ]
        assert without_blanks[0] == without_blanks[1]

    def test_keeps_its_words_clear_of_the_data(self) -> None:
        """No caption touches a cell; only the pale NPI of 32a and 33a lies under the number."""
        for glyph, cell in product(self._captions(), cells().values()):
            if glyph.size > 10 and glyph.font == "LiberationSans-Bold" and glyph.character in "NPI":
                continue
            apart = (
                glyph.right <= cell.x
                or glyph.left >= cell.x + PITCH * cell.width
                or glyph.bottom <= cell.baseline - 7.91  # the height of a capital
                or glyph.top >= cell.baseline
            )
            assert apart, (cell.key, glyph)

    def test_keeps_its_words_on_the_sheet(self) -> None:
        for glyph in self._captions():
            assert 0 < glyph.left < glyph.right < 612, glyph
            assert 0 < glyph.top < glyph.bottom < HEIGHT, glyph

    @staticmethod
    def _captions() -> tuple[Glyph, ...]:
        return glyphs(render(filled({}), layout=layout(), style=WITH_FORM))

    @staticmethod
    def _words(style: PrintStyle) -> str:
        with closing(pypdfium2.PdfDocument(render(filled({}), layout=layout(), style=style))) as document:
            return "".join(document[0].get_textpage().get_text_bounded().split("\r\n"))


class TestDraft:
    @pytest.mark.parametrize("mode", PrintMode)
    def test_stands_on_every_page(self, mode: PrintMode) -> None:
        two = fill(layout(), pages=[{"1a": "1EG4TE5MK73"}, {"1a": "1EG4TE5MK73"}])
        pdf = render(two, layout=layout(), style=PrintStyle(mode=mode, draft=True))
        for page in (0, 1):
            assert self._mark(pdf, page=page) == "DRAFT"

    @pytest.mark.parametrize("mode", PrintMode)
    def test_is_absent_otherwise(self, mode: PrintMode) -> None:
        assert self._mark(render(maximal(), layout=layout(), style=PrintStyle(mode=mode)), page=0) == ""

    def test_moves_no_data(self) -> None:
        plain = places(render(maximal(), layout=layout(), style=DATA_ONLY))
        assert places(render(maximal(), layout=layout(), style=PrintStyle(draft=True))) == plain

    @staticmethod
    def _mark(pdf: bytes, *, page: int) -> str:
        return "".join(glyph.character for glyph in glyphs(pdf, page=page) if glyph.size > 100)


class TestAlignmentPage:
    def test_fills_the_pica_boxes_and_every_other(self) -> None:
        found = data_glyphs(alignment_page(layout(), style=DATA_ONLY))
        assert {glyph.character for glyph in found} == {"X"}
        assert len(found) == sum(cell.width for cell in cells().values())
        pica = sorted(glyph.x for glyph in found if round(glyph.y, 1) == 92.4)
        assert pica[:3] == pytest.approx([21.6, 28.8, 36.0], abs=NEAR)
        assert pica[-3:] == pytest.approx([568.8, 576.0, 583.2], abs=NEAR)

    def test_has_crosses_where_it_says(self) -> None:
        centers = self._crosses(alignment_page(layout(), style=DATA_ONLY))
        assert centers == {(36.0, 21.6), (576.0, 21.6), (36.0, 770.4), (576.0, 770.4)}

    def test_moves_as_the_data_will(self) -> None:
        centers = self._crosses(alignment_page(layout(), style=PrintStyle(nudge=(4.0, -6.0))))
        assert centers == {(40.0, 15.6), (580.0, 15.6), (40.0, 764.4), (580.0, 764.4)}

    def test_can_be_laid_over_the_drawn_form(self) -> None:
        assert pdfium.FPDF_PAGEOBJ_FORM in objects(alignment_page(layout(), style=WITH_FORM))

    @staticmethod
    def _crosses(pdf: bytes) -> set[tuple[float, float]]:
        """Return the centers of the shapes that are as wide as they are high: 14 points, and the line's weight."""
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            bounds = [item.get_bounds() for item in document[0].get_objects([pdfium.FPDF_PAGEOBJ_PATH])]
        return {
            (round((left + right) / 2, 1), round(HEIGHT - (bottom + top) / 2, 1))
            for left, bottom, right, top in bounds
            if right - left == pytest.approx(14, abs=1) and top - bottom == pytest.approx(14, abs=1)
        }


class TestBytes:
    CODE = """
import hashlib
from mild_biller.core.forms.fill import fill
from mild_biller.loader import load_form
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
layout = load_form("cms1500", "02-12")
filled = fill(layout, pages=[{"2": "NUÑEZ, ALMA", "1a": "1EG4TE5MK73"}, {"28_d": "4600"}])
for mode in PrintMode:
    pdf = render(filled, layout=layout, style=PrintStyle(mode=mode, draft=True))
    print(hashlib.sha256(pdf).hexdigest())
"""

    @pytest.mark.parametrize("style", [DATA_ONLY, WITH_FORM], ids=["data only", "with form"])
    def test_are_the_same_twice(self, style: PrintStyle) -> None:
        once, twice = (render(maximal(), layout=layout(), style=style) for _ in range(2))
        assert once == twice

    def test_are_the_same_in_every_process(self) -> None:
        two = fill(layout(), pages=[{"2": "NUÑEZ, ALMA", "1a": "1EG4TE5MK73"}, {"28_d": "4600"}])
        here = [
            hashlib.sha256(render(two, layout=layout(), style=PrintStyle(mode=mode, draft=True))).hexdigest()
            for mode in PrintMode
        ]
        for seed in ("1", "2"):
            said = subprocess.run(
                [sys.executable, "-c", self.CODE],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])},
                capture_output=True,
                check=True,
                text=True,
            )
            assert said.stdout.split() == here


class TestPicture:
    """One look at the whole: a change of the drawing shows here first, and somebody looks at both pictures."""

    TEXTS = {  # noqa: RUF012
        "carrier1": "EXAMPLE PAYER",
        "1_medicare": "X",
        "1a": "1EG4TE5MK73",
        "2": "TESTPATIENT, ALMA, Q",
        "3_f": "X",
        "12_sig": "SIGNATURE ON FILE",
        "21_ind": "0",
        "21_A": "M48062",
        "24.1_d": "62330",
        "24.1_m1": "Q0",
        "24.1_f_d": "4600",
        "24.1_f_c": "00",
        "24.6_j": "1234567893",
        "33_1": "THREE RIVERS PAIN ASSOC",
    }

    def test_looks_as_it_did(self, tmp_path: Path) -> None:
        seen = self._picture(render(filled(self.TEXTS), layout=layout(), style=WITH_FORM))
        seen.save(tmp_path / "cms1500.png", optimize=True)
        known = HERE / "cms1500.png"
        with Image.open(known) as picture:
            difference = ImageChops.difference(picture.convert("L"), seen)
        worst = max(ImageStat.Stat(tile).mean[0] for tile in self._tiles(difference))
        assert worst < 3, f"compare {tmp_path / 'cms1500.png'} with {known}; if the new one is right, copy it over"

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
