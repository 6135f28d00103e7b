"""Case and assessment to the claim: what the facts ask for, and what was typed instead.

A typed value is taken as it is; inside a typed line each absent key is derived alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from mild_biller.core.case.claim_input import ClaimInput, TypedLine
from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import escaped
from mild_biller.core.case.repair import Repair
from mild_biller.core.case.vocabulary import FormKind, Setting, Side
from mild_biller.core.claim import institutional
from mild_biller.core.claim.claim import LETTERS, Claim, Diagnosis, Institutional, ServiceLine, Space
from mild_biller.core.coverage.assess import Assessment, date_of_service
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import CodeRole, ModifierUse, ProcedureCode
from mild_biller.core.rules.policy import ClaimKind, Element, Policy, Position, Study

HOSPITALS = frozenset(
    {
        Setting.HOSPITAL_INPATIENT,
        Setting.HOSPITAL_OUTPATIENT,
        Setting.OFF_CAMPUS_OUTPATIENT,
        Setting.CRITICAL_ACCESS_HOSPITAL,
    }
)


def derive(
    case: Case,
    assessment: Assessment,
    *,
    catalog: Catalog,
    form: FormKind | None = None,
    bills_facility: bool | None = None,
) -> Claim:
    """Derive the claim of a repaired case.

    `form` overrides the form it requires; `bills_facility` says whose claim it is, where the NPIs need not tell.
    """
    typed = case.claim or ClaimInput()
    is_facility = bills_for_facility(case) if bills_facility is None else bills_facility
    chosen = form or typed.form or derived_form(case, assessment, bills_facility=is_facility)
    kind = ClaimKind.INSTITUTIONAL if chosen is FormKind.UB04 else ClaimKind.PROFESSIONAL
    maker = _Maker(case, assessment, catalog, typed, study_of(case, assessment, catalog), spaces_of(case))
    diagnoses = maker.diagnoses()
    lines = maker.lines(diagnoses)
    number, assumed = maker.trial_number()
    part: Institutional | None = None
    if kind is ClaimKind.INSTITUTIONAL:
        part, more = institutional.institutional(maker.ingredients(lines, number))
        lines, assumed = institutional.procedure_lines(part.revenue_lines, catalog), (*assumed, *more)
    return Claim(
        form=chosen,
        kind=kind,
        input=typed,
        study=maker.study,
        study_path=maker.study_path,
        spaces=maker.spaces,
        diagnoses=diagnoses,
        lines=lines,
        place_of_service=next((line.place_of_service for line in lines if line.place_of_service), maker.place),
        trial_number=number,
        trial_number_path="/procedure/trial_number",
        bills_facility=is_facility,
        institutional=part,
        assumed=assumed,
    )


def derived_form(case: Case, assessment: Assessment, *, bills_facility: bool) -> FormKind | None:
    """Return the form the facts ask for: none, the UB-04 for a facility's own claim, else the CMS-1500."""
    plan = assessment.plan
    setting = case.procedure.setting if case.procedure else None
    if plan is not None and (not plan.files_claims or setting in plan.no_claim_in):
        return None
    if not bills_facility:
        return FormKind.CMS1500
    on_ub04 = setting in HOSPITALS or (setting is Setting.ASC and plan is not None and plan.asc_on_ub04)
    return FormKind.UB04 if on_ub04 else FormKind.CMS1500


def bills_for_facility(case: Case) -> bool:
    """Return True if the billing provider is the facility itself (one NPI)."""
    providers = case.providers
    if providers is None or providers.billing is None or providers.facility is None:
        return False
    return providers.billing.npi is not None and providers.billing.npi == providers.facility.npi


def study_of(case: Case, assessment: Assessment, catalog: Catalog) -> Study | None:
    """Return the study whose elements the claim carries, None where it must carry none."""
    policy = assessment.policy
    if policy is None or policy.study is None or policy.position is not Position.COVERED_WITH_EVIDENCE_DEVELOPMENT:
        return None
    in_study = catalog.question[policy.study.question].answer(case)
    region = case.procedure.region if case.procedure else None
    reaches = region is None or region in policy_regions(policy)
    return policy.study if in_study is not False and reaches else None


def policy_regions(policy: Policy) -> tuple[str, ...]:
    """Return the regions a policy's own criteria allow; every region when none speaks of it."""
    for criterion in policy.criterion:
        test = criterion.test
        if test.op == "is" and test.question == "region":
            return (str(test.value),)
    return ("cervical", "thoracic", "lumbar")


