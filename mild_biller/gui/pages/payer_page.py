"""Step 2: who pays, in order, and what the primary payer's policy says."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from mild_biller.core.case.model import Coverage
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.vocabulary import Relationship, Sex
from mild_biller.core.coverage.assess import Assessment
from mild_biller.core.rules.catalog import Catalog
from mild_biller.gui.books.books import Books
from mild_biller.gui.books.finder import PayerFinder
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.section import FieldRow, Section
from mild_biller.gui.pages.page import Page
from mild_biller.gui.style.buttons import Button
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Flow
from mild_biller.presentation.field import Asked, Choice, Field, chosen
from mild_biller.presentation.provider_fields import ADDRESS, OWN, own_payer_rows
from mild_biller.presentation.typed_text import CODE, PAST_DAY, shown_day, shown_days
from mild_biller.store.address_book import BookPart

ORDER = ("Primary", "Secondary", "Tertiary")
ENROLLMENT = (
    (
        Field("member_id", "Member ID", CODE, width=18),
        chosen("relationship", "Patient relationship to insured", Relationship),
        Field("group_number", "Group number", CODE, width=16),
        Field("group_name", "Group name", width=18),
        Field("plan_name", "Plan name", width=24, grows=True),
        Field("employer", "Employer (workers' compensation)", width=26, grows=True),
    ),
)
INSURED = (
    (
        Field("last", "Last name", width=22, grows=True),
        Field("first", "First name", width=18, grows=True),
        Field("middle", "Middle", width=8),
        Field("suffix", "Suffix", width=6),
    ),
    (
        Field("birth_date", "Date of birth", PAST_DAY, width=12),
        chosen("sex", "Sex", Sex),
        Field("phone", "Telephone", CODE, width=14),
    ),
    ADDRESS,
)
CONTRACTOR = (
    (
        Field("name", "Name", width=30, grows=True),
        Field("payer_number", "Payer number", CODE, width=12),
    ),
    ADDRESS,
)


def order_name(index: int) -> str:
    """Name a coverage by its place."""
    return f"{ORDER[index] if index < len(ORDER) else f'{index + 1}th'} coverage"


def payer_field(catalog: Catalog) -> Field:
    """Return the field to choose a payer in: those shipped, then the office's own."""
    known = sorted(catalog.payers, key=lambda payer: payer.name)
    offered = tuple(Choice(payer.id, payer.name) for payer in known)
    own = Choice(OWN, "Other payer: enter its name", any_of=OwnPayer)
    return Field("payer", "Payer", asked=Asked.CHOSEN, choices=(*offered, own), hint="select the payer")


