"""The catalog as a whole: no name leads nowhere, and what holds for a payer is its own rule first."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from mild_biller import loader
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import CodeRole
from mild_biller.core.rules.criteria import AtLeast, Is
from mild_biller.core.rules.payer import Payer
from mild_biller.core.rules.source import Citation

NOWHERE = (Citation(source="nowhere", place="page 1"),)


def rebuilt(**tables: Any) -> Catalog:
    """Return the shipped catalog with some tables changed, checked anew."""
    shipped = loader.catalog()
    return Catalog.model_validate({**{name: getattr(shipped, name) for name in Catalog.model_fields}, **tables})


def first_changed(table: str, **changes: Any) -> tuple[Any, ...]:
    """Return a table with its first row changed, unchecked."""
    head, *rest = getattr(loader.catalog(), table)
    return (head.model_copy(update=changes), *rest)


def test_the_shipped_catalog_holds_together() -> None:
    assert rebuilt() == loader.catalog()


@pytest.mark.parametrize(
    ("table", "changes", "says"),
    [
        ("payers", {"policies": ("nowhere",)}, "nowhere"),
        ("policies", {"source": "nowhere"}, "nowhere"),
        ("policies", {"procedure_codes": ("nowhere",)}, "nowhere"),
        ("procedures", {"sources": NOWHERE}, "nowhere"),
        ("procedures", {"primary": "nowhere"}, "nowhere"),
        ("diagnoses", {"sources": NOWHERE}, "nowhere"),
        ("modifiers", {"sources": NOWHERE}, "nowhere"),
        ("places", {"sources": NOWHERE}, "nowhere"),
        ("edits", {"sources": NOWHERE}, "nowhere"),
        ("denials", {"sources": NOWHERE}, "nowhere"),
        ("appeals", {"sources": NOWHERE}, "nowhere"),
        ("bill_types", {"revenue_code": "nowhere"}, "nowhere"),
        ("fees", {"source": "nowhere"}, "nowhere"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(table: str, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        rebuilt(**{table: first_changed(table, **changes)})


@pytest.mark.parametrize(
    "table",
    [
        *("sources", "questions", "plan_kinds", "payers", "procedures", "diagnoses", "modifiers", "places"),
        *("bill_types", "revenue_codes", "interspaces", "prior_procedures", "fees", "edits"),
    ],
)
def test_a_row_that_stands_twice_is_refused(table: str) -> None:
    rows = getattr(loader.catalog(), table)
    with pytest.raises(ValidationError, match="twice"):
        rebuilt(**{table: (*rows, rows[0])})


def with_test(test: object) -> tuple[Any, ...]:
    """Return the policies with the first criterion of the first tested otherwise."""
    shipped = loader.catalog().policies
    head = next(each for each in shipped if each.criterion)
    criterion = head.criterion[0].model_copy(update={"test": test})
    changed = head.model_copy(update={"criterion": (criterion, *head.criterion[1:])})
    return tuple(changed if each is head else each for each in shipped)


def test_a_question_nobody_asks_is_refused() -> None:
    with pytest.raises(ValidationError, match="nowhere"):
        rebuilt(policies=with_test(Is(op="is", question="nowhere", value=True)))


def test_an_answer_no_question_takes_is_refused() -> None:
    with pytest.raises(ValidationError, match="lumber"):
        rebuilt(policies=with_test(Is(op="is", question="region", value="lumber")))


def test_a_yes_asked_of_a_question_that_takes_words_is_refused() -> None:
    with pytest.raises(ValidationError, match="True"):
        rebuilt(policies=with_test(Is(op="is", question="region", value=True)))
    with pytest.raises(ValidationError, match="yes"):
        rebuilt(policies=with_test(Is(op="is", question="in_ced_study", value="yes")))


def test_a_number_asked_of_a_question_that_has_none_is_refused() -> None:
    with pytest.raises(ValidationError):
        rebuilt(policies=with_test(AtLeast(op="at_least", question="imaging_date", number="1")))  # type: ignore[arg-type]


def test_a_study_code_nobody_knows_is_refused() -> None:
    shipped = loader.catalog().policies
    head = next(each for each in shipped if each.study is not None)
    assert head.study is not None
    study = head.study.model_copy(update={"procedure_codes": ("nowhere",)})
    with pytest.raises(ValidationError, match="nowhere"):
        rebuilt(policies=tuple(each.model_copy(update={"study": study}) if each is head else each for each in shipped))


def test_a_payers_own_rule_comes_first_and_notes_add_up() -> None:
    catalog = loader.catalog()
    kind = catalog.plan_kind["commercial"]
    regence, premera = (catalog.payer[name].merged(kind) for name in ("regence", "premera"))
    assert regence.notice is not None
    assert kind.notice is not None
    assert regence.notice.message != kind.notice.message
    assert premera.notice == kind.notice
    assert regence.policies == ("regence-ig-msd",)
    assert regence.authorization == kind.authorization
    own = Payer.model_validate({"id": "x", "name": "X", "plan_type": "commercial", "item_1": "other"})
    assert own.merged(kind).item_1 == "other"
    assert own.merged(kind).note == kind.note


def test_a_code_lives_on_its_first_and_its_last_day() -> None:
    old = loader.catalog().procedure["0275T"]
    days = [date(2011, 6, 30), date(2011, 7, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [old.is_valid(day) for day in days] == [False, True, True, False]
    new = loader.catalog().procedure["62330"]
    assert [new.is_valid(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2040, 1, 1))] == [
        False,
        True,
        True,
    ]
    split = loader.catalog().diagnosis["M48062"]
    assert [split.is_valid(day) for day in (date(2017, 9, 30), date(2017, 10, 1))] == [False, True]
    old_diagnosis = loader.catalog().diagnosis["M4806"]
    days = [date(2015, 9, 30), date(2015, 10, 1), date(2017, 9, 30), date(2017, 10, 1)]
    assert [old_diagnosis.is_valid(day) for day in days] == [False, True, True, False]


def test_what_the_facts_say_of_the_codes() -> None:
    codes = loader.catalog().procedure
    assert codes["62331"].primary == "62330"  # F2
    assert codes["C1889"].hospital_only  # F9
    assert {code for code, row in codes.items() if row.hospital_only} == {"C1889"}
    assert all(codes[code].most_units == 1 for code in ("62330", "62331", "0275T", "0274T", "G0276"))  # section 3.4
    assert [codes[code].counts_sides for code in ("62330", "62331", "0275T", "0274T")] == [True, True, False, False]
    assert set(codes["0274T"].regions) == {"cervical", "thoracic"}  # F6
    assert codes["72275"].role is CodeRole.IMAGING_GUIDANCE  # T52


def test_places_of_the_settings() -> None:
    assert {setting.value: place for setting, place in loader.catalog().place_of.items()} == {
        "office": "11",
        "hospital-inpatient": "21",
        "hospital-outpatient": "22",
        "off-campus-outpatient": "19",
        "critical-access-hospital": "22",
        "asc": "24",
    }


def test_the_payers_of_the_contract() -> None:
    assert set(loader.catalog().payer) == {
        *("medicare", "medicare-advantage", "premera", "premera-medicare-advantage", "regence", "optum"),
        *("bcbs-federal", "medigap", "medicaid", "tricare", "va", "workers-compensation", "commercial", "self-pay"),
    }
    assert set(loader.catalog().plan_kind) == {each.value for each in PlanType}


@pytest.mark.parametrize(
    ("payer", "box"),
    [
        ("medicare", "medicare"),
        ("medicaid", "medicaid"),
        ("tricare", "tricare"),
        ("medicare-advantage", "other"),
        ("premera-medicare-advantage", "other"),
        ("va", "other"),
        ("workers-compensation", "other"),
        ("premera", "group-or-other"),
        ("regence", "group-or-other"),
        ("optum", "group-or-other"),
        ("bcbs-federal", "group-or-other"),
        ("commercial", "group-or-other"),
    ],
)
def test_box_and_column_of_each_payer(payer: str, box: str) -> None:
    catalog = loader.catalog()
    row = catalog.payer[payer]
    plan = row.merged(catalog.plan_kind[row.plan_type])
    assert plan.item_1 == box  # facts README 11
    assert plan.instructions == ("medicare" if payer == "medicare" else "nucc")
    assert plan.more_pages == "stand-alone"  # facts README 14


def test_the_versions_of_the_facts() -> None:
    days = {name: [v.effective_from.isoformat() for v in found] for name, found in loader.catalog().versions.items()}
    assert days["premera-7-01-126"] == ["2011-05-10", "2017-07-01"]  # facts README 15
    assert days["regence-ig-msd"] == ["2025-03-01"]
    assert days["optum-mild"] == ["2026-02-02"]
    assert days["cms-ncd-150-13"] == ["2014-01-09", "2016-12-07", "2017-02-16"]
    reviews = {name: found[-1].next_review for name, found in loader.catalog().versions.items()}
    assert reviews["premera-7-01-126"] == date(2026, 7, 1)
    assert reviews["regence-ig-msd"] == date(2025, 12, 31)
    assert reviews["cms-ncd-150-13"] is None
