"""The case open in the window: what it was opened from, saving over it, and somebody else's save in between."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from mild_biller.core.case.model import Case
from mild_biller.gui import dialogs
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.store.library import CaseConflict, CaseRef
from tests.gui.helpers import Answering
from tests.support import example_file

MIDDLE = "/patient/middle"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "case.json"
    made.write_bytes(example_file("medicare-asc-2026").read_bytes())
    return made


def by_somebody_else(path: Path, middle: str) -> None:
    path.write_text(path.read_text().replace('"middle": "Q"', f'"middle": "{middle}"'))


def test_a_case_has_a_home_once_it_is_opened_or_saved(editor: OpenCase, path: Path, tmp_path: Path) -> None:
    assert (editor.ref, editor.name, editor.folder) == (None, "", None)
    editor.open(str(path))
    assert editor.ref == editor.library.open(str(path)).ref
    assert (editor.name, editor.folder) == ("case.json", tmp_path)
    editor.save(str(tmp_path / "other.json"))
    assert editor.ref == editor.library.open(str(tmp_path / "other.json")).ref
    editor.replace(Case())
    assert editor.ref is None


def test_a_save_over_somebody_else_s_is_refused_until_it_says_over_what(editor: OpenCase, path: Path) -> None:
    editor.open(str(path))
    editor.write(MIDDLE, "R")
    by_somebody_else(path, "S")
    theirs = path.read_bytes()
    assert editor.is_changed_elsewhere()
    with pytest.raises(CaseConflict) as refused:
        editor.save(str(path))
    assert path.read_bytes() == theirs
    assert editor.is_changed
    editor.save(str(path), over=refused.value.there)
    assert editor.library.open(str(path)).case == editor.case
    assert not editor.is_changed
    assert not editor.is_changed_elsewhere()


def test_a_save_over_a_conflict_that_has_passed_is_one_more_conflict(editor: OpenCase, path: Path) -> None:
    editor.open(str(path))
    by_somebody_else(path, "S")
    with pytest.raises(CaseConflict) as refused:
        editor.save(str(path))
    path.write_text(path.read_text().replace('"S"', '"T"'))
    with pytest.raises(CaseConflict):
        editor.save(str(path), over=refused.value.there)
    assert '"middle": "T"' in path.read_text()


@pytest.mark.parametrize("goes_on", [False, True], ids=["keep theirs", "keep mine"])
def test_somebody_is_asked_before_it_is_written_over(
    window: MainWindow, path: Path, answering: Answering, goes_on: bool
) -> None:
    window.case.open(str(path))
    window.case.write(MIDDLE, "R")
    by_somebody_else(path, "S")
    asked = answering("confirm", goes_on)
    assert window.commands.save() is goes_on
    assert len(asked) == 1
    assert ('"middle": "R"' in path.read_text()) is goes_on


def test_somebody_is_asked_again_for_a_save_during_the_question(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.case.open(str(path))
    window.case.write(MIDDLE, "R")
    by_somebody_else(path, "S")
    asked: list[str] = []

    def confirm(_: QWidget, question: str, **__: object) -> bool:
        asked.append(question)
        path.write_text(path.read_text().replace('"middle": "S"', '"middle": "T"'))
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    assert window.commands.save()
    assert asked == ["Save over the changed file?"] * 2
    assert '"middle": "R"' in path.read_text()


def test_a_draft_knows_over_what_it_is_saved(editor: OpenCase, path: Path) -> None:
    editor.open(str(path))
    draft = editor.case
    ref = editor.ref
    assert ref is not None
    by_somebody_else(path, "S")
    editor.recover(draft, ref=ref, unread={})
    assert editor.is_changed_elsewhere()
    editor.recover(draft, ref=CaseRef(ref.id), unread={})  # a draft of version 0.1.0 does not say
    assert editor.ref == CaseRef(ref.id, editor.library.version(ref.id))
