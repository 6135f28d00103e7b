"""One finding in full, as HTML: sources with place and date, certainty, likely denial. No Qt."""

from collections.abc import Iterator
from html import escape

from mild_biller.core.finding import Finding, Reference
from mild_biller.gui.entries import Entry
from mild_biller.gui.words import words


def details(entry: Entry) -> str:
    """Return everything there is to say of an entry."""
    found = entry.finding
    lines = list(_of_finding(found)) if found else [_paragraph(entry.text), _paragraph(entry.remedy)]
    return "".join(lines)


def _of_finding(found: Finding) -> Iterator[str]:
    yield _paragraph(found.message)
    if found.remedy:
        yield _paragraph(f"{words(found.remedy_kind)}{found.remedy}")
    for reference in found.sources:
        yield _labelled("Source", _source(reference))
    yield _labelled("How sure", words(found.certainty))
    if found.denial:
        yield _labelled("Likely denial", ", ".join(found.denial))
    if found.box:
        yield _labelled("Box", found.box)
    yield _labelled("Rule", f"{found.rule}, topic {found.topic.value}")


def _source(reference: Reference) -> str:
    where = f"{reference.title}: {reference.place}"
    return f"{where} ({reference.date}{f', {reference.file}' if reference.file else ''})"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _labelled(label: str, text: str) -> str:
    return f"<p><b>{escape(label)}:</b> {escape(text)}</p>"
