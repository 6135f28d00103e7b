"""What a payer requires with a request, what of it the case documents, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.coverage.assess import date_of_service
from mild_biller.core.documents.letter_rules import LetterKind, LetterRules
from mild_biller.core.documents.letters import Edits, Letter, last_day, letter
from mild_biller.core.documents.packet_rules import (
    Audience,
    Clock,
    ItemGroup,
    Pace,
    PacketRule,
    PacketRules,
    RequiredItem,
)
from mild_biller.core.documents.quote import Blank, Quote, Subject
from mild_biller.core.documents.quote_catalog import quote
from mild_biller.core.documents.quote_clinical import ATTACHMENTS
from mild_biller.core.documents.quote_request import institutional
from mild_biller.core.documents.remark import Remark, of_finding, remark
from mild_biller.core.documents.timeline import Timeline, timeline
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Reference, Topic
from mild_biller.core.rules.policy import ClaimKind
from mild_biller.core.rules.source import Certainty

# What the review says of the payer, and the office must know before it sends a request.
TOLD: Final = (Topic.POSITION, Topic.STALE_SOURCE, Topic.STUDY_WINDOW, Topic.AUTHORIZATION, Topic.NOTICE)
MEMBER: Final = ("patient_name", "birth_date", "payer_name", "plan_name", "member_id", "group_number")
NEWER_EVIDENCE: Final = "evidence-after-review"


class State(StrEnum):
    """The state of a checklist item."""

    IN_CASE = "in-case"
    ATTACHED = "attached"
    MISSING = "missing"
    CONTRARY = "contrary"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One line of a checklist.

    `quotes` are what the case says, `attached` the attachments that prove it (their places in the case), `lacks`
    what is still missing, `said` why it speaks against the request or is not needed.
    """

    id: str
    title: str
    group: ItemGroup
    required: bool
    state: State
    why: str
    remedy: str
    quotes: tuple[Quote, ...]
    attached: tuple[int, ...]
    lacks: tuple[Blank, ...]
    said: str
    sources: tuple[Reference, ...]
    certainty: Certainty

    @property
    def is_open(self) -> bool:
        """Return True if something is missing or contradicts the request."""
        return self.state in (State.MISSING, State.CONTRARY)


