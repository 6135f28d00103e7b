"""What is typed and what it means: the rows of `codes.toml`."""

import tomllib
from pathlib import Path
from typing import Any

_TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "codes.toml").read_text(encoding="utf-8")
)
CODES = _TABLE["code"]
NOTATIONS = [(row, typed) for row in _TABLE["notation"] for typed in row["typed"]]
