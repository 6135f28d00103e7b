"""Item by item: what stands in each box for Original Medicare, and what for everybody else.

Expected values: facts on the CMS-1500, section 1, and facts README 7, 11, 13, 14.
"""

from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.review.review import review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.payer import MorePages
from tests.support import ABSENT, TODAY, boxes, case, filled, reviewed

PREMERA = "premera-commercial-2026"
SPOUSE = "own-payer-spouse"
SIGNED = "SIGNATURE ON FILE"

PATIENT = {
    "2": "TESTPATIENT, ALMA, Q",
    "3_mm": "07",
    "3_dd": "06",
    "3_f": "X",
    "5_street": "12 ELM STREET",
    "5_city": "PITTSBURGH",
    "5_state": "PA",
    "5_zip": "15213",
    "5_area": "412",
    "5_phone": "5550142",
}
MIDDLE = {
    "10a_n": "X",
    "10b_n": "X",
    "10c_n": "X",
    "12_sig": SIGNED,
    "17_q": "DN",
    "17": "CHRIS REFERRER",
    "17b": "2000000028",
    "20_n": "X",
    "21_ind": "0",
    "21_A": "M48062",
}
PROVIDERS = {
    "25": "251234567",
    "25_ein": "X",
    "27_y": "X",
    "29_d": "0",
    "29_c": "00",
    "31_2": SIGNED,
    "32_1": "RIVERSIDE SURGERY CENTER",
    "32_2": "500 RIVER ROAD",
    "32_3": "PITTSBURGH PA 152221234",
    "32a": "2000000036",
    "33_area": "412",
    "33_phone": "5550100",
    "33_1": "THREE RIVERS PAIN ASSOC",
    "33_2": "100 MAIN STREET STE 4",
    "33_3": "PITTSBURGH PA 152221234",
    "33a": "2000000010",
}


def service_line(row: int, code: str, *modifiers: str, pointers: str, dollars: str) -> dict[str, str]:
    days = {"fm": "03", "fd": "10", "fy": "26", "tm": "03", "td": "10", "ty": "26"}
    marked = {f"m{number}": modifier for number, modifier in enumerate(modifiers, start=1)}
    rest = {"b": "24", "d": code, "e": pointers, "f_d": dollars, "f_c": "00", "g": "1", "j": "1234567893"}
    return {f"24.{row}_{key}": value for key, value in {**days, **marked, **rest}.items()}


MEDICARE = {
    "carrier1": "NOVITAS SOLUTIONS PART B",
    "carrier2": "PO BOX 3091",
    "carrier4": "MECHANICSBURG PA 17055",
    "1_medicare": "X",
    "1a": "1EG4TE5MK73",
    **PATIENT,
    "3_yyyy": "1951",
    "11": "NONE",
    **MIDDLE,
    "19_2": "CT03072927",
    "21_B": "Z006",
    **service_line(1, "62330", "Q0", pointers="AB", dollars="4600"),
    **service_line(2, "62331", "Q0", pointers="AB", dollars="2300"),
    "26": "MEDICARE-ASC-2",
    "28_d": "6900",
    "28_c": "00",
    **PROVIDERS,
}
NUCC = {
    "carrier1": "LAKES HEALTH PLAN",
    "carrier2": "1 LAKE ROAD",
    "carrier4": "ERIE PA 16501",
    "1_group": "X",
    "1a": "LHP99887766",
    **PATIENT,
    "3_yyyy": "1968",
    "4": "TESTPATIENT, BRUNO",
    "6_spouse": "X",
    "7_street": "12 ELM STREET",
    "7_city": "PITTSBURGH",
    "7_state": "PA",
    "7_zip": "15213",
    "7_area": "412",
    "7_phone": "5550142",
    "11": "G100",
    "11a_mm": "02",
    "11a_dd": "01",
    "11a_yyyy": "1966",
    "11a_m": "X",
    "11c": "LAKES HEALTH PLAN",
    "11d_n": "X",
    **MIDDLE,
    "13": SIGNED,
    **service_line(1, "62330", pointers="A", dollars="4600"),
    "26": "OWN-PAYER-SPOU",
    "28_d": "4600",
    "28_c": "00",
    **PROVIDERS,
}


