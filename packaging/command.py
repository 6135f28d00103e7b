"""Run other programs, and say in one line what went wrong when one cannot run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class SetupError(Exception):
    """A failure one expects; its message is one plain line that says what to do."""


def run(command: Sequence[str], *, remedy: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a command in the checkout; if it fails, raise SetupError with its last words and the remedy."""
    done = capture(command, environment=environment)
    if done.returncode != 0:
        raise SetupError(f"{last_line(done.stderr or done.stdout)} {remedy}")


def capture(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout and keep what it prints, in UTF-8 wherever Python is asked."""
    base = os.environ if environment is None else environment
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**base, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{command[0]} could not be started ({error.strerror}).") from error


def last_line(text: str) -> str:
    """Return the last line that says something, as a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return "It failed without a word."
    return lines[-1] if lines[-1].endswith((".", "!", "?")) else f"{lines[-1]}."
