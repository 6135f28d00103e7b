"""Step 4: everybody in the roles of the claim."""

from collections.abc import Sequence

from mild_biller.core import codes
from mild_biller.core.vocabulary import Role, TaxIdKind
from mild_biller.gui.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.field import Field, chosen
from mild_biller.gui.finder import Finder
from mild_biller.gui.pages.page import Page
from mild_biller.gui.reading import CODE
from mild_biller.gui.section import Section
from mild_biller.store.address_book import Part

NPI = Field("npi", "NPI", CODE, width=12, checked=codes.NPI)
ADDRESS = (
    Field("street", "Street", width=30, grows=True),
    Field("city", "City", width=20, grows=True),
    Field("state", "State", CODE, width=4),
    Field("zip", "ZIP", CODE, width=11),
)
BILLING = (
    (
        Field("name", "Name", width=34, grows=True),
        NPI,
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
    (
        Field("tax_id", "Tax id", CODE, width=12, checked=codes.EIN),
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
        NPI,
        Field("taxonomy", "Taxonomy", CODE, width=12),
    ),
)
REFERRING = (CLINICIAN[0], (chosen("role", "Named as", Role), *CLINICIAN[1]))
FACILITY = (
    (
        Field("name", "Name", width=34, grows=True),
        NPI,
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)


class ProvidersPage(Page):
    """Billing, rendering, referring, facility, attending, operating."""

    title = "Providers"
    prefixes = ("/providers",)

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__(case)
        self._books = books
        self.finders: dict[str, Finder] = {}
        self._add_role("Billing provider (items 25, 33)", BILLING, "billing", Part.BILLING)
        self._add_role("Rendering provider (items 24J, 31)", CLINICIAN, "rendering", Part.CLINICIAN)
        self._add_role("Referring provider (item 17)", REFERRING, "referring", Part.CLINICIAN)
        self._add_role("Service facility (item 32)", FACILITY, "facility", Part.FACILITY)
        self._add_role("Attending provider (UB-04, FL76)", CLINICIAN, "attending", Part.CLINICIAN)
        self._add_role("Operating provider (UB-04, FL77)", CLINICIAN, "operating", Part.CLINICIAN)
        self.finish()

    def _add_role(self, title: str, rows: Sequence[Sequence[Field]], role: str, part: Part) -> None:
        """Add one role: the book's line above its fields."""
        base = f"/providers/{role}"
        name = f"Choose the {title.partition(' (')[0].lower()} from the book"
        finder = Finder(name, base=base, part=part, case=self.case, books=self._books)
        self.finders[role] = finder
        section = Section(title)
        self.add_part(finder, finder, inside=section)
        section.add_rows(rows, base=base, case=self.case)
        self.add_part(section, section)
