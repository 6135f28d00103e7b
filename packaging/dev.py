"""One command for every chore: set up, run, test, check, take pictures, package.

    python3 packaging/dev.py setup | run [CASE.json] | test | check | pictures | package

Needs Python 3.11 and nothing else: what more is needed is installed into .venv on first use. Tried on
Debian; for Windows and macOS the paths and commands are computed and tested as computed, not tried.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from command import ROOT, SetupError
from environment import check_version, make_environment, venv_python
from show import ABORTED, do_without_window, has_display, open_window
from steps import run_check, run_test
from system_libraries import provide_system_libraries


def set_up() -> None:
    """See that the system libraries and the environment are there."""
    check_version()
    provide_system_libraries()
    make_environment()


def setup(_: argparse.Namespace) -> int:
    """Install what the program needs."""
    set_up()
    print("Ready. Next: python3 packaging/dev.py run")
    return 0


def run(arguments: argparse.Namespace) -> int:
    """Open the window; without a display assess the case, or an example, and print its claim to PDF."""
    case = _existing(arguments.case)
    set_up()
    python = str(venv_python())
    if has_display(platform=sys.platform, environment=os.environ):
        status = open_window(python, case=case)
        if status != ABORTED:
            return status
        print("The window could not be opened; here is the job without it.")
    do_without_window(python, case=case)
    return 0


def test(_: argparse.Namespace) -> int:
    """Run every check, test and benchmark."""
    set_up()
    return 0 if run_test(str(venv_python()), workers=os.cpu_count() or 1) else 1


def check(_: argparse.Namespace) -> int:
    """Check format, lint, types and import contracts."""
    set_up()
    return 0 if run_check(str(venv_python())) else 1


def pictures(_: argparse.Namespace) -> int:
    """Take the pictures of the window that the documents show."""
    return _run_if_present(ROOT / "packaging" / "pictures.py")


def package(_: argparse.Namespace) -> int:
    """Build the program for this kind of machine."""
    spec = ROOT / "packaging" / "mild-biller.spec"
    return _run_if_present(spec, "-m", "PyInstaller", "--noconfirm")


def _run_if_present(file: Path, *before: str) -> int:
    """Run a file with the environment's Python in the checkout."""
    if not file.exists():
        raise SetupError(f"{file.relative_to(ROOT).as_posix()} is not there yet, so there is nothing to run.")
    set_up()
    return subprocess.run([str(venv_python()), *before, str(file)], cwd=ROOT, check=False).returncode


def _existing(case: Path | None) -> Path | None:
    if case is not None and not case.is_file():
        raise SetupError(f"There is no case file {case}; name one, or none for the example.")
    return case.resolve() if case else None


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="dev.py", description="Chores of the project.")
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for verb in (setup, run, test, check, pictures, package):
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
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
