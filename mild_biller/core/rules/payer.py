"""The rules of a payer: those of its plan type, and where it differs from them."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import NoticeKind, PlanType, Setting
from mild_biller.core.rules.finding import Severity
from mild_biller.core.rules.policy import Note, Position, word, words
from mild_biller.core.rules.source import Cited, Listed, Text, Words


class AuthorizationNeed(StrEnum):
    """Whether a prior authorization is wanted, in Da Vinci's words."""

    NO_AUTH = "no-auth"
    AUTH_NEEDED = "auth-needed"
    SATISFIED = "satisfied"
    UNKNOWN = "unknown"


class Instructions(StrEnum):
    """Which column of the CMS-1500 rules a payer follows."""

    MEDICARE = "medicare"
    NUCC = "nucc"


class TypeBox(StrEnum):
    """Box of item 1; `group-or-other` marks Group when a group number is given."""

    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    TRICARE = "tricare"
    CHAMPVA = "champva"
    GROUP = "group"
    FECA = "feca"
    OTHER = "other"
    GROUP_OR_OTHER = "group-or-other"


class Supplement(StrEnum):
    """What a payer second to Medicare adds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class MorePages(StrEnum):
    """How more than six lines are billed."""

    STAND_ALONE = "stand-alone"
    CONTINUED = "continued"


class Undecided(Cited):
    """What is said where no policy decides."""

    position: Annotated[Position, word(Position)]


class AuthorizationRule(Cited):
    """What a payer says of prior authorization."""

    need: Annotated[AuthorizationNeed, word(AuthorizationNeed)]


class NoticeRule(Cited):
    """The notice that belongs before a service the payer will not pay; `kinds` settle it once signed."""

    kinds: Annotated[tuple[NoticeKind, ...], words(NoticeKind)]
    severity: Annotated[Severity, word(Severity)]
    lets_claim_go: bool = False
    always: bool = False


class SupplementRule(Cited):
    """What to expect of the payer as second to Medicare."""

    expected: Annotated[Supplement, word(Supplement)]


class FilingRule(Cited):
    """Until when a claim may be filed, in calendar months from the date of service."""

    months: Annotated[int, Field(gt=0)]


class PlanRules(Model):
    """The rules of a plan type, or of one payer where it differs."""

    policies: Words | None = None
    item_1: Annotated[TypeBox | None, word(TypeBox)] = None
    instructions: Annotated[Instructions | None, word(Instructions)] = None
    more_pages: Annotated[MorePages | None, word(MorePages)] = None
    medicare_number: bool | None = None
    files_claims: bool | None = None
    asc_on_ub04: bool | None = None
    insured_is_employer: bool | None = None
    no_claim_in: Annotated[tuple[Setting, ...], words(Setting)] = ()
    prefix_trial_number: bool | None = None
    device_revenue_code: str | None = None
    refusal: Annotated[Severity | None, word(Severity)] = None
    undecided: Undecided | None = None
    authorization: AuthorizationRule | None = None
    notice: NoticeRule | None = None
    supplement: SupplementRule | None = None
    filing: FilingRule | None = None
    note: Annotated[tuple[Note, ...], Listed] = ()


class PlanKind(PlanRules):
    """A plan type and all its rules."""

    id: Annotated[PlanType, word(PlanType)]
    name: Text

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted = set(PlanRules.model_fields) - {"note", "notice", "filing"}
        missing = sorted(name for name in wanted if getattr(self, name) is None)
        if missing:
            raise ValueError(f"a plan type must say {missing[0]!r}")
        return self


class Payer(PlanRules):
    """Who pays: its name, its kind of plan, and what differs from that kind."""

    id: Text
    name: Text
    plan_type: Annotated[PlanType, word(PlanType)]
    payer_number: str | None = None
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None

    def merged(self, kind: PlanKind) -> "Plan":
        """Return the rules of this payer: its own first, then those of its plan type."""
        chosen: dict[str, Any] = {
            name: getattr(self, name) if name in self.model_fields_set else getattr(kind, name)
            for name in PlanRules.model_fields
        }
        chosen["note"] = (*kind.note, *self.note)
        return Plan.model_construct(payer=self, plan_type=self.plan_type, **chosen)


class Plan(Model):
    """The rules that hold for one coverage; every one is present but `notice` and `filing`."""

    payer: Payer
    plan_type: PlanType
    policies: tuple[str, ...]
    item_1: TypeBox
    instructions: Instructions
    more_pages: MorePages
    medicare_number: bool
    files_claims: bool
    asc_on_ub04: bool
    insured_is_employer: bool
    no_claim_in: tuple[Setting, ...]
    prefix_trial_number: bool
    device_revenue_code: str
    refusal: Severity
    undecided: Undecided
    authorization: AuthorizationRule
    notice: NoticeRule | None
    supplement: SupplementRule
    filing: FilingRule | None
    note: tuple[Note, ...]
