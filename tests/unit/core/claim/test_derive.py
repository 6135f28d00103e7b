"""What is derived from the facts, what was typed instead, and the key each value comes from."""

from decimal import Decimal
from typing import Any

import pytest

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.claim import Claim, total
from mild_biller.core.claim.derive import policy_regions
from mild_biller.loader import catalog
from tests.support import ABSENT, reviewed

PREMERA = "premera-commercial-2026"
HOSPITAL = {"/providers/billing/npi": "2000000036"}  # the facility bills for itself
NO_FORM = {"/claim/form": ABSENT}


def claim(
    changes: dict[str, Any] | None = None, name: str = "medicare-asc-2026", form: FormKind | None = None
) -> Claim:
    return reviewed(name, changes, form=form).claim


# The form.


@pytest.mark.parametrize(
    ("name", "changes", "form"),
    [
        ("medicare-asc-2026", {}, "cms1500"),
        ("medicare-asc-2026", {"/procedure/setting": "hospital-outpatient"}, "cms1500"),
        ("medicare-asc-2026", {**HOSPITAL, "/procedure/setting": "hospital-outpatient"}, "ub04"),
        ("medicare-asc-2026", {**HOSPITAL, "/procedure/setting": "off-campus-outpatient"}, "ub04"),
        ("medicare-asc-2026", {**HOSPITAL, "/procedure/setting": "hospital-inpatient"}, "ub04"),
        ("medicare-asc-2026", {**HOSPITAL, "/procedure/setting": "critical-access-hospital"}, "ub04"),
        ("medicare-asc-2026", HOSPITAL, "cms1500"),  # a surgery center's Medicare claim
        ("medicare-advantage-2026", HOSPITAL, "ub04"),
        (PREMERA, HOSPITAL, "ub04"),
        (PREMERA, {**HOSPITAL, "/procedure/setting": "office"}, "cms1500"),
        (PREMERA, {**HOSPITAL, "/procedure/setting": None}, "cms1500"),
        (PREMERA, {"/providers/billing/npi": None, "/providers/facility/npi": None}, "cms1500"),
        (PREMERA, {"/providers/facility": None}, "cms1500"),
        (PREMERA, {"/providers": None}, "cms1500"),
        ("medicare-asc-2026", {"/coverages": None}, "cms1500"),
        (PREMERA, {"/coverages/0/payer": "self-pay"}, None),
        ("va-facility-2026", {}, None),
        ("va-facility-2026", {"/procedure/date_of_service": None}, None),
        ("va-facility-2026", {"/procedure/setting": "asc"}, "cms1500"),
        ("medicare-asc-2026", {"/procedure/setting": "va-facility"}, "cms1500"),
    ],
)
def test_the_form_that_is_derived(name: str, changes: dict[str, Any], form: str | None) -> None:
    assert claim({**NO_FORM, **changes}, name).form == form


def test_a_typed_form_stays_and_the_command_overrides_it() -> None:
    assert claim({"/claim/form": "ub04"}).form is FormKind.UB04
    assert claim({"/claim/form": "ub04"}, form=FormKind.CMS1500).form is FormKind.CMS1500


# Paths: the typed value, else the fact, else the key to fill.


def paths(changes: dict[str, Any] | None = None, row: int = 0) -> dict[str, str]:
    return dict(claim(changes).lines[row].paths)


def test_a_derived_line_points_to_its_facts() -> None:
    assert paths() == {
        "code": "/procedure/interspaces",
        "modifiers": "/answers/in_ced_study",
        "units": "/procedure/interspaces",
        "charge": "/claim/charges/62330",
        "pointers": "/procedure/diagnoses",
        "place_of_service": "/procedure/setting",
        "from": "/procedure/date_of_service",
        "to": "/procedure/date_of_service",
    }
    assert paths({"/claim/diagnoses": ["M48.062", "Z00.6"]})["pointers"] == "/claim/diagnoses"
    assert paths({"/answers/in_ced_study": False})["modifiers"] == "/procedure/interspaces"


def test_a_typed_line_points_to_itself_and_a_gap_to_its_fact() -> None:
    changes = {"/claim/lines": [{"code": "62330", "units": 1, "from": "2026-03-10"}]}
    assert paths(changes) == {
        "code": "/claim/lines/0/code",
        "modifiers": "/answers/in_ced_study",
        "units": "/claim/lines/0/units",
        "charge": "/claim/charges/62330",
        "pointers": "/procedure/diagnoses",
        "place_of_service": "/procedure/setting",
        "from": "/claim/lines/0/from",
        "to": "/procedure/date_of_service",
    }


