"""The two claims a case may hold, by their keys: what each came out as, and where its values come from, in words."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from mild_biller.core.case.pointer import read
from mild_biller.core.claim.claim import Claim, Coded, RevenueLine, ServiceLine
from mild_biller.core.claim.facility import moved
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.presentation.claim.box_notes import place_words
from mild_biller.presentation.font_names import CODE_FONT
from mild_biller.presentation.typed_text import shown_day

OWN: Final = "/claim"
FACILITYS: Final = "/facility_claim"
_REVENUE: Final = {
    "revenue_code": "revenue code",
    "code": "code",
    "modifiers": "modifiers",
    "date": "date",
    "units": "units",
    "charge": "charge",
    "non_covered": "non-covered charge",
}
_SERVICE: Final = {
    "code": "code",
    "modifiers": "modifiers",
    "units": "units",
    "pointers": "pointers",
    "place_of_service": "place",
    "charge": "charge",
    "from": "first day",
    "to": "last day",
}


def claim_at(review: Review, base: str) -> Claim | None:
    """Return the claim whose keys stand below a pointer, None where it is not entered."""
    if base == OWN:
        return review.claim
    return review.facility.claim if review.facility is not None else None


def path_at(path: str, base: str) -> str:
    """Return the pointer of a key of that claim in the case file."""
    return path if base == OWN else moved(path)


def revenue_words(review: Review, base: str, *, catalog: Catalog) -> str:
    """Write the revenue lines as they print, each with its why, and their total."""
    claim = claim_at(review, base)
    if claim is None or claim.institutional is None:
        return ""
    lines = [
        _paragraph(_revenue_line(line, catalog), _why(line, review, base)) for line in claim.institutional.revenue_lines
    ]
    if claim.total_charge is not None:
        lines.append(_paragraph([_code(catalog.total_code), f"total ${claim.total_charge:,.2f}"], ""))
    return "".join(lines)


def service_words(review: Review, base: str) -> str:
    """Write the service lines as they print, each with its why."""
    claim = claim_at(review, base)
    lines = claim.lines if claim is not None else ()
    return "".join(_paragraph(_service_line(line), _why(line, review, base)) for line in lines)


def value_words(review: Review, base: str) -> str:
    """Write the value codes as they print, each with where it comes from."""
    claim = claim_at(review, base)
    found = claim.institutional.value_codes if claim is not None and claim.institutional is not None else ()
    return "".join(_paragraph([_code(each.code or "?"), _code(each.amount or "")], _from(each, base)) for each in found)


def _revenue_line(line: RevenueLine, catalog: Catalog) -> Iterator[str]:
    known = catalog.revenue_code.get(line.revenue_code or "")
    yield f"{_code(line.revenue_code or '?')} {escape(known.label) if known else ''}".strip()
    if line.code:
        yield _code(" ".join((line.code, *line.modifiers)))
    if line.date is not None:
        yield shown_day(line.date)
    yield f"{line.units} {'unit' if line.units == 1 else 'units'}"
    yield _charge(line)
    if line.uncovered is not None:
        yield f"${line.uncovered:,.2f} not covered"


def _service_line(line: ServiceLine) -> Iterator[str]:
    yield _code(" ".join((line.code or "?", *line.modifiers)))
    yield f"{line.units} {'unit' if line.units == 1 else 'units'}"
    yield f"pointers {escape(''.join(line.pointers)) or 'none'}"
    yield f"place {escape(line.place_of_service or 'none')}"
    yield _charge(line)


def _charge(line: RevenueLine | ServiceLine) -> str:
    return "no charge" if line.amount is None else f"${line.amount:,.2f}"


def _why(line: RevenueLine | ServiceLine, review: Review, base: str) -> str:
    """Return which keys are typed, and which field each of the others follows from."""
    places: dict[str, list[str]] = {}
    for key, name in (_REVENUE if isinstance(line, RevenueLine) else _SERVICE).items():
        path = path_at(line.paths.get(key, ""), base)
        is_typed = path.startswith((f"{base}/lines/", f"{base}/revenue_lines/"))
        if not path or read(review.case, path) is None:
            continue
        places.setdefault("" if is_typed else place_words(path), []).append(name)
    typed = places.pop("", [])
    said = [f"Typed: {', '.join(typed)}"] if typed else []
    said += [f"{', '.join(names).capitalize()} from {place}" for place, names in places.items()]
    return escape(". ".join(said))


def _from(coded: Coded, base: str) -> str:
    path = path_at(coded.path, base)
    return "Typed" if path.startswith(f"{base}/value_codes") else escape(f"From {place_words(path)}")


def _paragraph(parts: Iterable[str], why: str) -> str:
    said = " &nbsp;".join(part for part in parts if part)
    return f"<p style='margin-top:0; margin-bottom:4px'>{said}{f'<br>{why}.' if why else ''}</p>"


def _code(text: str) -> str:
    return f"<b style='font-family:\"{CODE_FONT}\"'>{escape(text)}</b>"
