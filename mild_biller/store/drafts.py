"""Drafts: the open case, kept next to the library so that a crash loses nothing. This user alone can read them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mild_biller.core.case.model import Case
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError
from mild_biller.files import write_private
from mild_biller.paths import user_data
from mild_biller.store.case_file import dump_case, parse_case
from mild_biller.store.library import CaseRef
from mild_biller.store.unread import Texts, as_json, from_json

ENDING: Final = ".draft"
BROKEN: Final = ".broken"


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it was, the kept case it came from, None when it was never saved, and what could not be read in it."""

    case: Case
    ref: CaseRef | None = None
    unread: Texts = field(default_factory=dict)


def default_folder() -> Path:
    """Return where the drafts of this user lie."""
    return user_data() / "recovery"


def keep(file: Path, draft: Draft) -> None:
    """Write a draft whole or not at all. Raises `OutputError`."""
    content = {
        "path": draft.ref.id if draft.ref else None,
        "version": draft.ref.version if draft.ref else "",
        "case": dump_case(draft.case).decode(),
        "unread": as_json(draft.unread),
    }
    write_private(file, json.dumps(content).encode())


def read(file: Path, *, catalog: Catalog) -> Draft:
    """Read a draft. Raises `CaseFileError`, one line without anything that was typed."""
    try:
        content = json.loads(file.read_bytes())
        case = content["case"].encode()
        return Draft(parse_case(case, catalog=catalog), _ref(content), from_json(content.get("unread", {})))
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


def _ref(content: dict[str, Any]) -> CaseRef | None:
    """Return the kept case of a draft; version 0.1.0 wrote its file alone. Raises `TypeError`, `LookupError`."""
    id, version = content["path"], content.get("version", "")
    if not isinstance(id, str | None) or not isinstance(version, str):
        raise TypeError("a case is named by text")
    return CaseRef(id, version) if id else None
