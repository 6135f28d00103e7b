"""One patient, one procedure, and what is known: the case file as a model, format 1.

Absent and `None` both mean unknown; `model_fields_set` still tells a key given as null from an absent one.
Codes, identifiers and amounts stay text as typed: what is malformed becomes a finding, never a refusal.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from mild_biller.core.base import Model
from mild_biller.core.vocabulary import (
    AttachmentKind,
    CareKind,
    CareOutcome,
    FormKind,
    ImagingGuidance,
    ImagingKind,
    NoticeKind,
    PlanType,
    PriorKind,
    Region,
    Relationship,
    Role,
    Setting,
    Sex,
    Side,
    TaxIdKind,
)

FORMAT = 1
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_date(value: Any) -> Any:
    """Take ISO dates alone; pydantic would also read numbers and times."""
    if isinstance(value, str):
        if not ISO_DAY.fullmatch(value):
            raise ValueError("a date is written YYYY-MM-DD")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("there is no such date; write YYYY-MM-DD") from error
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]


class Address(Model):
    """Street, city, state, ZIP."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


class Person(Address):
    """Somebody with a name, an address and a birth date."""

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
    """A payer of the office's own; without a policy, what holds for its plan type holds."""

    name: str
    plan_type: PlanType
    payer_number: str | None = None
    policy: str | None = None


class Contractor(Address):
    """Who processes the claims; stands in the carrier block."""

    name: str | None = None
    payer_number: str | None = None


def _payer_tag(value: Any) -> str:
    return "id" if isinstance(value, str) else "own"


PayerRef = Annotated[
    Annotated[str, Tag("id")] | Annotated[OwnPayer, Tag("own")],
    Discriminator(_payer_tag),
]


class Coverage(Model):
    """One patient's enrolment with a payer."""

    payer: PayerRef | None = None
    member_id: str | None = None
    group_number: str | None = None
    group_name: str | None = None
    plan_name: str | None = None
    relationship: Relationship | None = None
    insured: Person | None = None
    contractor: Contractor | None = None
    employer: str | None = None


class Care(Model):
    """One course of conservative care."""

    kind: CareKind | None = None
    from_: Day | None = None
    to: Day | None = None
    outcome: CareOutcome | None = None


Score = int | str


class Scores(Model):
    """Functional scores before the procedure."""

    odi: Score | None = None
    nprs: Score | None = None
    vas: Score | None = None
    zcq_symptom: Score | None = None
    zcq_function: Score | None = None
    zcq_satisfaction: Score | None = None
    walking_minutes: Score | None = None


class Answers(Model):
    """What was asked about the patient."""

    neurogenic_claudication: bool | None = None
    central_stenosis_on_imaging: bool | None = None
    imaging_kind: ImagingKind | None = None
    imaging_date: Day | None = None
    ligamentum_flavum_mm: str | None = None
    spondylolisthesis_grade: int | None = None
    local_infection: bool | None = None
    in_ced_study: bool | None = None
    conservative_care: tuple[Care, ...] | None = None
    scores: Scores | None = None
    no_prior_lumbar_procedure: bool | None = None


class PriorProcedure(Model):
    """One earlier procedure on the spine."""

    kind: PriorKind | None = None
    region: Region | None = None
    date: Day | None = None
    code: str | None = None


class Interspace(Model):
    """One interspace, as L4-L5, and the side done."""

    name: str | None = None
    side: Side | None = None


class Device(Model):
    """Device reported by the hospital."""

    hcpcs: str | None = None
    units: int | None = None
    charge: str | None = None


class Procedure(Model):
    """What was done, when, where and why."""

    date_of_service: Day | None = None
    region: Region | None = None
    interspaces: tuple[Interspace, ...] | None = None
    imaging_guidance: ImagingGuidance | None = None
    setting: Setting | None = None
    diagnoses: tuple[str, ...] | None = None
    trial_number: str | None = None
    device: Device | None = None


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


class TypedLine(Model):
    """A service line as typed; an absent key is derived."""

    code: str | None = None
    modifiers: tuple[str, ...] | None = None
    units: int | None = None
    charge: str | None = None
    pointers: tuple[str, ...] | None = None
    place_of_service: str | None = None
    from_: Day | None = None
    to: Day | None = None


class TypedRevenueLine(Model):
    """A revenue line as typed; an absent key is derived."""

    revenue_code: str | None = None
    code: str | None = None
    modifiers: tuple[str, ...] | None = None
    date: Day | None = None
    units: int | None = None
    charge: str | None = None


