"""How fast the window follows the keys, opens, and how much memory it keeps: reported, not asserted.

The first paint is compared with that of an empty window of the same toolkit, each in a process of its own: the ratio
carries over to other machines, the milliseconds do not.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.gui import app
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.inputs import TypedInput
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from tests.support import BASE, EXAMPLES, ROOT, TODAY

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

IS_THOROUGH: Final = bool(os.environ.get("MILD_BILLER_CI"))  # as for the tests that are marked slow
EDITS: Final = 500 if IS_THOROUGH else 100
PAGES: Final = 500 if IS_THOROUGH else 30  # edits of which each waits for its page
STARTS: Final = 7 if IS_THOROUGH else 3
EARLY: Final = 200  # edits after which all that stays has been made
LATE: Final = 1000 if IS_THOROUGH else 400
LOOKS: Final = 5
SLIPS: Final = ("premera-with-study-bundle", "stress-long-values", "medicare-letter-o", "medicare-no-claudication")
STATM: Final = Path("/proc/self/statm")
MEBI: Final = 1 << 20

# Typed in turn, at the end of what stands there: a character goes in, the next edit takes it away again.
PLACES: Final = (
    "/patient/last",
    "/coverages/0/member_id",
    "/procedure/diagnoses",
    "/procedure/date_of_service",
    "/providers/billing/npi",
)

START: Final = "import sys, time\nstart = time.perf_counter()\n"
PAINTED: Final = """
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, application.quit)
        return False
watch = Watch()
application.installEventFilter(watch)
window.show()
application.exec()
print(time.perf_counter() - start)
"""
QT: Final = (
    "from PySide6.QtCore import QEvent, QObject, QTimer\nfrom PySide6.QtWidgets import QApplication, QMainWindow\n"
)
EMPTY: Final = f"{START}{QT}application = QApplication([])\nwindow = QMainWindow()\nwindow.resize(1280, 800){PAINTED}"
FRAME: Final = """from mild_biller.gui import application as first
from mild_biller.gui import start as opening
application = first.bare_application()
first.color(application, opening.first_appearance(opening.user_settings()))
window = opening.Frame()
"""
OURS: Final = f"{START}{FRAME}{QT}{PAINTED}"
READY: Final = f"""{START}{FRAME}window.show_at_once()
from mild_biller.gui import app
app.fill(window, None)
application.processEvents()
print(time.perf_counter() - start)
"""


@pytest.fixture
def window() -> Iterator[MainWindow]:
    dress(app.make_application(), Settings())
    editor = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)
    shown = MainWindow(editor, settings=Settings())
    editor.open(EXAMPLES / f"{BASE}.json")
    shown.show()
    shown.activateWindow()
    assert QTest.qWaitForWindowExposed(shown)
    yield shown
    editor.replace(Case())
    shown.close()
    shown.deleteLater()


def settle() -> None:
    """Let everything be painted that waits for it."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def line(window: MainWindow, pointer: str) -> TypedInput:
    """Put the cursor at the end of a field."""
    window.go_to_field(pointer)
    found = window.focusWidget()
    assert isinstance(found, TypedInput)
    found.end(False)
    settle()
    return found


def key(place: TypedInput, number: int) -> None:
    """Type a character, or take it away."""
    QTest.keyClick(place, "1") if number % 2 == 0 else QTest.keyClick(place, "\b")


def p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95) - 1]


