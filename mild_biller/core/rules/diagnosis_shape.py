"""What is wrong with a diagnosis code that does not exist: its shape, a character too many or too few."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from mild_biller.core.case.codes import FIRST_ICD10_DAY, ICD9, ICD10, shown


class Dated(Protocol):
    """A code with its life."""

    def is_valid(self, on: date) -> bool:
        """Return True if the code is valid on a date of service."""


def diagnosis_fault(code: str, service: date | None, known: Mapping[str, Dated]) -> str | None:
    """Return what is wrong with a code without its point, for the code set of the date of service; None if nothing."""
    kind = ICD9 if service is not None and service < FIRST_ICD10_DAY else ICD10
    return kind.fault(code) or (_length_fault(code, service, known) if service is not None else None)


def _length_fault(code: str, service: date, known: Mapping[str, Dated]) -> str | None:
    """Return why a code has a character too many or too few; a code on file is judged by its own dates.

    No code is the beginning of another: a code either is whole or has more characters (ICD-10-CM and ICD-9-CM).
    """
    if code in known:
        return None
    valid = [each for each in known if known[each].is_valid(service)]
    whole = next((each for each in valid if code.startswith(each)), None)
    if whole:
        return f"{shown(whole)} is a whole code, no character follows it"
    return "more characters follow" if any(each.startswith(code) for each in valid) else None
