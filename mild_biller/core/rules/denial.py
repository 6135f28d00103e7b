"""What a denial most likely means here: resubmit the claim, correct it, or appeal it, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from mild_biller.core.case.denial import Denial, is_remark
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.rules.finding import Severity, Topic
from mild_biller.core.rules.policy import word, words
from mild_biller.core.rules.source import Cited, Text, Words


class DenialMeaning(Cited):
    """A set of remittance codes and what they mean for this procedure; every code of `carc` and `rarc` must be there.

    `with_remarks` are remark codes that say no more than the row does. `look_at` is the JSON pointer of what to change.
    `resubmits` means a new claim and no appeal. `decides` is False for codes that deny nothing, or too little alone
    to say whether the claim was decided: no appeal follows from them.
    """

    id: Text
    topic: Annotated[Topic, word(Topic)]
    carc: Words = ()
    rarc: Words = ()
    with_remarks: Words = ()
    look_at: Annotated[str, Field(pattern=r"^(/[a-z0-9_]+)+$")]
    resubmits: bool = False
    decides: bool = True
    severity: Annotated[Severity, word(Severity)] = Severity.WARNING

    @property
    def codes(self) -> frozenset[str]:
        """The codes that must be there."""
        return frozenset((*self.carc, *self.rarc))

    @property
    def known(self) -> frozenset[str]:
        """The codes the row explains."""
        return self.codes | frozenset(self.with_remarks)

    def matches(self, denial: Denial) -> bool:
        """Return True if the denial shows all of these codes."""
        return self.codes <= set(denial.shown)


def meanings_of(denial: Denial, rows: Iterable[DenialMeaning]) -> tuple[DenialMeaning, ...]:
    """Return the rows that speak of a denial; a row gives way to one that needs all its codes and more."""
    held = [row for row in rows if row.matches(denial)]
    return tuple(row for row in held if not any(row.codes < other.codes for other in held))


@dataclass(frozen=True, slots=True)
class Answer:
    """One denial of a claim, the JSON pointer of its key, and the rows that speak of it.

    `is_of_returned` is True for a line of a claim that was returned as a whole on that day.
    """

    path: str
    denial: Denial
    rows: tuple[DenialMeaning, ...]
    is_of_returned: bool = False

    @property
    def resubmits(self) -> bool:
        """Return True if nothing was decided, and a new claim follows."""
        return self.is_of_returned or any(row.resubmits for row in self.rows)

    @property
    def is_decision(self) -> bool:
        """Return True if an appeal may follow; codes without a row may be a decision, too."""
        if self.resubmits:
            return False
        return any(row.decides for row in self.rows) if self.rows else not self.lacks_reason

    @property
    def lacks_reason(self) -> bool:
        """Return True if it has remark codes alone."""
        return bool(self.denial.codes) and all(map(is_remark, self.denial.shown))


class AppealRule(Cited):
    """A level of appeal of some kinds of plan; `days` run from the denial's date plus `presumed_receipt` days."""

    id: Text
    level: Text
    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)]
    days: int | None = None
    presumed_receipt: Annotated[int, Field(ge=0)] = 0
