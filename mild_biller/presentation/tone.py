"""How a row is marked: by its shape, its color and its word. No Qt, and nothing that is slow to import."""

from enum import StrEnum


class Tone(StrEnum):
    """A shape, a color and a word each."""

    ERROR = "must fix"
    NEEDED = "required, blank"
    HOLD = "needs review"
    WARNING = "warning"
    UNKNOWN = "answer missing"
    GOOD = "met"
    INFO = "for your information"

    @property
    def rank(self) -> int:
        """Return 0 for the worst."""
        return list(Tone).index(self)
