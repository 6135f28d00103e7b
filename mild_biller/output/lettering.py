"""Text in the bundled fonts: what they can draw, broken into lines, and sized to fit a box."""

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from reportlab.pdfbase import pdfmetrics

from mild_biller.output.fonts import Font, register

LEADING: Final = 1.15  # of the size
UNKNOWN: Final = "?"
SMALLEST: Final = 2.0  # points; a magnifier still reads it, and nothing is cut
SHRINK: Final = 0.93


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one font and size that fit the box they were made for."""

    lines: tuple[str, ...]
    font: Font
    size: float

    @property
    def height(self) -> float:
        """Return how high the lines stand, in points."""
        return len(self.lines) * self.size * LEADING


def drawable(text: str, *, font: Font) -> str:
    """Return the text with a question mark for each character the font lacks, which it would draw as a black box."""
    known = pdfmetrics.getFont(register(font)).face.charToGlyph
    plain = normalize("NFC", text).replace("\t", " ").replace("\xa0", " ")
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(char if ord(char) in known else UNKNOWN for char in line) for line in lines)


def width_of(text: str, *, font: Font, size: float) -> float:
    """Return how wide a line is, in points."""
    return float(pdfmetrics.stringWidth(text, register(font), size))


def wrapped(text: str, *, font: Font, size: float, width: float) -> tuple[str, ...]:
    """Break text into lines at its own breaks, at blanks, and inside a word only where the word is too long."""
    lines: list[str] = []
    for paragraph in drawable(text, font=font).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, font=font, size=size) <= width:
                line = longer
                continue
            *full, rest = _parts(word, font=font, size=size, width=width)
            lines.extend([line, *full] if line else full)
            line = rest
        lines.append(line)
    return tuple(lines)


def _parts(word: str, *, font: Font, size: float, width: float) -> list[str]:
    """Break a word that is wider than a line."""
    parts = [""]
    for char in word:
        if parts[-1] and width_of(parts[-1] + char, font=font, size=size) > width:
            parts.append("")
        parts[-1] += char
    return parts


def fitted(text: str, *, font: Font, size: float, width: float, height: float) -> Block:
    """Return the text in lines as large as the box allows, and no larger than `size`."""
    while True:
        block = Block(wrapped(text, font=font, size=size, width=width), font, size)
        if block.height <= height or size <= SMALLEST:
            return block
        size *= SHRINK


def fitted_line(text: str, *, font: Font, size: float, width: float) -> Block:
    """Return the text on one line, no larger than `size`."""
    line = drawable(text, font=font).replace("\n", " ")
    natural = width_of(line, font=font, size=size)
    return Block((line,), font, size * min(1.0, width / natural) if natural else size)
