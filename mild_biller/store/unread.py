"""What was typed into a case but cannot be read yet, as half a date: the case format has no place for it.

It is part of the draft while the case is in work. Once the case is saved it stays in the folder of the drafts, for this
user alone, until it is fixed or the case file is gone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from mild_biller.errors import CaseFileError
from mild_biller.files import write_private

ENDING: Final = ".unread"


@dataclass(frozen=True, slots=True)
class Unread:
    """The text of a field, and what the field is called."""

    label: str
    typed: str


Texts = Mapping[str, Unread]  # by pointer


def as_json(texts: Texts) -> dict[str, list[str]]:
    """Return texts as they stand in a file."""
    return {pointer: [each.label, each.typed] for pointer, each in texts.items()}


def from_json(content: Any) -> dict[str, Unread]:
    """Return the texts of a file. Raises `ValueError` where it holds anything else."""
    is_sound = isinstance(content, dict) and all(
        isinstance(each, list) and len(each) == 2 and all(isinstance(part, str) for part in each)
        for each in content.values()
    )
    if not is_sound:
        raise ValueError("not texts by pointer")
    return {pointer: Unread(label, typed) for pointer, (label, typed) in content.items()}


def keep(folder: Path, case: Path, texts: Texts) -> None:
    """Keep the texts of a saved case; without any there is nothing left of it. Raises `OutputError`, `OSError`."""
    file = _file(folder, case)
    if texts:
        write_private(file, json.dumps({"path": str(case.absolute()), "texts": as_json(texts)}).encode())
    else:
        file.unlink(missing_ok=True)


def found(folder: Path, case: Path) -> dict[str, Unread]:
    """Return the texts of a case file. Raises `CaseFileError`, one line without anything that was typed."""
    try:
        return from_json(json.loads(_file(folder, case).read_bytes())["texts"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        raise CaseFileError("Unreadable entries of this case are lost: their copy is damaged.") from None


def forget_gone(folder: Path) -> None:
    """Remove the texts of case files that are gone from folders that are there; keep what this user may not read."""
    for file in folder.glob(f"*{ENDING}"):
        try:
            case = Path(json.loads(file.read_bytes())["path"])
            if case.parent.is_dir() and not case.exists():
                file.unlink(missing_ok=True)
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            continue  # it is told of when its case is opened


def _file(folder: Path, case: Path) -> Path:
    """Return the file for a case: its name tells nothing of the patient."""
    return folder / f"{sha256(str(case.absolute()).encode()).hexdigest()[:32]}{ENDING}"
