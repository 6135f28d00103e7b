"""What the determination panel says: the verdict in lines, and the findings in groups, worst first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import read
from mild_biller.core.case.repair import Repair
from mild_biller.core.coverage.assess import Determination
from mild_biller.core.review.review import Review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.policy import Policy
from mild_biller.presentation.labels import typed_words, words
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import shown_day, shown_days

MOST_IN_A_ROW = 400  # characters; the rest stands in the details below the list


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
    """Rows of one kind; a closed one shows only its title until somebody opens it."""

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
    unread = (FindingRow(Tone.ERROR, f"{label} cannot be read.", "", path) for path, label in faults.items())
    facility = review.of_both_claims[len(review.findings) :]
    beside = [(tone_of(each, review.case), each) for each in facility if each.severity is not Severity.INFO]
    asked = (_question(path, catalog) for path in review.assessment.missing)
    return (
        Group("unread", "Cannot be read, so not in the case", Tone.ERROR, tuple(unread)),
        Group("error", "Stops the claim", Tone.ERROR, tuple(by_tone[Tone.ERROR])),
        Group("hold", "A person must decide", Tone.HOLD, tuple(by_tone[Tone.HOLD])),
        Group("needed", "Stops the claim: still empty", Tone.NEEDED, tuple(by_tone[Tone.NEEDED])),
        Group(
            "facility", "On the facility's claim", Tone.HOLD, tuple(_of_finding(each, tone) for tone, each in beside)
        ),
        Group("warning", "Warnings", Tone.WARNING, tuple(by_tone[Tone.WARNING])),
        Group("asked", "Still to ask: could change the answer", Tone.UNKNOWN, tuple(asked)),
        Group("met", "Met", Tone.GOOD, tuple(by_tone[Tone.GOOD]), is_open=False),
        Group("info", "To know", Tone.INFO, tuple(by_tone[Tone.INFO]), is_open=False),
        Group("repairs", "Changed or assumed on the form", Tone.INFO, _repairs(review.repairs), is_open=False),
    )


def problems(found: Iterable[Group]) -> tuple[FindingRow, ...]:
    """Return what F8 walks through: all that is above a mere notice."""
    walked = ("unread", "error", "hold", "needed", "facility", "warning")
    return tuple(entry for group in found if group.key in walked for entry in group.entries)


def _of_finding(finding: Finding, tone: Tone) -> FindingRow:
    remedy = f"{words(finding.remedy_kind)}{finding.remedy}" if finding.remedy else ""
    return FindingRow(tone, _short(shown_days(finding.message)), _short(shown_days(remedy)), finding.path, finding)


def _short(text: str) -> str:
    return text if len(text) <= MOST_IN_A_ROW else f"{text[:MOST_IN_A_ROW]}…"


def _question(path: str, catalog: Catalog) -> FindingRow:
    parts = path.split("/")
    tops = {"/".join(parts[:length]) for length in range(2, len(parts) + 1)}
    asked = [question for question in catalog.questions if question.path in tops]
    text = max(asked, key=lambda question: len(question.path)).text if asked else path
    return FindingRow(Tone.UNKNOWN, text, "", path)


def _repairs(repairs: tuple[Repair, ...]) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(
            Tone.INFO,
            _short(
                f"Printed as {each.repaired}" if each.typed is not None else shown_days(f"Assumed: {each.repaired}")
            ),
            _short(typed_words(each)) if each.typed is not None else f"Nobody has said otherwise ({each.path}).",
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
    said = next(found.message for found in review.findings if found.topic is Topic.POSITION)
    lines = list(_policy_lines(assessment.determination, assessment.policy)) or [shown_days(said)]
    lines.append(f"{words(review.prior_authorization)}.")
    return Verdict(
        headline=words(assessment.determination),
        tone=TONES[assessment.determination],
        lines=tuple(lines),
        stale=_stale(assessment.policy, assessment.today),
    )


def _policy_lines(determination: Determination, policy: Policy | None) -> Iterator[str]:
    if policy is None:
        return
    start = {
        Determination.COVERED: "Meets the criteria of",
        Determination.CONDITIONAL: "Not every criterion is known yet of",
    }.get(determination, "Decided by")
    end = "; no guarantee of payment" if determination is Determination.COVERED else ""
    since, compared = shown_day(policy.effective_from), shown_day(policy.compared_on)
    yield f"{start} {policy.title}, from {since}, compared {compared}{end}."
    yield policy.position_message


def _stale(policy: Policy | None, today: date) -> str:
    if policy is None or policy.next_review is None or not policy.is_stale(today):
        return ""
    return f"The payer meant to review this text by {shown_day(policy.next_review)}: look for a newer one."
