"""What the determination panel says: the verdict in lines, and the findings in groups, worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import keys_of, pointer_to, read
from mild_biller.core.case.repair import Repair
from mild_biller.core.coverage.assess import Determination, decided
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.policy import Policy
from mild_biller.core.rules.source import RemedyKind
from mild_biller.presentation.claim.box_notes import place_words
from mild_biller.presentation.labels import typed_words, words
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import shown_day, shown_days

MOST_IN_A_ROW = 400  # characters; the rest is in the details below the list


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row: what is so, what to do, and the key it leads to."""

    tone: Tone
    text: str
    remedy: str
    path: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind; a closed one shows only its title until it is opened."""

    key: str
    title: str
    tone: Tone
    entries: tuple[FindingRow, ...]
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The determination in words."""

    headline: str
    tone: Tone
    lines: tuple[str, ...]
    stale: str = ""


def tone_of(finding: Finding, case: Case) -> Tone:
    """Return how a finding is marked; an empty field that stops the claim is a thing to fill in."""
    if finding.severity is Severity.ERROR:
        return Tone.NEEDED if _is_empty(read(case, finding.path)) else Tone.ERROR
    if finding.severity is Severity.INFO:
        return Tone.GOOD if finding.outcome is Outcome.MET else Tone.INFO
    return {Severity.HOLD: Tone.HOLD, Severity.WARNING: Tone.WARNING}[finding.severity]


def _is_empty(value: object) -> bool:
    return value is None or value in ("", ())


def groups(review: Review, *, faults: Mapping[str, str], catalog: Catalog) -> tuple[Group, ...]:
    """Return every group, the empty ones too, always in one order. `faults`: labels of unread fields by pointer."""
    by_tone: dict[Tone, list[FindingRow]] = {tone: [] for tone in Tone}
    for finding in review.findings:
        tone = tone_of(finding, review.case)
        by_tone[tone].append(_of_finding(finding, tone))
    unread = (FindingRow(Tone.ERROR, f"{label} could not be read.", "", path) for path, label in faults.items())
    facility = review.of_both_claims[len(review.findings) :]
    beside = [(tone_of(each, review.case), each) for each in facility if each.severity is not Severity.INFO]
    asked = (_question(path, catalog) for path in review.assessment.missing)
    return (
        Group("unread", "Could not be read: not saved in the case", Tone.ERROR, tuple(unread)),
        Group("error", "Must fix before billing", Tone.ERROR, tuple(by_tone[Tone.ERROR])),
        Group("hold", "Needs review", Tone.HOLD, tuple(by_tone[Tone.HOLD])),
        Group("needed", "Required: blank", Tone.NEEDED, tuple(by_tone[Tone.NEEDED])),
        Group(
            "facility", "On the facility's claim", Tone.HOLD, tuple(_of_finding(each, tone) for tone, each in beside)
        ),
        Group("warning", "Warnings", Tone.WARNING, tuple(by_tone[Tone.WARNING])),
        Group("asked", "Missing answers that could change the result", Tone.UNKNOWN, tuple(asked)),
        Group("met", "Criteria met", Tone.GOOD, tuple(by_tone[Tone.GOOD]), is_open=False),
        Group("info", "For your information", Tone.INFO, tuple(by_tone[Tone.INFO]), is_open=False),
        Group("repairs", "Changed or assumed on the form", Tone.INFO, _repairs(review.repairs), is_open=False),
    )


def problems(found: Iterable[Group]) -> tuple[FindingRow, ...]:
    """Return what F8 walks through: all that is above a mere notice."""
    walked = ("unread", "error", "hold", "needed", "facility", "warning")
    return tuple(entry for group in found if group.key in walked for entry in group.entries)


def _of_finding(finding: Finding, tone: Tone) -> FindingRow:
    text, remedy = shown_days(finding.message), shown_days(remedy_text(finding))
    return FindingRow(tone, _short(text), _short(remedy), finding.path, finding)


def remedy_text(finding: Finding) -> str:
    """Return what to do about a finding; what follows from a determination changes nothing in the chart."""
    if not finding.remedy:
        return ""
    follows = finding.remedy_kind is RemedyKind.ONLY_IF_TRUE and finding.topic is Topic.POSITION
    return f"{words(RemedyKind.ASK_PAYER if follows else finding.remedy_kind)}{finding.remedy}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_IN_A_ROW else f"{text[:MOST_IN_A_ROW]}…"


def _question(path: str, catalog: Catalog) -> FindingRow:
    keys = keys_of(path)
    tops = {pointer_to(keys[:length]) for length in range(1, len(keys) + 1)}
    asked = [question for question in catalog.questions if question.path in tops]
    text = max(asked, key=lambda question: len(question.path)).text if asked else place_words(path)
    return FindingRow(Tone.UNKNOWN, text, "", path)


def _repairs(repairs: tuple[Repair, ...]) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(
            Tone.INFO,
            _short(
                f"Printed as {each.repaired}" if each.typed is not None else shown_days(f"Assumed: {each.repaired}")
            ),
            _short(typed_words(each)) if each.typed is not None else f"Assumed by default ({place_words(each.path)}).",
            each.path,
        )
        for each in repairs
    )


TONES = {
    Determination.COVERED: Tone.GOOD,
    Determination.NOT_COVERED: Tone.ERROR,
    Determination.CONDITIONAL: Tone.UNKNOWN,
    Determination.INDETERMINATE: Tone.HOLD,
}


def verdict(review: Review) -> Verdict:
    """Put the determination in words; "covered" always says by which policy, and that it is no guarantee."""
    assessment = review.assessment
    undecided = (found.message for found in review.findings if found.topic is Topic.POSITION)
    said = decided(assessment.determination, assessment.policy) if assessment.policy is not None else undecided
    return Verdict(
        headline=words(assessment.determination),
        tone=TONES[assessment.determination],
        lines=(*map(shown_days, said), f"{words(review.prior_authorization)}."),
        stale=_stale(assessment.policy, assessment.today),
    )


def _stale(policy: Policy | None, today: date) -> str:
    if policy is None or policy.next_review is None or not policy.is_stale(today):
        return ""
    return f"The payer's next review was due {shown_day(policy.next_review)}: check for a newer version."
