"""What was typed into a field, read as a value of the case, and a value shown again as text.

A text that cannot be read gives a fault, one line for the person who typed it, and no value.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from mild_biller.core.case.blanks import tidy
from mild_biller.core.case.denial import read_codes
from mild_biller.core.case.notation import money
from mild_biller.core.documents.quote import MONTHS
from mild_biller.settings import DateShorthand, Settings

_BREAKS: Final = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_BETWEEN_CODES: Final = re.compile(r"[\s,;]+")
_SPAN: Final = re.compile(r"0*[1-9][0-9]{0,5}(\s*-\s*0*[1-9][0-9]{0,5})?")
NO_SUCH_PAGES: Final = "Enter pages as 1-3, 7. Leave blank for all pages."
BROKEN: Final = "This contains an invalid character and cannot be saved. Retype it."
NO_SUCH_DATE: Final = "Not a valid date. Enter it as 07/06/1951, 07061951 or 7/6/51, or t for today."
_WAYS: Final = {
    DateShorthand.SHORT_YEARS: NO_SUCH_DATE,
    DateShorthand.FULL_YEARS: "Not a valid date, or the year is short. Enter it as 07/06/1951 or 07061951, or t.",
    DateShorthand.WRITTEN_OUT: "Not a valid date, or not written out. Enter it as 07/06/1951 or 07061951.",
}
LIES_AHEAD: Final = "This date is in the future. Enter a past date; t-7 is a week ago."
_COUNTED: Final = re.compile(r"[tT]\s*(?:([-+])\s*([0-9]{1,3}))?")
_ISO_DAY: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LETTER_DAY: Final = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")  # as in packets and letters
_USUAL: Final = Settings()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day it is, and which short ways of typing a date are read."""

    today: date
    shorthand: DateShorthand = _USUAL.date_shorthand
    years_ahead: int = _USUAL.years_ahead

    @property
    def last_day(self) -> date:
        """The last day a year of two digits can mean."""
        return date(min(self.today.year + self.years_ahead, date.max.year), 12, 31)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, None for an empty field; with a fault there is none."""

    value: Any = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TextKind:
    """How a kind of text is read and shown; codes stand in the fixed-pitch font."""

    reader: Callable[[str, Calendar], Reading]
    show: Callable[[Any], str] = str
    is_code: bool = False

    def read(self, typed: str, calendar: Calendar) -> Reading:
        """Read what was typed; half a character, as a bad paste leaves it, cannot be stored in any file."""
        try:
            typed.encode()
        except UnicodeEncodeError:
            return Reading(fault=BROKEN)
        return self.reader(typed, calendar)


def shown_day(day: date) -> str:
    """Show a date as MM/DD/YYYY."""
    return f"{day:%m/%d}/{day.year:04d}"


def shown_days(text: str) -> str:
    """Return a sentence of the core with its dates as the fields show them."""
    return _LETTER_DAY.sub(_in_figures, _ISO_DAY.sub(r"\2/\3/\1", text))


def _in_figures(found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{MONTHS.index(month) + 1:02}/{int(day):02}/{year}"


def _text(typed: str, _: Calendar) -> Reading:
    """Read a text as typed, in one line and without what looks empty at its ends; a review repairs the rest."""
    words = tidy(typed)
    if not words:
        return Reading()
    return Reading(_BREAKS.sub(" ", typed[typed.index(words[0]) : typed.rindex(words[-1]) + 1]))


def _day(typed: str, calendar: Calendar) -> Reading:
    text = tidy(typed)
    found = _counted_day(text, calendar) or _parsed_day(text, calendar, last=calendar.last_day)
    return _of_day(text, found, calendar)


def _past_day(typed: str, calendar: Calendar) -> Reading:
    """Read a date in the past: neither a two-digit year nor a count of days is read as a future date."""
    text = tidy(typed)
    counted = _counted_day(text, calendar)
    if counted is not None and counted > calendar.today:
        return Reading(fault=LIES_AHEAD)
    return _of_day(text, counted or _parsed_day(text, calendar, last=calendar.today), calendar)


def _of_day(text: str, found: date | None, calendar: Calendar) -> Reading:
    return Reading(found) if found or not text else Reading(fault=_WAYS[calendar.shorthand])


def _counted_day(text: str, calendar: Calendar) -> date | None:
    """Return the day that t, t-7 or t+3 means."""
    counted = _COUNTED.fullmatch(text)
    if counted is None or calendar.shorthand is DateShorthand.WRITTEN_OUT:
        return None
    days = int(f"{counted[1]}{counted[2]}") if counted[1] else 0
    return calendar.today + timedelta(days=days)


def _parsed_day(text: str, calendar: Calendar, *, last: date) -> date | None:
    """Return the day that is meant; with a year of two digits the latest one not after the `last`."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})", text)
    parts = parts or re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})", text)
    if parts is None:
        return None
    if len(parts[3]) == 4:
        return _made(int(parts[3]), int(parts[1]), int(parts[2]))
    if calendar.shorthand is not DateShorthand.SHORT_YEARS:
        return None
    return _of_short_year(int(parts[3]), int(parts[1]), int(parts[2]), last=last)


