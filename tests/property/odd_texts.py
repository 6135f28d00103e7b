"""Texts of a case with odd blanks, and what is reported of a case."""

import re
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review, review
from tests.support import PACK, parsed, pointers

TODAY: Final = date(2026, 3, 12)
BLANKS: Final = " \t\n\r\v\f\x1f\x85\xa0\u1680\u2000\u2007\u2009\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164"
UNSEEN: Final = "\x00\x1b\x7f\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202d\u2060\u2066\ufe0f\ufeff\U000e0061"
LINE_ENDS: Final = "\n\r\v\f\x85\u2028\u2029"
AMONG: Final = re.compile(r"(?<! ) (?! )")  # a blank that stands alone
# What has blanks of its own (each said in mild_biller.core.case.blanks): a path, items 10d and 19, a letter.
KEEPS_RUNS: Final = re.compile(r"/(facility_)?claim/(additional_information|claim_codes)$|/letters/")
KEEPS_ALL: Final = re.compile(r"/attachments/[0-9]+/path$")

unseen = st.text(UNSEEN, max_size=2)


@st.composite
def odd(draw: st.DrawFn, text: str, *, blanks: str = BLANKS) -> str:
    """Draw a text with odd blanks around it and for its single blanks, and signs nobody sees inside it."""
    around = st.text(blanks + UNSEEN, max_size=3)
    written = AMONG.sub(lambda _: draw(unseen) + draw(st.sampled_from(blanks)) + draw(unseen), text)
    place = draw(st.integers(0, len(written)))
    return f"{draw(around)}{written[:place]}{draw(unseen)}{written[place:]}{draw(around)}"


@st.composite
def odd_lines(draw: st.DrawFn, text: str) -> str:
    """Draw a text of several lines, each with odd blanks; where a line ends is not changed."""
    blanks = "".join(sorted(set(BLANKS) - set(LINE_ENDS)))
    return "\n".join(draw(odd(line, blanks=blanks)) if line else "" for line in text.split("\n"))


def texts(data: Any) -> dict[str, str]:
    """Return every text of a case file by its pointer, dates and words of closed lists too; no path of a file."""
    found = {at: value_of(data, at) for at in pointers(data)}
    return {at: value for at, value in found.items() if isinstance(value, str) and not KEEPS_ALL.search(at)}


def value_of(data: Any, at: str) -> Any:
    for part in at.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part.replace("~1", "/").replace("~0", "~")]
    return data


def look(data: Any) -> Review:
    return review(parsed(data), pack=PACK, today=TODAY)


def said(found: Review) -> dict[str, Any]:
    """Return everything that is reported, but for the repairs."""
    return {key: value for key, value in report(found).items() if key != "repairs"}


def listed(found: Review) -> dict[str, tuple[str | None, str]]:
    return {each.path: (each.typed, each.repaired) for each in found.repairs}
