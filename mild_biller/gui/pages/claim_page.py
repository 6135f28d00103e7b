"""Step 5: the claim's own fields, and the form as it will print next to them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mild_biller.core.case.model import Notice as NoticeGiven
from mild_biller.core.case.vocabulary import FormKind, NoticeKind
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.claim_preview.preview import Preview
from mild_biller.gui.fields.records import Records
from mild_biller.gui.pages.facility_claim import FacilityClaimView
from mild_biller.gui.pages.page import SideForm
from mild_biller.gui.pages.ub04_boxes import Ub04Boxes
from mild_biller.gui.widgets.side_by_side import Beside
from mild_biller.presentation.field import Field, Landing, chosen, yes_no
from mild_biller.presentation.typed_text import AMOUNT, CODE, CODES, DAY, PAST_DAY

SENDING = (
    (chosen("form", "Form", FormKind, hint="Automatic"),),
    (yes_no("accept_assignment", "Accept assignment (27)"),),
    (Field("amount_paid", "Amount paid (29)", AMOUNT, width=12),),
    (Field("prior_authorization_number", "Prior authorization number (23)", CODE, width=22),),
)
SIGNATURES = (
    (yes_no("signature_on_file", "Signatures on file (12, 13, 31)"),),
    (yes_no("patient_signature_on_file", "Patient signed (12)"),),
    (yes_no("insured_signature_on_file", "Insured signed (13)"),),
    (
        Field("provider_signature/text", "Provider's signature (31)", width=20),
        Field("provider_signature/date", "Signed on", DAY, width=12),
    ),
)
RELATED = (
    (yes_no("related_to/employment", "Due to employment (10a)"),),
    (
        yes_no("related_to/auto_accident", "Auto accident (10b)"),
        Field("related_to/auto_state", "State", CODE, width=4),
    ),
    (yes_no("related_to/other_accident", "Other accident (10c)"),),
    (Field("claim_codes", "Claim codes (10d)", CODES, width=16),),
)
NOTICES = (
    (
        chosen("kind", "Notice", NoticeKind),
        Field("signed_on", "Signed on", PAST_DAY, width=12),
    ),
)
FURTHER = (
    (
        Field("onset/date", "Onset (14)", DAY, width=12),
        Field("onset/qualifier", "Qualifier", CODE, width=6),
    ),
    (
        Field("other_date/date", "Other date (15)", DAY, width=12),
        Field("other_date/qualifier", "Qualifier", CODE, width=6),
    ),
    (
        Field("unable_to_work/from", "Unable to work from (16)", DAY, width=12),
        Field("unable_to_work/to", "To", DAY, width=12),
    ),
    (
        Field("hospitalization/from", "In hospital from (18)", DAY, width=12),
        Field("hospitalization/to", "To", DAY, width=12),
    ),
    (Field("additional_information", "Additional information (19)", width=30, grows=True),),
    (yes_no("outside_lab/used", "Outside laboratory (20)"),),
    (Field("outside_lab/charge", "Its charge", AMOUNT, width=12),),
    (
        Field("resubmission_code", "Resubmission code (22)", CODE, width=6),
        Field("original_reference", "Original reference", CODE, width=18),
    ),
)


class ClaimForm(SideForm):
    """The fields of the claim that stand nowhere else."""

    title = "Claim"

    def __init__(self, case: CaseEditor) -> None:
        super().__init__(case)
        self.add_section("Billing", SENDING, base="/claim")
        hospital = Ub04Boxes(case)
        self.add_part(hospital, hospital)
        self.add_section("Signatures", SIGNATURES, base="/claim")
        given = self.add_section("Notices given to the patient")
        notices = Records("/notices", NOTICES, what="notice", new=NoticeGiven, case=case)
        self.add_part(notices, notices, inside=given)
        self.add_section("Related to (item 10)", RELATED, base="/claim")
        self.add_section("Other boxes", FURTHER, base="/claim")
        facility = FacilityClaimView(case, sending=(*SENDING, *SIGNATURES, *RELATED), further=FURTHER)
        self.add_part(facility, facility)
        self.finish()


class ClaimPage(QWidget):
    """The claim's fields on the left, the filled form on the right."""

    title = "Claim"
    prefixes = ("/claim", "/notices", "/facility_claim")

    def __init__(self, case: CaseEditor, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
        self.form = ClaimForm(case)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Beside(self.form, preview, sizes=(276, 584)))

    def refresh(self) -> None:
        """Show the present case and its form."""
        self.form.refresh()

    def enter(self) -> None:
        """Put the cursor into the first field."""
        self.form.enter()

    def show_field(self, pointer: str, *, landing: Landing = Landing.NEAREST) -> QWidget | None:
        """Put the cursor into the field a pointer leads to, and return it."""
        return self.form.show_field(pointer, landing=landing)
