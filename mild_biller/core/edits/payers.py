"""Edits on the payers: notices, second payers, authorization, stale policies, doubts in the sources."""

from collections.abc import Iterator
from datetime import date

from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.coverage.assess import Determination, plan_of
from mild_biller.core.edits.context import Check
from mild_biller.core.forms.box_values import authorization_number
from mild_biller.core.rules.criteria import Outcome, months_before
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.payer import AuthorizationNeed
from mild_biller.core.rules.policy import Note

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
    plan = check.assessment.plan
    rule = plan.notice if plan is not None else None
    wanted = rule is not None and (rule.always or check.assessment.determination is Determination.NOT_COVERED)
    if plan is None or rule is None or not wanted:
        return
    signed = [each for each in check.case.notices or () if each.kind in rule.kinds and each.signed_on is not None]
    in_time = [each for each in signed if check.service is None or (each.signed_on or date.max) <= check.service]
    if in_time:
        yield check.found(
            "notice-signed", "/notices", outcome=Outcome.MET, day=(in_time[0].signed_on or check.today).isoformat()
        )
    elif signed:
        yield check.found("notice-too-late", "/notices")
    else:
        yield check.cited(
            rule, name="notice-before-service", topic=Topic.NOTICE, severity=rule.severity, path="/notices"
        )


def second_payers(check: Check) -> Iterator[Finding]:
    """Say of each further payer what it adds."""
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
    """Say whether a prior authorization is wanted, and hold what does not agree with the one given."""
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


def authorization_conflicts(check: Check) -> Iterator[Finding]:
    """Codes, units, days and place of the claim lie inside what was approved."""
    given = check.case.authorization
    if given is None:
        return
    codes = {line.code for line in check.claim.lines if line.code}
    if given.codes is not None and codes - set(given.codes):
        yield check.found(
            "authorization-codes", "/authorization/codes", codes=", ".join(sorted(codes - set(given.codes)))
        )
    before = given.from_ is not None and check.service is not None and check.service < given.from_
    after = given.to is not None and check.service is not None and check.service > given.to
    if before or after:
        yield check.found("authorization-dates", "/authorization/from" if before else "/authorization/to")
    place = check.claim.place_of_service
    if given.place_of_service and place and given.place_of_service != place:
        yield check.found("authorization-place", "/authorization/place_of_service", place=place)
    if given.units is not None and sum(line.units for line in check.claim.lines) > given.units:
        yield check.found("authorization-units", "/authorization/units")
    if given.decision is not None and given.decision.lower() not in APPROVED:
        yield check.found("authorization-not-approved", "/authorization/decision", decision=given.decision)
    typed = check.claim.input.prior_authorization_number
    if typed and given.reference and typed != given.reference:
        yield check.found("authorization-numbers", "/claim/prior_authorization_number", box="23")


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
    """Say what the deciding policy and the plan want known of a case like this one."""
    policy, plan = check.assessment.policy, check.assessment.plan
    for note in (*(policy.note if policy is not None else ()), *(plan.note if plan is not None else ())):
        if _applies(note, check):
            yield check.cited(
                note,
                name=note.id,
                topic=note.topic,
                severity=note.severity,
                path="/coverages/0/payer",
                outcome=Outcome.UNKNOWN,
            )


def _applies(note: Note, check: Check) -> bool:
    service = check.service
    codes = {line.code for line in check.claim.lines}
    diagnoses = {diagnosis.code for diagnosis in check.claim.diagnoses}
    names = {space.name for space in check.claim.spaces}
    billing, facility = check.providers.billing, check.providers.facility
    states = {address.state for address in (billing, facility) if address is not None}
    return (
        (note.service_from is None or (service is not None and service >= note.service_from))
        and (note.service_to is None or (service is not None and service <= note.service_to))
        and (not note.codes or bool(codes & set(note.codes)))
        and (not note.diagnoses or bool(diagnoses & set(note.diagnoses)))
        and (not note.interspaces or bool(names & set(note.interspaces)))
        and (not note.states or bool(states & set(note.states)))
        and (note.younger_than is None or _is_younger(check, note.younger_than))
        and note.claim in (None, check.claim.kind)
    )


def _is_younger(check: Check, years: int) -> bool:
    born, service = check.patient.birth_date, check.service
    return born is not None and service is not None and months_before(service, 12 * years) < born


EDITS = (stale, notice, second_payers, authorization, notes)
