"""Each edit on service lines: what it finds, and what it leaves alone."""

from datetime import date

import pytest

from mild_biller.core.case.vocabulary import FormKind
from tests.support import ABSENT, findings
from tests.unit.core.edits.edit_cases import Hit, Miss, assert_clean, names

ONE = [{"name": "L4-L5", "side": "bilateral"}]
LEFT = [{"name": "L4-L5", "side": "left"}]
PREMERA = "premera-commercial-2026"
OLD = "medicare-2025-old-code"


def lines(*given: dict[str, object]) -> dict[str, object]:
    return {"/claim/lines": list(given)}


def line(**given: object) -> dict[str, object]:
    """Return one typed line of the first code, with the one interspace it takes."""
    return {"/procedure/interspaces": ONE, **lines({"code": "62330", **given})}


HITS = [
    # Codes.
    Hit("code-missing", "/claim/lines/2/code", "error", lines({}, {}, {"charge": "1.00"}), box="24D.3"),
    Hit("code-malformed", "/claim/lines/0/code", "hold", lines({"code": "6233"}), says="6233"),
    Hit("code-unknown", "/claim/lines/1/code", "warning", lines({}, {"code": "99214", "charge": "1.00"}), says="99214"),
    Hit("code-not-valid-on-date", "/claim/lines/0/code", "error", lines({"code": "0275T"}), says="was valid from"),
    Hit(
        "code-not-valid-on-date",
        "/claim/lines/0/code",
        "error",
        lines({"code": "62330", "from": "2025-12-31"}),
        says="0275T",
    ),
    Hit("code-not-valid-on-date", "/claim/lines/1/code", "error", lines({}, {"code": "72275"}), says="2024-12-31"),
    Hit(
        "code-not-valid-on-date",
        "/claim/lines/1/code",
        "hold",
        {**lines({"code": "0275T"}, {"code": "G0276"}), "/procedure/date_of_service": "2014-12-31"},
        OLD,
        says="2015-01-01",
    ),
    Hit("code-of-another-region", "/claim/lines/0/code", "error", lines({"code": "0274T"}), says="lumbar"),
    Hit("no-decompression-code", "/claim/lines", "hold", lines({"code": "99214"})),
    Hit("no-lines", "/claim/lines", "error", lines()),
    Hit("region-missing", "/procedure/region", "error", {"/procedure/region": None}),
    Hit("region-missing", "/procedure/region", "error", {"/procedure": ABSENT}),
    Hit(
        "region-missing",
        "/procedure/region",
        "info",
        {"/procedure/region": None, "/procedure/date_of_service": "2026-06-01"},
    ),
    Hit("interspaces-missing", "/procedure/interspaces", "error", {"/procedure/interspaces": None}),
    Hit("interspaces-missing", "/procedure/interspaces", "error", {"/procedure/interspaces": []}),
    Hit("no-code-on-date", "/procedure/date_of_service", "error", {"/procedure/date_of_service": "2011-06-30"}),
    # Interspaces.
    Hit(
        "interspace-missing",
        "/procedure/interspaces/1/name",
        "error",
        {"/procedure/interspaces": [*ONE, {"side": "left"}]},
    ),
    Hit(
        "interspace-border",
        "/procedure/interspaces/0/name",
        "hold",
        {"/procedure/interspaces": [{"name": "T12-L1", "side": "bilateral"}]},
    ),
    Hit(
        "interspace-border",
        "/procedure/interspaces/0/name",
        "hold",
        {"/procedure/region": "thoracic", "/procedure/interspaces": [{"name": "C7-T1", "side": "left"}]},
    ),
    Hit(
        "interspace-of-another-region",
        "/procedure/interspaces/0/name",
        "error",
        {"/procedure/interspaces": [{"name": "L6-L7", "side": "bilateral"}]},
        says="L5-S1",
    ),
    Hit("interspace-twice", "/procedure/interspaces/0", "hold", {"/procedure/interspaces": [*ONE, *ONE]}),
    Hit("interspace-twice", "/procedure/interspaces/0", "hold", {"/procedure/interspaces": [*ONE, *LEFT]}),
    Hit("interspace-twice", "/procedure/interspaces/0", "hold", {"/procedure/interspaces": [*LEFT, *LEFT]}),
    # Add-on and units.
    Hit("add-on-alone", "/claim/lines/0/code", "error", lines({"code": "62331"}), says="62330"),
    Hit("units-below-one", "/claim/lines/0/units", "error", line(units=0), box="24G.1"),
    Hit("units-below-one", "/claim/lines/0/units", "error", line(units=-1)),
    Hit("units-above-most", "/claim/lines/0/units", "error", line(units=2)),
    Hit("units-above-most", "/claim/lines/1/units", "error", lines({}, {"code": "62331", "units": 3}), says="3 units"),
    Hit("units-above-most", "/claim/lines/0/units", "error", lines({"code": "0275T", "units": 2}), OLD),
    Hit("code-twice", "/claim/lines/1/code", "error", lines({"code": "62330"}, {"code": "62330"})),
    # Sides.
    Hit("bilateral-modifier", "/claim/lines/0/modifiers", "error", line(modifiers=["50", "Q0"])),
    Hit("reduced-on-sideless-code", "/claim/lines/0/modifiers", "error", lines({"modifiers": ["52", "Q0"]}), OLD),
    Hit("side-modifier", "/claim/lines/0/modifiers", "hold", line(modifiers=["Q0", "LT"]), says="LT"),
    Hit("side-modifier", "/claim/lines/0/modifiers", "hold", line(modifiers=["Q0", "RT"]), says="RT"),
    Hit(
        "side-missing",
        "/procedure/interspaces/0/side",
        "error",
        {"/procedure/interspaces": [{"name": "L4-L5"}]},
        says="L4-L5",
    ),
    Hit(
        "side-missing",
        "/procedure/interspaces/0/side",
        "info",
        {"/procedure/interspaces": [{"name": "L4-L5"}], "/procedure/date_of_service": "2026-06-01"},
    ),
    Hit(
        "mixed-sides",
        "/procedure/interspaces",
        "hold",
        {"/procedure/interspaces": [*ONE, {"name": "L3-L4", "side": "left"}, {"name": "L2-L3", "side": "bilateral"}]},
    ),
    Hit(
        "reduced-missing",
        "/claim/lines/0/modifiers",
        "error",
        {**lines({"modifiers": ["Q0"]}), "/procedure/interspaces": LEFT},
    ),
    Hit(
        "reduced-missing",
        "/claim/lines/1/modifiers",
        "error",
        {
            **lines({}, {"modifiers": ["Q0"]}),
            "/procedure/interspaces": [*ONE, {"name": "L3-L4", "side": "right"}],
        },
    ),
    Hit("reduced-without-reason", "/claim/lines/0/modifiers", "hold", line(modifiers=["52", "Q0"])),
    # Modifiers.
    Hit("modifier-letter-o", "/claim/lines/0/modifiers", "error", line(modifiers=["QO"]), box="24D.1"),
    Hit("modifier-malformed", "/claim/lines/0/modifiers", "hold", line(modifiers=["Q0", "5"])),
    Hit("modifiers-above-four", "/claim/lines/0/modifiers", "error", line(modifiers=["Q0", "22", "59", "76", "78"])),
    Hit("modifier-twice", "/claim/lines/0/modifiers", "hold", line(modifiers=["Q0", "Q0"])),
    Hit(
        "modifier-order",
        "/claim/lines/0/modifiers",
        "warning",
        {**lines({"modifiers": ["Q0", "52"]}), "/procedure/interspaces": LEFT},
    ),
    Hit("multiple-on-add-on", "/claim/lines/1/modifiers", "error", lines({}, {"modifiers": ["51", "Q0"]})),
    # Pointers.
    Hit("pointer-missing", "/claim/lines/0/pointers", "error", lines({"pointers": []}), PREMERA, box="24E.1"),
    Hit("pointers-above-four", "/claim/lines/0/pointers", "error", line(pointers=["A", "B", "C", "D", "E"])),
    Hit("pointer-to-nothing", "/claim/lines/0/pointers", "error", line(pointers=["A", "B", "C"]), says="C"),
    Hit("pointer-to-nothing", "/claim/lines/0/pointers", "error", line(pointers=["A", "B", "1"])),
    Hit("pointer-twice", "/claim/lines/0/pointers", "hold", line(pointers=["A", "B", "A"])),
    # Places.
    Hit("place-missing", "/procedure/setting", "error", {"/procedure/setting": None}, box="24B.1"),
    Hit("place-of-va-facility", "/procedure/setting", "hold", {"/procedure/setting": "va-facility"}),
    Hit("place-unknown", "/claim/lines/0/place_of_service", "hold", line(place_of_service="98")),
    Hit("place-unknown", "/claim/lines/0/place_of_service", "hold", line(place_of_service="2")),
    Hit("place-against-setting", "/claim/lines/0/place_of_service", "hold", line(place_of_service="22"), says="24"),
    # Charges.
    Hit("charge-missing", "/claim/charges/62331", "error", {"/claim/charges": {"62330": "1.00"}}, box="24F.2"),
    Hit("charge-missing", "/claim/lines/0/charge", "error", line(charge=" ")),
    Hit("charge-malformed", "/claim/charges/62330", "error", {"/claim/charges/62330": "$4,60"}),
    Hit("charge-malformed", "/claim/lines/0/charge", "error", line(charge="-1.00"), says="be negative"),
    Hit("charge-zero", "/claim/charges/62330", "hold", {"/claim/charges/62330": "0.00"}),
    Hit("paid-malformed", "/claim/amount_paid", "error", {"/claim/amount_paid": "ten"}, box="29"),
    Hit("paid-malformed", "/claim/amount_paid", "error", {"/claim/amount_paid": "-1.00"}),
    Hit("paid-above-total", "/claim/amount_paid", "hold", {"/claim/amount_paid": "6900.01"}),
    Hit("lab-charge-malformed", "/claim/outside_lab/charge", "error", {"/claim/outside_lab": {"charge": "x"}}),
    # Device and bundles.
    Hit("device-not-hospital", "/claim/lines/1/code", "error", lines({}, {"code": "C1889", "charge": "1.00"})),
    Hit("device-not-hospital", "/procedure/device", "error", {"/procedure/device": {"hcpcs": "C1889"}}),
    *[
        Hit("bundled-guidance", "/claim/lines/1/code", "error", lines({}, {"code": code, "charge": "1.00"}))
        for code in ("77003", "77012", "76000", "72275", "77002")
    ],
    *[
        Hit("bundled-injection", "/claim/lines/1/code", "hold", lines({}, {"code": code, "charge": "1.00"}))
        for code in ("62320", "62322", "62323", "62284", "62290", "64483", "64484", "64493")
    ],
    Hit("bundled-trial-arm", "/claim/lines/1/code", "error", lines({}, {"code": "G0276", "charge": "1.00"}), OLD),
]
MISSES = [
    Miss("code-missing", lines({}, {})),
    Miss("code-malformed", lines({"code": "J1030"})),
    Miss("code-unknown", lines({"code": "62330"})),
    Miss("code-not-valid-on-date"),
    Miss("code-not-valid-on-date", lines({"code": "0275T"}), OLD),
    Miss("code-not-valid-on-date", {**lines({"code": "0275T"}), "/procedure/date_of_service": None}),
    Miss("code-of-another-region", {**lines({"code": "62330"}), "/procedure/region": None}),
    Miss("no-decompression-code"),
    Miss("no-decompression-code", lines({"code": "62331"})),
    Miss("no-lines"),
    Miss("interspaces-missing", {"/procedure/interspaces": [], **lines({"code": "62330"})}),
    Miss("no-code-on-date", {"/procedure/date_of_service": None}),
    Miss("interspace-missing"),
    Miss("interspace-border", {"/procedure/region": "thoracic", "/procedure/interspaces": [{"name": "T12-L1"}]}),
    Miss("interspace-of-another-region", {"/procedure/region": None, "/procedure/interspaces": [{"name": "X"}]}),
    Miss("interspace-twice", {"/procedure/interspaces": [*LEFT, {"name": "L4-L5", "side": "right"}]}),
    Miss("interspace-twice", {"/procedure/interspaces": [{"side": "left"}, {"side": "left"}]}),
    Miss("add-on-alone"),
    Miss("units-below-one", line(units=1)),
    Miss("units-above-most", lines({"code": "99214", "units": 3})),
    Miss("code-twice", lines({"code": "99214"}, {"code": "99214"})),
    Miss("code-twice", lines({"code": "62330"}, {"code": "62330", "from": "2026-03-11"})),
    Miss("bilateral-modifier", lines({}, {"code": "99214", "modifiers": ["50"]})),
    Miss("reduced-on-sideless-code", line(modifiers=["52"])),
    Miss("side-modifier", lines({}, {"code": "99214", "modifiers": ["LT"]})),
    Miss("side-missing", {"/procedure/interspaces": [{"name": "L4-L5"}]}, OLD),
    Miss("mixed-sides", {"/procedure/interspaces": [*ONE, {"name": "L3-L4", "side": "left"}]}),
    Miss("reduced-missing", {"/procedure/interspaces": LEFT}),
    Miss("reduced-missing", {**lines({"modifiers": ["52", "Q0"]}), "/procedure/interspaces": LEFT}),
    Miss("reduced-missing", {**lines({"modifiers": []}), "/procedure/interspaces": None}),
    Miss("reduced-without-reason", line(modifiers=["Q0"])),
    Miss("modifier-letter-o", line(modifiers=["Q0"])),
    Miss("modifier-malformed", line(modifiers=["Q0", "XS"])),
    Miss("modifiers-above-four", line(modifiers=["Q0", "22", "59", "76"])),
    Miss("modifier-twice", line(modifiers=["Q0", "22"])),
    Miss("modifier-order", {**lines({"modifiers": ["52", "Q0"]}), "/procedure/interspaces": LEFT}),
    Miss("multiple-on-add-on", lines({"modifiers": ["51", "Q0"]}, {})),
    Miss("pointer-missing", lines({"pointers": []})),  # in the study its own rule says it
    Miss("pointer-missing", {**lines({"pointers": []}), "/claim/diagnoses": []}, PREMERA),
    Miss("pointers-above-four", line(pointers=["A", "B"])),
    Miss("pointer-to-nothing", line(pointers=["B", "A"])),
    Miss("pointer-to-nothing", {**line(pointers=["A"]), "/claim/diagnoses": []}),
    Miss("pointer-twice", line(pointers=["A", "B"])),
    Miss("place-missing"),
    Miss("place-missing", {"/procedure/setting": "va-facility"}),
    Miss("place-unknown", line(place_of_service="49")),
    Miss("place-against-setting", line(place_of_service="24")),
    Miss("place-against-setting", {**line(place_of_service="22"), "/procedure/setting": None}),
    Miss("charge-missing"),
    Miss("charge-malformed", {"/claim/charges/62330": "4600"}),
    Miss("charge-zero", {"/claim/charges/62330": "0.01"}),
    Miss("paid-malformed", {"/claim/amount_paid": None}),
    Miss("paid-above-total", {"/claim/amount_paid": "6900.00"}),
    Miss("paid-above-total", {"/claim/amount_paid": "9.00", "/claim/charges": {}}),
    Miss("lab-charge-malformed", {"/claim/outside_lab": {"used": True, "charge": "10.00"}}),
    Miss("lab-charge-malformed", {"/claim/outside_lab": {"used": False}}),
    Miss("device-not-hospital"),
    Miss("device-not-hospital", {"/procedure/device": {"hcpcs": "C1889"}, "/procedure/setting": "hospital-outpatient"}),
    Miss("device-not-hospital", {"/procedure/device": {"hcpcs": "C9999"}}),
    Miss("bundled-guidance", lines({"code": "77003"})),
    Miss("bundled-injection", lines({"code": "62323"})),
    Miss("bundled-trial-arm", lines({"code": "G0276"})),
]


