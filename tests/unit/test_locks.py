"""The two locks are of one resolution, hold what pyproject.toml wants, and no more."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from command import ROOT
from environment import DEVELOPMENT, PROGRAM

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOOLS = PROJECT["optional-dependencies"]
WANTED = {"program": PROJECT["dependencies"], "development": [*PROJECT["dependencies"], *TOOLS["dev"]]}
LOCKS = {"program": PROGRAM.lock, "development": DEVELOPMENT.lock}
TEXTS = {name: lock.read_text(encoding="utf-8") for name, lock in LOCKS.items()}


def pins(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Return what a lock holds: each release, by name, with the hashes of its files."""
    text = re.sub(r"^ *#.*\n", "", TEXTS[name], flags=re.MULTILINE).replace("\\\n", "")
    entries = (line.split("--hash=") for line in text.splitlines())
    read = ((Requirement(pin), [part.strip() for part in hashes]) for pin, *hashes in entries)
    return {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in read}


def reached(wishes: Iterable[str]) -> set[str]:
    """Return the names of all that is wanted on this machine, by the releases that are installed."""
    found: set[tuple[str, str]] = set()
    todo = [(Requirement(wish), "") for wish in wishes]
    while todo:
        wish, extra = todo.pop()
        name = canonicalize_name(wish.name)
        if (wish.marker and not wish.marker.evaluate({"extra": extra})) or (name, extra) in found:
            continue
        found.add((name, extra))
        more = [Requirement(text) for text in importlib.metadata.requires(name) or ()]
        todo.extend((each, asked) for each in more for asked in ("", *wish.extras))
    return {name for name, _ in found}


@pytest.mark.parametrize("name", TEXTS)
class TestEachLock:
    def test_it_names_no_address(self, name: str) -> None:
        assert "://" not in TEXTS[name]
        assert "--index-url" not in TEXTS[name]

    def test_every_release_is_pinned_and_has_its_hashes(self, name: str) -> None:
        held = pins(name)
        assert [key for key, (pin, _) in held.items() if not str(pin.specifier).startswith("==")] == []
        assert [key for key, (_, hashes) in held.items() if not hashes] == []

    def test_it_holds_what_the_project_wants(self, name: str) -> None:
        held = pins(name)
        for wish in map(Requirement, WANTED[name]):
            pin, _ = held[canonicalize_name(wish.name)]
            assert wish.specifier.contains(str(pin.specifier).removeprefix("==")), f"{wish} is locked as {pin}"

    def test_it_holds_all_that_those_want_and_no_more(self, name: str) -> None:
        here = {key for key, (pin, _) in pins(name).items() if pin.marker is None or pin.marker.evaluate()}
        assert here == reached(WANTED[name])


def test_both_are_of_one_resolution() -> None:
    program, development = pins("program"), pins("development")
    assert {name: held for name, held in development.items() if name in program} == program


def test_each_tool_is_of_development_alone() -> None:
    assert "hatchling" not in pins("program")
    assert list(TOOLS) == ["dev"]