def test_every_box_for_medicare() -> None:
    assert filled() == MEDICARE


def test_every_box_for_everybody_else() -> None:
    assert filled(SPOUSE) == NUCC


# What must be blank where Medicare is first, though it was typed (section 1, last line).
BLANK_FOR_MEDICARE: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    (
        {"/coverages/0/insured": {"last": "OTHER", "first": "SPOUSE"}, "/coverages/0/relationship": "spouse"},
        ("4", "6_", "7_"),
    ),
    ({"/coverages/0/group_number": "G1", "/coverages/0/plan_name": "PLAN"}, ("11a", "11b", "11c", "11d")),
    ({"/coverages/1": {"payer": "tricare", "member_id": "1", "relationship": "self"}}, ("9", "9a", "9d", "11d")),
    ({"/claim/other_date": {"date": "2026-01-05", "qualifier": "454"}}, ("15_",)),
    ({"/claim/resubmission_code": "7", "/claim/original_reference": "ABC"}, ("22_",)),
    ({"/claim/insured_signature_on_file": True}, ("13",)),
]


@pytest.mark.parametrize(("changes", "prefixes"), BLANK_FOR_MEDICARE)
def test_blank_for_medicare(changes: dict[str, Any], prefixes: tuple[str, ...]) -> None:
    printed = filled(changes=changes)
    assert [box for box in printed if box.startswith(prefixes)] == []
    assert printed["11"] == "NONE"


@pytest.mark.parametrize("name", ["medicare-asc-2026", SPOUSE, PREMERA, "medicaid-2026"])
def test_reserved_boxes_stay_blank(name: str) -> None:
    reserved = ("8", "9b", "9c", "17a", "30", "32b", "33b")
    printed = filled(name)
    assert [box for box in printed if box in reserved or box.startswith("17a")] == []
    shaded = ("_suppl", "_h_sh", "_i_sh", "_j_sh")
    assert [box for box in printed if box.endswith(shaded)] == []
    assert [box for box in printed if box in ("24.1_c", "24.1_h")] == []


# Header.


def test_a_contractor_stands_in_the_carrier_block() -> None:
    printed = filled(SPOUSE, {"/coverages/0/contractor": {"name": "TPA", "city": "ERIE"}})
    assert (printed["carrier1"], printed.get("carrier2"), printed["carrier4"]) == ("TPA", None, "ERIE")


def test_a_payer_without_an_address_gives_its_name_alone() -> None:
    printed = filled(PREMERA)
    assert printed["carrier1"] == "PREMERA BLUE CROSS"
    assert "carrier2" not in printed
    assert "carrier4" not in printed


def test_no_payer_no_carrier_and_no_type() -> None:
    printed = filled(changes={"/coverages": None})
    assert [box for box in printed if box.startswith(("carrier", "1_", "1a", "11"))] == []


@pytest.mark.parametrize(
    ("payer", "group", "box"),
    [
        ("medicare", None, "1_medicare"),
        ("medicaid", None, "1_medicaid"),
        ("tricare", None, "1_tricare"),
        ("medicare-advantage", "G1", "1_other"),
        ("premera-medicare-advantage", None, "1_other"),
        ("workers-compensation", "G1", "1_other"),
        ("va", None, "1_other"),
        ("premera", "G1", "1_group"),
        ("premera", None, "1_other"),
        ("regence", "G1", "1_group"),
        ("optum", None, "1_other"),
        ("bcbs-federal", "G1", "1_group"),
        ("commercial", None, "1_other"),
    ],
)
def test_one_box_of_item_1(payer: str, group: str | None, box: str) -> None:
    printed = filled(changes={"/coverages/0/payer": payer, "/coverages/0/group_number": group})
    assert [each for each in printed if each.startswith("1_")] == [box]


def test_a_crossover_to_medicaid_marks_both_boxes() -> None:
    printed = filled(changes={"/coverages/1": {"payer": "medicaid", "member_id": "99", "relationship": "self"}})
    assert [each for each in printed if each.startswith("1_")] == ["1_medicare", "1_medicaid"]
    assert printed["10d"] == "MCD99"


