"""An invented procedure is a folder of data: a case of it goes from its questions to its page.

Every box is worked out by hand from `pack/` and the case below.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.coverage.assess import Determination
from mild_biller.core.documents.packet import State, packet
from mild_biller.core.documents.quote import Subject
from mild_biller.core.documents.quote_catalog import quote
from mild_biller.core.review.review import Review, review
from mild_biller.core.rulepack import RulePack
from mild_biller.errors import CaseFileError
from mild_biller.loader import load_pack
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
from mild_biller.store.case_file import parse_case
from tests.support import ABSENT, TODAY, Changes, Paper, boxes, changed, example

HERE: Final = Path(__file__).parent
SHIPPED: Final = HERE.parents[1] / "resources"
WHOLE: Final = ("policies", "payers", "fees", "packets")  # folders of which nothing shipped remains
CASE: Final = {
    "/answers": {
        "hand_weakness": True,
        "grip_kg": "18.5",
        "in_neck_registry": True,
        "no_prior_neck_operation": True,
    },
    "/prior_procedures": [],
    "/procedure/region": "cervical",
    "/procedure/interspaces": [{"name": "C4-C5", "side": "bilateral"}, {"name": "C5-C6", "side": "left"}],
    "/procedure/diagnoses": ["M99.91"],
    "/procedure/trial_number": ABSENT,
    "/claim/charges": {"0901T": "3100.00", "0902T": "1500.50"},
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> RulePack:
    """Return the shipped rules with the folder of the invented procedure laid over them."""
    root = tmp_path_factory.mktemp("second") / "resources"
    shutil.copytree(SHIPPED, root, ignore=lambda at, names: WHOLE if Path(at) == SHIPPED else ())
    shutil.copytree(HERE / "pack", root, dirs_exist_ok=True)
    plans = root / "plan_types.toml"
    text = re.sub(r"^policies = .*$", "policies = []", plans.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plans.write_text(text, encoding="utf-8")
    return load_pack(root)


def case_of(pack: RulePack, changes: Changes | None = None) -> Case:
    """Read a case of the invented procedure the way a file is opened."""
    data: Any = changed(changed(example(), CASE), changes or {})
    return parse_case(json.dumps(data).encode(), catalog=pack.catalog)


def seen(pack: RulePack, changes: Changes | None = None, *, form: FormKind | None = None) -> Review:
    return review(case_of(pack, changes), pack=pack, today=TODAY, form=form)


def test_its_questions_are_those_of_its_folder(pack: RulePack) -> None:
    asked = [question.path for question in pack.catalog.questions if question.is_answer]
    assert asked == [
        "/answers/hand_weakness",
        "/answers/grip_kg",
        "/answers/in_neck_registry",
        "/answers/no_prior_neck_operation",
    ]


def test_a_question_of_the_shipped_procedure_is_unknown(pack: RulePack) -> None:
    with pytest.raises(CaseFileError, match="in_ced_study"):
        case_of(pack, {"/answers/in_ced_study": True})


def test_it_is_covered_when_its_criteria_are_met(pack: RulePack) -> None:
    found = seen(pack)
    assert [(each.criterion.id, each.judgment.outcome.value) for each in found.assessment.criteria] == [
        ("cervical-region", "met"),
        ("hand-weakness", "met"),
        ("weak-grip", "met"),
        ("neck-diagnosis", "met"),
        ("no-recent-neck-operation", "met"),
        ("in-registry", "met"),
    ]
    assert found.assessment.determination is Determination.COVERED


def test_a_grip_above_its_limit_is_not_covered(pack: RulePack) -> None:
    assert seen(pack, {"/answers/grip_kg": "20.5"}).assessment.determination is Determination.NOT_COVERED


def test_an_unsearched_record_leaves_its_own_question_open(pack: RulePack) -> None:
    found = seen(pack, {"/answers/no_prior_neck_operation": ABSENT})
    assert found.assessment.determination is Determination.CONDITIONAL
    (look_back,) = (each for each in found.assessment.criteria if each.criterion.topic == "look-back")
    assert look_back.judgment.path == "/answers/no_prior_neck_operation"


def test_an_operation_in_its_window_contradicts_its_own_answer(pack: RulePack) -> None:
    """The service is on 2026-03-10: 24 months before begin on 2024-03-10; the shipped look-back has 12 months."""
    fusion = [{"kind": "fusion", "region": "cervical", "date": "2024-06-01"}]
    found = seen(pack, {"/prior_procedures": fusion})
    assert found.assessment.determination is Determination.NOT_COVERED
    assert "/answers/no_prior_neck_operation" in [
        each.path for each in found.findings if each.rule == "look-back-contradiction"
    ]


def test_its_claim_has_no_error(pack: RulePack) -> None:
    assert [(each.rule, each.path) for each in seen(pack).findings if each.severity.value == "error"] == []


PRINTED: Final = {
    "19_2": "CT09876543",
    "21_A": "M9991",
    "21_B": "Z9991",
    "24.1_d": "0901T",
    "24.1_m1": "X1",
    "24.1_e": "AB",
    "24.1_f_d": "3100",
    "24.1_f_c": "00",
    "24.2_d": "0902T",
    "24.2_m1": "X5",
    "24.2_m2": "X1",
    "24.2_e": "AB",
    "24.2_f_d": "1500",
    "24.2_f_c": "50",
    "28_d": "4600",
    "28_c": "50",
}


def test_its_boxes(pack: RulePack) -> None:
    texts = boxes(seen(pack))
    assert {key: texts.get(key) for key in PRINTED} == PRINTED


def test_its_page(pack: RulePack, tmp_path: Path) -> None:
    found = seen(pack)
    assert found.filled is not None
    out = tmp_path / "claim.pdf"
    out.write_bytes(
        render(found.filled, layout=pack.layout(FormKind.CMS1500), style=PrintStyle(mode=PrintMode.DATA_ONLY))
    )
    paper = Paper(out)
    assert {key: paper.box(key) for key in PRINTED} == PRINTED


def test_its_letters_quote_its_own_words(pack: RulePack) -> None:
    subject = Subject.of(seen(pack))
    said = {name: quote(name, subject) for name in ("procedure", "study_title", "study_modifier", "record_searched")}
    assert {name: (each.path, each.text) for name, each in said.items()} == {
        "procedure": ("/procedure/region", "invented cervical procedure"),
        "study_title": (
            "/answers/in_neck_registry",
            "Registry of the invented procedure, NCT09876543, coverage with evidence development",
        ),
        "study_modifier": ("/answers/in_neck_registry", "X1"),
        "record_searched": (
            "/answers/no_prior_neck_operation",
            "the record shows no operation on the neck in two years",
        ),
    }


def test_without_its_study_it_carries_nothing_of_it(pack: RulePack) -> None:
    found = seen(pack, {"/answers/in_neck_registry": False})
    assert found.assessment.determination is Determination.NOT_COVERED
    assert [line.modifiers for line in found.claim.lines] == [(), ("X5",)]
    assert [each.code for each in found.claim.diagnoses] == ["M9991"]
    assert found.claim.trial_number is None


def test_what_it_carries_leads_to_its_own_question(pack: RulePack) -> None:
    found = seen(pack, form=FormKind.UB04)
    assert found.claim.lines[0].paths["modifiers"] == "/answers/in_neck_registry"
    assert found.claim.diagnoses[1].path == "/answers/in_neck_registry"
    assert found.claim.institutional is not None
    assert [(each.code, each.path) for each in found.claim.institutional.condition_codes] == [
        ("77", "/answers/in_neck_registry")
    ]
    assert [(each.code, each.amount) for each in found.claim.institutional.value_codes] == [("D9", "CT09876543")]


def test_its_packet(pack: RulePack) -> None:
    found = packet(seen(pack), rules=pack.packets, letters=pack.letters)
    assert found.id == "any-plan"
    assert [each.text for each in found.request] == ["invented cervical procedure"]
    assert [(each.id, each.state, each.quotes[0].text) for each in found.items] == [
        (
            "procedure-codes",
            State.IN_CASE,
            "0901T, invented cervical procedure, first interspace, modifier X1, 1 unit; "
            "0902T, invented cervical procedure, further interspaces, modifier X5 X1, 1 unit",
        ),
        ("look-back", State.IN_CASE, "the record shows no operation on the neck in two years"),
    ]
    assert "prior authorization of invented cervical procedure for " in found.statement.text
    assert "For the look-back, the record shows no operation on the neck in two years." in found.statement.text