@pytest.mark.parametrize("hit", HITS, ids=names(HITS))
def test_found(hit: Hit) -> None:
    hit.check()


@pytest.mark.parametrize("miss", MISSES, ids=names(MISSES))
def test_left_alone(miss: Miss) -> None:
    miss.check()


def test_a_clean_claim_has_nothing_above_information() -> None:
    assert_clean()
    assert_clean(changes=line(modifiers=["Q0"], units=1, pointers=["A", "B"], place_of_service="24", charge="4600.00"))


def test_the_old_code_says_when_it_was_valid() -> None:
    (found,) = findings(changes=lines({"code": "0275T"}), rule="code-not-valid-on-date")
    assert "was valid from 2011-07-01 to 2025-12-31" in found.message
    assert "62330 with 62331" in found.message


def test_the_new_code_says_when_it_begins() -> None:
    changes = {**lines({"code": "62330"}), "/procedure/date_of_service": "2025-12-31"}
    (found,) = findings(changes=changes, rule="code-not-valid-on-date", today=date(2026, 1, 5))
    assert "begins on 2026-01-01" in found.message
    assert "On that date the code is 0275T." in found.message


def test_places_of_a_hospitals_bill_are_not_asked_for() -> None:
    changes = {"/procedure/setting": None}
    assert findings("medicare-hospital-derived", changes, rule="place-missing", form=FormKind.UB04) == []
