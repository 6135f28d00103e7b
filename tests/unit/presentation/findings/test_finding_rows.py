"""What the panel says of a review: groups, worst first, the verdict in words, one finding in full."""

from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.case import vocabulary
from mild_biller.core.case.model import Case
from mild_biller.core.coverage import assess
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules import payer, source
from mild_biller.core.rules.finding import Severity
from mild_biller.presentation.findings.finding_details import details
from mild_biller.presentation.findings.finding_rows import MOST_IN_A_ROW, FindingRow, Group, groups, problems, verdict
from mild_biller.presentation.labels import words
from mild_biller.presentation.tone import Tone
from mild_biller.store.case_file import open_case
from tests.support import EXAMPLE_FILES, TODAY, example_file

SHOWN = [
    assess.Determination,
    payer.AuthorizationNeed,
    source.Certainty,
    source.RemedyKind,
    *(
        kind
        for kind in vars(vocabulary).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind not in (StrEnum, vocabulary.AttachmentKind)
    ),
]


def reviewed(name: str, *, today: date = TODAY) -> Review:
    opened = open_case(example_file(name), catalog=loader.catalog())
    return review(opened, catalog=loader.catalog(), layouts=loader.layout, today=today)


def grouped(found: Review, **faults: str) -> dict[str, Group]:
    return {group.key: group for group in groups(found, faults=faults, catalog=loader.catalog())}


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_word_of_a_closed_list_has_its_words(kind: type[StrEnum]) -> None:
    said = [words(member) for member in kind]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_every_finding_is_in_one_group(path: Path) -> None:
    found = reviewed(path.stem)
    shown = [entry.finding for group in grouped(found).values() for entry in group.entries if entry.finding]
    beside = found.facility.findings if found.facility else ()
    wanted = [*found.findings, *(each for each in beside if each.severity is not Severity.INFO)]
    assert sorted(map(id, shown)) == sorted(map(id, wanted))


def test_the_groups_are_always_the_same_ones() -> None:
    assert list(grouped(reviewed("medicare-asc-2026"))) == list(grouped(reviewed("stress-long-values")))


def test_what_is_wrong_stands_apart_from_what_is_empty() -> None:
    empty = review(Case(), catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    found = grouped(empty)
    assert not found["error"].entries
    assert {entry.tone for entry in found["needed"].entries} == {Tone.NEEDED}
    assert len(grouped(reviewed("premera-with-study-bundle"))["error"].entries) == 2


def test_f8_walks_the_worst_first_and_nothing_that_is_met() -> None:
    walked = problems(grouped(reviewed("premera-with-study-bundle")).values())
    assert [entry.tone for entry in walked] == [Tone.ERROR, Tone.ERROR, Tone.HOLD, Tone.WARNING]


def test_an_unread_field_is_a_problem() -> None:
    found = groups(reviewed("medicare-asc-2026"), faults={"/patient/birth_date": "Birth"}, catalog=loader.catalog())
    assert problems(found) == (FindingRow(Tone.ERROR, "Birth could not be read.", "", "/patient/birth_date"),)


def test_what_is_still_to_ask_is_asked_in_the_words_of_the_question() -> None:
    data = open_case(example_file("medicare-asc-2026"), catalog=loader.catalog()).with_(answers=None)
    found = review(data, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    asked = [entry.text for entry in grouped(found)["asked"].entries]
    assert loader.catalog().question["neurogenic_claudication"].text in asked
    assert not [text for text in asked if text.startswith("/")]


def test_covered_says_by_which_policy_and_that_it_is_no_guarantee() -> None:
    said = verdict(reviewed("medicare-asc-2026"))
    assert (said.headline, said.tone, said.stale) == ("Covered", Tone.GOOD, "")
    text = " ".join(said.lines)
    assert "Medicare NCD 150.13" in text
    assert "effective 02/16/2017" in text
    assert "no guarantee of payment" in text


def test_a_text_past_its_review_is_said_to_be() -> None:
    assert "07/01/2026" in verdict(reviewed("premera-commercial-2026", today=date(2026, 11, 20))).stale


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_every_verdict_has_words(path: Path) -> None:
    said = verdict(reviewed(path.stem))
    assert said.headline
    assert len(said.lines) >= 2
    assert all(said.lines)


def test_a_very_long_message_is_short_in_the_list_and_whole_in_full() -> None:
    typed = open_case(example_file("medicare-asc-2026"), catalog=loader.catalog())
    assert typed.patient is not None
    long = typed.with_(patient=typed.patient.with_(last="X" * 10_000))
    found = review(long, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    entries = [entry for group in grouped(found).values() for entry in group.entries]
    assert max(len(entry.text) for entry in entries) <= MOST_IN_A_ROW + 1
    whole = next(entry for entry in entries if entry.text.endswith("…"))
    assert "X" * 9_000 in details(whole)


def test_a_finding_in_full_names_source_certainty_and_denial() -> None:
    entry = grouped(reviewed("premera-with-study-bundle"))["error"].entries[0]
    text = details(entry)
    assert entry.finding is not None
    for wanted in (entry.finding.sources[0].title.split(":")[0], "Certainty"):
        assert wanted in text
    assert entry.finding.rule not in text


def test_what_was_typed_is_no_html() -> None:
    assert "<b>bold" not in details(FindingRow(Tone.INFO, "<b>bold", "", ""))
