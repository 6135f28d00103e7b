"""Where a rule comes from, and how sure we are of it."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from mild_biller.core.case.base import Model


class Certainty(StrEnum):
    """How a fact is known; only the first three may stop a claim."""

    SEED = "seed"
    OFFICIAL = "official"
    MEASURED = "measured"
    SECONDARY = "secondary"
    RECOLLECTION = "recollection"

    @property
    def may_block(self) -> bool:
        """Return True if a rule of this certainty may be an error."""
        return self in (Certainty.SEED, Certainty.OFFICIAL, Certainty.MEASURED)


Text = Annotated[str, StringConstraints(min_length=1)]
FactId = Annotated[str, StringConstraints(pattern=r"^[FT][0-9]{1,2}$")]


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


# TOML gives lists, the models keep tuples.
Listed = BeforeValidator(_listed)
FactIds = Annotated[tuple[FactId, ...], Listed]
Words = Annotated[tuple[Text, ...], Listed]


class Source(Model):
    """A document: its short id, title, file (None when it is not one of the five) and its own date."""

    id: Text
    title: Text
    file: str | None = None
    date: Text


class Citation(Model):
    """A place in a source."""

    source: Text
    place: Text


class RemedyKind(StrEnum):
    """What mending a finding means."""

    FIX = "fix"
    ONLY_IF_TRUE = "only-if-true"
    ASK_PAYER = "ask-payer"
    NONE = "none"


def _decimal(value: object) -> object:
    if not isinstance(value, str | int):
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        raise ValueError("a number has digits and a decimal point, in quotes") from None


# TOML gives text, the models keep exact numbers.
Exact = Annotated[Decimal, BeforeValidator(_decimal)]


def _remedy_kind(value: object) -> object:
    return RemedyKind(value) if isinstance(value, str) else value


def _certainty(value: object) -> object:
    return Certainty(value) if isinstance(value, str) else value


Sure = Annotated[Certainty, BeforeValidator(_certainty)]


class Cited(Model):
    """A sentence shown to users, what to do about it, and where it comes from."""

    message: Text
    remedy: str = ""
    remedy_kind: Annotated[RemedyKind, BeforeValidator(_remedy_kind)] = RemedyKind.NONE
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    certainty: Sure
    facts: FactIds = ()
    denial: Words = ()
