"""Which pages of an attached file go into a packet."""

import re
from typing import Final

from mild_biller.errors import AttachmentError

MOST_PAGES: Final = 500  # of one file
CHOICE: Final = re.compile(r"\s*([0-9]{1,6})\s*(?:-\s*([0-9]{1,6})\s*)?")
MOST_CHOSEN: Final = 5_000


def chosen(pages: tuple[int, ...] | None, *, count: int) -> tuple[int, ...]:
    """Return the numbers of the pages to take, from 1 on, in the order given; all where none are given.

    Raises AttachmentError for a page that is not there, and for more pages than a packet takes.
    """
    if not count:
        raise AttachmentError("has no pages. Check it in a viewer, and attach the right file.")
    if pages is None:
        check_count(count)
        return tuple(range(1, count + 1))
    if not pages:
        raise AttachmentError("has no pages selected. Select pages, or remove it from the list.")
    check_pages(pages, count=count)
    check_count(len(pages))
    return pages


def check_pages(pages: tuple[int, ...], *, count: int) -> None:
    """Refuse a page that is not there."""
    absent = [str(page) for page in dict.fromkeys(pages) if not 1 <= page <= count]
    if absent:
        has = "has one page" if count == 1 else f"has {count:,} pages"
        raise AttachmentError(f"{has}, so there is no page {', '.join(absent)} to include. Select pages that exist.")


def check_count(count: int) -> None:
    """Refuse more pages than a packet takes of one file."""
    if count > MOST_PAGES:
        raise AttachmentError(
            f"has {count:,} pages, and at most {MOST_PAGES} of one file fit in a packet. Select the pages you need."
        )


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
            raise AttachmentError(f"{name} has no pages {given!r}. Enter them as 1-3, 7.")
        first, last = int(found[1]), int(found[2] or found[1])
        step = 1 if last >= first else -1
        pages.extend(range(first, last + step, step))
        if len(pages) > MOST_CHOSEN:
            raise AttachmentError(f"{name} has more pages selected than fit in a packet. Select the pages you need.")
    return tuple(pages)
