"""Edits on what a CMS-1500 cannot be without; while the date of service is in the future they only inform."""

from collections.abc import Iterator

from mild_biller.core.case.base import Model
from mild_biller.core.case.people import Address, Person
from mild_biller.core.case.vocabulary import Relationship
from mild_biller.core.coverage.assess import primary
from mild_biller.core.edits.context import Check
from mild_biller.core.edits.form_locators import INSTITUTIONAL_KEYS, PROFESSIONAL_KEYS
from mild_biller.core.forms.cms1500 import BLANK_FOR_MEDICARE
from mild_biller.core.rules.finding import Finding
from mild_biller.core.rules.payer import Instructions

WORDS = {
    "last": "last name",
    "first": "first name",
    "zip": "ZIP",
    "npi": "NPI",
    "tax_id": "tax ID",
    "tax_id_kind": "tax ID type",
}


def _blank(value: object) -> bool:
    return value in (None, "")


def _is_medicare(check: Check) -> bool:
    plan = check.assessment.plan
    return plan is not None and plan.instructions is Instructions.MEDICARE


def _missing(check: Check, holder: Model | None, path: str, keys: dict[str, str], edit: str) -> Iterator[Finding]:
    """Report each blank key of a part of the case; `keys` names the box of each."""
    for key, box in keys.items():
        if _blank(getattr(holder, key, None)):
            yield check.found(edit, f"{path}/{key}", box=box, what=WORDS.get(key, key))


def patient(check: Check) -> Iterator[Finding]:
    """The patient has a name and an address."""
    keys = {"last": "2", "first": "2", "street": "5", "city": "5", "state": "5", "zip": "5"}
    yield from _missing(check, check.case.patient, "/patient", keys, "patient-part-missing")
    if check.patient.sex is None:
        yield check.found("sex-missing", "/patient/sex", box="3")


def coverage(check: Check) -> Iterator[Finding]:
    """There is a payer and a member id."""
    first = primary(check.case)
    if first is None or first.payer is None:
        yield check.found("payer-missing", "/coverages/0/payer" if first else "/coverages", box="1")
    elif _blank(first.member_id) and check.claim.form is not None:
        yield check.found("member-id-missing", "/coverages/0/member_id", box="1a")


def insured(check: Check) -> Iterator[Finding]:
    """If another person than the patient is insured, that person is named."""
    first = primary(check.case)
    if first is None or first.payer is None or (_is_medicare(check) and check.is_professional):
        return
    if first.relationship is None:
        yield check.found("relationship-missing", "/coverages/0/relationship", box="6")
    elif first.relationship is not Relationship.SELF:
        keys = {"last": "4", "first": "4"}
        yield from _missing(check, first.insured or Person(), "/coverages/0/insured", keys, "insured-part-missing")


def billing(check: Check) -> Iterator[Finding]:
    """The billing provider has a name, an address, an NPI and a tax id."""
    provider, path = check.case.providers.billing if check.case.providers else None, "/providers/billing"
    keys = {"name": "33", "street": "33", "city": "33", "state": "33", "zip": "33"}
    yield from _missing(check, provider, path, keys, "billing-part-missing")
    keys = {"npi": "33a", "tax_id": "25", "tax_id_kind": "25"}
    yield from _missing(check, provider, path, keys, "billing-identifier-missing")


def facility(check: Check) -> Iterator[Finding]:
    """Where the service was done is named; Medicare requires it for every place."""
    place = check.providers.facility
    if not check.is_professional or (place is None and not _is_medicare(check)):
        return
    keys = {"name": "32", "street": "32", "city": "32", "state": "32", "zip": "32"}
    yield from _missing(check, place or Address(), "/providers/facility", keys, "facility-part-missing")


def rendering(check: Check) -> Iterator[Finding]:
    """Who did it has an NPI; a surgery center's own claim names nobody."""
    provider = check.providers.rendering
    if check.is_professional and not check.claim.bills_facility and (provider is None or _blank(provider.npi)):
        yield check.found("rendering-npi-missing", "/providers/rendering/npi", box="24J.1")


def signatures(check: Check) -> Iterator[Finding]:
    """Assignment is decided, and patient and provider have signed."""
    typed = check.claim.input
    if not check.is_professional:
        return
    if typed.accept_assignment is None:
        yield check.found("assignment-missing", "/claim/accept_assignment", box="27")
    patient_signed = typed.patient_signature_on_file
    if not (typed.signature_on_file if patient_signed is None else patient_signed):
        key = "signature_on_file" if patient_signed is None else "patient_signature_on_file"
        yield check.found("patient-signature-missing", f"/claim/{key}", box="12")
    signature = typed.provider_signature
    if not typed.signature_on_file and (signature is None or _blank(signature.text)):
        yield check.found("provider-signature-missing", "/claim/provider_signature/text", box="31")


def left_blank(check: Check) -> Iterator[Finding]:
    """What is typed for an item Medicare requires blank is left off the form, and reported."""
    if not (check.is_professional and _is_medicare(check)):
        return
    for key, item in BLANK_FOR_MEDICARE.items():
        if getattr(check.claim.input, key) is not None:
            yield check.found("blank-for-medicare", f"/claim/{key}", box=item, item=item)


def without_a_box(check: Check) -> Iterator[Finding]:
    """What is typed for the other form has no box on this one, and is said not to print."""
    keys = INSTITUTIONAL_KEYS if check.is_professional else PROFESSIONAL_KEYS
    for key in keys:
        if getattr(check.claim.input, key) not in (None, (), ""):
            yield check.found("no-box-for-it", f"/claim/{key}", what=key.replace("_", " "))


def accidents_and_laboratory(check: Check) -> Iterator[Finding]:
    """An auto accident names its state, an outside laboratory its charge."""
    related, lab = check.claim.input.related_to, check.claim.input.outside_lab
    if related is not None and related.auto_accident and _blank(related.auto_state):
        yield check.found("accident-state-missing", "/claim/related_to/auto_state", box="10b")
    if lab is not None and lab.used and _blank(lab.charge):
        yield check.found("laboratory-charge-missing", "/claim/outside_lab/charge", box="20")


def _when_billed(check: Check) -> Iterator[Finding]:
    """Ask for nothing where no claim is sent."""
    if check.claim.form is None:
        return
    for edit in (
        patient,
        insured,
        billing,
        facility,
        rendering,
        signatures,
        accidents_and_laboratory,
        left_blank,
        without_a_box,
    ):
        yield from edit(check)


EDITS = (coverage, _when_billed)
