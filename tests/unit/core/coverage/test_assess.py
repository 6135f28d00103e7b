"""The verdict: by whose policy, why none, and what a finding of a criterion or a position says."""

from typing import Any

import pytest

from mild_biller.core.coverage.assess import Assessment, plan_of
from mild_biller.core.rules.finding import Finding
from mild_biller.loader import catalog
from tests.support import ABSENT, case, of_topic, reviewed

PREMERA = "premera-commercial-2026"
SERVICE = "/procedure/date_of_service"


def verdict(name: str = "medicare-asc-2026", changes: dict[str, Any] | None = None) -> Assessment:
    return reviewed(name, changes).assessment


def position(name: str = "medicare-asc-2026", changes: dict[str, Any] | None = None) -> Finding:
    (found,) = of_topic(reviewed(name, changes), "position")
    return found


@pytest.mark.parametrize(
    ("name", "changes", "why", "path"),
    [
        ("medicare-asc-2026", {"/coverages": None}, "No payer is entered", "/coverages/0/payer"),
        ("medicare-asc-2026", {"/coverages/0/payer": None}, "No payer is entered", "/coverages/0/payer"),
        ("medicare-asc-2026", {SERVICE: None}, "Without a date of service", SERVICE),
        ("medicare-asc-2026", {"/procedure": None}, "Without a date of service", SERVICE),
        (
            "medicare-asc-2026",
            {SERVICE: "2013-01-01"},
            "no version on file before 2014-01-09",
            "/coverages/0/payer",
        ),
        ("optum-2026", {SERVICE: "2026-02-01"}, "no version on file before 2026-02-02", "/coverages/0/payer"),
        ("optum-2026", {"/procedure/region": "thoracic"}, "does not apply to this case", "/coverages/0/payer"),
        ("va-facility-2026", {"/procedure/setting": "asc"}, "does not apply to this case", "/coverages/0/payer"),
        ("medicaid-2026", {}, "Medicaid coverage varies by state", "/coverages/0/payer"),
    ],
)
def test_why_no_policy_decides(name: str, changes: dict[str, Any], why: str, path: str) -> None:
    found = position(name, changes)
    assert why in found.message
    assert (found.path, found.severity, found.outcome) == (path, "hold", "unknown")
    assert verdict(name, changes).determination == "indeterminate"


def test_a_covered_position_promises_nothing() -> None:
    found = position()
    assert (found.severity, found.outcome, found.remedy) == ("info", "met", "")
    assert "no guarantee of payment" in found.message
    assert "2017-02-16" in found.message
    assert "2026-11-20" in found.message


def test_a_refusing_position_names_its_policy_and_what_denials_to_expect() -> None:
    found = position(PREMERA)
    assert (found.rule, found.severity, found.outcome) == ("premera-7-01-126", "hold", "not-met")
    assert found.denial == ("CARC 55", "CARC 96")
    assert "2017-07-01" in found.message


def test_a_conditional_position_points_to_what_is_open() -> None:
    found = position(changes={"/answers/in_ced_study": None})
    assert (found.path, found.severity, found.outcome) == ("/answers/in_ced_study", "hold", "unknown")
    assert found.denial == ()


def test_a_criterion_not_met_points_to_its_answer() -> None:
    found = position(changes={"/answers/neurogenic_claudication": False})
    assert (found.path, found.severity) == ("/answers/neurogenic_claudication", "error")


@pytest.mark.parametrize(
    ("answer", "severity", "outcome", "remedy_kind"),
    [
        (True, "info", "met", "none"),
        (False, "error", "not-met", "only-if-true"),
        (None, "hold", "unknown", "only-if-true"),
    ],
)
def test_a_criterions_finding(answer: bool | None, severity: str, outcome: str, remedy_kind: str) -> None:
    found = reviewed(changes={"/answers/neurogenic_claudication": answer})
    (said,) = [each for each in found.findings if each.rule == "neurogenic-claudication"]
    assert (said.severity, said.outcome, said.remedy_kind) == (severity, outcome, remedy_kind)
    assert bool(said.remedy) is (outcome != "met")
    assert bool(said.denial) is (outcome != "met")
    assert said.sources[0].place == "Patient eligibility, inclusion criteria"


