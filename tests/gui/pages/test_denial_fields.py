"""Denials in the window: codes as a remittance prints them, a row for each denial, and the facility's own."""

import pytest

from mild_biller.core.case.denial import Denial
from mild_biller.gui.window.main_window import MainWindow
from tests.gui.helpers import typed
from tests.hospital.examples import both_claims
from tests.support import case


@pytest.mark.parametrize("text", ["co 50, n386", "CO-50 N386", "CO50;N386"])
def test_codes_are_typed_as_the_remittance_prints_them(window: MainWindow, text: str) -> None:
    window.case.replace(case())
    typed(window, "/denial/carc").setText(text)
    assert window.case.read("/denial/carc") == ("CO-50", "N386")


def test_a_row_for_each_line(window: MainWindow) -> None:
    window.case.replace(case(changes={"/denials": [{"date": "2026-03-11", "line": 1, "carc": ["CO-50"]}]}))
    window.case.append("/denials", Denial())
    typed(window, "/denials/1/line").setText("2")
    typed(window, "/denials/1/rarc").setText("ma 130")
    assert window.case.read("/denials/1") == Denial(line=2, rarc=("MA130",))
    assert "resubmit-instead-of-appeal" not in {each.rule for each in window.case.review.findings}  # no date yet


def test_the_facilitys_denials_are_typed_at_its_claim(window: MainWindow) -> None:
    window.case.replace(both_claims(denials=[{"date": "2026-03-11"}]))
    typed(window, "/facility_claim/denials/0/carc").setText("co-197")
    facility = window.case.review.facility
    assert facility is not None
    assert "denied-no-authorization" in {each.rule for each in facility.findings}
