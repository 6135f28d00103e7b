"""The closed list of what a packet or a letter may quote from a case, and the one way to quote it."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator

from mild_biller.core.documents import quote_clinical, quote_coverage, quote_request
from mild_biller.core.documents.quote import Blank, Quotable, Quote, Subject
from mild_biller.core.rules.source import Words

ENTRIES: Final[Mapping[str, Quotable]] = {
    **quote_coverage.ENTRIES,
    **quote_request.ENTRIES,
    **quote_clinical.ENTRIES,
}


def quote(name: str, subject: Subject) -> Quote:
    """Return what the case says under a name of the list; where it says nothing, a blank."""
    entry = ENTRIES[name]
    said = entry.words(subject)
    pieces = (said,) if isinstance(said, str) and said else said or ()
    path = entry.path if isinstance(entry.path, str) else entry.path(subject)
    return Quote(name, entry.label, path, tuple(pieces) or (Blank(entry.asks, path),))


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in ENTRIES:
            raise ValueError(f"nothing called {name!r} can be quoted from a case")
    return names


QuoteNames = Annotated[Words, AfterValidator(_known)]
