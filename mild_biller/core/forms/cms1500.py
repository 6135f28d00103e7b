"""The meaning of each box of the CMS-1500 (02/12): a professional claim as {box: text}, page by page.

Boxes carry the names of the print grid. Two columns of rules: Original Medicare's, and NUCC's for everybody else.
Source: facts on the CMS-1500, section 1; facts README 7, 11, 13, 14.
"""

from collections.abc import Iterator, Sequence

from mild_biller.core.case.claim_input import RelatedTo
from mild_biller.core.case.codes import FIRST_ICD10_DAY, parse_money
from mild_biller.core.case.model import Coverage
from mild_biller.core.case.people import Address, Clinician, OwnPayer, Person, full_name
from mild_biller.core.case.repair import Repair
from mild_biller.core.case.vocabulary import PlanType, Relationship, Role, TaxIdKind
from mild_biller.core.claim.claim import LETTERS, ServiceLine, total
from mild_biller.core.claim.context import ClaimContext
from mild_biller.core.coverage.assess import plan_of
from mild_biller.core.forms.box_values import (
    Boxes,
    BoxValue,
    authorization_number,
    city_line,
    payer_name,
)
from mild_biller.core.forms.cms1500_parts import (
    is_signed,
    item_19,
    long_date,
    money,
    person_address,
    phone,
    sex,
    short_date,
    signed_path,
    spaced,
    span,
)
from mild_biller.core.rules.payer import Instructions, MorePages, Plan, TypeBox
from mild_biller.core.rules.policy import TRIAL_PREFIX

LINES_PER_PAGE = 6
ON_FILE = "SIGNATURE ON FILE"
# Items Medicare requires blank, by the key they would be filled from; what is typed there is left off, and reported.
BLANK_FOR_MEDICARE = {"other_date": "15", "resubmission_code": "22", "original_reference": "22"}
_QUALIFIERS = {Role.REFERRING: "DN", Role.ORDERING: "DK", Role.SUPERVISING: "DQ"}


def compose(context: ClaimContext) -> Boxes:
    """Lay a professional claim out in boxes, six lines a page. Never raises; what is unknown stays empty."""
    writer, claim = _ProfessionalWriter(context), context.claim
    header = tuple(writer.header())
    chunks = [claim.lines[i : i + LINES_PER_PAGE] for i in range(0, len(claim.lines), LINES_PER_PAGE)] or [()]
    pages = tuple(
        tuple(value for value in (*header, *writer.page(chunk, number, len(chunks))) if value.text.strip())
        for number, chunk in enumerate(chunks)
    )
    return Boxes(pages, tuple(writer.assumed))


