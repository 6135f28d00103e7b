"""Pages nobody chose stay in the office: of what a file shares among its pages, only what the chosen ones use goes."""

from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from mild_biller.cli.command_line import run
from mild_biller.output.attachments.attached_file import prepare
from mild_biller.output.documents.assembly import PacketSection, assemble
from tests import support
from tests.corpus import broken, hostile, pictures, scan, shared
from tests.corpus.checks import refusal, text

INSEPARABLE = "cannot be split by page:"
UNKNOWN = "Part of it cannot be read"
CROPPED = "Cropped: "


def chosen(content: bytes, *pages: int) -> set[int]:
    """Return the pages of which something is in what was made of the chosen ones."""
    return shared.canaries(prepare(content, name="scan.pdf", pages=pages or None).pdf)


class TestThings:
    @pytest.mark.parametrize(("thing", "way"), list(product(shared.THINGS, shared.WAYS)))
    def test_only_those_of_the_chosen_page_go(self, thing: str, way: str) -> None:
        content = shared.sharing(thing, way)
        assert shared.canaries(content) == {1, 2, 3}
        assert chosen(content, 2) == {2}

    @pytest.mark.parametrize(("thing", "way"), list(product(shared.THINGS, shared.WAYS)))
    def test_the_chosen_page_looks_as_if_it_were_alone(self, thing: str, way: str) -> None:
        together = prepare(shared.sharing(thing, way), name="scan.pdf", pages=(2,))
        alone = prepare(shared.alone(thing, 2, way), name="scan.pdf")
        assert scan.picture(together.pdf) == scan.picture(alone.pdf)

    @pytest.mark.parametrize("thing", shared.THINGS)
    def test_what_is_compared_is_not_blank(self, thing: str) -> None:
        assert scan.ink(scan.picture(shared.alone(thing, 2)), (72, 192, 272, 392)) > 0.01

    @pytest.mark.parametrize("pages", [(1, 3), (3, 1, 3)])
    def test_several_chosen(self, pages: tuple[int, ...]) -> None:
        for thing in shared.THINGS:
            assert chosen(shared.sharing(thing), *pages) == {1, 3}, thing

    def test_all_chosen(self) -> None:
        for thing in shared.THINGS:
            assert chosen(shared.sharing(thing)) == {1, 2, 3}, thing
            assert chosen(shared.sharing(thing), 3, 2, 1) == {1, 2, 3}, thing

    def test_a_locked_file(self) -> None:
        lock = pikepdf.Encryption(owner=broken.OWNER, user=broken.USER)
        content = shared.sharing("picture", encryption=lock)
        made = prepare(content, name="scan.pdf", pages=(1,), password=broken.USER)
        assert shared.canaries(made.pdf) == {1}

    def test_the_whole_packet(self) -> None:
        sections = [
            PacketSection("Scan", ("scan.pdf",), prepare(shared.sharing(thing, way), name="scan.pdf", pages=(3,)))
            for thing, way in (("picture", "one list"), ("form", "in forms"), ("letters", "in marks"))
        ]
        assert shared.canaries(assemble(hostile.plain(2), sections, title="Packet")) == {3}

    def test_the_packet_of_a_case(self, tmp_path: Path) -> None:
        (tmp_path / "scan.pdf").write_bytes(shared.pictured(map(shared.shown, (1, 2, 3))))
        attached = {"/attachments": [{"kind": "imaging-report", "path": "scan.pdf", "pages": "2"}]}
        file = support.written(tmp_path, support.changed(support.example("medicare-advantage-2026"), attached))
        assert run(["packet", str(file), "--out", str(tmp_path / "packet.pdf"), "--today", "2026-03-01"]) == 0
        assert shared.canaries((tmp_path / "packet.pdf").read_bytes()) == {2}

    def test_what_no_page_shows_any_more_stays_behind(self) -> None:
        with pikepdf.open(BytesIO(shared.sharing("picture"))) as pdf:
            del pdf.pages[2], pdf.pages[0]
            content = hostile.saved(pdf)
        assert shared.canaries(content) == {1, 2, 3}
        assert chosen(content) == {2}


