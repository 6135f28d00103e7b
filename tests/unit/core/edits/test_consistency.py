"""Each edit on facts that contradict each other, on boxes that stay empty, and on malformed identifiers."""

from datetime import date

import pytest

from tests.support import ABSENT, findings, reviewed
from tests.unit.core.edits.edit_cases import Hit, Miss, names

PREMERA = "premera-commercial-2026"
SPOUSE = "own-payer-spouse"
AHEAD = {"/procedure/date_of_service": "2026-06-01"}
CARE = "/answers/conservative_care"
SERVICE = "/procedure/date_of_service"

FACTS = [
    Hit("date-of-service-missing", SERVICE, "error", {SERVICE: None}, box="24A"),
    Hit("date-of-service-missing", SERVICE, "error", {"/procedure": None}),
    Hit("date-of-service-ahead", SERVICE, "info", {SERVICE: "2026-03-13"}, says="2026-03-13"),
    Hit("birth-date-missing", "/patient/birth_date", "error", {"/patient/birth_date": None}, box="3"),
    Hit("birth-date-missing", "/patient/birth_date", "info", {"/patient/birth_date": None, **AHEAD}),
    Hit("birth-after-service", "/patient/birth_date", "error", {"/patient/birth_date": "2026-03-11"}),
    Hit("birth-after-service", "/patient/birth_date", "error", {"/patient/birth_date": "2026-03-13", SERVICE: None}),
    Hit("birth-too-long-ago", "/patient/birth_date", "hold", {"/patient/birth_date": "1895-01-01"}),
    Hit(
        "line-dates-reversed",
        "/claim/lines/0/to",
        "error",
        {"/claim/lines": [{"from": "2026-03-10", "to": "2026-03-09"}]},
        box="24A.1",
    ),
    Hit("line-date-against-service", "/claim/lines/0/from", "hold", {"/claim/lines": [{"from": "2026-03-09"}]}),
    Hit("line-date-against-service", "/claim/lines/0/to", "hold", {"/claim/lines": [{"to": "2026-03-11"}]}),
    Hit(
        "span-reversed",
        "/claim/unable_to_work/to",
        "error",
        {"/claim/unable_to_work": {"from": "2026-03-10", "to": "2026-03-09"}},
        box="16",
    ),
    Hit(
        "span-reversed",
        "/claim/hospitalization/to",
        "error",
        {"/claim/hospitalization": {"from": "2026-03-10", "to": "2026-03-09"}},
        box="18",
    ),
    Hit("span-reversed", f"{CARE}/0/to", "error", {CARE: [{"from": "2025-05-01", "to": "2025-04-01"}]}),
    Hit("care-after-service", f"{CARE}/0/from", "warning", {CARE: [{"from": "2026-03-11"}]}),
    Hit("imaging-after-service", "/answers/imaging_date", "warning", {"/answers/imaging_date": "2026-03-11"}),
    Hit("onset-after-service", "/claim/onset/date", "hold", {"/claim/onset": {"date": "2026-03-11"}}, box="14"),
    Hit("prior-after-service", "/prior_procedures/0/date", "hold", {"/prior_procedures/0/date": "2026-03-10"}),
    Hit(
        "answer-not-a-number",
        "/answers/ligamentum_flavum_mm",
        "hold",
        {"/answers/ligamentum_flavum_mm": "thick"},
    ),
    Hit("answer-not-a-number", "/answers/ligamentum_flavum_mm", "hold", {"/answers/ligamentum_flavum_mm": "-1"}),
    Hit("answer-not-a-number", "/answers/ligamentum_flavum_mm", "hold", {"/answers/ligamentum_flavum_mm": "NaN"}),
    Hit("answer-not-a-number", "/answers/spondylolisthesis_grade", "hold", {"/answers/spondylolisthesis_grade": -1}),
    *[
        Hit("answer-not-a-number", f"/answers/scores/{score}", "hold", {f"/answers/scores/{score}": "bad"})
        for score in ("odi", "nprs", "vas", "zcq_symptom", "zcq_function", "zcq_satisfaction", "walking_minutes")
    ],
    Hit(
        "look-back-contradiction",
        "/answers/no_prior_lumbar_procedure",
        "hold",
        {"/prior_procedures": [{"kind": "mild", "region": "lumbar", "date": "2025-09-01"}]},
    ),
]
NO_FACTS = [
    Miss("date-of-service-missing"),
    Miss("date-of-service-ahead", {SERVICE: "2026-03-12"}),
    Miss("birth-date-missing"),
    Miss("birth-after-service", {"/patient/birth_date": "2026-03-10"}),
    Miss("birth-too-long-ago", {"/patient/birth_date": "1906-03-10"}),
    Miss("line-dates-reversed"),
    Miss("line-date-against-service", {"/claim/lines": [{"from": "2026-03-10", "to": "2026-03-10"}]}),
    Miss("line-date-against-service", {"/claim/lines": [{"from": "2026-03-09"}], SERVICE: None}),
    Miss("span-reversed", {"/claim/unable_to_work": {"from": "2026-03-09", "to": "2026-03-09"}}),
    Miss("span-reversed", {"/claim/hospitalization": {"from": "2026-03-09"}, CARE: [{"to": "2025-01-01"}]}),
    Miss("care-after-service", {CARE: [{"from": "2026-03-10"}, {}]}),
    Miss("care-after-service", {CARE: [{"from": "2026-03-11"}], SERVICE: None}),
    Miss("imaging-after-service", {"/answers/imaging_date": "2026-03-10"}),
    Miss("imaging-after-service", {"/answers/imaging_date": "2026-03-11", SERVICE: None}),
    Miss("onset-after-service", {"/claim/onset": {"date": "2026-03-10"}}),
    Miss("onset-after-service", {"/claim/onset": {"qualifier": "431"}}),
    Miss("prior-after-service", {"/prior_procedures": [{"kind": "fusion"}]}),
    Miss("answer-not-a-number", {"/answers/ligamentum_flavum_mm": "4", "/answers/scores": {"odi": "52.5", "nprs": 0}}),
    Miss("answer-not-a-number", {"/answers": None}),
    Miss("look-back-contradiction"),
    Miss(
        "look-back-contradiction",
        {
            "/answers/no_prior_lumbar_procedure": False,
            "/prior_procedures": [{"kind": "mild", "region": "lumbar", "date": "2025-09-01"}],
        },
    ),
]

