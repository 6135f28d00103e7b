"""The boxes of a UB-04 that nothing else holds, in the order of the form: bill, visit, codes, payments, remarks."""

from collections.abc import Callable, Iterator, Sequence

from mild_biller.core.case.base import Model
from mild_biller.core.case.claim_input import Occurrence, OccurrenceSpan, PriorPayment, ValueCode
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.claim.claim import Claim
from mild_biller.core.edits.form_locators import INSTITUTIONAL_KEYS
from mild_biller.core.rules.policy import TRIAL_PREFIX
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.derived_list import DerivedList
from mild_biller.gui.fields.inputs import TypedInput
from mild_biller.gui.fields.records import Records
from mild_biller.gui.fields.section import Section
from mild_biller.gui.pages.part_group import PartGroup
from mild_biller.presentation.claim.claim_text import OWN, claim_at, value_words
from mild_biller.presentation.field import Asked, Choice, Field
from mild_biller.presentation.typed_text import AMOUNT, CODE, CODES, DAY, shown_day

BILL = (
    (
        Field("type_of_bill", "Type of bill (4)", CODE, width=6),
        Field("statement_from", "Statement from (6)", DAY, width=12),
        Field("statement_to", "Through", DAY, width=12),
    ),
)
VISIT = (
    (
        Field("admission_date", "Admission date (12)", DAY, width=12),
        Field("admission_hour", "Hour (13)", CODE, width=4),
        Field("admission_type", "Type (14)", CODE, width=4),
        Field("point_of_origin", "Origin (15)", CODE, width=4),
        Field("discharge_hour", "Discharge hour (16)", CODE, width=4),
        Field("discharge_status", "Discharge status (17)", CODE, width=4),
    ),
)
VISIT_NOTE = (
    "Hours 00 to 23; 99 if the admission hour is unknown. "
    "Type 1 emergency, 2 urgent, 3 elective, 5 trauma, 9 unknown. "
    "Origin 1 home, 2 clinic or office, 4 another hospital, 5 nursing facility, 6 elsewhere, 9 unknown. "
    "Status 01 home, 02 another hospital, 03 nursing facility, 06 home health, 07 left against advice, 20 died, "
    "30 still a patient."
)
CONDITIONS = ((Field("condition_codes", "Condition codes (18 to 28)", CODES, width=30, grows=True),),)
OCCURRENCES = (
    (
        Field("code", "Occurrence code (31 to 34)", CODE, width=4),
        Field("date", "Date", DAY, width=12),
    ),
)
SPANS = (
    (
        Field("code", "Span code (35, 36)", CODE, width=4),
        Field("from", "From", DAY, width=12),
        Field("to", "Through", DAY, width=12),
    ),
)
VALUES = (
    (
        Field("code", "Value code (39 to 41)", CODE, width=4),
        Field("amount", "Amount, or trial number", CODE, width=12),
    ),
)
PAYERS = tuple(Choice(place, name) for place, name in enumerate(("Primary", "Secondary", "Tertiary")))
PAYMENTS = (
    (
        Field("coverage", "Paid by (54)", asked=Asked.CHOSEN, choices=PAYERS),
        Field("amount", "Amount", AMOUNT, width=12),
    ),
)
CLOSING = (
    (Field("document_control_number", "Control number (64)", CODE, width=26, grows=True),),
    (
        Field("admitting_diagnosis", "Admitting diagnosis (69)", CODE, width=10),
        Field("reason_for_visit", "Reason for visit (70)", CODES, width=24),
    ),
    (Field("remarks", "Remarks (80)", width=30, grows=True),),
)


class Ub04Boxes(PartGroup):
    """The boxes of the claim at a pointer, where it is billed on a UB-04 or the user has typed into one of them."""

    def __init__(self, case: CaseEditor, *, base: str = OWN, whose: str = "") -> None:
        super().__init__(case, whose=whose)
        self.base = base

    def is_wanted(self) -> bool:
        """Return True if the present claim has these boxes; they stay while one of them has the focus."""
        claim = claim_at(self.case.review, self.base)
        if claim is not None and claim.form is FormKind.UB04:
            return True
        typed = (self.case.read(f"{self.base}/{key}") for key in INSTITUTIONAL_KEYS if key != "revenue_lines")
        return any(each is not None for each in typed) or self.has_cursor

    def fill(self) -> None:
        """Make the boxes."""
        self.add_section("Bill (UB-04, FL 4 and 6)", BILL, base=self.base)
        self.add_section("Visit (UB-04, FL 12 to 17)", VISIT, base=self.base, note=VISIT_NOTE)
        codes = self.add_section("Codes (UB-04, FL 18 to 41)", CONDITIONS, base=self.base)
        self._add_list("occurrence_codes", OCCURRENCES, what="occurrence", new=Occurrence, inside=codes)
        self._add_list("occurrence_spans", SPANS, what="occurrence span", new=OccurrenceSpan, inside=codes)
        self._add_values(codes)
        paid = self.add_section("Prior payments (UB-04, FL 54)")
        self._add_list("prior_payments", PAYMENTS, what="prior payment", new=PriorPayment, inside=paid)
        self.add_section("Reference, diagnoses, remarks (UB-04, FL 64 to 80)", CLOSING, base=self.base)

    def refresh(self) -> None:
        """Show the present case, and in the empty fields what follows from it."""
        super().refresh()
        claim = claim_at(self.case.review, self.base)
        derived = dict(_derived(claim)) if claim is not None else {}
        for cell in self.cells():
            hint = derived.get(cell.pointer.removeprefix(f"{self.base}/"), "")
            if isinstance(cell.input, TypedInput) and cell.input.placeholderText() != hint:
                cell.input.setPlaceholderText(hint)

    def _add_list(
        self, key: str, rows: Sequence[Sequence[Field]], *, what: str, new: Callable[[], Model], inside: Section
    ) -> None:
        records = Records(f"{self.base}/{key}", rows, what=f"{self.whose}{what}", new=new, case=self.case)
        records.add_button.setText(f"Add {what}")
        records.add_button.setAccessibleName(f"Add {self.whose}{what}")
        self.add_part(records, records, inside=inside)

    def _add_values(self, inside: Section) -> None:
        values = DerivedList(
            f"{self.base}/value_codes",
            VALUES,
            what=f"{self.whose}value code",
            new=ValueCode,
            begin=self._derived_values,
            said=lambda: value_words(self.case.review, self.base),
            case=self.case,
        )
        self.add_part(values, values, inside=inside)

    def _derived_values(self) -> tuple[ValueCode, ...]:
        """Return the derived value codes as they are typed: the trial number without what prints before it."""
        claim = claim_at(self.case.review, self.base)
        part = claim.institutional if claim is not None else None
        found = part.value_codes if part is not None else ()
        return tuple(ValueCode(code=each.code, amount=(each.amount or "").removeprefix(TRIAL_PREFIX)) for each in found)


def _derived(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the derived value of a box while nothing is typed for it, by its key."""
    part = claim.institutional
    if part is None:
        return
    for key in ("type_of_bill", "admission_type", "point_of_origin", "discharge_status"):
        yield key, getattr(part, key) or ""
    for key in ("statement_from", "statement_to"):
        day = getattr(part, key)
        yield key, shown_day(day) if day is not None else ""
    yield "condition_codes", " ".join(each.code or "" for each in part.condition_codes)