def _of_short_year(short: int, month: int, day: int, *, last: date) -> date | None:
    year = last.year - (last.year - short) % 100
    found = _made(year, month, day)
    return _made(year - 100, month, day) if found and found > last else found


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _amount(typed: str, _: Calendar) -> Reading:
    return Reading(money(typed) or None)


def _whole(typed: str, _: Calendar) -> Reading:
    text = tidy(typed)
    if not text:
        return Reading()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return Reading(int(text))
    return Reading(fault="Enter a whole number.")


def _score(typed: str, _: Calendar) -> Reading:
    """Read a score: a whole number as one, everything else as typed."""
    text = tidy(typed)
    return Reading(int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text or None)


def _codes(typed: str, _: Calendar) -> Reading:
    return Reading(tuple(code for code in _BETWEEN_CODES.split(tidy(typed)) if code) or None)


def _remittance_codes(typed: str, calendar: Calendar) -> Reading:
    """Read codes of a remittance, each with its group: co 50, n386 is CO-50 and N386."""
    return Reading(tuple(map(str, read_codes((typed,)))) or _codes(typed, calendar).value)


def _shown_codes(codes: Any) -> str:
    return codes if isinstance(codes, str) else " ".join(codes)


def _listed(typed: str, _: Calendar) -> Reading:
    return Reading(tuple(each for each in map(tidy, typed.split(",")) if each) or None)


def _pointers(typed: str, _: Calendar) -> Reading:
    """Read the letters of item 24E, together as on the form or apart."""
    return Reading(tuple(letter for code in _BETWEEN_CODES.split(tidy(typed)) for letter in code) or None)


def _pages(typed: str, _: Calendar) -> Reading:
    """Read which pages of a file are meant: 1-3, 7; nothing means all."""
    text = tidy(typed)
    if not text or text.lower() == "all":
        return Reading()
    parts = [part.strip() for part in text.split(",")]
    if all(_SPAN.fullmatch(part) for part in parts):
        return Reading(", ".join(re.sub(r"\s", "", part) for part in parts))
    return Reading(fault=NO_SUCH_PAGES)


def _shown_pages(pages: Any) -> str:
    return pages if isinstance(pages, str) else ", ".join(map(str, pages))


TEXT: Final = TextKind(_text)
CODE: Final = TextKind(_text, is_code=True)
CODES: Final = TextKind(_codes, show=_shown_codes, is_code=True)
REMITTANCE_CODES: Final = TextKind(_remittance_codes, show=_shown_codes, is_code=True)
LISTED: Final = TextKind(_listed, show=", ".join)
POINTERS: Final = TextKind(_pointers, show="".join, is_code=True)
DAY: Final = TextKind(_day, show=shown_day, is_code=True)
PAST_DAY: Final = TextKind(_past_day, show=shown_day, is_code=True)
AMOUNT: Final = TextKind(_amount, is_code=True)
WHOLE: Final = TextKind(_whole, is_code=True)
SCORE: Final = TextKind(_score, is_code=True)
PAGES: Final = TextKind(_pages, show=_shown_pages, is_code=True)
