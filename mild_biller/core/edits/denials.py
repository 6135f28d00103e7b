"""Edits on what a payer answered: what the codes mean, and whether a new claim or an appeal follows, until when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mild_biller.core.edits.check import Check
from mild_biller.core.edits.form_locators import INSTITUTIONAL_KEYS, PROFESSIONAL_KEYS
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.denial import Answer, AppealRule, DenialMeaning
from mild_biller.core.rules.finding import Finding, Severity, Topic

LINE = "/claim/lines/0/"


def denials(check: Check) -> Iterator[Finding]:
    """Report what each denial most likely means, what to change, and what follows from it."""
    if check.case.denials and any(each.path == "/denial" for each in check.denials):
        yield from check.found_if_on_file("denials-differ", "/denial", outcome=Outcome.UNKNOWN)
    for answer in check.denials:
        line = answer.denial.line
        for found in _of_one(check, answer):
            yield found if line is None else replace(found, message=f"Line {line}: {found.message}")
        if line is not None and not 1 <= line <= _lines(check):
            yield from check.found_if_on_file("denial-line", f"{answer.path}/line", line=line)


def _lines(check: Check) -> int:
    return len(check.claim.lines if check.claim.institutional is None else check.claim.institutional.revenue_lines)


def _of_one(check: Check, answer: Answer) -> Iterator[Finding]:
    for row in answer.rows:
        path = _look_at(check, row, answer)
        yield check.cited(row, name=row.id, topic=row.topic, severity=row.severity, path=path)
    yield from _unexplained(check, answer)
    day = answer.denial.date
    if day is None:
        yield check.found("denial-date-missing", f"{answer.path}/date", outcome=Outcome.UNKNOWN)
    elif day > check.today:
        yield check.found("denial-ahead", f"{answer.path}/date")
    else:
        yield from _ways_on(check, answer, day)


def _look_at(check: Check, row: DenialMeaning, answer: Answer) -> str:
    """Return the pointer of what to change: what the form in hand has, of the line that was denied."""
    path, line = row.look_at, answer.denial.line
    if path == "/denial":
        return answer.path
    if path == "/claim/diagnoses" and check.claim.input.diagnoses is None:
        return "/procedure/diagnoses"
    if not check.is_professional and path.startswith("/claim/lines"):
        return "/claim/revenue_lines"
    others = INSTITUTIONAL_KEYS if check.is_professional else PROFESSIONAL_KEYS
    if path.startswith(tuple(f"/claim/{key}" for key in others)):
        return "/claim"
    if line is not None and path.startswith(LINE) and 1 <= line <= _lines(check):
        return f"/claim/lines/{line - 1}/{path.removeprefix(LINE)}"
    return path


def _unexplained(check: Check, answer: Answer) -> Iterator[Finding]:
    """Report codes of which nothing is on file, and remark codes without the reason they belong to."""
    known = {code for row in check.catalog.denials for code in row.known}
    codes = answer.denial.shown
    if not answer.rows and answer.lacks_reason:
        yield from check.found_if_on_file("denial-reason-missing", f"{answer.path}/carc", outcome=Outcome.UNKNOWN)
    elif not answer.rows:
        yield check.found("denial-unknown", answer.path, outcome=Outcome.UNKNOWN)
    elif not known.issuperset(codes):
        named = ", ".join(code for code in codes if code not in known)
        yield from check.found_if_on_file("denial-codes-unexplained", answer.path, outcome=Outcome.UNKNOWN, codes=named)


def _ways_on(check: Check, answer: Answer, day: date) -> Iterator[Finding]:
    """An unprocessable claim is resubmitted and has no appeal; a decision has the appeals of its kind of plan."""
    plan = check.assessment.plan
    if answer.resubmits:
        yield check.found("resubmit-instead-of-appeal", f"{answer.path}/rarc", outcome=Outcome.UNKNOWN)
    elif plan is not None and answer.is_decision:
        for rule in check.catalog.appeals:
            if plan.plan_type in rule.plan_types:
                yield _appeal(check, rule, day, f"{answer.path}/date")


def _appeal(check: Check, rule: AppealRule, day: date, path: str) -> Finding:
    last, message = None, None
    if rule.days is not None:
        last = day + timedelta(days=min(rule.days + rule.presumed_receipt, (date.max - day).days))
    late = last is not None and check.today > last
    if last is not None:
        message = f"{rule.message} The last day is {last.isoformat()}{', which has passed' if late else ''}."
    return check.cited(
        rule,
        name=rule.id,
        topic=Topic.TIMELY_FILING,
        severity=Severity.HOLD if late else Severity.INFO,
        path=path,
        outcome=Outcome.NOT_MET if late else Outcome.UNKNOWN,
        message=message,
    )


EDITS = (denials,)
