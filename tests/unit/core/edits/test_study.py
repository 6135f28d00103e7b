"""Each edit on the study's elements and on diagnoses: what it finds, and what it leaves alone."""

import pytest

from tests.support import ABSENT, findings, reviewed
from tests.unit.core.edits.edit_cases import Hit, Miss, names

ONE = [{"name": "L4-L5", "side": "bilateral"}]
PREMERA = "premera-commercial-2026"
OUT = {"/answers/in_ced_study": False, "/procedure/trial_number": None}
BOTH = ["M48.062", "Z00.6"]


def line(**given: object) -> dict[str, object]:
    return {"/procedure/interspaces": ONE, "/claim/lines": [{"code": "62330", **given}]}


HITS = [
    # Missing elements.
    Hit("medicare-ced-modifier", "/claim/lines/0/modifiers", "error", line(modifiers=["22"]), box="24D.1"),
    Hit("medicare-ced-principal-diagnosis", "/procedure/diagnoses/0", "error", {"/procedure/diagnoses": ["M54.16"]}),
    Hit("medicare-ced-principal-diagnosis", "/claim/diagnoses/0", "error", {"/claim/diagnoses": ["M54.16", *BOTH]}),
    Hit("medicare-ced-principal-diagnosis", "/procedure/diagnoses/0", "hold", {"/procedure/diagnoses": ["M48.07"]}),
    Hit("medicare-ced-study-diagnosis", "/claim/diagnoses", "error", {"/claim/diagnoses": ["M48.062"]}, box="21.B"),
    Hit("study-diagnosis-first", "/claim/diagnoses/0", "warning", {"/claim/diagnoses": BOTH[::-1]}, says="Z00.6"),
    Hit("medicare-ced-pointers", "/claim/lines/0/pointers", "error", line(pointers=["A"]), box="24E.1"),
    Hit("medicare-ced-pointers", "/claim/lines/0/pointers", "error", line(pointers=["B"])),
    Hit("medicare-ced-pointers", "/claim/lines/0/pointers", "error", line(pointers=[])),
    Hit("medicare-ced-trial-number", "/procedure/trial_number", "error", {"/procedure/trial_number": None}, box="19"),
    Hit("medicare-ced-trial-number", "/procedure/trial_number", "error", {"/procedure/trial_number": ""}),
    Hit(
        "medicare-ced-trial-number",
        "/procedure/trial_number",
        "info",
        {"/procedure/trial_number": None, "/procedure/date_of_service": "2026-06-01"},
    ),
    Hit("trial-number-malformed", "/procedure/trial_number", "error", {"/procedure/trial_number": "3072927"}),
    Hit("trial-number-malformed", "/procedure/trial_number", "error", {"/procedure/trial_number": "0307292A"}),
    Hit(
        "trial-number-of-another-study",
        "/procedure/trial_number",
        "error",
        {"/procedure/trial_number": "12345678"},
        says="03072927",
    ),
    Hit("medicare-ced-place-of-service", "/procedure/setting", "error", {"/procedure/setting": "office"}, box="24B.1"),
    Hit("medicare-ced-place-of-service", "/claim/lines/0/place_of_service", "hold", line(place_of_service="19")),
    # Elements that do not belong.
    Hit("study-element-not-allowed", "/claim/lines/0/modifiers", "error", line(modifiers=["Q0"]), PREMERA, says="Q0"),
    Hit("study-element-not-allowed", "/claim/lines/0/modifiers", "error", line(modifiers=["Q1"]), PREMERA, says="Q1"),
    Hit("study-element-not-allowed", "/claim/lines/0/modifiers", "error", line(modifiers=["QO"]), PREMERA),
    Hit("study-element-not-allowed", "/claim/diagnoses/1", "error", {"/claim/diagnoses": BOTH}, PREMERA, box="21.B"),
    Hit("study-element-not-allowed", "/procedure/diagnoses/1", "error", {"/procedure/diagnoses": BOTH}, PREMERA),
    Hit(
        "study-element-not-allowed",
        "/procedure/trial_number",
        "error",
        {"/procedure/trial_number": "03072927"},
        PREMERA,
        box="19",
    ),
    Hit(
        "study-element-not-allowed",
        "/claim/condition_codes/1",
        "error",
        {"/claim/condition_codes": ["A", "30"]},
        PREMERA,
    ),
    Hit(
        "study-element-not-allowed", "/claim/value_codes/0", "error", {"/claim/value_codes": [{"code": "D4"}]}, PREMERA
    ),
    Hit("study-element-not-allowed", "/claim/lines/0/modifiers", "error", line(modifiers=["Q0"]), "medicaid-2026"),
    Hit("study-element-not-allowed", "/claim/lines/0/modifiers", "error", line(modifiers=["Q0"]), "own-payer-spouse"),
    Hit("study-element-outside-study", "/claim/lines/0/modifiers", "error", {**OUT, **line(modifiers=["Q0"])}),
    Hit("study-element-outside-study", "/procedure/trial_number", "error", {"/answers/in_ced_study": False}),
    Hit(
        "institutional-element-on-professional", "/claim/condition_codes/0", "error", {"/claim/condition_codes": ["30"]}
    ),
    Hit(
        "institutional-element-on-professional",
        "/claim/value_codes/0",
        "error",
        {"/claim/value_codes": [{"code": "D4"}]},
    ),
    # The study's term.
    Hit(
        "study-registered-completion",
        "/procedure/date_of_service",
        "warning",
        {"/procedure/date_of_service": "2026-12-31"},
    ),
    Hit(
        "study-registered-completion",
        "/procedure/date_of_service",
        "hold",
        {"/procedure/date_of_service": "2027-01-01"},
    ),
    # Diagnoses.
    Hit("diagnosis-missing", "/procedure/diagnoses", "error", {"/procedure/diagnoses": None}, box="21.A"),
    Hit("diagnosis-missing", "/claim/diagnoses", "error", {"/claim/diagnoses": []}),
    Hit(
        "diagnosis-malformed", "/procedure/diagnoses/1", "hold", {"/procedure/diagnoses": ["M48.062", "48"]}, box="21.C"
    ),
    Hit(
        "diagnosis-malformed",
        "/claim/diagnoses/0",
        "hold",
        {"/claim/diagnoses": ["M48.06"], "/procedure/date_of_service": "2015-09-30"},
    ),
    Hit(
        "diagnosis-not-valid-on-date",
        "/procedure/diagnoses/0",
        "hold",
        {"/procedure/diagnoses": ["M48.06"]},
        says="M48.06",
    ),
    Hit(
        "diagnosis-not-valid-on-date",
        "/procedure/diagnoses/0",
        "hold",
        {"/procedure/date_of_service": "2017-09-30"},
        "medicare-2025-old-code",
    ),
    Hit("diagnosis-twice", "/claim/diagnoses/2", "hold", {"/claim/diagnoses": [*BOTH, "M48062"]}),
    Hit(
        "too-many-diagnoses",
        "/claim/diagnoses/12",
        "error",
        {"/claim/diagnoses": [f"M54.{n:02}" for n in range(13)]},
        PREMERA,
        says="13 diagnoses",
    ),
    Hit("claudication-contradiction", "/procedure/diagnoses/0", "hold", {"/answers/neurogenic_claudication": False}),
    Hit(
        "claudication-contradiction",
        "/procedure/diagnoses/0",
        "hold",
        {"/procedure/diagnoses": ["M48.061"]},
        says="without",
    ),
]
MISSES = [
    Miss("medicare-ced-modifier"),
    Miss("medicare-ced-modifier", {"/claim/lines": [{}, {}, {"code": "99214", "charge": "1.00"}]}),
    Miss("medicare-ced-modifier", line(modifiers=["QO"])),  # said by its own edit
    Miss("medicare-ced-modifier", {**OUT, **line(modifiers=[])}),
    Miss("medicare-ced-modifier", line(modifiers=[]), PREMERA),
    Miss("medicare-ced-principal-diagnosis"),
    Miss("medicare-ced-principal-diagnosis", {"/claim/diagnoses": ["Z00.6", "M48.062"]}),
    Miss("medicare-ced-principal-diagnosis", {"/claim/diagnoses": []}),
    Miss("medicare-ced-principal-diagnosis", {**OUT, "/procedure/diagnoses": ["M54.16"]}),
    Miss("medicare-ced-study-diagnosis"),
    Miss("medicare-ced-study-diagnosis", {"/claim/diagnoses": []}),
    Miss("study-diagnosis-first"),
    Miss("medicare-ced-pointers"),
    Miss("medicare-ced-pointers", line(pointers=["B", "A"])),
    Miss("medicare-ced-trial-number"),
    Miss("medicare-ced-trial-number", {"/procedure/trial_number": None}, PREMERA),
    Miss("trial-number-malformed"),
    Miss("trial-number-of-another-study", {"/procedure/trial_number": "NCT03072927"}),
    Miss("medicare-ced-place-of-service", {"/procedure/setting": "hospital-outpatient"}),
    Miss("medicare-ced-place-of-service", {"/procedure/setting": None}),
    Miss("medicare-ced-place-of-service", {"/claim/lines": [{}, {}, {"code": "99214", "place_of_service": "11"}]}),
    Miss("study-element-not-allowed", {}, PREMERA),
    Miss("study-element-not-allowed", line(modifiers=["Q0"])),
    Miss("study-element-not-allowed", {"/claim/condition_codes": ["A"]}, PREMERA),
    Miss("study-element-not-allowed", {"/claim/value_codes": [{"code": "A1"}]}, PREMERA),
    Miss("study-element-not-allowed", {"/procedure/trial_number": "03072927"}, "va-facility-2026"),
    Miss("study-element-not-allowed", {**line(modifiers=["Q0"]), "/coverages": None}),
    Miss("study-element-outside-study"),
    Miss("study-element-outside-study", {**line(modifiers=["Q0"]), "/procedure/date_of_service": "2013-01-01"}),
    Miss("institutional-element-on-professional"),
    Miss("study-registered-completion"),
    Miss("study-registered-completion", {"/procedure/date_of_service": "2027-01-01"}, PREMERA),
    Miss("study-registered-completion", {"/procedure/date_of_service": None}),
    Miss("diagnosis-missing"),
    Miss("diagnosis-malformed", {"/procedure/diagnoses": ["M48.062", "I10", "Z79.891"]}),
    Miss(
        "diagnosis-malformed", {"/procedure/diagnoses": ["724.03"], "/procedure/date_of_service": "2015-09-30"}, PREMERA
    ),
    Miss("diagnosis-not-valid-on-date", {"/procedure/diagnoses": ["M48.06"], "/procedure/date_of_service": None}),
    Miss("diagnosis-twice"),
    Miss("too-many-diagnoses", {"/claim/diagnoses": [f"M54.{n:02}" for n in range(12)]}, PREMERA),
    Miss("claudication-contradiction", {"/answers/neurogenic_claudication": None}),
    Miss("claudication-contradiction", {"/procedure/diagnoses": ["M48.07", "M54.16"]}),
]


