"""National amounts of 2026 (F44 to F51): the physician's, the surgery center's, the hospital's; nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mild_biller import loader
from mild_biller.core.claim.estimate import Estimate, Locality, localized
from mild_biller.core.rules.catalog import Catalog
from tests.support import of_rule, reported, reviewed

CENTER = {"/providers/billing/npi": "2000000036"}  # the facility bills for itself
HOSPITAL = "medicare-hospital-derived"


def estimate(name: str = "medicare-asc-2026", changes: dict[str, Any] | None = None, **more: Any) -> Estimate | None:
    return reviewed(name, changes, **more).estimate


def amounts(money: Estimate | None) -> dict[str, str | None]:
    assert money is not None
    return {line.code: None if line.amount is None else str(line.amount) for line in money.lines}


def test_the_physician() -> None:
    money = estimate()
    assert money is not None
    assert (money.year, money.kind) == (2026, "physician")
    assert amounts(money) == {"62330": "479", "62331": "189"}
    assert money.total == Decimal("668.00")
    assert money.coinsurance == Decimal("133.60")  # 95.80 + 37.80


def test_the_physician_is_paid_for_one_interspace_too() -> None:
    money = estimate(changes={"/procedure/interspaces": [{"name": "L4-L5", "side": "bilateral"}]})
    assert money is not None
    assert (money.total, money.coinsurance) == (Decimal("479.00"), Decimal("95.80"))


@pytest.mark.parametrize("setting", ["hospital-outpatient", "hospital-inpatient", "critical-access-hospital", "asc"])
def test_the_physicians_amount_is_that_of_a_facility(setting: str) -> None:
    money = estimate(changes={"/procedure/setting": setting})
    assert money is not None
    assert (money.kind, money.total) == ("physician", Decimal("668.00"))


def test_the_surgery_center() -> None:
    money = estimate(changes=CENTER)
    assert money is not None
    assert (money.kind, money.total, money.coinsurance) == ("asc", Decimal("5610.00"), Decimal("1122.00"))
    assert amounts(money) == {"62330": "5610", "62331": None}  # packaged


def test_the_hospital() -> None:
    money = estimate(HOSPITAL)
    assert money is not None
    assert (money.kind, money.total, money.coinsurance) == ("hospital", Decimal("7413.00"), Decimal("1482.60"))


def test_the_device_is_packaged() -> None:
    assert "C1889" not in amounts(estimate("medicare-hospital-2026"))


@pytest.mark.parametrize(
    ("name", "changes", "why"),
    [
        ("medicare-office", {}, "setting"),
        ("medicare-asc-2026", {"/procedure/setting": None}, "place of service is not entered"),
        ("medicare-asc-2026", {"/procedure/setting": "va-facility"}, "setting"),
        ("medicare-critical-access", {}, "hospital"),
        ("medicare-2025-old-code", {}, "2025"),
        ("medicare-2027", {}, "2027"),
        ("medicare-asc-2026", {"/claim/lines": [{"code": "99214", "charge": "1.00"}]}, "no code on the claim"),
    ],
)
def test_none_and_why(name: str, changes: dict[str, Any], why: str) -> None:
    found = reviewed(name, changes)
    assert found.estimate is None
    (said,) = of_rule(found, "no-rate")
    assert why in said.message
    assert (said.severity, said.topic) == ("info", "payment")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("premera-commercial-2026", {}),
        ("medicare-advantage-2026", {}),
        ("medicare-asc-2026", {"/coverages": None}),
        ("medicare-asc-2026", {"/procedure/date_of_service": None}),
    ],
)
def test_none_and_nothing_to_say(name: str, changes: dict[str, Any]) -> None:
    found = reviewed(name, changes)
    assert found.estimate is None
    assert of_rule(found, "no-rate") == []


def test_one_sided_work_is_reduced_by_the_contractor() -> None:
    found = reviewed("medicare-one-side")
    assert found.estimate is not None
    (line,) = found.estimate.lines
    assert (line.amount, found.estimate.total, found.estimate.coinsurance) == (None, None, None)
    assert "contractor" in line.note
    assert of_rule(found, "national-amount") == []


def test_a_further_interspace_of_one_side_leaves_the_total_open() -> None:
    changes = {"/procedure/interspaces": [{"name": "L4-L5", "side": "bilateral"}, {"name": "L3-L4", "side": "left"}]}
    money = estimate(changes=changes)
    assert money is not None
    assert amounts(money) == {"62330": "479", "62331": None}
    assert money.total is None


def test_it_is_an_estimate_and_says_so() -> None:
    money = estimate()
    assert money is not None
    assert "2026" in money.label
    assert "no guarantee" in money.label
    (said,) = of_rule(reviewed(), "national-amount")
    assert "$668.00" in said.message
    assert (said.severity, said.outcome) == ("info", "met")


def test_what_check_prints_of_it() -> None:
    printed = reported()["payment_estimate"]
    assert {"year", "kind", "lines", "total", "coinsurance", "label"} <= set(printed)
    assert (printed["year"], printed["kind"], printed["total"]) == (2026, "physician", "668.00")
    assert [(line["code"], line["amount"]) for line in printed["lines"]] == [("62330", "479.00"), ("62331", "189.00")]
    assert all(line["source"]["id"] == "reimbursement-guide-2026" for line in printed["lines"])


def test_the_year_is_that_of_the_service() -> None:
    assert estimate(today=date(2027, 2, 1)) is not None
    assert estimate(changes={"/procedure/date_of_service": "2026-12-31"}, today=date(2027, 1, 4)) is not None
    assert estimate(changes={"/procedure/date_of_service": "2027-01-01"}, today=date(2027, 1, 4)) is None


def test_the_table_agrees_with_its_own_relative_values() -> None:
    """F46, F50: total relative value times the conversion factor, to the dollar the guide prints."""
    year = loader.catalog().fee_year["2026"]
    physician = {fee.code: fee for fee in year.fee if fee.kind == "physician"}
    assert year.conversion_factor == Decimal("33.4009")
    for code, relative, amount in (("62330", "14.35", "479"), ("62331", "5.66", "189")):
        fee = physician[code]
        shares = (fee.work_rvu, fee.practice_rvu, fee.malpractice_rvu)
        total = sum((share for share in shares if share is not None), Decimal())
        assert str(total) == relative
        assert (total * year.conversion_factor).quantize(Decimal(1)) == fee.amount == Decimal(amount)
    assert [str(physician[code].work_rvu) for code in ("62330", "62331")] == ["8.00", "4.25"]


# A locality the user brings.

PLAIN = Locality("NOWHERE", 2026, Decimal(1), Decimal(1), Decimal(1))


def test_a_locality_of_ones_changes_little() -> None:
    money = localized(estimate() or pytest.fail("no estimate"), PLAIN, catalog=loader.catalog())
    assert amounts(money) == {"62330": "479.30", "62331": "189.05"}  # section 3.1: 14.35 and 5.66 times the factor
    assert money is not None
    assert money.total == Decimal("668.35")
    assert "NOWHERE" in money.label


def test_each_index_counts_for_its_own_part() -> None:
    whole = estimate() or pytest.fail("no estimate")
    for index, expected in (("work", "8.00"), ("practice", "5.64"), ("malpractice", "0.71")):
        nothing = dict.fromkeys(("work", "practice", "malpractice"), Decimal(0))
        money = localized(whole, Locality("X", 2026, **{**nothing, index: Decimal(1)}), catalog=loader.catalog())
        assert money is not None
        assert money.lines[0].amount == (Decimal(expected) * Decimal("33.4009")).quantize(Decimal("0.01"))


def test_a_locality_that_does_not_apply() -> None:
    catalog = loader.catalog()
    physician, center = estimate(), estimate(changes=CENTER)
    assert physician is not None
    assert center is not None
    other_year = Locality("X", 2025, Decimal(1), Decimal(1), Decimal(1))
    assert localized(physician, other_year, catalog=catalog) is None
    assert localized(center, PLAIN, catalog=catalog) is None


def test_a_line_without_an_amount_stays_without() -> None:
    money = localized(estimate("medicare-one-side") or pytest.fail("none"), PLAIN, catalog=loader.catalog())
    assert money is not None
    assert money.total is None


def test_an_amount_without_its_parts_cannot_be_adjusted() -> None:
    shipped = loader.catalog()
    year = shipped.fee_year["2026"]
    fees = tuple(fee.with_(practice_rvu=None) if fee.code == "62331" else fee for fee in year.fee)
    tables = {name: getattr(shipped, name) for name in Catalog.model_fields}
    catalog = Catalog.model_validate({**tables, "fees": (year.with_(fee=fees),)})
    money = localized(estimate() or pytest.fail("none"), PLAIN, catalog=catalog)
    assert amounts(money) == {"62330": "479.30", "62331": None}
