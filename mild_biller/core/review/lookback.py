"""The look-back a policy requires, and which prior procedures count.

Whether an earlier procedure counts is asked of the policy's own test, never decided here.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from mild_biller.core.case.model import Case, PriorProcedure, Procedure
from mild_biller.core.coverage.assess import date_of_service
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Knowledge, NoneWithinBeforeService, Outcome, months_before, tests_of
from mild_biller.core.rules.policy import Criterion, Policy

_PROBE: Final = (date(2000, 6, 15), date(2000, 6, 14))  # a service, and a day that is in every look-back of it


class EntryPlace(Enum):
    """Where an earlier procedure is, seen from the look-back."""

    INSIDE = "inside"
    FIRST_DAY = "first-day"
    BEFORE = "before"
    AFTER = "after"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class LookBackEntry:
    """One earlier procedure, the `number`th of the case; `counts`: met, its kind counts; unknown, needs review."""

    number: int
    procedure: PriorProcedure
    place: EntryPlace
    counts: Outcome
    is_elsewhere: bool = False  # in a region that the criterion does not look at

    @property
    def day(self) -> date | None:
        """Return its day, None where it has none."""
        return self.procedure.date

    @property
    def matters(self) -> bool:
        """Return True if it may count against the procedure."""
        return self.counts is not Outcome.NOT_MET and self.place not in (EntryPlace.BEFORE, EntryPlace.AFTER)


@dataclass(frozen=True, slots=True)
class LookBack:
    """The months before a service that a policy looks at, and what was done; `rule` is the criterion's id."""

    rule: str
    months: int
    first_day: date
    service: date
    outcome: Outcome
    entries: tuple[LookBackEntry, ...]


def look_back(review: Review, *, catalog: Catalog) -> LookBack | None:
    """Return the look-back the deciding policy requires, None if it requires none."""
    found = _asked(review.assessment.policy)
    service = date_of_service(review.case)
    if found is None or service is None:
        return None
    criterion, test = found
    first_day = months_before(service, test.months)
    entries = tuple(
        LookBackEntry(
            number,
            each,
            _place(each.date, first_day, service),
            _counts(each, test, catalog),
            each.region not in (None, test.region),
        )
        for number, each in enumerate(review.case.prior_procedures or (), start=1)
    )
    outcome = test.judge(Knowledge(review.case, catalog.question, catalog.prior_code, catalog.diagnosis)).outcome
    return LookBack(criterion.id, test.months, first_day, service, outcome, entries)


def _asked(policy: Policy | None) -> tuple[Criterion, NoneWithinBeforeService] | None:
    for criterion in policy.criterion if policy is not None else ():
        for test in tests_of(criterion.test):
            if isinstance(test, NoneWithinBeforeService) and test.months > 0:
                return criterion, test
    return None


def _counts(entry: PriorProcedure, test: NoneWithinBeforeService, catalog: Catalog) -> Outcome:
    """Ask the test itself about an entry, moved to a day on which nothing but its kind can matter."""
    service, day = _PROBE
    case = Case(procedure=Procedure(date_of_service=service), prior_procedures=(entry.with_(date=day),))
    judged = test.judge(Knowledge(case, catalog.question, catalog.prior_code, catalog.diagnosis)).outcome
    return {Outcome.NOT_MET: Outcome.MET, Outcome.MET: Outcome.NOT_MET}.get(judged, Outcome.UNKNOWN)


def _place(day: date | None, first_day: date, service: date) -> EntryPlace:
    if day is None:
        return EntryPlace.UNDATED
    if day >= service:
        return EntryPlace.AFTER
    if day == first_day:
        return EntryPlace.FIRST_DAY
    return EntryPlace.INSIDE if day > first_day else EntryPlace.BEFORE
