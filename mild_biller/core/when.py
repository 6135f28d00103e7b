"""In which cases a sentence of a packet or a letter belongs: a closed set of conditions, all of which must hold."""

from typing import Annotated

from mild_biller.core.assess import Determination
from mild_biller.core.base import Model
from mild_biller.core.case import PlanType
from mild_biller.core.criteria import Outcome, Test
from mild_biller.core.policy import ClaimKind, Position, word, words
from mild_biller.core.quote import Subject
from mild_biller.core.quotes import QuoteNames, quote
from mild_biller.core.source import Listed, Words


class When(Model):
    """Conditions; a list that is empty asks nothing.

    `known` and `unknown` name quotes. `met`, `not_met` and `open` are tests of the case, as policies have them.
    """

    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)] = ()
    positions: Annotated[tuple[Position, ...], words(Position)] = ()
    determinations: Annotated[tuple[Determination, ...], words(Determination)] = ()
    policies: Words = ()
    claim: Annotated[ClaimKind | None, word(ClaimKind)] = None
    denials: Words = ()
    no_denials: Words = ()
    stale: bool | None = None
    known: QuoteNames = ()
    unknown: QuoteNames = ()
    met: Annotated[tuple[Test, ...], Listed] = ()
    not_met: Annotated[tuple[Test, ...], Listed] = ()
    open: Annotated[tuple[Test, ...], Listed] = ()

    def holds(self, subject: Subject) -> bool:
        """Tell whether every condition holds for a case."""
        return self._of_payer(subject) and self._of_denial(subject) and self._of_record(subject)

    def _of_payer(self, subject: Subject) -> bool:
        assessment = subject.review.assessment
        plan, policy = assessment.plan, assessment.policy
        return (
            (not self.plan_types or (plan is not None and plan.plan_type in self.plan_types))
            and (not self.positions or assessment.position in self.positions)
            and (not self.determinations or assessment.determination in self.determinations)
            and (not self.policies or (policy is not None and policy.id in self.policies))
            and self.claim in (None, subject.review.claim.kind)
            and self.stale in (None, assessment.is_stale)
        )

    def _of_denial(self, subject: Subject) -> bool:
        meanings = denials_of(subject)
        return (not self.denials or bool(meanings & set(self.denials))) and not meanings & set(self.no_denials)

    def _of_record(self, subject: Subject) -> bool:
        wanted = ((self.met, Outcome.MET), (self.not_met, Outcome.NOT_MET), (self.open, Outcome.UNKNOWN))
        return (
            all(quote(name, subject).is_known for name in self.known)
            and not any(quote(name, subject).is_begun for name in self.unknown)
            and all(test.judge(subject.knowledge).outcome is outcome for tests, outcome in wanted for test in tests)
        )


def denials_of(subject: Subject) -> set[str]:
    """Return the ids of what the payer's denial most likely means; none without a denial."""
    given = subject.case.denial
    return {row.id for row in subject.catalog.denials if given is not None and row.matches(given)}