def spaces_of(case: Case) -> tuple[Space, ...]:
    """Return the interspaces done, left and right entries of one joined as bilateral."""
    joined: dict[str, Space] = {}
    for index, entry in enumerate((case.procedure.interspaces if case.procedure else None) or ()):
        path = f"/procedure/interspaces/{index}"
        key = entry.name or path
        before = joined.get(key)
        side = entry.side if before is None or before.side is entry.side else _both(before.side, entry.side)
        joined[key] = Space(entry.name, side, before.path if before else path)
    return tuple(joined.values())


def _both(one: Side | None, other: Side | None) -> Side | None:
    return None if one is None or other is None else Side.BILATERAL


def valid_codes(catalog: Catalog, *, role: CodeRole, region: str, on: date) -> tuple[ProcedureCode, ...]:
    """Return the codes of a role that live on a date of service, for a region of the spine."""
    return tuple(
        code for code in catalog.procedures if code.role is role and region in code.regions and code.is_valid(on)
    )


def _paths(line: TypedLine, base: str, fallback: Mapping[str, str]) -> dict[str, str]:
    """Return what a user would change for each key of a typed line: what is typed, else what it was derived from."""
    typed = {name.rstrip("_") for name in TypedLine.model_fields if getattr(line, name) is not None}
    keys = ("code", "modifiers", "units", "charge", "pointers", "place_of_service", "from", "to")
    return {key: f"{base}/{key}" if key in typed else fallback.get(key, f"{base}/{key}") for key in keys}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Derives the parts of one claim; holds what every part needs."""

    case: Case
    assessment: Assessment
    catalog: Catalog
    typed: ClaimInput
    study: Study | None
    spaces: tuple[Space, ...]

    @property
    def place(self) -> str | None:
        """Place of service of the setting."""
        setting = self.case.procedure.setting if self.case.procedure else None
        return self.catalog.place_of.get(setting) if setting else None

    @property
    def study_path(self) -> str:
        """Where the case answers whether the service is part of the study; empty outside one."""
        return self.catalog.question[self.study.question].path if self.study is not None else ""

    def values(self, element: Element) -> tuple[str, ...]:
        """Return what the deciding policy requires in a part of the claim."""
        policy = self.assessment.policy
        for rule in policy.billing if policy is not None and self.study is not None else ():
            if rule.element is element and rule.holds_on(date_of_service(self.case)):
                return rule.values
        return ()

    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """Return the diagnoses as typed, else the procedure's, in a study with its own second."""
        if self.typed.diagnoses is not None:
            return tuple(Diagnosis(code, f"/claim/diagnoses/{i}") for i, code in enumerate(self.typed.diagnoses))
        given = tuple(
            Diagnosis(code, f"/procedure/diagnoses/{index}")
            for index, code in enumerate((self.case.procedure.diagnoses if self.case.procedure else None) or ())
        )
        if self.study is None or not given:
            return given
        return self._with_study(given)

    def _with_study(self, given: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
        principal = self.values(Element.PRINCIPAL_DIAGNOSIS)
        marks = self.values(Element.DIAGNOSIS)
        first = [each for each in given if each.code in principal] or [e for e in given if e.code not in marks][:1]
        study = [each for each in given if each.code in marks] or [Diagnosis(code, self.study_path) for code in marks]
        placed = {*first, *study}
        rest = [each for each in given if each not in placed]
        return (*first[:1], *study, *first[1:], *rest)

    def lines(self, diagnoses: tuple[Diagnosis, ...]) -> tuple[ServiceLine, ...]:
        """Return the lines as typed with their gaps filled, else those the interspaces ask for."""
        derived = self._derived_lines(diagnoses)
        if self.typed.lines is None:
            return derived
        return tuple(self._completed(line, index, derived, diagnoses) for index, line in enumerate(self.typed.lines))

    def _derived_lines(self, diagnoses: tuple[Diagnosis, ...]) -> tuple[ServiceLine, ...]:
        service, region = date_of_service(self.case), self.case.procedure.region if self.case.procedure else None
        if service is None or region is None or not self.spaces:
            return ()
        first = next((space for space in self.spaces if space.side is Side.BILATERAL), self.spaces[0])
        further = tuple(space for space in self.spaces if space is not first)
        codes = valid_codes(self.catalog, role=CodeRole.DECOMPRESSION, region=region, on=service)[:1]
        lines = [self._derived_line(code.code, (first,), diagnoses) for code in codes]
        add_on = valid_codes(self.catalog, role=CodeRole.ADD_ON, region=region, on=service)[:1]
        if further:
            lines += [self._derived_line(code.code, further, diagnoses) for code in add_on]
        return tuple(lines)

    def _derived_line(
        self, code: str | None, spaces: tuple[Space, ...], diagnoses: tuple[Diagnosis, ...]
    ) -> ServiceLine:
        service = date_of_service(self.case)
        paths = {
            "code": "/procedure/interspaces",
            "modifiers": "/procedure/interspaces" if not self.study else self.study_path,
            "units": "/procedure/interspaces",
            "charge": f"/claim/charges/{escaped(code or '')}",
            "pointers": "/procedure/diagnoses" if self.typed.diagnoses is None else "/claim/diagnoses",
            "place_of_service": "/procedure/setting",
            "from": "/procedure/date_of_service",
            "to": "/procedure/date_of_service",
        }
        return ServiceLine(
            code=code,
            modifiers=self._modifiers(code, spaces),
            units=1,
            charge=(self.typed.charges or {}).get(code or ""),
            pointers=self._pointers(code, diagnoses),
            place_of_service=self.place,
            from_=service,
            to=service,
            paths=paths,
        )

    def _modifiers(self, code: str | None, spaces: tuple[Space, ...]) -> tuple[str, ...]:
        known = self.catalog.procedure.get(code or "")
        reduced = known is not None and known.counts_sides and spaces and all(each.is_one_sided for each in spaces)
        marked = self.study is not None and code in self.study.procedure_codes
        one_sided = self.catalog.modifiers_of(ModifierUse.ONE_SIDED)[:1] if reduced else ()
        return (*one_sided, *(self.values(Element.MODIFIER) if marked else ()))

    def _pointers(self, code: str | None, diagnoses: tuple[Diagnosis, ...]) -> tuple[str, ...]:
        if not diagnoses:
            return ()
        if self.study is None or code not in self.study.procedure_codes:
            return ("A",)
        wanted, marks = self.values(Element.POINTER), self.values(Element.DIAGNOSIS)
        named = [i for i, each in enumerate(diagnoses[: len(LETTERS)]) if each.code in wanted]
        reason = next((i for i, each in enumerate(diagnoses) if each.code not in marks), 0)
        if all(diagnoses[i].code in marks for i in named):
            named.append(reason)
        return tuple(LETTERS[i] for i in sorted(set(named)))

    def _completed(
        self, line: TypedLine, index: int, derived: tuple[ServiceLine, ...], diagnoses: tuple[Diagnosis, ...]
    ) -> ServiceLine:
        """Fill the gaps of a typed line from the line its code would have been; what was typed keeps its own path."""
        at_place = derived[index] if index < len(derived) else None
        code = line.code or (at_place.code if at_place else None)
        model = next((each for each in derived if each.code == code), None) or self._derived_line(code, (), diagnoses)
        return replace(
            model,
            modifiers=model.modifiers if line.modifiers is None else line.modifiers,
            units=model.units if line.units is None else line.units,
            charge=model.charge if line.charge is None else line.charge,
            pointers=model.pointers if line.pointers is None else line.pointers,
            place_of_service=line.place_of_service or model.place_of_service,
            from_=line.from_ or model.from_,
            to=line.to or line.from_ or model.to,
            paths=_paths(line, f"/claim/lines/{index}", {} if code is None else model.paths),
            is_typed=True,
        )

    def trial_number(self) -> tuple[str | None, tuple[Repair, ...]]:
        """Return the trial number as typed; absent, the study's own, listed as assumed."""
        procedure = self.case.procedure
        if procedure is not None and "trial_number" in procedure.model_fields_set:
            return procedure.trial_number, ()
        if self.study is None or self.catalog.question[self.study.question].answer(self.case) is not True:
            return None, ()
        number = self.study.trial_number
        return number, () if number is None else (Repair("/procedure/trial_number", None, number),)

    def ingredients(self, lines: tuple[ServiceLine, ...], number: str | None) -> institutional.Ingredients:
        """Return what the institutional part is made from; outside the study it requires no code."""
        carries = any(line.code in self.study.procedure_codes for line in lines) if self.study is not None else False
        typed_lines = self.study is not None and self.typed.revenue_lines is not None
        wanted = carries or typed_lines
        return institutional.Ingredients(
            case=self.case,
            typed=self.typed,
            plan=self.assessment.plan,
            catalog=self.catalog,
            lines=lines,
            condition_codes=self.values(Element.CONDITION_CODE) if wanted else (),
            value_codes=self.values(Element.VALUE_CODE) if wanted else (),
            study_path=self.study_path,
            trial_number=number,
        )
