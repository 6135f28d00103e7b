"""Edits on what only an institutional claim has: bill type, codes of condition and value, statement, providers."""

from collections import Counter
from collections.abc import Iterator

from mild_biller.core.case.codes import CONDITION_CODE, ICD10, MONEY, TRIAL_NUMBER, TYPE_OF_BILL, parse_money, shown
from mild_biller.core.case.vocabulary import Setting
from mild_biller.core.claim.claim import Coded, Institutional
from mild_biller.core.edits.check import Check
from mild_biller.core.edits.revenue import OF_REVENUE_LINES
from mild_biller.core.edits.study import rules
from mild_biller.core.forms.ub04 import MOST_CONDITION_CODES, MOST_VALUE_CODES
from mild_biller.core.rules.finding import Finding, Severity
from mild_biller.core.rules.policy import TRIAL_PREFIX, Element

REPLACES = frozenset({"7", "8"})
OTHER_CHANGE = "D9"
LONGEST_RETURNED_NUMBER = 20
MOST_REASONS = 3
HOURS = frozenset(f"{hour:02}" for hour in range(24))
NOT_KNOWN = "99"  # an hour of admission
DISCHARGE_STATUSES = frozenset(
    [f"{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 20, 21, 30, 40, 41, 42, 43, 50, 51, 61, 62, 63, 64, 65, 66, 69, 70)]
    + [str(n) for n in range(81, 96)]
)
CHANGE_REASONS = frozenset({"D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "E0"})


def type_of_bill(check: Check, part: Institutional) -> Iterator[Finding]:
    """The type of bill is well formed, the setting's, and one the policy pays on."""
    bill, path = part.type_of_bill, part.type_of_bill_path
    if not bill:
        yield check.found("type-of-bill-missing", path, at="4")
        return
    if TYPE_OF_BILL.fault(bill):
        yield check.found("type-of-bill-malformed", path, at="4", fault=TYPE_OF_BILL.fault(bill))
    for rule in rules(check, Element.TYPE_OF_BILL):
        if bill[:3] not in rule.values:
            yield check.against(rule, path, value=bill[:3], at="4")
    setting = check.procedure.setting
    expected = check.catalog.bill_type_of.get(setting) if setting else None
    if expected is not None and bill[:3] != expected.prefix:
        yield check.found("type-of-bill-against-setting", path, at="4", bill=bill, expected=expected.prefix)


def replacement(check: Check, part: Institutional) -> Iterator[Finding]:
    """A replacement or a void names the claim it changes and says why; an original does neither."""
    typed = check.claim.input
    control = typed.document_control_number or typed.original_reference
    path = "/claim/document_control_number"
    if part.frequency in REPLACES:
        if not control:
            yield check.found("control-number-missing", path, at="64A")
        if not {each.code for each in part.condition_codes} & CHANGE_REASONS:
            yield check.found("change-reason-missing", "/claim/condition_codes", at="18")
    elif control:
        yield check.found("control-number-on-original", path, at="64A")
    if OTHER_CHANGE in {each.code for each in part.condition_codes} and not typed.remarks:
        yield check.found("remarks-missing", "/claim/remarks", at="80")


def condition_codes(check: Check, part: Institutional) -> Iterator[Finding]:
    """Condition codes are well formed, each once, no more than there are places, and the study's is among them."""
    codes = [each.code or "" for each in part.condition_codes]
    base = "/claim/condition_codes"
    if check.claim.study is not None:
        for rule in rules(check, Element.CONDITION_CODE):
            if not set(rule.values) & set(codes):
                yield check.against(rule, base, at="18")
    for each in part.condition_codes:
        if CONDITION_CODE.fault(each.code or ""):
            yield check.found("condition-code-malformed", each.path, at="18", code=each.code or "")
    for twice in (code for code, count in Counter(codes).items() if count > 1):
        yield check.found("condition-code-twice", base, at="18", code=twice)
    if len(codes) > MOST_CONDITION_CODES:
        yield check.found("condition-codes-above-most", base, at="28", count=len(codes), most=MOST_CONDITION_CODES)


def value_codes(check: Check, part: Institutional) -> Iterator[Finding]:
    """Value codes and amounts stand in pairs, each once; the study's carries the trial number."""
    base, codes = "/claim/value_codes", [each.code for each in part.value_codes]
    yield from _study_value_code(check, base, codes)
    for each in part.value_codes:
        yield from _value_code(check, each)
    for twice in (code for code, count in Counter(codes).items() if count > 1 and code):
        yield check.found("value-code-twice", base, at="39", code=twice)
    if len(codes) > MOST_VALUE_CODES:
        yield check.found("value-codes-above-most", base, at="41", count=len(codes), most=MOST_VALUE_CODES)


def _study_value_code(check: Check, base: str, codes: list[str | None]) -> Iterator[Finding]:
    """The study's value code is there; derived, it waits for the trial number."""
    derived = check.claim.input.value_codes is None
    path = check.claim.trial_number_path if derived and not check.claim.trial_number else base
    severity = Severity.INFO if derived and check.lies_ahead else Severity.ERROR
    for rule in rules(check, Element.VALUE_CODE) if check.claim.study is not None else ():
        if not set(rule.values) & set(codes):
            yield check.against(rule, path, severity=severity, at="39")


def _value_code(check: Check, each: Coded) -> Iterator[Finding]:
    if each.code and CONDITION_CODE.fault(each.code):
        yield check.found("value-code-malformed", f"{each.path}/code", at="39", code=each.code)
    if not each.code:
        yield check.found("value-without-code", f"{each.path}/code", at="39", amount=each.amount or "")
    elif not each.amount:
        yield check.found("value-without-amount", f"{each.path}/amount", at="39", code=each.code)
    elif each.code in check.catalog.study_codes(Element.VALUE_CODE):
        yield from _trial_value(check, each, each.amount.removeprefix(TRIAL_PREFIX))
    elif MONEY.fault(each.amount):
        yield check.found("value-malformed", f"{each.path}/amount", at="39", fault=MONEY.fault(each.amount))


def _trial_value(check: Check, each: Coded, number: str) -> Iterator[Finding]:
    """The number with the study's value code is eight digits, and the one of the case."""
    path = each.path if each.path == check.claim.trial_number_path else f"{each.path}/amount"
    if path == check.claim.trial_number_path:
        return
    if TRIAL_NUMBER.fault(number):
        yield check.found("trial-number-malformed", path, at="39", fault=TRIAL_NUMBER.fault(number))
        return
    expected = [value for rule in rules(check, Element.TRIAL_NUMBER) for value in rule.values]
    if expected and number not in expected:
        yield check.found("trial-number-of-another-study", path, at="39", expected=expected[0])
    elif check.claim.trial_number and number != check.claim.trial_number:
        yield check.found("trial-numbers-differ", path, at="39")


def providers(check: Check, part: Institutional) -> Iterator[Finding]:
    """Attending and operating providers are named, and neither is the hospital itself."""
    given, billing = check.providers, check.providers.billing
    if given.attending is None or not (given.attending.npi and given.attending.last):
        yield check.found("attending-missing", "/providers/attending", at="76")
    elif billing is not None and given.attending.npi == billing.npi:
        yield check.found("attending-is-billing", "/providers/attending/npi", at="76")
    if given.operating is None or not (given.operating.npi and given.operating.last):
        yield check.found("operating-missing", "/providers/operating", at="77")
    elif given.operating.npi in {each.npi for each in (billing, given.facility) if each is not None}:
        yield check.found("operating-is-billing", "/providers/operating/npi", at="77")


def statement(check: Check, part: Institutional) -> Iterator[Finding]:
    """The statement's days are in order and hold the service and every line."""
    first, last = part.statement_from, part.statement_to
    if first is None or last is None:
        return
    if last < first:
        yield check.found("span-reversed", "/claim/statement_to", at="6")
        return
    if check.service is not None and not first <= check.service <= last:
        yield check.found("service-outside-statement", "/claim/statement_from", at="6")
    if last > check.today and not check.lies_ahead:
        yield check.found("statement-ends-ahead", "/claim/statement_to", at="6")
    for row, line in enumerate(part.revenue_lines, start=1):
        if line.date is not None and not first <= line.date <= last:
            yield check.found("line-outside-statement", line.paths["date"], at=f"45.{row}")


def occurrences(check: Check, part: Institutional) -> Iterator[Finding]:
    """An occurrence has both code and date."""
    for index, each in enumerate(check.claim.input.occurrence_codes or ()):
        if not each.code or each.date is None:
            key = "code" if not each.code else "date"
            yield check.found("occurrence-half", f"/claim/occurrence_codes/{index}/{key}", at="31", what=key)
        elif CONDITION_CODE.fault(each.code):
            path = f"/claim/occurrence_codes/{index}/code"
            yield check.found("occurrence-malformed", path, at="31", code=each.code)


def occurrence_spans(check: Check, part: Institutional) -> Iterator[Finding]:
    """A span of occurrence has a code and two days in order."""
    for index, span in enumerate(check.claim.input.occurrence_spans or ()):
        lacking = "code" if not span.code else "from" if span.from_ is None else "to" if span.to is None else None
        path = f"/claim/occurrence_spans/{index}"
        if lacking is not None:
            yield check.found("occurrence-half", f"{path}/{lacking}", at="35", what=lacking)
        elif span.from_ is not None and span.to is not None and span.to < span.from_:
            yield check.found("span-reversed", f"{path}/to", at="35")


def occurrence_count(check: Check, part: Institutional) -> Iterator[Finding]:
    """There is room for eight occurrences and four spans."""
    for key, most, at in (("occurrence_codes", 8, "34"), ("occurrence_spans", 4, "36")):
        count = len(getattr(check.claim.input, key) or ())
        if count > most:
            yield check.found("too-many-occurrences", f"/claim/{key}", at=at, count=count, most=most)


def admission(check: Check, part: Institutional) -> Iterator[Finding]:
    """Type of visit, point of origin and discharge status are codes of their lists."""
    lists = (
        ("admission_type", part.admission_type, frozenset("123459"), "14"),
        ("point_of_origin", part.point_of_origin, frozenset("1245689DEFG"), "15"),
    )
    for key, value, known, at in lists:
        if value not in known:
            yield check.found("admission-code-unknown", f"/claim/{key}", at=at, what=key.replace("_", " "))
    if part.discharge_status not in DISCHARGE_STATUSES:
        yield check.found("admission-code-unknown", "/claim/discharge_status", at="17", what="discharge status")
    for key, at in (("admission_hour", "13"), ("discharge_hour", "16")):
        hour = getattr(check.claim.input, key)
        if hour and hour not in HOURS and (key, hour) != ("admission_hour", NOT_KNOWN):
            yield check.found("admission-code-unknown", f"/claim/{key}", at=at, what=key.replace("_", " "))


def inpatient(check: Check, part: Institutional) -> Iterator[Finding]:
    """An inpatient's bill says when and why the patient was admitted; before the day nobody can know."""
    typed, bill = check.claim.input, check.catalog.bill_type.get((part.type_of_bill or "")[:3])
    if bill is not None and bill.is_inpatient and not check.lies_ahead:
        if typed.admission_date is None:
            yield check.found("admission-date-missing", "/claim/admission_date", at="12")
        if not typed.admitting_diagnosis:
            yield check.found("admitting-diagnosis-missing", "/claim/admitting_diagnosis", at="69")
    path, code = "/claim/admitting_diagnosis", typed.admitting_diagnosis
    if code and bill is not None and not bill.is_inpatient:
        yield check.found("admitting-diagnosis-outpatient", path, at="69")
    if code and ICD10.fault(code):
        yield check.found("diagnosis-malformed", path, at="69", code=shown(code), fault=ICD10.fault(code))


def amount_paid(check: Check, part: Institutional) -> Iterator[Finding]:
    """The form has a box for what each payer paid, none for an amount paid by whomever."""
    paid = parse_money(check.claim.input.amount_paid or "")
    if paid:
        yield check.found("amount-paid-not-printed", "/claim/amount_paid", at="54", amount=f"{paid:,.2f}")


def principal_diagnosis(check: Check, part: Institutional) -> Iterator[Finding]:
    """The principal diagnosis is no external cause."""
    first = next(iter(check.claim.diagnoses), None)
    if first is not None and first.code[:1] in ("V", "W", "X", "Y"):
        yield check.found("external-cause-first", first.path, at="67")


def prior_payments(check: Check, part: Institutional) -> Iterator[Finding]:
    """What was paid before is an amount, of a payer who is there, told once for each."""
    seen: set[int | None] = set()
    count = len(check.case.coverages or ())
    for index, each in enumerate(check.claim.input.prior_payments or ()):
        path = f"/claim/prior_payments/{index}"
        if MONEY.fault(each.amount or ""):
            yield check.found(
                "prior-payment-malformed", f"{path}/amount", at="54", fault=MONEY.fault(each.amount or "")
            )
        if each.coverage is None or not 0 <= each.coverage < min(count, 3):
            yield check.found("prior-payment-of-nobody", f"{path}/coverage", at="54")
        elif each.coverage in seen:
            yield check.found("prior-payment-twice", f"{path}/amount", at="54")
        seen.add(each.coverage)


def reasons_for_visit(check: Check, part: Institutional) -> Iterator[Finding]:
    """Up to three reasons for the visit, each a diagnosis."""
    typed, path = check.claim.input.reason_for_visit or (), "/claim/reason_for_visit"
    reasons = (typed,) if isinstance(typed, str) else typed
    if len(reasons) > MOST_REASONS:
        yield check.found("too-many-reasons", path, at="70", count=len(reasons), most=MOST_REASONS)
    for reason in reasons:
        if ICD10.fault(reason):
            yield check.found("diagnosis-malformed", path, at="70", code=shown(reason), fault=ICD10.fault(reason))


def account_number(check: Check, part: Institutional) -> Iterator[Finding]:
    """A patient control number comes back whole up to twenty characters."""
    number = check.patient.account_number or ""
    if LONGEST_RETURNED_NUMBER < len(number) <= 24:
        yield check.found(
            "control-number-comes-back-cut", "/patient/account_number", at="3a", most=LONGEST_RETURNED_NUMBER
        )


def payers(check: Check, part: Institutional) -> Iterator[Finding]:
    """The form has room for three payers."""
    count = len(check.case.coverages or ())
    if count > 3:
        yield check.found("payers-above-three", "/coverages/3", at="50", count=count)


OF_A_HOSPITAL = (
    type_of_bill,
    replacement,
    condition_codes,
    value_codes,
    *OF_REVENUE_LINES,
    providers,
    statement,
    occurrences,
    occurrence_spans,
    occurrence_count,
    admission,
    inpatient,
    amount_paid,
    principal_diagnosis,
    prior_payments,
    reasons_for_visit,
    account_number,
    payers,
)


def institutional(check: Check) -> Iterator[Finding]:
    """Run every edit of this module on an institutional claim."""
    if check.claim.institutional is not None:
        for edit in OF_A_HOSPITAL:
            yield from edit(check, check.claim.institutional)


def surgery_center(check: Check) -> Iterator[Finding]:
    """Report why a surgery center's Medicare claim goes on the CMS-1500."""
    plan, setting = check.assessment.plan, check.procedure.setting
    if plan is None or plan.asc_on_ub04 or setting is not Setting.ASC or not check.claim.bills_facility:
        return
    if check.is_professional:
        yield check.found("surgery-center-on-cms1500", "/procedure/setting")


EDITS = (institutional, surgery_center)
