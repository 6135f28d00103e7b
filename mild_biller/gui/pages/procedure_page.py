"""Step 3: what is done, when, where and why, and the lines that follow from it."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mild_biller.core.case.codes import shown
from mild_biller.core.case.model import Interspace
from mild_biller.core.case.pointer import escaped
from mild_biller.core.case.vocabulary import ImagingGuidance, Region, Setting, Side
from mild_biller.core.claim.claim import LETTERS, Claim, ServiceLine
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import ProcedureCode
from mild_biller.gui.books.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.records import Records
from mild_biller.gui.pages.kept_charges import KeptCharges
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.revenue_lines import RevenueLines
from mild_biller.gui.pages.service_lines import ServiceLines
from mild_biller.gui.pages.spine.spine import CaseSpine
from mild_biller.gui.widgets.flow import Flow
from mild_biller.presentation.claim.claim_text import OWN
from mild_biller.presentation.field import Field, chosen
from mild_biller.presentation.font_names import CODE_FONT
from mild_biller.presentation.long_words import seen
from mild_biller.presentation.typed_text import AMOUNT, CODE, CODES, DAY, WHOLE

PROCEDURE = (
    (
        Field("date_of_service", "Date of service", DAY, width=12),
        chosen("region", "Region", Region),
        chosen("setting", "Place of service (24B)", Setting),
        chosen("imaging_guidance", "Imaging guidance", ImagingGuidance),
    ),
)
INTERSPACES = (
    (
        Field("name", "Interspace (e.g., L4-L5)", CODE, width=12),
        chosen("side", "Side", Side),
    ),
)
REASONS = (
    (
        Field("diagnoses", "Diagnosis codes (ICD-10-CM), primary first", CODES, width=40, grows=True),
        Field("trial_number", "Trial number (blank: the study's own)", CODE, width=14),
    ),
)
DEVICE = (
    (
        Field("hcpcs", "HCPCS code", CODE, width=8),
        Field("units", "Units", WHOLE, width=6),
        Field("charge", "Charge", AMOUNT, width=12),
    ),
)


NOTHING_FOLLOWS = "Enter a date of service, a region and an interspace to see the codes."
NO_LABEL = "not in this version's tables"


class InterspaceRows(Records):
    """The interspaces as a table; the place of the list as a whole is the drawn spine."""

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer."""
        for cell in self.cells():
            yield cell.pointer, cell


