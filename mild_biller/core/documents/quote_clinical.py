"""What may be quoted of the patient's record: symptoms, imaging, earlier care, scores, earlier procedures."""

from collections.abc import Mapping
from typing import Final

from mild_biller.core.case.model import Care, PriorProcedure
from mild_biller.core.case.pointer import read
from mild_biller.core.case.vocabulary import AttachmentKind, CareKind, CareOutcome, ImagingKind, PriorKind
from mild_biller.core.documents.quote import Blank, Pieces, Quotable, Said, Subject, filled, joined, listed, spoken
from mild_biller.core.rules.criteria import NoneWithinBeforeService, tests_of
from mild_biller.core.rules.question import Question, number

IMAGING: Final = {ImagingKind.MRI: "MRI", ImagingKind.CT: "CT", ImagingKind.CT_MYELOGRAM: "CT myelogram"}
CARE: Final = {
    CareKind.PHYSICAL_THERAPY: "physical therapy",
    CareKind.HOME_EXERCISE: "home exercise",
    CareKind.MEDICATION: "medication",
    CareKind.EPIDURAL_STEROID_INJECTION: "epidural steroid injection",
    CareKind.OTHER: "other care",
}
OUTCOMES: Final = {
    CareOutcome.FAILED: "failed",
    CareOutcome.PARTIAL: "partial relief",
    CareOutcome.IMPROVED: "improved",
}
PRIOR: Final = {
    PriorKind.LAMINECTOMY: "laminectomy",
    PriorKind.LAMINOTOMY: "laminotomy",
    PriorKind.FUSION: "fusion",
    PriorKind.INTERSPINOUS_DECOMPRESSION: "interspinous process decompression",
    PriorKind.MILD: "mild procedure",
    PriorKind.EPIDURAL_STEROID_INJECTION: "epidural steroid injection",
    PriorKind.OTHER: "other procedure",
}
ATTACHMENTS: Final = {
    AttachmentKind.IMAGING_REPORT: "imaging report",
    AttachmentKind.CLINIC_NOTE: "clinic note",
    AttachmentKind.THERAPY_NOTE: "therapy note",
    AttachmentKind.PROCEDURE_NOTE: "procedure note",
    AttachmentKind.SCORE_SHEET: "score sheet",
    AttachmentKind.MEMBER_NOTICE: "notice to the member",
    AttachmentKind.ABN: "advance beneficiary notice",
    AttachmentKind.AUTHORIZATION: "authorization",
    AttachmentKind.EOB: "explanation of benefits or remittance",
    AttachmentKind.OTHER: "other document",
}
SCORES: Final = {
    "odi": "Oswestry Disability Index",
    "nprs": "numeric pain score",
    "vas": "visual analog pain score",
    "zcq_symptom": "Zurich Claudication Questionnaire, symptoms",
    "zcq_function": "Zurich Claudication Questionnaire, function",
    "zcq_satisfaction": "Zurich Claudication Questionnaire, satisfaction",
    "walking_minutes": "minutes walked in the walking test",
}


def _yes_no(answer: bool | None, *, yes: str, no: str) -> Said:
    return None if answer is None else yes if answer else no


def _claudication(subject: Subject) -> Said:
    answer = subject.answers.neurogenic_claudication
    return _yes_no(answer, yes="documented in the record", no="not documented in the record")


def _stenosis(subject: Subject) -> Said:
    answer = subject.answers.central_stenosis_on_imaging
    return _yes_no(answer, yes="shown on imaging", no="not shown on imaging")


def _infection(subject: Subject) -> Said:
    answer = subject.answers.local_infection
    return _yes_no(answer, yes="present at the site", no="none at the site")


def _imaging(subject: Subject) -> Said:
    answers = subject.answers
    if answers.imaging_kind is None and answers.imaging_date is None:
        return None
    kind = IMAGING[answers.imaging_kind] if answers.imaging_kind else None
    day = spoken(answers.imaging_date) if answers.imaging_date else None
    return (
        filled(kind, asks="kind of imaging", path="/answers/imaging_kind"),
        " of ",
        filled(day, asks="day of the imaging", path="/answers/imaging_date"),
    )


def _ligament(subject: Subject) -> Said:
    thickness = subject.answers.ligamentum_flavum_mm
    return f"{thickness} mm" if thickness is not None and number(thickness) is not None else None


def _listhesis(subject: Subject) -> Said:
    grade = subject.answers.spondylolisthesis_grade
    return None if grade is None else "none" if grade == 0 else f"grade {grade}"


