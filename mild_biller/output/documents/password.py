"""The passwords a PDF takes, in the form in which viewers compare them. No library."""

from typing import Final
from unicodedata import normalize

LONGEST: Final = 127  # bytes; a PDF takes no more
_INSTEAD: Final = "Choose another, or none."
BLANK: Final = f"A packet's password is more than blanks. {_INSTEAD}"
UNSEEN: Final = f"The password has a character that nobody can see or type. {_INSTEAD}"
TOO_LONG: Final = f"A packet's password has at most {LONGEST} letters, fewer with accents. {_INSTEAD}"


def written(password: str) -> str:
    """Return a password as it is locked with."""
    return normalize("NFKC", password)


def fault(password: str) -> str:
    """Say why a packet cannot be locked with a password, nothing where it can."""
    text = written(password)
    if not text.strip():
        return BLANK
    if not text.isprintable():
        return UNSEEN
    return TOO_LONG if len(text.encode()) > LONGEST else ""
