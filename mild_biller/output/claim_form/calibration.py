"""From what a ruler shows on the printed test page to the nudge and the scale that put the data right."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from mild_biller.output.claim_form import printer_test_page

INCH: Final = printer_test_page.INCH
FROM_LEFT: Final = printer_test_page.SIDE  # where the upper left cross belongs, in points
FROM_TOP: Final = printer_test_page.END
SHEET: Final = 8.5 * INCH
APART: Final = SHEET - 2 * printer_test_page.SIDE  # from the upper left cross to the upper right one
MOST_SCALE: Final = 0.1
FITTED: Final = 0.02  # beyond it the printer was told to fit the page, which no printer is off by itself
FARTHEST: Final = 72.0  # points
_NUMBER: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)?\s*(?:([0-9]+)/([0-9]+))?")


class Unit(StrEnum):
    """What the ruler counts."""

    INCHES = "inches"
    MILLIMETRES = "mm"

    @property
    def points(self) -> float:
        """Return the points of one."""
        return INCH if self is Unit.INCHES else INCH / 25.4


@dataclass(frozen=True, slots=True)
class Correction:
    """How to print: `right` and `down` in points, `scale` about the sheet's upper left corner."""

    right: float = 0.0
    down: float = 0.0
    scale: float = 1.0


def read_length(text: str, *, unit: Unit) -> float | None:
    """Read a length off a ruler, as 0.5, 13,2 or 7 1/2, and return points; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not found[0].strip() or found[3] == "0" or len(text) > 20:
        return None
    if found[1] and found[2] and not re.search(r"[0-9]\s+[0-9]+/", text):
        return None
    whole = Fraction(found[1].replace(",", ".")) if found[1] else Fraction(0)
    part = Fraction(int(found[2]), int(found[3])) if found[2] else Fraction(0)
    return float(whole + part) * unit.points


def correction(*, from_left: float, from_top: float, apart: float) -> Correction:
    """Return what puts the data right. All in points, as measured on a test page printed without correction.

    `from_left` and `from_top` lead from the sheet's edges to the upper left cross, `apart` from there to the upper
    right one. A printer puts x at stretch * x + shift; printed at x / stretch - shift / stretch it comes to x.
    """
    stretch = apart / APART
    right, down = from_left - stretch * FROM_LEFT, from_top - stretch * FROM_TOP
    scale = round(1 / stretch, 4)
    return Correction(right=round(-right / stretch, 1) + 0.0, down=round(-down / stretch, 1) + 0.0, scale=scale)


def fault(measured: Correction) -> str:
    """Return why a correction cannot be right, nothing when it can."""
    if abs(measured.scale - 1) > MOST_SCALE or max(abs(measured.right), abs(measured.down)) > FARTHEST:
        return "This is too far off for a printer. Measure again, and check the unit."
    return ""


def hint(measured: Correction) -> str:
    """Return what is odd about a correction, nothing when it is an ordinary one."""
    if abs(measured.scale - 1) > FITTED:
        return "The page printed at another size. Print the test page at 100%, not fitted to the page, and try again."
    return ""
