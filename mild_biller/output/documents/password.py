"""The passwords a PDF takes, in the form in which viewers compare them. No library."""

from typing import Final
from unicodedata import normalize

LONGEST: Final = 127  # bytes; a PDF takes no more
_INSTEAD: Final = "Choose another password, or none."
BLANK: Final = f"The password is only blanks. {_INSTEAD}"
UNSEEN: Final = f"The password contains an invisible character. {_INSTEAD}"
TOO_LONG: Final = f"The password is too long (at most {LONGEST} letters, fewer with accents). {_INSTEAD}"


def written(password: str) -> str:
    """Return a password as it is locked with."""
    return normalize("NFKC", password)


def fault(password: str) -> str:
    """Return why a packet cannot be locked with a password, nothing where it can."""
    text = written(password)
    if not text.strip():
        return BLANK
    if not text.isprintable():
        return UNSEEN
    return TOO_LONG if len(text.encode()) > LONGEST else ""
