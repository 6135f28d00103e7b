"""What may be quoted of the patient, the payer, its policy, its answers and the notices to the patient."""

from collections.abc import Mapping
from typing import Final

from mild_biller.core.case.codes import parse_money
from mild_biller.core.case.denial import Denial, is_remark
from mild_biller.core.case.people import Address, OwnPayer, Person
from mild_biller.core.case.vocabulary import NoticeKind, Relationship
from mild_biller.core.documents.quote import Quotable, Said, Subject, dollars, filled, joined, listed, spoken
from mild_biller.core.forms.box_values import authorization_number
from mild_biller.core.rules.criteria import Outcome, months_before
from mild_biller.core.rules.denial import Answer
from mild_biller.core.rules.finding import Topic

NOTICES: Final = {
    NoticeKind.ABN: "advance beneficiary notice",
    NoticeKind.MEMBER_NOTICE: "notice to the member",
    NoticeKind.ORGANIZATION_DETERMINATION: "organization determination",
    NoticeKind.GOOD_FAITH_ESTIMATE: "good-faith estimate",
}


def name_of(person: Person) -> str | None:
    """Write a name in the order it is spoken; None without first and last name."""
    if not person.last or not person.first:
        return None
    return joined((person.first, person.middle, person.last, person.suffix))


def address_of(address: Address) -> str | None:
    """Write an address on one line; None while a part is missing."""
    parts = (address.street, address.city, address.state, address.zip)
    if not all(parts):
        return None
    digits = address.zip or ""
    code = f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 and digits.isdigit() else digits
    return f"{address.street}, {address.city}, {address.state} {code}"


def phone_of(phone: str | None) -> str | None:
    """Write ten digits as a telephone number, anything else as it is."""
    if phone is None or len(phone) != 10 or not phone.isdigit():
        return phone
    return f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"


def _payer_name(subject: Subject) -> Said:
    plan = subject.plan
    return None if plan is None else plan.payer.name


def _payer_office(subject: Subject) -> Said:
    """Return who processes the claims, else the payer; the plan's own name where the payer is only a kind of one."""
    contractor, plan = subject.coverage.contractor, subject.plan
    if contractor is not None and contractor.name:
        return contractor.name
    if plan is not None and plan.payer.id == plan.plan_type.value and subject.coverage.plan_name:
        return subject.coverage.plan_name
    return _payer_name(subject)


def _payer_address(subject: Subject) -> Said:
    coverage, plan = subject.coverage, subject.plan
    if coverage.contractor is not None and address_of(coverage.contractor):
        return address_of(coverage.contractor)
    if isinstance(coverage.payer, OwnPayer):
        return address_of(coverage.payer)
    if plan is None:
        return None
    payer = plan.payer
    return address_of(Address(street=payer.street, city=payer.city, state=payer.state, zip=payer.zip))


def _insured(subject: Subject) -> Said:
    """Return who holds the coverage; the patient, where it is the patient's own."""
    if subject.coverage.relationship is Relationship.SELF:
        return name_of(subject.patient)
    insured = subject.coverage.insured
    return None if insured is None else name_of(insured)


def _age(subject: Subject) -> Said:
    born, service = subject.patient.birth_date, subject.service
    if born is None or service is None or born > service:
        return None
    years = service.year - born.year
    return str(years - (months_before(service, 12 * years) < born))


def _policy_title(subject: Subject) -> Said:
    policy = subject.assessment.policy
    return None if policy is None else policy.title


def _policy_dated(subject: Subject) -> Said:
    policy = subject.assessment.policy
    return None if policy is None else f"{policy.title}, in force from {spoken(policy.effective_from)}"


def _policy_reviewed(subject: Subject) -> Said:
    policy = subject.assessment.policy
    return None if policy is None or policy.payer_reviewed_on is None else spoken(policy.payer_reviewed_on)


def _position(subject: Subject) -> Said:
    return subject.assessment.position.value.replace("-", " ")


def _unmet(subject: Subject) -> Said:
    """Return the criteria of the deciding policy that are not met, and why."""
    failed = [each for each in subject.assessment.criteria if each.judgment.outcome is Outcome.NOT_MET]
    whys = [f" ({each.judgment.why})" if each.judgment.why else "" for each in failed]
    return joined((f"{each.criterion.text}{why}" for each, why in zip(failed, whys, strict=True)), "; ")


def _authorization(subject: Subject) -> Said:
    return authorization_number(subject.case, subject.claim)[0]


def _requested(subject: Subject) -> Said:
    given = subject.case.authorization
    return spoken(given.requested_on) if given is not None and given.requested_on is not None else None


def _decision(subject: Subject) -> Said:
    given = subject.case.authorization
    return None if given is None else given.decision


def _denial_date(subject: Subject) -> Said:
    days = [each.denial.date for each in subject.denials if each.denial.date is not None]
    return joined((spoken(day) for day in dict.fromkeys(days)), " and ")


def _of_line(answer: Answer, words: str | None) -> str | None:
    """Put the line before what is said of it; nothing of nothing."""
    return words if answer.denial.line is None or not words else f"line {answer.denial.line}: {words}"


def _denial_codes(subject: Subject) -> Said:
    return joined((_of_line(each, _codes(each.denial)) for each in subject.denials), "; ")


def _codes(denial: Denial) -> str | None:
    return joined((f"{'RARC' if is_remark(each.code) else 'CARC'} {each}" for each in denial.codes), ", ")


def _denial_remark(subject: Subject) -> Said:
    return joined((_of_line(each, each.denial.remark) for each in subject.denials), "; ")


