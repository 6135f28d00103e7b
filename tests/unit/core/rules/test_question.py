"""Questions: where their answer lies, and what counts as one."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from mild_biller.core.rules.question import Question, QuestionKind, number
from tests.support import PACK, case

ODI = {"id": "odi", "path": "/answers/scores/odi", "kind": "number", "text": "Odi?", "asked_by": "packet"}


def ask(id_: str, changes: dict[str, object] | None = None) -> object:
    return PACK.catalog.question[id_].answer(case(changes=changes or {}))


def test_an_answer_of_each_kind() -> None:
    assert ask("neurogenic_claudication") is True
    assert ask("imaging_kind") == "mri"
    assert ask("ligamentum_flavum_mm") == Decimal("4.1")
    assert ask("odi") == Decimal(52)
    assert str(ask("imaging_date")) == "2026-01-10"
    assert len(ask("prior_procedures")) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/answers", "/answers/scores", "/answers/scores/odi"])
def test_an_answer_nobody_gave(path: str) -> None:
    assert ask("odi", {path: None}) is None


def test_an_answer_that_is_no_number() -> None:
    assert ask("ligamentum_flavum_mm", {"/answers/ligamentum_flavum_mm": "thick"}) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (52, "52"),
        ("4.1", "4.1"),
        ("-1", "-1"),
        ("", None),
        ("x", None),
        ("NaN", None),
        ("Infinity", None),
        ("sNaN", None),
    ],
)
def test_number(typed: int | str, value: str | None) -> None:
    assert number(typed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "change", [{"path": "answers"}, {"path": "/answers/Odi"}, {"kind": "essay"}, {"id": ""}, {"color": "red"}]
)
def test_a_question_off_the_mark_is_refused(change: dict[str, str]) -> None:
    assert Question.model_validate(ODI).kind is QuestionKind.NUMBER
    with pytest.raises(ValidationError):
        Question.model_validate({**ODI, **change})


def test_every_question_finds_its_place_in_a_case() -> None:
    for question in PACK.catalog.questions:
        place: object = case()
        for part in question.path.split("/")[1:]:
            assert part in type(place).model_fields, question.path  # type: ignore[attr-defined]
            place = getattr(place, part)
            if place is None:
                break


@pytest.mark.parametrize(
    ("path", "is_answer"),
    [("/answers/imaging_kind", True), ("/answers/scores/odi", False), ("/procedure/region", False)],
)
def test_an_answer_is_no_score_and_no_fact_of_another_part(path: str, is_answer: bool) -> None:
    assert Question.model_validate(ODI | {"path": path}).is_answer is is_answer
