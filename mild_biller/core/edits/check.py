"""What an edit is given: the context of a claim, and the one way to report a finding."""

from collections.abc import Iterator
from dataclasses import dataclass

from mild_biller.core.claim.claim import ServiceLine
from mild_biller.core.claim.context import ClaimContext
from mild_biller.core.edits.form_locators import locator
from mild_biller.core.rules.code_tables import ModifierUse
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Reference, Severity, Topic
from mild_biller.core.rules.policy import BillingRule
from mild_biller.core.rules.source import Certainty, Cited, RemedyKind


@dataclass(frozen=True, slots=True)
class Check(ClaimContext):
    """One claim under check."""

    def has_modifier(self, line: ServiceLine, *uses: ModifierUse) -> bool:
        """Return True if a line has a modifier of one of these uses."""
        return not set(line.modifiers).isdisjoint(self.catalog.modifiers_of(*uses))

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

    def found_if_on_file(
        self,
        edit_id: str,
        path: str,
        *,
        box: str | None = None,
        outcome: Outcome = Outcome.NOT_MET,
        **values: str | int,
    ) -> Iterator[Finding]:
        """Report an edit that the rules of older versions lack; nothing under such rules."""
        if edit_id in self.catalog.edit:
            yield self.found(edit_id, path, box=box, outcome=outcome, at=None, certainty=None, **values)

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
