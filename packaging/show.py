"""Show the program at work: its window, or its main job where there is no display.

The choice of display on Windows and macOS is computed and tested as computed; nobody has tried it there yet.
"""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from command import ROOT, SetupError, capture, last_line
from verdict import sentences

EXAMPLE = ROOT / "resources" / "examples" / "medicare-asc-2026.json"
EXAMPLE_TODAY = "2026-03-12"
OUT = ROOT / "out"
ABORTED = -int(signal.SIGABRT)
UNUSABLE = 2


def has_display(*, platform: str, environment: Mapping[str, str]) -> bool:
    """Return True if a user would see a window."""
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def window_command(python: str, *, case: Path | None) -> list[str]:
    """Return the command that opens the window."""
    return [python, "-m", "mild_biller", *([str(case)] if case else [])]


def today_arguments(case: Path | None) -> list[str]:
    """Return the day to assess on: a day soon after the service for the shipped example, else today."""
    return ["--today", EXAMPLE_TODAY] if case is None else []


def check_command(python: str, *, case: Path | None) -> list[str]:
    """Return the command that assesses a case, the shipped example if none is named."""
    return [python, "-m", "mild_biller", "check", str(case or EXAMPLE), *today_arguments(case)]


def claim_commands(python: str, *, case: Path | None, out: Path) -> dict[Path, list[str]]:
    """Return, for each PDF, the command that makes it: on the form, and for preprinted paper."""
    claim = [python, "-m", "mild_biller", "claim", str(case or EXAMPLE), *today_arguments(case)]
    full, data_only = out / "claim.pdf", out / "claim-data-only.pdf"
    return {
        full: [*claim, "--out", str(full)],
        data_only: [*claim, "--data-only", "--out", str(data_only)],
    }


def open_window(python: str, *, case: Path | None) -> int:
    """Open the window and wait until it is closed; return its status."""
    return subprocess.run(window_command(python, case=case), check=False).returncode


def do_without_window(python: str, *, case: Path | None) -> None:
    """Print the verdict in words, and say where the PDFs of the claim lie."""
    done = capture(check_command(python, case=case))
    if done.returncode not in (0, 1):
        raise SetupError(last_line(done.stderr))
    assessment = json.loads(done.stdout)
    print("\n".join(sentences(assessment)))
    if assessment["form"] is not None:
        _make_pdfs(python, case=case)


def _make_pdfs(python: str, *, case: Path | None) -> None:
    OUT.mkdir(exist_ok=True)
    commands = claim_commands(python, case=case, out=OUT)
    for pdf in commands:
        pdf.unlink(missing_ok=True)
    for pdf, command in commands.items():
        done = capture(command)
        if pdf.exists():
            print(f"PDF: {pdf.relative_to(ROOT).as_posix()}")
        else:
            print(f"No PDF: {done.stderr.strip()}")
            return
