"""What `check` prints: the keys and their order, as the contract has them."""

import json

import pytest

from tests.support import example_names, reported, reviewed

# Case file format 1, section 4.
KEYS = [
    *("format", "case", "today", "determination", "position", "policy", "prior_authorization", "status", "findings"),
    *("repairs", "missing", "form", "pages", "place_of_service", "type_of_bill", "total_charge", "diagnoses", "lines"),
    *("revenue_lines", "condition_codes", "value_codes", "payment_estimate"),
]
POLICY = ["id", "title", "effective_from", "compared_on", "payer_reviewed_on", "next_review", "stale", "source"]
FINDING = [
    *("topic", "rule", "severity", "outcome", "path", "box", "message", "remedy", "remedy_kind", "sources"),
    *("certainty", "denial"),
]
SOURCE = ["id", "title", "place", "file", "date"]
LINE = ["code", "modifiers", "units", "pointers", "charge", "place_of_service", "from", "to"]
WORDS = {
    "determination": {"covered", "not-covered", "conditional", "indeterminate"},
    "position": {
        *("covered-with-evidence-development", "covered", "covered-at-va-facility", "investigational"),
        *("not-medically-necessary", "not-covered", "varies", "unknown"),
    },
    "prior_authorization": {"no-auth", "auth-needed", "satisfied", "unknown"},
    "status": {"error", "hold", "warning", "clean"},
}
FINDING_WORDS = {
    "severity": {"error", "hold", "warning", "info"},
    "outcome": {"met", "not-met", "unknown"},
    "remedy_kind": {"fix", "only-if-true", "ask-payer", "none"},
    "certainty": {"seed", "official", "secondary", "measured", "recollection"},
    "topic": {
        *(
            "trial-number",
            "trial-bundle",
            "code-date",
            "code",
            "add-on",
            "units",
            "laterality",
            "modifier",
            "diagnosis",
        ),
        *("pointer", "study-window", "look-back", "eligibility", "position", "stale-source", "secondary-payer"),
        *("place-of-service", "type-of-bill", "condition-code", "value-code", "revenue-code", "device", "bundling"),
        *("authorization", "notice", "member-id", "identifier", "name-address", "dates", "charge", "overflow"),
        *("timely-filing", "payment", "required"),
    },
}


@pytest.mark.parametrize("name", example_names())
def test_keys_order_and_words(name: str) -> None:
    printed = reported(name)
    assert [key for key in printed if key in KEYS] == KEYS
    assert list(printed)[: len(KEYS)] == KEYS
    for key, words in WORDS.items():
        assert printed[key] in words
    for found in printed["findings"]:
        assert list(found) == FINDING
        assert all(found[key] in words for key, words in FINDING_WORDS.items())
        assert all(list(source) == SOURCE for source in found["sources"])
    for line in printed["lines"]:
        assert list(line) == LINE
    for each in printed["repairs"]:
        assert list(each) == ["path", "from", "to"]
    assert json.loads(json.dumps(printed)) == printed


def test_the_deciding_policy() -> None:
    printed = reported()["policy"]
    assert list(printed) == POLICY
    assert list(printed["source"]) == ["id", "title", "file", "date"]
    assert (printed["id"], printed["effective_from"]) == ("cms-ncd-150-13", "2017-02-16")
    assert (printed["payer_reviewed_on"], printed["next_review"], printed["stale"]) == (None, None, False)
    assert printed["source"]["id"] == "reimbursement-guide-2026"
    assert printed["source"]["file"] == "004_24dad9c115eec144.txt"


def test_a_policys_own_days() -> None:
    printed = reported("regence-thoracic-2026")["policy"]
    assert (printed["payer_reviewed_on"], printed["next_review"]) == ("2025-01-31", "2025-12-31")


def test_no_policy() -> None:
    assert reported("medicaid-2026")["policy"] is None


def test_the_case_of_the_contract() -> None:
    """The example beside the contract's report: a typed line that lacks its modifier."""
    changes = {
        "/procedure/interspaces": [{"name": "L4-L5", "side": "bilateral"}],
        "/claim/lines": [{"code": "62330", "modifiers": []}],
    }
    printed = reported(changes=changes)
    (found,) = [each for each in printed["findings"] if each["severity"] == "error"]
    assert (found["topic"], found["rule"], found["outcome"]) == ("modifier", "medicare-ced-modifier", "not-met")
    assert (found["path"], found["box"]) == ("/claim/lines/0/modifiers", "24D.1")
    assert (found["remedy_kind"], found["certainty"], found["denial"]) == ("fix", "seed", ["CARC 4"])
    assert [(source["id"], source["place"]) for source in found["sources"]] == [
        ("reimbursement-guide-2026", "Billing specifics")
    ]
    assert printed["status"] == "error"
    assert printed["lines"] == [
        {
            "code": "62330",
            "modifiers": [],
            "units": 1,
            "pointers": ["A", "B"],
            "charge": "4600.00",
            "place_of_service": "24",
            "from": "2026-03-10",
            "to": "2026-03-10",
        }
    ]
    assert printed["diagnoses"] == ["M48062", "Z006"]
    assert (printed["form"], printed["pages"], printed["place_of_service"]) == ("cms1500", 1, "24")
    assert (printed["type_of_bill"], printed["total_charge"]) == (None, "4600.00")
    assert (printed["revenue_lines"], printed["condition_codes"], printed["value_codes"]) == ([], [], [])


def test_findings_stand_worst_first() -> None:
    order = ["error", "hold", "warning", "info"]
    for name in example_names():
        severities = [order.index(found["severity"]) for found in reported(name)["findings"]]
        assert severities == sorted(severities)


def test_a_charge_that_is_no_amount_is_printed_as_typed() -> None:
    printed = reported(changes={"/claim/charges": {"62330": "much", "62331": "2300.5"}})
    assert [line["charge"] for line in printed["lines"]] == ["much", "2300.50"]
    assert printed["total_charge"] is None


def test_a_line_of_a_case_without_a_date() -> None:
    printed = reported(changes={"/procedure/date_of_service": None, "/claim/lines": [{"code": "62330"}]})
    assert (printed["lines"][0]["from"], printed["lines"][0]["to"]) == (None, None)


def test_status_clean_is_nothing_above_information() -> None:
    assert reported()["status"] == "clean"
    assert reviewed().worst is None
    assert reported(changes={"/patient/sex": None})["status"] == "warning"


def test_a_facilitys_claim_beside_the_surgeons() -> None:
    facility = {"form": "ub04", "charges": {"62330": "15344.00", "62331": "100.00"}}
    changes = {"/facility_claim": facility, "/procedure/setting": "hospital-outpatient"}
    changes["/facility_claim/billing"] = {"name": "H", "npi": "2000000044"}
    printed = reported(changes=changes)
    assert list(printed)[: len(KEYS)] == KEYS
    own = printed["facility_claim"]
    assert {"form", "lines", "findings"} <= set(own)
    assert own["form"] == "ub04"
    assert [line["code"] for line in own["lines"]] == ["62330", "62331"]
    assert all(found["path"].startswith("/") for found in own["findings"])


def test_a_facilitys_claim_of_which_nothing_is_known() -> None:
    printed = reported(changes={"/facility_claim": {}})
    assert printed["facility_claim"]["form"] in ("cms1500", "ub04")
