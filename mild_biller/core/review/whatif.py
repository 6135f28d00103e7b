"""What would make a case payable, and the same case under other payers, settings and dates.

Two kinds of change are kept apart: clerical errors on the claim, which may be fixed, and facts of the chart, which may
be changed only if documented. No fact is ever proposed; only the question, and what the policy requires.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case, Coverage, Procedure
from mild_biller.core.case.pointer import keys_of, pointer_to, read, without, write
from mild_biller.core.case.repair import repair
from mild_biller.core.case.vocabulary import Setting
from mild_biller.core.claim.claim import RevenueLine, ServiceLine
from mild_biller.core.claim.derive import derive
from mild_biller.core.claim.facility import facility_case
from mild_biller.core.coverage.assess import Assessment, Determination, assess
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.policy import TRIAL_PREFIX, Position
from mild_biller.core.rules.source import RemedyKind

MOST_STEPS = 24
MOST_TRIALS = 60
TYPED_FOR_THIS_CLAIM = (
    "form",
    "lines",
    "revenue_lines",
    "diagnoses",
    "condition_codes",
    "value_codes",
    "type_of_bill",
)
CLAIMS = ("/claim/", "/facility_claim/")
Reviewer = Callable[[Case], Review]


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip on the claim: taking the typed value at `path` away lets the program derive the right one.

    `before` and `after` are the value as typed and as derived. Errors of one `step` are fixed together; where
    the user must enter the right value, `step` and `after` are None.
    """

    path: str
    rule: str
    message: str
    remedy: str
    before: Any
    after: Any
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the chart that blocks payment; to be changed only if documented."""

    path: str
    rule: str
    outcome: Outcome
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """The same case with one thing changed: `kind` is payer, setting or date.

    `facility_lines` is None where no claim of the facility's own is entered.
    """

    kind: str
    value: str
    determination: Determination
    position: Position
    lines: tuple[ServiceLine, ...]
    facility_lines: tuple[ServiceLine, ...] | None = None


def slips(case: Case, *, reviewer: Reviewer) -> tuple[Slip, ...]:
    """Return the smallest set of typed values whose removal fixes the claim, and the errors that cannot be derived."""
    found: list[Slip] = []
    thrifty = _Thrifty(reviewer)
    current, reviewed = case, reviewer(case)
    for number in range(MOST_STEPS):
        step = next(_steps(current, reviewed, thrifty), None)
        if step is None:
            break
        mended, current, reviewed = step
        found += [replace(each, step=number) for each in mended]
    found += [_by_hand(each, current) for each in _blocking(reviewed) if each.remedy_kind is RemedyKind.FIX]
    return tuple(found)


def facts(reviewed: Review) -> tuple[Fact, ...]:
    """Return the facts of the chart that block payment, as they are, with what the rule requires."""
    return tuple(
        Fact(each.path, each.rule, each.outcome, each.message, each.remedy)
        for each in reviewed.of_both_claims
        if each.remedy_kind is RemedyKind.ONLY_IF_TRUE
        and each.severity in (Severity.ERROR, Severity.HOLD)
        and each.topic is not Topic.POSITION
    )


def _blocking(reviewed: Review) -> tuple[Finding, ...]:
    return tuple(each for each in reviewed.of_both_claims if each.severity in (Severity.ERROR, Severity.HOLD))


def _by_hand(found: Finding, case: Case) -> Slip:
    return Slip(found.path, found.rule, found.message, found.remedy, typed_at(case, found.path), None)


@dataclass(slots=True)
class _Thrifty:
    """Reviews so many trials and no more: a case full of slips must not keep the window waiting."""

    reviewer: Reviewer
    left: int = MOST_TRIALS

    @property
    def is_spent(self) -> bool:
        """Return True if no trial is left."""
        return self.left <= 0

    def __call__(self, case: Case) -> Review:
        """Review a trial."""
        self.left -= 1
        return self.reviewer(case)


def _steps(case: Case, reviewed: Review, reviewer: _Thrifty) -> Iterator[tuple[tuple[Slip, ...], Case, Review]]:
    """Yield each removal that fixes a finding and breaks nothing."""
    before = {(each.rule, each.severity) for each in _blocking(reviewed)}
    for found in _blocking(reviewed):
        if found.remedy_kind is not RemedyKind.FIX or not found.path.startswith(CLAIMS) or reviewer.is_spent:
            continue
        for paths, changed in _removals(case, found.path):
            again = reviewer(changed)
            after = [(each.rule, each.severity) for each in _blocking(again)]
            if len(after) < len(_blocking(reviewed)) and set(after) <= before:
                yield tuple(_slip(found, path, case, changed, again) for path in paths), changed, again


def _slip(found: Finding, path: str, case: Case, changed: Case, again: Review) -> Slip:
    stays = read(changed, pointer_to(keys_of(path)[:2])) is not None
    before, after = typed_at(case, path), _derived(path, again, stays=stays)
    return Slip(path, found.rule, found.message, found.remedy, before, after)


def _removals(case: Case, path: str) -> Iterator[tuple[tuple[str, ...], Case]]:
    """Yield the case without a typed value, and what was removed; a diagnosis takes the typed pointers with it."""
    changed = untyped(case, path)
    if changed is None:
        return
    yield (path,), changed
    base = path[: path.index("/", 1)]
    if path.startswith(f"{base}/diagnoses"):
        paths = [path]
        for index in range(len(read(changed, f"{base}/lines") or ())):
            pointers = f"{base}/lines/{index}/pointers"
            less = untyped(changed, pointers)
            if less is not None:
                paths.append(pointers)
                changed = less
        yield tuple(paths), changed


def untyped(case: Case, path: str) -> Case | None:
    """Return the case without the value typed at a key of a claim, None if there is none.

    A list left empty is removed: it is derived again. A claim left empty stays: it is still entered.
    """
    base = pointer_to(keys_of(path)[:1])
    less = without(case, path)
    if less is None or path == base or read(less, base) is not None:
        return less
    return write(less, base, type(read(case, base))())


def _derived(path: str, reviewed: Review, *, stays: bool) -> Any:
    """Return what the program derives at a key of the claim, None if the user must enter it.

    `stays`: the list that the key is in is still typed.
    """
    name, *rest = keys_of(path)[1:]
    claim = (reviewed if path.startswith("/claim/") else reviewed.facility or reviewed).claim
    part = claim.institutional
    if name == "lines" and len(rest) == 2:
        return _of_line(claim.lines, rest)
    if name == "lines" and not stays:
        return [line.code for line in claim.lines]
    if stays and rest and name not in ("lines", "revenue_lines"):
        return None  # one place of a list is taken out, and nothing takes it
    if name == "diagnoses":
        return [each.code for each in claim.diagnoses]
    if part is None:
        return None
    if name == "revenue_lines" and len(rest) == 2:
        return _of_line(part.revenue_lines, rest)
    derived = {
        "type_of_bill": part.type_of_bill,
        "condition_codes": [each.code for each in part.condition_codes],
        "value_codes": [
            {"code": each.code, "amount": (each.amount or "").removeprefix(TRIAL_PREFIX)} for each in part.value_codes
        ],
    }
    return derived.get(name)


def _of_line(lines: Sequence[ServiceLine] | Sequence[RevenueLine], place: list[str]) -> Any:
    index, key = int(place[0]), place[1]
    return _plain(getattr(lines[index], key, None)) if index < len(lines) else None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Model):
        return value.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return value.isoformat() if isinstance(value, date) else value


def typed_at(case: Case, path: str) -> Any:
    """Return what is typed at a JSON pointer as a slip shows it: words, numbers, lists and dictionaries alone."""
    return _plain(read(case, path))


def by_payer(case: Case, *, catalog: Catalog, today: date) -> Iterator[WhatIfRow]:
    """Yield the case under every payer of the catalog as the primary."""
    others = (case.coverages or ())[1:]
    first = (case.coverages or (Coverage(),))[0]
    for payer in catalog.payers:
        changed = first.model_copy(update={"payer": payer.id})
        yield _row("payer", payer.id, case.model_copy(update={"coverages": (changed, *others)}), catalog, today)


def by_setting(case: Case, *, catalog: Catalog, today: date) -> Iterator[WhatIfRow]:
    """Yield the case in every setting."""
    for setting in Setting:
        yield _row("setting", setting.value, _with_procedure(case, setting=setting), catalog, today)


def by_date(case: Case, dates: tuple[date, ...], *, catalog: Catalog, today: date) -> Iterator[WhatIfRow]:
    """Yield the case on each of these dates of service."""
    for day in dates:
        yield _row("date", day.isoformat(), _with_procedure(case, date_of_service=day), catalog, today)


def _with_procedure(case: Case, **changes: Any) -> Case:
    procedure = (case.procedure or Procedure()).model_copy(update=changes)
    return case.model_copy(update={"procedure": procedure})


def _row(kind: str, value: str, case: Case, catalog: Catalog, today: date) -> WhatIfRow:
    """Judge one changed case; its lines are derived, since typed ones were typed for another claim."""
    repaired, _ = repair(case)
    assessment: Assessment = assess(repaired, catalog=catalog, today=today)
    made = derive(_untyped(repaired), assessment, catalog=catalog)
    facility = facility_case(repaired)
    other = None
    if facility is not None:
        other = derive(_untyped(facility), assessment, catalog=catalog, bills_facility=True).lines
    return WhatIfRow(kind, value, assessment.determination, assessment.position, made.lines, other)


def _untyped(case: Case) -> Case:
    claim = case.claim.model_copy(update=dict.fromkeys(TYPED_FOR_THIS_CLAIM)) if case.claim else None
    return case.model_copy(update={"claim": claim})
