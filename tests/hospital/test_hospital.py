"""The hospital's side in examples a biller can read: each [[example]] of the TOML files beside this one is a test.

They are written as those of tests/policies, with a base of tests/mistakes/bases.toml in place of `case`, and with the
further keys of EXPECT below in `expect`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review
from tests.hospital.examples import EXAMPLES
from tests.mistakes.claims import bases, changes_of
from tests.policies.examples import EXPECT as OF_ANY_CLAIM
from tests.support import TODAY, boxes, has_at_least, reviewed, summary

Printed = dict[str, Any]
KEYS = {"name", "why", "base", "today", "changes", "absent", "null", "expect"}


def revenue_line(printed: Printed) -> str:
    """Write a line as `0360 62330-Q0 x1 15344.00`."""
    code = "-".join([part for part in (printed["code"], *printed["modifiers"]) if part])
    return " ".join(part for part in (printed["revenue_code"], code, f"x{printed['units']}", printed["charge"]) if part)


def value_codes(printed: Printed) -> list[str]:
    return [f"{each['code']} {each['amount']}" for each in printed["value_codes"]]


def money(printed: Printed, key: str) -> str:
    found = printed["payment_estimate"]
    return (found[key] or "open") if found else "none"


def notes(printed: Printed) -> dict[str, str]:
    """Return amount and note of each line of the estimate, as `479.00 090` or `- reduced by the contractor`."""
    lines = (printed["payment_estimate"] or {"lines": []})["lines"]
    return {each["code"]: f"{each['amount'] or '-'} {each['note'].split(':')[0]}" for each in lines}


def names(printed: Printed, wanted: list[list[str]]) -> None:
    """A finding of the topic, at least so severe, names the path."""
    for topic, severity, path in wanted:
        here = [each for each in printed["findings"] if each["path"] == path]
        assert has_at_least({"findings": here}, topic, severity), f"{topic} {severity} {path}\n{summary(printed)}"


def by_rule(printed: Printed) -> dict[str, str]:
    return {each["rule"]: each["severity"] for each in printed["findings"]}


def rules(printed: Printed, wanted: dict[str, str]) -> None:
    """Each rule speaks with this severity; `silent`, not at all."""
    assert {rule: by_rule(printed).get(rule, "silent") for rule in wanted} == wanted, summary(printed)


def facility(printed: Printed, wanted: Printed) -> None:
    """The same keys, for the facility's claim beside the surgeon's."""
    found = printed["facility_claim"]
    for key, value in wanted.items():
        EXPECT[key]({**found, "determination": "", "position": ""}, value)


def untouched(printed: Printed, wanted: list[str]) -> None:
    """Nothing is repaired or assumed at these paths."""
    assert not set(wanted) & {each["path"] for each in printed["repairs"]}


def equal(came_out: Callable[[Printed], Any]) -> Callable[[Printed, Any], None]:
    def check(printed: Printed, wanted: Any) -> None:
        assert came_out(printed) == wanted, summary(printed)

    return check


EXPECT: dict[str, Callable[[Printed, Any], None]] = {
    **OF_ANY_CLAIM,
    "bill": equal(lambda printed: printed["type_of_bill"] or "none"),
    "conditions": equal(lambda printed: printed["condition_codes"]),
    "values": equal(value_codes),
    "revenue": equal(lambda printed: [revenue_line(each) for each in printed["revenue_lines"]]),
    "coinsurance": equal(lambda printed: money(printed, "coinsurance")),
    "paid_to": equal(lambda printed: money(printed, "kind")),
    "notes": equal(notes),
    "names": names,
    "rules": rules,
    "facility": facility,
    "untouched": untouched,
}
OF_THE_PAPER = {"boxes", "blank"}


def opened(example: dict[str, Any]) -> Review:
    today = date.fromisoformat(example.get("today", TODAY.isoformat()))
    return reviewed(bases()[example["base"]]["example"], changes_of(example["base"], example), today=today)


def test_the_files_hold_what_they_promise() -> None:
    names = [each["name"] for each in EXAMPLES]
    assert len(set(names)) == len(names)
    for each in EXAMPLES:
        assert set(each) <= KEYS, each["name"]
        assert set(each["expect"]) <= set(EXPECT) | OF_THE_PAPER, each["name"]
        assert each["why"], each["name"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[each["name"] for each in EXAMPLES])
def test_hospital(example: dict[str, Any]) -> None:
    review = opened(example)
    printed, wanted = report(review), example["expect"]
    for key in wanted.keys() - OF_THE_PAPER:
        EXPECT[key](printed, wanted[key])
    paper = boxes(review) if wanted.keys() & OF_THE_PAPER else {}
    assert {box: paper.get(box, "") for box in wanted.get("boxes", {})} == wanted.get("boxes", {})
    assert [box for box in wanted.get("blank", []) if box in paper] == []
