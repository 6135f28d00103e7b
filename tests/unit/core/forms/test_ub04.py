"""The meaning of each form locator of the UB-04, the lines on their pages, and what stays empty."""

from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.case.people import Person
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.forms.ub04 import compose, full_name
from tests.support import ABSENT, boxes, reviewed

HOSPITAL, DERIVED = "medicare-hospital-2026", "medicare-hospital-derived"


def page(changes: dict[str, Any] | None = None, name: str = HOSPITAL, number: int = 1) -> dict[str, str]:
    return boxes(reviewed(name, changes, form=FormKind.UB04), number)


def of(found: dict[str, str], *starts: str) -> dict[str, str]:
    return {key: words for key, words in found.items() if key.startswith(starts)}


class TestCompose:
    def test_of_a_professional_claim_makes_no_page(self) -> None:
        found = reviewed()
        made = compose(found.case, found.assessment, found.claim, catalog=loader.catalog())
        assert made.pages == ()

    def test_of_an_empty_case_makes_a_page_of_what_is_assumed(self) -> None:
        nothing = dict.fromkeys(
            ("/patient", "/coverages", "/answers", "/prior_procedures", "/procedure", "/providers", "/claim")
        )
        assert page(nothing) == {
            "14": "3",
            "15": "1",
            "17": "01",
            "42.23": "0001",
            "43.23_page": "1",
            "43.23_of": "1",
            "45.23": "031226",
        }

    @pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (22, 1), (23, 2), (66, 3)])
    def test_puts_22_lines_on_a_page(self, count: int, pages: int) -> None:
        lines = [{"revenue_code": "0270", "units": 1, "charge": "1.00"}] * count
        found = reviewed(HOSPITAL, {"/claim/revenue_lines": lines})
        assert found.boxes is not None
        assert len(found.boxes.pages) == pages
        last = boxes(found, pages)
        assert (last["42.23"], last["43.23_page"], last["43.23_of"]) == ("0001", str(pages), str(pages))
        assert last.get("47.23_d") == (str(count) if count else None)
        assert all("42.23" not in boxes(found, number) for number in range(1, pages))

    def test_says_why_a_box_is_filled(self) -> None:
        found = reviewed(HOSPITAL)
        assert found.boxes is not None
        why = {value.box: value.why for value in found.boxes.pages[0]}
        assert why["42.23"] == "total, on the last page"
        assert why["4"]
        paths = {value.box: value.path for value in found.boxes.pages[0]}
        assert (paths["4"], paths["18"]) == ("/procedure/setting", "/answers/in_ced_study")


class TestNames:
    @pytest.mark.parametrize(
        ("person", "name"),
        [
            (Person(last="DOE", first="JO"), "DOE, JO"),
            (Person(last="DOE", first="JO", middle="Q", suffix="JR"), "DOE JR, JO Q"),
            (Person(last="DOE"), "DOE"),
            (Person(first="JO"), "JO"),
            (Person(), ""),
        ],
    )
    def test_are_last_then_first(self, person: Person, name: str) -> None:
        assert full_name(person) == name


class TestProvider:
    def test_without_one_leaves_1_5_56_and_81_empty(self) -> None:
        assert of(page({"/providers/billing": None}), "1_", "5_", "56", "81") == {}

    def test_without_a_taxonomy_leaves_81_empty(self) -> None:
        assert of(page({"/providers/billing/taxonomy": None}), "81") == {}

    @pytest.mark.parametrize(
        ("number", "kind", "words"),
        [
            ("251112222", "ein", "25-1112222"),
            ("251112222", None, "25-1112222"),
            ("25111222", "ein", "25111222"),
            ("123456789", "ssn", "123456789"),
            (None, "ein", None),
        ],
    )
    def test_tax_number(self, number: str | None, kind: str | None, words: str | None) -> None:
        found = page({"/providers/billing/tax_id": number, "/providers/billing/tax_id_kind": kind})
        assert found.get("5") == words


class TestPatient:
    @pytest.mark.parametrize(("sex", "words"), [("F", "F"), ("M", "M"), ("X", "U"), (None, None)])
    def test_sex(self, sex: str | None, words: str | None) -> None:
        assert page({"/patient/sex": sex}).get("11") == words

    def test_birth_date_has_its_century(self) -> None:
        assert page({"/patient/birth_date": "1898-01-02"})["10"] == "01021898"

    def test_without_a_birth_date(self) -> None:
        assert "10" not in page({"/patient/birth_date": None})


