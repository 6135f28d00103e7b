"""Whether the primary payer covers the procedure, by which dated policy, and what is still unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Judgment, Knowledge, Outcome
from mild_biller.core.rules.finding import Finding, Reference, Severity, Topic
from mild_biller.core.rules.payer import Payer, Plan
from mild_biller.core.rules.policy import Criterion, Policy, Position
from mild_biller.core.rules.source import Certainty, Cited, RemedyKind


class Determination(StrEnum):
    """Whether the procedure is covered."""

    COVERED = "covered"
    NOT_COVERED = "not-covered"
    CONDITIONAL = "conditional"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion and how it came out."""

    criterion: Criterion
    judgment: Judgment


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one case, as of today.

    `plan` is None without a payer, `policy` None where none decides; `why_undecided` then says why.
    `missing` holds the JSON pointers of answers that could still change a conditional determination.
    """

    today: date
    plan: Plan | None
    policy: Policy | None
    policy_source: Reference | None
    determination: Determination
    position: Position
    is_notice_signed: bool
    why_undecided: str
    criteria: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]

    @property
    def is_stale(self) -> bool:
        """Return True if the deciding policy is past its payer's next review."""
        return self.policy is not None and self.policy.is_stale(self.today)


def date_of_service(case: Case) -> date | None:
    """Return the date of service, None while unknown."""
    return case.procedure.date_of_service if case.procedure else None


def primary(case: Case) -> Coverage | None:
    """Return the primary coverage, None without one."""
    return case.coverages[0] if case.coverages else None


def plan_of(coverage: Coverage | None, *, catalog: Catalog) -> Plan | None:
    """Return the rules of a coverage, None without a payer. A payer id must be in the catalog."""
    if coverage is None or coverage.payer is None:
        return None
    payer = _own(coverage.payer) if isinstance(coverage.payer, OwnPayer) else catalog.payer[coverage.payer]
    kind = catalog.plan_kind[payer.plan_type]
    plan = payer.merged(kind)
    if isinstance(coverage.payer, OwnPayer) and coverage.payer.policy is not None:
        return plan.model_copy(update={"policies": (coverage.payer.policy, *plan.policies)})
    return plan


