"""Edits on the service lines: codes, add-on, units, sides, modifiers, pointers, places, charges."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mild_biller.core.case.claim_input import ClaimInput
from mild_biller.core.case.codes import MODIFIER, MONEY, PLACE, PROCEDURE, parse_money
from mild_biller.core.case.vocabulary import Setting
from mild_biller.core.claim.claim import LETTERS, ServiceLine, Space
from mild_biller.core.claim.derive import valid_codes
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.code_tables import CodeRole, ModifierUse, ProcedureCode
from mild_biller.core.rules.finding import Finding

LUMBAR_ROLES = (CodeRole.DECOMPRESSION, CodeRole.ADD_ON)


def _known(check: Check, line: ServiceLine) -> ProcedureCode | None:
    return check.catalog.procedure.get(line.code or "")


def _codes(check: Check) -> set[str]:
    return {line.code for line in check.claim.lines if line.code}


def code_shape(check: Check) -> Iterator[Finding]:
    """Each code is well formed, and one our library knows."""
    for number, line in check.numbered_lines():
        path, box = line.paths["code"], f"24D.{number}"
        if line.code is None:
            yield check.found("code-missing", path, box=box)
        elif PROCEDURE.fault(line.code):
            yield check.found("code-malformed", path, box=box, code=line.code, fault=PROCEDURE.fault(line.code))
        elif _known(check, line) is None:
            yield check.found("code-unknown", path, box=box, code=line.code)


def code_date(check: Check) -> Iterator[Finding]:
    """Each code lives on the date of service."""
    for number, line in check.numbered_lines():
        known, service = _known(check, line), line.from_ or check.service
        if known is None or service is None or known.is_valid(service):
            continue
        alternatives = [
            code.code
            for region in known.regions
            for role in LUMBAR_ROLES
            for code in valid_codes(check.catalog, role=role, region=region, on=service)
        ]
        yield check.found(
            "code-not-valid-on-date",
            line.paths["code"],
            box=f"24D.{number}",
            certainty=known.certainty,
            code=known.code,
            life=_life(known),
            instead=f"On that date the code is {' with '.join(alternatives)}." if alternatives else "",
        )


def _life(code: ProcedureCode) -> str:
    first, last = code.first_day, code.last_day
    if first and last:
        return f"was valid from {first.isoformat()} to {last.isoformat()}"
    return f"begins on {first.isoformat()}" if first else f"ended on {last.isoformat()}" if last else "has no dates"


def region_code(check: Check) -> Iterator[Finding]:
    """A decompression code is one of the region that was treated."""
    region = check.procedure.region
    for number, line in check.numbered_lines():
        known = _known(check, line)
        if known is None or region is None or not known.regions or region in known.regions:
            continue
        yield check.found(
            "code-of-another-region", line.paths["code"], box=f"24D.{number}", code=known.code, region=region.value
        )


def no_decompression(check: Check) -> Iterator[Finding]:
    """Some line bills the decompression itself."""
    if not check.claim.lines:
        yield from _why_no_lines(check)
    elif not any((known := _known(check, line)) and known.role in LUMBAR_ROLES for line in check.claim.lines):
        yield check.found("no-decompression-code", "/claim/lines")


def _why_no_lines(check: Check) -> Iterator[Finding]:
    procedure = check.procedure
    if check.claim.institutional is not None and check.claim.input.revenue_lines is not None:
        return  # said of the revenue lines
    if check.claim.input.lines is not None:
        yield check.found("no-lines", "/claim/lines", box="24D")
    elif procedure.region is None:
        yield check.found("region-missing", "/procedure/region", box="24D")
    elif not procedure.interspaces:
        yield check.found("interspaces-missing", "/procedure/interspaces", box="24D")
    elif check.service is not None:
        yield check.found("no-code-on-date", "/procedure/date_of_service", box="24D")


def interspaces(check: Check) -> Iterator[Finding]:
    """Each interspace is named, and belongs to its region."""
    region = check.procedure.region
    known = check.catalog.region_interspaces.get(region) if region else None
    for index, entry in enumerate(check.procedure.interspaces or ()):
        path = f"/procedure/interspaces/{index}/name"
        if not entry.name:
            yield check.found("interspace-missing", path)
        elif known is not None and entry.name in known.border:
            yield check.found("interspace-border", path, name=entry.name)
        elif known is not None and entry.name not in known.names:
            names = ", ".join(known.names)
            yield check.found("interspace-of-another-region", path, name=entry.name, region=known.region, names=names)


def interspace_twice(check: Check) -> Iterator[Finding]:
    """Each interspace is listed once: no side of it twice, and no single side together with both."""
    entries = check.procedure.interspaces or ()
    pairs = Counter((entry.name, entry.side) for entry in entries)
    sides = Counter(entry.name for entry in entries)
    for index, entry in enumerate(entries):
        twice = pairs[entry.name, entry.side] > 1 or (sides[entry.name] > 1 and entry.side == "bilateral")
        if entry.name and twice:
            yield check.found("interspace-twice", f"/procedure/interspaces/{index}", name=entry.name)
            return


def add_on(check: Check) -> Iterator[Finding]:
    """An add-on code is billed with its primary code."""
    codes = _codes(check)
    for number, line in check.numbered_lines():
        known = _known(check, line)
        if known is not None and known.primary is not None and known.primary not in codes:
            yield check.found(
                "add-on-alone", line.paths["code"], box=f"24D.{number}", code=known.code, primary=known.primary
            )


def units(check: Check) -> Iterator[Finding]:
    """Units are whole and at least one; the decompression is billed once, on one line."""
    seen: set[tuple[str, object]] = set()
    for number, line in check.numbered_lines():
        known, path = _known(check, line), line.paths["units"]
        if line.units < 1:
            yield check.found("units-below-one", path, box=f"24G.{number}", units=line.units)
        elif known is not None and known.most_units is not None and line.units > known.most_units:
            yield check.found(
                "units-above-most",
                path,
                box=f"24G.{number}",
                certainty=known.certainty,
                code=known.code,
                most=known.most_units,
                units=line.units,
            )
        key = (line.code or "", line.from_)
        if key in seen and known is not None and known.most_units is not None:
            yield check.found("code-twice", line.paths["code"], box=f"24D.{number}", code=known.code)
        seen.add(key)


def sides(check: Check) -> Iterator[Finding]:
    """Modifiers of side say what the interspaces say; 52 marks one-sided work, 50 is never used."""
    for number, line in check.numbered_lines():
        known, path, box = _known(check, line), line.paths["modifiers"], f"24D.{number}"
        if known is None or known.role not in LUMBAR_ROLES:
            continue
        if check.has_modifier(line, ModifierUse.BILATERAL):
            yield check.found("bilateral-modifier", path, box=box, code=known.code)
        if not known.counts_sides and check.has_modifier(line, ModifierUse.ONE_SIDED):
            yield check.found("reduced-on-sideless-code", path, box=box, code=known.code)
        for modifier in check.catalog.modifiers_of(ModifierUse.SIDE):
            if modifier in line.modifiers:
                yield check.found("side-modifier", path, box=box, code=known.code, modifier=modifier)


def reduced(check: Check) -> Iterator[Finding]:
    """52 is on lines with one side done, and nowhere else; mixed sides need review."""
    for number, line, group in _sided_lines(check):
        one_sided = [space.is_one_sided for space in group]
        unknown = next((space for space in group if space.side is None), None)
        path, box = line.paths["modifiers"], f"24D.{number}"
        if unknown is not None:
            yield check.found("side-missing", f"{unknown.path}/side", box=box, name=unknown.name or "")
        elif any(one_sided) and not all(one_sided):
            yield check.found("mixed-sides", "/procedure/interspaces", box=box, code=line.code)
        elif line.is_typed and all(one_sided) != check.has_modifier(line, ModifierUse.ONE_SIDED):
            edit = "reduced-missing" if all(one_sided) else "reduced-without-reason"
            yield check.found(edit, path, box=box, code=line.code)


def _sided_lines(check: Check) -> Iterator[tuple[int, ServiceLine, tuple[Space, ...]]]:
    """Yield the lines that count sides, each with its number and the interspaces it bills."""
    spaces = check.claim.spaces
    first = next((space for space in spaces if space.side == "bilateral"), spaces[0] if spaces else None)
    further = tuple(space for space in spaces if space is not first)
    groups = {CodeRole.DECOMPRESSION: (first,) if first else (), CodeRole.ADD_ON: further}
    for number, line in check.numbered_lines():
        known = _known(check, line)
        group = groups.get(known.role) if known is not None and known.counts_sides else None
        if group:
            yield number, line, group


def modifiers(check: Check) -> Iterator[Finding]:
    """Modifiers are well formed, at most four, each once, payment before information."""
    for number, line in check.numbered_lines():
        for edit in OF_MODIFIERS:
            yield from edit(check, line, f"24D.{number}")


def _modifier_shape(check: Check, line: ServiceLine, box: str) -> Iterator[Finding]:
    """A modifier is two characters; the letter O for the zero is said as such."""
    path = line.paths["modifiers"]
    if check.catalog.mistyped_modifiers & set(line.modifiers):
        yield check.found("modifier-letter-o", path, box=box)
    for modifier in line.modifiers:
        if MODIFIER.fault(modifier):
            yield check.found("modifier-malformed", path, box=box, modifier=modifier)


def _modifier_count(check: Check, line: ServiceLine, box: str) -> Iterator[Finding]:
    path = line.paths["modifiers"]
    if len(line.modifiers) > 4:
        yield check.found("modifiers-above-four", path, box=box, count=len(line.modifiers))
    if len(set(line.modifiers)) < len(line.modifiers):
        yield check.found("modifier-twice", path, box=box)


def _modifier_order(check: Check, line: ServiceLine, box: str) -> Iterator[Finding]:
    """The modifier of one side, which changes the payment, comes before the study's modifier, which informs."""
    marks = {code.code for code in check.catalog.modifiers if code.marks_study}
    places = [index for index, modifier in enumerate(line.modifiers) if modifier in marks]
    pays = set(check.catalog.modifiers_of(ModifierUse.ONE_SIDED))
    if places and any(index > places[0] for index, each in enumerate(line.modifiers) if each in pays):
        yield check.found("modifier-order", line.paths["modifiers"], box=box)


