"""The part of a page of an attached PDF that a viewer shows, and what is said of the rest."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pikepdf import Page

from mild_biller.errors import AttachmentError
from mild_biller.output.attachments.attached_pdf.pdf_values import Rectangle, inherited, number, rectangle
from mild_biller.output.letter_sheet import HEIGHT, WIDTH, PageArea, check_size

LETTER: Final = (0.0, 0.0, WIDTH, HEIGHT)
SLIMMEST_STRIP: Final = 4.0  # points; nobody could read a word in less


def area(page: Page, shown_number: int) -> PageArea:
    """Return the part of a page that a viewer shows, and how it is turned."""
    left, bottom, width, height = _overlap(_sheet(page, shown_number), _crop(page)) or _sheet(page, shown_number)
    unit = number(page.obj.get("/UserUnit"), 1.0)
    turn = int(number(inherited(page.obj, "/Rotate"))) % 360
    found = PageArea(left, bottom, width, height, turn - turn % 90, unit if unit > 0 else 1.0)
    check_size(found, page=shown_number)
    return found


def crop_notes(areas: Mapping[int, PageArea], pages: Mapping[int, Page]) -> Iterator[str]:
    """Yield a note if something may be outside the part of a page that is shown."""
    cut = [shown for shown, page in pages.items() if _is_cut(areas[shown], _sheet(page, shown))]
    if cut:
        yield (
            f"Cropped: {_named(sorted(cut))}. What was cropped off is not visible, but it is still in the file. "
            "To remove it, print the page on paper and attach a scan."
        )


def _is_cut(shown: PageArea, sheet: Rectangle) -> bool:
    """Return True if there is room for words outside the part that is shown."""
    left, bottom, width, height = sheet
    right, top = left + width - shown.left - shown.width, bottom + height - shown.bottom - shown.height
    return max(shown.left - left, shown.bottom - bottom, right, top) * shown.unit > SLIMMEST_STRIP


def _sheet(page: Page, shown_number: int) -> Rectangle:
    media = inherited(page.obj, "/MediaBox")
    found = LETTER if media is None else rectangle(media)
    if found is None:
        raise AttachmentError(
            f"is damaged: its page {shown_number} has no size. Open it, print it to PDF, and attach that."
        )
    return found


def _crop(page: Page) -> Rectangle | None:
    return rectangle(inherited(page.obj, "/CropBox"))


def _overlap(one: Rectangle, other: Rectangle | None) -> Rectangle | None:
    """Return what two rectangles share, or None."""
    if other is None:
        return None
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[0] + one[2], other[0] + other[2]), min(one[1] + one[3], other[1] + other[3])
    return (left, bottom, right - left, top - bottom) if right > left and top > bottom else None


def _named(pages: Iterable[int]) -> str:
    """Return sorted page numbers in words, those in a row as from-to."""
    rows: list[list[int]] = []
    for page in pages:
        if rows and rows[-1][-1] + 1 == page:
            rows[-1].append(page)
        else:
            rows.append([page])
    parts = [str(row[0]) if len(row) == 1 else f"{row[0]}-{row[-1]}" for row in rows]
    return f"page{'s' if len(rows) > 1 or len(rows[0]) > 1 else ''} {', '.join(parts)}"
