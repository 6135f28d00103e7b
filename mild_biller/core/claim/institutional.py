"""The part of a claim that only a facility's has: type of bill, condition and value codes, revenue lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mild_biller.core.case.claim_input import ClaimInput, TypedRevenueLine
from mild_biller.core.case.model import Case, Device
from mild_biller.core.case.pointer import escaped
from mild_biller.core.case.repair import Repair
from mild_biller.core.claim.claim import Coded, Institutional, RevenueLine, ServiceLine
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import BillType
from mild_biller.core.rules.payer import Plan
from mild_biller.core.rules.policy import TRIAL_PREFIX, Element

ORIGINAL = "1"
ASSUMED = {"admission_type": "3", "point_of_origin": "1", "discharge_status": "01"}
NO_LINE = RevenueLine(None, None, (), None, 1, None, {})  # what a line of no known code is derived from


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What the institutional part is made from: the case, what was typed, and what the study requires."""

    case: Case
    typed: ClaimInput
    plan: Plan | None
    catalog: Catalog
    lines: tuple[ServiceLine, ...]
    condition_codes: tuple[str, ...]
    value_codes: tuple[str, ...]
    study_path: str
    trial_number: str | None

    @property
    def service(self) -> date | None:
        """Date of service."""
        return self.case.procedure.date_of_service if self.case.procedure else None

    @property
    def device(self) -> Device | None:
        """Device the hospital reports."""
        return self.case.procedure.device if self.case.procedure else None


def institutional(given: Ingredients) -> tuple[Institutional, tuple[Repair, ...]]:
    """Derive the institutional part, and list the values assumed because a box requires one."""
    bill_type, path = type_of_bill(given)
    kind = given.catalog.bill_type.get((bill_type or "")[:3])
    made, total = revenue_lines(given, kind), given.catalog.total_code
    lines = tuple(line for line in made if line.revenue_code != total)
    part = Institutional(
        type_of_bill=bill_type,
        type_of_bill_path=path,
        statement_from=given.typed.statement_from or given.service,
        statement_to=given.typed.statement_to or given.service,
        admission_type=given.typed.admission_type or ASSUMED["admission_type"],
        point_of_origin=given.typed.point_of_origin or ASSUMED["point_of_origin"],
        discharge_status=given.typed.discharge_status or ASSUMED["discharge_status"],
        condition_codes=condition_codes(given),
        value_codes=value_codes(given),
        revenue_lines=lines,
        typed_total=next((line for line in made if line.revenue_code == total), None),
    )
    return part, tuple(assumed(given))


def assumed(given: Ingredients) -> Iterator[Repair]:
    """Yield what is not entered and a box requires: FL14, FL15, FL17, FL6."""
    for key, value in ASSUMED.items():
        if getattr(given.typed, key) is None:
            yield Repair(f"/claim/{key}", None, value)
    for key in ("statement_from", "statement_to"):
        if getattr(given.typed, key) is None and given.service is not None:
            yield Repair(f"/claim/{key}", None, given.service.isoformat())


def type_of_bill(given: Ingredients) -> tuple[str | None, str]:
    """Return the type of bill as typed, else the setting's with the frequency of item 22, and where it comes from."""
    if given.typed.type_of_bill:
        return given.typed.type_of_bill, "/claim/type_of_bill"
    setting = given.case.procedure.setting if given.case.procedure else None
    kind = given.catalog.bill_type_of.get(setting) if setting else None
    if kind is None:
        return None, "/procedure/setting"
    return f"{kind.prefix}{given.typed.resubmission_code or ORIGINAL}", "/procedure/setting"


def condition_codes(given: Ingredients) -> tuple[Coded, ...]:
    """Return the condition codes as typed, else the study's, in ascending order."""
    if given.typed.condition_codes is not None:
        return tuple(
            Coded(code, f"/claim/condition_codes/{index}") for index, code in enumerate(given.typed.condition_codes)
        )
    return tuple(Coded(code, given.study_path) for code in sorted(given.condition_codes))


def value_codes(given: Ingredients) -> tuple[Coded, ...]:
    """Return the value codes as typed, else the study's; the trial number as it prints."""
    if given.typed.value_codes is not None:
        return tuple(
            Coded(each.code, f"/claim/value_codes/{index}", _printed(each.code, each.amount, given))
            for index, each in enumerate(given.typed.value_codes)
        )
    number = given.trial_number
    return tuple(
        Coded(code, "/procedure/trial_number", _printed(code, number, given)) for code in given.value_codes if number
    )


def _printed(code: str | None, amount: str | None, given: Ingredients) -> str | None:
    """Write the trial number with CT before it, unless the payer's data say digits alone."""
    if code not in given.catalog.study_codes(Element.VALUE_CODE) or not amount:
        return amount
    return f"{TRIAL_PREFIX}{amount}" if given.plan is None or given.plan.prefix_trial_number else amount


