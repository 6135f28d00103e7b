"""No claim that needs review leaves the window unasked: one dialog names what it is, whatever the way out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTextBrowser

from mild_biller.core.rules.finding import Severity
from mild_biller.gui import dialogs
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.held import MOST, held
from mild_biller.settings import Appearance
from mild_biller.store import printed
from tests.gui.dressing import Dressed
from tests.gui.helpers import Answering
from tests.gui.readable import faults
from tests.gui.waiting import settled
from tests.hospital.examples import both_claims
from tests.support import case, command, reviewed, written

HELD = {"/patient/zip": "1521"}  # a hold; the claim prints all the same
ZIP = "ZIP"
Way = Callable[[MainWindow], object]
WAYS: Mapping[str, Way] = {
    "export": lambda window: window.actions_by_name["export"].trigger(),
    "print on the red form": lambda window: window.actions_by_name["print"].trigger(),
    "print on blank paper": lambda window: window.actions_by_name["print_form"].trigger(),
    "the button that exports": lambda window: window.preview._export.click(),
    "the button that prints": lambda window: window.preview._print.click(),
}


@pytest.fixture
def out(answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return where a claim is exported or printed to."""
    target = tmp_path / "out.pdf"

    def choose(_: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    answering("choose_pdf_target", target)
    monkeypatch.setattr(dialogs, "choose_printer", choose)
    return target


def opened(window: MainWindow, name: str = "medicare-asc-2026", changes: Mapping[str, object] | None = None) -> None:
    window.case.replace(case(name, changes or {}))
    window.go_to_step(4)


class TestEveryWayOut:
    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_asks_once_and_goes_on_when_told_to(
        self, window: MainWindow, answering: Answering, out: Path, way: Way
    ) -> None:
        opened(window, changes=HELD)
        asked = answering("confirm", True)
        way(window)
        assert len(asked) == 1
        assert ZIP in str(asked[0])
        assert out.exists()
        way(window)
        assert len(asked) == 2  # each time it leaves

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_goes_back_when_told_to(self, window: MainWindow, answering: Answering, out: Path, way: Way) -> None:
        opened(window, changes=HELD)
        answering("confirm", False)
        printers = answering("choose_printer", False)
        targets = answering("choose_pdf_target", out)
        way(window)
        assert not out.exists()
        assert (printers, targets) == ([], [])
        assert not window.statusBar().currentMessage()
        assert not printed.default_file().exists()

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    def test_asks_nothing_of_a_clean_claim(self, window: MainWindow, out: Path, way: Way) -> None:
        opened(window)
        way(window)  # a dialog nobody expects fails the test
        assert out.exists()

    @pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
    @pytest.mark.parametrize("name", ["optum-2026", "tricare-2026", "premera-commercial-2026", "regence-thoracic-2026"])
    def test_names_a_determination_of_not_covered(
        self, window: MainWindow, answering: Answering, out: Path, way: Way, name: str
    ) -> None:
        opened(window, name)
        asked = answering("confirm", False)
        way(window)
        (said,) = asked
        assert "Not covered: " in str(said)
        assert "1 finding needs review." in str(said)
        assert not out.exists()

    def test_names_that_no_policy_decides(self, window: MainWindow, answering: Answering, out: Path) -> None:
        opened(window, "own-payer-spouse")
        asked = answering("confirm", False)
        WAYS["export"](window)
        assert "No policy" in str(asked)

    def test_lets_a_malformed_medicare_number_leave_as_a_draft_alone(
        self, window: MainWindow, answering: Answering, out: Path
    ) -> None:
        opened(window, changes={"/coverages/0/member_id": "1EG4TE5MK7"})
        asked = answering("confirm", False)
        WAYS["print on the red form"](window)
        (said,) = asked
        assert "1 finding must be fixed before billing." in str(said)  # CMS publishes how the number is made


class TestADraft:
    def test_with_holds_is_one_question(self, window: MainWindow, answering: Answering, out: Path) -> None:
        opened(window, "stress-long-values", {"/coverages/0/group_number": "G" * 30})  # the box holds 29
        holds = [each for each in window.case.review.findings if each.severity is Severity.HOLD]
        assert len(holds) == 4
        asked = answering("confirm", True)
        WAYS["export"](window)
        (said,) = asked
        assert "1 finding must be fixed before billing. 4 findings need review." in str(said)
        assert "DRAFT" in str(said)
        for each in holds:
            assert each.message[:60] in str(said)
        assert b"DRAFT" in out.read_bytes()
        assert not printed.default_file().exists()

    def test_of_a_service_to_come_names_its_holds(self, window: MainWindow, answering: Answering, out: Path) -> None:
        opened(window, "medicare-2027")
        asked = answering("confirm", False)
        WAYS["export"](window)
        (said,) = asked
        assert "is in the future" in str(said)
        assert "registered completion" in str(said)

    def test_that_is_not_covered_says_so(self, window: MainWindow, answering: Answering, out: Path) -> None:
        opened(window, "medicare-no-claudication")
        asked = answering("confirm", False)
        WAYS["export"](window)
        (said,) = asked
        assert "Not covered: Does not meet the criteria" in str(said)
        assert "need review" not in str(said)

    def test_without_holds_names_none(self, window: MainWindow, answering: Answering, out: Path) -> None:
        opened(window, "medicare-letter-o")
        asked = answering("confirm", False)
        WAYS["export"](window)
        (said,) = asked
        assert "review" not in str(said)


class TestTheFacilitysClaim:
    def test_names_its_own_holds_and_what_the_two_say_differently(
        self, window: MainWindow, answering: Answering, out: Path
    ) -> None:
        lines = [{"revenue_code": "0360", "code": "62330", "date": "2026-03-11"}]
        window.case.replace(both_claims(revenue_lines=lines, statement_to="2026-03-11", point_of_origin="A"))
        window.go_to_step(4)
        asked = answering("confirm", False)
        WAYS["export"](window)
        assert "Dates of service differ" in str(asked[0])
        assert "point of origin" not in str(asked[0])  # that is on the other claim
        window.preview._which.setCurrentIndex(1)
        WAYS["export"](window)
        assert "Dates of service differ" in str(asked[1])
        assert "point of origin" in str(asked[1])


class TestWhatIsNamed:
    @pytest.mark.parametrize(("count", "last"), [(1, None), (8, None), (9, "and 1 more"), (30, "and 22 more")])
    def test_eight_at_most(self, count: int, last: str | None) -> None:
        review = reviewed(changes=HELD)
        (hold,) = [each for each in review.findings if each.severity is Severity.HOLD]
        many = tuple(replace(hold, message=f"Hold number {number}.") for number in range(count))
        named = held(replace(review, findings=many), of=review)
        assert named.count == count
        assert named.lines[:8] == tuple(f"Hold number {number}." for number in range(min(count, 8)))
        assert named.lines[8:] == ((last,) if last else ())

    def test_a_long_message_is_shortened_with_a_mark(self) -> None:
        review = reviewed(changes=HELD)
        (hold,) = [each for each in review.findings if each.severity is Severity.HOLD]
        (line,) = held(replace(review, findings=(replace(hold, message="X" * 5000),)), of=review).lines
        assert line == "X" * MOST + "…"

    def test_days_are_written_as_on_the_screen(self) -> None:
        review = reviewed(changes=HELD)
        (hold,) = [each for each in review.findings if each.severity is Severity.HOLD]
        (line,) = held(replace(review, findings=(replace(hold, message="Since 2026-03-10."),)), of=review).lines
        assert line == "Since 03/10/2026."


Doing = Callable[[QDialog], object]


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> object:
    """Return the doors themselves."""
    monkeypatch.undo()
    from mild_biller.gui import dialogs

    return dialogs


def asking(real: object, window: MainWindow, doing: Doing, *, why: str = "") -> bool:
    """Ask with a list, and do something with the dialog once it is shown."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        assert QTest.qWaitForWindowActive(dialog)
        doing(dialog)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, act)
    named = ("Not covered: <b>one</b>.", "Two.")
    return bool(
        real.confirm(
            window, "2 findings need review. Print anyway?", why=why, yes="Print anyway", no="Go back", named=named
        )
    )  # type: ignore[attr-defined]


def key(*keys: Qt.Key) -> Doing:
    def press(dialog: QDialog) -> None:
        for each in keys:
            QTest.keyClick(dialog.focusWidget(), each)

    return press


class TestTheDialog:
    @pytest.mark.parametrize(
        ("doing", "goes_on"),
        [
            (key(Qt.Key.Key_Return), False),  # the button that is chosen at first goes back
            (key(Qt.Key.Key_Space), False),
            (key(Qt.Key.Key_Escape), False),
            (lambda dialog: dialog.close(), False),
            (key(Qt.Key.Key_Left, Qt.Key.Key_Return), True),
            (key(Qt.Key.Key_Backtab, Qt.Key.Key_Space), True),
        ],
        ids=["enter", "space", "escape", "close", "arrow", "tab"],
    )
    def test_goes_back_unless_somebody_chooses_otherwise(
        self, window: MainWindow, real: object, doing: Doing, goes_on: bool
    ) -> None:
        assert asking(real, window, doing) is goes_on

    def test_shows_words_buttons_and_list(self, window: MainWindow, real: object) -> None:
        seen: list[object] = []

        def look(dialog: QDialog) -> None:
            back = dialog.focusWidget()
            assert isinstance(back, QPushButton)
            (listed,) = dialog.findChildren(QTextBrowser)
            seen.extend([back.text(), back.isDefault(), back.accessibleDescription(), listed.toPlainText()])

        assert not asking(real, window, look, why="A DRAFT watermark will print.")
        assert seen[:2] == ["Go back", True]
        assert "Not covered: <b>one</b>." in str(seen[2])  # what a screen reader says
        assert str(seen[3]).split("\n") == ["Not covered: <b>one</b>.", "Two."]

    @pytest.mark.parametrize("text_size", [100, 200])
    @pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
    def test_fits_on_a_small_screen(
        self, dressed_as: Dressed, real: object, appearance: Appearance, text_size: int
    ) -> None:
        window = dressed_as("clean", appearance=appearance, text_size=text_size)
        sizes: list[object] = []

        def look(dialog: QDialog) -> None:
            settled(dialog)
            assert list(faults(dialog)) == []
            sizes.append(dialog.size())

        assert not asking(real, window, look, why="A DRAFT watermark will print.")
        assert sizes


class TestTheCommandLine:
    @pytest.mark.parametrize(
        ("name", "changes", "said"),
        [("medicare-asc-2026", HELD, "ZIP"), ("optum-2026", {}, "unproven")],
    )
    def test_never_asks(self, tmp_path: Path, name: str, changes: Mapping[str, object], said: str) -> None:
        data = case(name, changes)
        file = written(tmp_path, data.model_dump(mode="json", exclude_unset=True, by_alias=True))
        done = command("claim", file, "--out", tmp_path / "claim.pdf", "--today", "2026-03-12")
        assert done.status == 1
        assert (tmp_path / "claim.pdf").exists()
        holds = [line for line in done.err.splitlines() if line.startswith("mild-biller: hold: ")]
        assert len(holds) == 1
        assert said in holds[0]
