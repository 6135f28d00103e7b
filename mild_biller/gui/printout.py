"""The claim of a review as PDF bytes, or the reason why there is none. No Qt."""

from dataclasses import dataclass, replace

from mild_biller.core.review import Layouts, Review
from mild_biller.errors import MildBillerError
from mild_biller.gui.reading import shown_day
from mild_biller.gui.words import words
from mild_biller.output.pdf import PrintMode, PrintStyle, render

NEVER = ("overflow-money", "too-many-diagnoses")  # no page may be made, not even a draft


@dataclass(frozen=True, slots=True)
class Printout:
    """A PDF, or why there is none; `why_draft` says why DRAFT stands across it, nothing when it may be sent."""

    content: bytes | None
    why_not: str = ""
    why_draft: str = ""


def printout(review: Review, *, layouts: Layouts, style: PrintStyle) -> Printout:
    """Print a claim to bytes, marked as a draft where it may not be sent."""
    why_not = _why_not(review)
    if why_not or review.filled is None or review.claim.form is None:
        return Printout(None, why_not)
    why_draft = _why_draft(review)
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


def _why_not(review: Review) -> str:
    if review.claim.form is None:
        return "No claim is sent in this case, so there is no form to print."
    if review.filled is None:
        return f"This version cannot print the form {words(review.claim.form)}."
    stops = [found for found in review.errors if found.rule in NEVER]
    return f"No page is made: {stops[0].message} {stops[0].remedy}".strip() if stops else ""


def _why_draft(review: Review) -> str:
    count = len(review.errors)
    if count:
        return f"Draft: {count} {'finding stops' if count == 1 else 'findings stop'} the claim."
    service = review.case.procedure.date_of_service if review.case.procedure else None
    if service is not None and service > review.assessment.today:
        return f"Draft: the service lies ahead, on {shown_day(service)}."
    return ""
