"""What `render` refuses, what a document says about itself, and that everything printable really prints."""

import math
import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from mild_biller.core.forms.fill import PRINTABLE, fill
from mild_biller.core.forms.layout import FormLayout
from mild_biller.errors import FormError, ResourceError
from mild_biller.loader import load_form
from mild_biller.output import fonts
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, alignment_page, render
from mild_biller.paths import resources

LAYOUT = load_form("cms1500", "02-12")
CANARY = {"2": "ZEBULON, QUILL", "1a": "7XY9ZZ8QQ77", "26": "CANARY-ACCOUNT"}
EVERY_STYLE = [PrintStyle(mode=mode, draft=draft) for mode in PrintMode for draft in (False, True)]


def printed(*pages: dict[str, str], style: PrintStyle | None = None, layout: FormLayout = LAYOUT) -> bytes:
    return render(fill(layout, pages=list(pages)), layout=layout, style=style or PrintStyle())


def text(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def embedded_fonts(pdf: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]{6}\+(\S+)", pdf)}


class TestPrintStyle:
    @pytest.mark.parametrize("scale", [0.89, 1.11, 0.0, -1.0, math.nan, math.inf])
    def test_refuses_a_scale_no_printer_needs(self, scale: float) -> None:
        with pytest.raises(FormError, match=r"between 0\.9 and 1\.1"):
            PrintStyle(scale=scale)

    @pytest.mark.parametrize("nudge", [(72.1, 0.0), (0.0, -73.0), (math.nan, 0.0), (0.0, math.inf)])
    def test_refuses_a_nudge_off_the_sheet(self, nudge: tuple[float, float]) -> None:
        with pytest.raises(FormError, match="at most 72 points"):
            PrintStyle(nudge=nudge)

    @pytest.mark.parametrize("scale", [0.9, 1, 1.1])
    def test_takes_the_ends(self, scale: float) -> None:
        assert PrintStyle(scale=scale, nudge=(-72, 72)).scale == scale


class TestRefusal:
    def test_of_a_form_with_an_amount_missing_even_as_a_draft(self) -> None:
        too_much = {"28_d": "12345678", "1a": "X" * 40}
        with pytest.raises(FormError, match=r"an amount does not fit its box: see 28_d\.$"):
            printed(too_much, style=PrintStyle(draft=True))

    def test_of_another_form(self) -> None:
        other = LAYOUT.with_(edition="08/05")
        with pytest.raises(FormError, match=r"boxes of cms1500 08/05 cannot be printed on cms1500"):
            render(fill(other, pages=[{}]), layout=LAYOUT, style=PrintStyle())

    def test_of_nothing(self) -> None:
        with pytest.raises(FormError, match="no page of CMS-1500"):
            printed()

    def test_of_a_font_that_is_not_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fonts, "resources", lambda: tmp_path)
        fonts._registered.cache_clear()
        try:
            with pytest.raises(ResourceError, match=r"^fonts/LiberationMono-Regular\.ttf is missing"):
                printed({})
        finally:
            fonts._registered.cache_clear()


class TestDocument:
    @pytest.mark.parametrize("style", EVERY_STYLE)
    def test_names_the_form_and_nobody_on_it(self, style: PrintStyle) -> None:
        with closing(pypdfium2.PdfDocument(printed(CANARY, style=style))) as document:
            about = document.get_metadata_dict()
        assert about["Title"] == "CMS-1500"
        assert about["Subject"] == "CMS-1500 02/12"
        assert about["Author"] == about["Creator"] == "Mild Biller"
        assert not any(word in str(about) for value in CANARY.values() for word in value.split(", "))

    @pytest.mark.parametrize("style", EVERY_STYLE)
    def test_says_nothing_of_the_machine_it_was_made_on(self, style: PrintStyle) -> None:
        assert str(resources()).encode() not in printed(CANARY, style=style)

    def test_asks_viewers_not_to_scale(self) -> None:
        assert re.search(rb"/PrintScaling /None", printed(CANARY))

    def test_has_one_page_a_sheet(self) -> None:
        with closing(pypdfium2.PdfDocument(printed(CANARY, CANARY, CANARY))) as document:
            assert len(document) == 3
            assert [page.get_size() for page in document] == [(612.0, 792.0)] * 3

    @pytest.mark.parametrize(
        ("style", "expected"),
        [
            (PrintStyle(), {"LiberationMono"}),
            (PrintStyle(draft=True), {"LiberationMono", "LiberationSans-Bold"}),
            (PrintStyle(mode=PrintMode.WITH_FORM), {"LiberationMono", "LiberationSans", "LiberationSans-Bold"}),
        ],
    )
    def test_embeds_the_fonts_it_uses_and_no_other(self, style: PrintStyle, expected: set[str]) -> None:
        pdf = printed(CANARY, style=style)
        assert embedded_fonts(pdf) == expected
        assert len(re.findall(rb"/FontFile2 ", pdf)) == len(expected)
        assert b"Helvetica" not in pdf

    def test_holds_the_drawing_once_for_all_pages(self) -> None:
        one, three = (printed(*[CANARY] * count, style=PrintStyle(mode=PrintMode.WITH_FORM)) for count in (1, 3))
        assert len(re.findall(rb"/Subtype /Form\b", three)) == 1
        assert len(three) - len(one) < 3000