# Patient and insured.


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"/patient/suffix": "JR"}, "TESTPATIENT JR, ALMA, Q"),
        ({"/patient/middle": None}, "TESTPATIENT, ALMA"),
        ({"/patient/first": None, "/patient/middle": None}, "TESTPATIENT"),
        ({"/patient/last": "Smith-Jones"}, "SMITH-JONES, ALMA, Q"),
    ],
)
def test_item_2(changes: dict[str, Any], name: str) -> None:
    assert filled(changes=changes)["2"] == name


@pytest.mark.parametrize(("sex", "marked"), [("F", ["3_f"]), ("M", ["3_m"]), ("X", []), (None, [])])
def test_sex_of_item_3(sex: str | None, marked: list[str]) -> None:
    printed = filled(changes={"/patient/sex": sex})
    assert [box for box in printed if box in ("3_f", "3_m")] == marked


def test_what_nobody_entered_stays_blank() -> None:
    printed = filled(changes={"/patient": None, "/providers": None, "/claim": {"form": "cms1500"}})
    assert [box for box in printed if box == "2" or box.startswith(("3_", "5_", "33"))] == []
    assert [box for box in printed if box.startswith(("12", "17", "25", "26", "27", "31", "32"))] == []


def test_the_patient_as_the_insured_is_written_out() -> None:
    printed = filled(PREMERA)
    assert (printed["4"], printed["6_self"], printed["7_zip"]) == ("TESTPATIENT, ALMA, Q", "X", "15213")
    assert (printed["11"], printed["11c"], printed["11a_yyyy"]) == ("1000456", "HERITAGE PPO", "1968")


@pytest.mark.parametrize("relationship", ["self", "spouse", "child", "other"])
def test_item_6(relationship: str) -> None:
    printed = filled(SPOUSE, {"/coverages/0/relationship": relationship})
    assert [box for box in printed if box.startswith("6_")] == [f"6_{relationship}"]


def test_an_insured_nobody_entered() -> None:
    printed = filled(SPOUSE, {"/coverages/0/insured": None})
    assert [box for box in printed if box == "4" or box.startswith(("7_", "11a"))] == []


def test_the_employer_of_a_work_injury() -> None:
    changes = {"/coverages/0/payer": "workers-compensation", "/coverages/0/employer": "Steel Works"}
    assert filled(PREMERA, changes)["4"] == "STEEL WORKS"


def test_another_plan_of_a_commercial_patient() -> None:
    second = {"payer": "regence", "member_id": "R1", "plan_name": "SILVER", "relationship": "self"}
    printed = filled(PREMERA, {"/coverages/1": second})
    assert (printed["11d_y"], printed.get("11d_n")) == ("X", None)
    assert (printed["9"], printed["9a"], printed["9d"]) == ("TESTPATIENT, ALMA, Q", "R1", "SILVER")


def test_another_plan_by_its_group() -> None:
    second = {
        "payer": "regence",
        "member_id": "R1",
        "group_number": "G9",
        "relationship": "spouse",
        "insured": {"last": "B"},
    }
    printed = filled(PREMERA, {"/coverages/1": second})
    assert (printed["9"], printed["9a"], printed["9d"]) == ("B", "G9", "REGENCE")


def test_medigap_behind_medicare() -> None:
    medigap = {"payer": "medigap", "member_id": "MG77", "plan_name": "Plan G", "relationship": "self"}
    printed = filled(changes={"/coverages/1": medigap})
    assert (printed["9"], printed["9a"], printed["9d"], printed["13"]) == ("SAME", "MEDIGAP MG77", "PLAN G", SIGNED)
    assert printed["11"] == "NONE"
    assert "11d_y" not in printed


def test_medigap_of_the_offices_own_gives_its_claim_based_id() -> None:
    own = {"name": "Mutual", "plan_type": "medigap", "payer_number": "55001"}
    printed = filled(changes={"/coverages/1": {"payer": own, "member_id": "MG77", "relationship": "self"}})
    assert printed["9d"] == "55001"


def test_medigap_without_a_number() -> None:
    printed = filled(changes={"/coverages/1": {"payer": "medigap", "relationship": "spouse"}})
    assert "9a" not in printed
    assert printed["9d"] == "MEDIGAP"


# Items 10 to 20.


