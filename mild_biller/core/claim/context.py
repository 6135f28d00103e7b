"""The context of a claim: the case, how it was assessed, the claim made of it, and the rules by which.

What needs a case together with its claim is given this. A part of the case that nobody entered reads as an empty one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mild_biller.core.case.denial import Denial
from mild_biller.core.case.model import Answers, Case, Coverage, Procedure
from mild_biller.core.case.people import Patient, Providers
from mild_biller.core.claim.claim import Claim, ServiceLine
from mild_biller.core.coverage.assess import Assessment, date_of_service, primary
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.claim_rules import ClaimRules
from mild_biller.core.rules.criteria import Knowledge
from mild_biller.core.rules.denial import Answer, meanings_of
from mild_biller.core.rules.payer import Plan
from mild_biller.core.rules.policy import ClaimKind


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """One claim with everything it was made from."""

    case: Case
    assessment: Assessment
    claim: Claim
    pack: ClaimRules

    @property
    def catalog(self) -> Catalog:
        """The codes, payers, policies and edits of the pack."""
        return self.pack.catalog

    @property
    def knowledge(self) -> Knowledge:
        """What criteria are judged by."""
        return Knowledge(self.case, self.catalog.question, self.catalog.prior_code, self.catalog.diagnosis)

    @property
    def plan(self) -> Plan | None:
        """The plan of the primary payer, None while unknown."""
        return self.assessment.plan

    @property
    def today(self) -> date:
        """Today, as given."""
        return self.assessment.today

    @property
    def service(self) -> date | None:
        """Date of service, None while unknown."""
        return date_of_service(self.case)

    @property
    def lies_ahead(self) -> bool:
        """Return True if the service is still to come: what is missing may then still be filled in."""
        return self.service is not None and self.service > self.today

    @property
    def is_professional(self) -> bool:
        """Return True if the claim is billed on a CMS-1500."""
        return self.claim.kind is ClaimKind.PROFESSIONAL

    @property
    def patient(self) -> Patient:
        """The patient."""
        return self.case.patient or Patient()

    @property
    def coverages(self) -> tuple[Coverage, ...]:
        """All coverages, the primary first."""
        return self.case.coverages or ()

    @property
    def coverage(self) -> Coverage:
        """The primary coverage."""
        return primary(self.case) or Coverage()

    @property
    def answers(self) -> Answers:
        """The answers."""
        return self.case.answers or Answers()

    @property
    def procedure(self) -> Procedure:
        """The procedure."""
        return self.case.procedure or Procedure()

    @property
    def providers(self) -> Providers:
        """The providers."""
        return self.case.providers or Providers()

    @property
    def denials(self) -> tuple[Answer, ...]:
        """What the payer answered; a single denial that the list has, too, is left out."""
        placed = [(f"/denials/{index}", each) for index, each in enumerate(self.case.denials or ())]
        single = self.case.denial
        if single is not None and not any(_is_said_by(single, each) for _, each in placed):
            placed.insert(0, ("/denial", single))
        answers = [Answer(path, each, meanings_of(each, self.catalog.denials)) for path, each in placed]
        returned = {each.denial.date for each in answers if each.resubmits and each.denial.line is None}
        return tuple(replace(each, is_of_returned=each.denial.date in returned) for each in answers)

    def numbered_lines(self) -> Iterator[tuple[int, ServiceLine]]:
        """Yield each service line with the number of its line on the form, from 1."""
        for number, line in enumerate(self.claim.lines, start=1):
            yield line.row or number, line


def _is_said_by(single: Denial, other: Denial) -> bool:
    """Return True if a denial says nothing that another one does not, in whatever notation."""
    return (
        single.date in (None, other.date)
        and set(single.shown) <= set(other.shown)
        and single.remark in (None, other.remark)
    )
