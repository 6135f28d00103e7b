"""Drafts: kept whole, for this user alone, read back with their file, refused in one line."""

import json
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.case.model import Case
from mild_biller.core.case.people import Patient
from mild_biller.errors import CaseFileError, OutputError
from mild_biller.paths import resources
from mild_biller.store import drafts
from mild_biller.store.case_file import open_case
from mild_biller.store.drafts import Draft
from mild_biller.store.unread import Unread

CATALOG = loader.catalog()
SOME = Draft(Case(patient=Patient(last="CANARY", suffix=None)), Path("/cases/case.json"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


HALF = {"/patient/birth_date": Unread("Date of birth", "13/45")}


@pytest.mark.parametrize(
    "draft", [SOME, Draft(SOME.case), Draft(SOME.case, unread=HALF)], ids=["with a file", "without one", "half typed"]
)
def test_a_draft_is_read_back_as_it_was(tmp_path: Path, draft: Draft) -> None:
    file = tmp_path / "recovery" / "1.draft"
    drafts.keep(file, draft)
    found = drafts.read(file, catalog=CATALOG)
    assert (found.path, found.unread) == (draft.path, draft.unread)
    assert found.case.patient == draft.case.patient
    assert found.case.patient is not None
    assert "suffix" in found.case.patient.model_fields_set


def test_a_draft_of_before_has_nothing_half_typed(tmp_path: Path) -> None:
    (tmp_path / "1.draft").write_bytes(b'{"path": null, "case": "{}"}')
    assert drafts.read(tmp_path / "1.draft", catalog=CATALOG) == Draft(Case())


def test_every_example_survives(tmp_path: Path) -> None:
    file = tmp_path / "1.draft"
    for path in sorted((resources() / "examples").glob("*.json")):
        case = open_case(path, catalog=CATALOG)
        drafts.keep(file, Draft(case, path))
        assert drafts.read(file, catalog=CATALOG) == Draft(case, path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_this_user_alone_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    folder.mkdir(mode=0o755)
    file = folder / "1.draft"
    file.write_bytes(b"")
    file.chmod(0o644)
    drafts.keep(file, SOME)
    assert (mode(folder), mode(file)) == (0o700, 0o600)
    drafts.keep(folder / "2.draft", SOME)
    assert mode(folder / "2.draft") == 0o600
    assert sorted(os.listdir(folder)) == ["1.draft", "2.draft"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "recovery").write_bytes(b"a file in its place")
    with pytest.raises(OutputError, match="nothing was written") as caught:
        drafts.keep(tmp_path / "recovery" / "1.draft", SOME)
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"path": null}',
        b'{"path": null, "case": 3}',
        b'{"path": null, "case": "{}", "unread": ["CANARY"]}',
        b'{"path": 3, "case": "{}"}',
        b'{"path": null, "case": "{"}',
        b'{"path": null, "case": "{\\"patient\\": \\"CANARY\\"}"}',
        json.dumps({"path": None, "case": '{"format": 99}'}).encode(),
        b"[" * 100_000,
    ],
)
def test_a_broken_draft_is_refused_without_its_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "1.draft"
    file.write_bytes(content)
    with pytest.raises(CaseFileError) as caught:
        drafts.read(file, catalog=CATALOG)
    assert str(caught.value) == "The backup copy could not be read."


def test_a_draft_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError):
        drafts.read(tmp_path / "1.draft", catalog=CATALOG)


def test_the_newest_is_found_first(tmp_path: Path) -> None:
    assert drafts.found(tmp_path / "missing") == ()
    for name, age in (("old", 50), ("new", 10)):
        file = tmp_path / f"{name}.draft"
        drafts.keep(file, SOME)
        written = datetime.now() - timedelta(seconds=age)
        os.utime(file, (written.timestamp(), written.timestamp()))
        assert abs(drafts.written_at(file) - written) < timedelta(seconds=1)
    (tmp_path / "old.broken").write_bytes(b"")
    (tmp_path / ".new.draft.part").write_bytes(b"")
    assert [file.name for file in drafts.found(tmp_path)] == ["new.draft", "old.draft"]


def test_a_draft_that_goes_meanwhile_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep(tmp_path / "1.draft", SOME)
    monkeypatch.setattr(Path, "glob", lambda *_: iter([tmp_path / "gone.draft"]))
    assert drafts.found(tmp_path) == ()


def test_a_draft_is_dropped_once_and_again(tmp_path: Path) -> None:
    file = tmp_path / "1.draft"
    drafts.keep(file, SOME)
    drafts.drop(file)
    drafts.drop(file)
    assert os.listdir(tmp_path) == []


def test_a_broken_draft_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "1.draft"
    file.write_bytes(b"{")
    assert drafts.set_aside(file) == tmp_path / "1.broken"
    assert drafts.found(tmp_path) == ()


def test_drafts_lie_with_this_users_data(home: Path) -> None:
    assert home in drafts.default_folder().parents
