"""The boxes of a UB-04 and the facility's own claim: shown where wanted, derived or typed, never in the way."""

import pytest
from PySide6.QtTest import QTest

from mild_biller.core.case.claim_input import ClaimInput, Span, TypedLine, TypedRevenueLine, ValueCode
from mild_biller.core.case.model import Case
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.pages.claim_page import ClaimPage
from mild_biller.gui.pages.facility_claim import FacilityClaimView
from mild_biller.gui.pages.page import Page
from mild_biller.gui.pages.revenue_lines import RevenueLines
from mild_biller.gui.pages.ub04_boxes import Ub04Boxes
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.claim.claim_text import FACILITYS, OWN, revenue_words, service_words, value_words
from tests.gui.helpers import cell, typed
from tests.hospital.examples import both_claims
from tests.support import example_file

SURGEON, HOSPITAL, DERIVED = "medicare-asc-2026", "medicare-hospital-2026", "medicare-hospital-derived"


def cells(window: MainWindow, step: int) -> dict[str, BoundField]:
    """Show a step and return its fields by pointer."""
    window.go_to_step(step - 1)
    page = window.pages[step - 1]
    form = page.form if isinstance(page, ClaimPage) else page
    assert isinstance(form, Page)
    return {each.pointer: each for each in form.cells()}


class TestWhenTheyAreShown:
    @pytest.mark.parametrize("name", [SURGEON, "premera-commercial-2026", "va-facility-2026"])
    def test_never_on_a_surgeons_claim(self, window: MainWindow, name: str) -> None:
        window.case.open(example_file(name))
        found = cells(window, 3) | cells(window, 5)
        assert not [each for each in found if "revenue_lines" in each or "type_of_bill" in each]
        assert not [each for each in found if each.startswith("/facility_claim")]

    def test_as_soon_as_the_form_is_chosen(self, window: MainWindow) -> None:
        window.case.open(example_file(SURGEON))
        window.case.write("/claim/form", FormKind.UB04)
        assert {"/claim/type_of_bill", "/claim/condition_codes", "/claim/remarks"} <= cells(window, 5).keys()
        window.case.write("/claim/form", FormKind.CMS1500)
        assert "/claim/type_of_bill" not in cells(window, 5)

    def test_where_somebody_typed_into_one_of_them(self, window: MainWindow) -> None:
        window.case.open(example_file(SURGEON))
        window.case.write("/claim/remarks", "SEE REPORT")
        window.case.write("/claim/revenue_lines", (TypedRevenueLine(revenue_code="0360"),))
        assert "/claim/remarks" in cells(window, 5)
        assert "/claim/revenue_lines/0/units" in cells(window, 3)

    def test_a_box_stays_under_the_fingers_until_it_is_left(self, window: MainWindow) -> None:
        window.case.open(example_file(SURGEON))
        window.case.write("/claim/remarks", "X")
        remarks = typed(window, "/claim/remarks")
        QTest.keyClicks(remarks, "\b")
        assert window.case.read("/claim/remarks") is None
        assert window.focusWidget() is remarks
        QTest.keyClicks(remarks, "NEW")
        assert window.case.read("/claim/remarks") == "NEW"
        QTest.keyClicks(remarks, "\b\b\b")
        typed(window, "/claim/amount_paid")
        window.case.write("/claim/amount_paid", "1.00")
        assert "/claim/remarks" not in cells(window, 5)