class TestNames:
    """What counts as a use of a name, and what only looks like one."""

    @pytest.mark.parametrize(
        "code",
        [
            "BT /F 12 Tf (/Im2 Do) Tj ET",
            "% /Im2 Do",
            "<2F496D3220446F> Tj",
            "/Im2 gs",
            "/Im2 sh",
            "/Im2 <</Im2 /Im2>> BDC EMC",
            "/Im2",
            "/Im20 Do /Im Do /im2 Do",
            "/Im2 n Do",
            "BI /W 7 /H 1 /BPC 8 /CS /G ID /Im2 Do EI",
        ],
    )
    def test_no_use(self, code: str) -> None:
        assert chosen(shared.pictured([f"{shared.shown(1)} {code}", shared.shown(2)]), 1) == {1}

    @pytest.mark.parametrize(
        "code",
        [
            "/Im#32 Do",
            "/#49m2\nDo",
            "/Im2%\nDo",
            "[1]/Im2 Do",
            "1 0 0 1 0 0 cm/Im2 Do",
            "/Strange op /Im2 Do",
            "(a(nested\\)) b) pop /Im2 Do",
            "q q q /Im2 Do",
            "Q /Im2 Do",
            "BI /W 3 /H 1 /BPC 8 /CS /G ID E(I EI /Im2 Do",
            "BI /W 9 /H 1 /BPC 8 /CS /G ID \x01 EI<(\x02)x EI\n/Im2 Do",
            "BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID 00> EI /Im2 Do",
        ],
    )
    def test_use(self, code: str) -> None:
        assert chosen(shared.pictured([code, shared.shown(2)]), 1) == {2}

    def test_a_drawing_in_pieces_is_read_as_one(self) -> None:
        with pikepdf.open(BytesIO(shared.pictured(["", shared.shown(2), shared.shown(3)]))) as pdf:
            pdf.pages[0].obj.Contents = Array([pdf.make_stream(code) for code in (b"(/Im2 Do", b") pop /Im3", b"Do")])
            assert chosen(hostile.saved(pdf), 1) == {3}

    def test_a_name_means_what_the_nearest_list_says(self) -> None:
        with pikepdf.open(BytesIO(shared.pictured(["/Im3 Do", "", "/Im1 Do /Im2 Do"]))) as pdf:
            inner = Dictionary(XObject=Dictionary(Im1=shared.image(pdf, 2)))
            pdf.pages[0].obj.Resources.XObject.Im3 = shared.form(pdf, "/Im1 Do", Resources=inner)
            assert chosen(hostile.saved(pdf), 1) == {2}

    def test_the_same_form_on_two_pages_with_lists_of_their_own(self) -> None:
        with shared.blank(3) as pdf:
            bare = shared.form(pdf, "/It Do")
            for number, page in enumerate(pdf.pages, start=1):
                page.obj.Resources = Dictionary(XObject=Dictionary(Fm=bare, It=shared.image(pdf, number)))
                page.obj.Contents = pdf.make_stream(b"/Fm Do")
            content = hostile.saved(pdf)
        assert chosen(content, 1) == {1}
        assert chosen(content, 2, 3) == {2, 3}

    def test_colors_that_pictures_and_colors_name(self) -> None:
        with shared.blank(2) as pdf:
            things = [shared.THINGS["color"](pdf, page).item for page in (1, 2)]
            named = shared.image(pdf, 50, ColorSpace=Name.Cs1)
            spaces = Dictionary(Cs1=things[0], Cs2=things[1])
            for page in pdf.pages:
                page.obj.Resources = Dictionary(ColorSpace=spaces, XObject=Dictionary(Im=named))
            pdf.pages[0].obj.Contents = pdf.make_stream(b"/Im Do")
            assert chosen(hostile.saved(pdf), 1) == {1}

    def test_the_usual_colors_of_a_file_stay(self) -> None:
        with shared.blank(2) as pdf:
            gray = Array([Name.CalGray, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
            pdf.pages[0].obj.Resources = Dictionary(ColorSpace=Dictionary(DefaultGray=gray, Cs1=gray))
            content = hostile.saved(pdf)
        with pikepdf.open(BytesIO(prepare(content, name="a.pdf", pages=(1,)).pdf)) as pdf:
            assert set(pdf.pages[0].obj.Resources.XObject.Shown.Resources.ColorSpace.keys()) == {"/DefaultGray"}

    @pytest.mark.parametrize(
        "code", ["/F 1 Tf (b) Tj", "/F 1 Tf [(b) 20 (b)] TJ", "/F 1 Tf (b) '", '/F 1 Tf 0 0 (b) "']
    )
    def test_letters_nobody_reads_stay_behind(self, code: str) -> None:
        with shared.blank(2) as pdf:
            glyphs = {name: shared.glyph(number) for number, name in enumerate(("a1", "b2", "c3"), start=1)}
            fonts = Dictionary(F=shared.type3(pdf, glyphs), G=hostile.drawing(pdf))
            pdf.pages[0].obj.Resources = Dictionary(Font=fonts)
            pdf.pages[0].obj.Contents = pdf.make_stream(f"BT q {code} Q ET".encode())
            assert chosen(hostile.saved(pdf), 1) == {2}

    @pytest.mark.parametrize(
        "code",
        [
            "q /F 1 Tf q /G 1 Tf (a) Tj Q (b) Tj Q",
            "/F 1 Tf /Fm Do",
            "/F 1 Tf q /Fm Do Q",
        ],
    )
    def test_letters_in_a_font_that_was_set_before(self, code: str) -> None:
        with shared.blank(2) as pdf:
            glyphs = {name: shared.glyph(number) for number, name in enumerate(("a1", "b2", "c3"), start=1)}
            other = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            named = Dictionary(Fm=shared.form(pdf, "BT (b) Tj ET", Resources=Dictionary()))
            fonts = Dictionary(F=shared.type3(pdf, glyphs), G=other)
            pdf.pages[0].obj.Resources = Dictionary(Font=fonts, XObject=named)
            pdf.pages[0].obj.Contents = pdf.make_stream(f"BT {code} ET".encode())
            assert chosen(hostile.saved(pdf), 1) == {2}

    def test_a_font_that_a_state_sets(self) -> None:
        with shared.blank(2) as pdf:
            fonts = [shared.THINGS["letters"](pdf, page).item for page in (1, 2)]
            states = {f"/G{page}": Dictionary(Font=Array([font, 9])) for page, font in enumerate(fonts, start=1)}
            for number, page in enumerate(pdf.pages, start=1):
                page.obj.Resources = Dictionary(ExtGState=Dictionary(states))
                page.obj.Contents = pdf.make_stream(f"BT /G{number} gs (a) Tj ET".encode())
            assert chosen(hostile.saved(pdf), 2) == {2}

    @pytest.mark.parametrize("encoding", [None, Name.WinAnsiEncoding, Dictionary(BaseEncoding=Name.WinAnsiEncoding)])
    def test_letters_of_a_font_that_does_not_say_which_is_which_all_stay(self, encoding: object) -> None:
        with shared.blank(2) as pdf:
            font = shared.type3(pdf, {"a": shared.glyph(1), "b": shared.glyph(2)})
            del font.Encoding
            if encoding is not None:
                font.Encoding = encoding
            pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
            pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 1 Tf (b) Tj ET")
            assert chosen(hostile.saved(pdf), 1) == {1, 2}


class TestWebs:
    """Forms that draw one another in any way, in circles too."""

    @settings(max_examples=60, deadline=None)
    @given(
        draws=st.lists(st.sets(st.integers(1, 8), max_size=3), min_size=8, max_size=8),
        own=st.sets(st.integers(1, 8)),
        first=st.sets(st.integers(1, 8), max_size=3),
    )
    @example(draws=[{1}] * 8, own=set(), first={2})
    @example(draws=[{2}, {1, 3}, *[set()] * 6], own={1}, first={1})
    def test_what_can_be_reached_goes_and_nothing_else(
        self, draws: list[set[int]], own: set[int], first: set[int]
    ) -> None:
        with shared.blank(2) as pdf:
            everything = pdf.make_indirect(Dictionary(XObject=Dictionary()))
            for number, inner in enumerate(draws, start=1):
                code = " ".join([f"% {shared.canary(number).decode()}\n", *(f"/Fm{each} Do" for each in inner)])
                lists = {"Resources": everything} if number in own else {}
                everything.XObject[f"/Fm{number}"] = shared.form(pdf, code, **lists)
            for page in pdf.pages:
                page.obj.Resources = everything
            pdf.pages[0].obj.Contents = pdf.make_stream(" ".join(f"/Fm{each} Do" for each in first).encode())
            content = hostile.saved(pdf)
        reached, todo = set(), list(first)
        while todo:
            number = todo.pop()
            if number not in reached:
                reached.add(number)
                todo += draws[number - 1]
        made = prepare(content, name="web.pdf", pages=(1,))
        assert shared.canaries(made.pdf, upto=8) == reached

    def test_ten_thousand_deep(self) -> None:
        with shared.blank(2) as pdf:
            inner = shared.image(pdf, 1)
            for _ in range(10_000):
                inner = shared.form(pdf, "/X Do", Resources=Dictionary(XObject=Dictionary(X=inner)))
            pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=inner))
            pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")
            content = hostile.saved(pdf)
        assert prepare(content, name="deep.pdf", pages=(1,)).page_count == 1


