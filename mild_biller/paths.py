"""Where things lie: the data files beside the package, or inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder of the data files: the checkout's own, else the one in the installed package."""
    beside = _PACKAGE.parent / "resources"
    return beside if (beside / "sources.toml").is_file() else _PACKAGE / "_resources"
