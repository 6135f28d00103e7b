"""What was typed about the claim itself: its lines, codes and the boxes nothing else holds."""

from mild_biller.core.case.base import Model
from mild_biller.core.case.days import Day
from mild_biller.core.case.denial import Denial
from mild_biller.core.case.people import Organization
from mild_biller.core.case.vocabulary import FormKind


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
    non_covered: str | None = None


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
    admission_hour: str | None = None
    admission_type: str | None = None
    point_of_origin: str | None = None
    discharge_hour: str | None = None
    discharge_status: str | None = None
    occurrence_codes: tuple[Occurrence, ...] | None = None
    occurrence_spans: tuple[OccurrenceSpan, ...] | None = None
    admitting_diagnosis: str | None = None
    reason_for_visit: tuple[str, ...] | str | None = None
    document_control_number: str | None = None
    remarks: str | None = None
    prior_payments: tuple[PriorPayment, ...] | None = None


class FacilityClaim(ClaimInput):
    """The hospital's claim of the same encounter."""

    billing: Organization | None = None
    denials: tuple[Denial, ...] | None = None
