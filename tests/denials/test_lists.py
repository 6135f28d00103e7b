"""Several denials of one case: of the claim, of its lines, and of the facility's claim (issue 11, item 6)."""

from datetime import date
from typing import Any

import pytest

from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.core.documents.letters import letter
from mild_biller.core.review.report import report
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.finding import Finding
from tests.hospital.examples import both
from tests.support import BASE, PACK, parsed, reviewed

KINDS = (LetterKind.APPEAL, LetterKind.RESUBMISSION)
DAY, LATER = "2026-03-25", date(2026, 3, 30)
LINES = [{"code": "62330", "modifiers": ["Q0"], "charge": "4600.00"}, {"code": "62331", "charge": "900.00"}]
NECESSITY = {"date": DAY, "line": 1, "carc": ["CO-50"], "rarc": ["N386"]}
MODIFIER = {"date": DAY, "line": 2, "carc": ["CO-4"]}
RETURNED = {"date": DAY, "line": 2, "carc": ["CO-16"], "rarc": ["M20", "MA130"]}


def denied(*denials: dict[str, Any], **more: Any) -> Review:
    """Return the review of a claim of two lines with these denials."""
    return reviewed(BASE, {"/claim/lines": LINES, "/denials": list(denials), **more}, today=LATER)


def of(rule: str, review: Review) -> list[Finding]:
    return [each for each in review.findings if each.rule == rule]


def test_every_line_has_its_answer() -> None:
    """CO-50 of line 1 is for the answers, CO-4 of line 2 for its modifiers."""
    found = denied(NECESSITY, MODIFIER)
    (necessity,), (modifier,) = of("denied-not-necessary", found), of("denied-modifier", found)
    assert (necessity.path, modifier.path) == ("/answers", "/claim/lines/1/modifiers")
    assert necessity.message.startswith("Line 1: ")
    assert modifier.message.startswith("Line 2: ")


def test_codes_of_two_denials_are_not_read_together() -> None:
    """16 of one line and MA50 of another are not the missing trial number."""
    found = denied({"date": DAY, "line": 1, "carc": ["16"]}, {"date": DAY, "line": 2, "rarc": ["MA50"]})
    assert of("denied-trial-number", found) == []


def test_a_returned_line_has_no_appeal_and_a_decided_one_has() -> None:
    found = denied(NECESSITY, RETURNED)
    (again,), (appeal,) = of("resubmit-instead-of-appeal", found), of("medicare-redetermination", found)
    assert again.path == "/denials/1/rarc"
    assert again.message.startswith("Line 2: ")
    assert appeal.path == "/denials/0/date"
    assert "2026-07-28" in appeal.message


def test_a_claim_returned_as_a_whole_has_no_appeal_of_its_lines() -> None:
    """Answers, trap 8: MA130 ends the appeal wherever it is; a later remittance decides again."""
    whole = {"date": DAY, "carc": ["CO-16"], "rarc": ["MA130"]}
    assert of("medicare-redetermination", denied(NECESSITY, whole)) == []
    later = denied({**NECESSITY, "date": "2026-03-28"}, whole)
    assert [each.path for each in of("medicare-redetermination", later)] == ["/denials/0/date"]


def test_both_letters_can_be_written_of_both() -> None:
    refused = [letter(kind, denied(NECESSITY, RETURNED), rules=PACK.letters).refusals for kind in KINDS]
    assert refused == [(), ()]


def test_a_letter_names_every_line() -> None:
    text = letter(LetterKind.RESUBMISSION, denied(NECESSITY, RETURNED), rules=PACK.letters).text
    assert "line 1: CARC CO-50, RARC N386; line 2: CARC CO-16, RARC M20, RARC MA130" in text
    assert text.count("March 25, 2026") >= 1


def test_two_dates_are_both_told() -> None:
    found = denied(NECESSITY, {**RETURNED, "date": "2026-03-26"})
    assert "March 25, 2026 and March 26, 2026" in letter(LetterKind.RESUBMISSION, found, rules=PACK.letters).text


