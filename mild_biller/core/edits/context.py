"""What an edit is given: case, verdict, claim, rules; and the one way to report a finding."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mild_biller.core.case.model import Answers, Case, Procedure
from mild_biller.core.case.people import Patient, Providers
from mild_biller.core.claim.claim import Claim, ServiceLine
from mild_biller.core.coverage.assess import Assessment, date_of_service
from mild_biller.core.edits.form_locators import locator
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import ModifierUse
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Reference, Severity, Topic
from mild_biller.core.rules.policy import BillingRule, ClaimKind
from mild_biller.core.rules.source import Certainty, Cited, RemedyKind


@dataclass(frozen=True, slots=True)
class Check:
    """One claim under check. A part of the case nobody entered reads as an empty one."""

    case: Case
    assessment: Assessment
    claim: Claim
    catalog: Catalog

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
    def patient(self) -> Patient:
        """The patient."""
        return self.case.patient or Patient()

    @property
    def procedure(self) -> Procedure:
        """The procedure."""
        return self.case.procedure or Procedure()

    def has_modifier(self, line: ServiceLine, *uses: ModifierUse) -> bool:
        """Return True if a line has a modifier of one of these uses."""
        return not set(line.modifiers).isdisjoint(self.catalog.modifiers_of(*uses))

    @property
    def answers(self) -> Answers:
        """The answers."""
        return self.case.answers or Answers()

    @property
    def providers(self) -> Providers:
        """The providers."""
        return self.case.providers or Providers()

    @property
    def is_professional(self) -> bool:
        """Return True if the claim is billed on a CMS-1500."""
        return self.claim.kind is ClaimKind.PROFESSIONAL

    def numbered_lines(self) -> Iterator[tuple[int, ServiceLine]]:
        """Yield each service line with the number of its line on the form, from 1."""
        for number, line in enumerate(self.claim.lines, start=1):
            yield line.row or number, line

    def place(self, box: str | None, at: str | None) -> str | None:
        """Return the box of the form in hand: the item as it is, or the form locator."""
        if self.is_professional or box is None:
            return box or at
        return at or locator(box)

    def found(
        self,
        edit_id: str,
        path: str,
        *,
        box: str | None = None,
        at: str | None = None,
        certainty: Certainty | None = None,
        outcome: Outcome = Outcome.NOT_MET,
        **values: object,
    ) -> Finding:
        """Report an edit of this id at a key; `values` fill the words of its message and remedy.

        An edit without a severity of its own is an error once the service is done, information before.
        A `certainty` that may not block brings an error down to a hold. `box` is the item of the CMS-1500,
        written as the form locator on a UB-04; `at` is a form locator the CMS-1500 has nothing like.
        """
        edit = self.catalog.edit[edit_id]
        severity = edit.severity or (Severity.INFO if self.lies_ahead else Severity.ERROR)
        sure = certainty or edit.certainty
        if severity is Severity.ERROR and not sure.may_block:
            severity = Severity.HOLD
        return Finding(
            topic=edit.topic,
            rule=edit.id,
            severity=severity,
            outcome=outcome,
            path=path,
            box=self.place(box, at),
            message=edit.message.format(**values),
            remedy=edit.remedy.format(**values),
            remedy_kind=edit.remedy_kind,
            sources=self.catalog.references(edit.sources),
            certainty=sure,
            denial=edit.denial,
        )

    def cited(
        self,
        rule: Cited,
        *,
        name: str,
        topic: Topic,
        severity: Severity,
        path: str,
        box: str | None = None,
        at: str | None = None,
        outcome: Outcome = Outcome.NOT_MET,
        message: str | None = None,
    ) -> Finding:
        """Report a rule of a policy's or a payer's own data."""
        sources: tuple[Reference, ...] = self.catalog.references(rule.sources)
        may = severity is not Severity.ERROR or rule.certainty.may_block
        is_met = outcome is Outcome.MET
        return Finding(
            topic=topic,
            rule=name,
            severity=severity if may else Severity.HOLD,
            outcome=outcome,
            path=path,
            box=self.place(box, at),
            message=message or rule.message,
            remedy="" if is_met else rule.remedy,
            remedy_kind=RemedyKind.NONE if is_met else rule.remedy_kind,
            sources=sources,
            certainty=rule.certainty,
            denial=() if is_met else rule.denial,
        )

    def against(
        self,
        rule: BillingRule,
        path: str,
        *,
        value: str | None = None,
        severity: Severity = Severity.ERROR,
        box: str | None = None,
        at: str | None = None,
    ) -> Finding:
        """Report what speaks against a billing rule of the policy; a `value` it is unclear about is a hold."""
        is_unclear = value in rule.unclear
        return self.cited(
            rule,
            name=rule.id,
            topic=rule.topic,
            severity=Severity.HOLD if is_unclear else severity,
            path=path,
            box=box,
            at=at,
            message=rule.unclear_message if is_unclear else None,
        )
