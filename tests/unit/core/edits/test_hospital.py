"""Each edit on an institutional claim: what it finds, where, in which form locator, and what it leaves alone."""

import pytest

from mild_biller.core.case.vocabulary import FormKind
from tests.support import ABSENT, findings
from tests.unit.core.edits.edit_cases import Hit, Miss, names

HOSPITAL, DERIVED, CENTER = "medicare-hospital-2026", "medicare-hospital-derived", "premera-commercial-2026"
LINES = "/claim/revenue_lines"
DAY = "2026-03-10"
AS_CENTER = {
    "/providers/billing/npi": "2000000036",
    "/claim/form": ABSENT,
    "/providers/attending": {"last": "RENDERER", "first": "PAT", "npi": "1234567893"},
    "/providers/operating": {"last": "RENDERER", "first": "PAT", "npi": "1234567893"},
}
INPATIENT = {"/procedure/setting": "hospital-inpatient"}
DCN = {"/claim/document_control_number": "22607000123407"}


def more(**line: object) -> dict[str, object]:
    """Return the change that adds a revenue line, the ninth."""
    return {f"{LINES}/-": {"date": DAY, "units": 1, "charge": "10.00", **line}}


def hit(rule: str, path: str, severity: str, changes: dict[str, object], box: str, says: str = "") -> Hit:
    return Hit(rule, path, severity, changes, HOSPITAL, box=box, says=says)


