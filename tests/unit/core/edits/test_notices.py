"""Each edit on what a claim says of a notice: GA with one, GZ without, neither inside the study (section 4.6)."""

import pytest

from tests.support import findings
from tests.unit.core.edits.edit_cases import Hit, Miss, names

HOSPITAL, PLAN = "medicare-hospital-derived", "medicare-advantage-2026"
OUT = {"/answers/in_ced_study": False, "/procedure/trial_number": None}
SIGNED = {"/notices": [{"kind": "abn", "signed_on": "2026-03-02"}]}
PATH = "/claim/lines/0/modifiers"


def line(*modifiers: str) -> dict[str, object]:
    return {"/claim/lines": [{"code": "62330", "modifiers": list(modifiers)}]}


HITS = [
    Hit("notice-of-exclusion", PATH, "hold", line("Q0", "GY"), box="24D.1", says="GY"),
    Hit("notice-of-exclusion", PATH, "hold", {**OUT, **line("GX", "GY")}, says="GX"),
    Hit("notice-modifier-inside-study", PATH, "hold", line("Q0", "GA"), says="GA"),
    Hit("notice-modifier-inside-study", PATH, "hold", line("Q0", "GZ"), says="GZ"),
    Hit("notice-modifier-missing", PATH, "hold", {**OUT, **SIGNED, **line()}),
    Hit("notice-modifier-missing", PATH, "hold", {**OUT, **SIGNED, **line("GZ")}),
    Hit("notice-modifier-unsigned", PATH, "hold", {**OUT, **line("GA")}),
    Hit("notice-occurrence-missing", "/claim/occurrence_codes", "hold", {**OUT, **SIGNED}, HOSPITAL, box="31"),
    Hit(
        "notice-occurrence-missing",
        "/claim/occurrence_codes",
        "hold",
        {**OUT, **SIGNED, "/claim/occurrence_codes": [{"code": "11", "date": "2026-03-02"}]},
        HOSPITAL,
    ),
    Hit("notice-modifier-not-for-plan", PATH, "hold", line("Q0", "GA"), PLAN, says="GA"),
    Hit("notice-modifier-not-for-plan", PATH, "hold", line("Q0", "GZ"), PLAN, says="GZ"),
    Hit(
        "notice-signed-ahead",
        "/notices/1/signed_on",
        "hold",
        {"/notices": [{"kind": "abn", "signed_on": "2026-03-12"}, {"kind": "abn", "signed_on": "2026-03-13"}]},
    ),
]
MISSES = [
    Miss("notice-modifier-not-for-plan", line("Q0"), PLAN),
    Miss("notice-modifier-not-for-plan", line("Q0", "GA")),
    Miss("notice-modifier-missing", {**OUT, **SIGNED, **line("GA")}),
    Miss("notice-modifier-missing", {**OUT, **line("GZ")}),
    Miss("notice-modifier-unsigned", {**OUT, **line("GZ")}),
    Miss("notice-modifier-unsigned", {**OUT, **SIGNED, **line("GA")}),
    Miss("notice-modifier-inside-study", {**OUT, **line("GA")}),
    Miss("notice-modifier-missing", {**OUT, "/coverages": None, **line()}),
    Miss("notice-modifier-missing", {**OUT, "/coverages/0/payer": "medicaid", **line()}),
    Miss("notice-occurrence-missing", {**OUT, **SIGNED}),
    Miss("notice-occurrence-missing", OUT, HOSPITAL),
    Miss("notice-occurrence-missing", {**OUT, **SIGNED, "/coverages/0/payer": "premera"}, HOSPITAL),
    Miss(
        "notice-occurrence-missing",
        {**OUT, **SIGNED, "/claim/occurrence_codes": [{"code": "32", "date": "2026-03-02"}]},
        HOSPITAL,
    ),
    Miss("notice-signed-ahead", {"/notices": [{"kind": "abn"}]}),
    Miss("notice-signed-ahead"),
]


@pytest.mark.parametrize("case", HITS, ids=names(HITS))
def test_finds(case: Hit) -> None:
    case.check()


@pytest.mark.parametrize("case", MISSES, ids=names(MISSES))
def test_leaves_alone(case: Miss) -> None:
    case.check()


def test_every_line_says_it() -> None:
    two = {"/claim/lines": [{"code": "62330", "modifiers": ["GA"]}, {"code": "62331", "modifiers": ["GA"]}]}
    found = findings(changes={**OUT, **two}, rule="notice-modifier-unsigned")
    assert [each.path for each in found] == ["/claim/lines/0/modifiers", "/claim/lines/1/modifiers"]
