"""The closed lists of the case file: the only words a key may hold."""

from enum import StrEnum


class PlanType(StrEnum):
    """Kind of coverage; what holds when nothing is known of the payer itself."""

    MEDICARE = "medicare"
    MEDICARE_ADVANTAGE = "medicare-advantage"
    MEDIGAP = "medigap"
    MEDICAID = "medicaid"
    TRICARE = "tricare"
    VA = "va"
    WORKERS_COMPENSATION = "workers-compensation"
    BCBS_FEDERAL = "bcbs-federal"
    COMMERCIAL = "commercial"
    SELF_PAY = "self-pay"


class Region(StrEnum):
    """Part of the spine."""

    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"


class Side(StrEnum):
    """Which side of an interspace was decompressed."""

    BILATERAL = "bilateral"
    LEFT = "left"
    RIGHT = "right"


class Sex(StrEnum):
    """As on the forms; X leaves the boxes of item 3 empty."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"


class Relationship(StrEnum):
    """Patient's relationship to the insured."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"


class Setting(StrEnum):
    """Where the procedure was done."""

    OFFICE = "office"
    HOSPITAL_INPATIENT = "hospital-inpatient"
    HOSPITAL_OUTPATIENT = "hospital-outpatient"
    OFF_CAMPUS_OUTPATIENT = "off-campus-outpatient"
    CRITICAL_ACCESS_HOSPITAL = "critical-access-hospital"
    ASC = "asc"
    VA_FACILITY = "va-facility"


class TaxIdKind(StrEnum):
    """Which number is in item 25."""

    EIN = "ein"
    SSN = "ssn"


class Role(StrEnum):
    """Why the provider of item 17 is named."""

    REFERRING = "referring"
    ORDERING = "ordering"
    SUPERVISING = "supervising"


class ImagingKind(StrEnum):
    """Study that showed the stenosis."""

    MRI = "mri"
    CT = "ct"
    CT_MYELOGRAM = "ct-myelogram"


class ImagingGuidance(StrEnum):
    """Imaging used during the procedure."""

    FLUOROSCOPY = "fluoroscopy"
    CT = "ct"


class PriorKind(StrEnum):
    """Kind of an earlier procedure."""

    LAMINECTOMY = "laminectomy"
    LAMINOTOMY = "laminotomy"
    FUSION = "fusion"
    INTERSPINOUS_DECOMPRESSION = "interspinous-decompression"
    MILD = "mild"
    EPIDURAL_STEROID_INJECTION = "epidural-steroid-injection"
    OTHER = "other"


class CareKind(StrEnum):
    """Kind of conservative care."""

    PHYSICAL_THERAPY = "physical-therapy"
    HOME_EXERCISE = "home-exercise"
    MEDICATION = "medication"
    EPIDURAL_STEROID_INJECTION = "epidural-steroid-injection"
    OTHER = "other"


class CareOutcome(StrEnum):
    """What conservative care achieved."""

    FAILED = "failed"
    PARTIAL = "partial"
    IMPROVED = "improved"


class AttachmentKind(StrEnum):
    """What an attached file proves."""

    IMAGING_REPORT = "imaging-report"
    CLINIC_NOTE = "clinic-note"
    THERAPY_NOTE = "therapy-note"
    PROCEDURE_NOTE = "procedure-note"
    SCORE_SHEET = "score-sheet"
    MEMBER_NOTICE = "member-notice"
    ABN = "abn"
    AUTHORIZATION = "authorization"
    EOB = "eob"
    OTHER = "other"


class NoticeKind(StrEnum):
    """Notice to the patient before the service."""

    ABN = "abn"
    MEMBER_NOTICE = "member-notice"
    ORGANIZATION_DETERMINATION = "organization-determination"
    GOOD_FAITH_ESTIMATE = "good-faith-estimate"


class FormKind(StrEnum):
    """Form a claim is printed on."""

    CMS1500 = "cms1500"
    UB04 = "ub04"
