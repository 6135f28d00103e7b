"""The map in the README names what is there."""

import re

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def drawn() -> str:
    """Return the map of the tree."""
    return README.split("## Where everything is")[1].split("```")[1]


def test_every_module_of_the_map_is_there() -> None:
    named = set(re.findall(r"[\w*]+\.py\b", drawn()))
    assert {"review.py", "assess.py", "start.py"} <= named
    assert [name for name in sorted(named) if not any((ROOT / "mild_biller").rglob(name))] == []


def test_every_room_and_every_module_beside_them_is_on_the_map() -> None:
    """What is in a room is listed by its `__init__.py`."""
    drawing, package = drawn(), ROOT / "mild_biller"
    rooms = [
        each.parent.name
        for each in package.rglob("__init__.py")
        if each.parent not in (package, *package.glob("*/*/*"))
    ]
    assert [name for name in rooms if f"{name}/" not in drawing and name not in ("claim", "findings")] == []
    assert [file.name for file in package.glob("[a-z]*.py") if file.name not in drawing] == []


def test_every_room_lists_what_is_in_it() -> None:
    for face in (ROOT / "mild_biller").glob("*/**/__init__.py"):
        inside = {file.name for file in face.parent.glob("[a-z]*.py")}
        inside |= {f"{each.parent.name}/" for each in face.parent.glob("*/__init__.py")}
        listed = {line.split()[0] for line in face.read_text(encoding="utf-8").split('"""')[1].splitlines()[2:] if line}
        assert listed == inside, face


def test_every_folder_of_the_resources_is_on_the_map() -> None:
    listed = drawn()
    assert [each.name for each in (ROOT / "resources").iterdir() if each.name not in listed] == []
