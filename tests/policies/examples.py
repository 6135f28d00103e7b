"""What the examples of the TOML files beside this file may expect, and how each of it is compared."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.support import has_at_least, summary

Printed = dict[str, Any]


def outcomes(printed: Printed) -> dict[str, str]:
    return {found["rule"]: found["outcome"] for found in printed["findings"]}


def line(printed: Printed) -> str:
    """Write a line as `62330-52-Q0 x1 AB`."""
    code = "-".join([printed["code"] or "?", *printed["modifiers"]])
    return f"{code} x{printed['units']} {''.join(printed['pointers'])}".strip()


def policy(printed: Printed) -> str:
    found = printed["policy"]
    return f"{found['id']} from {found['effective_from']}" if found else "none"


def estimate(printed: Printed) -> str:
    """Return the total, `open` where one line's amount cannot be known, `none` without an estimate."""
    found = printed["payment_estimate"]
    return found["total"] or "open" if found else "none"


def worst(printed: Printed, topic: str) -> str:
    """Return the worst severity of a topic: info, or none without a finding."""
    order = ("error", "hold", "warning", "info")
    found = [each["severity"] for each in printed["findings"] if each["topic"] == topic]
    return min(found, key=order.index, default="none")


def equal(came_out: Callable[[Printed], Any]) -> Callable[[Printed, Any], None]:
    def check(printed: Printed, wanted: Any) -> None:
        assert came_out(printed) == wanted, summary(printed)

    return check


def has(printed: Printed, wanted: list[list[str]]) -> None:
    for topic, severity in wanted:
        assert has_at_least(printed, topic, severity), f"no {topic} of {severity}\n{summary(printed)}"


def exactly(printed: Printed, wanted: dict[str, str]) -> None:
    """The worst finding of the topic is of just this severity."""
    assert {topic: worst(printed, topic) for topic in wanted} == wanted, summary(printed)


def lacks(printed: Printed, wanted: list[str]) -> None:
    """Nothing above info is said of these topics."""
    loud = {topic for topic in wanted if worst(printed, topic) not in ("info", "none")}
    assert not loud, f"{loud}\n{summary(printed)}"


def criteria(printed: Printed, wanted: dict[str, str]) -> None:
    """Each criterion stands once, with this outcome."""
    rules = [found["rule"] for found in printed["findings"]]
    assert all(rules.count(rule) == 1 for rule in wanted), f"{wanted} in {rules}"
    assert {rule: outcomes(printed).get(rule) for rule in wanted} == wanted, summary(printed)


def at(printed: Printed, wanted: list[list[str]]) -> None:
    """Some finding of the topic, above info, points to the path."""
    for topic, path in wanted:
        paths = [f["path"] for f in printed["findings"] if f["topic"] == topic and f["severity"] != "info"]
        assert path in paths, f"{topic}: {paths}\n{summary(printed)}"


def says(printed: Printed, wanted: list[list[str]]) -> None:
    """Some finding of the topic holds the words, in its message or its remedy."""
    for topic, words in wanted:
        texts = [f"{f['message']} {f['remedy']}" for f in printed["findings"] if f["topic"] == topic]
        assert any(words in text for text in texts), f"{topic}: {texts}"


def repairs(printed: Printed, wanted: list[list[str]]) -> None:
    """Each repair is listed: path, what was typed (nothing: assumed), what stands now."""
    listed = [[each["path"], each["from"] or "", each["to"]] for each in printed["repairs"]]
    assert [each for each in wanted if each not in listed] == [], listed


def contradiction(printed: Printed, wanted: list[str]) -> None:
    """A disagreement of sources is said once, as information, with both sources."""
    for rule in wanted:
        (found,) = [each for each in printed["findings"] if each["rule"] == rule]
        assert (found["severity"], found["outcome"]) == ("info", "unknown")
        assert len(found["sources"]) >= 2


def denial(printed: Printed, wanted: list[list[str]]) -> None:
    """Some finding of the topic names the denial code."""
    for topic, code in wanted:
        named = [each["denial"] for each in printed["findings"] if each["topic"] == topic]
        assert any(code in codes for codes in named), named


EXPECT: dict[str, Callable[[Printed, Any], None]] = {
    "determination": equal(lambda printed: printed["determination"]),
    "position": equal(lambda printed: printed["position"]),
    "policy": equal(policy),
    "stale": equal(lambda printed: printed["policy"]["stale"]),
    "authorization": equal(lambda printed: printed["prior_authorization"]),
    "status": equal(lambda printed: printed["status"]),
    "form": equal(lambda printed: printed["form"] or "none"),
    "pages": equal(lambda printed: printed["pages"]),
    "place": equal(lambda printed: printed["place_of_service"] or "none"),
    "total": equal(lambda printed: printed["total_charge"] or "none"),
    "diagnoses": equal(lambda printed: printed["diagnoses"]),
    "lines": equal(lambda printed: [line(each) for each in printed["lines"]]),
    "missing": equal(lambda printed: printed["missing"]),
    "estimate": equal(estimate),
    "has": has,
    "exactly": exactly,
    "lacks": lacks,
    "criteria": criteria,
    "at": at,
    "says": says,
    "repairs": repairs,
    "contradiction": contradiction,
    "denial": denial,
}


def load() -> list[dict[str, Any]]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return [each for file in files for each in tomllib.loads(file.read_text(encoding="utf-8"))["example"]]


def plain(value: Any) -> Any:
    """Write the dates of a TOML value as a case file does."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value


EXAMPLES = load()
