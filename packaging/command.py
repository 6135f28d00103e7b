"""Run other programs, say what goes on, and end in one plain line where something cannot be done."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class SetupError(Exception):
    """A failure one expects; its message is one plain line that says what to do."""


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
        return "It failed without a message."
    return lines[-1] if lines[-1].endswith((".", "!", "?")) else f"{lines[-1]}."


@contextmanager
def progress(words: str) -> Iterator[None]:
    """Print what is being done, and how long it took once it is done."""
    print(f"{words} ...", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - started:.1f} s", flush=True)
