"""Each edit on payers, notices, authorizations and deadlines: what it finds, and what it leaves alone."""

from datetime import date

import pytest

from mild_biller.core.review.review import review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.payer import AuthorizationNeed
from mild_biller.loader import catalog, layout
from tests.support import TODAY, case, findings, reviewed
from tests.unit.core.edits.edit_cases import Hit, Miss, names

PREMERA = "premera-commercial-2026"
ADVANTAGE = "medicare-advantage-2026"
OUT = {"/answers/in_ced_study": False, "/procedure/trial_number": None}
SIGNED = {"/notices": [{"kind": "abn", "signed_on": "2026-03-01"}]}
DENIED = {"/denial": {"date": "2026-03-11", "carc": ["50"]}}
LATER = date(2026, 6, 12)


def line(**given: object) -> dict[str, object]:
    return {"/claim/lines": [{"code": "62330", **given}, {"code": "62331", **given}]}


def granted(**given: object) -> dict[str, object]:
    return {"/authorization": {"reference": "PA1", **given}}


HITS = [
    Hit("policy-stale", "/coverages/0/payer", "warning", {}, "regence-thoracic-2026", says="2025-12-31"),
    # Notices.
    Hit("notice-before-service", "/notices", "warning", {}, PREMERA),
    Hit("notice-before-service", "/notices", "warning", OUT, says="ABN"),
    Hit("notice-signed", "/notices", "info", {**OUT, **SIGNED}, says="2026-03-01"),
    Hit(
        "notice-signed",
        "/notices",
        "info",
        {"/notices": [{"kind": "member-notice", "signed_on": "2026-03-10"}]},
        PREMERA,
    ),
    Hit("notice-too-late", "/notices", "warning", {**OUT, "/notices": [{"kind": "abn", "signed_on": "2026-03-11"}]}),
    Hit("notice-signed-ahead", "/notices/0/signed_on", "hold", {"/notices": [{"signed_on": "2026-03-13"}]}),
    Hit("notice-of-exclusion", "/claim/lines/0/modifiers", "hold", {**OUT, **line(modifiers=["GY"])}, says="GY"),
    Hit("notice-of-exclusion", "/claim/lines/1/modifiers", "hold", {**OUT, **line(modifiers=["GX"])}),
    Hit("notice-modifier-inside-study", "/claim/lines/0/modifiers", "hold", line(modifiers=["GA", "Q0"]), says="GA"),
    Hit("notice-modifier-inside-study", "/claim/lines/0/modifiers", "hold", line(modifiers=["GZ", "Q0"])),
    Hit("notice-modifier-missing", "/claim/lines/0/modifiers", "hold", {**OUT, **SIGNED, **line(modifiers=[])}),
    Hit("notice-modifier-unsigned", "/claim/lines/0/modifiers", "hold", {**OUT, **line(modifiers=["GA"])}),
    Hit(
        "notice-occurrence-missing",
        "/claim/occurrence_codes",
        "hold",
        {**OUT, **SIGNED},
        "medicare-hospital-derived",
    ),
    # Second payers.
    Hit("supplement-to-medicare", "/coverages/1/payer", "info", {}, "medicare-with-tricare-second", says="TRICARE"),
    Hit("second-payer-missing", "/coverages/1/payer", "info", {"/coverages/1": {"member_id": "1"}}),
    Hit("second-payer-unknown", "/coverages/1/payer", "info", {"/coverages/1": {"payer": "regence"}}, PREMERA),
    # Authorizations.
    Hit("prior-authorization", "/claim/prior_authorization_number", "info", {}, ADVANTAGE, box="23"),
    Hit("authorization-codes", "/authorization/codes", "hold", granted(codes=["62330"]), says="62331"),
    Hit("authorization-codes", "/authorization/codes", "hold", granted(codes=[]), says="62330, 62331"),
    Hit("authorization-dates", "/authorization/from", "hold", granted(**{"from": "2026-03-11"})),
    Hit("authorization-dates", "/authorization/to", "hold", granted(to="2026-03-09")),
    Hit("authorization-place", "/authorization/place_of_service", "hold", granted(place_of_service="22"), says="24"),
    Hit("authorization-units", "/authorization/units", "hold", granted(units=1)),
    Hit("authorization-not-approved", "/authorization/decision", "hold", granted(decision="denied"), says="denied"),
    Hit("authorization-not-approved", "/authorization/decision", "hold", granted(decision="pending")),
    Hit(
        "authorization-numbers",
        "/claim/prior_authorization_number",
        "hold",
        {**granted(), "/claim/prior_authorization_number": "PA2"},
    ),
    Hit(
        "authorization-until",
        "/authorization/to",
        "info",
        {**granted(to="2026-07-01"), "/procedure/date_of_service": "2026-06-01"},
        says="2026-07-01",
    ),
    # Deadlines.
    Hit("timely-filing", "/procedure/date_of_service", "info", says="2027-03-10"),
    Hit("timely-filing", "/procedure/date_of_service", "hold", today=date(2027, 3, 11), says="which has passed"),
    Hit("denial-unknown", "/denial", "warning", {"/denial": {"date": "2026-03-11", "carc": ["9999"]}}),
    Hit("denial-unknown", "/denial", "warning", {"/denial": {}}),
    Hit("denial-date-missing", "/denial/date", "info", {"/denial": {"carc": ["50"]}}),
    Hit("denial-ahead", "/denial/date", "hold", {"/denial": {"date": "2026-03-13", "carc": ["50"]}}),
    Hit(
        "resubmit-instead-of-appeal",
        "/denial/rarc",
        "info",
        {"/denial": {"date": "2026-03-11", "carc": ["16"], "rarc": ["MA130"]}},
    ),
]
MISSES = [
    Miss("policy-stale"),
    Miss("policy-stale", {"/coverages": None}),
    Miss("notice-before-service"),
    Miss("notice-before-service", {}, "tricare-2026"),
    Miss("notice-before-service", {"/coverages": None}),
    Miss("notice-signed", {"/notices": [{"kind": "abn", "signed_on": "2026-03-01"}]}),
    Miss("notice-too-late", {**OUT, **SIGNED}),
    Miss("notice-signed-ahead", {"/notices": [{"signed_on": "2026-03-12"}, {}]}),
    Miss("notice-of-exclusion", line(modifiers=["GY"]), PREMERA),
    Miss("notice-modifier-inside-study"),
    Miss("notice-modifier-missing", {**OUT, **SIGNED, **line(modifiers=["GA"])}),
    Miss("notice-modifier-missing", {**OUT, **line(modifiers=["GZ"])}),
    Miss("notice-modifier-unsigned", {**OUT, **SIGNED, **line(modifiers=["GA"])}),
    Miss("notice-occurrence-missing", {**OUT, **SIGNED}),
    Miss(
        "notice-occurrence-missing",
        {**OUT, **SIGNED, "/claim/occurrence_codes": [{"code": "32", "date": "2026-03-01"}]},
        "medicare-hospital-derived",
    ),
    Miss("supplement-to-medicare"),
    Miss("second-payer-missing"),
    Miss("second-payer-unknown", {"/coverages/1": {"payer": "regence"}}),
    Miss("prior-authorization"),
    Miss("prior-authorization", {"/claim/prior_authorization_number": "PA1"}, ADVANTAGE),
    Miss("prior-authorization", {"/coverages": None}, ADVANTAGE),
    Miss("authorization-codes", granted(codes=["62330", "62331"])),
    Miss("authorization-dates", granted(**{"from": "2026-03-10"}, to="2026-03-10")),
    Miss("authorization-dates", {**granted(to="2020-01-01"), "/procedure/date_of_service": None}),
    Miss("authorization-place", granted(place_of_service="24")),
    Miss("authorization-units", granted(units=2)),
    Miss("authorization-not-approved", granted(decision="Approved ")),
    Miss("authorization-numbers", {**granted(), "/claim/prior_authorization_number": "PA1"}),
    Miss("authorization-numbers", {"/authorization": {}, "/claim/prior_authorization_number": "PA1"}),
    Miss("authorization-until", granted(to="2026-07-01")),
    Miss("timely-filing", {"/procedure/date_of_service": "2026-06-01"}),
    Miss("timely-filing", {}, PREMERA),
    Miss("timely-filing", {"/procedure/date_of_service": None}),
    Miss("denial-unknown", DENIED),
    Miss("denial-unknown"),
    Miss("denial-date-missing", DENIED),
    Miss("denial-ahead", {"/denial": {"date": "2026-03-12", "carc": ["50"]}}),
    Miss("resubmit-instead-of-appeal", DENIED),
]


