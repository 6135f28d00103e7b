"""What was typed, as a value; and a value as it is shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mild_biller.presentation.typed_text import (
    AMOUNT,
    BROKEN,
    CODE,
    CODES,
    DAY,
    LIES_AHEAD,
    NO_SUCH_DATE,
    PAST_DAY,
    REMITTANCE_CODES,
    SCORE,
    TEXT,
    WHOLE,
    Calendar,
    Reading,
    TextKind,
    shown_days,
)
from mild_biller.settings import DateShorthand
from tests.support import TODAY

NOW = Calendar(TODAY)  # 2026-03-12
FULL_YEARS = Calendar(TODAY, DateShorthand.FULL_YEARS)
WRITTEN_OUT = Calendar(TODAY, DateShorthand.WRITTEN_OUT)
days = st.dates(date(1900, 1, 1), date(2150, 1, 1))


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
        ("t+3", date(2026, 3, 15)),
        ("t-7", date(2026, 3, 5)),
        ("T - 12", date(2026, 2, 28)),
        ("t+0", TODAY),
    ],
)
def test_a_date_is_typed_in_many_ways(typed: str, day: date) -> None:
    assert DAY.read(typed, NOW) == Reading(day)


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
        "t+",
        "t3",
        "t+3d",
        "t--3",
        "t+1000",
        "today",
    ],
)
def test_a_date_that_does_not_exist_is_a_fault_and_no_value(typed: str) -> None:
    assert DAY.read(typed, NOW) == Reading(None, NO_SUCH_DATE)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("3/13/26", date(1926, 3, 13)), ("3/12/26", date(2026, 3, 12)), ("3/13/2026", date(2026, 3, 13))],
)
def test_a_birth_with_a_short_year_lies_behind_us(typed: str, day: date) -> None:
    assert PAST_DAY.read(typed, NOW) == Reading(day)


def test_a_day_that_no_earlier_century_had_is_a_fault() -> None:
    assert PAST_DAY.read("02/29/00", Calendar(date(1999, 1, 1))).fault


@pytest.mark.parametrize("typed", ["7/6/2051", "07062051", "2051-07-06"])
def test_a_year_of_four_digits_is_never_guessed_at(typed: str) -> None:
    assert PAST_DAY.read(typed, NOW) == Reading(date(2051, 7, 6))  # a finding says that it lies ahead


def test_a_count_of_days_does_not_lead_ahead_where_the_past_is_asked_for() -> None:
    assert PAST_DAY.read("t-1", NOW) == Reading(date(2026, 3, 11))
    assert PAST_DAY.read("t", NOW) == Reading(TODAY)
    assert PAST_DAY.read("t+1", NOW) == Reading(None, LIES_AHEAD)


@pytest.mark.parametrize("calendar", [FULL_YEARS, WRITTEN_OUT], ids=["four-digit years", "written out"])
@pytest.mark.parametrize("kind", [DAY, PAST_DAY])
def test_short_years_can_be_refused(calendar: Calendar, kind: TextKind) -> None:
    for typed in ("7/6/51", "070651"):
        assert kind.read(typed, calendar).fault.endswith("07061951." if calendar is WRITTEN_OUT else "or t.")
    for typed in ("7/6/1951", "07061951", "1951-07-06"):
        assert kind.read(typed, calendar) == Reading(date(1951, 7, 6))


def test_t_can_be_refused() -> None:
    assert DAY.read("t-7", FULL_YEARS) == Reading(date(2026, 3, 5))
    for typed in ("t", "t-7"):
        assert DAY.read(typed, WRITTEN_OUT).fault


@pytest.mark.parametrize(
    ("years_ahead", "typed", "year"),
    [(0, "3/1/26", 2026), (0, "3/1/27", 1927), (10, "3/1/36", 2036), (10, "3/1/37", 1937), (50, "3/1/76", 2076)],
)
def test_how_far_short_years_reach_ahead_is_set(years_ahead: int, typed: str, year: int) -> None:
    assert DAY.read(typed, Calendar(TODAY, years_ahead=years_ahead)) == Reading(date(year, 3, 1))


@given(days, days, st.integers(0, 50))
def test_a_short_year_means_the_latest_that_is_not_too_far_ahead(day: date, today: date, years_ahead: int) -> None:
    found = DAY.read(f"{day:%m/%d/%y}", Calendar(today, years_ahead=years_ahead)).value
    if found is not None:  # the 29th of February of a century without one
        assert (found.month, found.day, found.year % 100) == (day.month, day.day, day.year % 100)
        assert today.year + years_ahead - 100 < found.year <= today.year + years_ahead


@given(days, days)
def test_a_short_year_of_the_past_is_never_ahead(day: date, today: date) -> None:
    found = PAST_DAY.read(f"{day:%m%d%y}", Calendar(today)).value
    assert found is None or today - timedelta(days=36525) <= found <= today


@given(st.dates())
def test_a_date_shown_is_read_again(day: date) -> None:
    assert DAY.read(DAY.show(day), NOW) == Reading(day)


@pytest.mark.parametrize("kind", [TEXT, CODE, CODES, DAY, PAST_DAY, AMOUNT, WHOLE, SCORE])
def test_an_empty_field_is_no_value_and_no_fault(kind: TextKind) -> None:
    assert kind.read("", NOW) == Reading()
    assert kind.read("  \n ", NOW) == Reading()


@pytest.mark.parametrize("kind", [TEXT, CODE, CODES, DAY, PAST_DAY, AMOUNT, WHOLE, SCORE])
@given(st.text())
def test_no_text_breaks_a_reader(kind: TextKind, typed: str) -> None:
    reading = kind.read(typed, NOW)
    assert reading.value is None or not reading.fault


def test_half_a_character_cannot_be_stored() -> None:
    assert TEXT.read("A\ud800", NOW) == Reading(None, BROKEN)


def test_text_loses_blanks_at_its_ends_and_signs_nobody_sees() -> None:
    assert TEXT.read("  ANN\n MARIE\x00 ", NOW).value == "ANN  MARIE"


def test_an_amount_loses_its_dollar_sign_and_commas() -> None:
    assert AMOUNT.read("$4,600.00", NOW).value == "4600.00"
    assert AMOUNT.read("about 50", NOW).value == "about 50"
    assert AMOUNT.read("4,60", NOW).value == "4,60"  # 4.60 or 460: for a finding to ask


def test_whole_numbers_and_scores() -> None:
    assert WHOLE.read("2", NOW).value == 2
    assert WHOLE.read("2.5", NOW).fault
    assert SCORE.read("52", NOW).value == 52
    assert SCORE.read("3.2", NOW).value == "3.2"


def test_codes_are_typed_with_anything_between() -> None:
    assert CODES.read("M48.062, Z00.6;I10", NOW).value == ("M48.062", "Z00.6", "I10")
    assert CODES.show(("M48.062", "Z00.6")) == "M48.062 Z00.6"


@pytest.mark.parametrize("text", ["co 50, n386", "CO-50 N386", "co50;n 386", "CO-50/N386"])
def test_codes_of_a_remittance_keep_their_group(text: str) -> None:
    assert REMITTANCE_CODES.read(text, NOW).value == ("CO-50", "N386")
    assert REMITTANCE_CODES.show(("CO-50", "N386")) == "CO-50 N386"


@pytest.mark.parametrize(("text", "value"), [("", None), ("-", ("-",)), ("letter", ("LETTER",))])
def test_what_is_no_code_of_a_remittance(text: str, value: object) -> None:
    assert REMITTANCE_CODES.read(text, NOW).value == value


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The last day is 2026-03-10, which has passed.", "The last day is 03/10/2026, which has passed."),
        ("From 2014-01-09 to 2016-12-06.", "From 01/09/2014 to 12/06/2016."),
        ("ALMA, born July 6, 1951; December 31, 2025.", "ALMA, born 07/06/1951; 12/31/2025."),
        ("NCT03072927, 412-555-0142, 12026-03-10", "NCT03072927, 412-555-0142, 12026-03-10"),
        ("", ""),
    ],
)
def test_dates_in_sentences_stand_as_in_the_fields(said: str, shown: str) -> None:
    assert shown_days(said) == shown