@pytest.mark.parametrize("hit", HITS, ids=names(HITS))
def test_found(hit: Hit) -> None:
    hit.check()


@pytest.mark.parametrize("miss", MISSES, ids=names(MISSES))
def test_left_alone(miss: Miss) -> None:
    miss.check()


def test_a_partial_bundle_is_said_part_by_part() -> None:
    changes = {**line(modifiers=[], pointers=["A"]), "/claim/diagnoses": ["M48.062"], "/procedure/trial_number": None}
    rules = {found.rule for found in reviewed(changes=changes).errors}
    assert rules == {"medicare-ced-modifier", "medicare-ced-study-diagnosis", "medicare-ced-trial-number"}


def test_a_line_may_point_to_a_stenosis_a_coder_must_decide_on() -> None:
    changes = {"/procedure/diagnoses": ["M48.07"]}
    assert findings(changes=changes, rule="medicare-ced-pointers") == []


def test_no_claim_no_edit_of_a_claim() -> None:
    changes = {"/claim/lines": [{"code": "62331", "modifiers": ["QO"], "units": 9}], "/claim/form": ABSENT}
    topics = {found.topic for found in reviewed("va-facility-2026", changes).findings}
    assert topics.isdisjoint({"modifier", "units", "add-on", "trial-bundle", "pointer", "charge", "place-of-service"})
