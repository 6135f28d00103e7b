"""The pack of 0.1.0 is read as its program read it: what was in that program is said for the files that lack it."""

from mild_biller.core.rules.code_tables import ModifierUse
from mild_biller.loader import load_pack
from mild_biller.older_packs import read_today
from tests.support import ROOT

OLD = ROOT / "tests" / "packs" / "0.1.0"


def test_the_codes_0_1_0_had_in_its_program_have_their_uses() -> None:
    catalog = load_pack(OLD, version="0.1.0").catalog
    assert catalog.modifiers_of(ModifierUse.ONE_SIDED) == ("52",)
    assert set(catalog.modifiers_of(ModifierUse.STOPPED_AT_FACILITY)) == {"73", "74"}
    assert set(catalog.modifiers_of(ModifierUse.NOTICE_OF_EXCLUSION)) == {"GX", "GY"}
    assert catalog.mistyped_modifiers == {"QO"}
    assert catalog.total_code == "0001"


def test_a_table_that_says_its_uses_is_left_as_it_is() -> None:
    rows = [{"code": "ZA", "use": "one-sided"}, {"code": "52"}]
    assert read_today("modifiers", rows) == rows


def test_the_look_backs_of_0_1_0_ask_the_question_its_program_had() -> None:
    pack = load_pack(OLD, version="0.1.0")
    current = max(pack.catalog.versions["cms-ncd-150-13"], key=lambda each: each.effective_from)
    searched = "no_prior_lumbar_procedure"
    assert [each.test.searched for each in current.criterion if each.topic == "look-back"] == [searched]
    assert [each.test.searched for each in pack.packets.items if each.id == "look-back"] == [searched]


def test_a_look_back_of_another_name_says_its_own_question() -> None:
    rows = [{"id": "no-recent-neck-operation", "op": "none_within_before_service"}]
    assert read_today("criterion", rows) == rows


def test_keys_of_today_are_never_dropped() -> None:
    assert read_today("diagnoses", [{"code": "M48062", "is_header": True, "typo": 1}]) == [
        {"code": "M48062", "typo": 1}
    ]
