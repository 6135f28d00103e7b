"""What tests of attached files ask of a finished sheet: where it is dark, what it says, how a file is refused."""

import pytest

from mild_biller.errors import AttachmentError
from mild_biller.output import letter_sheet
from mild_biller.output.attachments.attached_file import Prepared, prepare
from mild_biller.output.letter_sheet import PageArea, placed
from tests.corpus import scan

LETTER = PageArea(0, 0, 612, 792)
Box = tuple[float, float, float, float]


def on_paper(box: Box, area: PageArea = LETTER) -> Box:
    """Return left, upper, right, lower in a picture of the sheet for left, bottom, right, top on an attached page."""
    a, b, c, d, e, f = placed(area).shorthand
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, up = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(across), letter_sheet.HEIGHT - max(up), max(across), letter_sheet.HEIGHT - min(up))


def before(box: Box, height: float = 792) -> Box:
    """Return the same in a picture of the attached page itself."""
    left, bottom, right, top = box
    return (left, height - top, right, height - bottom)


def text(prepared: Prepared) -> str:
    return "\n".join(scan.pages(prepared.pdf)).replace("\r\n", "\n")


def blackness(prepared: Prepared, page: int = 0) -> Box | None:
    """Return where a sheet is dark: left, upper, right, lower."""
    return scan.picture(prepared.pdf, page).point(lambda value: 255 if value < 128 else 0).getbbox()


def refusal(content: bytes, name: str = "scan.pdf", **how: object) -> str:
    """Return the line that refuses a file."""
    with pytest.raises(AttachmentError) as caught:
        prepare(content, name=name, **how)  # type: ignore[arg-type]
    line = str(caught.value)
    assert line.startswith(f"{name} ")
    assert "\n" not in line
    assert line.endswith(".")
    return line.removeprefix(f"{name} ")
