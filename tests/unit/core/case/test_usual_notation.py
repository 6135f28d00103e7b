"""What is typed in any usual notation reads as the same value; every rewriting is listed.

Sources: case file format 1, section 1; facts on the CMS-1500, section 2 (money without signs and commas, telephones
without separators, no hyphens or blanks in identifiers and policy numbers; items 9a, 11 and 23) and section 7;
findings K4, K7, K8, W1 and W8 on version 0.1.0. Where two readings are possible: decision 21.
"""

from typing import Any

import pytest

from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import read
from mild_biller.core.case.repair import repair
from mild_biller.core.rules.finding import Severity
from tests.support import BASE, boxes, case, findings, reported, reviewed, summary

OWN = "own-payer-spouse"
HOSPITAL = "medicare-hospital-2026"


def read_as(path: str, typed: str) -> str:
    """Return how a text is read, after checking that the change is listed, once, and only where there is one."""
    after, listed = repair(case(changes={path: typed}))
    read_now = str(read(after, path))
    changes = [(each.typed, each.repaired) for each in listed if each.path == path]
    assert changes == ([] if read_now == typed else [(typed, read_now)])
    assert again(after) == after
    return read_now


def again(once: Case) -> Case:
    return repair(once)[0]


# Telephones.


@pytest.mark.parametrize(
    "typed",
    [
        *("4125550142", "412-555-0142", "(412) 555-0142", "(412)555-0142", "412.555.0142", "412 555 0142"),
        *("412/555-0142", "+1 412 555 0142", "+1 (412) 555-0142", "1-412-555-0142", "14125550142", "+14125550142"),
        *("(412) 555\u20110142", "412\u2013555\u20130142", "412\u00b7555\u00b70142", "\u200b(412)\u00a0555-0142"),
    ],
)
def test_a_telephone_in_any_usual_notation(typed: str) -> None:
    assert read_as("/patient/phone", typed) == "4125550142"
    assert read_as("/providers/billing/phone", typed) == "4125550142"
    printed = boxes(reviewed(BASE, {"/patient/phone": typed}))
    assert (printed["5_area"], printed["5_phone"]) == ("412", "5550142")


@pytest.mark.parametrize(
    "typed",
    ["555-0142", "(412) 555", "412-555-0142 X12", "412-555-0142 OR 0143", "+41255501420", "+4125550142", "24125550142"],
)
def test_what_is_no_telephone_prints_nothing_and_says_so(typed: str) -> None:
    found = reviewed(BASE, {"/patient/phone": typed})
    assert not {"5_area", "5_phone"} & set(boxes(found))
    said = [each for each in found.findings if each.path == "/patient/phone"]
    assert [each.severity for each in said] == [Severity.WARNING]  # item 5: the telephone is optional


def test_a_billing_telephone_that_is_none_prints_on_neither_form() -> None:
    for name, box in ((BASE, "33_phone"), (HOSPITAL, "1_4")):
        found = reviewed(name, {"/providers/billing/phone": "(412) 555"})
        assert box not in boxes(found)
        assert "phone-malformed" in [each.rule for each in found.findings]


# Interspaces.


@pytest.mark.parametrize(
    "typed",
    [
        *("L4-L5", "l4-l5", "L4-5", "L4/L5", "L4/5", "l4/5", "L4 - L5", "L4 / 5", "L4 L5", "L4L5", "L4 to L5"),
        *("L4\u2013L5", "L4\u20115", "L4\u22125", "L4-L5 "),
    ],
)
def test_an_interspace_in_any_usual_notation(typed: str) -> None:
    assert read_as("/procedure/interspaces/0/name", typed) == "L4-L5"
    printed = reported(BASE, {"/procedure/interspaces/0/name": typed})
    assert (printed["determination"], printed["status"]) == ("covered", "clean"), summary(printed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("L5/S1", "L5-S1"), ("L5S1", "L5-S1"), ("T12/L1", "T12-L1"), ("C7/T1", "C7-T1"), ("T9-10", "T9-T10")],
)
def test_an_interspace_between_two_regions_or_of_two_digits(typed: str, name: str) -> None:
    assert read_as("/procedure/interspaces/0/name", typed) == name


