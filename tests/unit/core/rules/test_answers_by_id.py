"""A new question is one row of the pack: it is answered in a case file, checked, judged and quoted without code."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import read, without, write
from mild_biller.core.case.repair import repair
from mild_biller.core.documents.quote import Subject
from mild_biller.core.documents.quote_clinical import ENTRIES
from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError, ResourceError
from mild_biller.presentation.question_fields import question_field
from mild_biller.store.case_file import dump_case, parse_case
from tests.support import BASE, PACK, TODAY, changed, example
from tests.unit.core.rules.new_questions import ROWS, SHIPPED

STUDY = "policies/cms-ncd-150-13/2017-02-16.toml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the rules with six more questions."""
    copy = tmp_path_factory.mktemp("pack") / "resources"
    shutil.copytree(SHIPPED, copy)
    with (copy / "questions.toml").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    return copy


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    """Return the rules with six more questions."""
    return loader.load_catalog(root)


def opened(changes: dict[str, Any], catalog: Catalog) -> Case:
    return parse_case(json.dumps(changed(example(BASE), changes)).encode(), catalog=catalog)


def looked_at(case: Case, catalog: Catalog) -> Review:
    return review(case, pack=replace(PACK, catalog=catalog), today=TODAY)


GIVEN = {
    "/answers/anticoagulant_held": True,
    "/answers/sedation": "moderate",
    "/answers/seen_on": "2026-03-01",
    "/answers/scores/phq9": "4.5",
    "/answers/walking_aids": ["cane", "walker"],
    "/answers/history": "smoker",
}


class TestCaseFile:
    def test_answers_are_read_by_their_kind_and_written_back_as_they_were(self, catalog: Catalog) -> None:
        case = opened(GIVEN, catalog)
        assert read(case, "/answers/anticoagulant_held") is True
        assert read(case, "/answers/sedation") == "moderate"
        assert read(case, "/answers/seen_on") == date(2026, 3, 1)
        assert read(case, "/answers/scores/phq9") == "4.5"
        assert read(case, "/answers/walking_aids") == ("cane", "walker")
        written = json.loads(dump_case(case))
        assert all(read_raw(written, pointer) == value for pointer, value in GIVEN.items())
        assert parse_case(dump_case(case), catalog=catalog) == case

    def test_null_is_not_answered(self, catalog: Catalog) -> None:
        case = opened(dict.fromkeys(GIVEN), catalog)
        assert all(read(case, pointer) is None for pointer in GIVEN)
        assert case.answers is not None
        assert "sedation" in case.answers.model_fields_set

    @pytest.mark.parametrize("pointer", GIVEN)
    def test_a_pack_that_does_not_ask_it_refuses_its_key(self, pointer: str) -> None:
        with pytest.raises(CaseFileError, match=f"^{pointer}: unknown key; correct its name or remove it.$"):
            opened({pointer: GIVEN[pointer]}, PACK.catalog)

    def test_a_key_the_program_knows_is_refused_where_the_pack_does_not_ask_it(self, root: Path) -> None:
        catalog = loader.load_catalog(root)
        fewer = catalog.model_copy(update={"questions": tuple(q for q in catalog.questions if q.id != "imaging_kind")})
        fewer.__dict__.pop("question", None)
        with pytest.raises(CaseFileError, match=r"^/answers/imaging_kind: unknown key"):
            opened({}, fewer)

    @pytest.mark.parametrize(
        ("pointer", "typed", "why"),
        [
            ("/answers/anticoagulant_held", "yes", "wrong type; true or false belongs here."),
            ("/answers/anticoagulant_held", 1, "wrong type; true or false belongs here."),
            ("/answers/sedation", "deep", "not one of local, moderate."),
            ("/answers/sedation", True, "wrong type; text in quotes belongs here."),
            ("/answers/seen_on", "2026-02-30", "there is no such date; write YYYY-MM-DD."),
            ("/answers/seen_on", "3/1/2026", "a date is written YYYY-MM-DD."),
            ("/answers/seen_on", 20260301, "wrong type; a date in quotes, YYYY-MM-DD, belongs here."),
            ("/answers/scores/phq9", 4.5, "wrong type; a whole number, or a number in quotes, belongs here."),
            ("/answers/scores/phq9", True, "wrong type; a whole number, or a number in quotes, belongs here."),
            ("/answers/walking_aids", "cane", "wrong type; a list of texts in quotes belongs here."),
            ("/answers/walking_aids", [1], "wrong type; a list of texts in quotes belongs here."),
            ("/answers/history", {"a": 1}, "wrong type; text in quotes belongs here."),
        ],
    )
    def test_what_is_no_answer_is_refused_in_one_line(
        self, catalog: Catalog, pointer: str, typed: Any, why: str
    ) -> None:
        with pytest.raises(CaseFileError) as caught:
            opened({pointer: typed}, catalog)
        assert str(caught.value) == f"{pointer}: {why}"

    def test_odd_blanks_are_repaired_and_listed(self, catalog: Catalog) -> None:
        typed = {
            "/answers/sedation": " local",
            "/answers/seen_on": "2026-03-01\u00a0",
            "/answers/walking_aids": ["cane  "],
        }
        case, repairs = repair(opened(typed, catalog))
        assert read(case, "/answers/sedation") == "local"
        assert read(case, "/answers/seen_on") == date(2026, 3, 1)
        assert read(case, "/answers/walking_aids") == ("cane",)
        listed = {each.path: (each.typed, each.repaired) for each in repairs}
        assert listed["/answers/sedation"] == (" local", "local")
        assert listed["/answers/seen_on"] == ("2026-03-01\u00a0", "2026-03-01")
        assert listed["/answers/walking_aids/0"] == ("cane  ", "cane")

    def test_an_answer_is_written_and_taken_away_by_its_pointer(self, catalog: Catalog) -> None:
        case = write(Case(), "/answers/seen_on", date(2026, 3, 1))
        assert parse_case(dump_case(case), catalog=catalog).answers == case.answers
        assert without(case, "/answers/seen_on") == Case()
        assert without(write(Case(), "/answers/scores/phq9", 4), "/answers/scores/phq9") == Case()


