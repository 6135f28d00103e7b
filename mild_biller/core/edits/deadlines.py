"""Edits on days that must be kept: filing, an authorization's end, appeals after a denial."""

from collections.abc import Iterator
from datetime import date, timedelta

from mild_biller.core.case.model import Denial
from mild_biller.core.edits.context import Check
from mild_biller.core.rules.criteria import Outcome, months_before
from mild_biller.core.rules.denial import AppealRule
from mild_biller.core.rules.finding import Finding, Severity, Topic

UNPROCESSABLE = "MA130"


def filing(check: Check) -> Iterator[Finding]:
    """Report the last day to file the claim; hold the claim once that day is past."""
    plan, service = check.assessment.plan, check.service
    rule = plan.filing if plan is not None else None
    if rule is None or service is None or check.lies_ahead:
        return
    last = months_before(service, -rule.months)
    late = check.today > last
    yield check.cited(
        rule,
        name="timely-filing",
        topic=Topic.TIMELY_FILING,
        severity=Severity.HOLD if late else Severity.INFO,
        path="/procedure/date_of_service",
        outcome=Outcome.NOT_MET if late else Outcome.MET,
        message=f"{rule.message} The last day is {last.isoformat()}{', which has passed' if late else ''}.",
    )


def authorization_end(check: Check) -> Iterator[Finding]:
    """Report until when an authorization is valid, while the date of service is in the future."""
    given = check.case.authorization
    if given is not None and given.to is not None and check.lies_ahead:
        yield check.found("authorization-until", "/authorization/to", outcome=Outcome.MET, day=given.to.isoformat())


def denial(check: Check) -> Iterator[Finding]:
    """Report what a denial most likely means, and what to change."""
    given = check.case.denial
    if given is None:
        return
    meanings = [row for row in check.catalog.denials if row.matches(given)]
    for row in meanings:
        path = row.look_at
        if not check.is_professional and path.startswith("/claim/lines"):
            path = "/claim/revenue_lines"
        yield check.cited(row, name=row.id, topic=row.topic, severity=Severity.WARNING, path=path)
    if not meanings:
        yield check.found("denial-unknown", "/denial", outcome=Outcome.UNKNOWN)
    if given.date is None:
        yield check.found("denial-date-missing", "/denial/date", outcome=Outcome.UNKNOWN)
    elif given.date > check.today:
        yield check.found("denial-ahead", "/denial/date")
    else:
        yield from _ways_on(check, given, any(row.resubmits for row in meanings))


def _ways_on(check: Check, given: Denial, resubmits: bool) -> Iterator[Finding]:
    """An unprocessable claim is resubmitted and has no appeal; any other has the appeals of its kind of plan."""
    plan = check.assessment.plan
    if resubmits or UNPROCESSABLE in (given.rarc or ()):
        yield check.found("resubmit-instead-of-appeal", "/denial/rarc", outcome=Outcome.UNKNOWN)
        return
    for rule in check.catalog.appeals if plan is not None else ():
        if plan is not None and plan.plan_type in rule.plan_types:
            yield _appeal(check, rule, given)


def _appeal(check: Check, rule: AppealRule, given: Denial) -> Finding:
    if rule.days is None or given.date is None:
        return check.cited(
            rule,
            name=rule.id,
            topic=Topic.TIMELY_FILING,
            severity=Severity.INFO,
            path="/denial/date",
            outcome=Outcome.UNKNOWN,
        )
    days = min(rule.days + rule.presumed_receipt, (date.max - given.date).days)
    last = given.date + timedelta(days=days)
    late = check.today > last
    past = ", which has passed" if late else ""
    return check.cited(
        rule,
        name=rule.id,
        topic=Topic.TIMELY_FILING,
        severity=Severity.HOLD if late else Severity.INFO,
        path="/denial/date",
        outcome=Outcome.NOT_MET if late else Outcome.UNKNOWN,
        message=f"{rule.message} The last day is {last.isoformat()}{past}.",
    )


EDITS = (filing, authorization_end, denial)
