"""Draw the rooms of the program and what imports what: `docs/pictures/rooms.svg`, made from the code itself.

    python3 packaging/rooms.py

Needs only Python. A room is a package, or a module next to packages. An arrow means that the upper room imports the
lower one; a room is one floor above the highest room it imports. Imports for type checkers alone count too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "mild_biller"
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
HOUSES = (PACKAGE, f"{PACKAGE}.core", f"{PACKAGE}.gui")

WIDTH, HEIGHT = 150, 34
GAP_X, GAP_Y, MARGIN, TITLE = 22, 44, 24, 34

Arrows = Mapping[str, frozenset[str]]


@cache
def imports_of(file: Path) -> tuple[str, ...]:
    """Return the full name of every module, or name in a module, that a file imports."""
    return tuple(_imports(ast.parse(file.read_text(encoding="utf-8"))))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str, house: str) -> str | None:
    """Return the room of a house that a module is in, None where it is in another house."""
    if not module.startswith(f"{house}."):
        return None
    return module.removeprefix(f"{house}.").split(".")[0]


def arrows(house: str, *, root: Path = ROOT) -> dict[str, frozenset[str]]:
    """Return, for each room of a house, the rooms of the same house that it imports."""
    rooms = _rooms(root.joinpath(*house.split(".")))
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for room, files in rooms.items():
        for file in files:
            others = (room_of(name, house) for name in imports_of(file))
            found[room] |= {other for other in others if other in rooms and other != room}
    return {room: frozenset(others) for room, others in found.items()}


def _rooms(folder: Path) -> dict[str, list[Path]]:
    """Return the files of each room in a folder."""
    rooms = {file.stem: [file] for file in folder.glob("*.py") if file.stem != "__init__"}
    for inner in folder.iterdir():
        if (inner / "__init__.py").exists():
            rooms[inner.name] = sorted(inner.rglob("*.py"))
    return dict(sorted(rooms.items()))


def floors(given: Arrows) -> dict[str, int]:
    """Return the floor of each room, 0 at the bottom. Raises ValueError where rooms import each other in a circle."""
    done: dict[str, int] = {}

    def floor(room: str, above: tuple[str, ...]) -> int:
        if room in above:
            raise ValueError(f"these rooms import each other in a circle: {' > '.join((*above, room))}")
        if room not in done:
            done[room] = 1 + max((floor(below, (*above, room)) for below in sorted(given[room])), default=-1)
        return done[room]

    for room in given:
        floor(room, ())
    return done


def drawing(houses: Iterable[str] = HOUSES, *, root: Path = ROOT) -> str:
    """Return the picture as SVG text, one house below the other."""
    parts: list[str] = []
    top, width = MARGIN, 0
    for house in houses:
        given = arrows(house, root=root)
        drawn, size = _house(house, given, floors(given), top=top)
        parts.extend(drawn)
        top, width = top + size[1] + MARGIN, max(width, size[0])
    shape = f'width="{width}" height="{top}" font-family="sans-serif" font-size="13"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {shape}>'
    background = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return "\n".join([head, background, *parts, "</svg>", ""])


def _house(name: str, given: Arrows, levels: Mapping[str, int], *, top: int) -> tuple[list[str], tuple[int, int]]:
    """Return the drawn parts of one house, and its width and height in points."""
    highest = max(levels.values())
    rows = [sorted(room for room in given if levels[room] == level) for level in range(highest, -1, -1)]
    widest = max(len(row) for row in rows)
    width = 2 * MARGIN + widest * (WIDTH + GAP_X) - GAP_X
    places = {
        room: (_left(len(row), number, width), top + TITLE + level * (HEIGHT + GAP_Y))
        for level, row in enumerate(rows)
        for number, room in enumerate(row)
    }
    count = sum(len(below) for below in given.values())
    title = f"{name}: {len(given)} rooms, {count} arrows, {len(rows)} floors"
    parts = [f'<text x="{MARGIN}" y="{top + 16}" font-weight="bold">{escape(title)}</text>']
    parts += [_line(places[room], places[below]) for room in sorted(given) for below in sorted(given[room])]
    parts += [_box(room, *place) for room, place in places.items()]
    return parts, (width, TITLE + len(rows) * (HEIGHT + GAP_Y) - GAP_Y)


def _left(count: int, number: int, width: int) -> int:
    taken = count * (WIDTH + GAP_X) - GAP_X
    return (width - taken) // 2 + number * (WIDTH + GAP_X)


def _line(upper: tuple[int, int], lower: tuple[int, int]) -> str:
    x1, y1, x2, y2 = upper[0] + WIDTH // 2, upper[1] + HEIGHT, lower[0] + WIDTH // 2, lower[1]
    bend = (y2 - y1) // 2
    return f'<path d="M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}" fill="none" stroke="#8aa0b4"/>'


def _box(room: str, x: int, y: int) -> str:
    box = f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5" fill="#eef3f8" stroke="#44607a"/>'
    middle = f'x="{x + WIDTH // 2}" y="{y + HEIGHT // 2 + 5}" text-anchor="middle" fill="#16283a"'
    return f"{box}<text {middle}>{escape(room)}</text>"


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawing(), encoding="utf-8", newline="\n")
    print(f"Drawn: {PICTURE.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
