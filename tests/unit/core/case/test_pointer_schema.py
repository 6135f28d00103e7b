"""Every pointer of the case's schema is written, read and taken away, keys of maps that RFC 6901 escapes too."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

import pytest

from mild_biller.core.case.base import Model
from mild_biller.core.case.claim_input import FacilityClaim
from mild_biller.core.case.model import Case, Misread
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.pointer import keys_of, kinds_of, pointer_to, read, rows_above, without, write
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.review import whatif
from mild_biller.core.review.review import Review, review
from mild_biller.presentation.claim.box_notes import place_words
from mild_biller.store.case_file import dump_case, parse_case
from tests.support import PACK, TODAY, case

KEYS_OF_MAPS = ("62330", "0", "A/B", "a~b", "~1", "~01/", "")
OWN = OwnPayer(name="LAKES", plan_type=PlanType.COMMERCIAL)


def reviewer(changed: Case) -> Review:
    return review(changed, pack=PACK, today=TODAY)


def value_of(kind: Any) -> Any:
    """Return a value of a declared kind."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    if get_origin(kind) is tuple:
        return (value_of(get_args(kind)[0]),)
    if get_origin(kind) is dict:
        return {key: value_of(get_args(kind)[1]) for key in KEYS_OF_MAPS}
    if isinstance(kind, type) and issubclass(kind, Model):
        return OWN if kind is OwnPayer else kind()
    return {bool: True, int: 1, date: date(2026, 3, 10), str: "X1"}[kind]


