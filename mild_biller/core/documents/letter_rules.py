"""Letters as the data files say them: paragraphs with places to fill, evidence with its sources, what stops a letter.

A place to fill is `{name}` for a quote of the case, `{F85}` for a result of the evidence, `{@name}` for a term,
`{?words}` for a blank only a person can fill. A template holds no digit of its own: every number is in one of these.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.documents.conditions import When
from mild_biller.core.documents.packet_rules import when_names
from mild_biller.core.documents.quote_catalog import ENTRIES, QuoteNames
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.policy import word
from mild_biller.core.rules.source import Certainty, Citation, Cited, FactIds, Listed, Sure, Text, Words

PLACE: Final = re.compile(r"\{([^{}]*)\}")
EVIDENCE: Final = re.compile(r"F[0-9]{2,3}")


class LetterKind(StrEnum):
    """The letters there are."""

    MEDICAL_NECESSITY = "medical-necessity"
    APPEAL = "appeal"
    PEER_TO_PEER = "peer-to-peer"
    MEMBER_NOTICE = "member-notice"
    RESUBMISSION = "resubmission"
    ABN = "abn"


class Style(StrEnum):
    """How a paragraph is set; `facts`, `evidence` and `form` are tables: of quotes, of results, of a form's fields."""

    SENDER = "sender"
    ADDRESS = "address"
    SUBJECT = "subject"
    HEADING = "heading"
    BODY = "body"
    BULLET = "bullet"
    CHOICE = "choice"
    FACTS = "facts"
    EVIDENCE = "evidence"
    FORM = "form"
    SIGNATURE = "signature"
    SMALL = "small"


class Result(Model):
    """One number of the evidence: never without its time, its group and its source. `published` is a month."""

    id: Annotated[str, Field(pattern=r"^F[0-9]{2,3}$")]
    study: Text
    measure: Text
    value: Text
    unit: str = ""
    time: Text
    group_size: Text
    arm: Text
    p: str = ""
    published: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    publication: Text
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    certainty: Sure

    @property
    def amount(self) -> str:
        """Return value and unit, "258%" without a blank."""
        between = "" if self.unit.startswith("%") else " "
        return f"{self.value}{between}{self.unit}".strip()


class Term(Model):
    """A number or a name with numbers that letters use: a rule, a form, a manual's section; `since` its first day."""

    id: Text
    text: Text
    sources: Annotated[tuple[Citation, ...], Listed, Field(min_length=1)]
    certainty: Sure
    since: date | None = None
    facts: FactIds = ()

    @model_validator(mode="after")
    def _sure_enough(self) -> Self:
        if self.certainty is Certainty.RECOLLECTION:
            raise ValueError("a letter says nothing we only remember")
        return self


def places(text: str) -> tuple[str, ...]:
    """Return the names between the braces of a text."""
    return tuple(PLACE.findall(text))


def _without_digits(text: str) -> str:
    rest = PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        raise ValueError("a brace has no partner")
    if any(character.isdigit() for character in rest):
        raise ValueError("a number in a letter comes from the case, the evidence or a term")
    return text


Template = Annotated[str, AfterValidator(_without_digits)]


class ParagraphRule(Model):
    """One paragraph. `rows` are quotes of a table of facts, `also` those that stand in it only where known,
    `results` the rows of a table of evidence.

    A paragraph whose results were not out on the day of the letter is left out. `newer` names results that must be
    newer than the payer's last review of its policy. `facts` and `sources` bear out what it says in words.
    """

    id: Text
    style: Annotated[Style, word(Style)]
    text: Template = ""
    rows: QuoteNames = ()
    also: QuoteNames = ()
    results: Words = ()
    newer: Words = ()
    when: When = When()
    facts: FactIds = ()
    sources: Annotated[tuple[Citation, ...], Listed] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = {Style.FACTS: self.rows, Style.EVIDENCE: self.results}.get(self.style, self.text)
        if not given and self.style is not Style.FORM:
            raise ValueError("a paragraph of this style has no text, rows or results")
        return self


class Objection(Cited):
    """Why a letter must not go (`refuses`), or what to look at before it does."""

    id: Text
    when: When
    refuses: bool = False


class LetterRule(Model):
    """One kind of letter; `findings` of the review of these ids are said as things to look at."""

    id: Annotated[LetterKind, word(LetterKind)]
    title: Text
    one_page: bool = False
    findings: Words = ()
    paragraph: Annotated[tuple[ParagraphRule, ...], Listed, Field(min_length=1)]
    objection: Annotated[tuple[Objection, ...], Listed] = ()

    @model_validator(mode="after")
    def _ids_stand_once(self) -> Self:
        ids = [paragraph.id for paragraph in self.paragraph]
        if len(set(ids)) != len(ids):
            raise ValueError("two paragraphs have one id")
        return self


class FormField(Model):
    """One field of a government form: the fact for it, and the names its PDF may give the field."""

    letter: Text
    label: Text
    names: Words
    text: Template


class LetterRules(Model):
    """All letters, the evidence, the terms, and the fields of the notice form."""

    letters: tuple[LetterRule, ...]
    results: tuple[Result, ...]
    terms: tuple[Term, ...]
    form_fields: tuple[FormField, ...]

    @cached_property
    def letter(self) -> Mapping[LetterKind, LetterRule]:
        """Letters by kind."""
        return {rule.id: rule for rule in self.letters}

    @cached_property
    def result(self) -> Mapping[str, Result]:
        """Results by fact id."""
        return {row.id: row for row in self.results}

    @cached_property
    def term(self) -> Mapping[str, Term]:
        """Terms by id."""
        return {row.id: row for row in self.terms}

    def checked(self, catalog: Catalog) -> Self:
        """Return itself once every name in it leads somewhere. Raises ValueError with the place and the name."""
        if set(self.letter) != set(LetterKind) or len(self.letters) != len(LetterKind):
            raise ValueError("letters/: there is one letter of each kind")
        if len(self.result) != len(self.results):
            raise ValueError("letters/evidence.toml: two results have one id")
        if len(self.term) != len(self.terms):
            raise ValueError("letters/terms.toml: two terms have one id")
        for where, known, name in self._names(catalog):
            if name not in known:
                raise ValueError(f"{where}: {name!r} is not there")
        return self

    def _names(self, catalog: Catalog) -> Iterator[tuple[str, Mapping[str, object], str]]:
        cited = {row.id: row.sources for row in self.results} | {row.id: row.sources for row in self.terms}
        for name, citations in cited.items():
            for citation in citations:
                yield f"letters/, {name}", catalog.source, citation.source
        for field in self.form_fields:
            yield from self._places(f"letters/abn_fields.toml, {field.letter}", field.text)
        for letter in self.letters:
            for rule in letter.paragraph:
                where = f"letter {letter.id}, {rule.id}"
                yield from self._places(where, rule.text)
                for name in (*rule.results, *rule.newer):
                    yield where, self.result, name
                for citation in rule.sources:
                    yield where, catalog.source, citation.source
                yield from when_names(where, rule.when, catalog)
            for objection in letter.objection:
                where = f"letter {letter.id}, {objection.id}"
                yield from when_names(where, objection.when, catalog)
                for citation in objection.sources:
                    yield where, catalog.source, citation.source

    def _places(self, where: str, text: str) -> Iterator[tuple[str, Mapping[str, object], str]]:
        for place in places(text):
            if place.startswith("@"):
                yield where, self.term, place[1:]
            elif EVIDENCE.fullmatch(place):
                yield where, self.result, place
            elif not place.startswith("?"):
                yield where, ENTRIES, place
