"""Help says what each step is for, which rules are in force, every action with its shortcut, and every license."""

import re
import tomllib
from datetime import date

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mild_biller import loader
from mild_biller.core.rules.policy import in_force
from mild_biller.gui.commands.file_commands import EXAMPLES
from mild_biller.gui.commands.help_menu import HelpPage
from mild_biller.gui.widgets.menus import plain
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.paths import resources
from mild_biller.presentation import help_text
from mild_biller.presentation.typed_text import shown_day
from mild_biller.store.case_file import open_case
from tests.gui.helpers import Answering
from tests.support import EXAMPLES as FOLDER
from tests.support import ROOT, TODAY


def page(window: MainWindow, name: str, answering: Answering, qtbot: QtBot) -> str:
    calls = answering("show_page", None)
    window.actions_by_name[name].trigger()
    ((_, shown),) = calls
    assert isinstance(shown, HelpPage)
    assert shown.accessibleName()
    qtbot.addWidget(shown)
    return shown.toPlainText()


def test_every_step_is_explained(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "steps", answering, qtbot)
    for number, each in enumerate(window.pages, start=1):
        assert f"{number} {each.title}" in text


def test_the_steps_are_shown_in_a_picture(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    calls = answering("show_page", None)
    window.actions_by_name["steps"].trigger()
    ((_, shown),) = calls
    assert isinstance(shown, HelpPage)
    qtbot.addWidget(shown)
    picture = re.search(r"src=['\"]([^'\"]+\.png)", shown.toHtml())
    assert picture
    assert not QImage(QUrl(picture[1]).toLocalFile()).isNull()


def test_every_version_of_every_policy_is_listed(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "rules", answering, qtbot)
    catalog = loader.catalog()
    for policy in catalog.policies:
        assert policy.title in text
        assert shown_day(policy.effective_from) in text
        assert shown_day(policy.compared_on) in text
        assert catalog.source[policy.source].title in text
    assert "(12/07/2016)" in text  # the day of a memo
    assert "(01/2026)" in text  # the month of a guide
    assert not re.search(r"\b\d{4}-\d{2}\b", text)
    lines = text.split("\n")
    folders = {file.parent for file in resources().glob("policies/*/*.toml") if date.fromisoformat(file.stem) <= TODAY}
    assert sum(line.startswith(help_text.IN_FORCE) for line in lines) == len(folders)


def test_a_stale_copy_and_one_to_come_say_so() -> None:
    catalog = loader.catalog()
    late = help_text.rules_page(catalog, today=date(2040, 1, 1))
    assert late.count("review was due") == sum(
        policy is in_force(catalog.versions[policy.id], on=date(2040, 1, 1)) and policy.next_review is not None
        for policy in catalog.policies
    )
    assert help_text.AHEAD in help_text.rules_page(catalog, today=date(2012, 1, 1))


def test_every_action_is_listed(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "shortcuts", answering, qtbot)
    for action in window.actions_by_name.values():
        assert plain(action.text()) in text


def test_the_keys_named_are_the_keys_of_the_menus(window: MainWindow) -> None:
    keys = {action.shortcut().toString() for action in window.actions_by_name.values()}
    said = " ".join((help_text.BESIDE, *help_text.STEPS.values(), *help_text.AROUND.values()))
    named = set(re.findall(r"\b(?:F\d+|Ctrl\+(?:Shift\+)?(?:\w|[,/]))", said))
    assert {"F2", "F7", "F8", "Ctrl+F", "Ctrl+Shift+O"} <= named
    assert named <= keys


def test_what_stands_around_the_steps_is_explained(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "steps", answering, qtbot)
    for said in ("t-7", "work folder", "address book", "charge list", "ring", "UB-04", "arrow"):
        assert said in text


def test_keys_of_no_menu_are_listed(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "shortcuts", answering, qtbot)
    for keys in ("Y, N, Delete", "L, R, B, Delete", "Alt+Up, Alt+Down"):
        assert keys in text


def test_every_library_has_its_license(window: MainWindow, answering: Answering, qtbot: QtBot) -> None:
    text = page(window, "about", answering, qtbot).lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for needed in (*project["dependencies"], "liberation", "qt", "qpdf", "pdfium", "python"):
        assert re.split(r"[><=~\[ ]", needed)[0].lower() in text
    assert "lgpl-3.0" in text
    assert "no guarantee" in text


@pytest.mark.fresh_window
def test_the_first_start_offers_examples_to_explore(window: MainWindow) -> None:
    for name in EXAMPLES:
        open_case(FOLDER / name, catalog=window.case.catalog)  # raises for one that cannot be read
    assert window._examples.isVisible()
    window._examples.setCurrentIndex(1)
    window._example.click()
    assert window.case.review.errors
    assert not window._examples.isVisible()
    assert window.case.path is None
