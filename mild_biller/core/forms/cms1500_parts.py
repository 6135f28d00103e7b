"""How a date, an amount, an address fall into several boxes of the CMS-1500."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mild_biller.core.case.claim_input import Span
from mild_biller.core.case.people import Person
from mild_biller.core.case.vocabulary import Sex
from mild_biller.core.forms.box_values import BoxValue, printed_phone


def is_signed(own: bool | None, common: bool | None) -> bool:
    """Return True if a signature is on file: its own answer first, then the common one."""
    return bool(common if own is None else own)


def signed_path(key: str, own: bool | None) -> str:
    """Return the key a signature was told by."""
    return "/claim/signature_on_file" if own is None else f"/claim/{key}"


def money(box: str, amount: Decimal | None, path: str) -> Iterator[BoxValue]:
    """Yield dollars and cents in their two boxes; nothing for no amount or one below nothing."""
    if amount is not None and amount >= 0:
        dollars, cents = f"{amount:.2f}".split(".")
        yield BoxValue(f"{box}_d", dollars, path)
        yield BoxValue(f"{box}_c", cents, path)


def spaced(day: date) -> str:
    """Write a date as MM DD YY."""
    return f"{day:%m} {day:%d} {day:%y}"


def long_date(box: str, day: date | None, path: str) -> Iterator[BoxValue]:
    """Yield month, day and a year of four digits."""
    if day is not None:
        yield BoxValue(f"{box}_mm", f"{day:%m}", path)
        yield BoxValue(f"{box}_dd", f"{day:%d}", path)
        yield BoxValue(f"{box}_yyyy", f"{day.year:04d}", path)


def short_date(box: str, day: date | None, path: str, *, year: str) -> Iterator[BoxValue]:
    """Yield month, day and a year of two digits; `year` names the year's box."""
    if day is not None:
        yield BoxValue(f"{box}_mm", f"{day:%m}", path)
        yield BoxValue(f"{box}_dd", f"{day:%d}", path)
        yield BoxValue(f"{box}_{year}", f"{day:%y}", path)


def span(item: str, span: Span | None, path: str) -> Iterator[BoxValue]:
    """Yield the first and last day of a stretch."""
    if span is not None:
        yield from short_date(f"{item}f", span.from_, f"{path}/from", year="yy")
        yield from short_date(f"{item}t", span.to, f"{path}/to", year="yy")


def sex(box: str, sex: Sex | None, path: str) -> Iterator[BoxValue]:
    """Yield the mark of item 3 or 11a; neither box for X."""
    if sex in (Sex.MALE, Sex.FEMALE):
        yield BoxValue(f"{box}_m" if sex is Sex.MALE else f"{box}_f", "X", path)


def person_address(item: str, person: Person, path: str) -> Iterator[BoxValue]:
    """Yield street, city, state, ZIP and telephone of items 5 and 7."""
    yield BoxValue(f"{item}_street", person.street or "", f"{path}/street")
    yield BoxValue(f"{item}_city", person.city or "", f"{path}/city")
    yield BoxValue(f"{item}_state", person.state or "", f"{path}/state")
    yield BoxValue(f"{item}_zip", person.zip or "", f"{path}/zip")
    yield from phone(item, person.phone, f"{path}/phone")


def phone(item: str, phone: str | None, path: str) -> Iterator[BoxValue]:
    """Yield area code and number; what is no telephone number prints nothing."""
    printed = printed_phone(phone)
    if printed:
        yield BoxValue(f"{item}_area", printed[:3], path)
        yield BoxValue(f"{item}_phone", printed[3:], path)


def item_19(text: str) -> tuple[str, str]:
    """Split item 19 over its two lines: 48 characters fit the second alone, longer text begins in the first."""
    if len(text) <= 48:
        return "", text
    cut = text.rfind(" ", 0, 24)
    cut = cut if cut > 0 else 23
    return text[:cut].rstrip(), text[cut:].lstrip()
