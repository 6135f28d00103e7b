"""What each payer requires in a packet, as the data files state it: items, decision times, what to know beforehand."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.case.vocabulary import AttachmentKind, PlanType
from mild_biller.core.documents.conditions import When
from mild_biller.core.documents.quote_catalog import QuoteNames
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import NoneWithinBeforeService, Test, questions_of
from mild_biller.core.rules.policy import ClaimKind, word, words
from mild_biller.core.rules.source import Certainty, Cited, Listed, Text, Words


class ItemGroup(StrEnum):
    """The part of a checklist an item belongs to, in this order."""

    REQUEST = "request"
    STUDY = "study"
    RECORD = "record"
    PAYER = "payer"


class RequiredItem(Cited):
    """One thing a packet holds; `message` says why, `remedy` how to come by it.

    `shows` are quotes that prove it from the case, `attachments` kinds of file one of which proves it; where both
    are named, both are wanted. `test` must not fail. `never` are quotes that must not be there. An item of one kind
    of `claim` is not wanted on the other, and `elsewhere` says why.
    """

    id: Text
    title: Text
    group: Annotated[ItemGroup, word(ItemGroup)]
    shows: QuoteNames = ()
    never: QuoteNames = ()
    attachments: Annotated[tuple[AttachmentKind, ...], words(AttachmentKind)] = ()
    test: Test | None = None
    claim: Annotated[ClaimKind | None, word(ClaimKind)] = None
    elsewhere: str = ""

    @model_validator(mode="after")
    def _provable(self) -> Self:
        if not (self.shows or self.attachments or self.never):
            raise ValueError("an item says how it is proved: shows, attachments or never")
        if (self.claim is None) != (not self.elsewhere):
            raise ValueError("claim and elsewhere go together")
        return self


class Pace(StrEnum):
    """How fast a decision is asked for."""

    STANDARD = "standard"
    URGENT = "urgent"


class Clock(Cited):
    """Within which time a kind of payer decides on a request made on `requests_from` or later."""

    id: Text
    pace: Annotated[Pace, word(Pace)]
    days: Annotated[int | None, Field(gt=0)] = None
    hours: Annotated[int | None, Field(gt=0)] = None
    requests_from: date | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if self.days is not None and self.hours is not None:
            raise ValueError("a clock runs in days or in hours")
        return self


class Audience(StrEnum):
    """Whom a sentence is for: the office alone, or the payer too, on paper."""

    OFFICE = "office"
    PAYER = "payer"


class Telling(Cited):
    """Something to know of a request before it is sent, or to tell the payer with it."""

    id: Text
    audience: Annotated[Audience, word(Audience)]
    when: When = When()

    @model_validator(mode="after")
    def _sure_enough(self) -> Self:
        if self.audience is Audience.PAYER and self.certainty is Certainty.RECOLLECTION:
            raise ValueError("a payer is told nothing we only remember")
        return self


class PacketRule(Model):
    """What one kind of payer requires. The most specific one serves a case: by payer, by policy, by plan type."""

    id: Text
    title: Text
    purpose: Text
    asks: bool
    plan_types: Annotated[tuple[PlanType, ...], words(PlanType)] = ()
    policies: Words = ()
    payers: Words = ()
    without_payer: bool = False
    request: QuoteNames
    required: Words = ()
    supporting: Words = ()
    item: Annotated[tuple[RequiredItem, ...], Listed] = ()
    clock: Annotated[tuple[Clock, ...], Listed] = ()
    telling: Annotated[tuple[Telling, ...], Listed] = ()

    @model_validator(mode="after")
    def _for_somebody(self) -> Self:
        if not (self.plan_types or self.policies or self.payers or self.without_payer):
            raise ValueError("a packet says whom it is for: plan_types, policies, payers or without_payer")
        wanted = (*self.required, *self.supporting)
        if len(set(wanted)) != len(wanted):
            raise ValueError("an item is listed twice")
        unused = {item.id for item in self.item} - set(wanted)
        if unused:
            raise ValueError(f"item {min(unused)!r} is neither required nor supporting")
        return self

    def rank(self, *, payer: str | None, policy: str | None, plan_type: PlanType | None) -> int | None:
        """Return how well it suits: 0 names the payer, 1 its policy, 2 its plan type; None, not at all."""
        if payer is not None and payer in self.payers:
            return 0
        if policy is not None and policy in self.policies:
            return 1
        suits = self.without_payer if plan_type is None else plan_type in self.plan_types
        return 2 if suits else None


class PacketRules(Model):
    """All packets and the items they share."""

    items: tuple[RequiredItem, ...]
    packets: tuple[PacketRule, ...]

    @cached_property
    def item(self) -> Mapping[str, RequiredItem]:
        """Shared items by id."""
        return {item.id: item for item in self.items}

    @property
    def look_back_months(self) -> int:
        """Return the longest look-back an item requires, in calendar months; 0 where none does."""
        own = (item for packet in self.packets for item in packet.item)
        tests = (item.test for item in (*self.items, *own))
        return max((test.months for test in tests if isinstance(test, NoneWithinBeforeService)), default=0)

    def items_of(self, packet: PacketRule) -> Mapping[str, RequiredItem]:
        """Return the items a packet may name: its own, then the shared ones."""
        return {**self.item, **{item.id: item for item in packet.item}}

    def choose(self, *, payer: str | None, policy: str | None, plan_type: PlanType | None) -> PacketRule:
        """Return the packet that serves: there is one for every plan type and one without a payer."""
        ranked = [
            (rank, packet)
            for packet in self.packets
            if (rank := packet.rank(payer=payer, policy=policy, plan_type=plan_type)) is not None
        ]
        return min(ranked, key=lambda pair: pair[0])[1]

    def checked(self, catalog: Catalog) -> Self:
        """Return itself once every name in it leads somewhere. Raises ValueError with the packet and the name."""
        if len(self.item) != len(self.items):
            raise ValueError("packets/items.toml: two items have one id")
        self._refuse_gaps()
        for where, known, name in self._names(catalog):
            if name not in known:
                raise ValueError(f"{where}: {name!r} is not there")
        return self

    def _refuse_gaps(self) -> None:
        for kind in (*PlanType, None):
            serving = [
                packet.id for packet in self.packets if packet.rank(payer=None, policy=None, plan_type=kind) is not None
            ]
            if len(serving) != 1:
                raise ValueError(f"plan type {kind or 'of no payer'} has {len(serving)} packets, not one")
        named = [name for packet in self.packets for name in (*packet.payers, *packet.policies)]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} has more than one packet")

    def _names(self, catalog: Catalog) -> Iterator[tuple[str, Mapping[str, object], str]]:
        yield from _item_names("packets/items.toml", self.items, catalog)
        for packet in self.packets:
            where = f"packet {packet.id}"
            for name in packet.payers:
                yield where, catalog.payer, name
            for name in packet.policies:
                yield where, catalog.versions, name
            for name in (*packet.required, *packet.supporting):
                yield where, self.items_of(packet), name
            yield from _item_names(where, packet.item, catalog)
            for telling in packet.telling:
                yield from when_names(f"{where}, {telling.id}", telling.when, catalog)
            for cited in (*packet.clock, *packet.telling):
                for citation in cited.sources:
                    yield where, catalog.source, citation.source


def _item_names(
    where: str, items: tuple[RequiredItem, ...], catalog: Catalog
) -> Iterator[tuple[str, Mapping[str, object], str]]:
    for item in items:
        for citation in item.sources:
            yield f"{where}, {item.id}", catalog.source, citation.source
        for name in questions_of(item.test) if item.test is not None else ():
            yield f"{where}, {item.id}", catalog.question, name


def when_names(where: str, when: When, catalog: Catalog) -> Iterator[tuple[str, Mapping[str, object], str]]:
    """Yield every name a condition uses, with the table it belongs to."""
    for name in when.policies:
        yield where, catalog.versions, name
    for name in (*when.denials, *when.no_denials):
        yield where, {row.id: row for row in catalog.denials}, name
    for test in (*when.met, *when.not_met, *when.open):
        for question in questions_of(test):
            yield where, catalog.question, question
