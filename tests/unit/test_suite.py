"""No test waits for time, gives up within a minute, or takes anything from another module of tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support import LIMIT, ROOT

TESTS = ROOT / "tests"
WAITS = TESTS / "gui" / "waiting.py"  # the one place where time is waited for, to look again
WAITING = {"wait", "qWait", "sleep", "assertNotEmitted"}
MILLISECONDS = {"waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed", "waitCallback"}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(TESTS.rglob("*.py")):
        if file != WAITS and "benchmarks" not in file.parts:
            yield file.relative_to(ROOT), ast.parse(file.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def number(node: ast.expr | None) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) else None


def test_no_test_waits_for_time() -> None:
    found = [
        f"{file}:{call.lineno}: {name}"
        for file, tree in sources()
        for name, call in calls(tree)
        if name in WAITING and call.args and number(call.args[0]) is not None
    ]
    assert found == []


def test_no_test_gives_up_within_a_minute() -> None:
    found = []
    for file, tree in sources():
        for name, call in calls(tree):
            least = LIMIT * (1000 if name in MILLISECONDS else 1)
            limits = [number(word.value) for word in call.keywords if word.arg == "timeout"]
            found += [f"{file}:{call.lineno}: {name}" for limit in limits if limit is not None and limit < least]
    assert found == []


def test_no_module_of_tests_takes_from_another() -> None:
    found = [
        f"{file}:{node.lineno}: {node.module}"
        for file, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2].startswith("test_")
    ]
    assert found == []
