"""The revenue lines of a UB-04: as they follow from the facts, each with its why, or typed by hand."""

from mild_biller.core.case.claim_input import TypedRevenueLine
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.derived_list import DerivedList
from mild_biller.gui.pages.part_group import PartGroup
from mild_biller.presentation.claim.claim_text import OWN, claim_at, revenue_words
from mild_biller.presentation.field import Field
from mild_biller.presentation.typed_text import AMOUNT, CODE, CODES, DAY, WHOLE

TYPED = (
    (
        Field("revenue_code", "Revenue code (42)", CODE, width=5),
        Field("code", "HCPCS (44)", CODE, width=6),
        Field("modifiers", "Modifiers", CODES, width=9),
        Field("date", "Date (45)", DAY, width=10),
        Field("units", "Units (46)", WHOLE, width=5),
        Field("charge", "Charge (47)", AMOUNT, width=10),
        Field("non_covered", "Non-covered (48)", AMOUNT, width=10),
    ),
)


class RevenueLines(PartGroup):
    """The revenue lines of the claim at a pointer, where it is billed on a UB-04 or the user has typed any."""

    def __init__(self, case: CaseEditor, *, base: str = OWN, whose: str = "") -> None:
        super().__init__(case, whose=whose)
        self.base = base
        self.pointer = f"{base}/revenue_lines"

    def is_wanted(self) -> bool:
        """Return True if the present claim has revenue lines."""
        claim = claim_at(self.case.review, self.base)
        return (claim is not None and claim.form is FormKind.UB04) or self.case.read(self.pointer) is not None

    def fill(self) -> None:
        """Make the list."""
        section = self.add_section("Revenue lines (UB-04, FL 42 to 48)")
        lines = DerivedList(
            self.pointer,
            TYPED,
            what=f"{self.whose}revenue line",
            new=TypedRevenueLine,
            begin=self._begin,
            said=lambda: revenue_words(self.case.review, self.base, catalog=self.case.catalog),
            case=self.case,
        )
        self.add_part(lines, lines, inside=section)

    def _begin(self) -> tuple[TypedRevenueLine, ...]:
        """Return the derived lines with their codes alone; all else is derived still."""
        claim = claim_at(self.case.review, self.base)
        part = claim.institutional if claim is not None else None
        made = part.revenue_lines if part is not None else ()
        return tuple(TypedRevenueLine(revenue_code=line.revenue_code, code=line.code) for line in made)
