"""Attached files, good, odd and hostile: what comes through, and what is refused in which words."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mild_biller.errors import AttachmentError, PasswordNeeded
from mild_biller.output import letter_sheet
from mild_biller.output.attachments import attached_file, page_choice
from mild_biller.output.attachments.attached_file import prepare, shown_name
from mild_biller.output.attachments.attached_pdf import allowlist
from tests.corpus import broken, forms, hostile, pictures, scan
from tests.corpus.checks import Box, blackness, on_paper, refusal, text


@pytest.fixture
def _small_limit() -> Iterator[None]:
    """Let no stream unpack to more than a million bytes, so that bombs need not be large."""
    usual = pikepdf.settings.set_qpdf_limits(flate_max_memory=1_000_000)
    yield
    pikepdf.settings.set_qpdf_limits(**usual)


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

    def test_fonts_and_colors_come_along(self) -> None:
        with pikepdf.open(BytesIO(prepare(hostile.plain(), name="a.pdf").pdf)) as pdf:
            form = pdf.pages[0].obj.Resources.XObject.Shown
            assert form.Resources.Font.F1.BaseFont == pikepdf.Name.Helvetica

    def test_a_name_in_letters_of_no_known_kind(self) -> None:
        content = hostile.plain().replace(b"/Helvetica", b"/\xcb\xce\xcc\xe5hell")
        assert prepare(content, name="a.pdf").page_count == 1

    @pytest.mark.parametrize(
        ("name", "note"),
        [
            ("embedded file", "Files embedded in it are left out"),
            ("file annotation", "Files embedded in it are left out"),
            ("media", "their still picture is shown"),
        ],
    )
    def test_what_stays_behind_is_said(self, name: str, note: str) -> None:
        (said,) = prepare(hostile.hostile(name), name="chart.pdf").notes
        assert note in said

    def test_words_of_a_note_redactions_and_signatures_are_said(self) -> None:
        assert "without their text" in prepare(forms.marked("Text"), name="a.pdf").notes[0]
        assert "never applied" in prepare(forms.marked("Redact"), name="a.pdf").notes[0]
        signed = forms.marked("Widget", FT=pikepdf.Name.Sig, V=pikepdf.Dictionary())
        assert "no longer be verified" in prepare(signed, name="a.pdf").notes[0]
        assert prepare(hostile.plain(), name="a.pdf").notes == ()


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
            assert scan.ink(shown, (0, 792 - letter_sheet.FOOT, 612, 792)) == 0

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
        assert refusal(hostile.plain(3), pages=pages).startswith(
            f"has 3 pages, so there is no page {absent} to include."
        )

    def test_none_chosen_is_refused(self) -> None:
        assert "no pages selected" in refusal(hostile.plain(), pages=())

    def test_too_many_are_refused_unless_some_are_chosen(self) -> None:
        content = broken.many(5_000)
        assert refusal(content).startswith("has 5,000 pages, and at most 500 of one file fit in a packet.")
        assert prepare(content, name="a.pdf", pages=(1, 5_000)).page_count == 2

    def test_as_many_as_are_taken(self) -> None:
        assert prepare(broken.many(page_choice.MOST_PAGES), name="a.pdf").page_count == page_choice.MOST_PAGES


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
            (broken.page_loop, "is damaged: its list of pages loops."),
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

    @pytest.mark.parametrize("where", ["page", "form", "colors", "field"])
    @pytest.mark.parametrize("layers", [1, 2])
    @pytest.mark.usefixtures("_small_limit")
    def test_bombs(self, where: str, layers: int) -> None:
        assert "unpacks to more than 100 million bytes" in refusal(broken.bomb(where, megabytes=3, layers=layers))

    @pytest.mark.slow
    def test_a_bomb_as_large_as_the_limit_says(self) -> None:
        assert "unpacks to more than 100 million bytes" in refusal(broken.bomb("form", megabytes=101))

    @pytest.mark.usefixtures("_small_limit")
    def test_a_bomb_in_the_list_of_objects(self) -> None:
        assert prepare(broken.object_bomb(0), name="a.pdf").page_count == 1
        assert refusal(broken.object_bomb(3)).startswith("is damaged: ")

    def test_many_streams_that_are_large_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(allowlist, "MOST_UNPACKED_IN_ALL", 10)
        assert "unpacks to more than" in refusal(hostile.plain())

    def test_more_objects_than_any_page_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(allowlist, "MOST_OBJECTS", 500)
        assert "is made of more than 500 objects" in refusal(broken.many_objects(600))

    @settings(max_examples=60, deadline=None)
    @given(
        source=st.sampled_from(["form", "layers", "marks", "plain", "png", "jpeg", "tiff"]),
        wounds=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12),
    )
    def test_any_wound_is_survived_or_refused(self, source: str, wounds: list[tuple[float, bytes]]) -> None:
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


class TestKind:
    @pytest.mark.parametrize(
        ("start", "kind"),
        [
            (b"PK\x03\x04....", "is a Word, Excel or zip file, not a PDF"),
            (b"\0\0\0\x18ftypheic", "is a phone's HEIC picture or a video, not a PDF"),
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
        monkeypatch.setattr(attached_file, "MOST_BYTES", 2_000_000)
        assert refusal(b"%PDF" + b"0" * 2_000_000).startswith("is 3 MB large, and at most 2 MB are accepted.")


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
        refusal(broken.hole())
        assert list(tmp_path.iterdir()) == []
