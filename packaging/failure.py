"""Why an installation failed and what to do for that cause; the installer's own words are kept in a log."""

from __future__ import annotations

import platform
import re
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from command import ROOT, SetupError, capture, last_line

LOG = ROOT / "out" / "set-up.log"
KEPT_LINES = 200
SHOWN_LINES = 3


@dataclass(frozen=True)
class Cause:
    """A cause of failure: the words by which pip, uv, venv or apt tell it, and what to do."""

    signs: re.Pattern[str]
    advice: str


def _cause(advice: str, *signs: str) -> Cause:
    return Cause(re.compile("|".join(signs), re.IGNORECASE), advice)


# The first that fits counts: pip tells a lost connection also as "no matching distribution", and a refused file may
# come after a connection that was lost and found again.
CAUSES = (
    _cause(
        "The disk is full. Free about 1 GB where the checkout is, and in the folder for temporary "
        "files, then try again.",
        r"no space left on device",
        r"disk quota exceeded",
        r"not enough space on the disk",
        r"don't have enough free space",
    ),
    _cause(
        "A downloaded file is not the one that was locked (its hash differs), so it was refused. Empty the installer's "
        "store (python3 -m pip cache purge; with uv: uv cache clean) and try again; if it is refused again, try from "
        "another network, and report it.",
        r"do not match the hashes",
        r"hash mismatch",
    ),
    _cause(
        "The package index has a certificate that this computer does not trust, as when a company inspects the "
        "traffic. Ask your administrator for the certificate file, name it in PIP_CERT and SSL_CERT_FILE, then try "
        "again.",
        r"certificate verify failed",
        r"certificate_verify_failed",
        r"invalid peer certificate",
        r"unknownissuer",
    ),
    _cause(
        "There is no connection to the package index. Check the network, and HTTPS_PROXY if you need a proxy, then try "
        "again.",
        r"failed to establish a new connection",
        r"after connection broken by",
        r"name resolution",
        r"name or service not known",
        r"dns error",
        r"error sending request",
        r"network is unreachable",
        r"connection refused",
        r"timed out",
        r"cannot connect to proxy",
        r"network connectivity is disabled",
        r"temporary failure resolving",
        r"could not connect to",
        r"unable to connect to",
    ),
    _cause(
        "The package index has no file of {library} for this computer ({machine}). Use Python 3.11 to 3.14, 64 bit, "
        "on Linux with glibc 2.34 or newer, on Windows, or on macOS 15 or newer with an Apple processor; if the index "
        "is a mirror, have it brought up to date.",
        r"no matching distribution found",
        r"no solution found",
        r"not a supported wheel on this platform",
        r"no matching (?:platform|python abi) tag",
        r"has no wheels",
        r"not found in the package registry",
    ),
    _cause(
        "Another installation of system packages is running. Wait until it ends, then try again.",
        r"could not get lock",
        r"unable to acquire the dpkg",
    ),
    _cause(
        "A file cannot be written. Take ownership of the folder {root}, close programs that use its .venv, then try "
        "again.",
        r"permission denied",
        r"access is denied",
        r"operation not permitted",
        r"read-only file system",
    ),
    _cause(
        "This Python has no venv. On Debian: apt-get install python3-venv; elsewhere use the Python of python.org. "
        "Then try again.",
        r"no module named '?venv",
    ),
    _cause(
        "The locked libraries conflict, which is an error in the checkout: create both locks again as "
        "pyproject.toml says, or report it.",
        r"which is not installed",
        r"is not installed",
        r"has requirement",
        r"incompatib",
    ),
)
_LIBRARY = re.compile(
    r"(?:no matching distribution found for|because there is no version of|because) ([\w.-]+==[\w.!+-]+)", re.IGNORECASE
)


def advice(output: str) -> str:
    """Return what to do about a failure, by what the installer printed; its last line where the cause is unknown."""
    for cause in CAUSES:
        if cause.signs.search(output):
            return cause.advice.format(library=_library(output), machine=_machine(), root=ROOT)
    return last_line(output)


def _library(output: str) -> str:
    found = _LIBRARY.search(output)
    return found.group(1) if found else "a library"


def _machine() -> str:
    libc = " ".join(part for part in platform.libc_ver() if part)
    kind = f"{platform.system()} {platform.machine()}"
    return ", ".join(part for part in (f"Python {platform.python_version()}", kind, libc) if part)


def run_or_explain(what: str, command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> None:
    """Run an installer; if it fails, say what failed, what to do, and where its own words are kept."""
    done = capture(command, environment=environment)
    if done.returncode != 0:
        raise SetupError(explain(what, command, done))


def explain(what: str, command: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    """Keep what the installer printed, and return one line: what failed, what to do, where the log is."""
    where = _keep(command, done)
    return f"{what} failed. {advice(f'{done.stdout}{done.stderr}')} {where}"


def _keep(command: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    """Add the end of the output to the log, or to a temporary one; where neither can be, return its last lines."""
    lines = f"{done.stdout}\n{done.stderr}".strip().splitlines()[-KEPT_LINES:]
    head = f"{datetime.now():%Y-%m-%d %H:%M:%S} $ {shlex.join(command)}"
    text = "\n".join([head, *lines, f"status {done.returncode}", "", ""])
    for write in (_write, _write_elsewhere):
        try:
            return f"Its own last lines are in {_short(write(text))}."
        except OSError:
            continue
    return "Its own last lines: " + " / ".join(line.strip() for line in lines[-SHOWN_LINES:] if line.strip())


def _write(text: str) -> Path:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a", encoding="utf-8") as file:
        file.write(text)
    return LOG


def _write_elsewhere(text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix="mild-biller-", suffix=f"-{LOG.name}")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _short(log: Path) -> str:
    return log.relative_to(ROOT).as_posix() if log.is_relative_to(ROOT) else str(log)