@pytest.mark.parametrize("line", [0, 3, -1])
def test_a_line_the_claim_does_not_have(line: int) -> None:
    (told,) = of("denial-line", denied({**NECESSITY, "line": line}))
    assert (told.path, told.severity.value) == ("/denials/0/line", "warning")


def test_faults_are_told_at_their_denial() -> None:
    found = denied(NECESSITY, {"carc": ["50"]}, {"date": "2026-04-01", "carc": ["50"]}, {"date": DAY, "carc": ["999"]})
    assert [each.path for each in of("denial-date-missing", found)] == ["/denials/1/date"]
    assert [each.path for each in of("denial-ahead", found)] == ["/denials/2/date"]
    assert [each.path for each in of("denial-unknown", found)] == ["/denials/3"]


def test_an_empty_list_is_no_denial() -> None:
    assert [each for each in denied().findings if "denial" in each.rule] == []


class TestTheOldKey:
    """`denial` stays readable; where it says something else than `denials`, a person decides."""

    def test_alone(self) -> None:
        found = reviewed(BASE, {"/denial": {"date": DAY, "carc": ["CO-50"]}}, today=LATER)
        assert [each.path for each in of("medicare-redetermination", found)] == ["/denial/date"]
        assert of("denials-differ", found) == []

    @pytest.mark.parametrize("carc", [["CO-50"], ["co 50"], ["50"]])
    def test_the_same_in_both_is_said_once(self, carc: list[str]) -> None:
        old = {"date": DAY, "carc": carc, "rarc": ["N386"]}
        found = denied(NECESSITY, **{"/denial": old})
        assert of("denials-differ", found) == []
        assert len(of("denied-not-necessary", found)) == 1

    @pytest.mark.parametrize(
        "old", [{"date": DAY, "carc": ["4"]}, {"date": "2026-03-26", "carc": ["50"], "rarc": ["N386"]}]
    )
    def test_another_one_is_a_hold(self, old: dict[str, Any]) -> None:
        found = denied(NECESSITY, **{"/denial": old})
        (held,) = of("denials-differ", found)
        assert (held.path, held.severity.value) == ("/denial", "hold")
        assert of("denied-not-necessary", found)

    def test_nothing_is_dropped_meanwhile(self) -> None:
        found = denied(NECESSITY, **{"/denial": {"date": DAY, "carc": ["4"]}})
        assert of("denied-modifier", found)


class TestTheFacility:
    def review(self, *denials: dict[str, Any], **more: Any) -> Review:
        data = both({"/facility_claim/denials": list(denials), **more})
        return review(parsed(data), pack=PACK, today=LATER)

    def test_its_denials_are_its_own(self) -> None:
        found = self.review({"date": DAY, "line": 1, "carc": ["CO-16"], "rarc": ["M50"]})
        assert found.facility is not None
        (meaning,) = of("denied-revenue-code", found.facility)
        assert meaning.path == "/facility_claim/revenue_lines"
        (again,) = of("resubmit-instead-of-appeal", found.facility)
        assert again.path == "/facility_claim/denials/0/rarc"
        assert of("denied-revenue-code", found) == []

    def test_the_surgeons_denial_is_not_said_of_it(self) -> None:
        found = self.review(**{"/denials": [{"date": DAY, "carc": ["CO-50"]}]})
        assert found.facility is not None
        assert of("denied-not-necessary", found)
        assert of("denied-not-necessary", found.facility) == []


def test_check_prints_them() -> None:
    printed = report(
        review(parsed(both({"/facility_claim/denials": [{"date": DAY, "carc": ["CO-197"]}]})), pack=PACK, today=LATER)
    )
    rules = [each["rule"] for each in printed["facility_claim"]["findings"]]
    assert "denied-no-authorization" in rules
