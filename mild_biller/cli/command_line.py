"""The command line: thin verbs over the core, with the statuses of case file format 1, section 3.

0: done, nothing above a warning. 1: done or refused, an error or a hold was found. 2: unusable input, nothing written.
What only one verb needs, the PDF libraries above all, it imports itself: the others are not to wait for it.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from mild_biller import loader
from mild_biller.cli import documents
from mild_biller.core.case.days import ISO_DAY
from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.estimate import localized
from mild_biller.core.review.printable import Lack, holds, refusal
from mild_biller.core.review.report import estimate_report, report, whatif_report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.finding import Finding, Severity
from mild_biller.errors import MildBillerError
from mild_biller.files import write_whole
from mild_biller.paths import resources
from mild_biller.store.case_file import open_case
from mild_biller.store.localities import read_localities

DONE, FOUND, UNUSABLE = 0, 1, 2
SELF_CHECK = {FormKind.CMS1500: "medicare-asc-2026.json", FormKind.UB04: "medicare-hospital-2026.json"}
SELF_CHECK_DAY = date(2026, 3, 12)
TRACEBACK_VARIABLE = "MILD_BILLER_TRACEBACK"


class _Usage(MildBillerError):
    """The words of the command are off."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise _Usage(f"{message}; see {self.prog} --help.")


def run(arguments: list[str]) -> int:
    """Carry out one command and return its status; no traceback reaches the user."""
    return guarded(lambda: _carry_out(arguments))


def _carry_out(arguments: list[str]) -> int:
    given = _parser().parse_args(_joined(arguments))
    verb: Callable[[argparse.Namespace], int] = given.verb
    return verb(given)


