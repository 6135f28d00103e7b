"""The laws every case keeps, whatever stands in it."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mild_biller import loader
from mild_biller.core.case.base import Model
from mild_biller.core.case.codes import parse_money
from mild_biller.core.case.model import Case
from mild_biller.core.case.repair import repair
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Severity, Topic
from mild_biller.core.rules.policy import in_force
from mild_biller.errors import CaseFileError
from mild_biller.store.case_file import dump_case, parse_case
from tests.property.cases import cases, days
from tests.support import ABSENT, boxes, changed, example, example_names, parsed, pointers

IN_A_MAP = re.compile("/(claim/charges|facility_claim/charges|letters)/")
forms = st.sampled_from([None, None, None, FormKind.CMS1500, FormKind.UB04])
todays = st.one_of(days, st.sampled_from([date(2026, 3, 12), date(2026, 3, 12), date(2027, 2, 3)]))


def opened(data: Any) -> Case:
    """Return the case, or give the draw up where the file is refused."""
    try:
        return parsed(data)
    except CaseFileError:
        assume(False)
        raise AssertionError from None


def look(case: Case, today: date, form: FormKind | None = None) -> Review:
    return review(case, catalog=loader.catalog(), layouts=loader.layout, today=today, form=form)


def given_keys(model: Any) -> Any:
    """Return which keys were given, all the way down."""
    if isinstance(model, Model):
        return {name: given_keys(getattr(model, name)) for name in sorted(model.model_fields_set)}
    if isinstance(model, tuple):
        return [given_keys(each) for each in model]
    return None


def paths_in(data: Any) -> Iterator[str]:
    yield from (found["path"] for found in data["findings"])
    yield from (each["path"] for each in data["repairs"])
    yield from data["missing"]


@settings(max_examples=300)
@given(data=cases(), today=todays, form=forms)
def test_whatever_opens_is_reviewed(data: Any, today: date, form: FormKind | None) -> None:
    found = look(opened(data), today, form)
    printed = report(found)
    assert json.loads(json.dumps(printed)) == printed
    assert [each.topic for each in found.findings].count(Topic.POSITION) == 1
    for each in found.findings:
        assert each.severity is not Severity.ERROR or each.certainty.may_block, each
        assert each.message.strip(), each
    assert all(path.startswith("/") for path in paths_in(printed))
    everything = (*found.findings, *(found.facility.findings if found.facility else ()))
    worst = min(each.severity.rank for each in everything)
    assert printed["status"] == ("error", "hold", "warning", "clean")[worst]
    if found.assessment.policy is not None:
        rules = [each.rule for each in found.findings]
        for criterion in found.assessment.policy.criterion:
            assert rules.count(criterion.id) == 1
    if printed["determination"] != "conditional":
        assert printed["missing"] == []


@settings(max_examples=100)
@given(data=cases(), today=todays)
def test_the_same_case_gives_the_same_report(data: Any, today: date) -> None:
    case = opened(data)
    before = dump_case(case)
    first = report(look(case, today))
    assert report(look(parsed(data), today)) == first
    assert dump_case(case) == before


@settings(max_examples=200)
@given(data=cases())
def test_a_case_saved_and_opened_is_the_same(data: Any) -> None:
    case = opened({"format": 1, **data} if data.get("format") is None else data)
    again = parse_case(dump_case(case), catalog=loader.catalog())
    assert again == case
    assert given_keys(again) == given_keys(case)
    assert dump_case(again) == dump_case(case)


@pytest.mark.parametrize("name", example_names())
def test_an_example_saved_is_the_same_file(name: str) -> None:
    assert json.loads(dump_case(parsed(example(name)))) == example(name)


@settings(max_examples=200)
@given(data=cases())
def test_a_repair_is_made_once(data: Any) -> None:
    repaired, listed = repair(opened(data))
    again, more = repair(repaired)
    assert again == repaired
    assert more == ()
    assert len({each.path for each in listed}) == len(listed)
    assert all(each.typed != each.repaired for each in listed)


@settings(max_examples=200)
@given(data=cases())
def test_a_repair_touches_nothing_it_does_not_list(data: Any) -> None:
    case = opened(data)
    repaired, listed = repair(case)
    before, after = json.loads(dump_case(case)), json.loads(dump_case(repaired))
    told = [each for each in listed if not IN_A_MAP.match(each.path)]
    changes = {each.path: each.repaired for each in told}
    assert all(_at(before, each.path) == each.typed for each in told)
    for holder in ("claim", "facility_claim"):  # there the code is the key
        if (before.get(holder) or {}).get("charges") is not None:
            before[holder]["charges"] = after[holder]["charges"]
    before["letters"] = after.get("letters")  # the keys of a map are repaired too
    after.setdefault("letters", None)
    assert changed(before, changes) == after


def _at(data: Any, path: str) -> Any:
    for part in path.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part.replace("~1", "/").replace("~0", "~")]
    return data


@settings(max_examples=200)
@given(data=cases(), today=todays)
def test_the_totals_on_paper_add_up_to_the_claim(data: Any, today: date) -> None:
    found = look(opened(data), today, FormKind.CMS1500)
    amounts = [line.amount for line in found.claim.lines]
    assume(amounts and all(amount is not None and amount >= 0 for amount in amounts))
    assert found.boxes is not None
    pages = [boxes(found, number) for number in range(1, len(found.boxes.pages) + 1)]
    totals = [Decimal(f"{page['28_d']}.{page['28_c']}") for page in pages]
    lines = [
        [Decimal(f"{page[f'24.{row}_f_d']}.{page[f'24.{row}_f_c']}") for row in range(1, 7) if f"24.{row}_f_d" in page]
        for page in pages
    ]
    assert totals == [sum(page) for page in lines]
    assert sum(totals) == sum(amount for amount in amounts if amount is not None) == found.claim.total_charge
    paid = [page for page in pages if "29_d" in page]
    assert len(paid) == (1 if _paid(found) else 0)


def _paid(found: Review) -> bool:
    paid = found.claim.input.amount_paid
    amount = parse_money(paid) if paid else None
    return amount is not None and amount >= 0


@pytest.mark.parametrize("count", [1, 6, 7, 12, 13, 40])
def test_pages_stand_alone(count: int) -> None:
    lines = [{"code": "99072", "charge": f"{number}.01"} for number in range(1, count + 1)]
    found = look(parsed(changed(example("premera-commercial-2026"), {"/claim/lines": lines})), date(2026, 3, 12))
    assert found.boxes is not None
    assert len(found.boxes.pages) == -(-count // 6)
    pages = [boxes(found, number) for number in range(1, len(found.boxes.pages) + 1)]
    assert sum(Decimal(f"{page['28_d']}.{page['28_c']}") for page in pages) == found.claim.total_charge
    assert [("29_d" in page) for page in pages] == [True] + [False] * (len(pages) - 1)
    assert all(page["21_A"] == "M48062" and page["2"] == "TESTPATIENT, ALMA, Q" for page in pages)


# A later answer settles an unknown, never overturns a settled one.

ANSWERS: dict[str, list[Any]] = {
    "/answers/neurogenic_claudication": [True, False],
    "/answers/in_ced_study": [True, False],
    "/answers/no_prior_lumbar_procedure": [True, False],
    "/answers/central_stenosis_on_imaging": [True, False],
    "/answers/ligamentum_flavum_mm": ["2.5", "1", "thick"],
    "/answers/spondylolisthesis_grade": [0, 3],
    "/procedure/region": ["lumbar", "cervical", "thoracic"],
    "/procedure/setting": ["asc", "office", "va-facility"],
    "/procedure/diagnoses": [["M48.062"], ["M48.061"], ["M48.07"], []],
    "/procedure/trial_number": ["03072927", "1"],
    "/patient/birth_date": ["1951-07-06"],
    "/prior_procedures/0/date": ["2025-03-09", "2025-03-10", "2025-03-11", "2026-03-10"],
    "/prior_procedures/0/region": ["lumbar", "cervical"],
    "/prior_procedures/1/date": ["2025-03-10", "2025-08-01", "2020-01-01"],
}
KINDS = ["fusion", "mild", "epidural-steroid-injection", "other", None]
entries = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS), "code": st.sampled_from([None, None, "63047", "62323"])}
)


def settled(case: Case, today: date) -> tuple[str, dict[str, Outcome], str]:
    assessment = look(case, today).assessment
    outcomes = {each.criterion.id: each.judgment.outcome for each in assessment.criteria}
    known = {name: outcome for name, outcome in outcomes.items() if outcome is not Outcome.UNKNOWN}
    policy = f"{assessment.policy.id} {assessment.policy.effective_from}" if assessment.policy else ""
    return assessment.determination.value, known, policy


@settings(max_examples=300)
@given(
    name=st.sampled_from(["medicare-asc-2026", "medicare-2025-old-code", "va-facility-2026", "optum-2026"]),
    open_=st.lists(st.sampled_from(sorted(ANSWERS)), unique=True, min_size=1, max_size=8),
    prior=st.lists(entries, min_size=2, max_size=2),
    data=st.data(),
)
def test_a_later_answer_overturns_nothing(name: str, open_: list[str], prior: list[Any], data: st.DataObject) -> None:
    entered = [{**entry, "region": "lumbar", "date": "2025-08-01"} for entry in prior]
    before = changed(example(name), {"/prior_procedures": entered, **dict.fromkeys(open_)})
    answer = data.draw(st.sampled_from(open_))
    after = changed(before, {answer: data.draw(st.sampled_from(ANSWERS[answer]))})
    today = date(2026, 3, 12)
    was, known, policy = settled(parsed(before), today)
    is_now, known_now, policy_now = settled(parsed(after), today)
    if policy == policy_now:
        assert {rule: known_now.get(rule) for rule in known} == known
    if was in ("covered", "not-covered"):
        assert is_now == was


@settings(max_examples=200)
@given(name=st.sampled_from(example_names()), data=st.data())
def test_null_is_absent(name: str, data: st.DataObject) -> None:
    """But for the trial number, which is assumed only where its key is absent."""
    places = [path for path in pointers(example(name)) if not path.rpartition("/")[2].isdigit()]
    path = data.draw(st.sampled_from([path for path in places if "/charges/" not in path]))
    assume(path not in ("/procedure/trial_number", "/procedure") and not path.endswith(("/payer/name", "/plan_type")))
    today = date(2026, 3, 12)
    empty = report(look(parsed(changed(example(name), {path: None})), today))
    assert empty == report(look(parsed(changed(example(name), {path: ABSENT})), today))


# Versions.


@given(on=st.dates(date(2009, 1, 1), date(2030, 1, 1)), shuffled=st.randoms())
def test_the_newest_version_not_after_the_day_holds(on: date, shuffled: Any) -> None:
    for versions in loader.catalog().versions.values():
        mixed = list(versions)
        shuffled.shuffle(mixed)
        held = in_force(tuple(mixed), on=on)
        earlier = [version for version in versions if version.effective_from <= on]
        if not earlier:
            assert held is None
        else:
            assert held is not None
            assert held.effective_from == max(version.effective_from for version in earlier)


@pytest.mark.parametrize("policy", sorted(loader.catalog().versions))
def test_versions_hold_from_their_first_day(policy: str) -> None:
    versions = loader.catalog().versions[policy]
    for index, version in enumerate(versions):
        before = versions[index - 1] if index else None
        assert in_force(versions, on=version.effective_from) is version
        assert in_force(versions, on=version.effective_from - timedelta(days=1)) is before
