"""Which case files were printed, and when: the SHA-256 of their bytes and a day, nothing of the patient.

A case file that changes has another SHA-256, so it counts as printed no longer.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mild_biller.errors import OutputError
from mild_biller.files import write_private
from mild_biller.paths import user_data

FILE: Final = "printed.json"
MOST_BYTES: Final = 10_000_000
MOST_MARKS: Final = 20_000  # those of the oldest days go first
FACILITY: Final = "-facility"  # the end of a mark for the second claim of a case

Marks = Mapping[str, date]
NONE: Final[Marks] = MappingProxyType({})
_Mark = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{64}}({FACILITY})?$")]


class _Kept(BaseModel):
    """The file as stored on disk."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1] = 1
    printed: dict[_Mark, date] = Field(default_factory=dict)


def default_file() -> Path:
    """Return its path for this user."""
    return user_data() / FILE


def mark(digest: str, *, is_facility: bool) -> str:
    """Return the mark of one claim of a case file: of its own, or of the facility's."""
    return digest + FACILITY if is_facility else digest


def marks(digest: str, *, claims: int) -> tuple[str, ...]:
    """Return the marks of all claims of a case file."""
    return tuple(mark(digest, is_facility=bool(number)) for number in range(claims))


def load(file: Path) -> tuple[Marks, str]:
    """Read the marks of this user with their days, and say what went wrong."""
    try:
        return _read(file), ""
    except OSError as error:
        return NONE, f"Printed claims are unknown: {file.name} could not be read ({error.strerror})."
    except ValueError:
        return NONE, f"Printed claims are unknown: {file.name} is damaged."


def note(file: Path, made: str, *, on: date) -> Marks:
    """Keep one more mark, for this user alone, and return them all. A broken file is kept under another name.

    Raises `OutputError`.
    """
    try:
        kept = dict(_read(file))
    except OSError as error:
        raise OutputError(f"{file} cannot be read ({error.strerror}); nothing was written.") from error
    except ValueError:
        _keep_aside(file)
        kept = {}
    kept[made] = on
    newest = dict(sorted(kept.items(), key=lambda each: each[1], reverse=True)[:MOST_MARKS])
    write_private(file, _Kept(printed=newest).model_dump_json(indent=1).encode())
    return newest


def _read(file: Path) -> Marks:
    """Read the marks, none where there is no file. Raises `OSError`, or `ValueError` for a broken file."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return NONE
    if len(content) > MOST_BYTES:
        raise ValueError("too large")
    return _Kept.model_validate_json(content).printed


def _keep_aside(file: Path) -> None:
    """Give a broken file another name. Raises `OutputError`."""
    try:
        file.replace(file.with_suffix(".broken"))
    except OSError as error:
        raise OutputError(f"{file} is damaged and could not be moved ({error.strerror}).") from error