UNREADABLE = {
    "words without an end": "(unterminated",
    "a list without an end": "[ 1 2 3",
    "an end without a beginning": ") q",
    "a picture without an end": "BI /W 100 /H 100 /BPC 8 /CS /G ID abc",
    "braces": "{ q }",
}


class TestUnreadable:
    """A drawing that cannot be read does not say what it uses."""

    @pytest.mark.parametrize("code", UNREADABLE.values(), ids=UNREADABLE)
    def test_a_choice_is_refused_in_one_line_that_says_what_to_do(self, code: str) -> None:
        content = shared.pictured([f"{shared.shown(1)} {code}", shared.shown(2)])
        line = refusal(content, pages=(1,))
        assert line.startswith(INSEPARABLE)
        assert "Attach the whole file" in line

    @pytest.mark.parametrize("code", UNREADABLE.values(), ids=UNREADABLE)
    def test_the_whole_file_goes(self, code: str) -> None:
        content = shared.pictured([f"{shared.shown(1)} {code}", shared.shown(2)])
        for pages in (None, (2, 1), (1, 2, 1)):
            made = prepare(content, name="scan.pdf", pages=pages)
            assert shared.canaries(made.pdf) == {1, 2}
            assert any(note.startswith(UNKNOWN) for note in made.notes)
        assert prepare(shared.pictured(map(shared.shown, (1, 2))), name="scan.pdf").notes == ()

    def test_other_pages_of_the_same_file_can_be_chosen(self) -> None:
        content = shared.pictured([f"{shared.shown(1)} (unterminated", shared.shown(2)])
        assert chosen(content, 2) == {2}

    def test_a_page_whose_list_holds_nothing_else_can_be_chosen(self) -> None:
        with shared.blank(2) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                page.obj.Resources = Dictionary(XObject=Dictionary({f"/Im{number}": shared.image(pdf, number)}))
                page.obj.Contents = pdf.make_stream(f"{shared.shown(number)} (unterminated".encode())
            assert chosen(hostile.saved(pdf), 1) == {1}

    @pytest.mark.parametrize("way", sorted(set(shared.WAYS) - {"one list of each kind", "from the tree"}))
    def test_wherever_it_is(self, way: str) -> None:
        with shared.blank(2) as pdf:
            images = Dictionary(Im1=shared.image(pdf, 1), Im2=shared.image(pdf, 2))
            codes = [f"{shared.shown(1)} (unterminated", shared.shown(2)]
            shared.WAYS[way](pdf, pdf.make_indirect(Dictionary(XObject=images)), codes)
            content = hostile.saved(pdf)
        assert refusal(content, pages=(1,)).startswith(INSEPARABLE)
        assert chosen(content, 2) == {2}
        assert chosen(content) == {1, 2}

    def test_a_packing_nobody_knows(self) -> None:
        with pikepdf.open(BytesIO(shared.sharing("picture", "in tiles"))) as pdf:
            pdf.pages[0].obj.Resources.Pattern.P.write(b"strange", filter=Name.StrangeDecode, type_check=False)
            content = hostile.saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        assert refusal(content, pages=(1,)).startswith(INSEPARABLE)
        assert chosen(content, 2) == {2}

    def test_a_drawing_too_long_to_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mild_biller.output.attachments.attached_pdf.used_resources.MOST_DRAWING", 1_000)
        content = shared.pictured([shared.shown(1) + " q Q" * 500, shared.shown(2)])
        assert refusal(content, pages=(1,)).startswith(INSEPARABLE)
        assert chosen(content) == {1, 2}


