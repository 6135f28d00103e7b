"""What is well formed, kind by kind; the rules are those of the facts on the CMS-1500, section 7."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mild_biller.core.case import codes
from mild_biller.core.case.codes import CodeKind, parse_money, shown

WELL_FORMED = {
    "NPI": ["1234567893", "1558598797", "2000000010", "2000000028", "2000000036", "2000000044"],
    "MBI": ["1EG4TE5MK73", "9AA9AA9AA99", "1A00A00AA00"],
    "EIN": ["251234567", "000000000"],
    "SSN": ["123456789", "899010001", "665120001"],
    "ZIP": ["15213", "152131234", "00501"],
    "PHONE": ["4125550142"],
    "STATE": ["PA", "PR", "DC", "AE"],
    "TAXONOMY": ["208VP0014X", "207Q00000X", "282N00000X"],
    "ICD10": ["M48062", "Z006", "I10", "M4806", "Z79891", "S72001A", "C7A010"],
    "ICD9": ["72403", "V707", "724"],
    "PROCEDURE": ["62330", "0275T", "C1889", "G0276", "J1030"],
    "MODIFIER": ["Q0", "QO", "52", "LT"],
    "PLACE": ["24", "02"],
    "TYPE_OF_BILL": ["0131", "0851", "013X"],
    "TRIAL_NUMBER": ["03072927", "99999999"],
    "REVENUE_CODE": ["0360", "0001"],
    "CONDITION_CODE": ["30", "D0"],
    "MONEY": ["0", "0.00", "4600", "4600.5", "4600.00", "999999999.99"],
}
MALFORMED = {
    "NPI": [
        "",
        "1234567890",
        "123456789",
        "12345678933",
        "3234567893",
        "0234567893",
        "123456789A",
        "2000000011",
        "１２３４５６７８９３",
    ],
    "MBI": ["", "1EG4TE5MK7", "1EG4TE5MK733", "1eg4te5mk73", "0EG4TE5MK73", "AEG4TE5MK73", "1EG4-TE5-MK73"],
    "EIN": ["", "25-1234567", "25123456", "2512345678", "25123456A"],
    "SSN": ["", "000123456", "666123456", "900123456", "999123456", "123006789", "123450000", "12345678"],
    "ZIP": ["", "1521", "152131", "15213123", "15213-1234", "A5213"],
    "PHONE": ["", "5550142", "(412)5550142", "14125550142"],
    "STATE": ["", "P", "pa", "XX", "PENN"],
    "TAXONOMY": ["", "208VP0014", "208VP0014XX", "208vp0014x", "208VP-014X"],
    "ICD10": ["", "M4", "M48.062", "48062", "m48062", "M48062AAA", "MM8062", "724.03"],
    "ICD9": ["", "72", "M48062", "724.03", "724031"],
    "PROCEDURE": ["", "6233", "623300", "62330Q", "A62330", "6-330"],
    "MODIFIER": ["", "Q", "Q00", "q0", "Ø0", "5-"],
    "PLACE": ["", "2", "024", "2A"],
    "TYPE_OF_BILL": ["", "131", "1310", "013", "01311"],
    "TRIAL_NUMBER": ["", "3072927", "003072927", "NCT03072927", "0307292O", " 3072927"],
    "REVENUE_CODE": ["", "360", "00360", "036X"],
    "CONDITION_CODE": ["", "3", "300", "3-"],
    "MONEY": [
        "",
        " ",
        "-1",
        "-0.01",
        "1,000.00",
        "$5",
        "1e3",
        ".50",
        "5.",
        "5.000",
        "5.0.0",
        " 5",
        "NaN",
        "１２",
        "9" * 19,
    ],
}


def kind(name: str) -> CodeKind:
    found: CodeKind = getattr(codes, name)
    return found


@pytest.mark.parametrize("name", WELL_FORMED)
def test_well_formed(name: str) -> None:
    assert {text: kind(name).fault(text) for text in WELL_FORMED[name]} == dict.fromkeys(WELL_FORMED[name])
    assert all(kind(name).is_well_formed(text) for text in WELL_FORMED[name])


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(name: str) -> None:
    for text in MALFORMED[name]:
        fault = kind(name).fault(text)
        assert fault, f"{text!r} is taken"
        assert not fault.endswith(".")
        assert not kind(name).is_well_formed(text)


def test_every_kind_is_tried() -> None:
    kinds = {name for name in dir(codes) if isinstance(getattr(codes, name), CodeKind)}
    assert kinds == set(WELL_FORMED) == set(MALFORMED)


@pytest.mark.parametrize("position", [2, 3, 5, 6, 8, 9])
def test_six_letters_never_stand_in_a_medicare_number(position: int) -> None:
    text = "1EG4TE5MK73"
    for letter in "SLOIBZ":
        assert codes.MBI.fault(text[: position - 1] + letter + text[position:])


def test_the_other_twenty_letters_do() -> None:
    for letter in "ACDEFGHJKMNPQRTUVWXY":
        assert codes.MBI.fault(f"1{letter}{letter}4{letter}{letter}5{letter}{letter}73") is None


@pytest.mark.parametrize(
    ("position", "takes"),
    [(p, t) for p, t in enumerate(["1-9", "L", "LD", "D", "L", "LD", "D", "L", "L", "D", "D"], 1)],
)
def test_each_place_of_a_medicare_number(position: int, takes: str) -> None:
    def put(character: str) -> bool:
        text = "1EG4TE5MK73"
        return codes.MBI.is_well_formed(text[: position - 1] + character + text[position:])

    assert put("A") is ("L" in takes)
    assert put("7") is ("D" in takes or takes == "1-9")
    assert put("0") is ("D" in takes)
    assert not put("-")


@given(st.integers(10**8, 3 * 10**8 - 1).filter(lambda number: str(number)[0] in "12"))
def test_one_check_digit_fits_every_npi(number: int) -> None:
    fitting = [digit for digit in range(10) if codes.NPI.is_well_formed(f"{number}{digit}")]
    assert len(fitting) == 1


@given(position=st.integers(1, 9), step=st.integers(1, 9))
def test_one_wrong_digit_is_seen(position: int, step: int) -> None:
    text = "1234567893"
    wrong = str((int(text[position]) + step) % 10)
    assert codes.NPI.fault(text[:position] + wrong + text[position + 1 :])


def test_two_swapped_digits_are_seen() -> None:
    assert codes.NPI.fault("1234567839")
    assert "check digit" in str(codes.NPI.fault("1243567893"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("4600.00", "4600"), ("0.1", "0.1"), ("-5.25", "-5.25"), ("007", "7"), ("x", None), ("", None), ("1E5", None)],
)
def test_money(text: str, amount: str | None) -> None:
    assert parse_money(text) == (None if amount is None else Decimal(amount))


def test_a_negative_amount_has_its_own_words() -> None:
    assert codes.MONEY.fault("-1.00") == "an amount cannot be negative"


@pytest.mark.parametrize(
    ("code", "reads"), [("M48062", "M48.062"), ("Z006", "Z00.6"), ("I10", "I10"), ("M48.062", "M48.062"), ("", "")]
)
def test_a_diagnosis_is_shown_with_its_point(code: str, reads: str) -> None:
    assert shown(code) == reads