def _multiple_on_add_on(check: Check, line: ServiceLine, box: str) -> Iterator[Finding]:
    known = _known(check, line)
    is_add_on = known is not None and known.role is CodeRole.ADD_ON
    if known is not None and is_add_on and check.has_modifier(line, ModifierUse.FURTHER_PROCEDURE):
        yield check.found("multiple-on-add-on", line.paths["modifiers"], box=box, code=known.code)


OF_MODIFIERS = (_modifier_shape, _modifier_count, _modifier_order, _multiple_on_add_on)


def pointers(check: Check) -> Iterator[Finding]:
    """Each line points to one to four diagnoses that are there."""
    if not check.is_professional:
        return
    filled = set(LETTERS[: len(check.claim.diagnoses)])
    for number, line in check.numbered_lines():
        path, box = line.paths["pointers"], f"24E.{number}"
        stray = [letter for letter in line.pointers if letter not in filled]
        in_study = check.claim.study is not None and line.code in check.claim.study.procedure_codes
        if not line.pointers and check.claim.diagnoses and not in_study:
            yield check.found("pointer-missing", path, box=box)
        if len(line.pointers) > 4:
            yield check.found("pointers-above-four", path, box=box, count=len(line.pointers))
        if stray and check.claim.diagnoses:
            yield check.found("pointer-to-nothing", path, box=box, letters=", ".join(stray))
        if len(set(line.pointers)) < len(line.pointers):
            yield check.found("pointer-twice", path, box=box)


