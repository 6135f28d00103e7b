"""What the menu does to the office's books: keep who is in a case, look through them, begin a case from them."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QWidget

from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import OwnPayer, Providers
from mild_biller.core.case.pointer import keys_of, pointer_to
from mild_biller.gui import dialogs
from mild_biller.gui.books.book_form import BookForm
from mild_biller.gui.books.books import Books
from mild_biller.gui.books.finder import Finder
from mild_biller.gui.books.table_forms import ChargeForm
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.widgets.menus import Menu
from mild_biller.gui.widgets.menus import MenuEntry as Action
from mild_biller.settings import Offered, Settings
from mild_biller.store import address_book
from mild_biller.store.address_book import BookPart, Entry

OFFERED = {
    Offered.PAYERS: BookPart.PAYER,
    Offered.BILLING: BookPart.BILLING,
    Offered.CLINICIANS: BookPart.CLINICIAN,
    Offered.FACILITIES: BookPart.FACILITY,
}
USUAL = ("billing provider", "rendering provider", "facility")


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
                Action("keep", "Add all &providers in this case to the address book", "Ctrl+K", self.keep),
                Action("keep_here", "Add the c&urrent provider to the address book", "Ctrl+Shift+B", self.keep_here),
                Action("book", "&Address book…", "Ctrl+B", self.show_book),
                Action("charges", "&Charge list…", "Ctrl+L", self.show_charges),
            ),
        )

    def keep(self) -> None:
        """Save every provider and own payer of the case; an entry with a fault is not saved, but named by role."""
        kept, left = 0, []
        for role, entry in self._everybody():
            if any(address_book.faults(entry)):
                left.append(role)
            elif not self._books.holds(entry):
                self._books.put_first(entry)
                kept += 1
        beside = f" Not saved, incomplete or invalid: {', '.join(left)}." if left else ""
        self._say(f"{kept} {'entry' if kept == 1 else 'entries'} saved to the address book.{beside}")

    def keep_here(self) -> None:
        """Save the provider or own payer whose fields have the cursor."""
        base = _base_of(_pointer_at_cursor())
        entry = self._case.read(base)
        if not isinstance(entry, Entry) or not address_book.label(entry):
            self._say("Place the cursor in the fields of a provider with a name first.")
            return
        wrong = next(address_book.faults(entry), "")
        if not wrong:
            self._books.put_first(entry)
        role = base.rpartition("/")[2]
        name = role if role in ("facility", "payer") else f"{role} provider"
        self._say(f"Not saved to the address book: {wrong}." if wrong else f"The {name} was saved to the address book.")

    def show_book(self) -> None:
        """Look through the address book; keep it as it was changed there."""
        before = self._books.read_again()
        form = BookForm(before, case=self._case)
        if dialogs.show_form(self._window, form.title, form, fault=form.fault, is_changed=form.is_changed):
            self._books.replace(form.book, before=before)

    def show_charges(self) -> None:
        """Look through the charge list; keep it as it was changed there."""
        self._books.read_again()
        form = ChargeForm(self._books.charges)
        if dialogs.show_form(self._window, form.title, form, fault=form.fault, is_changed=form.is_changed):
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


def _pointer_at_cursor() -> str:
    """Return the pointer of the field, or of the line of the book, that has the cursor; nothing elsewhere."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, BoundField | Finder):
            return widget.pointer if isinstance(widget, BoundField) else widget.base
        widget = widget.parentWidget()
    return ""


def _base_of(pointer: str) -> str:
    """Return the pointer of the provider or payer that a field belongs to."""
    part, *rest = keys_of(pointer) or ("",)
    if part == "coverages":
        return pointer_to((part, *rest[:1], "payer"))
    return pointer_to((part, *rest[:1])) if part == "providers" else "/providers/nobody"


def offers(books: Books, case: CaseEditor) -> dict[Offered, list[tuple[str, str]]]:
    """Return what a setting can name: the shipped payers, and who is in the book."""
    made = {
        offered: [(address_book.key(each), address_book.label(each)) for each in books.book.entries(part)]
        for offered, part in OFFERED.items()
    }
    shipped = sorted((payer.name, payer.id) for payer in case.catalog.payers)
    made[Offered.PAYERS] += [(name, words) for words, name in shipped]
    return made


def lost_usual(chosen: Settings, *, books: Books, case: CaseEditor) -> str:
    """Return which of the usual ones a new case begins without, as nobody knows them any more; nothing else."""
    own = [part for part in BookPart if part is not BookPart.PAYER]
    keys = (chosen.default_billing, chosen.default_rendering, chosen.default_facility)
    lost = [
        f"usual {name}" for part, key, name in zip(own, keys, USUAL, strict=True) if key and not books.find(part, key)
    ]
    payer = chosen.default_payer
    if payer and payer not in case.catalog.payer and not books.find(BookPart.PAYER, payer):
        lost.insert(0, "usual payer")
    return f"New cases start without the {', '.join(lost)}. Choose again in Settings (Ctrl+,)." if lost else ""


def first_case(chosen: Settings, *, books: Books, case: CaseEditor) -> Case:
    """Return a new case with the usual payer and providers; those no longer in the address book are left out."""
    own = books.find(BookPart.PAYER, chosen.default_payer)
    is_shipped = chosen.default_payer in case.catalog.payer
    payer = chosen.default_payer if is_shipped else own if isinstance(own, OwnPayer) else None
    people = {
        "billing": books.find(BookPart.BILLING, chosen.default_billing),
        "rendering": books.find(BookPart.CLINICIAN, chosen.default_rendering),
        "facility": books.find(BookPart.FACILITY, chosen.default_facility),
    }
    known = {role: entry for role, entry in people.items() if entry is not None}
    made = Case() if payer is None else Case(coverages=(Coverage(payer=payer),))
    return made.with_(providers=Providers.model_validate(known)) if known else made
