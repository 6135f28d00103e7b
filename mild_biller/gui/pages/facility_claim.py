"""The claim of the hospital or surgery center itself, for the encounter the surgeon bills too: added or removed."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case.claim_input import FacilityClaim as Entered
from mild_biller.core.case.claim_input import TypedLine
from mild_biller.core.case.denial import Denial
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.facility import facility_case
from mild_biller.core.edits.form_locators import PROFESSIONAL_KEYS
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.derived_list import DerivedList
from mild_biller.gui.fields.records import Records
from mild_biller.gui.fields.section import Section
from mild_biller.gui.pages.kept_charges import KeptCharges
from mild_biller.gui.pages.part_group import PartGroup
from mild_biller.gui.pages.revenue_lines import RevenueLines
from mild_biller.gui.pages.service_lines import TYPED as LINE
from mild_biller.gui.pages.ub04_boxes import Ub04Boxes
from mild_biller.gui.style.buttons import Button
from mild_biller.gui.style.tips import explain
from mild_biller.presentation.claim.claim_text import FACILITYS, claim_at, service_words
from mild_biller.presentation.denial_fields import DENIAL
from mild_biller.presentation.field import Field
from mild_biller.presentation.provider_fields import BILLING
from mild_biller.presentation.typed_text import CODES

Rows = Sequence[Sequence[Field]]
WHOSE = "facility's "
NOTE = (
    "What the hospital or surgery center bills for the same encounter as this claim. "
    "It is checked together with this claim; the preview shows either."
)
DIAGNOSES = ((Field("diagnoses", "Diagnoses entered (67)", CODES, width=30, grows=True),),)


class ServiceBoxes(PartGroup):
    """The lines and boxes of a CMS-1500, if the facility's claim is billed on one or they have entries."""

    def __init__(self, case: CaseEditor, *, further: Rows) -> None:
        super().__init__(case, whose=WHOSE)
        self._further = further

    def is_wanted(self) -> bool:
        """Return True if the facility's claim has these boxes; they stay while one of them has the focus."""
        claim = claim_at(self.case.review, FACILITYS)
        if claim is not None and claim.form is not FormKind.UB04:
            return True
        keys = ("lines", "resubmission_code", "original_reference", *PROFESSIONAL_KEYS)
        return any(self.case.read(f"{FACILITYS}/{key}") is not None for key in keys) or self.has_cursor

    def fill(self) -> None:
        """Make lines and boxes."""
        section = self.add_section("Lines (item 24)")
        lines = DerivedList(
            f"{FACILITYS}/lines",
            LINE,
            what=f"{WHOSE}line",
            new=TypedLine,
            begin=self._begin,
            said=lambda: service_words(self.case.review, FACILITYS),
            case=self.case,
        )
        self.add_part(lines, lines, inside=section)
        self.add_section("Other boxes", self._further, base=FACILITYS)

    def _begin(self) -> tuple[TypedLine, ...]:
        """Return the derived lines with their codes alone; all else is derived still."""
        claim = claim_at(self.case.review, FACILITYS)
        return tuple(TypedLine(code=line.code) for line in claim.lines) if claim is not None else ()


class FacilityBoxes(PartGroup):
    """Everything of the facility's claim, in the order of the form it goes on."""

    def __init__(self, case: CaseEditor, *, sending: Rows, further: Rows) -> None:
        super().__init__(case, whose=WHOSE)
        self._sending = sending
        self._further = further

    def is_wanted(self) -> bool:
        """Return True if such a claim is entered."""
        return self.case.read(FACILITYS) is not None

    def fill(self) -> None:
        """Make the boxes."""
        self.add_section("Billing, signatures, accidents", self._sending, base=FACILITYS)
        self.add_section("Billing provider (items 25, 33; FL 1, 5, 56)", BILLING, base=f"{FACILITYS}/billing")
        hospital = Ub04Boxes(self.case, base=FACILITYS, whose=WHOSE)
        self.add_part(hospital, hospital)
        section = self.add_section("Diagnoses and charges", DIAGNOSES, base=FACILITYS)
        kept = KeptCharges(FACILITYS, codes=self._codes, case=self.case, group=f"{WHOSE.capitalize()}charges")
        self.add_part(kept, kept, inside=section)
        revenue = RevenueLines(self.case, base=FACILITYS, whose=WHOSE)
        self.add_part(revenue, revenue)
        lines = ServiceBoxes(self.case, further=self._further)
        self.add_part(lines, lines)
        refused = self.add_section("Denials of the facility's claim")
        denials = Records(f"{FACILITYS}/denials", DENIAL, what=f"{WHOSE}denial", new=Denial, case=self.case)
        self.add_part(denials, denials, inside=refused)

    def _codes(self) -> tuple[str, ...]:
        """Return the codes of the derived lines, and others a charge is kept for."""
        claim = claim_at(self.case.review, FACILITYS)
        derived = [line.code for line in claim.lines if line.code and not line.is_typed] if claim is not None else []
        return tuple(dict.fromkeys((*derived, *(self.case.read(f"{FACILITYS}/charges") or ()))))


class FacilityClaimView(QWidget):
    """The facility's claim, with a button to enter it and one to take it off."""

    def __init__(self, case: CaseEditor, *, sending: Rows, further: Rows) -> None:
        super().__init__()
        self._case = case
        self.boxes = FacilityBoxes(case, sending=sending, further=further)
        self.add_button = _button(
            "Add facility claim", "Add the facility's own claim", "Adds the claim the facility bills itself."
        )
        self.remove_button = _button(
            "Remove facility claim", "Remove the facility's claim", "Removes it from the case; undo restores it."
        )
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        intro = Section("The facility's own claim", note=NOTE)
        intro.add_widget(self.add_button)
        intro.add_widget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(intro)
        column.addWidget(self.boxes)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of the claim that is entered."""
        return self.boxes.cells()

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        yield from (self.add_button, self.remove_button)
        yield from self.boxes.stops()

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer; for the claim as a whole its lines, or the button that enters one."""
        found = list(self.boxes.targets())
        yield from found
        lines = next((target for at, target in found if at.startswith(f"{FACILITYS}/revenue_lines")), None)
        if lines is not None or not self._is_entered:
            yield FACILITYS, lines or self.add_button

    def refresh(self) -> None:
        """Show the present case."""
        self.add_button.setVisible(not self._is_entered)
        self.remove_button.setVisible(self._is_entered)
        self.boxes.refresh()

    @property
    def _is_entered(self) -> bool:
        return self._case.read(FACILITYS) is not None

    def _add(self) -> None:
        """Enter a claim that the facility of the case bills, as far as it is known."""
        self._case.seal()
        self._case.write(FACILITYS, entered(self._case))
        self._case.seal()
        self.refresh()
        next(self.boxes.cells()).input.setFocus()

    def _remove(self) -> None:
        self._case.seal()
        self._case.write(FACILITYS, None)
        self._case.seal()
        self.refresh()
        self.add_button.setFocus()


def entered(case: CaseEditor) -> Entered:
    """Return a claim to begin with; keys given as null keep it entered while its fields are emptied."""
    begun = facility_case(case.case.model_copy(update={"facility_claim": Entered()}))
    providers = begun.providers if begun is not None else None
    return Entered(form=None, charges=None, billing=providers.billing if providers is not None else None)


def _button(text: str, name: str, what: str) -> Button:
    button = Button(text)
    button.setAccessibleName(name)
    explain(button, what)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
