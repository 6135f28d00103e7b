"""What was printed: the SHA-256 of a case file and a day, nothing of the patient, for this user alone."""

import json
import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mild_biller.errors import OutputError
from mild_biller.store import printed

ONE, TWO = "1" * 64, "a" * 64
DAY = date(2026, 3, 12)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "printed.json"


def test_nothing_was_printed_at_first(file: Path) -> None:
    assert printed.load(file) == ({}, "")
    assert not file.parent.exists()


def test_what_is_noted_is_read_back(file: Path) -> None:
    assert printed.note(file, ONE, on=DAY) == {ONE: DAY}
    both = {ONE: DAY + timedelta(1), printed.mark(TWO, is_facility=True): DAY}
    printed.note(file, printed.mark(TWO, is_facility=True), on=DAY)
    assert printed.note(file, ONE, on=DAY + timedelta(1)) == both
    assert printed.load(file) == (both, "")


def test_another_window_s_marks_are_kept(file: Path) -> None:
    printed.note(file, ONE, on=DAY)
    before = file.read_bytes()
    printed.note(file, TWO, on=DAY)
    assert json.loads(before)["printed"].items() < json.loads(file.read_bytes())["printed"].items()


def test_the_file_says_nothing_else(file: Path) -> None:
    printed.note(file, ONE, on=DAY)
    assert json.loads(file.read_bytes()) == {"format": 1, "printed": {ONE: "2026-03-12"}}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_this_user_alone_can_read_it(file: Path) -> None:
    printed.note(file, ONE, on=DAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == ["printed.json"]


def test_the_oldest_go_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "MOST_MARKS", 2)
    printed.note(file, ONE, on=DAY)
    printed.note(file, TWO, on=DAY - timedelta(1))
    assert printed.note(file, "b" * 64, on=DAY) == {ONE: DAY, "b" * 64: DAY}


@given(kept=st.dictionaries(st.text("0123456789abcdef", min_size=64, max_size=64), st.dates(), max_size=5))
def test_the_marks_of_all_claims_are_apart(kept: dict[str, date]) -> None:
    made = [each for digest in kept for each in printed.marks(digest, claims=2)]
    assert len(set(made)) == 2 * len(kept)
    for digest in kept:
        assert printed.marks(digest, claims=1) == (digest,)
        assert printed.marks(digest, claims=2) == (digest, printed.mark(digest, is_facility=True))


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"\xff",
    b'{"format": 2}',
    b'{"printed": {"patient": "2026-03-12"}}',
    b'{"printed": {"' + b"1" * 64 + b'": "soon"}}',
    b'{"more": 1}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_said_and_kept_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert printed.load(file) == ({}, "Printed claims are unknown: printed.json is damaged.")
    assert file.read_bytes() == content
    assert printed.note(file, ONE, on=DAY) == {ONE: DAY}
    assert printed.load(file) == ({ONE: DAY}, "")
    assert (file.parent / "printed.broken").read_bytes() == content


def test_a_file_without_end_is_broken(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed.note(file, ONE, on=DAY)
    monkeypatch.setattr(printed, "MOST_BYTES", 10)
    assert printed.load(file)[1].endswith("is damaged.")


def test_what_cannot_be_read_is_not_written_over(file: Path) -> None:
    file.mkdir(parents=True)
    kept, line = printed.load(file)
    assert not kept
    assert line.startswith("Printed claims are unknown: printed.json could not be read")
    with pytest.raises(OutputError, match="nothing was written"):
        printed.note(file, ONE, on=DAY)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file in its place")
    with pytest.raises(OutputError, match="nothing was written"):
        printed.note(tmp_path / "data" / "printed.json", ONE, on=DAY)


def test_a_broken_file_that_cannot_be_put_aside_is_told(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"{")
    (file.parent / "printed.broken").mkdir()
    (file.parent / "printed.broken" / "kept").write_bytes(b"")
    with pytest.raises(OutputError, match="could not be moved"):
        printed.note(file, ONE, on=DAY)
    assert file.read_bytes() == b"{"


def test_it_lies_with_this_user_s_data(home: Path) -> None:
    assert home in printed.default_file().parents