BOXES = [
    *[
        Hit("patient-part-missing", f"/patient/{key}", "error", {f"/patient/{key}": None}, box=box)
        for key, box in (("last", "2"), ("first", "2"), ("street", "5"), ("city", "5"), ("state", "5"), ("zip", "5"))
    ],
    Hit("patient-part-missing", "/patient/last", "error", {"/patient": None}),
    Hit("patient-part-missing", "/patient/city", "error", {"/patient/city": "  "}),
    Hit("patient-part-missing", "/patient/zip", "info", {"/patient/zip": None, **AHEAD}),
    Hit("sex-missing", "/patient/sex", "warning", {"/patient/sex": None}, box="3"),
    Hit("payer-missing", "/coverages", "error", {"/coverages": []}, box="1"),
    Hit("payer-missing", "/coverages", "error", {"/coverages": None}),
    Hit("payer-missing", "/coverages/0/payer", "error", {"/coverages/0/payer": None}),
    Hit("member-id-missing", "/coverages/0/member_id", "error", {"/coverages/0/member_id": None}, box="1a"),
    Hit("member-id-missing", "/coverages/0/member_id", "error", {"/coverages/0/member_id": " "}),
    Hit("relationship-missing", "/coverages/0/relationship", "error", {"/coverages/0/relationship": None}, PREMERA),
    Hit("insured-part-missing", "/coverages/0/insured/last", "error", {"/coverages/0/insured/last": None}, SPOUSE),
    Hit("insured-part-missing", "/coverages/0/insured/first", "error", {"/coverages/0/insured": None}, SPOUSE),
    *[
        Hit("billing-part-missing", f"/providers/billing/{key}", "error", {f"/providers/billing/{key}": None}, box="33")
        for key in ("name", "street", "city", "state", "zip")
    ],
    Hit("billing-part-missing", "/providers/billing/name", "error", {"/providers": None}),
    *[
        Hit("billing-identifier-missing", f"/providers/billing/{key}", "error", {f"/providers/billing/{key}": None})
        for key in ("npi", "tax_id", "tax_id_kind")
    ],
    *[
        Hit("facility-part-missing", f"/providers/facility/{key}", "error", {f"/providers/facility/{key}": None})
        for key in ("name", "street", "city", "state", "zip")
    ],
    Hit("facility-part-missing", "/providers/facility/name", "error", {"/providers/facility": None}, box="32"),
    Hit("rendering-npi-missing", "/providers/rendering/npi", "hold", {"/providers/rendering/npi": None}),
    Hit("rendering-npi-missing", "/providers/rendering/npi", "hold", {"/providers/rendering": None}),
    Hit("assignment-missing", "/claim/accept_assignment", "error", {"/claim/accept_assignment": None}, box="27"),
    Hit("patient-signature-missing", "/claim/signature_on_file", "error", {"/claim/signature_on_file": None}, box="12"),
    Hit("patient-signature-missing", "/claim/signature_on_file", "error", {"/claim/signature_on_file": False}),
    Hit(
        "patient-signature-missing",
        "/claim/patient_signature_on_file",
        "error",
        {"/claim/patient_signature_on_file": False},
    ),
    Hit(
        "provider-signature-missing",
        "/claim/provider_signature/text",
        "error",
        {"/claim/signature_on_file": None, "/claim/patient_signature_on_file": True},
        box="31",
    ),
    Hit(
        "provider-signature-missing",
        "/claim/provider_signature/text",
        "error",
        {"/claim/signature_on_file": None, "/claim/provider_signature": {"text": " "}},
    ),
]
NO_BOXES = [
    Miss("patient-part-missing"),
    Miss("sex-missing", {"/patient/sex": "X"}),
    Miss("payer-missing"),
    Miss("member-id-missing", {"/coverages": None}),
    Miss("relationship-missing", {"/coverages/0/relationship": None}),  # Medicare first: item 6 stays blank
    Miss("insured-part-missing", {"/coverages/0/insured": None}, PREMERA),
    Miss("insured-part-missing", {"/coverages": None}, SPOUSE),
    Miss("billing-part-missing"),
    Miss("billing-identifier-missing"),
    Miss("facility-part-missing", {"/providers/facility": None}, PREMERA),
    Miss("rendering-npi-missing"),
    Miss(  # a surgery center's own claim needs none (facts on the CMS-1500, item 24J)
        "rendering-npi-missing",
        {"/providers/billing/npi": "2000000036", "/providers/rendering": None},
    ),
    Miss("assignment-missing", {"/claim/accept_assignment": False}),
    Miss("patient-signature-missing", {"/claim/signature_on_file": None, "/claim/patient_signature_on_file": True}),
    Miss("provider-signature-missing", {"/claim/provider_signature": {"text": "DR P RENDERER"}}),
    Miss(
        "provider-signature-missing",
        {"/claim/signature_on_file": None, "/claim/provider_signature": {"text": "DR P RENDERER"}},
    ),
    Miss("patient-part-missing", {"/patient": None}, "va-facility-2026"),
]