def test_accidents() -> None:
    related = {"employment": True, "auto_accident": True, "auto_state": "pa", "other_accident": False}
    printed = filled(PREMERA, {"/claim/related_to": related})
    marked = [box for box in printed if box.startswith("10")]
    assert marked == ["10a_y", "10b_y", "10c_n", "10b_st"]
    assert printed["10b_st"] == "PA"


@pytest.mark.parametrize(("codes", "text"), [(["A1", "B2"], "A1   B2"), ("W2", "W2"), ([], None)])
def test_item_10d(codes: Any, text: str | None) -> None:
    assert filled(PREMERA, {"/claim/claim_codes": codes}).get("10d") == text


@pytest.mark.parametrize(
    ("changes", "signed"),
    [
        ({}, ["12_sig", "13", "31_2"]),
        ({"/claim/patient_signature_on_file": False}, ["13", "31_2"]),
        ({"/claim/insured_signature_on_file": False}, ["12_sig", "31_2"]),
        ({"/claim/signature_on_file": None}, []),
        ({"/claim/signature_on_file": None, "/claim/patient_signature_on_file": True}, ["12_sig"]),
        ({"/claim/signature_on_file": None, "/claim/insured_signature_on_file": True}, ["13"]),
    ],
)
def test_signatures(changes: dict[str, Any], signed: list[str]) -> None:
    printed = filled(PREMERA, changes)
    assert [box for box in printed if box in ("12_sig", "13", "31_2")] == signed


def test_a_provider_who_signs_by_name_and_day() -> None:
    printed = filled(PREMERA, {"/claim/provider_signature": {"text": "Pat Renderer MD", "date": "2026-03-11"}})
    assert (printed["31_2"], printed["31_date"]) == ("PAT RENDERER MD", "03 11 26")


def test_dates_of_six_digits_throughout() -> None:
    changes = {
        "/claim/onset": {"date": "2025-05-04", "qualifier": "431"},
        "/claim/other_date": {"date": "2025-06-05", "qualifier": "454"},
        "/claim/unable_to_work": {"from": "2026-03-10", "to": "2026-03-24"},
        "/claim/hospitalization": {"from": "2026-03-09", "to": "2026-03-11"},
    }
    printed = filled(PREMERA, changes)
    assert [printed[f"14_{key}"] for key in ("mm", "dd", "yy", "q")] == ["05", "04", "25", "431"]
    assert [printed[f"15_{key}"] for key in ("mm", "dd", "yy", "q")] == ["06", "05", "25", "454"]
    assert [printed[f"16f_{key}"] for key in ("mm", "dd", "yy")] == ["03", "10", "26"]
    assert [printed[f"16t_{key}"] for key in ("mm", "dd", "yy")] == ["03", "24", "26"]
    assert [printed[f"18f_{key}"] for key in ("mm", "dd", "yy")] == ["03", "09", "26"]
    assert [printed[f"18t_{key}"] for key in ("mm", "dd", "yy")] == ["03", "11", "26"]


def test_a_patient_still_in_hospital() -> None:
    printed = filled(PREMERA, {"/claim/hospitalization": {"from": "2026-03-09"}})
    assert printed["18f_dd"] == "09"
    assert "18t_dd" not in printed


@pytest.mark.parametrize(("role", "qualifier"), [("referring", "DN"), ("ordering", "DK"), ("supervising", "DQ")])
def test_item_17(role: str, qualifier: str) -> None:
    assert filled(changes={"/providers/referring/role": role})["17_q"] == qualifier


def test_medicare_wants_first_and_last_name_alone() -> None:
    more = {
        "middle": "B",
        "suffix": "SR",
        "credentials": "MD",
        "last": "REFERRER",
        "first": "CHRIS",
        "npi": "2000000028",
    }
    changes = {"/providers/referring": {**more, "role": "referring"}}
    assert filled(changes=changes)["17"] == "CHRIS REFERRER"
    assert filled(PREMERA, changes)["17"] == "CHRIS B REFERRER SR MD"


def test_no_referring_provider() -> None:
    printed = filled(changes={"/providers/referring": None})
    assert [box for box in printed if box.startswith("17")] == []


def test_a_referring_provider_without_a_role_has_no_qualifier() -> None:
    assert "17_q" not in filled(changes={"/providers/referring/role": None})


