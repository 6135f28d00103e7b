"""How a thing is marked: by its shape, its colour and its word. No Qt, and nothing that is slow to import."""

from enum import StrEnum


class Tone(StrEnum):
    """A shape, a colour and a word each."""

    ERROR = "stops the claim"
    NEEDED = "still empty"
    HOLD = "a person must decide"
    WARNING = "warning"
    UNKNOWN = "not known"
    GOOD = "met"
    INFO = "to know"

    @property
    def rank(self) -> int:
        """Return 0 for the worst."""
        return list(Tone).index(self)
