"""Where things stand on laid-out pages, and references that lead there: marks, page numbers as links."""

from dataclasses import dataclass, field

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from mild_biller.output.documents.assembly import FrontLink
from mild_biller.output.documents.page_style import ACCENT
from mild_biller.output.fonts import Font, register

UNDER: float = 1.5  # points from the baseline to the line under a link


@dataclass
class Places:
    """Pages by the name of their content, and the links to attachments, as one layout found them."""

    pages: dict[str, int] = field(default_factory=dict)
    links: list[FrontLink] = field(default_factory=list)


class PageMark(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A place without any size: its page is noted, links lead to it, a title makes it a bookmark."""

    def __init__(self, name: str, places: Places, *, title: str = "") -> None:
        super().__init__()
        self.name, self.places, self.title = name, places, title

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return that nothing is taken up."""
        return 0, 0

    def draw(self) -> None:
        """Note the page."""
        self.places.pages.setdefault(self.name, self.canv.getPageNumber())
        self.canv.bookmarkHorizontal(self.name, 0, 12)
        if self.title:
            self.canv.addOutlineEntry(self.title, self.name)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: a marked place of the front, or a page of an attachment."""

    name: str = ""
    section: int = 0
    page: int = 0


class PageLink(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Words, mostly a page number, that lead to a place."""

    def __init__(self, words: str, target: Target, places: Places, *, size: float, color: Color = ACCENT) -> None:
        super().__init__()
        self.words, self.target, self.places, self.size, self.color = words, target, places, size, color
        self.height = size * 1.28
        self.width = stringWidth(words, register(Font.WORDS), size)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room the words take."""
        return self.width, self.height

    def draw(self) -> None:
        """Write the words and lay the link over them."""
        canvas, base = self.canv, self.height - self.size
        canvas.setFont(register(Font.WORDS), self.size)
        canvas.setFillColor(self.color)
        canvas.drawString(0, base, self.words)
        canvas.setStrokeColor(self.color)
        canvas.setLineWidth(0.4)
        canvas.line(0, base - UNDER, self.width, base - UNDER)
        if self.target.name:
            canvas.linkRect("", self.target.name, (0, 0, self.width, self.height), relative=1, Border="[0 0 0]")
            return
        left, bottom = canvas.absolutePosition(0, 0)
        right, top = canvas.absolutePosition(self.width, self.height)
        rect = (round(left, 3), round(bottom, 3), round(right, 3), round(top, 3))
        self.places.links.append(FrontLink(canvas.getPageNumber(), rect, self.target.section, self.target.page))
