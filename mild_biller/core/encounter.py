"""Surgeon and facility bill one encounter: what the two claims say differently."""

from collections.abc import Iterator
from dataclasses import replace

from mild_biller.core.case import Case
from mild_biller.core.claim import Claim
from mild_biller.core.claim_input import ClaimInput
from mild_biller.core.codes import shown
from mild_biller.core.edits.check import Check
from mild_biller.core.finding import Finding
from mild_biller.core.institutional import TRIAL_VALUE_CODE
from mild_biller.core.people import Organization, Providers

FACILITY_CLAIM = "/facility_claim"
MOVED = (("/claim", FACILITY_CLAIM), ("/providers/billing", f"{FACILITY_CLAIM}/billing"))


def facility_case(case: Case) -> Case | None:
    """Return the case as the facility bills it, None where no claim of its own is entered."""
    typed = case.facility_claim
    if typed is None:
        return None
    claim = ClaimInput.model_construct(
        typed.model_fields_set - {"billing"},
        **{name: getattr(typed, name) for name in ClaimInput.model_fields},
    )
    providers = case.providers or Providers()
    billing = typed.billing or _as_billing(providers)
    return case.model_copy(
        update={
            "claim": claim,
            "facility_claim": None,
            "providers": providers.model_copy(update={"billing": billing}),
        }
    )


def _as_billing(providers: Providers) -> Organization | None:
    """Return the facility as billing provider: it has no tax id of its own in the case."""
    facility = providers.facility
    if facility is None:
        return None
    names = ("name", "npi", "street", "city", "state", "zip", "phone")
    return Organization(**{name: getattr(facility, name) for name in names})


def moved(path: str) -> str:
    """Return where a key of the facility's claim stands in the case file."""
    for before, after in MOVED:
        if path == before or path.startswith(f"{before}/"):
            return after + path.removeprefix(before)
    return path


def moved_findings(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings on the facility's claim with the paths they have in the case file."""
    return tuple(replace(each, path=moved(each.path)) for each in found)


def own_findings(found: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what is not said of the surgeon's claim already."""
    known = {(each.rule, each.path, each.message) for each in others}
    return tuple(each for each in found if (each.rule, each.path, each.message) not in known)


def disagreements(check: Check, facility: Claim) -> Iterator[Finding]:
    """Yield what the two claims of one encounter say differently: day, levels, diagnosis, trial number, setting."""
    surgeon = check.claim
    days = _days(check, surgeon), _days(check, facility)
    if all(days) and days[0] != days[1]:
        yield check.found("encounter-dates", FACILITY_CLAIM, one=_list(days[0]), other=_list(days[1]))
    codes = _codes(check, surgeon), _codes(check, facility)
    if all(codes) and codes[0] != codes[1]:
        yield check.found("encounter-codes", FACILITY_CLAIM, one=_list(codes[0]), other=_list(codes[1]))
    first = [claim.diagnoses[0].code for claim in (surgeon, facility) if claim.diagnoses]
    if len(first) == 2 and first[0] != first[1]:
        path = moved(facility.diagnoses[0].path)
        yield check.found("encounter-diagnoses", path, one=shown(first[0]), other=shown(first[1]))
    yield from _trial_numbers(check, facility)
    yield from _settings(check, facility)


def _trial_numbers(check: Check, facility: Claim) -> Iterator[Finding]:
    values = facility.institutional.value_codes if facility.institutional is not None else ()
    for each in values:
        number = (each.amount or "").removeprefix("CT")
        if each.code == TRIAL_VALUE_CODE and number and number != (check.claim.trial_number or ""):
            one = check.claim.trial_number or "none"
            yield check.found("encounter-trial-numbers", moved(each.path), one=one, other=number)


def _settings(check: Check, facility: Claim) -> Iterator[Finding]:
    """The surgeon's place of service is one of the settings the facility's bill type stands for."""
    bill = facility.institutional.type_of_bill if facility.institutional is not None else None
    kind = check.catalog.bill_type.get((bill or "")[:3])
    place = check.claim.place_of_service
    if kind is None or place is None or not check.is_professional:
        return
    places = {check.catalog.place_of[setting] for setting in kind.settings if setting in check.catalog.place_of}
    if place not in places:
        path = moved(facility.institutional.type_of_bill_path) if facility.institutional is not None else ""
        yield check.found("encounter-settings", path, one=place, other=bill)


def _days(check: Check, claim: Claim) -> frozenset[str]:
    return frozenset(
        line.from_.isoformat()
        for line in claim.lines
        if line.from_ is not None and check.catalog.is_decompression(line.code)
    )


def _codes(check: Check, claim: Claim) -> frozenset[str]:
    return frozenset(
        line.code for line in claim.lines if line.code is not None and check.catalog.is_decompression(line.code)
    )


def _list(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))
