"""Drafts: the open case, kept next to its own file so that a crash loses nothing. This user alone can read them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from mild_biller.core.case.model import Case
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError
from mild_biller.files import write_private
from mild_biller.paths import user_data
from mild_biller.store.case_file import dump_case, parse_case
from mild_biller.store.unread import Texts, as_json, from_json

ENDING: Final = ".draft"
BROKEN: Final = ".broken"


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it was, the file it came from, None when it was never saved, and what could not be read in it."""

    case: Case
    path: Path | None = None
    unread: Texts = field(default_factory=dict)


def default_folder() -> Path:
    """Return where the drafts of this user lie."""
    return user_data() / "recovery"


def keep(file: Path, draft: Draft) -> None:
    """Write a draft whole or not at all. Raises `OutputError`."""
    content = {
        "path": str(draft.path) if draft.path else None,
        "case": dump_case(draft.case).decode(),
        "unread": as_json(draft.unread),
    }
    write_private(file, json.dumps(content).encode())


def read(file: Path, *, catalog: Catalog) -> Draft:
    """Read a draft. Raises `CaseFileError`, one line without anything that was typed."""
    try:
        content = json.loads(file.read_bytes())
        path, case = content["path"], content["case"].encode()
        unread = from_json(content.get("unread", {}))
        return Draft(parse_case(case, catalog=catalog), Path(path) if path else None, unread)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, CaseFileError):
        raise CaseFileError("The backup copy could not be read.") from None


def found(folder: Path) -> tuple[Path, ...]:
    """Return the drafts in a folder, the newest first; none when there is no folder."""
    try:
        files = [(file.stat().st_mtime, file) for file in folder.glob(f"*{ENDING}")]
    except OSError:
        return ()
    return tuple(file for _, file in sorted(files, reverse=True))


def written_at(file: Path) -> datetime:
    """Return when a draft was written, in the time of this computer. Raises `OSError`."""
    return datetime.fromtimestamp(file.stat().st_mtime)


def drop(file: Path) -> None:
    """Delete a draft, if there is one. Raises `OSError`."""
    file.unlink(missing_ok=True)


def set_aside(file: Path) -> Path:
    """Give a draft that cannot be read another name, so that it is not offered again. Raises `OSError`."""
    return file.replace(file.with_suffix(BROKEN))
