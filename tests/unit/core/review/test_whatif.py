"""What would make a case payable: values found and taken out by their pointer, slips, facts, and the tables."""

from datetime import date
from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import read, without
from mild_biller.core.review import whatif
from mild_biller.core.review.review import Review, review
from mild_biller.core.review.whatif import Fact, Slip
from tests.mistakes.claims import changes_of
from tests.support import ABSENT, TODAY, case, reviewed

HOSPITAL, DERIVED = "medicare-hospital-2026", "medicare-hospital-derived"
TYPED = {
    "/claim/diagnoses": ["M48.062", "Z00.6"],
    "/claim/lines": [
        {"code": "62330", "modifiers": ["Q0"], "pointers": ["A", "B"], "from": "2026-03-10"},
        {"code": "62331"},
    ],
}


def reviewer(changed: Case) -> Review:
    return review(changed, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)


def slips(changes: dict[str, Any], name: str = "medicare-asc-2026") -> dict[str, tuple[Any, Any]]:
    found = whatif.slips(case(name, changes), reviewer=reviewer)
    assert all(isinstance(each, Slip) and each.rule and each.message and each.remedy for each in found)
    return {each.path: (each.before, each.after) for each in found}


def facts(changes: dict[str, Any], name: str = "medicare-asc-2026") -> tuple[Fact, ...]:
    return whatif.facts(reviewed(name, changes))


def both() -> dict[str, Any]:
    return changes_of("surgeon and hospital", {})


class TestValues:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("/patient/last", "TESTPATIENT"),
            ("/claim/lines/0/modifiers", ("Q0",)),
            ("/claim/lines/0/modifiers/0", "Q0"),
            ("/claim/lines/0/from", date(2026, 3, 10)),
            ("/claim/charges/62330", "4600.00"),
            ("/claim/charges/99999", None),
            ("/claim/lines/7/modifiers", None),
            ("/claim/lines/x", None),
            ("/claim/remarks/deeper", None),
            ("/claim/nothing", None),
        ],
    )
    def test_are_found_by_their_pointer(self, path: str, value: Any) -> None:
        assert read(case(changes=TYPED), path) == value

    @pytest.mark.parametrize(
        "path",
        [
            "/patient/last",
            "/claim/lines/0/modifiers",
            "/claim/lines/0/from",
            "/claim/lines/1",
            "/claim/charges/62330",
            "/claim/diagnoses/1",
            "/claim",
        ],
    )
    def test_are_taken_out(self, path: str) -> None:
        before = case(changes=TYPED)
        after = without(before, path)
        assert after is not None
        assert read(after, path) is None
        kept = "/coverages/0/member_id"
        assert read(after, kept) == read(before, kept)
        assert before == case(changes=TYPED)

    def test_taken_out_are_absent_not_null(self) -> None:
        after = without(case(), "/procedure/trial_number")
        assert after is not None
        assert after.procedure is not None
        assert "trial_number" not in after.procedure.model_fields_set

    def test_taken_out_of_a_list_move_the_rest_up(self) -> None:
        after = without(case(changes=TYPED), "/claim/lines/0")
        assert after is not None
        assert read(after, "/claim/lines/0/code") == "62331"

    @pytest.mark.parametrize("path", ["/claim/remarks", "/claim/lines/9", "/claim/charges/99999"])
    def test_that_are_not_there_cannot_be_taken_out(self, path: str) -> None:
        assert without(case(changes=TYPED), path) is None