HITS = [
    # Type of bill.
    Hit("type-of-bill-missing", "/procedure/setting", "error", {"/procedure/setting": None}, DERIVED, box="4"),
    Hit("type-of-bill-missing", "/procedure/setting", "error", {"/procedure/setting": "office"}, DERIVED),
    hit("type-of-bill-malformed", "/claim/type_of_bill", "hold", {"/claim/type_of_bill": "1311X"}, "4"),
    hit("medicare-ced-type-of-bill", "/claim/type_of_bill", "error", {"/claim/type_of_bill": "0111"}, "4"),
    hit("type-of-bill-against-setting", "/claim/type_of_bill", "hold", {"/claim/type_of_bill": "0851"}, "4", "013"),
    # What it replaces.
    hit("control-number-missing", "/claim/document_control_number", "hold", {"/claim/type_of_bill": "0137"}, "64A"),
    hit("change-reason-missing", "/claim/condition_codes", "hold", {"/claim/type_of_bill": "0138", **DCN}, "18"),
    hit("control-number-on-original", "/claim/document_control_number", "hold", DCN, "64A"),
    hit("control-number-on-original", "/claim/document_control_number", "hold", {"/claim/original_reference": "1"}, ""),
    hit(
        "remarks-missing",
        "/claim/remarks",
        "hold",
        {"/claim/type_of_bill": "0137", "/claim/condition_codes": ["30", "D9"], **DCN},
        "80",
    ),
    # Condition codes.
    hit("medicare-ced-condition-code", "/claim/condition_codes", "error", {"/claim/condition_codes": ["09"]}, "18"),
    hit("condition-code-malformed", "/claim/condition_codes/1", "hold", {"/claim/condition_codes": ["30", "3-"]}, "18"),
    hit("condition-code-twice", "/claim/condition_codes", "hold", {"/claim/condition_codes": ["30", "30"]}, "18", "30"),
    hit(
        "condition-codes-above-most",
        "/claim/condition_codes",
        "error",
        {"/claim/condition_codes": ["30", *(f"A{number}" for number in range(9)), "B1", "B2"]},
        "28",
        "12",
    ),
    # Value codes.
    hit("medicare-ced-value-code", "/claim/value_codes", "error", {"/claim/value_codes": []}, "39"),
    hit(
        "value-without-code",
        "/claim/value_codes/1/code",
        "error",
        {"/claim/value_codes": [{"code": "D4", "amount": "03072927"}, {"amount": "5.00"}]},
        "39",
        "5.00",
    ),
    hit("value-without-amount", "/claim/value_codes/0/amount", "error", {"/claim/value_codes": [{"code": "D4"}]}, "39"),
    hit(
        "trial-number-malformed",
        "/claim/value_codes/0/amount",
        "error",
        {"/claim/value_codes": [{"code": "D4", "amount": "3072927"}]},
        "39",
    ),
    hit(
        "trial-number-of-another-study",
        "/claim/value_codes/0/amount",
        "error",
        {"/claim/value_codes": [{"code": "D4", "amount": "03072928"}]},
        "39",
        "03072927",
    ),
    hit(
        "value-malformed",
        "/claim/value_codes/1/amount",
        "error",
        {"/claim/value_codes": [{"code": "D4", "amount": "03072927"}, {"code": "A1", "amount": "5,00"}]},
        "39",
    ),
    hit(
        "value-code-twice",
        "/claim/value_codes",
        "hold",
        {"/claim/value_codes": [{"code": "D4", "amount": "03072927"}] * 2},
        "39",
    ),
    hit(
        "value-codes-above-most",
        "/claim/value_codes",
        "error",
        {"/claim/value_codes": [{"code": f"{code}", "amount": "1.00"} for code in range(40, 53)]},
        "41",
    ),
    # Revenue codes.
    hit("revenue-code-missing", f"{LINES}/0/revenue_code", "error", {f"{LINES}/0/revenue_code": None}, "42.1"),
    hit("revenue-code-malformed", f"{LINES}/0/revenue_code", "hold", {f"{LINES}/0/revenue_code": "25"}, "42.1"),
    hit("revenue-code-unknown", f"{LINES}/8/revenue_code", "warning", more(revenue_code="0988"), "42.9"),
    hit("revenue-code-needs-code", f"{LINES}/8/code", "hold", more(revenue_code="0762"), "44.9"),
    hit("professional-fee", f"{LINES}/8/revenue_code", "hold", more(revenue_code="0975", code="01937"), "42.9"),
    hit(
        "procedure-under-wrong-revenue-code",
        f"{LINES}/5/revenue_code",
        "hold",
        {f"{LINES}/5/revenue_code": "0272"},
        "42.6",
    ),
    hit("device-under-wrong-revenue-code", f"{LINES}/4/revenue_code", "hold", {f"{LINES}/4/revenue_code": "0270"}, ""),
    hit("device-under-wrong-revenue-code", f"{LINES}/4/revenue_code", "hold", {f"{LINES}/4/revenue_code": "0361"}, ""),
    hit("revenue-codes-out-of-order", LINES, "warning", more(revenue_code="0270"), "42"),
    hit("revenue-line-twice", f"{LINES}/8/revenue_code", "hold", more(revenue_code="0710"), "42.9"),
    hit("operating-room-twice", LINES, "hold", more(revenue_code="0490", code="64999"), "42"),
    # Charges, units and the sum.
    hit("charge-missing", f"{LINES}/0/charge", "error", {f"{LINES}/0/charge": None}, "47.1"),
    hit("charge-missing", f"{LINES}/4/charge", "error", {f"{LINES}/4/charge": " "}, "47.5", "C1889"),
    hit("charge-malformed", f"{LINES}/0/charge", "error", {f"{LINES}/0/charge": "$1,0"}, "47.1"),
    hit("charge-zero", f"{LINES}/4/charge", "hold", {f"{LINES}/4/charge": "0.00"}, "47.5"),
    hit("units-below-one", f"{LINES}/0/units", "error", {f"{LINES}/0/units": 0}, "46.1"),
    hit(
        "total-is-not-the-sum",
        f"{LINES}/8/charge",
        "error",
        {f"{LINES}/-": {"revenue_code": "0001", "charge": "28114.64"}},
        "47.23",
    ),
    hit(
        "total-is-not-the-sum",
        f"{LINES}/8/charge",
        "error",
        {f"{LINES}/-": {"revenue_code": "0001"}},
        "47.23",
    ),
    hit(
        "charges-written-two-ways",
        f"{LINES}/7/charge",
        "hold",
        {f"{LINES}/{number}/charge": "1000" for number in range(7)},
        "47",
    ),
    # The procedure and its device.
    hit(
        "medicare-ced-modifier",
        f"{LINES}/5/modifiers",
        "error",
        {f"{LINES}/5": {"revenue_code": "0360", "code": None}},
        "44.6",
    ),
    hit("procedure-not-on-a-line", LINES, "error", {f"{LINES}/5/code": None, "/procedure/region": None}, "44"),
    hit("procedure-not-on-a-line", LINES, "error", {f"{LINES}/5/code": "64999"}, "44", "62330"),
    hit("device-missing", LINES, "error", {f"{LINES}/5/code": None, f"{LINES}/4": ABSENT}, "44"),
    hit("procedure-not-on-a-line", LINES, "error", {f"{LINES}/5/code": None}, "44"),
    hit("no-lines", LINES, "error", {LINES: []}, "42"),
    hit("device-missing", LINES, "error", {f"{LINES}/4": ABSENT}, "44"),
    Hit("device-missing", "/procedure/device", "error", {"/procedure/device": None}, DERIVED, box="44"),
    hit("device-missing-discontinued", LINES, "warning", {f"{LINES}/5/modifiers": ["74"], f"{LINES}/4": ABSENT}, "44"),
    Hit(
        "device-missing-elsewhere",
        "/procedure/device",
        "warning",
        {"/procedure/device": None, "/coverages/0/payer": "commercial"},
        DERIVED,
    ),
    hit("device-without-procedure", f"{LINES}/4/code", "hold", {f"{LINES}/5": ABSENT}, "44.5"),
    hit("device-on-another-day", f"{LINES}/4/date", "hold", {f"{LINES}/4/date": "2026-03-09"}, "45.5"),
    Hit(
        "device-not-hospital",
        f"{LINES}/1/code",
        "error",
        {
            **AS_CENTER,
            LINES: [
                {"revenue_code": "0490", "code": "62330"},
                {"revenue_code": "0710", "code": "C1889", "charge": "1.00"},
            ],
        },
        CENTER,
        box="44.2",
    ),
    # Who took part.
    hit("attending-missing", "/providers/attending", "hold", {"/providers/attending": None}, "76"),
    hit("attending-missing", "/providers/attending", "hold", {"/providers/attending/npi": None}, "76"),
    hit("attending-is-billing", "/providers/attending/npi", "hold", {"/providers/attending/npi": "2000000044"}, "76"),
    hit("operating-is-billing", "/providers/operating/npi", "hold", {"/providers/operating/npi": "2000000044"}, "77"),
    hit(
        "operating-is-billing",
        "/providers/operating/npi",
        "hold",
        {"/providers/operating/npi": "2000000036", "/providers/facility/npi": "2000000036"},
        "77",
    ),
    hit("operating-missing", "/providers/operating", "hold", {"/providers/operating": None}, "77"),
    hit("operating-missing", "/providers/operating", "hold", {"/providers/operating/npi": None}, "77"),
    hit("operating-missing", "/providers/operating", "hold", {"/providers/operating/last": None}, "77"),
    # Days.
    hit("span-reversed", "/claim/statement_to", "error", {"/claim/statement_to": "2026-03-09"}, "6"),
    hit(
        "service-outside-statement",
        "/claim/statement_from",
        "error",
        {"/claim/statement_from": "2026-03-08", "/claim/statement_to": "2026-03-09"},
        "6",
    ),
    hit("line-outside-statement", f"{LINES}/0/date", "error", {f"{LINES}/0/date": "2026-03-11"}, "45.1"),
    hit(
        "occurrence-half", "/claim/occurrence_codes/0/code", "error", {"/claim/occurrence_codes": [{"date": DAY}]}, "31"
    ),
    hit(
        "occurrence-half",
        "/claim/occurrence_codes/1/date",
        "error",
        {"/claim/occurrence_codes": [{"code": "11", "date": DAY}, {"code": "24"}]},
        "31",
        "date",
    ),
    *(
        hit(
            "occurrence-half",
            f"/claim/occurrence_spans/0/{key}",
            "error",
            {"/claim/occurrence_spans": [span]},
            "35",
            key,
        )
        for key, span in (
            ("code", {"from": DAY, "to": DAY}),
            ("from", {"code": "72", "to": DAY}),
            ("to", {"code": "72", "from": DAY}),
        )
    ),
    hit(
        "span-reversed",
        "/claim/occurrence_spans/0/to",
        "error",
        {"/claim/occurrence_spans": [{"code": "72", "from": DAY, "to": "2026-03-09"}]},
        "35",
    ),
    hit("statement-ends-ahead", "/claim/statement_to", "hold", {"/claim/statement_to": "2026-03-13"}, "6"),
    hit(
        "control-number-comes-back-cut",
        "/patient/account_number",
        "warning",
        {"/patient/account_number": "471100000000000000009"},
        "3a",
    ),
    hit(
        "too-many-occurrences",
        "/claim/occurrence_codes",
        "error",
        {"/claim/occurrence_codes": [{"code": f"{number:02}", "date": DAY} for number in range(1, 10)]},
        "34",
    ),
    hit(
        "too-many-occurrences",
        "/claim/occurrence_spans",
        "error",
        {"/claim/occurrence_spans": [{"code": f"{number:02}", "from": DAY, "to": DAY} for number in range(70, 75)]},
        "36",
    ),
    # Admission, diagnosis, payers.
    hit("admission-code-unknown", "/claim/admission_type", "hold", {"/claim/admission_type": "6"}, "14", "admission"),
    hit("admission-code-unknown", "/claim/point_of_origin", "hold", {"/claim/point_of_origin": "A"}, "15", "origin"),
    hit("admission-code-unknown", "/claim/discharge_status", "hold", {"/claim/discharge_status": "1"}, "17", "status"),
    hit("admission-code-unknown", "/claim/discharge_status", "hold", {"/claim/discharge_status": "AB"}, "17"),
    hit("admission-code-unknown", "/claim/admission_hour", "hold", {"/claim/admission_hour": "24"}, "13", "hour"),
    hit("admission-code-unknown", "/claim/discharge_hour", "hold", {"/claim/discharge_hour": "9"}, "16", "hour"),
    hit("admission-code-unknown", "/claim/discharge_hour", "hold", {"/claim/discharge_hour": "99"}, "16", "hour"),
    hit(
        "admitting-diagnosis-outpatient",
        "/claim/admitting_diagnosis",
        "warning",
        {"/claim/admitting_diagnosis": "M48.062"},
        "69",
        "left blank",
    ),
    Hit("admission-date-missing", "/claim/admission_date", "hold", INPATIENT, DERIVED, box="12"),
    Hit("admitting-diagnosis-missing", "/claim/admitting_diagnosis", "hold", INPATIENT, DERIVED, box="69"),
    hit("admitting-diagnosis-missing", "/claim/admitting_diagnosis", "hold", {"/claim/type_of_bill": "0111"}, "69"),
    hit("diagnosis-malformed", "/claim/admitting_diagnosis", "hold", {"/claim/admitting_diagnosis": "PAIN"}, "69"),
    hit("amount-paid-not-printed", "/claim/amount_paid", "info", {"/claim/amount_paid": "150.00"}, "54", "$150.00"),
    # What is not covered.
    hit("non-covered-malformed", f"{LINES}/0/non_covered", "error", {f"{LINES}/0/non_covered": "some"}, "48.1"),
    hit("non-covered-malformed", f"{LINES}/0/non_covered", "error", {f"{LINES}/0/non_covered": "-1.00"}, "48.1"),
    hit("non-covered-above-charge", f"{LINES}/0/non_covered", "error", {f"{LINES}/0/non_covered": "172.66"}, "48.1"),
    hit("external-cause-first", "/claim/diagnoses/0", "hold", {"/claim/diagnoses": ["Y92.234", "M48.062"]}, "67"),
    hit(
        "payers-above-three",
        "/coverages/3",
        "warning",
        {f"/coverages/{number}": {"payer": "commercial", "member_id": "X1"} for number in (1, 2, 3)},
        "50",
        "4",
    ),
    # Medicare's surgery center.
    Hit("surgery-center-on-cms1500", "/procedure/setting", "info", {"/providers/billing/npi": "2000000036"}),
]

