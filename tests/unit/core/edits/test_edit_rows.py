"""The words of the edits and the code that finds them belong together: no row without use, no use without a row."""

import ast
import string
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import mild_biller.core
from mild_biller import loader
from mild_biller.core.rules.code_tables import Edit
from mild_biller.core.rules.finding import Severity
from mild_biller.paths import resources

EDITS = loader.catalog().edits
CORE = Path(mild_biller.core.__file__).parent


def texts_in_code() -> set[str]:
    """Return every text that stands in the core, docstrings aside."""
    found: set[str] = set()
    for file in CORE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def ids_in_code() -> set[str]:
    """Return the ids the code asks the catalog for: the first words of `found`, and tables of ids."""
    asked: set[str] = set()
    for file in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "found":
                first = node.args[0]
                asked |= {
                    each.value
                    for each in ast.walk(first)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return asked


def test_every_row_is_used() -> None:
    unused = {edit.id for edit in EDITS} - texts_in_code()
    assert not unused, f"rows of resources/edits nothing finds: {sorted(unused)}"


def test_every_id_in_code_has_its_row() -> None:
    known = {edit.id for edit in EDITS}
    missing = ids_in_code() - known
    assert not missing, f"ids without a row in resources/edits: {sorted(missing)}"


def test_ids_stand_once() -> None:
    twice = [name for name, count in Counter(edit.id for edit in EDITS).items() if count > 1]
    assert twice == []


def is_well_said(edit: Edit) -> bool:
    """A sentence that begins and ends as one, on one line, short enough to read."""
    message, remedy = edit.message, edit.remedy
    return (
        message.strip() == message
        and message.endswith((".", "}"))
        and not message[0].islower()
        and (not remedy or remedy.endswith("."))
        and "\n" not in message + remedy
        and len(message) < 200
    )


def test_every_message_is_a_sentence() -> None:
    assert [edit.id for edit in EDITS if not is_well_said(edit)] == []


def test_what_stops_a_claim_may_do_so() -> None:
    """No severity means an error once the service is done."""
    stops = [edit for edit in EDITS if edit.severity in (Severity.ERROR, None)]
    assert [edit.id for edit in stops if not edit.certainty.may_block] == []


def test_every_row_has_its_source() -> None:
    assert [edit.id for edit in EDITS if not edit.sources or edit.id != edit.id.lower()] == []


def test_the_gaps_in_the_words_are_plain_names() -> None:
    for edit in EDITS:
        for text in (edit.message, edit.remedy):
            for _, name, form, conversion in string.Formatter().parse(text):
                assert name is None or (name.isidentifier() and not form and not conversion), edit.id


@pytest.mark.parametrize("file", sorted((resources() / "edits").glob("*.toml")), ids=lambda file: file.stem)
def test_each_file_says_what_it_holds(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# ")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["row"]


def test_no_words_of_a_code_book() -> None:
    """Descriptors are somebody else's: codes stand as codes, in words of our own (facts README 10)."""
    theirs = ("percutaneous", "interlaminar", "ligamentum flavum", "foraminotomy", "epidurography,", "unilateral")
    said = " ".join(f"{edit.message} {edit.remedy}" for edit in EDITS).lower()
    assert [word for word in theirs if word in said] == []


def test_no_remedy_says_only_to_correct_it() -> None:
    empty = {"Correct it.", "Mend it.", "Fix it."}
    assert not [each.id for each in EDITS if each.remedy in empty]
