"""The steps of `dev.py check` and `dev.py test`: what each runs, side by side where that saves time.

Two words of the environment change what `dev.py test` runs:
MILD_BILLER_CI     anything: the tests marked slow too, which otherwise are left out (`dev.py test --all` sets it)
MILD_BILLER_ORDER  a number: the tests in that order, as an earlier run named it; each run has an order of its own
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from command import ROOT, capture

COVERED = ("tests/unit", "tests/policies", "tests/hospital", "tests/mistakes")
BENCHMARKS = "tests/benchmarks"
ORDER = "MILD_BILLER_ORDER"
ORDERS = 1_000_000
COMPILES_EACH_TIME = "PYTHONDONTWRITEBYTECODE"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed)\b")
_SUMMARY = re.compile(r"\bin \d+\.\d+s\b")
_PRINTING = Lock()


@dataclass(frozen=True)
class Step:
    """One command; what a run of tests prints is of interest even when it passes."""

    name: str
    command: tuple[str, ...]
    runs_tests: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a step."""

    step: Step
    passed: bool
    seconds: float
    output: str


def check_steps(python: str) -> list[Step]:
    """Return the steps that read the code without running it."""
    quietly = ("--quiet", "--output-format", "concise")
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        Step("format", (python, "-m", "ruff", "format", "--check", *quietly, ".")),
        Step("lint", (python, "-m", "ruff", "check", *quietly, ".")),
        Step("types", (python, "-m", "mypy")),
        Step("imports", (python, "-c", linter, "--no-logo")),
    ]


def unit_step(python: str, *, folders: Sequence[str], spread: Sequence[str]) -> Step:
    """Return the step of the unit tests, which also measures coverage, of all workers together."""
    return _tests("unit tests", python, *spread, "--cov", "--cov-report=term", *folders)


def other_step(python: str, *, ignored: Iterable[str], spread: Sequence[str]) -> Step:
    """Return the step of all tests that are neither unit tests nor benchmarks."""
    left_out = tuple(f"--ignore={folder}" for folder in ignored)
    return _tests("other tests", python, *spread, *left_out, "tests")


def benchmark_step(python: str) -> Step:
    """Return the step of the benchmarks, to be run alone on a quiet machine."""
    return _tests("benchmarks", python, "-p", "no:randomly", "--benchmark-only", BENCHMARKS)


def spread_over(workers: int, *, order: str) -> tuple[str, ...]:
    """Return pytest's arguments for tests in some order, shared out among workers."""
    return ("-n", str(workers), "--dist", "worksteal", "--benchmark-disable", f"--randomly-seed={order}")


def _tests(name: str, python: str, *arguments: str) -> Step:
    return Step(name, (python, "-m", "pytest", "-q", *arguments), runs_tests=True)


def test_stages(python: str, *, present: set[str], spread: Sequence[str]) -> list[list[list[Step]]]:
    """Return stages of lanes of steps: stages follow each other, lanes run side by side.

    `present` are the folders of tests that exist; a step without its folder is left out.
    """
    covered = [folder for folder in COVERED if folder in present]
    stages = [[check_steps(python), [unit_step(python, folders=covered, spread=spread)] if covered else []]]
    if present - {*COVERED, BENCHMARKS}:
        stages.append([[other_step(python, ignored=(*COVERED, BENCHMARKS), spread=spread)]])
    if BENCHMARKS in present:
        stages.append([[benchmark_step(python)]])
    return stages


def test_folders(root: Path) -> set[str]:
    """Return the folders below tests/ that hold tests, as `tests/unit`."""
    found = (file.relative_to(root).parts for file in root.glob("tests/*/**/test_*.py"))
    return {f"{parts[0]}/{parts[1]}" for parts in found}


def run_stages(stages: Iterable[Iterable[Sequence[Step]]]) -> list[Outcome]:
    """Run every step, whatever came before, and print each as it ends."""
    outcomes: list[Outcome] = []
    for lanes in stages:
        with ThreadPoolExecutor() as pool:
            for lane in pool.map(_run_lane, lanes):
                outcomes.extend(lane)
    return outcomes


def _run_lane(steps: Sequence[Step]) -> list[Outcome]:
    return [_run_step(step) for step in steps]


def _run_step(step: Step) -> Outcome:
    started = time.monotonic()
    if step.runs_tests:
        print(f"{step.name} ...", flush=True)
    kept = {name: value for name, value in os.environ.items() if name != COMPILES_EACH_TIME}
    done = capture(step.command, environment=kept)
    outcome = Outcome(step, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)
    with _PRINTING:
        print(report(outcome), flush=True)
    return outcome


def report(outcome: Outcome) -> str:
    """Return what is printed when a step ends: its output only if it failed or is of interest."""
    headline = f"{outcome.step.name}: {'ok' if outcome.passed else 'FAILED'} ({outcome.seconds:.1f} s)"
    if outcome.passed and not outcome.step.runs_tests:
        return headline
    return f"\n{outcome.output.strip()}\n{headline}\n"


def counts(output: str) -> Counter[str]:
    """Read the last summary line of pytest, as `3 passed, 1 skipped in 0.21s`."""
    summaries = [line for line in output.splitlines() if _SUMMARY.search(line)]
    pairs = _COUNT.findall(summaries[-1]) if summaries else []
    return Counter({word.removesuffix("s") if word == "errors" else word: int(n) for n, word in pairs})


def summary(outcomes: Sequence[Outcome], *, seconds: float) -> str:
    """Return the last words: tests in all, and the steps that failed."""
    total: Counter[str] = sum((counts(o.output) for o in outcomes if o.step.runs_tests), Counter())
    tests = ", ".join(f"{number} {word}" for word, number in total.items())
    failed = [outcome.step.name for outcome in outcomes if not outcome.passed]
    verdict = f"FAILED: {', '.join(failed)}." if failed else "All steps passed."
    return f"{tests} in {seconds:.2f}s\n{verdict}" if tests else f"{verdict} ({seconds:.1f} s)"


def run_check(python: str) -> bool:
    """Run the steps that read the code; say whether all passed."""
    return _run_and_sum_up([[[step] for step in check_steps(python)]])


def run_test(python: str, *, workers: int) -> bool:
    """Run every step, the tests in an order of this run's own; say whether all passed."""
    order = os.environ.get(ORDER) or str(secrets.randbelow(ORDERS))
    print(f"The same order again: {ORDER}={order}", flush=True)
    spread = spread_over(workers, order=order)
    return _run_and_sum_up(test_stages(python, present=test_folders(ROOT), spread=spread))


def _run_and_sum_up(stages: Sequence[Sequence[Sequence[Step]]]) -> bool:
    started = time.monotonic()
    outcomes = run_stages(stages)
    print(summary(outcomes, seconds=time.monotonic() - started))
    return all(outcome.passed for outcome in outcomes)
