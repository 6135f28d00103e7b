"""One finding in full, as HTML: sources with place and date, certainty, likely denial."""

from collections.abc import Iterator
from html import escape

from mild_biller.core.rules.finding import Finding, Reference
from mild_biller.presentation.findings.finding_rows import FindingRow, remedy_text
from mild_biller.presentation.labels import words
from mild_biller.presentation.typed_text import shown_days


def details(entry: FindingRow) -> str:
    """Return everything there is to say of an entry."""
    found = entry.finding
    lines = list(_of_finding(found)) if found else [paragraph(entry.text), paragraph(entry.remedy)]
    return "".join(lines)


def _of_finding(found: Finding) -> Iterator[str]:
    yield paragraph(found.message)
    yield paragraph(remedy_text(found))
    for reference in found.sources:
        yield labeled("Source", source(reference))
    yield labeled("Certainty", words(found.certainty))
    if found.denial:
        yield labeled("Likely denial", ", ".join(found.denial))
    if found.box:
        yield labeled("Box", found.box)


def source(reference: Reference) -> str:
    """Return the title of a source, the place in it and its date."""
    return f"{reference.title}: {reference.place} ({reference.date})"


def paragraph(text: str) -> str:
    """Return a paragraph, nothing for no text."""
    return f"<p>{escape(shown_days(text))}</p>" if text else ""


def labeled(label: str, text: str) -> str:
    """Return a paragraph with a label."""
    return f"<p><b>{escape(label)}:</b> {escape(shown_days(text))}</p>"
