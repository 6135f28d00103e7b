"""A hospital's troubled claim mended finding by finding, the facility's own entered, by the keyboard alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.store.case_file import dump_case
from tests.gui.helpers import Answering, Keyboard, box_text
from tests.gui.journey import Mending, leave, open_problems, typing, undo_all
from tests.support import changed, example_file, written
from tests.support import example as plain_example

LINES = "/claim/revenue_lines"
TROUBLED = {
    "/claim/type_of_bill": "0111",  # the procedure was an outpatient's
    "/claim/condition_codes": ["09"],  # and not 30
    "/claim/value_codes": [{"code": "D4"}],  # and no trial number
    "/claim/point_of_origin": "A",
    f"{LINES}/5/revenue_code": "0271",  # not the operating room
    f"{LINES}/5/modifiers": ["QO"],  # the letter
    f"{LINES}/3/units": 0,
    f"{LINES}/-": {"revenue_code": "0001", "charge": "28000.00"},  # 114.65 too little
    "/claim/occurrence_codes": [{"date": "2026-03-10"}],
    "/claim/prior_payments": [{"coverage": 1, "amount": "10.00"}],  # there is one payer
    "/providers/operating/npi": "2000000044",  # the hospital's own
}
MENDED: Mapping[str, Mending] = {
    "medicare-ced-type-of-bill": typing("0131"),
    "type-of-bill-against-setting": typing("0131"),
    "medicare-ced-condition-code": typing("30"),
    "modifier-letter-o": typing("Q0"),
    "units-below-one": typing("13"),
    "total-is-not-the-sum": typing("28114.65"),
    "procedure-under-wrong-revenue-code": typing("0360"),
    "revenue-codes-out-of-order": leave,  # until the code above is mended
    "operating-is-billing": typing("1234567893"),
    "admission-code-unknown": typing("2"),
    "prior-payment-of-nobody": typing("Primary"),
    "value-without-amount": typing("03072927"),
    "occurrence-half": typing("11"),
}
PRINTED = {
    "4": "0131",
    "15": "2",
    "18": "30",
    "31a_code": "11",
    "31a_date": "031026",
    "39a_code": "D4",
    "39a_text": "CT03072927",
    "42.6": "0360",
    "44.6": "62330Q0",
    "46.4": "13",
    "42.9": "",
    "47.23_d": "28114",
    "47.23_c": "65",
    "54A_d": "10",
    "77_npi": "1234567893",
}


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def test_a_troubled_hospital_case_is_mended_finding_by_finding(
    window: MainWindow, keyboard: Keyboard, answering: Answering, tmp_path: Path
) -> None:
    answering("choose_case", written(tmp_path, changed(plain_example("medicare-hospital-2026"), TROUBLED)))
    keyboard.press("Ctrl+O")
    before = dump_case(window.case.case)
    walked: list[str] = []
    while open_problems(window):
        keyboard.press("F8")
        entry = window.panel.tree.chosen
        assert entry is not None
        assert entry.finding is not None
        walked.append(entry.finding.rule)
        assert len(walked) < 20, walked
        MENDED[entry.finding.rule](keyboard)
        keyboard.go_on()
    assert len(set(walked)) >= 10, walked
    claim = tmp_path / "claim.pdf"
    answering("choose_pdf_target", claim)
    keyboard.press("Ctrl+5")
    keyboard.go_to("What is shown and exported")
    keyboard.write("Data")
    keyboard.press("Ctrl+E")  # and no question whether a draft may go out
    assert {box: box_text(claim, box, form=FormKind.UB04) for box in PRINTED} == PRINTED
    keyboard.press("Ctrl+1")
    undo_all(window, keyboard)
    assert dump_case(window.case.case) == before


def test_revenue_lines_are_typed_from_the_derived_ones(
    window: MainWindow, keyboard: Keyboard, answering: Answering
) -> None:
    answering("choose_case", example_file("medicare-hospital-derived"))
    keyboard.press("Ctrl+O")
    before = window.case.review.claim.institutional
    keyboard.press("Ctrl+3")
    keyboard.go_to("Enter the revenue lines by hand")
    keyboard.press("Space")
    assert keyboard.name == "Revenue line 1: Revenue code (42)"
    assert window.case.review.claim.institutional is not None
    assert before is not None
    assert window.case.review.claim.total_charge == before.total_charge
    keyboard.fill({"2: Units": "2", "2: Non-covered": "100.00"})
    keyboard.go_to("Add revenue line")
    keyboard.press("Space")
    keyboard.fill({"3: Revenue code": "0710", "3: Units": "4", "3: Charge": "64.00"})
    lines = [
        (line.revenue_code, line.code, line.units, str(line.amount))
        for line in window.case.review.claim.institutional.revenue_lines
    ]
    assert lines == [
        ("0272", "C1889", 1, "4275.00"),
        ("0360", "62330", 2, "15344.00"),
        ("0710", None, 4, "64.00"),
    ]
    keyboard.go_to("Use the derived revenue lines")
    keyboard.press("Space")
    assert keyboard.name == "Enter the revenue lines by hand"
    assert window.case.review.claim.institutional == before
    undo_all(window, keyboard)
    assert not window.case.is_changed


def test_the_facilitys_own_claim_is_entered_and_taken_off(
    window: MainWindow, keyboard: Keyboard, answering: Answering
) -> None:
    answering("choose_case", example_file("medicare-asc-2026"))
    keyboard.press("Ctrl+O")
    keyboard.press("Ctrl+3")
    keyboard.go_to("Place of service")
    keyboard.write("Hospital")
    keyboard.press("Down")  # the first is the inpatient's
    keyboard.press("Ctrl+5")
    keyboard.go_to("Add the facility's own claim")
    keyboard.press("Space")
    assert keyboard.name == "Facility's billing, signatures, accidents: Form"
    keyboard.fill(
        {
            "Facility's billing, signatures, accidents: Signatures on file": "y",
            "Facility's billing provider (items 25, 33; FL 1, 5, 56): Tax ID": "251112222",
            "Tax ID type": "EIN",
            "Facility's charges: Charge for 62330": "15344.00",
            "Facility's charges: Charge for 62331": "5000.00",
        }
    )
    facility = window.case.review.facility
    assert facility is not None
    assert facility.claim.form is FormKind.UB04
    assert str(facility.claim.total_charge) == "20344.00"
    billing = window.case.read("/facility_claim/billing")
    assert (billing.name, billing.npi, billing.tax_id) == ("RIVERSIDE SURGERY CENTER", "2000000036", "251112222")
    keyboard.go_to("Remove the facility's claim")
    keyboard.press("Space")
    assert keyboard.name == "Add the facility's own claim"
    assert window.case.case.facility_claim is None
    keyboard.press("Ctrl+Z")
    assert window.case.review.facility is not None
    assert window.case.review.facility.claim == facility.claim
    undo_all(window, keyboard)
    assert not window.case.is_changed