class _ProfessionalWriter:
    """Writes the boxes of one claim; `assumed` fills up as boxes want a value nobody gave."""

    def __init__(self, context: ClaimContext) -> None:
        self.context = context
        self.claim = context.claim
        self.catalog = context.catalog
        self.plan = context.plan
        self.typed = context.claim.input
        self.coverage = context.coverage
        self.others = context.coverages[1:]
        self.patient = context.patient
        self.providers = context.providers
        self.is_medicare = self.plan is not None and self.plan.instructions is Instructions.MEDICARE
        self.assumed: list[Repair] = []

    def header(self) -> Iterator[BoxValue]:
        """Yield every box that is the same on each page."""
        yield from self._carrier()
        yield from self._type_of_coverage()
        yield from self._patient()
        yield from self._insured()
        yield from self._other_insured()
        yield from self._related_to()
        yield from self._signatures()
        yield from self._dates()
        yield from self._referring()
        yield from self._additional()
        yield from self._diagnoses()
        yield from self._references()
        yield from self._billing()

    def page(self, lines: Sequence[ServiceLine], number: int, count: int) -> Iterator[BoxValue]:
        """Yield the boxes of one page alone: its lines and its totals; `number` counts from 0."""
        if count > 1:
            yield BoxValue("page", f"PAGE {number + 1} OF {count}", "/claim/lines")
        for row, line in enumerate(lines, start=1):
            yield from self._line(line, row)
        yield from self._totals(lines, number, count)

    def _carrier(self) -> Iterator[BoxValue]:
        base = "/coverages/0"
        contractor, payer = self.coverage.contractor, self.coverage.payer
        where: Address | None = None
        if contractor is not None:
            where, name, base = contractor, contractor.name or "", f"{base}/contractor"
        else:
            name, base = payer_name(self.coverage, catalog=self.catalog), f"{base}/payer"
            if isinstance(payer, OwnPayer):
                where = payer
            elif payer is not None:
                known = self.catalog.payer[payer]
                where = Address(street=known.street, city=known.city, state=known.state, zip=known.zip)
        yield BoxValue(
            "carrier1", name, f"{base}/name" if base.endswith("contractor") else base, "claims mailing address"
        )
        if where is not None:
            yield BoxValue("carrier2", where.street or "", f"{base}/street")
            yield BoxValue("carrier4", city_line(where), f"{base}/city")

    def _type_of_coverage(self) -> Iterator[BoxValue]:
        path = "/coverages/0/payer"
        for box in self._type_boxes():
            yield BoxValue(f"1_{box}", "X", path, "plan type")
        yield BoxValue("1a", self.coverage.member_id or "", "/coverages/0/member_id", "as on the card")

    def _type_boxes(self) -> tuple[str, ...]:
        if self.plan is None:
            return ()
        if self.plan.item_1 is TypeBox.GROUP_OR_OTHER:
            return ("group" if self.coverage.group_number else "other",)
        crossover = self.is_medicare and any(self._plan(each, PlanType.MEDICAID) for each in self.others)
        return (self.plan.item_1.value, "medicaid") if crossover else (self.plan.item_1.value,)

    def _plan(self, coverage: Coverage, wanted: PlanType) -> Plan | None:
        plan = plan_of(coverage, catalog=self.catalog)
        return plan if plan is not None and plan.plan_type is wanted else None

    def _patient(self) -> Iterator[BoxValue]:
        patient = self.patient
        yield BoxValue("2", full_name(patient), "/patient/last")
        yield from long_date("3", patient.birth_date, "/patient/birth_date")
        yield from sex("3", patient.sex, "/patient/sex")
        yield from person_address("5", patient, "/patient")

    def _insured(self) -> Iterator[BoxValue]:
        """Items 4, 6, 7 and 11: left alone for Medicare as primary, else the insured even when the patient is."""
        if self.is_medicare:
            yield BoxValue("11", "NONE", "/coverages/0/payer", "Medicare is primary")
            return
        coverage, base = self.coverage, "/coverages/0"
        person, at = self._insured_person(coverage, base)
        is_employer = self.plan is not None and self.plan.insured_is_employer
        if is_employer:
            yield BoxValue("4", coverage.employer or "", f"{base}/employer", "workers' compensation: the employer")
        elif person is not None:
            yield BoxValue("4", full_name(person), f"{at}/last")
        if coverage.relationship is not None:
            yield BoxValue(f"6_{coverage.relationship.value}", "X", f"{base}/relationship")
        if person is not None:
            yield from person_address("7", person, at)
            yield from long_date("11a", person.birth_date, f"{at}/birth_date")
            yield from sex("11a", person.sex, f"{at}/sex")
        yield BoxValue("11", coverage.group_number or "", f"{base}/group_number")
        plan_name = coverage.plan_name or payer_name(coverage, catalog=self.catalog)
        yield BoxValue("11c", plan_name, f"{base}/plan_name")
        if self.plan is not None:
            yield BoxValue("11d_y" if self.others else "11d_n", "X", "/coverages", "whether there is another plan")

    def _insured_person(self, coverage: Coverage, base: str) -> tuple[Person | None, str]:
        if coverage.relationship is Relationship.SELF:
            return self.patient, "/patient"
        return coverage.insured, f"{base}/insured"

    def _other_insured(self) -> Iterator[BoxValue]:
        """Items 9 to 9d: for Medicare a Medigap enrollment alone, else the second plan."""
        for index, coverage in enumerate(self.others, start=1):
            if self.is_medicare and self._plan(coverage, PlanType.MEDIGAP) is None:
                continue
            base = f"/coverages/{index}"
            person, at = self._insured_person(coverage, base)
            is_patient = self.is_medicare and coverage.relationship is Relationship.SELF
            yield BoxValue("9", "SAME" if is_patient else full_name(person or Person()), f"{at}/last")
            number = coverage.group_number or coverage.member_id or ""
            if self.is_medicare:
                number = f"MEDIGAP {coverage.member_id}" if coverage.member_id else ""
            yield BoxValue("9a", number, f"{base}/member_id")
            name = coverage.plan_name or payer_name(coverage, catalog=self.catalog)
            yield BoxValue("9d", self._coba(coverage) or name if self.is_medicare else name, f"{base}/plan_name")
            return

    @staticmethod
    def _coba(coverage: Coverage) -> str | None:
        return coverage.payer.payer_number if isinstance(coverage.payer, OwnPayer) else None

    def _related_to(self) -> Iterator[BoxValue]:
        related = self.typed.related_to or RelatedTo()
        for box, key in (("10a", "employment"), ("10b", "auto_accident"), ("10c", "other_accident")):
            yield self._yes_no(box, getattr(related, key), f"/claim/related_to/{key}")
        yield BoxValue("10b_st", related.auto_state or "", "/claim/related_to/auto_state")
        yield BoxValue("10d", self._claim_codes(), "/claim/claim_codes")

    def _claim_codes(self) -> str:
        codes = self.typed.claim_codes
        if codes:
            return codes if isinstance(codes, str) else "   ".join(codes)
        medicaid = next((each for each in self.others if self._plan(each, PlanType.MEDICAID)), None)
        return f"MCD{medicaid.member_id}" if self.is_medicare and medicaid and medicaid.member_id else ""

    def _yes_no(self, box: str, answer: bool | None, path: str) -> BoxValue:
        """Mark YES or NO; nobody having said, NO is assumed and listed."""
        if answer is None:
            self.assumed.append(Repair(path, None, "NO"))
        return BoxValue(f"{box}_y" if answer else f"{box}_n", "X", path)

    def _signatures(self) -> Iterator[BoxValue]:
        typed = self.typed
        if is_signed(typed.patient_signature_on_file, typed.signature_on_file):
            yield BoxValue("12_sig", ON_FILE, signed_path("patient_signature_on_file", typed.patient_signature_on_file))
        medigap = any(self._plan(each, PlanType.MEDIGAP) for each in self.others)
        wanted = medigap or not self.is_medicare
        if wanted and is_signed(typed.insured_signature_on_file, typed.signature_on_file):
            yield BoxValue("13", ON_FILE, signed_path("insured_signature_on_file", typed.insured_signature_on_file))
        signature = typed.provider_signature
        text = signature.text if signature is not None else None
        if text or typed.signature_on_file:
            path = "/claim/provider_signature/text" if text else "/claim/signature_on_file"
            yield BoxValue("31_2", text or ON_FILE, path)
        if signature is not None and signature.date is not None:
            yield BoxValue("31_date", spaced(signature.date), "/claim/provider_signature/date")

    def _dates(self) -> Iterator[BoxValue]:
        typed = self.typed
        for box, key in (("14", "onset"), ("15", "other_date")):
            entry = getattr(typed, key)
            if entry is not None and not (self.is_medicare and key in BLANK_FOR_MEDICARE):
                yield from short_date(box, entry.date, f"/claim/{key}/date", year="yy")
                yield BoxValue(f"{box}_q", entry.qualifier or "", f"/claim/{key}/qualifier")
        yield from span("16", typed.unable_to_work, "/claim/unable_to_work")
        yield from span("18", typed.hospitalization, "/claim/hospitalization")

    def _referring(self) -> Iterator[BoxValue]:
        provider = self.providers.referring
        if provider is None:
            return
        base = "/providers/referring"
        if provider.role is not None:
            yield BoxValue("17_q", _QUALIFIERS[provider.role], f"{base}/role")
        yield BoxValue("17", self._clinician(provider), f"{base}/last")
        yield BoxValue("17b", provider.npi or "", f"{base}/npi")

    def _clinician(self, provider: Clinician) -> str:
        """Write FIRST LAST for Medicare, which compares it with its file; with all parts for the others."""
        short = (provider.first, provider.last)
        whole = (provider.first, provider.middle, provider.last, provider.suffix, provider.credentials)
        return " ".join(part for part in (short if self.is_medicare else whole) if part)

    def _additional(self) -> Iterator[BoxValue]:
        """Item 19: CT and the trial number, then what was typed, three blanks between."""
        number = f"{TRIAL_PREFIX}{self.claim.trial_number}" if self.claim.trial_number else ""
        text = "   ".join(part for part in (number, self.typed.additional_information) if part)
        first, second = item_19(text)
        typed = bool(self.typed.additional_information)
        path = "/claim/additional_information" if typed or not number else self.claim.trial_number_path
        yield BoxValue("19_1", first, path)
        yield BoxValue("19_2", second, path, "the study's registration number" if number else "")
        lab = self.typed.outside_lab
        yield self._yes_no("20", lab.used if lab else None, "/claim/outside_lab/used")
        amount = parse_money(lab.charge) if lab and lab.charge else None
        if amount is not None:
            yield BoxValue("20_chg", f"{amount:.2f}".replace(".", ""), "/claim/outside_lab/charge")

    def _diagnoses(self) -> Iterator[BoxValue]:
        service = self.context.service
        if self.claim.diagnoses and service is not None:
            indicator = "0" if service >= FIRST_ICD10_DAY else "9"
            yield BoxValue("21_ind", indicator, "/procedure/date_of_service", "the code set valid on that date")
        for letter, diagnosis in zip(LETTERS, self.claim.diagnoses, strict=False):
            yield BoxValue(f"21_{letter}", diagnosis.code, diagnosis.path)

    def _references(self) -> Iterator[BoxValue]:
        if not self.is_medicare:
            yield BoxValue("22_code", self.typed.resubmission_code or "", "/claim/resubmission_code")
            yield BoxValue("22_ref", self.typed.original_reference or "", "/claim/original_reference")
        number, path = authorization_number(self.context.case, self.claim)
        yield BoxValue("23", number or "", path)

    def _billing(self) -> Iterator[BoxValue]:
        yield from self._tax_and_account()
        facility, billing = self.providers.facility, self.providers.billing
        if facility is not None:
            base = "/providers/facility"
            yield BoxValue("32_1", facility.name or "", f"{base}/name")
            yield BoxValue("32_2", facility.street or "", f"{base}/street")
            yield BoxValue("32_3", city_line(facility), f"{base}/city")
            if billing is None or facility.npi != billing.npi:
                yield BoxValue("32a", facility.npi or "", f"{base}/npi")
        if billing is not None:
            base = "/providers/billing"
            yield from phone("33", billing.phone, f"{base}/phone")
            yield BoxValue("33_1", billing.name or "", f"{base}/name")
            yield BoxValue("33_2", billing.street or "", f"{base}/street")
            yield BoxValue("33_3", city_line(billing), f"{base}/city")
            yield BoxValue("33a", billing.npi or "", f"{base}/npi")

    def _tax_and_account(self) -> Iterator[BoxValue]:
        billing = self.providers.billing
        if billing is not None:
            yield BoxValue("25", billing.tax_id or "", "/providers/billing/tax_id")
            if billing.tax_id_kind is not None:
                box = "25_ssn" if billing.tax_id_kind is TaxIdKind.SSN else "25_ein"
                yield BoxValue(box, "X", "/providers/billing/tax_id_kind")
        yield BoxValue("26", self.patient.account_number or "", "/patient/account_number")
        accept = self.typed.accept_assignment
        if accept is not None:
            yield BoxValue("27_y" if accept else "27_n", "X", "/claim/accept_assignment")

    def _line(self, line: ServiceLine, row: int) -> Iterator[BoxValue]:
        box, paths = f"24.{row}", line.paths
        for key, day, path in (("f", line.from_, paths["from"]), ("t", line.to, paths["to"])):
            if day is not None:
                yield BoxValue(f"{box}_{key}m", f"{day:%m}", path)
                yield BoxValue(f"{box}_{key}d", f"{day:%d}", path)
                yield BoxValue(f"{box}_{key}y", f"{day:%y}", path)
        yield BoxValue(f"{box}_b", line.place_of_service or "", paths["place_of_service"])
        yield BoxValue(f"{box}_d", line.code or "", paths["code"])
        for number, modifier in enumerate(line.modifiers[:4], start=1):
            yield BoxValue(f"{box}_m{number}", modifier, paths["modifiers"])
        yield BoxValue(f"{box}_e", "".join(line.pointers), paths["pointers"])
        yield from money(f"{box}_f", line.amount, paths["charge"])
        yield BoxValue(f"{box}_g", str(line.units), paths["units"])
        rendering, billing = self.providers.rendering, self.providers.billing
        if rendering is not None and rendering.npi and (billing is None or rendering.npi != billing.npi):
            yield BoxValue(f"{box}_j", rendering.npi, "/providers/rendering/npi")

    def _totals(self, lines: Sequence[ServiceLine], number: int, count: int) -> Iterator[BoxValue]:
        """Items 28 and 29: each page is a claim of its own, or only the last has the total; 29 appears once."""
        is_last = number == count - 1
        continued = self.plan is not None and self.plan.more_pages is MorePages.CONTINUED
        if continued and not is_last:
            yield BoxValue("28_d", "CONTINU", "/claim/lines", "the total is on the last page")
            yield BoxValue("28_c", "ED", "/claim/lines")
        else:
            summed = self.claim.lines if continued else lines
            yield from money("28", total(tuple(line.amount for line in summed)), "/claim/lines")
        paid = parse_money(self.typed.amount_paid) if self.typed.amount_paid else None
        if number == (count - 1 if continued else 0):
            yield from money("29", paid, "/claim/amount_paid")
