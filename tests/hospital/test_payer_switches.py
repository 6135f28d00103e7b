"""What a payer's own file may switch: CT before the trial number on paper (V22), the device's revenue code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.review.review import Review, review
from mild_biller.core.rules.catalog import Catalog
from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
from mild_biller.paths import resources
from tests.support import TODAY, boxes, changed, example, parsed

Switched = Callable[..., Review]
RULES = ("payers", "policies", "codes", "fees", "edits")


@pytest.fixture
def medicare_with(tmp_path: Path) -> Callable[[str], Catalog]:
    """Return a function that adds a line to Medicare's own file in a copy of the data."""

    def catalog(line: str) -> Catalog:
        copy = tmp_path / "resources"
        copy.mkdir()
        for file in resources().glob("*.toml"):
            shutil.copy(file, copy)
        for folder in RULES:
            shutil.copytree(resources() / folder, copy / folder)
        with (copy / "payers" / "medicare.toml").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
        return loader.load_catalog(copy)

    return catalog


def reviewed(catalog: Catalog, name: str, changes: dict[str, object] | None = None) -> Review:
    data = changed(example(name), changes or {})
    return review(parsed(data), catalog=catalog, layouts=loader.layout, today=TODAY)


class TestTrialNumberOnPaper:
    def test_has_ct_before_it_unless_switched(self) -> None:
        found = boxes(reviewed(loader.catalog(), "medicare-hospital-2026"))
        assert found["39a_text"] == "CT03072927"

    @pytest.mark.parametrize("name", ["medicare-hospital-2026", "medicare-critical-access"])
    def test_is_eight_digits_left_of_the_cents_where_switched(
        self, name: str, medicare_with: Callable[[str], Catalog]
    ) -> None:
        found = reviewed(medicare_with("prefix_trial_number = false"), name)
        texts = boxes(found)
        assert (texts["39a_code"], texts["39a_amount"]) == ("D4", "03072927")
        assert not {"39a_text", "39a_cents"} & set(texts)
        assert found.worst is None

    def test_typed_with_ct_follows_the_switch_too(self, medicare_with: Callable[[str], Catalog]) -> None:
        typed = {"/claim/value_codes": [{"code": "D4", "amount": "CT03072927"}]}
        texts = boxes(reviewed(medicare_with("prefix_trial_number = false"), "medicare-hospital-2026", typed))
        assert texts["39a_amount"] == "03072927"

    def test_prints(self, medicare_with: Callable[[str], Catalog]) -> None:
        found = reviewed(medicare_with("prefix_trial_number = false"), "medicare-hospital-2026")
        assert found.filled is not None
        assert found.claim.form is not None
        style = PrintStyle(mode=PrintMode.DATA_ONLY)
        assert render(found.filled, layout=loader.layout(found.claim.form), style=style).startswith(b"%PDF")
        (placed,) = [each for each in found.filled.pages[0].placed if each.box == "39a_amount"]
        assert (placed.row, placed.col, placed.text) == (14, 47, "03072927")  # columns 47 to 54

    def test_on_the_cms1500_keeps_its_ct(self, medicare_with: Callable[[str], Catalog]) -> None:
        """F38: the switch is for the paper UB-04 alone."""
        texts = boxes(reviewed(medicare_with("prefix_trial_number = false"), "medicare-asc-2026"))
        assert "CT03072927" in " ".join(texts.get(box, "") for box in ("19_1", "19_2"))


class TestDevice:
    def test_goes_under_sterile_supplies_unless_switched(self) -> None:
        """Facts README 12."""
        part = reviewed(loader.catalog(), "medicare-hospital-derived").claim.institutional
        assert part is not None
        assert [(line.revenue_code, line.code) for line in part.revenue_lines] == [("0272", "C1889"), ("0360", "62330")]

    def test_goes_under_implants_where_the_payer_says_so(self, medicare_with: Callable[[str], Catalog]) -> None:
        found = reviewed(medicare_with('device_revenue_code = "0278"'), "medicare-hospital-derived")
        part = found.claim.institutional
        assert part is not None
        assert [(line.revenue_code, line.code) for line in part.revenue_lines] == [("0278", "C1889"), ("0360", "62330")]
        assert found.worst is None