class TestOtherWays:
    """What else in a file leads from one page to the others."""

    def test_nothing_of_the_other_pages_goes_by_another_way(self) -> None:
        with pikepdf.open(BytesIO(shared.pictured(map(shared.shown, (1, 2, 3))))) as pdf:
            first, second = pdf.pages[0].obj, pdf.pages[1].obj
            words = String(shared.canary(2).decode())
            elements = pdf.make_indirect(Dictionary(S=Name.Document, K=Array([Dictionary(Alt=words, Pg=second)])))
            pdf.Root.StructTreeRoot = pdf.make_indirect(
                Dictionary(K=elements, ParentTree=Dictionary(Nums=Array([0, Array([elements])])))
            )
            bead = pdf.make_indirect(Dictionary(P=second, T=Dictionary(I=Dictionary(Title=words))))
            first.B, first.StructParents, first.Tabs = Array([bead]), 0, Name.S
            first.Thumb, first.Metadata = shared.image(pdf, 2), pdf.make_stream(shared.canary(2))
            first.PieceInfo = Dictionary(App=Dictionary(Private=second))
            first.Parent.Alt = words
            first.LastModified = words
            pdf.Root.Dests = Dictionary(there=Array([second, Name.Fit]))
            pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([words, Array([second, Name.Fit])])))
            picture = first.Resources.XObject.Im1
            picture.Alternates = Array([Dictionary(Image=first.Resources.XObject.Im2)])
            picture.Metadata, picture.StructParent = pdf.make_stream(shared.canary(2)), 1
            picture.OPI = picture.PieceInfo = Dictionary({"/2.0": Dictionary(F=words)})
            picture.Resources = first.Resources
            picture.Group = Dictionary(Resources=first.Resources, CS=Name.DeviceGray)
            with pdf.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(shared.canary(2).decode(), 1))
            content = hostile.saved(pdf)
        assert chosen(content, 1) == {1}

    def test_fields_and_marks_of_other_pages(self) -> None:
        with pikepdf.open(BytesIO(shared.pictured(map(shared.shown, (1, 2, 3))))) as pdf:
            fields = []
            for number in range(3):
                drawn = f"BT /Helv 12 Tf ({shared.canary(number + 1).decode()}) Tj ET"
                look = shared.form(pdf, drawn, Resources=Dictionary())
                typed = String(shared.canary(number + 1).decode())
                fields.append(
                    hostile.annotate(pdf, number, Subtype=Name.Widget, FT=Name.Tx, V=typed, AP=Dictionary(N=look))
                )
            helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            defaults = Dictionary(Font=Dictionary(Helv=helvetica), XObject=Dictionary(Im2=shared.image(pdf, 2)))
            pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DR=defaults)
            content = hostile.saved(pdf)
        assert chosen(content, 1) == {1}
        assert shared.canary(1).decode() in text(prepare(content, name="form.pdf", pages=(1,)))

    def test_layers_that_are_off(self) -> None:
        with pikepdf.open(BytesIO(shared.pictured(["/OC /Off BDC /Im2 Do EMC /Im1 Do", "/Im2 Do"]))) as pdf:
            layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
            pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
            pdf.pages[0].obj.Resources.Properties = Dictionary(Off=layer)
            assert chosen(hostile.saved(pdf), 1) == {1}

    def test_pages_of_a_tiff(self) -> None:
        frames = [Image.frombytes("L", (len(shared.canary(page)), 1), shared.canary(page)) for page in (1, 2, 3)]
        frames = [frame.resize((frame.width, 4), Image.Resampling.NEAREST) for frame in frames]
        for compression in (None, "tiff_lzw", "tiff_adobe_deflate"):
            buffer = BytesIO()
            more = {} if compression is None else {"compression": compression}
            frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:], **more)
            assert _dots(prepare(buffer.getvalue(), name="scan.tif", pages=(2,)).pdf) == {2}
        assert b"telephone" not in prepare(pictures.held(1, "TIFF"), name="scan.tif").pdf

    def test_shapes_that_pictures_of_several_pages_are_put_together_from_are_said(self) -> None:
        """Which of them a picture uses stands in its packed dots, so they go as one; see JBIG2Globals, ISO 32000-1."""
        with pikepdf.open(BytesIO(shared.pictured(map(shared.shown, (1, 2, 3))))) as pdf:
            table = pdf.make_stream(b"shapes")
            for number, parameters in ((1, Dictionary(JBIG2Globals=table)), (2, Array([None, None]))):
                picture = pdf.pages[0].obj.Resources.XObject[f"/Im{number}"]
                picture.write(b"dots", filter=Name.JBIG2Decode, decode_parms=Dictionary())
                picture.DecodeParms = parameters
            alone = hostile.saved(pdf)
            pdf.pages[0].obj.Resources.XObject.Im2.DecodeParms = Array([Dictionary(JBIG2Globals=table)])
            content = hostile.saved(pdf)
        for pages, together in (((1,), True), ((1, 3), True), ((1, 2), False), ((3,), False), (None, False)):
            notes = prepare(content, name="a.pdf", pages=pages).notes
            assert any("table of letter shapes" in note for note in notes) == together, pages
            assert prepare(alone, name="a.pdf", pages=pages).notes == ()


