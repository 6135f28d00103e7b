"""Where things lie on a shown sheet: from a place in the view to a page, from there to a box, and back.

Places in the view are pixels from the top left of everything that can be scrolled to; places on a page are points
from the sheet's top left corner.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from mild_biller.core.rules.layout import Box, FormLayout

ABOVE_BASELINE = 0.79  # of a line: what a row takes above its baseline; the rest hangs below it


@dataclass(frozen=True, slots=True)
class SheetArea:
    """A rectangle, in whatever unit its owner says."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Return True if a point is inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, pages counted from 1."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheets:
    """Pages below each other: centered, or as wide as the room.

    `sizes` in points; `pixels` a point at 100 %; `zoom` None where pages follow the width of the `room`;
    `margins` left, top, right, bottom and `spacing` in pixels.
    """

    sizes: tuple[tuple[float, float], ...]
    pixels: float
    zoom: float | None
    room: int
    margins: tuple[int, int, int, int]
    spacing: int

    def areas(self) -> tuple[SheetArea, ...]:
        """Return the place of every page."""
        left, top, right, _ = self.margins
        scales = [self._scale(width) for width, _ in self.sizes]
        sizes = [
            (round(width * scale), round(height * scale))
            for (width, height), scale in zip(self.sizes, scales, strict=True)
        ]
        whole = max(max((width for width, _ in sizes), default=0) + left + right, self.room)
        found = []
        for width, height in sizes:
            found.append(SheetArea((whole - width) // 2, top, width, height))
            top += height + self.spacing
        return tuple(found)

    def extent(self) -> SheetArea:
        """Return all that can be scrolled to, with the margins."""
        left, top, right, bottom = self.margins
        areas = self.areas()
        width = max((area.width for area in areas), default=0) + left + right
        height = areas[-1].y + areas[-1].height if areas else top
        return SheetArea(0, 0, max(width, self.room), height + bottom)

    def spot(self, x: float, y: float) -> Spot | None:
        """Return the page and the point at a place, None between the pages."""
        for number, (area, size) in enumerate(zip(self.areas(), self.sizes, strict=True), start=1):
            if area.holds(x, y):
                return Spot(number, (x - area.x) * size[0] / area.width, (y - area.y) * size[1] / area.height)
        return None

    def shown(self, page: int, area: SheetArea) -> SheetArea:
        """Return the place of an area of a page, in points, in the view."""
        sheet, (width, height) = self.areas()[page - 1], self.sizes[page - 1]
        across, down = sheet.width / width, sheet.height / height
        return SheetArea(sheet.x + area.x * across, sheet.y + area.y * down, area.width * across, area.height * down)

    def _scale(self, width: float) -> float:
        """Return the pixels a point for a page of this width."""
        if self.zoom is not None:
            return self.pixels * self.zoom
        return max(1, self.room - self.margins[0] - self.margins[2]) / width


@dataclass(frozen=True)
class BoxMap:
    """The boxes of a form by place. `nudge` and `scale` are those the data was printed with."""

    layout: FormLayout
    nudge: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0

    def area(self, box: Box) -> SheetArea:
        """Return where the cells of a box lie on its page, in points."""
        grid, (right, down) = self.layout.grid, self.nudge
        top = grid.baseline(box.row) - grid.line * ABOVE_BASELINE
        return SheetArea(
            grid.x(box.col) * self.scale + right,
            top * self.scale + down,
            grid.pitch * box.width * self.scale,
            grid.line * self.scale,
        )

    def at(self, x: float, y: float, *, filled: Collection[str]) -> Box | None:
        """Return the box at a point; where two share cells, the one that is filled."""
        grid = self.layout.grid
        x, y = (x - self.nudge[0]) / self.scale, (y - self.nudge[1]) / self.scale
        row = (y - grid.first_baseline + grid.line * ABOVE_BASELINE) // grid.line + 1
        found = self._by_cell.get((int(row), int((x - grid.left) // grid.pitch + 1)), ())
        return next((box for box in found if box.id in filled), found[0] if found else None)

    @cached_property
    def _by_cell(self) -> Mapping[tuple[int, int], tuple[Box, ...]]:
        cells: dict[tuple[int, int], tuple[Box, ...]] = {}
        for box in self.layout.boxes:
            for column in box.columns:
                cells[box.row, column] = (*cells.get((box.row, column), ()), box)
        return cells
