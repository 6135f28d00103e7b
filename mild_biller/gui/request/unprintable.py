"""What a letter cannot print of the words typed in it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

from PySide6.QtGui import QRawFont

from mild_biller.gui.style.theme import reading_font

MOST: Final = 12  # characters that are listed
_BREAKS: Final = "\n\t\xa0"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


@lru_cache(maxsize=256)
def unprinted(text: str) -> str:
    """Return which characters come out wrong on paper, nothing where none does."""
    return " ".join(_said(text))


def _said(text: str) -> Iterator[str]:
    font = QRawFont.fromFont(reading_font())
    letters = sorted(set(text) - set(_BREAKS))
    missing = [letter for letter in letters if not font.supportsCharacter(ord(letter))]
    if missing:
        more = ", …" if len(missing) > MOST else ""
        yield f"Printed as “?”; the font does not have: {', '.join(map(_shown, missing[:MOST]))}{more}."
    if any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in letters):
        yield "Right-to-left text is printed from left to right."


def _shown(letter: str) -> str:
    return letter if letter.isprintable() and bidirectional(letter) != "NSM" else f"U+{ord(letter):04X}"
