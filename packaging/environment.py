"""The virtual environment of the checkout: made from the lock, made again when the lock changes.

Windows and macOS are computed like Linux, and tested as computed; nobody has tried them there yet.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from command import ROOT, SetupError, run

VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "made-from.sha256"
OLDEST_PYTHON = (3, 11)


def venv_program(venv: Path, *, name: str, platform: str) -> Path:
    """Return where a program of the environment lies."""
    if platform == "win32":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name


def venv_python() -> Path:
    """Return the Python of this checkout's environment."""
    return venv_program(VENV, name="python", platform=sys.platform)


def fingerprint(contents: Iterable[bytes]) -> str:
    """Return one hash of all that decides what the environment holds."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def wanted_fingerprint() -> str:
    """Hash the lock, the project file and the place of the checkout."""
    files = (LOCK, ROOT / "pyproject.toml", ROOT / "packaging" / "wheel_resources.py")
    return fingerprint([*(file.read_bytes() for file in files), str(ROOT).encode()])


def is_current(*, stamp: Path, wanted: str, python: Path) -> bool:
    """Say whether the environment was made from what is wanted now."""
    return python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted


def venv_command(python: str, *, venv: Path, has_ensurepip: bool) -> list[str]:
    """Return the command that makes an empty environment."""
    without_pip = [] if has_ensurepip else ["--without-pip"]
    return [python, "-m", "venv", "--clear", *without_pip, str(venv)]


def pip_command(python: str, *, target: str, has_ensurepip: bool) -> list[str]:
    """Return pip for the environment: its own, or the outer one where Python came without ensurepip."""
    pip = [target, "-m", "pip"] if has_ensurepip else [python, "-m", "pip", "--python", target]
    return [*pip, "--disable-pip-version-check", "--no-input", "install", "-qq"]


def lock_arguments(lock: Path) -> list[str]:
    """Return pip's arguments for the libraries: exactly the locked ones, ready built."""
    return ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]


def project_arguments(root: Path) -> list[str]:
    """Return pip's arguments for the project itself, so that edits count at once."""
    return ["--no-deps", "--no-build-isolation", "--editable", str(root)]


def has_module(name: str) -> bool:
    """Say whether this Python can import a module, without importing it."""
    return importlib.util.find_spec(name) is not None


def check_version() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise SetupError(f"Python {wanted} or newer is needed; start this file with one.")


def has_installer() -> bool:
    """Say whether this Python has any way to install something."""
    return has_module("ensurepip") or has_module("pip")


def check_installer() -> None:
    """Refuse a Python that has no way to install anything."""
    if not has_installer():
        raise SetupError("This Python has no pip. On Debian: apt-get install python3-venv; then try again.")


def make_environment() -> bool:
    """Make the environment if it is not current; say whether there was anything to do."""
    wanted = wanted_fingerprint()
    if is_current(stamp=STAMP, wanted=wanted, python=venv_python()):
        return False
    check_installer()
    print("Installing the libraries into .venv (half a minute with a fast connection) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    _fill_environment(has_ensurepip=has_module("ensurepip"))
    STAMP.write_text(wanted, encoding="ascii")
    return True


def _fill_environment(*, has_ensurepip: bool) -> None:
    """Make the environment if there is none, and install the locked libraries and the project."""
    target = str(venv_python())
    if not _answers(target, has_ensurepip=has_ensurepip):
        run(
            venv_command(sys.executable, venv=VENV, has_ensurepip=has_ensurepip),
            remedy="Delete .venv and try again.",
        )
    pip = pip_command(sys.executable, target=target, has_ensurepip=has_ensurepip)
    remedy = "Check the connection to the package index, then try again."
    run([*pip, *lock_arguments(LOCK)], remedy=remedy)
    run([*pip, *project_arguments(ROOT)], remedy="Delete .venv and try again.")


def _answers(python: str, *, has_ensurepip: bool) -> bool:
    """Say whether the environment's Python runs, is new enough, and has the pip it needs."""
    needed = "import pip, sys" if has_ensurepip else "import sys"
    question = f"{needed}; raise SystemExit(sys.version_info < {OLDEST_PYTHON})"
    if not os.path.exists(python):
        return False
    try:
        run([python, "-c", question], remedy="")
    except SetupError:
        return False
    return True
