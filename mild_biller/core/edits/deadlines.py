"""Edits on days that must be kept: filing, an authorization's end."""

from collections.abc import Iterator

from mild_biller.core.edits.check import Check
from mild_biller.core.rules.criteria import Outcome, months_before
from mild_biller.core.rules.finding import Finding, Severity, Topic


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


EDITS = (filing, authorization_end)
