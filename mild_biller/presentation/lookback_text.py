"""The look-back in words: each earlier procedure, the months themselves, and everything a picture of it shows."""

from typing import Final

from mild_biller.core.review.lookback import EntryPlace, LookBack, LookBackEntry
from mild_biller.core.rules.criteria import Outcome
from mild_biller.presentation.labels import words
from mild_biller.presentation.long_words import quoted
from mild_biller.presentation.typed_text import shown_day

_PLACES: Final = {
    EntryPlace.INSIDE: "inside",
    EntryPlace.FIRST_DAY: "on the first day",
    EntryPlace.BEFORE: "outside",
    EntryPlace.AFTER: "outside, not before the date of service",
    EntryPlace.UNDATED: "no date",
}


def entry_name(entry: LookBackEntry) -> str:
    """Return what was done; the region where it is the reason not to count, or is not known."""
    done = entry.procedure
    code = quoted(done.code or "")
    kind = words(done.kind) if done.kind else f"Code {code}" if code else f"Prior procedure {entry.number}"
    if done.region is None:
        return f"{kind}, region not given"
    return f"{kind}, {words(done.region).lower()}" if entry.is_elsewhere else kind


def entry_text(entry: LookBackEntry) -> str:
    """Return what, when, and what of it."""
    when = f" {shown_day(entry.day)}" if entry.day else ""
    return f"{entry_name(entry)}{when}: {_PLACES[entry.place]}{_verdict(entry)}"


def _verdict(entry: LookBackEntry) -> str:
    if entry.counts is Outcome.NOT_MET:
        return ", does not count"
    if entry.place is EntryPlace.FIRST_DAY:
        return ", needs review"
    if not entry.matters:
        return ""
    return ", counts" if entry.counts is Outcome.MET else ", may count"


def window_text(look: LookBack) -> str:
    """Return the look-back in words."""
    first, service = shown_day(look.first_day), shown_day(look.service)
    return f"{look.months}-month look-back: from {first} to the day before the date of service, {service}."


def look_back_text(look: LookBack) -> str:
    """Return everything the picture shows, a line each."""
    numbered = (f"{number}. {entry_text(each)}" for number, each in enumerate(look.entries, start=1))
    return "\n".join((window_text(look), *(numbered if look.entries else ("No prior procedures are entered.",))))
