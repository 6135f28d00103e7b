"""What may be quoted of the request: codes, diagnoses, study, day, place, providers."""

from collections.abc import Mapping
from typing import Final

from mild_biller.core.case.codes import shown
from mild_biller.core.case.people import Clinician
from mild_biller.core.case.vocabulary import FormKind, ImagingGuidance, Setting
from mild_biller.core.claim.claim import Claim, Space
from mild_biller.core.documents.quote import Blank, Pieces, Quotable, Said, Subject, filled, joined, listed, spoken
from mild_biller.core.documents.quote_coverage import address_of, phone_of
from mild_biller.core.rules.policy import Element, Position, Study

SETTINGS: Final = {
    Setting.OFFICE: "office",
    Setting.HOSPITAL_INPATIENT: "hospital, inpatient",
    Setting.HOSPITAL_OUTPATIENT: "hospital outpatient department",
    Setting.OFF_CAMPUS_OUTPATIENT: "off-campus hospital outpatient department",
    Setting.CRITICAL_ACCESS_HOSPITAL: "critical access hospital",
    Setting.ASC: "ambulatory surgery center",
    Setting.VA_FACILITY: "VA facility",
}
GUIDANCE: Final = {ImagingGuidance.FLUOROSCOPY: "fluoroscopy", ImagingGuidance.CT: "computed tomography"}
CONDITION_CODE_ELSEWHERE: Final = "on institutional claims only"


def _codes(subject: Subject) -> Said:
    """Return each procedure code with its modifiers and units."""
    lines = [line for line in subject.claim.lines if line.code]
    return joined((f"{'-'.join([line.code or '', *line.modifiers])} x {line.units}" for line in lines), ", ")


def _codes_told(subject: Subject) -> Said:
    """Return each procedure code with our words for it, modifiers and units."""
    told = []
    for line in subject.claim.lines:
        known = subject.catalog.procedure.get(line.code or "")
        label = f", {_inside(known.label)}" if known is not None else ""
        modifiers = f", modifier {' '.join(line.modifiers)}" if line.modifiers else ""
        if line.code:
            told.append(f"{line.code}{label}{modifiers}, {line.units} unit{'s' if line.units != 1 else ''}")
    return joined(told, "; ")


def _codes_plain(subject: Subject) -> Said:
    """Return each procedure code with our words for it, and no modifier."""
    known = subject.catalog.procedure
    codes = [line.code for line in subject.claim.lines if line.code]
    return joined((f"{code}, {_inside(known[code].label)}" if code in known else code for code in codes), "; ")


def _inside(label: str) -> str:
    """Return a label as it is written inside a sentence."""
    return f"{label[0].lower()}{label[1:]}"


def _procedure(subject: Subject) -> Said:
    """Return what the procedure is called for its region."""
    region = subject.procedure.region
    known = subject.catalog.region_interspaces.get(region) if region is not None else None
    return known.procedure if known is not None else None


def _diagnoses(subject: Subject) -> Said:
    return joined((_diagnosis(each.code, subject) for each in subject.claim.diagnoses), "; ")


def _diagnosis(code: str, subject: Subject) -> str:
    known = subject.catalog.diagnosis.get(code)
    return shown(code) if known is None else f"{shown(code)}, {_inside(known.label)}"


def _principal(subject: Subject) -> Said:
    """Return the first diagnosis that does not mark a study."""
    for each in subject.claim.diagnoses:
        known = subject.catalog.diagnosis.get(each.code)
        if known is None or not known.marks_study:
            return _diagnosis(each.code, subject)
    return None


def _study(subject: Subject) -> Study | None:
    """Return the study that covers the procedure under evidence development, once the case says it is in it."""
    study = subject.claim.study
    asked = subject.catalog.question[study.question] if study is not None else None
    return study if asked is not None and asked.answer(subject.case) is True else None


def _study_path(subject: Subject) -> str:
    """Return where the case answers for the study: the deciding policy's, else the first there is."""
    policies = (subject.assessment.policy, *subject.catalog.policies)
    studies = (each.study for each in policies if each is not None and each.study is not None)
    return next((subject.catalog.question[each.question].path for each in studies), "/answers")


