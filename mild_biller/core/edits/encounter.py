"""Edits on an encounter that surgeon and facility both bill: what the two claims say differently."""

from collections.abc import Iterator

from mild_biller.core.case.codes import shown
from mild_biller.core.claim.claim import Claim
from mild_biller.core.claim.facility import FACILITY_CLAIM, moved
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.finding import Finding
from mild_biller.core.rules.policy import TRIAL_PREFIX, Element


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
    marks = check.catalog.study_codes(Element.VALUE_CODE)
    for each in values:
        number = (each.amount or "").removeprefix(TRIAL_PREFIX)
        if each.code in marks and number and number != (check.claim.trial_number or ""):
            one = check.claim.trial_number or "none"
            yield check.found("encounter-trial-numbers", moved(each.path), one=one, other=number)


def _settings(check: Check, facility: Claim) -> Iterator[Finding]:
    """The surgeon's place of service is one of the settings of the facility's bill type."""
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
