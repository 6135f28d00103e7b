"""The entry: a window without a verb, the command line with one. Nothing heavy is imported before it is needed."""

import os
import sys
from pathlib import Path

from mild_biller import __version__
from mild_biller.errors import MildBillerError


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"mild-biller {__version__}\n")
        return 0
    from mild_biller.cli import command_line

    if wants_window(given):
        return command_line.guarded(lambda: _window(given))
    return command_line.run(given)


def wants_window(arguments: list[str]) -> bool:
    """Return True if nothing but a case file, or nothing at all, is named."""
    if not arguments:
        return True
    only = arguments[0]
    return len(arguments) == 1 and not only.startswith("-") and (only.lower().endswith(".json") or Path(only).is_file())


def has_display() -> bool:
    """Return True if a window could open; Qt would abort the process otherwise."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(arguments: list[str]) -> int:
    if not has_display():
        raise MildBillerError("there is no display for the window; see mild-biller --help for the command line.")
    from mild_biller.gui.start import open_window

    return open_window(Path(arguments[0]) if arguments else None)


if __name__ == "__main__":
    sys.exit(main())
