"""Light or dark, read before anything that is slow to import; the settings check it later."""

import json
from enum import StrEnum
from pathlib import Path


class Appearance(StrEnum):
    """Which colors the window has."""

    AUTOMATIC = "automatic"
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


def first_appearance(file: Path) -> Appearance:
    """Read the colors from a settings file; where they cannot be read they are automatic. Raises nothing."""
    try:
        return Appearance(json.loads(file.read_text(encoding="utf-8"))["appearance"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Appearance.AUTOMATIC
