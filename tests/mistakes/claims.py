"""The claims of bases.toml, for every test that starts from one of them, and the mistakes put into them."""

import tomllib
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from tests.support import ABSENT

HERE = Path(__file__).parent


@cache
def bases() -> dict[str, Any]:
    """Return the bases by name."""
    return tomllib.loads((HERE / "bases.toml").read_text(encoding="utf-8"))


def mistakes() -> list[dict[str, Any]]:
    """Return the mistakes that are put into them."""
    files = [HERE / "professional.toml", HERE / "institutional.toml"]
    return [each for file in files for each in tomllib.loads(file.read_text(encoding="utf-8"))["mistake"]]


def asked(given: dict[str, Any]) -> dict[str, Any]:
    """Return the changes of a TOML table: `changes` to make, `absent` and `null` pointers to take out or to empty."""
    return {
        **dict.fromkeys(given.get("absent", []), ABSENT),
        **dict.fromkeys(given.get("null", [])),
        **deepcopy(given.get("changes", {})),
    }


def changes_of(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what makes a shipped example into the base, and then into what is asked."""
    return {**asked(bases()[name]), **asked(given)}
