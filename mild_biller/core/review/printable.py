"""Why a claim may not be printed, only as a draft, or not without review. One place for command line and window."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from mild_biller.core.claim.facility import FACILITY_CLAIM
from mild_biller.core.review.review import Review
from mild_biller.core.rules.finding import Finding, Severity

NEVER: Final = ("overflow-money", "too-many-diagnoses")  # no page may be made, not even a draft


class Lack(Enum):
    """Why there is no page at all to print."""

    CLAIM = "no claim is billed in this case"
    FORM = "this version cannot print the form"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What prevents printing a claim; empty if nothing does.

    `never` stops a draft too, `stops` and `ahead` only what is meant to be sent.
    """

    lack: Lack | None = None
    never: tuple[Finding, ...] = ()
    stops: tuple[Finding, ...] = ()
    ahead: date | None = None


def refusal(review: Review) -> Refusal:
    """Return what prevents printing a claim; `ahead` is a date of service in the future."""
    if review.claim.form is None:
        return Refusal(Lack.CLAIM)
    if review.filled is None:
        return Refusal(Lack.FORM)
    service = review.case.procedure.date_of_service if review.case.procedure else None
    return Refusal(
        never=tuple(found for found in review.errors if found.rule in NEVER),
        stops=review.errors,
        ahead=service if service is not None and service > review.assessment.today else None,
    )


def holds(claim: Review, *, of: Review) -> tuple[Finding, ...]:
    """Return what a person must review before a claim of a case is sent.

    The facility's claim, which is reviewed within the case, shares the case's findings on where the two disagree.
    """
    own = tuple(found for found in claim.findings if found.severity is Severity.HOLD)
    if claim is of:
        return own
    shared = (found for found in of.findings if f"{found.path}/".startswith(f"{FACILITY_CLAIM}/"))
    return (*own, *(found for found in shared if found.severity is Severity.HOLD and found not in own))
