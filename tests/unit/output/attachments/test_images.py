"""Attached pictures of every kind: upright, whole, without their baggage, or refused."""

from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from mild_biller.errors import AttachmentError
from mild_biller.output.attachments import page_choice
from mild_biller.output.attachments.attached_file import prepare
from tests.corpus import pictures, scan
from tests.corpus.checks import blackness, refusal


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
        for content in (pictures.see_through_png(), pictures.clear_color_png()):
            assert blackness(prepare(content, name="a")) == (137, 18, 306, 243)

    def test_every_page_of_a_tiff(self) -> None:
        content = pictures.many_page_tiff(3)
        assert [blackness(prepare(content, name="a"), page) is None for page in range(3)] == [True, False, False]
        chosen = prepare(content, name="a", pages=(3, 1))
        assert [blackness(chosen, page) is None for page in range(2)] == [False, True]
        assert "so there is no page 4" in refusal(content, name="a.tif", pages=(4,))

    def test_too_many_pages_of_a_tiff(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(page_choice, "MOST_PAGES", 2)
        assert refusal(pictures.many_page_tiff(3), name="a.tif").startswith("has 3 pages, and at most 2 of one file")

    def test_a_small_copy_in_a_tiff_is_no_page(self) -> None:
        assert prepare(pictures.tiff_with_preview(), name="a").page_count == 1

    def test_a_fax_is_not_squeezed(self) -> None:
        left, upper, right, lower = blackness(prepare(pictures.fax(), name="a")) or (0, 0, 0, 0)
        assert (right - left) / (lower - upper) == pytest.approx(8.5 / 11, rel=0.02)

    def test_other_pages_than_the_first_are_refused(self) -> None:
        for content in (pictures.png(), pictures.jpeg()):
            assert prepare(content, name="a", pages=(1,)).page_count == 1
            assert refusal(content, pages=(2,)).startswith("has one page, so there is no page 2 to include.")

    def test_cut_short(self) -> None:
        assert refusal(pictures.png()[:600]).startswith("is cut short")
        assert refusal(pictures.jpeg()[:2000]).startswith("is cut short")
        assert refusal(pictures.jpeg()[:400]).startswith("is cut short")
        whole = pictures.many_page_tiff(1, compression="group4")
        assert refusal(whole[: len(whole) // 2])

    def test_the_terminal_stays_silent(self, capfd: pytest.CaptureFixture[str]) -> None:
        content = bytearray(pictures.saved(pictures.corner(), "TIFF", compression="tiff_lzw"))
        content[20:60] = b"\xff" * 40
        with suppress(AttachmentError):
            prepare(bytes(content), name="a.tif")
        assert capfd.readouterr() == ("", "")

    def test_too_many_dots(self) -> None:
        line = refusal(pictures.png_that_says(20_000, 20_000))
        assert line.startswith("holds a picture of 20,000 by 20,000 dots, and at most 100 million dots are taken.")

    def test_a_single_dot(self) -> None:
        assert "cannot be read on a letter sheet" in refusal(pictures.saved(Image.new("1", (1, 1)), "PNG"))

    def test_a_picture_that_packs_badly_goes_over_as_jpeg(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mild_biller.output.attachments.images.MOST_LOSSLESS", 100_000)
        prepared = prepare(pictures.saved(pictures.noise((300, 300)), "PNG"), name="a")
        with pikepdf.open(BytesIO(prepared.pdf)) as pdf:
            assert pdf.pages[0].obj.Resources.XObject.Shown.Filter == pikepdf.Name.DCTDecode

    def test_the_comment_of_a_picture_that_is_written_anew_stays_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("mild_biller.output.attachments.images.MOST_LOSSLESS", 1_000)
        mirrored = Image.Exif()
        mirrored[0x0112] = 2
        content = pictures.saved(pictures.noise((200, 200)), "JPEG", exif=mirrored, comment=pictures.PLACE)
        assert pictures.PLACE in content
        with pikepdf.open(BytesIO(prepare(content, name="a").pdf)) as pdf:
            kept = pdf.pages[0].obj.Resources.XObject.Shown
            assert kept.Filter == pikepdf.Name.DCTDecode
            assert pictures.PLACE not in kept.read_raw_bytes()
