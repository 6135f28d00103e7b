"""Undo and redo as earlier cases."""

from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import write
from mild_biller.presentation.history import MOST_STEPS, History


def test_edits_of_one_field_are_one_step() -> None:
    history = History(Case())
    for text in ("A", "AL", "ALM"):
        history.record(write(history.case, "/patient/first", text), "/patient/first")
    history.record(write(history.case, "/patient/last", "T"), "/patient/last")
    assert history.undo() == "/patient/last"
    assert history.case == write(Case(), "/patient/first", "ALM")
    assert history.undo() == "/patient/first"
    assert history.case == Case()
    assert not history.can_undo
    assert history.redo() == "/patient/first"
    assert history.redo() == "/patient/last"
    assert not history.can_redo


def test_a_field_that_was_left_begins_a_new_step() -> None:
    history = History(Case())
    history.record(write(Case(), "/patient/first", "A"), "/patient/first")
    history.seal()
    history.record(write(Case(), "/patient/first", "B"), "/patient/first")
    history.undo()
    assert history.case == write(Case(), "/patient/first", "A")


def test_typing_after_undo_forgets_what_was_undone() -> None:
    history = History(Case())
    history.record(write(Case(), "/patient/first", "A"), "/patient/first")
    history.undo()
    history.record(write(Case(), "/patient/first", "B"), "/patient/first")
    assert not history.can_redo
    history.undo()
    assert history.case == Case()


def test_very_old_steps_are_forgotten() -> None:
    history = History(Case())
    for number in range(MOST_STEPS + 50):
        history.record(write(Case(), "/id", str(number)), f"/{number}")
    steps = 0
    while history.can_undo:
        history.undo()
        steps += 1
    assert steps == MOST_STEPS - 1
