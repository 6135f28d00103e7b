"""What only a facility's claim has, derived from the facts or taken as typed, with the key each value came from."""

from typing import Any

import pytest

from mild_biller.core.claim.claim import Institutional, RevenueLine
from tests.support import ABSENT, reviewed

HOSPITAL, DERIVED = "medicare-hospital-2026", "medicare-hospital-derived"
DEVICE = {"revenue_code": "0272", "code": "C1889", "charge": "4275.00"}
TWO = {
    "/procedure/interspaces": [{"name": "L4-L5", "side": "bilateral"}, {"name": "L3-L4", "side": "bilateral"}],
    "/claim/charges": {"62330": "15344.00", "62331": "5000.00"},
}


def part(changes: dict[str, Any] | None = None, name: str = DERIVED) -> Institutional:
    made = reviewed(name, changes).claim.institutional
    assert made is not None
    return made


def typed(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"/claim/revenue_lines": list(lines)}


def written(line: RevenueLine) -> tuple[Any, ...]:
    return line.revenue_code, line.code, line.modifiers, line.units, line.charge


class TestTypeOfBill:
    @pytest.mark.parametrize(
        ("setting", "bill"),
        [
            ("hospital-outpatient", "0131"),
            ("off-campus-outpatient", "0131"),
            ("critical-access-hospital", "0851"),
            ("asc", "0831"),
            ("hospital-inpatient", "0111"),
            ("office", None),
            ("va-facility", None),
            (None, None),
        ],
    )
    def test_follows_from_the_setting(self, setting: str | None, bill: str | None) -> None:
        made = part({"/procedure/setting": setting})
        assert (made.type_of_bill, made.type_of_bill_path) == (bill, "/procedure/setting")

    @pytest.mark.parametrize("frequency", ["7", "8"])
    def test_takes_its_last_digit_from_item_22(self, frequency: str) -> None:
        made = part({"/claim/resubmission_code": frequency})
        assert made.type_of_bill == f"013{frequency}"
        assert made.frequency == frequency

    def test_stands_as_typed(self) -> None:
        made = part({"/claim/type_of_bill": "0132", "/claim/resubmission_code": "7"})
        assert (made.type_of_bill, made.type_of_bill_path) == ("0132", "/claim/type_of_bill")

    def test_none_has_no_frequency(self) -> None:
        assert part({"/procedure/setting": None}).frequency is None

    def test_without_a_procedure(self) -> None:
        made = part({"/procedure": None})
        assert (made.type_of_bill, made.revenue_lines, made.statement_from) == (None, (), None)


class TestCodes:
    def test_of_the_study_come_from_the_answer(self) -> None:
        made = part()
        assert [(each.code, each.path) for each in made.condition_codes] == [("30", "/answers/in_ced_study")]
        assert [(each.code, each.path, each.amount) for each in made.value_codes] == [
            ("D4", "/procedure/trial_number", "CT03072927")
        ]

    def test_stand_as_typed(self) -> None:
        changes = {
            "/claim/condition_codes": ["30", "09"],
            "/claim/value_codes": [{"code": "A1", "amount": "5.00"}, {"amount": "7"}, {"code": "D4"}],
        }
        made = part(changes)
        assert [each.path for each in made.condition_codes] == [
            "/claim/condition_codes/0",
            "/claim/condition_codes/1",
        ]
        assert [(each.code, each.amount) for each in made.value_codes] == [("A1", "5.00"), (None, "7"), ("D4", None)]

    def test_typed_as_none_are_none(self) -> None:
        made = part({"/claim/condition_codes": [], "/claim/value_codes": []})
        assert (made.condition_codes, made.value_codes) == ((), ())

    def test_of_a_payer_nobody_named_keep_ct(self) -> None:
        changes = {"/coverages": None, "/claim/value_codes": [{"code": "D4", "amount": "03072927"}]}
        assert [each.amount for each in part(changes).value_codes] == ["CT03072927"]

    @pytest.mark.parametrize(
        "changes",
        [{"/procedure/interspaces": None}, {"/answers/in_ced_study": False}, {"/coverages/0/payer": "premera"}],
        ids=["no line", "outside the study", "another payer"],
    )
    def test_are_none_where_the_claim_carries_no_study(self, changes: dict[str, Any]) -> None:
        assert part(changes).condition_codes == ()

    def test_without_a_number_there_is_no_d4(self) -> None:
        assert part({"/procedure/trial_number": None}).value_codes == ()


