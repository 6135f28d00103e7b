"""Where an item of the CMS-1500 stands on the UB-04: a finding on a hospital's claim names the form locator."""

import pytest

from mild_biller import loader
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.edits.form_locators import LOCATORS, locator
from tests.support import ABSENT, findings

HOSPITAL = "medicare-hospital-2026"


@pytest.mark.parametrize(
    ("item", "form_locator"),
    [
        ("1a", "60A"),
        ("2", "8b"),
        ("3", "10"),
        ("19", "39"),
        ("23", "63A"),
        ("24D.5", "44.5"),
        ("24F.1", "47.1"),
        ("24G.22", "46.22"),
        ("25", "5"),
        ("33a", "56"),
        ("carrier", "38"),
        ("21", "67"),
        ("21.A", "67"),
        ("21.B", "67A"),
        ("21.L", "67K"),
        ("21.R", "67Q"),
        ("20", None),
        ("24E.1", None),
    ],
)
def test_an_item_has_its_form_locator(item: str, form_locator: str | None) -> None:
    assert locator(item) == form_locator


def test_every_form_locator_is_on_the_form() -> None:
    layout = loader.layout(FormKind.UB04)
    known = [*(box.item for box in layout.boxes), *(box.id for box in layout.boxes)]
    assert all(any(name.startswith(value) for name in known) for value in LOCATORS.values())


@pytest.mark.parametrize(
    ("rule", "changes", "box"),
    [
        ("member-id-missing", {"/coverages/0/member_id": None}, "60A"),
        ("modifier-letter-o", {"/claim/revenue_lines/5/modifiers": ["QO"]}, "44.6"),
        ("billing-identifier-missing", {"/providers/billing/npi": None}, "56"),
        ("diagnosis-twice", {"/claim/diagnoses": ["M48.062", "Z00.6", "Z00.6"]}, "67B"),
        ("paid-above-total", {"/claim/amount_paid": "99999.00"}, "54A"),
        ("sex-missing", {"/patient/sex": ABSENT}, "10"),
    ],
)
def test_a_finding_on_a_hospitals_claim_names_it(rule: str, changes: dict[str, object], box: str) -> None:
    (found,) = findings(HOSPITAL, changes, rule=rule)
    assert found.box == box
