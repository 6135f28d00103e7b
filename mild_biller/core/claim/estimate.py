"""What Medicare pays on the national average, unadjusted for the area: an estimate of the year of service."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import PlanType, Setting
from mild_biller.core.claim.claim import Claim, ServiceLine
from mild_biller.core.coverage.assess import Assessment
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import Fee, FeeKind, FeeYear, ModifierUse
from mild_biller.core.rules.finding import Reference
from mild_biller.core.rules.policy import ClaimKind

CENT = Decimal("0.01")
REDUCED = (ModifierUse.ONE_SIDED, ModifierUse.STOPPED, ModifierUse.STOPPED_AT_FACILITY)


@dataclass(frozen=True, slots=True)
class Locality:
    """Geographic indices of one Medicare locality, from a table of the year that the user loads."""

    name: str
    year: int
    work: Decimal
    practice: Decimal
    malpractice: Decimal


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """One code and what is paid for it; `amount` is None where a note says why."""

    code: str
    amount: Decimal | None
    note: str
    source: Reference


@dataclass(frozen=True, slots=True)
class Estimate:
    """National amounts of one claim; `total` is None when a line has no amount that can be known."""

    year: int
    kind: FeeKind
    lines: tuple[EstimatedLine, ...]
    total: Decimal | None
    coinsurance: Decimal | None
    label: str


def estimate(
    case: Case, assessment: Assessment, claim: Claim, service: date | None, *, catalog: Catalog
) -> tuple[Estimate | None, str]:
    """Return the estimate, or None and why there is none (nothing to say: an empty reason)."""
    plan = assessment.plan
    if plan is None or plan.plan_type is not PlanType.MEDICARE or service is None or claim.form is None:
        return None, ""
    year = catalog.fee_year.get(str(service.year))
    if year is None:
        return None, f"there is no fee table for {service.year}, and none is carried over"
    kind, why = _kind(case, claim)
    if kind is None:
        return None, why
    lines = tuple(line for each in claim.lines if (line := _line(each, year, kind, catalog)) is not None)
    return (_sum(year, kind, lines), "") if lines else (None, "no code on the claim has one")


def _kind(case: Case, claim: Claim) -> tuple[FeeKind | None, str]:
    """Return who is paid by this claim, or why no table speaks of it."""
    setting = case.procedure.setting if case.procedure else None
    if setting is None:
        return None, "the place of service is not entered"
    if setting in (Setting.OFFICE, Setting.VA_FACILITY):
        return None, "the fee schedule has no amount for this setting"
    if claim.kind is ClaimKind.INSTITUTIONAL:
        if setting in (Setting.CRITICAL_ACCESS_HOSPITAL, Setting.HOSPITAL_INPATIENT):
            return None, "this kind of hospital is not paid by the outpatient table"
        return FeeKind.HOSPITAL, ""
    return (FeeKind.ASC if setting is Setting.ASC and claim.bills_facility else FeeKind.PHYSICIAN), ""


def _line(line: ServiceLine, year: FeeYear, kind: FeeKind, catalog: Catalog) -> EstimatedLine | None:
    fee = next((fee for fee in year.fee if fee.code == line.code and fee.kind is kind), None)
    if fee is None:
        return None
    reference = catalog.reference(fee.source, fee.place)
    if fee.amount is not None and set(catalog.modifiers_of(*REDUCED)) & set(line.modifiers):
        return EstimatedLine(fee.code, None, "reduced by the contractor", reference)
    return EstimatedLine(fee.code, fee.amount, _note(fee), reference)


def localized(money: Estimate, locality: Locality, *, catalog: Catalog) -> Estimate | None:
    """Return a physician's estimate adjusted to a locality of the same year, None where it does not apply.

    Each amount is the sum of the three relative values times their indices, times the conversion factor.
    """
    year = catalog.fee_year.get(str(money.year))
    if year is None or money.kind is not FeeKind.PHYSICIAN or locality.year != money.year:
        return None
    fees = {fee.code: fee for fee in year.fee if fee.kind is FeeKind.PHYSICIAN}
    lines = tuple(
        replace(line, amount=None if line.amount is None else _adjusted(fees[line.code], locality, year))
        for line in money.lines
    )
    adjusted = _sum(year, money.kind, lines)
    return replace(adjusted, label=f"Adjusted to {locality.name} from a table you loaded; {year.coinsurance_note}")


def _adjusted(fee: Fee, locality: Locality, year: FeeYear) -> Decimal | None:
    if fee.work_rvu is None or fee.practice_rvu is None or fee.malpractice_rvu is None:
        return None
    units = (
        fee.work_rvu * locality.work + fee.practice_rvu * locality.practice + fee.malpractice_rvu * locality.malpractice
    )
    return (units * year.conversion_factor).quantize(CENT, ROUND_HALF_UP)


def _note(fee: Fee) -> str:
    return f"{fee.indicator}: {fee.meaning}"


def _sum(year: FeeYear, kind: FeeKind, lines: tuple[EstimatedLine, ...]) -> Estimate:
    unknown = any("contractor" in line.note and line.amount is None for line in lines)
    total = None if unknown else sum((line.amount or Decimal() for line in lines), Decimal()).quantize(CENT)
    share = None if total is None else (total * year.coinsurance).quantize(CENT, ROUND_HALF_UP)
    return Estimate(year.year, kind, lines, total, share, f"{year.label}; {year.coinsurance_note}")
