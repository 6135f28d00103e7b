"""In which cases a sentence of a packet or a letter belongs: a closed set of conditions, all of which must hold."""

from typing import Annotated

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import PlanType, Region
from mild_biller.core.coverage.assess import Determination
from mild_biller.core.documents.quote import Subject
from mild_biller.core.documents.quote_catalog import QuoteNames, quote
from mild_biller.core.rules.criteria import Outcome, Test
from mild_biller.core.rules.policy import ClaimKind, Position, word, words
from mild_biller.core.rules.source import Listed, Words


class When(Model):
    """Conditions; a list that is empty asks nothing.

    `regions` hold for a region nobody has entered, too. `denials` are what the payer's denials may mean, `resubmits`
    that one requires a new claim, `decided` that one may be appealed. `ahead` is a service after today, `stale` a
    policy past its review, `errors` a claim with errors. `known` and `unknown` name quotes. `met`, `not_met` and
    `open` are tests, as policies have them.
    """

    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)] = ()
    positions: Annotated[tuple[Position, ...], words(Position)] = ()
    determinations: Annotated[tuple[Determination, ...], words(Determination)] = ()
    policies: Words = ()
    regions: Annotated[tuple[Region, ...], words(Region)] = ()
    claim: Annotated[ClaimKind | None, word(ClaimKind)] = None
    denials: Words = ()
    no_denials: Words = ()
    resubmits: bool | None = None
    decided: bool | None = None
    stale: bool | None = None
    ahead: bool | None = None
    errors: bool | None = None
    known: QuoteNames = ()
    unknown: QuoteNames = ()
    met: Annotated[tuple[Test, ...], Listed] = ()
    not_met: Annotated[tuple[Test, ...], Listed] = ()
    open: Annotated[tuple[Test, ...], Listed] = ()

    def holds(self, subject: Subject) -> bool:
        """Return True if a case meets every condition."""
        return (
            self._of_payer(subject)
            and self._of_claim(subject)
            and self._of_denial(subject)
            and self._of_record(subject)
        )

    def _of_payer(self, subject: Subject) -> bool:
        assessment = subject.assessment
        plan, policy = assessment.plan, assessment.policy
        return (
            (not self.plan_types or (plan is not None and plan.plan_type in self.plan_types))
            and (not self.positions or assessment.position in self.positions)
            and (not self.determinations or assessment.determination in self.determinations)
            and (not self.policies or (policy is not None and policy.id in self.policies))
            and self.stale in (None, assessment.is_stale)
        )

    def _of_claim(self, subject: Subject) -> bool:
        service = subject.service
        ahead = None if service is None else service > subject.today
        region = subject.procedure.region
        return (
            self.claim in (None, subject.claim.kind)
            and (not self.regions or region is None or region in self.regions)
            and self.ahead in (None, ahead)
            and self.errors in (None, bool(subject.review.errors))
        )

    def _of_denial(self, subject: Subject) -> bool:
        answers = subject.denials
        meanings = {row.id for each in answers for row in each.rows}
        return (
            (not self.denials or bool(meanings & set(self.denials)))
            and not meanings & set(self.no_denials)
            and self.resubmits in (None, any(each.resubmits for each in answers))
            and self.decided in (None, any(each.is_decision for each in answers))
        )

    def _of_record(self, subject: Subject) -> bool:
        wanted = ((self.met, Outcome.MET), (self.not_met, Outcome.NOT_MET), (self.open, Outcome.UNKNOWN))
        return (
            all(quote(name, subject).is_known for name in self.known)
            and not any(quote(name, subject).is_begun for name in self.unknown)
            and all(test.judge(subject.knowledge).outcome is outcome for tests, outcome in wanted for test in tests)
        )
