"""Which pages of an attached file go into a packet."""

from typing import Final

from mild_biller.errors import AttachmentError

MOST_PAGES: Final = 500  # of one file


def chosen(pages: tuple[int, ...] | None, *, count: int) -> tuple[int, ...]:
    """Return the numbers of the pages to take, from 1 on, in the order given; all where none are given.

    Raises AttachmentError for a page that is not there, and for more pages than a packet takes.
    """
    if not count:
        raise AttachmentError("has no pages. Look at it in a viewer, and attach the file you meant.")
    if pages is None:
        check_count(count)
        return tuple(range(1, count + 1))
    if not pages:
        raise AttachmentError("has none of its pages chosen. Choose pages, or take it off the list.")
    check_pages(pages, count=count)
    check_count(len(pages))
    return pages


def check_pages(pages: tuple[int, ...], *, count: int) -> None:
    """Refuse a page that is not there."""
    absent = [str(page) for page in dict.fromkeys(pages) if not 1 <= page <= count]
    if absent:
        has = "has one page" if count == 1 else f"has {count:,} pages"
        raise AttachmentError(f"{has}, so there is no page {', '.join(absent)} to take. Choose pages that are there.")


def check_count(count: int) -> None:
    """Refuse more pages than a packet takes of one file."""
    if count > MOST_PAGES:
        raise AttachmentError(
            f"has {count:,} pages, and at most {MOST_PAGES} of one file go into a packet. Choose the pages that matter."
        )
