"""The field a question of the pack is answered in: by its kind, and by what the case can hold there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from mild_biller.core.case.pointer import keys_of, kinds_at
from mild_biller.core.rules.question import Question, QuestionKind
from mild_biller.presentation.field import Asked, Choice, Field, chosen, yes_no
from mild_biller.presentation.typed_text import AMOUNT, LISTED, PAST_DAY, SCORE, TEXT, WHOLE, TextKind, shown_days

_TYPED: Final[Mapping[QuestionKind, tuple[TextKind, int]]] = {
    QuestionKind.DATE: (PAST_DAY, 12),
    QuestionKind.TEXT: (TEXT, 40),
    QuestionKind.LIST: (LISTED, 40),
}


def question_field(question: Question) -> Field:
    """Return the field a question is answered in."""
    key, kinds = keys_of(question.path)[-1], kinds_at(question.path)
    unit = f" ({question.unit})" if question.unit else ""
    label = shown_days(f"{question.text}{unit}")
    if question.kind is QuestionKind.YES_NO:
        return yes_no(key, label)
    if question.kind is QuestionKind.CHOICE:
        return _of_choices(question, key, label, kinds)
    kind, width = _TYPED.get(question.kind) or (_number(kinds), 12)
    return Field(key, label, kind, width=width)


def score_field(question: Question) -> Field:
    """Return the small field of a score."""
    return Field(keys_of(question.path)[-1], question.label or question.text, SCORE, width=7)


def _of_choices(question: Question, key: str, label: str, kinds: tuple[Any, ...]) -> Field:
    """Return a list to choose from; the words of a closed list of the case are shown as everywhere."""
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return chosen(key, label, kind)
    words = tuple(Choice(word, word.replace("-", " ").capitalize()) for word in question.choices)
    return Field(key, label, asked=Asked.CHOSEN, choices=words)


def _number(kinds: tuple[Any, ...]) -> TextKind:
    if kinds == (int,):
        return WHOLE
    return SCORE if int in kinds else AMOUNT
