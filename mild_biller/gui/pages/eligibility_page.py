"""Step 1: the patient, and the questions a policy asks."""

from collections.abc import Iterator, Sequence

from mild_biller.core.case.model import Care, PriorProcedure
from mild_biller.core.case.vocabulary import CareKind, CareOutcome, PriorKind, Region, Sex
from mild_biller.core.coverage.assess import Assessment
from mild_biller.core.rules.criteria import questions_of
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.records import Records
from mild_biller.gui.fields.section import FieldRow
from mild_biller.gui.pages.lookback_chart import LookBackView
from mild_biller.gui.pages.page import Page
from mild_biller.presentation.field import Field, chosen
from mild_biller.presentation.question_fields import question_field, score_field
from mild_biller.presentation.typed_text import CODE, PAST_DAY

PATIENT = (
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
        Field("account_number", "Patient account # (26)", CODE, width=16),
        Field("record_number", "Medical record # (MRN)", CODE, width=14),
    ),
    (
        Field("street", "Street", width=30, grows=True),
        Field("city", "City", width=20, grows=True),
        Field("state", "State", CODE, width=4),
        Field("zip", "ZIP", CODE, width=11),
    ),
)
CASE_NUMBER = Field("id", "Internal case #", CODE, width=16)
SCORES_IN_A_ROW = 3
EARLIER = (
    (
        chosen("kind", "Type", PriorKind),
        chosen("region", "Region", Region),
        Field("date", "Date", PAST_DAY, width=12),
        Field("code", "Code", CODE, width=8),
    ),
)
CARE_AT = "/answers/conservative_care"
CARE = (
    (
        chosen("kind", "Type", CareKind),
        Field("from", "From", PAST_DAY, width=12),
        Field("to", "To", PAST_DAY, width=12),
        chosen("outcome", "Outcome", CareOutcome),
    ),
)


class EligibilityPage(Page):
    """The patient, the questions, and what was done before."""

    title = "Eligibility"
    prefixes = ("/patient", "/answers", "/prior_procedures", "/id")

    def __init__(self, case: CaseEditor) -> None:
        super().__init__(case)
        self._questions: dict[str, BoundField] = {}
        patient = self.add_section("Patient (items 2, 3, 5, 26)", PATIENT, base="/patient")
        patient.add_row(FieldRow([BoundField(CASE_NUMBER, "/id", case, group="Case")]))
        self._add_questions()
        earlier = self.add_section("Prior spine procedures")
        earlier_rows = Records("/prior_procedures", EARLIER, what="prior procedure", new=PriorProcedure, case=case)
        self.add_part(earlier_rows, earlier_rows, inside=earlier)
        timeline = LookBackView(case)
        self.add_part(timeline, timeline, inside=earlier)
        care = self.add_section("Conservative care")
        care_rows = Records(CARE_AT, CARE, what="course of care", new=Care, case=case)
        self.add_part(care_rows, care_rows, inside=care)
        self.add_section("Scores before the procedure", self._scores(), base="/answers/scores")
        self.finish()

    def refresh(self) -> None:
        """Show the present case, and which questions the policy in force asks."""
        asked = set(_asked_by_policy(self.case.review.assessment))
        for question in self.case.catalog.questions:
            cell = self._questions.get(question.id)
            if cell is not None:
                now = "Required by the policy in effect. " if question.id in asked else ""
                cell.explain(f"{now}{question.asked_by}")
        super().refresh()

    def _add_questions(self) -> None:
        section = self.add_section("Questions")
        for question in self.case.catalog.questions:
            if question.is_answer and question.path != CARE_AT:
                field = question_field(question)
                self._questions[question.id] = section.add_question(field, pointer=question.path, case=self.case)

    def _scores(self) -> tuple[Sequence[Field], ...]:
        """Return the scores of the pack, so many in a row."""
        asked = [score_field(question) for question in self.case.catalog.questions if question.is_score]
        firsts = range(0, len(asked), SCORES_IN_A_ROW)
        return tuple(asked[first : first + SCORES_IN_A_ROW] for first in firsts)


def _asked_by_policy(assessment: Assessment) -> Iterator[str]:
    for judged in assessment.criteria:
        yield from questions_of(judged.criterion.test)
