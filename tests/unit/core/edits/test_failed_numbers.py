"""A number that cannot be anybody's stops the claim: a failed NPI, a malformed Medicare number.

Source: facts README 1, who may block: official are the NPI with its check digit (69 FR 3434; 45 CFR 162.406) and the
format of the Medicare number (CMS's own page on it).
"""

from pathlib import Path
from typing import Any

import pytest

from mild_biller.core.case.vocabulary import FormKind, PlanType
from mild_biller.core.rules.finding import Finding, Severity
from mild_biller.core.rules.source import Certainty
from mild_biller.loader import catalog
from tests.support import BASE, changed, command, example, findings, of_rule, reported, reviewed, written

ROLES = ("billing", "rendering", "referring", "facility", "attending", "operating")
PROFESSIONAL, HOSPITAL, DERIVED = BASE, "medicare-hospital-2026", "medicare-hospital-derived"
# 1234567893 is CMS's own example of a number whose check digit fits; in each of these one thing does not.
FAILED = {
    "the check digit": "1234567890",
    "one digit": "1234567993",
    "two digits swapped": "1243567893",
    "nine digits": "123456789",
    "eleven digits": "12345678931",
    "a letter": "123456789E",
    "the first digit": "3000000018",
}
# CMS's own example is 1EG4-TE5-MK73; the letters S, L, O, I, B, Z are never used, and each place has its kind.
MALFORMED = ["1SG4TE5MK73", "0EG4TE5MK73", "1EG4TE5MK7", "1EG4TE5MK733", "1EGATE5MK73", "1EG4TE5M673", "123456789A"]
ODD_ONES: list[PlanType] = [each for each in PlanType if each not in (PlanType.MEDICARE, PlanType.SELF_PAY)]


def assert_stops(found: list[Finding], *, path: str) -> None:
    (one,) = [each for each in found if each.path == path]
    assert (one.severity, one.certainty) == (Severity.ERROR, Certainty.OFFICIAL)


@pytest.mark.parametrize("name", [PROFESSIONAL, HOSPITAL, DERIVED])
@pytest.mark.parametrize("role", ROLES)
def test_a_failed_npi_stops_the_claim_in_every_role(role: str, name: str) -> None:
    path = f"/providers/{role}/npi"
    changes = {f"/providers/{role}": {**(example(name)["providers"].get(role) or {}), "npi": "1234567890"}}
    assert_stops(findings(name, changes, rule="npi-malformed"), path=path)
    assert reported(name, changes)["status"] == "error"


@pytest.mark.parametrize("typed", FAILED.values(), ids=FAILED)
def test_whatever_is_wrong_with_it(typed: str) -> None:
    found = findings(changes={"/providers/billing/npi": typed}, rule="npi-malformed")
    assert_stops(found, path="/providers/billing/npi")


def test_an_npi_of_the_hospitals_own_claim_stops_that_claim() -> None:
    facility = {"billing": {"name": "ALLEGHENY TEST HOSPITAL", "npi": "2000000045"}}
    found = reviewed(changes={"/procedure/setting": "hospital-outpatient", "/facility_claim": facility})
    assert found.facility is not None
    assert_stops(of_rule(found.facility, "npi-malformed"), path="/facility_claim/billing/npi")
    assert found.worst is Severity.ERROR


@pytest.mark.parametrize("typed", MALFORMED)
@pytest.mark.parametrize("name", [PROFESSIONAL, HOSPITAL])
def test_a_malformed_medicare_number_stops_the_claim(name: str, typed: str) -> None:
    changes = {"/coverages/0/member_id": typed}
    assert_stops(findings(name, changes, rule="member-id-malformed"), path="/coverages/0/member_id")


@pytest.mark.parametrize("form", FormKind)
def test_medicare_in_second_place_too(form: FormKind) -> None:
    """Its number goes out with the first payer's claim (item 9a, FL 60B), and with the claim to Medicare after it."""
    changes = {"/coverages/1": {"payer": "medicare", "member_id": "1SG4TE5MK73", "relationship": "self"}}
    found = findings("premera-commercial-2026", changes, rule="member-id-malformed", form=form)
    assert_stops(found, path="/coverages/1/member_id")


def test_a_medicare_payer_of_the_offices_own_too() -> None:
    own = {"name": "MEDICARE PART B", "plan_type": "medicare", "policy": "cms-ncd-150-13"}
    changes = {"/coverages/0/payer": own, "/coverages/0/member_id": "1SG4TE5MK73"}
    assert_stops(findings(changes=changes, rule="member-id-malformed"), path="/coverages/0/member_id")


@pytest.mark.parametrize("plan_type", ODD_ONES)
def test_a_plan_that_is_not_original_medicare_numbers_its_members_itself(plan_type: PlanType) -> None:
    own: dict[str, Any] = {"name": "A PLAN", "plan_type": plan_type.value}
    changes = {"/coverages/0/payer": own, "/coverages/0/member_id": "1SG4TE5MK73"}
    assert findings(changes=changes, rule="member-id-malformed") == []


@pytest.mark.parametrize("path", ["/providers/rendering/npi", "/coverages/0/member_id"])
def test_a_missing_number_is_not_a_malformed_one(path: str) -> None:
    for rule in ("npi-malformed", "member-id-malformed"):
        assert findings(changes={path: None}, rule=rule) == []


def test_it_stops_a_claim_whose_service_is_in_the_future_too() -> None:
    changes = {"/procedure/date_of_service": "2026-12-10", "/providers/billing/npi": "1234567890"}
    assert_stops(findings(changes=changes, rule="npi-malformed"), path="/providers/billing/npi")


@pytest.mark.parametrize(
    ("rule", "sources"),
    [
        ("npi-malformed", ["Federal Register 69 FR 3434", "45 CFR 162.406"]),
        ("member-id-malformed", ["CMS page on the format"]),
    ],
)
def test_an_official_text_is_named_first(rule: str, sources: list[str]) -> None:
    titles = [catalog().source[each.source].title for each in catalog().edit[rule].sources]
    assert all(title.startswith(source) for title, source in zip(titles, sources, strict=False))


@pytest.mark.parametrize(
    ("path", "typed"), [("/providers/rendering/npi", "1234567890"), ("/coverages/0/member_id", "1SG4TE5MK73")]
)
def test_claim_refuses_it_and_writes_nothing(tmp_path: Path, path: str, typed: str) -> None:
    file, out = written(tmp_path, changed(example(), {path: typed})), tmp_path / "claim.pdf"
    done = command("claim", file, "--out", out, "--today", "2026-03-12")
    assert done.status == 1
    assert f"error: {path}:" in done.err
    assert not out.exists()
