"""The environment of the checkout: exactly what a lock lists, and the checkout itself.

Windows and macOS are computed like Linux, and tested as computed; nobody has tried them there yet.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from command import ROOT, SetupError, progress
from failure import run_or_explain
from installer import (
    Installer,
    base_python,
    can_install,
    find_uv,
    pip_installer,
    python_with_pip,
    uv_installer,
    venv_program,
)

VENV = ROOT / ".venv"
_PINNED = re.compile(r"^[\w.-]+==", re.MULTILINE)


@dataclass(frozen=True)
class Contents:
    """What an environment holds: what the lock lists, from an index other than the installer's own if one is named.

    `includes` are locks whose every line is in `lock` too: an environment made from one only lacks the rest.
    """

    lock: Path
    includes: tuple[Path, ...] = ()
    index: str | None = None


PROGRAM = Contents(ROOT / "requirements.lock")
DEVELOPMENT = Contents(ROOT / "requirements-dev.lock", includes=(PROGRAM.lock,))


def venv_python(venv: Path = VENV) -> Path:
    """Return the Python of an environment."""
    return venv_program(venv, name="python", platform=sys.platform)


def fingerprint(lock: Path, *, venv: Path) -> str:
    """Return a hash of all that decides what the environment applies to a lock."""
    digest = hashlib.sha256(lock.read_bytes())
    for part in (str(ROOT), str(venv), sys.implementation.cache_tag):
        digest.update(hashlib.sha256(part.encode(errors="surrogateescape")).digest())
    return digest.hexdigest()


def stamps(venv: Path) -> set[str]:
    """Return the fingerprints of the locks that an environment was made from."""
    try:
        return set(_stamp(venv).read_text(encoding="ascii").split())
    except FileNotFoundError:
        return set()


def _stamp(venv: Path) -> Path:
    return venv / "made-from.sha256"


def make_environment(contents: Contents, *, venv: Path = VENV) -> bool:
    """Make the environment if it is not current; say whether there was anything to do."""
    wanted = [fingerprint(lock, venv=venv) for lock in (contents.lock, *contents.includes)]
    held = stamps(venv) if venv_python(venv).exists() else set()
    if wanted[0] in held:
        return False
    if held.isdisjoint(wanted):
        _make_empty(venv)
    _fill(contents, venv=venv)
    add_checkout(ROOT, venv=venv, platform=sys.platform)
    _stamp(venv).write_text("\n".join(wanted), encoding="ascii")
    return True


def venv_command(python: str, *, venv: Path) -> list[str]:
    """Return the command that makes an empty environment, without a pip: it is filled from outside."""
    return [python, "-m", "venv", "--clear", "--without-pip", str(venv)]


def _make_empty(venv: Path) -> None:
    with progress(f"Making {venv.name}"):
        run_or_explain(f"Making {venv.name}", venv_command(base_python(), venv=venv))


def _fill(contents: Contents, *, venv: Path) -> None:
    """Install with uv where it is there and can; else with pip."""
    target = str(venv_python(venv))
    uv = find_uv(outside=venv)
    if uv is not None:
        try:
            _install(contents.lock, uv_installer(uv, target=target, index=contents.index))
        except SetupError as error:
            if not can_install():
                raise
            print(f"{error} Trying pip instead.", flush=True)
            _make_empty(venv)
        else:
            return
    python = python_with_pip([sys.executable, base_python()], tools=venv / "tools")
    _install(contents.lock, pip_installer(python, target=target, index=contents.index))


def _install(lock: Path, installer: Installer) -> None:
    """Run the installer as if nobody had told pip to install into a home folder."""
    number = len(_PINNED.findall(lock.read_text(encoding="utf-8")))
    environment = {**os.environ, "PIP_USER": "0"}
    with progress(f"Installing {number} libraries with {installer.name}"):
        run_or_explain("Installing the libraries", [*installer.fill, str(lock)], environment=environment)
    with progress("Checking that they fit together"):
        run_or_explain("Checking the libraries", installer.check, environment=environment)


def add_checkout(root: Path, *, venv: Path, platform: str) -> None:
    """Let the environment's Python find the checkout, so that edits count at once, and put the command next to it."""
    libraries = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(venv)}))
    path = f"import sys; sys.path.append({str(root)!a})\n"  # a plain path would be read in any of three encodings
    (libraries / "mild-biller-checkout.pth").write_text(path, encoding="ascii")
    name, text = launcher(str(venv_program(venv, name="python", platform=platform)), platform=platform)
    command = venv_program(venv, name="python", platform=platform).with_name(name)
    command.write_text(text, encoding="utf-8", errors="surrogateescape")
    command.chmod(0o755)


def launcher(python: str, *, platform: str) -> tuple[str, str]:
    """Return name and text of the command; the folder it is called in does not count as a place of modules."""
    if platform == "win32":
        return "mild-biller.cmd", '@"%~dp0python.exe" -P -m mild_biller %*\n'
    return "mild-biller", f'#!/bin/sh\nexec {shlex.quote(python)} -P -m mild_biller "$@"\n'
