"""Everything the data files say, checked as a whole: no name in it leads nowhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import PlanType, Setting
from mild_biller.core.rules.code_tables import (
    BillType,
    CodeRole,
    DiagnosisCode,
    Edit,
    FeeYear,
    ModifierCode,
    ModifierUse,
    Place,
    ProcedureCode,
    RegionInterspaces,
    RevenueCode,
)
from mild_biller.core.rules.criteria import PriorCode, misfit, questions_of, tests_of
from mild_biller.core.rules.denial import AppealRule, DenialMeaning
from mild_biller.core.rules.finding import Reference
from mild_biller.core.rules.payer import Payer, PlanKind, PlanRules
from mild_biller.core.rules.policy import Element, Policy, in_force
from mild_biller.core.rules.question import Question, QuestionKind
from mild_biller.core.rules.source import Citation, Cited, Source


def _by(key: str, rows: Iterable[Any], what: str) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for row in rows:
        name = str(getattr(row, key))
        if name in table:
            raise ValueError(f"{what} {name!r} is listed twice")
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
        """Return the version of a policy in effect on a date of service."""
        return in_force(self.versions[policy_id], on=on)

    def modifiers_of(self, *uses: ModifierUse) -> tuple[str, ...]:
        """Return the modifiers of these uses."""
        return tuple(each.code for each in self.modifiers if each.use in uses)

    @cached_property
    def mistyped_modifiers(self) -> frozenset[str]:
        """Modifiers as people mistype them."""
        return frozenset(spelling for each in self.modifiers for spelling in each.mistyped)

    def spellings_of(self, codes: Collection[str]) -> frozenset[str]:
        """Return modifiers with the ways people mistype them."""
        known = (self.modifier[code] for code in codes if code in self.modifier)
        return frozenset(codes) | {spelling for each in known for spelling in each.mistyped}

    @cached_property
    def total_code(self) -> str:
        """The revenue code of the total."""
        return next((each.code for each in self.revenue_codes if each.is_total), "")

    def study_codes(self, element: Element) -> frozenset[str]:
        """Return the codes by which any policy marks a claim of its study, for one part of a claim."""
        return self._study_codes.get(element, frozenset())

    @cached_property
    def _study_codes(self) -> Mapping[Element, frozenset[str]]:
        marks = [rule for policy in self.policies for rule in policy.billing if rule.marks_study]
        return {
            element: frozenset(code for rule in marks if rule.element is element for code in rule.values)
            for element in Element
        }

    def is_decompression(self, code: str | None) -> bool:
        """Return True if a code bills the decompression itself or its add-on."""
        known = self.procedure.get(code or "")
        return known is not None and known.role in (CodeRole.DECOMPRESSION, CodeRole.ADD_ON)

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
            getattr(self, table)  # refuses a row that is listed twice
        for plan_type in PlanType:
            if plan_type not in self.plan_kind:
                raise ValueError(f"plan type {plan_type} has no rules")
        for where, kind, name in self._names():
            if name not in kind:
                raise ValueError(f"{where}: {name!r} is not there")
        for policy in self.policies:
            self._answers_fit(policy)
            self._study_is_asked(policy)
        for policy_id, versions in self.versions.items():
            days = [version.effective_from for version in versions]
            if len(set(days)) != len(days):
                raise ValueError(f"policy {policy_id}: two versions have the same first day")
        return self

    def _answers_fit(self, policy: Policy) -> None:
        """Refuse a test that its question can never answer."""
        for criterion in policy.criterion:
            for test in tests_of(criterion.test):
                for name in questions_of(test):
                    reason = misfit(test, self.question[name])
                    if reason is not None:
                        raise ValueError(f"policy {policy.id}, criterion {criterion.id}: {reason}")

    def _study_is_asked(self, policy: Policy) -> None:
        """Refuse a study whose question is not answered by yes or no."""
        if policy.study is not None and self.question[policy.study.question].kind is not QuestionKind.YES_NO:
            raise ValueError(f"policy {policy.id}, study: {policy.study.question!r} is not answered by yes or no")

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
