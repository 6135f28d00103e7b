"""A JPEG picture without its baggage: no place, camera, preview, comment, or file hung on behind its end.

The picture itself is not touched, so nothing of it is lost.
"""

import re
from collections.abc import Iterator
from typing import Final

from mild_biller.errors import AttachmentError

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive: what a PDF may hold
OTHER_FRAMES: Final = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
SCAN: Final = 0xDA
TABLES: Final = frozenset({0xC4, 0xDB, 0xDD})
JFIF: Final = 0xE0
ADOBE: Final = 0xEE  # says how four inks, or colors, were written
NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # the others belong to the scan

Segment = tuple[int, bytes]


def bare(content: bytes) -> bytes:
    """Return the picture with only what it takes to draw it. Raises AttachmentError for what no PDF can hold."""
    segments = list(_segments(content))
    frames = [marker for marker, _ in segments if marker in FRAMES | OTHER_FRAMES]
    if len(frames) != 1 or frames[0] not in FRAMES:
        raise AttachmentError("is a type of JPEG that no PDF can contain. Save it as PNG and attach that.")
    kept = b"".join(written for marker, written in segments if _is_drawn(marker, written))
    return START + kept + END


def is_adobe(content: bytes) -> bool:
    """Return True if the picture was written the way Adobe's programs do, with its inks turned about."""
    return any(marker == ADOBE and written[4:9] == b"Adobe" for marker, written in _segments(content))


def _is_drawn(marker: int, written: bytes) -> bool:
    if marker == JFIF:
        return written[4:9] == b"JFIF\0"
    if marker == ADOBE:
        return written[4:9] == b"Adobe"
    return marker == SCAN or marker in FRAMES | TABLES


def _segments(content: bytes) -> Iterator[Segment]:
    """Yield each marker up to the end of the picture, with its segment as written; a scan with what it scanned."""
    place = 2
    while True:
        found = NEXT_MARKER.search(content, place)
        if found is None:
            raise AttachmentError("is cut short: the end of the picture is missing. Download or save it again.")
        start, marker = found.start(), content[found.start() + 1]
        if marker == END[1]:
            return
        after = start + 2 + int.from_bytes(content[start + 2 : start + 4])
        if marker == SCAN:
            end = NEXT_MARKER.search(content, after)
            after = end.start() if end else len(content)
        yield marker, content[start:after]
        place = max(after, start + 2)
