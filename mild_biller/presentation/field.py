"""The fields of a page, as data: fields with their labels, kinds and keys, and which one a pointer leads to."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from mild_biller.core.case import codes
from mild_biller.presentation.labels import words
from mild_biller.presentation.typed_text import TEXT, TextKind


class Asked(Enum):
    """What a field looks like."""

    TYPED = "a line to type in"
    CHOSEN = "a list to choose from"
    YES_NO = "yes, no or not answered"


class Landing(Enum):
    """Which field a pointer may put the cursor into."""

    NEAREST = "its own, else the first of those around it"
    OWN = "its own alone"


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a list and the value it represents; with `any_of`, for every value of that type."""

    value: Any
    words: str
    any_of: type | None = None

    def stands_for(self, value: Any) -> bool:
        """Return True if a value is this choice."""
        return isinstance(value, self.any_of) if self.any_of else bool(self.value == value)


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `key` is its pointer below the part of the case a section shows, `width` in characters."""

    key: str
    label: str
    kind: TextKind = TEXT
    asked: Asked = Asked.TYPED
    choices: tuple[Choice, ...] = ()
    width: int = 20
    grows: bool = False
    hint: str = ""
    checked: codes.CodeKind | None = None  # a well-formed value bears a check mark
    is_needed: bool = False  # a list without an entry for "not answered"


def choices(kind: type[StrEnum]) -> tuple[Choice, ...]:
    """Return a closed list as choices."""
    return tuple(Choice(member, words(member)) for member in kind)


def chosen(key: str, label: str, kind: type[StrEnum], *, hint: str = "") -> Field:
    """Return a field to choose a word of a closed list in."""
    return Field(key, label, asked=Asked.CHOSEN, choices=choices(kind), hint=hint)


def yes_no(key: str, label: str, *, hint: str = "") -> Field:
    """Return a field with three states."""
    return Field(key, label, asked=Asked.YES_NO, hint=hint)


def nearest(pointer: str, known: Collection[str]) -> str | None:
    """Return the field a pointer leads to: itself, the first field below it, or the same for its parent."""
    while pointer:
        if pointer in known:
            return pointer
        below = next((each for each in known if each.startswith(f"{pointer}/")), None)
        if below is not None:
            return below
        pointer = pointer.rpartition("/")[0]
    return None


def is_own(pointer: str, field: str, *, is_empty: bool) -> bool:
    """Return True if a field belongs to a pointer: it is there, holds it, or is part of the record at the pointer.

    A whole part of a case, as "/claim", has no field of its own; a list that is empty has that of its first row.
    """
    if field == pointer or pointer.startswith(f"{field}/"):
        return True
    if not field.startswith(f"{pointer}/"):
        return False
    return pointer.count("/") > 1 or (is_empty and field.startswith(f"{pointer}/0/"))
