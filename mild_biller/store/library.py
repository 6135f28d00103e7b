"""What the window asks of the place where cases are kept, whatever that place is.

A case is named by a `CaseRef`: its id, which means something to its library alone, and the version that was read or
written. A save says which version it goes over; when another is there by now, nothing is written and `CaseConflict`
carries what is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from mild_biller.core.case.model import Case
from mild_biller.core.review.readiness import Standing
from mild_biller.core.rules.claim_rules import ClaimRules
from mild_biller.errors import MildBillerError

Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseRef:
    """One state of one kept case. An empty version: nothing was there, or nobody could read it."""

    id: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case, and which state of which kept case it is."""

    case: Case = field(repr=False)
    ref: CaseRef


class CaseConflict(MildBillerError):
    """Refuse a save over another state than was expected; `case` is None where what is there cannot be read."""

    def __init__(self, there: CaseRef, case: Case | None) -> None:
        super().__init__("Another window or program changed the case meanwhile; nothing was written.")
        self.there = there
        self.case = case


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case of the list, not read yet; `stamp` changes when it does, `refusal` says why it is not even opened."""

    id: str
    stamp: Stamp = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The cases of a library, and a line on what is wrong with the library itself."""

    cases: tuple[ListedCase, ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """By what cases are reviewed, and on which day."""

    pack: ClaimRules
    today: date


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The summary of one case. `standing` is None and `refusal` says why where it cannot be read.

    `file` is what its library calls the case; it is shown where nothing of the case can be.
    """

    ref: CaseRef
    file: str = ""
    name: str = ""
    service: date | None = None
    payer: str = ""
    standing: Standing | None = None
    refusal: str = ""


class CaseLibrary(Protocol):
    """A place where cases are kept."""

    @property
    def watched(self) -> Path | None:
        """The folder whose changes are changes of the list; None where there is none."""
        ...

    def open(self, wanted: CaseRef | str) -> KeptCase:
        """Read a case by its id, or the state of a reference where the library has a history.

        Raises `CaseFileError`.
        """
        ...

    def version(self, id: str) -> str:
        """Return the version that is there now; nothing where there is no case, or nobody can read it."""
        ...

    def save(self, case: Case, id: str, *, expected: str | None) -> CaseRef:
        """Keep a case whole or not at all, over the version that is expected; None: over whatever is there.

        Where nothing is there (any more), the case is kept too. Raises `CaseConflict`, `OutputError`.
        """
        ...

    def list(self) -> Listing:
        """List the cases, without reading any."""
        ...

    def listed_id(self, ref: CaseRef | None) -> str | None:
        """Return the id under which the list shows a case; None for one that it does not show."""
        ...

    def summaries(
        self, cases: Sequence[ListedCase], *, rules: ReviewRules, seconds: float, is_stopped: Callable[[], bool]
    ) -> tuple[CaseRow | None, ...]:
        """Read and review cases in turn, as many as the seconds allow and one at least; None for one that is gone."""
        ...

    def history(self, ref: CaseRef) -> tuple[CaseRef, ...]:
        """Return the earlier states of a case, the newest first; none where a library keeps none."""
        ...

    def attachments(self, case: Case, *, ref: CaseRef | None) -> tuple[Path | None, ...]:
        """Return where each attached file of a case is; None where that cannot be said."""
        ...

    def attach(self, file: Path, *, ref: CaseRef | None) -> str:
        """Return the name under which a case holds a file that the user adds to it."""
        ...

    def rehomed(self, case: Case, *, before: CaseRef | None, id: str) -> Case:
        """Return a case as it is kept under an id, its attached files named from there."""
        ...

    def name(self, ref: CaseRef) -> str:
        """Return what a person calls a kept case."""
        ...

    def beside(self, ref: CaseRef) -> Path | None:
        """Return the folder where files made from a case are offered to be written; None where there is none."""
        ...

    def is_gone(self, id: str) -> bool:
        """Return True if a case was removed from a place that can be read."""
        ...
