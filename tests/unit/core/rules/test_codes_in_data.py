"""The codes of procedure and study are data: with others in the files, the program says and reads the others."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.edits.study import Element
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import ModifierUse
from tests.support import ABSENT, TODAY, case

SHIPPED = Path(__file__).parents[4] / "resources"
STUDY = "policies/cms-ncd-150-13/2017-02-16.toml"
OTHERS = {
    "codes/modifiers.toml": {
        'code = "52"': 'code = "ZA"',
        'code = "50"': 'code = "ZB"',
        'code = "LT"': 'code = "ZL"',
        'code = "GA"': 'code = "ZS"',
        'code = "GZ"': 'code = "ZU"',
        'mistyped = ["QO"]': 'mistyped = ["OQ"]',
    },
    "codes/revenue_codes.toml": {'code = "0001"': 'code = "0009"'},
    STUDY: {'values = ["30"]': 'values = ["77"]', 'values = ["D4"]': 'values = ["D9"]'},
}
HOSPITAL, SURGEON = "medicare-hospital-derived", "medicare-asc-2026"


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the rules with other codes."""
    root = tmp_path_factory.mktemp("codes") / "resources"
    shutil.copytree(SHIPPED, root)
    for name, swaps in OTHERS.items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in swaps.items():
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    return loader.load_catalog(root)


def looked_at(given: Case, catalog: Catalog) -> Review:
    return review(given, catalog=catalog, layouts=loader.layout, today=TODAY)


def found(name: str, changes: dict[str, Any], catalog: Catalog) -> set[str]:
    return {each.rule for each in looked_at(case(name, changes), catalog).findings if each.outcome == "not-met"}


def line(*modifiers: str) -> dict[str, Any]:
    return {"/claim/lines": [{"code": "62330", "modifiers": list(modifiers)}]}


def test_the_shipped_uses() -> None:
    """As the facts on modifiers have them: GA signed, GZ unsigned, GX and GY of exclusion; 53 is no hospital's."""
    catalog = loader.catalog()
    uses = {use: set(catalog.modifiers_of(use)) for use in ModifierUse}
    assert uses == {
        ModifierUse.ONE_SIDED: {"52"},
        ModifierUse.BILATERAL: {"50"},
        ModifierUse.SIDE: {"LT", "RT"},
        ModifierUse.FURTHER_PROCEDURE: {"51"},
        ModifierUse.STOPPED: {"53"},
        ModifierUse.STOPPED_AT_FACILITY: {"73", "74"},
        ModifierUse.NOTICE_SIGNED: {"GA"},
        ModifierUse.NOTICE_UNSIGNED: {"GZ"},
        ModifierUse.NOTICE_OF_EXCLUSION: {"GX", "GY"},
    }
    assert catalog.spellings_of(["Q0"]) == {"Q0", "QO"}
    assert catalog.total_code == "0001"
    assert catalog.study_codes(Element.CONDITION_CODE) == {"30"}
    assert catalog.study_codes(Element.VALUE_CODE) == {"D4"}


def test_a_hospitals_claim_carries_the_codes_of_the_data(others: Catalog) -> None:
    changes = {"/claim/condition_codes": ABSENT, "/claim/value_codes": ABSENT}
    seen = looked_at(case(HOSPITAL, changes), others)
    part = seen.claim.institutional
    assert part is not None
    assert [each.code for each in part.condition_codes] == ["77"]
    assert [(each.code, each.amount) for each in part.value_codes] == [("D9", "CT03072927")]
    assert seen.boxes is not None
    printed = {box.box: box.text for page in seen.boxes.pages for box in page}
    assert printed["42.23"] == "0009"
    assert printed["39a_code"] == "D9"
    assert printed["39a_text"] == "CT03072927"


def test_one_side_is_said_by_the_modifier_of_the_data(others: Catalog) -> None:
    one_sided = {"/procedure/interspaces": [{"name": "L4-L5", "side": "left"}]}
    (made,) = looked_at(case(SURGEON, one_sided), others).claim.lines
    assert made.modifiers == ("ZA", "Q0")


@pytest.mark.parametrize(
    ("rule", "modifiers"),
    [
        ("modifier-letter-o", ["OQ"]),
        ("bilateral-modifier", ["Q0", "ZB"]),
        ("side-modifier", ["Q0", "ZL"]),
        ("reduced-without-reason", ["ZA", "Q0"]),
        ("notice-modifier-inside-study", ["Q0", "ZS"]),
        ("notice-modifier-inside-study", ["Q0", "ZU"]),
    ],
)
def test_a_line_is_checked_by_the_modifiers_of_the_data(others: Catalog, rule: str, modifiers: list[str]) -> None:
    assert rule in found(SURGEON, line(*modifiers), others)
    assert rule not in found(SURGEON, line(*modifiers), loader.catalog())


def test_a_study_element_where_none_may_be_is_named_as_it_stands(others: Catalog) -> None:
    typed = {"/claim/condition_codes": ["77"], "/claim/value_codes": [{"code": "D9", "amount": "03072927"}]}
    said = [
        each.message
        for each in looked_at(case(SURGEON, typed), others).findings
        if each.rule == "institutional-element-on-professional"
    ]
    assert len(said) == 2
    assert any("condition code 77" in each.lower() for each in said)
    assert any("value code d9" in each.lower() for each in said)