@pytest.mark.parametrize(
    ("number", "typed", "first", "second"),
    [
        ("03072927", None, None, "CT03072927"),
        ("CT03072927", None, None, "CT03072927"),
        ("03072927", "See note", None, "CT03072927   SEE NOTE"),
        (None, "X" * 48, None, "X" * 48),
        (None, "A" * 20 + " " + "B" * 40, "A" * 20, "B" * 40),
        (None, "AAAA BBBB " * 6 + "C", "AAAA BBBB AAAA BBBB", "AAAA BBBB AAAA BBBB AAAA BBBB AAAA BBBB C"),
        (None, "X" * 60, "X" * 23, "X" * 37),
        (None, None, None, None),
    ],
)
def test_item_19(number: str | None, typed: str | None, first: str | None, second: str | None) -> None:
    printed = filled(changes={"/procedure/trial_number": number, "/claim/additional_information": typed})
    assert (printed.get("19_1"), printed.get("19_2")) == (first, second)


def test_item_20() -> None:
    printed = filled(PREMERA, {"/claim/outside_lab": {"used": True, "charge": "12.5"}})
    assert (printed["20_y"], printed["20_chg"], printed.get("20_n")) == ("X", "1250", None)


def test_a_laboratory_charge_that_is_none_is_not_printed() -> None:
    assert "20_chg" not in filled(PREMERA, {"/claim/outside_lab": {"used": True, "charge": "much"}})


# Items 21 to 23.


def test_twelve_diagnoses() -> None:
    codes = ["M48.062", *(f"M54.{n:02}" for n in range(11))]
    printed = filled(PREMERA, {"/claim/diagnoses": codes})
    assert [printed[f"21_{letter}"] for letter in "ABCDEFGHIJKL"] == [code.replace(".", "") for code in codes]


@pytest.mark.parametrize(("day", "indicator"), [("2015-09-30", "9"), ("2015-10-01", "0"), (None, None)])
def test_the_code_set(day: str | None, indicator: str | None) -> None:
    assert filled(PREMERA, {"/procedure/date_of_service": day}).get("21_ind") == indicator


def test_no_diagnosis_no_code_set() -> None:
    assert "21_ind" not in filled(PREMERA, {"/claim/diagnoses": []})


def test_items_22_and_23() -> None:
    changes = {
        "/claim/resubmission_code": "7",
        "/claim/original_reference": "icn1",
        "/claim/prior_authorization_number": "pa9",
    }
    printed = filled(PREMERA, changes)
    assert (printed["22_code"], printed["22_ref"], printed["23"]) == ("7", "ICN1", "PA9")


def test_item_23_from_the_authorization() -> None:
    assert filled(PREMERA, {"/authorization": {"reference": "AU5"}})["23"] == "AU5"
    both = {"/authorization": {"reference": "AU5"}, "/claim/prior_authorization_number": "PA9"}
    assert filled(PREMERA, both)["23"] == "PA9"


# Item 24.


def test_a_line_of_several_days() -> None:
    line = {"code": "62330", "from": "2026-03-10", "to": "2026-03-11", "units": 2}
    printed = filled(PREMERA, {"/claim/lines": [line]})
    assert [printed[f"24.1_{key}"] for key in ("fm", "fd", "fy", "tm", "td", "ty")] == [
        "03",
        "10",
        "26",
        "03",
        "11",
        "26",
    ]
    assert printed["24.1_g"] == "2"


def test_a_line_without_a_day() -> None:
    printed = filled(PREMERA, {"/procedure/date_of_service": None, "/claim/lines": [{"code": "62330"}]})
    assert "24.1_fm" not in printed
    assert printed["24.1_d"] == "62330"


def test_four_modifiers_and_four_letters() -> None:
    line = {"code": "62330", "modifiers": ["52", "59", "XS", "22"], "pointers": ["A", "B", "C", "D"]}
    changes = {"/claim/lines": [line], "/claim/diagnoses": ["M48.062", "M54.16", "M51.36", "I10"]}
    printed = filled(PREMERA, changes)
    assert [printed[f"24.1_m{n}"] for n in range(1, 5)] == ["52", "59", "XS", "22"]
    assert printed["24.1_e"] == "ABCD"