def revenue_lines(given: Ingredients, kind: BillType | None) -> tuple[RevenueLine, ...]:
    """Return the revenue lines as typed with their gaps filled, else those of procedure and device, ascending."""
    if given.typed.revenue_lines is not None:
        return tuple(_completed(line, index, given, kind) for index, line in enumerate(given.typed.revenue_lines))
    procedure_code = kind.revenue_code if kind is not None else None
    lines = [_procedure_line(line, procedure_code) for line in given.lines]
    lines += _device_line(given, kind)
    return tuple(sorted(lines, key=lambda line: line.revenue_code or ""))


def _procedure_line(line: ServiceLine, revenue_code: str | None) -> RevenueLine:
    paths = {**line.paths, "date": line.paths["from"], "revenue_code": "/procedure/setting"}
    return RevenueLine(
        revenue_code, line.code, line.modifiers, line.from_, line.units, line.charge, paths, is_typed=line.is_typed
    )


def _device_line(given: Ingredients, kind: BillType | None) -> list[RevenueLine]:
    device = given.device
    if device is None or device.hcpcs is None or kind is None or not kind.takes_device:
        return []
    base = "/procedure/device"
    paths = {
        "revenue_code": base,
        "code": f"{base}/hcpcs",
        "modifiers": f"{base}/hcpcs",
        "date": "/procedure/date_of_service",
        "units": f"{base}/units",
        "charge": f"{base}/charge",
    }
    revenue_code = given.plan.device_revenue_code if given.plan is not None else None
    units = 1 if device.units is None else device.units
    return [RevenueLine(revenue_code, device.hcpcs, (), given.service, units, device.charge, paths)]


def _completed(line: TypedRevenueLine, index: int, given: Ingredients, kind: BillType | None) -> RevenueLine:
    """Fill the gaps of a typed line. A code given as null is none; an absent one is derived where a procedure goes."""
    code = line.code or _code_of(line, index, given)
    model = _model(code, given, kind) or NO_LINE
    keys = ("revenue_code", "code", "modifiers", "date", "units", "charge", "non_covered")
    typed = {key for key in keys if getattr(line, key) is not None}
    base = f"/claim/revenue_lines/{index}"
    return RevenueLine(
        revenue_code=line.revenue_code or model.revenue_code,
        code=code,
        modifiers=model.modifiers if line.modifiers is None else line.modifiers,
        date=line.date or given.service,
        units=model.units if line.units is None else line.units,
        charge=model.charge if line.charge is None else line.charge,
        paths={key: f"{base}/{key}" if key in typed else model.paths.get(key, f"{base}/{key}") for key in keys},
        is_typed=True,
        non_covered=line.non_covered,
    )


def _code_of(line: TypedRevenueLine, index: int, given: Ingredients) -> str | None:
    """Return the code of a procedure's line that leaves it out: the primary's first, then the add-on's."""
    if not _asks_for_code(line, given):
        return None
    typed = given.typed.revenue_lines or ()
    free = [each.code for each in given.lines if each.code not in {other.code for other in typed}]
    before = sum(_asks_for_code(each, given) for each in typed[:index])
    return free[before] if before < len(free) else None


def _asks_for_code(line: TypedRevenueLine, given: Ingredients) -> bool:
    known = given.catalog.revenue_code.get(line.revenue_code or "")
    return "code" not in line.model_fields_set and known is not None and known.for_procedure


def _model(code: str | None, given: Ingredients, kind: BillType | None) -> RevenueLine | None:
    """Return the derived line a typed one of this code would be: the procedure's or the device's."""
    if code is None:
        return None
    revenue_code = kind.revenue_code if kind is not None else None
    for line in given.lines:
        if line.code == code:
            return _procedure_line(line, revenue_code)
    devices = [line for line in _device_line(given, kind) if line.code == code]
    charge = (given.typed.charges or {}).get(code)
    if devices or charge is None:
        return devices[0] if devices else None
    paths = {"charge": f"/claim/charges/{escaped(code)}"}
    return RevenueLine(None, code, (), given.service, 1, charge, paths)


def procedure_lines(lines: tuple[RevenueLine, ...], catalog: Catalog) -> tuple[ServiceLine, ...]:
    """Return the revenue lines that carry a code, but for the device, as service lines without pointers."""
    coded = ((row, line) for row, line in enumerate(lines, start=1) if line.code is not None)
    return tuple(
        ServiceLine(
            code=line.code,
            modifiers=line.modifiers,
            units=line.units,
            charge=line.charge,
            pointers=(),
            place_of_service=None,
            from_=line.date,
            to=line.date,
            paths={
                **line.paths,
                "from": line.paths["date"],
                "to": line.paths["date"],
                "pointers": line.paths["code"],
                "place_of_service": "/procedure/setting",
            },
            is_typed=line.is_typed,
            row=row,
        )
        for row, line in coded
        if not ((known := catalog.procedure.get(line.code or "")) and known.hospital_only)
    )