class CoverageCard(QWidget):
    """One coverage: the payer, the enrollment, the insured if another person, and who processes the claim."""

    def __init__(self, index: int, case: CaseEditor, books: Books) -> None:
        super().__init__()
        self.base = f"/coverages/{index}"
        self._case = case
        self._is_primary = index == 0
        name = order_name(index)
        title = f"{name} (items 1, 1a, 11)" if index == 0 else name
        self.main = Section(title)
        self.finder = PayerFinder(
            "Find a payer by name", base=f"{self.base}/payer", part=BookPart.PAYER, case=case, books=books
        )
        payer = BoundField(payer_field(case.catalog), f"{self.base}/payer", case, group=title)
        self.main.add_row(FieldRow([payer], self.finder))
        self.main.add_rows(ENROLLMENT, base=self.base, case=case)
        self.own = Section(f"{name}: the payer")
        self.own.add_rows(own_payer_rows(case.catalog), base=f"{self.base}/payer", case=case)
        self.insured = Section(f"{name}: the insured (items 4, 7, 11a)")
        self.insured.add_rows(INSURED, base=f"{self.base}/insured", case=case)
        self.contractor = Section(f"{name}: claims mailing address (payer or MAC)")
        self.contractor.add_rows(CONTRACTOR, base=f"{self.base}/contractor", case=case)
        self._sections = (self.main, self.own, self.insured, self.contractor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in self._sections:
            column.addWidget(section)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields that belong to this coverage as it is."""
        for section in self._sections:
            if not section.isHidden():
                yield from section.cells()

    def refresh(self) -> None:
        """Show the present case; sections come and go with the payer and the relationship."""
        is_own = isinstance(self._case.read(f"{self.base}/payer"), OwnPayer)
        relationship = self._case.read(f"{self.base}/relationship")
        has_insured = self._case.read(f"{self.base}/insured") is not None
        self.finder.refresh()
        _show(self.own, is_own)
        _show(self.insured, has_insured or relationship not in (None, Relationship.SELF))
        _show(self.contractor, self._is_primary or self._case.read(f"{self.base}/contractor") is not None)
        for section in self._sections:
            if not section.isHidden():
                section.refresh()


def _show(section: Section, is_shown: bool) -> None:
    """Show or hide a section; what could not be read in a hidden one is forgotten."""
    if not is_shown and not section.isHidden():
        for cell in section.cells():
            cell.reset()
    section.setVisible(is_shown)


class Coverages(QWidget):
    """The coverages in order, with buttons to add one, take the last away and move one up."""

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__()
        self._case = case
        self._books = books
        self._cards: list[CoverageCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        column.addLayout(self._column)
        self.add_button = QPushButton()
        self.remove_button = Button()
        self.swap_button = QPushButton("Swap primary and secondary")
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.swap_button.clicked.connect(self._swap)
        explain(self.swap_button, "Makes the secondary payer primary.")
        row = Flow((self.add_button, self.swap_button, self.remove_button))
        row.setContentsMargins(0, 0, 0, 14)
        column.addWidget(row)
        case.replaced.connect(self._empty)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of every coverage."""
        for card in self._cards:
            yield from card.cells()

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for card in self._cards:
            first, *others = card.cells()
            yield from first.input.stops()
            yield from card.finder.stops()
            for cell in others:
                yield from cell.input.stops()
        yield from (self.add_button, self.swap_button, self.remove_button)

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer."""
        for cell in self.cells():
            yield cell.pointer, cell

    def refresh(self) -> None:
        """Show a card for each coverage, at least one."""
        count = max(1, self._count)
        while len(self._cards) < count:
            self._cards.append(CoverageCard(len(self._cards), self._case, self._books))
            self._column.addWidget(self._cards[-1])
            self._cards[-1].show()
        while len(self._cards) > count:
            self._drop()
        for card in self._cards:
            card.refresh()
        last = order_name(count - 1).lower()
        self.add_button.setText(f"Add {order_name(count).lower()}")
        self.remove_button.setText(f"Remove {last}")
        self.remove_button.setEnabled(self._count > 0)
        self.swap_button.setVisible(count > 1)

    @property
    def _count(self) -> int:
        return len(self._case.read("/coverages") or ())

    def _add(self) -> None:
        while self._count < len(self._cards):
            self._case.append("/coverages", Coverage())
        self._case.append("/coverages", Coverage())
        self.refresh()
        next(self._cards[-1].cells()).input.setFocus()

    def _remove(self) -> None:
        self._case.remove_item("/coverages", self._count - 1)
        self.refresh()

    def _swap(self) -> None:
        first, second, *others = self._case.read("/coverages")
        self._case.seal()
        self._case.write("/coverages", (second, first, *others))
        self._case.seal()

    def _drop(self) -> None:
        card = self._cards.pop()
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _empty(self) -> None:
        while self._cards:
            self._drop()


class PayerPage(Page):
    """The coverages in order, and the policy of the primary payer."""

    title = "Payer"
    prefixes = ("/coverages",)

    def __init__(self, case: CaseEditor, books: Books) -> None:
        super().__init__(case)
        coverages = Coverages(case, books)
        self.add_part(coverages, coverages)
        holds = self.add_section("Primary payer's policy on the date of service")
        self._holds = QLabel()
        self._holds.setWordWrap(True)
        holds.add_widget(self._holds)
        self.finish()

    def refresh(self) -> None:
        """Show the present case and its policy."""
        super().refresh()
        self._holds.setText(shown_days("\n".join(filter(None, policy_lines(self.case.review.assessment)))))


def policy_lines(assessment: Assessment) -> Iterator[str]:
    """Yield which text decides and how old it is, or why none does."""
    policy, plan = assessment.policy, assessment.plan
    if plan is None:
        yield "Select a payer to see its policy."
        return
    if policy is None:
        yield assessment.why_undecided
        yield plan.undecided.message
    else:
        yield f"{policy.title} ({policy.issuer})."
        yield policy.position_message
        since, checked = shown_day(policy.effective_from), _day(policy.compared_on)
        yield f"Effective {since}, policy text last checked {checked}."
        if policy.payer_reviewed_on or policy.next_review:
            yield f"Last payer review {_day(policy.payer_reviewed_on)}, next review {_day(policy.next_review)}."
        if assessment.is_stale:
            yield "The next review date has passed: check for a newer version."
    yield plan.authorization.message


def _day(day: date | None) -> str:
    return shown_day(day) if day else "not stated"
