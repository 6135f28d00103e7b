"""Everybody and everything with a name in a case: patient, payer, contractor, providers, facility."""

from mild_biller.core.case.base import Model
from mild_biller.core.case.days import Day
from mild_biller.core.case.vocabulary import PlanType, Role, Sex, TaxIdKind


class Address(Model):
    """Street, city, state, ZIP."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


class Person(Address):
    """A person with a name, an address and a birth date."""

    last: str | None = None
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    birth_date: Day | None = None
    sex: Sex | None = None
    phone: str | None = None


class Patient(Person):
    """Whom the procedure was done on."""

    account_number: str | None = None
    record_number: str | None = None


class OwnPayer(Address):
    """A payer of the office's own; without a policy, the rules of its plan type apply."""

    name: str
    plan_type: PlanType
    payer_number: str | None = None
    policy: str | None = None


class Contractor(Address):
    """Who processes the claims; printed in the carrier block."""

    name: str | None = None
    payer_number: str | None = None


class Organization(Address):
    """Billing provider."""

    name: str | None = None
    npi: str | None = None
    tax_id: str | None = None
    tax_id_kind: TaxIdKind | None = None
    taxonomy: str | None = None
    phone: str | None = None


class Clinician(Model):
    """Rendering, referring, attending or operating provider."""

    last: str | None = None
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    credentials: str | None = None
    npi: str | None = None
    taxonomy: str | None = None
    role: Role | None = None


class Facility(Address):
    """Service facility."""

    name: str | None = None
    npi: str | None = None
    phone: str | None = None


class Providers(Model):
    """Everybody in the roles of the 837."""

    billing: Organization | None = None
    rendering: Clinician | None = None
    referring: Clinician | None = None
    attending: Clinician | None = None
    operating: Clinician | None = None
    facility: Facility | None = None


def full_name(person: Person) -> str:
    """Write a name as items 2, 4 and 9 want it: LAST SUFFIX, FIRST, MIDDLE."""
    family = " ".join(part for part in (person.last, person.suffix) if part)
    return ", ".join(part for part in (family, person.first, person.middle) if part)