IDENTIFIERS = [
    Hit("member-id-malformed", "/coverages/0/member_id", "error", {"/coverages/0/member_id": "1SG4TE5MK73"}, box="1a"),
    Hit("member-id-malformed", "/coverages/0/member_id", "error", {"/coverages/0/member_id": "123456789A"}),
    Hit(
        "member-id-malformed",
        "/coverages/1/member_id",
        "error",
        {"/coverages/1": {"payer": "medicare", "member_id": "1"}},
        PREMERA,
    ),
    *[
        Hit("npi-malformed", f"/providers/{role}/npi", "error", {f"/providers/{role}": {"npi": "1234567890"}}, box=box)
        for role, box in (
            ("billing", "33a"),
            ("rendering", "24J.1"),
            ("referring", "17b"),
            ("facility", "32a"),
            ("attending", "76"),
            ("operating", "77"),
        )
    ],
    Hit("taxonomy-malformed", "/providers/billing/taxonomy", "warning", {"/providers/billing/taxonomy": "208VP0014"}),
    Hit("taxonomy-malformed", "/providers/rendering/taxonomy", "warning", {"/providers/rendering/taxonomy": "X"}),
    Hit("tax-id-malformed", "/providers/billing/tax_id", "hold", {"/providers/billing/tax_id": "25123456"}, box="25"),
    Hit(
        "tax-id-malformed",
        "/providers/billing/tax_id",
        "hold",
        {"/providers/billing/tax_id": "000123456", "/providers/billing/tax_id_kind": "ssn"},
    ),
    Hit("referring-role-missing", "/providers/referring/role", "hold", {"/providers/referring/role": None}, box="17"),
    Hit("referring-npi-missing", "/providers/referring/npi", "hold", {"/providers/referring/npi": None}, box="17b"),
    Hit("state-malformed", "/patient/state", "hold", {"/patient/state": "PENN"}, box="5"),
    Hit("state-malformed", "/providers/facility/state", "hold", {"/providers/facility/state": "XX"}, box="32"),
    Hit("zip-malformed", "/patient/zip", "hold", {"/patient/zip": "1521"}),
    Hit("zip-malformed", "/coverages/0/insured/zip", "hold", {"/coverages/0/insured/zip": "ABCDE"}, SPOUSE, box="7"),
    Hit("zip-malformed", "/coverages/0/contractor/zip", "hold", {"/coverages/0/contractor/zip": "1"}),
    Hit("zip-malformed", "/coverages/0/payer/zip", "hold", {"/coverages/0/payer/zip": "1"}, SPOUSE),
    Hit("account-number-separators", "/patient/account_number", "info", {"/patient/account_number": "AC-77"}, box="26"),
    Hit("optional-phone-malformed", "/patient/phone", "warning", {"/patient/phone": "555-0142"}, box="5"),
    Hit("phone-malformed", "/providers/billing/phone", "hold", {"/providers/billing/phone": "(412) 555"}, box="33"),
    Hit("zip-short", "/providers/billing/zip", "warning", {"/providers/billing/zip": "15222"}, box="33"),
    Hit("zip-short", "/providers/facility/zip", "warning", {"/providers/facility/zip": "15222"}, box="32"),
    Hit("billing-po-box", "/providers/billing/street", "warning", {"/providers/billing/street": "P.O. Box 7"}),
    Hit("billing-po-box", "/providers/billing/street", "warning", {"/providers/billing/street": "po box 7"}),
    Hit("punctuation", "/patient/street", "warning", {"/patient/street": "12 ELM ST. #4"}, box="5"),
    Hit("punctuation", "/patient/last", "warning", {"/patient/last": "O,NEIL"}),
    Hit("punctuation", "/providers/billing/name", "warning", {"/providers/billing/name": "PAIN ASSOC, INC."}),
]
NO_IDENTIFIERS = [
    Miss("member-id-malformed", {"/coverages/0/member_id": "1EG4-TE5-MK73"}),
    Miss("member-id-malformed", {}, PREMERA),
    Miss("member-id-malformed", {}, "medicare-advantage-2026"),
    Miss("member-id-malformed", {"/coverages/0/member_id": None}),
    Miss("npi-malformed", {"/providers/rendering/npi": "1234567893", "/providers/attending": {"last": "X"}}),
    Miss("npi-malformed", {"/providers": None}),
    Miss("taxonomy-malformed", {"/providers/billing/taxonomy": None}),
    Miss("tax-id-malformed", {"/providers/billing/tax_id": "25-1234567"}),
    Miss("tax-id-malformed", {"/providers/billing/tax_id_kind": None}),
    Miss("tax-id-malformed", {"/providers/billing": None}),
    Miss("referring-role-missing", {"/providers/referring": None}),
    Miss("state-malformed", {"/patient/state": "pr"}),
    Miss("zip-malformed", {"/patient/zip": "15213-1234"}),
    Miss("zip-malformed", {"/patient": None, "/providers/facility": None}),
    Miss("zip-malformed", {"/coverages/0/insured/zip": "1", "/coverages/0/relationship": "self"}, SPOUSE),
    Miss("phone-malformed", {"/providers/billing/phone": "1 (412) 555-0142"}),
    Miss("account-number-separators", {"/patient/account_number": "AC7701"}),
    Miss("optional-phone-malformed", {"/patient/phone": "(412) 555-0142"}),
    Miss("zip-short", {"/patient/zip": "15213"}),
    Miss("billing-po-box", {"/providers/billing/street": "12 BOXWOOD LANE"}),
    Miss("punctuation", {"/patient/last": "SMITH-JONES", "/patient/first": "D'ARCY"}),
]
ALL_HITS = [*FACTS, *BOXES, *IDENTIFIERS]
ALL_MISSES = [*NO_FACTS, *NO_BOXES, *NO_IDENTIFIERS]


