"""The attachments of a case, read from their files and made ready for a packet; the files are only read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mild_biller.core.case import Case
from mild_biller.errors import AttachmentError
from mild_biller.output.attachments import prepare
from mild_biller.output.packet_pdf import Enclosure

CHOICE: Final = re.compile(r"\s*([0-9]{1,6})\s*(?:-\s*([0-9]{1,6})\s*)?")
MOST_CHOSEN: Final = 5_000


def enclosures(case: Case, *, folder: Path) -> Iterator[Enclosure]:
    """Yield every attachment that names a file, in the order of the case; paths are relative to `folder`.

    Raises AttachmentError, in one line that names the file, for one that is not there or cannot go into a packet.
    """
    for index, entry in enumerate(case.attachments or ()):
        if entry.path:
            content = _content(folder / entry.path, entry.path)
            yield Enclosure(index, prepare(content, name=entry.path, pages=page_numbers(entry.pages, entry.path)))


def files(case: Case, *, folder: Path) -> list[Path]:
    """Return the files the attachments name."""
    return [folder / entry.path for entry in case.attachments or () if entry.path]


def page_numbers(given: tuple[int, ...] | str | None, name: str) -> tuple[int, ...] | None:
    """Return the pages a case chooses of a file, written as `1-3, 7` or as a list; None means all."""
    if given is None or isinstance(given, tuple):
        return given
    if not given.strip() or given.strip().lower() == "all":
        return None
    pages: list[int] = []
    for part in given.split(","):
        found = CHOICE.fullmatch(part)
        if found is None:
            raise AttachmentError(f"{name} has no pages {given!r}. Write them as 1-3, 7.")
        first, last = int(found[1]), int(found[2] or found[1])
        step = 1 if last >= first else -1
        pages.extend(range(first, last + step, step))
        if len(pages) > MOST_CHOSEN:
            raise AttachmentError(f"{name} has more pages chosen than a packet takes. Choose the pages that matter.")
    return tuple(pages)


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise AttachmentError(f"{name} cannot be read ({reason}). Attach it again, or take it off the list.") from error
