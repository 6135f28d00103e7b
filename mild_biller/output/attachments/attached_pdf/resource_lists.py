"""The lists in which an attached PDF names what it draws with, and how they are cut down to what is used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from mild_biller.output.attachments.attached_pdf.allowlist import LISTS, Walk
from mild_biller.output.attachments.attached_pdf.drawing_names import Use
from mild_biller.output.attachments.attached_pdf.pdf_values import inside, plain_name

NAMED: Final = (Array, Dictionary, Name, Stream)  # what a name can stand for


@dataclass(slots=True, eq=False)
class ResourceList:
    """A list of resources: what has it, which of its names are used, and whether all that uses it can be read."""

    holder: Object
    resources: Object
    used: dict[Use, Object] = field(default_factory=dict)
    is_known: bool = True

    def unused(self) -> Iterator[Use]:
        """Yield the names that no drawing uses as far as could be read."""
        for category in LISTS:
            named = self.resources.get(category)
            for name, value in named.items() if isinstance(named, Dictionary) else ():
                if isinstance(value, NAMED) and (category, name) not in self.used:
                    yield category, name

    def cut(self, source: Pdf, *, walk: Walk) -> None:
        """Put a list of the used names alone in its place."""
        kept: dict[str, dict[str, Object]] = {}
        for (category, name), value in self.used.items():
            kept.setdefault(category, {})[name] = value
        short = source.make_indirect(Dictionary({category: Dictionary(items) for category, items in kept.items()}))
        self.holder["/Resources"] = short
        walk.lists.add(short.objgen)


@dataclass(slots=True, eq=False)
class DrawnFont:
    """A font whose letters are drawings: which there are, what they draw with, and which of them are shown."""

    font: Object
    glyphs: dict[str, Stream]
    codes: dict[int, str]
    lists: list[ResourceList] = field(default_factory=list)
    shown: dict[str, Stream] = field(default_factory=dict)

    @property
    def without_code(self) -> list[str]:
        """Return the letters for which the font gives no code: a viewer may find them in another way."""
        listed = set(self.codes.values())
        return [name for name in self.glyphs if name not in listed]

    def named(self, codes: Iterable[int]) -> list[str]:
        """Return the letters that codes stand for."""
        return [self.codes[code] for code in codes if code in self.codes]

    def cut(self, source: Pdf, *, walk: Walk) -> None:
        """Leave only the letters that are shown."""
        kept = source.make_indirect(Dictionary(self.shown))
        self.font["/CharProcs"] = kept
        walk.lists.add(kept.objgen)


def drawn_font(font: Object, glyphs: Object) -> DrawnFont:
    """Return a font whose letters are these drawings."""
    drawn = {name: glyph for name, glyph in glyphs.items() if isinstance(glyph, Stream)}
    return DrawnFont(font, drawn, dict(_codes(inside(font, "/Encoding", "/Differences"))))


def _codes(differences: object) -> Iterator[tuple[int, str]]:
    """Yield which code represents which letter."""
    code = 0
    for item in differences if isinstance(differences, Array) else ():
        if isinstance(item, int):
            code = item
        elif isinstance(item, Name):
            yield code, f"/{plain_name(item)}"
            code += 1
