"""Step 4: everybody in the roles of the claim."""

from mild_biller.core.vocabulary import Role, TaxIdKind
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.field import Field, chosen
from mild_biller.gui.pages.page import Page
from mild_biller.gui.reading import CODE

ADDRESS = (
    Field("street", "Street", width=30, grows=True),
    Field("city", "City", width=20, grows=True),
    Field("state", "State", CODE, width=4),
    Field("zip", "ZIP", CODE, width=11),
)
BILLING = (
    (
        Field("name", "Name", width=34, grows=True),
        Field("npi", "NPI", CODE, width=12),
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
    (
        Field("tax_id", "Tax id", CODE, width=12),
        chosen("tax_id_kind", "Kind of tax id", TaxIdKind),
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)
CLINICIAN = (
    (
        Field("last", "Last name", width=22, grows=True),
        Field("first", "First name", width=18, grows=True),
        Field("middle", "Middle", width=8),
        Field("suffix", "Suffix", width=6),
        Field("credentials", "Credentials", width=9),
    ),
    (
        Field("npi", "NPI", CODE, width=12),
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
)
REFERRING = (CLINICIAN[0], (chosen("role", "Named as", Role), CLINICIAN[1][0]))
FACILITY = (
    (
        Field("name", "Name", width=34, grows=True),
        Field("npi", "NPI", CODE, width=12),
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)


class ProvidersPage(Page):
    """Billing, rendering, referring, facility, attending, operating."""

    title = "Providers"
    prefixes = ("/providers",)

    def __init__(self, case: CaseEditor) -> None:
        super().__init__(case)
        self.add_section("Billing provider (items 25, 33)", BILLING, base="/providers/billing")
        self.add_section("Rendering provider (items 24J, 31)", CLINICIAN, base="/providers/rendering")
        self.add_section("Referring provider (item 17)", REFERRING, base="/providers/referring")
        self.add_section("Service facility (item 32)", FACILITY, base="/providers/facility")
        self.add_section("Attending provider (UB-04, FL76)", CLINICIAN, base="/providers/attending")
        self.add_section("Operating provider (UB-04, FL77)", CLINICIAN, base="/providers/operating")
        self.finish()
