"""A packet as one PDF: front pages laid out until every page number in them is true, then the attachments."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Final

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from mild_biller.core.case.model import Attachment
from mild_biller.core.case.vocabulary import AttachmentKind
from mild_biller.core.documents.packet import Packet
from mild_biller.core.documents.quote_clinical import ATTACHMENTS
from mild_biller.core.review.review import Review
from mild_biller.errors import FormError
from mild_biller.output.attachments.enclosure import Enclosure
from mild_biller.output.documents.assembly import PacketSection, Progress, assemble, section_starts
from mild_biller.output.documents.front_pages import Front, FrontPart
from mild_biller.output.documents.page_style import BOTTOM, ROOM, SIDE, TALL, Paper, lay_out
from mild_biller.output.documents.page_targets import Places
from mild_biller.output.fonts import Font, register
from mild_biller.output.letter_sheet import HEIGHT, WIDTH

MOST_LAYOUTS: Final = 6


def build(
    packet: Packet,
    review: Review,
    attachments: Sequence[Enclosure],
    *,
    today: date,
    password: str | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return the packet: the same bytes for the same parts, but with a password, which brings chance into them.

    `attachments` stand in the packet in the order given; every attachment an item counts on must be among them, else
    FormError. `progress` gets the pages done and the pages in all, and stops the work by returning False (Canceled).
    """
    sections = _sections(packet, review, attachments)
    front, places = _laid_out(packet, sections, today)
    return assemble(
        front,
        list(sections.values()),
        title=packet.title,
        front_links=places.links,
        password=password,
        progress=progress,
    )


def _sections(packet: Packet, review: Review, attachments: Sequence[Enclosure]) -> dict[int, PacketSection]:
    """Return the sections by the attachment's place in the case, each with a title of its own."""
    entries = review.case.attachments or ()
    named = {each.index: _title(entries[each.index]) for each in attachments}
    wanted = {index for item in packet.items for index in item.attached}
    if len(named) != len(attachments) or not wanted <= set(named):
        raise FormError("An attachment of the checklist was not prepared, or is listed twice.")
    titles = _numbered(named)
    return {
        each.index: PacketSection(titles[each.index], tuple(_lines(each, packet)), each.prepared)
        for each in attachments
    }


def _title(entry: Attachment) -> str:
    words = ATTACHMENTS[entry.kind or AttachmentKind.OTHER]
    return words[0].upper() + words[1:]


def _numbered(named: Mapping[int, str]) -> dict[int, str]:
    """Number the attachments of one type."""
    count: dict[str, int] = {}
    titles = {}
    for index, title in named.items():
        count[title] = count.get(title, 0) + 1
        titles[index] = f"{title} {count[title]}" if list(named.values()).count(title) > 1 else title
    return titles


def _lines(enclosure: Enclosure, packet: Packet) -> list[str]:
    """Return what a divider says: the file, its pages, what it is there for."""
    pages = enclosure.prepared.page_count
    proved = [item.title for item in packet.items if enclosure.index in item.attached]
    lines = [enclosure.prepared.name, f"{pages} page{'s' if pages != 1 else ''}"]
    return [*lines, *(f"For: {title}" for title in proved)]


def _laid_out(packet: Packet, sections: Mapping[int, PacketSection], today: date) -> tuple[bytes, Places]:
    """Lay the front out until the numbers printed in it are those of the pages it comes to."""
    known: dict[str, int] = {}
    count = 0
    for _ in range(MOST_LAYOUTS):
        places = Places()
        front = Front(packet, _parts(sections, count), today, Paper(), places, known)
        made, pages = _document(front, packet.title)
        if (pages, places.pages) == (count, known):
            return made, places
        count, known = pages, places.pages
    raise FormError("The front pages cannot be numbered; this is an internal error.")


def _parts(sections: Mapping[int, PacketSection], front_pages: int) -> dict[int, FrontPart]:
    starts = section_starts(front_pages, list(sections.values()))
    return {
        index: FrontPart(section.title, section.attached.name, start, section.attached.page_count)
        for (index, section), start in zip(sections.items(), starts, strict=True)
    }


def _document(front: Front, title: str) -> tuple[bytes, int]:
    """Return the front pages, without numbers at their feet, and how many they are."""
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=(WIDTH, HEIGHT), invariant=1, title=title, initialFontName=register(Font.WORDS)
    )
    frame = Frame(SIDE, BOTTOM, ROOM, TALL, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate("front", [frame])])
    lay_out(document, list(front.story()))
    return buffer.getvalue(), document.page
