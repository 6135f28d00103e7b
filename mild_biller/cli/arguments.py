"""What every verb takes, reads, and says: the case and the day, its review, one line on standard error."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from mild_biller.core.case.days import ISO_DAY
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.review.review import Review, review
from mild_biller.core.rulepack import RulePack
from mild_biller.core.rules.finding import Severity
from mild_biller.store.case_file import open_case

DONE: Final = 0
FOUND: Final = 1
UNUSABLE: Final = 2


def add_case(parser: argparse.ArgumentParser) -> None:
    """Take the case file and the day on which it is looked at."""
    parser.add_argument("case", type=Path, metavar="CASE.json")
    parser.add_argument("--today", type=read_day, default=None, metavar="DATE", help="YYYY-MM-DD")


def add_out(parser: argparse.ArgumentParser) -> None:
    """Take the file to write."""
    parser.add_argument("--out", type=Path, required=True, metavar="F.pdf")


def read_day(text: str) -> date:
    """Return a date written YYYY-MM-DD."""
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no date {text!r}; write YYYY-MM-DD") from None


def reviewed_case(given: argparse.Namespace, pack: RulePack, *, form: FormKind | None = None) -> Review:
    """Open the case and review it on its day. Raises `CaseFileError`."""
    case = open_case(given.case, catalog=pack.catalog)
    return review(case, pack=pack, today=given.today or date.today(), form=form)


def status_of(reviewed: Review) -> int:
    """Return the exit status that the findings of a case ask for."""
    return FOUND if reviewed.worst in (Severity.ERROR, Severity.HOLD) else DONE


def complain(line: str) -> None:
    """Say something in one line on standard error."""
    say(f"mild-biller: {line}", on=sys.stderr)


def say(line: str, *, on: TextIO) -> None:
    """Write one line; what the terminal cannot show is written as its code."""
    encoding = on.encoding or "utf-8"
    on.write(f"{' '.join(line.split())}\n".encode(encoding, "backslashreplace").decode(encoding))
