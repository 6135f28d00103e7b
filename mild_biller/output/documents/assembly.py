"""The packet as one PDF: front pages, then each attachment behind its divider, numbered, bookmarked and linked.

The front is made with reportlab and keeps its own links and bookmarks. It cannot know the pages that follow, so its
links to them are given as rectangles with a target (`FrontLink`), and `section_starts` tells beforehand which numbers
to print. The front leaves the lowest half inch of its pages (`letter_sheet.FOOT`) to the page number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, OutlineItem, Page, Pdf

from mild_biller import __version__
from mild_biller.errors import Canceled, FormError, OutputError
from mild_biller.output.attachments.attached_file import Prepared
from mild_biller.output.documents.divider import Stamp, drawn
from mild_biller.output.documents.password import fault, written
from mild_biller.output.letter_sheet import file_of

KEPT_IN_CATALOG: Final = frozenset({"/Type", "/Pages", "/Outlines", "/Dests"})

Progress = Callable[[int, int], bool]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PacketSection:
    """An attachment of the packet: what its bookmark and divider say, and its pages."""

    title: str
    lines: tuple[str, ...]
    attached: Prepared


@dataclass(frozen=True, slots=True)
class FrontLink:
    """A place on a front page that leads to an attachment.

    `page` counts the front pages from 1, `rect` is left, bottom, right, top in points from the lower left corner,
    `section` counts the sections from 0, and `target_page` its pages from 1; 0 is the divider.
    """

    page: int
    rect: Rect
    section: int
    target_page: int = 0


def section_starts(front_pages: int, sections: Sequence[PacketSection]) -> tuple[int, ...]:
    """Return the number, from 1 on, of each section's divider; page n of its attachment is n pages further on."""
    starts = []
    start = front_pages + 1
    for section in sections:
        starts.append(start)
        start += 1 + section.attached.page_count
    return tuple(starts)


def assemble(
    front: bytes,
    sections: Sequence[PacketSection],
    *,
    title: str,
    front_links: Sequence[FrontLink] = (),
    numbering: bool = True,
    password: str | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return the packet: the same bytes for the same parts, but with a password, which brings chance into them.

    `title` goes into the file's properties, so it names nobody. `progress` gets the pages done and the pages in all
    after each page, and stops the work by returning False. Raises Canceled, FormError for a link that leads nowhere,
    and OutputError for a password no PDF can take.
    """
    encryption = _encryption(password)
    with ExitStack() as opened:
        packet = opened.enter_context(pikepdf.open(BytesIO(front)))
        starts = section_starts(len(packet.pages), sections)
        stamps = opened.enter_context(pikepdf.open(BytesIO(_stamps(len(packet.pages), sections, numbering=numbering))))
        sources = _sources(len(packet.pages), sections, stamps, opened)
        _join(packet, sources, stamps, numbering=numbering, progress=progress)
        for link in front_links:
            _link(packet, link, sections=sections, starts=starts)
        _bookmark(packet, sections, starts=starts)
        _describe(packet, title)
        return _saved(packet, encryption)


def _encryption(password: str | None) -> Encryption | None:
    """Return AES-256 under a password, in the form in which viewers compare it."""
    if password is None:
        return None
    if wrong := fault(password):
        raise OutputError(wrong)
    return Encryption(owner=written(password), user=written(password), R=6)


def _stamps(front_pages: int, sections: Sequence[PacketSection], *, numbering: bool) -> bytes:
    """Return a PDF with as many pages as the packet: the dividers, and everywhere else the page number alone."""
    dividers = dict(zip(section_starts(front_pages, sections), sections, strict=True))
    total = front_pages + sum(1 + section.attached.page_count for section in sections)
    stamps = []
    for page in range(1, total + 1):
        number = f"page {page} of {total}" if numbering else ""
        section = dividers.get(page)
        stamps.append(Stamp(number, section.title, section.lines) if section else Stamp(number))
    return drawn(stamps)


def _sources(
    front_pages: int, sections: Sequence[PacketSection], stamps: Pdf, opened: ExitStack
) -> Iterator[tuple[Page | None, bool]]:
    """Yield for each page of the packet where it comes from, None where it is there, and whether it is a divider."""
    yield from ((None, False) for _ in range(front_pages))
    for section, start in zip(sections, section_starts(front_pages, sections), strict=True):
        yield stamps.pages[start - 1], True
        attached = opened.enter_context(pikepdf.open(BytesIO(section.attached.pdf)))
        yield from ((page, False) for page in attached.pages)


def _join(
    packet: Pdf,
    sources: Iterator[tuple[Page | None, bool]],
    stamps: Pdf,
    *,
    numbering: bool,
    progress: Progress | None,
) -> None:
    """Append the pages, and put its number under each."""
    total = len(stamps.pages)
    for index, (source, is_divider) in enumerate(sources):
        if source is not None:
            packet.pages.append(source)
        if numbering and not is_divider:
            _stamp(packet, stamps, index)
        if progress is not None and not progress(index + 1, total):
            raise Canceled("Export stopped; nothing was written.")


def _stamp(packet: Pdf, stamps: Pdf, index: int) -> None:
    """Put a page's number over it; the library's own way gives it a chance name."""
    form = packet.copy_foreign(stamps.make_indirect(stamps.pages[index].as_form_xobject()))
    page = packet.pages[index]
    name = page.add_resource(form, Name.XObject, Name(f"/PageNumber{index + 1}"))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {name} Do Q\n".encode("ascii"))


def _link(packet: Pdf, link: FrontLink, *, sections: Sequence[PacketSection], starts: Sequence[int]) -> None:
    """Lay a link over a place on a front page."""
    if not (0 <= link.section < len(sections) and 1 <= link.page < starts[0]):
        raise FormError(f"A link of page {link.page} leads to section {link.section}, which is not there.")
    if not 0 <= link.target_page <= sections[link.section].attached.page_count:
        raise FormError(f"A link of page {link.page} leads to page {link.target_page} of a shorter attachment.")
    page = packet.pages[link.page - 1]
    target = packet.pages[starts[link.section] - 1 + link.target_page]
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([float(value) for value in link.rect]),
        Border=Array([0, 0, 0]),
        Dest=Array([target.obj, Name.Fit]),
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(packet.make_indirect(made))


def _bookmark(packet: Pdf, sections: Sequence[PacketSection], *, starts: Sequence[int]) -> None:
    """Add a bookmark for each section behind those of the front."""
    with packet.open_outline() as outline:
        outline.root.extend(
            OutlineItem(section.title, start - 1) for section, start in zip(sections, starts, strict=True)
        )


def _describe(packet: Pdf, title: str) -> None:
    """Write into the file what it is and what made it, and nothing else: no names, no dates."""
    for key in set(packet.Root.keys()) - KEPT_IN_CATALOG:
        del packet.Root[key]
    packet.Root.PageMode = Name.UseOutlines
    packet.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"))
    packet.docinfo = packet.make_indirect(Dictionary(Title=title, Producer=f"Mild Biller {__version__}"))


def _saved(packet: Pdf, encryption: Encryption | None) -> bytes:
    if encryption is None:
        return file_of(packet)
    buffer = BytesIO()
    packet.save(buffer, encryption=encryption, object_stream_mode=ObjectStreamMode.generate)
    return buffer.getvalue()
