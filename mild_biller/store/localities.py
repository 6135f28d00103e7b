"""A table of Medicare localities that the user loads: a CSV with locality, work, practice, malpractice.

The first line names the columns; each further line is one locality and its three indices of one year. Nothing is
shipped: public copies of 2026 were found to be made up.
"""

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mild_biller.core.claim.estimate import Locality
from mild_biller.errors import MildBillerError

COLUMNS = ("locality", "work", "practice", "malpractice")
LEAST, MOST = Decimal("0.1"), Decimal("5")


def read_localities(path: Path, *, year: int) -> dict[str, Locality]:
    """Return the localities of a CSV by name. Raises `MildBillerError`: one line with file, row and what to do."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MildBillerError(f"{path} cannot be read as a table ({type(error).__name__}); choose a CSV.") from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise MildBillerError(f"{path}: the first line must be {','.join(COLUMNS)}.")
    found: dict[str, Locality] = {}
    for number, row in enumerate(rows[1:], start=2):
        locality = _locality(path, number, row, year)
        if locality.name in found:
            raise MildBillerError(f"{path}, line {number}: {locality.name} is listed twice; keep one.")
        found[locality.name] = locality
    return found


def _locality(path: Path, number: int, row: list[str], year: int) -> Locality:
    if len(row) != len(COLUMNS) or not row[0].strip():
        raise MildBillerError(f"{path}, line {number}: a name and three indices are required.")
    try:
        indices = [Decimal(text) for text in row[1:]]
    except InvalidOperation:
        raise MildBillerError(f"{path}, line {number}: enter an index as 1.024.") from None
    if not all(index.is_finite() and LEAST <= index <= MOST for index in indices):
        raise MildBillerError(f"{path}, line {number}: an index must be between {LEAST} and {MOST}.")
    return Locality(row[0].strip(), year, *indices)