@pytest.mark.parametrize("hit", ALL_HITS, ids=names(ALL_HITS))
def test_found(hit: Hit) -> None:
    hit.check()


@pytest.mark.parametrize("miss", ALL_MISSES, ids=names(ALL_MISSES))
def test_left_alone(miss: Miss) -> None:
    miss.check()


def test_what_is_missing_is_said_in_the_words_of_the_form() -> None:
    changes = {"/patient/last": None, "/patient/zip": None, "/providers/billing/npi": None}
    found = reviewed(changes=changes).findings
    messages = {each.path: each.message for each in found if each.rule.endswith("-missing")}
    assert "last name" in messages["/patient/last"]
    assert "ZIP" in messages["/patient/zip"]
    assert "NPI" in messages["/providers/billing/npi"]


def test_a_repaired_identifier_is_not_malformed() -> None:
    changes = {
        "/providers/billing/npi": "2000-000 010",
        "/coverages/0/member_id": "1eg4-te5-mk73",
        "/providers/billing/phone": "412 555 0100",
    }
    assert reviewed(changes=changes).worst is None


def test_no_birth_date_is_judged_by_today_where_the_service_is_open() -> None:
    changes = {"/procedure/date_of_service": ABSENT, "/patient/birth_date": "2026-03-12"}
    assert findings(changes=changes, rule="birth-after-service") == []
    assert findings(changes=changes, rule="birth-after-service", today=date(2026, 3, 11)) != []


def test_an_auto_accident_wants_its_state() -> None:
    found = [
        each for each in reviewed(changes={"/claim/related_to": {"auto_accident": True}}).findings if each.box == "10b"
    ]
    assert [(each.topic, each.path) for each in found] == [("required", "/claim/related_to/auto_state")]
    assert found[0].severity in ("error", "hold")
    told = reviewed(changes={"/claim/related_to": {"auto_accident": True, "auto_state": "PA"}})
    assert [each for each in told.findings if each.box == "10b"] == []


def test_an_outside_laboratory_wants_its_charge() -> None:
    found = [each for each in reviewed(changes={"/claim/outside_lab": {"used": True}}).findings if each.box == "20"]
    assert [each.path for each in found] == ["/claim/outside_lab/charge"]
    assert found[0].severity in ("error", "hold")
