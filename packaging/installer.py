"""What fills an environment: uv if it is there, else the pip of this Python, else one that ensurepip brings.

All fill it from outside, with exactly the files that a lock names: nothing is resolved, and nothing is built.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from command import SetupError, capture, progress
from failure import run_or_explain

OLDEST_PIP = (22, 3)  # the first that fills an environment other than its own
_PIP_VERSION = re.compile(r"^pip (\d+(?:\.\d+)*)")
NO_PIP = (
    "This Python has no pip. On Debian: apt-get install python3-venv; elsewhere: install uv, or the Python of "
    "python.org; then try again."
)


@dataclass(frozen=True)
class Installer:
    """A program that fills one environment: the command before the lock, and the one that looks for gaps."""

    name: str
    fill: tuple[str, ...]
    check: tuple[str, ...]


def uv_installer(uv: str, *, target: str, index: str | None = None) -> Installer:
    """Return uv for the environment; what the lock does not list is removed."""
    compiling = ("--compile-bytecode",) if sys.dont_write_bytecode else ()
    exactly = ("--require-hashes", "--no-build", *compiling, *_index(index))
    return Installer("uv", (uv, "pip", "sync", "--python", target, *exactly), (uv, "pip", "check", "--python", target))


def pip_installer(python: str, *, target: str, index: str | None = None) -> Installer:
    """Return a Python's pip for the environment.

    Without --no-deps a pip up to 23.2.1 meets `coverage[toml]`, requires its newest release and refuses all.
    """
    pip = (python, "-m", "pip", "--python", target, "--disable-pip-version-check", "--no-input")
    compiling = () if sys.dont_write_bytecode else ("--no-compile",)
    exactly = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off", *compiling)
    return Installer("pip", (*pip, "install", *exactly, *_index(index), "--requirement"), (*pip, "check"))


def _index(index: str | None) -> tuple[str, ...]:
    return ("--index-url", index) if index else ()


def has_module(name: str) -> bool:
    """Return True if this Python can import a module, without importing it."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def base_python() -> str:
    """Return the Python outside of any environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def find_uv(*, outside: Path) -> str | None:
    """Return a uv that works and is not part of the environment to be filled."""
    uv = shutil.which("uv")
    if uv is None or Path(uv).is_relative_to(outside) or capture([uv, "--version"]).returncode != 0:
        return None
    return uv


def pip_version(python: str) -> tuple[int, ...] | None:
    """Return the version of a Python's pip, if it has one."""
    if not Path(python).exists():
        return None
    found = _PIP_VERSION.match(capture([python, "-m", "pip", "--version"]).stdout)
    return tuple(map(int, found.group(1).split("."))) if found else None


def python_with_pip(pythons: Iterable[str], *, tools: Path) -> str:
    """Return the first Python whose pip is new enough, or make one in `tools` that ensurepip gives a pip."""
    versions = {python: pip_version(python) for python in dict.fromkeys(pythons)}
    for python, version in versions.items():
        if version is not None and version >= OLDEST_PIP:
            return python
    if has_module("ensurepip"):
        return _with_ensurepip(tools)
    raise SetupError(_no_pip(old=[version for version in versions.values() if version]))


def _no_pip(*, old: list[tuple[int, ...]]) -> str:
    if not old:
        return NO_PIP
    found, wanted = (".".join(map(str, version)) for version in (old[0], OLDEST_PIP))
    return f"The pip of this Python is {found}; {wanted} or newer is needed. Type: python3 -m pip install --upgrade pip"


def can_install() -> bool:
    """Return True if this Python has a pip, or can get one from what it brought."""
    return has_module("pip") or has_module("ensurepip")


def _with_ensurepip(tools: Path) -> str:
    python = str(venv_program(tools, name="python", platform=sys.platform))
    if pip_version(python) is None:
        command = [base_python(), "-m", "venv", "--clear", str(tools)]
        with progress("Unpacking pip"):
            run_or_explain("Unpacking pip", command)
    return python


def venv_program(venv: Path, *, name: str, platform: str) -> Path:
    """Return the path of a program of an environment."""
    if platform == "win32":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name
