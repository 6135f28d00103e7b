"""Attached files of every kind, good, odd and hostile: what comes through, and what is refused in which words."""

import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mild_biller.errors import AttachmentError, PasswordNeeded
from mild_biller.output import attachments, harmless, selection, sheet
from mild_biller.output.attachments import Prepared, prepare, shown_name
from mild_biller.output.sheet import Area, placed
from tests.corpus import broken, forms, hostile, pictures, scan

LETTER = Area(0, 0, 612, 792)
Box = tuple[float, float, float, float]


def on_paper(box: Box, area: Area = LETTER) -> Box:
    """Return left, upper, right, lower in a picture of the sheet for left, bottom, right, top on an attached page."""
    a, b, c, d, e, f = placed(area).shorthand
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, up = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(across), sheet.HEIGHT - max(up), max(across), sheet.HEIGHT - min(up))


def before(box: Box, height: float = 792) -> Box:
    """Return the same in a picture of the attached page itself."""
    left, bottom, right, top = box
    return (left, height - top, right, height - bottom)


def text(prepared: Prepared) -> str:
    return "\n".join(scan.pages(prepared.pdf)).replace("\r\n", "\n")


def blackness(prepared: Prepared, page: int = 0) -> Box | None:
    """Return where a sheet is dark: left, upper, right, lower."""
    return scan.picture(prepared.pdf, page).point(lambda value: 255 if value < 128 else 0).getbbox()


def refusal(content: bytes, name: str = "scan.pdf", **how: object) -> str:
    """Return the line that refuses a file."""
    with pytest.raises(AttachmentError) as caught:
        prepare(content, name=name, **how)  # type: ignore[arg-type]
    line = str(caught.value)
    assert line.startswith(f"{name} ")
    assert "\n" not in line
    assert line.endswith(".")
    return line.removeprefix(f"{name} ")


class TestHostile:
    @pytest.mark.parametrize("name", hostile.ACTS)
    def test_nothing_active_survives_and_the_page_does(self, name: str) -> None:
        content = hostile.hostile(name)
        prepared = prepare(content, name="chart.pdf")
        assert scan.active(prepared.pdf) == set()
        assert hostile.SECRET.encode() not in scan.unpacked(prepared.pdf)
        assert text(prepared).count(hostile.SHOWN) == 2
        assert prepared.page_count == 2

    def test_the_corpus_is_active(self) -> None:
        tame = {name for name in hostile.ACTS if not scan.active(hostile.hostile(name))}
        assert tame == {"circle"}

    @pytest.mark.parametrize("name", ["link with a look", "form baggage", "file annotation", "field scripts"])
    def test_what_was_visible_stays_visible(self, name: str) -> None:
        content = hostile.hostile(name)
        place = (300.0, 300.0, 428.0, 348.0) if name == "form baggage" else (72.0, 72.0, 200.0, 120.0)
        shown = scan.picture(prepare(content, name="chart.pdf").pdf)
        assert scan.ink(shown, on_paper(place)) > 0.005
        assert scan.ink(shown, on_paper((400, 100, 500, 200))) == 0

    def test_fonts_and_colours_come_along(self) -> None:
        with pikepdf.open(BytesIO(prepare(hostile.plain(), name="a.pdf").pdf)) as pdf:
            form = pdf.pages[0].obj.Resources.XObject.Shown
            assert form.Resources.Font.F1.BaseFont == pikepdf.Name.Helvetica

    def test_a_name_in_letters_of_no_known_kind(self) -> None:
        content = hostile.plain().replace(b"/Helvetica", b"/\xcb\xce\xcc\xe5hell")
        assert prepare(content, name="a.pdf").page_count == 1

    @pytest.mark.parametrize(
        ("name", "note"),
        [
            ("embedded file", "Files embedded in it stay behind"),
            ("file annotation", "Files embedded in it stay behind"),
            ("media", "their still picture is shown"),
        ],
    )
    def test_what_stays_behind_is_said(self, name: str, note: str) -> None:
        (said,) = prepare(hostile.hostile(name), name="chart.pdf").notes
        assert note in said

    def test_words_of_a_note_redactions_and_signatures_are_said(self) -> None:
        assert "not the words" in prepare(forms.marked("Text"), name="a.pdf").notes[0]
        assert "never applied" in prepare(forms.marked("Redact"), name="a.pdf").notes[0]
        signed = forms.marked("Widget", FT=pikepdf.Name.Sig, V=pikepdf.Dictionary())
        assert "no longer be verified" in prepare(signed, name="a.pdf").notes[0]
        assert prepare(hostile.plain(), name="a.pdf").notes == ()