class TestSlips:
    def test_of_a_clean_case_are_none(self) -> None:
        assert slips({}) == slips(TYPED) == {}

    def test_of_a_line_take_what_is_derived(self) -> None:
        lines = [{"code": "62330", "modifiers": ["QO"]}, {"code": "62331", "units": 3}]
        assert slips({"/claim/lines": lines}) == {
            "/claim/lines/0/modifiers": (["QO"], ["Q0"]),
            "/claim/lines/1/units": (3, 1),
        }

    def test_of_the_diagnoses_take_the_pointers_with_them(self) -> None:
        lines = [{"code": "62330", "pointers": ["A"]}, {"code": "62331"}]
        assert slips({"/claim/lines": lines, "/claim/diagnoses": ["M48.062"]}) == {
            "/claim/diagnoses": (["M48.062"], ["M48062", "Z006"]),
            "/claim/lines/0/pointers": (["A"], ["A", "B"]),
        }

    def test_of_the_diagnoses_alone(self) -> None:
        assert slips({"/claim/diagnoses": ["M48.062"]}) == {
            "/claim/diagnoses": (["M48.062"], ["M48062", "Z006"]),
        }

    @pytest.mark.parametrize(
        ("path", "typed", "derived"),
        [
            ("/claim/type_of_bill", "0111", "0131"),
            ("/claim/condition_codes", [], ["30"]),
            ("/claim/value_codes", [], [{"code": "D4", "amount": "03072927"}]),
            ("/claim/revenue_lines/5/modifiers", ["QO"], ["Q0"]),
            ("/claim/revenue_lines/5/units", 2, 1),
            ("/claim/statement_to", "2026-03-09", None),
            ("/claim/document_control_number", "1", None),
        ],
    )
    def test_of_a_hospitals_claim(self, path: str, typed: Any, derived: Any) -> None:
        assert slips({path: typed}, HOSPITAL) == {path: (typed, derived)}

    def test_of_a_line_that_goes_away_leave_nothing(self) -> None:
        extra = {"/claim/lines": [{"code": "62330"}, {"code": "62331"}, {"code": "77003", "charge": "1.00"}]}
        ((path, (before, after)),) = slips(extra).items()
        assert (path, before, after) == ("/claim/lines/2/code", "77003", None)

    @pytest.mark.parametrize(
        ("changes", "path", "typed"),
        [
            ({"/coverages/0/member_id": "1EG4"}, "/coverages/0/member_id", "1EG4"),
            ({"/procedure/trial_number": "3072927"}, "/procedure/trial_number", "3072927"),
            ({"/claim/charges/62330": ABSENT}, "/claim/charges/62330", None),
            ({"/claim/charges/62330": "x"}, "/claim/charges/62330", "x"),
            ({"/claim/accept_assignment": None}, "/claim/accept_assignment", None),
            ({"/patient/birth_date": "2030-01-01"}, "/patient/birth_date", "2030-01-01"),
        ],
    )
    def test_that_nobody_can_derive_are_left_to_type(self, changes: dict[str, Any], path: str, typed: Any) -> None:
        assert slips(changes) == {path: (typed, None)}

    def test_are_never_a_fact_of_the_chart(self) -> None:
        assert slips({"/answers/neurogenic_claudication": False}) == {}
        assert slips({"/procedure/setting": "office"}) == {}

    @pytest.mark.parametrize(
        ("path", "typed", "before"),
        [
            ("/claim/condition_codes", ["30"], "30"),
            ("/claim/value_codes", [{"code": "D4", "amount": "03072927"}], {"code": "D4", "amount": "03072927"}),
        ],
    )
    def test_of_a_hospitals_code_on_a_surgeons_claim_take_it_off(self, path: str, typed: Any, before: Any) -> None:
        assert slips({path: typed}) == {f"{path}/0": (before, None)}

    def test_of_one_place_in_a_list_do_not_take_the_whole_list(self) -> None:
        assert slips({"/claim/condition_codes": ["30", "3"]}, HOSPITAL) == {"/claim/condition_codes/1": ("3", None)}

    def test_of_what_nobody_derives_take_it_away(self) -> None:
        assert slips({"/claim/amount_paid": "x"}) == {"/claim/amount_paid": ("x", None)}

    def test_stop_after_so_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is left is said, for somebody to type."""
        monkeypatch.setattr(whatif, "MOST_STEPS", 1)
        lines = [{"code": "62330", "modifiers": ["QO"]}, {"code": "62331", "modifiers": ["QO"]}]
        found = slips({"/claim/lines": lines})
        assert sorted(after or [] for _, after in found.values()) == [[], ["Q0"]]


class TestFacts:
    def test_of_a_clean_case_are_none(self) -> None:
        assert facts({}) == ()

    def test_are_what_only_the_record_can_change(self) -> None:
        found = {each.path: each.outcome.value for each in facts({"/answers/neurogenic_claudication": False})}
        assert found["/answers/neurogenic_claudication"] == "not-met"

    def test_that_are_open(self) -> None:
        found = {each.path: each.outcome.value for each in facts({"/answers/in_ced_study": None})}
        assert found["/answers/in_ced_study"] == "unknown"

    def test_leave_the_payers_position_out(self) -> None:
        found = whatif.facts(reviewed("premera-commercial-2026"))
        assert not [each for each in found if each.path == "/coverages/0/payer"]


class TestBothClaims:
    """The surgeon's claim and the facility's of one encounter."""

    @pytest.mark.parametrize(
        ("path", "typed", "derived"),
        [
            ("/facility_claim/value_codes", [], [{"code": "D4", "amount": "03072927"}]),
            ("/facility_claim/condition_codes", [], ["30"]),
            ("/facility_claim/type_of_bill", "0111", "0131"),
        ],
    )
    def test_slips_of_the_facilitys_are_found(self, path: str, typed: Any, derived: Any) -> None:
        assert slips({**both(), path: typed}) == {path: (typed, derived)}

    def test_the_facilitys_diagnoses_take_its_own_pointers_with_them(self) -> None:
        lines = [{"code": "62330", "pointers": ["A"]}]
        own = {"/facility_claim/form": "cms1500", "/facility_claim/lines": lines, "/procedure/device": None}
        assert slips({**both(), **own, "/facility_claim/diagnoses": ["M48.062"]}) == {
            "/facility_claim/diagnoses": (["M48.062"], ["M48062", "Z006"]),
            "/facility_claim/lines/0/pointers": (["A"], ["A", "B"]),
        }

    def test_a_clean_pair_has_none(self) -> None:
        assert slips(both()) == {}

    def test_facts_of_the_facilitys_are_found_once(self) -> None:
        changes = {**both(), "/facility_claim/type_of_bill": "0851", "/answers/neurogenic_claudication": False}
        found = [(each.path, each.rule) for each in facts(changes)]
        assert ("/facility_claim/type_of_bill", "type-of-bill-against-setting") in found
        assert len(set(found)) == len(found)

    def test_rows_name_the_facilitys_lines(self) -> None:
        typed = {"/facility_claim/revenue_lines": [{"revenue_code": "0360", "code": "62331"}]}
        given = case("medicare-asc-2026", {**both(), **typed})
        rows = {row.value: row for row in whatif.by_payer(given, catalog=loader.catalog(), today=TODAY)}
        written = {
            name: [(line.code, line.modifiers) for line in rows[name].facility_lines or ()]
            for name in ("medicare", "premera")
        }
        assert written == {"medicare": [("62330", ("Q0",))], "premera": [("62330", ())]}
        own = next(whatif.by_setting(case(), catalog=loader.catalog(), today=TODAY))
        assert own.facility_lines is None


class TestTables:
    def test_every_payer_once(self) -> None:
        rows = list(whatif.by_payer(case(), catalog=loader.catalog(), today=TODAY))
        assert [row.value for row in rows] == [payer.id for payer in loader.catalog().payers]
        assert {row.kind for row in rows} == {"payer"}

    def test_without_a_coverage_there_is_one_to_change(self) -> None:
        rows = list(whatif.by_payer(case(changes={"/coverages": None}), catalog=loader.catalog(), today=TODAY))
        assert {row.value: row.determination.value for row in rows}["medicare"] == "covered"

    def test_a_second_payer_stays_second(self) -> None:
        given = case("medicare-with-tricare-second")
        assert len(list(whatif.by_payer(given, catalog=loader.catalog(), today=TODAY))) == len(loader.catalog().payers)

    def test_every_setting_once(self) -> None:
        rows = list(whatif.by_setting(case(changes={"/procedure": None}), catalog=loader.catalog(), today=TODAY))
        assert len(rows) == 7
        assert all(row.lines == () for row in rows)

    def test_each_date_asked_for(self) -> None:
        days = (date(2025, 12, 31), date(2026, 1, 1))
        rows = list(whatif.by_date(case(), days, catalog=loader.catalog(), today=TODAY))
        assert [[line.code for line in row.lines] for row in rows] == [["0275T"], ["62330", "62331"]]
        assert list(whatif.by_date(case(), (), catalog=loader.catalog(), today=TODAY)) == []

    @pytest.mark.parametrize("name", ["medicare-asc-2026", HOSPITAL])
    def test_what_was_typed_for_another_claim_is_left_out(self, name: str) -> None:
        given = case(name, {} if name == HOSPITAL else TYPED)
        rows = {row.value: row for row in whatif.by_payer(given, catalog=loader.catalog(), today=TODAY)}
        assert {modifier for line in rows["medicare"].lines for modifier in line.modifiers} == {"Q0"}
        assert {modifier for line in rows["premera"].lines for modifier in line.modifiers} == set()

    def test_without_a_claim(self) -> None:
        rows = whatif.by_date(
            case(changes={"/claim": None}), (date(2026, 3, 10),), catalog=loader.catalog(), today=TODAY
        )
        assert [line.code for line in next(rows).lines] == ["62330", "62331"]