MISSES = [
    Miss("remarks-missing", {"/claim/condition_codes": ["30", "D9"], "/claim/remarks": "LEVELS"}, HOSPITAL),
    Miss("charges-written-two-ways", {f"{LINES}/0/charge": "1000"}, HOSPITAL),
    Miss("statement-ends-ahead", {"/claim/statement_to": "2026-03-12"}, HOSPITAL),
    Miss("statement-ends-ahead", {"/procedure/date_of_service": "2026-04-01"}, DERIVED),
    Miss("control-number-comes-back-cut", {"/patient/account_number": "47110000000000000009"}, HOSPITAL),
    Miss("control-number-comes-back-cut", {"/patient": None}, HOSPITAL),
    Miss(
        "occurrence-half",
        {"/claim/occurrence_spans": [{"code": "72", "from": DAY, "to": DAY}]},
        HOSPITAL,
    ),
    Miss("medicare-ced-modifier", {f"{LINES}/5/code": None}, HOSPITAL),
    Miss("type-of-bill-missing", name=HOSPITAL),
    Miss("type-of-bill-malformed", {"/claim/type_of_bill": "013A"}, HOSPITAL),
    Miss("medicare-ced-type-of-bill", {"/claim/type_of_bill": "0132"}, HOSPITAL),
    Miss("type-of-bill-against-setting", {"/procedure/setting": None, "/claim/type_of_bill": "0131"}, HOSPITAL),
    Miss("type-of-bill-against-setting", {"/procedure/setting": "office", "/claim/type_of_bill": "0131"}, HOSPITAL),
    Miss(
        "change-reason-missing",
        {"/claim/type_of_bill": "0137", "/claim/condition_codes": ["30", "E0"], **DCN},
        HOSPITAL,
    ),
    Miss("control-number-missing", {"/claim/type_of_bill": "0137", "/claim/original_reference": "1"}, HOSPITAL),
    Miss("control-number-on-original", name=HOSPITAL),
    Miss("medicare-ced-condition-code", {"/coverages/0/payer": "commercial"}, HOSPITAL),
    Miss("medicare-ced-value-code", {"/coverages/0/payer": "commercial"}, HOSPITAL),
    Miss("value-code-twice", {"/claim/value_codes": [{"amount": "1.00"}, {"amount": "2.00"}]}, HOSPITAL),
    Miss("trial-number-malformed", {"/procedure/trial_number": "03072927"}, DERIVED),
    Miss("value-malformed", {"/claim/value_codes": [{"code": "A1", "amount": "5.00"}]}, HOSPITAL),
    Miss("revenue-code-unknown", more(revenue_code="0274"), HOSPITAL),
    Miss("revenue-code-needs-code", more(revenue_code="0762", code="G0378"), HOSPITAL),
    Miss("device-under-wrong-revenue-code", {f"{LINES}/4/revenue_code": "0278"}, HOSPITAL),
    Miss("procedure-under-wrong-revenue-code", {f"{LINES}/5/revenue_code": "0361"}, HOSPITAL),
    Miss("procedure-under-wrong-revenue-code", {f"{LINES}/5/revenue_code": "0988"}, HOSPITAL),
    Miss("revenue-codes-out-of-order", name=DERIVED),
    Miss("revenue-line-twice", {f"{LINES}/3/date": "2026-03-10"}, HOSPITAL),
    Miss("operating-room-twice", name=HOSPITAL),
    Miss("total-is-not-the-sum", {f"{LINES}/-": {"revenue_code": "0001", "charge": "28114.65"}}, HOSPITAL),
    Miss("no-lines", name=DERIVED),
    Miss("procedure-not-on-a-line", {"/procedure/interspaces": None, "/procedure/device": None}, DERIVED),
    Miss("device-missing", {f"{LINES}/4": ABSENT, f"{LINES}/4/modifiers": ["73"]}, HOSPITAL),
    Miss("device-without-procedure", {f"{LINES}/4": ABSENT, f"{LINES}/4/code": None}, HOSPITAL),
    Miss("attending-is-billing", {"/providers/billing": None}, HOSPITAL),
    Miss("operating-is-billing", name=HOSPITAL),
    Miss("operating-is-billing", {"/providers/billing": None, "/providers/facility": None}, HOSPITAL),
    Miss("operating-is-billing", {"/providers/operating": {"last": "X"}, "/providers/billing/npi": None}, HOSPITAL),
    Miss("admission-code-unknown", {"/claim/admission_hour": "00", "/claim/discharge_hour": "23"}, HOSPITAL),
    Miss("admission-code-unknown", {"/claim/admission_hour": "99", "/claim/discharge_hour": "00"}, HOSPITAL),
    Miss("admitting-diagnosis-outpatient", {**INPATIENT, "/claim/admitting_diagnosis": "M48.062"}, DERIVED),
    Miss(
        "admitting-diagnosis-outpatient",
        {"/claim/type_of_bill": "0991", "/claim/admitting_diagnosis": "M48.062"},
        HOSPITAL,
    ),
    Miss("admitting-diagnosis-outpatient", name=HOSPITAL),
    Miss("admission-date-missing", {**INPATIENT, "/claim/admission_date": DAY}, DERIVED),
    Miss("admission-date-missing", {**INPATIENT, "/procedure/date_of_service": "2026-04-01"}, DERIVED),
    Miss("admission-date-missing", name=DERIVED),
    Miss("admission-date-missing", {"/claim/type_of_bill": "0991"}, HOSPITAL),
    Miss("admitting-diagnosis-missing", {**INPATIENT, "/claim/admitting_diagnosis": "M48.062"}, DERIVED),
    Miss("admitting-diagnosis-missing", {**INPATIENT, "/procedure/date_of_service": "2026-04-01"}, DERIVED),
    Miss("diagnosis-malformed", {"/claim/admitting_diagnosis": "M48.062"}, HOSPITAL),
    Miss("amount-paid-not-printed", name=HOSPITAL),
    Miss("amount-paid-not-printed", {"/claim/amount_paid": None}, HOSPITAL),
    Miss("amount-paid-not-printed", {"/claim/amount_paid": "150.00"}),
    Miss("non-covered-above-charge", {f"{LINES}/0/non_covered": "172.65"}, HOSPITAL),
    Miss("non-covered-above-charge", {f"{LINES}/0/non_covered": "1.00", f"{LINES}/0/charge": None}, HOSPITAL),
    Miss("non-covered-malformed", name=HOSPITAL),
    Miss("span-reversed", {"/procedure/date_of_service": None}, DERIVED),
    Miss("service-outside-statement", {"/claim/statement_from": "2026-03-01"}, HOSPITAL),
    Miss("service-outside-statement", {"/procedure/date_of_service": None, "/claim/statement_to": DAY}, HOSPITAL),
    Miss(
        "service-outside-statement",
        {"/procedure/date_of_service": None, "/claim/statement_from": DAY, "/claim/statement_to": DAY},
        HOSPITAL,
    ),
    Miss("line-outside-statement", {f"{LINES}/0/date": None}, HOSPITAL),
    Miss("external-cause-first", {"/claim/diagnoses": []}, HOSPITAL),
    Miss("payers-above-three", {"/coverages": None, "/claim/form": "ub04"}, HOSPITAL),
    Miss("surgery-center-on-cms1500"),
    Miss("surgery-center-on-cms1500", name=CENTER, changes=AS_CENTER),
    Miss("surgery-center-on-cms1500", {"/coverages": None}),
    Miss(
        "surgery-center-on-cms1500",
        {"/providers/billing/npi": "2000000036", "/claim/form": "ub04"},
    ),
]