@pytest.mark.parametrize("hit", HITS, ids=names(HITS))
def test_found(hit: Hit) -> None:
    hit.check()


@pytest.mark.parametrize("miss", MISSES, ids=names(MISSES))
def test_left_alone(miss: Miss) -> None:
    miss.check()


def filing(today: date, name: str = "medicare-asc-2026", **denial: object) -> list[tuple[str, str, str]]:
    """Return rule, severity and message of every deadline, but that of filing itself."""
    found = reviewed(name, {"/denial": denial}, today=today).findings
    return [
        (each.rule, each.severity.value, each.message)
        for each in found
        if each.topic == "timely-filing" and each.path == "/denial/date"
    ]


def test_a_medicare_denial_may_be_appealed_for_120_days_from_receipt() -> None:
    (rule, severity, message), *further = filing(date(2026, 3, 12), date="2026-03-11", carc=["50"])
    assert severity == "info"
    assert "2026-07-14" in message, rule  # 11 March, five days for the post, 120 days
    assert all(each[1] == "info" for each in further)
    late = filing(date(2026, 7, 15), date="2026-03-11", carc=["50"])
    assert (late[0][0], late[0][1]) == (rule, "hold")
    assert "which has passed" in late[0][2]
    assert filing(date(2026, 7, 14), date="2026-03-11", carc=["50"])[0][1] == "info"


