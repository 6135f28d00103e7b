"""What cannot be read: kept beside the draft or the saved case, for this user alone, gone with its case."""

import json
import os
import stat
from pathlib import Path

import pytest

from mild_biller.errors import CaseFileError
from mild_biller.store import unread
from mild_biller.store.unread import Unread

TEXTS = {
    "/patient/birth_date": Unread("Patient: Date of birth", "13/45"),
    "/prior_procedures/0/date": Unread("Date", "2/30/26 “½”"),
}


def test_texts_are_kept_by_case_and_taken_away(tmp_path: Path) -> None:
    folder, case, other = tmp_path / "recovery", tmp_path / "CANARY.json", tmp_path / "other.json"
    assert unread.found(folder, case) == {}
    unread.keep(folder, case, {})  # nothing to take away is no trouble
    unread.keep(folder, case, TEXTS)
    assert unread.found(folder, case) == TEXTS
    assert unread.found(folder, other) == {}
    (name,) = os.listdir(folder)
    assert "CANARY" not in name
    unread.keep(folder, case, {})
    assert os.listdir(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_this_user_alone_can_read_them(tmp_path: Path) -> None:
    unread.keep(tmp_path / "recovery", tmp_path / "case.json", TEXTS)
    (file,) = (tmp_path / "recovery").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"texts": []}',
        b'{"texts": {"/a": "b"}}',
        b'{"texts": {"/a": ["b"]}}',
        b'{"texts": {"/a": ["b", 1]}}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_broken_copy_is_refused_without_its_words(tmp_path: Path, content: bytes) -> None:
    case = tmp_path / "case.json"
    unread.keep(tmp_path, case, TEXTS)
    next(tmp_path.glob("*.unread")).write_bytes(content)
    with pytest.raises(CaseFileError, match="their copy is damaged") as caught:
        unread.found(tmp_path, case)
    assert "13/45" not in str(caught.value)


def test_what_belongs_to_no_case_any_more_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    here, gone, elsewhere = tmp_path / "here.json", tmp_path / "gone.json", tmp_path / "stick" / "case.json"
    here.write_bytes(b"{}")
    for case in (here, gone, elsewhere):
        unread.keep(folder, case, TEXTS)
    (folder / "broken.unread").write_bytes(b"{")
    (folder / "a-folder.unread").mkdir()
    unread.forget_gone(folder)
    assert unread.found(folder, here) == TEXTS
    assert unread.found(folder, gone) == {}
    assert unread.found(folder, elsewhere) == TEXTS  # its folder may only be away
    assert (folder / "broken.unread").exists()
    unread.forget_gone(tmp_path / "missing")


def test_texts_are_json(tmp_path: Path) -> None:
    assert unread.from_json(json.loads(json.dumps(unread.as_json(TEXTS)))) == TEXTS