def _care(subject: Subject) -> Said:
    entries = subject.answers.conservative_care or ()
    return listed(_course(entry, f"/answers/conservative_care/{index}") for index, entry in enumerate(entries))


def _course(care: Care, path: str) -> Pieces:
    """Return one course of care with its days and what it achieved."""
    return (
        filled(CARE[care.kind] if care.kind else None, asks="kind of care", path=f"{path}/kind"),
        ", ",
        filled(spoken(care.from_) if care.from_ else None, asks="first day", path=f"{path}/from"),
        " to ",
        filled(spoken(care.to) if care.to else None, asks="last day", path=f"{path}/to"),
        ": ",
        filled(OUTCOMES[care.outcome] if care.outcome else None, asks="outcome", path=f"{path}/outcome"),
    )


def _scores(subject: Subject) -> Said:
    asked = [question for question in subject.catalog.questions if question.is_score]
    given = ((SCORES.get(each.id) or each.label or each.text, read(subject.case, each.path)) for each in asked)
    return joined((f"{words} {value}" for words, value in given if value is not None), "; ")


def _prior(subject: Subject) -> Said:
    entries = subject.case.prior_procedures
    if entries == ():
        return "none entered"
    return listed(_earlier(entry, f"/prior_procedures/{index}") for index, entry in enumerate(entries or ()))


def _earlier(entry: PriorProcedure, path: str) -> Pieces:
    """Return one earlier procedure, with its code where it has one."""
    code = f" ({entry.code})" if entry.code else ""
    named = PRIOR[entry.kind] if entry.kind else None
    region: str | Blank = entry.region.value if entry.region else Blank("region", f"{path}/region")
    return (
        filled(named, asks="kind of procedure", path=f"{path}/kind"),
        f"{code}, ",
        region,
        ", ",
        filled(spoken(entry.date) if entry.date else None, asks="day", path=f"{path}/date"),
    )


def _searched(subject: Subject) -> Said:
    """Return the attestation that the record was searched; only a yes is one."""
    asked = _search(subject)
    return asked.said if asked is not None and asked.answer(subject.case) is True else None


def _search(subject: Subject) -> Question | None:
    """Return the question about the record's search: the deciding policy's, else the first there is."""
    policies = (subject.assessment.policy, *subject.catalog.policies)
    tests = (part for each in policies if each is not None for rule in each.criterion for part in tests_of(rule.test))
    named = (each.searched for each in tests if isinstance(each, NoneWithinBeforeService))
    return next((subject.catalog.question[name] for name in named), None)


def _search_path(subject: Subject) -> str:
    asked = _search(subject)
    return "/answers" if asked is None else asked.path


def _enclosures(subject: Subject) -> Said:
    """Return the kinds of file attached, each once."""
    kinds = [ATTACHMENTS[each.kind] for each in subject.case.attachments or () if each.kind and each.path]
    return joined(dict.fromkeys(kinds), ", ")


ENTRIES: Final[Mapping[str, Quotable]] = {
    "claudication": Quotable(
        "Neurogenic claudication",
        "/answers/neurogenic_claudication",
        "whether the record documents neurogenic claudication",
        _claudication,
    ),
    "central_stenosis": Quotable(
        "Central canal stenosis",
        "/answers/central_stenosis_on_imaging",
        "whether imaging shows central stenosis",
        _stenosis,
    ),
    "imaging": Quotable("Imaging", "/answers/imaging_kind", "kind and day of the imaging", _imaging),
    "ligament": Quotable(
        "Ligamentum flavum", "/answers/ligamentum_flavum_mm", "thickness of the ligamentum flavum", _ligament
    ),
    "listhesis": Quotable(
        "Spondylolisthesis", "/answers/spondylolisthesis_grade", "grade of spondylolisthesis", _listhesis
    ),
    "infection": Quotable(
        "Infection or inflammation",
        "/answers/local_infection",
        "whether there is an infection or inflammation at the site",
        _infection,
    ),
    "conservative_care": Quotable(
        "Conservative care", "/answers/conservative_care", "conservative care with days and outcome", _care
    ),
    "scores": Quotable("Scores before the procedure", "/answers/scores", "scores before the procedure", _scores),
    "prior_procedures": Quotable("Prior spine procedures", "/prior_procedures", "prior spine procedures", _prior),
    "record_searched": Quotable(
        "Look-back",
        _search_path,
        "whether the record was searched for prior lumbar procedures",
        _searched,
    ),
    "enclosures": Quotable("Enclosed", "/attachments", "what is enclosed", _enclosures),
}
