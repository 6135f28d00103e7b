"""What Help says: the steps, the rules in force, every action with its shortcut, and the licences."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Final

from mild_biller import __version__
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.policy import Policy, in_force
from mild_biller.paths import resources
from mild_biller.presentation.typed_text import shown_day, shown_days

WHAT_IT_IS: Final = (
    "Bills one spine procedure: whether it is covered, what the claim says, and the form it is printed on. "
    "It opens no connection to any network. “Covered” means that the criteria of the policy named are met; "
    "it is no guarantee of payment."
)
STEPS: Final = {
    "Eligibility": (
        "The patient, and the questions that the policy in force asks. Yes, no and not answered are three different "
        "things: what nobody knows stays open, and the panel on the right lists what is still to ask."
    ),
    "Payer": (
        "Who pays, in order. Beside it stands what the payer's policy says, since when, and when it was last compared "
        "with its source. Case, Compare shows the same case under every payer."
    ),
    "Procedure": (
        "Date, place and interspaces. Codes, modifiers, units and pointers follow from them; what you type instead is "
        "kept as typed, and checked."
    ),
    "Providers": ("Everybody in the roles of the claim. NPIs and tax ids are checked as you leave a field."),
    "Claim": (
        "The form as it will print. Point at a box, or choose it in the list (F7), to read where its value comes from; "
        "a click or Enter goes to its field. Data alone goes onto the printed form, form and data onto blank paper. "
        "A claim that goes on a UB-04 shows that form's boxes and revenue lines too; below, the facility's own claim "
        "for the same encounter can be entered."
    ),
    "Prior auth": (
        "What the payer wants to see before the procedure: who asks for each item and why, what is there and what is "
        "missing. Files you add become one packet, with the letter in front."
    ),
}
BESIDE: Final = (
    "The panel on the right is always there. F8 walks from finding to finding and puts the cursor where each is "
    "mended. Below them stands what would make the case payable: slips you may simply mend, and facts of the chart, "
    "to be changed only if the record says so. A click on a title with an arrow folds what is under it, or opens it."
)
AROUND: Final = {
    "Typing a date": (
        "The month comes first: 7/6/1951 and 07061951 always, 7/6/51 and 070651 while short years are read. t is "
        "today, t-7 a week ago, t+3 in three days. A field shows what it read when you leave it. The settings (Ctrl+,) "
        "say which short ways are read."
    ),
    "The worklist": (
        "Choose a work folder (Ctrl+Shift+O), and its case files stand at the left: needs work, ready, printed, cannot "
        "be read. Ctrl+F searches them by name, date, payer or file name; F2 hides the list and brings it back."
    ),
    "The office's books": (
        "The address book (Ctrl+B) and the charge list (Ctrl+L) are mended in their own windows, with undo. Ctrl+K "
        "keeps everybody of a case, Ctrl+Shift+B who stands at the cursor."
    ),
    "Where the keys go": (
        "A ring stands around whatever takes the keys. Everything can be reached with Tab; the menu Help lists all "
        "shortcuts (Ctrl+/)."
    ),
}
PICTURE: Final = "The window with a slip to mend: steps above, fields below them, verdict and findings on the right."
IN_PLACE: Final = (
    ("Next field", "Enter"),
    ("Yes, no, not answered", "Y, N, Delete"),
    ("Interspace: left, right, both, none", "L, R, B, Delete"),
    ("Interspace: the one above or below, through the sides", "Up, Down, Space"),
    ("Search of a book: everything there is", "Down, in an empty line"),
    ("Findings, boxes, worklist: go to the chosen row", "Enter"),
    ("Search of the worklist: into the list, clear", "Down, Esc"),
    ("Attachment up or down", "Alt+Up, Alt+Down"),
    ("Form larger or smaller", "Ctrl and the wheel"),
    ("Comparison: copy the table", "Ctrl+C"),
    ("Books: take out the chosen rows, undo", "Delete, Ctrl+Z"),
)
LICENCES: Final = (
    ("Mild Biller", "MIT"),
    ("Python", "PSF-2.0"),
    ("Qt, with PySide6-Essentials, PySide6-Pdf and shiboken6", "LGPL-3.0; used as unchanged libraries"),
    ("PDFium, inside Qt PDF", "BSD-3-Clause, Apache-2.0"),
    ("pydantic, pydantic-core, annotated-types, typing-inspection", "MIT"),
    ("typing-extensions", "PSF-2.0"),
    ("reportlab", "BSD-3-Clause"),
    ("pikepdf", "MPL-2.0"),
    ("qpdf, inside pikepdf", "Apache-2.0"),
    ("lxml", "BSD-3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("platformdirs, charset-normalizer", "MIT"),
    ("packaging", "Apache-2.0 or BSD-2-Clause"),
    ("Liberation Sans, Liberation Mono (fonts)", "SIL Open Font License 1.1"),
)
IN_FORCE: Final = "in force"
SUPERSEDED: Final = "superseded"
AHEAD: Final = "not yet in force"
STALE: Final = "stale"
_TABLE: Final = "width='100%' cellpadding='5' cellspacing='0' border='0'"
_CELL: Final = "align='left' valign='top' style='border-bottom:1px solid #8b929c'"  # seen on light and dark ground


def steps_page(titles: Sequence[str]) -> str:
    """Say what each step of the window is for, and what stands around them."""
    said = ((f"{number} {title}", STEPS[title]) for number, title in enumerate(titles, start=1) if title in STEPS)
    parts = "".join(f"<h3>{escape(title)}</h3><p>{escape(text)}</p>" for title, text in said)
    around = "".join(f"<h3>{escape(title)}</h3><p>{escape(text)}</p>" for title, text in AROUND.items())
    picture = (resources() / "help" / "steps.png").as_uri()
    shown = f"<p><img src='{picture}' alt='{escape(PICTURE, quote=True)}'></p>"
    return f"{shown}{parts}<h3>Beside them</h3><p>{escape(BESIDE)}</p>{around}"


def rules_page(catalog: Catalog, *, today: date) -> str:
    """List every version of every policy, with its dates, its source and how fresh our copy is."""
    heads = ("Policy, and by whom", "From", "Says", "Source, and compared on")
    intro = (
        "Every version of every policy this program knows. The newest not after the date of service decides. "
        f"As of {shown_day(today)}; “{STALE}” means that the payer meant to review the text since: "
        "look for a newer one."
    )
    return f"<p>{escape(intro)}</p>{_table(heads, list(_rules(catalog, today)), shares=(30, 18, 20, 32))}"


def shortcuts_page(actions: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """List every action by menu, with its shortcut, and the keys that do something where the cursor stands."""
    listed = (*actions, ("Where the cursor stands", IN_PLACE))
    return "".join(f"<h3>{escape(title)}</h3>{_table((), rows, shares=(72, 28))}" for title, rows in listed)


def about_page() -> str:
    """Say what this is, and what it is made with."""
    return (
        f"<h2>Mild Biller {escape(__version__)}</h2><p>{escape(WHAT_IT_IS)}</p>"
        f"<h3>Licences</h3>{_table(('Part', 'Licence'), LICENCES, shares=(60, 40))}"
    )


def _rules(catalog: Catalog, today: date) -> Iterator[tuple[str, ...]]:
    for versions in sorted(catalog.versions.values(), key=lambda each: each[-1].title.lower()):
        now = in_force(versions, on=today)
        for policy in sorted(versions, key=lambda each: each.effective_from, reverse=True):
            source = catalog.source[policy.source]
            yield (
                f"{policy.title}\n{policy.issuer}",
                f"{shown_day(policy.effective_from)}\n{_standing(policy, now, today)}",
                policy.position.value.replace("-", " "),
                f"{source.title} ({_dated(source.date)}), {policy.cite}\n{shown_day(policy.compared_on)}",
            )


def _dated(text: str) -> str:
    """Return the date of a source as the window shows dates; one may be a month, or a year, alone."""
    year, _, month = text.partition("-")
    return f"{month}/{year}" if month.isdecimal() else shown_days(text)


def _standing(policy: Policy, now: Policy | None, today: date) -> str:
    if policy is not now:
        return AHEAD if policy.effective_from > today else SUPERSEDED
    if policy.next_review is None or not policy.is_stale(today):
        return IN_FORCE
    return f"{IN_FORCE}; {STALE}: review was due {shown_day(policy.next_review)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, shares: Sequence[int]) -> str:
    """Return rows as wide as the page; `shares`: of the width, in percent, for each column."""
    body = "".join(_row("td", row, shares) for row in rows)
    return f"<table {_TABLE}>{_row('th', heads, shares) if heads else ''}{body}</table>"


def _row(tag: str, cells: Sequence[str], shares: Sequence[int]) -> str:
    made = (
        f"<{tag} width='{share}%' {_CELL}>{escape(text).replace(chr(10), '<br>')}</{tag}>"
        for text, share in zip(cells, shares, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"
