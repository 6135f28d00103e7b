"""The ring goes where the cursor goes and stays around it, whatever becomes of the widget that has it."""

import weakref
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFocusFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTabBar,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mild_biller.appearance import Appearance
from mild_biller.gui import app
from mild_biller.gui.books.table_forms import ChargeForm
from mild_biller.gui.commands.book_commands import offers
from mild_biller.gui.dialogs import show_page
from mild_biller.gui.findings.findings_tree import FindingsTree
from mild_biller.gui.settings.settings_form import SettingsForm
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Settings
from mild_biller.store.charge_list import Charge
from tests.gui.helpers import Answering
from tests.gui.sight import RING, changed, contrast, reached
from tests.gui.waiting import active, settled
from tests.support import example_file


@pytest.fixture
def column(dressed: None, qtbot: QtBot) -> QWidget:
    """A window with a line and a button, one above the other."""
    holder = QWidget()
    qtbot.addWidget(holder)
    inside = QVBoxLayout(holder)
    for widget in (QLineEdit(), QPushButton("Go")):
        inside.addWidget(widget)
    shown(holder)
    return holder


def shown(window: QWidget) -> None:
    window.show()
    active(window)


def rings(window: QWidget) -> list[QFocusFrame]:
    """Return what is drawn around anything in a window."""
    return [each for each in window.findChildren(QFocusFrame) if each.isVisible()]


def around(window: QWidget) -> QRect:
    """Return where the one ring is in a window."""
    (ring,) = rings(window)
    return QRect(ring.mapTo(window, QPoint()), ring.size())


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def test_there_is_one_ring_and_it_follows_the_cursor(column: QWidget) -> None:
    line, button = column.findChild(QLineEdit), column.findChild(QPushButton)
    for widget in (line, button, line):
        widget.setFocus()
        assert around(column) == place(widget)


def test_it_stays_around_what_changes_its_size(column: QWidget) -> None:
    line = column.findChild(QLineEdit)
    line.setFocus()
    column.resize(700, 300)
    QApplication.processEvents()
    assert line.width() > 600
    assert around(column) == place(line)


@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox])
def test_it_goes_around_what_bears_its_mark_at_the_edge(
    column: QWidget, kind: type[QRadioButton] | type[QCheckBox]
) -> None:
    layout = column.layout()
    assert isinstance(layout, QVBoxLayout)
    answer = kind("Yes")
    layout.insertWidget(0, answer)
    QApplication.processEvents()
    answer.setFocus()
    assert around(column) == place(answer).adjusted(-3, -2, 3, 2)
    column.resize(500, 500)  # it moves and grows
    QApplication.processEvents()
    assert around(column) == place(answer).adjusted(-3, -2, 3, 2)


def test_it_goes_away_with_what_is_hidden_or_deleted(column: QWidget, qtbot: QtBot) -> None:
    line, button = column.findChild(QLineEdit), column.findChild(QPushButton)
    button.setFocus()
    button.hide()
    assert around(column) == place(line)
    line.deleteLater()
    qtbot.waitUntil(lambda: not rings(column))
    answer = QRadioButton("No", column)
    answer.show()
    answer.setFocus()
    assert len(rings(column)) == 1
    answer.deleteLater()
    qtbot.waitUntil(lambda: not column.findChildren(QFocusFrame))


@pytest.mark.parametrize("kind", [QTextBrowser, QLineEdit])
def test_it_keeps_nothing_that_was_closed(column: QWidget, kind: type[QWidget]) -> None:
    """What it kept would be deleted along with it while it is deleted itself, and end the program."""
    page = kind()
    show_page(column, "A page", closing_soon(page))
    gone = weakref.ref(page)
    del page
    assert gone() is None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def closing_soon(page: QWidget) -> QWidget:
    """Let the dialog that will hold a page be closed once the page has the ring."""
    QTimer.singleShot(50, lambda: QApplication.activeModalWidget().close())
    return page


def test_it_is_no_part_of_a_splitter_and_takes_no_click(dressed: None, qtbot: QtBot) -> None:
    split, tree = QSplitter(), QTreeWidget()
    split.addWidget(tree)
    split.addWidget(QRadioButton("In a splitter"))
    qtbot.addWidget(split)
    shown(split)
    for place_of, widget in enumerate((tree, split.widget(1))):
        widget.setFocus()
        assert len(rings(split)) == 1
        assert split.count() == 2
        assert split.indexOf(widget) == place_of
    pressed = QPushButton("Press")
    split.addWidget(pressed)
    pressed.setFocus()
    with qtbot.waitSignal(pressed.clicked):
        QTest.mouseClick(split.window().windowHandle(), Qt.MouseButton.LeftButton, pos=place(pressed).center())


@pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_list_that_is_open_shows_its_choice_itself(column: QWidget, qtbot: QtBot) -> None:
    offered = QComboBox()
    offered.addItems(["one", "two"])
    layout = column.layout()
    assert layout is not None
    layout.addWidget(offered)
    QApplication.processEvents()
    offered.setFocus()
    assert around(column) == place(offered)
    offered.showPopup()
    qtbot.waitUntil(lambda: not rings(column))
    offered.hidePopup()
    qtbot.waitUntil(lambda: bool(rings(column)))
    assert around(column) == place(offered)


