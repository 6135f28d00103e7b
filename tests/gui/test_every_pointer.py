"""Every key of the case, and every finding of every case there is, leads to a field of its own in the window."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

import pytest
from PySide6.QtWidgets import QWidget

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.pointer import kinds_of
from mild_biller.core.case.vocabulary import PlanType
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.pages.claim_page import ClaimPage
from mild_biller.gui.pages.prior_auth_page import PriorAuthPage
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.gui.window.steps import step_of
from mild_biller.presentation.field import nearest
from tests.denials.codes import CODES
from tests.hospital.examples import EXAMPLES as HOSPITALS
from tests.hospital.examples import both
from tests.mistakes.claims import asked, bases, changes_of, mistakes
from tests.policies.examples import EXAMPLES as POLICIES
from tests.policies.examples import plain
from tests.support import BASE, TODAY, case, example_names, parsed

NO_FIELD = {
    "/format": "the number of the file's format, which the program writes",
    "/providers/rendering/role": "only item 17 says in which role somebody is named",
    "/providers/attending/role": "only item 17 says in which role somebody is named",
    "/providers/operating/role": "only item 17 says in which role somebody is named",
    "/attachments/0/path": "the name of a file: it is taken off the list and another one added",
}


def made(kind: Any) -> Any:
    """Return a value of a declared kind, with every key of a model filled."""
    if isinstance(kind, type) and issubclass(kind, Model):
        names = {name: name.rstrip("_") for name in kind.model_fields}
        given = {name: made(kinds_of(kind, key)[0]) for name, key in names.items()}
        return kind.model_validate(given, by_name=True, by_alias=False)
    if get_origin(kind) is tuple:
        return (made(get_args(kind)[0]),)
    if get_origin(kind) is dict:
        return {"62330": made(get_args(kind)[1])}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    return {bool: True, int: 1, date: date(2026, 3, 10), str: "X1"}[kind]


def whole_case() -> Case:
    """Return a case with every key filled, one coverage of a payer we know and one of the office's own."""
    own = OwnPayer(
        name="A", plan_type=PlanType.COMMERCIAL, street="S", city="C", state="PA", zip="15213", payer_number="1"
    )
    filled: Case = made(Case)
    coverage = (filled.coverages or ())[0]
    coverages = (coverage.model_copy(update={"payer": "medicare"}), coverage.model_copy(update={"payer": own}))
    return filled.model_copy(update={"format": 1, "coverages": coverages, "letters": {"appeal": {"x": "y"}}})


def pointers(value: Any, at: str = "") -> Iterator[str]:
    """Yield the pointer of everything below a value."""
    below: dict[str, Any] = {}
    if isinstance(value, Model):
        below = {name.rstrip("_"): getattr(value, name) for name in type(value).model_fields}
    elif isinstance(value, tuple):
        below = {str(index): each for index, each in enumerate(value)}
    elif isinstance(value, dict):
        below = value
    for key, each in below.items():
        yield f"{at}/{key}"
        yield from pointers(each, f"{at}/{key}")


def known(window: MainWindow, step: int) -> dict[str, QWidget]:
    """Return what the cursor can be put on in a step, by pointer."""
    page = window.pages[step]
    form = page.form if isinstance(page, ClaimPage | PriorAuthPage) else page
    return {at: target for part in form._parts for at, target in part.targets()}


def is_led_to(pointer: str, targets: dict[str, QWidget]) -> bool:
    """Tell whether a pointer leads to its own field, to one below it, or to the one that holds the list it is in."""
    found = nearest(pointer, targets)
    return found is not None and (
        found == pointer or found.startswith(f"{pointer}/") or pointer.startswith(f"{found}/")
    )


def astray(window: MainWindow) -> set[str]:
    """Return the pointers of findings on the present case that lead to no field of theirs."""
    led: dict[int, dict[str, QWidget]] = {}
    lost = set()
    for path in {each.path for each in window.case.review.of_both_claims}:
        step = step_of(path, window._prefixes)
        if step not in led:
            window.pages[step].refresh()
            led[step] = known(window, step)
        if not is_led_to(path, led[step]):
            lost.add(path)
    return lost


def test_every_key_of_the_case_has_a_field(window: MainWindow) -> None:
    filled = whole_case()
    window.hide()  # nothing is drawn or laid out
    window.case.replace(filled)
    lost = set()
    for pointer in set(pointers(filled)) - {"/format"}:
        window.go_to_field(pointer)
        step = window.steps.currentIndex()
        if not pointer.startswith("/letters") and not is_led_to(pointer, known(window, step)):
            lost.add(pointer)
    assert lost == NO_FIELD.keys() - {"/format"}
    assert window.statusBar().currentMessage() == ""


def test_a_written_letter_is_found(window: MainWindow) -> None:
    page = window.pages[-1]
    assert page.show_field("/letters/appeal/x") is not None


Example = dict[str, Any]


def opened(base: str, changes: Example, given: Example) -> tuple[Case, date]:
    """Return a case of the corpus, and the day it is looked at."""
    today = given.get("today", TODAY)
    return case(base, plain(changes)), today if isinstance(today, date) else date.fromisoformat(today)


def corpus(source: str) -> list[tuple[Case, date]]:
    """Return every case of a source, each with its day."""
    if source == "examples":
        return [(case(name), TODAY) for name in example_names()]
    if source == "denials":
        denials = [{"date": "2026-03-11", "line": 1, "carc": each["typed"].split()} for each in CODES]
        cases = [case(BASE, {"/denials": [each]}) for each in denials]
        facility = parsed(both({"/facility_claim/denials": denials}))
        return [(each, TODAY) for each in (*cases, facility)]
    if source == "policies":
        return [opened(each.get("case", BASE), asked(each), each) for each in POLICIES]
    rows = HOSPITALS if source == "hospital" else mistakes()
    return [opened(bases()[each["base"]]["example"], changes_of(each["base"], each), each) for each in rows]


@pytest.mark.parametrize("source", ["denials", "examples", "hospital", "mistakes", "policies"])
def test_every_finding_leads_to_its_field(window: MainWindow, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    cases = corpus(source)
    assert len(cases) > 20
    lost = set()
    window.hide()  # nothing is drawn or laid out
    for each, today in cases:
        monkeypatch.setattr(window.case, "clock", lambda today=today: today)
        window.case.put(each, "")
        lost |= astray(window)
    assert lost == set()


@pytest.mark.parametrize("name", ["guide-ub04-as-printed", "stress-long-values", "medicare-hospital-derived"])
def test_the_cursor_stands_in_the_field_of_each_finding(window: MainWindow, name: str) -> None:
    window.case.replace(case(name))
    for path in sorted({each.path for each in window.case.review.of_both_claims}):
        window.go_to_field(path)
        shown = window.pages[window.steps.currentIndex()].show_field(path)
        assert shown is not None, path
        focused = window.focusWidget()
        assert focused is not None
        assert focused in (shown.input.stops() if isinstance(shown, BoundField) else (shown,)), path