class CodesBeside(QLabel):
    """The codes that follow from what is chosen, each with its why."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_claim(self, claim: Claim, catalog: Catalog) -> None:
        """Show the lines of a claim."""
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0" * 34))
        said = "".join(f"<p>{block}</p>" for block in _blocks(claim, catalog)) or f"<p>{NOTHING_FOLLOWS}</p>"
        if said != self.text():
            self.setText(said)


def _blocks(claim: Claim, catalog: Catalog) -> Iterator[str]:
    """Yield a block for each line with a code of the procedure, and one for all others."""
    beside = []
    for line in claim.lines:
        known = catalog.procedure.get(line.code or "")
        if known is not None:
            yield "<br>".join(_reasons(line, known, claim, catalog))
        else:
            beside.append(line.code or "a line without a code")
    if beside:
        yield escape(seen(f"Also on the claim: {', '.join(beside)}."))


def _reasons(line: ServiceLine, known: ProcedureCode, claim: Claim, catalog: Catalog) -> Iterator[str]:
    """Yield code, modifiers, units and pointers of a line, each with its why."""
    yield _reason(known.code, known.label, _typed(line, "code"))
    for modifier in line.modifiers:
        row = catalog.modifier.get(modifier)
        yield _reason(modifier, row.label if row else NO_LABEL, _typed(line, "modifiers"))
    yield _reason(str(line.units), _units(line.units, known.most_units), _typed(line, "units"))
    for letter in line.pointers:
        yield _reason(letter, _diagnosis(letter, claim, catalog), _typed(line, "pointers"))


def _reason(code: str, why: str, typed: str) -> str:
    mark = f"<b style='font-family:\"{CODE_FONT}\"'>{escape(seen(code))}</b>"
    return f"{mark}&nbsp; {escape(seen(why))}{escape(typed)}"


def _units(units: int, most: int | None) -> str:
    name = "unit" if units == 1 else "units"
    if most is None:
        return name
    return f"{name}, the maximum for this code" if units == most else f"{name}; the maximum for this code is {most}"


def _typed(line: ServiceLine, key: str) -> str:
    """Return "Typed" for a typed key; otherwise it follows from the facts."""
    return " (typed)" if line.paths[key].startswith("/claim/lines") else ""


def _diagnosis(letter: str, claim: Claim, catalog: Catalog) -> str:
    listed = dict(zip(LETTERS, claim.diagnoses, strict=False))
    found = listed.get(letter)
    if found is None:
        return "points to no diagnosis"
    row = catalog.diagnosis.get(found.code)
    return f"points to {shown(found.code)}{f', {row.label}' if row else ''}"


class SpineAndCodes(Flow):
    """The drawn spine, and next to it the codes that follow at once."""

    def __init__(self, case: CaseEditor) -> None:
        self.spine = CaseSpine(case)
        self.codes = CodesBeside()
        self._case = case
        super().__init__((self.spine, self.codes), is_centered=True)
        case.replaced.connect(self.refresh)

    def cells(self) -> Iterator[BoundField]:
        """Yield nothing: it has no fields."""
        return self.spine.cells()

    def stops(self) -> Iterator[QWidget]:
        """Yield the interspaces, from the top down."""
        yield from self.spine.stops()

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the spine at the pointer of the whole list."""
        return self.spine.targets()

    def refresh(self) -> None:
        """Show the present case and the codes that follow from it."""
        self.spine.refresh()
        self.codes.show_claim(self._case.review.claim, self._case.catalog)


class ProcedurePage(Page):
    """The facts of the procedure, then the lines with their charges."""

    title = "Procedure"
    prefixes = ("/procedure", "/claim/lines", "/claim/charges", "/claim/diagnoses", "/claim/revenue_lines")

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__(case)
        self.add_section("Procedure (items 24A, 24B)", PROCEDURE, base="/procedure")
        drawn = self.add_section("Interspaces and resulting codes")
        self.drawn = SpineAndCodes(case)
        self.add_part(self.drawn, self.drawn, inside=drawn)
        rows = InterspaceRows("/procedure/interspaces", INTERSPACES, what="interspace", new=Interspace, case=case)
        self.add_part(rows, rows, inside=drawn)
        self.add_section("Diagnoses (item 21) and study (item 19)", REASONS, base="/procedure")
        lines = ServiceLines(case, books)
        section = self.add_section("Lines on the claim (item 24)")
        self.add_part(lines, lines, inside=section)
        kept = KeptCharges(OWN, codes=self._kept_codes, case=case, group="Lines", rows=lines.typed)
        self.add_part(kept, kept, inside=section)
        revenue = RevenueLines(case)
        self.add_part(revenue, revenue)
        self.add_section("Device (hospital claim)", DEVICE, base="/procedure/device")
        self.finish()

    def _kept_codes(self) -> tuple[str, ...]:
        """Return the codes with a charge that typed lines use or something is found of, without a field above."""
        kept = self.case.read(f"{OWN}/charges") or ()
        if self.case.read(f"{OWN}/lines") is not None:
            return tuple(kept)
        review = self.case.review
        part = review.claim.institutional
        used = {line.paths["charge"] for line in part.revenue_lines} if part is not None else set()
        used |= {found.path for found in review.findings}
        shown = {line.code for line in review.claim.lines}
        return tuple(code for code in kept if code not in shown and f"{OWN}/charges/{escaped(code)}" in used)