@pytest.mark.parametrize("typed", ["L3-5", "L3-L5", "L45", "L5-1", "4-5", "L4", "L4-L5-S1", "L4-L5, L3-L4"])
def test_what_may_mean_two_interspaces_is_left_for_a_person(typed: str) -> None:
    assert "interspace-of-another-region" in [
        each.rule for each in reviewed(BASE, {"/procedure/interspaces/0/name": typed}).findings
    ]


def test_one_interspace_in_two_notations_is_one() -> None:
    sides = [{"name": "L4-5", "side": "left"}, {"name": "L4/L5", "side": "right"}]
    lines = reported(BASE, {"/procedure/interspaces": sides})["lines"]
    assert [(line["code"], line["modifiers"]) for line in lines] == [("62330", ["Q0"])]


# Amounts.

MONEY = [
    *("/claim/charges/62330", "/claim/amount_paid", "/claim/lines/0/charge", "/claim/revenue_lines/0/charge"),
    *("/claim/revenue_lines/0/non_covered", "/claim/outside_lab/charge", "/claim/prior_payments/0/amount"),
    *("/claim/value_codes/0/amount", "/procedure/device/charge", "/facility_claim/amount_paid"),
]


@pytest.mark.parametrize("path", MONEY)
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("5,100.00", "5100.00"),
        ("$5,100.00", "5100.00"),
        ("$ 5,100", "5100"),
        ("$5100", "5100"),
        ("5100", "5100"),
        ("1,234,567.8", "1234567.8"),
        ("-$1.00", "-1.00"),
        ("$-1.00", "-1.00"),
    ],
)
def test_dollar_signs_and_commas_come_off_an_amount(path: str, typed: str, amount: str) -> None:
    assert read_as(path, typed) == amount


@pytest.mark.parametrize("typed", ["4,60", "46,00.00", "4.600,00", "5 100", "ten", "5100.00.", "$", ""])
def test_an_amount_that_can_be_read_two_ways_is_left_for_a_person(typed: str) -> None:
    assert read_as("/claim/charges/62330", typed) == typed
    assert reported(BASE, {"/claim/charges/62330": typed})["status"] == "error"


# Identifiers.


@pytest.mark.parametrize(
    ("path", "typed", "number"),
    [
        ("/coverages/0/member_id", "1EG4\u2013TE5\u2013MK73", "1EG4TE5MK73"),
        ("/providers/billing/npi", "2000 000\u2011010", "2000000010"),
        ("/providers/billing/tax_id", "25 - 1234567", "251234567"),
        ("/patient/zip", "15213 - 1234", "152131234"),
        ("/coverages/0/group_number", "G-100 22", "G10022"),
        ("/claim/prior_authorization_number", "PA-2026 0044", "PA20260044"),
        ("/authorization/reference", "pa-2026 0044", "PA20260044"),
        ("/claim/document_control_number", "221-340 00123401", "22134000123401"),
        ("/claim/original_reference", "221-340 00123401", "22134000123401"),
        ("/procedure/trial_number", "0307-2927", "03072927"),
        ("/procedure/trial_number", "NCT 0307 2927", "03072927"),
        ("/procedure/trial_number", "nct-03072927", "03072927"),
        ("/claim/value_codes/0/amount", "NCT-0307 2927", "03072927"),
    ],
)
def test_hyphens_and_blanks_come_out_of_an_identifier(path: str, typed: str, number: str) -> None:
    assert read_as(path, typed) == number


def test_the_numbers_of_k7_print_without_separators() -> None:
    changes = {"/coverages/0/group_number": "G-100 22", "/claim/prior_authorization_number": "PA-2026 0044"}
    printed = boxes(reviewed(OWN, changes))
    assert (printed["11"], printed["23"]) == ("G10022", "PA20260044")


