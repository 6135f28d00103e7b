"""What happened when, before the procedure: earlier procedures, conservative care, imaging, the look-back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mild_biller.core.case.model import Answers
from mild_biller.core.coverage.assess import date_of_service
from mild_biller.core.documents.quote_clinical import CARE, IMAGING, OUTCOMES, PRIOR
from mild_biller.core.review.review import Review
from mild_biller.core.rules.criteria import months_before


class EventKind(StrEnum):
    """Kind of event, in the order a timeline shows them."""

    EARLIER = "earlier-procedure"
    CARE = "conservative-care"
    IMAGING = "imaging"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `first` and `last` are the same day but for a course of care."""

    lane: EventKind
    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """All events with a day, first to last in their lanes; `window` is the look-back before the service."""

    events: tuple[Event, ...]
    window: tuple[date, date] | None
    undated: tuple[str, ...]

    @property
    def first(self) -> date:
        """Return the first day there is."""
        return min([event.first for event in self.events] + list(self.window or ())[:1])

    @property
    def last(self) -> date:
        """Return the last day there is."""
        return max(event.last for event in self.events)


def timeline(review: Review, *, months: int) -> Timeline | None:
    """Return the events of a case with a look-back of so many months; None without any day."""
    service = date_of_service(review.case)
    entries = [*_earlier(review), *_care(review), *_imaging(review)]
    events = [Event(lane, label, first, last) for lane, label, first, last in entries if first and last]
    if service is not None:
        events.append(Event(EventKind.SERVICE, "date of service", service, service))
    if not events:
        return None
    return Timeline(
        events=tuple(sorted(events, key=lambda event: (list(EventKind).index(event.lane), event.first, event.label))),
        window=None if service is None else (months_before(service, months), service),
        undated=tuple(label for _, label, first, last in entries if not (first and last)),
    )


Entry = tuple[EventKind, str, date | None, date | None]


def _earlier(review: Review) -> Iterator[Entry]:
    for each in review.case.prior_procedures or ():
        kind = PRIOR[each.kind] if each.kind else "prior procedure"
        words = " ".join(part for part in (kind, f"({each.code})" if each.code else "") if part)
        yield EventKind.EARLIER, f"{words}, {each.region.value}" if each.region else words, each.date, each.date


def _care(review: Review) -> Iterator[Entry]:
    for each in (review.case.answers or Answers()).conservative_care or ():
        kind = CARE[each.kind] if each.kind else "conservative care"
        first, last = each.from_, each.to or each.from_
        words = f"{kind}: {OUTCOMES[each.outcome]}" if each.outcome else kind
        yield EventKind.CARE, words, first, last if last is None or first is None or last >= first else first


def _imaging(review: Review) -> Iterator[Entry]:
    answers = review.case.answers or Answers()
    if answers.imaging_kind is not None or answers.imaging_date is not None:
        kind = IMAGING[answers.imaging_kind] if answers.imaging_kind else "imaging"
        yield EventKind.IMAGING, kind, answers.imaging_date, answers.imaging_date
