"""Words taken from a case for a packet or a letter: what a quote is, and what quotes are made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self

from mild_biller.core.claim.context import ClaimContext
from mild_biller.core.review.review import Review

MONTHS: Final = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Blank:
    """A part nobody has filled: what belongs there, and the key to fill (None where only a person can)."""

    label: str
    path: str | None = None

    def __str__(self) -> str:
        """Return the blank as written in a text."""
        return f"[ {self.label} ]"


Piece = str | Blank
Pieces = tuple[Piece, ...]
Said = str | Pieces | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken from a case; what is unknown is a blank in them."""

    name: str
    label: str
    path: str
    pieces: Pieces

    @property
    def text(self) -> str:
        """Return the words, blanks in brackets."""
        return "".join(str(piece) for piece in self.pieces)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Return what is still unknown."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Blank))

    @property
    def is_known(self) -> bool:
        """Return True if nothing is missing in it."""
        return not self.blanks

    @property
    def is_begun(self) -> bool:
        """Return True if anything at all is known of it."""
        return any(isinstance(piece, str) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Subject(ClaimContext):
    """One reviewed case as quotes read it: its context, and what the review found."""

    review: Review

    @classmethod
    def of(cls, review: Review) -> Self:
        """Return a review as quotes read it."""
        return cls(review.case, review.assessment, review.claim, review.pack, review)


@dataclass(frozen=True, slots=True)
class Quotable:
    """One thing that may be quoted: its label, its key, the words of its blank, how it is worded.

    The key is a function where the rules decide which question is answered.
    """

    label: str
    path: str | Callable[[Subject], str]
    asks: str
    words: Callable[[Subject], Said]


def spoken(day: date) -> str:
    """Write a date as a letter does: March 10, 2026."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def dollars(amount: Decimal | None) -> str | None:
    """Write an amount as a letter does: $4,600.00."""
    return None if amount is None else f"${amount:,.2f}"


def joined(parts: Iterable[str | None], by: str = " ") -> str | None:
    """Join what is there; None when nothing is."""
    return by.join(part for part in parts if part) or None


def listed(entries: Iterable[Pieces], by: str = "; ") -> Pieces:
    """Join entries of a list, blanks kept as blanks."""
    pieces: list[Piece] = []
    for entry in entries:
        if pieces:
            pieces.append(by)
        pieces.extend(entry)
    return tuple(pieces)


def filled(value: str | None, *, asks: str, path: str) -> Piece:
    """Return a value, or the blank for it."""
    return value or Blank(asks, path)