def test_a_line_of_which_nothing_is_known_points_to_itself() -> None:
    changes = {"/claim/lines": [{}, {}, {}]}
    assert set(paths(changes, row=2).values()) >= {"/claim/lines/2/code", "/claim/lines/2/charge"}


def test_diagnoses_point_to_where_they_stand() -> None:
    def places(changes: dict[str, Any]) -> list[str]:
        return [each.path for each in claim(changes).diagnoses]

    assert places({}) == ["/procedure/diagnoses/0", "/answers/in_ced_study"]
    assert places({"/procedure/diagnoses": ["M54.16", "M48.062", "Z00.6"]}) == [
        "/procedure/diagnoses/1",
        "/procedure/diagnoses/2",
        "/procedure/diagnoses/0",
    ]
    assert places({"/procedure/diagnoses": ["M54.16", "M48.062", "M54.16", "M48.062"]}) == [
        "/procedure/diagnoses/1",
        "/answers/in_ced_study",
        "/procedure/diagnoses/3",
        "/procedure/diagnoses/0",
        "/procedure/diagnoses/2",
    ]
    assert places({"/claim/diagnoses": ["M48.062"]}) == ["/claim/diagnoses/0"]


# Typed lines and their gaps.


def line(typed: dict[str, Any], **more: Any) -> tuple[Any, ...]:
    made = claim({"/claim/lines": [typed], **more}).lines[0]
    return (made.code, made.modifiers, made.units, made.charge, made.pointers, made.place_of_service)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ({}, ("62330", ("Q0",), 1, "4600.00", ("A", "B"), "24")),
        ({"code": "62331"}, ("62331", ("Q0",), 1, "2300.00", ("A", "B"), "24")),
        ({"code": "62330", "modifiers": []}, ("62330", (), 1, "4600.00", ("A", "B"), "24")),
        ({"code": "62330", "modifiers": None}, ("62330", ("Q0",), 1, "4600.00", ("A", "B"), "24")),
        ({"code": "62330", "pointers": []}, ("62330", ("Q0",), 1, "4600.00", (), "24")),
        ({"code": "62330", "units": 3}, ("62330", ("Q0",), 3, "4600.00", ("A", "B"), "24")),
        ({"code": "62330", "charge": "1.00"}, ("62330", ("Q0",), 1, "1.00", ("A", "B"), "24")),
        ({"code": "62330", "place_of_service": "22"}, ("62330", ("Q0",), 1, "4600.00", ("A", "B"), "22")),
        ({"code": "99214"}, ("99214", (), 1, None, ("A",), "24")),
        ({"code": "99214", "charge": "10.00"}, ("99214", (), 1, "10.00", ("A",), "24")),
        ({"code": "0275T"}, ("0275T", ("Q0",), 1, None, ("A", "B"), "24")),
    ],
)
def test_a_typed_line(typed: dict[str, Any], made: tuple[Any, ...]) -> None:
    assert line(typed) == made


def test_days_of_a_typed_line() -> None:
    first, second, third = claim(
        {"/claim/lines": [{"from": "2026-03-09"}, {"to": "2026-03-12"}, {"code": "99214"}]}
    ).lines
    assert (str(first.from_), str(first.to)) == ("2026-03-09", "2026-03-09")
    assert (str(second.from_), str(second.to)) == ("2026-03-10", "2026-03-12")
    assert (str(third.from_), str(third.to)) == ("2026-03-10", "2026-03-10")


def test_a_third_typed_line_without_a_code_has_none() -> None:
    made = claim({"/claim/lines": [{}, {}, {"charge": "1.00"}]}).lines[2]
    assert (made.code, made.modifiers, made.charge) == (None, (), "1.00")


def test_without_diagnoses_no_pointer_is_derived() -> None:
    assert line({"code": "62330"}, **{"/claim/diagnoses": []})[4] == ()
    assert line({"code": "62330"}, **{"/claim/diagnoses": ["M54.16"]})[4] == ("A",)


