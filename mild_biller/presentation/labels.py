"""The words a person reads for the words of a case file."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from mild_biller.core.case.repair import Repair
from mild_biller.core.case.vocabulary import (
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
from mild_biller.core.coverage.assess import Determination
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.core.documents.packet import State
from mild_biller.core.documents.packet_rules import ItemGroup, Pace
from mild_biller.core.rules.payer import AuthorizationNeed
from mild_biller.core.rules.source import Certainty, RemedyKind

NOT_ANSWERED: Final = "not answered"

# By list first: words of two lists that are spelled alike are equal to Python.
_WORDS: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {
    Sex: {
        Sex.FEMALE: "F, female",
        Sex.MALE: "M, male",
        Sex.OTHER: "X, left blank on the form",
    },
    Relationship: {
        Relationship.SELF: "Self",
        Relationship.SPOUSE: "Spouse",
        Relationship.CHILD: "Child",
        Relationship.OTHER: "Other",
    },
    Setting: {
        Setting.OFFICE: "Office",
        Setting.HOSPITAL_INPATIENT: "Hospital, inpatient",
        Setting.HOSPITAL_OUTPATIENT: "Hospital, outpatient",
        Setting.OFF_CAMPUS_OUTPATIENT: "Hospital, outpatient off campus",
        Setting.CRITICAL_ACCESS_HOSPITAL: "Critical access hospital",
        Setting.ASC: "Ambulatory surgery center",
        Setting.VA_FACILITY: "VA facility",
    },
    Region: {
        Region.CERVICAL: "Cervical",
        Region.THORACIC: "Thoracic",
        Region.LUMBAR: "Lumbar",
    },
    Side: {
        Side.BILATERAL: "Both sides",
        Side.LEFT: "Left",
        Side.RIGHT: "Right",
    },
    TaxIdKind: {
        TaxIdKind.EIN: "EIN",
        TaxIdKind.SSN: "SSN",
    },
    Role: {
        Role.REFERRING: "Referring (DN)",
        Role.ORDERING: "Ordering (DK)",
        Role.SUPERVISING: "Supervising (DQ)",
    },
    ImagingKind: {
        ImagingKind.MRI: "MRI",
        ImagingKind.CT: "CT",
        ImagingKind.CT_MYELOGRAM: "CT myelogram",
    },
    ImagingGuidance: {
        ImagingGuidance.FLUOROSCOPY: "Fluoroscopy",
        ImagingGuidance.CT: "CT",
    },
    PriorKind: {
        PriorKind.LAMINECTOMY: "Laminectomy",
        PriorKind.LAMINOTOMY: "Laminotomy",
        PriorKind.FUSION: "Fusion",
        PriorKind.INTERSPINOUS_DECOMPRESSION: "Interspinous decompression",
        PriorKind.MILD: "mild",
        PriorKind.EPIDURAL_STEROID_INJECTION: "Epidural steroid injection",
        PriorKind.OTHER: "Other",
    },
    CareKind: {
        CareKind.PHYSICAL_THERAPY: "Physical therapy",
        CareKind.HOME_EXERCISE: "Home exercise program",
        CareKind.MEDICATION: "Medication",
        CareKind.EPIDURAL_STEROID_INJECTION: "Epidural steroid injection",
        CareKind.OTHER: "Other",
    },
    CareOutcome: {
        CareOutcome.FAILED: "Failed",
        CareOutcome.PARTIAL: "Partial relief",
        CareOutcome.IMPROVED: "Improved",
    },
    PlanType: {
        PlanType.MEDICARE: "Medicare",
        PlanType.MEDICARE_ADVANTAGE: "Medicare Advantage",
        PlanType.MEDIGAP: "Medigap",
        PlanType.MEDICAID: "Medicaid",
        PlanType.TRICARE: "TRICARE",
        PlanType.VA: "Veterans Affairs",
        PlanType.WORKERS_COMPENSATION: "Workers' compensation",
        PlanType.BCBS_FEDERAL: "BCBS Federal",
        PlanType.COMMERCIAL: "Commercial",
        PlanType.SELF_PAY: "Self-pay",
    },
    NoticeKind: {
        NoticeKind.ABN: "Advance notice (ABN)",
        NoticeKind.MEMBER_NOTICE: "Member notice",
        NoticeKind.ORGANIZATION_DETERMINATION: "Organization determination",
        NoticeKind.GOOD_FAITH_ESTIMATE: "Good faith estimate",
    },
    AttachmentKind: {
        AttachmentKind.IMAGING_REPORT: "Imaging report",
        AttachmentKind.CLINIC_NOTE: "Clinic note",
        AttachmentKind.THERAPY_NOTE: "Therapy note",
        AttachmentKind.PROCEDURE_NOTE: "Procedure note",
        AttachmentKind.SCORE_SHEET: "Score sheet",
        AttachmentKind.MEMBER_NOTICE: "Notice to the member",
        AttachmentKind.ABN: "Advance notice (ABN)",
        AttachmentKind.AUTHORIZATION: "Authorization",
        AttachmentKind.EOB: "Explanation of benefits",
        AttachmentKind.OTHER: "Other document",
    },
    LetterKind: {
        LetterKind.MEDICAL_NECESSITY: "Medical necessity",
        LetterKind.APPEAL: "Appeal or reconsideration",
        LetterKind.PEER_TO_PEER: "Peer-to-peer talking points",
        LetterKind.MEMBER_NOTICE: "Notice to the member",
        LetterKind.RESUBMISSION: "Resubmission cover letter",
        LetterKind.ABN: "Advance notice (ABN), facts",
    },
    State: {
        State.IN_CASE: "in the case",
        State.ATTACHED: "attached",
        State.MISSING: "missing",
        State.CONTRARY: "contradicts the request",
        State.NOT_NEEDED: "not needed",
    },
    ItemGroup: {
        ItemGroup.REQUEST: "The request",
        ItemGroup.STUDY: "The study",
        ItemGroup.RECORD: "The record",
        ItemGroup.PAYER: "For this payer",
    },
    Pace: {
        Pace.STANDARD: "Standard",
        Pace.URGENT: "Urgent",
    },
    FormKind: {
        FormKind.CMS1500: "CMS-1500",
        FormKind.UB04: "UB-04",
    },
    Determination: {
        Determination.COVERED: "Covered",
        Determination.NOT_COVERED: "Not covered",
        Determination.CONDITIONAL: "More information needed",
        Determination.INDETERMINATE: "Coverage not determined",
    },
    AuthorizationNeed: {
        AuthorizationNeed.NO_AUTH: "Prior authorization: not required",
        AuthorizationNeed.AUTH_NEEDED: "Prior authorization: required, not on file",
        AuthorizationNeed.SATISFIED: "Prior authorization: on file",
        AuthorizationNeed.UNKNOWN: "Prior authorization: unknown, call the payer",
    },
    RemedyKind: {
        RemedyKind.FIX: "Fix: ",
        RemedyKind.ONLY_IF_TRUE: "Change only if documented: ",
        RemedyKind.ASK_PAYER: "Next: ",
        RemedyKind.NONE: "",
    },
    Certainty: {
        Certainty.SEED: "from the guide and policies this program is based on",
        Certainty.OFFICIAL: "stated by CMS or another authority",
        Certainty.MEASURED: "measured, or plain logic",
        Certainty.SECONDARY: "secondary source: verify",
        Certainty.RECOLLECTION: "general billing knowledge, no source on file: verify",
    },
}


def typed_words(repair: Repair) -> str:
    """Return what was typed where a repair was made; what nobody can see is named instead."""
    return "Removed extra blanks or hidden characters." if repair.is_of_blanks else f"Typed: {repair.typed}"


def words(member: StrEnum) -> str:
    """Return what a person reads for a word of a closed list."""
    return _WORDS[type(member)][member]