class TestAdmission:
    def test_state_of_an_accident(self) -> None:
        assert page({"/claim/related_to": {"auto_accident": True, "auto_state": "OH"}})["29"] == "OH"
        assert "29" not in page({"/claim/related_to": {"employment": True}})

    def test_hours_and_admitting_diagnosis(self) -> None:
        found = page(
            {
                "/claim/admission_hour": "07",
                "/claim/discharge_hour": "15",
                "/claim/admitting_diagnosis": "m48.062",
            }
        )
        assert (found["13"], found["16"], found["69"]) == ("07", "15", "M48062")
        assert not {"13", "16", "69"} & page().keys()

    def test_occurrences_fill_their_row_first(self) -> None:
        codes = [{"code": f"0{number}", "date": "2026-03-10"} for number in range(1, 6)]
        found = of(page({"/claim/occurrence_codes": codes}), "31", "32", "33", "34")
        assert {key: words for key, words in found.items() if key.endswith("_code")} == {
            "31a_code": "01",
            "32a_code": "02",
            "33a_code": "03",
            "34a_code": "04",
            "31b_code": "05",
        }

    def test_spans_fill_their_row_first(self) -> None:
        spans = [{"code": f"7{number}", "from": "2026-03-09", "to": "2026-03-10"} for number in range(4)]
        found = of(page({"/claim/occurrence_spans": spans}), "35", "36")
        assert [found[key] for key in ("35a_code", "36a_code", "35b_code", "36b_code")] == ["70", "71", "72", "73"]
        assert (found["36b_from"], found["36b_to"]) == ("030926", "031026")

    def test_half_an_occurrence_prints_its_half(self) -> None:
        found = page({"/claim/occurrence_codes": [{"date": "2026-03-10"}], "/claim/occurrence_spans": [{"code": "72"}]})
        assert of(found, "31", "35") == {"31a_date": "031026", "35a_code": "72"}

    def test_eleven_condition_codes(self) -> None:
        codes = [f"A{number}" for number in range(9)] + ["09", "30"]
        found = page({"/claim/condition_codes": codes})
        assert [found[str(locator)] for locator in range(18, 29)] == sorted(codes)


class TestAddressee:
    @pytest.mark.parametrize(
        ("changes", "lines"),
        [
            ({"/coverages": None}, {}),
            ({"/coverages/0/contractor": None}, {"38_1": "MEDICARE"}),
            ({"/coverages/0/contractor": {"street": "PO BOX 1"}}, {"38_2": "PO BOX 1"}),
            (
                {
                    "/coverages/0/contractor": None,
                    "/coverages/0/payer": {
                        "name": "KEYSTONE",
                        "plan_type": "commercial",
                        "street": "1 PLAZA",
                        "city": "ERIE",
                        "state": "PA",
                        "zip": "16501",
                    },
                },
                {"38_1": "KEYSTONE", "38_2": "1 PLAZA", "38_3": "ERIE PA 16501"},
            ),
        ],
        ids=["no payer", "a name alone", "a contractor without a name", "a payer of the office's own"],
    )
    def test_is_contractor_then_payer(self, changes: dict[str, Any], lines: dict[str, str]) -> None:
        assert of(page(changes), "38") == lines


class TestValueCodes:
    def test_fill_39_40_41_then_the_next_row(self) -> None:
        codes = [{"code": f"4{number}", "amount": "1.50"} for number in range(4)]
        found = of(page({"/claim/value_codes": codes}), "39", "40", "41")
        assert [found[key] for key in ("39a_code", "40a_code", "41a_code", "39b_code")] == ["40", "41", "42", "43"]
        assert (found["39b_amount"], found["39b_cents"]) == ("1", "50")

    @pytest.mark.parametrize(
        ("code", "filled"),
        [
            ({"code": "D4", "amount": "0307292A"}, {"39a_code": "D4", "39a_text": "CT0307292A"}),
            ({"code": "D4"}, {"39a_code": "D4"}),
            ({"code": "A1", "amount": "-5.00"}, {"39a_code": "A1"}),
            ({"code": "A1", "amount": "five"}, {"39a_code": "A1"}),
            ({"amount": "5.00"}, {"39a_amount": "5", "39a_cents": "00"}),
        ],
    )
    def test_print_what_can_be_printed(self, code: dict[str, str], filled: dict[str, str]) -> None:
        assert of(page({"/claim/value_codes": [code]}), "39") == filled


