"""The repairs the program makes on its own, each listed: blanks, capitals, separators, points, prefixes, Ø to 0.

A repair changes how a value is written, never what it says. Source: case file format 1, section 1. Every text of a
case is read without odd blanks, whether or not its field has a repair of its own; a file's name alone stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from mild_biller.core.case.base import Model
from mild_biller.core.case.blanks import tidy, tidy_ends, tidy_entries, tidy_lines
from mild_biller.core.case.claim_input import (
    ClaimInput,
    FacilityClaim,
    Occurrence,
    OccurrenceSpan,
    OutsideLab,
    PriorPayment,
    ProviderSignature,
    QualifiedDate,
    RelatedTo,
    TypedLine,
    TypedRevenueLine,
    ValueCode,
)
from mild_biller.core.case.denial import Denial, written_codes
from mild_biller.core.case.model import (
    Attachment,
    Authorization,
    Case,
    Coverage,
    Device,
    Interspace,
    PriorProcedure,
    Procedure,
)
from mild_biller.core.case.notation import compact, interspace, money, telephone, trial_number, value_amount
from mild_biller.core.case.people import (
    Address,
    Clinician,
    Contractor,
    Facility,
    Organization,
    OwnPayer,
    Patient,
    Person,
)
from mild_biller.core.case.pointer import escaped, fields_of


@dataclass(frozen=True, slots=True)
class Repair:
    """A value rewritten, or assumed (`typed` is None) because a box requires one; `path` is a JSON pointer."""

    path: str
    typed: str | None
    repaired: str

    @property
    def is_of_blanks(self) -> bool:
        """Return True if nothing changed that a person can see: extra blanks, characters without a picture."""
        return self.typed is not None and tidy(self.typed) == tidy(self.repaired)


Fix = Callable[[str], str]
M = TypeVar("M", bound=Model)


def capitals(text: str) -> str:
    """Write in capitals."""
    return tidy(text).upper()


def code(text: str) -> str:
    """Write a code in capitals, a slashed zero as a zero."""
    return tidy(text).upper().replace("Ø", "0")


def diagnosis(text: str) -> str:
    """Write a diagnosis code without its point."""
    return tidy(code(text).replace(".", ""))


def type_of_bill(text: str) -> str:
    """Write a type of bill of three characters with its leading zero."""
    written = tidy(text).upper()
    return f"0{written}" if re.fullmatch("[1-9][0-9][0-9A-Z]", written) else written


def entries(text: str) -> str:
    """Write in capitals a text whose entries stand three blanks apart."""
    return tidy_entries(text).upper()


def claim_codes(text: str) -> str:
    """Write the claim codes of item 10d, one of them or all."""
    return tidy_entries(text).upper().replace("Ø", "0")


def as_typed(text: str) -> str:
    """Leave a text alone."""
    return text


_ADDRESS: Final[Mapping[str, Fix]] = {"street": capitals, "city": capitals, "state": capitals, "zip": compact}
_NAME: Final[Mapping[str, Fix]] = {"last": capitals, "first": capitals, "middle": capitals, "suffix": capitals}
_PERSON: Final[Mapping[str, Fix]] = {**_ADDRESS, **_NAME, "phone": telephone}
_CLAIM: Final[Mapping[str, Fix]] = {
    "charges": money,
    "amount_paid": money,
    "prior_authorization_number": compact,
    "diagnoses": diagnosis,
    "condition_codes": code,
    "type_of_bill": type_of_bill,
    "claim_codes": claim_codes,
    "additional_information": entries,
    "resubmission_code": capitals,
    "original_reference": compact,
    "admission_type": code,
    "point_of_origin": code,
    "discharge_status": code,
    "admitting_diagnosis": diagnosis,
    "reason_for_visit": diagnosis,
    "document_control_number": compact,
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
        "group_number": compact,
        "group_name": capitals,
        "plan_name": capitals,
        "employer": capitals,
    },
    PriorProcedure: {"code": code},
    Interspace: {"name": interspace},
    Device: {"hcpcs": code, "charge": money},
    Procedure: {"diagnoses": diagnosis, "trial_number": trial_number},
    Organization: {
        **_ADDRESS,
        "name": capitals,
        "npi": compact,
        "tax_id": compact,
        "taxonomy": capitals,
        "phone": telephone,
    },
    Clinician: {**_NAME, "credentials": capitals, "npi": compact, "taxonomy": capitals},
    Facility: {**_ADDRESS, "name": capitals, "npi": compact, "phone": telephone},
    TypedLine: {"code": code, "modifiers": code, "charge": money, "pointers": capitals, "place_of_service": code},
    TypedRevenueLine: {
        "revenue_code": code,
        "code": code,
        "modifiers": code,
        "charge": money,
        "non_covered": money,
    },
    ValueCode: {"code": code, "amount": value_amount},
    OutsideLab: {"charge": money},
    PriorPayment: {"amount": money},
    RelatedTo: {"auto_state": capitals},
    QualifiedDate: {"qualifier": capitals},
    ProviderSignature: {"text": capitals},
    Occurrence: {"code": code},
    OccurrenceSpan: {"code": code},
    ClaimInput: _CLAIM,
    FacilityClaim: _CLAIM,
    Authorization: {"reference": compact, "codes": code, "place_of_service": code},
    Denial: {"carc": written_codes, "rarc": written_codes, "remark": tidy_lines},
    Attachment: {"path": as_typed},
    Case: {"letters": tidy_ends},
}
KEYS: Final[Mapping[type[Model], Fix]] = {ClaimInput: code, FacilityClaim: code}  # of maps; else as any text


class _Field(NamedTuple):
    """A field of a model: its key in a case file, how its texts are written, and the keys of its map."""

    name: str
    key: str
    fix: Fix
    of_keys: Fix


def repair(case: Case) -> tuple[Case, tuple[Repair, ...]]:
    """Return the case as the forms want it written, and every change that was made."""
    repairs = [Repair(each.path, each.typed, each.read) for each in case.misread]
    return _model(case.reading(()), "", repairs), tuple(repairs)


def repaired(model: M) -> M:
    """Return a part of a case as the forms want it written."""
    return _model(model, "", [])


@cache
def _fields(kind: type[Model]) -> tuple[_Field, ...]:
    fixes, of_keys = FIXES.get(kind, {}), KEYS.get(kind, tidy)
    return tuple(_Field(name, key, fixes.get(name, tidy), of_keys) for key, name in fields_of(kind).items())


def _model(model: M, path: str, repairs: list[Repair]) -> M:
    given = model.model_fields_set
    changes = {}
    others = (_Field(key, escaped(key), tidy, tidy) for key in model.model_extra or ())
    for field in (*_fields(type(model)), *others):
        if field.name in given:
            value = getattr(model, field.name)
            new = _value(value, f"{path}/{field.key}", field, repairs)
            if new is not value:
                changes[field.name] = new
    return model.model_copy(update=changes) if changes else model


def _value(value: Any, path: str, field: _Field, repairs: list[Repair]) -> Any:
    if type(value) is str:
        return _text(value, path, field.fix, repairs)
    if isinstance(value, Model):
        return _model(value, path, repairs)
    if isinstance(value, tuple):
        return _tuple(value, path, field, repairs)
    return _map(value, path, field, repairs) if isinstance(value, dict) else value


def _tuple(values: tuple[Any, ...], path: str, field: _Field, repairs: list[Repair]) -> tuple[Any, ...]:
    new = tuple(_value(value, f"{path}/{index}", field, repairs) for index, value in enumerate(values))
    return new if any(after is not before for after, before in zip(new, values, strict=True)) else values


def _map(given: dict[str, Any], path: str, field: _Field, repairs: list[Repair]) -> dict[str, Any]:
    """Repair a map and its keys; two spellings of one key stay as typed, for a finding to report."""
    keys = {key: field.of_keys(key) for key in given}
    if len(set(keys.values())) != len(given):
        keys = {key: key for key in given}
    repairs += [Repair(f"{path}/{escaped(key)}", key, new) for key, new in keys.items() if key != new]
    new = {keys[key]: _value(each, f"{path}/{escaped(keys[key])}", field, repairs) for key, each in given.items()}
    return given if new == given else new


def _text(text: str, path: str, fix: Fix, repairs: list[Repair]) -> str:
    fixed = fix(text)
    if fixed == text:
        return text
    repairs.append(Repair(path, text, fixed))
    return fixed
