"""What each denial code of the rules, section 4.2, is taken to mean here: known, sourced, never blocking."""

from datetime import date

import pytest

from mild_biller.core.rules.finding import Finding, Severity
from mild_biller.core.rules.source import Certainty
from tests.support import reviewed

HOSPITAL = "medicare-hospital-2026"
LATER = date(2026, 4, 20)

# Codes of the remittance (CARC, RARC) and what the claim failed in; None: the coverage itself.
MEANINGS = [
    (["16"], ["MA50", "MA130"], "trial-number"),
    (["16"], ["M76", "MA130"], "diagnosis"),
    (["16"], ["M64", "MA130"], "diagnosis"),
    (["11"], [], "diagnosis"),
    (["167"], [], "diagnosis"),
    (["B22"], [], "diagnosis"),
    (["4"], ["N519"], "modifier"),
    (["58"], ["M77"], "place-of-service"),
    (["5"], ["N428"], "place-of-service"),
    (["16"], ["M44"], "condition-code"),
    (["16"], ["M49"], "value-code"),
    (["50"], ["N386"], None),
    (["272"], ["N386"], None),
    (["181"], ["N56"], "code-date"),
    (["236"], [], "bundling"),
    (["97"], [], "bundling"),
    (["234"], [], "bundling"),
    (["151"], [], "units"),
    (["197"], [], "authorization"),
    (["198"], [], "authorization"),
    (["55"], [], None),
    (["56"], [], None),
    (["96"], [], None),
    (["204"], [], None),
    (["B7"], [], "identifier"),
]


def meanings(carc: list[str], rarc: list[str]) -> list[Finding]:
    """Return what is said of a denial: the findings of the library's rows, or that it knows none."""
    denial = {"date": "2026-04-01", "carc": carc, "rarc": rarc}
    found = reviewed(HOSPITAL, {"/denial": denial}, today=LATER).findings
    return [each for each in found if each.rule.startswith("denied-") or each.rule == "denial-unknown"]


@pytest.mark.parametrize(
    ("carc", "rarc", "topic"), MEANINGS, ids=[" ".join([*carc, *rarc]) for carc, rarc, _ in MEANINGS]
)
def test_a_denial_is_explained(carc: list[str], rarc: list[str], topic: str | None) -> None:
    found = meanings(carc, rarc)
    assert [each.rule for each in found] != ["denial-unknown"]
    assert topic is None or topic in [each.topic for each in found]
    for each in found:
        assert each.severity is Severity.WARNING
        assert each.sources
        assert each.remedy
        assert each.certainty in (Certainty.SECONDARY, Certainty.RECOLLECTION)


def test_both_codes_must_be_there() -> None:
    """CARC 16 alone says only that something is missing: neither what, nor that nothing was decided."""
    assert [each.rule for each in meanings(["16"], [])] == ["denied-incomplete"]


def test_every_meaning_that_fits_is_given() -> None:
    rules = [each.rule for each in meanings(["16", "197"], ["MA50"])]
    assert {"denied-trial-number", "denied-no-authorization"} <= set(rules)


@pytest.mark.parametrize("carc", ["4", "151"])
def test_it_points_to_what_this_claim_has(carc: str) -> None:
    """The path is what the user can change (the case file's contract, section 4): a hospital has revenue lines."""
    (found,) = meanings([carc], [])
    assert found.path.startswith("/claim/revenue_lines")
