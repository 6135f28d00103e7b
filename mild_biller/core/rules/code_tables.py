"""Rows of the code tables: procedure and diagnosis codes, places, bill types, fees, and the words of the edits."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import Region, Setting
from mild_biller.core.rules.finding import Severity, Topic
from mild_biller.core.rules.policy import blocking, word, words
from mild_biller.core.rules.source import Citation, Cited, Exact, FactIds, Listed, Sure, Text, Words


class CodeRole(StrEnum):
    """The role of a procedure code here."""

    DECOMPRESSION = "decompression"
    ADD_ON = "add-on"
    DEVICE = "device"
    IMAGING_GUIDANCE = "imaging-guidance"
    INJECTION = "injection"
    TRIAL_ARM = "trial-arm"
    BUNDLED = "bundled"
    OTHER = "other"


class ProcedureCode(Model):
    """A procedure or device code, in our own words, with its life; days are dates of service."""

    code: Text
    label: Text
    role: Annotated[CodeRole, word(CodeRole)]
    regions: Annotated[tuple[Region, ...], words(Region)] = ()
    first_day: date | None = None
    last_day: date | None = None
    primary: str | None = None
    counts_sides: bool = False
    most_units: int | None = None
    hospital_only: bool = False
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()

    def is_valid(self, on: date) -> bool:
        """Return True if the code is valid on a date of service."""
        return (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)


class DiagnosisCode(Model):
    """A diagnosis code without its point, in our own words, with its life."""

    code: Text
    label: Text
    first_day: date | None = None
    last_day: date | None = None
    marks_study: bool = False
    has_claudication: bool | None = None
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()

    def is_valid(self, on: date) -> bool:
        """Return True if the code is valid on a date of service."""
        return (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)


class ModifierUse(StrEnum):
    """What the program itself says or reads by a modifier."""

    ONE_SIDED = "one-sided"
    BILATERAL = "bilateral"
    SIDE = "side"
    FURTHER_PROCEDURE = "further-procedure"
    STOPPED = "stopped"
    STOPPED_AT_FACILITY = "stopped-at-facility"
    NOTICE_SIGNED = "notice-signed"
    NOTICE_UNSIGNED = "notice-unsigned"
    NOTICE_OF_EXCLUSION = "notice-of-exclusion"


class ModifierCode(Model):
    """A modifier, in our own words; `mistyped` are other spellings of it that people write."""

    code: Text
    label: Text
    use: Annotated[ModifierUse | None, word(ModifierUse)] = None
    mistyped: Words = ()
    marks_study: bool = False
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class Place(Model):
    """A place of service and its settings."""

    code: Text
    label: Text
    settings: Annotated[tuple[Setting, ...], words(Setting)] = ()
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class BillType(Model):
    """First three characters of a type of bill, its settings, where its procedure lines go."""

    prefix: Text
    label: Text
    settings: Annotated[tuple[Setting, ...], words(Setting)] = ()
    revenue_code: Text
    takes_device: bool
    is_inpatient: bool = False  # it requires the admission's date and diagnosis
    certainty: Sure
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    facts: FactIds = ()


class RevenueCode(Model):
    """A revenue code, in our own words, and the codes it may be billed with."""

    code: Text
    label: Text
    needs_code: bool = False
    for_procedure: bool = False
    refuses_device: bool = False
    professional_fee: bool = False
    is_total: bool = False


class RegionInterspaces(Model):
    """Interspaces of a region from the top down; `border` ones are for a person to decide.

    `procedure` is what the procedure is called there, inside a sentence.
    """

    region: Annotated[Region, word(Region)]
    procedure: Text
    names: Words
    border: Words = ()


class FeeKind(StrEnum):
    """Who is paid."""

    PHYSICIAN = "physician"
    ASC = "asc"
    HOSPITAL = "hospital"


class Fee(Model):
    """National amount of one code for one kind of payee; None: nothing is paid apart."""

    code: Text
    kind: Annotated[FeeKind, word(FeeKind)]
    amount: Exact | None = None
    indicator: Text
    meaning: Text
    work_rvu: Exact | None = None
    practice_rvu: Exact | None = None
    malpractice_rvu: Exact | None = None
    source: Text
    place: Text
    certainty: Sure
    facts: FactIds = ()


class FeeYear(Model):
    """National, unadjusted amounts of one year of service."""

    year: int
    label: Text
    conversion_factor: Exact
    coinsurance: Exact
    coinsurance_note: Text
    source: Text
    place: Text
    certainty: Sure
    facts: FactIds = ()
    fee: Annotated[tuple[Fee, ...], Listed]


class Edit(Cited):
    """The words and the weight of one claim edit; code finds it, data says it. `{name}` is filled in."""

    id: Text
    topic: Annotated[Topic, word(Topic)]
    severity: Annotated[Severity | None, word(Severity)] = None

    @model_validator(mode="after")
    def _may_block(self) -> Self:
        return blocking(self, self.severity or Severity.ERROR)
