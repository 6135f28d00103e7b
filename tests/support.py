"""Small helpers that many tests share: cases made from the shipped examples, and reports made from cases."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import pdfplumber

from mild_biller import loader
from mild_biller.cli import command_line
from mild_biller.core.case.model import Case, PriorProcedure
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.review.lookback import LookBack, look_back
from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.finding import Finding, Severity
from mild_biller.paths import resources
from mild_biller.store.case_file import parse_case

ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLES: Final = resources() / "examples"
EXPECTED: Final = ROOT / "tests" / "examples"
LIMIT: Final = 60  # seconds any one thing may take, on a busy machine too; no test takes them by itself
POLL: Final = 0.02  # seconds between two looks whether something is so
TODAY: Final = date(2026, 3, 12)  # two days after the service of most examples
BASE: Final = "medicare-asc-2026"
ABSENT: Final = object()  # as a change: take the key out
SEVERITIES: Final = [severity.value for severity in Severity]  # worst first

Changes = Mapping[str, Any]


def example(name: str = BASE) -> dict[str, Any]:
    """Return a shipped example as plain data, free to change."""
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return data


def example_names() -> list[str]:
    """Return the names of all shipped examples."""
    return sorted(file.stem for file in EXAMPLES.glob("*.json"))


def changed(data: Any, changes: Changes) -> Any:
    """Return a copy with each JSON pointer set to its value, or taken out where the value is ABSENT.

    `-` as the last part appends to a list; a missing or null object on the way is made.
    """
    made = deepcopy(data)
    for pointer, value in changes.items():
        _change(made, pointer, value)
    return made


def _change(data: Any, pointer: str, value: Any) -> None:
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    place = data
    for part, following in pairwise(parts):
        made: Any = [] if following in ("0", "-") else {}
        if isinstance(place, list):
            if int(part) == len(place):
                place.append(made)
            place = place[int(part)]
        else:
            if place.get(part) is None:
                place[part] = made
            place = place[part]
    _set(place, parts[-1], value)


def _set(place: Any, key: str, value: Any) -> None:
    if isinstance(place, dict):
        if value is ABSENT:
            place.pop(key, None)
        else:
            place[key] = value
    elif value is ABSENT:
        del place[int(key)]
    elif key == "-" or int(key) == len(place):
        place.append(value)
    else:
        place[int(key)] = value


def parsed(data: Any) -> Case:
    """Return plain data as a case, the way a file is opened."""
    return parse_case(json.dumps(data).encode(), catalog=loader.catalog())


def case(name: str = BASE, changes: Changes | None = None) -> Case:
    """Return an example as a case, with changes."""
    return parsed(changed(example(name), changes or {}))


def reviewed(
    name: str = BASE, changes: Changes | None = None, *, today: date = TODAY, form: FormKind | None = None
) -> Review:
    """Return the review of an example with changes."""
    return review(case(name, changes), catalog=loader.catalog(), layouts=loader.layout, today=today, form=form)


def reported(
    name: str = BASE, changes: Changes | None = None, *, today: date = TODAY, form: FormKind | None = None
) -> dict[str, Any]:
    """Return what `check` prints of an example with changes, as plain data."""
    return report(reviewed(name, changes, today=today, form=form))


def looked_at(*earlier: PriorProcedure) -> LookBack:
    """Return the look-back of the usual example with these earlier procedures."""
    given = case().with_(prior_procedures=earlier)
    found = review(given, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    look = look_back(found, catalog=loader.catalog())
    assert look is not None
    return look


def of_rule(found: Review, rule: str) -> list[Finding]:
    """Return the findings of one rule."""
    return [finding for finding in found.findings if finding.rule == rule]


def of_topic(found: Review, topic: str) -> list[Finding]:
    """Return the findings of one topic."""
    return [finding for finding in found.findings if finding.topic == topic]


def findings(
    name: str = BASE, changes: Changes | None = None, *, rule: str, today: date = TODAY, form: FormKind | None = None
) -> list[Finding]:
    """Return the findings of one rule in an example with changes."""
    return of_rule(reviewed(name, changes, today=today, form=form), rule)


def has_at_least(printed: Mapping[str, Any], topic: str, severity: str) -> bool:
    """Tell whether a finding of the topic is of this severity or worse."""
    reach = SEVERITIES[: SEVERITIES.index(severity) + 1]
    return any(found["topic"] == topic and found["severity"] in reach for found in printed["findings"])


def summary(printed: Mapping[str, Any]) -> str:
    """Return the findings above info, one a line, for a failing test's message."""
    lines = [
        f"{found['severity']:8}{found['topic']:18}{found['rule']:36}{found['path']}"
        for found in printed["findings"]
        if found["severity"] != "info"
    ]
    return "\n".join([f"{printed['determination']}, {printed['position']}, {printed['status']}", *lines])


def boxes(found: Review, page: int = 1) -> dict[str, str]:
    """Return the texts of one page by box id."""
    assert found.boxes is not None, "no form is filled"
    return {value.box: value.text for value in found.boxes.pages[page - 1]}


def filled(
    name: str = BASE, changes: Changes | None = None, *, page: int = 1, form: FormKind | None = None
) -> dict[str, str]:
    """Return the boxes of one page of an example with changes."""
    return boxes(reviewed(name, changes, form=form), page)


def pointers(data: Any, path: str = "") -> Iterable[str]:
    """Yield the JSON pointer of everything below a value."""
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    for key, value in pairs:
        at = f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"
        yield at
        yield from pointers(value, at)


def written(folder: Path, data: Any, name: str = "case.json") -> Path:
    """Write a case file and return its path."""
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


class Done(NamedTuple):
    """What a command left behind: its status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def printed(self) -> dict[str, Any]:
        """Return standard output as JSON."""
        data: dict[str, Any] = json.loads(self.out)
        return data


def command(*words: str | Path) -> Done:
    """Carry out a command in this process; an exception that escapes fails the test."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        status = command_line.run([str(word) for word in words])
    return Done(status, *(stream.buffer.getvalue().decode() for stream in (out, err)))


class Paper:
    """The texts of a printed sheet, read back by another library, by the print grid of the facts."""

    def __init__(self, pdf: Path, page: int = 1) -> None:
        with pdfplumber.open(pdf) as document:
            self.pages = len(document.pages)
            self.characters = [
                (each["matrix"][4], float(document.pages[page - 1].height) - each["matrix"][5], each["text"])
                for each in document.pages[page - 1].chars
            ]

    def text(self, row: int, col: int, width: int) -> str:
        """Return what stands in the cells of a row."""
        left, baseline = 21.6 + 7.2 * (col - 1), 12 * row + 20.4
        found = {
            round((x - left) / 7.2): character
            for x, y, character in self.characters
            if abs(y - baseline) < 1 and left - 1 < x < left + 7.2 * width - 1
        }
        return "".join(found.get(index, " ") for index in range(width)).strip()

    def box(self, key: str) -> str:
        """Return what stands in a box of the CMS-1500."""
        row, col, width = grid()[key]
        return self.text(row, col, width)


@cache
def grid() -> Mapping[str, tuple[int, int, int]]:
    """Return row, column and width of each box of the CMS-1500, as the facts have them."""
    with (ROOT / "tests" / "golden" / "cms1500_grid.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: (int(row["row"]), int(row["col"]), int(row["width"])) for row in csv.DictReader(file)}


EXAMPLE_FILES = sorted((resources() / "examples").glob("*.json"))


def example_file(name: str) -> Path:
    return resources() / "examples" / f"{name}.json"
