"""A case that is left leaves nothing behind: in no field, list, tip or page, in sight or not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from mild_biller.errors import CaseFileError
from mild_biller.gui.claim_preview.box_list import HINT
from mild_biller.gui.findings.findings_tree import FindingsTree
from mild_biller.gui.safety.idle import IdleCover
from mild_biller.gui.widgets.pdf_pages import PdfPages
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.store.case_file import parse_case
from tests.corpus import hostile
from tests.gui.traces import Said, traces
from tests.support import BASE, EXAMPLES, PACK, changed, example

pytestmark = pytest.mark.fresh_window
CANARY = re.compile(r"ZQ\d+Q|02/19/1943|08/23/2025|09/04/2025|03/09/2026", re.IGNORECASE)
CLAIM, REQUEST = 4, 5
WRITTEN = "Written anew for ZQ1Q."
WELL_FORMED = {
    "/patient/last": "ZQ1Q",
    "/patient/birth_date": "1943-02-19",
    "/prior_procedures/0/date": "2025-08-23",
    "/answers/conservative_care/0/from": "2025-09-04",
    "/procedure/date_of_service": "2026-03-09",
    "/patient/first": "ZQ2Q",
    "/patient/street": "12 ZQ3Q STREET",
    "/patient/city": "ZQ4Q",
    "/patient/account_number": "ZQ5Q",
    "/patient/record_number": "ZQ6Q",
    "/coverages/0/member_id": "ZQ7Q",
    "/coverages/0/plan_name": "ZQ8Q",
    "/providers/billing/name": "ZQ9Q",
    "/providers/rendering/last": "ZQ10Q",
    "/providers/facility/name": "ZQ11Q",
    "/claim/additional_information": "ZQ12Q",
    "/attachments/0/path": "ZQ13Q.pdf",
    "/authorization": {"decision": "ZQ14Q", "reference": "ZQ15Q"},
    "/denial": {"remark": "ZQ16Q"},
    "/letters": {"medical-necessity": {"request": WRITTEN}},
}


def well_formed() -> dict[str, Any]:
    """Return a case that is covered, with words of its own wherever any word may stand."""
    return changed(example("medicare-advantage-2026"), WELL_FORMED)


def malformed(name: str) -> dict[str, Any]:
    """Return a case with a word of its own instead of every text that the model takes, codes and numbers too."""
    made = example(name)
    for number, pointer in enumerate(_texts(made)):
        other = changed(made, {pointer: f"ZQ{number}Q"})
        if _is_case(other):
            made = other
    return made


def _texts(data: Any, pointer: str = "") -> Iterator[str]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _texts(value, f"{pointer}/{key}")
    if isinstance(data, str):
        yield pointer


def _is_case(data: dict[str, Any]) -> bool:
    try:
        parse_case(json.dumps(data).encode(), catalog=PACK.catalog)
    except CaseFileError:
        return False
    return True


CASES = {
    "well formed": well_formed,
    "a hospital's": lambda: malformed("medicare-hospital-2026"),
    "long lists": lambda: malformed("stress-long-values"),
}


def look_at_everything(window: MainWindow, qtbot: QtBot) -> None:
    """Go through all steps, findings, boxes, the pages of form, packet and letter, and choose a row of each list."""
    request = window.prior_auth
    for step in range(len(window.pages)):
        window.go_to_step(step)
    qtbot.waitUntil(lambda: not request.files.is_working)
    choose_first(request.checklist.tree)
    request.tabs.setCurrentWidget(request.packet)
    qtbot.waitUntil(lambda: has_pages(request.packet.pane.view) or bool(request.packet.said.text))
    request.tabs.setCurrentWidget(request.letters)
    request.letters._look.setChecked(True)
    qtbot.waitUntil(lambda: has_pages(request.letters.pane.view))
    window.panel.enter_payable()
    window.actions_by_name["boxes"].trigger()
    qtbot.waitUntil(lambda: has_pages(window.preview.view) or window.preview.view.isHidden())
    window.preview.boxes.enter()
    choose_first(window.panel.tree)


def choose_first(tree: FindingsTree) -> None:
    """Choose the first row of the first group that has one."""
    model = tree.findings
    groups = [model.index(place, 0) for place in range(model.rowCount())]
    tree.setCurrentIndex(next(model.index(0, 0, each) for each in groups if model.rowCount(each)))


def has_pages(view: PdfPages) -> bool:
    return view.content is not None and view.is_shown


def open_case(window: MainWindow, name: str, folder: Path, qtbot: QtBot) -> None:
    """Open a case that is told by its words, and look at everything."""
    (folder / "ZQ13Q.pdf").write_bytes(hostile.plain(2))
    (folder / "case.json").write_text(json.dumps(CASES[name]()), encoding="utf-8")
    window.case.open(folder / "case.json")
    look_at_everything(window, qtbot)


def found(window: MainWindow) -> list[Said]:
    """Return what still tells of the case that was left, now and not a moment later."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [(where, text) for where, text in traces(window) if CANARY.search(text)]