@dataclass(frozen=True, slots=True)
class Timed:
    """Within which time the payer decides, and by when where the day of the request is known."""

    pace: Pace
    time: str
    due: date | None
    remark: Remark


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet for one payer: request, checklist, clocks, what to tell, statement of necessity, timeline.

    `asks` is False where the payer takes no request; the packet is then for the file. `for_payer` goes on paper,
    `for_office` never does.
    """

    id: str
    title: str
    purpose: str
    asks: bool
    plan_type: PlanType | None
    member: tuple[Quote, ...]
    request: tuple[Quote, ...]
    items: tuple[CheckedItem, ...]
    clocks: tuple[Timed, ...]
    for_payer: tuple[Remark, ...]
    for_office: tuple[Remark, ...]
    statement: Letter
    timeline: Timeline | None

    @property
    def missing(self) -> tuple[CheckedItem, ...]:
        """Return what is required and is missing or speaks against the request."""
        return tuple(item for item in self.items if item.required and item.is_open)

    @property
    def wished_for(self) -> tuple[CheckedItem, ...]:
        """Return what would support the request and is missing or speaks against it."""
        return tuple(item for item in self.items if not item.required and item.is_open)

    @property
    def is_complete(self) -> bool:
        """Return True if nothing required is open."""
        return not self.missing


def packet(
    review: Review, *, catalog: Catalog, rules: PacketRules, letters: LetterRules, edits: Edits | None = None
) -> Packet:
    """Return the packet for the primary payer of a reviewed case; `edits` are those of the letter of necessity."""
    subject = Subject(review, catalog)
    rule = chosen(review, rules=rules)
    statement = letter(LetterKind.MEDICAL_NECESSITY, review, catalog=catalog, rules=letters, edits=edits)
    return Packet(
        id=rule.id,
        title=rule.title,
        purpose=rule.purpose,
        asks=rule.asks,
        plan_type=_plan_type(review),
        member=tuple(quote(name, subject) for name in MEMBER),
        request=tuple(quote(name, subject) for name in rule.request),
        items=tuple(_checked(rule, rules, subject)),
        clocks=tuple(_timed(clock, subject) for clock in rule.clock if _runs(clock, subject)),
        for_payer=tuple(_told(rule, Audience.PAYER, subject)),
        for_office=(*_told(rule, Audience.OFFICE, subject), *_found(subject), *statement.cautions),
        statement=statement,
        timeline=timeline(review, months=rules.look_back_months),
    )


def chosen(review: Review, *, rules: PacketRules) -> PacketRule:
    """Return what the primary payer of a case requires; without a date to choose its policy, of its first one."""
    plan, policy = review.assessment.plan, review.assessment.policy
    is_dated = policy is not None or plan is None or date_of_service(review.case) is not None
    policies = () if is_dated or plan is None else plan.policies
    return rules.choose(
        payer=plan.payer.id if plan is not None else None,
        policy=policy.id if policy is not None else next(iter(policies), None),
        plan_type=_plan_type(review),
    )


def _plan_type(review: Review) -> PlanType | None:
    plan = review.assessment.plan
    return None if plan is None else plan.plan_type


def _checked(rule: PacketRule, rules: PacketRules, subject: Subject) -> Iterator[CheckedItem]:
    """Yield required and supporting items, group by group."""
    known = rules.items_of(rule)
    wanted = [(known[name], True) for name in rule.required] + [(known[name], False) for name in rule.supporting]
    for group in ItemGroup:
        yield from (_check(item, required, subject) for item, required in wanted if item.group is group)


def _check(item: RequiredItem, required: bool, subject: Subject) -> CheckedItem:
    quotes = tuple(quote(name, subject) for name in item.shows)
    attached = _attached(item, subject)
    lacks = [blank for each in quotes for blank in each.blanks]
    if item.attachments and not attached:
        kinds = " or ".join(ATTACHMENTS[kind] for kind in item.attachments)
        lacks.append(Blank(f"attach: {kinds}", "/attachments"))
    state, said = _state(item, lacks, subject)
    return CheckedItem(
        id=item.id,
        title=item.title,
        group=item.group,
        required=required,
        state=state,
        why=item.message,
        remedy=item.remedy,
        quotes=() if state is State.NOT_NEEDED else tuple(each for each in quotes if each.is_begun),
        attached=attached,
        lacks=tuple(lacks) if state is State.MISSING else (),
        said=said,
        sources=subject.catalog.references(item.sources),
        certainty=item.certainty,
    )


def _attached(item: RequiredItem, subject: Subject) -> tuple[int, ...]:
    entries = enumerate(subject.case.attachments or ())
    return tuple(index for index, entry in entries if entry.kind in item.attachments and entry.path)


def _state(item: RequiredItem, lacks: list[Blank], subject: Subject) -> tuple[State, str]:
    """Return the state of an item and why; what a test leaves open is added to what it lacks."""
    if item.claim is not None and item.claim is not _kind_of(subject):
        return State.NOT_NEEDED, item.elsewhere
    forbidden = [each.text for name in item.never if (each := quote(name, subject)).is_begun]
    if forbidden:
        return State.CONTRARY, f"must not be present: {', '.join(forbidden)}"
    if item.test is not None:
        judged = item.test.judge(subject.knowledge)
        if judged.outcome is Outcome.NOT_MET:
            return State.CONTRARY, judged.why or "contradicted by the case"
        if judged.outcome is Outcome.UNKNOWN and not lacks:
            lacks.append(Blank(judged.why, judged.path))
    if lacks:
        return State.MISSING, ""
    return (State.ATTACHED if item.attachments else State.IN_CASE), ""


def _kind_of(subject: Subject) -> ClaimKind:
    """Return the kind of claim the items find: institutional as soon as either claim of the encounter is."""
    return ClaimKind.PROFESSIONAL if institutional(subject) is None else ClaimKind.INSTITUTIONAL


def _runs(clock: Clock, subject: Subject) -> bool:
    given = subject.case.authorization
    asked = given.requested_on if given is not None and given.requested_on is not None else subject.today
    return clock.requests_from is None or clock.requests_from <= asked


def _timed(clock: Clock, subject: Subject) -> Timed:
    given = subject.case.authorization
    asked = given.requested_on if given is not None else None
    due = asked + timedelta(days=clock.days) if asked is not None and clock.days is not None else None
    unit = f"{clock.hours} hours" if clock.hours is not None else "as stated by the payer"
    time = f"{clock.days} calendar days" if clock.days is not None else unit
    return Timed(clock.pace, time, due, remark(clock, name=clock.id, catalog=subject.catalog))


def _told(rule: PacketRule, audience: Audience, subject: Subject) -> Iterator[Remark]:
    for telling in rule.telling:
        if telling.audience is audience and telling.when.holds(subject):
            yield remark(telling, name=telling.id, catalog=subject.catalog)


def _found(subject: Subject) -> Iterator[Remark]:
    """Yield what the review itself says of the payer and its policy; newer evidence once its source is out."""
    for found in subject.review.findings:
        is_out = all(last_day(source.date) <= subject.today for source in found.sources)
        if found.topic in TOLD or (found.rule == NEWER_EVIDENCE and is_out):
            yield of_finding(found)
