"""What stands against printing a claim: one rule for the command line and the window."""

from dataclasses import replace

from mild_biller.cli import command_line
from mild_biller.core.review.printable import Lack, Refusal, holds, refusal
from mild_biller.core.review.review import review
from mild_biller.output.claim_form.render import PrintStyle
from mild_biller.presentation.claim.printout import printout
from tests.hospital.examples import both_claims
from tests.support import PACK, TODAY, reviewed


def test_nothing_stands_against_a_clean_claim() -> None:
    assert refusal(reviewed()) == Refusal()


def test_without_a_claim_or_a_form_there_is_no_page() -> None:
    assert refusal(reviewed("va-facility-2026")).lack is Lack.CLAIM
    unprintable = replace(reviewed(), filled=None)
    assert refusal(unprintable) == Refusal(Lack.FORM)
    assert command_line.claim_refusals(unprintable, draft=True) == [
        "the form cms1500 cannot be printed by this version."
    ]
    said = printout(unprintable, style=PrintStyle()).why_not
    assert said == "This version cannot print the form CMS-1500."


def test_an_error_leaves_a_draft() -> None:
    against = refusal(reviewed("medicare-letter-o"))
    assert len(against.stops) == 1
    assert not against.never


def test_an_amount_too_wide_stops_a_draft_too() -> None:
    against = refusal(reviewed(changes={"/claim/charges/62330": "123456789.00"}))
    assert {each.rule for each in against.never} == {"overflow-money"}
    assert against.never[0] in against.stops


def test_a_service_that_lies_ahead_makes_a_draft() -> None:
    case = reviewed(changes={"/procedure/date_of_service": "2026-03-20"})
    assert refusal(case).ahead is not None
    assert any(
        "date of service, 2026-03-20, is in the future" in line
        for line in command_line.claim_refusals(case, draft=False)
    )


def test_the_facilitys_claim_is_held_by_its_own_findings_and_by_what_the_two_say_differently() -> None:
    lines = [{"revenue_code": "0360", "code": "62330", "date": "2026-03-11"}]
    case = both_claims(revenue_lines=lines, statement_to="2026-03-11", point_of_origin="A")
    whole = review(case, pack=PACK, today=TODAY)
    assert whole.facility is not None
    own, facilitys = holds(whole, of=whole), holds(whole.facility, of=whole)
    shared = [found for found in own if f"{found.path}/".startswith("/facility_claim/")]
    assert shared
    assert set(map(id, shared)) <= set(map(id, facilitys))
    assert any("point of origin" in found.message for found in facilitys)
    assert not any("point of origin" in found.message for found in own)
    assert len(facilitys) == len(set(map(id, facilitys)))
