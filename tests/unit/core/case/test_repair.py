"""Each repair, with its path; and that nothing else changes."""

from typing import Any

import pytest

from mild_biller.core.case.repair import Repair, repair
from tests.support import BASE, case, changed, example, parsed, reported

Case = tuple[str, Any, Any]

REPAIRED: list[Case] = [
    # Capitals.
    ("/patient/last", "Testpatient", "TESTPATIENT"),
    ("/patient/suffix", "jr", "JR"),
    ("/patient/street", "12 Elm Street", "12 ELM STREET"),
    ("/patient/state", "pa", "PA"),
    ("/patient/account_number", "a-1", "A-1"),
    ("/coverages/0/plan_name", "Heritage ppo", "HERITAGE PPO"),
    ("/coverages/0/contractor/name", "Novitas", "NOVITAS"),
    ("/providers/billing/name", "Three Rivers", "THREE RIVERS"),
    ("/providers/billing/taxonomy", "208vp0014x", "208VP0014X"),
    ("/providers/referring/last", "Referrer", "REFERRER"),
    ("/providers/facility/city", "Pittsburgh", "PITTSBURGH"),
    ("/claim/additional_information", "See note", "SEE NOTE"),
    ("/claim/prior_authorization_number", "pa1", "PA1"),
    ("/procedure/interspaces/0/name", "l4-l5", "L4-L5"),
    ("/prior_procedures/0/code", "0275t", "0275T"),
    # Ø to 0 in codes and modifiers.
    ("/claim/lines/0/modifiers/0", "QØ", "Q0"),
    ("/claim/lines/0/modifiers/0", "qø", "Q0"),
    ("/claim/lines/0/code", "6233Ø", "62330"),
    ("/claim/lines/0/place_of_service", "2Ø", "20"),
    ("/claim/condition_codes/0", "3Ø", "30"),
    ("/claim/revenue_lines/0/code", "c1889", "C1889"),
    ("/procedure/device/hcpcs", "c1889", "C1889"),
    ("/authorization/codes/0", "0275t", "0275T"),
    # Points out of diagnoses.
    ("/procedure/diagnoses/0", "M48.062", "M48062"),
    ("/claim/diagnoses/0", "z00.6", "Z006"),
    # Hyphens and blanks.
    ("/coverages/0/member_id", "1EG4-TE5-MK73", "1EG4TE5MK73"),
    ("/coverages/0/member_id", "1eg4 te5 mk73", "1EG4TE5MK73"),
    ("/providers/billing/npi", "2000-000 010", "2000000010"),
    ("/providers/rendering/npi", " 1234567893 ", "1234567893"),
    ("/providers/billing/tax_id", "25-1234567", "251234567"),
    ("/patient/zip", "15213-1234", "152131234"),
    ("/providers/facility/zip", "15222 1234", "152221234"),
    ("/patient/phone", "412-555-0142", "4125550142"),
    # Trial number and type of bill.
    ("/procedure/trial_number", "NCT03072927", "03072927"),
    ("/procedure/trial_number", "nct03072927", "03072927"),
    ("/procedure/trial_number", "CT03072927", "03072927"),
    ("/procedure/trial_number", "CT 03072927", "03072927"),
    ("/claim/value_codes/0/amount", "CT03072927", "03072927"),
    ("/claim/type_of_bill", "131", "0131"),
    ("/claim/type_of_bill", "85x", "085X"),
]
LEFT_ALONE: list[tuple[str, Any]] = [
    ("/claim/lines/0/modifiers/0", "QO"),  # a letter O is an error, not a slip of writing
    ("/patient/last", "ØSTERGÅRD"),  # a name is no code
    ("/patient/street", "12 ELM-STREET #4."),
    ("/claim/charges/62330", "4,60"),
    ("/claim/amount_paid", "5"),
    ("/claim/type_of_bill", "0131"),
    ("/claim/type_of_bill", "1310"),
    ("/procedure/trial_number", "03072927"),
    ("/procedure/trial_number", "3072927"),
    ("/claim/value_codes/0/amount", "100.00"),
    ("/answers/ligamentum_flavum_mm", "4.1 mm"),
    ("/id", "case a"),
    ("/attachments", [{"kind": "other", "path": "Notes/Mine.pdf"}]),
    ("/authorization", {"decision": "approved"}),
    ("/denial", {"carc": ["16"], "remark": "See letter"}),
]


def start() -> dict[str, Any]:
    """Return an example in which every key of the tables above can be set."""
    more = {
        "/claim/lines": [{"code": "62330", "modifiers": ["Q0"]}],
        "/claim/condition_codes": ["30"],
        "/claim/revenue_lines": [{}],
        "/claim/value_codes": [{"code": "D4"}],
        "/procedure/device": {},
        "/authorization": {"codes": ["0275T"]},
        "/claim/diagnoses": ["M48062"],
        "/procedure/diagnoses": ["M48062"],
        "/patient/account_number": "4711",
    }
    data: dict[str, Any] = changed(example(), more)
    return data


