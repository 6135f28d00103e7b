"""How fast the same case is judged under every payer, in a warm process: reported, not asserted.

Aim: all payers in 20 milliseconds.
"""

from typing import TYPE_CHECKING

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.review import whatif
from mild_biller.core.review.review import Review, review
from tests.support import TODAY, case

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


@pytest.fixture(params=["medicare-asc-2026", "medicare-hospital-derived"])
def given(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


def reviewer(changed: Case) -> Review:
    return review(changed, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)


def test_every_payer(benchmark: "BenchmarkFixture", given: Case) -> None:
    rows = benchmark(lambda: list(whatif.by_payer(given, catalog=loader.catalog(), today=TODAY)))
    assert len(rows) == len(loader.catalog().payers)


def test_every_setting(benchmark: "BenchmarkFixture", given: Case) -> None:
    assert benchmark(lambda: list(whatif.by_setting(given, catalog=loader.catalog(), today=TODAY)))


def test_slips(benchmark: "BenchmarkFixture") -> None:
    typed = [{"code": "62330", "modifiers": ["QO"]}, {"code": "62331", "modifiers": ["Q0"]}]
    broken = case(changes={"/claim/lines": typed})
    (slip,) = benchmark(whatif.slips, broken, reviewer=reviewer)
    assert slip.path == "/claim/lines/0/modifiers"