def places(check: Check) -> Iterator[Finding]:
    """Each line has a place of service, one that exists, and the one of the setting."""
    setting = check.procedure.setting
    expected = check.catalog.place_of.get(setting) if setting else None
    for number, line in check.numbered_lines() if check.is_professional else ():
        place, path, box = line.place_of_service, line.paths["place_of_service"], f"24B.{number}"
        if not place:
            edit = "place-missing" if setting is not Setting.VA_FACILITY else "place-of-va-facility"
            yield check.found(edit, "/procedure/setting", box=box)
        elif PLACE.fault(place) or place not in check.catalog.place:
            yield check.found("place-unknown", path, box=box, place=place)
        elif expected is not None and place != expected:
            yield check.found("place-against-setting", path, box=box, place=place, expected=expected)


def charges(check: Check) -> Iterator[Finding]:
    """Each line has a charge that is an amount; what was paid is one too and not above the total."""
    for number, line in check.numbered_lines():
        path, box = line.paths["charge"], f"24F.{number}"
        if not line.charge:
            yield check.found("charge-missing", path, box=box, code=line.code or "")
        elif MONEY.fault(line.charge):
            yield check.found("charge-malformed", path, box=box, fault=MONEY.fault(line.charge))
        elif line.amount == 0:
            yield check.found("charge-zero", path, box=box)
    yield from _paid(check)


