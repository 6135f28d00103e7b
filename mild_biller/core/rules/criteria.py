"""The tests a policy may contain: a closed set of operators, each met, not met or unknown.

Unknown spreads: `all_of` is not met as soon as one part is not met, and unknown while none is but one is open.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator

from mild_biller.core.case.base import Model
from mild_biller.core.case.codes import PROCEDURE
from mild_biller.core.case.model import Case, PriorProcedure
from mild_biller.core.case.vocabulary import PriorKind, Region
from mild_biller.core.rules.diagnosis_shape import Dated, diagnosis_fault
from mild_biller.core.rules.question import Question, QuestionKind, Questions
from mild_biller.core.rules.source import Certainty, Exact, FactIds, Listed, Text, Words


class Outcome(StrEnum):
    """How a test came out."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judgment:
    """An outcome, the key to change or fill, why (for a person), and what could still settle it."""

    outcome: Outcome
    path: str
    why: str = ""
    open_paths: tuple[str, ...] = ()
    for_a_person: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What criteria are judged by: the case, the questions, the codes of earlier procedures and of diagnoses."""

    case: Case
    questions: Questions
    prior_codes: Mapping[str, "PriorCode"]
    diagnoses: Mapping[str, Dated]

    @property
    def date_of_service(self) -> date | None:
        """Return the date of service, None while unknown."""
        return self.case.procedure.date_of_service if self.case.procedure else None


class PriorCode(Model):
    """A procedure code an earlier operation may be recorded under."""

    code: Text
    kind: Annotated[PriorKind, BeforeValidator(lambda value: PriorKind(value))]
    certainty: Annotated[Certainty, BeforeValidator(lambda value: Certainty(value))]
    facts: FactIds = ()


class Is(Model):
    """The answer is just this."""

    op: Literal["is"]
    question: Text
    value: bool | str

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Compare the answer with the value."""
        return _ask(knowledge.questions[self.question], knowledge.case, lambda answer: bool(answer == self.value))


class OneOf(Model):
    """The answer is one of these."""

    op: Literal["one_of"]
    question: Text
    values: Words

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Look the answer up among the values."""
        return _ask(knowledge.questions[self.question], knowledge.case, lambda answer: answer in self.values)


class AtLeast(Model):
    """The answer is this number or more."""

    op: Literal["at_least"]
    question: Text
    number: Exact

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Compare the answer with the number."""
        return _ask(knowledge.questions[self.question], knowledge.case, lambda answer: answer >= self.number)


class AtMost(Model):
    """The answer is this number or less."""

    op: Literal["at_most"]
    question: Text
    number: Exact

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Compare the answer with the number."""
        return _ask(knowledge.questions[self.question], knowledge.case, lambda answer: answer <= self.number)


class DiagnosisIn(Model):
    """A diagnosis of the procedure is one of these; `unclear` ones leave it to a person."""

    op: Literal["diagnosis_in"]
    codes: Words
    unclear: Words = ()

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Look the diagnoses up; none given and a malformed one are unknown, typed as none is not met."""
        codes, path = _diagnoses(knowledge.case)
        if codes is None:
            return Judgment(Outcome.UNKNOWN, path, "no diagnosis is entered", (path,))
        at = f"{path}/0" if codes else path
        for index, code in enumerate(codes):
            if code in self.codes:
                return Judgment(Outcome.MET, f"{path}/{index}")
        if any(code in self.unclear for code in codes):
            return Judgment(Outcome.UNKNOWN, at, "a coder must review the diagnosis", (at,), for_a_person=True)
        for index, code in enumerate(codes):
            if diagnosis_fault(code, knowledge.date_of_service, knowledge.diagnoses):
                wrong = f"{path}/{index}"
                return Judgment(Outcome.UNKNOWN, wrong, "the diagnosis code is invalid", (wrong,))
        return Judgment(Outcome.NOT_MET, at)


