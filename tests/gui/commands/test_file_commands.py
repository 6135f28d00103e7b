"""Open, save, export, print and close, with the dialogs answered at their one door."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtPrintSupport import QPrinter

from mild_biller.core.case.model import Case
from mild_biller.gui import dialogs
from mild_biller.gui.dialogs import Answer
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.store.case_file import dump_case
from tests.gui.helpers import Answering, cell, typed
from tests.support import example_file


def do(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def words(content: bytes, page: int = 0) -> str:
    with pdfplumber.open(BytesIO(content)) as pdf:
        return pdf.pages[page].extract_text()


def test_a_case_is_opened_and_saved_where_it_was(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(example_file("medicare-asc-2026").read_bytes())
    answering("choose_case", path)
    do(window, "open")
    assert window.case.ref.id == str(path)
    typed(window, "/patient/last").setText("OTHER")
    assert window.isWindowModified()
    do(window, "save")
    assert not window.isWindowModified()
    assert b'"OTHER"' in path.read_bytes()
    assert window.statusBar().currentMessage().startswith("Saved.")


def test_nothing_is_opened_when_nobody_chooses(window: MainWindow, answering: Answering) -> None:
    answering("choose_case", None)
    do(window, "open")
    assert window.case.ref is None


@pytest.mark.parametrize("content", [b"no json", b'{"format": 9}', b'{"pation": {}}'])
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    window: MainWindow, answering: Answering, tmp_path: Path, content: bytes
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    answering("choose_case", bad)
    told = answering("tell", None)
    do(window, "open")
    assert len(told) == 1
    assert "bad.json" in str(told[0])
    assert window.case.ref.id == str(example_file("medicare-asc-2026"))


def test_a_new_case_is_saved_where_somebody_chooses(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    typed(window, "/patient/last").setText("OTHER")
    proposed = answering("choose_case_target", tmp_path / "mine.json")
    do(window, "save")
    assert Path("case.json") in proposed[0]
    assert (tmp_path / "mine.json").exists()
    assert window.case.ref.id == str(tmp_path / "mine.json")


def test_a_folder_that_cannot_be_written_is_told(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    typed(window, "/patient/last").setText("OTHER")
    answering("choose_case_target", tmp_path / "missing" / "case.json")
    told = answering("tell", None)
    do(window, "save")
    assert "could not be written" in str(told[0])
    assert window.isWindowModified()


def test_saving_tells_what_could_not_be_read(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    typed(window, "/patient/last").setText("OTHER")
    typed(window, "/patient/birth_date").setText("nonsense")
    answering("choose_case_target", tmp_path / "case.json")
    asked = answering("confirm", False)
    do(window, "save")
    assert "Date of birth" in str(asked)
    assert not (tmp_path / "case.json").exists()
    answering("confirm", True)
    do(window, "save")
    assert (tmp_path / "case.json").exists()


@pytest.mark.parametrize(
    ("answer", "leaves"), [(Answer.CANCEL, False), (Answer.DISCARD, True), (Answer.SAVE, True)], ids=lambda value: value
)
def test_closing_asks_about_changes(
    window: MainWindow, answering: Answering, tmp_path: Path, answer: Answer, leaves: bool
) -> None:
    typed(window, "/patient/last").setText("OTHER")
    asked = answering("ask_save", answer)
    answering("choose_case_target", tmp_path / "case.json")
    event = QCloseEvent()
    window.closeEvent(event)
    assert len(asked) == 1
    assert event.isAccepted() is leaves
    assert (tmp_path / "case.json").exists() is (answer is Answer.SAVE)


def test_closing_asks_nothing_without_changes(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()


@pytest.mark.parametrize("name", ["new", "open", "example"])
def test_another_case_asks_about_changes_first(window: MainWindow, answering: Answering, name: str) -> None:
    typed(window, "/patient/last").setText("OTHER")
    answering("ask_save", Answer.CANCEL)
    do(window, name)
    assert window.case.read("/patient/last") == "OTHER"


def test_a_new_case_is_empty(window: MainWindow) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    do(window, "new")
    assert window.case.case == Case()
    assert window.case.ref is None


def test_the_form_is_exported_as_it_is_shown(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    chosen = answering("choose_pdf_target", tmp_path / "form.pdf")
    window.preview.mode = PrintMode.DATA_ONLY
    do(window, "export")
    text = words((tmp_path / "form.pdf").read_bytes())
    assert "1EG4TE5MK73" in text
    assert "HEALTH INSURANCE CLAIM FORM" not in text
    assert example_file("medicare-asc-2026").parent / "cms1500-2026-03-10-data-only.pdf" in chosen[0]
    window.preview.mode = PrintMode.WITH_FORM
    window.preview._export.click()
    assert "HEALTH INSURANCE CLAIM FORM" in words((tmp_path / "form.pdf").read_bytes())


def test_what_stops_the_claim_is_exported_as_a_draft_alone_and_when_somebody_says_so(
    window: MainWindow, answering: Answering, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-letter-o"))
    answering("choose_pdf_target", tmp_path / "form.pdf")
    asked = answering("confirm", False)
    do(window, "export")
    assert "must be fixed" in str(asked)
    assert not (tmp_path / "form.pdf").exists()
    answering("confirm", True)
    do(window, "export")
    assert b"DRAFT" in (tmp_path / "form.pdf").read_bytes()


def test_a_service_that_lies_ahead_is_a_draft(window: MainWindow, answering: Answering) -> None:
    window.case.open(example_file("medicare-2027"))
    asked = answering("confirm", False)
    do(window, "export")
    assert "is in the future" in str(asked)


def test_without_a_form_there_is_nothing_to_export_or_print(window: MainWindow, answering: Answering) -> None:
    window.case.open(example_file("va-facility-2026"))
    told = answering("tell", None)
    for name in ("export", "print", "print_form"):
        do(window, name)
    assert len(told) == 3
    assert "No claim is billed" in str(told[0])


def test_an_export_that_cannot_be_written_is_told(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    answering("choose_pdf_target", tmp_path / "missing" / "form.pdf")
    told = answering("tell", None)
    do(window, "export")
    assert "could not be written" in str(told[0])


@pytest.mark.parametrize(("name", "has_form"), [("print", False), ("print_form", True)])
def test_the_form_is_printed_at_its_true_size(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, has_form: bool
) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    target = tmp_path / "printed.pdf"

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(dialogs, "choose_printer", choose)
    do(window, name)
    made = window.preview.printed(PrintMode.WITH_FORM if has_form else PrintMode.DATA_ONLY).content
    assert made is not None
    with pypdfium2.PdfDocument(target) as printed, pypdfium2.PdfDocument(made) as wanted:
        assert len(printed) == len(wanted) == 1
        assert printed[0].get_size() == pytest.approx((612, 792), abs=1)
        assert inked(printed[0]) == pytest.approx(inked(wanted[0]), abs=1.5)
    assert window.statusBar().currentMessage().startswith("Sent to printer")


def inked(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Return the edges of what is printed, in points."""
    picture = page.render(scale=2).to_pil().convert("L").point(lambda gray: 255 if gray < 140 else 0)
    box = picture.getbbox()
    assert box is not None
    return tuple(edge / 2 for edge in box)


def test_nothing_is_printed_when_nobody_chooses_a_printer(window: MainWindow, answering: Answering) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    answering("choose_printer", False)
    window.preview._print.click()
    assert not window.statusBar().currentMessage()


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_does_not_start_is_told(
    window: MainWindow, answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.case.open(example_file("medicare-asc-2026"))

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
        return True

    monkeypatch.setattr(dialogs, "choose_printer", choose)
    told = answering("tell", None)
    do(window, "print")
    assert "could not be started" in str(told[0])


def test_every_example_survives_the_window(window: MainWindow, answering: Answering, tmp_path: Path) -> None:
    window.case.open(example_file("stress-long-values"))
    before = dump_case(window.case.case)
    cell(window, "/claim/accept_assignment")
    answering("choose_case_target", tmp_path / "case.json")
    do(window, "save_as")
    assert (tmp_path / "case.json").read_bytes() == before
