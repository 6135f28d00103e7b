"""A letter filled from a case and the evidence: its paragraphs, its references, and every blank left in it."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mild_biller.core.documents.letter_rules import (
    EVIDENCE,
    PLACE,
    FormField,
    LetterKind,
    LetterRule,
    LetterRules,
    ParagraphRule,
    Result,
    Style,
    places,
)
from mild_biller.core.documents.quote import Blank, Piece, Pieces, Subject
from mild_biller.core.documents.quote_catalog import ENTRIES, quote
from mild_biller.core.documents.remark import Remark, of_finding, remark
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.source import Citation

BLANK: Final = re.compile(r"\[ ([^\[\]]+) \]")
EVIDENCE_HEADS: Final = ("Study", "Measure", "Result", "Time and group", "Source")

Edits = Mapping[str, str]
Row = tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a letter; `rows` are the cells of a table, its heads first where it has any."""

    id: str
    style: Style
    pieces: Pieces
    rows: tuple[Row, ...] = ()
    is_edited: bool = False

    @property
    def text(self) -> str:
        """Return the words, blanks in brackets; what a person may edit."""
        return "".join(str(piece) for piece in self.pieces)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Return what nobody has filled."""
        cells = (piece for row in self.rows for cell in row for piece in cell)
        return tuple(piece for piece in (*self.pieces, *cells) if isinstance(piece, Blank))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of one day. `refusals` say why it must not go at all, `cautions` what to look at before it does."""

    kind: LetterKind
    title: str
    day: date
    one_page: bool
    paragraphs: tuple[Paragraph, ...]
    references: tuple[str, ...]
    results: tuple[str, ...]
    refusals: tuple[Remark, ...]
    cautions: tuple[Remark, ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Return every blank once, in the order of the letter."""
        return tuple(dict.fromkeys(blank for paragraph in self.paragraphs for blank in paragraph.blanks))

    @property
    def text(self) -> str:
        """Return all words of the letter, a line a paragraph or row."""
        lines = [line for paragraph in self.paragraphs for line in _lines(paragraph)]
        return "\n".join((*lines, *self.references))


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What belongs into one field of a government form, and the names its PDF may give the field."""

    letter: str
    label: str
    names: tuple[str, ...]
    pieces: Pieces

    @property
    def text(self) -> str:
        """Return what to write; nothing where something is unknown."""
        return "" if any(isinstance(piece, Blank) for piece in self.pieces) else "".join(map(str, self.pieces))


def letter(
    kind: LetterKind, review: Review, *, catalog: Catalog, rules: LetterRules, edits: Edits | None = None
) -> Letter:
    """Fill a letter for a case. `edits` are paragraphs the user rewrote, by paragraph id. Never raises."""
    rule, subject = rules.letter[kind], Subject(review, catalog)
    writer = _LetterWriter(subject, rules, edits or {})
    paragraphs = tuple(writer.paragraphs(rule))
    held = [each for each in rule.objection if each.when.holds(subject)]
    told = [of_finding(found) for found in review.findings if found.rule in rule.findings]
    return Letter(
        kind=kind,
        title=rule.title,
        day=subject.today,
        one_page=rule.one_page,
        paragraphs=paragraphs,
        references=writer.references,
        results=tuple(writer.results),
        refusals=tuple(remark(each, name=each.id, catalog=catalog) for each in held if each.refuses),
        cautions=(*(remark(each, name=each.id, catalog=catalog) for each in held if not each.refuses), *told),
    )


def form_entries(review: Review, *, catalog: Catalog, rules: LetterRules) -> tuple[FormEntry, ...]:
    """Return what belongs into each field of the advance notice form."""
    writer = _LetterWriter(Subject(review, catalog), rules, {})
    return tuple(_form_entry(field, writer) for field in rules.form_fields)


@dataclass
class _LetterWriter:
    """Writes one letter; numbers its references and keeps the results it used, in order."""

    subject: Subject
    rules: LetterRules
    edits: Edits
    reports: dict[str, dict[str, None]] = field(default_factory=dict)
    results: dict[str, None] = field(default_factory=dict)

    def paragraphs(self, rule: LetterRule) -> Iterator[Paragraph]:
        """Yield the paragraphs that belong in this case."""
        for each in rule.paragraph:
            if each.when.holds(self.subject) and self._may_stand(each):
                made = self._paragraph(each)
                if made.pieces or made.rows:
                    yield made

    def _may_stand(self, rule: ParagraphRule) -> bool:
        """Leave out what rests on results that were not out yet, or are no newer than the payer's review."""
        named = [self.rules.result[place] for place in places(rule.text) if EVIDENCE.fullmatch(place)]
        terms = [self.rules.term[place[1:]] for place in places(rule.text) if place.startswith("@")]
        newer = [self.rules.result[name] for name in rule.newer]
        policy = self.subject.review.assessment.policy
        reviewed = policy.payer_reviewed_on if policy is not None else None
        is_newer = reviewed is not None and all(f"{reviewed:%Y-%m}" < each.published for each in newer)
        is_told = all(each.since is None or each.since <= self.subject.today for each in terms)
        return is_told and all(self._is_out(each) for each in (*named, *newer)) and (not newer or is_newer)

    def _is_out(self, result: Result) -> bool:
        """Return True if a result was published and reported in a source of ours; a month means its last day."""
        return _is_reported(result.sources, self.subject) and last_day(result.published) <= self.subject.today

    def _paragraph(self, rule: ParagraphRule) -> Paragraph:
        if rule.style is Style.FACTS:
            return Paragraph(rule.id, rule.style, (), tuple(self._facts(rule)))
        if rule.style is Style.EVIDENCE:
            return Paragraph(rule.id, rule.style, (), tuple(self._evidence(rule)))
        if rule.style is Style.FORM:
            return Paragraph(rule.id, rule.style, (), tuple(self._form()))
        written = self.filled(rule.text)
        edited = self.edits.get(rule.id)
        if edited is None:
            return Paragraph(rule.id, rule.style, written)
        return Paragraph(rule.id, rule.style, typed(edited), is_edited=True)

    def _facts(self, rule: ParagraphRule) -> Iterator[Row]:
        known = [name for name in rule.also if quote(name, self.subject).is_known]
        for name in (*rule.rows, *known):
            said = quote(name, self.subject)
            yield (said.label,), said.pieces

    def _evidence(self, rule: ParagraphRule) -> Iterator[Row]:
        results = [self.rules.result[name] for name in rule.results]
        usable = [result for result in results if self._is_out(result)]
        if usable:
            yield tuple((head,) for head in EVIDENCE_HEADS)
        for result in usable:
            chance = f" (p {result.p})" if result.p else ""
            group = f"{result.time}; {result.arm}: {result.group_size}"
            cells = (result.study, result.measure, f"{result.amount}{chance}", group, self._cite(result))
            yield tuple((cell,) for cell in cells)

    def _form(self) -> Iterator[Row]:
        for each in self.rules.form_fields:
            yield (f"{each.letter} {each.label}",), _form_entry(each, self).pieces

    def filled(self, text: str) -> Pieces:
        """Return a template with its places filled."""
        pieces: list[Piece] = []
        end = 0
        for match in PLACE.finditer(text):
            pieces += [text[end : match.start()], *self._place(match[1])]
            end = match.end()
        return _merged((*pieces, text[end:]))

    def _place(self, place: str) -> Pieces:
        if place.startswith("?"):
            return (Blank(place[1:]),)
        if place.startswith("@"):
            return (self.rules.term[place[1:]].text,)
        if place in ENTRIES:
            return quote(place, self.subject).pieces
        return (self._clause(self.rules.result[place]),)

    def _clause(self, result: Result) -> str:
        """Write a result, always with its time, its group and its source."""
        chance = f", p {result.p}" if result.p else ""
        return f"{result.amount} at {result.time} ({result.arm}: {result.group_size}{chance}) {self._cite(result)}"

    def _cite(self, result: Result) -> str:
        self.results[result.id] = None
        catalog = self.subject.catalog
        told = self.reports.setdefault(result.publication, {})
        told.update(dict.fromkeys(f"{catalog.source[each.source].title}, {each.place}" for each in result.sources))
        return f"[{list(self.reports).index(result.publication) + 1}]"

    @property
    def references(self) -> tuple[str, ...]:
        """Return each publication used with all places that report it."""
        reports = enumerate(self.reports.items(), start=1)
        return tuple(f"[{number}] {words}. As reported in: {'; '.join(told)}." for number, (words, told) in reports)


def typed(text: str) -> Pieces:
    """Return a text a person wrote, what is in brackets with blanks as still to fill."""
    parts = BLANK.split(text)
    return _merged(tuple(Blank(part) if index % 2 else part for index, part in enumerate(parts)))


def _form_entry(field: FormField, writer: _LetterWriter) -> FormEntry:
    return FormEntry(field.letter, field.label, field.names, writer.filled(field.text))


def _merged(pieces: Pieces) -> Pieces:
    """Return the pieces without empty words, adjacent words as one."""
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece:
            merged.append(piece)
    return tuple(merged)


def _lines(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.pieces:
        yield paragraph.text
    for row in paragraph.rows:
        yield " | ".join("".join(map(str, cell)) for cell in row)


def _is_reported(citations: tuple[Citation, ...], subject: Subject) -> bool:
    """Return True if one of the sources was published by the day of the letter."""
    return any(last_day(subject.catalog.source[each.source].date) <= subject.today for each in citations)


def last_day(text: str) -> date:
    """Return the day a source's date means: a month or a year alone, its last."""
    year, month, day = (*(int(part) for part in text.split("-")), *(0, 0))[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
