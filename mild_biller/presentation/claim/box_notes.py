"""What a box of the form says of itself: item, title, value, the field it comes from, why, and what is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Final

from mild_biller.core.case.pointer import keys_of
from mild_biller.core.claim.facility import moved
from mild_biller.core.forms.box_values import BoxValue
from mild_biller.core.forms.layout import Box, FormLayout
from mild_biller.core.review.review import Review
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.presentation.labels import typed_words
from mild_biller.presentation.typed_text import shown_days

EMPTY: Final = "left blank"
MOST: Final = 400  # characters of a line
_TOPS: Final = {
    "patient": "Patient",
    "coverages": "Coverage",
    "procedure": "Procedure",
    "providers": "Providers",
    "claim": "Claim",
    "answers": "Question",
    "authorization": "Prior authorization",
    "facility_claim": "Facility claim",
}
_LISTS: Final = {
    "lines": "line",
    "revenue_lines": "revenue line",
    "coverages": "",
    "diagnoses": "diagnosis",
    "charges": "charge",
    "value_codes": "value code",
    "condition_codes": "condition code",
    "occurrence_codes": "occurrence",
    "occurrence_spans": "occurrence span",
    "prior_payments": "prior payment",
}
_ORDER: Final = ("primary", "secondary", "tertiary")
_CAPITALS: Final = {"npi": "NPI", "zip": "ZIP", "id": "ID", "ced": "CED", "hcpcs": "HCPCS"}
_WHOLE: Final = {"last": "name", "first": "first name"}


@dataclass(frozen=True, slots=True)
class BoxNote:
    """One box: `place` is the field in plain words, `path` its key, both empty where nothing fills the box."""

    box: str
    page: int
    item: str
    title: str
    value: str
    place: str = ""
    path: str = ""
    why: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return everything there is to say, a line each."""
        said = (
            f"Item {self.item}: {self.title}" if self.item[0].isdecimal() else self.title,
            self.value or EMPTY,
            f"From: {self.place}" if self.place else "",
            f"Why: {self.why}" if self.why else "",
            *self.remarks,
        )
        return tuple(shortened(line) for line in said if line)

    @property
    def as_html(self) -> str:
        """Return the lines for a tip, whatever was typed."""
        first, *rest = (escape(line) for line in self.lines)
        return f"<p style='white-space:pre-wrap'><b>{first}</b>{''.join(f'<br>{line}' for line in rest)}</p>"


def shortened(line: str) -> str:
    """Return a line that fits on a screen."""
    return line if len(line) <= MOST else f"{line[:MOST]}…"


def place_words(path: str) -> str:
    """Return the name of a field in plain words."""
    keys = keys_of(path)
    if not keys or not keys[0]:
        return ""
    top = _TOPS.get(keys[0], _plain(keys[0]).capitalize())
    rest = list(_below(keys))
    return f"{top}: {', '.join(rest)}" if rest else top


def _below(keys: Sequence[str]) -> Iterator[str]:
    for before, key in pairwise(keys):
        if before == "charges":
            yield f"charge of {key}"
        elif not key.isdecimal():
            if key not in _LISTS or key == keys[-1]:
                yield _WHOLE.get(key, _plain(key))
        elif before == "coverages" and int(key) < len(_ORDER):
            yield _ORDER[int(key)]
        else:
            yield f"{_LISTS.get(before, before)} {int(key) + 1}".strip()


def _plain(key: str) -> str:
    return " ".join(_CAPITALS.get(word, word) for word in key.split("_"))


def note_of(value: BoxValue, *, page: int, layout: FormLayout, review: Review) -> BoxNote:
    """Return what a filled box says of itself."""
    box = layout.by_id[value.box]
    remarks = tuple(_remarks(value, box=box, page=page, review=review))
    place = place_words(value.path)
    return BoxNote(box.id, page, box.place, box.title, value.text, place, value.path, value.why, remarks)


def empty_note(box: Box, *, page: int) -> BoxNote:
    """Return what an empty box says of itself."""
    return BoxNote(box.id, page, box.place, box.title, "")


def notes(review: Review, *, layout: FormLayout, is_facility: bool = False) -> tuple[BoxNote, ...]:
    """Return every filled box of every page, in reading order. A facility's claim has keys of its own."""
    if is_facility and review.boxes is not None:
        own = tuple(tuple(replace(each, path=moved(each.path)) for each in page) for page in review.boxes.pages)
        review = replace(review, boxes=replace(review.boxes, pages=own))
    pages = review.boxes.pages if review.boxes is not None else ()
    order = {box.id: number for number, box in enumerate(layout.boxes)}
    return tuple(
        note_of(value, page=page, layout=layout, review=review)
        for page, values in enumerate(pages, start=1)
        for value in sorted((each for each in values if each.text), key=lambda each: order[each.box])
    )


def _remarks(value: BoxValue, *, box: Box, page: int, review: Review) -> Iterator[str]:
    """Yield what prints otherwise than typed, and what was found of this box, with its source."""
    if review.filled is not None:
        for lost in review.filled.overflow:
            if (lost.box, lost.page) == (value.box, page):
                yield f"Prints as: {lost.printed or 'nothing'}"
    for mended in review.repairs:
        if mended.path == value.path:
            yield typed_words(mended) if mended.typed is not None else "Assumed by default."
    for found in review.findings:
        if found.severity is not Severity.INFO and _concerns(found, value, item=box.place, review=review):
            yield _finding(found)


def _concerns(found: Finding, value: BoxValue, *, item: str, review: Review) -> bool:
    """Return True if a finding is about this box; one of a whole item is shown where no box has its field."""
    if found.box not in (None, item):
        return found.path == value.path and found.topic is not Topic.OVERFLOW
    if found.path == value.path or found.box is None:
        return found.path == value.path
    pages = review.boxes.pages if review.boxes is not None else ()
    return not any(each.path == found.path for page in pages for each in page)


def _finding(found: Finding) -> str:
    source = f" Source: {found.sources[0].title}, {found.sources[0].place}." if found.sources else ""
    return shown_days(f"{found.message} {found.remedy}".strip() + source)