def test_an_unprocessable_claim_has_no_appeal() -> None:
    assert filing(date(2026, 3, 12), date="2026-03-11", carc=["16"], rarc=["MA130"]) == []


def test_each_kind_of_plan_has_its_own_appeal() -> None:
    rules = {
        name: {rule for rule, _, _ in filing(LATER, name, date="2026-03-11", carc=["50"])}
        for name in ("medicare-asc-2026", "medicare-advantage-2026", "premera-commercial-2026")
    }
    assert all(rules.values())
    assert not rules["medicare-asc-2026"] & rules["medicare-advantage-2026"]
    assert not rules["medicare-asc-2026"] & rules["premera-commercial-2026"]


def test_where_the_law_of_the_state_or_the_notice_sets_the_days() -> None:
    for name in ("medicaid-2026", "tricare-2026"):
        ((_, severity, message),) = filing(LATER, name, date="2026-03-11", carc=["50"])
        assert severity == "info"
        assert "The last day is" not in message


def test_a_denial_says_what_it_most_likely_means() -> None:
    found = reviewed(changes={"/denial": {"date": "2026-03-11", "carc": ["4"]}}).findings
    meant = [each for each in found if each.severity == "warning"]
    assert [each.topic for each in meant] == ["modifier"]
    assert meant[0].path.startswith("/")


def test_a_denial_without_a_payer_names_no_appeal() -> None:
    found = reviewed(changes={**DENIED, "/coverages": None}).findings
    assert [each for each in found if each.topic == "timely-filing" and each.path == "/denial/date"] == []


def test_a_denial_of_the_last_day_there_is() -> None:
    found = reviewed(changes={"/denial": {"date": "9999-12-31", "carc": ["50"]}}, today=date.max).findings
    assert any("9999-12-31" in each.message for each in found)


def test_the_pilots_delay_is_said_in_its_states_alone() -> None:
    for state, said in (("TX", True), ("OH", True), ("PA", False), (None, False)):
        changes = {"/providers/billing/state": state, "/providers/facility/state": state}
        assert bool(findings(changes=changes, rule="wiser-delayed")) is said
    early = {"/providers/billing/state": "TX", "/procedure/date_of_service": "2025-12-31"}
    assert findings(changes=early, rule="wiser-delayed") == []


def test_a_younger_patient_is_spoken_of() -> None:
    for born, said in (("1974-01-01", True), ("1961-03-11", True), ("1961-03-10", False), (None, False)):
        assert bool(findings(changes={"/patient/birth_date": born}, rule="no-age-limit")) is said


@pytest.mark.parametrize(
    ("changes", "need", "severities"),
    [({}, "auth-needed", ["hold"]), ({"/claim/prior_authorization_number": "PA1"}, "satisfied", [])],
)
def test_a_payer_whose_data_ask_for_one(changes: dict[str, object], need: str, severities: list[str]) -> None:
    shipped = catalog()
    kind = shipped.plan_kind["commercial"]
    rule = kind.authorization.with_(need=AuthorizationNeed.AUTH_NEEDED)  # type: ignore[union-attr]
    payers = tuple(each.with_(authorization=rule) if each.id == "premera" else each for each in shipped.payers)
    rules = Catalog.model_validate({**{n: getattr(shipped, n) for n in Catalog.model_fields}, "payers": payers})
    found = review(case(PREMERA, changes), catalog=rules, layouts=layout, today=TODAY)
    assert found.prior_authorization == need
    assert [each.severity for each in found.findings if each.rule == "prior-authorization"] == severities
