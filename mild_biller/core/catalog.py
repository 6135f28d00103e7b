"""Everything the data files say, checked as a whole: no name in it leads nowhere."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from mild_biller.core.base import Model
from mild_biller.core.case import NoticeKind, PlanType, Region, Setting
from mild_biller.core.criteria import PriorCode, misfit, questions_of, tests_of
from mild_biller.core.denial import AppealRule, DenialMeaning
from mild_biller.core.finding import Reference, Severity, Topic
from mild_biller.core.policy import Note, Policy, Position, blocking, in_force, word, words
from mild_biller.core.question import Question
from mild_biller.core.source import Citation, Cited, Exact, FactIds, Listed, Source, Sure, Text, Words


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
    """What holds for a kind of plan, or for one payer where it differs."""

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
    """A plan type and all that holds for it."""

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
        """Return what holds for this payer: its own rules first, then those of its plan type."""
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


class CodeRole(StrEnum):
    """What a procedure code stands for here."""

    DECOMPRESSION = "decompression"
    ADD_ON = "add-on"
    DEVICE = "device"
    IMAGING_GUIDANCE = "imaging-guidance"
    INJECTION = "injection"
    TRIAL_ARM = "trial-arm"
    BUNDLED = "bundled"
    OTHER = "other"


class ProcedureCode(Model):
    """A procedure or device code, in our own words, with its life; days are dates of service."""

    code: Text
    label: Text
    role: Annotated[CodeRole, word(CodeRole)]
    regions: Annotated[tuple[Region, ...], words(Region)] = ()
    first_day: date | None = None
    last_day: date | None = None
    primary: str | None = None
    counts_sides: bool = False
    most_units: int | None = None
    hospital_only: bool = False
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()

    def is_valid(self, on: date) -> bool:
        """Tell whether the code lives on a date of service."""
        return (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)


class DiagnosisCode(Model):
    """A diagnosis code without its point, in our own words, with its life."""

    code: Text
    label: Text
    first_day: date | None = None
    last_day: date | None = None
    is_header: bool = False
    marks_study: bool = False
    has_claudication: bool | None = None
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()

    def is_valid(self, on: date) -> bool:
        """Tell whether the code lives on a date of service."""
        return (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)


class ModifierCode(Model):
    """A modifier, in our own words."""

    code: Text
    label: Text
    marks_study: bool = False
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class Place(Model):
    """A place of service and the settings it stands for."""

    code: Text
    label: Text
    settings: Annotated[tuple[Setting, ...], words(Setting)] = ()
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class BillType(Model):
    """First three characters of a type of bill, the settings it stands for, where its procedure lines go."""

    prefix: Text
    label: Text
    settings: Annotated[tuple[Setting, ...], words(Setting)] = ()
    revenue_code: Text
    takes_device: bool
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class RevenueCode(Model):
    """A revenue code, in our own words, and what may stand beside it."""

    code: Text
    label: Text
    needs_code: bool = False
    for_procedure: bool = False
    refuses_device: bool = False
    professional_fee: bool = False


class RegionInterspaces(Model):
    """Interspaces of a region from the top down; `border` ones are for a person to decide."""

    region: Annotated[Region, word(Region)]
    names: Words
    border: Words = ()


class FeeKind(StrEnum):
    """Who is paid."""

    PHYSICIAN = "physician"
    ASC = "asc"
    HOSPITAL = "hospital"


class Fee(Model):
    """National amount of one code for one kind of payee; None: nothing is paid apart."""

    code: Text
    kind: Annotated[FeeKind, word(FeeKind)]
    amount: Exact | None = None
    indicator: Text
    meaning: Text
    apc: str | None = None
    multiple_reduction: bool = False
    work_rvu: Exact | None = None
    practice_rvu: Exact | None = None
    malpractice_rvu: Exact | None = None
    total_rvu: Exact | None = None
    global_days: str | None = None
    source: Text
    place: Text
    certainty: Sure
    facts: FactIds = ()


class FeeYear(Model):
    """National, unadjusted amounts of one year of service."""

    year: int
    label: Text
    conversion_factor: Exact
    coinsurance: Exact
    coinsurance_note: Text
    source: Text
    place: Text
    certainty: Sure
    facts: FactIds = ()
    fee: Annotated[tuple[Fee, ...], Listed]


class Edit(Cited):
    """The words and the weight of one claim edit; code finds it, data says it. `{name}` is filled in."""

    id: Text
    topic: Annotated[Topic, word(Topic)]
    severity: Annotated[Severity | None, word(Severity)] = None

    @model_validator(mode="after")
    def _may_block(self) -> Self:
        return blocking(self, self.severity or Severity.ERROR)


def _by(key: str, rows: Iterable[Any], what: str) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for row in rows:
        name = str(getattr(row, key))
        if name in table:
            raise ValueError(f"{what} {name!r} stands twice")
        table[name] = row
    return table


_TABLES = (
    "source",
    "question",
    "plan_kind",
    "payer",
    "procedure",
    "diagnosis",
    "modifier",
    "place",
    "bill_type",
    "revenue_code",
    "region_interspaces",
    "prior_code",
    "fee_year",
    "edit",
)


class Catalog(Model):
    """All rules and codes; look things up by the methods, which never guess."""

    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    plan_kinds: tuple[PlanKind, ...]
    payers: tuple[Payer, ...]
    policies: tuple[Policy, ...]
    procedures: tuple[ProcedureCode, ...]
    diagnoses: tuple[DiagnosisCode, ...]
    modifiers: tuple[ModifierCode, ...]
    places: tuple[Place, ...]
    bill_types: tuple[BillType, ...]
    revenue_codes: tuple[RevenueCode, ...]
    interspaces: tuple[RegionInterspaces, ...]
    prior_procedures: tuple[PriorCode, ...]
    fees: tuple[FeeYear, ...]
    denials: tuple[DenialMeaning, ...]
    appeals: tuple[AppealRule, ...]
    edits: tuple[Edit, ...]

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by id."""
        return _by("id", self.sources, "source")

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id."""
        return _by("id", self.questions, "question")

    @cached_property
    def plan_kind(self) -> Mapping[str, PlanKind]:
        """Plan types by id."""
        return _by("id", self.plan_kinds, "plan type")

    @cached_property
    def payer(self) -> Mapping[str, Payer]:
        """Payers by id."""
        return _by("id", self.payers, "payer")

    @cached_property
    def procedure(self) -> Mapping[str, ProcedureCode]:
        """Procedure codes."""
        return _by("code", self.procedures, "procedure code")

    @cached_property
    def diagnosis(self) -> Mapping[str, DiagnosisCode]:
        """Diagnosis codes, without the point."""
        return _by("code", self.diagnoses, "diagnosis code")

    @cached_property
    def modifier(self) -> Mapping[str, ModifierCode]:
        """Modifiers."""
        return _by("code", self.modifiers, "modifier")

    @cached_property
    def place(self) -> Mapping[str, Place]:
        """Places of service by code."""
        return _by("code", self.places, "place of service")

    @cached_property
    def place_of(self) -> Mapping[Setting, str]:
        """Place of service of each setting that has one."""
        return {setting: place.code for place in self.places for setting in place.settings}

    @cached_property
    def bill_type(self) -> Mapping[str, BillType]:
        """Types of bill by their first three characters."""
        return _by("prefix", self.bill_types, "type of bill")

    @cached_property
    def bill_type_of(self) -> Mapping[Setting, BillType]:
        """Type of bill of each setting that has one."""
        return {setting: row for row in self.bill_types for setting in row.settings}

    @cached_property
    def revenue_code(self) -> Mapping[str, RevenueCode]:
        """Revenue codes."""
        return _by("code", self.revenue_codes, "revenue code")

    @cached_property
    def region_interspaces(self) -> Mapping[str, RegionInterspaces]:
        """Interspaces by region."""
        return _by("region", self.interspaces, "region")

    @cached_property
    def prior_code(self) -> Mapping[str, PriorCode]:
        """Codes an earlier operation may be recorded under."""
        return _by("code", self.prior_procedures, "earlier procedure's code")

    @cached_property
    def fee_year(self) -> Mapping[str, FeeYear]:
        """National amounts by year."""
        return _by("year", self.fees, "year of fees")

    @cached_property
    def edit(self) -> Mapping[str, Edit]:
        """Edits by id."""
        return _by("id", self.edits, "edit")

    @cached_property
    def versions(self) -> Mapping[str, tuple[Policy, ...]]:
        """Versions of each policy, oldest first."""
        table: dict[str, list[Policy]] = {}
        for version in sorted(self.policies, key=lambda each: each.effective_from):
            table.setdefault(version.id, []).append(version)
        return {name: tuple(found) for name, found in table.items()}

    def policy(self, policy_id: str, *, on: date) -> Policy | None:
        """Return the version of a policy that holds on a date of service."""
        return in_force(self.versions[policy_id], on=on)

    def reference(self, source_id: str, place: str) -> Reference:
        """Return a place in a source, whole."""
        source = self.source[source_id]
        return Reference(source.id, source.title, place, source.file, source.date)

    def references(self, citations: tuple[Citation, ...]) -> tuple[Reference, ...]:
        """Return places in sources, whole."""
        return tuple(self.reference(each.source, each.place) for each in citations)

    @model_validator(mode="after")
    def _no_name_leads_nowhere(self) -> Self:
        for table in _TABLES:
            getattr(self, table)  # refuses a row that stands twice
        for plan_type in PlanType:
            if plan_type not in self.plan_kind:
                raise ValueError(f"plan type {plan_type} has no rules")
        for where, kind, name in self._names():
            if name not in kind:
                raise ValueError(f"{where}: {name!r} is not there")
        for policy in self.policies:
            self._answers_fit(policy)
        for policy_id, versions in self.versions.items():
            days = [version.effective_from for version in versions]
            if len(set(days)) != len(days):
                raise ValueError(f"policy {policy_id}: two versions hold from one day")
        return self

    def _answers_fit(self, policy: Policy) -> None:
        """Refuse a test that its question can never answer."""
        for criterion in policy.criterion:
            for test in tests_of(criterion.test):
                for name in questions_of(test):
                    reason = misfit(test, self.question[name])
                    if reason is not None:
                        raise ValueError(f"policy {policy.id}, criterion {criterion.id}: {reason}")

    def _names(self) -> Iterator[tuple[str, Mapping[Any, Any], str]]:
        yield from self._policy_names()
        yield from self._plan_names()
        yield from self._table_names()

    def _policy_names(self) -> Iterator[tuple[str, Mapping[Any, Any], str]]:
        for policy in self.policies:
            where = f"policy {policy.id} from {policy.effective_from}"
            yield where, self.source, policy.source
            for code in policy.procedure_codes:
                yield where, self.procedure, code
            for criterion in policy.criterion:
                yield f"{where}, criterion {criterion.id}", self.source, criterion.source or policy.source
                for question in questions_of(criterion.test):
                    yield f"{where}, criterion {criterion.id}", self.question, question
            cited: list[Cited] = [*policy.billing, *policy.note]
            if policy.study:
                cited.append(policy.study)
                yield where, self.question, policy.study.question
                for code in policy.study.procedure_codes:
                    yield where, self.procedure, code
            for rule in cited:
                for citation in rule.sources:
                    yield where, self.source, citation.source

    def _plan_names(self) -> Iterator[tuple[str, Mapping[Any, Any], str]]:
        rules: list[tuple[str, PlanRules]] = [(f"plan type {kind.id}", kind) for kind in self.plan_kinds]
        rules += [(f"payer {payer.id}", payer) for payer in self.payers]
        for where, rule in rules:
            for policy_id in rule.policies or ():
                yield where, self.versions, policy_id
            cited = [rule.undecided, rule.authorization, rule.notice, rule.supplement, rule.filing, *rule.note]
            for each in cited:
                for citation in each.sources if each else ():
                    yield where, self.source, citation.source
        for payer in self.payers:
            yield f"payer {payer.id}", self.plan_kind, payer.plan_type.value

    def _table_names(self) -> Iterator[tuple[str, Mapping[Any, Any], str]]:
        cited = [(f"edit {row.id}", row.sources) for row in self.edits]
        cited += [(f"denial {row.id}", row.sources) for row in self.denials]
        cited += [(f"appeal {row.id}", row.sources) for row in self.appeals]
        for table in (self.procedures, self.diagnoses, self.modifiers, self.places):
            cited += [(f"code {row.code}", row.sources) for row in table]
        cited += [(f"type of bill {row.prefix}", row.sources) for row in self.bill_types]
        for where, citations in cited:
            for citation in citations:
                yield where, self.source, citation.source
        for procedure in self.procedures:
            if procedure.primary is not None:
                yield f"code {procedure.code}", self.procedure, procedure.primary
        for bill in self.bill_types:
            yield f"type of bill {bill.prefix}", self.revenue_code, bill.revenue_code
        for year in self.fees:
            yield f"fees of {year.year}", self.source, year.source
            for fee in year.fee:
                yield f"fees of {year.year}", self.source, fee.source
                yield f"fees of {year.year}", self.procedure, fee.code
