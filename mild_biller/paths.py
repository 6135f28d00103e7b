"""Where things are: the data files next to the package, or inside it once installed; the files an office keeps."""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder of the data files: the checkout's own, else the one in the installed package."""
    beside = _PACKAGE.parent / "resources"
    return beside if (beside / "sources.toml").is_file() else _PACKAGE / "_resources"


def user_data() -> Path:
    """Return the folder of what this user keeps; it need not be there yet."""
    return platformdirs.user_data_path("mild-biller", appauthor=False)


def user_settings() -> Path:
    """Return the file of what this user has set; it need not be there yet."""
    return platformdirs.user_config_path("mild-biller", appauthor=False) / "settings.json"
