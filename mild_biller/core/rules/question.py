"""What a policy may ask about a case: one question, where its answer lies, and whose criterion it serves."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case
from mild_biller.core.rules.source import FactIds, Text, Words


class QuestionKind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"


class Question(Model):
    """One question; `path` is the JSON pointer of its answer in the case file."""

    id: Text
    path: Annotated[str, Field(pattern=r"^(/[a-z_]+)+$")]
    kind: Annotated[QuestionKind, BeforeValidator(lambda value: QuestionKind(value))]
    text: Text
    asked_by: Text
    choices: Words = ()
    unit: str | None = None
    facts: FactIds = ()

    def answer(self, case: Case) -> Any:
        """Return the answer in the case, None where it is unknown."""
        value: Any = case
        for name in self.path.split("/")[1:]:
            value = getattr(value, name, None)
            if value is None:
                return None
        return number(value) if self.kind is QuestionKind.NUMBER else value


def number(value: int | str) -> Decimal | None:
    """Return a typed number, None when it is none."""
    try:
        parsed = Decimal(str(value))
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() else None


Questions = Mapping[str, Question]
