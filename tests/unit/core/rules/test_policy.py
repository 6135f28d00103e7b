"""Policy versions: which holds, what they may contain, and what they mean."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from mild_biller import loader
from mild_biller.core.rules.policy import BillingRule, ClaimKind, Element, Note, Policy, Position, in_force

CITED = {
    "message": "Said.",
    "sources": [{"source": "reimbursement-guide-2026", "place": "Somewhere"}],
    "certainty": "seed",
}
CRITERION = {
    "id": "lumbar",
    "topic": "eligibility",
    "text": "Lumbar",
    "remedy": "Look.",
    "op": "is",
    "question": "region",
    "value": "lumbar",
    "cite": "Somewhere",
    "certainty": "seed",
}
POLICY = {
    "id": "test",
    "title": "A policy",
    "issuer": "Somebody",
    "effective_from": date(2026, 1, 1),
    "compared_on": date(2026, 11, 20),
    "position": "covered",
    "position_message": "Covered.",
    "applies_to": ["commercial"],
    "covered_when": ["lumbar"],
    "source": "reimbursement-guide-2026",
    "cite": "Somewhere",
    "certainty": "seed",
    "criterion": [CRITERION],
}


def policy(**changes: Any) -> Policy:
    return Policy.model_validate({**POLICY, **changes})


def test_a_policy_as_its_file_has_it() -> None:
    made = policy()
    assert made.criteria(("lumbar",))[0].test.op == "is"
    assert made.position.covers
    assert not made.position.refuses


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"criterion": [CRITERION, CRITERION]}, "two criteria have one id"),
        ({"covered_when": ["lumbar", "other"]}, "no criterion is called 'other'"),
        ({"scope": ["other"]}, "no criterion is called 'other'"),
        ({"covered_when": []}, "is in neither"),
        ({"position": "maybe"}, "not a valid Position"),
        ({"applies_to": ["moon"]}, "not a valid PlanType"),
        ({"color": "red"}, "Extra inputs"),
        ({"effective_from": "2026-01-01"}, "valid date"),
        ({"criterion": [{**CRITERION, "op": "sounds_like"}]}, "sounds_like"),
        ({"criterion": [{**CRITERION, "weight": 3}]}, "Extra inputs"),
        ({"criterion": [{**CRITERION, "topic": "weather"}]}, "not a valid Topic"),
        ({"criterion": [{key: value for key, value in CRITERION.items() if key != "cite"}]}, "Field required"),
        ({"criterion": [{key: value for key, value in CRITERION.items() if key != "certainty"}]}, "Field required"),
        ({"criterion": ["lumbar"]}, "valid dictionary"),
    ],
)
def test_a_policy_off_the_mark_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        policy(**changes)


@pytest.mark.parametrize("key", ["source", "cite", "compared_on", "effective_from", "certainty", "title"])
def test_a_policy_without_its_source_or_its_days_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate({name: value for name, value in POLICY.items() if name != key})


def test_only_some_positions_cover_and_only_some_refuse() -> None:
    covers = {position.value for position in Position if position.covers}
    refuses = {position.value for position in Position if position.refuses}
    assert covers == {"covered", "covered-with-evidence-development", "covered-at-va-facility"}
    assert refuses == {"investigational", "not-medically-necessary", "not-covered"}


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2016-12-31", None),
        ("2017-01-01", "2017-01-01"),
        ("2019-12-31", "2017-01-01"),
        ("2020-01-01", "2020-01-01"),
        ("2030-01-01", "2020-01-01"),
    ],
)
def test_the_newest_not_after_the_day_holds(day: str, version: str | None) -> None:
    versions = (policy(effective_from=date(2020, 1, 1)), policy(effective_from=date(2017, 1, 1)))
    held = in_force(versions, on=date.fromisoformat(day))
    assert (held.effective_from.isoformat() if held else None) == version


def test_no_versions_no_policy() -> None:
    assert in_force((), on=date(2026, 1, 1)) is None


@pytest.mark.parametrize(("today", "stale"), [("2026-06-30", False), ("2026-07-01", False), ("2026-07-02", True)])
def test_stale_once_the_review_day_is_past(today: str, stale: bool) -> None:
    assert policy(next_review=date(2026, 7, 1)).is_stale(date.fromisoformat(today)) is stale
    assert not policy().is_stale(date.fromisoformat(today))


def note(**changes: Any) -> Note:
    return Note.model_validate({"id": "n", "topic": "eligibility", **CITED, **changes})


def test_a_contradiction_names_both_sources() -> None:
    with pytest.raises(ValidationError, match="both sources"):
        note(is_contradiction=True)
    two = [{"source": "a", "place": "1"}, {"source": "b", "place": "2"}]
    assert note(is_contradiction=True, sources=two).is_contradiction


@pytest.mark.parametrize("certainty", ["secondary", "recollection"])
def test_what_is_not_sure_may_not_be_an_error(certainty: str) -> None:
    assert note(certainty=certainty, severity="hold").severity == "hold"
    with pytest.raises(ValidationError, match="may not be an error"):
        note(certainty=certainty, severity="error")


@pytest.mark.parametrize("certainty", ["seed", "official", "measured"])
def test_what_is_sure_may(certainty: str) -> None:
    assert note(certainty=certainty, severity="error").severity == "error"


@pytest.mark.parametrize("key", ["message", "sources", "certainty"])
def test_a_rule_says_where_it_stands_and_how_sure_it_is(key: str) -> None:
    with pytest.raises(ValidationError):
        Note.model_validate(
            {name: value for name, value in {"id": "n", "topic": "code", **CITED}.items() if name != key}
        )
    with pytest.raises(ValidationError):
        note(sources=[])


def rule(**changes: Any) -> BillingRule:
    given = {"id": "r", "topic": "diagnosis", "element": "diagnosis", "values": ["Z006"], **CITED, **changes}
    return BillingRule.model_validate(given)


def test_a_rule_of_a_stretch_of_days() -> None:
    first, last = date(2015, 10, 1), date(2017, 9, 30)
    dated = rule(service_from=first, service_to=last)
    held = [dated.holds_on(day) for day in (date(2015, 9, 30), first, last, date(2017, 10, 1), None)]
    assert held == [False, True, True, False, False]
    assert rule(service_from=first).holds_on(date(2026, 1, 1))
    assert rule(service_to=last).holds_on(date(2010, 1, 1))
    assert rule().holds_on(None)
    assert rule().holds_on(date(2026, 1, 1))


def test_a_rule_of_one_kind_of_claim() -> None:
    assert rule(claim="institutional").claim is ClaimKind.INSTITUTIONAL
    assert rule().element is Element.DIAGNOSIS
    with pytest.raises(ValidationError):
        rule(claim="dental")


def test_every_shipped_criterion_is_decided_by_a_question_or_a_list() -> None:
    for version in loader.catalog().policies:
        for criterion in version.criterion:
            assert criterion.test.op in {"is", "diagnosis_in", "none_within_before_service"}
