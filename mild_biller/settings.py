"""What an office sets once: how the window looks, and how its printer is off. Never anything of a patient."""

import json
import os
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mild_biller.appearance import Appearance
from mild_biller.paths import user_settings

FORMAT: Final = 1
SCALE: Final = "1 prints as designed; 1.005 is half a percent larger, measured from the sheet's top left corner."


class DateShorthand(StrEnum):
    """Which short ways of typing a date are read; the month always comes first."""

    SHORT_YEARS = "short years, and t"
    FULL_YEARS = "four-digit years, and t"
    WRITTEN_OUT = "written out"


class Offered(StrEnum):
    """Where the words to choose from come, for a setting that names something of the office."""

    PAYERS = "payers"
    BILLING = "billing providers"
    CLINICIANS = "clinicians"
    FACILITIES = "facilities"


class Calibration(BaseModel):
    """How one printer is off, for data-only prints."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    nudge_right: float = Field(0.0, ge=-72, le=72, title="Move right", description="Points; 72 make an inch.")
    nudge_down: float = Field(0.0, ge=-72, le=72, title="Move down", description="Points; 72 make an inch.")
    scale: float = Field(1.0, ge=0.9, le=1.1, title="Scale", description=SCALE)


class Settings(BaseModel):
    """Every setting, with its name and what it is for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = Field(FORMAT, description="Which version of this file; raised when a setting changes its meaning.")
    appearance: Appearance = Field(
        Appearance.AUTOMATIC,
        title="Appearance",
        description="Follow the computer, always light, always dark, or the computer's own colors.",
    )
    text_size: int = Field(
        100, ge=75, le=250, multiple_of=5, title="Text size", description="Percent of the normal size."
    )
    idle_minutes: int = Field(
        0,
        ge=0,
        le=240,
        title="Hide the case after",
        description="Minutes without keyboard or mouse use; 0 for never. Any key shows it again. This is not a lock: "
        "lock the computer too.",
    )
    autosave_seconds: int = Field(
        5,
        ge=1,
        le=600,
        title="Back up unsaved work",
        description="Seconds after a change. After a crash the copy is offered. It does not replace saving.",
    )
    date_shorthand: DateShorthand = Field(
        DateShorthand.SHORT_YEARS,
        title="Dates as you type them",
        description="The month comes first: 7/6/1951 and 07061951 are always July 6, 1951; with short years 7/6/51 and "
        "070651 are too. t is today, t-7 a week ago, t+3 in three days, unless dates are written out. A field shows "
        "the date it read (e.g., 07/06/1951) when you leave it.",
    )
    years_ahead: int = Field(
        10,
        ge=0,
        le=50,
        title="Short years reach ahead",
        description="Years. With 10, in 2026, 3/1/36 is 03/01/2036 and 3/1/37 is 03/01/1937. Where only a past date "
        "makes sense, such as a date of birth, a short year is never read as a future year.",
    )
    default_payer: str = Field(
        "",
        title="Usual payer",
        description="The primary payer of a new case; your own payers come from the address book (Ctrl+B).",
        json_schema_extra={"offered": Offered.PAYERS},
    )
    default_billing: str = Field(
        "",
        title="Usual billing provider",
        description="For a new case; the entries of the address book (Ctrl+B) are offered.",
        json_schema_extra={"offered": Offered.BILLING},
    )
    default_rendering: str = Field(
        "",
        title="Usual rendering provider",
        description="For a new case; the entries of the address book (Ctrl+B) are offered.",
        json_schema_extra={"offered": Offered.CLINICIANS},
    )
    default_facility: str = Field(
        "",
        title="Usual facility",
        description="For a new case; the entries of the address book (Ctrl+B) are offered.",
        json_schema_extra={"offered": Offered.FACILITIES},
    )
    work_folder: str = Field("", description="The folder of the worklist, chosen in the File menu; none at first.")
    printers: dict[str, Calibration] = Field(
        {}, title="Printers", description="How far each printer is off, as the test page shows."
    )
    nudge_right: float = Field(
        0.0, ge=-72, le=72, title="Move right", description="Points; 72 make an inch. For data-only prints."
    )
    nudge_down: float = Field(
        0.0, ge=-72, le=72, title="Move down", description="Points; 72 make an inch. For data-only prints."
    )
    scale: float = Field(1.0, ge=0.9, le=1.1, title="Scale", description=SCALE)

    def calibration(self, printer: str = "") -> Calibration:
        """Return how a printer is off: as measured for it, else as set for every printer."""
        general = Calibration(nudge_right=self.nudge_right, nudge_down=self.nudge_down, scale=self.scale)
        return self.printers.get(printer, general)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and why the file could not be used, nothing when it could."""

    settings: Settings
    trouble: str = ""


def default_file() -> Path:
    """Return where the settings of this user lie."""
    return user_settings()


def load(file: Path) -> Loaded:
    """Read the settings. A file that is not there, or is broken, gives the defaults; a broken one says so."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Loaded(Settings.model_validate(_migrated(content)))
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, ValueError, TypeError, RecursionError, ValidationError):
        return Loaded(Settings(), f"{file.name} could not be read; the default settings are used.")


def save(file: Path, settings: Settings) -> None:
    """Write the settings whole or not at all. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as temporary:
        temporary.write(settings.model_dump_json(indent=1) + "\n")
    Path(name).replace(file)


def _migrated(content: Any) -> dict[str, Any]:
    """Bring the settings of an older format to this one. There is none yet."""
    if not isinstance(content, dict):
        raise TypeError("settings are an object")
    return content
