"""Edits on the study: every element the policy requires, and none where it does not belong."""

from collections.abc import Iterator

from mild_biller.core.case.codes import TRIAL_NUMBER, shown
from mild_biller.core.claim.claim import LETTERS, ServiceLine
from mild_biller.core.edits.context import Check
from mild_biller.core.rules.finding import Finding, Severity, Topic
from mild_biller.core.rules.policy import BillingRule, Element


def rules(check: Check, element: Element) -> tuple[BillingRule, ...]:
    """Return what the deciding policy asks of one part of this claim."""
    policy, plan = check.assessment.policy, check.assessment.plan
    if policy is None or plan is None or check.claim.form is None:
        return ()
    return tuple(
        rule
        for rule in policy.billing
        if rule.element is element
        and rule.claim in (None, check.claim.kind)
        and (not rule.plan_types or plan.plan_type in rule.plan_types)
        and rule.holds_on(check.service)
        and (check.claim.study is not None or not rule.marks_study)
    )


def study_lines(check: Check) -> Iterator[tuple[int, ServiceLine]]:
    """Yield the lines that belong to the study, with their numbers."""
    study = check.claim.study
    for number, line in check.numbered_lines():
        if study is not None and line.code in study.procedure_codes:
            yield number, line


def missing_modifier(check: Check) -> Iterator[Finding]:
    """Every line of the study carries its modifier; the letter O for the zero is said as such."""
    for rule in rules(check, Element.MODIFIER):
        for number, line in study_lines(check):
            if check.catalog.spellings_of(rule.values) & set(line.modifiers):
                continue
            yield check.against(rule, line.paths["modifiers"], box=f"24D.{number}")


def principal_diagnosis(check: Check) -> Iterator[Finding]:
    """The diagnosis the policy requires first comes first; the study's own may precede it."""
    codes = [diagnosis.code for diagnosis in check.claim.diagnoses]
    if check.claim.study is None or not codes:
        return
    marks = {code for rule in rules(check, Element.DIAGNOSIS) for code in rule.values}
    for rule in rules(check, Element.PRINCIPAL_DIAGNOSIS):
        first = next((code for code in codes if code not in marks), None)
        if first in rule.values:
            continue
        yield check.against(rule, check.claim.diagnoses[0].path, value=first, box="21.A")


def study_diagnosis(check: Check) -> Iterator[Finding]:
    """The study's own diagnosis is on the claim, and not first."""
    codes = [diagnosis.code for diagnosis in check.claim.diagnoses]
    if check.claim.study is None or not codes:
        return
    for rule in rules(check, Element.DIAGNOSIS):
        if not set(rule.values) & set(codes):
            path = "/claim/diagnoses" if check.claim.input.diagnoses is not None else "/procedure/diagnoses"
            yield check.against(rule, path, box="21.B")
        elif codes[0] in rule.values:
            yield check.found("study-diagnosis-first", check.claim.diagnoses[0].path, box="21.A", code=shown(codes[0]))


def missing_pointer(check: Check) -> Iterator[Finding]:
    """Every line of the study points to each diagnosis the policy names."""
    for rule in rules(check, Element.POINTER) if check.claim.study is not None and check.is_professional else ():
        wanted = {
            letter
            for letter, diagnosis in zip(LETTERS, check.claim.diagnoses, strict=False)
            if diagnosis.code in rule.values
        }
        for number, line in study_lines(check):
            if not line.pointers or not wanted <= set(line.pointers):
                yield check.against(rule, line.paths["pointers"], box=f"24E.{number}")


def trial_number(check: Check) -> Iterator[Finding]:
    """The trial number is there, well formed, and the study's own."""
    number, path = check.claim.trial_number, check.claim.trial_number_path
    if check.claim.study is None or check.claim.form is None:
        return
    box = "19"
    for rule in rules(check, Element.TRIAL_NUMBER):
        if not number:
            severity = Severity.INFO if check.lies_ahead else Severity.ERROR
            yield check.against(rule, path, severity=severity, box=box)
        elif TRIAL_NUMBER.fault(number):
            yield check.found("trial-number-malformed", path, box=box, fault=TRIAL_NUMBER.fault(number))
        elif rule.values and number not in rule.values:
            yield check.found("trial-number-of-another-study", path, box=box, expected=rule.values[0])