class TestDerivedLines:
    def test_ascend(self) -> None:
        assert [written(line) for line in part(TWO).revenue_lines] == [
            ("0272", "C1889", (), 1, "4275.00"),
            ("0360", "62330", ("Q0",), 1, "15344.00"),
            ("0360", "62331", ("Q0",), 1, "5000.00"),
        ]

    def test_name_the_facts_they_come_from(self) -> None:
        device, procedure = part().revenue_lines
        assert device.paths["charge"] == "/procedure/device/charge"
        assert device.paths["date"] == procedure.paths["date"] == "/procedure/date_of_service"
        assert procedure.paths["charge"] == "/claim/charges/62330"
        assert procedure.paths["revenue_code"] == "/procedure/setting"

    @pytest.mark.parametrize(
        ("device", "units"), [({"hcpcs": "C1889"}, 1), ({"hcpcs": "C1889", "units": 2}, 2)], ids=["assumed", "given"]
    )
    def test_of_the_device_count_it(self, device: dict[str, Any], units: int) -> None:
        assert part({"/procedure/device": device}).revenue_lines[0].units == units

    @pytest.mark.parametrize(
        "changes",
        [
            {"/procedure/device": None},
            {"/procedure/device": {"charge": "1.00"}},
            {"/procedure/setting": "asc"},
            {"/procedure/setting": "office"},
        ],
        ids=["no device", "a device without a code", "surgery center", "no bill type"],
    )
    def test_hold_no_device_where_none_is_billed(self, changes: dict[str, Any]) -> None:
        assert [line.code for line in part(changes).revenue_lines] == ["62330"]

    def test_without_a_payer_leave_the_device_s_revenue_code_open(self) -> None:
        codes = {line.code: line.revenue_code for line in part({"/coverages": None}).revenue_lines}
        assert codes == {"C1889": None, "62330": "0360"}

    def test_without_a_bill_type_have_no_revenue_code(self) -> None:
        assert [line.revenue_code for line in part({"/procedure/setting": None}).revenue_lines] == [None]

    def test_add_up_what_is_not_covered_where_any_is(self) -> None:
        lines = [{"charge": "5.00", "non_covered": "1.25"}, {"charge": "5.00"}, {"charge": "5.00", "non_covered": "1"}]
        assert str(part(typed(*lines)).total_uncovered) == "2.25"
        assert part(typed({"charge": "5.00"})).total_uncovered is None

    def test_add_up(self) -> None:
        assert str(part(TWO).total_charge) == "24619.00"
        assert part({"/claim/charges": {}}).total_charge is None