@pytest.mark.parametrize(
    "changes",
    [
        {"/procedure/date_of_service": None},
        {"/procedure/region": None},
        {"/procedure/interspaces": None},
        {"/procedure/interspaces": []},
        {"/procedure": None},
        {"/procedure/date_of_service": "2011-06-30"},
    ],
)
def test_nothing_to_derive_a_line_from(changes: dict[str, Any]) -> None:
    assert claim(changes).lines == ()


# Interspaces.


@pytest.mark.parametrize(
    ("spaces", "joined"),
    [
        ([("L4-L5", "left"), ("L4-L5", "right")], [("L4-L5", "bilateral")]),
        ([("L4-L5", "left"), ("L3-L4", "left"), ("L4-L5", "right")], [("L4-L5", "bilateral"), ("L3-L4", "left")]),
        ([("L4-L5", "left"), ("L4-L5", "left")], [("L4-L5", "left")]),
        ([("L4-L5", "bilateral"), ("L4-L5", "left")], [("L4-L5", "bilateral")]),
        ([("L4-L5", "left"), ("L4-L5", None)], [("L4-L5", None)]),
        ([(None, "left"), (None, "right")], [(None, "left"), (None, "right")]),
    ],
)
def test_entries_of_one_interspace(spaces: list[Any], joined: list[Any]) -> None:
    entries = [{"name": name, "side": side} for name, side in spaces]
    made = claim({"/procedure/interspaces": entries}).spaces
    assert [(each.name, each.side) for each in made] == joined


def test_a_joined_interspace_points_to_its_first_entry() -> None:
    entries = [{"name": "L4-L5", "side": "left"}, {"name": "L4-L5", "side": "right"}]
    assert [each.path for each in claim({"/procedure/interspaces": entries}).spaces] == ["/procedure/interspaces/0"]


# Totals and the trial number.


def test_the_total() -> None:
    assert claim().total_charge == Decimal("6900.00")
    assert claim({"/claim/charges": {"62330": "1.00"}}).total_charge is None
    assert claim({"/claim/charges": {"62330": "1.00", "62331": "x"}}).total_charge is None
    assert claim({"/claim/lines": []}).total_charge is None


def test_a_sum() -> None:
    assert total((Decimal("0.1"), Decimal("0.2"))) == Decimal("0.30")
    assert total(()) is None
    assert total((Decimal(1), None)) is None


@pytest.mark.parametrize(
    ("changes", "number", "assumed"),
    [
        ({}, "03072927", False),
        ({"/procedure/trial_number": ABSENT}, "03072927", True),
        ({"/procedure/trial_number": None}, None, False),
        ({"/procedure/trial_number": ABSENT, "/answers/in_ced_study": None}, None, False),
        ({"/procedure/trial_number": ABSENT, "/answers/in_ced_study": False}, None, False),
        ({"/procedure/trial_number": ABSENT, "/coverages/0/payer": "premera"}, None, False),
        ({"/procedure/trial_number": ABSENT, "/procedure/region": "thoracic"}, None, False),
    ],
)
def test_the_trial_number(changes: dict[str, Any], number: str | None, assumed: bool) -> None:
    made = claim(changes)
    assert made.trial_number == number
    assert ("/procedure/trial_number" in [each.path for each in made.assumed]) is assumed


@pytest.mark.parametrize(
    ("changes", "in_study"),
    [
        ({}, True),
        ({"/answers/in_ced_study": None}, True),
        ({"/answers": None}, True),
        ({"/answers/in_ced_study": False}, False),
        ({"/procedure/region": None}, True),
        ({"/procedure/region": "cervical"}, False),
        ({"/coverages/0/payer": "premera"}, False),
        ({"/coverages/0/payer": "tricare"}, False),
        ({"/coverages": None}, False),
        ({"/answers/neurogenic_claudication": False}, True),  # covered or not, the study's claim is the study's
    ],
)
def test_whether_the_study_is_on_the_claim(changes: dict[str, Any], in_study: bool) -> None:
    assert (claim(changes).study is not None) is in_study


def test_the_regions_a_policy_reaches() -> None:
    versions = catalog().versions
    assert policy_regions(versions["cms-ncd-150-13"][-1]) == ("lumbar",)
    assert policy_regions(versions["regence-ig-msd"][0]) == ("cervical", "thoracic", "lumbar")
    assert policy_regions(versions["va-own-facility"][0]) == ("lumbar",)
