"""How far a case is: its claims could go out as they are, or something of them still needs work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mild_biller.core.review.printable import Lack, refusal
from mild_biller.core.review.review import Review
from mild_biller.core.rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Standing:
    """What keeps the claims of a case from going out, all of them counted together; nothing of it when it is ready.

    `errors` stop a claim, `holds` want a person's decision. `lack` is why there is no page to print, `ahead` a day of
    service that is still to come. `claims` counts the claims: the facility's is the second.
    """

    claims: int
    errors: int = 0
    holds: int = 0
    lack: Lack | None = None
    ahead: date | None = None

    @property
    def is_ready(self) -> bool:
        """Return True if every claim could be printed, not as a draft, and nothing needs review.

        A case that is not covered, or of which that is not known, always has an error or a hold.
        """
        return not (self.errors or self.holds or self.lack or self.ahead)


def standing(review: Review) -> Standing:
    """Return how far a case is, the facility's claim of it too."""
    claims = (review,) if review.facility is None else (review, review.facility)
    against = [refusal(each) for each in claims]
    findings = [found for each in claims for found in each.findings]
    return Standing(
        claims=len(claims),
        errors=_count(findings, Severity.ERROR),
        holds=_count(findings, Severity.HOLD),
        lack=next((each.lack for each in against if each.lack is not None), None),
        ahead=next((each.ahead for each in against if each.ahead is not None), None),
    )


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(found.severity is severity for found in findings)
