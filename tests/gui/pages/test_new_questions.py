"""A question that is one row of the pack has its field in the window, by its kind, and is answered there."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import ChosenInput, TypedInput, YesNoInput
from mild_biller.gui.pages.eligibility_page import EligibilityPage
from mild_biller.loader import load_pack
from mild_biller.store.case_file import dump_case, parse_case
from tests.support import TODAY, case
from tests.unit.core.rules.new_questions import ROWS, SHIPPED


@pytest.fixture
def asking(dressed: None, tmp_path: Path) -> Iterator[CaseEditor]:
    """Return a case in work under rules with six more questions."""
    root = tmp_path / "resources"
    shutil.copytree(SHIPPED, root)
    with (root / "questions.toml").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    made = CaseEditor(pack=load_pack(root), clock=lambda: TODAY)
    made.replace(case())
    yield made
    made.deleteLater()


def cells(page: EligibilityPage) -> dict[str, BoundField]:
    return {cell.pointer: cell for cell in page.cells()}


def test_each_is_asked_by_its_kind_and_its_answer_is_stored(asking: CaseEditor, qtbot: QtBot) -> None:
    page = EligibilityPage(asking)
    qtbot.addWidget(page)
    page.show()
    found = cells(page)
    held = found["/answers/anticoagulant_held"].input
    assert isinstance(held, YesNoInput)
    qtbot.keyClick(held, Qt.Key.Key_Y)
    sedation = found["/answers/sedation"].input
    assert isinstance(sedation, ChosenInput)
    assert [sedation.itemText(row) for row in range(sedation.count())][-2:] == ["Local", "Moderate"]
    qtbot.keyClick(sedation, Qt.Key.Key_End)
    for pointer, keys in {
        "/answers/seen_on": "3/1/26",
        "/answers/scores/phq9": "4",
        "/answers/walking_aids": "cane, walking frame",
        "/answers/history": "smoker, once",
    }.items():
        typed = found[pointer].input
        assert isinstance(typed, TypedInput)
        typed.setFocus()
        qtbot.keyClicks(typed, keys)
        qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert {pointer: asking.read(pointer) for pointer in found if pointer in EXPECTED} == EXPECTED
    assert found["/answers/scores/phq9"].field.label == "PHQ-9"
    assert parse_case(dump_case(asking.case), catalog=asking.catalog) == asking.case


EXPECTED = {
    "/answers/anticoagulant_held": True,
    "/answers/sedation": "moderate",
    "/answers/seen_on": date(2026, 3, 1),
    "/answers/scores/phq9": 4,
    "/answers/walking_aids": ("cane", "walking frame"),
    "/answers/history": "smoker, once",
}


def test_an_answer_in_the_file_is_shown(asking: CaseEditor, qtbot: QtBot) -> None:
    page = EligibilityPage(asking)
    qtbot.addWidget(page)
    asking.write("/answers/walking_aids", ("cane", "walker"))
    asking.write("/answers/sedation", "local")
    page.refresh()
    found = cells(page)
    assert found["/answers/walking_aids"].input.text() == "cane, walker"
    assert found["/answers/sedation"].input.currentText() == "Local"