def places(kind: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every pointer below a kind, with a value that can stand there; an item of a list at its first place."""
    if at:
        yield pointer_to(at), value_of(kind)
    if get_origin(kind) is tuple:
        yield from places(get_args(kind)[0], (*at, "0"))
    elif get_origin(kind) is dict:
        for key in KEYS_OF_MAPS:
            yield from places(get_args(kind)[1], (*at, key))
    elif isinstance(kind, type) and issubclass(kind, Model):
        for name in kind.model_fields:
            key = "from" if name == "from_" else name
            for below in kinds_of(kind, key):
                yield from places(below, (*at, key))


EVERY = {**dict(places(Case)), "/coverages/0/payer/policy": "cms-ncd-150-13"}
PAYER = "/coverages/0/payer/"


def start(pointer: str) -> Case:
    """Return what a pointer needs around it: an own payer cannot be without its name."""
    return write(Case(), "/coverages/0/payer", OWN) if pointer.startswith(PAYER) else Case()


def test_the_schema_is_walked_whole() -> None:
    assert len(EVERY) > 250
    assert {"/claim/charges/A~1B", "/claim/charges/~01", "/letters/a~0b/~001~1", "/claim/lines/0/from"} <= set(EVERY)
    assert keys_of("/claim/charges/~01") == ("claim", "charges", "~1")


@pytest.mark.parametrize("key", KEYS_OF_MAPS)
def test_a_key_is_split_as_it_was_joined(key: str) -> None:
    assert keys_of(pointer_to(("claim", "charges", key))) == ("claim", "charges", key)


def test_what_is_written_is_read_and_survives_its_file() -> None:
    for pointer, value in EVERY.items():
        written = write(start(pointer), pointer, value)
        assert read(written, pointer) == value, pointer
        assert read(parse_case(dump_case(written), catalog=PACK.catalog), pointer) == value, pointer


def test_what_is_taken_away_leaves_nothing_behind() -> None:
    for pointer, value in EVERY.items():
        if pointer.startswith(PAYER):
            continue
        less: Case | None = without(write(Case(), pointer, value), pointer)
        assert less is not None, pointer
        assert read(less, pointer) is None, pointer
        for row in reversed([each for each in rows_above(pointer) if each != pointer]):
            less = without(less, row)  # a row that somebody added stays until it is taken away itself
            assert less is not None, pointer
        assert less.model_fields_set == set(), pointer
        assert without(less, pointer) is None, pointer


def test_what_is_taken_away_beside_others_takes_nothing_with_it() -> None:
    full = Case()
    for pointer, value in EVERY.items():
        if not pointer.startswith(PAYER) and not isinstance(value, tuple | dict | Model):
            full = write(full, pointer, value)
    kept = [pointer for pointer in EVERY if read(full, pointer) is not None]
    for pointer in kept:
        less = without(full, pointer)
        assert less is not None
        gone = (pointer, f"{pointer}/")
        whole_row = [row for row in rows_above(pointer) if row == pointer]
        emptied = pointer.rpartition("/")[0] if whole_row else pointer
        changed = [each for each in kept if read(less, each) != read(full, each)]
        assert pointer in changed
        assert all(each == emptied or each.startswith(gone) or pointer.startswith(f"{each}/") for each in changed), (
            pointer,
            changed,
        )


class TestOneMeaning:
    """What used to be read by one and not by the other."""

    def test_a_charge_whose_key_has_a_slash(self) -> None:
        typed = case(changes={"/claim/charges/A~1B": "1.00"})
        assert read(typed, "/claim/charges/A~1B") == "1.00"
        assert whatif.typed_at(typed, "/claim/charges/A~1B") == "1.00"
        less = whatif.untyped(typed, "/claim/charges/A~1B")
        assert less is not None
        assert less.claim is not None
        assert less.claim.charges == {"62330": "4600.00", "62331": "2300.00"}
        assert place_words("/claim/charges/A~1B") == "Claim: charge of A/B"

    @pytest.mark.parametrize("pointer", ["/claim/model_dump", "/claim/from_", "/model_fields_set", "/claim/lines/00"])
    def test_a_name_of_the_program_is_no_key(self, pointer: str) -> None:
        typed = case(changes={"/claim/lines": [{"code": "62330"}]})
        assert read(typed, pointer) is None
        assert whatif.typed_at(typed, pointer) is None

    def test_a_text_where_a_list_may_stand_is_no_list(self) -> None:
        typed = write(Case(), "/claim/reason_for_visit", "AB")
        assert read(write(typed, "/claim/reason_for_visit/0", "M48062"), "/claim/reason_for_visit") == ("M48062",)


class TestAListLeftEmpty:
    """`[]` is typed as none, an absent key is derived (case file format 1, section 1)."""

    @pytest.mark.parametrize("key", ["condition_codes", "diagnoses", "lines"])
    def test_is_taken_away_so_that_it_is_derived(self, key: str) -> None:
        typed = case(changes={f"/claim/{key}": [{"code": "62330"} if key == "lines" else "M48.062"]})
        less = without(typed, f"/claim/{key}/0")
        assert less is not None
        assert less.claim is not None
        assert key not in less.claim.model_fields_set

    def test_typed_as_none_stays_typed(self) -> None:
        typed = case(changes={"/claim/condition_codes": []})
        assert read(write(typed, "/claim/amount_paid", None), "/claim/condition_codes") == ()

    def test_a_facility_claim_of_one_key_stays_entered(self) -> None:
        typed = case(changes={"/facility_claim": {"condition_codes": ["XX"]}})
        less = whatif.untyped(typed, "/facility_claim/condition_codes/0")
        assert less is not None
        assert less.facility_claim == FacilityClaim()

    @pytest.mark.parametrize(
        ("name", "key", "typed", "derived"),
        [
            ("medicare-hospital-2026", "condition_codes", ["3"], ["30"]),
            ("medicare-asc-2026", "lines", [{"code": "99999"}], ["62330", "62331"]),
        ],
    )
    def test_a_slip_in_it_says_what_is_derived_instead(
        self, name: str, key: str, typed: list[Any], derived: list[str]
    ) -> None:
        wrong = case(name, {f"/claim/{key}": typed})
        found = {each.path: (each.before, each.after) for each in whatif.slips(wrong, reviewer=reviewer)}
        assert found == {f"/claim/{key}": (typed, derived)}


def test_what_was_read_in_another_spelling_is_remembered_until_it_is_typed_anew() -> None:
    misread = Misread("/procedure/setting", " asc", "asc")
    typed = case().reading((misread,))
    assert write(typed, "/claim/amount_paid", "1.00").misread == (misread,)
    assert write(typed, "/procedure/setting", None).misread == ()
    less = without(typed, "/procedure")
    assert less is not None
    assert less.misread == ()


def test_a_list_has_no_place_by_name() -> None:
    with pytest.raises(LookupError, match="no place 'first'"):
        list(rows_above("/coverages/first/payer"))