class NoneWithinBeforeService(Model):
    """No earlier procedure of these kinds in the months before the date of service.

    `searched` is the question whose yes says that the record was searched and holds none.
    """

    op: Literal["none_within_before_service"]
    months: int
    kinds: Annotated[tuple[Annotated[PriorKind, BeforeValidator(lambda value: PriorKind(value))], ...], Listed]
    region: Annotated[Region, BeforeValidator(lambda value: Region(value))]
    searched: Text

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Look every earlier procedure up in the window; the first day of the window is nobody's to call."""
        service = knowledge.date_of_service
        if service is None:
            return Judgment(
                Outcome.UNKNOWN, "/procedure/date_of_service", "no date of service", ("/procedure/date_of_service",)
            )
        first_day = months_before(service, self.months)
        entries = knowledge.case.prior_procedures or ()
        verdicts = [
            self._entry(entry, f"/prior_procedures/{index}", knowledge.prior_codes, first_day, service)
            for index, entry in enumerate(entries)
        ]
        return _worst([verdict for verdict in verdicts if verdict] or [self._by_answer(knowledge)])

    def _entry(
        self, entry: PriorProcedure, path: str, codes: Mapping[str, PriorCode], first_day: date, service: date
    ) -> Judgment | None:
        """Judge one entry that counts or may count; None when it cannot matter."""
        counts = self._counts(entry, codes)
        if counts is Outcome.NOT_MET or (entry.date and not first_day <= entry.date < service):
            return None
        if entry.date is None:
            return Judgment(Outcome.UNKNOWN, f"{path}/date", "a prior procedure has no date", (f"{path}/date",))
        if counts is Outcome.UNKNOWN:
            open_key = f"{path}/region" if entry.region is None else f"{path}/kind"
            return Judgment(
                Outcome.UNKNOWN,
                open_key,
                "a prior procedure may count: check the record",
                (open_key,),
                for_a_person=True,
            )
        if entry.date == first_day:
            why = f"a prior procedure is on the first day of the look-back, {first_day.isoformat()}"
            return Judgment(Outcome.UNKNOWN, f"{path}/date", why, (f"{path}/date",), for_a_person=True)
        why = f"a prior procedure of {entry.date.isoformat()} is within the {self.months} months before"
        return Judgment(Outcome.NOT_MET, path, why)

    def _counts(self, entry: PriorProcedure, codes: Mapping[str, PriorCode]) -> Outcome:
        """Judge whether an entry counts: met, it does; unknown, it needs review."""
        if entry.region is not None and entry.region is not self.region:
            return Outcome.NOT_MET
        listed = codes.get(entry.code) if entry.code else None
        by_kind = entry.kind in self.kinds
        by_code = listed is not None and listed.kind in self.kinds
        if by_kind or (by_code and listed is not None and listed.certainty.may_block and entry.kind is None):
            return Outcome.MET if entry.region is not None else Outcome.UNKNOWN
        malformed = bool(entry.code) and PROCEDURE.fault(entry.code or "") is not None
        undecided = by_code or (entry.kind is None and listed is None) or (malformed and entry.kind is PriorKind.OTHER)
        return Outcome.UNKNOWN if undecided else Outcome.NOT_MET

    def _by_answer(self, knowledge: Knowledge) -> Judgment:
        """Judge by the answer alone, where no entry counts."""
        asked = knowledge.questions[self.searched]
        if asked.answer(knowledge.case) or knowledge.case.prior_procedures:
            return Judgment(Outcome.MET, asked.path)
        return Judgment(Outcome.UNKNOWN, asked.path, "the record has not been searched", (asked.path,))


class AllOf(Model):
    """Every part is met."""

    op: Literal["all_of"]
    parts: Annotated[tuple["Test", ...], Listed]

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Return the worst part."""
        return _worst([part.judge(knowledge) for part in self.parts])


class AnyOf(Model):
    """One part is met."""

    op: Literal["any_of"]
    parts: Annotated[tuple["Test", ...], Listed]

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Return the best part; while none is met, every part that is open."""
        judged = [part.judge(knowledge) for part in self.parts]
        met = [each for each in judged if each.outcome is Outcome.MET]
        unknown = [each for each in judged if each.outcome is Outcome.UNKNOWN]
        return _worst(met[:1] or unknown or judged)


