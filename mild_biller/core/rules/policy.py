"""One published version of a coverage document: position, criteria, and what the claim must then carry."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import BeforeValidator, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.rules.criteria import Test, months_before
from mild_biller.core.rules.finding import Severity, Topic
from mild_biller.core.rules.source import Certainty, Cited, FactIds, Listed, Sure, Text, Words

E = TypeVar("E", bound=StrEnum)


def word(kind: type[E]) -> BeforeValidator:
    """Read a word of a closed list from a data file."""
    return BeforeValidator(lambda value: kind(value) if isinstance(value, str) else value)


def words(kind: type[E]) -> BeforeValidator:
    """Read a list of words of a closed list from a data file."""
    return BeforeValidator(lambda value: tuple(kind(each) for each in value) if isinstance(value, list) else value)


class Position(StrEnum):
    """What a payer says of the procedure."""

    COVERED_WITH_EVIDENCE_DEVELOPMENT = "covered-with-evidence-development"
    COVERED = "covered"
    COVERED_AT_VA_FACILITY = "covered-at-va-facility"
    INVESTIGATIONAL = "investigational"
    NOT_MEDICALLY_NECESSARY = "not-medically-necessary"
    NOT_COVERED = "not-covered"
    VARIES = "varies"
    UNKNOWN = "unknown"

    @property
    def covers(self) -> bool:
        """Return True if the procedure is paid for when every criterion is met."""
        return self.value.startswith("covered")

    @property
    def refuses(self) -> bool:
        """Return True if the position alone means it is not covered."""
        return self in (Position.INVESTIGATIONAL, Position.NOT_MEDICALLY_NECESSARY, Position.NOT_COVERED)


class Criterion(Model):
    """One test of a policy, in the words a biller reads."""

    id: Text
    topic: Annotated[Topic, word(Topic)]
    text: Text
    remedy: Text
    test: Test
    source: str | None = None
    cite: Text
    certainty: Sure
    facts: FactIds = ()
    denial: Words = ()

    @model_validator(mode="before")
    @classmethod
    def _gather_test(cls, data: Any) -> Any:
        """Let the data file write the operator and its operands next to the criterion's own keys."""
        if not isinstance(data, dict) or "test" in data:
            return data
        own = {name: data[name] for name in cls.model_fields if name in data}
        return {**own, "test": {name: value for name, value in data.items() if name not in own}}


class ClaimKind(StrEnum):
    """Which claim a rule speaks of."""

    PROFESSIONAL = "professional"
    INSTITUTIONAL = "institutional"


class Element(StrEnum):
    """Part of a claim a payer requires."""

    MODIFIER = "modifier"
    PRINCIPAL_DIAGNOSIS = "principal-diagnosis"
    DIAGNOSIS = "diagnosis"
    POINTER = "pointer"
    TRIAL_NUMBER = "trial-number"
    CONDITION_CODE = "condition-code"
    VALUE_CODE = "value-code"
    PLACE_OF_SERVICE = "place-of-service"
    TYPE_OF_BILL = "type-of-bill"


