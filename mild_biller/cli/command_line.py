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

from mild_biller.cli import documents
from mild_biller.cli.arguments import (
    DONE,
    FOUND,
    UNUSABLE,
    add_case,
    add_out,
    complain,
    read_day,
    reviewed_case,
    status_of,
)
from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.estimate import localized
from mild_biller.core.review.printable import Lack, holds, refusal
from mild_biller.core.review.report import estimate_report, report, whatif_report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rulepack import RulePack
from mild_biller.core.rules.finding import Finding
from mild_biller.errors import MildBillerError
from mild_biller.files import write_whole
from mild_biller.loader import load_pack
from mild_biller.paths import resources
from mild_biller.store.case_file import open_case
from mild_biller.store.localities import read_localities

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
    verb: Callable[[argparse.Namespace, RulePack], int] = given.verb
    return verb(given, load_pack(resources()))


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
    complain(line)
    return UNUSABLE


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


def _check_words(parser: argparse.ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--localities", type=Path, metavar="F.csv", help="your table of Medicare localities")
    parser.add_argument("--locality", metavar="NAME", help="the locality to adjust the estimate to")
    parser.set_defaults(verb=_check)


def _claim_words(parser: argparse.ArgumentParser) -> None:
    add_case(parser)
    add_out(parser)
    parser.add_argument("--form", type=FormKind, choices=list(FormKind), default=None)
    parser.add_argument("--data-only", action="store_true", help="for preprinted forms: no form is drawn")
    parser.add_argument("--nudge", type=_nudge, default=(0.0, 0.0), metavar="X,Y", help="points, right and down")
    parser.add_argument("--scale", type=_scale, default=1.0, metavar="S", help="0.9 to 1.1")
    parser.add_argument("--draft", action="store_true", help="print despite errors, marked as a draft")
    parser.set_defaults(verb=_claim)


def _whatif_words(parser: argparse.ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument("--payers", action="store_true", help="the case under each payer")
    parser.add_argument("--settings", action="store_true", help="the case in each setting")
    parser.add_argument("--dates", type=_days, default=(), metavar="A,B,C", help="the case on each of these dates")
    parser.set_defaults(verb=_whatif)


def _days(text: str) -> tuple[date, ...]:
    return tuple(read_day(part) for part in text.split(","))


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


def _check(given: argparse.Namespace, pack: RulePack) -> int:
    reviewed = reviewed_case(given, pack)
    printed = report(reviewed)
    if given.localities is not None or given.locality is not None:
        printed["payment_estimate_local"] = _local_estimate(given, reviewed)
    _print_json(printed)
    return status_of(reviewed)


def _local_estimate(given: argparse.Namespace, reviewed: Review) -> object:
    """Return the estimate adjusted to a locality of the user's own table, None where there is none to adjust."""
    if given.localities is None or given.locality is None:
        raise _Usage("--localities and --locality go together.")
    if reviewed.estimate is None:
        return None
    known = read_localities(given.localities, year=reviewed.estimate.year)
    if given.locality not in known:
        raise _Usage(f"no locality {given.locality!r} in {given.localities}; it is one of {', '.join(sorted(known))}.")
    money = localized(reviewed.estimate, known[given.locality], catalog=reviewed.pack.catalog)
    return None if money is None else estimate_report(money)


def _claim(given: argparse.Namespace, pack: RulePack) -> int:
    if _is_same(given.out, given.case):
        raise _Usage("--out is the case file itself; choose another name.")
    reviewed = _chosen(given, pack)
    refusals = claim_refusals(reviewed, draft=given.draft)
    for line in refusals:
        complain(line)
    if refusals:
        return FOUND
    write_whole(given.out, _claim_pdf(reviewed, given))
    for found in holds(reviewed, of=reviewed):
        complain(f"hold: {_line(found)}")
    return status_of(reviewed)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # one of them is not there, or cannot be: opening or writing it will say so


def _chosen(given: argparse.Namespace, pack: RulePack) -> Review:
    """Return the claim that is asked for: the facility's own, where one is entered on the form named."""
    reviewed = reviewed_case(given, pack)
    facility = reviewed.facility
    if facility is not None and given.form is not None and given.form is facility.claim.form is not reviewed.claim.form:
        return facility
    return reviewed if given.form in (None, reviewed.claim.form) else reviewed_case(given, pack, form=given.form)


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

    if reviewed.filled is None or reviewed.layout is None:
        raise MildBillerError("there is no form to print.")
    style = PrintStyle(
        mode=PrintMode.DATA_ONLY if given.data_only else PrintMode.WITH_FORM,
        nudge=given.nudge,
        scale=given.scale,
        draft=given.draft,
    )
    return render(reviewed.filled, layout=reviewed.layout, style=style)


def _whatif(given: argparse.Namespace, pack: RulePack) -> int:
    from mild_biller.core.review import whatif

    catalog, today = pack.catalog, given.today or date.today()
    case = open_case(given.case, catalog=catalog)

    def reviewer(changed: Case) -> Review:
        return review(changed, pack=pack, today=today)

    rows = [
        *(whatif.by_payer(case, catalog=catalog, today=today) if given.payers else ()),
        *(whatif.by_setting(case, catalog=catalog, today=today) if given.settings else ()),
        *whatif.by_date(case, given.dates, catalog=catalog, today=today),
    ]
    reviewed = reviewer(case)
    _print_json(whatif_report(whatif.slips(case, reviewer=reviewer), whatif.facts(reviewed), rows))
    return status_of(reviewed)


def _print_json(data: object) -> None:
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _self_check(given: argparse.Namespace, pack: RulePack) -> int:
    """Load every data file and print each form once, data only and with the form, from a shipped example."""
    from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render

    for form in pack.forms:
        case = open_case(resources() / "examples" / SELF_CHECK[form], catalog=pack.catalog)
        reviewed = review(case, pack=pack, today=SELF_CHECK_DAY, form=form)
        if reviewed.filled is None or not reviewed.boxes or not reviewed.boxes.pages[0]:
            raise MildBillerError(f"the form {form.value} came out blank; install the program again.")
        for mode in PrintMode:
            render(reviewed.filled, layout=pack.layout(form, on=SELF_CHECK_DAY), style=PrintStyle(mode=mode))
    sys.stdout.write(f"{_counted(pack)}: all well.\nRules {pack.id} {pack.version}, SHA-256 {pack.digest}.\n")
    return DONE


def _counted(pack: RulePack) -> str:
    return (
        f"{len(pack.catalog.payers)} payers, {len(pack.catalog.policies)} policy versions, {len(pack.forms)} forms, "
        f"{len(pack.packets.packets)} packets, {len(pack.letters.letters)} letters"
    )
