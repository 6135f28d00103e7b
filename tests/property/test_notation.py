"""No letter case, and no hyphen or blank inside an identifier, decides anything or prints another character."""

import re
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mild_biller.core.review.review import Review
from tests.property.odd_texts import listed, look, odd, texts
from tests.support import changed, example, example_names

# Whose letter case is kept: what people wrote in their own words, and names of files.
OWN_WORDS: Final = re.compile(r"^/(id$|letters/|attachments/|denial/remark$|authorization/decision$)")
NUMBERS: Final = re.compile(
    r"/(member_id|npi|tax_id|zip|phone|trial_number|group_number|prior_authorization_number|reference"
    r"|document_control_number|original_reference)$"
)
SEPARATORS: Final = "- \u00a0\u2009\u2010\u2011\u2013\u2212"
MORE: Final = {
    "/coverages/0/group_number": "G10022",
    "/claim/prior_authorization_number": "PA20260044",
    "/claim/document_control_number": "22134000123401",
    "/authorization/reference": "PA20260044",
}
TELEPHONES: Final = [
    "({}) {}-{}",
    "{}.{}.{}",
    "{}-{}-{}",
    "+1 {} {} {}",
    "1-{}-{}-{}",
    "{}/{}-{}",
    "+1({}){}-{}",
    "{} {}{}",
]


def outcome(found: Review) -> tuple[Any, ...]:
    return found.assessment.determination, found.worst, found.filled


def any_case(text: str) -> st.SearchStrategy[str]:
    """Write each letter that has a small and a capital form of one character in either."""
    ways = [(char.lower(), char.upper()) for char in text]
    letters = [st.sampled_from(way) if all(len(each) == 1 for each in way) else st.just(way[1]) for way in ways]
    return st.tuples(*letters).map("".join)


@st.composite
def parted(draw: st.DrawFn, number: str) -> str:
    """Draw a number with hyphens and blanks between its characters."""
    return number[:1] + "".join(draw(st.text(SEPARATORS, max_size=2)) + char for char in number[1:])


def assert_same(plain: Any, typed: dict[str, str]) -> None:
    before, after = look(plain), look(changed(plain, typed))
    assert outcome(after) == outcome(before)
    was = listed(before)
    wanted = {at: (text, was.get(at, (None, texts(plain)[at]))[1]) for at, text in typed.items()}
    assert {at: listed(after)[at] for at in typed if typed[at] != wanted[at][1]} == {
        at: want for at, want in wanted.items() if want[0] != want[1]
    }


@settings(max_examples=150)
@given(name=st.sampled_from(example_names()), data=st.data())
def test_letter_case_decides_nothing(name: str, data: st.DataObject) -> None:
    plain = example(name)
    known = {at: text for at, text in texts(plain).items() if not OWN_WORDS.search(at)}
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, min_size=1, max_size=8))
    typed = {at: data.draw(any_case(known[at]).flatmap(odd), label=at) for at in chosen}
    assert_same(plain, typed)


@pytest.mark.parametrize("turn", [str.lower, str.upper])
@pytest.mark.parametrize("name", example_names())
def test_a_whole_case_in_small_letters_or_in_capitals_is_the_same(name: str, turn: Any) -> None:
    plain = example(name)
    assert_same(plain, {at: turn(text) for at, text in texts(plain).items() if not OWN_WORDS.search(at)})


@settings(max_examples=150)
@given(name=st.sampled_from(example_names()), data=st.data())
def test_hyphens_and_blanks_inside_a_number_decide_nothing(name: str, data: st.DataObject) -> None:
    plain = changed(example(name), MORE)
    known = {at: text for at, text in texts(plain).items() if NUMBERS.search(at)}
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, min_size=1, max_size=6))
    assert_same(plain, {at: data.draw(parted(known[at]), label=at) for at in chosen})


@settings(max_examples=60)
@given(name=st.sampled_from(example_names()), notation=st.sampled_from(TELEPHONES))
def test_the_notation_of_telephones_decides_nothing(name: str, notation: str) -> None:
    plain = example(name)
    phones = {at: text for at, text in texts(plain).items() if at.endswith("/phone")}
    assert_same(plain, {at: notation.format(text[:3], text[3:6], text[6:]) for at, text in phones.items()})
