"""The map in the README names what is there."""

import re
from fnmatch import fnmatch

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def drawn() -> str:
    """Return the map of the tree."""
    return README.split("## Where everything is")[1].split("```")[1]


def test_every_module_of_the_map_is_there() -> None:
    named = set(re.findall(r"[\w*]+\.py\b", drawn()))
    assert {"cli.py", "assess.py", "worklist*.py"} <= named
    assert [name for name in sorted(named) if not any((ROOT / "mild_biller").rglob(name))] == []


def test_every_module_of_the_core_and_beside_it_is_on_the_map() -> None:
    """What is below `edits`, `output`, `store` and `gui` is found by the folder's line."""
    named = re.findall(r"[\w*]+\.py\b", drawn())
    modules = [file for folder in ("mild_biller", "mild_biller/core") for file in (ROOT / folder).glob("[a-z]*.py")]
    assert [file.name for file in modules if not any(fnmatch(file.name, name) for name in named)] == []


def test_every_folder_of_the_resources_is_on_the_map() -> None:
    listed = drawn()
    assert [each.name for each in (ROOT / "resources").iterdir() if each.name not in listed] == []
