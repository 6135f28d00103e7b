"""Words as a label can show them: without what has no picture, and none so long that it widens the window."""

import re
from typing import Final

LONGEST: Final = 20  # letters of a word that stays whole
_LONG: Final = re.compile(rf"\S{{{LONGEST}}}(?=\S)")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_ENDS: Final = re.compile("\r\n|\r|\u2028|\u2029")
_MAY_BREAK: Final = "\u200b"  # takes no room


def breakable(text: str) -> str:
    """Return a text whose long words may break within."""
    return _LONG.sub(lambda found: f"{found[0]}{_MAY_BREAK}", text)


def without_unseen(text: str) -> str:
    """Return a text with a blank for each character that has no picture; line ends and tabs stay."""
    return _UNSEEN.sub(" ", _LINE_ENDS.sub("\n", text))


def seen(text: str) -> str:
    """Return a text as a label shows it: a blank for what has no picture, and long words that may break."""
    return breakable(without_unseen(text))


MOST_OF_A_WORD: Final = 40  # characters of a typed name or code


def quoted(typed: str) -> str:
    """Return typed text so that it fits in a sentence: short, with right-to-left text isolated."""
    text = " ".join("".join(each if each.isprintable() else " " for each in typed).split())
    short = f"{text[:MOST_OF_A_WORD]}…" if len(text) > MOST_OF_A_WORD else text
    return short if text.isascii() else f"\u2068{short}\u2069"