def _paid(check: Check) -> Iterator[Finding]:
    typed: ClaimInput = check.claim.input
    paid, path = typed.amount_paid, "/claim/amount_paid"
    if paid is not None and MONEY.fault(paid):
        yield check.found("paid-malformed", path, box="29", fault=MONEY.fault(paid))
    elif paid is not None and (parse_money(paid) or Decimal()) > (check.claim.total_charge or Decimal("Infinity")):
        yield check.found("paid-above-total", path, box="29")
    lab = typed.outside_lab
    if lab is not None and lab.charge is not None and MONEY.fault(lab.charge):
        yield check.found("lab-charge-malformed", "/claim/outside_lab/charge", box="20", fault=MONEY.fault(lab.charge))


def devices(check: Check) -> Iterator[Finding]:
    """A hospital's device code is on no professional and no surgery center's claim."""
    for number, line in check.numbered_lines() if check.is_professional else ():
        known = _known(check, line)
        if known is not None and known.hospital_only:
            yield check.found("device-not-hospital", line.paths["code"], box=f"24D.{number}", code=known.code)
    device = check.procedure.device
    known = check.catalog.procedure.get(device.hcpcs or "") if device is not None else None
    if check.procedure.setting is Setting.ASC and known is not None and known.hospital_only:
        yield check.found("device-not-hospital", "/procedure/device", code=known.code)


def bundled(check: Check) -> Iterator[Finding]:
    """Imaging, access and the other trial arm are not billed with the decompression."""
    if not any((known := _known(check, line)) and known.role is CodeRole.DECOMPRESSION for line in check.claim.lines):
        return
    edit_of = {
        CodeRole.IMAGING_GUIDANCE: "bundled-guidance",
        CodeRole.INJECTION: "bundled-injection" if check.is_professional else "bundled-injection-hospital",
        CodeRole.TRIAL_ARM: "bundled-trial-arm",
        CodeRole.BUNDLED: "bundled-surgery",
    }
    for number, line in check.numbered_lines():
        known = _known(check, line)
        edit = edit_of.get(known.role) if known is not None else None
        if known is not None and edit is not None:
            yield check.found(edit, line.paths["code"], box=f"24D.{number}", code=known.code)


EDITS = (
    code_shape,
    code_date,
    region_code,
    no_decompression,
    interspaces,
    interspace_twice,
    add_on,
    units,
    sides,
    reduced,
    modifiers,
    pointers,
    places,
    charges,
    devices,
    bundled,
)
