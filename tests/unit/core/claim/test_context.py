"""The context of a claim: what nobody entered reads as empty, what somebody entered as it is."""

from datetime import date, timedelta

import pytest

from mild_biller.core.case.model import Answers, Coverage, Procedure
from mild_biller.core.case.people import Patient, Providers
from mild_biller.core.claim.context import ClaimContext
from tests.support import TODAY, reviewed

PARTS = {
    "patient": Patient(),
    "coverages": (),
    "coverage": Coverage(),
    "answers": Answers(),
    "procedure": Procedure(),
    "providers": Providers(),
}
NOTHING = dict.fromkeys(("/patient", "/coverages", "/answers", "/procedure", "/providers"))


def context(changes: dict[str, object], *, today: date = TODAY) -> ClaimContext:
    found = reviewed(changes=changes, today=today)
    return ClaimContext(found.case, found.assessment, found.claim, found.pack)


@pytest.mark.parametrize(("part", "empty"), PARTS.items())
def test_a_part_nobody_entered_is_an_empty_one(part: str, empty: object) -> None:
    assert getattr(context(dict(NOTHING)), part) == empty


@pytest.mark.parametrize("part", [part for part in PARTS if part != "coverage"])
def test_a_part_that_is_entered_is_that_of_the_case(part: str) -> None:
    found = context({})
    assert getattr(found, part) is getattr(found.case, part)


def test_the_primary_coverage_is_the_first() -> None:
    found = context({"/coverages/1": {"payer": "medicaid"}})
    assert (found.coverage.payer, [each.payer for each in found.coverages]) == ("medicare", ["medicare", "medicaid"])


@pytest.mark.parametrize(("days", "is_ahead"), [(-1, True), (0, False), (1, False)])
def test_a_service_lies_ahead_until_its_day(days: int, is_ahead: bool) -> None:
    service = date(2026, 3, 10)
    found = context({}, today=service + timedelta(days=days))
    assert (found.service, found.lies_ahead) == (service, is_ahead)


def test_without_a_date_nothing_lies_ahead() -> None:
    found = context({"/procedure": None})
    assert (found.service, found.lies_ahead) == (None, False)
