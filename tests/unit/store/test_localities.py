"""A table of localities that the user loads: the formula, what is refused, and what it does not reach."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.claim.estimate import Estimate, Locality, localized
from mild_biller.errors import MildBillerError
from mild_biller.store.localities import read_localities
from tests.support import EXAMPLES, command, reviewed

HEAD = "locality,work,practice,malpractice\n"
SURGEON = EXAMPLES / "medicare-asc-2026.json"
Written = Callable[[str], Path]


@pytest.fixture
def table(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        file = tmp_path / "localities.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def locality(work: str, practice: str, malpractice: str, *, year: int = 2026) -> Locality:
    return Locality("ERIE", year, Decimal(work), Decimal(practice), Decimal(malpractice))


def physician(name: str = "medicare-asc-2026") -> Estimate:
    money = reviewed(name).estimate
    assert money is not None
    return money


def amounts(money: Estimate | None) -> list[str | None]:
    assert money is not None
    return [None if line.amount is None else str(line.amount) for line in money.lines]


class TestFormula:
    """Rules, section 6: the sum of the relative values times their indices, times 33.4009."""

    def test_with_indices_of_one_is_the_national_amount_to_the_cent(self) -> None:
        money = localized(physician(), locality("1", "1", "1"), catalog=loader.catalog())
        assert amounts(money) == ["479.30", "189.05"]  # section 3.1
        assert money is not None
        assert (money.total, money.coinsurance) == (Decimal("668.35"), Decimal("133.67"))

    def test_weighs_each_part(self) -> None:
        """(8.00 x 1.024 + 5.64 x 1.1 + 0.71 x 0.9) x 33.4009 and (4.25, 1.03, 0.38) likewise."""
        money = localized(physician(), locality("1.024", "1.1", "0.9"), catalog=loader.catalog())
        assert amounts(money) == ["502.18", "194.63"]
        assert money is not None
        assert (money.total, money.coinsurance) == (Decimal("696.81"), Decimal("139.36"))
        assert "ERIE" in money.label

    def test_leaves_reduced_work_without_a_number(self) -> None:
        money = localized(physician("medicare-one-side"), locality("1", "1", "1"), catalog=loader.catalog())
        assert amounts(money) == [None]
        assert money is not None
        assert money.total is None

    def test_does_not_reach_a_hospital(self) -> None:
        money = physician("medicare-hospital-2026")
        assert localized(money, locality("1", "1", "1"), catalog=loader.catalog()) is None

    def test_does_not_reach_another_year(self) -> None:
        assert localized(physician(), locality("1", "1", "1", year=2025), catalog=loader.catalog()) is None

    def test_does_not_reach_a_year_without_rates(self) -> None:
        catalog = loader.catalog()
        bare = type(catalog).model_construct(**{**dict(catalog), "fees": ()})
        assert localized(physician(), locality("1", "1", "1"), catalog=bare) is None

    def test_says_nothing_of_a_code_without_relative_values(self) -> None:
        catalog = loader.catalog()
        (year,) = catalog.fees
        fees = tuple(fee.model_copy(update={"practice_rvu": None}) for fee in year.fee)
        bare = type(catalog).model_construct(**{**dict(catalog), "fees": (year.model_copy(update={"fee": fees}),)})
        assert amounts(localized(physician(), locality("1", "1", "1"), catalog=bare)) == [None, None]


class TestTable:
    def test_is_read_by_name(self, table: Written) -> None:
        found = read_localities(table(f"{HEAD}ERIE,1.024,1.1,0.9\nUTICA , 1.0,0.95,1.2\n"), year=2026)
        assert found == {
            "ERIE": locality("1.024", "1.1", "0.9"),
            "UTICA": Locality("UTICA", 2026, Decimal("1.0"), Decimal("0.95"), Decimal("1.2")),
        }

    def test_with_a_byte_order_mark_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "from-a-spreadsheet.csv"
        file.write_bytes(b"\xef\xbb\xbf" + f"{HEAD}ERIE,1,1,1\r\n".encode())
        assert list(read_localities(file, year=2026)) == ["ERIE"]

    def test_without_a_row_is_empty(self, table: Written) -> None:
        assert read_localities(table(HEAD), year=2026) == {}

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "the first line must be locality,work,practice,malpractice"),
            ("ERIE,1,1,1\n", "the first line must be"),
            ("locality,work,pe,mp\n", "the first line must be"),
            (f"{HEAD}ERIE,1,1\n", "line 2: a name and three indices"),
            (f"{HEAD}ERIE,1,1,1,1\n", "line 2: a name and three indices"),
            (f"{HEAD} ,1,1,1\n", "line 2: a name and three indices"),
            (f"{HEAD}ERIE,1,1,1\nUTICA,1.0.1,1,1\n", "line 3: enter an index as 1.024"),
            (f'{HEAD}ERIE,"1,024",1,1\n', "line 2: enter an index as 1.024"),
            (f"{HEAD}ERIE,,1,1\n", "line 2: enter an index as 1.024"),
            (f"{HEAD}ERIE,0.09,1,1\n", "line 2: an index must be between 0.1 and 5"),
            (f"{HEAD}ERIE,1,5.01,1\n", "line 2: an index must be between 0.1 and 5"),
            (f"{HEAD}ERIE,1,1,NaN\n", "line 2: an index must be between 0.1 and 5"),
            (f"{HEAD}ERIE,1,1,Infinity\n", "line 2: an index must be between 0.1 and 5"),
            (f"{HEAD}ERIE,1,1,1\nERIE,1,1,1\n", "line 3: ERIE is listed twice"),
        ],
    )
    def test_is_refused(self, text: str, words: str, table: Written) -> None:
        with pytest.raises(MildBillerError) as caught:
            read_localities(table(text), year=2026)
        assert words in str(caught.value)
        assert "localities.csv" in str(caught.value)

    def test_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MildBillerError, match="cannot be read as a table"):
            read_localities(tmp_path / "nowhere.csv", year=2026)

    def test_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "localities.csv"
        file.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(MildBillerError, match="cannot be read as a table"):
            read_localities(file, year=2026)

    def test_none_is_shipped(self) -> None:
        """Rules, section 6: public copies of 2026 were made up."""
        assert not list((EXAMPLES.parent).rglob("*.csv"))


class TestCommand:
    WORDS = ("--today", date(2026, 3, 12).isoformat())

    def test_adds_the_adjusted_estimate(self, table: Written) -> None:
        file = table(f"{HEAD}ERIE,1.024,1.1,0.9\n")
        done = command("check", SURGEON, *self.WORDS, "--localities", file, "--locality", "ERIE")
        assert done.status == 0
        assert done.printed["payment_estimate"]["total"] == "668.00"
        assert done.printed["payment_estimate_local"]["total"] == "696.81"

    def test_has_nothing_to_adjust_at_a_hospital(self, table: Written) -> None:
        file = table(f"{HEAD}ERIE,1,1,1\n")
        case = EXAMPLES / "medicare-hospital-2026.json"
        done = command("check", case, *self.WORDS, "--localities", file, "--locality", "ERIE")
        assert done.printed["payment_estimate_local"] is None

    def test_has_nothing_to_adjust_without_an_estimate(self, table: Written) -> None:
        file = table(f"{HEAD}ERIE,1,1,1\n")
        case = EXAMPLES / "premera-commercial-2026.json"
        done = command("check", case, *self.WORDS, "--localities", file, "--locality", "ERIE")
        assert done.printed["payment_estimate_local"] is None

    @pytest.mark.parametrize("words", [("--localities", "localities.csv"), ("--locality", "ERIE")])
    def test_wants_table_and_name_together(self, words: tuple[str, str]) -> None:
        done = command("check", SURGEON, *self.WORDS, *words)
        assert (done.status, done.out) == (2, "")
        assert "go together" in done.err

    def test_names_the_localities_there_are(self, table: Written) -> None:
        file = table(f"{HEAD}UTICA,1,1,1\nERIE,1,1,1\n")
        done = command("check", SURGEON, *self.WORDS, "--localities", file, "--locality", "OHIO")
        assert (done.status, done.out) == (2, "")
        assert "ERIE, UTICA" in done.err

    def test_refuses_a_bad_table_in_one_line(self, table: Written) -> None:
        done = command("check", SURGEON, *self.WORDS, "--localities", table("x\n"), "--locality", "ERIE")
        assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
