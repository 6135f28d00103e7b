"""A folder of case files as a worklist: who, when, who pays, and how far each case is. It writes nothing.

Every entry of the folder gets a line. Only a summary is kept of each case, so a large folder takes little
memory; a file that has not changed need not be read again.
"""

import os
import stat
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from mild_biller.core.case.people import full_name
from mild_biller.core.review.readiness import Standing, standing
from mild_biller.core.review.review import Layouts, Review, review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError
from mild_biller.store.case_file import MOST_BYTES, parse_case

ENDING: Final = ".json"
MOST_FILES: Final = 5_000
MOST_ENTRIES: Final = 100_000  # of a folder that holds everything else too
MOST_COMMAS: Final = 5_000  # of a file; some checks take time with the square of what a list holds
MOST_WORDS: Final = 300  # characters of a name or a line

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A case file of the folder; `stamp` changes when it does, `refusal` says why it is not even opened."""

    path: Path
    stamp: Stamp = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """The case files of a folder, and a line on what is wrong with the folder itself."""

    files: tuple[FoundFile, ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """By what cases are reviewed, and on which day."""

    catalog: Catalog
    layouts: Layouts
    today: date


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case file. `standing` is None and `refusal` says why where it cannot be read.

    `digest` is the SHA-256 of its bytes.
    """

    path: Path
    name: str = ""
    service: date | None = None
    payer: str = ""
    standing: Standing | None = None
    digest: str = ""
    refusal: str = ""


def survey(folder: Path) -> Survey:
    """List the case files of a folder, not of those within it. Reads none of them."""
    try:
        with os.scandir(folder) as entries:
            named = [each for each in islice(entries, MOST_ENTRIES) if _is_named(each.name)]
    except (OSError, ValueError) as error:
        return Survey((), f"The work folder could not be read ({_reason(error)}). Choose it again in the File menu.")
    files = tuple(found for each in named[:MOST_FILES] if (found := _found(each)) is not None)
    more = f"Only the first {MOST_FILES:,} case files are listed. Use one folder per year, for example."
    return Survey(files, more if len(named) > MOST_FILES else "")


def read_rows(
    files: Sequence[FoundFile], *, rules: ReviewRules, seconds: float, is_stopped: Callable[[], bool]
) -> tuple[CaseRow | None, ...]:
    """Read case files in turn, as many as the seconds allow and one at least; None for one that is gone."""
    until = time.monotonic() + seconds
    rows: list[CaseRow | None] = []
    for found in files:
        if rows and (is_stopped() or time.monotonic() >= until):
            break
        rows.append(read_row(found, rules=rules))
    return tuple(rows)


def read_row(found: FoundFile, *, rules: ReviewRules) -> CaseRow | None:
    """Read one case file and review it; None when it is gone."""
    if found.refusal:
        return CaseRow(found.path, refusal=found.refusal)
    try:
        content = _content(found.path)
        case = parse_case(content, catalog=rules.catalog)
    except FileNotFoundError:
        return None
    except OSError as error:
        return CaseRow(found.path, refusal=f"It could not be read ({_reason(error)}).")
    except CaseFileError as error:
        return CaseRow(found.path, refusal=one_line(str(error)))
    reviewed = review(case, catalog=rules.catalog, layouts=rules.layouts, today=rules.today)
    return _row(found.path, reviewed, digest=sha256(content).hexdigest())


def _row(path: Path, reviewed: Review, *, digest: str) -> CaseRow:
    patient, procedure, plan = reviewed.case.patient, reviewed.case.procedure, reviewed.assessment.plan
    return CaseRow(
        path,
        name=one_line(full_name(patient)) if patient else "",
        service=procedure.date_of_service if procedure else None,
        payer=one_line(plan.payer.name) if plan else "",
        standing=standing(reviewed),
        digest=digest,
    )


def _is_named(name: str) -> bool:
    """Return True if a name is one of a case file; a leading dot marks what a system or a program keeps for itself."""
    return name.lower().endswith(ENDING) and not name.startswith(".")


def _found(entry: os.DirEntry[str]) -> FoundFile | None:
    """Look at an entry of the folder; None when it is gone."""
    path = Path(entry.path)
    try:
        state = entry.stat()
    except FileNotFoundError:
        return FoundFile(path, refusal="It is a broken link.") if entry.is_symlink() else None
    except OSError as error:
        return FoundFile(path, refusal=f"It could not be read ({_reason(error)}).")
    if stat.S_ISDIR(state.st_mode):
        return FoundFile(path, refusal="It is a folder.")
    if not stat.S_ISREG(state.st_mode):  # reading from a pipe would wait for ever
        return FoundFile(path, refusal="It is not a file.")
    if state.st_size > MOST_BYTES:
        return FoundFile(path, refusal="It is too large for a case file.")
    return FoundFile(path, (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))


def _content(path: Path) -> bytes:
    """Read a file that may grow meanwhile. Raises `OSError`, or `CaseFileError` for one too large."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise CaseFileError("It is too large for a case file.")
    if content.count(b",") > MOST_COMMAS:
        raise CaseFileError("It contains far more than a case does. Open it to see it.")
    return content


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def one_line(text: str) -> str:
    """Return a text as one line that can be shown, of a length."""
    shown = "".join(each if each.isprintable() else " " for each in text[:MOST_WORDS])
    return " ".join(shown.split())
