"""What people read stays American billing English: the words of tests/language/words.toml do not come back."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.support import ROOT

WORDS: Final[dict[str, Any]] = tomllib.loads((ROOT / "tests/language/words.toml").read_text(encoding="utf-8"))
CHECKED: Final[dict[str, list[str]]] = WORDS["checked"]


def pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return one pattern for all phrases: whole words, any case, any white space between the words."""
    each = (
        r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])", re.IGNORECASE)


READ: Final = pattern([*WORDS["phrases"], *WORDS["spellings"]])
CODE: Final = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
DOCSTRING: Final = pattern([*WORDS["docstrings"], *WORDS["spellings"]])


def files(globs: list[str]) -> list[Path]:
    """Return the files that the globs match, each once."""
    return sorted({file for glob in globs for file in ROOT.glob(glob) if file.is_file()})


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    """Return a page of documentation with its code blanked: keys and words of files never change."""
    return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def banned(text: str, words: re.Pattern[str]) -> list[str]:
    """Return every banned word or phrase of a text, with its line."""
    return [f"line {text.count(chr(10), 0, each.start()) + 1}: {each[0]!r}" for each in words.finditer(text)]


def labels(text: str) -> Iterator[str]:
    """Yield the strings of a data file that are a banned label as a whole."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from strings(inner)

    yield from (each for each in strings(tomllib.loads(text)) if each.rstrip(":.") in WORDS["labels"])


def documented(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the docstrings of a module, its classes and its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def shown(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings that a person may read: no docstring, and more than one word or a capital in front."""
    left_out = {id(node) for node in documented(tree)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    for node in strings:
        text = str(node.value)
        if id(node) not in left_out and (" " in text.strip() or text[:1].isupper()):
            yield node


def faults(tree: ast.Module) -> list[str]:
    """Return what is wrong with the strings of a module."""
    found = []
    for node in shown(tree):
        text = str(node.value)
        if READ.search(text) or text.strip().rstrip(":.") in WORDS["labels"]:
            found.append(f"line {node.lineno}: {text!r}")
    return found


@pytest.mark.parametrize("part", CHECKED)
def test_every_checked_place_is_there(part: str) -> None:
    assert [glob for glob in CHECKED[part] if not files([glob])] == []


@pytest.mark.parametrize("file", files(CHECKED["prose"]), ids=relative)
def test_prose(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert banned(without_code(text) if file.suffix == ".md" else text, READ) == []
    assert file.suffix != ".toml" or list(labels(text)) == []


@pytest.mark.parametrize("file", files(CHECKED["strings"]), ids=relative)
def test_strings_of_the_program(file: Path) -> None:
    assert faults(ast.parse(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", files(CHECKED["docstrings"]), ids=relative)
def test_docstrings(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {node.lineno: banned(str(node.value), DOCSTRING) for node in documented(tree)}
    assert {line: words for line, words in found.items() if words} == {}


class TestTheTest:
    """A list that finds nothing would hold nothing."""

    @pytest.mark.parametrize("text", ["Mend it.", "It is\nnot well formed", "the colour", "A person must decide."])
    def test_finds(self, text: str) -> None:
        assert banned(text, READ)

    @pytest.mark.parametrize("text", ["Recommended", "a place-of-service slip-on", "the form holds four", "color"])
    def test_leaves_alone(self, text: str) -> None:
        assert banned(text, READ) == []

    def test_code_in_documentation_is_no_prose(self) -> None:
        text = "The key `slips` is kept.\n```\nslips: 1\n```\nNo slip here."
        assert banned(without_code(text), READ) == ["line 5: 'slip'"]

    def test_a_label_is_banned_only_as_a_whole(self) -> None:
        assert list(labels('title = "Where:"\ntext = "Where is the procedure performed?"')) == ["Where:"]

    def test_strings_and_docstrings_are_told_apart(self) -> None:
        tree = ast.parse('"""Mend it."""\nkey = "mend"\ntext = f"Mend it: {key}"\nbutton = "Keep"\nother = "keep"\n')
        assert sorted(faults(tree)) == ["line 3: 'Mend it: '", "line 4: 'Keep'"]
        assert [banned(str(node.value), DOCSTRING) for node in documented(tree)] == [["line 1: 'Mend'"]]

    def test_no_word_is_listed_twice(self) -> None:
        for name in ("phrases", "labels", "spellings", "docstrings"):
            assert len(set(WORDS[name])) == len(WORDS[name]), name
