"""The verbs `packet` and `letter`: statuses, what is said where, and files written whole or not at all."""

import argparse
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from mild_biller.cli import documents
from mild_biller.errors import AttachmentError, MildBillerError
from mild_biller.output.attachments.page_choice import page_numbers
from tests.support import PACK, Changes, changed, example, written


class WordsOff(Exception):
    """The words of a command are off."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WordsOff(message)


def run(*words: str | Path) -> int:
    parser = Parser()
    documents.add_words(parser.add_subparsers(required=True, parser_class=Parser))
    given = parser.parse_args([str(word) for word in words])
    status: int = given.verb(given, PACK)
    return status


def case(folder: Path, name: str, changes: Changes | None = None) -> Path:
    return written(folder, changed(example(name), changes or {}))


def sheet(folder: Path, name: str, pages: int = 3) -> Path:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(pages):
        canvas.drawString(100, 700, f"sheet {page + 1}")
        canvas.showPage()
    canvas.save()
    file = folder / name
    file.write_bytes(buffer.getvalue())
    return file


def page_count(file: Path, password: str = "") -> int:
    with pikepdf.open(file, password=password) as opened:
        return len(opened.pages)


MRI = {"/attachments": [{"kind": "imaging-report", "path": "mri.pdf", "pages": "1-2"}]}


class TestPacket:
    def test_a_complete_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        sheet(tmp_path, "mri.pdf")
        file = case(tmp_path, "medicare-advantage-2026", MRI)
        assert run("packet", file, "--out", tmp_path / "p.pdf", "--today", "2026-03-01") == 0
        said = capsys.readouterr()
        assert said.err == ""
        assert "note: Put both procedure codes on one request" in said.out
        assert page_count(tmp_path / "p.pdf") > 6

    def test_one_with_something_missing_is_written_and_says_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = case(tmp_path, "premera-commercial-2026")
        assert run("packet", file, "--out", tmp_path / "p.pdf", "--today", "2026-03-01") == 1
        said = capsys.readouterr()
        assert "mild-biller: missing: Imaging report with levels" in said.err
        assert "approval is unlikely" in said.out
        assert page_count(tmp_path / "p.pdf") > 5

    def test_the_same_case_gives_the_same_bytes(self, tmp_path: Path) -> None:
        sheet(tmp_path, "mri.pdf")
        file = case(tmp_path, "medicare-advantage-2026", MRI)
        for name in ("a.pdf", "b.pdf"):
            run("packet", file, "--out", tmp_path / name, "--today", "2026-03-01")
        assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()

    def test_with_a_password(self, tmp_path: Path) -> None:
        file = case(tmp_path, "medicare-advantage-2026", {"/attachments": []})
        run("packet", file, "--out", tmp_path / "p.pdf", "--today", "2026-03-01", "--password", "secret")
        with pytest.raises(pikepdf.PasswordError):
            page_count(tmp_path / "p.pdf")
        assert page_count(tmp_path / "p.pdf", "secret") > 5

    def test_an_attachment_that_is_not_there(self, tmp_path: Path) -> None:
        file = case(tmp_path, "medicare-advantage-2026", MRI)
        with pytest.raises(AttachmentError, match=r"^mri\.pdf could not be read \(No such file"):
            run("packet", file, "--out", tmp_path / "p.pdf", "--today", "2026-03-01")
        assert not (tmp_path / "p.pdf").exists()

    def test_an_attachment_that_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "mri.pdf").write_bytes(b"not a pdf at all")
        file = case(tmp_path, "medicare-advantage-2026", MRI)
        with pytest.raises(AttachmentError, match=r"^mri\.pdf "):
            run("packet", file, "--out", tmp_path / "p.pdf")
        assert [each.name for each in tmp_path.iterdir() if each.suffix == ".pdf"] == ["mri.pdf"]

    @pytest.mark.parametrize("name", ["case.json", "mri.pdf"])
    def test_nothing_given_is_written_over(self, tmp_path: Path, name: str) -> None:
        sheet(tmp_path, "mri.pdf")
        file = case(tmp_path, "medicare-advantage-2026", MRI)
        before = (tmp_path / name).read_bytes()
        with pytest.raises(MildBillerError, match="choose another name"):
            run("packet", file, "--out", tmp_path / name)
        assert (tmp_path / name).read_bytes() == before

    def test_what_stayed_behind_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        buffer = BytesIO()
        with pikepdf.open(sheet(tmp_path, "plain.pdf")) as opened:
            opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            opened.save(buffer)
        (tmp_path / "mri.pdf").write_bytes(buffer.getvalue())
        run("packet", case(tmp_path, "medicare-advantage-2026", MRI), "--out", tmp_path / "p.pdf")
        with pikepdf.open(tmp_path / "p.pdf") as opened:
            assert "/OpenAction" not in opened.Root
        assert "JavaScript" not in capsys.readouterr().out

    def test_characters_the_font_lacks_are_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = case(tmp_path, "medicare-advantage-2026", {"/attachments": [], "/patient/first": "王"})
        run("packet", file, "--out", tmp_path / "p.pdf", "--today", "2026-03-01")
        assert "the font does not have" in capsys.readouterr().err


class TestLetter:
    def test_one_with_blanks_lists_them(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = case(tmp_path, "medicare-advantage-2026")
        words = ("letter", "medical-necessity", file, "--out", tmp_path / "l.pdf", "--today", "2026-03-01")
        assert run(*words) == 1
        assert capsys.readouterr().err == "mild-biller: blank: payer's address (/coverages/0/contractor)\n"
        assert page_count(tmp_path / "l.pdf") >= 2

    def test_one_without_is_done(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = case(tmp_path, "medicare-advantage-2026")
        assert run("letter", "peer-to-peer", file, "--out", tmp_path / "l.pdf", "--today", "2026-03-01") == 0
        assert capsys.readouterr().err == ""

    def test_one_that_must_not_go_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = case(tmp_path, "medicare-asc-2026", {"/denial": {"rarc": ["MA130"]}})
        assert run("letter", "appeal", file, "--out", tmp_path / "l.pdf", "--today", "2026-11-20") == 1
        assert "refused: The denial codes say that the claim could not be processed" in capsys.readouterr().err
        assert not (tmp_path / "l.pdf").exists()

    def test_what_to_look_at_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        denial = {"/denial": {"date": "2026-10-01", "carc": ["55"]}}
        file = case(tmp_path, "premera-commercial-2026", denial)
        run("letter", "appeal", file, "--out", tmp_path / "l.pdf", "--today", "2026-11-20")
        assert "The last day is 2027-03-30." in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["letter", "postcard", "c.json", "--out", "x"], "there is no letter 'postcard'; it is one of medical-"),
            (["packet", "c.json", "--out", "x", "--today", "20260301"], "there is no date '20260301'"),
            (["packet", "c.json", "--out", "x", "--today", "2026-02-30"], "there is no date '2026-02-30'"),
        ],
    )
    def test_words_that_are_off(self, words: list[str], said: str) -> None:
        with pytest.raises(WordsOff) as caught:
            run(*words)
        assert said in str(caught.value)

    def test_the_office_s_own_form(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        buffer = BytesIO()
        canvas = Canvas(buffer, invariant=1)
        canvas.drawString(50, 760, "A form")
        for index, name in enumerate(["Patient Name", "Notifier", "Identification Number", "D", "F"]):
            canvas.acroForm.textfield(name=name, x=50, y=700 - 40 * index, maxlen=300)
        canvas.save()
        form = tmp_path / "office.pdf"
        form.write_bytes(buffer.getvalue())
        file = case(tmp_path, "medicare-look-back-inside")
        out = tmp_path / "filled.pdf"
        run("letter", "abn", file, "--out", out, "--today", "2026-03-01", "--form", form)
        with pikepdf.open(out) as opened:
            values = {str(field.T): str(field.get("/V", "")) for field in opened.Root.AcroForm.Fields}
        assert values["Patient Name"] == "ALMA Q TESTPATIENT"
        assert "no field for: E Reason Medicare may not pay" in capsys.readouterr().err
        assert form.read_bytes() == buffer.getvalue()

    def test_without_a_form_the_facts_are_printed(self, tmp_path: Path) -> None:
        file = case(tmp_path, "medicare-look-back-inside")
        run("letter", "abn", file, "--out", tmp_path / "facts.pdf", "--today", "2026-03-01")
        assert page_count(tmp_path / "facts.pdf") == 1

    @pytest.mark.parametrize(
        ("kind", "form", "said"),
        [
            ("appeal", "case.json", "--form is only for the letter 'abn'"),
            ("abn", "absent.pdf", "cannot be read"),
            ("abn", "case.json", "is not a PDF"),
        ],
    )
    def test_a_form_that_cannot_be_taken(self, tmp_path: Path, kind: str, form: str, said: str) -> None:
        file = case(tmp_path, "medicare-look-back-inside")
        with pytest.raises(MildBillerError, match=said):
            run("letter", kind, file, "--out", tmp_path / "x.pdf", "--form", tmp_path / form)
        assert not (tmp_path / "x.pdf").exists()


class TestPages:
    @pytest.mark.parametrize(
        ("given", "pages"),
        [
            (None, None),
            ("", None),
            (" all ", None),
            ((3, 1), (3, 1)),
            ("1-3, 7", (1, 2, 3, 7)),
            ("3-1", (3, 2, 1)),
            ("5", (5,)),
        ],
    )
    def test_pages_are_read(self, given: Any, pages: Any) -> None:
        assert page_numbers(given, "a.pdf") == pages

    @pytest.mark.parametrize("given", ["x", "1,,2", "1-", "-2", "1.5", "1-99999"])
    def test_what_is_no_choice_of_pages(self, given: str) -> None:
        with pytest.raises(AttachmentError, match=r"^a\.pdf "):
            page_numbers(given, "a.pdf")