def _study_diagnosis(subject: Subject) -> Said:
    marks = {each.code for each in subject.catalog.diagnoses if each.marks_study}
    return joined((_diagnosis(each.code, subject) for each in subject.claim.diagnoses if each.code in marks), "; ")


def _study_modifier(subject: Subject) -> Said:
    """Return the study's modifier once every line of the procedure carries it."""
    marks = {each.code for each in subject.catalog.modifiers if each.marks_study}
    study = subject.claim.study
    lines = [line for line in subject.claim.lines if study is not None and line.code in study.procedure_codes]
    carried = [marks & set(line.modifiers) for line in lines]
    return joined(sorted(set.intersection(*carried))) if carried else None


def _trial_number(subject: Subject) -> Said:
    number = subject.claim.trial_number
    return f"NCT{number}" if number else None


def _study_title(subject: Subject) -> Said:
    study = _study(subject)
    number = f"NCT{study.trial_number}" if study is not None and study.trial_number else None
    return None if study is None else joined((study.title, number, "coverage with evidence development"), ", ")


def _determination(subject: Subject) -> Said:
    """Return the national determination that decides, None under any other policy."""
    policy = subject.assessment.policy
    if policy is None or policy.position is not Position.COVERED_WITH_EVIDENCE_DEVELOPMENT:
        return None
    return f"{policy.title}, coverage with evidence development, from {spoken(policy.effective_from)}"


def institutional(subject: Subject) -> Claim | None:
    """Return the claim of the case that goes on a UB-04, the surgeon's or the facility's; None without one."""
    reviews = (subject.review, *((subject.review.facility,) if subject.review.facility else ()))
    return next((each.claim for each in reviews if each.claim.form is FormKind.UB04), None)


def _condition_code(subject: Subject) -> Said:
    """Return the study's condition code on the institutional claim; a professional one never has it."""
    policy, claim = subject.assessment.policy, institutional(subject)
    rules = policy.billing if policy is not None and subject.claim.study is not None else ()
    wanted = [code for rule in rules if rule.element is Element.CONDITION_CODE for code in rule.values]
    if claim is None or claim.institutional is None:
        return joined(f"{code}, {CONDITION_CODE_ELSEWHERE}" for code in wanted)
    carried = [each.code for each in claim.institutional.condition_codes]
    return joined(code for code in wanted if code in carried)


def _study_marks(subject: Subject) -> Said:
    """Return what marks the request as one of the Medicare study, where it must not."""
    claim = subject.claim
    modifiers = {each.code for each in subject.catalog.modifiers if each.marks_study}
    diagnoses = {each.code for each in subject.catalog.diagnoses if each.marks_study}
    found = [code for line in claim.lines for code in line.modifiers if code in modifiers]
    found += [shown(each.code) for each in claim.diagnoses if each.code in diagnoses]
    return joined(dict.fromkeys((*found, *((f"NCT{claim.trial_number}",) if claim.trial_number else ()))), ", ")


def _service_date(subject: Subject) -> Said:
    service = subject.service
    return None if service is None else spoken(service)


def _interspaces(subject: Subject) -> Said:
    return listed(_interspace(space) for space in subject.claim.spaces)


def _interspace(space: Space) -> Pieces:
    side = Blank("side", f"{space.path}/side") if space.side is None else space.side.value
    return (filled(space.name, asks="interspace", path=f"{space.path}/name"), " ", side)


def _place(subject: Subject) -> Said:
    setting, code = subject.procedure.setting, subject.claim.place_of_service
    if setting is None:
        return None
    return f"{SETTINGS[setting]}, place of service {code}" if code else SETTINGS[setting]


def _guidance(subject: Subject) -> Said:
    kind = subject.procedure.imaging_guidance
    return None if kind is None else GUIDANCE[kind]


def clinician_name(clinician: Clinician | None) -> str | None:
    """Write a clinician's name in the order it is spoken; None without first and last name."""
    if clinician is None or not clinician.last or not clinician.first:
        return None
    name = joined((clinician.first, clinician.middle, clinician.last, clinician.suffix)) or ""
    return f"{name}, {clinician.credentials}" if clinician.credentials else name


def _with_npi(name: str | None, npi: str | None, *, role: str, path: str) -> Pieces:
    if not name and not npi:
        return ()
    return (filled(name, asks=f"{role}'s name", path=path), ", NPI ", filled(npi, asks="NPI", path=f"{path}/npi"))


