"""Files written whole or not at all: a temporary file next to the target, flushed, then put in its place."""

import os
import tempfile
from pathlib import Path

from mild_biller.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, or leave the present file untouched.

    Raises `OutputError`, in one line, when the folder or the disk does not allow it.
    """
    try:
        _replace(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{path} could not be written ({reason}); nothing was written. Choose another location."
        ) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file that this user alone can read, in a folder of the same kind. Raises `OutputError`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        if path.exists():
            path.chmod(0o600)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(f"{path.parent} cannot be written ({reason}); nothing was written.") from error
    write_whole(path, content)


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(temporary, path)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep_mode(temporary: Path, path: Path) -> None:
    """Give the new file the rights of the one it replaces; a new one stays the user's alone."""
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
