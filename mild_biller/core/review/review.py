"""One case from end to end: repaired, assessed, derived, checked, laid out in boxes. The one entry for every view."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from mild_biller.core.case.model import Case
from mild_biller.core.case.repair import Repair, repair
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.claim import Claim
from mild_biller.core.claim.derive import derive
from mild_biller.core.claim.estimate import Estimate, estimate
from mild_biller.core.claim.facility import facility_case, moved, moved_findings, own_findings
from mild_biller.core.coverage.assess import Assessment, assess, date_of_service
from mild_biller.core.edits.all_edits import edits
from mild_biller.core.edits.context import Check
from mild_biller.core.edits.encounter import disagreements
from mild_biller.core.edits.payers import prior_authorization
from mild_biller.core.forms import cms1500, ub04
from mild_biller.core.forms.box_values import Boxes, BoxValue
from mild_biller.core.forms.fill import FilledForm, Overflow, Reason, fill
from mild_biller.core.forms.layout import FormLayout, Holds
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.criteria import Outcome
from mild_biller.core.rules.finding import Finding, Severity, worst
from mild_biller.core.rules.payer import AuthorizationNeed

Layouts = Callable[[FormKind], FormLayout]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything there is to say of one case on one day. `boxes` and `filled` are None without a form."""

    case: Case
    assessment: Assessment
    claim: Claim
    boxes: Boxes | None
    filled: FilledForm | None
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    prior_authorization: AuthorizationNeed
    estimate: Estimate | None
    facility: "Review | None" = None

    @property
    def worst(self) -> Severity | None:
        """Return the worst severity above info of this claim and the facility's, None when clean."""
        return worst(self.of_both_claims)

    @property
    def of_both_claims(self) -> tuple[Finding, ...]:
        """Return the findings of this claim, and of the facility's what is not said already."""
        own = self.facility.findings if self.facility is not None else ()
        return (*self.findings, *own_findings(own, self.findings))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that stop the claim."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


def review(case: Case, *, catalog: Catalog, layouts: Layouts, today: date, form: FormKind | None = None) -> Review:
    """Review a case as typed. `form` overrides the form it requires. Never raises on a case that opened.

    A facility's claim of the same encounter is reviewed too, and what the two say differently is found.
    """
    repaired, repairs = repair(case)
    reviewed, check = _review(repaired, repairs, catalog=catalog, layouts=layouts, today=today, form=form)
    facility = facility_case(repaired)
    if facility is None:
        return reviewed
    second, _ = _review(facility, (), catalog=catalog, layouts=layouts, today=today, form=None, bills_facility=True)
    assumed = tuple(replace(each, path=moved(each.path)) for each in second.repairs)
    found = (*reviewed.findings, *disagreements(check, second.claim))
    return replace(
        reviewed,
        findings=_ranked(found),
        repairs=tuple(dict.fromkeys((*reviewed.repairs, *assumed))),
        facility=replace(second, findings=moved_findings(second.findings), repairs=assumed),
    )


def _review(
    case: Case,
    repairs: tuple[Repair, ...],
    *,
    catalog: Catalog,
    layouts: Layouts,
    today: date,
    form: FormKind | None,
    bills_facility: bool | None = None,
) -> tuple[Review, Check]:
    """Review one claim of a repaired case."""
    assessment = assess(case, catalog=catalog, today=today)
    claim = derive(case, assessment, catalog=catalog, form=form, bills_facility=bills_facility)
    check = Check(case, assessment, claim, catalog)
    boxes = compose(case, assessment, claim, catalog)
    filled = _fill(boxes, claim, layouts)
    money, why = estimate(case, assessment, claim, date_of_service(case), catalog=catalog)
    findings = (
        *assessment.findings,
        *edits(check),
        *_overflows(check, boxes, filled, layouts),
        *_money(check, money, why),
    )
    reviewed = Review(
        case=case,
        assessment=assessment,
        claim=claim,
        boxes=boxes,
        filled=filled,
        findings=_ranked(findings),
        repairs=(*repairs, *claim.assumed, *(boxes.assumed if boxes is not None else ())),
        prior_authorization=prior_authorization(check),
        estimate=money,
    )
    return reviewed, check


def _ranked(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda found: found.severity.rank))


def compose(case: Case, assessment: Assessment, claim: Claim, catalog: Catalog) -> Boxes | None:
    """Lay a claim out in the boxes of its form, None where no claim is sent."""
    if claim.form is None:
        return None
    composer = ub04.compose if claim.form is FormKind.UB04 else cms1500.compose
    return composer(case, assessment, claim, catalog=catalog)


def _fill(boxes: Boxes | None, claim: Claim, layouts: Layouts) -> FilledForm | None:
    if boxes is None or claim.form is None:
        return None
    pages = [{value.box: value.text for value in page} for page in boxes.pages]
    return fill(layouts(claim.form), pages=pages)


def _overflows(check: Check, boxes: Boxes | None, filled: FilledForm | None, layouts: Layouts) -> Iterator[Finding]:
    """Report what does not print as typed, once however many pages repeat it."""
    if boxes is None or filled is None or check.claim.form is None:
        return
    layout = layouts(check.claim.form)
    reported: set[tuple[str, str]] = set()
    for lost in filled.overflow:
        value = next(each for each in boxes.pages[lost.page - 1] if each.box == lost.box)
        if (lost.box, lost.typed) not in reported or lost.box.startswith("24."):
            reported.add((lost.box, lost.typed))
            yield _overflow(check, layout, lost, value)


def _overflow(check: Check, layout: FormLayout, lost: Overflow, value: BoxValue) -> Finding:
    box = layout.by_id[lost.box]
    if lost.reason is Reason.CHARACTERS:
        edit = "characters"
    else:
        edit = {Holds.TEXT: "overflow-text", Holds.MONEY: "overflow-money"}.get(lost.holds, "overflow-code")
    return check.found(
        edit,
        value.path,
        at=box.place,
        title=_inside_a_sentence(box.title),
        left_out=lost.left_out,
        characters=lost.characters,
    )


def _inside_a_sentence(title: str) -> str:
    """Write a title small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _money(check: Check, money: Estimate | None, why: str) -> Iterator[Finding]:
    path = "/procedure/date_of_service"
    if why:
        yield check.found("no-rate", path, outcome=Outcome.UNKNOWN, why=why)
    elif money is not None and money.total is not None:
        yield check.found("national-amount", path, outcome=Outcome.MET, total=f"{money.total:,.2f}")