@pytest.mark.parametrize("case", HITS, ids=names(HITS))
def test_finds(case: Hit) -> None:
    case.check()


@pytest.mark.parametrize("case", MISSES, ids=names(MISSES))
def test_leaves_alone(case: Miss) -> None:
    case.check()


def test_numbers_of_claim_and_case_that_differ() -> None:
    """Where the policy names no number, the case's own is what the hospital's must be."""
    changes = {
        "/procedure/date_of_service": "2015-06-10",
        "/procedure/trial_number": "01234567",
        "/procedure/diagnoses": ["724.03"],
        "/claim/revenue_lines": [
            {"revenue_code": "0272", "code": "C1889", "charge": "1.00"},
            {"revenue_code": "0360", "code": "0275T", "charge": "2.00"},
        ],
        "/claim/value_codes": [{"code": "D4", "amount": "07654321"}],
    }
    (found,) = findings(HOSPITAL, changes, rule="trial-numbers-differ")
    assert (found.path, found.severity) == ("/claim/value_codes/0/amount", "error")
    same = {**changes, "/claim/value_codes": [{"code": "D4", "amount": "01234567"}]}
    assert findings(HOSPITAL, same, rule="trial-numbers-differ") == []


def test_a_professional_claim_is_left_alone() -> None:
    for rule in ("attending-missing", "type-of-bill-missing", "device-missing"):
        assert findings(rule=rule, form=FormKind.CMS1500) == []


def test_the_code_of_the_day_is_named() -> None:
    """F4: in 2025 the line takes 0275T; before 2011 nobody can say."""
    for service, words in (("2025-06-10", "0275T"), ("2010-06-10", "the code of the procedure")):
        changes = {f"{LINES}/5/code": None, "/procedure/date_of_service": service}
        (found,) = findings(HOSPITAL, changes, rule="procedure-not-on-a-line")
        assert words in found.remedy
