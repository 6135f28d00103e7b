"""The charge list: the newest not after the day of service, read from tables row by row, kept for this user alone."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from mild_biller.errors import OutputError, TableError
from mild_biller.store import charge_list
from mild_biller.store.charge_list import Charge, LoadedCharges, charge_on

OLD = Charge("62330", "", date(2025, 1, 1), "4000.00")
NEW = Charge("62330", "", date(2026, 1, 1), "4600.00")
FACILITY = Charge("62330", "TC", date(2025, 6, 1), "900.00")
LIST = (OLD, NEW, FACILITY, Charge("62331", "", date(2026, 1, 1), "2300.00"))


@pytest.mark.parametrize(
    ("code", "modifiers", "day", "found"),
    [
        ("62330", (), date(2024, 12, 31), None),
        ("62330", (), date(2025, 1, 1), OLD),
        ("62330", (), date(2025, 12, 31), OLD),
        ("62330", (), date(2026, 1, 1), NEW),
        ("62330", ("Q0", "TC"), date(2026, 3, 1), FACILITY),
        ("62330", ("TC",), date(2025, 5, 31), OLD),
        ("0275T", (), date(2026, 3, 1), None),
    ],
)
def test_the_newest_not_after_the_day_holds(
    code: str, modifiers: tuple[str, ...], day: date, found: Charge | None
) -> None:
    assert charge_on(LIST, code, modifiers=modifiers, day=day) == found


def test_a_table_of_a_spreadsheet_is_read() -> None:
    content = (
        b'\xef\xbb\xbfCode;Modifier;Charge;From\r\n62330;;"$4,600.00";1/1/2026\r\n\r\n62331;tc;2300;2026-01-01\r\n'
    )
    assert [each.item for each in charge_list.check(content)] == [
        NEW,
        Charge("62331", "TC", date(2026, 1, 1), "2300"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("6233,,1,2026-01-01", "five characters"),
        ("62330,Q,1,2026-01-01", "two letters"),
        ("62330,,a lot,2026-01-01", "an amount"),
        ("62330,,-1,2026-01-01", "be negative"),
        ("62330,,1,2026-02-30", "enter the date"),
        ("62330,,1,1/1/26", "enter the date"),
        ("62330,,1,", "enter the date"),
        ("62330,,1,2026-01-01,more", "more values"),
    ],
)
def test_what_is_wrong_is_said_by_row(line: str, said: str) -> None:
    checked = charge_list.check(f"code,modifier,charge,from\n62331,,1,2026-01-01\n{line}\n".encode())
    assert checked[0].item is not None
    assert (checked[1].number, checked[1].item) == (3, None)
    assert said in checked[1].faults[0]


def test_the_same_code_and_day_twice_is_said() -> None:
    checked = charge_list.check(b"code,charge,from\n62330,1,2026-01-01\n62330,2,01/01/2026\n")
    assert checked[1].item is None
    assert "row 2" in checked[1].faults[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "missing"),
        (b"code,charge\n", "from is missing"),
        (b"code,charge,from,color\n", "Unknown column: 'color'"),
        (b"code,code,charge,from\n", "twice"),
        (b'code,charge,from\n"62330,1,2026-01-01\n', "not valid CSV"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x" * 5_000_001, "too large"),
    ],
)
def test_a_table_that_is_none_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        charge_list.check(content)


def test_a_list_is_kept_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "data" / "charges.csv"
    assert charge_list.load(file) == LoadedCharges()
    charge_list.save(file, LIST)
    assert charge_list.load(file) == LoadedCharges(tuple(sorted(LIST)))
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"code,charge,from\n62330,1,2026-01-01\nbad,1,2026-01-01\n", b"nonsense"])
def test_what_cannot_be_read_is_told_and_kept_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "charges.csv"
    file.write_bytes(content)
    loaded = charge_list.load(file)
    assert "charges.broken" in loaded.trouble
    assert (tmp_path / "charges.broken").read_bytes() == content
    assert len(loaded.charges) == content.count(b"62330")


def test_a_list_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "charges.csv").mkdir()
    assert "could not be read" in charge_list.load(tmp_path / "charges.csv").trouble
    with pytest.raises(OutputError):
        charge_list.save(tmp_path / "charges.csv", LIST)


def test_the_list_lies_with_this_users_data(home: Path) -> None:
    assert home in charge_list.default_file().parents
