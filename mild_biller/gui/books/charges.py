"""The office's charges next to those of the claim: proposed for a new line, shown where they differ."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from mild_biller.core.case.codes import parse_money
from mild_biller.core.case.pointer import escaped
from mild_biller.core.claim.claim import ServiceLine
from mild_biller.gui.books.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.presentation.typed_text import shown_day
from mild_biller.store.charge_list import Charge, charge_on


class ChargeProposer(QObject):
    """Writes the charge of a new line. A charge removed, undone or read from a file is left as it is."""

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__(case)
        self._case = case
        self._books = books
        self._known: frozenset[str] = frozenset()
        self._proposed: dict[str, str] = {}
        self._is_writing = False
        case.changed.connect(self._follow)
        case.replaced.connect(self._begin)
        books.changed.connect(self._begin)

    def said(self) -> str:
        """Return which charges come from the list, and which differ from it."""
        return "\n".join(_said(line, found) for line, found in self._listed())

    def missing(self) -> list[tuple[str, Charge]]:
        """Return the codes without a charge that the list has one for."""
        return [(line.code or "", found) for line, found in self._listed() if line.charge is None]

    def take(self) -> None:
        """Write the charges of the list where the claim has none."""
        self._case.seal()
        for code, found in self.missing():
            self._case.write(f"/claim/charges/{escaped(code)}", found.amount)
        self._case.seal()

    def _begin(self) -> None:
        self._known = self._codes()
        self._proposed.clear()

    def _follow(self) -> None:
        """Propose for the lines that an edit has just brought about; what was undone is not done again."""
        if self._is_writing:
            return
        before, self._known = self._known, self._codes()
        if self._case.can_redo:
            return
        self._is_writing = True
        try:
            for line, found in tuple(self._listed()):
                self._propose(line, found, is_new=line.code not in before)
        finally:
            self._is_writing = False

    def _propose(self, line: ServiceLine, found: Charge, *, is_new: bool) -> None:
        """Write a charge, or another one for another day while nobody has typed over the one proposed."""
        code = line.code or ""
        is_ours = line.charge is not None and line.charge == self._proposed.get(code)
        if (is_new and line.charge is None) or (is_ours and line.charge != found.amount):
            self._proposed[code] = found.amount
            self._case.write(f"/claim/charges/{escaped(code)}", found.amount)

    def _listed(self) -> Iterator[tuple[ServiceLine, Charge]]:
        procedure = self._case.review.case.procedure
        day = procedure.date_of_service if procedure else None
        if day is None or self._case.read("/claim/lines") is not None:
            return
        for line in self._case.review.claim.lines:
            found = charge_on(self._books.charges, line.code or "", modifiers=line.modifiers, day=day)
            if found is not None:
                yield line, found

    def _codes(self) -> frozenset[str]:
        """Return the codes of the lines that the list has a charge for."""
        return frozenset(line.code for line, _ in self._listed() if line.code)


def _said(line: ServiceLine, found: Charge) -> str:
    since = f"from {shown_day(found.from_day)}"
    if line.charge is not None and parse_money(str(line.charge)) == parse_money(found.amount):
        return f"{line.code}: from your charge list, {since}"
    return f"{line.code}: your charge list says ${parse_money(found.amount):,.2f}, {since}"
