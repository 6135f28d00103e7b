"""The examples of the TOML files beside this file, and a case with both claims of one encounter."""

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from mild_biller.core.case.model import Case
from tests.mistakes.claims import bases, changes_of
from tests.support import changed, example, parsed

BOTH = "surgeon and hospital"


def load() -> list[dict[str, Any]]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return [each for file in files for each in tomllib.loads(file.read_text(encoding="utf-8"))["example"]]


def both(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a case with the surgeon's claim and the hospital's, as plain data."""
    data = changed(example(bases()[BOTH]["example"]), {**changes_of(BOTH, {}), **(changes or {})})
    return json.loads(json.dumps(deepcopy(data)))  # type: ignore[no-any-return]


def both_claims(**claim: object) -> Case:
    """Return the same as a case, with changes in the hospital's claim."""
    return parsed(both({f"/facility_claim/{key}": value for key, value in claim.items()}))


EXAMPLES = load()
