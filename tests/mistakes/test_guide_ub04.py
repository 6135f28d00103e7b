"""The guide's own UB-04 sample, typed as it stands: refused, and each of its mistakes named.

The sample is a layout sample with slips (T6, T7, T8; F43): every row below is one of them and what must be said of it.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support import EXAMPLES, command, has_at_least, reported, summary

SAMPLE = "guide-ub04-as-printed"
ITS_TIME = date(2024, 12, 20)

MISTAKES = {
    "no procedure code in form locator 44": ("code", "error", "/claim/revenue_lines"),
    "an operating room line without its code": ("revenue-code", "hold", "/claim/revenue_lines/4/code"),
    "D4 without the trial number beside it": ("value-code", "error", "/claim/value_codes/0/amount"),
    "the trial number under a locator without a code": ("value-code", "error", "/claim/value_codes/1/code"),
    "an occurrence date without its code": ("dates", "error", "/claim/occurrence_codes/0/code"),
    "no diagnosis": ("required", "error", "/claim/diagnoses"),
    "0272 twice with nothing to tell the lines apart": ("revenue-code", "hold", "/claim/revenue_lines/5/revenue_code"),
    "0272 behind 0360": ("revenue-code", "warning", "/claim/revenue_lines"),
    "no Q0": ("modifier", "error", "/claim/revenue_lines/4/modifiers"),
    "no C1889": ("device", "error", "/claim/revenue_lines"),
    "one charge with a point among charges without": ("charge", "hold", "/claim/revenue_lines/7/charge"),
}


def named(found: dict[str, Any], topic: str, severity: str, path: str) -> bool:
    """Tell whether a finding of the topic names the path."""
    here = [each for each in found["findings"] if each["path"] == path]
    return has_at_least({"findings": here}, topic, severity)


@pytest.mark.parametrize(("topic", "severity", "path"), MISTAKES.values(), ids=list(MISTAKES))
def test_each_mistake_is_named(topic: str, severity: str, path: str) -> None:
    found = reported(SAMPLE, today=ITS_TIME)
    assert named(found, topic, severity, path), summary(found)


def test_the_code_of_2026_in_2024_is_named_once_it_is_typed() -> None:
    """T1: the sample's text bills 62330 for December 2024."""
    found = reported(SAMPLE, {"/claim/revenue_lines/4/code": "62330"}, today=ITS_TIME)
    assert named(found, "code-date", "error", "/claim/revenue_lines/4/code"), summary(found)


def test_its_date_is_past_the_time_for_filing() -> None:
    """T1: one calendar year."""
    late = reported(SAMPLE, today=date(2025, 12, 7))
    assert named(late, "timely-filing", "hold", "/procedure/date_of_service"), summary(late)
    assert not named(reported(SAMPLE, today=date(2025, 12, 6)), "timely-filing", "hold", "/procedure/date_of_service")


def test_what_is_only_written_wrong_is_repaired_and_listed() -> None:
    """T8, F39: 131 lacks its zero; CT belongs to the paper, not to the number."""
    found = reported(SAMPLE, today=ITS_TIME)
    assert {"path": "/claim/type_of_bill", "from": "131", "to": "0131"} in found["repairs"]
    assert {"path": "/claim/value_codes/1/amount", "from": "CT03072927", "to": "03072927"} in found["repairs"]
    assert found["condition_codes"] == ["30"]  # T8: 30 belongs in form locator 18, the numbers before it do not


def test_it_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "claim.pdf"
    done = command("claim", EXAMPLES / f"{SAMPLE}.json", "--out", out, "--today", ITS_TIME.isoformat())
    assert done.status == 1
    assert not out.exists()
    for _, severity, path in MISTAKES.values():
        assert (severity != "error") or f"error: {path}: " in done.err


def test_the_remedy_names_a_code_of_that_date() -> None:
    """T1: in 2024 the code is 0275T."""
    found = reported(SAMPLE, today=ITS_TIME)
    remedies = [each["remedy"] for each in found["findings"] if each["rule"] == "procedure-not-on-a-line"]
    assert remedies
    assert "62330" not in remedies[0]


def test_nothing_untrue_is_said_of_its_date() -> None:
    """F4: on that date the code was 0275T, so a code did live."""
    found = reported(SAMPLE, today=ITS_TIME)
    assert "no-code-on-date" not in {each["rule"] for each in found["findings"]}
