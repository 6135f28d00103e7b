"""Where attached files lie: named relative to the case file once there is one, whole until then."""

import os
from pathlib import Path

from mild_biller.core.case.model import Attachment, Case


def file_of(named: str, *, folder: Path | None) -> Path | None:
    """Return the file an attachment names; None for a relative name while the case has no file."""
    path = Path(named)
    if path.is_absolute():
        return path
    return folder / path if folder is not None else None


def name_for(file: Path, *, folder: Path | None) -> str:
    """Return how a file is named in a case in `folder`."""
    if folder is None:
        return str(file.absolute())
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive
        return str(file.absolute())


def shown(named: str) -> str:
    """Return a file's name without its folders."""
    return named.replace("\\", "/").rstrip("/").rpartition("/")[2]


def moved(case: Case, *, before: Path | None, after: Path) -> Case:
    """Return the case as it is named from another folder; what is named from there already stays as it is."""
    entries = tuple(_moved(entry, before=before, after=after) for entry in case.attachments or ())
    return case if entries == (case.attachments or ()) else case.with_(attachments=entries)


def _moved(entry: Attachment, *, before: Path | None, after: Path) -> Attachment:
    if not entry.path or (before == after and not Path(entry.path).is_absolute()):
        return entry
    file = file_of(entry.path, folder=before)
    return entry if file is None else entry.with_(path=name_for(file, folder=after))
