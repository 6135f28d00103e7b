"""Blanks and signs nobody sees, in every text of a case: read, joined or dropped, and listed.

Source: case file format 1, section 1 (a repair changes how a value is written, never what it says). Which signs are
blanks and which have no picture of their own is the Unicode standard's: general category Zs, the line ends of its annex
14, and the property Default_Ignorable_Code_Point.
"""

import sys
from typing import Any
from unicodedata import category

import pytest

from mild_biller.core.case.repair import Repair, repair
from tests.support import BASE, boxes, case, reported, reviewed, summary

SPACES = [chr(code) for code in range(sys.maxunicode + 1) if category(chr(code)) == "Zs"]
ODD_BLANKS = [*SPACES, *"\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", "\u2800", "\u3164", "\uffa0"]
UNSEEN = [
    *("\x00", "\x07", "\x1b", "\x7f", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d"),
    *("\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2064", "\u2066", "\u2069", "\ufe0f", "\ufeff", "\ufff9"),
    *("\U000e0001", "\U000e0061", "\U000e01ef"),
]
BLANK_NAMES = [f"U+{ord(sign):04X}" for sign in ODD_BLANKS]
UNSEEN_NAMES = [f"U+{ord(sign):04X}" for sign in UNSEEN]

# What K4 and W1 of the findings on version 0.1.0 name: each decided coverage or stopped the claim.
DECIDED = [
    {"/procedure/diagnoses/0": "M48.062 "},
    {"/procedure/trial_number": "03072927 "},
    {"/procedure/interspaces/0/name": "L4-L5 "},
    {"/claim/lines": [{"code": "62330 ", "modifiers": ["Q0 "]}, {"code": "62331", "modifiers": [" Q0"]}]},
    {"/claim/charges": {"62330 ": "4600.00", "62331": " 2300.00"}},
    {"/claim/amount_paid": "0.00 "},
    {"/claim/diagnoses": ["M48.062 ", "Z00.6 "]},
    {"/claim/lines": [{"code": "62330", "place_of_service": "24 ", "pointers": ["A ", "B"]}, {"code": "62331"}]},
    {"/answers/ligamentum_flavum_mm": "4.1 "},
    {"/answers/scores/zcq_symptom": " 3.2"},
    {"/patient/state": "PA "},
    {"/providers/billing/taxonomy": "208VP0014X "},
    {"/patient/city": "PITTSBURGH "},
    {"/id": "medicare-asc-2026 "},
    {"/prior_procedures/0/code": "62323 "},
]


NEAT = {"/procedure/diagnoses/0": "M48062", "/patient/account_number": "4711"}  # nothing else to repair in the base


@pytest.mark.parametrize("changes", DECIDED, ids=lambda changes: next(iter(changes)))
def test_a_blank_behind_a_value_decides_nothing(changes: dict[str, Any]) -> None:
    printed = reported(BASE, changes)
    assert printed["determination"] == "covered", summary(printed)
    assert printed["status"] == "clean", summary(printed)
    assert boxes(reviewed(BASE, changes)) == boxes(reviewed(BASE))


def test_a_second_code_is_no_other_code_for_its_blank() -> None:
    changes = {"/authorization": {"decision": "approved ", "codes": ["62330 ", " 62331"], "place_of_service": "24 "}}
    clean = {"/authorization": {"decision": "approved", "codes": ["62330", "62331"], "place_of_service": "24"}}
    odd, even = reported(BASE, changes), reported(BASE, clean)
    assert odd["findings"] == even["findings"]


@pytest.mark.parametrize("sign", ODD_BLANKS, ids=BLANK_NAMES)
def test_every_blank_is_read_as_one(sign: str) -> None:
    """Around a text it goes, inside a text it stands for one blank, however many there are."""
    typed = {
        "/patient/street": f"{sign}12{sign}ELM{sign}{sign}STREET{sign}",
        "/procedure/diagnoses/0": f"M48.062{sign}",
    }
    after, listed = repair(case(changes={**NEAT, **typed}))
    assert after == case(changes=NEAT)
    assert {(each.path, each.typed, each.repaired) for each in listed} == {
        ("/patient/street", typed["/patient/street"], "12 ELM STREET"),
        ("/procedure/diagnoses/0", typed["/procedure/diagnoses/0"], "M48062"),
    }


@pytest.mark.parametrize("sign", UNSEEN, ids=UNSEEN_NAMES)
def test_a_sign_nobody_sees_is_dropped(sign: str) -> None:
    typed = {"/patient/street": f"{sign}12 E{sign}LM STREET{sign}", "/procedure/diagnoses/0": f"M48{sign}.062"}
    after, listed = repair(case(changes={**NEAT, **typed}))
    assert after == case(changes=NEAT)
    assert {each.path: each.typed for each in listed} == typed


@pytest.mark.parametrize("sign", ["É", "Ø", "—", "\u2019", "\u0301", "\U0001f600", "\x92", "\ue000"])
def test_a_sign_that_is_seen_or_stands_for_one_is_kept(sign: str) -> None:
    """A mark of its own is for a finding to report: a control of Latin-1 is mostly a quote or a dash read wrongly."""
    after, _ = repair(case(changes={"/patient/last": f"O{sign}NEIL"}))
    assert after.patient is not None
    assert after.patient.last == f"O{sign}NEIL".upper()


EVERYWHERE: list[tuple[str, Any, Any]] = [
    ("/id", " 4711-9", "4711-9"),
    ("/patient/first", "ALMA  ANN", "ALMA ANN"),
    ("/patient/record_number", "MR00123\u200b", "MR00123"),
    ("/coverages/0/employer", "ACME\u00a0WORKS", "ACME WORKS"),
    ("/coverages/0/contractor/name", "NOVITAS  PART B", "NOVITAS PART B"),
    ("/answers/ligamentum_flavum_mm", "4.1\u2009mm", "4.1 mm"),
    ("/answers/scores/odi", "52 ", "52"),
    ("/procedure/device/charge", "100.00\t", "100.00"),
    ("/providers/referring/credentials", "M D ", "M D"),
    ("/claim/amount_paid", " 5 ", "5"),
    ("/claim/outside_lab/charge", "5.00 ", "5.00"),
    ("/claim/prior_authorization_number", "PA12 ", "PA12"),
    ("/claim/resubmission_code", "7 ", "7"),
    ("/claim/admission_hour", "09 ", "09"),
    ("/claim/discharge_hour", " 17", "17"),
    ("/claim/remarks", "SEE  NOTE\nBELOW", "SEE NOTE BELOW"),
    ("/claim/claim_codes", "w2 ", "W2"),
    ("/claim/reason_for_visit", "M54.50 ", "M5450"),
    ("/claim/prior_payments/0/amount", "12.00 ", "12.00"),
    ("/claim/revenue_lines/0/charge", "12.00 ", "12.00"),
    ("/claim/revenue_lines/0/non_covered", "\ufeff1.00", "1.00"),
    ("/claim/onset/qualifier", "431 ", "431"),
    ("/claim/provider_signature/text", "PAT  RENDERER MD", "PAT RENDERER MD"),
    ("/claim/occurrence_codes/0/code", "11 ", "11"),
    ("/facility_claim/billing/name", "ALLEGHENY  HOSPITAL", "ALLEGHENY HOSPITAL"),
    ("/facility_claim/amount_paid", "0.00 ", "0.00"),
    ("/authorization/decision", " approved", "approved"),
    ("/denial/carc/0", "50 ", "50"),
    ("/denial/rarc/0", "\u00a0N386", "N386"),
    ("/attachments/0/pages", "1-3,  7 ", "1-3, 7"),
]


@pytest.mark.parametrize(("path", "typed", "repaired"), EVERYWHERE, ids=[path for path, _, _ in EVERYWHERE])
def test_every_text_is_repaired_and_listed(path: str, typed: str, repaired: str) -> None:
    start = {**NEAT, path: repaired}
    after, listed = repair(case(changes={**start, path: typed}))
    assert listed == (Repair(path, typed, repaired),)
    assert after == case(changes=start)


def test_the_amounts_and_the_codes_of_charges_are_texts_too() -> None:
    after, listed = repair(case(changes={"/claim/charges": {"62330\u00a0": "4600.00 ", "62331": " 2300.00"}}))
    assert after.claim is not None
    assert after.claim.charges == {"62330": "4600.00", "62331": "2300.00"}
    assert {(each.path, each.typed, each.repaired) for each in listed if "charges" in each.path} == {
        ("/claim/charges/62330\u00a0", "62330\u00a0", "62330"),
        ("/claim/charges/62330", "4600.00 ", "4600.00"),
        ("/claim/charges/62331", " 2300.00", "2300.00"),
    }


def test_two_codes_that_a_blank_tells_apart_stay_as_typed() -> None:
    charges = {"62330": "1.00", "62330 ": "2.00 "}
    after, listed = repair(case(changes={"/claim/charges": charges}))
    assert after.claim is not None
    assert after.claim.charges == {"62330": "1.00", "62330 ": "2.00"}
    assert [(each.path, each.repaired) for each in listed if "charges" in each.path] == [
        ("/claim/charges/62330 ", "2.00")
    ]


def test_a_payer_of_the_offices_own_is_repaired() -> None:
    after, listed = repair(case("own-payer-spouse", {"/coverages/0/payer/name": "LAKES  HEALTH\u200b"}))
    assert ("/coverages/0/payer/name", "LAKES HEALTH") in [(each.path, each.repaired) for each in listed]
    assert repair(after) == (after, ())


# What a blank is typed for, and what is no text to print.


@pytest.mark.parametrize("path", ["Scans/Alma  Q.pdf", " a.pdf", "b\u00a0c.pdf", "d\u200be.pdf"])
def test_the_name_of_a_file_is_as_its_folder_has_it(path: str) -> None:
    typed = case(changes={**NEAT, "/attachments": [{"kind": "other", "path": path}]})
    assert repair(typed) == (typed, ())


@pytest.mark.parametrize("key", ["additional_information", "claim_codes"])
@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("G2ABC   0BDEF", "G2ABC   0BDEF"),
        ("G2ABC\u00a0\u00a0\u00a00BDEF", "G2ABC   0BDEF"),
        ("G2ABC      0BDEF", "G2ABC   0BDEF"),
        (" G2ABC  0BDEF ", "G2ABC 0BDEF"),
        ("G2ABC\n0BDEF", "G2ABC 0BDEF"),
    ],
)
def test_three_blanks_part_the_entries_of_items_10d_and_19(key: str, typed: str, repaired: str) -> None:
    """NUCC: several entries stand three blanks apart (facts on the CMS-1500, items 10d and 19)."""
    after, _ = repair(case(changes={f"/claim/{key}": typed}))
    assert getattr(after.claim, key) == repaired