class ValueCode(Model):
    """Value code and its amount."""

    code: str | None = None
    amount: str | None = None


class RelatedTo(Model):
    """Items 10a to 10c."""

    employment: bool | None = None
    auto_accident: bool | None = None
    auto_state: str | None = None
    other_accident: bool | None = None


class QualifiedDate(Model):
    """A date and what it means."""

    date: Day | None = None
    qualifier: str | None = None


class Span(Model):
    """A stretch of days."""

    from_: Day | None = None
    to: Day | None = None


class OutsideLab(Model):
    """Item 20."""

    used: bool | None = None
    charge: str | None = None


class ProviderSignature(Model):
    """Item 31."""

    text: str | None = None
    date: Day | None = None


class Occurrence(Model):
    """Occurrence code and date."""

    code: str | None = None
    date: Day | None = None


class OccurrenceSpan(Span):
    """Occurrence span code and its days."""

    code: str | None = None


class PriorPayment(Model):
    """What a coverage has paid already; `coverage` counts from 0."""

    coverage: int | None = None
    amount: str | None = None


class ClaimInput(Model):
    """What was typed about the claim itself; whatever is absent is derived."""

    form: FormKind | None = None
    charges: dict[str, str] | None = None
    accept_assignment: bool | None = None
    amount_paid: str | None = None
    prior_authorization_number: str | None = None
    signature_on_file: bool | None = None
    lines: tuple[TypedLine, ...] | None = None
    revenue_lines: tuple[TypedRevenueLine, ...] | None = None
    diagnoses: tuple[str, ...] | None = None
    condition_codes: tuple[str, ...] | None = None
    value_codes: tuple[ValueCode, ...] | None = None
    type_of_bill: str | None = None
    related_to: RelatedTo | None = None
    claim_codes: tuple[str, ...] | str | None = None
    onset: QualifiedDate | None = None
    other_date: QualifiedDate | None = None
    unable_to_work: Span | None = None
    hospitalization: Span | None = None
    additional_information: str | None = None
    outside_lab: OutsideLab | None = None
    resubmission_code: str | None = None
    original_reference: str | None = None
    patient_signature_on_file: bool | None = None
    insured_signature_on_file: bool | None = None
    provider_signature: ProviderSignature | None = None
    statement_from: Day | None = None
    statement_to: Day | None = None
    admission_date: Day | None = None
    admission_type: str | None = None
    point_of_origin: str | None = None
    discharge_status: str | None = None
    occurrence_codes: tuple[Occurrence, ...] | None = None
    occurrence_spans: tuple[OccurrenceSpan, ...] | None = None
    reason_for_visit: tuple[str, ...] | str | None = None
    document_control_number: str | None = None
    remarks: str | None = None
    prior_payments: tuple[PriorPayment, ...] | None = None


class FacilityClaim(ClaimInput):
    """The hospital's claim of the same encounter."""

    billing: Organization | None = None


class Authorization(Model):
    """A prior authorization and what it allows."""

    requested_on: Day | None = None
    reference: str | None = None
    decision: str | None = None
    codes: tuple[str, ...] | None = None
    units: int | None = None
    from_: Day | None = None
    to: Day | None = None
    place_of_service: str | None = None


class Denial(Model):
    """What the payer answered."""

    date: Day | None = None
    carc: tuple[str, ...] | None = None
    rarc: tuple[str, ...] | None = None
    remark: str | None = None


class Notice(Model):
    """A notice given to the patient."""

    kind: NoticeKind | None = None
    signed_on: Day | None = None


class Attachment(Model):
    """A file that proves something; `path` is relative to the case file."""

    kind: AttachmentKind | None = None
    path: str | None = None
    pages: tuple[int, ...] | str | None = None


class Case(Model):
    """One patient, one procedure, and what is known."""

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)] | None = None
    id: str | None = None
    patient: Patient | None = None
    coverages: tuple[Coverage, ...] | None = None
    answers: Answers | None = None
    prior_procedures: tuple[PriorProcedure, ...] | None = None
    procedure: Procedure | None = None
    providers: Providers | None = None
    claim: ClaimInput | None = None
    facility_claim: FacilityClaim | None = None
    authorization: Authorization | None = None
    denial: Denial | None = None
    notices: tuple[Notice, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
