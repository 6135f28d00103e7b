"""Answers against the questions of the pack: which keys there are, what answers them, and days read as days.

The keys the case has a field for are checked by the field; here only whether the pack asks them at all.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mild_biller.core.case.days import iso_date
from mild_biller.core.case.model import Answers, Case, Scores
from mild_biller.core.case.pointer import fields_of, pointer_to, read, write
from mild_biller.core.rules.question import Question, QuestionKind, Questions

_HOLDERS = {("answers",): Answers, ("answers", "scores"): Scores}
_WORDS = (QuestionKind.CHOICE, QuestionKind.DATE)
UNKNOWN = "unknown key; correct its name or remove it"


def refused(data: Mapping[str, Any], questions: Questions) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each answer of a case file that no question takes: its keys from the top, and why."""
    for keys, asked, value in _given(data, questions):
        if asked is None:
            yield keys, UNKNOWN
        elif value is not None and not _has_field(keys):
            misfit = asked.misfit(value)
            if misfit is not None:
                yield keys, misfit


def words_of(data: Mapping[str, Any], questions: Questions) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield where a word of a list, or a day, answers a question the case has no field for, with the list."""
    for keys, asked, _ in _given(data, questions):
        if asked is not None and asked.kind in _WORDS and not _has_field(keys):
            yield keys, asked.choices


def dated(case: Case, questions: Questions) -> Case:
    """Return the case with the days that are answers as days: a file has them as text."""
    for question in questions.values():
        answer = read(case, question.path) if question.kind is QuestionKind.DATE else None
        if isinstance(answer, str):
            case = write(case, question.path, iso_date(answer))
    return case


def _has_field(keys: tuple[str, ...]) -> bool:
    return keys[-1] in fields_of(_HOLDERS[keys[:-1]])


def _given(data: Mapping[str, Any], questions: Questions) -> Iterator[tuple[tuple[str, ...], Question | None, Any]]:
    """Yield every answer of a case file with its question, None where nobody asks it."""
    asked = {question.path: question for question in questions.values()}
    for holder in _HOLDERS:
        place: Any = data
        for key in holder:
            place = place.get(key) if isinstance(place, dict) else None
        for key, value in place.items() if isinstance(place, dict) else ():
            keys = (*holder, key)
            if keys not in _HOLDERS:
                yield keys, asked.get(pointer_to(keys)), value
