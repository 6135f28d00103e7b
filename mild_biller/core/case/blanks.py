"""Blanks as they are typed, pasted and exported: odd ones read as blanks, signs nobody sees dropped.

What is a blank: every space of Unicode (category Zs), tab, line end and the four separators of ASCII, and the three
signs that look empty (Braille and Hangul). What is dropped: the other controls of ASCII, and what Unicode calls
Default_Ignorable_Code_Point or an annotation mark, such as zero-width signs, directions and byte order marks. A control
of Latin-1 stays for a finding to report: it is mostly a quote or a dash that was read in the wrong character set.
"""

import re
from typing import Final

_BLANKS: Final = re.compile(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0]+"
)
_BLANKS_OF_A_LINE: Final = re.compile("[\t\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]")
_LINE_ENDS: Final = re.compile("\r\n|[\n-\r\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_APART: Final = 3  # blanks between two entries of items 10d and 19


def tidy(text: str) -> str:
    """Return a text of one line with one plain blank between its words and none around them."""
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def tidy_entries(text: str) -> str:
    """Return a text of items 10d or 19, whose entries stand three blanks apart, with no other run of blanks."""
    return _BLANKS.sub(_between_entries, _UNSEEN.sub("", text)).strip(" ")


def _between_entries(run: re.Match[str]) -> str:
    return " " * (_APART if len(run[0]) >= _APART else 1)


def tidy_lines(text: str) -> str:
    """Return a text of several lines, each tidy, without empty lines around it."""
    return "\n".join(map(tidy, _LINE_ENDS.split(text))).strip("\n")


def tidy_ends(text: str) -> str:
    """Return a written text with plain blanks and none at the ends of its lines; what is set out by blanks stays so."""
    lines = _LINE_ENDS.split(_UNSEEN.sub("", text))
    return "\n".join(_BLANKS_OF_A_LINE.sub(" ", line).rstrip(" ") for line in lines).strip(" ")
