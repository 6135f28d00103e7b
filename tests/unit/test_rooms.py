"""The drawing of the rooms: what it reads from the code, and that the picture in the documents is of this code."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import rooms

SVG = "{http://www.w3.org/2000/svg}"


def house(root: Path, files: dict[str, str]) -> Path:
    """Write a package of a few modules."""
    for name, text in {"__init__.py": "", **files}.items():
        file = root / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def test_a_room_is_a_package_or_a_module_and_an_arrow_an_import(tmp_path: Path) -> None:
    root = house(
        tmp_path,
        {
            "top.py": "import os\nfrom small.middle.inner import thing\n",
            "middle/__init__.py": "",
            "middle/inner.py": "from small import base\nfrom small.middle import other\n",
            "middle/other.py": "",
            "base.py": "",
        },
    )
    found = rooms.arrows("small", root=root)
    assert found == {"base": frozenset(), "middle": frozenset({"base"}), "top": frozenset({"middle"})}
    assert rooms.floors(found) == {"base": 0, "middle": 1, "top": 2}


def test_a_circle_is_refused_by_name(tmp_path: Path) -> None:
    root = house(tmp_path, {"one.py": "import small.two", "two.py": "from small.one import x"})
    with pytest.raises(ValueError, match="one > two > one"):
        rooms.floors(rooms.arrows("small", root=root))


def test_every_room_and_arrow_of_the_program_is_drawn() -> None:
    drawn = ElementTree.fromstring(rooms.drawing())
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    for name in rooms.HOUSES:
        assert set(rooms.arrows(name)) <= set(words)
    arrows = sum(len(below) for name in rooms.HOUSES for below in rooms.arrows(name).values())
    assert len(list(drawn.iter(f"{SVG}path"))) == arrows


def test_the_picture_in_the_documents_is_of_this_code() -> None:
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.drawing(), "run: python3 packaging/rooms.py"
