"""What a denial most likely means here: resubmit the claim, correct it, or appeal it, and until when."""

from typing import Annotated

from pydantic import Field

from mild_biller.core.case.model import Denial
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.rules.finding import Topic
from mild_biller.core.rules.policy import word, words
from mild_biller.core.rules.source import Cited, Text, Words


class DenialMeaning(Cited):
    """A set of remittance codes and what they mean for this procedure; every code of `carc` and `rarc` must be there.

    `look_at` is the JSON pointer of what to change; `resubmits` means a new claim and no appeal.
    """

    id: Text
    topic: Annotated[Topic, word(Topic)]
    carc: Words = ()
    rarc: Words = ()
    look_at: Annotated[str, Field(pattern=r"^(/[a-z0-9_]+)+$")]
    resubmits: bool = False

    def matches(self, denial: Denial) -> bool:
        """Return True if the denial shows all of these codes."""
        return set(self.carc) <= set(denial.carc or ()) and set(self.rarc) <= set(denial.rarc or ())


class AppealRule(Cited):
    """A level of appeal of some kinds of plan; `days` run from the denial's date plus `presumed_receipt` days."""

    id: Text
    level: Text
    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)]
    days: int | None = None
    presumed_receipt: Annotated[int, Field(ge=0)] = 0
