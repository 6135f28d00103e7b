"""The packet as one PDF, read back with another library: true page numbers, links, bookmarks, selectable text."""

import json
import re
from contextlib import closing
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any, Final

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from mild_biller import loader
from mild_biller.core.documents.packet import Packet, State, packet
from mild_biller.core.documents.timeline import timeline
from mild_biller.core.review.review import Review, review
from mild_biller.errors import Canceled, FormError
from mild_biller.output.attachments.attached_file import prepare
from mild_biller.output.attachments.enclosure import Enclosure
from mild_biller.output.documents import timeline_chart as drawing
from mild_biller.output.documents.packet_pdf import build
from tests.support import Changes, parsed, reviewed

TODAY: Final = date(2026, 3, 1)
ATTACHED: Final = ["imaging-report", "clinic-note", "therapy-note", "therapy-note", "score-sheet"]


def scan(pages: int, label: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(1, pages + 1):
        canvas.drawString(100, 700, f"{label} sheet {page}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def attached(kinds: list[str]) -> dict[str, Any]:
    return {"/attachments": [{"kind": kind, "path": f"{index}-{kind}.pdf"} for index, kind in enumerate(kinds)]}


def made(name: str, changes: Changes | None = None, *, today: date = TODAY) -> tuple[Review, Packet, list[Enclosure]]:
    found = reviewed(name, changes, today=today)
    return found, packed(found), enclosed(found)


def packed(found: Review) -> Packet:
    return packet(found, catalog=loader.catalog(), rules=loader.packet_rules(), letters=loader.letter_rules())


def enclosed(found: Review) -> list[Enclosure]:
    paths = [entry.path for entry in found.case.attachments or () if entry.path]
    return [Enclosure(index, prepare(scan(2 + index, str(index)), name=path)) for index, path in enumerate(paths)]


def written(name: str, changes: Changes | None = None, *, today: date = TODAY) -> tuple[Packet, bytes]:
    """Return a packet and its pages, which are built once for all tests that read the same ones."""
    return _written(name, json.dumps(changes or {}), today)


@cache
def _written(name: str, changes: str, today: date) -> tuple[Packet, bytes]:
    found, wanted, enclosures = made(name, json.loads(changes), today=today)
    return wanted, build(wanted, found, enclosures, today=today)


class Read:
    """A packet read back: the words of each page, its bookmarks and links by the page they lead to."""

    def __init__(self, pdf: bytes) -> None:
        self.words = words_of(pdf)
        with pikepdf.open(BytesIO(pdf)) as opened:
            number = {page.obj.objgen: index for index, page in enumerate(opened.pages, start=1)}
            self.links = [
                (index, [float(value) for value in link.Rect], number[self._target(opened, link).objgen])
                for index, page in enumerate(opened.pages, start=1)
                for link in page.obj.get("/Annots", ())
            ]
            with opened.open_outline() as outline:
                self.bookmarks = {
                    item.title: number[self._page(opened, item.destination).objgen] for item in outline.root
                }
            self.title = str(opened.docinfo.Title)

    @classmethod
    def _target(cls, opened: pikepdf.Pdf, link: pikepdf.Object) -> pikepdf.Object:
        found = link.Dest if "/Dest" in link else link.A.D
        return cls._page(opened, found)

    @staticmethod
    def _page(opened: pikepdf.Pdf, found: Any) -> pikepdf.Object:
        if not isinstance(found, pikepdf.Array):
            found = opened.Root.Dests[str(found) if str(found).startswith("/") else f"/{found}"]
        return (found.D if isinstance(found, pikepdf.Dictionary) else found)[0]

    def page_of(self, words: str) -> int:
        """Return the first page that holds these words."""
        return next(index for index, text in enumerate(self.words, start=1) if words in text)


@pytest.fixture(scope="module")
def whole() -> tuple[Packet, Read]:
    wanted, pdf = written("medicare-advantage-2026", attached(ATTACHED))
    return wanted, Read(pdf)


def words_of(pdf: bytes, *, most: int = 1000) -> list[str]:
    """Return the words of the first pages."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = range(min(most, len(document)))
        return [" ".join(document[index].get_textpage().get_text_range().split()) for index in pages]


def linked_words(pdf: bytes) -> list[tuple[str, int, int]]:
    """Return the words under each link, its page, and the page it leads to."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [
            (document[page - 1].get_textpage().get_text_bounded(*rect).strip(), page, target)
            for page, rect, target in Read(pdf).links
        ]


class TestWhole:
    def test_every_page_has_its_number(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        total = len(read.words)
        for index, words in enumerate(read.words, start=1):
            assert f"page {index} of {total}" in words

    def test_the_parts_stand_in_order(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        assert read.bookmarks["Cover sheet"] == 1
        assert list(read.bookmarks) == [
            *("Cover sheet", "Contents", "Checklist", "Statement of medical necessity", "Clinical summary"),
            *("Imaging report", "Clinic note", "Therapy note 1", "Therapy note 2", "Score sheet"),
        ]
        pages = list(read.bookmarks.values())
        assert pages == sorted(pages)

    def test_each_bookmark_leads_to_its_title(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        for title, page in read.bookmarks.items():
            shown = "Prior authorization request, Medicare Advantage" if title == "Cover sheet" else title
            assert shown in read.words[page - 1], title

    def test_each_attachment_stands_behind_its_divider(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        for index, title in enumerate(["Imaging report", "Clinic note", "Therapy note 1", "Therapy note 2"]):
            divider = read.bookmarks[title]
            assert f"{index}-" in read.words[divider - 1]
            for sheet in range(1, 3 + index):
                assert f"{index} sheet {sheet}" in read.words[divider + sheet - 1]

    def test_page_numbers_that_are_links_are_true(self) -> None:
        _, pdf = written("medicare-advantage-2026", attached(ATTACHED))
        links = linked_words(pdf)
        assert len(links) > 30
        for words, page, target in links:
            assert re.fullmatch(r"[0-9]+(-[0-9]+)?", words), (page, words)
            assert int(words.split("-")[0]) == target, (page, words, target)

    def test_every_proof_stands_on_the_page_named(self) -> None:
        """A reviewer can tick every line off: the quoted words stand on the page its link leads to."""
        wanted, pdf = written("medicare-advantage-2026", attached(ATTACHED))
        read = Read(pdf)
        for item in wanted.items:
            for quote in item.quotes:
                summary = read.bookmarks["Clinical summary"]
                pages = read.words[0], read.words[summary - 1]
                assert any(" ".join(quote.text.split()) in words for words in pages), quote.name

    def test_no_row_is_broken_for_want_of_room(self) -> None:
        for name in ("medicare-advantage-2026", "stress-long-values", "premera-commercial-2026"):
            _, pdf = written(name)
            for words in words_of(pdf):
                assert words.count("Required item, and who requires it") <= 1, name

    def test_metadata_name_nobody(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        assert read.title == "Prior authorization request, Medicare Advantage"
        _, pdf = written("medicare-advantage-2026", attached(ATTACHED))
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert "TESTPATIENT" not in str(dict(opened.docinfo))

    def test_the_timeline_is_drawn(self, whole: tuple[Packet, Read]) -> None:
        _, read = whole
        words = read.words[read.bookmarks["Clinical summary"] - 1]
        for part in (
            "look-back: March 10, 2025",
            "physical therapy: failed",
            "MRI, January 10, 2026",
            "date of service",
        ):
            assert part in words

    def test_no_page_runs_into_its_margins(self) -> None:
        for name, changes in (("medicare-advantage-2026", attached(ATTACHED)), ("stress-long-values", {})):
            _, pdf = written(name, changes)
            with closing(pypdfium2.PdfDocument(pdf)) as document:
                for page in document:
                    text = page.get_textpage()
                    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
                    assert min(box[0] for box in boxes) >= 17, name
                    assert max(box[2] for box in boxes) <= page.get_width() - 17, name


class TestStanding:
    def test_a_complete_packet_says_so_first(self, whole: tuple[Packet, Read]) -> None:
        wanted, read = whole
        assert wanted.is_complete
        assert "All 14 required items are in this packet." in read.words[0]

    def test_what_is_missing_stands_on_the_first_page(self) -> None:
        wanted, pdf = written("premera-commercial-2026")
        read = Read(pdf)
        assert f"Not complete: {len(wanted.missing)} of 15 required items are open." in read.words[0]
        for item in wanted.missing:
            assert item.title in read.words[0]

    @pytest.mark.parametrize("payer", sorted(loader.catalog().payer))
    def test_all_that_is_missing_of_an_empty_case_stands_there_too(self, payer: str) -> None:
        empty = parsed({"format": 1, "coverages": [{"payer": payer}]})
        found = review(empty, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
        wanted = packed(found)
        (first,) = words_of(build(wanted, found, [], today=TODAY), most=1)
        assert all(item.title in first for item in wanted.missing)

    def test_what_speaks_against_the_request_is_said(self) -> None:
        changes = {"/answers/neurogenic_claudication": False}
        wanted, pdf = written("medicare-advantage-2026", {**attached(ATTACHED), **changes})
        read = Read(pdf)
        assert [item.state for item in wanted.missing] == [State.CONTRARY]
        assert "contradicted by the case" in read.words[0]
        assert "Contradicts the request" in " ".join(read.words)

    def test_what_only_the_office_should_know_is_on_no_page(self) -> None:
        wanted, pdf = written("premera-commercial-2026", today=date(2026, 11, 20))
        words = " ".join(Read(pdf).words)
        assert "unlikely" not in words
        for remark in wanted.for_office:
            assert " ".join(remark.message.split()) not in words

    def test_the_day_a_decision_is_due_is_said(self) -> None:
        changes = {"/authorization": {"requested_on": "2026-02-20"}}
        _, pdf = written("medicare-advantage-2026", {**attached(ATTACHED), **changes})
        assert "it is due by February 27, 2026" in Read(pdf).words[0]

    def test_times_we_only_remember_are_not_told_a_payer(self) -> None:
        _, pdf = written("premera-commercial-2026")
        assert "Decision times" not in " ".join(Read(pdf).words)


class TestBuild:
    def test_the_same_parts_give_the_same_bytes(self) -> None:
        _, first = written("medicare-advantage-2026", attached(ATTACHED))
        found, wanted, enclosures = made("medicare-advantage-2026", attached(ATTACHED))
        assert build(wanted, found, enclosures, today=TODAY) == first

    def test_a_password_locks_it(self) -> None:
        found, wanted, enclosures = made("medicare-advantage-2026", attached(ATTACHED[:1]))
        locked = build(wanted, found, enclosures, today=TODAY, password="Ω secret")
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(locked))
        with pikepdf.open(BytesIO(locked), password="Ω secret") as opened:
            assert opened.encryption.bits == 256
            assert len(opened.pages) > 5

    def test_progress_is_told_and_can_stop_it(self) -> None:
        found, wanted, enclosures = made("medicare-advantage-2026", attached(ATTACHED))
        told: list[tuple[int, int]] = []
        build(wanted, found, enclosures, today=TODAY, progress=lambda done, total: told.append((done, total)) is None)
        assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))
        with pytest.raises(Canceled):
            build(wanted, found, enclosures, today=TODAY, progress=lambda done, total: done < 3)

    def test_attachments_stand_in_the_order_given(self) -> None:
        found, wanted, enclosures = made("medicare-advantage-2026", attached(ATTACHED))
        read = Read(build(wanted, found, list(reversed(enclosures)), today=TODAY))
        assert list(read.bookmarks)[5:] == [
            "Score sheet",
            "Therapy note 1",
            "Therapy note 2",
            "Clinic note",
            "Imaging report",
        ]

    def test_an_attachment_the_checklist_counts_on_must_be_there(self) -> None:
        found, wanted, enclosures = made("medicare-advantage-2026", attached(ATTACHED))
        with pytest.raises(FormError):
            build(wanted, found, enclosures[1:], today=TODAY)
        with pytest.raises(FormError):
            build(wanted, found, [*enclosures, enclosures[0]], today=TODAY)

    def test_a_name_no_page_has_room_for_is_refused_in_one_line(self) -> None:
        with pytest.raises(FormError, match=r"^A text of the case is too long for the pages; shorten it\.$"):
            written("medicare-asc-2026", {"/patient/last": "W" * 3000})

    def test_text_is_text_for_another_reader_too(self) -> None:
        _, pdf = written("medicare-advantage-2026", attached(ATTACHED[:1]))
        with pdfplumber.open(BytesIO(pdf)) as document:
            assert "ALMA Q TESTPATIENT" in document.pages[0].extract_text()

    @pytest.mark.slow
    def test_two_hundred_pages(self) -> None:
        found = reviewed("medicare-advantage-2026", attached(ATTACHED[:4]), today=TODAY)
        sheets = prepare(scan(50, "many"), name="many.pdf")
        enclosures = [Enclosure(index, sheets) for index in range(4)]
        read = Read(build(packed(found), found, enclosures, today=TODAY))
        assert len(read.words) > 200
        assert f"page {len(read.words)} of {len(read.words)}" in read.words[-1]


class TestTimeline:
    def test_many_events_are_drawn_on_several_drawings(self) -> None:
        prior = [
            {"kind": "other", "region": "lumbar", "date": f"20{10 + n // 12:02}-{n % 12 + 1:02}-01"} for n in range(60)
        ]
        found = reviewed("medicare-advantage-2026", {**attached(ATTACHED[:1]), "/prior_procedures": prior}, today=TODAY)
        line = timeline(found, months=12)
        assert line is not None
        assert len(drawing.drawings(line)) == 3
        words = " ".join(Read(build(packed(found), found, enclosed(found), today=TODAY)).words)
        assert "earlier than shown" in words
        assert "January 1, 2010" in words

    @pytest.mark.parametrize("last", ["2026-03-10", "2026-01-31", "9999-12-30", "0001-01-01"])
    def test_any_day_can_be_drawn(self, last: str) -> None:
        changes = {"/procedure/date_of_service": last, "/prior_procedures/0/date": "2025-02-28"}
        _, pdf = written("medicare-advantage-2026", {**attached([]), **changes})
        assert Read(pdf).bookmarks["Clinical summary"] > 1
