"""Edits on the payers: notices, second payers, authorization, stale policies, doubts in the sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mild_biller.core.case.model import Authorization
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.coverage.assess import Determination, plan_of
from mild_biller.core.edits.check import Check
from mild_biller.core.forms.box_values import authorization_number
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.payer import AuthorizationNeed
from mild_biller.core.rules.policy import ClaimFacts

APPROVED = frozenset({"approved", "affirmed", "certified", "granted"})


def stale(check: Check) -> Iterator[Finding]:
    """A policy past its payer's next review is said to be so."""
    policy = check.assessment.policy
    if policy is not None and policy.next_review is not None and check.assessment.is_stale:
        yield check.found(
            "policy-stale",
            "/coverages/0/payer",
            outcome=Outcome.UNKNOWN,
            title=policy.title,
            due=policy.next_review.isoformat(),
            compared=policy.compared_on.isoformat(),
        )


def notice(check: Check) -> Iterator[Finding]:
    """Before a service the payer will not pay, the patient signs the notice that belongs to it."""
    rule = check.assessment.plan.notice if check.assessment.plan is not None else None
    if rule is None or not (rule.always or check.assessment.determination is Determination.NOT_COVERED):
        return
    signed = [each.signed_on for each in check.case.notices or () if each.kind in rule.kinds and each.signed_on]
    in_time = [day for day in signed if check.service is None or day <= check.service]
    if in_time:
        yield check.found("notice-signed", "/notices", outcome=Outcome.MET, day=in_time[0].isoformat())
    elif signed:
        yield check.found("notice-too-late", "/notices")
    else:
        yield check.cited(
            rule, name="notice-before-service", topic=Topic.NOTICE, severity=rule.severity, path="/notices"
        )


def second_payers(check: Check) -> Iterator[Finding]:
    """Report what each further payer adds."""
    plan = check.assessment.plan
    for index, coverage in enumerate((check.case.coverages or ())[1:], start=1):
        second = plan_of(coverage, catalog=check.catalog)
        path = f"/coverages/{index}/payer"
        if second is None:
            yield check.found("second-payer-missing", path, outcome=Outcome.UNKNOWN)
        elif plan is not None and plan.plan_type is PlanType.MEDICARE:
            yield check.cited(
                second.supplement,
                name="supplement-to-medicare",
                topic=Topic.SECONDARY_PAYER,
                severity=Severity.INFO,
                path=path,
                outcome=Outcome.UNKNOWN,
            )
        else:
            yield check.found("second-payer-unknown", path, outcome=Outcome.UNKNOWN, name=second.payer.name)


def authorization(check: Check) -> Iterator[Finding]:
    """Report whether a prior authorization is required; hold what does not match the one given."""
    plan = check.assessment.plan
    if plan is None:
        return
    rule, number = plan.authorization, authorization_number(check.case, check.claim)[0]
    if rule.need is not AuthorizationNeed.NO_AUTH and not number:
        severity = Severity.INFO if rule.need is AuthorizationNeed.UNKNOWN else Severity.HOLD
        yield check.cited(
            rule,
            name="prior-authorization",
            topic=Topic.AUTHORIZATION,
            severity=severity,
            path="/claim/prior_authorization_number",
            box="23",
            outcome=Outcome.UNKNOWN,
        )
    yield from authorization_conflicts(check)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part of a claim that may be outside what was approved, and the test for it."""

    edit: str
    path: str
    is_there: Callable[[Check, Authorization], bool]
    box: str | None = None


def authorization_conflicts(check: Check) -> Iterator[Finding]:
    """Codes, units, days and place of the claim lie inside what was approved."""
    given = check.case.authorization
    if given is None:
        return
    for conflict in CONFLICTS:
        if conflict.is_there(check, given):
            yield check.found(
                conflict.edit,
                conflict.path,
                box=conflict.box,
                codes=", ".join(sorted(_other_codes(check, given))),
                place=check.claim.place_of_service,
                decision=given.decision,
            )


def _other_codes(check: Check, given: Authorization) -> set[str]:
    """Return the codes of the claim that were not approved."""
    codes = {line.code for line in check.claim.lines if line.code}
    return codes - set(codes if given.codes is None else given.codes)


def _is_too_early(check: Check, given: Authorization) -> bool:
    return given.from_ is not None and check.service is not None and check.service < given.from_


def _is_too_late(check: Check, given: Authorization) -> bool:
    late = given.to is not None and check.service is not None and check.service > given.to
    return late and not _is_too_early(check, given)


def _is_elsewhere(check: Check, given: Authorization) -> bool:
    place = check.claim.place_of_service
    return bool(given.place_of_service and place) and given.place_of_service != place


def _is_too_much(check: Check, given: Authorization) -> bool:
    return given.units is not None and sum(line.units for line in check.claim.lines) > given.units


def _is_not_approved(check: Check, given: Authorization) -> bool:
    return given.decision is not None and given.decision.lower() not in APPROVED


def _has_another_number(check: Check, given: Authorization) -> bool:
    typed = check.claim.input.prior_authorization_number
    return bool(typed and given.reference) and typed != given.reference


CONFLICTS = (
    Conflict("authorization-codes", "/authorization/codes", lambda *both: bool(_other_codes(*both))),
    Conflict("authorization-dates", "/authorization/from", _is_too_early),
    Conflict("authorization-dates", "/authorization/to", _is_too_late),
    Conflict("authorization-place", "/authorization/place_of_service", _is_elsewhere),
    Conflict("authorization-units", "/authorization/units", _is_too_much),
    Conflict("authorization-not-approved", "/authorization/decision", _is_not_approved),
    Conflict("authorization-numbers", "/claim/prior_authorization_number", _has_another_number, box="23"),
)


def prior_authorization(check: Check) -> AuthorizationNeed:
    """Return whether a prior authorization is wanted: satisfied by a number nothing contradicts."""
    plan = check.assessment.plan
    if plan is None:
        return AuthorizationNeed.UNKNOWN
    if plan.authorization.need is AuthorizationNeed.NO_AUTH:
        return AuthorizationNeed.NO_AUTH
    number = authorization_number(check.case, check.claim)[0]
    is_sound = number is not None and not any(authorization_conflicts(check))
    return AuthorizationNeed.SATISFIED if is_sound else plan.authorization.need


def notes(check: Check) -> Iterator[Finding]:
    """Report the notices of the deciding policy and the plan for a case like this one."""
    policy, plan, facts = check.assessment.policy, check.assessment.plan, _facts(check)
    for note in (*(policy.note if policy is not None else ()), *(plan.note if plan is not None else ())):
        if note.matches(facts):
            yield check.cited(
                note,
                name=note.id,
                topic=note.topic,
                severity=note.severity,
                path="/coverages/0/payer",
                outcome=Outcome.UNKNOWN,
            )


def _facts(check: Check) -> ClaimFacts:
    addresses = (check.providers.billing, check.providers.facility)
    return ClaimFacts(
        claim=check.claim.kind,
        service=check.service,
        birth_date=check.patient.birth_date,
        codes=frozenset(line.code for line in check.claim.lines if line.code),
        diagnoses=frozenset(diagnosis.code for diagnosis in check.claim.diagnoses),
        interspaces=frozenset(space.name for space in check.claim.spaces if space.name),
        states=frozenset(address.state for address in addresses if address is not None and address.state),
    )


EDITS = (stale, notice, second_payers, authorization, notes)
