"""Step 4: everybody in the roles of the claim."""

from collections.abc import Sequence

from mild_biller.gui.books.books import Books
from mild_biller.gui.books.finder import Finder
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.section import Section
from mild_biller.gui.pages.page import Page
from mild_biller.presentation.field import Field
from mild_biller.presentation.provider_fields import BILLING, CLINICIAN, FACILITY, REFERRING
from mild_biller.store.address_book import BookPart


class ProvidersPage(Page):
    """Billing, rendering, referring, facility, attending, operating."""

    title = "Providers"
    prefixes = ("/providers",)

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__(case)
        self._books = books
        self.finders: dict[str, Finder] = {}
        self._add_role("Billing provider (items 25, 33)", BILLING, "billing", BookPart.BILLING)
        self._add_role("Rendering provider (items 24J, 31)", CLINICIAN, "rendering", BookPart.CLINICIAN)
        self._add_role("Referring provider (item 17)", REFERRING, "referring", BookPart.CLINICIAN)
        self._add_role("Service facility (item 32)", FACILITY, "facility", BookPart.FACILITY)
        self._add_role("Attending provider (UB-04, FL76)", CLINICIAN, "attending", BookPart.CLINICIAN)
        self._add_role("Operating provider (UB-04, FL77)", CLINICIAN, "operating", BookPart.CLINICIAN)
        self.finish()

    def _add_role(self, title: str, rows: Sequence[Sequence[Field]], role: str, part: BookPart) -> None:
        """Add one role: the book's line above its fields."""
        base = f"/providers/{role}"
        name = f"Select the {title.partition(' (')[0].lower()} from the address book"
        finder = Finder(name, base=base, part=part, case=self.case, books=self._books)
        self.finders[role] = finder
        section = Section(title)
        self.add_part(finder, finder, inside=section)
        section.add_rows(rows, base=base, case=self.case)
        self.add_part(section, section)
