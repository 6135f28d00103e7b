"""Case files as a library: opened with their version, saved over what was expected alone, listed, never lost."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from mild_biller.core.case.model import Attachment, Case
from mild_biller.core.case.people import Patient
from mild_biller.errors import CaseFileError, OutputError
from mild_biller.store.case_file import dump_case, open_case
from mild_biller.store.folder_library import FolderLibrary, id_of
from mild_biller.store.library import CaseConflict, CaseLibrary, CaseRef, KeptCase, Listing, ReviewRules
from tests.support import PACK, TODAY, changed, example, written

CATALOG = PACK.catalog
RULES = ReviewRules(PACK, TODAY)
MINE = Case(patient=Patient(last="MINE"))
THEIRS = Case(patient=Patient(last="THEIRS"))


@pytest.fixture
def library(tmp_path: Path) -> CaseLibrary:
    return FolderLibrary(catalog=CATALOG, folder=tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, example())


def version_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def rows_of(library: CaseLibrary) -> list[str]:
    found = library.summaries(library.list().cases, rules=RULES, seconds=60, is_stopped=lambda: False)
    return [row.file for row in found if row is not None]


def test_a_case_file_is_opened_with_its_version(library: CaseLibrary, file: Path) -> None:
    kept = library.open(str(file))
    assert kept == KeptCase(open_case(file, catalog=CATALOG), CaseRef(str(file), version_of(file.read_bytes())))
    assert library.open(kept.ref) == kept
    assert library.version(kept.ref.id) == kept.ref.version
    assert library.history(kept.ref) == ()


def test_a_reference_opens_the_file_as_it_is_now(library: CaseLibrary, file: Path) -> None:
    before = library.open(str(file)).ref
    file.write_bytes(dump_case(THEIRS))
    now = library.open(before)
    assert now.case.patient == THEIRS.patient
    assert now.ref == CaseRef(before.id, version_of(dump_case(THEIRS)))


def test_a_file_named_from_the_present_folder_has_its_full_name(
    library: CaseLibrary, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    assert library.open(file.name).ref.id == str(file) == id_of(Path(file.name))
    with pytest.raises(CaseFileError, match=r"^gone\.json cannot be read"):  # as somebody typed it
        library.open("gone.json")


def test_what_is_saved_is_what_is_opened(library: CaseLibrary, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    ref = library.save(MINE, str(path), expected=None)
    assert ref == CaseRef(str(path), version_of(path.read_bytes()))
    assert library.open(ref).ref == ref
    assert library.open(ref).case.patient == MINE.patient


def test_a_save_over_the_expected_version_gives_the_next(library: CaseLibrary, file: Path) -> None:
    ref = library.open(str(file)).ref
    after = library.save(MINE, ref.id, expected=ref.version)
    assert after.version != ref.version
    assert file.read_bytes() == dump_case(MINE)
    assert library.save(THEIRS, ref.id, expected=after.version).id == ref.id


def test_a_save_over_another_version_is_a_conflict_and_writes_nothing(library: CaseLibrary, file: Path) -> None:
    ref = library.open(str(file)).ref
    there = library.save(THEIRS, ref.id, expected=ref.version)
    with pytest.raises(CaseConflict) as refused:
        library.save(MINE, ref.id, expected=ref.version)
    assert refused.value.there == there
    assert refused.value.case is not None
    assert refused.value.case.patient == THEIRS.patient
    assert file.read_bytes() == dump_case(THEIRS)
    assert library.save(MINE, ref.id, expected=refused.value.there.version).version == version_of(dump_case(MINE))


def test_a_conflict_with_what_is_no_case_says_only_its_version(library: CaseLibrary, file: Path) -> None:
    ref = library.open(str(file)).ref
    file.write_bytes(b"no case")
    with pytest.raises(CaseConflict) as refused:
        library.save(MINE, ref.id, expected=ref.version)
    assert (refused.value.there.version, refused.value.case) == (version_of(b"no case"), None)
    assert file.read_bytes() == b"no case"


def test_where_nothing_was_expected_and_something_is_there_it_is_a_conflict(library: CaseLibrary, file: Path) -> None:
    with pytest.raises(CaseConflict):
        library.save(MINE, str(file), expected="")


def test_a_file_that_is_gone_is_written_anew(library: CaseLibrary, file: Path) -> None:
    ref = library.open(str(file)).ref
    file.unlink()
    assert library.version(ref.id) == ""
    assert library.is_gone(ref.id)
    assert library.save(MINE, ref.id, expected=ref.version).version == version_of(dump_case(MINE))
    assert not library.is_gone(ref.id)


def test_a_file_whose_folder_is_away_is_not_gone_for_good(library: CaseLibrary, tmp_path: Path) -> None:
    assert not library.is_gone(str(tmp_path / "stick" / "case.json"))


def test_a_place_that_cannot_be_written_is_told(library: CaseLibrary, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nothing was written"):
        library.save(MINE, str(tmp_path / "no" / "case.json"), expected=None)


def test_the_list_is_that_of_the_folder(library: CaseLibrary, file: Path, tmp_path: Path) -> None:
    library.save(MINE, str(tmp_path / "b.json"), expected=None)
    (tmp_path / "c.json").write_bytes(b"no case")
    assert sorted(rows_of(library)) == ["b.json", "c.json", "case.json"]
    rows = library.summaries(library.list().cases, rules=RULES, seconds=60, is_stopped=lambda: False)
    by_file = {row.file: row for row in rows if row is not None}
    assert by_file["case.json"].ref == library.open(str(file)).ref
    assert by_file["c.json"].ref == CaseRef(str(tmp_path / "c.json"))
    assert by_file["c.json"].refusal
    assert library.watched == tmp_path


def test_without_a_folder_nothing_is_listed(file: Path) -> None:
    library: CaseLibrary = FolderLibrary(catalog=CATALOG)
    assert library.list() == Listing(())
    assert library.watched is None
    assert library.listed_id(library.open(str(file)).ref) is None


def test_a_case_of_the_list_is_known_by_the_name_it_has_there(library: CaseLibrary, file: Path, tmp_path: Path) -> None:
    ref = library.open(str(file)).ref
    assert library.listed_id(ref) == str(file)
    assert library.listed_id(None) is None
    (tmp_path / "inside").mkdir()
    elsewhere = library.save(MINE, str(tmp_path / "inside" / "case.json"), expected=None)
    assert library.listed_id(elsewhere) is None
    assert library.listed_id(CaseRef(str(tmp_path / "gone" / "case.json"))) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows wants rights for links")
def test_a_case_reached_by_another_way_is_known_by_the_list(library: CaseLibrary, file: Path, tmp_path: Path) -> None:
    other = tmp_path.parent / f"{tmp_path.name}-link"
    other.symlink_to(tmp_path)
    assert library.listed_id(library.open(str(other / file.name)).ref) == str(file)


def test_attached_files_are_told_from_the_case_file(library: CaseLibrary, tmp_path: Path) -> None:
    ref = CaseRef(str(tmp_path / "cases" / "case.json"))
    whole = tmp_path / "whole.pdf"
    case = Case(attachments=(Attachment(path="mri.pdf"), Attachment(path=str(whole)), Attachment()))
    assert library.attachments(case, ref=ref) == (tmp_path / "cases" / "mri.pdf", whole, None)
    assert library.attachments(case, ref=None) == (None, whole, None)
    assert library.attachments(Case(), ref=ref) == ()
    assert library.attach(tmp_path / "cases" / "note.pdf", ref=ref) == "note.pdf"
    assert library.attach(tmp_path / "note.pdf", ref=None) == str(tmp_path / "note.pdf")


def test_a_case_saved_elsewhere_names_the_same_attached_files(library: CaseLibrary, tmp_path: Path) -> None:
    before, after = CaseRef(str(tmp_path / "a" / "case.json")), CaseRef(str(tmp_path / "b" / "case.json"))
    case = Case(attachments=(Attachment(path="mri.pdf"),))
    moved = library.rehomed(case, before=before, id=after.id)
    assert [each.path for each in moved.attachments or ()] == ["../a/mri.pdf"]
    (there,) = library.attachments(moved, ref=after)
    assert there is not None
    assert os.path.normpath(there) == str(tmp_path / "a" / "mri.pdf")
    assert library.rehomed(case, before=before, id=before.id) == case


def test_a_case_file_is_called_by_its_name_and_offers_its_folder(library: CaseLibrary, file: Path) -> None:
    ref = library.open(str(file)).ref
    assert library.name(ref) == "case.json"
    assert library.beside(ref) == file.parent


def test_neither_a_reference_nor_a_conflict_shows_the_patient(library: CaseLibrary, tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {"/patient/last": "CANARY"}))
    kept = library.open(str(file))
    with pytest.raises(CaseConflict) as refused:
        library.save(MINE, kept.ref.id, expected="0" * 64)
    assert "CANARY" not in f"{kept!r} {refused.value!r} {refused.value}"