def test_the_account_number_comes_back_on_remittances_and_stays() -> None:
    assert read_as("/patient/account_number", "AC-77 01") == "AC-77 01"


@pytest.mark.parametrize("path", ["/denial/carc/0", "/denial/rarc/0"])
def test_a_denial_code_is_read_in_small_letters(path: str) -> None:
    assert read_as(path, "n290 ") == "N290"


# Old Medicare numbers.


@pytest.mark.parametrize(
    "typed", ["123456789A", "123-45-6789-A", "123456789B1", "123456789c1", "WA123456789", "A123456", "WCD123456"]
)
def test_an_old_medicare_number_is_named_as_such(typed: str) -> None:
    found = findings(changes={"/coverages/0/member_id": typed}, rule="member-id-malformed")
    assert [each.severity for each in found] == [Severity.ERROR]
    assert "HICN" in found[0].message
    assert "2020" in found[0].message


@pytest.mark.parametrize("typed", ["123456789", "1EG4TE5MK7", "1SG4TE5MK73", "ABC", "ABCDE123456"])
def test_any_other_wrong_number_is_not(typed: str) -> None:
    found = findings(changes={"/coverages/0/member_id": typed}, rule="member-id-malformed")
    assert found
    assert "HICN" not in found[0].message


# A malformed code is unknown.


@pytest.mark.parametrize("typed", ["M48.0622", "M48.O62", "M48.06 2Z9", "48.062", "M48", "M48.0", "M", "stenosis"])
def test_a_malformed_diagnosis_is_unknown_and_never_not_met(typed: str) -> None:
    printed = reported(BASE, {"/procedure/diagnoses": [typed]})
    assert printed["determination"] == "conditional", summary(printed)
    assert printed["missing"] == ["/procedure/diagnoses/0"]
    rules = {each["rule"] for each in printed["findings"]}
    assert "diagnosis-malformed" in rules
    assert "notice-before-service" not in rules


@pytest.mark.parametrize("typed", ["M48.061", "M54.16"])
def test_another_diagnosis_is_not_met(typed: str) -> None:
    assert reported(BASE, {"/procedure/diagnoses": [typed]})["determination"] == "not-covered"


def test_a_covered_diagnosis_beside_a_malformed_one_is_met() -> None:
    printed = reported(BASE, {"/procedure/diagnoses": ["M48.0622", "M48.062"]})
    assert printed["determination"] == "covered", summary(printed)


@pytest.mark.parametrize("typed", ["6304", "63047X", "laminectomy"])
def test_a_prior_procedure_with_a_malformed_code_is_not_harmless(typed: str) -> None:
    prior: dict[str, Any] = {"kind": "other", "region": "lumbar", "date": "2025-12-01", "code": typed}
    printed = reported(BASE, {"/prior_procedures": [prior]})
    assert printed["determination"] == "conditional", summary(printed)


# Letter case of words from closed lists.

WORDS: list[tuple[str, str, str]] = [
    ("/patient/sex", "f", "F"),
    ("/coverages/0/payer", "Medicare", "medicare"),
    ("/coverages/0/relationship", "Self", "self"),
    ("/procedure/setting", "ASC", "asc"),
    ("/procedure/region", " Lumbar", "lumbar"),
    ("/procedure/interspaces/0/side", "Bilateral", "bilateral"),
    ("/answers/imaging_kind", "MRI", "mri"),
    ("/claim/form", "CMS1500", "cms1500"),
    ("/providers/billing/tax_id_kind", "EIN", "ein"),
]


@pytest.mark.parametrize(("path", "typed", "word"), WORDS, ids=[path for path, _, _ in WORDS])
def test_a_word_of_a_closed_list_is_read_in_capitals_too(path: str, typed: str, word: str) -> None:
    found, plain = reported(BASE, {path: typed}), reported(BASE, {path: word})
    assert {"path": path, "from": typed, "to": word} in found["repairs"]
    assert {**found, "repairs": []} == {**plain, "repairs": []}
