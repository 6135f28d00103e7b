"""The claim of a review as PDF bytes, or the reason why there is none."""

from dataclasses import dataclass, replace

from mild_biller.core.review.printable import Lack, Refusal, refusal
from mild_biller.core.review.review import Layouts, Review
from mild_biller.errors import MildBillerError
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
from mild_biller.presentation.labels import words
from mild_biller.presentation.typed_text import shown_day, shown_days


@dataclass(frozen=True, slots=True)
class Printout:
    """A PDF, or why there is none; `why_draft` says why it is marked DRAFT, empty when it may be sent."""

    content: bytes | None
    why_not: str = ""
    why_draft: str = ""


def printout(review: Review, *, layouts: Layouts, style: PrintStyle) -> Printout:
    """Print a claim to bytes, marked as a draft where it may not be sent."""
    against = refusal(review)
    why_not = _why_not(against, review)
    if why_not or review.filled is None or review.claim.form is None:
        return Printout(None, why_not)
    why_draft = _why_draft(against)
    marked = replace(style, draft=bool(why_draft))
    try:
        return Printout(render(review.filled, layout=layouts(review.claim.form), style=marked), "", why_draft)
    except MildBillerError as error:
        return Printout(None, str(error))


def file_name(review: Review, *, mode: PrintMode) -> str:
    """Propose a name for the file, without a word about the patient."""
    procedure = review.case.procedure
    day = procedure.date_of_service if procedure else None
    form = review.claim.form.value if review.claim.form else "claim"
    parts = (form, day.isoformat() if day else "", "data-only" if mode is PrintMode.DATA_ONLY else "")
    return "-".join(part for part in parts if part) + ".pdf"


def _why_not(against: Refusal, review: Review) -> str:
    if against.lack is Lack.CLAIM:
        return "No claim is billed in this case, so there is no form to print."
    if against.lack is Lack.FORM and review.claim.form is not None:
        return f"This version cannot print the form {words(review.claim.form)}."
    stops = against.never
    return shown_days(f"No page is made: {stops[0].message} {stops[0].remedy}".strip()) if stops else ""


def _why_draft(against: Refusal) -> str:
    count = len(against.stops)
    if count:
        return f"Draft: {count} {'finding' if count == 1 else 'findings'} must be fixed before billing."
    return (
        f"Draft: the date of service, {shown_day(against.ahead)}, is in the future."
        if against.ahead is not None
        else ""
    )