@pytest.mark.parametrize(
    ("changes", "npi"),
    [
        ({}, "1234567893"),
        ({"/providers/rendering/npi": "2000000010"}, None),  # the billing provider's own
        ({"/providers/rendering": None}, None),
        ({"/providers/billing": None}, "1234567893"),
    ],
)
def test_item_24j(changes: dict[str, Any], npi: str | None) -> None:
    assert filled(changes=changes).get("24.1_j") == npi


@pytest.mark.parametrize(
    ("charge", "dollars", "cents"),
    [("4600", "4600", "00"), ("0.5", "0", "50"), ("12.34", "12", "34"), ("-1.00", None, None), ("x", None, None)],
)
def test_item_24f(charge: str, dollars: str | None, cents: str | None) -> None:
    printed = filled(PREMERA, {"/claim/charges": {"62330": charge}})
    assert (printed.get("24.1_f_d"), printed.get("24.1_f_c")) == (dollars, cents)


# Items 25 to 33.


@pytest.mark.parametrize(("kind", "box"), [("ein", "25_ein"), ("ssn", "25_ssn"), (None, None)])
def test_item_25(kind: str | None, box: str | None) -> None:
    printed = filled(changes={"/providers/billing/tax_id_kind": kind})
    assert [each for each in printed if each.startswith("25_")] == ([box] if box else [])


@pytest.mark.parametrize(("accepts", "box"), [(True, "27_y"), (False, "27_n"), (None, None)])
def test_item_27(accepts: bool | None, box: str | None) -> None:
    printed = filled(changes={"/claim/accept_assignment": accepts})
    assert [each for each in printed if each.startswith("27_")] == ([box] if box else [])


def test_a_total_with_a_charge_missing_stays_blank() -> None:
    assert "28_d" not in filled(changes={"/claim/charges": {"62330": "1.00"}})


@pytest.mark.parametrize(("paid", "dollars"), [("125.50", "125"), (None, None), ("x", None)])
def test_item_29(paid: str | None, dollars: str | None) -> None:
    assert filled(changes={"/claim/amount_paid": paid}).get("29_d") == dollars


def test_a_facility_with_the_billing_providers_number_has_it_once() -> None:
    assert "32a" not in filled(changes={"/providers/facility/npi": "2000000010", "/claim/form": "cms1500"})


def test_no_facility() -> None:
    printed = filled(changes={"/providers/facility": None})
    assert [box for box in printed if box.startswith("32")] == []


# Pages.


def test_pages_that_go_on() -> None:
    """A payer's data may ask for one total on the last page (facts README 14)."""
    shipped = loader.catalog()
    payers = tuple(
        each.with_(more_pages=MorePages.CONTINUED) if each.id == "premera" else each for each in shipped.payers
    )
    catalog = Catalog.model_validate({**{n: getattr(shipped, n) for n in Catalog.model_fields}, "payers": payers})
    lines = [{"code": "99072", "charge": "10.01"} for _ in range(8)]
    typed = case(PREMERA, {"/claim/lines": lines, "/claim/amount_paid": "5.00"})
    found = review(typed, catalog=catalog, layouts=loader.layout, today=TODAY)
    first, last = boxes(found, 1), boxes(found, 2)
    assert (first["28_d"] + first["28_c"], "29_d" in first) == ("CONTINUED", False)
    assert (last["28_d"], last["28_c"], last["29_d"]) == ("80", "08", "5")


def test_each_page_has_everything_but_its_own_lines() -> None:
    lines = [{"code": "99072", "charge": "1.00"}] * 7
    found = reviewed(PREMERA, {"/claim/lines": lines, "/claim/amount_paid": ABSENT})
    first, second = boxes(found, 1), boxes(found, 2)
    assert (first.pop("page"), second.pop("page")) == ("PAGE 1 OF 2", "PAGE 2 OF 2")

    def common(page: dict[str, str]) -> dict[str, str]:
        return {box: text for box, text in page.items() if not box.startswith(("24.", "28_"))}

    assert common(first) == common(second)


def test_every_box_says_where_it_comes_from() -> None:
    for name in ("medicare-asc-2026", SPOUSE):
        found = reviewed(name)
        assert found.boxes is not None
        for value in found.boxes.pages[0]:
            assert value.path.startswith("/"), value.box
