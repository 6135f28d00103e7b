"""How long the core takes: it runs at every key stroke, so each of these is to stay far below what a person sees."""

from datetime import date

from pytest_benchmark.fixture import BenchmarkFixture

from mild_biller.core.case.repair import repair
from mild_biller.core.claim.derive import derive
from mild_biller.core.coverage.assess import assess
from mild_biller.core.edits.all_edits import edits
from mild_biller.core.edits.check import Check
from mild_biller.core.review.report import report
from mild_biller.core.review.review import review
from mild_biller.loader import load_catalog
from mild_biller.paths import resources
from mild_biller.store.case_file import dump_case, parse_case
from tests.support import PACK, case

TODAY = date(2026, 3, 12)


def test_assess_derive_and_edit(benchmark: BenchmarkFixture) -> None:
    typed, rules = repair(case("medicare-asc-2026"))[0], PACK.catalog

    def run() -> int:
        assessment = assess(typed, catalog=rules, today=TODAY)
        claim = derive(typed, assessment, catalog=rules)
        return len(edits(Check(typed, assessment, claim, PACK)))

    assert benchmark(run) > 0


def test_review_a_professional_claim(benchmark: BenchmarkFixture) -> None:
    typed = case("medicare-asc-2026")
    found = benchmark(lambda: review(typed, pack=PACK, today=TODAY))
    assert found.worst is None


def test_review_a_hospitals_claim(benchmark: BenchmarkFixture) -> None:
    typed = case("medicare-hospital-2026")
    found = benchmark(lambda: review(typed, pack=PACK, today=TODAY))
    assert found.worst is None


def test_report(benchmark: BenchmarkFixture) -> None:
    found = review(case("stress-long-values"), pack=PACK, today=TODAY)
    assert benchmark(lambda: report(found))["status"] == "hold"


def test_open_a_case(benchmark: BenchmarkFixture) -> None:
    content, rules = dump_case(case("stress-long-values")), PACK.catalog
    assert benchmark(lambda: parse_case(content, catalog=rules)).id == "stress-long-values"


def test_load_the_catalog(benchmark: BenchmarkFixture) -> None:
    loaded = benchmark.pedantic(lambda: load_catalog(resources()), rounds=3, iterations=1)
    assert loaded == PACK.catalog