class TestPayers:
    def test_release_follows_the_patients_signature(self) -> None:
        assert page()["52A"] == "Y"
        assert "52A" not in page({"/claim/patient_signature_on_file": False})
        assert "52A" not in page({"/claim/signature_on_file": None})
        assert page({"/claim/signature_on_file": False, "/claim/patient_signature_on_file": True})["52A"] == "Y"

    @pytest.mark.parametrize(("accepts", "mark"), [(True, "Y"), (False, "N"), (None, None)])
    def test_assignment_is_for_others_than_medicare(self, accepts: bool | None, mark: str | None) -> None:
        changes = {"/claim/accept_assignment": accepts}
        assert "53A" not in page(changes)
        assert page({**changes, "/coverages/0/payer": "medicare-advantage"}).get("53A") == mark

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({}, "12501"),
            ({"/coverages/0/contractor/payer_number": None}, None),
            ({"/coverages/0/payer": {"name": "K", "plan_type": "commercial", "payer_number": "54704"}}, "12501"),
            (
                {
                    "/coverages/0/contractor": None,
                    "/coverages/0/payer": {"name": "K", "plan_type": "commercial", "payer_number": "54704"},
                },
                "54704",
            ),
            ({"/coverages/0/contractor": None, "/coverages/0/payer": {"name": "K", "plan_type": "commercial"}}, None),
            ({"/coverages/0/contractor": None}, None),
        ],
    )
    def test_plan_number(self, changes: dict[str, Any], words: str | None) -> None:
        assert page(changes).get("51A") == words

    def test_what_was_paid_stands_beside_who_paid(self) -> None:
        second = {"payer": "medigap", "member_id": "MG1", "relationship": "self"}
        paid = [
            {"coverage": 1, "amount": "120.5"},
            {"coverage": 0},
            {"coverage": 1},
            {"amount": "3.00"},
            {"coverage": 0, "amount": "much"},
        ]
        found = of(page({"/coverages/1": second, "/claim/prior_payments": paid}), "54")
        assert found == {"54B_d": "120", "54B_c": "50"}

    def test_group_and_employer(self) -> None:
        given = {
            "/coverages/0/group_name": "ACME",
            "/coverages/0/group_number": "G5",
            "/coverages/0/employer": "ACME STEEL",
        }
        assert of(page(given), "61", "62", "65") == {"65A": "ACME STEEL"}
        other = {**given, "/coverages/0/payer": "premera"}
        assert of(page(other), "61", "62", "65") == {"61A": "ACME", "62A": "G5", "65A": "ACME STEEL"}
        named = {"/coverages/0/payer": "premera", "/coverages/0/plan_name": "HERITAGE"}
        assert page(named)["61A"] == "HERITAGE"

    @pytest.mark.parametrize(
        ("relationship", "insured", "name", "code"),
        [
            ("self", {"last": "OTHER"}, "TESTPATIENT, ALMA Q", "18"),
            (None, None, "TESTPATIENT, ALMA Q", None),
            (None, {"last": "OTHER", "first": "UMA"}, "OTHER, UMA", None),
            ("spouse", {"last": "OTHER", "first": "UMA"}, "OTHER, UMA", "01"),
            ("child", None, None, "19"),
            ("other", {}, None, "G8"),
        ],
    )
    def test_insured(self, relationship: str | None, insured: Any, name: str | None, code: str | None) -> None:
        found = page({"/coverages/0/relationship": relationship, "/coverages/0/insured": insured})
        assert (found.get("58A"), found.get("59A")) == (name, code)

    def test_a_coverage_without_a_payer(self) -> None:
        found = page({"/coverages/0/payer": None, "/coverages/0/contractor": None})
        assert "50A" not in found
        assert found["60A"] == "1EG4TE5MK73"


class TestAuthorization:
    def test_is_the_number_then_the_reference(self) -> None:
        assert page({"/authorization": {"reference": "PA1"}})["63A"] == "PA1"
        both = {"/authorization": {"reference": "PA1"}, "/claim/prior_authorization_number": "PA2"}
        assert page(both)["63A"] == "PA2"

    def test_document_control_number_is_its_own_then_item_22s(self) -> None:
        assert page({"/claim/original_reference": "ICN1"})["64A"] == "ICN1"
        assert page({"/claim/original_reference": "ICN1", "/claim/document_control_number": "DCN1"})["64A"] == "DCN1"


