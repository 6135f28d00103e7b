"""The Help pages: the steps, the rules in effect, every action with its shortcut, and the licenses."""

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
        "The patient, and the questions of the policy in effect. Yes, no and not answered are three different "
        "things: leave open what is not known; the panel on the right lists the answers that are still missing."
    ),
    "Payer": (
        "Who pays, in order. Below is what the payer's policy says, its effective date, and when it was last checked "
        "against its source. Case, Compare shows the same case under every payer."
    ),
    "Procedure": (
        "Date, place and interspaces. Codes, modifiers, units and pointers follow from them; what you enter instead is "
        "kept as entered, and checked."
    ),
    "Providers": ("The providers on the claim, by role. NPIs and tax IDs are checked as you leave a field."),
    "Claim": (
        "The form as it will print. Point at a box, or choose it in the list (F7), to read where its value comes from; "
        "a click or Enter goes to its field. Print data only on the red form, form and data on blank paper. "
        "A claim billed on a UB-04 shows that form's boxes and revenue lines too; below, the facility's own claim "
        "for the same encounter can be entered."
    ),
    "Prior auth": (
        "What the payer requires before the procedure: who requires each item and why, what is present and what is "
        "missing. The files you add become one packet, with the letter in front."
    ),
}
BESIDE: Final = (
    "The panel on the right is always visible. F8 goes from finding to finding and puts the cursor where each is "
    "fixed. Below the findings is what would make the case payable: clerical fixes, and facts that need chart "
    "documentation, to be changed only if documented. Click a title with an arrow to collapse or expand it."
)
AROUND: Final = {
    "Typing a date": (
        "The month comes first: 7/6/1951 and 07061951 always, 7/6/51 and 070651 while short years are read. t is "
        "today, t-7 a week ago, t+3 in three days. A field shows the date it read when you leave it. Settings (Ctrl+,) "
        "control which short forms are read."
    ),
    "The worklist": (
        "Choose a work folder (Ctrl+Shift+O), and its case files are listed on the left: needs work, ready, printed, "
        "could not be read. Ctrl+F searches them by name, date, payer or file name; F2 shows or hides the list."
    ),
    "Address book and charge list": (
        "The address book (Ctrl+B) and the charge list (Ctrl+L) are edited in their own windows, with undo. Ctrl+K "
        "adds all providers in the case to the address book, Ctrl+Shift+B the provider whose fields have the cursor."
    ),
    "Keyboard focus": (
        "A ring marks the control with the keyboard focus. Everything can be reached with Tab; the Help menu lists all "
        "shortcuts (Ctrl+/)."
    ),
}
PICTURE: Final = "The window with an error to fix: steps above, fields below them, verdict and findings on the right."
IN_PLACE: Final = (
    ("Next field", "Enter"),
    ("Yes, no, not answered", "Y, N, Delete"),
    ("Interspace: left, right, both, none", "L, R, B, Delete"),
    ("Interspace: next above or below, cycle through the sides", "Up, Down, Space"),
    ("Address book search: show all", "Down, in an empty field"),
    ("Findings, boxes, worklist: go to the selected row", "Enter"),
    ("Worklist search: into the list, clear", "Down, Esc"),
    ("Attachment up or down", "Alt+Up, Alt+Down"),
    ("Form larger or smaller", "Ctrl and the wheel"),
    ("Comparison: copy the table", "Ctrl+C"),
    ("Address book and charge list: delete the selected rows, undo", "Delete, Ctrl+Z"),
)
LICENSES: Final = (
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
IN_FORCE: Final = "in effect"
SUPERSEDED: Final = "superseded"
AHEAD: Final = "not yet in effect"
STALE: Final = "stale"
_TABLE: Final = "width='100%' cellpadding='5' cellspacing='0' border='0'"
_CELL: Final = "align='left' valign='top' style='border-bottom:1px solid #8b929c'"  # seen on light and dark ground


def steps_page(titles: Sequence[str]) -> str:
    """Describe each step of the window, and the parts around them."""
    said = ((f"{number} {title}", STEPS[title]) for number, title in enumerate(titles, start=1) if title in STEPS)
    parts = "".join(f"<h3>{escape(title)}</h3><p>{escape(text)}</p>" for title, text in said)
    around = "".join(f"<h3>{escape(title)}</h3><p>{escape(text)}</p>" for title, text in AROUND.items())
    picture = (resources() / "help" / "steps.png").as_uri()
    shown = f"<p><img src='{picture}' alt='{escape(PICTURE, quote=True)}'></p>"
    return f"{shown}{parts}<h3>Findings</h3><p>{escape(BESIDE)}</p>{around}"


def rules_page(catalog: Catalog, *, today: date) -> str:
    """List every version of every policy, with its dates, its source and how fresh our copy is."""
    heads = ("Policy and issuer", "Effective", "Position", "Source, last checked")
    intro = (
        "Every policy version on file. The newest version effective on the date of service applies. "
        f"As of {shown_day(today)}; “{STALE}” means that the payer's next review date has passed: "
        "check for a newer version."
    )
    return f"<p>{escape(intro)}</p>{_table(heads, list(_rules(catalog, today)), shares=(30, 18, 20, 32))}"


def shortcuts_page(actions: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """List every action by menu, with its shortcut, and the keys that act in the current field."""
    listed = (*actions, ("In the current field", IN_PLACE))
    return "".join(f"<h3>{escape(title)}</h3>{_table((), rows, shares=(72, 28))}" for title, rows in listed)


def about_page() -> str:
    """Return what this is, and what it is made with."""
    return (
        f"<h2>Mild Biller {escape(__version__)}</h2><p>{escape(WHAT_IT_IS)}</p>"
        f"<h3>Licenses</h3>{_table(('Part', 'License'), LICENSES, shares=(60, 40))}"
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
