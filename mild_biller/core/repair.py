"""The repairs the program makes on its own, each listed: capitals, hyphens, points, prefixes, Ø to 0.

A repair changes how a value is written, never what it says. Source: case file format 1, section 1.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from mild_biller.core.base import Model
from mild_biller.core.case import Authorization, Case, Coverage, Device, Interspace, PriorProcedure, Procedure
from mild_biller.core.claim_input import (
    ClaimInput,
    FacilityClaim,
    Occurrence,
    OccurrenceSpan,
    OutsideLab,
    ProviderSignature,
    QualifiedDate,
    RelatedTo,
    TypedLine,
    TypedRevenueLine,
    ValueCode,
)
from mild_biller.core.people import Address, Clinician, Contractor, Facility, Organization, OwnPayer, Patient, Person


@dataclass(frozen=True, slots=True)
class Repair:
    """A value written anew, or assumed (`typed` is None) because a box wants one; `path` is a JSON pointer."""

    path: str
    typed: str | None
    repaired: str


Fix = Callable[[str], str]
M = TypeVar("M", bound=Model)


def capitals(text: str) -> str:
    """Write in capitals."""
    return text.upper()


def code(text: str) -> str:
    """Write a code in capitals, a slashed zero as a zero."""
    return text.upper().replace("Ø", "0")


def diagnosis(text: str) -> str:
    """Write a diagnosis code without its point."""
    return code(text).replace(".", "")


def compact(text: str) -> str:
    """Take hyphens and blanks out of a number."""
    return re.sub(r"[-\s]", "", text).upper()


def trial_number(text: str) -> str:
    """Take a leading CT or NCT off a trial number."""
    return re.sub(r"^(N?CT\s*)+", "", text.upper())


def type_of_bill(text: str) -> str:
    """Write a type of bill of three characters with its leading zero."""
    return f"0{text.upper()}" if re.fullmatch(r"[1-9][0-9][0-9A-Za-z]", text) else text.upper()


_ADDRESS: Final[Mapping[str, Fix]] = {"street": capitals, "city": capitals, "state": capitals, "zip": compact}
_NAME: Final[Mapping[str, Fix]] = {"last": capitals, "first": capitals, "middle": capitals, "suffix": capitals}
_PERSON: Final[Mapping[str, Fix]] = {**_ADDRESS, **_NAME, "phone": compact}
_CLAIM: Final[Mapping[str, Fix]] = {
    "prior_authorization_number": capitals,
    "diagnoses": diagnosis,
    "condition_codes": code,
    "type_of_bill": type_of_bill,
    "claim_codes": code,
    "additional_information": capitals,
    "resubmission_code": capitals,
    "original_reference": capitals,
    "admission_type": code,
    "point_of_origin": code,
    "discharge_status": code,
    "admitting_diagnosis": diagnosis,
    "reason_for_visit": diagnosis,
    "document_control_number": capitals,
    "remarks": capitals,
}

FIXES: Final[Mapping[type[Model], Mapping[str, Fix]]] = {
    Address: _ADDRESS,
    Person: _PERSON,
    Patient: {**_PERSON, "account_number": capitals, "record_number": capitals},
    OwnPayer: {**_ADDRESS, "name": capitals, "payer_number": capitals},
    Contractor: {**_ADDRESS, "name": capitals, "payer_number": capitals},
    Coverage: {
        "member_id": compact,
        "group_number": capitals,
        "group_name": capitals,
        "plan_name": capitals,
        "employer": capitals,
    },
    PriorProcedure: {"code": code},
    Interspace: {"name": capitals},
    Device: {"hcpcs": code},
    Procedure: {"diagnoses": diagnosis, "trial_number": trial_number},
    Organization: {
        **_ADDRESS,
        "name": capitals,
        "npi": compact,
        "tax_id": compact,
        "taxonomy": capitals,
        "phone": compact,
    },
    Clinician: {**_NAME, "credentials": capitals, "npi": compact, "taxonomy": capitals},
    Facility: {**_ADDRESS, "name": capitals, "npi": compact, "phone": compact},
    TypedLine: {"code": code, "modifiers": code, "pointers": capitals, "place_of_service": code},
    TypedRevenueLine: {"revenue_code": code, "code": code, "modifiers": code},
    ValueCode: {"code": code, "amount": trial_number},
    RelatedTo: {"auto_state": capitals},
    QualifiedDate: {"qualifier": capitals},
    OutsideLab: {},
    ProviderSignature: {"text": capitals},
    Occurrence: {"code": code},
    OccurrenceSpan: {"code": code},
    ClaimInput: _CLAIM,
    FacilityClaim: _CLAIM,
    Authorization: {"reference": capitals, "codes": code, "place_of_service": code},
}


def repair(case: Case) -> tuple[Case, tuple[Repair, ...]]:
    """Return the case as the forms want it written, and every change that was made."""
    repairs: list[Repair] = []
    return _model(case, "", repairs), tuple(repairs)


def repaired(model: M) -> M:
    """Return a part of a case as the forms want it written."""
    return _model(model, "", [])


def _model(model: M, path: str, repairs: list[Repair]) -> M:
    fixes = FIXES.get(type(model), {})
    changes = {
        name: new
        for name, value, at in _children(model, path)
        if (new := _value(value, at, fixes.get(name), repairs)) is not value
    }
    return model.model_copy(update=changes) if changes else model


def _children(model: Model, path: str) -> Iterator[tuple[str, Any, str]]:
    for name in type(model).model_fields:
        if name in model.model_fields_set:
            yield name, getattr(model, name), f"{path}/{name.rstrip('_')}"


def _value(value: Any, path: str, fix: Fix | None, repairs: list[Repair]) -> Any:
    if isinstance(value, Model):
        return _model(value, path, repairs)
    if isinstance(value, tuple):
        return _tuple(value, path, fix, repairs)
    if isinstance(value, dict):
        return _keys(value, path, repairs) if path.endswith("/charges") else value
    if fix is None or type(value) is not str:
        return value
    return _text(value, path, fix, repairs)


def _tuple(values: tuple[Any, ...], path: str, fix: Fix | None, repairs: list[Repair]) -> tuple[Any, ...]:
    new = tuple(_value(value, f"{path}/{index}", fix, repairs) for index, value in enumerate(values))
    return new if any(after is not before for after, before in zip(new, values, strict=True)) else values


def _keys(charges: dict[str, str], path: str, repairs: list[Repair]) -> dict[str, str]:
    """Repair the codes of a charge list; two spellings of one code stay as typed, for a finding to report."""
    new = {code(key): value for key, value in charges.items()}
    if list(new) == list(charges) or len(new) != len(charges):
        return charges
    repairs += [Repair(f"{path}/{pointer(key)}", key, code(key)) for key in charges if key != code(key)]
    return new


def _text(text: str, path: str, fix: Fix, repairs: list[Repair]) -> str:
    fixed = fix(text)
    if fixed == text:
        return text
    repairs.append(Repair(path, text, fixed))
    return fixed


def pointer(key: str) -> str:
    """Escape a key for a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
