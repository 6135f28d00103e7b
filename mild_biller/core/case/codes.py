"""What is well formed: each kind of identifier and code, and what is wrong with a malformed one.

Nothing here changes or refuses a value; `fault` returns one short phrase, or None when all is well.
Sources: facts on the CMS-1500, section 7; the guide for the trial number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_MBI_LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY"
_MBI: Final = re.compile(
    rf"[1-9][{_MBI_LETTERS}][0-9{_MBI_LETTERS}][0-9]"
    rf"[{_MBI_LETTERS}][0-9{_MBI_LETTERS}][0-9][{_MBI_LETTERS}]{{2}}[0-9]{{2}}"
)
_HICN: Final = re.compile(r"[0-9]{9}[A-Z][0-9A-Z]?|[A-Z]{1,3}([0-9]{6}|[0-9]{9})")  # the second: railroad retirees
FIRST_ICD10_DAY: Final = date(2015, 10, 1)
_STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
    "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI UM FM MH PW AA AE AP".split()
)


@dataclass(frozen=True, slots=True)
class CodeKind:
    """One kind of value: its name in the field's words, and what is wrong with a text of it."""

    name: str
    fault: Callable[[str], str | None]

    def is_well_formed(self, text: str) -> bool:
        """Return True if `text` has no fault."""
        return self.fault(text) is None


def _pattern(pattern: str, expected: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern)
    return lambda text: None if compiled.fullmatch(text) else expected


def _npi_fault(text: str) -> str | None:
    if not re.fullmatch(r"[12][0-9]{9}", text):
        return "an NPI has ten digits and starts with 1 or 2"
    digits = [int(digit) for digit in text]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[0:9:2])
    total = 24 + doubled + sum(digits[1:9:2]) + digits[9]
    return None if total % 10 == 0 else "the check digit is invalid: a digit is wrong or two are swapped"


def _mbi_fault(text: str) -> str | None:
    if _HICN.fullmatch(text):
        return "this has the format of the old Medicare number (HICN), used before 2020; the MBI is on the new card"
    if len(text) != 11:
        return f"a Medicare number has eleven characters, this has {len(text)}"
    if _MBI.fullmatch(text):
        return None
    return "a character is not allowed in its position (the letters S, L, O, I, B, Z are never used)"


def _ssn_fault(text: str) -> str | None:
    if not re.fullmatch(r"[0-9]{9}", text):
        return "a social security number has nine digits"
    area, group, serial = text[:3], text[3:5], text[5:]
    never_issued = area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000"
    return "a number like this was never issued" if never_issued else None


def _state_fault(text: str) -> str | None:
    return None if text in _STATES else "not the two-letter code of a state"


def parse_money(text: str) -> Decimal | None:
    """Return dollars and cents as an exact number, None when `text` is no amount."""
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,2})?", text):
        return None
    return Decimal(text)


def _money_fault(text: str) -> str | None:
    amount = parse_money(text)
    if amount is None:
        return "an amount has digits and a decimal point, e.g., 4600.00"
    return "an amount cannot be negative" if amount < 0 else None


NPI: Final = CodeKind("NPI", _npi_fault)
MBI: Final = CodeKind("Medicare number", _mbi_fault)
EIN: Final = CodeKind("employer identification number", _pattern(r"[0-9]{9}", "it has nine digits"))
SSN: Final = CodeKind("social security number", _ssn_fault)
ZIP: Final = CodeKind("ZIP", _pattern(r"[0-9]{5}([0-9]{4})?", "a ZIP has five or nine digits"))
PHONE: Final = CodeKind("telephone", _pattern(r"[0-9]{10}", "a telephone number has ten digits"))
STATE: Final = CodeKind("state", _state_fault)
TAXONOMY: Final = CodeKind("taxonomy", _pattern(r"[0-9A-Z]{9}X", "a taxonomy has ten characters, the last an X"))
ICD10: Final = CodeKind(
    "diagnosis",
    _pattern(r"[A-Z][0-9][0-9A-HJ-NP-Z]{1,5}", "a letter, a digit and one to five more characters, never I or O"),
)
ICD9: Final = CodeKind("diagnosis", _pattern(r"[0-9EV][0-9]{2,4}", "three to five characters, mostly digits"))
PROCEDURE: Final = CodeKind(
    "procedure code", _pattern(r"[0-9A-Z][0-9]{3}[0-9A-Z]", "a procedure code has five characters")
)
MODIFIER: Final = CodeKind("modifier", _pattern(r"[0-9A-Z]{2}", "a modifier has two letters or digits"))
PLACE: Final = CodeKind("place of service", _pattern(r"[0-9]{2}", "a place of service has two digits"))
TYPE_OF_BILL: Final = CodeKind(
    "type of bill", _pattern(r"0[0-9]{2}[0-9A-Z]", "a type of bill has four characters, the first a zero")
)
TRIAL_NUMBER: Final = CodeKind(
    "trial number", _pattern(r"[0-9]{8}", "a trial number has eight digits, with its leading zero")
)
REVENUE_CODE: Final = CodeKind("revenue code", _pattern(r"[0-9]{4}", "a revenue code has four digits"))
CONDITION_CODE: Final = CodeKind("condition code", _pattern(r"[0-9A-Z]{2}", "it has two characters"))
MONEY: Final = CodeKind("amount", _money_fault)


def shown(diagnosis: str) -> str:
    """Return a diagnosis code with its point, as it is read on screen."""
    return f"{diagnosis[:3]}.{diagnosis[3:]}" if len(diagnosis) > 3 and "." not in diagnosis else diagnosis