def read_raw(data: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        data = data[key]
    return data


@pytest.fixture(scope="module")
def invented(root: Path) -> Catalog:
    """Return the rules with six more questions, and a criterion of the study that asks three of them."""
    file = root / STUDY
    before = file.read_text(encoding="utf-8")
    criterion = """
[[criterion]]
id = "invented-sedation"
topic = "eligibility"
text = "Moderate sedation, the blood thinner held, a mood score up to 9"
remedy = "Look for it in the clinic note."
op = "all_of"
parts = [
  { op = "is", question = "anticoagulant_held", value = true },
  { op = "one_of", question = "sedation", values = ["moderate"] },
  { op = "at_most", question = "phq9", number = "9" },
]
cite = "An invented place"
certainty = "seed"
"""
    try:
        file.write_text(
            before.replace("covered_when = [", 'covered_when = ["invented-sedation", ') + criterion,
            encoding="utf-8",
        )
        return loader.load_catalog(root)
    finally:
        file.write_text(before, encoding="utf-8")


class TestCriterion:
    """An invented criterion on a question nobody wrote code for."""

    @pytest.mark.parametrize(
        ("changes", "outcome", "path"),
        [
            ({}, "met", None),
            ({"/answers/sedation": "local"}, "not-met", "/answers/sedation"),
            ({"/answers/anticoagulant_held": False}, "not-met", "/answers/anticoagulant_held"),
            ({"/answers/anticoagulant_held": None}, "unknown", "/answers/anticoagulant_held"),
            ({"/answers/scores/phq9": 10}, "not-met", "/answers/scores/phq9"),
            ({"/answers/scores/phq9": "many"}, "unknown", "/answers/scores/phq9"),
        ],
    )
    def test_is_judged(self, invented: Catalog, changes: dict[str, Any], outcome: str, path: str | None) -> None:
        printed = report(looked_at(opened({**GIVEN, **changes}, invented), invented))
        (found,) = [each for each in printed["findings"] if each["rule"].endswith("invented-sedation")]
        assert found["outcome"] == outcome
        assert path is None or found["path"] == path
        assert (found["path"] in printed["missing"]) is (outcome == "unknown")
        assert (
            printed["determination"] == {"met": "covered", "not-met": "not-covered", "unknown": "conditional"}[outcome]
        )


def test_a_number_that_is_none_is_a_finding_with_its_question(catalog: Catalog) -> None:
    found = looked_at(opened({"/answers/scores/phq9": "many"}, catalog), catalog)
    (said,) = [each for each in found.findings if each.rule == "answer-not-a-number"]
    assert (said.path, said.message) == (
        "/answers/scores/phq9",
        "The answer is not a number: Mood score before the procedure",
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('path = "/answers/scores/deep/er"\nkind = "number"', "path"),
        ('path = "/patient/nickname"\nkind = "number"', "path"),
        ('kind = "choice"', "choices"),
        ('kind = "number"\nchoices = ["1"]', "choices"),
    ],
)
def test_a_row_that_could_not_be_answered_is_refused(tmp_path: Path, row: str, why: str) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(SHIPPED, copy)
    with (copy / "questions.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[row]]\nid = "x"\ntext = "X?"\nasked_by = "X"\n{row}\n')
    with pytest.raises(ResourceError, match=rf"questions\.toml: row \d+ .*{why}"):
        loader.load_catalog(copy)


def test_every_kind_has_its_field(catalog: Catalog) -> None:
    asked = {name: question_field(catalog.question[name]).asked.name for name in ("anticoagulant_held", "sedation")}
    assert asked == {"anticoagulant_held": "YES_NO", "sedation": "CHOSEN"}
    assert [choice.value for choice in question_field(catalog.question["sedation"]).choices] == ["local", "moderate"]


def test_a_new_score_is_quoted_with_its_label(catalog: Catalog) -> None:
    subject = Subject.of(looked_at(opened(GIVEN, catalog), catalog))
    assert str(ENTRIES["scores"].words(subject)).endswith("; PHQ-9 4.5")
