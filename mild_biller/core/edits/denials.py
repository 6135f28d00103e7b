"""Edits on what a payer answered: what the codes mean, and whether a new claim or an appeal follows, until when."""

from collections.abc import Iterator
from datetime import date, timedelta

from mild_biller.core.case.denial import Denial, is_remark
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.denial import AppealRule, DenialMeaning, meanings_of
from mild_biller.core.rules.finding import Finding, Severity, Topic

DENIAL = "/denial"


def denial(check: Check) -> Iterator[Finding]:
    """Report what a denial most likely means, what to change, and what follows from it."""
    given = check.case.denial
    if given is None:
        return
    rows = meanings_of(given, check.catalog.denials)
    yield from _meanings(check, given, rows)
    yield from _unexplained(check, given, rows)
    if given.date is None:
        yield check.found("denial-date-missing", f"{DENIAL}/date", outcome=Outcome.UNKNOWN)
    elif given.date > check.today:
        yield check.found("denial-ahead", f"{DENIAL}/date")
    else:
        yield from _ways_on(check, given, rows)


def _meanings(check: Check, given: Denial, rows: tuple[DenialMeaning, ...]) -> Iterator[Finding]:
    for row in rows:
        path = row.look_at
        if not check.is_professional and path.startswith("/claim/lines"):
            path = "/claim/revenue_lines"
        yield check.cited(row, name=row.id, topic=row.topic, severity=row.severity, path=path)


def _unexplained(check: Check, given: Denial, rows: tuple[DenialMeaning, ...]) -> Iterator[Finding]:
    """Report codes of which nothing is on file, and remark codes without the reason they belong to."""
    known = {code for row in check.catalog.denials for code in row.known}
    if not rows and _is_remarks_alone(given):
        yield check.found("denial-reason-missing", f"{DENIAL}/carc", outcome=Outcome.UNKNOWN)
    elif not rows:
        yield check.found("denial-unknown", DENIAL, outcome=Outcome.UNKNOWN)
    elif not known.issuperset(given.shown):
        codes = ", ".join(code for code in given.shown if code not in known)
        yield check.found("denial-codes-unexplained", DENIAL, outcome=Outcome.UNKNOWN, codes=codes)


def _is_remarks_alone(given: Denial) -> bool:
    return bool(given.shown) and all(map(is_remark, given.shown))


def _ways_on(check: Check, given: Denial, rows: tuple[DenialMeaning, ...]) -> Iterator[Finding]:
    """An unprocessable claim is resubmitted and has no appeal; a decision has the appeals of its kind of plan."""
    plan = check.assessment.plan
    if any(row.resubmits for row in rows):
        yield check.found("resubmit-instead-of-appeal", f"{DENIAL}/rarc", outcome=Outcome.UNKNOWN)
    elif plan is not None and _is_decision(given, rows):
        for rule in check.catalog.appeals:
            if plan.plan_type in rule.plan_types:
                yield _appeal(check, rule, given)


def _is_decision(given: Denial, rows: tuple[DenialMeaning, ...]) -> bool:
    """Codes of which nothing is on file may be a decision: its last day is better told than kept silent."""
    return any(row.decides for row in rows) if rows else not _is_remarks_alone(given)


def _appeal(check: Check, rule: AppealRule, given: Denial) -> Finding:
    if rule.days is None or given.date is None:
        return check.cited(
            rule,
            name=rule.id,
            topic=Topic.TIMELY_FILING,
            severity=Severity.INFO,
            path=f"{DENIAL}/date",
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
        path=f"{DENIAL}/date",
        outcome=Outcome.NOT_MET if late else Outcome.UNKNOWN,
        message=f"{rule.message} The last day is {last.isoformat()}{past}.",
    )


EDITS = (denial,)
