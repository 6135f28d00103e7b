"""The verbs `packet` and `letter` of the command line, with the statuses of case file format 1, section 3.

0: written, nothing open and no finding above a warning. 1: written with something open, or a letter that must not go.
2: unusable input, as an attachment that is not there; nothing is written.
The PDF libraries are imported by the verb that needs them: the others are not to wait for them.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mild_biller.cli.arguments import DONE, FOUND, add_case, add_out, complain, reviewed_case, say, status_of
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.core.documents.letters import Letter, form_entries, letter
from mild_biller.core.documents.packet import CheckedItem, Packet, packet
from mild_biller.core.documents.remark import Remark
from mild_biller.core.review.review import Review
from mild_biller.core.rulepack import RulePack
from mild_biller.errors import AttachmentError, MildBillerError
from mild_biller.files import write_whole


def add_words(verbs: Any) -> None:
    """Add both verbs to the command line's own."""
    made = verbs.add_parser("packet", help="write the prior-authorization packet as PDF")
    add_case(made)
    add_out(made)
    made.add_argument("--password", default=None, metavar="P", help="protect the packet (AES-256)")
    made.set_defaults(verb=_packet)
    written = verbs.add_parser("letter", help="write a letter or a notice as PDF")
    written.add_argument("kind", type=_kind, metavar="KIND", help=", ".join(LetterKind))
    add_case(written)
    add_out(written)
    written.add_argument("--form", type=Path, default=None, metavar="F.pdf", help="abn: your copy of the form to fill")
    written.set_defaults(verb=_letter)


def _kind(text: str) -> LetterKind:
    try:
        return LetterKind(text)
    except ValueError:
        kinds = ", ".join(LetterKind)
        raise argparse.ArgumentTypeError(f"there is no letter {text!r}; it is one of {kinds}") from None


def _packet(given: argparse.Namespace, pack: RulePack) -> int:
    """Write the packet of a case with its attachments; what is open is on its first page, and is reported."""
    from mild_biller.output.attachments.case_attachments import enclosures, files
    from mild_biller.output.documents.packet_pdf import build

    reviewed = reviewed_case(given, pack)
    folder = given.case.parent
    _keep_safe(given.out, [given.case, *files(reviewed.case, folder=folder)])
    made = packet(
        reviewed,
        rules=pack.packets,
        letters=pack.letters,
        edits=_edits(reviewed, LetterKind.MEDICAL_NECESSITY),
    )
    ready = list(enclosures(reviewed.case, folder=folder))
    content = build(made, reviewed, ready, today=reviewed.assessment.today, password=given.password)
    write_whole(given.out, content)
    _tell(made)
    _tell_lost(" ".join([made.statement.text, *(each.text for each in (*made.member, *made.request))]))
    for enclosure in ready:
        for note in enclosure.prepared.notes:
            complain(f"note: {enclosure.prepared.name}: {note}")
    return FOUND if not made.is_complete or status_of(reviewed) else DONE


def _tell(made: Packet) -> None:
    """Show what is open, and what the office should know before it sends the packet."""
    for item in made.missing:
        complain(f"missing: {open_words(item)}")
    for each in made.for_office:
        say(f"note: {_words(each)}", on=sys.stdout)


def _tell_lost(words: str) -> None:
    """Show which characters of a case the font lacks."""
    from mild_biller.output.documents.page_style import undrawable

    lost = undrawable(words)
    if lost:
        complain(f"the font does not have {' '.join(lost)}; a question mark is printed for each.")


def open_words(item: CheckedItem) -> str:
    """Return one line on what is open of an item."""
    lacks = ", ".join(blank.label for blank in item.lacks)
    return f"{item.title}: {item.said or lacks}. {item.remedy}".strip()


def _letter(given: argparse.Namespace, pack: RulePack) -> int:
    """Write a letter; one that must not go is refused, and blanks in one that may are said."""
    from mild_biller.output.documents.letter_pdf import render

    reviewed = reviewed_case(given, pack)
    if given.form is not None and given.kind is not LetterKind.ABN:
        raise MildBillerError("--form is only for the letter 'abn'.")
    _keep_safe(given.out, [given.case, *([given.form] if given.form else [])])
    edits = _edits(reviewed, given.kind)
    made = letter(given.kind, reviewed, rules=pack.letters, edits=edits)
    if made.refusals:
        for each in made.refusals:
            complain(f"refused: {_words(each)}")
        return FOUND
    write_whole(given.out, _filled_form(given.form, reviewed, pack) if given.form else render(made))
    _tell_lost(made.text)
    return _told(made, reviewed)


def _told(made: Letter, reviewed: Review) -> int:
    for blank in made.blanks:
        complain(f"blank: {blank.label}{f' ({blank.path})' if blank.path else ''}")
    for each in made.cautions:
        say(f"note: {_words(each)}", on=sys.stdout)
    return FOUND if made.blanks or status_of(reviewed) else DONE


def _filled_form(form: Path, reviewed: Review, pack: RulePack) -> bytes:
    """Return the office's own copy of the form, filled; what found no field is said."""
    from mild_biller.output.documents.own_form import fill

    try:
        content = form.read_bytes()
    except OSError as error:
        raise AttachmentError(f"{form} cannot be read ({error.strerror}). Choose the form again.") from error
    entries = form_entries(reviewed, rules=pack.letters)
    filled = fill(content, entries, name=form.name)
    for entry in filled.left:
        complain(f"no field for: {entry.letter} {entry.label}: {entry.text}")
    return filled.pdf


def _edits(reviewed: Review, kind: LetterKind) -> Mapping[str, str] | None:
    """Return the rewritten paragraphs of a letter of this kind."""
    return (reviewed.case.letters or {}).get(kind.value)


def _keep_safe(out: Path, originals: list[Path]) -> None:
    """Refuse to write over what was given."""
    for original in originals:
        if out.exists() and original.exists() and out.samefile(original):
            raise MildBillerError(f"--out is {original.name} itself; choose another name.")


def _words(said: Remark) -> str:
    return f"{said.message} {said.remedy}".strip()