def _denial_meaning(subject: Subject) -> Said:
    """Return what the codes most likely mean, in our words, each meaning once."""
    return joined(dict.fromkeys(row.message for each in subject.denials for row in each.rows))


def _appeal_level(subject: Subject) -> Said:
    plan = subject.plan
    levels = [row.level for row in subject.catalog.appeals if plan is not None and plan.plan_type in row.plan_types]
    return levels[0].lower() if levels else None


def _appeal_until(subject: Subject) -> Said:
    """Return the finding that tells the last day of the first appeal."""
    rules = {row.id for row in subject.catalog.appeals}
    found = [each for each in subject.review.findings if each.rule in rules and each.topic is Topic.TIMELY_FILING]
    return found[0].message if found else None


def _notices(subject: Subject) -> Said:
    given = [each for each in subject.case.notices or () if each.kind is not None]
    return listed(
        (
            f"{NOTICES[each.kind]}, signed ",
            filled(
                spoken(each.signed_on) if each.signed_on else None,
                asks="date of signature",
                path=f"/notices/{index}/signed_on",
            ),
        )
        for index, each in enumerate(given)
        if each.kind is not None
    )


def _charge(subject: Subject) -> Said:
    return dollars(subject.claim.total_charge)


def _charges(subject: Subject) -> Said:
    """Return each line's charge; what the facility bills is not in it."""
    return listed(
        (
            f"{line.code} ",
            filled(
                dollars(parse_money(line.charge) if line.charge else None),
                asks=f"charge for {line.code}",
                path=line.paths["charge"],
            ),
        )
        for line in subject.claim.lines
        if line.code
    )


ENTRIES: Final[Mapping[str, Quotable]] = {
    "today": Quotable("Date", "", "date", lambda subject: spoken(subject.today)),
    "patient_name": Quotable("Patient", "/patient/last", "patient's name", lambda subject: name_of(subject.patient)),
    "birth_date": Quotable(
        "Date of birth",
        "/patient/birth_date",
        "patient's date of birth",
        lambda subject: spoken(subject.patient.birth_date) if subject.patient.birth_date else None,
    ),
    "age": Quotable("Age at service", "/patient/birth_date", "patient's age", _age),
    "patient_address": Quotable(
        "Patient's address", "/patient/street", "patient's address", lambda subject: address_of(subject.patient)
    ),
    "patient_phone": Quotable(
        "Patient's telephone", "/patient/phone", "patient's telephone", lambda subject: phone_of(subject.patient.phone)
    ),
    "record_number": Quotable(
        "Medical record number",
        "/patient/record_number",
        "medical record number",
        lambda subject: subject.patient.record_number,
    ),
    "account_number": Quotable(
        "Patient account number",
        "/patient/account_number",
        "patient account number",
        lambda subject: subject.patient.account_number,
    ),
    "payer_name": Quotable("Payer", "/coverages/0/payer", "payer", _payer_name),
    "payer_office": Quotable("To", "/coverages/0/payer", "payer", _payer_office),
    "payer_address": Quotable("Payer's address", "/coverages/0/contractor", "payer's address", _payer_address),
    "plan_name": Quotable("Plan", "/coverages/0/plan_name", "plan", lambda subject: subject.coverage.plan_name),
    "member_id": Quotable(
        "Member ID", "/coverages/0/member_id", "member ID", lambda subject: subject.coverage.member_id
    ),
    "group_number": Quotable(
        "Group number", "/coverages/0/group_number", "group number", lambda subject: subject.coverage.group_number
    ),
    "insured_name": Quotable("Insured", "/coverages/0/insured/last", "insured's name", _insured),
    "policy_title": Quotable("Policy", "/coverages/0/payer", "the payer's policy", _policy_title),
    "policy_dated": Quotable("Policy", "/coverages/0/payer", "the payer's policy and its date", _policy_dated),
    "policy_reviewed": Quotable(
        "Policy last reviewed", "/coverages/0/payer", "day of the payer's last review", _policy_reviewed
    ),
    "position": Quotable("Position", "/coverages/0/payer", "the payer's position", _position),
    "unmet": Quotable("Not met", "/answers", "the study requirement that is not met", _unmet),
    "authorization": Quotable(
        "Authorization number", "/claim/prior_authorization_number", "authorization number", _authorization
    ),
    "requested_on": Quotable("Requested on", "/authorization/requested_on", "day of the request", _requested),
    "decision": Quotable("Decision", "/authorization/decision", "the payer's decision", _decision),
    "denial_date": Quotable("Denied on", "/denial/date", "date of the denial", _denial_date),
    "denial_codes": Quotable("Codes of the denial", "/denial/carc", "codes of the denial", _denial_codes),
    "denial_remark": Quotable("Reason given", "/denial/remark", "reason the payer gave", _denial_remark),
    "denial_meaning": Quotable("What the codes mean", "/denial", "what the denial means", _denial_meaning),
    "claim_reference": Quotable(
        "Payer's claim number",
        "/claim/original_reference",
        "payer's claim number",
        lambda subject: subject.claim.input.original_reference,
    ),
    "appeal_level": Quotable("Level of appeal", "/coverages/0/payer", "level of appeal", _appeal_level),
    "appeal_until": Quotable("Time to appeal", "/denial/date", "last day for the appeal", _appeal_until),
    "notices": Quotable("Notices", "/notices", "signed notice to the patient", _notices),
    "charges": Quotable("Charges", "/claim/charges", "charges", _charges),
    "total_charge": Quotable("Total charge", "/claim/charges", "total charge", _charge),
}