def place_of_service(check: Check) -> Iterator[Finding]:
    """The place of service is one the policy pays in; one it does not speak of is for a person to decide."""
    for rule in rules(check, Element.PLACE_OF_SERVICE):
        said: set[str] = set()
        for number, line in check.numbered_lines():
            place, path = line.place_of_service, line.paths["place_of_service"]
            if not place or place in rule.values or path in said or not check.catalog.is_decompression(line.code):
                continue
            said.add(path)
            yield check.against(rule, path, value=place, box=f"24B.{number}")


def may_carry_study(check: Check) -> bool:
    """Return True if any policy of the payer covers in a study at all."""
    plan = check.assessment.plan
    if plan is None:
        return True
    versions = (version for name in plan.policies for version in check.catalog.versions[name])
    return any(version.study is not None and plan.plan_type in version.applies_to for version in versions)


def stray_elements(check: Check) -> Iterator[Finding]:
    """No element of a study is on a claim that must not carry it."""
    never = not may_carry_study(check)
    undecided = check.assessment.policy is None and not never
    if check.claim.study is not None or check.claim.form is None or undecided:
        return
    edit = "study-element-not-allowed" if never else "study-element-outside-study"
    for element, path, box in _typed_elements(check):
        yield check.found(edit, path, box=box, element=element)
    for element, path, at in _institutional_elements(check):
        yield check.found(edit, path, at=at, element=element)


def _typed_elements(check: Check) -> Iterator[tuple[str, str, str | None]]:
    marked = check.catalog.spellings_of([each.code for each in check.catalog.modifiers if each.marks_study])
    for number, line in check.numbered_lines():
        for modifier in sorted(set(line.modifiers) & marked):
            yield f"modifier {modifier}", line.paths["modifiers"], f"24D.{number}"
    for letter, diagnosis in zip(LETTERS, check.claim.diagnoses, strict=False):
        known = check.catalog.diagnosis.get(diagnosis.code)
        if known is not None and known.marks_study:
            yield f"diagnosis {shown(diagnosis.code)}", diagnosis.path, f"21.{letter}"
    if check.claim.trial_number:
        yield "the trial number", check.claim.trial_number_path, "19"


def _institutional_elements(check: Check) -> Iterator[tuple[str, str, str | None]]:
    for index, code in enumerate(check.claim.input.condition_codes or ()):
        if code in check.catalog.study_codes(Element.CONDITION_CODE):
            yield f"condition code {code}", f"/claim/condition_codes/{index}", "18"
    for index, value in enumerate(check.claim.input.value_codes or ()):
        if value.code in check.catalog.study_codes(Element.VALUE_CODE):
            yield f"value code {value.code}", f"/claim/value_codes/{index}", "39"


def institutional_on_professional(check: Check) -> Iterator[Finding]:
    """Condition code and value code of the study belong to the hospital's claim alone."""
    if check.claim.study is not None and check.is_professional and check.claim.form is not None:
        for element, path, at in _institutional_elements(check):
            yield check.found("institutional-element-on-professional", path, at=at, element=element)


def study_term(check: Check) -> Iterator[Finding]:
    """A service near or after the study's registered completion needs review."""
    study, service = check.claim.study, check.service
    if study is None or service is None or study.verify_from is None or service < study.verify_from:
        return
    past = study.registered_completion is not None and service > study.registered_completion
    yield check.cited(
        study,
        name="study-registered-completion",
        topic=Topic.STUDY_WINDOW,
        severity=Severity.HOLD if past else Severity.WARNING,
        path="/procedure/date_of_service",
        message=study.message if past else study.near_message,
    )


EDITS = (
    missing_modifier,
    principal_diagnosis,
    study_diagnosis,
    missing_pointer,
    trial_number,
    place_of_service,
    stray_elements,
    institutional_on_professional,
    study_term,
)
