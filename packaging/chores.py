"""What each verb of dev.py does."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from command import ROOT, SetupError
from environment import DEVELOPMENT, PROGRAM, VENV, Contents, make_environment, venv_python
from failure import advice
from show import ABORTED, do_without_window, has_display, open_window
from steps import run_check, run_test
from system_libraries import (
    RUN_PACKAGES,
    TEST_PACKAGES,
    provide_packages,
    provide_pip,
    provide_qt_packages,
    see_that_qt_loads,
    window_plugins,
)


def set_up(contents: Contents, *, packages: Sequence[str] = ()) -> str:
    """See that the system's packages and the environment are there; return the environment's Python."""
    provide_packages(packages)
    provide_pip(venv=VENV)
    make_environment(contents)
    return str(venv_python())


def _set_up_program() -> str:
    """See that the window can open; without a display nothing of Qt is needed."""
    if not has_display(platform=sys.platform, environment=os.environ):
        return set_up(PROGRAM)
    plugins = window_plugins(os.environ)
    provide_qt_packages(venv=VENV, plugins=plugins)
    python = set_up(PROGRAM)
    see_that_qt_loads(python, venv=VENV, plugins=plugins)
    return python


def setup(_: argparse.Namespace) -> int:
    """Install what the program needs."""
    _set_up_program()
    print("Ready. Next: python3 packaging/dev.py run")
    return 0


def system(_: argparse.Namespace) -> int:
    """Install, as root, the packages of Debian that the window and the tests need, and nothing else."""
    return 0 if provide_packages(TEST_PACKAGES) else 1


def run(arguments: argparse.Namespace) -> int:
    """Open the window; without a display assess the case, or an example, and print its claim to PDF."""
    case = _existing(arguments.case)
    python = _set_up_program()
    if has_display(platform=sys.platform, environment=os.environ):
        status = open_window(python, case=case)
        if status != ABORTED:
            return status
        print("The window could not be opened; here is the result without it.")
    do_without_window(python, case=case)
    return 0


def test(_: argparse.Namespace) -> int:
    """Run every check, test and benchmark."""
    python = set_up(DEVELOPMENT, packages=TEST_PACKAGES)
    see_that_qt_loads(python, venv=VENV)
    return 0 if run_test(python, workers=os.cpu_count() or 1) else 1


def check(_: argparse.Namespace) -> int:
    """Check format, lint, types and import contracts."""
    return 0 if run_check(set_up(DEVELOPMENT)) else 1


def pictures(_: argparse.Namespace) -> int:
    """Take the pictures of the window that the documents show."""
    python = set_up(DEVELOPMENT, packages=RUN_PACKAGES)
    return subprocess.run([python, str(ROOT / "packaging" / "pictures.py")], cwd=ROOT, check=False).returncode


def _existing(case: Path | None) -> Path | None:
    if case is not None and not case.is_file():
        raise SetupError(f"There is no case file {case}. Name another file, or none for the example.")
    return case.resolve() if case else None


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="dev.py", description="Project tasks.")
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for verb in (setup, system, run, test, check, pictures):
        described = verbs.add_parser(verb.__name__, help=verb.__doc__, description=verb.__doc__)
        described.set_defaults(verb=verb)
        if verb is run:
            described.add_argument("case", nargs="?", type=Path, metavar="CASE.json")
    return top


def main() -> int:
    """Run one verb; an expected failure is one line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a poor terminal shows ? rather than an error
    arguments = parser().parse_args()
    verb: Callable[[argparse.Namespace], int] = arguments.verb
    try:
        return verb(arguments)
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # no room, no right to write
        print(f"dev.py: {advice(str(error))} ({error.filename or 'the checkout'})", file=sys.stderr)
        return 2
