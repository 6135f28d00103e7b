"""A paper form as data, and the filling of its boxes: which text stands where, and what does not fit.

Rows, columns and pages count from 1, points from the sheet's top left corner. What does not fit: a text prints
its longest beginning that ends at a blank, everything else leaves the box empty. Source: case file format 1, 3.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from mild_biller.core.base import Model
from mild_biller.core.source import Certainty, Text
from mild_biller.errors import FormError

SHEET_LINES: Final = 66  # lines of a letter-size sheet at six an inch

# The Latin part of the bundled fixed-pitch font, without what has no width of its own or cannot be seen.
PRINTABLE: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),  # ASCII
        (0xA1, 0xAC),
        (0xAE, 0x236),  # Latin-1, Extended-A, Extended-B; U+00AD is a soft hyphen
        (0x1E00, 0x1E9B),
        (0x1E9E, 0x1E9E),
        (0x1EA0, 0x1EF9),  # Extended Additional
        (0x2010, 0x2010),
        (0x2012, 0x2015),
        (0x2018, 0x201E),  # typographic hyphen, dashes, quotation marks
    )
    for code in range(first, last + 1)
)

Caption = Annotated[str, StringConstraints(pattern=r"^[!-~]([ -~]*[!-~])?$")]  # ASCII: in one subset of a font
Points = Annotated[float, Field(ge=0, le=1300)]
Size = Annotated[float, Field(gt=0, le=1300)]
Count = Annotated[int, Field(ge=1, le=200)]
Shade = Annotated[float, Field(ge=0, le=1)]
Colour = Annotated[tuple[Shade, Shade, Shade], Field(strict=False)]
Three = Annotated[tuple[Points, Points, Points], Field(strict=False)]
Rectangle = Annotated[tuple[Points, Points, Size, Size], Field(strict=False)]
Written = Annotated[tuple[Points, Points, Caption], Field(strict=False)]


class Align(StrEnum):
    """Where a text stands in its box, or at its point."""

    LEFT = "L"
    CENTRE = "C"
    RIGHT = "R"


class Holds(StrEnum):
    """What a box is for, which decides what happens to a value that does not fit."""

    TEXT = "text"  # names, addresses, plans, free text: cut
    CODE = "code"  # codes and identifiers: left empty, as all that follow
    DATE = "date"
    NUMBER = "number"
    MARK = "mark"  # a check box
    MONEY = "money"  # left empty, and the form cannot be printed


class Face(StrEnum):
    """The weight of a caption."""

    REGULAR = "regular"
    BOLD = "bold"


class Grid(Model):
    """The sheet and its print grid, in points."""

    page_width: Size
    page_height: Size
    columns: Count
    rows: Count
    left: Points  # of column 1
    pitch: Size  # from column to column
    first_baseline: Points  # of row 1
    line: Size  # from row to row
    font_size: Size

    def x(self, col: int) -> float:
        """Return where column `col` begins."""
        return self.left + self.pitch * (col - 1)

    def baseline(self, row: int) -> float:
        """Return the baseline of `row`, from the top of the sheet."""
        return self.first_baseline + self.line * (row - 1)

    @property
    def first_line(self) -> int:
        """Return which of the sheet's 66 lines row 1 is."""
        return int(self.first_baseline // self.line) + 1


class Box(Model):
    """One box: its id, the form's own item number, our short title, and its cells."""

    id: Text
    item: Text
    title: Text
    row: Count
    col: Count
    width: Count
    holds: Annotated[Holds, Field(strict=False)]
    align: Annotated[Align, Field(strict=False)] = Align.LEFT
    spare: Annotated[int, Field(ge=0)] = 0  # cells at the right end, used only by a value that needs them
    repeat: str | None = None  # which of a repeated group: the service line
    instead_of: Annotated[tuple[Text, ...], Field(strict=False)] = ()  # boxes whose cells it uses while they are empty

    @property
    def place(self) -> str:
        """Return how the box is named in words: 24.2 for a line of an item, 39a for a row of a form locator."""
        if self.repeat is None:
            return self.item
        return f"{self.item}{'.' if self.repeat.isdecimal() else ''}{self.repeat}"

    @property
    def columns(self) -> range:
        """Return the columns the box covers."""
        return range(self.col, self.col + self.width)

    def first_column(self, length: int) -> int:
        """Return the column where a text of `length` characters begins."""
        room = max(self.width - self.spare, length)
        free = room - length
        return self.col + {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[self.align]

    def overlaps(self, other: Self) -> bool:
        """Tell whether two boxes have a cell in common."""
        return self.row == other.row and not set(self.columns).isdisjoint(other.columns)

    def may_share_cells(self, other: Self) -> bool:
        """Tell whether one of two boxes stands instead of the other."""
        return other.id in self.instead_of or self.id in other.instead_of


class Repeat(Model):
    """Boxes that come again further down, once for each name; `{n}` in ids stands for the name."""

    names: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    rows_apart: Count
    box: Annotated[tuple[Box, ...], Field(strict=False, min_length=1)]

    def boxes(self) -> Iterable[Box]:
        """Yield every box of every group."""
        for index, name in enumerate(self.names):
            for box in self.box:
                row = box.row + index * self.rows_apart
                instead_of = [other.replace("{n}", name) for other in box.instead_of]
                yield box.with_(id=box.id.replace("{n}", name), row=row, repeat=name, instead_of=instead_of)


class Rules(Model):
    """Lines of one weight: `across` as y, from x, to x; `down` as x, from y, to y; `dash` as dash and gap."""

    weight: Size
    dash: Annotated[tuple[Size, ...], Field(strict=False, max_length=2)] = ()
    across: Annotated[tuple[Three, ...], Field(strict=False)] = ()
    down: Annotated[tuple[Three, ...], Field(strict=False)] = ()


class Captions(Model):
    """Words of one kind, each as x, baseline, text; turned by degrees counter-clockwise; `faint` in the tint."""

    face: Annotated[Face, Field(strict=False)] = Face.REGULAR
    size: Size
    align: Annotated[Align, Field(strict=False)] = Align.LEFT
    turn: Annotated[int, Field(ge=-360, le=360)] = 0
    faint: bool = False
    at: Annotated[tuple[Written, ...], Field(strict=False)]


class Strokes(Model):
    """What is drawn: shaded areas (x, y, width, height), lines, words."""

    shade: Annotated[tuple[Rectangle, ...], Field(strict=False)] = ()
    rules: Annotated[tuple[Rules, ...], Field(strict=False)] = ()
    captions: Annotated[tuple[Captions, ...], Field(strict=False)] = ()


class RepeatedStrokes(Strokes):
    """What is drawn `count` times, `apart` points further down each time."""

    count: Count
    apart: Size


class Drawing(Strokes):
    """Our own rendition of the form, for preview and records; every box that holds a mark gets its square."""

    ink: Colour
    tint: Colour
    square: Size  # side of a check box
    square_rise: Points  # its centre above the baseline
    repeat: Annotated[tuple[RepeatedStrokes, ...], Field(strict=False)] = ()


class FormLayout(Model):
    """One edition of a form. Refuses boxes that share an id or leave the sheet, and overlaps nobody declared."""

    id: Text
    edition: Text
    title: Text
    source: Text
    certainty: Annotated[Certainty, Field(strict=False)]
    compared_on: date
    grid: Grid
    box: Annotated[tuple[Box, ...], Field(strict=False)] = ()
    repeat: Annotated[tuple[Repeat, ...], Field(strict=False)] = ()
    drawing: Drawing | None = None

    @model_validator(mode="after")
    def _stand_apart(self) -> Self:
        if self.grid.rows + self.grid.first_line - 1 > SHEET_LINES:
            raise ValueError("the grid is longer than the sheet")
        owners: dict[tuple[int, int], list[Box]] = {}
        for box in self.boxes:
            self._check_place(box)
            for column in box.columns:
                others = owners.setdefault((box.row, column), [])
                if strangers := [other.id for other in others if not box.may_share_cells(other)]:
                    raise ValueError(f"boxes {strangers[0]} and {box.id} overlap in row {box.row}, column {column}")
                others.append(box)
        return self

    def _check_place(self, box: Box) -> None:
        if self.by_id[box.id] is not box:
            raise ValueError(f"two boxes are called {box.id}")
        if box.row > self.grid.rows or box.columns.stop - 1 > self.grid.columns:
            raise ValueError(f"box {box.id} leaves the grid")
        if box.spare >= box.width:
            raise ValueError(f"box {box.id} spares more cells than it has")
        for name in box.instead_of:
            if name == box.id or name not in self.by_id or not box.overlaps(self.by_id[name]):
                raise ValueError(f"box {box.id} stands instead of {name}, which it does not overlap")

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Return every box, the repeated ones too, in reading order."""
        repeated = [box for repeat in self.repeat for box in repeat.boxes()]
        return tuple(sorted((*self.box, *repeated), key=lambda box: (box.row, box.col)))

    @cached_property
    def by_id(self) -> Mapping[str, Box]:
        """Return the boxes by their id."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def alternatives(self) -> tuple[Box, ...]:
        """Return the boxes that stand instead of others, and print only while those are empty."""
        return tuple(box for box in self.boxes if box.instead_of)


class Reason(StrEnum):
    """Why a value is not in its box as typed."""

    WIDTH = "width"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as it prints, and the cell of its first character."""

    box: str
    text: str
    row: int
    col: int
    page: int


@dataclass(frozen=True, slots=True)
class Overflow:
    """A value that does not print as typed; `characters` are those no printer of ours has."""

    box: str
    page: int
    holds: Holds
    typed: str
    printed: str
    left_out: str
    reason: Reason
    characters: str = ""


@dataclass(frozen=True, slots=True)
class FilledPage:
    """One sheet, its texts in reading order."""

    number: int
    placed: tuple[Placed, ...]

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield every row that has text, and that text from column 1 on."""
        for row, items in groupby(self.placed, key=lambda placed: placed.row):
            line = ""
            for placed in items:
                line = line.ljust(placed.col - 1) + placed.text
            yield row, line


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with every text at its place."""

    form: str
    edition: str
    pages: tuple[FilledPage, ...]
    overflow: tuple[Overflow, ...]

    @property
    def unprintable(self) -> bool:
        """Tell whether an amount is missing, so that no page may be made, not even a draft."""
        return any(item.holds is Holds.MONEY for item in self.overflow)


def fill(
    layout: FormLayout, *, pages: Sequence[Mapping[str, str]], printable: frozenset[str] = PRINTABLE
) -> FilledForm:
    """Put each page's texts, by box id, in their boxes.

    Raises FormError for a box the form does not have, and for texts in a box and in one it stands instead of.
    """
    results = [_fill_page(layout, texts=texts, page=page, printable=printable) for page, texts in enumerate(pages, 1)]
    filled = tuple(page for page, _ in results)
    overflow = tuple(item for _, items in results for item in items)
    return FilledForm(layout.id, layout.edition, filled, overflow)


def _fill_page(
    layout: FormLayout, *, texts: Mapping[str, str], page: int, printable: frozenset[str]
) -> tuple[FilledPage, list[Overflow]]:
    if unknown := texts.keys() - layout.by_id.keys():
        raise FormError(f"The form {layout.id} {layout.edition} has no box {', '.join(sorted(unknown))}.")
    _check_alternatives(layout, texts=texts)
    results = [
        _fill_box(box, typed=typed, page=page, printable=printable)
        for box in layout.boxes
        if (typed := texts.get(box.id))
    ]
    placed = tuple(place for place, _ in results if place)
    return FilledPage(page, placed), [lost for _, lost in results if lost]


def _check_alternatives(layout: FormLayout, *, texts: Mapping[str, str]) -> None:
    """Refuse two texts for the same cells."""
    for box in layout.alternatives:
        names = [name for name in (box.id, *box.instead_of) if texts.get(name, "").strip(" ")]
        if names[:1] == [box.id] and names[1:]:
            raise FormError(f"Box {box.id} stands instead of {', '.join(names[1:])}: only one of them can be filled.")


def _fill_box(box: Box, *, typed: str, page: int, printable: frozenset[str]) -> tuple[Placed | None, Overflow | None]:
    """Return what prints of a value, and what does not."""
    text = unicodedata.normalize("NFC", typed).strip(" ")
    foreign = "" if printable.issuperset(text) else _foreign(text, printable=printable)
    printed = "" if foreign else _fitting(text, box=box)
    place = Placed(box.id, printed, box.row, box.first_column(len(printed)), page) if printed else None
    if printed == text:
        return place, None
    left_out = text[len(printed) :].strip(" ")
    reason = Reason.CHARACTERS if foreign else Reason.WIDTH
    return place, Overflow(box.id, page, box.holds, typed, printed, left_out, reason, foreign)


def _foreign(text: str, *, printable: frozenset[str]) -> str:
    """Return the characters that do not print, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in printable))


def _fitting(text: str, *, box: Box) -> str:
    """Return the part of a text that prints in a box."""
    if len(text) <= box.width:
        return text
    if box.holds is not Holds.TEXT:
        return ""
    last_blank = text.rfind(" ", 0, box.width + 1)
    return text[: last_blank if last_blank > 0 else box.width].rstrip(" ")