def test_of_tabs_the_one_in_front_has_it(dressed: None, qtbot: QtBot) -> None:
    tabs = QTabWidget()
    for name in ("One", "Two"):
        tabs.addTab(QWidget(), name)
    qtbot.addWidget(tabs)
    shown(tabs)
    bar = tabs.tabBar()
    bar.setFocus()
    ink = bar.palette().highlight().color()

    def ringed(index: int) -> bool:
        rect, image = bar.tabRect(index), bar.grab().toImage()
        return any(contrast(image.pixelColor(rect.center().x(), rect.top() + y), ink) < 1.2 for y in range(4))

    assert (ringed(0), ringed(1)) == (True, False)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert (ringed(0), ringed(1)) == (False, True)


def test_every_application_has_one_keeper(dressed: None) -> None:
    application = app.make_application()
    app.make_application()
    assert len([each for each in application.children() if type(each).__name__ == "FocusRing"]) == 1


def test_the_chosen_row_of_the_findings_is_seen_on_a_title_too(window: MainWindow) -> None:
    window.case.open(example_file("stress-long-values"))
    tree: FindingsTree = window.panel.tree
    tree.setFocus()
    ink = tree.palette().highlight().color()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down):  # a title, and the finding below it
        QTest.keyClick(tree, key)
        QApplication.processEvents()
        row = tree.visualRect(tree.currentIndex())
        image = tree.viewport().grab(row).toImage()
        assert is_lined(image, ink)
        window.steps.setFocus()  # there is one place where the keys go
        QApplication.processEvents()
        assert not is_lined(tree.viewport().grab(row).toImage(), ink)
        tree.setFocus()


def is_lined(image: QImage, ink: QColor) -> bool:
    """Tell whether a line of a color runs along the top of a row."""
    return any(contrast(image.pixelColor(image.width() // 2, y), ink) < 1.2 for y in range(6))


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_whatever_takes_the_keys_in_a_step_has_it(window: MainWindow, appearance: Appearance) -> None:
    application = app.make_application()
    dress(application, Settings(appearance=appearance))
    window.case.open(example_file("medicare-advantage-2026"))
    for step in range(len(window.pages)):
        window.go_to_step(step)
        tabs = window.prior_auth.tabs
        for part in range(tabs.count()) if step == 5 else [0]:
            tabs.setCurrentIndex(part)
            settled(window)
            assert_all_are_ringed(window)
    dress(application, Settings())


def test_whatever_takes_the_keys_in_a_dialog_has_it(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    window.case.open(example_file("medicare-asc-2026"))
    window.books.set_charges([Charge("62330", "", date(2026, 1, 1), "4600.00")])
    asked = answering("show_form", False)
    for action in ("book", "charges", "calibrate", "compare", "steps"):
        if action == "compare":
            asked = answering("show_page", None)
        window.actions_by_name[action].trigger()
        inside = asked.pop()[1]
        assert isinstance(inside, QWidget)
        assert_all_are_ringed(dialog(inside, qtbot))


def test_whatever_takes_the_keys_in_the_settings_has_it(window: MainWindow, qtbot: QtBot) -> None:
    form = SettingsForm(Settings(), offers=offers(window.books, window.case))
    assert_all_are_ringed(dialog(form, qtbot))


def test_the_cell_that_a_key_types_into_is_the_one_marked(qtbot: QtBot) -> None:
    form = ChargeForm([Charge("62330", "", date(2026, 1, 1), "4600.00"), Charge("62331", "", date(2026, 1, 1), "1.00")])
    qtbot.addWidget(form)
    form.show()
    form.grid.setCurrentCell(1, 2)
    assert [(index.row(), index.column()) for index in form.grid.selectedIndexes()] == [(1, 2)]
    form.remove()
    assert [each.code for each in form.charges()] == ["62330"]


def dialog(inside: QWidget, qtbot: QtBot) -> QDialog:
    """Show a form as a dialog does, with its buttons."""
    made = QDialog()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(inside)
    column.addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Ok))
    shown(made)
    return made


def assert_all_are_ringed(window: QWidget) -> None:
    """Put the cursor on each control: something changes there that an eye can see."""
    controls = [each for each in reached(window) if each.isEnabled()]
    assert len(controls) > 1
    for control in controls:
        other = next(each for each in controls if each is not control)
        other.setFocus()
        before = strip(control)
        control.setFocus()
        assert QApplication.focusWidget() is control
        assert around(window).intersects(place(control))
        assert changed(before, strip(control)) >= RING, control.accessibleName()


def strip(widget: QWidget) -> QImage:
    """Photograph the left end of a widget and a little around it, of a bar the tab in front."""
    QApplication.processEvents()
    holder = widget.parentWidget() or widget
    start = widget.tabRect(widget.currentIndex()).left() if isinstance(widget, QTabBar) else 0
    end = QRect(widget.x() + start - 4, widget.y() - 4, 120, 60)
    return holder.grab(widget.geometry().adjusted(-4, -4, 4, 4) & holder.rect() & end).toImage()
