"""Edits on the diagnoses of the claim."""

from collections.abc import Iterator

from mild_biller.core.case.codes import shown
from mild_biller.core.claim.claim import LETTERS
from mild_biller.core.edits.check import Check
from mild_biller.core.forms.ub04 import MOST_DIAGNOSES
from mild_biller.core.rules.diagnosis_shape import diagnosis_fault
from mild_biller.core.rules.finding import Finding


def _box(index: int) -> str:
    return f"21.{chr(ord('A') + index)}" if index < MOST_DIAGNOSES else "21"


def present(check: Check) -> Iterator[Finding]:
    """A claim has a diagnosis."""
    if not check.claim.diagnoses:
        typed = check.claim.input.diagnoses is not None
        yield check.found("diagnosis-missing", "/claim/diagnoses" if typed else "/procedure/diagnoses", box="21.A")


def shape(check: Check) -> Iterator[Finding]:
    """Each diagnosis is well formed for its code set, valid on the date of service, and listed once."""
    service, seen = check.service, set[str]()
    for index, diagnosis in enumerate(check.claim.diagnoses):
        code, box = diagnosis.code, _box(index)
        known = check.catalog.diagnosis.get(code)
        fault = diagnosis_fault(code, service, check.catalog.diagnosis)
        if fault:
            yield check.found("diagnosis-malformed", diagnosis.path, box=box, code=shown(code), fault=fault)
        elif known is not None and service is not None and not known.is_valid(service):
            yield check.found(
                "diagnosis-not-valid-on-date", diagnosis.path, box=box, certainty=known.certainty, code=shown(code)
            )
        if code in seen:
            yield check.found("diagnosis-twice", diagnosis.path, box=box, code=shown(code))
        seen.add(code)


def count(check: Check) -> Iterator[Finding]:
    """A professional claim holds twelve diagnoses, an institutional one eighteen; one more stops it."""
    most = len(LETTERS) if check.is_professional else MOST_DIAGNOSES
    if len(check.claim.diagnoses) > most:
        extra = check.claim.diagnoses[most]
        yield check.found("too-many-diagnoses", extra.path, box="21", count=len(check.claim.diagnoses), most=most)


def claudication(check: Check) -> Iterator[Finding]:
    """What was answered on claudication and what the code says agree."""
    answer = check.answers.neurogenic_claudication
    for index, diagnosis in enumerate(check.claim.diagnoses):
        known = check.catalog.diagnosis.get(diagnosis.code)
        if answer is None or known is None or known.has_claudication in (None, answer):
            continue
        word = "with" if known.has_claudication else "without"
        yield check.found(
            "claudication-contradiction", diagnosis.path, box=_box(index), code=shown(known.code), word=word
        )


EDITS = (present, shape, count, claudication)
