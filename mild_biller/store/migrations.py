"""Formats of kept files, and the steps that carry an older format up to this program's.

A kept file of JSON names its format. For each kind of file, `Format` lists one function per change of format, the
oldest first; each takes the whole content of one format and returns that of the next. A new format is one function at
the end of its list. A file of a newer format is refused, and never written over.

Drafts hold a case file, which carries its own format. The charge list is a table: its columns are its format.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mild_biller.errors import NewerFormat, OutputError

Content = dict[str, Any]
Migration = Callable[[Content], Content]


@dataclass(frozen=True, slots=True)
class Format:
    """The formats of one kind of file: the oldest that is read, and the steps from there to the newest."""

    oldest: int
    steps: tuple[Migration, ...] = ()

    @property
    def newest(self) -> int:
        """The format this program writes."""
        return self.oldest + len(self.steps)


CASE: Final = Format(oldest=1)
SETTINGS: Final = Format(oldest=1)
ADDRESS_BOOK: Final = Format(oldest=1)
PRINTED: Final = Format(oldest=1)


def carried(content: Content, kept: Format) -> Content:
    """Return the content of a file in the newest format; the same object when it is in that format already.

    Without a format, a file is read as of the oldest. A value that is no format of these is left for the model of the
    file to refuse. Raises `NewerFormat`; `ValueError` for an older file that does not hold what its format says.
    """
    given = content.get("format")
    number = kept.oldest if given is None else given
    if not isinstance(number, int) or isinstance(number, bool) or number < kept.oldest:
        return content
    if number > kept.newest:
        raise NewerFormat(f"format {number} is newer than this program reads ({kept.newest}); update the program.")
    for step in kept.steps[number - kept.oldest :]:
        content = _one_up(content, step, number)
        number += 1
    return content


def carried_bytes(content: bytes, kept: Format) -> bytes:
    """Return the bytes of a file of JSON in the newest format; the same bytes when they are in that format already.

    Raises `NewerFormat`; `ValueError` for anything but an object in JSON.
    """
    try:
        data = json.loads(content)
    except RecursionError:
        raise ValueError("lists within lists without end") from None
    if not isinstance(data, dict):
        raise ValueError("the outermost value is not an object")
    made = carried(data, kept)
    return content if made is data else json.dumps(made).encode()


def check_overwrite(file: Path, kept: Format) -> None:
    """Raise `OutputError` when a file is of a newer format, as the older program would take from it what it lacks."""
    try:
        carried_bytes(file.read_bytes(), kept)
    except NewerFormat as error:
        raise OutputError(f"{file.name}: {error} Nothing was written.") from error
    except (OSError, ValueError):
        return  # nothing there that a newer program wrote


def _one_up(content: Content, step: Migration, number: int) -> Content:
    try:
        return {**step(content), "format": number + 1}
    except (LookupError, TypeError, AttributeError, ValueError):
        raise ValueError(f"not what a file of format {number} holds") from None
