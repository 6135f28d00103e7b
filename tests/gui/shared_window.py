"""One window for all tests of a module: a test gets it as it is made, and leaves it so."""

from collections.abc import Callable
from difflib import unified_diff
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.style.focus_ring import RingFrame
from mild_biller.gui.window.main_window import HEIGHT, WIDTH, MainWindow
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.settings import Settings
from mild_biller.store.address_book import Book
from tests.gui.waiting import active
from tests.support import TODAY

ACROSS: Final = Qt.Orientation.Horizontal
SIGNALS: Final = ("changed", "opened", "saved", "faults_changed")  # to the others listen rows that are made late


def make_editor() -> CaseEditor:
    """Return an editor of the shipped rules, on a day that stands still."""
    return CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)


def make_window(editor: CaseEditor) -> MainWindow:
    """Return a window on an empty case, in front."""
    made = MainWindow(editor, settings=Settings())
    made.show()
    active(made)
    return made


class SharedWindow:
    """Lends its window to one test after another."""

    def __init__(self, prepare: Callable[[MainWindow], object] = lambda _: None) -> None:
        self._prepare = prepare
        self._window: MainWindow | None = None
        self._as_made: list[str] = []

    def lend(self) -> MainWindow:
        """Return the window, in front and as it is made."""
        if self._window is None:
            self._window = make_window(make_editor())
            self._prepare(self._window)
            put_back(self._window)
            self._as_made = state(self._window)
        active(self._window)
        return self._window

    def take_back(self) -> list[str]:
        """Put the window back, and return what is not as it was made."""
        assert self._window is not None
        put_back(self._window)
        return [*unified_diff(self._as_made, state(self._window), "as made", "as left", lineterm="", n=0)]

    def throw_away(self) -> None:
        """Do without the window; the next test gets another."""
        if self._window is not None:
            self._window.case.replace(Case())
            self._window.close()
            self._window.case.deleteLater()
            self._window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._window = None


def put_back(window: MainWindow) -> None:
    """Make a window one on an empty case, with nothing chosen."""
    window.setFocus()  # first: a field that is left says what it lacks
    window.case.clock = lambda: TODAY
    window.case.blank = Case()
    window.case.replace(Case())
    window.books.replace(Book())
    window.books.set_charges(())
    window.preview.use(Settings())
    window.preview.mode = PrintMode.WITH_FORM
    window.preview.fit()
    page = window.prior_auth
    page.packet.stop()
    page.packet.password.clear()
    page.letters.kind = next(iter(LetterKind))
    page.tabs.setCurrentIndex(0)
    if window.panel.isHidden():
        window.actions_by_name["alone"].trigger()
    window.worklist.use("")
    if window.worklist.pane is not None:
        window.worklist.pane.search.clear()
    window.news.say("")
    window.statusBar().clearMessage()
    window.show()
    window.resize(WIDTH, HEIGHT)
    window.go_to_step(0)
    window.panel.payable.look()
    QGuiApplication.clipboard().clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    for timer in window.findChildren(QTimer):  # what is due is due for a case that is gone
        if timer.isSingleShot():
            timer.stop()


def state(window: MainWindow) -> list[str]:
    """Return what can be seen of a window, and what hangs on it, a line each."""
    case = window.case
    shown = [each for each in (window, *window.findChildren(QWidget)) if each.isVisible()]
    beside = sorted(type(each).__name__ for each in window.children() if not isinstance(each, QAction | RingFrame))
    above = sorted(type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible())
    beside_each_other = [each for each in window.findChildren(QSplitter) if each.orientation() is ACROSS]
    sizes = [[size for size in each.sizes() if size] for each in beside_each_other if each.isVisible()]
    return [
        f"case: {case.case!r} {case.path} {case.unread} {case.is_changed} {case.calendar}",
        f"undo: {case.can_undo} {case.can_redo}",
        f"listeners: {[(name, case.receivers(f'2{name}()')) for name in SIGNALS]}",
        f"work folder: {window.worklist.folder} {window.commands.home}",
        f"beside it: {beside}",
        f"above: {above}",
        f"sizes: {window.size().toTuple()} {sizes}",
        *(line for each in shown if (line := said(each))),
    ]


def said(widget: QWidget) -> str:
    """Return what a widget says, to whoever sees it and to whoever does not; nothing where it says nothing."""
    words = [widget.property(name) for name in ("text", "plainText", "currentText", "checked")]
    spoken = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    if not any([*words, *spoken]):
        return ""
    able = ("on" if widget.isEnabled() else "off") + (", in work" if widget.hasFocus() else "")
    return f"{type(widget).__name__} {words} {spoken} {able}"
