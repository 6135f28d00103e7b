"""Edits on the modifiers and codes that tell Medicare of a notice: GA with it, GZ without, neither in the study."""

from collections.abc import Iterator

from mild_biller.core.case.vocabulary import NoticeKind
from mild_biller.core.claim.claim import ServiceLine
from mild_biller.core.coverage.assess import Determination
from mild_biller.core.edits.check import Check
from mild_biller.core.rules.code_tables import ModifierUse
from mild_biller.core.rules.finding import Finding

NOTICE_OCCURRENCE = "32"


def _of(check: Check, line: ServiceLine, *uses: ModifierUse) -> set[str]:
    """Return the modifiers of a line that have one of these uses."""
    return set(line.modifiers) & set(check.catalog.modifiers_of(*uses))


def _knows_abn(check: Check) -> bool:
    plan = check.assessment.plan
    return plan is not None and plan.notice is not None and NoticeKind.ABN in plan.notice.kinds


def modifiers(check: Check) -> Iterator[Finding]:
    """Outside the study a line says by GA or GZ whether a notice was signed; inside it none does."""
    if not _knows_abn(check):
        yield from _foreign(check)
        return
    outside = check.assessment.determination is Determination.NOT_COVERED
    for number, line in check.numbered_lines():
        path, box = line.paths["modifiers"], f"24D.{number}"
        excluded = _of(check, line, ModifierUse.NOTICE_OF_EXCLUSION)
        signed = _of(check, line, ModifierUse.NOTICE_SIGNED)
        told = signed | _of(check, line, ModifierUse.NOTICE_UNSIGNED)
        if excluded:
            yield check.found("notice-of-exclusion", path, box=box, modifier=min(excluded))
        if not outside and told:
            yield check.found("notice-modifier-inside-study", path, box=box, modifier=min(told))
        elif outside and check.assessment.is_notice_signed and not signed:
            yield check.found("notice-modifier-missing", path if line.is_typed else "/claim/lines", box=box)
        elif outside and not check.assessment.is_notice_signed and signed:
            yield check.found("notice-modifier-unsigned", path, box=box)


def study_beside_notice(check: Check) -> Iterator[Finding]:
    """A claim that goes on a signed notice carries nothing of the study."""
    study = check.claim.study
    outside = check.assessment.determination is Determination.NOT_COVERED
    if study is not None and outside and check.assessment.is_notice_signed:
        yield check.found("study-beside-notice", check.claim.study_path)


def _foreign(check: Check) -> Iterator[Finding]:
    """A plan that decides beforehand knows neither GA nor GZ."""
    plan = check.assessment.plan
    kinds = plan.notice.kinds if plan is not None and plan.notice is not None else ()
    if NoticeKind.ORGANIZATION_DETERMINATION not in kinds:
        return
    for number, line in check.numbered_lines():
        stray = _of(check, line, ModifierUse.NOTICE_SIGNED, ModifierUse.NOTICE_UNSIGNED)
        if stray:
            yield check.found(
                "notice-modifier-not-for-plan", line.paths["modifiers"], box=f"24D.{number}", modifier=min(stray)
            )


def occurrence(check: Check) -> Iterator[Finding]:
    """A hospital that had a notice signed says when."""
    if check.is_professional or not _knows_abn(check) or not check.assessment.is_notice_signed:
        return
    codes = {each.code for each in check.claim.input.occurrence_codes or ()}
    if NOTICE_OCCURRENCE not in codes:
        yield check.found("notice-occurrence-missing", "/claim/occurrence_codes", at="31")


def signed_later(check: Check) -> Iterator[Finding]:
    """A notice has a kind and a day."""
    for index, notice in enumerate(check.case.notices or ()):
        if notice.signed_on is not None and notice.signed_on > check.today:
            yield check.found("notice-signed-ahead", f"/notices/{index}/signed_on")


EDITS = (modifiers, study_beside_notice, occurrence, signed_later)
