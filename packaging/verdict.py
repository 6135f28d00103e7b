"""Put the assessment that `mild-biller check` prints into a few plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_AUTHORIZATIONS = {
    "no-auth": "Prior authorization: not required.",
    "auth-needed": "Prior authorization: required, not on file.",
    "satisfied": "Prior authorization: on file.",
    "unknown": "Prior authorization: unknown, call the payer.",
}
_FORMS = {"cms1500": "CMS-1500", "ub04": "UB-04"}
_HEADINGS = {"error": "Must fix", "hold": "Needs review", "warning": "Warning"}


def sentences(assessment: Mapping[str, Any]) -> list[str]:
    """Return the verdict, one sentence or list entry a line."""
    return [
        f"Case {assessment['case']}, assessed as of {assessment['today']}.",
        *(_told(finding) for finding in assessment["findings"] if _decides(finding)),
        _AUTHORIZATIONS[assessment["prior_authorization"]],
        *_claim(assessment),
        *_findings(assessment),
        *_missing(assessment),
    ]


def _decides(finding: Mapping[str, Any]) -> bool:
    """Return True for the finding that gives the determination and its reason."""
    return bool(finding["topic"] == "position")


def _told(finding: Mapping[str, Any]) -> str:
    return f"{finding['message']} {finding['remedy'] or ''}".rstrip()


def _claim(assessment: Mapping[str, Any]) -> list[str]:
    if assessment["form"] is None:
        return ["There is no claim to bill."]
    pages = "1 page" if assessment["pages"] == 1 else f"{assessment['pages']} pages"
    total = f", total charge {assessment['total_charge']}" if assessment["total_charge"] else ""
    head = f"Claim: {_FORMS.get(assessment['form'], assessment['form'])}, {pages}{total}."
    return [head, *(f"  {_line(line)}" for line in assessment["lines"])]


def _line(line: Mapping[str, Any]) -> str:
    modifiers = " ".join(line["modifiers"])
    parts = (f"{line['code']} {modifiers}".strip(), _units(line["units"]), line["charge"])
    return ", ".join(part for part in parts if part)


def _units(units: Any) -> str:
    return f"{units} unit" if str(units) == "1" else f"{units} units"


def _findings(assessment: Mapping[str, Any]) -> list[str]:
    """Return what is above `info`, the worst first; the determination is given above them."""
    found = [
        f"  {heading}: {_told(finding)}"
        for severity, heading in _HEADINGS.items()
        for finding in assessment["findings"]
        if finding["severity"] == severity and not _decides(finding)
    ]
    if found:
        return ["Before you send it:", *found]
    is_clear = all(finding["severity"] not in _HEADINGS for finding in assessment["findings"])
    return ["Nothing to fix or review."] if is_clear else []


def _missing(assessment: Mapping[str, Any]) -> list[str]:
    names = [_name(entry) for entry in assessment["missing"]]
    return [f"Missing answers that could change the result: {', '.join(names)}."] if names else []


def _name(entry: Any) -> str:
    """Return the question's words, or its id where it has none."""
    if isinstance(entry, Mapping):
        return str(next((entry[key] for key in ("text", "question", "id", "path") if entry.get(key)), entry))
    return str(entry)
