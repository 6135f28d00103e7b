"""Examples a biller can read: each [[example]] of the TOML files beside this one is a test.

name      what happens, in a few words; also the test's id
why       the fact, trap or vector of the rules it shows
case      the shipped example it starts from
today     the day it is looked at
changes   JSON pointer = value; `absent` and `null` list pointers to take out or to empty
expect    what must come out; the keys are those of EXPECT in examples.py
"""

import re
from typing import Any

import pytest

from tests.policies.examples import EXAMPLES, EXPECT, plain
from tests.support import ABSENT, reported

KEYS = {"name", "why", "case", "today", "changes", "absent", "null", "expect"}


def test_the_files_hold_what_they_promise() -> None:
    names = [each["name"] for each in EXAMPLES]
    assert len(set(names)) == len(names)
    for each in EXAMPLES:
        assert set(each) <= KEYS, each["name"]
        assert set(each["expect"]) <= set(EXPECT), each["name"]
        assert each["why"], each["name"]


def named(letter: str) -> set[int]:
    """Return the numbers of the facts, traps or vectors the examples name."""
    return {int(number) for each in EXAMPLES for number in re.findall(rf"\b{letter}(\d+)\b", each["why"])}


def test_every_vector_has_its_example() -> None:
    of_a_hospital = {6, 22}
    assert named("V") == set(range(1, 24)) - of_a_hospital


def test_every_trap_of_coverage_and_of_the_professional_claim_has_its_example() -> None:
    of_a_hospital = {6, 7, 8, 10, 29, 32, 33}
    slips_of_reading = {5, 9, 25, 36, 37}  # in the documents' own text: no case turns on them
    figures_of_letters = {41, 42}
    assert set(range(1, 61)) - named("T") <= of_a_hospital | slips_of_reading | figures_of_letters


@pytest.mark.parametrize("example", EXAMPLES, ids=[each["name"] for each in EXAMPLES])
def test_policy(example: dict[str, Any]) -> None:
    given = {key: plain(value) for key, value in example.get("changes", {}).items()}
    taken = dict.fromkeys(example.get("absent", []), ABSENT)
    changes = {**taken, **dict.fromkeys(example.get("null", [])), **given}
    printed = reported(example.get("case", "medicare-asc-2026"), changes, today=example["today"])
    assert [found["topic"] for found in printed["findings"]].count("position") == 1
    for key, wanted in example["expect"].items():
        EXPECT[key](printed, wanted)
