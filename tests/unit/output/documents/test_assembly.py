"""The packet put together: order, numbers, links, bookmarks, the same bytes twice, a password, a stop half way."""

from contextlib import closing
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from reportlab.pdfgen.canvas import Canvas

from mild_biller.errors import Canceled, FormError, OutputError
from mild_biller.output import letter_sheet
from mild_biller.output.attachments.attached_file import prepare
from mild_biller.output.documents.assembly import FrontLink, PacketSection, assemble, section_starts
from tests.corpus import broken, forms, hostile, pictures, scan

TITLE = "Prior authorization packet"
PLACE = (72.0, 500.0, 200.0, 520.0)


def front() -> bytes:
    """Make two front pages as reportlab does, with a link, bookmarks and the properties it sets by itself."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1)
    canvas.setTitle("Testpatient, Alma")
    canvas.setAuthor("Testpatient")
    canvas.bookmarkPage("cover")
    canvas.addOutlineEntry("Cover sheet", "cover", 0)
    canvas.drawString(72, 700, "COVER")
    canvas.linkAbsolute("", "checklist", (72, 600, 200, 620))
    canvas.showPage()
    canvas.bookmarkPage("checklist")
    canvas.addOutlineEntry("Checklist", "checklist", 0)
    canvas.drawString(72, 700, "CHECKLIST")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


FRONT = front()
SECTIONS = [
    PacketSection("Imaging report", ("mri.pdf", "3 pages"), prepare(hostile.plain(3, words="MRI"), name="mri.pdf")),
    PacketSection("Therapy notes", (), prepare(forms.undrawn_form(), name="form.pdf")),
    PacketSection("Score sheet", ("scores.jpg",), prepare(pictures.jpeg(), name="scores.jpg")),
]
ORDER = [
    "COVER",
    "CHECKLIST",
    "Imaging report",
    "MRI 1",
    "MRI 2",
    "MRI 3",
    "Therapy notes",
    "HARMLESS",
    "Score sheet",
    "",
]
PACKET = assemble(FRONT, SECTIONS, title=TITLE)


def links(packet: bytes) -> list[tuple[int, int]]:
    """Return for each link the page it is on and the page it leads to, from 1 on."""
    with pikepdf.open(BytesIO(packet)) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages, start=1)}
        return [
            (index, numbers[link.Dest[0].objgen])
            for index, page in enumerate(pdf.pages, start=1)
            for link in page.obj.get("/Annots", [])
        ]


def bookmarks(packet: bytes) -> list[tuple[str, int]]:
    with closing(pypdfium2.PdfDocument(packet)) as document:
        return [(entry.get_title(), entry.get_dest().get_index() + 1) for entry in document.get_toc()]


class TestOrder:
    def test_front_then_each_divider_and_its_pages(self) -> None:
        found = scan.pages(PACKET)
        assert len(found) == len(ORDER)
        assert all(words in page for words, page in zip(ORDER, found, strict=True))

    def test_starts_are_known_before(self) -> None:
        assert section_starts(2, SECTIONS) == (3, 7, 9)
        assert section_starts(5, []) == ()
        found = scan.pages(PACKET)
        for section, start in zip(SECTIONS, section_starts(2, SECTIONS), strict=True):
            assert section.title in found[start - 1]

    def test_dividers_carry_title_and_lines(self) -> None:
        assert "Imaging report\r\nmri.pdf\r\n3 pages" in scan.pages(PACKET)[2]

    def test_long_words_stay_on_their_divider(self) -> None:
        lines = tuple(f"line {number} {'word ' * 40}" for number in range(60))
        section = PacketSection("A title that is far too long for one line " * 4, lines, SECTIONS[2].attached)
        packet = assemble(FRONT, [section], title=TITLE)
        assert "line 59" in scan.pages(packet)[2]
        shown = scan.picture(packet, 2)
        for edge in ((0, 0, 70, 792), (543, 0, 612, 792), (0, 700, 612, 760), (0, 0, 612, 60)):
            assert scan.ink(shown, edge) == 0

    def test_letters_no_font_has_are_a_question_mark_not_a_black_box(self) -> None:
        packet = assemble(FRONT, [PacketSection("Röntgen 漢", (), SECTIONS[2].attached)], title=TITLE)
        assert "Röntgen ?" in scan.pages(packet)[2]

    def test_front_alone(self) -> None:
        assert [page.split("\r\n")[-1] for page in scan.pages(assemble(FRONT, [], title=TITLE))] == [
            "page 1 of 2",
            "page 2 of 2",
        ]


class TestNumbers:
    def test_stand_on_every_page(self) -> None:
        found = scan.pages(PACKET)
        assert [page.split("\r\n")[-1] for page in found] == [f"page {n} of 10" for n in range(1, 11)]

    def test_stand_below_all_content(self) -> None:
        tall = PacketSection("Tall", (), prepare(broken.sized((0, 0, 612, 792)), name="a.pdf"))
        shown = scan.picture(assemble(FRONT, [tall], title=TITLE), 3)
        assert scan.ink(shown, (250, 792 - letter_sheet.FOOT, 362, 792)) > 0
        assert scan.ink(shown, (0, 792 - letter_sheet.FOOT, 250, 792)) == 0

    def test_can_be_left_out(self) -> None:
        assert not any(
            "page" in page for page in scan.pages(assemble(FRONT, SECTIONS[1:], title=TITLE, numbering=False))
        )


class TestWays:
    def test_links_of_the_front_lead_where_they_did(self) -> None:
        assert links(PACKET) == [(1, 2)]

    @pytest.mark.parametrize(("section", "target", "page"), [(0, 0, 3), (0, 3, 6), (1, 1, 8), (2, 0, 9)])
    def test_links_to_attachments(self, section: int, target: int, page: int) -> None:
        link = FrontLink(page=2, rect=PLACE, section=section, target_page=target)
        packet = assemble(FRONT, SECTIONS, title=TITLE, front_links=[link])
        assert links(packet) == [(1, 2), (2, page)]
        with pikepdf.open(BytesIO(packet)) as pdf:
            assert [float(side) for side in pdf.pages[1].obj.Annots[0].Rect] == list(PLACE)

    @pytest.mark.parametrize(
        "link", [FrontLink(1, PLACE, 3), FrontLink(1, PLACE, -1), FrontLink(3, PLACE, 0), FrontLink(1, PLACE, 0, 4)]
    )
    def test_links_that_lead_nowhere_are_refused(self, link: FrontLink) -> None:
        with pytest.raises(FormError, match=r"^A link of page \d leads to"):
            assemble(FRONT, SECTIONS, title=TITLE, front_links=[link])

    def test_bookmarks(self) -> None:
        expected = [
            ("Cover sheet", 1),
            ("Checklist", 2),
            ("Imaging report", 3),
            ("Therapy notes", 7),
            ("Score sheet", 9),
        ]
        assert bookmarks(PACKET) == expected


class TestDocument:
    def test_nothing_active(self) -> None:
        sections = [PacketSection(name, (), prepare(hostile.hostile(name), name="a.pdf")) for name in hostile.ACTS]
        packet = assemble(FRONT, sections, title=TITLE)
        assert scan.active(packet) == {"/Annots"}  # the front's own link
        assert hostile.SECRET.encode() not in scan.unpacked(packet)

    def test_what_a_careless_front_would_run_is_left_out(self) -> None:
        with pikepdf.open(BytesIO(FRONT)) as pdf:
            pdf.Root.OpenAction = hostile.script()
            careless = hostile.saved(pdf)
        assert scan.active(assemble(careless, [], title=TITLE)) == {"/Annots"}

    def test_names_nobody(self) -> None:
        with pikepdf.open(BytesIO(PACKET)) as pdf:
            assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
            assert pdf.docinfo.Title == TITLE
            assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Outlines", "/PageMode", "/ViewerPreferences"}
        assert b"Testpatient" not in scan.unpacked(PACKET)

    def test_same_parts_same_bytes(self) -> None:
        assert assemble(FRONT, SECTIONS, title=TITLE) == PACKET

    def test_opens_with_its_bookmarks(self) -> None:
        with pikepdf.open(BytesIO(PACKET)) as pdf:
            assert pdf.Root.PageMode == Name.UseOutlines

    def test_fonts_are_there_once(self) -> None:
        with pikepdf.open(BytesIO(PACKET)) as pdf:
            embedded = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item]
        assert len(embedded) <= 4

    def test_pages_stand_upright_and_are_letters(self) -> None:
        with pikepdf.open(BytesIO(PACKET)) as pdf:
            for page in pdf.pages:
                assert [float(side) for side in page.mediabox] == [0, 0, 612, 792]
                assert "/Rotate" not in page.obj or page.obj.Rotate == 0


class TestPassword:
    @pytest.mark.parametrize("password", ["correct horse", "Schlüßel", "x" * 127])
    def test_locks_with_aes_256(self, password: str) -> None:
        packet = assemble(FRONT, SECTIONS, title=TITLE, password=password)
        for wrong in ("", "guess"):
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(BytesIO(packet), password=wrong)
        with pikepdf.open(BytesIO(packet), password=password) as pdf:
            assert pdf.encryption.R == 6
            assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert scan.pages(packet, password=password) == scan.pages(PACKET)
        assert b"COVER" not in packet

    def test_pages_are_the_same_each_time(self) -> None:
        locked = [assemble(FRONT, SECTIONS, title=TITLE, password="x") for _ in range(2)]
        assert locked[0] != locked[1]
        opened = []
        for packet in locked:
            with pikepdf.open(BytesIO(packet), password="x") as pdf:
                del pdf.trailer["/ID"]
                opened.append(letter_sheet.file_of(pdf))
        assert opened[0] == opened[1]

    @pytest.mark.parametrize("password", ["", "x" * 128, "ü" * 64])
    def test_that_no_pdf_takes_is_refused(self, password: str) -> None:
        with pytest.raises(OutputError, match="password is"):
            assemble(FRONT, SECTIONS, title=TITLE, password=password)


class TestProgress:
    @pytest.mark.parametrize("numbering", [True, False])
    def test_is_told_of_every_page(self, numbering: bool) -> None:
        told: list[tuple[int, int]] = []

        def note(done: int, total: int) -> bool:
            told.append((done, total))
            return True

        packet = assemble(FRONT, SECTIONS, title=TITLE, numbering=numbering, progress=note)
        assert told == [(done, 10) for done in range(1, 11)]
        assert (packet == PACKET) == numbering

    @pytest.mark.parametrize("last", [1, 5, 10])
    def test_stops_when_told_to(self, last: int) -> None:
        told: list[int] = []

        def stop(done: int, _total: int) -> bool:
            told.append(done)
            return done < last

        with pytest.raises(Canceled, match="nothing was written"):
            assemble(FRONT, SECTIONS, title=TITLE, progress=stop)
        assert told == list(range(1, last + 1))
