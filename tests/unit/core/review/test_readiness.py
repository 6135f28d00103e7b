"""How far a case is: ready means that every claim of it could be printed, not as a draft, and nothing holds it."""

from dataclasses import replace
from datetime import date

import pytest

from mild_biller.core.coverage.assess import Determination
from mild_biller.core.review.printable import Lack
from mild_biller.core.review.readiness import Standing, standing
from tests.support import example_names, reviewed

READY = {
    "medicare-2025-old-code",
    "medicare-advantage-2026",
    "medicare-advantage-premera-brand",
    "medicare-asc-2026",
    "medicare-critical-access",
    "medicare-hospital-2026",
    "medicare-hospital-derived",
    "medicare-one-side",
    "medicare-with-tricare-second",
}


@pytest.mark.parametrize("name", example_names())
def test_what_is_ready_among_the_examples(name: str) -> None:
    review = reviewed(name)
    assert standing(review).is_ready is (name in READY)
    if name in READY:
        assert review.assessment.determination is Determination.COVERED


def test_a_clean_claim() -> None:
    assert standing(reviewed()) == Standing(claims=1)


def test_a_slip_stops_it() -> None:
    assert standing(reviewed("medicare-letter-o")) == Standing(claims=1, errors=1)


def test_what_is_not_known_holds_it() -> None:
    held = standing(reviewed("medicare-look-back-boundary"))
    assert (held.errors, held.holds) == (0, 2)
    assert not held.is_ready


def test_what_no_policy_decides_holds_it() -> None:
    assert standing(reviewed("medicaid-2026")) == Standing(claims=1, holds=1)


def test_a_refusal_that_may_go_out_with_a_notice_is_still_a_person_s_to_decide() -> None:
    assert standing(reviewed("premera-commercial-2026")) == Standing(claims=1, holds=1)


def test_a_service_that_lies_ahead_is_not_ready() -> None:
    ahead = standing(reviewed(changes={"/procedure/date_of_service": "2026-03-20"}))
    assert ahead.ahead == date(2026, 3, 20)
    assert not ahead.is_ready


def test_no_claim_is_none_that_is_ready() -> None:
    assert standing(reviewed("va-facility-2026")) == Standing(claims=1, lack=Lack.CLAIM)
    assert not Standing(claims=1, lack=Lack.FORM).is_ready


def test_the_facility_s_claim_counts_too() -> None:
    both = replace(reviewed(), facility=reviewed("medicare-hospital-2026"))
    assert standing(both) == Standing(claims=2)
    wrong = replace(reviewed(), facility=reviewed("medicare-letter-o"))
    assert standing(wrong) == Standing(claims=2, errors=1)
    lacking = replace(reviewed(), facility=reviewed("va-facility-2026"))
    assert standing(lacking) == Standing(claims=2, lack=Lack.CLAIM)
