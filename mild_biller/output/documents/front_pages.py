"""The front pages of a packet: cover, contents, checklist, statement of medical necessity, clinical summary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table

from mild_biller.core.documents.letter_rules import Style
from mild_biller.core.documents.packet import CheckedItem, Packet, State
from mild_biller.core.documents.packet_rules import ItemGroup
from mild_biller.core.documents.quote import Quote, spoken
from mild_biller.core.rules.finding import Reference
from mild_biller.core.rules.source import Certainty
from mild_biller.output.documents import letter_pdf, timeline_chart
from mild_biller.output.documents.page_style import GRAY, ROOM, SHADE, WARNING, Paper
from mild_biller.output.documents.page_targets import PageLink, PageMark, Places, Target

COVER: Final = "cover"
CONTENTS: Final = "contents"
CHECKLIST: Final = "checklist"
STATEMENT: Final = "statement"
SUMMARY: Final = "summary"
TITLES: Final = {
    COVER: "Cover sheet",
    CONTENTS: "Contents",
    CHECKLIST: "Checklist",
    STATEMENT: "Statement of medical necessity",
    SUMMARY: "Clinical summary",
}
GROUPS: Final = {
    ItemGroup.REQUEST: "The request",
    ItemGroup.STUDY: "The Medicare study",
    ItemGroup.RECORD: "The patient's record",
    ItemGroup.PAYER: "The plan and the member",
}
OPTIONAL: Final = frozenset({"plan_name", "group_number", "guidance"})
NOT_ON_A_STATEMENT: Final = frozenset({Style.SENDER, Style.ADDRESS})
CHECK_WIDTHS: Final = (0.04, 0.52, 0.33, 0.11)
CONTENT_WIDTHS: Final = (0.88, 0.12)
BOX: Final = "\u25a1"


@dataclass(frozen=True, slots=True)
class FrontPart:
    """An attachment as the front speaks of it: its title, its file, and its pages in the packet."""

    title: str
    name: str
    divider: int
    pages: int

    @property
    def words(self) -> str:
        """Return its pages, as 12-15."""
        first, last = self.divider + 1, self.divider + self.pages
        return str(first) if first == last else f"{first}-{last}"


@dataclass(frozen=True, slots=True)
class Front:
    """The front pages of one packet. `known` are the page numbers an earlier layout found, `parts` by attachment."""

    packet: Packet
    parts: dict[int, FrontPart]
    today: date
    paper: Paper
    places: Places
    known: dict[str, int]

    def story(self) -> Iterator[Flowable]:
        """Yield all pages."""
        for part in (self.cover, self.contents, self.checklist, self.statement, self.summary):
            yield from part()

    def _titled(self, name: str) -> Iterator[Flowable]:
        if name == CHECKLIST:
            yield Spacer(1, 14)
            yield CondPageBreak(220)
        elif name != COVER:
            yield PageBreak()
        yield PageMark(name, self.places, title=TITLES[name])
        yield self.paper.text(self.packet.title if name == COVER else TITLES[name], self.paper.title)

    def cover(self) -> Iterator[Flowable]:
        """Yield the cover sheet; what is missing comes first."""
        paper, packet = self.paper, self.packet
        yield from self._titled(COVER)
        yield paper.text(f"{packet.purpose}. Prepared on {spoken(self.today)}.", paper.small)
        yield self._standing()
        yield from paper.headed("Patient and plan")
        yield paper.facts([self._fact(each) for each in packet.member if _stands(each)])
        yield from paper.headed("Request")
        yield paper.facts([self._fact(each) for each in self._request()])
        yield from self._clocks()
        if packet.for_payer:
            yield from paper.headed("To the plan")
            for each in packet.for_payer:
                yield paper.text(each.message, paper.cell)
                yield paper.text(_source(each.sources, each.certainty), paper.small)

    def _request(self) -> Iterator[Quote]:
        """Yield what the request says, and what else the items of request, study and payer quote."""
        said = {each.name: each for each in self.packet.request if _stands(each)}
        member = {each.name for each in self.packet.member}
        for item in self.packet.items:
            if item.group is not ItemGroup.RECORD:
                said |= {each.name: each for each in item.quotes if each.name not in said}
        whole = " ".join(said[name].text for name in ("diagnoses",) if name in said)
        for name, each in said.items():
            if name not in member and not (name == "principal_diagnosis" and each.text in whole):
                yield each

    def _fact(self, said: Quote) -> tuple[str, list[Flowable]]:
        """Return a row that names its place."""
        marks = [PageMark(f"quote-{said.name}", self.places)]
        if said.name == "diagnoses":
            marks.append(PageMark("quote-principal_diagnosis", self.places))
        return said.label, [*marks, self.paper.text(said.pieces, self.paper.cell)]

    def _standing(self) -> Table:
        """Return the box that says what is missing, or that nothing is."""
        paper, packet = self.paper, self.packet
        wanted = [item for item in packet.items if item.required and item.state is not State.NOT_NEEDED]
        cells: list[Flowable] = []
        if packet.missing:
            cells.append(
                paper.text(
                    f"Not complete: {len(packet.missing)} of {len(wanted)} required items are open.", paper.warning
                )
            )
            cells += [paper.text(_open(item), paper.bullet, bullet=BOX) for item in packet.missing]
        else:
            cells.append(paper.text(f"All {len(wanted)} required items are in this packet.", paper.strong))
        if packet.wished_for:
            names = "; ".join(item.title for item in packet.wished_for)
            cells.append(paper.text(f"Not included, but would support the request: {names}.", paper.small))
        blanks = _statement_blanks(packet)
        if blanks:
            cells.append(paper.text(f"Blank in the statement: {', '.join(blanks)}.", paper.small))
        color = WARNING if packet.missing else GRAY
        more = [("BOX", (0, 0), (-1, -1), 0.9, color), ("BACKGROUND", (0, 0), (-1, -1), SHADE)]
        return paper.table([[cells]], widths=[ROOM], more=more)

    def _clocks(self) -> Iterator[Flowable]:
        """Yield the decision times we know from more than memory."""
        told = [each for each in self.packet.clocks if each.remark.certainty is not Certainty.RECOLLECTION]
        if told:
            yield from self.paper.headed("Decision times")
        for each in told:
            due = f" Requested on the date of this packet, it is due by {spoken(each.due)}." if each.due else ""
            yield self.paper.text(f"{each.remark.message}{due}", self.paper.cell)
        for source in dict.fromkeys(_source(each.remark.sources, each.remark.certainty) for each in told):
            yield self.paper.text(source, self.paper.small)

    def contents(self) -> Iterator[Flowable]:
        """Yield the table of contents."""
        yield from self._titled(CONTENTS)
        rows: list[list[Flowable]] = []
        for name, title in TITLES.items():
            rows.append([self.paper.text(title, self.paper.cell), self._link(str(self._page(name)), Target(name=name))])
        for index, part in enumerate(self.parts.values()):
            words = f"{part.title} ({part.name}, {part.pages} page{'s' if part.pages != 1 else ''})"
            link = self._link(str(part.divider), Target(section=index))
            rows.append([self.paper.text(words, self.paper.cell), link])
        to_the_right = [("ALIGN", (-1, 0), (-1, -1), "RIGHT")]
        yield self.paper.table(rows, widths=[share * ROOM for share in CONTENT_WIDTHS], more=to_the_right)

    def _page(self, name: str) -> int:
        return self.known.get(name, 0)

    def _link(self, words: str, target: Target) -> PageLink:
        return PageLink(words, target, self.places, size=self.paper.cell.fontSize)

    def checklist(self) -> Iterator[Flowable]:
        """Yield the checklist: a box to tick, the item, its proof, its page."""
        paper = self.paper
        yield from self._titled(CHECKLIST)
        yield paper.text(
            "Each line names what is required, who requires it, how it is documented, and the page.", paper.small
        )
        heads = ("", "Required item, and who requires it", "Documentation", "Page")
        cells: list[list[object]] = [[paper.text(head, paper.head) for head in heads]]
        more: list[tuple[object, ...]] = []
        for group, items in groupby(self.packet.items, key=lambda item: item.group):
            row = len(cells)
            cells.append([paper.text(GROUPS[group], paper.head), "", "", ""])
            more += [("SPAN", (0, row), (-1, row)), ("BACKGROUND", (0, row), (-1, row), SHADE)]
            more.append(("NOSPLIT", (0, row), (-1, row + 1)))
            cells += [self._line(item) for item in items]
        yield paper.table(cells, widths=[share * ROOM for share in CHECK_WIDTHS], heads=1, more=more)

    def _line(self, item: CheckedItem) -> list[object]:
        paper = self.paper
        kind = "required" if item.required else "supporting"
        wanted = [
            paper.text(f"{item.title} ({kind})", paper.cell),
            paper.text(f"{item.why} {_source(item.sources, item.certainty)}".strip(), paper.small),
        ]
        return [paper.text(BOX, paper.cell), wanted, self._proof(item), self._pages(item)]

    def _proof(self, item: CheckedItem) -> list[Flowable]:
        paper, red = self.paper, ParagraphStyle("red", parent=self.paper.cell, textColor=WARNING)
        made: list[Flowable] = [paper.text(each.pieces, paper.cell) for each in item.quotes]
        made += [paper.text(self._part_words(index), paper.cell) for index in item.attached]
        if item.state is State.CONTRARY:
            made.append(paper.text(f"Contradicts the request: {item.said}", red))
        if item.state is State.NOT_NEEDED:
            made.append(paper.text(f"Not required here: {item.said}", paper.small))
        if item.state is State.IN_CASE and not item.quotes:
            made.append(paper.text("not stated in the request", paper.cell))
        blanks = [blank for blank in item.lacks if blank not in [b for each in item.quotes for b in each.blanks]]
        made += [paper.text((blank,), paper.cell) for blank in blanks]
        return made

    def _part_words(self, index: int) -> str:
        part = self.parts[index]
        return f"{part.title}: {part.name}"

    def _pages(self, item: CheckedItem) -> list[Flowable]:
        """Return a link for each page that proves an item, or that there is none."""
        if item.is_open:
            style = self.paper.warning if item.required else self.paper.small
            return [self.paper.text("missing" if item.state is State.MISSING else "contrary", style)]
        if item.state is State.NOT_NEEDED:
            return [self.paper.text("\u2013", self.paper.cell)]
        if not item.quotes and not item.attached:
            return [self._link(str(self._page(COVER)), Target(name=COVER))]
        places = list(self.parts)
        links = [
            self._link(self.parts[index].words, Target(section=places.index(index), page=1)) for index in item.attached
        ]
        names = [f"quote-{each.name}" for each in item.quotes]
        pages = dict.fromkeys((self._page(name), name) for name in names)
        first = dict(reversed(list(pages)))
        return [*(self._link(str(page), Target(name=first[page])) for page in sorted(first)), *links]

    def statement(self) -> Iterator[Flowable]:
        """Yield the letter of medical necessity without its envelope."""
        yield from self._titled(STATEMENT)
        yield from letter_pdf.contents(self.packet.statement, self.paper, without=NOT_ON_A_STATEMENT)

    def summary(self) -> Iterator[Flowable]:
        """Yield what the record shows, and the timeline."""
        paper = self.paper
        yield from self._titled(SUMMARY)
        said = {each.name: each for item in self.packet.items if item.group is ItemGroup.RECORD for each in item.quotes}
        if said:
            yield paper.facts([self._fact(each) for each in said.values()])
        else:
            yield paper.text("The case has no entries from the patient's record yet.")
        line = self.packet.timeline
        if line is None:
            return
        first, *more = timeline_chart.drawings(line)
        yield KeepTogether([paper.text("Timeline", paper.heading), first])
        for drawing in more:
            yield Spacer(1, 6)
            yield drawing
        if line.undated:
            yield paper.text(f"Without a date in the case: {'; '.join(line.undated)}.", paper.small)


def _stands(said: Quote) -> bool:
    """Return True if a row is on the cover: optional ones only where the case knows them."""
    return said.is_begun or said.name not in OPTIONAL


def _open(item: CheckedItem) -> str:
    """Return what is missing of an item."""
    if item.state is State.CONTRARY:
        return f"{item.title}: {item.said}"
    lacks = ", ".join(blank.label for blank in item.lacks)
    return f"{item.title}: {lacks}"


def _statement_blanks(packet: Packet) -> Sequence[str]:
    """Return the labels of blanks in the parts of the statement a packet shows."""
    shown = [each for each in packet.statement.paragraphs if each.style not in NOT_ON_A_STATEMENT]
    return list(dict.fromkeys(blank.label for each in shown for blank in each.blanks))


def _source(references: Sequence[Reference], certainty: Certainty) -> str:
    """Name the sources; what we only remember has none to show a payer."""
    if certainty is Certainty.RECOLLECTION:
        return ""
    told = "; ".join(f"{each.title}, {each.place} ({each.date})" for each in references)
    return f"Source: {told}."
