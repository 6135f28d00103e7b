"""Each operator met, not met and unknown; how parts join; and the window of the look-back."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mild_biller.core.rules.criteria import Judgment, Knowledge, Outcome, Test, months_before, questions_of
from tests.support import PACK, case

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
TESTS: TypeAdapter[Any] = TypeAdapter(Test)

YES = {"op": "is", "question": "neurogenic_claudication", "value": True}
NO = {"op": "is", "question": "local_infection", "value": True}
OPEN = {"op": "is", "question": "in_ced_study", "value": True}
OPEN_TOO = {"op": "is", "question": "central_stenosis_on_imaging", "value": True}
ANSWERS = {
    "/answers": {
        "neurogenic_claudication": True,
        "local_infection": False,
        "imaging_kind": "mri",
        "ligamentum_flavum_mm": "2.5",
        "spondylolisthesis_grade": 2,
        "scores": {"odi": 52, "nprs": "7.5"},
    }
}
LOOK_BACK = {
    "op": "none_within_before_service",
    "months": 12,
    "kinds": ["laminectomy", "laminotomy", "fusion", "interspinous-decompression", "mild"],
    "region": "lumbar",
    "searched": "no_prior_lumbar_procedure",
}


def judge(test: dict[str, Any], changes: dict[str, Any] | None = None) -> Judgment:
    catalog = PACK.catalog
    knowledge = Knowledge(case(changes=changes or {}), catalog.question, catalog.prior_code, catalog.diagnosis)
    found: Judgment = TESTS.validate_python(test).judge(knowledge)
    return found


@pytest.mark.parametrize(
    ("test", "outcome"),
    [
        (YES, MET),
        (NO, NOT_MET),
        (OPEN, UNKNOWN),
        ({"op": "is", "question": "region", "value": "lumbar"}, MET),
        ({"op": "is", "question": "region", "value": "cervical"}, NOT_MET),
        ({"op": "is", "question": "local_infection", "value": False}, MET),
        ({"op": "one_of", "question": "imaging_kind", "values": ["mri", "ct"]}, MET),
        ({"op": "one_of", "question": "imaging_kind", "values": ["ct"]}, NOT_MET),
        ({"op": "one_of", "question": "imaging_guidance", "values": ["ct", "fluoroscopy"]}, MET),
        ({"op": "at_least", "question": "ligamentum_flavum_mm", "number": "2.5"}, MET),
        ({"op": "at_least", "question": "ligamentum_flavum_mm", "number": "2.51"}, NOT_MET),
        ({"op": "at_least", "question": "zcq_symptom", "number": "1"}, UNKNOWN),
        ({"op": "at_least", "question": "odi", "number": 52}, MET),
        ({"op": "at_most", "question": "spondylolisthesis_grade", "number": 2}, MET),
        ({"op": "at_most", "question": "spondylolisthesis_grade", "number": 1}, NOT_MET),
        ({"op": "at_most", "question": "vas", "number": 1}, UNKNOWN),
        ({"op": "at_most", "question": "nprs", "number": "7.5"}, MET),
    ],
)
def test_an_operator(test: dict[str, Any], outcome: Outcome) -> None:
    assert judge(test, ANSWERS).outcome is outcome


@pytest.mark.parametrize("op", ["at_least", "at_most"])
def test_an_answer_that_is_no_number_is_unknown(op: str) -> None:
    changes = {"/answers/ligamentum_flavum_mm": "thick"}
    judged = judge({"op": op, "question": "ligamentum_flavum_mm", "number": "2.5"}, changes)
    assert (judged.outcome, judged.path) == (UNKNOWN, "/answers/ligamentum_flavum_mm")


def test_an_unknown_names_the_key_to_fill() -> None:
    judged = judge(OPEN, ANSWERS)
    assert (judged.path, judged.open_paths) == ("/answers/in_ced_study", ("/answers/in_ced_study",))
    assert not judged.for_a_person


@pytest.mark.parametrize(
    ("diagnoses", "outcome", "path"),
    [
        (["M48.062"], MET, "/procedure/diagnoses/0"),
        (["M54.16", "M48.062"], MET, "/procedure/diagnoses/1"),
        (["M48.061"], NOT_MET, "/procedure/diagnoses/0"),
        (["M48.07"], UNKNOWN, "/procedure/diagnoses/0"),
        (["M48.07", "M48.062"], MET, "/procedure/diagnoses/1"),
        ([], NOT_MET, "/procedure/diagnoses"),
        (None, UNKNOWN, "/procedure/diagnoses"),
    ],
)
def test_a_diagnosis(diagnoses: list[str] | None, outcome: Outcome, path: str) -> None:
    changes = {"/procedure/diagnoses": [code.replace(".", "") for code in diagnoses] if diagnoses else diagnoses}
    judged = judge({"op": "diagnosis_in", "codes": ["M48062"], "unclear": ["M4807"]}, changes)
    assert (judged.outcome, judged.path) == (outcome, path)
    assert judged.for_a_person is (diagnoses == ["M48.07"])


def test_the_claims_diagnoses_stand_in_where_the_facts_have_none() -> None:
    changes = {"/procedure/diagnoses": None, "/claim/diagnoses": ["M48062"]}
    judged = judge({"op": "diagnosis_in", "codes": ["M48062"]}, changes)
    assert (judged.outcome, judged.path) == (MET, "/claim/diagnoses/0")


# Kleene's logic.


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of", "none_of"),
    [
        ([YES], MET, MET, NOT_MET),
        ([NO], NOT_MET, NOT_MET, MET),
        ([OPEN], UNKNOWN, UNKNOWN, UNKNOWN),
        ([YES, YES], MET, MET, NOT_MET),
        ([YES, NO], NOT_MET, MET, NOT_MET),
        ([YES, OPEN], UNKNOWN, MET, NOT_MET),
        ([NO, NO], NOT_MET, NOT_MET, MET),
        ([NO, OPEN], NOT_MET, UNKNOWN, UNKNOWN),
        ([OPEN, OPEN_TOO], UNKNOWN, UNKNOWN, UNKNOWN),
        ([YES, NO, OPEN], NOT_MET, MET, NOT_MET),
    ],
)
def test_how_parts_join(parts: list[dict[str, Any]], all_of: Outcome, any_of: Outcome, none_of: Outcome) -> None:
    for order in (parts, parts[::-1]):
        assert judge({"op": "all_of", "parts": order}, ANSWERS).outcome is all_of
        assert judge({"op": "any_of", "parts": order}, ANSWERS).outcome is any_of
        assert judge({"op": "none_of", "parts": order}, ANSWERS).outcome is none_of


def test_joined_unknowns_name_every_key() -> None:
    keys = ("/answers/in_ced_study", "/answers/central_stenosis_on_imaging")
    assert judge({"op": "all_of", "parts": [YES, OPEN, OPEN_TOO]}, ANSWERS).open_paths == keys
    assert judge({"op": "none_of", "parts": [OPEN, OPEN_TOO, NO]}, ANSWERS).open_paths == keys
    assert set(judge({"op": "any_of", "parts": [NO, OPEN, OPEN_TOO]}, ANSWERS).open_paths) == set(keys)


def test_parts_within_parts() -> None:
    inner = {"op": "any_of", "parts": [NO, YES]}
    assert judge({"op": "all_of", "parts": [inner, {"op": "none_of", "parts": [NO]}]}, ANSWERS).outcome is MET


def test_an_unknown_for_a_person_is_said_first() -> None:
    parts = [OPEN, {"op": "diagnosis_in", "codes": ["M48062"], "unclear": ["M4807"]}]
    judged = judge({"op": "all_of", "parts": parts}, {**ANSWERS, "/procedure/diagnoses": ["M4807"]})
    assert judged.for_a_person
    assert judged.path == "/procedure/diagnoses/0"


def test_questions_of_every_operator() -> None:
    whole = {
        "op": "all_of",
        "parts": [YES, {"op": "any_of", "parts": [NO, LOOK_BACK]}, {"op": "none_of", "parts": [OPEN]}],
    }
    asked = list(questions_of(TESTS.validate_python(whole)))
    assert asked == ["neurogenic_claudication", "local_infection", "no_prior_lumbar_procedure", "in_ced_study"]
    assert list(questions_of(TESTS.validate_python({"op": "diagnosis_in", "codes": ["X"]}))) == []


@pytest.mark.parametrize(
    "test",
    [
        {"op": "looks_like", "question": "region", "value": "lumbar"},
        {"op": "is", "question": "region"},
        {"op": "is", "question": "region", "value": "lumbar", "values": []},
        {"op": "at_least", "question": "odi", "number": "many"},
        {"op": "at_least", "question": "odi", "number": 1.5},
        {**LOOK_BACK, "kinds": ["knee"]},
        {**LOOK_BACK, "region": "sacral"},
        {"question": "region", "value": "lumbar"},
    ],
)
def test_a_test_nobody_knows_is_refused(test: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TESTS.validate_python(test)


# The look-back.


def look_back(*prior: dict[str, Any], answer: bool | None = None, service: str | None = "2026-03-10") -> Judgment:
    changes = {
        "/procedure/date_of_service": service,
        "/prior_procedures": list(prior),
        "/answers/no_prior_lumbar_procedure": answer,
    }
    return judge(LOOK_BACK, changes)


def lumbar(day: str | None, kind: str | None = "fusion", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "region": "lumbar", "date": day, **more}


@pytest.mark.parametrize(
    ("entry", "outcome", "path"),
    [
        (lumbar("2025-03-09"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar("2025-03-10"), UNKNOWN, "/prior_procedures/0/date"),
        (lumbar("2025-03-11"), NOT_MET, "/prior_procedures/0"),
        (lumbar("2026-03-09"), NOT_MET, "/prior_procedures/0"),
        (lumbar("2026-03-10"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar("2030-01-01"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar(None), UNKNOWN, "/prior_procedures/0/date"),
        (lumbar("2025-09-01", "epidural-steroid-injection"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar("2025-09-01", "other"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar(None, "other"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar("2025-09-01", None, code="0275T"), NOT_MET, "/prior_procedures/0"),
        (lumbar("2025-09-01", None, code="63047"), UNKNOWN, "/prior_procedures/0/kind"),
        (lumbar("2025-09-01", None, code="62323"), MET, "/answers/no_prior_lumbar_procedure"),
        (lumbar("2025-09-01", None, code="99999"), UNKNOWN, "/prior_procedures/0/kind"),
        (lumbar("2025-09-01", None), UNKNOWN, "/prior_procedures/0/kind"),
        ({"kind": "fusion", "date": "2025-09-01"}, UNKNOWN, "/prior_procedures/0/region"),
        ({"kind": "fusion", "date": "2020-09-01"}, MET, "/answers/no_prior_lumbar_procedure"),
        ({"kind": "fusion", "region": "cervical", "date": "2025-09-01"}, MET, "/answers/no_prior_lumbar_procedure"),
        ({"kind": "fusion", "region": "thoracic"}, MET, "/answers/no_prior_lumbar_procedure"),
        ({}, UNKNOWN, "/prior_procedures/0/date"),
    ],
)
@pytest.mark.parametrize("answer", [None, False])
def test_one_entry(entry: dict[str, Any], outcome: Outcome, path: str, answer: bool | None) -> None:
    judged = look_back(entry, answer=answer)
    assert (judged.outcome, judged.path) == (outcome, path)


@pytest.mark.parametrize("kind", LOOK_BACK["kinds"])  # type: ignore[arg-type]
def test_every_kind_counts(kind: str) -> None:
    assert look_back(lumbar("2025-09-01", kind)).outcome is NOT_MET


def test_on_the_boundary_a_person_decides() -> None:
    judged = look_back(lumbar("2025-03-10"), answer=True)
    assert (judged.outcome, judged.for_a_person) == (UNKNOWN, True)


@pytest.mark.parametrize(
    ("prior", "answer", "outcome"),
    [
        ((), True, MET),
        ((), False, UNKNOWN),
        ((), None, UNKNOWN),
        ((lumbar("2025-09-01"),), True, NOT_MET),
        ((lumbar("2025-09-01", "epidural-steroid-injection"),), False, MET),
        ((lumbar(None), lumbar("2025-09-01")), True, NOT_MET),
        ((lumbar("2025-03-10"), lumbar("2019-01-01")), True, UNKNOWN),
        ((lumbar("2019-01-01"), lumbar("2018-01-01")), None, MET),
    ],
)
def test_answer_and_entries(prior: tuple[dict[str, Any], ...], answer: bool | None, outcome: Outcome) -> None:
    assert look_back(*prior, answer=answer).outcome is outcome


def test_no_list_at_all() -> None:
    changes = {"/prior_procedures": None, "/answers": None}
    assert judge(LOOK_BACK, changes).outcome is UNKNOWN


def test_no_date_of_service() -> None:
    judged = look_back(lumbar("2025-09-01"), service=None)
    assert (judged.outcome, judged.path) == (UNKNOWN, "/procedure/date_of_service")
    assert judge(LOOK_BACK, {"/procedure": None}).outcome is UNKNOWN


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-10", 12, "2025-03-10"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2025-02-28", 12, "2024-02-28"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-01-15", 13, "2024-12-15"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2026-03-10", -12, "2027-03-10"),
        ("2024-02-29", -12, "2025-02-28"),
        ("2026-12-31", -2, "2027-02-28"),
        ("0001-03-01", 12, "0001-01-01"),
        ("9999-12-31", -1, "9999-12-31"),
    ],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)
