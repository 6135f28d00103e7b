"""The checklist of a packet as rows: what is required, its state, the field that settles it, all of it in full."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mild_biller.core.case.model import Attachment
from mild_biller.core.documents.packet import CheckedItem, Packet, State, Timed
from mild_biller.core.documents.packet_rules import ItemGroup
from mild_biller.core.documents.remark import Remark
from mild_biller.presentation.attached_paths import shown
from mild_biller.presentation.findings.finding_details import labeled, paragraph, source
from mild_biller.presentation.findings.finding_rows import FindingRow, Group
from mild_biller.presentation.labels import words
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import shown_day, shown_days

MOST: Final = 300  # characters of a quoted value in a row
REFUSED: Final = "but this file cannot go into the packet"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The attachments of a case by place: pages of those made ready, and which cannot go into a packet."""

    entries: tuple[Attachment, ...]
    counts: Mapping[int, int]
    refused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Checklist:
    """Groups of rows, always the same groups, and each row in full as HTML."""

    groups: tuple[Group, ...]
    full: Mapping[FindingRow, str]


def checklist(packet: Packet, enclosed: Enclosed) -> Checklist:
    """Return the rows of a packet."""
    full: dict[FindingRow, str] = {}
    groups = [_items(group, packet, enclosed, full) for group in ItemGroup]
    told = (
        ("office", "For the office, before sending", packet.for_office),
        ("payer", "For the payer (on the packet)", packet.for_payer),
    )
    groups += [_remarks(key, title, remarks, full) for key, title, remarks in told]
    clocks = [_of_clock(timed, full) for timed in packet.clocks]
    groups.append(Group("clocks", "Decision deadlines", Tone.INFO, tuple(clocks)))
    return Checklist(tuple(groups), full)


def summary(packet: Packet) -> tuple[Tone, str]:
    """Return one line on how complete a packet is."""
    count = len(packet.missing)
    if not packet.asks:
        return Tone.INFO, "This payer does not accept authorization requests; the packet is for your records."
    if count:
        noun = "required item is" if count == 1 else "required items are"
        return Tone.NEEDED, f"{count} {noun} missing."
    return Tone.GOOD, "All required items are present."


def _items(group: ItemGroup, packet: Packet, enclosed: Enclosed, full: dict[FindingRow, str]) -> Group:
    entries = []
    for item in packet.items:
        if item.group is group:
            entry = FindingRow(_tone(item, enclosed), _text(item, enclosed), _remedy(item), _path(item))
            full[entry] = "".join(_in_full(item))
            entries.append(entry)
    tone = min((entry.tone for entry in entries), key=lambda each: each.rank, default=Tone.INFO)
    return Group(group.value, words(group), tone, tuple(entries))


def _tone(item: CheckedItem, enclosed: Enclosed) -> Tone:
    if item.attached and enclosed.refused.issuperset(item.attached):
        return Tone.ERROR
    if item.state is State.CONTRARY:
        return Tone.ERROR if item.required else Tone.WARNING
    if item.state is State.MISSING:
        return Tone.NEEDED if item.required else Tone.UNKNOWN
    return Tone.INFO if item.state is State.NOT_NEEDED else Tone.GOOD


def _text(item: CheckedItem, enclosed: Enclosed) -> str:
    said = words(item.state)
    if item.state is State.MISSING and not item.required:
        said = f"{said}; would support the request"
    parts = (
        [shown_days(item.said)]
        if item.said
        else [_short(shown_days(quote.text)) for quote in item.quotes if quote.is_begun]
    )
    parts += [_file(index, enclosed) for index in item.attached if index < len(enclosed.entries)]
    shown_parts = f" ({'; '.join(parts)})" if parts else ""
    return f"{item.title}: {said}{shown_parts}."


def _file(index: int, enclosed: Enclosed) -> str:
    entry, count = enclosed.entries[index], enclosed.counts.get(index)
    name = shown(entry.path or "")
    if index in enclosed.refused:
        return f"{name}, {REFUSED}"
    if entry.pages:
        pages = entry.pages if isinstance(entry.pages, str) else ", ".join(map(str, entry.pages))
        return f"{name}, pages {pages}"
    return name if count is None else f"{name}, {count} {'page' if count == 1 else 'pages'}"


def _remedy(item: CheckedItem) -> str:
    lacks = ", ".join(blank.label for blank in item.lacks)
    return f"{f'Still needed: {lacks}. ' if lacks else ''}{item.remedy if item.is_open else ''}".strip()


def _path(item: CheckedItem) -> str:
    """Return the key that would settle an item, else the one that proves it."""
    if item.lacks:
        return next((blank.path for blank in item.lacks if blank.path), "")
    if item.state is State.ATTACHED and item.attached:
        return f"/attachments/{item.attached[0]}/kind"
    return item.quotes[0].path if item.quotes else ""


def _in_full(item: CheckedItem) -> Iterator[str]:
    yield paragraph(item.title)
    yield labeled("Why", item.why)
    for quote in item.quotes:
        yield labeled(quote.label, quote.text)
    if item.remedy:
        yield labeled("What to do", item.remedy)
    yield labeled("Required", "yes" if item.required else "no, but it supports the request")
    for reference in item.sources:
        yield labeled("Required by", source(reference))
    yield labeled("Certainty", words(item.certainty))


def _remarks(key: str, title: str, remarks: tuple[Remark, ...], full: dict[FindingRow, str]) -> Group:
    entries = tuple(FindingRow(Tone.INFO, each.message, each.remedy, "") for each in remarks)
    full.update({entry: "".join(_remark(each)) for entry, each in zip(entries, remarks, strict=True)})
    return Group(key, title, Tone.INFO, entries)


def _of_clock(timed: Timed, full: dict[FindingRow, str]) -> FindingRow:
    due = f", due {shown_day(timed.due)}" if timed.due else ""
    path = "/authorization/requested_on"
    entry = FindingRow(Tone.INFO, f"{words(timed.pace)}: {timed.time}{due}. {timed.remark.message}", "", path)
    full[entry] = "".join(_remark(timed.remark))
    return entry


def _remark(remark: Remark) -> Iterator[str]:
    yield paragraph(remark.message)
    yield paragraph(remark.remedy)
    for reference in remark.sources:
        yield labeled("Source", source(reference))
    yield labeled("Certainty", words(remark.certainty))


def _short(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]}…"
