"""Edits on the revenue lines of an institutional claim: codes, order, charges, the procedure's line, the device."""

from collections.abc import Iterator

from mild_biller.core.case.codes import MODIFIER, MONEY, REVENUE_CODE
from mild_biller.core.claim.claim import Institutional, RevenueLine, ServiceLine
from mild_biller.core.claim.derive import valid_codes
from mild_biller.core.edits.context import Check
from mild_biller.core.edits.study import rules
from mild_biller.core.rules.code_tables import CodeRole, ModifierUse
from mild_biller.core.rules.finding import Finding
from mild_biller.core.rules.policy import Element

SHORTENED = (ModifierUse.ONE_SIDED, ModifierUse.STOPPED_AT_FACILITY)


def revenue_codes(check: Check, part: Institutional) -> Iterator[Finding]:
    """Revenue codes are well formed, known, and go with the code on their line."""
    for row, line in enumerate(part.revenue_lines, start=1):
        path, at = line.paths["revenue_code"], f"42.{row}"
        known = check.catalog.revenue_code.get(line.revenue_code or "")
        if not line.revenue_code:
            yield check.found("revenue-code-missing", path, at=at)
        elif REVENUE_CODE.fault(line.revenue_code):
            yield check.found("revenue-code-malformed", path, at=at, fault=REVENUE_CODE.fault(line.revenue_code))
        elif known is None:
            yield check.found("revenue-code-unknown", path, at=at, code=line.revenue_code)
        elif known.needs_code and not line.code:
            yield check.found("revenue-code-needs-code", line.paths["code"], at=f"44.{row}", code=known.code)
        elif known.professional_fee:
            yield check.found("professional-fee", path, at=at, code=known.code)
        yield from _code_at_home(check, line, row)


def _code_at_home(check: Check, line: RevenueLine, row: int) -> Iterator[Finding]:
    """The procedure is under an operating room's revenue code, the device under a supply's."""
    revenue, code = (
        check.catalog.revenue_code.get(line.revenue_code or ""),
        check.catalog.procedure.get(line.code or ""),
    )
    if revenue is None or code is None:
        return
    if code.role in (CodeRole.DECOMPRESSION, CodeRole.ADD_ON) and not revenue.for_procedure:
        yield check.found(
            "procedure-under-wrong-revenue-code",
            line.paths["revenue_code"],
            at=f"42.{row}",
            code=code.code,
            revenue=revenue.code,
        )
    if code.role is CodeRole.DEVICE and (revenue.refuses_device or revenue.for_procedure):
        yield check.found(
            "device-under-wrong-revenue-code",
            line.paths["revenue_code"],
            at=f"42.{row}",
            code=code.code,
            revenue=revenue.code,
        )


def revenue_order(check: Check, part: Institutional) -> Iterator[Finding]:
    """Revenue lines ascend, none is duplicated, surgical care and operating room are not billed together."""
    codes = [line.revenue_code or "" for line in part.revenue_lines]
    base = "/claim/revenue_lines"
    if codes != sorted(codes):
        yield check.found("revenue-codes-out-of-order", base, at="42")
    seen: set[tuple[object, ...]] = set()
    for row, line in enumerate(part.revenue_lines, start=1):
        key = (line.revenue_code, line.code, line.date)
        if key in seen:
            yield check.found("revenue-line-twice", line.paths["revenue_code"], at=f"42.{row}", code=line.revenue_code)
        seen.add(key)
    if {code[:3] for code in codes} >= {"049", "036"}:
        yield check.found("operating-room-twice", base, at="42")


def amounts(check: Check, part: Institutional) -> Iterator[Finding]:
    """Lines without a procedure code have a charge too, and a typed total is the sum."""
    for row, line in enumerate(part.revenue_lines, start=1):
        known = check.catalog.procedure.get(line.code or "")
        if line.code is not None and not (known is not None and known.hospital_only):
            continue  # checked with the service lines
        path, at = line.paths["charge"], f"47.{row}"
        if not line.charge:
            yield check.found("charge-missing", path, at=at, code=line.code or line.revenue_code or "the line")
        elif MONEY.fault(line.charge):
            yield check.found("charge-malformed", path, at=at, fault=MONEY.fault(line.charge))
        elif line.amount == 0:
            yield check.found("charge-zero", path, at=at)
        if line.units < 1:
            yield check.found("units-below-one", line.paths["units"], at=f"46.{row}", units=line.units)
    yield from _written_two_ways(check, part)
    yield from _uncovered(check, part)
    total = part.typed_total
    if total is not None and total.amount != part.total_charge:
        yield check.found("total-is-not-the-sum", total.paths["charge"], at="47.23", code=check.catalog.total_code)


def _uncovered(check: Check, part: Institutional) -> Iterator[Finding]:
    """What is not covered is an amount, and a part of the line's charge."""
    for row, line in enumerate(part.revenue_lines, start=1):
        if line.non_covered is None:
            continue
        path, at, fault = line.paths["non_covered"], f"48.{row}", MONEY.fault(line.non_covered)
        if fault:
            yield check.found("non-covered-malformed", path, at=at, fault=fault)
        elif line.amount is not None and line.uncovered is not None and line.uncovered > line.amount:
            yield check.found("non-covered-above-charge", path, at=at)


