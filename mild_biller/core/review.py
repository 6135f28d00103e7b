"""One case from end to end: repaired, assessed, derived, checked, laid out in boxes. The one entry for every view."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from mild_biller.core import cms1500, ub04
from mild_biller.core.assess import Assessment, assess, date_of_service
from mild_biller.core.case import Case, FormKind
from mild_biller.core.catalog import AuthorizationNeed, Catalog
from mild_biller.core.claim import Claim
from mild_biller.core.cms1500 import Boxes, BoxValue
from mild_biller.core.criteria import Outcome
from mild_biller.core.derive import derive
from mild_biller.core.edits import edits
from mild_biller.core.edits.check import Check
from mild_biller.core.edits.payers import prior_authorization
from mild_biller.core.finding import Finding, Severity, worst
from mild_biller.core.form import FilledForm, FormLayout, Holds, Overflow, Reason, fill
from mild_biller.core.payment import Estimate, estimate
from mild_biller.core.repair import Repair, repair

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

    @property
    def worst(self) -> Severity | None:
        """Return the worst severity above info, None when clean."""
        return worst(self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that stop the claim."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


def review(case: Case, *, catalog: Catalog, layouts: Layouts, today: date, form: FormKind | None = None) -> Review:
    """Review a case as typed. `form` overrides the form it asks for. Never raises on a case that opened."""
    repaired, repairs = repair(case)
    assessment = assess(repaired, catalog=catalog, today=today)
    claim = derive(repaired, assessment, catalog=catalog, form=form)
    check = Check(repaired, assessment, claim, catalog)
    boxes = compose(repaired, assessment, claim, catalog)
    filled = _fill(boxes, claim, layouts)
    money, why = estimate(repaired, assessment, claim, date_of_service(repaired), catalog=catalog)
    findings = (
        *assessment.findings,
        *edits(check),
        *_overflows(check, boxes, filled, layouts),
        *_money(check, money, why),
    )
    return Review(
        case=repaired,
        assessment=assessment,
        claim=claim,
        boxes=boxes,
        filled=filled,
        findings=tuple(sorted(findings, key=lambda found: found.severity.rank)),
        repairs=(*repairs, *claim.assumed, *(boxes.assumed if boxes is not None else ())),
        prior_authorization=prior_authorization(check),
        estimate=money,
    )


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
    item = f"{box.item}.{box.repeat}" if box.repeat else box.item
    return check.found(edit, value.path, box=item, title=box.title, left_out=lost.left_out, characters=lost.characters)


def _money(check: Check, money: Estimate | None, why: str) -> Iterator[Finding]:
    path = "/procedure/date_of_service"
    if why:
        yield check.found("no-rate", path, outcome=Outcome.UNKNOWN, why=why)
    elif money is not None and money.total is not None:
        yield check.found("national-amount", path, outcome=Outcome.MET, total=f"{money.total:,.2f}")