@pytest.mark.parametrize(("path", "typed", "repaired"), REPAIRED)
def test_repaired(path: str, typed: Any, repaired: Any) -> None:
    before = parsed(changed(start(), {path: typed}))
    after, listed = repair(before)
    assert listed == (Repair(path, typed, repaired),)
    assert after == parsed(changed(start(), {path: repaired}))


@pytest.mark.parametrize(("path", "typed"), LEFT_ALONE)
def test_left_alone(path: str, typed: Any) -> None:
    before = parsed(changed(start(), {path: typed}))
    after, listed = repair(before)
    assert (after, listed) == (before, ())


def test_nothing_to_repair_is_the_same_case() -> None:
    before = parsed(start())
    assert repair(before)[0] is before


def test_codes_of_charges_are_keys() -> None:
    before = case(changes={"/claim/charges": {"0275t": "1.00", "6233Ø": "2.00", "62331": "3.00"}})
    after, listed = repair(before)
    assert after.claim is not None
    assert after.claim.charges == {"0275T": "1.00", "62330": "2.00", "62331": "3.00"}
    assert {(each.path, each.typed, each.repaired) for each in listed if "charges" in each.path} == {
        ("/claim/charges/0275t", "0275t", "0275T"),
        ("/claim/charges/6233Ø", "6233Ø", "62330"),
    }


def test_two_spellings_of_one_code_stay_as_typed() -> None:
    charges = {"0275t": "1.00", "0275T": "2.00"}
    after, listed = repair(case(changes={"/claim/charges": charges}))
    assert after.claim is not None
    assert after.claim.charges == charges
    assert not [each for each in listed if "charges" in each.path]


def test_a_key_with_a_slash_is_escaped_in_the_path() -> None:
    _, listed = repair(case(changes={"/claim/charges": {"a/b~c": "1.00"}}))
    assert "/claim/charges/a~1b~0c" in [each.path for each in listed]


def test_a_trial_number_with_the_letters_twice_is_repaired_at_once() -> None:
    once, _ = repair(case(changes={"/procedure/trial_number": "CTCT03072927"}))
    twice, more = repair(once)
    assert (twice, more) == (once, ())


def test_the_facilitys_claim_is_repaired_too() -> None:
    _, listed = repair(case(changes={"/facility_claim": {"type_of_bill": "131", "diagnoses": ["M48.062"]}}))
    assert {each.path for each in listed} >= {"/facility_claim/type_of_bill", "/facility_claim/diagnoses/0"}


def test_the_facilitys_own_billing_provider_is_repaired_too() -> None:
    _, listed = repair(case(changes={"/facility_claim": {"billing": {"npi": "2000-000044"}}}))
    assert "/facility_claim/billing/npi" in {each.path for each in listed}


def test_the_insured_is_repaired_too() -> None:
    _, listed = repair(
        case("own-payer-spouse", {"/coverages/0/insured/first": "Bruno", "/coverages/0/payer/name": "Lakes"})
    )
    assert {each.path for each in listed} >= {"/coverages/0/insured/first", "/coverages/0/payer/name"}


def test_the_report_lists_what_was_typed_and_what_stands_now() -> None:
    listed = reported(BASE)["repairs"]
    assert {"path": "/procedure/diagnoses/0", "from": "M48.062", "to": "M48062"} in listed


def test_assumed_values_are_listed_too() -> None:
    listed = {each["path"]: each["to"] for each in reported(BASE)["repairs"] if each["from"] is None}
    assert listed == {
        "/claim/related_to/employment": "NO",
        "/claim/related_to/auto_accident": "NO",
        "/claim/related_to/other_accident": "NO",
        "/claim/outside_lab/used": "NO",
    }


def test_what_was_answered_is_not_assumed() -> None:
    changes = {
        "/claim/related_to": {"employment": False, "auto_accident": False, "other_accident": True},
        "/claim/outside_lab": {"used": False},
    }
    assert [each for each in reported(BASE, changes)["repairs"] if each["from"] is None] == []


def test_the_hospitals_assumed_values_are_listed() -> None:
    listed = {
        each["path"]: each["to"] for each in reported("medicare-hospital-derived")["repairs"] if each["from"] is None
    }
    assert (listed["/claim/admission_type"], listed["/claim/point_of_origin"]) == ("3", "1")
    assert (listed["/claim/discharge_status"], listed["/claim/statement_from"]) == ("01", "2026-03-10")
    assert listed["/claim/statement_to"] == "2026-03-10"
