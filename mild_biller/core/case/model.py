"""One patient, one procedure, and what is known: the case file as a model, format 1.

Absent and `None` both mean unknown; `model_fields_set` still tells a key given as null from an absent one.
Codes, identifiers and amounts stay text as typed: what is malformed becomes a finding, never a refusal.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Discriminator, Field, PrivateAttr, Tag

from mild_biller.core.case.base import Model
from mild_biller.core.case.claim_input import ClaimInput, FacilityClaim
from mild_biller.core.case.days import Day
from mild_biller.core.case.denial import Denial
from mild_biller.core.case.people import Contractor, OwnPayer, Patient, Person, Providers
from mild_biller.core.case.vocabulary import (
    AttachmentKind,
    CareKind,
    CareOutcome,
    ImagingGuidance,
    ImagingKind,
    NoticeKind,
    PriorKind,
    Region,
    Relationship,
    Setting,
    Side,
)

FORMAT = 1


def _payer_tag(value: Any) -> str:
    return "id" if isinstance(value, str) else "own"


PayerRef = Annotated[
    Annotated[str, Tag("id")] | Annotated[OwnPayer, Tag("own")],
    Discriminator(_payer_tag),
]


class Coverage(Model):
    """One patient's enrollment with a payer."""

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


Answer = Annotated[bool | int | str | tuple[str, ...] | date | None, Field(union_mode="left_to_right")]


class Scores(Model, extra="allow"):
    """Functional scores before the procedure, by the id of their question."""

    __pydantic_extra__: dict[str, Score | None]

    odi: Score | None = None
    nprs: Score | None = None
    vas: Score | None = None
    zcq_symptom: Score | None = None
    zcq_function: Score | None = None
    zcq_satisfaction: Score | None = None
    walking_minutes: Score | None = None


class Answers(Model, extra="allow"):
    """What was asked about the patient, by the id of the question.

    A field is what the program itself looks at; every other question of the pack is answered in addition to the
    fields. Which questions there are, and what answers them, the reader of case files asks the pack.
    """

    __pydantic_extra__: dict[str, Answer]

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


class Notice(Model):
    """A notice given to the patient."""

    kind: NoticeKind | None = None
    signed_on: Day | None = None


class Attachment(Model):
    """A file that proves something; `path` is relative to the case file."""

    kind: AttachmentKind | None = None
    path: str | None = None
    pages: tuple[int, ...] | str | None = None


class Misread(NamedTuple):
    """A date or a word of a closed list that its file has with odd blanks, at a JSON pointer, and as it was read."""

    path: str
    typed: str
    read: str


class Case(Model):
    """One patient, one procedure, and what is known.

    `denial` is the key of a single denial that older files have; `denials` takes any number.
    `letters` has what was rewritten in a letter: its kind, the paragraph's id, the text.
    """

    _misread: tuple[Misread, ...] = PrivateAttr(default=())

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
    denials: tuple[Denial, ...] | None = None
    notices: tuple[Notice, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
    letters: dict[str, dict[str, str]] | None = None

    @property
    def misread(self) -> tuple[Misread, ...]:
        """What the file of this case has in another spelling than a date or a closed list allows."""
        return self._misread

    def reading(self, misread: Iterable[Misread]) -> Self:
        """Return the case with what was read in another spelling than its file has."""
        found = tuple(misread)
        if found == self._misread:
            return self
        copy = self.model_copy()
        copy._misread = found
        return copy
