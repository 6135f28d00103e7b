"""What a payer answered, with its codes in any notation a remittance or a person writes them in.

A remittance prints a reason code (CARC) behind a group code, which says who bears the amount: CO-50, PR-1. Remark
codes (RARC) begin with M, MA or N, reason codes never do: which of the two fields a code is in does not matter.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from mild_biller.core.case.base import Model
from mild_biller.core.case.blanks import tidy
from mild_biller.core.case.days import Day

_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_LABEL: Final = r"(?:(?:CARC|RARC)[ :#-]*)?"
_CODE: Final = re.compile(
    rf"{_LABEL}(?:(CO|OA|PR|PI|CR)[ :*-]*)?{_LABEL}(?:(MA|[MNABDPWY])[ -]*)?0*([1-9][0-9]*)(?![0-9A-Z])"
    "|([^ ,;/.-][^ ,;/]*)"
)


class RemittanceCode(NamedTuple):
    """A code and its group, None where none is given; a group is no part of what a code means."""

    group: str | None
    code: str

    def __str__(self) -> str:
        """Return the code as a remittance prints it."""
        return f"{self.group}-{self.code}" if self.group else self.code


def is_remark(code: str) -> bool:
    """Return True for a remark code: M, MA or N and digits."""
    return re.fullmatch("(?:MA?|N)[0-9]+", code) is not None


def read_codes(texts: Iterable[str]) -> tuple[RemittanceCode, ...]:
    """Read codes, several in one text or one cut in two; what is no code is returned unchanged but for capitals."""
    return tuple(_codes(_plain(" ".join(texts))))


def written_codes(text: str) -> str:
    """Write the codes of a text as a remittance prints them, a blank between them; leave what is more than codes."""
    codes = read_codes((text,))
    are_codes = bool(codes) and all(re.fullmatch("[A-Z]{0,2}[0-9]+", each.code) for each in codes)
    return " ".join(map(str, codes)) if are_codes else tidy(text)


def _plain(text: str) -> str:
    return _DASHES.sub("-", tidy(text).upper().replace("Ø", "0"))


def _codes(text: str) -> Iterator[RemittanceCode]:
    for found in _CODE.finditer(text):
        group, prefix, digits, other = found.groups()
        yield RemittanceCode(group, other or f"{prefix or ''}{digits.zfill(2) if prefix == 'MA' else digits}")


class Denial(Model):
    """What the payer answered; `line` is the line of the form, from 1, None for the whole claim."""

    date: Day | None = None
    carc: tuple[str, ...] | None = None
    rarc: tuple[str, ...] | None = None
    remark: str | None = None
    line: int | None = None

    @property
    def codes(self) -> tuple[RemittanceCode, ...]:
        """The codes of both fields, reasons first."""
        return read_codes((*(self.carc or ()), *(self.rarc or ())))

    @property
    def shown(self) -> tuple[str, ...]:
        """The codes alone, without their groups."""
        return tuple(each.code for each in self.codes)