def test_commercial_refusals_hold_and_medicares_stop() -> None:
    assert position("tricare-2026").severity == "hold"
    assert position("optum-2026").severity == "hold"
    out = {"/answers/in_ced_study": False, "/procedure/trial_number": None}
    assert position(changes=out).severity == "error"
    assert position("medicare-advantage-2026", out).severity == "error"


@pytest.mark.parametrize(
    ("notices", "severity"),
    [
        ([{"kind": "abn", "signed_on": "2026-03-01"}], "hold"),
        ([{"kind": "abn", "signed_on": "2026-03-10"}], "hold"),
        ([{"kind": "abn", "signed_on": "2026-03-11"}], "error"),
        ([{"kind": "abn"}], "error"),
        ([{"signed_on": "2026-03-01"}], "error"),
        ([{"kind": "organization-determination", "signed_on": "2026-03-01"}], "error"),
        ([{"kind": "abn"}, {"kind": "abn", "signed_on": "2026-03-01"}], "hold"),
        ([], "error"),
        (None, "error"),
    ],
)
def test_which_notice_lets_a_medicare_claim_go(notices: Any, severity: str) -> None:
    changes = {"/answers/in_ced_study": False, "/procedure/trial_number": None, "/notices": notices}
    assert position(changes=changes).severity == severity


def test_a_notice_covers_every_finding_of_a_criterion() -> None:
    changes = {"/answers/neurogenic_claudication": False, "/notices": [{"kind": "abn", "signed_on": "2026-03-01"}]}
    (said,) = [each for each in reviewed(changes=changes).findings if each.rule == "neurogenic-claudication"]
    assert said.severity == "hold"


def test_own_payers() -> None:
    def plan(**own: Any) -> Any:
        changes = {"/coverages/0/payer": {"name": "OWN", "plan_type": "commercial", **own}}
        return plan_of((case(PREMERA, changes).coverages or ())[0], catalog=catalog())

    assert plan().policies == ()
    assert plan(policy="regence-ig-msd").policies == ("regence-ig-msd",)
    assert plan(plan_type="medicare-advantage").policies == ("cms-ncd-150-13",)
    assert plan(plan_type="medicare-advantage", policy="premera-7-01-126").policies == (
        "premera-7-01-126",
        "cms-ncd-150-13",
    )
    assert plan().payer.name == "OWN"
    assert plan_of(None, catalog=catalog()) is None


def test_a_policy_that_names_other_plan_types_is_passed_over() -> None:
    own = {"name": "OWN", "plan_type": "commercial", "policy": "cms-ncd-150-13"}
    found = verdict(PREMERA, {"/coverages/0/payer": own})
    assert (found.policy, found.determination, found.position) == (None, "indeterminate", "unknown")


def test_missing_is_for_a_conditional_alone() -> None:
    assert verdict(changes={"/answers/in_ced_study": None}).missing == ("/answers/in_ced_study",)
    both = {"/answers/in_ced_study": None, "/answers/neurogenic_claudication": False}
    assert verdict(changes=both).missing == ()
    assert verdict().missing == ()
    assert verdict("medicaid-2026").missing == ()


def test_the_answers_of_a_case_without_answers() -> None:
    found = verdict(changes={"/answers": ABSENT, "/prior_procedures": ABSENT})
    assert found.determination == "conditional"
    assert set(found.missing) == {
        "/answers/neurogenic_claudication",
        "/answers/in_ced_study",
        "/answers/no_prior_lumbar_procedure",
    }


def test_unknown_never_becomes_not_met() -> None:
    found = verdict(changes={"/answers": None, "/prior_procedures": None, "/procedure/diagnoses": None})
    assert {each.judgment.outcome for each in found.criteria} == {"met", "unknown"}
