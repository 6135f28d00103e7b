"""Letters as PDF, and the office's own form filled: read back with another library."""

from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from mild_biller import loader
from mild_biller.core.documents.letter_rules import LetterKind, Style
from mild_biller.core.documents.letters import FormEntry, Letter, form_entries, letter
from mild_biller.errors import AttachmentError
from mild_biller.output.documents import own_form
from mild_biller.output.documents.letter_pdf import SCALES, fitting, flowables, render
from mild_biller.output.documents.page_style import BOTTOM, ROOM, SIDE, TALL, Paper, lay_out, undrawable
from mild_biller.output.letter_sheet import HEIGHT, WIDTH
from tests.support import Changes, example_names, reviewed

TODAY: Final = date(2026, 11, 20)
EARLY: Final = date(2026, 3, 1)


def written(kind: str, name: str, changes: Changes | None = None, *, today: date = TODAY) -> Letter:
    found = reviewed(name, changes, today=today)
    return letter(LetterKind(kind), found, catalog=loader.catalog(), rules=loader.letter_rules())


def words_of(pdf: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        texts = [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]
    return [" ".join(text.split()) for text in texts]


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages_at(found: Letter, scale: float) -> int:
    """Count the pages of a letter whose words are all of one size."""
    document = BaseDocTemplate(BytesIO(), pagesize=(WIDTH, HEIGHT))
    frame = Frame(SIDE, BOTTOM, ROOM, TALL, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate("letter", [frame])])
    lay_out(document, list(flowables(found, Paper(scale))))
    return document.page


class TestLetters:
    @pytest.mark.parametrize("kind", list(LetterKind))
    def test_all_words_of_a_letter_are_on_its_pages(self, kind: LetterKind) -> None:
        for name in ("medicare-advantage-2026", "premera-commercial-2026", "medicare-look-back-inside"):
            found = written(kind, name)
            printed = squeezed(" ".join(words_of(render(found))))
            for paragraph in found.paragraphs:
                assert all(squeezed(line) in printed for line in paragraph.text.split("\n")), (kind, name, paragraph.id)
                for row in paragraph.rows[1:] if paragraph.style is Style.EVIDENCE else paragraph.rows:
                    assert all(squeezed("".join(map(str, cell))) in printed for cell in row), (kind, name, paragraph.id)
            assert all(squeezed(reference) in printed for reference in found.references)

    @pytest.mark.parametrize("kind", list(LetterKind))
    def test_the_same_letter_gives_the_same_bytes(self, kind: LetterKind) -> None:
        found = written(kind, "premera-commercial-2026")
        assert render(found) == render(found)

    def test_pages_of_the_letter_are_numbered_and_the_list_of_blanks_is_not(self) -> None:
        pages = words_of(render(written("medical-necessity", "medicare-advantage-2026")))
        for number, page in enumerate(pages[:-1], start=1):
            assert f"page {number} of {len(pages) - 1}" in page
        assert "Fill in before sending" in pages[-1]
        assert "[ payer's address ]" in pages[-1]
        assert " of " not in pages[-1].split("to fill in:")[1]

    def test_without_blanks_nothing_is_added(self) -> None:
        pages = words_of(render(written("peer-to-peer", "premera-commercial-2026")))
        assert len(pages) == 1
        assert "Fill in before sending" not in pages[0]

    def test_the_talking_points_stay_on_one_page(self) -> None:
        for name in example_names():
            found = written(
                "peer-to-peer", name, {"/denial": {"date": "2026-10-01", "carc": ["55"], "remark": "x" * 90}}
            )
            pages = words_of(render(found))
            assert "page 1 of 1" in pages[0], name
            assert len(pages) == (2 if found.blanks else 1), name

    @pytest.mark.parametrize(("courses", "scale"), [(0, 0.92), (20, 0.84), (40, 0.76), (60, 0.72), (100, 0.72)])
    def test_the_words_of_the_talking_points_are_as_large_as_fit(self, courses: int, scale: float) -> None:
        care = [{"kind": "medication", "from": "2025-01-01", "to": "2025-02-01", "outcome": "failed"}] * courses
        found = written("peer-to-peer", "optum-2026", {"/answers/conservative_care": care})
        paper, pages = fitting(found)
        assert paper.scale == scale
        assert pages_at(found, SCALES[SCALES.index(scale) - 1]) > 1  # larger words do not fit
        assert pages == pages_at(found, scale) == (1 if courses < 100 else 2)

    def test_points_too_many_for_one_page_go_on_to_another(self) -> None:
        care = [{"kind": "medication", "from": "2025-01-01", "to": "2025-02-01", "outcome": "failed"}] * 120
        pages = words_of(render(written("peer-to-peer", "optum-2026", {"/answers/conservative_care": care})))
        assert "page 1 of 2" in pages[0]

    def test_metadata_name_nobody(self) -> None:
        with pikepdf.open(BytesIO(render(written("appeal", "premera-commercial-2026")))) as opened:
            told = {str(key): str(value) for key, value in opened.docinfo.items()}
        assert told["/Title"] == "Request for reconsideration or appeal"
        assert "TESTPATIENT" not in str(told)
        assert "THREE RIVERS" not in str(told)

    def test_a_blank_is_shaded(self) -> None:
        pdf = render(written("appeal", "premera-commercial-2026"))
        with pikepdf.open(BytesIO(pdf)) as opened:
            stream = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(opened.pages[0]))
        assert b"1 .909804 .639216 rg" in stream

    def test_marks_of_markup_in_a_case_are_only_words(self) -> None:
        found = written("appeal", "premera-commercial-2026", {"/denial": {"remark": "<b>5 < 6 & [x]</b>\nnext"}})
        assert "<b>5 < 6 & [x]</b> next" in " ".join(words_of(render(found)))

    def test_what_the_font_lacks_is_a_question_mark_and_told(self) -> None:
        found = written("appeal", "premera-commercial-2026", {"/patient/last": "王Ω"})
        assert undrawable(found.text) == "王"
        assert "ALMA Q ?Ω" in words_of(render(found))[0]

    def test_very_long_words_stay_on_the_page(self) -> None:
        found = written("appeal", "premera-commercial-2026", {"/denial": {"remark": "W" * 3000}})
        assert squeezed(" ".join(words_of(render(found)))).count("W") >= 3000


