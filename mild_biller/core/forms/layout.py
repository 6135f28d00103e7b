"""A paper form as data: its sheet, its print grid, its boxes, and our own drawing of it.

Rows, columns and pages count from 1, points from the sheet's top left corner.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from mild_biller.core.case.base import Model
from mild_biller.core.rules.source import Certainty, Text

SHEET_LINES: Final = 66  # lines of a letter-size sheet at six an inch


Caption = Annotated[str, StringConstraints(pattern=r"^[!-~]([ -~]*[!-~])?$")]  # ASCII: in one subset of a font
Points = Annotated[float, Field(ge=0, le=1300)]
Size = Annotated[float, Field(gt=0, le=1300)]
Count = Annotated[int, Field(ge=1, le=200)]
Shade = Annotated[float, Field(ge=0, le=1)]
Color = Annotated[tuple[Shade, Shade, Shade], Field(strict=False)]
Three = Annotated[tuple[Points, Points, Points], Field(strict=False)]
Rectangle = Annotated[tuple[Points, Points, Size, Size], Field(strict=False)]
Written = Annotated[tuple[Points, Points, Caption], Field(strict=False)]


class Align(StrEnum):
    """Where a text is in its box, or at its point."""

    LEFT = "L"
    CENTER = "C"
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
        return self.col + {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[self.align]

    def overlaps(self, other: Self) -> bool:
        """Return True if two boxes have a cell in common."""
        return self.row == other.row and not set(self.columns).isdisjoint(other.columns)

    def may_share_cells(self, other: Self) -> bool:
        """Return True if one of two boxes replaces the other."""
        return other.id in self.instead_of or self.id in other.instead_of


class Repeat(Model):
    """Boxes that come again further down, once for each name; `{n}` in ids represents the name."""

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

    ink: Color
    tint: Color
    square: Size  # side of a check box
    square_rise: Points  # its center above the baseline
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
                raise ValueError(f"box {box.id} takes the place of {name}, which it does not overlap")

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
