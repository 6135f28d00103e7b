"""What was typed, as a value; and a value as it is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mild_biller.gui.reading import (
    AMOUNT,
    BROKEN,
    CODE,
    CODES,
    DAY,
    NO_SUCH_DATE,
    PAST_DAY,
    SCORE,
    TEXT,
    WHOLE,
    Kind,
    Reading,
)
from tests.gui.helpers import TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("07061951", date(1951, 7, 6)),
        ("070651", date(1951, 7, 6)),
        ("7/6/51", date(1951, 7, 6)),
        ("7-6-1951", date(1951, 7, 6)),
        ("07.06.1951", date(1951, 7, 6)),
        ("1951-07-06", date(1951, 7, 6)),
        (" 7/6/51 ", date(1951, 7, 6)),
        ("3/10/26", date(2026, 3, 10)),
        ("3/10/36", date(2036, 3, 10)),
        ("3/10/37", date(1937, 3, 10)),
        ("02292024", date(2024, 2, 29)),
        ("t", TODAY),
        ("T", TODAY),
    ],
)
def test_a_date_is_typed_in_many_ways(typed: str, day: date) -> None:
    assert DAY.read(typed, TODAY) == Reading(day)


@pytest.mark.parametrize(
    "typed",
    [
        "02302026",
        "13/01/2026",
        "7/6",
        "7/6/5",
        "7/6/195",
        "0706195",
        "07061951x",
        "00000000",
        "٠٧٠٦١٩٥١",
        "x",
        "²²²²²²²²",
    ],
)
def test_a_date_that_does_not_exist_is_a_fault_and_no_value(typed: str) -> None:
    assert DAY.read(typed, TODAY) == Reading(None, NO_SUCH_DATE)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("3/13/26", date(1926, 3, 13)), ("3/12/26", date(2026, 3, 12)), ("3/13/2026", date(2026, 3, 13))],
)
def test_a_birth_with_a_short_year_lies_behind_us(typed: str, day: date) -> None:
    assert PAST_DAY.read(typed, TODAY) == Reading(day)


def test_a_day_that_no_earlier_century_had_is_a_fault() -> None:
    assert PAST_DAY.read("02/29/00", date(1999, 1, 1)).fault


@given(st.dates())
def test_a_date_shown_is_read_again(day: date) -> None:
    assert DAY.read(DAY.show(day), TODAY) == Reading(day)


@pytest.mark.parametrize("kind", [TEXT, CODE, CODES, DAY, PAST_DAY, AMOUNT, WHOLE, SCORE])
def test_an_empty_field_is_no_value_and_no_fault(kind: Kind) -> None:
    assert kind.read("", TODAY) == Reading()
    assert kind.read("  \n ", TODAY) == Reading()


@pytest.mark.parametrize("kind", [TEXT, CODE, CODES, DAY, PAST_DAY, AMOUNT, WHOLE, SCORE])
@given(st.text())
def test_no_text_breaks_a_reader(kind: Kind, typed: str) -> None:
    reading = kind.read(typed, TODAY)
    assert reading.value is None or not reading.fault


def test_half_a_character_cannot_be_stored() -> None:
    assert TEXT.read("A\ud800", TODAY) == Reading(None, BROKEN)


def test_text_loses_blanks_at_its_ends_and_signs_nobody_sees() -> None:
    assert TEXT.read("  ANN\n MARIE\x00 ", TODAY).value == "ANN  MARIE"


def test_an_amount_loses_its_dollar_sign_and_commas() -> None:
    assert AMOUNT.read("$4,600.00", TODAY).value == "4600.00"
    assert AMOUNT.read("about 50", TODAY).value == "about 50"


def test_whole_numbers_and_scores() -> None:
    assert WHOLE.read("2", TODAY).value == 2
    assert WHOLE.read("2.5", TODAY).fault
    assert SCORE.read("52", TODAY).value == 52
    assert SCORE.read("3.2", TODAY).value == "3.2"


def test_codes_are_typed_with_anything_between() -> None:
    assert CODES.read("M48.062, Z00.6;I10", TODAY).value == ("M48.062", "Z00.6", "I10")
    assert CODES.show(("M48.062", "Z00.6")) == "M48.062 Z00.6"