class TestFields:
    @pytest.mark.parametrize("again", [False, True])
    def test_without_drawings_are_drawn(self, again: bool) -> None:
        content = forms.undrawn_form(again=again)
        prepared = prepare(content, name="form.pdf")
        shown = scan.picture(prepared.pdf)
        for name, place in forms.PLACES.items():
            assert scan.ink(shown, on_paper(place)) > 0.01, name
        for words in forms.WORDS.values():
            assert words in text(prepared)
        assert forms.STORY.replace("\n", " ") in text(prepared).replace("\n", " ")
        assert scan.active(prepared.pdf) == set()

    def test_with_drawings_look_as_before(self) -> None:
        content = forms.drawn_form()
        prepared = prepare(content, name="form.pdf")
        for name in ("name", "check"):
            was = scan.ink(scan.picture(content, scale=2), tuple(2 * side for side in before(forms.PLACES[name])))
            now = scan.ink(scan.picture(prepared.pdf, scale=2), tuple(2 * x for x in on_paper(forms.PLACES[name])))
            assert was > 0.05
            assert now == pytest.approx(was, rel=0.25)
        assert forms.NAME in text(prepared)

    def test_a_stale_drawing_gives_way_to_the_value_where_the_form_asks_for_it(self) -> None:
        def stale(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            field.AP = pikepdf.Dictionary(N=hostile.drawing(pdf, b"BT (OLD) Tj ET"))

        asked, left = (prepare(forms.undrawn_form(again=again, change=stale), name="a") for again in (True, False))
        assert forms.NAME in text(asked)
        assert forms.NAME not in text(left)

    def test_nothing_typed_nothing_drawn(self) -> None:
        def empty(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            for key in ("/V", "/AS", "/MK"):
                if key in field:
                    del field[key]

        prepared = prepare(forms.undrawn_form(change=empty), name="form.pdf")
        assert text(prepared).strip() == hostile.SHOWN

    def test_an_empty_field_keeps_its_border(self) -> None:
        def empty(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            for key in ("/V", "/AS"):
                if key in field:
                    del field[key]
            field.MK = pikepdf.Dictionary(BC=pikepdf.Array([0]))

        shown = scan.picture(prepare(forms.undrawn_form(change=empty), name="form.pdf").pdf)
        for name, place in forms.PLACES.items():
            assert scan.ink(shown, on_paper(place)) > 0.01, name

    def test_hidden_fields_stay_hidden(self) -> None:
        def hide(_pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
            field.F = 2

        prepared = prepare(forms.undrawn_form(change=hide), name="form.pdf")
        assert text(prepared).strip() == hostile.SHOWN


class TestMarks:
    @pytest.mark.parametrize("kind", forms.MARKS)
    def test_without_drawings_are_drawn(self, kind: str) -> None:
        prepared = prepare(forms.marked(kind), name="a.pdf")
        assert scan.ink(scan.picture(prepared.pdf), on_paper(forms.MARK_PLACE)) > 0.005
        assert scan.active(prepared.pdf) == set()

    def test_words_can_be_selected(self) -> None:
        assert "see page two" in text(prepare(forms.marked("FreeText"), name="a.pdf"))
        assert "APPROVED" in text(prepare(forms.marked("Stamp"), name="a.pdf"))

    @pytest.mark.parametrize(("flags", "seen"), [(0, True), (4, True), (1, True), (2, False), (32, False), (36, True)])
    def test_flags_are_obeyed(self, flags: int, seen: bool) -> None:
        shown = scan.picture(prepare(forms.stamped(F=flags), name="a.pdf").pdf)
        assert (scan.ink(shown, on_paper(forms.MARK_PLACE)) > 0.9) == seen

    @pytest.mark.parametrize("kind", [*forms.MARKS, "Widget"])
    @pytest.mark.parametrize("nonsense", [{"Rect": [1, 2]}, {"Rect": "x"}, {"QuadPoints": [1]}, {"C": "x"}, {"F": []}])
    def test_nonsense_in_them_does_no_harm(self, kind: str, nonsense: dict[str, object]) -> None:
        entries = {key: pikepdf.Array(value) if isinstance(value, list) else value for key, value in nonsense.items()}
        filled = {"FT": pikepdf.Name.Tx, "V": pikepdf.String("typed")} if kind == "Widget" else {}
        assert prepare(forms.marked(kind, **filled, **entries), name="a.pdf").page_count == 1


class TestLayers:
    @pytest.mark.parametrize("state", ["off", "base"])
    def test_what_is_hidden_is_taken_out(self, state: str) -> None:
        prepared = prepare(forms.layered(state=state), name="a.pdf")
        assert "SHOWN LAYER" in text(prepared)
        assert b"HIDDEN LAYER" not in scan.unpacked(prepared.pdf)
        shown = scan.picture(prepared.pdf)
        for hidden in ((300, 480, 400, 520), (300, 300, 428, 348), forms.MARK_PLACE):
            assert scan.ink(shown, on_paper(hidden)) == 0
        assert scan.ink(shown, on_paper((72, 440, 122, 450))) > 0.5

    @pytest.mark.parametrize(
        ("rule", "seen"), [("AllOn", False), ("AnyOn", True), ("AnyOff", True), ("AllOff", False), ("Else", True)]
    )
    def test_rules_over_layers(self, rule: str, seen: bool) -> None:
        assert ("HIDDEN LAYER" in text(prepare(forms.layered(rule=rule), name="a.pdf"))) == seen

    @pytest.mark.parametrize(
        ("expression", "seen"),
        [(["And", 0, 1], False), (["Or", 0, 1], True), (["Not", 1], True), (["Not", ["Or", 0, 1]], False), ([], True)],
    )
    def test_expressions_over_layers(self, expression: list[object], seen: bool) -> None:
        content = forms.layered(expression=expression)
        assert ("HIDDEN LAYER" in text(prepare(content, name="a.pdf"))) == seen


class TestSheet:
    @pytest.mark.parametrize(
        ("size", "turn"), [((612, 792), 0), ((792, 612), 90), ((612, 792), 180), ((792, 612), 270), ((792, 612), 450)]
    )
    def test_a_turned_letter_page_fills_the_frame(self, size: tuple[float, float], turn: int) -> None:
        found = blackness(prepare(broken.sized((0, 0, *size), Rotate=turn), name="a.pdf"))
        assert found == pytest.approx((30, 26, 582, 747), abs=4)

    def test_top_comes_up_whichever_way_a_page_is_turned(self) -> None:
        for turn, corner in ((0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))):
            prepared = prepare(broken.cornered(turn), name="a.pdf")
            left, upper, right, lower = blackness(prepared) or (0, 0, 0, 0)
            assert ((left + right) / 2 > 306, (upper + lower) / 2 > 378) == tuple(map(bool, corner)), turn

    def test_a_wide_page_stays_upright_and_gets_smaller(self) -> None:
        found = blackness(prepare(broken.sized((0, 0, 792, 612)), name="a.pdf"))
        assert found == pytest.approx((25, 25, 587, 456), abs=3)

    def test_a_small_page_grows_by_half_at_most(self) -> None:
        left, upper, right, lower = blackness(prepare(broken.sized((0, 0, 200, 300)), name="a.pdf")) or (0, 0, 0, 0)
        assert (right - left, lower - upper) == pytest.approx((276, 426), abs=3)
        assert (left + right) / 2 == pytest.approx(306, abs=2)

    def test_boxes_anywhere_are_found(self) -> None:
        upright = blackness(prepare(broken.sized((0, 0, 612, 792)), name="a.pdf"))
        for box in ((-100, -50, 512, 742), (1000, 1000, 1612, 1792)):
            assert blackness(prepare(broken.sized(box), name="a.pdf")) == upright

    def test_what_is_cropped_stays_cropped(self) -> None:
        prepared = prepare(broken.sized((0, 0, 612, 792), CropBox=pikepdf.Array([100, 100, 500, 700])), name="a.pdf")
        assert blackness(prepared) is None

    def test_units_of_their_own(self) -> None:
        whole = blackness(prepare(broken.sized((0, 0, 306, 396), UserUnit=2), name="a.pdf"))
        assert whole == pytest.approx((36, 33, 576, 741), abs=4)

    def test_inherited_boxes_and_turns(self) -> None:
        found = blackness(prepare(broken.inheriting(), name="a.pdf"))
        assert found == pytest.approx((30, 26, 582, 747), abs=4)

    def test_there_is_room_for_the_page_number(self) -> None:
        for box in ((0, 0, 612, 792), (0, 0, 612, 1008), (0, 0, 100, 1900)):
            shown = scan.picture(prepare(broken.sized(box), name="a.pdf").pdf)
            assert scan.ink(shown, (0, 792 - sheet.FOOT, 612, 792)) == 0

    @pytest.mark.parametrize("box", [(0, 0, 14400, 14400), (0, 0, 1, 1), (0, 0, 1e6, 1e6), (0, 0, 5000, 100)])
    def test_absurd_sizes_are_refused(self, box: Box) -> None:
        assert "cannot be read on a letter sheet: page 1 measures" in refusal(broken.sized(box))

    def test_the_size_is_named_in_inches(self) -> None:
        assert "measures 200 by 200 inches" in refusal(broken.sized((0, 0, 14400, 14400)))

    def test_every_sheet_is_an_upright_letter(self) -> None:
        with pikepdf.open(BytesIO(prepare(broken.sized((0, 0, 500, 900), Rotate=90), name="a.pdf").pdf)) as pdf:
            page = pdf.pages[0].obj
            assert [float(side) for side in page.MediaBox] == [0, 0, 612, 792]
            assert set(page.keys()) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}


class TestPages:
    def test_chosen_come_in_the_order_given(self) -> None:
        prepared = prepare(hostile.plain(4), name="a.pdf", pages=(4, 2))
        assert [page.strip() for page in scan.pages(prepared.pdf)] == [f"{hostile.SHOWN} 4", f"{hostile.SHOWN} 2"]
        assert prepared.page_count == 2

    def test_one_page_can_come_twice(self) -> None:
        assert prepare(hostile.plain(2), name="a.pdf", pages=(2, 2)).page_count == 2

    @pytest.mark.parametrize(("pages", "absent"), [((1, 4), "4"), ((0,), "0"), ((-1, 9), "-1, 9")])
    def test_that_are_not_there_are_refused(self, pages: tuple[int, ...], absent: str) -> None:
        assert refusal(hostile.plain(3), pages=pages).startswith(f"has 3 pages, so there is no page {absent} to take.")

    def test_none_chosen_is_refused(self) -> None:
        assert "none of its pages chosen" in refusal(hostile.plain(), pages=())

    def test_too_many_are_refused_unless_some_are_chosen(self) -> None:
        content = broken.many(5_000)
        assert refusal(content).startswith("has 5,000 pages, and at most 500 of one file go into a packet.")
        assert prepare(content, name="a.pdf", pages=(1, 5_000)).page_count == 2

    def test_as_many_as_are_taken(self) -> None:
        assert prepare(broken.many(selection.MOST_PAGES), name="a.pdf").page_count == selection.MOST_PAGES


class TestBroken:
    @pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9, 0.98])
    def test_truncated(self, share: float) -> None:
        assert refusal(broken.truncated(share)).startswith("is cut short: its end is missing.")

    def test_with_a_wrong_pointer_is_mended(self) -> None:
        assert prepare(broken.lost_table(), name="a.pdf").page_count == 3

    @pytest.mark.parametrize(
        ("make", "reason"),
        [
            (broken.hole, "is damaged: parts of its pages are missing."),
            (broken.no_pages, "has no pages."),
            (broken.no_page_tree, "is damaged: it has no pages."),
            (broken.page_loop, "is damaged: its list of pages runs in a circle."),
            (broken.missing_page, "is damaged: of its 2 pages only 1 can be read."),
            (broken.no_size, "is damaged: its page 1 has no size."),
            (broken.portfolio, "is a portfolio of other files."),
            (broken.dynamic_xfa, "is an XFA form, whose pages only Adobe Reader can draw."),
            (broken.huge_picture, "holds a picture of 90,000 by 90,000 dots"),
            (broken.strange_lock, "is locked by a certificate or a rights service"),
            (broken.lzw_bomb, "unpacks to more than 100 million bytes"),
        ],
    )
    def test_has_its_own_line(self, make: object, reason: str) -> None:
        assert callable(make)
        assert refusal(make()).startswith(reason)

    @pytest.mark.parametrize("where", ["page", "form", "colours", "field"])
    @pytest.mark.parametrize("layers", [1, 2])
    def test_bombs(self, where: str, layers: int) -> None:
        assert "unpacks to more than 100 million bytes" in refusal(broken.bomb(where, megabytes=110, layers=layers))

    def test_a_bomb_in_the_list_of_objects(self) -> None:
        assert prepare(broken.object_bomb(1), name="a.pdf").page_count == 1
        assert refusal(broken.object_bomb(110)).startswith("is damaged: ")

    def test_many_streams_that_are_large_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(harmless, "MOST_UNPACKED_IN_ALL", 10)
        assert "unpacks to more than" in refusal(hostile.plain())

    def test_more_objects_than_any_page_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(harmless, "MOST_OBJECTS", 500)
        assert "is made of more than 500 objects" in refusal(broken.many_objects(600))

    @settings(max_examples=60, deadline=None)
    @given(
        source=st.sampled_from(["form", "layers", "marks", "plain", "png", "jpeg", "tiff"]),
        wounds=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12),
    )
    def test_any_wound_is_survived_or_refused_in_one_line(self, source: str, wounds: list[tuple[float, bytes]]) -> None:
        content = bytearray(SOURCES[source])
        for place, bruise in wounds:
            start = int(place * len(content))
            content[start : start + len(bruise)] = bruise
        with suppress(AttachmentError):
            assert scan.active(prepare(bytes(content), name="a").pdf) == set()


