"""The meaning of each form locator of the UB-04: an institutional claim as {box: text}, 22 lines a page.

Everything but the lines is repeated on every page; line 23 of the last alone carries code 0001 and the total.
Source: facts on the UB-04, sections 1 and 4; facts README 2.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from mild_biller.core.case.codes import FIRST_ICD10_DAY, parse_money
from mild_biller.core.case.model import Coverage
from mild_biller.core.case.people import Clinician, OwnPayer, Person
from mild_biller.core.case.vocabulary import Relationship, Sex, TaxIdKind
from mild_biller.core.claim.claim import Coded, Institutional, RevenueLine
from mild_biller.core.claim.context import ClaimContext
from mild_biller.core.coverage.assess import plan_of
from mild_biller.core.forms.box_values import (
    Boxes,
    BoxValue,
    authorization_number,
    city_line,
    payer_name,
    printed_phone,
)
from mild_biller.core.rules.payer import Instructions
from mild_biller.core.rules.policy import Element

LINES_PER_PAGE = 22
ROWS = "abcd"
PAYERS = "ABC"
OTHER_DIAGNOSES = "ABCDEFGHIJKLMNOPQ"
MOST_DIAGNOSES = 1 + len(OTHER_DIAGNOSES)
MOST_CONDITION_CODES = 11
MOST_VALUE_CODES = 12
RELATIONSHIPS = {
    Relationship.SELF: "18",
    Relationship.SPOUSE: "01",
    Relationship.CHILD: "19",
    Relationship.OTHER: "G8",
}
TAXONOMY_QUALIFIER = "B3"
REMARK_WIDTHS = (19, 24, 24, 24)


def compose(context: ClaimContext) -> Boxes:
    """Lay an institutional claim out in boxes, 22 lines a page. Never raises; what is unknown stays empty."""
    part = context.claim.institutional
    if part is None:
        return Boxes((), ())
    writer = _InstitutionalWriter(context, part)
    header = tuple(writer.header())
    chunks = [part.revenue_lines[i : i + LINES_PER_PAGE] for i in range(0, len(part.revenue_lines), LINES_PER_PAGE)]
    chunks = chunks or [()]
    pages = tuple(
        tuple(value for value in (*header, *writer.page(chunk, number, len(chunks))) if value.text.strip())
        for number, chunk in enumerate(chunks)
    )
    return Boxes(pages, ())


def full_name(person: Person) -> str:
    """Write a name as FL8b and FL58 want it: LAST SUFFIX, FIRST MIDDLE."""
    family = " ".join(part for part in (person.last, person.suffix) if part)
    given = " ".join(part for part in (person.first, person.middle) if part)
    return ", ".join(part for part in (family, given) if part)


class _InstitutionalWriter:
    """Writes the boxes of one claim."""

    def __init__(self, context: ClaimContext, part: Institutional) -> None:
        self.context = context
        self.claim = context.claim
        self.part = part
        self.catalog = context.catalog
        self.typed = context.claim.input
        self.coverages = context.coverages
        self.patient = context.patient
        self.providers = context.providers

    def header(self) -> Iterator[BoxValue]:
        """Yield every box that is the same on each page."""
        yield from self._provider()
        yield from self._account()
        yield from self._patient()
        yield from self._admission()
        yield from self._occurrences()
        yield from self._responsible()
        yield from self._values()
        for letter, coverage in zip(PAYERS, self.coverages, strict=False):
            yield from self._payer(letter, coverage)
        yield from self._authorization()
        yield from self._diagnoses()
        yield from self._providers()
        yield from self._remarks()

    def page(self, lines: Sequence[RevenueLine], number: int, count: int) -> Iterator[BoxValue]:
        """Yield the boxes of one page alone; `number` counts from 0."""
        for row, line in enumerate(lines, start=1):
            yield from self._line(line, row)
        where = "/claim/revenue_lines"
        yield BoxValue("43.23_page", str(number + 1), where, "page")
        yield BoxValue("43.23_of", str(count), where, "of how many")
        yield BoxValue("45.23", _day(self.context.today), where, "the day it was made")
        if number == count - 1:
            yield BoxValue("42.23", self.catalog.total_code, where, "total, on the last page")
            yield from _money("47.23", self.part.total_charge, where)
            yield from _money("48.23", self.part.total_uncovered, where)

    def _provider(self) -> Iterator[BoxValue]:
        billing = self.providers.billing
        if billing is None:
            return
        base = "/providers/billing"
        yield BoxValue("1_1", billing.name or "", f"{base}/name")
        yield BoxValue("1_2", billing.street or "", f"{base}/street")
        yield BoxValue("1_3", city_line(billing), f"{base}/city")
        yield BoxValue("1_4", printed_phone(billing.phone), f"{base}/phone")
        yield BoxValue("5", self._tax_id(), f"{base}/tax_id")
        yield BoxValue("56", billing.npi or "", f"{base}/npi")
        if billing.taxonomy:
            yield BoxValue("81a_qual", TAXONOMY_QUALIFIER, f"{base}/taxonomy", "what follows is a taxonomy")
            yield BoxValue("81a_code", billing.taxonomy, f"{base}/taxonomy")

    def _tax_id(self) -> str:
        """Write an EIN with its hyphen, as FL5 has it; anything else as it is."""
        billing = self.providers.billing
        number = (billing.tax_id if billing is not None else None) or ""
        is_ein = billing is not None and billing.tax_id_kind is not TaxIdKind.SSN and len(number) == 9
        return f"{number[:2]}-{number[2:]}" if is_ein else number

    def _account(self) -> Iterator[BoxValue]:
        yield BoxValue("3a", self.patient.account_number or "", "/patient/account_number")
        yield BoxValue("3b", self.patient.record_number or "", "/patient/record_number")
        yield BoxValue("4", self.part.type_of_bill or "", self.part.type_of_bill_path, "follows from the setting")
        for box, day, key in (
            ("6_from", self.part.statement_from, "statement_from"),
            ("6_to", self.part.statement_to, "statement_to"),
        ):
            yield BoxValue(box, _day(day), f"/claim/{key}")

    def _patient(self) -> Iterator[BoxValue]:
        patient = self.patient
        yield BoxValue("8b", full_name(patient), "/patient/last")
        yield BoxValue("9a", patient.street or "", "/patient/street")
        yield BoxValue("9b", patient.city or "", "/patient/city")
        yield BoxValue("9c", patient.state or "", "/patient/state")
        yield BoxValue("9d", patient.zip or "", "/patient/zip")
        if patient.birth_date is not None:
            born = patient.birth_date
            yield BoxValue("10", f"{born:%m%d}{born.year:04d}", "/patient/birth_date")
        if patient.sex is not None:
            yield BoxValue("11", "U" if patient.sex is Sex.OTHER else patient.sex.value, "/patient/sex")

    def _admission(self) -> Iterator[BoxValue]:
        yield BoxValue("12", _day(self.typed.admission_date), "/claim/admission_date")
        yield BoxValue("13", self.typed.admission_hour or "", "/claim/admission_hour")
        yield BoxValue("14", self.part.admission_type, "/claim/admission_type")
        yield BoxValue("15", self.part.point_of_origin, "/claim/point_of_origin")
        yield BoxValue("16", self.typed.discharge_hour or "", "/claim/discharge_hour")
        yield BoxValue("17", self.part.discharge_status, "/claim/discharge_status")
        codes = sorted(self.part.condition_codes, key=lambda each: each.code or "")
        for locator, coded in zip(range(18, 18 + MOST_CONDITION_CODES), codes, strict=False):
            yield BoxValue(str(locator), coded.code or "", coded.path)
        related = self.typed.related_to
        if related is not None:
            yield BoxValue("29", related.auto_state or "", "/claim/related_to/auto_state")

    def _occurrences(self) -> Iterator[BoxValue]:
        boxes = [f"{locator}{row}" for row in "ab" for locator in range(31, 35)]
        for index, (box, each) in enumerate(zip(boxes, self.typed.occurrence_codes or (), strict=False)):
            path = f"/claim/occurrence_codes/{index}"
            yield BoxValue(f"{box}_code", each.code or "", f"{path}/code")
            yield BoxValue(f"{box}_date", _day(each.date), f"{path}/date")
        boxes = [f"{locator}{row}" for row in "ab" for locator in (35, 36)]
        for index, (box, span) in enumerate(zip(boxes, self.typed.occurrence_spans or (), strict=False)):
            path = f"/claim/occurrence_spans/{index}"
            yield BoxValue(f"{box}_code", span.code or "", f"{path}/code")
            yield BoxValue(f"{box}_from", _day(span.from_), f"{path}/from")
            yield BoxValue(f"{box}_to", _day(span.to), f"{path}/to")

    def _responsible(self) -> Iterator[BoxValue]:
        """FL38: the payer's name and mailing address, as it shows in a window envelope."""
        if not self.coverages:
            return
        coverage = self.coverages[0]
        contractor, payer = coverage.contractor, coverage.payer
        base = "/coverages/0/contractor" if contractor is not None else "/coverages/0/payer"
        name = (contractor.name or "") if contractor is not None else payer_name(coverage, catalog=self.catalog)
        address = contractor or (payer if isinstance(payer, OwnPayer) else None)
        yield BoxValue("38_1", name, base)
        if address is not None:
            yield BoxValue("38_2", address.street or "", f"{base}/street")
            yield BoxValue("38_3", city_line(address), f"{base}/city")

    def _values(self) -> Iterator[BoxValue]:
        boxes = [f"{locator}{row}" for row in ROWS for locator in (39, 40, 41)]
        codes = sorted(self.part.value_codes, key=lambda each: each.code or "~")
        for box, coded in zip(boxes, codes, strict=False):
            yield BoxValue(f"{box}_code", coded.code or "", coded.path)
            yield from self._value_amount(box, coded)

    def _value_amount(self, box: str, coded: Coded) -> Iterator[BoxValue]:
        """Write the trial number as text across the cents rule, digits alone left of it, money in its two parts."""
        amount = coded.amount or ""
        money = parse_money(amount)
        if coded.code in self.catalog.study_codes(Element.VALUE_CODE):
            yield BoxValue(f"{box}_text" if not amount.isdecimal() else f"{box}_amount", amount, coded.path)
        elif money is not None and money >= 0:
            dollars, cents = f"{money:.2f}".split(".")
            yield BoxValue(f"{box}_amount", dollars, coded.path)
            yield BoxValue(f"{box}_cents", cents, coded.path)

    def _payer(self, letter: str, coverage: Coverage) -> Iterator[BoxValue]:
        index = PAYERS.index(letter)
        base = f"/coverages/{index}"
        plan = plan_of(coverage, catalog=self.catalog)
        is_medicare = plan is not None and plan.instructions is Instructions.MEDICARE
        yield BoxValue(f"50{letter}", payer_name(coverage, catalog=self.catalog), f"{base}/payer")
        yield BoxValue(f"51{letter}", self._plan_number(coverage), f"{base}/contractor/payer_number")
        yield BoxValue(f"52{letter}", "Y" if self._is_released else "", "/claim/signature_on_file")
        if not is_medicare:
            accepts = self.typed.accept_assignment
            mark = "" if accepts is None else "Y" if accepts else "N"
            yield BoxValue(f"53{letter}", mark, "/claim/accept_assignment")
        yield from self._prior_payment(letter, index)
        yield from self._insured(letter, coverage, base)
        if not is_medicare:
            yield BoxValue(f"61{letter}", coverage.group_name or coverage.plan_name or "", f"{base}/group_name")
            yield BoxValue(f"62{letter}", coverage.group_number or "", f"{base}/group_number")
        yield BoxValue(f"65{letter}", coverage.employer or "", f"{base}/employer")

    @property
    def _is_released(self) -> bool:
        own = self.typed.patient_signature_on_file
        return bool(self.typed.signature_on_file if own is None else own)

    def _plan_number(self, coverage: Coverage) -> str:
        if coverage.contractor is not None and coverage.contractor.payer_number:
            return coverage.contractor.payer_number
        return (coverage.payer.payer_number or "") if isinstance(coverage.payer, OwnPayer) else ""

    def _prior_payment(self, letter: str, index: int) -> Iterator[BoxValue]:
        for place, payment in enumerate(self.typed.prior_payments or ()):
            amount = parse_money(payment.amount) if payment.amount else None
            if payment.coverage == index:
                yield from _money(f"54{letter}", amount, f"/claim/prior_payments/{place}/amount")

    def _insured(self, letter: str, coverage: Coverage, base: str) -> Iterator[BoxValue]:
        is_self = coverage.relationship in (None, Relationship.SELF) and coverage.insured is None
        is_self = is_self or coverage.relationship is Relationship.SELF
        person: Person | None = self.patient if is_self else coverage.insured
        yield BoxValue(
            f"58{letter}", full_name(person) if person else "", "/patient/last" if is_self else f"{base}/insured/last"
        )
        if coverage.relationship is not None:
            yield BoxValue(f"59{letter}", RELATIONSHIPS[coverage.relationship], f"{base}/relationship")
        yield BoxValue(f"60{letter}", coverage.member_id or "", f"{base}/member_id")

    def _authorization(self) -> Iterator[BoxValue]:
        number, path = authorization_number(self.context.case, self.claim)
        yield BoxValue("63A", number or "", path)
        control = self.typed.document_control_number or self.typed.original_reference
        key = "document_control_number" if self.typed.document_control_number else "original_reference"
        yield BoxValue("64A", control or "", f"/claim/{key}", "the payer's number of the claim it replaces")

    def _diagnoses(self) -> Iterator[BoxValue]:
        through = self.part.statement_to
        if self.claim.diagnoses and through is not None:
            indicator = "0" if through >= FIRST_ICD10_DAY else "9"
            yield BoxValue("66", indicator, "/claim/statement_to", "the code set valid on that date")
        boxes = ["67", *(f"67{letter}" for letter in OTHER_DIAGNOSES)]
        for box, diagnosis in zip(boxes, self.claim.diagnoses, strict=False):
            yield BoxValue(box, diagnosis.code, diagnosis.path)
        yield BoxValue("69", self.typed.admitting_diagnosis or "", "/claim/admitting_diagnosis")
        reasons = self.typed.reason_for_visit or ()
        for letter, reason in zip("abc", (reasons,) if isinstance(reasons, str) else reasons, strict=False):
            yield BoxValue(f"70{letter}", reason, "/claim/reason_for_visit")

    def _providers(self) -> Iterator[BoxValue]:
        providers = self.providers
        yield from _clinician("76", providers.attending, "/providers/attending")
        yield from _clinician("77", providers.operating, "/providers/operating")
        others = [("DN", providers.referring, "/providers/referring")]
        rendering = providers.rendering
        named = {each.npi for each in (providers.attending, providers.operating) if each is not None}
        if rendering is not None and rendering.npi not in named:
            others.append(("82", rendering, "/providers/rendering"))
        present = [each for each in others if each[1] is not None]
        for locator, (kind, provider, path) in zip(("78", "79"), present, strict=False):
            yield BoxValue(f"{locator}_type", kind, path, "referring" if kind == "DN" else "rendering")
            yield from _clinician(locator, provider, path)

    def _remarks(self) -> Iterator[BoxValue]:
        rest = self.typed.remarks or ""
        for number, width in enumerate(REMARK_WIDTHS, start=1):
            is_last = number == len(REMARK_WIDTHS)
            head, rest = (rest, "") if is_last else _cut(rest, width)
            yield BoxValue(f"80_{number}", head, "/claim/remarks")

    def _line(self, line: RevenueLine, row: int) -> Iterator[BoxValue]:
        known = self.catalog.revenue_code.get(line.revenue_code or "")
        yield BoxValue(f"42.{row}", line.revenue_code or "", line.paths["revenue_code"])
        yield BoxValue(f"43.{row}", known.label if known else "", line.paths["revenue_code"], "our own short label")
        yield BoxValue(f"44.{row}", f"{line.code or ''}{''.join(line.modifiers)}", line.paths["code"])
        yield BoxValue(f"45.{row}", _day(line.date), line.paths["date"])
        yield BoxValue(f"46.{row}", str(line.units), line.paths["units"])
        yield from _money(f"47.{row}", line.amount, line.paths["charge"])
        if line.non_covered is not None:
            yield from _money(f"48.{row}", line.uncovered, line.paths["non_covered"])


def _cut(text: str, width: int) -> tuple[str, str]:
    """Return the beginning of a text that fits a line, cut at a blank, and the rest."""
    if len(text) <= width:
        return text, ""
    blank = text.rfind(" ", 0, width + 1)
    at = blank if blank > 0 else width
    return text[:at].rstrip(), text[at:].lstrip()


def _clinician(locator: str, provider: Clinician | None, path: str) -> Iterator[BoxValue]:
    if provider is not None:
        yield BoxValue(f"{locator}_npi", provider.npi or "", f"{path}/npi")
        yield BoxValue(f"{locator}_last", provider.last or "", f"{path}/last")
        yield BoxValue(f"{locator}_first", provider.first or "", f"{path}/first")


def _money(box: str, amount: Decimal | None, path: str) -> Iterator[BoxValue]:
    if amount is not None and amount >= 0:
        dollars, cents = f"{amount:.2f}".split(".")
        yield BoxValue(f"{box}_d", dollars, path)
        yield BoxValue(f"{box}_c", cents, path)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%m%d%y}"