def _dots(content: bytes) -> set[int]:
    """Return the pages whose canary is in the dots of a picture, read with the library that makes them visible."""
    found = set()
    with pikepdf.open(BytesIO(content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image:
                dots = pikepdf.PdfImage(each).as_pil_image().tobytes()
                found |= {page for page in (1, 2, 3) if shared.canary(page) in dots}
    return found


class TestCrop:
    """What lies outside the part that a viewer shows is still in the file, and that is said."""

    @pytest.mark.parametrize("box", [(0, 0, 612, 700), (100, 0, 612, 792), (0, 6, 612, 792), (0, 0, 606, 792)])
    def test_is_said(self, box: tuple[float, ...]) -> None:
        (note,) = prepare(broken.sized((0, 0, 612, 792), CropBox=Array(box)), name="a.pdf").notes
        assert CROPPED in note
        assert "page 1" in note

    @pytest.mark.parametrize("box", [(0, 0, 612, 792), (-50, -50, 700, 900), (1, 1, 611, 791), (900, 900, 950, 950)])
    def test_is_not_said_where_no_word_has_room(self, box: tuple[float, ...]) -> None:
        assert prepare(broken.sized((0, 0, 612, 792), CropBox=Array(box)), name="a.pdf").notes == ()

    def test_is_said_of_the_chosen_pages(self) -> None:
        with shared.blank(5) as pdf:
            for number in (1, 3, 4):
                pdf.pages[number].obj.CropBox = Array([0, 0, 612, 396])
            content = hostile.saved(pdf)
        assert prepare(content, name="a.pdf", pages=(1, 3)).notes == ()
        (note,) = prepare(content, name="a.pdf", pages=(5, 1, 2, 5)).notes
        assert "pages 2, 5" in note
        (note,) = prepare(content, name="a.pdf").notes
        assert "pages 2, 4-5" in note

    def test_a_crop_from_the_tree(self) -> None:
        (note,) = prepare(broken.inheriting(), name="a.pdf").notes
        assert CROPPED in note