def _written_two_ways(check: Check, part: Institutional) -> Iterator[Finding]:
    """One charge with a point among charges without may be a hundred times too small, or they too large."""
    whole = [line for line in part.revenue_lines if line.is_typed and (line.charge or "").isdecimal()]
    pointed = [line for line in part.revenue_lines if line.is_typed and "." in (line.charge or "")]
    if len(pointed) == 1 and len(whole) > 1:
        yield check.found("charges-written-two-ways", pointed[0].paths["charge"], at="47")


def procedure_line(check: Check, part: Institutional) -> Iterator[Finding]:
    """A line carries the code of the decompression, and with it the study's modifier."""
    if part.revenue_lines and not any(check.catalog.is_decompression(line.code) for line in part.revenue_lines):
        yield check.found("procedure-not-on-a-line", "/claim/revenue_lines", at="44", code=_code_of_the_day(check))
        for row, line in _procedure_rooms(check, part):
            for rule in rules(check, Element.MODIFIER):
                if not set(rule.values) & set(line.modifiers):
                    yield check.against(rule, line.paths["modifiers"], at=f"44.{row}")
    elif not part.revenue_lines and check.claim.input.revenue_lines is not None:
        yield check.found("no-lines", "/claim/revenue_lines", at="42")


def _procedure_rooms(check: Check, part: Institutional) -> Iterator[tuple[int, RevenueLine]]:
    """Yield the lines under a procedure's revenue code that carry no code."""
    for row, line in enumerate(part.revenue_lines, start=1):
        known = check.catalog.revenue_code.get(line.revenue_code or "")
        if known is not None and known.for_procedure and line.code is None:
            yield row, line


def _code_of_the_day(check: Check) -> str:
    region = check.procedure.region
    if check.service is None or region is None:
        return "the code of the procedure"
    codes = valid_codes(check.catalog, role=CodeRole.DECOMPRESSION, region=region, on=check.service)
    return codes[0].code if codes else "the code of the procedure"


def device_elsewhere(check: Check, part: Institutional) -> Iterator[Finding]:
    """Nobody but a hospital reports the device."""
    if not _takes_device(check, part):
        for row, line in _devices(check, part):
            yield check.found("device-not-hospital", line.paths["code"], at=f"44.{row}", code=line.code)


def device(check: Check, part: Institutional) -> Iterator[Finding]:
    """A hospital reports the device with its procedure, and no device alone."""
    devices, procedures = list(_devices(check, part)), _procedures(check)
    if not _takes_device(check, part):
        return
    if not devices and (procedures or any(_procedure_rooms(check, part))):
        yield from _missing_device(check, any(check.has_modifier(line, *SHORTENED) for line in procedures))
    elif devices and not procedures:
        yield check.found("device-without-procedure", devices[0][1].paths["code"], at=f"44.{devices[0][0]}")


def device_day(check: Check, part: Institutional) -> Iterator[Finding]:
    """The device is billed on the day of its procedure."""
    days = {line.from_ for line in _procedures(check)}
    for row, line in _devices(check, part):
        if days and line.date not in days:
            yield check.found("device-on-another-day", line.paths["date"], at=f"45.{row}")


def _takes_device(check: Check, part: Institutional) -> bool:
    bill = check.catalog.bill_type.get((part.type_of_bill or "")[:3])
    return bill is None or bill.takes_device


def _devices(check: Check, part: Institutional) -> Iterator[tuple[int, RevenueLine]]:
    """Yield the lines of devices, each with its row."""
    return ((row, line) for row, line in enumerate(part.revenue_lines, start=1) if _is_device(check, line))


def _procedures(check: Check) -> list[ServiceLine]:
    return [line for line in check.claim.lines if check.catalog.is_decompression(line.code)]


def _missing_device(check: Check, discontinued: bool) -> Iterator[Finding]:
    typed = check.claim.input.revenue_lines is not None
    path = "/claim/revenue_lines" if typed else "/procedure/device"
    if discontinued:
        yield check.found("device-missing-discontinued", path, at="44")
    else:
        edit = "device-missing" if check.claim.study is not None else "device-missing-elsewhere"
        yield check.found(edit, path, at="44")


def _is_device(check: Check, line: RevenueLine) -> bool:
    known = check.catalog.procedure.get(line.code or "")
    return known is not None and known.role is CodeRole.DEVICE


def device_modifiers(check: Check, part: Institutional) -> Iterator[Finding]:
    """The modifiers of a device's line are well formed; the others are checked with the service lines."""
    for row, line in _devices(check, part):
        if check.catalog.mistyped_modifiers & set(line.modifiers):
            yield check.found("modifier-letter-o", line.paths["modifiers"], at=f"44.{row}")
        for modifier in line.modifiers:
            if MODIFIER.fault(modifier):
                yield check.found("modifier-malformed", line.paths["modifiers"], at=f"44.{row}", modifier=modifier)


OF_REVENUE_LINES = (
    revenue_codes,
    revenue_order,
    amounts,
    procedure_line,
    device_elsewhere,
    device,
    device_day,
    device_modifiers,
)