class TestTypedLines:
    def test_stand_as_typed(self) -> None:
        line = {
            "revenue_code": "0361",
            "code": "62330",
            "modifiers": [],
            "date": "2026-03-09",
            "units": 2,
            "charge": "1",
            "non_covered": "0.50",
        }
        (made,) = part(typed(line)).revenue_lines
        assert written(made) == ("0361", "62330", (), 2, "1")
        assert str(made.date) == "2026-03-09"
        assert set(made.paths.values()) == {f"/claim/revenue_lines/0/{key}" for key in line}
        assert made.is_typed

    def test_of_an_operating_room_find_their_code(self) -> None:
        made = part({**TWO, **typed(DEVICE, {"revenue_code": "0360"}, {"revenue_code": "0360"})}).revenue_lines
        assert [written(line) for line in made[1:]] == [
            ("0360", "62330", ("Q0",), 1, "15344.00"),
            ("0360", "62331", ("Q0",), 1, "5000.00"),
        ]

    def test_find_no_code_that_nothing_was_done_for(self) -> None:
        made = part(typed(DEVICE, {"revenue_code": "0360"}, {"revenue_code": "0360"})).revenue_lines
        assert [line.code for line in made] == ["C1889", "62330", None]

    def test_find_no_code_that_is_typed_already(self) -> None:
        lines = typed(DEVICE, {"revenue_code": "0360", "code": "62330"}, {"revenue_code": "0360"})
        assert [line.code for line in part({**TWO, **lines}).revenue_lines] == ["C1889", "62330", "62331"]

    def test_with_a_code_given_as_null_have_none(self) -> None:
        assert [line.code for line in part(typed({"revenue_code": "0360", "code": None})).revenue_lines] == [None]

    def test_of_supplies_find_none(self) -> None:
        (made,) = part(typed({"revenue_code": "0270"})).revenue_lines
        assert written(made) == ("0270", None, (), 1, None)
        assert made.paths["charge"] == "/claim/revenue_lines/0/charge"

    def test_find_their_revenue_code_by_the_procedure(self) -> None:
        (made,) = part(typed({"code": "62330"})).revenue_lines
        assert written(made) == ("0360", "62330", ("Q0",), 1, "15344.00")
        assert made.paths["charge"] == "/claim/charges/62330"

    def test_of_the_device_are_filled_from_it(self) -> None:
        (made,) = part(typed({"code": "C1889"})).revenue_lines
        assert written(made) == ("0272", "C1889", (), 1, "4275.00")
        assert made.paths["charge"] == "/procedure/device/charge"

    def test_of_other_codes_find_their_charge_in_the_list(self) -> None:
        changes = {**typed({"revenue_code": "0762", "code": "G0378"}), "/claim/charges/G0378": "90.00"}
        (made,) = part(changes).revenue_lines
        assert written(made) == ("0762", "G0378", (), 1, "90.00")
        assert made.paths["charge"] == "/claim/charges/G0378"

    def test_of_other_codes_without_a_charge_have_none(self) -> None:
        (made,) = part(typed({"revenue_code": "0762", "code": "G0378"})).revenue_lines
        assert written(made) == ("0762", "G0378", (), 1, None)

    def test_of_the_total_are_kept_apart(self) -> None:
        made = part(typed(DEVICE, {"revenue_code": "0001", "charge": "4275.00"}))
        assert [line.code for line in made.revenue_lines] == ["C1889"]
        assert made.typed_total is not None
        assert str(made.typed_total.amount) == "4275.00"

    def test_without_a_setting_find_no_revenue_code(self) -> None:
        (made,) = part({"/procedure/setting": None, **typed({"code": "62330"})}).revenue_lines
        assert made.revenue_code is None


class TestServiceLines:
    def test_are_the_revenue_lines_with_a_code_but_the_device(self) -> None:
        found = reviewed(HOSPITAL, {"/claim/revenue_lines/-": {"revenue_code": "0762", "code": "G0378"}}).claim.lines
        assert [line.code for line in found] == ["62330", "G0378"]
        assert found[0].paths["from"] == "/claim/revenue_lines/5/date"
        assert found[0].paths["place_of_service"] == "/procedure/setting"
        assert (found[0].pointers, found[0].place_of_service) == ((), None)


class TestAssumed:
    def test_is_what_nobody_gave(self) -> None:
        listed = {each.path: each.repaired for each in reviewed(DERIVED).claim.assumed}
        assert listed == {
            "/claim/admission_type": "3",
            "/claim/point_of_origin": "1",
            "/claim/discharge_status": "01",
            "/claim/statement_from": "2026-03-10",
            "/claim/statement_to": "2026-03-10",
        }

    def test_is_nothing_where_all_is_given(self) -> None:
        given = {
            "/claim/admission_type": "2",
            "/claim/point_of_origin": "2",
            "/claim/discharge_status": "06",
            "/claim/statement_from": "2026-03-10",
            "/claim/statement_to": "2026-03-11",
        }
        assert reviewed(DERIVED, given).claim.assumed == ()

    def test_is_no_day_without_a_service(self) -> None:
        listed = {each.path for each in reviewed(DERIVED, {"/procedure/date_of_service": None}).claim.assumed}
        assert not {"/claim/statement_from", "/claim/statement_to"} & listed

    def test_is_nothing_on_a_professional_claim(self) -> None:
        assert not [
            each for each in reviewed(changes={"/claim/form": ABSENT}).claim.assumed if "admission" in each.path
        ]
