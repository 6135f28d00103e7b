"""One finding in full, as HTML: sources with place and date, certainty, likely denial."""

from collections.abc import Iterator
from html import escape

from mild_biller.core.rules.finding import Finding, Reference
from mild_biller.presentation.findings.finding_rows import FindingRow
from mild_biller.presentation.labels import words
from mild_biller.presentation.typed_text import shown_days


def details(entry: FindingRow) -> str:
    """Return everything there is to say of an entry."""
    found = entry.finding
    lines = list(_of_finding(found)) if found else [paragraph(entry.text), paragraph(entry.remedy)]
    return "".join(lines)


def _of_finding(found: Finding) -> Iterator[str]:
    yield paragraph(found.message)
    if found.remedy:
        yield paragraph(f"{words(found.remedy_kind)}{found.remedy}")
    for reference in found.sources:
        yield labelled("Source", source(reference))
    yield labelled("How sure", words(found.certainty))
    if found.denial:
        yield labelled("Likely denial", ", ".join(found.denial))
    if found.box:
        yield labelled("Box", found.box)
    yield labelled("Rule", f"{found.rule}, topic {found.topic.value}")


def source(reference: Reference) -> str:
    """Return where a rule stands."""
    where = f"{reference.title}: {reference.place}"
    return f"{where} ({reference.date}{f', {reference.file}' if reference.file else ''})"


def paragraph(text: str) -> str:
    """Return a paragraph, nothing for no text."""
    return f"<p>{escape(shown_days(text))}</p>" if text else ""


def labelled(label: str, text: str) -> str:
    """Return a paragraph with a label."""
    return f"<p><b>{escape(label)}:</b> {escape(shown_days(text))}</p>"
