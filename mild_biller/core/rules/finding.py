"""One finding: a criterion or an edit with its outcome, where to fix it, and the source of the rule."""

from dataclasses import dataclass
from enum import StrEnum

from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.source import Certainty, RemedyKind


class Severity(StrEnum):
    """What a finding does to the claim, worst first."""

    ERROR = "error"
    HOLD = "hold"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 0 for the worst."""
        return list(Severity).index(self)


class Topic(StrEnum):
    """What a finding is about; where two fit, the first of this list is used."""

    TRIAL_NUMBER = "trial-number"
    TRIAL_BUNDLE = "trial-bundle"
    CODE_DATE = "code-date"
    CODE = "code"
    ADD_ON = "add-on"
    UNITS = "units"
    LATERALITY = "laterality"
    MODIFIER = "modifier"
    DIAGNOSIS = "diagnosis"
    POINTER = "pointer"
    STUDY_WINDOW = "study-window"
    LOOK_BACK = "look-back"
    ELIGIBILITY = "eligibility"
    POSITION = "position"
    STALE_SOURCE = "stale-source"
    SECONDARY_PAYER = "secondary-payer"
    PLACE_OF_SERVICE = "place-of-service"
    TYPE_OF_BILL = "type-of-bill"
    CONDITION_CODE = "condition-code"
    VALUE_CODE = "value-code"
    REVENUE_CODE = "revenue-code"
    DEVICE = "device"
    BUNDLING = "bundling"
    AUTHORIZATION = "authorization"
    NOTICE = "notice"
    MEMBER_ID = "member-id"
    IDENTIFIER = "identifier"
    NAME_ADDRESS = "name-address"
    DATES = "dates"
    CHARGE = "charge"
    OVERFLOW = "overflow"
    TIMELY_FILING = "timely-filing"
    PAYMENT = "payment"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a source, whole: what a reader needs to look it up. `date` may be a month or a year."""

    id: str
    title: str
    place: str
    file: str | None
    date: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; `path` is the key a user can change, `box` the item it concerns (or None)."""

    topic: Topic
    rule: str
    severity: Severity
    outcome: Outcome
    path: str
    box: str | None
    message: str
    remedy: str
    remedy_kind: RemedyKind
    sources: tuple[Reference, ...]
    certainty: Certainty
    denial: tuple[str, ...] = ()


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """Return the worst severity above info, None when clean."""
    severity = min((found.severity for found in findings), key=lambda each: each.rank, default=Severity.INFO)
    return None if severity is Severity.INFO else severity