class TestText:
    @pytest.mark.parametrize("style", EVERY_STYLE)
    def test_can_be_copied_out_again(self, style: PrintStyle) -> None:
        found = text(printed(CANARY, style=style))
        assert all(value in found for value in CANARY.values())

    def test_beyond_ascii_can_too(self) -> None:
        names = {"2": "NUÑEZ-O’HARA, ZOË", "4": "NGUYỄN, ŁUCJA", "32_1": "(“STE” & CO.\\)"}
        found = text(printed(names))
        assert all(value in found for value in names.values())

    def test_of_every_printable_character_prints(self) -> None:
        # more than one subset of 256: 29 characters a box, all of them over some pages
        characters = sorted(PRINTABLE - {" "})
        pages = [{"1a": "".join(characters[start : start + 29])} for start in range(0, len(characters), 29)]
        found = text(printed(*pages))
        missing = [character for character in characters if character not in found]
        assert missing == []

    def test_prints_only_what_the_font_has_at_its_one_width(self) -> None:
        font = TTFontFile(str(resources() / "fonts" / "LiberationMono-Regular.ttf"))
        lacking = {character for character in PRINTABLE if ord(character) not in font.charToGlyph}
        assert lacking == set()
        assert {round(font.charWidths[ord(character)]) for character in PRINTABLE} == {600}

    def test_tells_a_zero_from_a_letter(self) -> None:
        """The zero has a dot: one outline more than the letter O, whose two are the ring."""
        font = TTFontFile(str(resources() / "fonts" / "LiberationMono-Regular.ttf"))
        assert (self._outlines(font, "0"), self._outlines(font, "O")) == (3, 2)

    @staticmethod
    def _outlines(font: TTFontFile, character: str) -> int:
        start = font.get_table_pos("glyf")[0] + font.glyphPos[font.charToGlyph[ord(character)]]
        return int.from_bytes(font._ttf_data[start : start + 2], "big")


@pytest.fixture
def changed() -> FormLayout:
    """Give another reading of the same edition, with one caption instead of all."""
    words = [{"size": 6.0, "at": [[20.0, 20.0, "ANOTHER DRAWING"]]}]
    drawing = {"ink": [0, 0, 0], "tint": [1, 1, 1], "square": 10, "square_rise": 3, "captions": words}
    data = {**LAYOUT.model_dump(exclude={"drawing"}), "drawing": drawing}
    return FormLayout.model_validate(data)


class TestDrawing:
    STYLE = PrintStyle(mode=PrintMode.WITH_FORM)

    def test_follows_the_layout_at_hand(self, changed: FormLayout) -> None:
        assert "ANOTHER DRAWING" not in text(printed({}, style=self.STYLE))
        assert text(printed({}, style=self.STYLE, layout=changed)).strip() == "ANOTHER DRAWING"
        assert "ANOTHER DRAWING" not in text(printed({}, style=self.STYLE))

    def test_may_be_missing(self) -> None:
        bare = LAYOUT.with_(drawing=None)
        assert text(printed({"1a": "1EG4TE5MK73"}, style=self.STYLE, layout=bare)).strip() == "1EG4TE5MK73"


class TestAlignmentPage:
    def test_says_what_to_measure(self) -> None:
        found = text(alignment_page(LAYOUT, style=PrintStyle()))
        assert "0.5 in from the left and right edges, 0.3 in from top and bottom" in found
        assert "7.5 in apart across, 10.4 in down" in found
        assert "XXX belongs in the PICA boxes" in found
