"""A case from end to end: what does not fit, what cannot be printed, and the order of what is found."""

from typing import Any
from unicodedata import normalize

import pytest

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.rules.finding import Finding
from tests.support import boxes, of_topic, reviewed

PREMERA = "premera-commercial-2026"


def overflow(changes: dict[str, Any], name: str = PREMERA) -> list[Finding]:
    return of_topic(reviewed(name, changes), "overflow")


@pytest.mark.parametrize(
    ("path", "typed", "left_out", "box"),
    [
        ("/patient/street", "12345 NORTH EXTREMELY LONG BOULEVARD", "BOULEVARD", "5"),
        ("/patient/city", "RANCHO SANTA MARGARITA HEIGHTS", "HEIGHTS", "5"),
        ("/coverages/0/plan_name", "A VERY LONG INSURANCE PLAN NAME", "NAME", "11c"),
        ("/providers/facility/name", "RIVERSIDE SURGERY CENTER AND CLINIC", "CLINIC", "32"),
        ("/providers/billing/name", "THREE RIVERS PAIN ASSOCIATES OF PITTSBURGH", "PITTSBURGH", "33"),
        ("/patient/street", "X" * 30, "XX", "5"),
    ],
)
def test_a_text_too_long_is_cut_at_a_blank_and_quoted(path: str, typed: str, left_out: str, box: str) -> None:
    (found,) = [each for each in overflow({path: typed}) if each.path == path and each.box == box]
    assert found.severity == "warning"
    assert found.rule == "overflow-text"
    assert left_out in found.message


def test_a_note_too_long_beside_the_trial_number_points_to_the_note() -> None:
    found = reviewed(changes={"/claim/additional_information": "NOTE " * 30})
    assert [each.path for each in of_topic(found, "overflow")] == ["/claim/additional_information"]
    assert boxes(found)["19_1"].startswith("CT03072927")


def test_a_name_of_two_boxes_is_said_for_each() -> None:
    found = overflow({"/patient/last": "WOLFESCHLEGELSTEINHAUSENBERGERDORFF"})
    assert sorted(each.box or "" for each in found) == ["2", "4"]
    assert {each.severity.value for each in found} == {"warning"}


@pytest.mark.parametrize(
    ("path", "typed", "box"),
    [
        ("/coverages/0/member_id", "A" * 30, "1a"),
        ("/coverages/0/group_number", "G" * 30, "11"),
        ("/patient/account_number", "A" * 15, "26"),
        ("/claim/prior_authorization_number", "P" * 30, "23"),
        ("/claim/original_reference", "R" * 19, "22"),
        ("/patient/zip", "1" * 13, "5"),
        ("/providers/rendering/npi", "1" * 11, "24J.1"),
        ("/claim/diagnoses", ["M48062XX"], "21A"),
        ("/claim/lines", [{"code": "62330", "units": 1000}], "24G.1"),
        ("/claim/lines", [{"code": "6233000"}], "24D.1"),
        ("/claim/lines", [{"code": "62330", "modifiers": ["Q0Q"]}], "24D.1"),
    ],
)
def test_a_number_too_long_leaves_its_box_empty(path: str, typed: Any, box: str) -> None:
    found = [each for each in overflow({path: typed}) if each.path.startswith(path)]
    assert {(each.rule, each.severity.value) for each in found} == {("overflow-code", "error")}
    assert box in [each.box for each in found]