class BillingRule(Cited):
    """What the claim must carry when the policy covers; `unclear` values are for a person to decide."""

    id: Text
    topic: Annotated[Topic, word(Topic)]
    element: Annotated[Element, word(Element)]
    values: Words
    unclear: Words = ()
    unclear_message: str = ""
    marks_study: bool = False
    claim: Annotated[ClaimKind | None, word(ClaimKind)] = None
    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)] = ()
    service_from: date | None = None
    service_to: date | None = None

    def holds_on(self, service: date | None) -> bool:
        """Return True if the rule is valid on a date of service; without a date, if it always is."""
        if service is None:
            return self.service_from is None and self.service_to is None
        return (self.service_from or service) <= service <= (self.service_to or service)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What a note may ask of a claim."""

    claim: ClaimKind
    service: date | None
    birth_date: date | None
    codes: frozenset[str]
    diagnoses: frozenset[str]
    interspaces: frozenset[str]
    states: frozenset[str]


class Note(Cited):
    """Something to know whenever the policy decides: a contradiction between sources, a duty, a doubt."""

    id: Text
    topic: Annotated[Topic, word(Topic)]
    severity: Annotated[Severity, word(Severity)] = Severity.INFO
    service_from: date | None = None
    service_to: date | None = None
    codes: Words = ()
    diagnoses: Words = ()
    interspaces: Words = ()
    claim: Annotated[ClaimKind | None, word(ClaimKind)] = None
    states: Words = ()
    younger_than: int | None = None
    is_contradiction: bool = False

    @model_validator(mode="after")
    def _sources_disagree(self) -> Self:
        if self.is_contradiction and len(self.sources) < 2:
            raise ValueError("a contradiction names both sources")
        return blocking(self, self.severity)

    def matches(self, facts: ClaimFacts) -> bool:
        """Return True if the note applies to such a claim; a condition it does not name is not tested."""
        named = (
            (self.codes, facts.codes),
            (self.diagnoses, facts.diagnoses),
            (self.interspaces, facts.interspaces),
            (self.states, facts.states),
        )
        return (
            self.claim in (None, facts.claim)
            and all(not wanted or not there.isdisjoint(wanted) for wanted, there in named)
            and self._holds_on(facts.service)
            and self._is_of_age(facts)
        )

    def _holds_on(self, service: date | None) -> bool:
        if service is None:
            return self.service_from is None and self.service_to is None
        return (self.service_from or date.min) <= service <= (self.service_to or date.max)

    def _is_of_age(self, facts: ClaimFacts) -> bool:
        if self.younger_than is None:
            return True
        born, service = facts.birth_date, facts.service
        return born is not None and service is not None and months_before(service, 12 * self.younger_than) < born


C = TypeVar("C", bound=Cited)


def blocking(rule: C, severity: Severity) -> C:
    """Refuse a rule that would stop a claim without the certainty to do so."""
    if severity is Severity.ERROR and not rule.certainty.may_block:
        raise ValueError(f"a rule of certainty {rule.certainty} may not be an error")
    return rule


class Policy(Model):
    """One version of a coverage document; holds from `effective_from` until a newer version does."""

    id: Text
    title: Text
    issuer: Text
    effective_from: date
    compared_on: date
    payer_reviewed_on: date | None = None
    next_review: date | None = None
    position: Annotated[Position, word(Position)]
    position_message: Text
    applies_to: Annotated[tuple[PlanType, ...], words(PlanType)]
    procedure_codes: Words = ()
    scope: Words = ()
    covered_when: Words = ()
    source: Text
    cite: Text
    certainty: Annotated[Certainty, word(Certainty)]
    denial: Words = ()
    facts: FactIds = ()
    criterion: Annotated[tuple[Criterion, ...], Listed] = ()
    billing: Annotated[tuple[BillingRule, ...], Listed] = ()
    note: Annotated[tuple[Note, ...], Listed] = ()
    study: "Study | None" = None

    @model_validator(mode="after")
    def _names_lead_somewhere(self) -> Self:
        known = [criterion.id for criterion in self.criterion]
        if len(set(known)) != len(known):
            raise ValueError("two criteria have one id")
        for name in (*self.scope, *self.covered_when):
            if name not in known:
                raise ValueError(f"no criterion is called {name!r}")
        unused = set(known) - {*self.scope, *self.covered_when}
        if unused:
            raise ValueError(f"criterion {min(unused)!r} is in neither scope nor covered_when")
        return self

    def criteria(self, names: tuple[str, ...]) -> tuple[Criterion, ...]:
        """Return the criteria of these ids, in that order."""
        by_id = {criterion.id: criterion for criterion in self.criterion}
        return tuple(by_id[name] for name in names)

    def is_stale(self, today: date) -> bool:
        """Return True if the payer's next review is past."""
        return self.next_review is not None and self.next_review < today


TRIAL_PREFIX: Final = "CT"  # how paper forms write a trial number: CT and its eight digits


class Study(Cited):
    """The study a policy covers the procedure in; `message` is said of a service after its registered completion.

    `trial_number` is None where our library does not know it; `near_message` is said from `verify_from` on.
    """

    trial_number: str | None = None
    title: Text
    registered_completion: date | None = None
    verify_from: date | None = None
    near_message: str = ""
    question: Text
    procedure_codes: Words


def in_force(versions: tuple[Policy, ...], *, on: date) -> Policy | None:
    """Return the newest version that held on a date of service, None before the first."""
    held = [version for version in versions if version.effective_from <= on]
    return max(held, key=lambda version: version.effective_from, default=None)