class TestBoxes:
    def test_show_what_follows_until_something_is_typed(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        hints = {
            key: typed(window, f"/claim/{key}").placeholderText()
            for key in ("type_of_bill", "statement_from", "admission_type", "discharge_status", "condition_codes")
        }
        assert hints == {
            "type_of_bill": "0131",
            "statement_from": "03/10/2026",
            "admission_type": "3",
            "discharge_status": "01",
            "condition_codes": "30",
        }
        bill = typed(window, "/claim/type_of_bill")
        QTest.keyClicks(bill, "0851")
        assert window.case.review.claim.institutional is not None
        assert window.case.review.claim.institutional.type_of_bill == "0851"
        assert typed(window, "/claim/admission_date").placeholderText() == ""

    def test_codes_of_an_older_file_are_one_text(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        window.case.write("/claim/reason_for_visit", "M48.062")
        reasons = typed(window, "/claim/reason_for_visit")
        assert reasons.text() == "M48.062"
        QTest.keyClicks(reasons, "R26.2 M54.50")
        assert window.case.read("/claim/reason_for_visit") == ("R26.2", "M54.50")

    def test_value_codes_begin_with_the_derived_ones(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        window.go_to_field("/claim/value_codes")
        (boxes,) = window.findChildren(Ub04Boxes)[:1]
        assert "CT03072927" in value_words(window.case.review, OWN)
        QTest.keyClicks(window.focusWidget(), " ")
        assert window.case.read("/claim/value_codes") == (ValueCode(code="D4", amount="03072927"),)
        assert "Typed" in value_words(window.case.review, OWN)
        assert boxes.isVisible()

    def test_who_paid_before_is_chosen(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        window.go_to_field("/claim/prior_payments")
        QTest.keyClicks(window.focusWidget(), " ")
        QTest.keyClicks(window.focusWidget(), "P")
        assert window.case.read("/claim/prior_payments/0/coverage") == 0


class TestRevenueLines:
    def test_say_why(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        said = revenue_words(window.case.review, OWN, catalog=window.case.catalog)
        assert "STERILE SUPPLIES" in said
        assert "Revenue code from Procedure: setting" in said
        assert "Charge from Claim: charge of 62330" in said
        assert "total $19,619.00" in said
        assert "Typed" not in said

    def test_say_what_is_typed(self, window: MainWindow) -> None:
        window.case.open(example_file(DERIVED))
        lines = (
            TypedRevenueLine(revenue_code="0360", code="62330", units=2),
            TypedRevenueLine(revenue_code="<b>", charge="8.00", non_covered="3.00"),
            TypedRevenueLine(),
        )
        window.case.write("/claim/revenue_lines", lines)
        said = revenue_words(window.case.review, OWN, catalog=window.case.catalog)
        assert "Typed: revenue code, code, units. Modifiers from Question: in CED study" in said
        assert "$3.00 not covered" in said
        assert "no charge" in said
        assert "&lt;b&gt;" in said.lower()
        assert "total" not in said  # while a charge is missing

    def test_of_a_code_without_a_line_keep_their_charge_in_sight(self, window: MainWindow) -> None:
        window.case.open(example_file(HOSPITAL))
        window.case.write("/claim/revenue_lines/4/charge", None)
        window.case.write("/procedure/device", None)
        window.case.write("/claim/charges/C1889", "4275.00")
        charge = cell(window, "/claim/charges/C1889")
        assert charge.input.text() == "4275.00"
        QTest.keyClicks(charge.input, "\b")
        assert window.focusWidget() is charge.input  # the field waits until it is left
        QTest.keyClicks(charge.input, "5")
        assert window.case.read("/claim/charges/C1889") == "5"
        window.case.write("/claim/charges/C1889", None)
        typed(window, "/procedure/date_of_service")
        window.case.write("/procedure/date_of_service", None)
        assert "/claim/charges/C1889" not in cells(window, 3)

    def test_the_charge_missing_on_a_typed_line_is_asked_for_on_that_line(self, window: MainWindow) -> None:
        window.case.open(example_file(SURGEON))
        lines = (TypedLine(code="62330"), TypedLine(code="62331", charge="1.00"))
        window.case.write("/claim/charges", None)
        window.case.write("/claim/lines", lines)
        (found,) = [each for each in window.case.review.findings if each.rule == "charge-missing"]
        assert found.path == "/claim/charges/62330"
        window.go_to_field(found.path)
        shown = window.pages[2].show_field(found.path)
        assert isinstance(shown, BoundField)
        assert shown.pointer == "/claim/lines/0/charge"

    def test_without_a_derived_one_begin_with_an_empty_row(self, window: MainWindow) -> None:
        window.case.write("/claim/form", FormKind.UB04)
        window.go_to_field("/claim/revenue_lines")
        QTest.keyClicks(window.focusWidget(), " ")
        assert window.case.read("/claim/revenue_lines") == (TypedRevenueLine(),)

    def test_are_changed_in_place(self, window: MainWindow) -> None:
        """A key pressed makes no row of fields anew."""
        window.case.open(example_file(HOSPITAL))
        before = {at: each for at, each in cells(window, 3).items() if at.startswith("/claim/revenue_lines")}
        QTest.keyClicks(typed(window, "/claim/revenue_lines/0/code"), "A0425")
        after = cells(window, 3)
        assert [after[at] for at in before] == list(before.values())


class TestFacilityClaim:
    def test_its_findings_are_marked_and_counted(self, window: MainWindow) -> None:
        window.case.replace(both_claims(condition_codes=["09"]))
        found = cells(window, 5)["/facility_claim/condition_codes"]
        assert found.notice is not None
        assert "Condition code 30" in found.notice.text or "30" in found.notice.text
        assert window.steps.tabText(4) == "5 Claim  1"

    def test_what_the_two_say_differently_leads_to_its_lines(self, window: MainWindow) -> None:
        lines = [{"revenue_code": "0360", "code": "62330", "date": "2026-03-11"}]
        window.case.replace(both_claims(revenue_lines=lines, statement_to="2026-03-11"))
        (found,) = [each for each in window.case.review.findings if each.rule == "encounter-dates"]
        window.go_to_field(found.path)
        shown = window.pages[4].show_field(found.path)
        assert isinstance(shown, BoundField)
        assert shown.pointer.startswith("/facility_claim/revenue_lines/0/")

    def test_on_a_cms_1500_has_lines_of_its_own(self, window: MainWindow) -> None:
        window.case.replace(both_claims(form="cms1500"))
        shown = cells(window, 5)
        assert "/facility_claim/additional_information" in shown
        assert "/facility_claim/type_of_bill" not in shown
        assert "62330" in service_words(window.case.review, FACILITYS)
        window.go_to_field("/facility_claim/lines")
        QTest.keyClicks(window.focusWidget(), " ")
        assert window.case.read("/facility_claim/lines") == (TypedLine(code="62330"),)
        window.go_to_field("/facility_claim")
        assert window.focusWidget() is cells(window, 5)["/facility_claim/form"].input

    def test_in_an_empty_case_is_entered_and_stays(self, window: MainWindow) -> None:
        window.go_to_field("/facility_claim")
        QTest.keyClicks(window.focusWidget(), " ")
        name = typed(window, "/facility_claim/billing/name")
        QTest.keyClicks(name, "X\b")
        assert window.case.case.facility_claim is not None
        assert window.focusWidget() is name

    def test_without_one_nothing_is_said_of_it(self, editor: CaseEditor) -> None:
        editor.open(example_file(SURGEON))
        assert revenue_words(editor.review, FACILITYS, catalog=editor.catalog) == ""
        assert service_words(editor.review, FACILITYS) == value_words(editor.review, FACILITYS) == ""

    def test_what_could_not_be_read_goes_with_it(self, window: MainWindow) -> None:
        window.case.replace(both_claims())
        QTest.keyClicks(typed(window, "/facility_claim/statement_from"), "soon")
        assert "/facility_claim/statement_from" in window.case.faults
        (part,) = window.findChildren(FacilityClaimView)
        part.remove_button.click()
        assert not window.case.faults
        window.actions_by_name["undo"].trigger()
        assert typed(window, "/facility_claim/statement_from").text() == ""


def test_a_group_without_its_claim_offers_nothing(editor: CaseEditor) -> None:
    editor.replace(Case(claim=ClaimInput(hospitalization=Span())))
    for group in (RevenueLines(editor, base=FACILITYS), Ub04Boxes(editor, base=FACILITYS)):
        group.refresh()
        assert group.isHidden()
        assert not list(group.cells())
        assert not list(group.stops())
        assert not list(group.targets())