SOURCES = {
    "form": forms.undrawn_form(again=True),
    "layers": forms.layered(),
    "marks": forms.marked("Highlight"),
    "plain": hostile.plain(3),
    "png": pictures.png(),
    "jpeg": pictures.held(6),
    "tiff": pictures.many_page_tiff(2),
}


class TestLocked:
    @pytest.mark.parametrize("revision", [2, 3, 4, 6])
    def test_needs_its_password(self, revision: int) -> None:
        content = broken.locked(revision=revision)
        with pytest.raises(PasswordNeeded, match=r"^a\.pdf is protected and needs its password\."):
            prepare(content, name="a.pdf")
        with pytest.raises(PasswordNeeded, match=r"^a\.pdf did not open with that password\."):
            prepare(content, name="a.pdf", password="guess")
        for password in (broken.USER, broken.OWNER):
            prepared = prepare(content, name="a.pdf", password=password)
            assert hostile.SHOWN in text(prepared)
            assert b"/Encrypt" not in prepared.pdf

    @pytest.mark.parametrize("revision", [3, 4, 6])
    def test_letters_beyond_ascii(self, revision: int) -> None:
        content = broken.locked(user="Schlüßel", revision=revision)
        assert prepare(content, name="a.pdf", password="Schlüßel").page_count == 2

    @pytest.mark.parametrize("password", [None, "", "not needed"])
    def test_only_against_changes_opens_without(self, password: str | None) -> None:
        assert prepare(broken.locked(user=""), name="a.pdf", password=password).page_count == 2

    def test_says_no_password(self) -> None:
        with pytest.raises(PasswordNeeded) as caught:
            prepare(broken.locked(), name="a.pdf", password="Tr0ub4dor")
        assert "Tr0ub4dor" not in str(caught.value)