def office_form(fields: list[str]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(50, 760, "A form")
    for index, name in enumerate(fields):
        canvas.acroForm.textfield(name=name, x=50, y=700 - 60 * index, width=400, height=40, maxlen=500, fontSize=9)
    canvas.acroForm.checkbox(name="Option 1", x=50, y=100)
    canvas.save()
    return buffer.getvalue()


def locked(content: bytes, password: str) -> bytes:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        opened.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=password))
    return buffer.getvalue()


@pytest.fixture
def entries() -> tuple[FormEntry, ...]:
    found = reviewed("medicare-look-back-inside", today=EARLY)
    return form_entries(found, catalog=loader.catalog(), rules=loader.letter_rules())


class TestForm:
    def test_facts_stand_in_the_fields_and_nothing_else_is_touched(self, entries: tuple[FormEntry, ...]) -> None:
        content = office_form(["A. Notifier", "patient-name", "D", "Signature"])
        filled = own_form.fill(content, entries, name="abn.pdf")
        with pikepdf.open(BytesIO(filled.pdf)) as opened:
            values = {str(field.T): str(field.get("/V", "")) for field in opened.Root.AcroForm.Fields}
            drawn = [bool(field.AP.N.read_bytes()) for field in opened.Root.AcroForm.Fields if str(field.T) == "D"]
        assert values["A. Notifier"].startswith("THREE RIVERS PAIN ASSOC, 100 MAIN STREET")
        assert values["patient-name"] == "ALMA Q TESTPATIENT"
        assert values["D"].startswith("62330, ")
        assert values["Signature"] == ""
        assert values["Option 1"] == "/Off"
        assert drawn == [True]
        assert [entry.letter for entry in filled.left] == ["C", "E", "F"]

    def test_the_same_form_gives_the_same_bytes(self, entries: tuple[FormEntry, ...]) -> None:
        content = office_form(["Patient Name"])
        assert own_form.fill(content, entries, name="a").pdf == own_form.fill(content, entries, name="a").pdf

    def test_a_field_too_short_for_a_fact_is_left_and_said(self, entries: tuple[FormEntry, ...]) -> None:
        buffer = BytesIO()
        canvas = Canvas(buffer, invariant=1)
        canvas.drawString(50, 760, "A form")
        canvas.acroForm.textfield(name="Patient Name", x=50, y=700, maxlen=5)
        canvas.acroForm.textfield(name="F", x=50, y=600, maxlen=100)
        canvas.save()
        filled = own_form.fill(buffer.getvalue(), entries, name="abn.pdf")
        assert "B" in [entry.letter for entry in filled.left]

    def test_one_field_in_two_places_is_drawn_in_both(self, entries: tuple[FormEntry, ...]) -> None:
        with pikepdf.open(BytesIO(office_form(["Patient Name", "other"]))) as opened:
            first, second, box = list(opened.Root.AcroForm.Fields)
            parent = opened.make_indirect(
                pikepdf.Dictionary(T="Patient Name", FT=pikepdf.Name.Tx, Kids=[first, second], DA=first.DA)
            )
            for kid in (first, second):
                kid.Parent = parent
                for key in ("/T", "/FT", "/V", "/MaxLen"):
                    if key in kid:
                        del kid[key]
            opened.Root.AcroForm.Fields = pikepdf.Array([parent, box])
            buffer = BytesIO()
            opened.save(buffer)
        filled = own_form.fill(buffer.getvalue(), entries, name="abn.pdf")
        with pikepdf.open(BytesIO(filled.pdf)) as opened:
            assert all("/AP" in kid for kid in opened.Root.AcroForm.Fields[0].Kids)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"nothing", "abn.pdf is not a PDF that can be read"),
            (office_form(["Color", "Size"]), "abn.pdf has no field we know (its text fields: Color, Size)"),
            (office_form([]), "abn.pdf has no field we know (its text fields: none)"),
            (
                locked(office_form(["D"]), "secret"),
                "abn.pdf opens with a password",
            ),
            (
                locked(office_form(["D"]), ""),
                "abn.pdf is not a form that can be",
            ),
        ],
    )
    def test_a_file_that_cannot_be_filled(self, entries: tuple[FormEntry, ...], content: bytes, said: str) -> None:
        with pytest.raises(AttachmentError) as caught:
            own_form.fill(content, entries, name="abn.pdf")
        assert str(caught.value).startswith(said)

    def test_a_pdf_without_a_form(self, entries: tuple[FormEntry, ...]) -> None:
        buffer = BytesIO()
        canvas = Canvas(buffer, invariant=1)
        canvas.drawString(100, 100, "flat")
        canvas.save()
        with pytest.raises(AttachmentError, match="not a form that can be filled here"):
            own_form.fill(buffer.getvalue(), entries, name="abn.pdf")

    def test_nothing_known_fills_nothing(self) -> None:
        empty = FormEntry("B", "Patient name", ("Patient Name",), ())
        filled = own_form.fill(office_form(["Patient Name"]), [empty], name="abn.pdf")
        assert filled.left == ()
