"""Dates as the case file writes them: ISO days, nothing else."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(value: Any) -> Any:
    """Return a text that is an ISO date as one, else the value; pydantic would also read numbers and times."""
    if isinstance(value, str):
        if not ISO_DAY.fullmatch(value):
            raise ValueError("a date is written YYYY-MM-DD")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("there is no such date; write YYYY-MM-DD") from error
    return value


Day = Annotated[date, BeforeValidator(iso_date)]
