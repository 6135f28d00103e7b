"""The filling of a form's boxes: which text goes where, and what does not fit.

What does not fit: a text prints its longest beginning that ends at a blank, everything else leaves the box empty.
Source: case file format 1, 3.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from mild_biller.core.forms.layout import Box, FormLayout, Holds
from mild_biller.errors import FormError

# The Latin part of the bundled fixed-pitch font, without what has no width of its own or cannot be seen.
PRINTABLE: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),  # ASCII
        (0xA1, 0xAC),
        (0xAE, 0x236),  # Latin-1, Extended-A, Extended-B; U+00AD is a soft hyphen
        (0x1E00, 0x1E9B),
        (0x1E9E, 0x1E9E),
        (0x1EA0, 0x1EF9),  # Extended Additional
        (0x2010, 0x2010),
        (0x2012, 0x2015),
        (0x2018, 0x201E),  # typographic hyphen, dashes, quotation marks
    )
    for code in range(first, last + 1)
)


class Reason(StrEnum):
    """Why a value is not in its box as typed."""

    WIDTH = "width"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as it prints, and the cell of its first character."""

    box: str
    text: str
    row: int
    col: int
    page: int


@dataclass(frozen=True, slots=True)
class Overflow:
    """A value that does not print as typed; `characters` are those no printer of ours has."""

    box: str
    page: int
    holds: Holds
    typed: str
    printed: str
    left_out: str
    reason: Reason
    characters: str = ""


@dataclass(frozen=True, slots=True)
class FilledPage:
    """One sheet, its texts in reading order."""

    number: int
    placed: tuple[Placed, ...]

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield every row that has text, and that text from column 1 on."""
        for row, items in groupby(self.placed, key=lambda placed: placed.row):
            line = ""
            for placed in items:
                line = line.ljust(placed.col - 1) + placed.text
            yield row, line


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with every text at its place."""

    form: str
    edition: str
    pages: tuple[FilledPage, ...]
    overflow: tuple[Overflow, ...]

    @property
    def unprintable(self) -> bool:
        """Return True if an amount is missing, so that no page may be made, not even a draft."""
        return any(item.holds is Holds.MONEY for item in self.overflow)


def fill(
    layout: FormLayout, *, pages: Sequence[Mapping[str, str]], printable: frozenset[str] = PRINTABLE
) -> FilledForm:
    """Put each page's texts, by box id, in their boxes.

    Raises FormError for a box the form does not have, and for texts in a box and in one it replaces.
    """
    results = [_fill_page(layout, texts=texts, page=page, printable=printable) for page, texts in enumerate(pages, 1)]
    filled = tuple(page for page, _ in results)
    overflow = tuple(item for _, items in results for item in items)
    return FilledForm(layout.id, layout.edition, filled, overflow)


def _fill_page(
    layout: FormLayout, *, texts: Mapping[str, str], page: int, printable: frozenset[str]
) -> tuple[FilledPage, list[Overflow]]:
    if unknown := texts.keys() - layout.by_id.keys():
        raise FormError(f"The form {layout.id} {layout.edition} has no box {', '.join(sorted(unknown))}.")
    _check_alternatives(layout, texts=texts)
    results = [
        _fill_box(box, typed=typed, page=page, printable=printable)
        for box in layout.boxes
        if (typed := texts.get(box.id))
    ]
    placed = tuple(place for place, _ in results if place)
    return FilledPage(page, placed), [lost for _, lost in results if lost]


def _check_alternatives(layout: FormLayout, *, texts: Mapping[str, str]) -> None:
    """Refuse two texts for the same cells."""
    for box in layout.alternatives:
        names = [name for name in (box.id, *box.instead_of) if texts.get(name, "").strip(" ")]
        if names[:1] == [box.id] and names[1:]:
            raise FormError(f"Box {box.id} takes the place of {', '.join(names[1:])}: only one of them can be filled.")


def _fill_box(box: Box, *, typed: str, page: int, printable: frozenset[str]) -> tuple[Placed | None, Overflow | None]:
    """Return what prints of a value, and what does not."""
    text = unicodedata.normalize("NFC", typed).strip(" ")
    foreign = "" if printable.issuperset(text) else _foreign(text, printable=printable)
    printed = "" if foreign else _fitting(text, box=box)
    place = Placed(box.id, printed, box.row, box.first_column(len(printed)), page) if printed else None
    if printed == text:
        return place, None
    left_out = text[len(printed) :].strip(" ")
    reason = Reason.CHARACTERS if foreign else Reason.WIDTH
    return place, Overflow(box.id, page, box.holds, typed, printed, left_out, reason, foreign)


def _foreign(text: str, *, printable: frozenset[str]) -> str:
    """Return the characters that do not print, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in printable))


def _fitting(text: str, *, box: Box) -> str:
    """Return the part of a text that prints in a box."""
    if len(text) <= box.width:
        return text
    if box.holds is not Holds.TEXT:
        return ""
    last_blank = text.rfind(" ", 0, box.width + 1)
    return text[: last_blank if last_blank > 0 else box.width].rstrip(" ")
