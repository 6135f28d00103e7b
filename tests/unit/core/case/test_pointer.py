"""Values by pointer in a frozen case: what is written is read, what was not touched stays."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case, Coverage, Interspace
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.pointer import Refused, append, keys_of, kinds_of, read, without, write
from mild_biller.core.case.vocabulary import PlanType, Side
from mild_biller.store.case_file import dump_case, open_case, parse_case
from tests.support import EXAMPLE_FILES, example_file


def opened(path: Path) -> Case:
    return open_case(path, catalog=loader.catalog())


def pointers(value: Any, at: str = "") -> list[str]:
    """Return the pointer of every leaf that was given."""
    if isinstance(value, Model):
        inside = {name.rstrip("_"): getattr(value, name) for name in value.model_fields_set}
    elif isinstance(value, dict):
        inside = value
    elif isinstance(value, tuple):
        inside = {str(index): each for index, each in enumerate(value)}
    else:
        return [at]
    return [found for key, each in inside.items() for found in pointers(each, f"{at}/{key}")]


def test_a_value_is_written_with_the_parents_it_needs() -> None:
    case = write(Case(), "/providers/billing/npi", "2000000010")
    assert case.providers is not None
    assert case.providers.billing is not None
    assert case.providers.billing.npi == "2000000010"
    assert read(case, "/providers/billing/npi") == "2000000010"


def test_a_value_is_written_into_a_list_that_was_not_there() -> None:
    case = write(Case(), "/coverages/0/member_id", "1EG4TE5MK73")
    assert case.coverages == (Coverage(member_id="1EG4TE5MK73"),)


def test_a_place_beyond_the_end_of_a_list_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        write(Case(), "/coverages/1/member_id", "1EG4TE5MK73")


def test_a_key_nobody_declared_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        write(Case(), "/patient/nickname", "AL")
    with pytest.raises(LookupError):
        write(Case(), "/patient/last/first", "AL")


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_writing_what_stands_there_changes_nothing(path: Path) -> None:
    case = opened(path)
    for pointer in pointers(case):
        assert write(case, pointer, read(case, pointer)) is case


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_taking_a_value_away_and_putting_it_back_gives_the_case_again(path: Path) -> None:
    case = opened(path)
    for pointer in pointers(case):
        value = read(case, pointer)
        inside_list = any(key.isdecimal() for key in keys_of(pointer)[-1:])
        if value is None or inside_list or pointer.endswith(("/payer/name", "/payer/plan_type", "/format")):
            continue
        less = write(case, pointer, None)
        assert read(less, pointer) is None, pointer
        assert dump_case(write(less, pointer, value)) == dump_case(case), pointer


def test_a_null_that_nobody_touched_stays_a_null() -> None:
    case = opened(example_file("medicare-asc-2026"))
    changed = write(case, "/patient/last", "OTHER")
    assert b'"suffix":null' in dump_case(changed).replace(b" ", b"")
    assert write(case, "/patient/suffix", None) is case


def test_an_emptied_parent_goes_with_its_last_key() -> None:
    case = write(Case(), "/providers/referring/last", "REFERRER")
    assert write(case, "/providers/referring/last", None).model_fields_set == frozenset()


def test_a_parent_with_nulls_alone_goes_below_the_top_level_only() -> None:
    case = parse_case(
        b'{"procedure": {"trial_number": null, "region": "lumbar"},'
        b' "providers": {"referring": {"last": "A", "npi": null}, "billing": {"name": "B"}}}',
        catalog=loader.catalog(),
    )
    case = write(case, "/procedure/region", None)
    assert case.procedure is not None
    assert "trial_number" in case.procedure.model_fields_set
    case = write(case, "/providers/referring/last", None)
    assert case.providers is not None
    assert case.providers.model_fields_set == {"billing"}


def test_an_emptied_row_of_a_list_stays_until_it_is_removed() -> None:
    case = append(Case(), "/procedure/interspaces", Interspace(name="L4-L5"))
    case = append(case, "/procedure/interspaces", Interspace(name="L3-L4", side=Side.LEFT))
    case = write(case, "/procedure/interspaces/0/name", None)
    assert len(read(case, "/procedure/interspaces")) == 2
    case = write(case, "/procedure/interspaces/0", None)
    assert read(case, "/procedure/interspaces") == (Interspace(name="L3-L4", side=Side.LEFT),)
    assert without(case, "/procedure/interspaces/0") == Case()


def test_charges_are_kept_by_code_and_go_with_the_last() -> None:
    case = write(Case(), "/claim/charges/62330", "4600.00")
    case = write(case, "/claim/charges/62331", "2300.00")
    assert read(case, "/claim/charges") == {"62330": "4600.00", "62331": "2300.00"}
    case = write(case, "/claim/charges/62330", None)
    assert read(case, "/claim/charges") == {"62331": "2300.00"}
    assert write(case, "/claim/charges/62331", None) == Case()


def test_a_key_with_a_slash_is_escaped() -> None:
    assert keys_of("/claim/charges/a~1b~0c") == ("claim", "charges", "a/b~c")


def test_the_word_from_is_the_field_with_a_line_below() -> None:
    case = write(Case(), "/answers/conservative_care/0/from", date(2025, 9, 1))
    assert read(case, "/answers/conservative_care/0/from") == date(2025, 9, 1)


def test_a_name_that_must_be_there_becomes_empty() -> None:
    own = OwnPayer(name="LAKES", plan_type=PlanType.COMMERCIAL)
    case = write(Case(), "/coverages/0/payer", own)
    assert read(write(case, "/coverages/0/payer/name", None), "/coverages/0/payer/name") == ""


def test_what_no_file_can_hold_is_refused_and_nothing_changes() -> None:
    with pytest.raises(Refused):
        write(Case(), "/patient/birth_date", "soon")


def test_nothing_is_read_where_nothing_stands() -> None:
    assert read(Case(), "/coverages/3/payer") is None
    assert read(write(Case(), "/patient/last", "A"), "/patient/last/b") is None


def test_kinds_tell_what_a_key_may_hold() -> None:
    assert kinds_of(Interspace, "name") == (str,)
    with pytest.raises(LookupError):
        kinds_of(Interspace, "names")


def test_a_mapping_in_a_mapping_is_written_and_taken_away() -> None:
    one = write(Case(), "/letters/appeal/opening", "Anew.")
    assert one.letters == {"appeal": {"opening": "Anew."}}
    both = write(one, "/letters/abn/title", "")
    assert both.letters == {"appeal": {"opening": "Anew."}, "abn": {"title": ""}}
    assert write(both, "/letters/abn/title", None) == one
    assert write(one, "/letters/appeal/opening", None) == Case()
