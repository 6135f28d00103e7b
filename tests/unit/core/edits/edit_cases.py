"""How a test of an edit is written: what is changed in a shipped example, and what is then found, or not."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.rules.finding import Finding
from tests.support import BASE, TODAY, findings, reviewed


@dataclass(frozen=True)
class Hit:
    """The edit `rule` finds something at `path`, of this severity."""

    rule: str
    path: str
    severity: str
    changes: dict[str, Any] = field(default_factory=dict)
    name: str = BASE
    today: date = TODAY
    box: str | None = None
    says: str = ""
    form: FormKind | None = None

    def check(self) -> None:
        found = findings(self.name, self.changes, rule=self.rule, today=self.today, form=self.form)
        seen = [(each.path, each.severity.value) for each in found]
        assert (self.path, self.severity) in seen, f"{self.rule}: {seen}"
        here = [each for each in found if each.path == self.path]
        assert not self.box or self.box in [each.box for each in here], [each.box for each in here]
        assert any(self.says in f"{each.message} {each.remedy}" for each in here), here


@dataclass(frozen=True)
class Miss:
    """The edit `rule` finds nothing."""

    rule: str
    changes: dict[str, Any] = field(default_factory=dict)
    name: str = BASE
    today: date = TODAY
    form: FormKind | None = None

    def check(self) -> None:
        found: list[Finding] = findings(self.name, self.changes, rule=self.rule, today=self.today, form=self.form)
        assert found == []


def names(cases: list[Hit] | list[Miss]) -> list[str]:
    """Return the ids of tests: each rule, numbered where it comes again."""
    rules = [case.rule for case in cases]
    return [f"{rule}-{rules[:index].count(rule)}" for index, rule in enumerate(rules)]


def assert_clean(name: str = BASE, changes: dict[str, Any] | None = None) -> None:
    """Nothing above information is found."""
    loud = [found for found in reviewed(name, changes).findings if found.severity.value != "info"]
    assert loud == []
