"""Edits on what is malformed: identifiers, addresses, telephones, punctuation the forms do not take."""

import re
from collections.abc import Iterator

from mild_biller.core.case.codes import EIN, MBI, NPI, PHONE, SSN, STATE, TAXONOMY, ZIP, CodeKind
from mild_biller.core.case.notation import compact
from mild_biller.core.case.people import Address, Clinician, OwnPayer
from mild_biller.core.case.vocabulary import Relationship, TaxIdKind
from mild_biller.core.coverage.assess import plan_of
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.finding import Finding

PUNCTUATION = re.compile(r"[.,#]")
OPTIONAL_PHONE = "optional-phone-malformed"
PO_BOX = re.compile(r"\bP\.?\s*O\.?\s*BOX\b")


def _malformed(
    check: Check, kind: CodeKind, text: str | None, path: str, box: str | None, edit: str
) -> Iterator[Finding]:
    fault = kind.fault(text) if text else None
    if fault is not None:
        yield check.found(edit, path, box=box, kind=kind.name, fault=fault)


def member_ids(check: Check) -> Iterator[Finding]:
    """A Medicare number is one."""
    for index, coverage in enumerate(check.case.coverages or ()):
        plan = plan_of(coverage, catalog=check.catalog)
        if plan is not None and plan.medicare_number:
            path, box = f"/coverages/{index}/member_id", "1a" if index == 0 else "9a"
            yield from _malformed(check, MBI, coverage.member_id, path, box, "member-id-malformed")


def npis(check: Check) -> Iterator[Finding]:
    """Every NPI has ten digits and a check digit that fits."""
    providers = check.providers
    named = (
        ("billing", providers.billing, "33a"),
        ("rendering", providers.rendering, "24J.1"),
        ("referring", providers.referring, "17b"),
        ("facility", providers.facility, "32a"),
        ("attending", providers.attending, "76"),
        ("operating", providers.operating, "77"),
    )
    for role, provider, box in named:
        if provider is not None:
            yield from _malformed(check, NPI, provider.npi, f"/providers/{role}/npi", box, "npi-malformed")
        taxonomy = getattr(provider, "taxonomy", None)
        yield from _malformed(check, TAXONOMY, taxonomy, f"/providers/{role}/taxonomy", None, "taxonomy-malformed")


def tax_id(check: Check) -> Iterator[Finding]:
    """The tax id has nine digits of its kind."""
    billing = check.providers.billing
    if billing is not None:
        kind = SSN if billing.tax_id_kind is TaxIdKind.SSN else EIN
        yield from _malformed(check, kind, billing.tax_id, "/providers/billing/tax_id", "25", "tax-id-malformed")


def referring(check: Check) -> Iterator[Finding]:
    """Who referred is named with role and NPI, or not at all."""
    provider: Clinician | None = check.providers.referring
    if provider is None or not check.is_professional:
        return
    if provider.role is None:
        yield check.found("referring-role-missing", "/providers/referring/role", box="17")
    if not provider.npi:
        yield check.found("referring-npi-missing", "/providers/referring/npi", box="17b")


def _addresses(check: Check) -> Iterator[tuple[str, Address, str, str]]:
    """Yield path, address and the boxes of street and telephone of everybody who is printed."""
    if check.case.patient is not None:
        yield "/patient", check.case.patient, "5", "5"
    for index, coverage in enumerate(check.case.coverages or ()):
        if coverage.insured is not None and coverage.relationship is not Relationship.SELF:
            yield f"/coverages/{index}/insured", coverage.insured, "7", "7"
        if coverage.contractor is not None:
            yield f"/coverages/{index}/contractor", coverage.contractor, "carrier", "carrier"
        elif isinstance(coverage.payer, OwnPayer):
            yield f"/coverages/{index}/payer", coverage.payer, "carrier", "carrier"
    if check.providers.facility is not None:
        yield "/providers/facility", check.providers.facility, "32", "32"
    if check.providers.billing is not None:
        yield "/providers/billing", check.providers.billing, "33", "33"


def addresses(check: Check) -> Iterator[Finding]:
    """States, ZIPs and telephones are well formed."""
    for path, address, box, phone_box in _addresses(check):
        yield from _malformed(check, STATE, address.state, f"{path}/state", box, "state-malformed")
        yield from _malformed(check, ZIP, address.zip, f"{path}/zip", box, "zip-malformed")
        phone = getattr(address, "phone", None)
        edit = OPTIONAL_PHONE if phone_box in ("5", "7") and OPTIONAL_PHONE in check.catalog.edit else "phone-malformed"
        yield from _malformed(check, PHONE, phone, f"{path}/phone", phone_box, edit)


def long_zips(check: Check) -> Iterator[Finding]:
    """Where the service was done and who bills for it want nine digits, and no post office box."""
    for path, address, box, _ in _addresses(check):
        if path in ("/providers/facility", "/providers/billing") and len(address.zip or "") == 5:
            yield check.found("zip-short", f"{path}/zip", box=box)
    billing = check.providers.billing
    if billing is not None and PO_BOX.search(billing.street or ""):
        yield check.found("billing-po-box", "/providers/billing/street", box="33")


def punctuation(check: Check) -> Iterator[Finding]:
    """Names and addresses carry no points, commas or number signs."""
    keys = ("last", "first", "middle", "suffix", "name", "street", "city")
    for path, address, box, _ in _addresses(check):
        for key in keys:
            if PUNCTUATION.search(getattr(address, key, None) or ""):
                yield check.found("punctuation", f"{path}/{key}", box=box)


def account_number(check: Check) -> Iterator[Finding]:
    """The account number has no hyphens or blanks; it is not repaired, because remittances come back with it."""
    number = check.case.patient.account_number if check.case.patient else None
    if number and check.is_professional and compact(number) != number:
        yield from check.found_if_on_file("account-number-separators", "/patient/account_number", box="26")


EDITS = (account_number, member_ids, npis, tax_id, referring, addresses, long_zips, punctuation)