def report(benchmark: "BenchmarkFixture", name: str, figures: dict[str, float]) -> None:
    """Keep the figures with the benchmark, and print them."""
    benchmark.extra_info.update(figures)
    print(f"\n{name}: {', '.join(f'{what} {value:.2f}' for what, value in figures.items())}")


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def test_key_to_verdict(benchmark: "BenchmarkFixture", window: MainWindow) -> None:
    """The key, the case, its review, and verdict, findings and field painted anew."""
    by_place = {place: key_times(line(window, place), EDITS // len(PLACES)) for place in PLACES}
    taken = [each for times in by_place.values() for each in times]
    field = line(window, PLACES[0])
    numbers = iter(range(1_000_000))
    benchmark(lambda: (key(field, next(numbers)), settle()))
    figures = {"p95": p95(taken), "median": statistics.median(taken), "aim": 16.0}
    report(benchmark, "key to verdict, ms", figures | {f"p95 of {place}": p95(by_place[place]) for place in PLACES})


def key_times(field: TypedInput, count: int) -> list[float]:
    return [timed(lambda number=number: (key(field, number), settle())) for number in range(count)]


def test_key_to_preview(benchmark: "BenchmarkFixture", window: MainWindow) -> None:
    """The key until the page on the screen is the new one, with the pause the preview waits for."""
    edit = page_edits(window)
    taken = [timed(lambda number=number: edit(number)) for number in range(PAGES)]
    numbers = iter(range(1_000_000))
    benchmark.pedantic(lambda: edit(next(numbers)), rounds=5)
    report(benchmark, "key to preview, ms", {"p95": p95(taken), "median": statistics.median(taken), "aim": 100})


def page_edits(window: MainWindow) -> Callable[[int], None]:
    """Return an edit beside the preview that waits until its page is shown."""
    field = claim_line(window)
    preview = window.preview

    def edit(number: int) -> None:
        shown: list[bool] = []
        noted = preview.shown.connect(lambda: shown.append(True))
        key(field, number)
        while not shown:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        preview.shown.disconnect(noted)
        settle()

    return edit


def claim_line(window: MainWindow) -> TypedInput:
    """Show the preview and put the cursor into the amount paid beside it."""
    window.go_to_field("/claim/amount_paid")
    found = window.focusWidget()
    assert isinstance(found, TypedInput)
    found.end(False)
    QTest.qWait(200)
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_what_would_make_it_payable(benchmark: "BenchmarkFixture", window: MainWindow, name: str) -> None:
    """One look once the typing rests."""
    window.case.open(EXAMPLES / f"{name}.json")
    taken = [timed(window.panel.payable.look) for _ in range(LOOKS)]
    benchmark(window.panel.payable.look)
    report(benchmark, f"a look at {name}, ms", {"least": min(taken), "median": statistics.median(taken), "aim": 20.0})


@pytest.mark.skipif(not STATM.exists(), reason="resident memory is read from /proc")
def test_memory_after_many_edits(benchmark: "BenchmarkFixture", window: MainWindow) -> None:
    """Resident memory after many edits against that after some, a few edits with their page."""
    field, with_page = claim_line(window), page_edits(window)

    def edits(first: int, last: int) -> float:
        for number in range(first, last):
            if number % 25 == 0:
                with_page(number)
            else:
                key(field, number)
                settle()
        return resident()

    early = edits(0, EARLY)
    late = edits(EARLY, LATE)
    benchmark(resident)
    grown = (late - early) / MEBI
    aim = max(10.0, early * 0.05 / MEBI)
    at = {f"at {EARLY}": early / MEBI, f"at {LATE}": late / MEBI}
    report(benchmark, "memory, MiB", {**at, "grown": grown, "aim": aim})


def resident() -> float:
    """Return the bytes of this process that are in memory."""
    return int(STATM.read_text(encoding="ascii").split()[1]) * float(os.sysconf("SC_PAGE_SIZE"))


def test_first_paint(benchmark: "BenchmarkFixture") -> None:
    """From the first line of a new process to the first paint, ours against an empty window's, in turn.

    Ready is when the case can be typed: rules loaded, every page made and painted.
    """
    empty, ours, ready = [], [], []
    for _ in range(STARTS):
        empty.append(seconds_of(EMPTY))
        ours.append(seconds_of(OURS))
        ready.append(seconds_of(READY))
    benchmark.pedantic(lambda: seconds_of(OURS), rounds=1)
    found = {name: statistics.median(taken) * 1000 for name, taken in (("empty", empty), ("ours", ours))}
    found["ready to type"] = statistics.median(ready) * 1000
    report(benchmark, "first paint, ms", {**found, "ratio": found["ours"] / found["empty"], "aim": 1.5})


def seconds_of(script: str) -> float:
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)
