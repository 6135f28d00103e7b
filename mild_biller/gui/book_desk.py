"""What the menu does to the office's books: keep who is in a case, look through them, begin a case from them."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from mild_biller.core.case import Case, Coverage
from mild_biller.core.people import OwnPayer, Providers
from mild_biller.gui import dialogs
from mild_biller.gui.actions import Entry as Action
from mild_biller.gui.actions import Menu
from mild_biller.gui.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.table_forms import BookForm, ChargeForm
from mild_biller.settings import Offered, Settings
from mild_biller.store import address_book
from mild_biller.store.address_book import Entry, Part

OFFERED = {
    Offered.PAYERS: Part.PAYER,
    Offered.BILLING: Part.BILLING,
    Offered.CLINICIANS: Part.CLINICIAN,
    Offered.FACILITIES: Part.FACILITY,
}


class BookDesk:
    """The commands around the books. `say` shows one line when something is done."""

    def __init__(self, case: CaseEditor, books: Books, *, window: QWidget, say: Callable[[str], None]) -> None:
        self._case = case
        self._books = books
        self._window = window
        self._say = say
        books.troubled.connect(say)

    def menu(self) -> Menu:
        """Return the commands as a menu."""
        return Menu(
            "&Books",
            (
                Action("keep", "&Keep everybody of this case in the book", "Ctrl+K", self.keep),
                Action("book", "&Address book…", "Ctrl+B", self.show_book),
                Action("charges", "&Charge list…", "Ctrl+L", self.show_charges),
            ),
        )

    def keep(self) -> None:
        """Keep every provider and own payer of the case; somebody with a fault is not kept, and named by role."""
        kept, left = 0, []
        for role, entry in self._everybody():
            if any(address_book.faults(entry)):
                left.append(role)
            elif not self._books.holds(entry):
                self._books.put_first(entry)
                kept += 1
        beside = f" Not kept, as something is wrong or missing: {', '.join(left)}." if left else ""
        self._say(f"Kept in the address book: {kept}.{beside}")

    def show_book(self) -> None:
        """Look through the address book; keep it as it was changed there."""
        form = BookForm(self._books.book, policies=tuple(self._case.catalog.versions))
        if dialogs.show_form(self._window, form.title, form):
            self._books.replace(form.book)

    def show_charges(self) -> None:
        """Look through the charge list; keep it as it was changed there."""
        form = ChargeForm(self._books.charges)
        if dialogs.show_form(self._window, form.title, form, fault=form.fault):
            self._books.set_charges(form.charges())

    def _everybody(self) -> Iterator[tuple[str, Entry]]:
        """Yield who is named in the case, by role."""
        for coverage in self._case.case.coverages or ():
            if isinstance(coverage.payer, OwnPayer):
                yield "payer", coverage.payer
        providers = self._case.case.providers or Providers()
        for role in reversed(tuple(Providers.model_fields)):
            entry = getattr(providers, role)
            if entry is not None:
                yield role, entry


def offers(books: Books, case: CaseEditor) -> dict[Offered, list[tuple[str, str]]]:
    """Return what a setting can name: the shipped payers, and who is in the book."""
    made = {
        offered: [(address_book.key(each), address_book.label(each)) for each in books.book.entries(part)]
        for offered, part in OFFERED.items()
    }
    shipped = sorted((payer.name, payer.id) for payer in case.catalog.payers)
    made[Offered.PAYERS] += [(name, words) for words, name in shipped]
    return made


def first_case(chosen: Settings, *, books: Books, case: CaseEditor) -> Case:
    """Return a new case with the usual payer and providers; whoever is no longer known is left out."""
    own = books.find(Part.PAYER, chosen.default_payer)
    is_shipped = chosen.default_payer in case.catalog.payer
    payer = chosen.default_payer if is_shipped else own if isinstance(own, OwnPayer) else None
    people = {
        "billing": books.find(Part.BILLING, chosen.default_billing),
        "rendering": books.find(Part.CLINICIAN, chosen.default_rendering),
        "facility": books.find(Part.FACILITY, chosen.default_facility),
    }
    known = {role: entry for role, entry in people.items() if entry is not None}
    made = Case() if payer is None else Case(coverages=(Coverage(payer=payer),))
    return made.with_(providers=Providers.model_validate(known)) if known else made
