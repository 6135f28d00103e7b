"""Tables as CSV, read as spreadsheets write them: rows by column, or one line why the whole cannot be read.

A spreadsheet runs a value that begins with = + - @, a tab or a line break as a formula. Such a value goes out behind an
apostrophe, one that already looks so behind one more; reading takes one apostrophe off again. Every value, but for
blanks around it, comes back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from mild_biller.errors import TableError

MOST_BYTES: Final = 5_000_000
_DELIMITERS: Final = ",;\t"
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_BREAKS: Final = ("\t", "\r", "\n")
_HARMLESS: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the file, the heading being 1, and its words by column; empty ones are left out."""

    number: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked(Generic[Item]):
    """What a row holds, None when it cannot be taken, and what is wrong with it."""

    number: int
    shown: str
    item: Item | None
    faults: tuple[str, ...] = ()


def read_table(content: bytes, *, columns: Sequence[str], needed: Iterable[str]) -> tuple[TableRow, ...]:
    """Return the rows that hold anything. Raises `TableError`, in one line."""
    if len(content) > MOST_BYTES:
        raise TableError("The table is too large. Choose another file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("The table is not text in UTF-8; save it as CSV UTF-8.") from None
    lines = [(number, line) for number, line in enumerate(_lines(text), start=1) if any(map(str.strip, line))]
    lines = lines[1:] if lines and _is_directive("".join(lines[0][1])) else lines
    heading = [name.strip().lower() for name in lines[0][1]] if lines else []
    _check_heading(heading, columns=columns, needed=needed)
    return tuple(TableRow(number, _words(heading, line)) for number, line in lines[1:])


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV that spreadsheets read, with no value they would run."""
    made = io.StringIO()
    writer = csv.DictWriter(made, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(words) for name, words in row.items()} for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _lines(text: str) -> list[list[str]]:
    heading = next((line for line in text.splitlines() if line.strip() and not _is_directive(line)), "")
    delimiter = max(_DELIMITERS, key=heading.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise TableError(
            "The table is not valid CSV: a quotation mark is not closed, or a value is too long."
        ) from None


def _is_directive(line: str) -> bool:
    """Return True if a line names the delimiter, as Excel writes it in some countries."""
    return re.fullmatch(r'"?sep=.?"?', line.strip(), re.IGNORECASE) is not None


def _check_heading(heading: Sequence[str], *, columns: Sequence[str], needed: Iterable[str]) -> None:
    named = [name for name in heading if name]
    if missing := [name for name in needed if name not in named]:
        raise TableError(f"The first row must name the columns; {', '.join(missing)} is missing.")
    if unknown := [name for name in named if name not in columns]:
        raise TableError(f"Unknown column: {unknown[0][:40]!r}. Known columns: {', '.join(columns)}.")
    if len(set(named)) < len(named):
        raise TableError("A column is listed twice in the first row; keep one.")


def _words(heading: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """Return the words of a line by column; words beyond the last column stand under a blank name."""
    kept = {name: _plain(words) for name, words in zip(heading, line, strict=False) if name and words.strip()}
    beyond = [words for words in line[len(heading) :] if words.strip()]
    return {**kept, "": beyond[0]} if beyond else kept


def _harmless(words: str) -> str:
    kept = words if words[:1] in _BREAKS else words.strip()
    return f"'{kept}" if _FORMULA.match(kept) else kept


def _plain(words: str) -> str:
    """Return what was meant: without blanks around it, and without the apostrophe of a harmless value."""
    stripped = words.strip()
    return stripped[1:] if _HARMLESS.match(stripped) else stripped