def test_a_remark_keeps_its_lines() -> None:
    after, listed = repair(case(changes={"/denial": {"remark": "\u00a0Not covered. \r\n\tSee  policy\u200b 1 \n\n"}}))
    assert after.denial is not None
    assert after.denial.remark == "Not covered.\nSee policy 1"
    assert "/denial/remark" in [each.path for each in listed]


def test_a_letter_keeps_its_lines_and_what_is_set_out_in_them() -> None:
    written = "Scores:\u00a0  \n  ODI   52\n  NPRS   7\t\n\nThank\u200b you. "
    after, listed = repair(case(changes={"/letters": {"appeal ": {"body\u00a0": written}}}))
    text = "Scores:\n  ODI   52\n  NPRS   7\n\nThank you."
    assert after.letters == {"appeal": {"body": text}}
    assert ("/letters/appeal/body", written, text) in [(each.path, each.typed, each.repaired) for each in listed]


def test_a_letter_of_plain_words_is_no_repair() -> None:
    words = {"body": "Two blanks after a stop.  As taught.\n\n  Set in."}
    typed = case(changes={**NEAT, "/letters": {"appeal": words}})
    assert repair(typed) == (typed, ())


def test_a_text_of_blanks_alone_is_an_empty_one() -> None:
    odd, empty = ({"/patient/last": text, "/claim/charges/62330": text} for text in ("\u00a0\u200b ", ""))
    assert reported(BASE, odd)["findings"] == reported(BASE, empty)["findings"]
    assert reported(BASE, empty)["status"] == "error"
