"""What a policy may ask about a case: one question, the key of its answer, and whose criterion it serves."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.days import iso_date
from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import keys_of, kinds_at, read
from mild_biller.core.rules.source import FactIds, Text, Words


class QuestionKind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    LIST = "list"


_WANTED: Final[Mapping[QuestionKind, tuple[str, tuple[type, ...]]]] = {
    QuestionKind.YES_NO: ("true or false", (bool,)),
    QuestionKind.CHOICE: ("text in quotes", (str,)),
    QuestionKind.NUMBER: ("a whole number, or a number in quotes,", (int, str)),
    QuestionKind.DATE: ("a date in quotes, YYYY-MM-DD,", (str, date)),
    QuestionKind.TEXT: ("text in quotes", (str,)),
    QuestionKind.LIST: ("a list of texts in quotes", (list, tuple)),
}


class Question(Model):
    """One question; `path` is the JSON pointer of its answer in the case file, where none is given `/answers/<id>`.

    `label` is the question in a word or two, for where there is no room for its text; `said` is a yes as a letter
    quotes it.
    """

    id: Text
    path: Annotated[str, Field(pattern=r"^(/[a-z0-9_]+)+$")]
    kind: Annotated[QuestionKind, BeforeValidator(lambda value: QuestionKind(value))]
    text: Text
    label: str | None = None
    said: Text | None = None
    asked_by: Text
    choices: Words = ()
    unit: str | None = None
    facts: FactIds = ()

    @model_validator(mode="before")
    @classmethod
    def _by_its_id(cls, row: Any) -> Any:
        if isinstance(row, dict) and "path" not in row:
            return {**row, "path": f"/answers/{row.get('id')}"}
        return row

    @model_validator(mode="after")
    def _has_its_choices(self) -> Self:
        if (self.kind is QuestionKind.CHOICE) is not bool(self.choices):
            raise ValueError("a choice has choices, and nothing else has")
        return self

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        try:
            kinds_at(self.path)
        except LookupError as error:
            raise ValueError(f"path: {error.args[0]}") from error
        return self

    @property
    def is_score(self) -> bool:
        """Return True if the answer is one of the scores before the procedure."""
        return self.path.startswith("/answers/scores/")

    @property
    def is_answer(self) -> bool:
        """Return True if the answer is among the answers themselves: no score, no fact of another part."""
        return keys_of(self.path)[:-1] == ("answers",)

    def misfit(self, value: Any) -> str | None:
        """Say what a value of a case file lacks to be an answer, None where it is one."""
        wanted, kinds = _WANTED[self.kind]
        if not isinstance(value, kinds) or (isinstance(value, bool) is not (self.kind is QuestionKind.YES_NO)):
            return f"wrong type; {wanted} belongs here"
        if isinstance(value, list | tuple) and not all(isinstance(each, str) for each in value):
            return f"wrong type; {wanted} belongs here"
        if self.kind is QuestionKind.CHOICE and value not in self.choices:
            return f"not one of {', '.join(self.choices)}"
        return _no_day(value) if self.kind is QuestionKind.DATE and isinstance(value, str) else None

    def answer(self, case: Case) -> Any:
        """Return the answer in the case, None where it is unknown."""
        value = read(case, self.path)
        return number(value) if value is not None and self.kind is QuestionKind.NUMBER else value


def _no_day(value: str) -> str | None:
    try:
        iso_date(value)
    except ValueError as error:
        return str(error)
    return None


def number(value: int | str) -> Decimal | None:
    """Return a typed number, None when it is none."""
    try:
        parsed = Decimal(str(value))
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() else None


Questions = Mapping[str, Question]
