"""The mistake bench: each [[mistake]] of the TOML files beside this one is put into a clean claim and must be found.

name      what went wrong, in a few words; also the test's id
why       the fact, trap or vector that forbids it
base      the claim of bases.toml it is put into
changes   JSON pointer = value; `absent` and `null` list pointers to take out or to empty
today     the day it is looked at, where it is not two days after the service
found     topic, least severity and path of the one finding that must name it
not_yet   why the program does not find it yet; the test fails as soon as it does
"""

from datetime import date
from typing import Any

import pytest

from mild_biller.core.rules.finding import Topic
from tests.mistakes.claims import bases, changes_of, mistakes
from tests.support import SEVERITIES, TODAY, has_at_least, reported, summary

KEYS = {"name", "why", "base", "changes", "absent", "null", "today", "found", "not_yet"}
NEVER_A_MISTAKE = {"secondary-payer", "payment"}  # always information


def printed(base: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what `check` prints of a base with what is given changed."""
    today = date.fromisoformat(given.get("today", TODAY.isoformat()))
    return reported(bases()[base]["example"], changes_of(base, given), today=today)


def loud(report: dict[str, Any]) -> list[str]:
    """Return what is above info, as `topic severity`."""
    return [f"{each['topic']} {each['severity']}" for each in report["findings"] if each["severity"] != "info"]


def test_the_tables_hold_what_they_promise() -> None:
    names = [each["name"] for each in mistakes()]
    assert len(set(names)) == len(names) >= 60
    for each in mistakes():
        assert set(each) <= KEYS, each["name"]
        assert each["base"] in bases(), each["name"]
        assert each["found"][1] in ("error", "hold", "warning"), each["name"]


def test_every_topic_is_found_by_some_mistake() -> None:
    assert {each["found"][0] for each in mistakes()} | NEVER_A_MISTAKE == {topic.value for topic in Topic}


@pytest.mark.parametrize("name", bases())
def test_nothing_is_found_before_the_mistake(name: str) -> None:
    report = printed(name, {})
    assert loud(report) == bases()[name]["found"], summary(report)


def parameter(mistake: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=mistake["not_yet"])] if "not_yet" in mistake else []
    return pytest.param(mistake, id=mistake["name"], marks=marks)


@pytest.mark.parametrize("mistake", [parameter(each) for each in mistakes()])
def test_mistake(mistake: dict[str, Any]) -> None:
    topic, severity, path = mistake["found"]
    report = printed(mistake["base"], mistake)
    named = [each for each in report["findings"] if (each["topic"], each["path"]) == (topic, path)]
    assert has_at_least({"findings": named}, topic, severity), f"not found: {mistake['found']}\n{summary(report)}"
    assert report["status"] in SEVERITIES[: SEVERITIES.index(severity) + 1]
