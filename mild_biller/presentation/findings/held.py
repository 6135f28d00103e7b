"""What a person must review before a claim leaves, in lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mild_biller.core.coverage.assess import Determination
from mild_biller.core.review.printable import holds
from mild_biller.core.review.review import Review
from mild_biller.core.rules.finding import Finding, Topic
from mild_biller.presentation.labels import words
from mild_biller.presentation.typed_text import shown_days

MOST_LINES: Final = 8
MOST: Final = 300  # characters of a line


@dataclass(frozen=True, slots=True)
class Held:
    """How many findings need review, and the lines that name them; a service that is not covered is named first."""

    count: int = 0
    lines: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The count in words, nothing where there is none."""
        if not self.count:
            return ""
        return f"{self.count} {'finding needs' if self.count == 1 else 'findings need'} review."


def held(claim: Review, *, of: Review) -> Held:
    """Return what needs review on a claim of a case: the case's own claim, or the facility's."""
    found = holds(claim, of=of)
    position = tuple(_not_covered(claim))
    lines = (
        *(_short(f"{words(Determination.NOT_COVERED)}: {each.message}") for each in position),
        *(_short(each.message) for each in found if each not in position),
    )
    more = len(lines) - MOST_LINES
    return Held(len(found), (*lines[:MOST_LINES], f"and {more} more") if more > 0 else lines)


def _not_covered(claim: Review) -> Iterator[Finding]:
    """Yield the finding that says so, also one that stops the claim."""
    if claim.assessment.determination is Determination.NOT_COVERED:
        yield from (found for found in claim.findings if found.topic is Topic.POSITION)


def _short(message: str) -> str:
    text = shown_days(message)
    return text if len(text) <= MOST else f"{text[:MOST]}…"
