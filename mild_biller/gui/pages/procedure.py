"""Step 3: what is done, when, where and why, and the lines that follow from it."""

from mild_biller.core.case import Interspace
from mild_biller.core.vocabulary import ImagingGuidance, Region, Setting, Side
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.field import Field, chosen
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.service_lines import ServiceLines
from mild_biller.gui.reading import AMOUNT, CODE, CODES, DAY, WHOLE
from mild_biller.gui.records import Records

PROCEDURE = (
    (
        Field("date_of_service", "Date of service", DAY, width=12),
        chosen("region", "Region", Region),
        chosen("setting", "Where", Setting),
        chosen("imaging_guidance", "Imaging guidance", ImagingGuidance),
    ),
)
INTERSPACES = (
    (
        Field("name", "Interspace, as L4-L5", CODE, width=12),
        chosen("side", "Side", Side),
    ),
)
REASONS = (
    (
        Field("diagnoses", "Diagnoses, the first one first", CODES, width=40, grows=True),
        Field("trial_number", "Trial number (empty: the study's own)", CODE, width=14),
    ),
)
DEVICE = (
    (
        Field("hcpcs", "HCPCS code", CODE, width=8),
        Field("units", "Units", WHOLE, width=6),
        Field("charge", "Charge", AMOUNT, width=12),
    ),
)


class ProcedurePage(Page):
    """The facts of the procedure, then the lines with their charges."""

    title = "Procedure"
    prefixes = ("/procedure", "/claim/lines", "/claim/charges", "/claim/diagnoses")

    def __init__(self, case: CaseEditor) -> None:
        super().__init__(case)
        self.add_section("Procedure (items 24A, 24B)", PROCEDURE, base="/procedure")
        spaces = self.add_section("Interspaces")
        rows = Records("/procedure/interspaces", INTERSPACES, what="interspace", new=Interspace, case=case)
        self.add_part(rows, rows, inside=spaces)
        self.add_section("Diagnoses (item 21) and study (item 19)", REASONS, base="/procedure")
        lines = ServiceLines(case)
        section = self.add_section("Lines on the claim (item 24)")
        self.add_part(lines, lines, inside=section)
        self.add_section("Device, on a hospital's claim", DEVICE, base="/procedure/device")
        self.finish()
