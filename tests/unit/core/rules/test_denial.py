"""Which rows of the library speak of a denial: all of a row's codes must be on the remittance."""

import pytest

from mild_biller.core.case.denial import Denial
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.rules.denial import DenialMeaning, meanings_of
from tests.support import PACK

CATALOG = PACK.catalog


def matching(carc: tuple[str, ...] | None, rarc: tuple[str, ...] | None) -> list[str]:
    denial = Denial.model_construct(carc=carc, rarc=rarc, date=None, remark=None)
    return [row.id for row in meanings_of(denial, CATALOG.denials)]


@pytest.mark.parametrize(
    ("carc", "rarc", "rows"),
    [
        (("16",), ("MA50",), ["denied-trial-number"]),
        (("16",), ("MA50", "MA130"), ["denied-trial-number", "denied-unprocessable"]),
        (("16",), None, ["denied-incomplete"]),
        (None, ("MA50",), []),
        (None, ("MA130",), ["denied-unprocessable"]),
        (("4", "151"), (), ["denied-modifier", "denied-units"]),
        (("4",), ("N519",), ["denied-modifier"]),
        (None, None, []),
        ((), (), []),
    ],
)
def test_a_denial_matches(carc: tuple[str, ...] | None, rarc: tuple[str, ...] | None, rows: list[str]) -> None:
    assert matching(carc, rarc) == rows


def test_every_row_asks_for_a_code() -> None:
    assert all(row.carc or row.rarc for row in CATALOG.denials)


def test_no_two_rows_ask_for_the_same() -> None:
    asked = [(row.carc, row.rarc) for row in CATALOG.denials]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("row", CATALOG.denials, ids=lambda row: row.id)
def test_every_row_has_words_a_source_and_a_way_on(row: DenialMeaning) -> None:
    assert row.message
    assert row.remedy
    assert row.sources
    assert not row.certainty.may_block
    assert row.look_at.startswith("/")


def test_unprocessable_claims_are_sent_anew() -> None:
    """Rules, section 4.2: MA130, and what comes with CARC 16."""
    assert all(row.resubmits for row in CATALOG.denials if ("16" in row.carc and row.rarc) or "MA130" in row.rarc)


def test_every_payer_of_a_claim_has_its_appeal() -> None:
    spoken_of = {kind for rule in CATALOG.appeals for kind in rule.plan_types}
    assert spoken_of == set(PlanType) - {PlanType.SELF_PAY}


@pytest.mark.parametrize(
    ("kind", "days", "receipt"),
    [
        (PlanType.MEDICARE, 120, 5),
        (PlanType.MEDICARE_ADVANTAGE, 65, 0),
        (PlanType.COMMERCIAL, 180, 0),
        (PlanType.MEDICAID, None, 0),
        (PlanType.WORKERS_COMPENSATION, None, 0),
    ],
)
def test_days_of_the_first_appeal(kind: PlanType, days: int | None, receipt: int) -> None:
    """Rules, section 4.7."""
    (rule,) = [rule for rule in CATALOG.appeals if kind in rule.plan_types]
    assert (rule.days, rule.presumed_receipt) == (days, receipt)