class NoneOf(Model):
    """No part is met."""

    op: Literal["none_of"]
    parts: Annotated[tuple["Test", ...], Listed]

    def judge(self, knowledge: Knowledge) -> Judgment:
        """Return the worst of the parts turned round."""
        return _worst([_turned(part.judge(knowledge)) for part in self.parts])


Test = Annotated[
    Is | OneOf | AtLeast | AtMost | DiagnosisIn | NoneWithinBeforeService | AllOf | AnyOf | NoneOf,
    Discriminator("op"),
]


def tests_of(test: Test) -> Iterator[Test]:
    """Yield a test and every part of it."""
    yield test
    if isinstance(test, AllOf | AnyOf | NoneOf):
        for part in test.parts:
            yield from tests_of(part)


def questions_of(test: Test) -> Iterable[str]:
    """Yield the ids of the questions a test asks."""
    for each in tests_of(test):
        if isinstance(each, Is | OneOf | AtLeast | AtMost):
            yield each.question
        elif isinstance(each, NoneWithinBeforeService):
            yield each.searched


def misfit(test: Test, question: Question) -> str | None:
    """Return what a question can never answer, None where the test fits it."""
    if isinstance(test, AtLeast | AtMost) and question.kind is not QuestionKind.NUMBER:
        return f"{question.id!r} is no number"
    if isinstance(test, NoneWithinBeforeService) and not (question.kind is QuestionKind.YES_NO and question.said):
        return f"{question.id!r} has no yes that a letter can quote; give it the kind yes-no and the key 'said'"
    values = (test.value,) if isinstance(test, Is) else test.values if isinstance(test, OneOf) else ()
    for value in values:
        if isinstance(value, bool) is not (question.kind is QuestionKind.YES_NO):
            return f"{value!r} is no answer to {question.id!r}"
        if question.choices and value not in question.choices:
            return f"{value!r} is no answer to {question.id!r}"
    return None


def months_before(day: date, months: int) -> date:
    """Return the same day `months` calendar months earlier; a day that does not exist is its month's last.

    Months below nothing count forward. The calendar's first and last day bound the answer.
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months > 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _ask(question: Question, case: Case, holds: Callable[[Any], bool]) -> Judgment:
    answer = question.answer(case)
    if answer is None:
        return Judgment(Outcome.UNKNOWN, question.path, "not answered", (question.path,))
    return Judgment(Outcome.MET if holds(answer) else Outcome.NOT_MET, question.path)


def _worst(judgments: list[Judgment]) -> Judgment:
    """Return the first not met, else the first unknown (with every open key), else the first met."""
    for judged in judgments:
        if judged.outcome is Outcome.NOT_MET:
            return judged
    unknown = [judged for judged in judgments if judged.outcome is Outcome.UNKNOWN]
    if not unknown:
        return judgments[0]
    person = [judged for judged in unknown if judged.for_a_person]
    first = (person or unknown)[0]
    open_paths = tuple(dict.fromkeys(path for judged in unknown for path in judged.open_paths))
    return Judgment(Outcome.UNKNOWN, first.path, first.why, open_paths, first.for_a_person)


def _turned(judged: Judgment) -> Judgment:
    turned = {Outcome.MET: Outcome.NOT_MET, Outcome.NOT_MET: Outcome.MET, Outcome.UNKNOWN: Outcome.UNKNOWN}
    return Judgment(
        turned[judged.outcome], judged.path, judged.why, judged.open_paths, for_a_person=judged.for_a_person
    )


def _diagnoses(case: Case) -> tuple[tuple[str, ...] | None, str]:
    """Return the diagnoses a criterion looks at, those of the procedure first, and where they stand."""
    if case.procedure and case.procedure.diagnoses is not None:
        return case.procedure.diagnoses, "/procedure/diagnoses"
    if case.claim and case.claim.diagnoses is not None:
        return case.claim.diagnoses, "/claim/diagnoses"
    return None, "/procedure/diagnoses"