@pytest.mark.parametrize(
    ("name", "step"), [("well formed", CLAIM), ("well formed", REQUEST), ("a hospital's", CLAIM), ("long lists", 0)]
)
def test_a_new_case_shows_nothing_of_the_one_before(
    window: MainWindow, name: str, step: int, tmp_path: Path, qtbot: QtBot
) -> None:
    open_case(window, name, tmp_path, qtbot)
    window.prior_auth.packet.password.setText("ZQ99Q")
    window.go_to_step(step)
    places = {where.split(",")[0].split()[0] for where, _ in found(window)}
    assert places >= {"BoxModel", "BoxView", "FindingsModel", "TypedInput", "WordsEdit"}
    window.actions_by_name["new"].trigger()
    assert found(window) == []
    look_at_everything(window, qtbot)
    assert found(window) == []


def test_another_case_shows_nothing_of_the_one_before(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_case(window, "well formed", tmp_path, qtbot)
    window.case.open(EXAMPLES / f"{BASE}.json")
    assert found(window) == []
    look_at_everything(window, qtbot)
    assert found(window) == []


@pytest.mark.parametrize("leave", ["new", "close"])
def test_nothing_is_chosen_and_no_page_is_shown_once_a_case_is_left(
    window: MainWindow, leave: str, tmp_path: Path, qtbot: QtBot
) -> None:
    open_case(window, "well formed", tmp_path, qtbot)
    request, preview, panel = window.prior_auth, window.preview, window.panel
    chosen = (panel.tree, preview.boxes.table, request.checklist.tree)
    views = (preview.view, request.packet.pane.view, request.letters.pane.view)
    assert all(each.currentIndex().isValid() for each in chosen)
    assert all(each.content for each in views)
    if leave == "new":
        window.actions_by_name["new"].trigger()
    else:
        window.close()
    assert not any(each.currentIndex().isValid() for each in chosen)
    assert [each.content for each in views] == [None, None, None]
    assert [each.page_count for each in views] == [0, 0, 0]
    assert not any(each.pictures for each in views)
    assert preview.boxes.full.toPlainText() == HINT
    assert panel.details.toPlainText().startswith("Select a finding")
    assert request.checklist.details.toPlainText().startswith("Select an item")
    assert panel.payable.rows == []


def test_a_case_that_is_covered_is_in_no_picture_and_not_in_full(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gone: list[str] = []
    window.case.open(EXAMPLES / "medicare-letter-o.json")
    window.go_to_step(CLAIM)
    qtbot.waitUntil(lambda: has_pages(window.preview.view))
    window.actions_by_name["next"].trigger()
    window.go_to_step(CLAIM)
    monkeypatch.setattr(QToolTip, "hideText", lambda: gone.append("the tip"))
    in_full, entry = window.panel.details.toPlainText(), window.panel.tree.chosen
    cover = IdleCover(window, minutes=0)
    cover.cover()
    assert not window.preview.view.pictures
    assert window.panel.details.toPlainText().startswith("Select a finding")
    assert gone == ["the tip"]
    cover.uncover()
    qtbot.waitUntil(lambda: has_pages(window.preview.view))
    assert window.preview.view.pictures
    assert (window.panel.details.toPlainText(), window.panel.tree.chosen) == (in_full, entry)


def test_a_tip_of_the_case_that_is_left_goes_with_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    monkeypatch.setattr(QToolTip, "hideText", lambda: gone.append("the tip"))
    window.actions_by_name["new"].trigger()
    assert gone == ["the tip"]
