"""The look-back: where an earlier procedure is, and that the policy's own test says what counts."""

from datetime import date, timedelta
from itertools import product

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case, PriorProcedure
from mild_biller.core.case.vocabulary import PriorKind, Region
from mild_biller.core.review.lookback import EntryPlace, look_back
from mild_biller.core.review.review import review
from mild_biller.core.rules.criteria import Outcome
from tests.support import TODAY, case, looked_at

SERVICE = date(2026, 3, 10)
FIRST_DAY = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (None, EntryPlace.UNDATED),
        (date.min, EntryPlace.BEFORE),
        (FIRST_DAY - timedelta(days=1), EntryPlace.BEFORE),
        (FIRST_DAY, EntryPlace.FIRST_DAY),
        (FIRST_DAY + timedelta(days=1), EntryPlace.INSIDE),
        (SERVICE - timedelta(days=1), EntryPlace.INSIDE),
        (SERVICE, EntryPlace.AFTER),
        (date.max, EntryPlace.AFTER),
    ],
)
def test_an_entry_lies_where_the_criterion_looks(day: date | None, place: EntryPlace) -> None:
    look = looked_at(PriorProcedure(kind=PriorKind.LAMINECTOMY, region=Region.LUMBAR, date=day))
    assert (look.months, look.first_day, look.service) == (12, FIRST_DAY, SERVICE)
    assert look.entries[0].place is place


@pytest.mark.parametrize(("kind", "region"), [*product([None, *PriorKind], [None, *Region])])
def test_the_picture_and_the_verdict_never_disagree(kind: PriorKind | None, region: Region | None) -> None:
    inside = looked_at(PriorProcedure(kind=kind, region=region, date=date(2025, 9, 1)))
    expected = {Outcome.MET: Outcome.NOT_MET, Outcome.NOT_MET: Outcome.MET, Outcome.UNKNOWN: Outcome.UNKNOWN}
    assert inside.outcome is expected[inside.entries[0].counts]
    outside = looked_at(PriorProcedure(kind=kind, region=region, date=date(2024, 9, 1)))
    assert outside.outcome is Outcome.MET
    assert outside.entries[0].counts is inside.entries[0].counts


@pytest.mark.parametrize("given", [Case(), case("premera-commercial-2026")], ids=["empty", "no look-back asked for"])
def test_without_a_policy_that_looks_back_there_is_none(given: Case) -> None:
    found = review(given, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    assert look_back(found, catalog=loader.catalog()) is None
