"""A review as plain data, in the names and the order of case file format 1, section 4."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mild_biller.core.case.model import FORMAT
from mild_biller.core.claim.claim import RevenueLine, ServiceLine
from mild_biller.core.claim.estimate import Estimate
from mild_biller.core.claim.facility import own_findings
from mild_biller.core.coverage.assess import Assessment
from mild_biller.core.review.review import Review
from mild_biller.core.review.whatif import Fact, Slip, WhatIfRow
from mild_biller.core.rules.finding import Finding, Reference
from mild_biller.core.rules.policy import Policy


def report(review: Review) -> dict[str, Any]:
    """Return what `check` prints: words, numbers, lists and dictionaries alone."""
    printed = _report(review)
    if review.facility is not None:
        own = own_findings(review.facility.findings, review.findings)
        whole = {**_report(review.facility), "findings": [_finding(found) for found in own]}
        printed["facility_claim"] = {key: whole[key] for key in _FACILITY_KEYS}
    return printed


_FACILITY_KEYS = (
    "status",
    "form",
    "pages",
    "type_of_bill",
    "total_charge",
    "diagnoses",
    "lines",
    "revenue_lines",
    "condition_codes",
    "value_codes",
    "findings",
    "payment_estimate",
)


def _report(review: Review) -> dict[str, Any]:
    assessment, claim = review.assessment, review.claim
    part = claim.institutional
    return {
        "format": FORMAT,
        "case": review.case.id,
        "today": assessment.today.isoformat(),
        "determination": assessment.determination.value,
        "position": assessment.position.value,
        "policy": _policy(assessment, assessment.policy) if assessment.policy else None,
        "prior_authorization": review.prior_authorization.value,
        "status": review.worst.value if review.worst else "clean",
        "findings": [_finding(found) for found in review.findings],
        "repairs": [{"path": each.path, "from": each.typed, "to": each.repaired} for each in review.repairs],
        "missing": list(assessment.missing),
        "form": claim.form.value if claim.form else None,
        "pages": len(review.boxes.pages) if review.boxes else 0,
        "place_of_service": claim.place_of_service,
        "type_of_bill": part.type_of_bill if part else None,
        "total_charge": _money(claim.total_charge),
        "diagnoses": [diagnosis.code for diagnosis in claim.diagnoses],
        "lines": [_line(line) for line in claim.lines],
        "revenue_lines": [_revenue_line(line) for line in part.revenue_lines] if part else [],
        "condition_codes": [each.code for each in part.condition_codes] if part else [],
        "value_codes": [{"code": each.code, "amount": each.amount} for each in part.value_codes] if part else [],
        "payment_estimate": estimate_report(review.estimate) if review.estimate else None,
    }


def whatif_report(slips: Sequence[Slip], facts: Sequence[Fact], table: Sequence[WhatIfRow]) -> dict[str, Any]:
    """Return what `whatif` prints."""
    return {
        "slips": [
            {
                "path": each.path,
                "from": each.before,
                "to": each.after,
                "rule": each.rule,
                "message": each.message,
                "remedy": each.remedy,
            }
            for each in slips
        ],
        "facts": [
            {
                "path": each.path,
                "rule": each.rule,
                "outcome": each.outcome.value,
                "message": each.message,
                "remedy": each.remedy,
            }
            for each in facts
        ],
        "table": [
            {
                each.kind: each.value,
                "determination": each.determination.value,
                "position": each.position.value,
                "lines": [_line(line) for line in each.lines],
                **_facility_lines(each),
            }
            for each in table
        ],
    }


def _facility_lines(row: WhatIfRow) -> dict[str, Any]:
    if row.facility_lines is None:
        return {}
    return {"facility_lines": [_line(line) for line in row.facility_lines]}


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _policy(assessment: Assessment, policy: Policy) -> dict[str, Any]:
    source = _reference(assessment.policy_source) if assessment.policy_source else {}
    return {
        "id": policy.id,
        "title": policy.title,
        "effective_from": policy.effective_from.isoformat(),
        "compared_on": policy.compared_on.isoformat(),
        "payer_reviewed_on": _day(policy.payer_reviewed_on),
        "next_review": _day(policy.next_review),
        "stale": assessment.is_stale,
        "source": {key: value for key, value in source.items() if key != "place"},
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "id": reference.id,
        "title": reference.title,
        "place": reference.place,
        "file": reference.file,
        "date": reference.date,
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "topic": found.topic.value,
        "rule": found.rule,
        "severity": found.severity.value,
        "outcome": found.outcome.value,
        "path": found.path,
        "box": found.box,
        "message": found.message,
        "remedy": found.remedy,
        "remedy_kind": found.remedy_kind.value,
        "sources": [_reference(reference) for reference in found.sources],
        "certainty": found.certainty.value,
        "denial": list(found.denial),
    }


def _line(line: ServiceLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "modifiers": list(line.modifiers),
        "units": line.units,
        "pointers": list(line.pointers),
        "charge": _money(line.amount) or line.charge,
        "place_of_service": line.place_of_service,
        "from": _day(line.from_),
        "to": _day(line.to),
    }


def _revenue_line(line: RevenueLine) -> dict[str, Any]:
    return {
        "revenue_code": line.revenue_code,
        "code": line.code,
        "modifiers": list(line.modifiers),
        "date": _day(line.date),
        "units": line.units,
        "charge": _money(line.amount) or line.charge,
    }


def estimate_report(money: Estimate) -> dict[str, Any]:
    """Return an estimate as `check` prints it."""
    return {
        "year": money.year,
        "kind": money.kind.value,
        "lines": [
            {
                "code": line.code,
                "amount": _money(line.amount),
                "note": line.note,
                "source": _reference(line.source),
            }
            for line in money.lines
        ],
        "total": _money(money.total),
        "coinsurance": _money(money.coinsurance),
        "label": money.label,
    }
