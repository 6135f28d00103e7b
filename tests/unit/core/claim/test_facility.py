"""Surgeon and facility bill one encounter: the facility's case, its paths, and what the two claims say differently."""

from typing import Any

import pytest

from mild_biller.core.claim.facility import facility_case, moved
from mild_biller.core.review.review import Review
from tests.mistakes.claims import bases, changes_of
from tests.support import ABSENT, case, of_rule, reviewed

BOTH = "surgeon and hospital"
EXAMPLE = bases()[BOTH]["example"]


def both(changes: dict[str, Any] | None = None) -> Review:
    return reviewed(EXAMPLE, {**changes_of(BOTH, {}), **(changes or {})})


def disagreements(changes: dict[str, Any] | None = None) -> dict[str, str]:
    return {each.rule: each.path for each in both(changes).findings if each.rule.startswith("encounter-")}


class TestFacilityCase:
    def test_is_none_without_a_claim_of_its_own(self) -> None:
        assert facility_case(case()) is None

    def test_has_the_facilitys_claim_and_billing(self) -> None:
        made = facility_case(both().case)
        assert made is not None
        assert made.facility_claim is None
        assert made.claim is not None
        assert made.claim.charges == {"62330": "15344.00"}
        assert made.providers is not None
        assert made.providers.billing is not None
        assert made.providers.billing.npi == "2000000044"
        assert made.patient == both().case.patient

    def test_takes_the_facility_where_nobody_bills(self) -> None:
        made = facility_case(both({"/facility_claim/billing": ABSENT}).case)
        assert made is not None
        assert made.providers is not None
        assert made.providers.billing is not None
        assert (made.providers.billing.name, made.providers.billing.tax_id) == ("ALLEGHENY TEST HOSPITAL", None)

    @pytest.mark.parametrize("path", ["/providers", "/providers/facility"])
    def test_bills_in_nobodys_name_where_there_is_no_facility(self, path: str) -> None:
        made = facility_case(both({"/facility_claim/billing": ABSENT, path: None}).case)
        assert made is not None
        assert made.providers is not None
        assert made.providers.billing is None

    def test_keeps_what_was_left_out_apart_from_null(self) -> None:
        made = facility_case(both({"/facility_claim/remarks": None}).case)
        assert made is not None
        assert made.claim is not None
        assert "remarks" in made.claim.model_fields_set
        assert "lines" not in made.claim.model_fields_set
        assert "billing" not in made.claim.model_fields_set


class TestPaths:
    @pytest.mark.parametrize(
        ("path", "there"),
        [
            ("/claim", "/facility_claim"),
            ("/claim/charges/62330", "/facility_claim/charges/62330"),
            ("/providers/billing", "/facility_claim/billing"),
            ("/providers/billing/npi", "/facility_claim/billing/npi"),
            ("/providers/facility/npi", "/providers/facility/npi"),
            ("/claims", "/claims"),
            ("/patient/last", "/patient/last"),
        ],
    )
    def test_stand_where_the_case_file_has_them(self, path: str, there: str) -> None:
        assert moved(path) == there


class TestReview:
    def test_judges_both(self) -> None:
        found = both()
        assert found.facility is not None
        assert (found.claim.form, found.facility.claim.form) == ("cms1500", "ub04")
        assert (found.worst, found.facility.worst) == (None, None)

    def test_is_as_bad_as_the_worse(self) -> None:
        found = both({"/facility_claim/condition_codes": []})
        assert (found.worst, found.errors) == ("error", ())
        assert found.facility is not None
        assert [each.path for each in found.facility.errors] == ["/facility_claim/condition_codes"]

    def test_finds_on_each_what_both_have(self) -> None:
        found = both({"/procedure/trial_number": "3072927"})
        assert found.facility is not None
        assert of_rule(found, "trial-number-malformed")
        assert of_rule(found.facility, "trial-number-malformed")

    def test_lists_what_is_assumed_for_each(self) -> None:
        paths = [each.path for each in both().repairs]
        assert "/facility_claim/admission_type" in paths
        assert "/claim/related_to/employment" in paths
        assert len(set(paths)) == len(paths)


class TestDisagreements:
    def test_are_none_where_both_say_the_same(self) -> None:
        assert disagreements() == {}

    @pytest.mark.parametrize(
        ("rule", "changes", "path"),
        [
            (
                "encounter-dates",
                {"/facility_claim/revenue_lines": [{"revenue_code": "0360", "code": "62330", "date": "2026-03-09"}]},
                "/facility_claim",
            ),
            (
                "encounter-codes",
                {
                    "/facility_claim/revenue_lines": [
                        {"revenue_code": "0360", "code": "62330"},
                        {"revenue_code": "0360", "code": "62331"},
                    ]
                },
                "/facility_claim",
            ),
            (
                "encounter-diagnoses",
                {"/facility_claim/diagnoses": ["M48.061", "Z00.6"]},
                "/facility_claim/diagnoses/0",
            ),
            (
                "encounter-trial-numbers",
                {"/facility_claim/value_codes": [{"code": "D4", "amount": "03072928"}]},
                "/facility_claim/value_codes/0",
            ),
            (
                "encounter-trial-numbers",
                {
                    "/procedure/trial_number": None,
                    "/facility_claim/value_codes": [
                        {"code": "A1", "amount": "1.00"},
                        {"code": "D4"},
                        {"code": "D4", "amount": "03072927"},
                    ],
                },
                "/facility_claim/value_codes/2",
            ),
            ("encounter-settings", {"/facility_claim/type_of_bill": "0831"}, "/facility_claim/type_of_bill"),
            (
                "encounter-settings",
                {"/claim/lines": [{"code": "62330", "place_of_service": "24"}]},
                "/procedure/setting",
            ),
        ],
    )
    def test_are_found(self, rule: str, changes: dict[str, Any], path: str) -> None:
        assert disagreements(changes).get(rule) == path

    @pytest.mark.parametrize(
        "changes",
        [
            {"/facility_claim/revenue_lines": [{"revenue_code": "0270"}]},
            {"/facility_claim/diagnoses": []},
            {"/claim/diagnoses": []},
            {"/facility_claim/value_codes": [{"code": "D4", "amount": "CT03072927"}]},
            {"/facility_claim/type_of_bill": "0137"},
            {"/facility_claim/type_of_bill": "9991"},
            {"/procedure/setting": None},
            {"/claim/form": "ub04", "/facility_claim/type_of_bill": "0851"},
            {"/procedure/interspaces": None},
            {"/procedure/date_of_service": None},
            {"/procedure/setting": "off-campus-outpatient"},
        ],
    )
    def test_are_not_made_up(self, changes: dict[str, Any]) -> None:
        assert disagreements(changes) == {}

    def test_with_a_surgery_center_on_the_cms1500(self) -> None:
        """A Medicare surgery center has no bill type to compare."""
        center = {
            "/procedure/setting": "asc",
            "/procedure/device": None,
            "/facility_claim/diagnoses": ["M48.062", "Z00.6"],
        }
        found = both(center)
        assert found.facility is not None
        assert found.facility.claim.form == "cms1500"
        assert disagreements(center) == {}

    def test_hold_the_claim(self) -> None:
        found = both({"/facility_claim/diagnoses": ["M48.061", "Z00.6"]})
        (said,) = of_rule(found, "encounter-diagnoses")
        assert said.severity == "hold"
        assert "M48.062" in said.message
        assert "M48.061" in said.message