@pytest.mark.parametrize(
    ("changes", "box"),
    [
        ({"/claim/value_codes": [{"code": "D4", "amount": "03072927000"}]}, "39a"),
        ({"/claim/value_codes": [{"code": f"A{n}", "amount": "1.00"} for n in range(3)] + [{"code": "B10"}]}, "39b"),
        ({"/coverages/0/member_id": "1" * 21}, "60A"),
        ({"/claim/occurrence_codes": [{"code": "011", "date": "2026-03-10"}]}, "31a"),
        ({"/claim/revenue_lines/0/units": 10_000_000}, "46.1"),
    ],
)
def test_a_row_of_a_form_locator_is_named_as_everywhere(changes: dict[str, Any], box: str) -> None:
    """A row or a payer by its letter, 39a; a line by its number, 46.1."""
    assert [each.box for each in overflow(changes, "medicare-hospital-2026")] == [box]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"/claim/charges": {"62330": "1000000.00"}}, "/claim/charges/62330"),
        ({"/claim/amount_paid": "1000000.00"}, "/claim/amount_paid"),
        ({"/claim/outside_lab": {"used": True, "charge": "1000000.00"}}, "/claim/outside_lab/charge"),
    ],
)
def test_an_amount_too_wide_prints_no_page(changes: dict[str, Any], path: str) -> None:
    found = reviewed(PREMERA, changes)
    (money,) = [each for each in of_topic(found, "overflow") if each.path == path]
    assert (money.rule, money.severity) == ("overflow-money", "error")
    assert "1000000" in money.message
    assert found.filled is not None
    assert found.filled.unprintable


@pytest.mark.parametrize(
    ("changes", "box", "text"),
    [
        ({"/claim/charges": {"62330": "999999.99"}}, "24.1_f_d", "999999"),
        ({"/claim/amount_paid": "999999.99"}, "29_d", "999999"),
        ({"/claim/outside_lab": {"used": True, "charge": "999999.99"}}, "20_chg", "99999999"),
    ],
)
def test_the_widest_amount_that_fits(changes: dict[str, Any], box: str, text: str) -> None:
    found = reviewed(PREMERA, changes)
    assert boxes(found)[box] == text
    assert of_topic(found, "overflow") == []


def test_seven_digits_fit_the_total() -> None:
    lines = [{"code": "99072", "charge": "999999.99"} for _ in range(6)]
    found = reviewed(PREMERA, {"/claim/lines": lines})
    assert boxes(found)["28_d"] == "5999999"
    assert of_topic(found, "overflow") == []


def test_a_name_that_repeats_on_every_page_is_said_once() -> None:
    lines = [{"code": "99072", "charge": "1.00"}] * 13
    found = overflow({"/claim/lines": lines, "/patient/city": "RANCHO SANTA MARGARITA HEIGHTS"})
    assert sorted(each.box or "" for each in found) == ["5", "7"]


def test_a_wide_charge_on_each_of_two_pages_is_said_twice() -> None:
    lines = [{"code": "99072", "charge": "1000000.00" if row in (0, 6) else "1.00"} for row in range(7)]
    found = [each for each in overflow({"/claim/lines": lines}) if each.rule == "overflow-money"]
    assert {each.path for each in found} == {"/claim/lines/0/charge", "/claim/lines/6/charge"}


@pytest.mark.parametrize("typed", ["ТЕСТОВ", "山田", "ALMA\x92Q", "A\ue000B", "A\u20e3B", "\U0001d518"])
def test_characters_no_form_prints(typed: str) -> None:
    (found,) = [each for each in reviewed(changes={"/patient/last": typed}).findings if each.rule == "characters"]
    assert (found.path, found.box, found.severity, found.topic) == ("/patient/last", "2", "error", "name-address")


def test_accents_print() -> None:
    found = reviewed(changes={"/patient/last": "Núñez-Åkesson", "/patient/first": "Zoë"})
    assert found.worst is None
    assert boxes(found)["2"] == "NÚÑEZ-ÅKESSON, ZOË, Q"


def test_a_composed_and_a_decomposed_accent_print_alike() -> None:
    texts = []
    for form in ("NFC", "NFD"):
        found = reviewed(changes={"/patient/last": normalize(form, "NÚÑEZ")})
        assert found.filled is not None
        assert found.worst is None
        texts.append([placed.text for placed in found.filled.pages[0].placed if placed.box == "2"])
    assert texts[0] == texts[1]


def test_no_form_no_boxes() -> None:
    found = reviewed("va-facility-2026")
    assert (found.boxes, found.filled, found.estimate) == (None, None, None)


def test_the_form_of_the_command_stands_above_the_cases() -> None:
    assert reviewed(form=FormKind.UB04).claim.form is FormKind.UB04


def test_what_stops_the_claim() -> None:
    found = reviewed("medicare-office")
    assert [each.topic.value for each in found.errors] == ["place-of-service"]
    assert reviewed().errors == ()
