"""What stands against printing a claim: one rule for the command line and the window."""

from dataclasses import replace

from mild_biller.cli import command_line
from mild_biller.core.review.printable import Lack, Refusal, refusal
from mild_biller.loader import layout
from mild_biller.output.claim_form.render import PrintStyle
from mild_biller.presentation.claim.printout import printout
from tests.support import reviewed


def test_nothing_stands_against_a_clean_claim() -> None:
    assert refusal(reviewed()) == Refusal()


def test_without_a_claim_or_a_form_there_is_no_page() -> None:
    assert refusal(reviewed("va-facility-2026")).lack is Lack.CLAIM
    unprintable = replace(reviewed(), filled=None)
    assert refusal(unprintable) == Refusal(Lack.FORM)
    assert command_line.claim_refusals(unprintable, draft=True) == [
        "the form cms1500 cannot be printed by this version."
    ]
    said = printout(unprintable, layouts=layout, style=PrintStyle()).why_not
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
