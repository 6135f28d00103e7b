"""Every shipped example through the command line: what must come out stands in tests/examples."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import EXAMPLES, EXPECTED, Paper, command, example_names, has_at_least, summary

# Keys of UB-04 examples that `check` does not print yet, by example.
UB04_PENDING: dict[str, set[str]] = {}
KEYS = {
    *("why", "today", "exit", "has", "lines", "codes", "value_codes", "item_19", "policy"),
    *("determination", "position", "prior_authorization", "form", "place_of_service", "type_of_bill"),
    *("condition_codes", "diagnoses", "total_charge", "pages", "payment_estimate"),
}


def expectation(name: str) -> dict[str, Any]:
    wanted: dict[str, Any] = json.loads((EXPECTED / f"{name}.expect.json").read_text(encoding="utf-8"))
    assert set(wanted) <= KEYS, f"{name}: nobody checks {sorted(set(wanted) - KEYS)}"
    return wanted


def came_out(printed: dict[str, Any], key: str) -> Any:
    """Return what was printed under a key of the expectation, in the expectation's shape."""
    if key == "policy":
        return printed["policy"]["id"] if printed["policy"] else None
    if key == "lines":
        return [[line[part] for part in ("code", "modifiers", "units", "pointers")] for line in printed["lines"]]
    if key == "codes":
        codes = {line["code"] for line in (*printed["lines"], *printed["revenue_lines"])}
        return sorted(code for code in codes if code)
    if key == "value_codes":
        return [[pair["code"], pair["amount"]] for pair in printed["value_codes"]]
    return printed[key]


def test_every_example_has_its_expectation() -> None:
    expected = sorted(file.name.removesuffix(".expect.json") for file in EXPECTED.glob("*.expect.json"))
    assert example_names() == expected


@pytest.mark.parametrize("name", example_names())
def test_example(name: str) -> None:
    wanted = expectation(name)
    done = command("check", EXAMPLES / f"{name}.json", "--today", wanted["today"])
    printed = done.printed
    assert done.err == ""
    assert done.status == wanted.get("exit", done.status), summary(printed)
    assert done.status == (1 if printed["status"] in ("error", "hold") else 0)
    for topic, severity in wanted.get("has", []):
        assert has_at_least(printed, topic, severity), f"no {topic} of {severity}:\n{summary(printed)}"
    for key in wanted.keys() - {"why", "today", "exit", "has", "item_19"} - UB04_PENDING.get(name, set()):
        expected = sorted(wanted[key]) if key == "codes" else wanted[key]
        assert came_out(printed, key) == expected, f"{key}\n{summary(printed)}"


@pytest.mark.parametrize("name", [name for name in example_names() if "item_19" in expectation(name)])
def test_item_19_on_paper(name: str, tmp_path: Path) -> None:
    wanted, pdf = expectation(name), tmp_path / "claim.pdf"
    words = ("claim", EXAMPLES / f"{name}.json", "--out", pdf, "--data-only", "--today", wanted["today"])
    assert command(*words).status == wanted["exit"]
    paper = Paper(pdf)
    assert f"{paper.box('19_1')} {paper.box('19_2')}".strip() == wanted["item_19"]