def guarded(work: Callable[[], int]) -> int:
    """Do some work and return its status; whatever goes wrong becomes one line and the status for it."""
    try:
        return work()
    except MildBillerError as error:
        return _refused(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except OSError as error:
        return _refused(f"the system refused ({error.strerror or type(error).__name__}); nothing was written.")
    except KeyboardInterrupt:
        return _refused("stopped; nothing was written.")
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        name = type(error).__name__
        return _refused(f"an internal error ({name}); nothing was written. Set {TRACEBACK_VARIABLE}=1 to see it.")


def _refused(line: str) -> int:
    _complain(line)
    return UNUSABLE


def _complain(line: str) -> None:
    text = f"mild-biller: {' '.join(line.split())}\n"
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _joined(arguments: list[str]) -> list[str]:
    """Tie `--nudge` and `--scale` to their values, which may begin with a minus."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in ("--nudge", "--scale"):
            joined[-1] = f"{joined[-1]}={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> _Parser:
    parser = _Parser(prog="mild-biller", description="Bills one spine procedure. Without a command, the window opens.")
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Parser)
    _check_words(verbs.add_parser("check", help="print the assessment as JSON"))
    _claim_words(verbs.add_parser("claim", help="write the claim form as PDF"))
    _whatif_words(verbs.add_parser("whatif", help="print what would make it payable, and compare other payers"))
    documents.add_words(verbs)
    self_check = verbs.add_parser("self-check", help="load all data, fill each form once")
    self_check.set_defaults(verb=_self_check)
    return parser


def _case_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE.json")
    parser.add_argument("--today", type=_day, default=None, metavar="DATE", help="YYYY-MM-DD")


def _check_words(parser: argparse.ArgumentParser) -> None:
    _case_words(parser)
    parser.add_argument("--localities", type=Path, metavar="F.csv", help="your table of Medicare localities")
    parser.add_argument("--locality", metavar="NAME", help="the locality to adjust the estimate to")
    parser.set_defaults(verb=_check)


def _claim_words(parser: argparse.ArgumentParser) -> None:
    _case_words(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="F.pdf")
    parser.add_argument("--form", type=FormKind, choices=list(FormKind), default=None)
    parser.add_argument("--data-only", action="store_true", help="for preprinted forms: no form is drawn")
    parser.add_argument("--nudge", type=_nudge, default=(0.0, 0.0), metavar="X,Y", help="points, right and down")
    parser.add_argument("--scale", type=_scale, default=1.0, metavar="S", help="0.9 to 1.1")
    parser.add_argument("--draft", action="store_true", help="print despite errors, marked as a draft")
    parser.set_defaults(verb=_claim)


def _whatif_words(parser: argparse.ArgumentParser) -> None:
    _case_words(parser)
    parser.add_argument("--payers", action="store_true", help="the case under each payer")
    parser.add_argument("--settings", action="store_true", help="the case in each setting")
    parser.add_argument("--dates", type=_days, default=(), metavar="A,B,C", help="the case on each of these dates")
    parser.set_defaults(verb=_whatif)


def _days(text: str) -> tuple[date, ...]:
    return tuple(_day(part) for part in text.split(","))


def _day(text: str) -> date:
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no date {text!r}; write YYYY-MM-DD") from None


def _number(text: str, *, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text} is not between {least:g} and {most:g}")
    return value


def _nudge(text: str) -> tuple[float, float]:
    parts = text.split(",")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not X,Y in points")
    return _number(parts[0], least=-72, most=72), _number(parts[1], least=-72, most=72)


def _scale(text: str) -> float:
    return _number(text, least=0.9, most=1.1)


def _reviewed(given: argparse.Namespace, *, form: FormKind | None = None) -> Review:
    catalog = loader.catalog()
    case = open_case(given.case, catalog=catalog)
    return review(case, catalog=catalog, layouts=loader.layout, today=given.today or date.today(), form=form)


def _status(reviewed: Review) -> int:
    return FOUND if reviewed.worst in (Severity.ERROR, Severity.HOLD) else DONE


def _check(given: argparse.Namespace) -> int:
    reviewed = _reviewed(given)
    printed = report(reviewed)
    if given.localities is not None or given.locality is not None:
        printed["payment_estimate_local"] = _local_estimate(given, reviewed)
    _print_json(printed)
    return _status(reviewed)


def _local_estimate(given: argparse.Namespace, reviewed: Review) -> object:
    """Return the estimate adjusted to a locality of the user's own table, None where there is none to adjust."""
    if given.localities is None or given.locality is None:
        raise _Usage("--localities and --locality go together.")
    if reviewed.estimate is None:
        return None
    known = read_localities(given.localities, year=reviewed.estimate.year)
    if given.locality not in known:
        raise _Usage(f"no locality {given.locality!r} in {given.localities}; it is one of {', '.join(sorted(known))}.")
    money = localized(reviewed.estimate, known[given.locality], catalog=loader.catalog())
    return None if money is None else estimate_report(money)


def _claim(given: argparse.Namespace) -> int:
    if _is_same(given.out, given.case):
        raise _Usage("--out is the case file itself; choose another name.")
    reviewed = _chosen(given)
    refusals = claim_refusals(reviewed, draft=given.draft)
    for line in refusals:
        _complain(line)
    if refusals:
        return FOUND
    write_whole(given.out, _claim_pdf(reviewed, given))
    for found in holds(reviewed, of=reviewed):
        _complain(f"hold: {_line(found)}")
    return _status(reviewed)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # one of them is not there, or cannot be: opening or writing it will say so


def _chosen(given: argparse.Namespace) -> Review:
    """Return the claim that is asked for: the facility's own, where one is entered on the form named."""
    reviewed = _reviewed(given)
    facility = reviewed.facility
    if facility is not None and given.form is not None and given.form is facility.claim.form is not reviewed.claim.form:
        return facility
    return reviewed if given.form in (None, reviewed.claim.form) else _reviewed(given, form=given.form)


def claim_refusals(reviewed: Review, *, draft: bool) -> list[str]:
    """Return why no page may be printed, a line each; nothing when it may."""
    against = refusal(reviewed)
    if against.lack is Lack.CLAIM:
        return ["no claim is billed in this case, so there is no form to print."]
    if against.lack is Lack.FORM:
        return [f"the form {reviewed.claim.form} cannot be printed by this version."]
    lines = [f"error: {_line(found)}" for found in (against.never if draft else against.stops)]
    if against.ahead is not None and not draft:
        lines.append(
            f"the date of service, {against.ahead.isoformat()}, is in the future; use --draft to print a draft."
        )
    return lines


def _line(found: Finding) -> str:
    return f"{found.path}: {found.message} {found.remedy}".strip()


def _claim_pdf(reviewed: Review, given: argparse.Namespace) -> bytes:
    from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render

    if reviewed.filled is None or reviewed.claim.form is None:
        raise MildBillerError("there is no form to print.")
    style = PrintStyle(
        mode=PrintMode.DATA_ONLY if given.data_only else PrintMode.WITH_FORM,
        nudge=given.nudge,
        scale=given.scale,
        draft=given.draft,
    )
    return render(reviewed.filled, layout=loader.layout(reviewed.claim.form), style=style)


def _whatif(given: argparse.Namespace) -> int:
    from mild_biller.core.review import whatif

    catalog, today = loader.catalog(), given.today or date.today()
    case = open_case(given.case, catalog=catalog)

    def reviewer(changed: Case) -> Review:
        return review(changed, catalog=catalog, layouts=loader.layout, today=today)

    rows = [
        *(whatif.by_payer(case, catalog=catalog, today=today) if given.payers else ()),
        *(whatif.by_setting(case, catalog=catalog, today=today) if given.settings else ()),
        *whatif.by_date(case, given.dates, catalog=catalog, today=today),
    ]
    reviewed = reviewer(case)
    _print_json(whatif_report(whatif.slips(case, reviewer=reviewer), whatif.facts(reviewed), rows))
    return _status(reviewed)


def _print_json(data: object) -> None:
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _self_check(given: argparse.Namespace) -> int:
    """Load every data file and print each form once, data only and with the form, from a shipped example."""
    from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render

    catalog = loader.catalog()
    for form in loader.forms():
        case = open_case(resources() / "examples" / SELF_CHECK[form], catalog=catalog)
        reviewed = review(case, catalog=catalog, layouts=loader.layout, today=SELF_CHECK_DAY, form=form)
        if reviewed.filled is None or not reviewed.boxes or not reviewed.boxes.pages[0]:
            raise MildBillerError(f"the form {form.value} came out blank; install the program again.")
        for mode in PrintMode:
            render(reviewed.filled, layout=loader.layout(form), style=PrintStyle(mode=mode))
    packets, letters = loader.packet_rules(), loader.letter_rules()
    versions = len(catalog.policies)
    sys.stdout.write(
        f"{len(catalog.payers)} payers, {versions} policy versions, {len(loader.forms())} forms, "
        f"{len(packets.packets)} packets, {len(letters.letters)} letters: all well.\n"
    )
    return DONE