def _rendering(subject: Subject) -> Said:
    who = subject.providers.rendering
    return (
        ()
        if who is None
        else _with_npi(clinician_name(who), who.npi, role="performing provider", path="/providers/rendering")
    )


def _referring(subject: Subject) -> Said:
    who = subject.providers.referring
    return (
        ()
        if who is None
        else _with_npi(clinician_name(who), who.npi, role="referring provider", path="/providers/referring")
    )


def _billing(subject: Subject) -> Said:
    who = subject.providers.billing
    return () if who is None else _with_npi(who.name, who.npi, role="billing provider", path="/providers/billing")


def _facility(subject: Subject) -> Said:
    who = subject.providers.facility
    return () if who is None else _with_npi(who.name, who.npi, role="facility", path="/providers/facility")


def _billing_name(subject: Subject) -> Said:
    return subject.providers.billing.name if subject.providers.billing else None


def _billing_address(subject: Subject) -> Said:
    return address_of(subject.providers.billing) if subject.providers.billing else None


def _billing_phone(subject: Subject) -> Said:
    return phone_of(subject.providers.billing.phone) if subject.providers.billing else None


def _facility_address(subject: Subject) -> Said:
    return address_of(subject.providers.facility) if subject.providers.facility else None


ENTRIES: Final[Mapping[str, Quotable]] = {
    "codes": Quotable("Procedure codes", "/procedure/interspaces", "procedure codes", _codes),
    "codes_told": Quotable("Procedure codes", "/procedure/interspaces", "procedure codes", _codes_told),
    "codes_plain": Quotable("Procedure codes", "/procedure/interspaces", "procedure codes", _codes_plain),
    "procedure": Quotable("Procedure", "/procedure/region", "region of the spine", _procedure),
    "diagnoses": Quotable("Diagnoses", "/procedure/diagnoses", "diagnoses", _diagnoses),
    "principal_diagnosis": Quotable("Diagnosis", "/procedure/diagnoses", "diagnosis", _principal),
    "study_title": Quotable("Study", _study_path, "whether the service is part of the study", _study_title),
    "study_diagnosis": Quotable("Study diagnosis", _study_path, "study diagnosis", _study_diagnosis),
    "study_modifier": Quotable("Study modifier", _study_path, "study modifier", _study_modifier),
    "trial_number": Quotable("Trial number", "/procedure/trial_number", "trial number", _trial_number),
    "national_determination": Quotable(
        "National determination", "/coverages/0/payer", "the national determination", _determination
    ),
    "condition_code": Quotable("Condition code", "/claim/condition_codes", "condition code", _condition_code),
    "study_marks": Quotable("Medicare study identifiers", "/claim", "study identifiers", _study_marks),
    "service_date": Quotable("Date of service", "/procedure/date_of_service", "date of service", _service_date),
    "interspaces": Quotable("Interspaces", "/procedure/interspaces", "interspaces and sides", _interspaces),
    "place": Quotable("Place", "/procedure/setting", "place of service", _place),
    "guidance": Quotable("Image guidance", "/procedure/imaging_guidance", "kind of image guidance", _guidance),
    "rendering": Quotable("Performing provider", "/providers/rendering", "performing provider and NPI", _rendering),
    "rendering_name": Quotable(
        "Performing provider",
        "/providers/rendering",
        "performing provider's name",
        lambda subject: clinician_name(subject.providers.rendering),
    ),
    "referring": Quotable("Referring provider", "/providers/referring", "referring provider and NPI", _referring),
    "billing": Quotable("Billing provider", "/providers/billing", "billing provider and NPI", _billing),
    "billing_name": Quotable("Billing provider", "/providers/billing/name", "billing provider", _billing_name),
    "billing_address": Quotable(
        "Billing provider's address", "/providers/billing/street", "billing provider's address", _billing_address
    ),
    "billing_phone": Quotable(
        "Billing provider's telephone", "/providers/billing/phone", "billing provider's telephone", _billing_phone
    ),
    "facility": Quotable("Facility", "/providers/facility", "facility and NPI", _facility),
    "facility_address": Quotable(
        "Facility's address", "/providers/facility/street", "facility's address", _facility_address
    ),
}
