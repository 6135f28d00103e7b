"""Numbers and names in any usual notation, written as the forms want them.

Each function changes how a value is written, never what it says: a text that can be read in two ways stays as typed,
for a finding to report. Sources: facts on the CMS-1500, section 2 (general) and section 7; decision 21.
"""

import re
from typing import Final

from mild_biller.core.case.blanks import tidy

DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"  # hyphens of every length, and minus
_AS_HYPHENS: Final = str.maketrans(dict.fromkeys(DASHES, "-"))
_SEPARATORS: Final = re.compile(r"[- ]")
_OF_TELEPHONES: Final = re.compile("[()./\u00b7\u2022]")
_TELEPHONE: Final = re.compile(r"(?:\+?1)?([0-9]{10})")
_AMOUNT: Final = re.compile(r"(-?)(\$?) ?(-?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)")
_TRIAL: Final = re.compile(r"(N?CT[- ]*)*([0-9][- ]?){7}[0-9]")
_STUDY_PREFIX: Final = re.compile(r"(N?CT)+")
_LEVEL: Final = re.compile(r"([CTL])([0-9]{1,2})(?: ?[-/] ?| TO | )?([CTLS])([0-9]{1,2})")
_SHORT_LEVEL: Final = re.compile(r"([CTL])([0-9]{1,2}) ?[-/] ?([0-9]{1,2})")


def plain(text: str) -> str:
    """Write in capitals, with plain blanks and plain hyphens."""
    return tidy(text).upper().translate(_AS_HYPHENS)


def compact(text: str) -> str:
    """Write an identifier in capitals, without hyphens and blanks."""
    return _SEPARATORS.sub("", plain(text))


def telephone(text: str) -> str:
    """Write a telephone number of the North American plan as its ten digits; any other loses hyphens and blanks."""
    written = compact(text)
    found = _TELEPHONE.fullmatch(_OF_TELEPHONES.sub("", written))
    return found[1] if found else written


def money(text: str) -> str:
    """Write an amount without a dollar sign and without the commas of its thousands."""
    written = tidy(text)
    found = _AMOUNT.fullmatch(written)
    if found is None or (found[1] and found[3]):
        return written
    return f"{found[1] or found[3]}{found[4].replace(',', '')}"


def trial_number(text: str) -> str:
    """Write a trial number without hyphens and blanks, and without a leading CT or NCT."""
    return _STUDY_PREFIX.sub("", compact(text), count=1)


def value_amount(text: str) -> str:
    """Write the amount of a value code: a trial number without its separators, else money."""
    written = plain(text)
    return trial_number(written) if _TRIAL.fullmatch(written) or _STUDY_PREFIX.match(written) else money(written)


def interspace(text: str) -> str:
    """Write an interspace as L4-L5; what could mean two interspaces only in capitals."""
    written = plain(text)
    long, short = _LEVEL.fullmatch(written), _SHORT_LEVEL.fullmatch(written)
    if long:
        return f"{long[1]}{long[2]}-{long[3]}{long[4]}"
    if short and int(short[3]) == int(short[2]) + 1:
        return f"{short[1]}{short[2]}-{short[1]}{short[3]}"
    return written