class TestPictures:
    @pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA"])
    def test_png(self, mode: str) -> None:
        assert blackness(prepare(pictures.png(mode), name="a")) == (137, 18, 306, 243)

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("progressive", [False, True])
    def test_jpeg(self, mode: str, progressive: bool) -> None:
        prepared = prepare(pictures.jpeg(mode, progressive=progressive), name="a")
        assert blackness(prepared) == pytest.approx((137, 18, 306, 243), abs=1)

    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
    def test_held_another_way(self, orientation: int, kind: str) -> None:
        prepared = prepare(pictures.held(orientation, kind), name="a")
        left, upper, right, lower = blackness(prepared) or (0, 0, 0, 0)
        assert (right, upper) == (306, 18)
        assert (right - left) * 4 == pytest.approx((lower - upper) * 3, abs=4)
        assert pictures.PLACE not in prepared.pdf

    def test_a_jpeg_goes_over_without_loss_or_baggage(self) -> None:
        content = pictures.held(6) + b"%PDF-1.4 hung on behind"
        with pikepdf.open(BytesIO(prepare(content, name="a").pdf)) as pdf:
            kept = pdf.pages[0].obj.Resources.XObject.Shown.read_raw_bytes()
        assert kept.endswith(b"\xff\xd9")
        assert pictures.PLACE not in kept
        with Image.open(BytesIO(kept)) as now, Image.open(BytesIO(content)) as then:
            assert now.tobytes() == then.tobytes()

    @pytest.mark.parametrize("bits", [8, 10, 12, 16])
    def test_deep_tiff(self, bits: int) -> None:
        shown = scan.picture(prepare(pictures.deep_tiff(bits), name="a").pdf)
        assert (shown.getpixel((200, 100)), shown.getpixel((400, 300))) == (0, 255)

    def test_odd_tiffs(self) -> None:
        for content in (pictures.turned_tiff(), pictures.float_tiff(), pictures.tiff_of("CMYK")):
            assert blackness(prepare(content, name="a")) == (137, 18, 306, 243)

    def test_clear_ground_is_white(self) -> None:
        for content in (pictures.see_through_png(), pictures.clear_colour_png()):
            assert blackness(prepare(content, name="a")) == (137, 18, 306, 243)

    def test_every_page_of_a_tiff(self) -> None:
        content = pictures.many_page_tiff(3)
        assert [blackness(prepare(content, name="a"), page) is None for page in range(3)] == [True, False, False]
        chosen = prepare(content, name="a", pages=(3, 1))
        assert [blackness(chosen, page) is None for page in range(2)] == [False, True]
        assert "so there is no page 4" in refusal(content, name="a.tif", pages=(4,))

    def test_too_many_pages_of_a_tiff(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(selection, "MOST_PAGES", 2)
        assert refusal(pictures.many_page_tiff(3), name="a.tif").startswith("has 3 pages, and at most 2 of one file")

    def test_a_small_copy_in_a_tiff_is_no_page(self) -> None:
        assert prepare(pictures.tiff_with_preview(), name="a").page_count == 1

    def test_a_fax_is_not_squeezed(self) -> None:
        left, upper, right, lower = blackness(prepare(pictures.fax(), name="a")) or (0, 0, 0, 0)
        assert (right - left) / (lower - upper) == pytest.approx(8.5 / 11, rel=0.02)

    def test_other_pages_than_the_first_are_refused(self) -> None:
        for content in (pictures.png(), pictures.jpeg()):
            assert prepare(content, name="a", pages=(1,)).page_count == 1
            assert refusal(content, pages=(2,)).startswith("has one page, so there is no page 2 to take.")

    def test_cut_short(self) -> None:
        assert refusal(pictures.png()[:600]).startswith("is cut short")
        assert refusal(pictures.jpeg()[:2000]).startswith("is cut short")
        assert refusal(pictures.jpeg()[:400]).startswith("is cut short")
        whole = pictures.many_page_tiff(1, compression="group4")
        assert refusal(whole[: len(whole) // 2])

    def test_too_many_dots(self) -> None:
        line = refusal(pictures.saved(Image.new("1", (20_000, 20_000)), "PNG"))
        assert line.startswith("holds a picture of 20,000 by 20,000 dots, and at most 100 million dots are taken.")

    def test_a_single_dot(self) -> None:
        assert "cannot be read on a letter sheet" in refusal(pictures.saved(Image.new("1", (1, 1)), "PNG"))

    def test_a_picture_that_packs_badly_goes_over_as_jpeg(self) -> None:
        prepared = prepare(pictures.saved(pictures.noise((1500, 1500)), "PNG"), name="a")
        with pikepdf.open(BytesIO(prepared.pdf)) as pdf:
            assert pdf.pages[0].obj.Resources.XObject.Shown.Filter == pikepdf.Name.DCTDecode


class TestKind:
    @pytest.mark.parametrize(
        ("start", "kind"),
        [
            (b"PK\x03\x04....", "is a Word, Excel or zip file, not a PDF"),
            (b"\0\0\0\x18ftypheic", "is a telephone's HEIC picture or a film, not a PDF"),
            (b"GIF89a", "is a GIF picture, not a PDF"),
            (b"\0" * 128 + b"DICM", "is a DICOM scan, not a PDF"),
            (b"<html>", "is not a PDF"),
        ],
    )
    def test_others_are_refused_by_their_kind(self, start: bytes, kind: str) -> None:
        assert refusal(start + b"\0" * 100).startswith(kind)

    def test_counts_by_content_not_by_name(self) -> None:
        assert prepare(pictures.png(), name="report.pdf").page_count == 1
        assert prepare(hostile.plain(2), name="picture.png").page_count == 2

    def test_a_pdf_behind_some_rubbish(self) -> None:
        assert prepare(b"\r\n--boundary\r\n" + hostile.plain(), name="a.pdf").page_count == 1

    def test_empty_and_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert refusal(b"").startswith("is empty.")
        monkeypatch.setattr(attachments, "MOST_BYTES", 2_000_000)
        assert refusal(b"%PDF" + b"0" * 2_000_000).startswith("is 3 MB large, and at most 2 MB are taken.")


class TestName:
    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("scan.pdf", "scan.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\scan 1.pdf", "scan 1.pdf"),
            ("\\\\server\\share\\a.pdf", "a.pdf"),
            ("a\nb\r\0.pdf", "ab.pdf"),
            ("report\u202efdp.exe", "reportfdp.exe"),
            ("Müller, Zoë.pdf", "Müller, Zoë.pdf"),
            ("..", "The file"),
            ("", "The file"),
            ("/", "The file"),
            ("x" * 300 + ".pdf", "x" * 40 + "…" + "x" * 35 + ".pdf"),
        ],
    )
    def test_is_fit_to_be_shown(self, typed: str, shown: str) -> None:
        assert shown_name(typed) == shown
        assert prepare(pictures.png("1"), name=typed).name == shown


class TestPrepared:
    @pytest.mark.parametrize("source", SOURCES)
    def test_same_file_same_bytes(self, source: str) -> None:
        once, again = (prepare(SOURCES[source], name="a") for _ in range(2))
        assert once == again

    def test_tells_nothing_of_where_it_comes_from(self) -> None:
        content = prepare(hostile.hostile("privacy"), name="Alma Testpatient.pdf").pdf
        assert b"Testpatient" not in scan.unpacked(content)
        with pikepdf.open(BytesIO(content)) as pdf:
            assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
            assert "/Info" not in pdf.trailer

    def test_shows_no_content_in_a_log(self) -> None:
        assert "PDF-" not in repr(prepare(hostile.plain(), name="a.pdf"))

    def test_writes_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        for content in SOURCES.values():
            prepare(content, name="a")
        refusal(broken.bomb("page", megabytes=110))
        assert list(tmp_path.iterdir()) == []