class TestDiagnoses:
    def test_fill_67_and_a_to_q(self) -> None:
        codes = [f"M{number:02}" for number in range(19)]
        found = page({"/claim/diagnoses": codes})
        assert [found[key] for key in ("67", "67A", "67Q")] == ["M00", "M01", "M17"]

    def test_without_one_leave_the_version_open(self) -> None:
        assert of(page({"/claim/diagnoses": []}), "66", "67") == {}

    def test_without_a_day_leave_the_version_open(self) -> None:
        assert "66" not in page({"/procedure/date_of_service": None}, DERIVED)

    @pytest.mark.parametrize(("day", "version"), [("2015-09-30", "9"), ("2015-10-01", "0")])
    def test_have_the_version_of_the_through_date(self, day: str, version: str) -> None:
        assert page({"/claim/statement_from": "2015-09-01", "/claim/statement_to": day})["66"] == version

    @pytest.mark.parametrize(
        ("reasons", "filled"),
        [("M48.062", {"70a": "M48062"}), (["R26.2", "M54.50"], {"70a": "R262", "70b": "M5450"}), (None, {})],
    )
    def test_reason_for_the_visit(self, reasons: Any, filled: dict[str, str]) -> None:
        assert of(page({"/claim/reason_for_visit": reasons}), "70") == filled


class TestClinicians:
    def test_rendering_stands_in_78_where_nobody_referred(self) -> None:
        rendering = {"last": "SECOND", "first": "LEE", "npi": "2000000051"}
        found = page({"/providers/referring": None, "/providers/rendering": rendering})
        assert of(found, "78", "79") == {
            "78_type": "82",
            "78_npi": "2000000051",
            "78_last": "SECOND",
            "78_first": "LEE",
        }

    def test_nobody_else(self) -> None:
        assert of(page({"/providers/referring": None, "/providers/rendering": None}), "78", "79") == {}

    def test_without_attending_and_operating_the_one_who_did_it_stands_apart(self) -> None:
        found = page({"/providers/attending": None, "/providers/operating": None})
        assert of(found, "76", "77") == {}
        assert found["79_type"] == "82"


class TestRemarks:
    @pytest.mark.parametrize(
        ("remarks", "lines"),
        [
            ("SHORT", ["SHORT"]),
            ("NINETEEN CHARACTERS", ["NINETEEN CHARACTERS"]),
            ("NINETEEN CHARACTERS AND MORE", ["NINETEEN CHARACTERS", "AND MORE"]),
            ("TWENTYFIVECHARACTERSINONE", ["TWENTYFIVECHARACTER", "SINONE"]),
        ],
    )
    def test_are_cut_at_a_blank(self, remarks: str, lines: list[str]) -> None:
        found = of(page({"/claim/remarks": remarks}), "80")
        assert [found[key] for key in sorted(found)] == lines


class TestLines:
    def test_without_what_is_unknown(self) -> None:
        found = page(
            {"/claim/revenue_lines": [{"code": "62330", "modifiers": [], "charge": "x"}], "/procedure/setting": ABSENT}
        )
        assert of(found, "42.1", "43.1", "44.1", "45.1", "46.1", "47.1") == {
            "44.1": "62330",
            "45.1": "031026",
            "46.1": "1",
        }
        assert "47.23_d" not in found

    def test_of_a_code_nobody_knows_have_no_words(self) -> None:
        found = page({"/claim/revenue_lines": [{"revenue_code": "0988", "charge": "-1.00"}]})
        assert of(found, "42.1", "43.1", "47.1") == {"42.1": "0988"}

    def test_say_what_is_not_covered(self) -> None:
        line = {"revenue_code": "0250", "charge": "10.00"}
        lines = [{**line, "non_covered": "2.50"}, line, {**line, "non_covered": "x"}, {**line, "non_covered": "3"}]
        assert of(page({"/claim/revenue_lines": lines}), "48") == {
            "48.1_d": "2",
            "48.1_c": "50",
            "48.4_d": "3",
            "48.4_c": "00",
            "48.23_d": "5",
            "48.23_c": "50",
        }

    def test_run_code_and_modifiers_together(self) -> None:
        line = {"revenue_code": "0360", "code": "62330", "modifiers": ["52", "Q0", "22", "59"], "charge": "1.00"}
        assert page({"/claim/revenue_lines": [line]})["44.1"] == "6233052Q02259"
