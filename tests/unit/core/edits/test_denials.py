"""Edits on denials: several of a claim, of its lines, and next to the single denial of older files."""

from datetime import date
from typing import Any

import pytest

from tests.unit.core.edits.edit_cases import Hit, Miss, names

LATER = date(2026, 4, 20)
HOSPITAL = "medicare-hospital-2026"
NECESSITY = {"date": "2026-04-01", "carc": ["CO-50"]}


def listed(*carc: str, line: int | None = None, single: Any = None) -> dict[str, Any]:
    """Return a case's changes: one entry in the list of denials, perhaps the single denial, too."""
    entry = {"date": "2026-04-01", "line": line, "carc": list(carc)}
    return {"/denials": [entry], **({} if single is None else {"/denial": single})}


HITS = [
    Hit("denied-not-necessary", "/answers", "warning", listed("co 50"), today=LATER),
    Hit("medicare-redetermination", "/denials/0/date", "info", listed("50"), today=LATER, says="2026-08-04"),
    Hit("resubmit-instead-of-appeal", "/denials/0/rarc", "info", listed("16 N290"), today=LATER),
    Hit("denied-modifier", "/claim/lines/0/modifiers", "warning", listed("4", line=1), today=LATER, says="Line 1: "),
    Hit("denied-modifier", "/claim/lines/0/modifiers", "warning", listed("4", line=9), today=LATER),
    Hit("denied-modifier", "/claim/revenue_lines", "warning", listed("4", line=1), HOSPITAL, LATER),
    Hit("denied-charge", "/claim/charges", "warning", listed("16", "M79", line=1), today=LATER),
    Hit("adjusted-to-contract", "/denials/0", "info", listed("45"), today=LATER),
    Hit("denied-diagnosis", "/procedure/diagnoses", "warning", listed("16 M76"), today=LATER),
    Hit(
        "denied-diagnosis",
        "/claim/diagnoses",
        "warning",
        {**listed("16 M76"), "/claim/diagnoses": ["M48062", "Z006"]},
        today=LATER,
    ),
    Hit("denied-condition-code", "/claim/condition_codes", "warning", listed("16 M44"), HOSPITAL, LATER),
    Hit("denied-condition-code", "/claim", "warning", listed("16 M44"), today=LATER),
    Hit("denied-provider-signature", "/claim", "warning", listed("16 MA70"), HOSPITAL, LATER),
    Hit("denial-line", "/denials/0/line", "warning", listed("50", line=9), today=LATER),
    Hit("denial-line", "/denials/0/line", "warning", listed("50", line=9), HOSPITAL, LATER),
    Hit("denials-differ", "/denial", "hold", listed("50", single={**NECESSITY, "carc": ["4"]}), today=LATER),
    Hit("denials-differ", "/denial", "hold", listed("50", single={**NECESSITY, "date": "2026-04-02"}), today=LATER),
    Hit("denials-differ", "/denial", "hold", listed("50", single={**NECESSITY, "remark": "no"}), today=LATER),
]
MISSES = [
    Miss("denial-line", listed("50", line=1), today=LATER),
    Miss("denial-line", listed("50"), today=LATER),
    Miss("denials-differ", listed("50"), today=LATER),
    Miss("denials-differ", listed("50", single=NECESSITY), today=LATER),
    Miss("denials-differ", {"/denials": [], "/denial": NECESSITY}, today=LATER),
    Miss("medicare-redetermination", listed("45"), today=LATER),
    Miss(
        "medicare-redetermination",
        {"/denials": [{**NECESSITY, "line": 1}, {"date": "2026-04-01", "rarc": ["MA130"]}]},
        today=LATER,
    ),
    Miss("medicare-redetermination", listed("16"), today=LATER),
]


@pytest.mark.parametrize("hit", HITS, ids=names(HITS))
def test_found(hit: Hit) -> None:
    hit.check()


@pytest.mark.parametrize("miss", MISSES, ids=names(MISSES))
def test_not_found(miss: Miss) -> None:
    miss.check()