def _own(own: OwnPayer) -> Payer:
    return Payer.model_construct(
        _fields_set=set(),
        id="own",
        name=own.name,
        plan_type=own.plan_type,
        payer_number=own.payer_number,
        street=own.street,
        city=own.city,
        state=own.state,
        zip=own.zip,
        note=(),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """The policy that decides, or why none does."""

    policy: Policy | None
    criteria: tuple[Judged, ...]
    why: str


def assess(case: Case, *, catalog: Catalog, today: date) -> Assessment:
    """Judge a repaired case by the policies of its primary payer. Never raises on a case that opened."""
    plan = plan_of(primary(case), catalog=catalog)
    knowledge = Knowledge(case, catalog.question, catalog.prior_code, catalog.diagnosis)
    choice = _choose(plan, knowledge, catalog)
    position = _position(plan, choice)
    determination = _determine(position, choice)
    signed = plan is not None and _is_notice_signed(case, plan)
    refusal = Severity.HOLD if plan is None or signed else plan.refusal
    findings = [*_criterion_findings(choice, refusal, catalog)]
    findings.insert(0, _position_finding(determination, plan, choice, refusal, catalog))
    is_open = determination is Determination.CONDITIONAL
    return Assessment(
        today=today,
        plan=plan,
        policy=choice.policy,
        policy_source=catalog.reference(choice.policy.source, choice.policy.cite) if choice.policy else None,
        determination=determination,
        position=position,
        is_notice_signed=signed,
        why_undecided=choice.why,
        criteria=choice.criteria,
        findings=tuple(findings),
        missing=_open_paths(choice.criteria) if is_open else (),
    )


def _choose(plan: Plan | None, knowledge: Knowledge, catalog: Catalog) -> _Choice:
    service = knowledge.date_of_service
    if plan is None:
        return _Choice(None, (), "No payer is entered.")
    if service is None:
        return _Choice(None, (), "Without a date of service no policy version can be selected.")
    why = ""
    for policy_id in plan.policies:
        policy = catalog.policy(policy_id, on=service)
        if policy is None:
            first = catalog.versions[policy_id][0]
            why = why or f"{first.title}: no version on file before {first.effective_from.isoformat()}."
            continue
        if plan.plan_type not in policy.applies_to:
            continue
        scope = _judge(policy.criteria(policy.scope), knowledge)
        outside = [each for each in scope if each.judgment.outcome is Outcome.NOT_MET]
        if outside:
            why = why or f"{policy.title} does not apply to this case: it is for '{outside[0].criterion.text}'."
            continue
        return _Choice(policy, (*scope, *_judge(policy.criteria(policy.covered_when), knowledge)), "")
    return _Choice(None, (), why)


def _judge(criteria: tuple[Criterion, ...], knowledge: Knowledge) -> tuple[Judged, ...]:
    return tuple(Judged(criterion, criterion.test.judge(knowledge)) for criterion in criteria)


def _position(plan: Plan | None, choice: _Choice) -> Position:
    if choice.policy is not None:
        return choice.policy.position
    if plan is None or plan.policies:
        return Position.UNKNOWN
    return plan.undecided.position


def _determine(position: Position, choice: _Choice) -> Determination:
    if choice.policy is None:
        return Determination.INDETERMINATE
    outcomes = {judged.judgment.outcome for judged in choice.criteria}
    if Outcome.NOT_MET in outcomes:
        return Determination.NOT_COVERED
    if Outcome.UNKNOWN in outcomes:
        return Determination.CONDITIONAL
    if position.refuses:
        return Determination.NOT_COVERED
    return Determination.COVERED if position.covers else Determination.INDETERMINATE


def _open_paths(criteria: tuple[Judged, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for judged in criteria for path in judged.judgment.open_paths))


def _is_notice_signed(case: Case, plan: Plan) -> bool:
    """Return True if a notice that allows the claim was signed on or before the service."""
    if plan.notice is None or not plan.notice.lets_claim_go:
        return False
    service = date_of_service(case)
    return any(
        notice.kind in plan.notice.kinds and notice.signed_on is not None
        for notice in case.notices or ()
        if service is None or notice.signed_on is None or notice.signed_on <= service
    )


def _criterion_findings(choice: _Choice, refusal: Severity, catalog: Catalog) -> Iterator[Finding]:
    if choice.policy is None:
        return
    for judged in choice.criteria:
        yield _criterion_finding(judged, choice.policy, refusal, catalog)


def _criterion_finding(judged: Judged, policy: Policy, refusal: Severity, catalog: Catalog) -> Finding:
    criterion, judgment = judged.criterion, judged.judgment
    is_met = judgment.outcome is Outcome.MET
    words = {Outcome.MET: "Criterion met", Outcome.NOT_MET: "Criterion not met", Outcome.UNKNOWN: "Not known yet"}
    why = f" ({judgment.why})" if judgment.why else ""
    return Finding(
        topic=criterion.topic,
        rule=criterion.id,
        severity=_severity(judgment.outcome, refusal, criterion.certainty),
        outcome=judgment.outcome,
        path=judgment.path,
        box=None,
        message=f"{words[judgment.outcome]}: {criterion.text}{why}.",
        remedy="" if is_met else criterion.remedy,
        remedy_kind=RemedyKind.NONE if is_met else RemedyKind.ONLY_IF_TRUE,
        sources=(catalog.reference(criterion.source or policy.source, criterion.cite),),
        certainty=criterion.certainty,
        denial=() if is_met else (criterion.denial or policy.denial),
    )


def _severity(outcome: Outcome, refusal: Severity, certainty: Certainty) -> Severity:
    if outcome is Outcome.MET:
        return Severity.INFO
    if outcome is Outcome.UNKNOWN or not certainty.may_block:
        return Severity.HOLD
    return refusal


def _position_finding(
    determination: Determination, plan: Plan | None, choice: _Choice, refusal: Severity, catalog: Catalog
) -> Finding:
    severity = {Determination.COVERED: Severity.INFO, Determination.NOT_COVERED: refusal}.get(
        determination, Severity.HOLD
    )
    if choice.policy is not None:
        return _by_policy(determination, severity, choice, choice.policy, catalog)
    return _by_plan(severity, plan, choice, catalog)


def _by_policy(
    determination: Determination, severity: Severity, choice: _Choice, policy: Policy, catalog: Catalog
) -> Finding:
    blocked = severity is Severity.ERROR and not policy.certainty.may_block
    remedy, kind = _POSITION_REMEDY[determination]
    return Finding(
        topic=Topic.POSITION,
        rule=policy.id,
        severity=Severity.HOLD if blocked else severity,
        outcome=_OUTCOME[determination],
        path=_position_path(choice),
        box=None,
        message=" ".join(decided(determination, policy)),
        remedy=remedy,
        remedy_kind=kind,
        sources=(catalog.reference(policy.source, policy.cite),),
        certainty=policy.certainty,
        denial=policy.denial if determination is Determination.NOT_COVERED else (),
    )


def decided(determination: Determination, policy: Policy) -> tuple[str, ...]:
    """Return the sentences of a determination: by which dated policy, then the policy's own position."""
    since, checked = policy.effective_from.isoformat(), policy.compared_on.isoformat()
    dated = f"{policy.title}, effective {since}, policy text last checked {checked}"
    if determination is Determination.COVERED:
        return f"Meets the criteria of {dated}; no guarantee of payment.", policy.position_message
    if determination is Determination.CONDITIONAL:
        return f"Answers are missing for the criteria of {dated}.", policy.position_message
    if policy.position.refuses:
        return (f"{policy.position_message} ({dated}.)",)
    return f"Does not meet the criteria of {dated}.", policy.position_message


def _position_path(choice: _Choice) -> str:
    for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
        for judged in choice.criteria:
            if judged.judgment.outcome is outcome:
                return judged.judgment.path
    return "/coverages/0/payer"


_OUTCOME = {
    Determination.COVERED: Outcome.MET,
    Determination.NOT_COVERED: Outcome.NOT_MET,
    Determination.CONDITIONAL: Outcome.UNKNOWN,
    Determination.INDETERMINATE: Outcome.UNKNOWN,
}
_POSITION_REMEDY = {
    Determination.COVERED: ("", RemedyKind.NONE),
    Determination.NOT_COVERED: (
        "Do not bill as covered; decide on a notice to the patient and on an exception or appeal.",
        RemedyKind.ONLY_IF_TRUE,
    ),
    Determination.CONDITIONAL: ("Answer the open questions below.", RemedyKind.ONLY_IF_TRUE),
    Determination.INDETERMINATE: (
        "Call the payer before the service, and keep a record of the answer.",
        RemedyKind.ASK_PAYER,
    ),
}


def _by_plan(severity: Severity, plan: Plan | None, choice: _Choice, catalog: Catalog) -> Finding:
    cited: Cited | None = plan.undecided if plan is not None else None
    no_date = plan is not None and choice.why.startswith("Without a date")
    path = "/procedure/date_of_service" if no_date else "/coverages/0/payer"
    sources: tuple[Reference, ...] = catalog.references(cited.sources) if cited is not None else ()
    said = cited.message if cited is not None else ""
    remedy, kind = _POSITION_REMEDY[Determination.INDETERMINATE]
    if cited is not None and cited.remedy:
        remedy, kind = cited.remedy, cited.remedy_kind
    if no_date or cited is None:
        remedy, kind = ("Enter the date of service." if no_date else "Select the payer."), RemedyKind.FIX
    return Finding(
        topic=Topic.POSITION,
        rule="no-policy-decides",
        severity=severity,
        outcome=Outcome.UNKNOWN,
        path=path,
        box=None,
        message=" ".join(part for part in ("No policy on file determines coverage.", choice.why, said) if part),
        remedy=remedy,
        remedy_kind=kind,
        sources=sources,
        certainty=cited.certainty if cited is not None else Certainty.MEASURED,
    )
