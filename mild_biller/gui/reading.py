"""What was typed into a field, read as a value of the case, and a value shown again as text. No Qt.

A text that cannot be read gives a fault, one line for the person who typed it, and no value.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

YEARS_AHEAD: Final = 10  # a year of two digits lies at most so far ahead
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_BETWEEN_CODES: Final = re.compile(r"[\s,;]+")
_SPAN: Final = re.compile(r"0*[1-9][0-9]{0,5}(\s*-\s*0*[1-9][0-9]{0,5})?")
NO_SUCH_PAGES: Final = "Type pages as 1-3, 7; leave it empty for all of them."
BROKEN: Final = "A character in it is broken and cannot be stored. Type it anew."
NO_SUCH_DATE: Final = "There is no such date. Type it as 07/06/1951, 07061951 or 7/6/51, or t for today."


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, None for an empty field; with a fault there is none."""

    value: Any = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of text is read and shown; codes stand in the fixed-pitch font."""

    reader: Callable[[str, date], Reading]
    show: Callable[[Any], str] = str
    is_code: bool = False

    def read(self, typed: str, today: date) -> Reading:
        """Read what was typed; half a character, as a bad paste leaves it, cannot be stored in any file."""
        try:
            typed.encode()
        except UnicodeEncodeError:
            return Reading(fault=BROKEN)
        return self.reader(typed, today)


def shown_day(day: date) -> str:
    """Show a date as MM/DD/YYYY."""
    return f"{day:%m/%d}/{day.year:04d}"


def _clean(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()


def _text(typed: str, _: date) -> Reading:
    return Reading(_clean(typed) or None)


def _day(typed: str, today: date) -> Reading:
    text = _clean(typed)
    if not text:
        return Reading()
    found = today if text.lower() == "t" else _parsed_day(text, today)
    return Reading(found) if found else Reading(fault=NO_SUCH_DATE)


def _past_day(typed: str, today: date) -> Reading:
    """Read a date that lies behind us: a year of two digits is never ahead."""
    reading = _day(typed, today)
    found, digits = reading.value, re.sub(r"[^0-9]", "", typed)
    if not isinstance(found, date) or len(digits) > 6 or found <= today:
        return reading
    earlier = _made(found.year - 100, found.month, found.day)
    return Reading(earlier) if earlier else Reading(fault=NO_SUCH_DATE)


def _parsed_day(text: str, today: date) -> date | None:
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})", text)
    parts = parts or re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})", text)
    if parts is None:
        return None
    year = int(parts[3]) if len(parts[3]) == 4 else _whole_year(int(parts[3]), today)
    return _made(year, int(parts[1]), int(parts[2]))


def _whole_year(short: int, today: date) -> int:
    year = today.year // 100 * 100 + short
    return year - 100 if year > today.year + YEARS_AHEAD else year


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _amount(typed: str, _: date) -> Reading:
    return Reading(re.sub(r"[$,]", "", _clean(typed)).strip() or None)


def _whole(typed: str, _: date) -> Reading:
    text = _clean(typed)
    if not text:
        return Reading()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return Reading(int(text))
    return Reading(fault="Type a whole number.")


def _score(typed: str, _: date) -> Reading:
    """Read a score: a whole number as one, everything else as typed."""
    text = _clean(typed)
    return Reading(int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text or None)


def _codes(typed: str, _: date) -> Reading:
    return Reading(tuple(code for code in _BETWEEN_CODES.split(_clean(typed)) if code) or None)


def _shown_codes(codes: Any) -> str:
    return codes if isinstance(codes, str) else " ".join(codes)


def _pointers(typed: str, _: date) -> Reading:
    """Read the letters of item 24E, together as on the form or apart."""
    return Reading(tuple(letter for code in _BETWEEN_CODES.split(_clean(typed)) for letter in code) or None)


def _pages(typed: str, _: date) -> Reading:
    """Read which pages of a file are meant: 1-3, 7; nothing means all."""
    text = _clean(typed)
    if not text or text.lower() == "all":
        return Reading()
    parts = [part.strip() for part in text.split(",")]
    if all(_SPAN.fullmatch(part) for part in parts):
        return Reading(", ".join(re.sub(r"\s", "", part) for part in parts))
    return Reading(fault=NO_SUCH_PAGES)


def _shown_pages(pages: Any) -> str:
    return pages if isinstance(pages, str) else ", ".join(map(str, pages))


TEXT: Final = Kind(_text)
CODE: Final = Kind(_text, is_code=True)
CODES: Final = Kind(_codes, show=_shown_codes, is_code=True)
POINTERS: Final = Kind(_pointers, show="".join, is_code=True)
DAY: Final = Kind(_day, show=shown_day, is_code=True)
PAST_DAY: Final = Kind(_past_day, show=shown_day, is_code=True)
AMOUNT: Final = Kind(_amount, is_code=True)
WHOLE: Final = Kind(_whole, is_code=True)
SCORE: Final = Kind(_score, is_code=True)
PAGES: Final = Kind(_pages, show=_shown_pages, is_code=True)
