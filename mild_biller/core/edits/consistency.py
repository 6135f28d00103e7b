"""Edits on facts that contradict each other: dates out of order, answers against the record."""

from collections.abc import Iterator
from datetime import date

from mild_biller.core.case.pointer import read
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.criteria import NoneWithinBeforeService, Outcome
from mild_biller.core.rules.finding import Finding
from mild_biller.core.rules.question import QuestionKind, number

OLDEST_AGE = 120


def service_date(check: Check) -> Iterator[Finding]:
    """The date of service is there; while it is in the future, only a draft is printed."""
    path = "/procedure/date_of_service"
    if check.service is None:
        yield check.found("date-of-service-missing", path, box="24A")
    elif check.lies_ahead:
        yield check.found(
            "date-of-service-ahead", path, box="24A", outcome=Outcome.UNKNOWN, day=check.service.isoformat()
        )


def birth(check: Check) -> Iterator[Finding]:
    """The patient was born before the service, and within a lifetime of it."""
    born, service = check.patient.birth_date, check.service or check.today
    if born is None:
        yield check.found("birth-date-missing", "/patient/birth_date", box="3")
    elif born > service:
        yield check.found("birth-after-service", "/patient/birth_date", box="3")
    elif service.year - born.year > OLDEST_AGE:
        yield check.found("birth-too-long-ago", "/patient/birth_date", box="3", years=OLDEST_AGE)


def line_dates(check: Check) -> Iterator[Finding]:
    """A line's days are in order and are the day of service."""
    for index, line in check.numbered_lines():
        if line.from_ is not None and line.to is not None and line.to < line.from_:
            yield check.found("line-dates-reversed", line.paths["to"], box=f"24A.{index}")
        elif check.service is not None and {line.from_, line.to} != {check.service}:
            key = "from" if line.from_ != check.service else "to"
            yield check.found(
                "line-date-against-service", line.paths[key], box=f"24A.{index}", day=check.service.isoformat()
            )


def spans(check: Check) -> Iterator[Finding]:
    """Every stretch of days begins before it ends."""
    typed = check.claim.input
    stretches = [
        ("/claim/unable_to_work", typed.unable_to_work, "16"),
        ("/claim/hospitalization", typed.hospitalization, "18"),
    ]
    for path, span, box in stretches:
        if span is not None and _reversed(span.from_, span.to):
            yield check.found("span-reversed", f"{path}/to", box=box)
    for index, care in enumerate(check.answers.conservative_care or ()):
        if _reversed(care.from_, care.to):
            yield check.found("span-reversed", f"/answers/conservative_care/{index}/to")
        elif check.service is not None and care.from_ is not None and care.from_ > check.service:
            yield check.found("care-after-service", f"/answers/conservative_care/{index}/from")


def _reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def evidence_dates(check: Check) -> Iterator[Finding]:
    """Imaging, onset and earlier procedures lie before the service."""
    service = check.service
    if service is None:
        return
    imaging = check.answers.imaging_date
    if imaging is not None and imaging > service:
        yield check.found("imaging-after-service", "/answers/imaging_date")
    onset = check.claim.input.onset
    if onset is not None and onset.date is not None and onset.date > service:
        yield check.found("onset-after-service", "/claim/onset/date", box="14")
    for index, prior in enumerate(check.case.prior_procedures or ()):
        if prior.date is not None and prior.date >= service:
            yield check.found("prior-after-service", f"/prior_procedures/{index}/date")


def numbers(check: Check) -> Iterator[Finding]:
    """Measured answers and scores are numbers, none below nothing."""
    for question in check.catalog.questions:
        typed = read(check.case, question.path) if question.kind is QuestionKind.NUMBER else None
        value = None if typed is None else number(typed)
        if typed is not None and (value is None or value < 0):
            yield check.found("answer-not-a-number", question.path, question=question.text)


def look_back(check: Check) -> Iterator[Finding]:
    """The answer 'none' and an earlier procedure inside the window do not stand together."""
    for judged in check.assessment.criteria:
        test = judged.criterion.test
        if not isinstance(test, NoneWithinBeforeService) or judged.judgment.outcome is not Outcome.NOT_MET:
            continue
        asked = check.catalog.question[test.searched]
        if asked.answer(check.case) is True:
            yield check.found("look-back-contradiction", asked.path)


EDITS = (service_date, birth, line_dates, spans, evidence_dates, numbers, look_back)
