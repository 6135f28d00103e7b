"""How a case names its attached files: from its own folder, or in full (no folder, another drive)."""

import os
from pathlib import Path

import pytest

from mild_biller.store.attached_paths import name_for, shown


def test_a_file_is_named_from_the_folder_of_its_case(tmp_path: Path) -> None:
    assert name_for(tmp_path / "scans" / "mri.pdf", folder=tmp_path) == "scans/mri.pdf"


def test_without_a_folder_it_is_named_in_full(tmp_path: Path) -> None:
    assert name_for(tmp_path / "mri.pdf", folder=None) == str(tmp_path / "mri.pdf")


def test_on_another_drive_it_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")  # as Windows does

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert name_for(tmp_path / "mri.pdf", folder=tmp_path) == str(tmp_path / "mri.pdf")


@pytest.mark.parametrize("named", ["mri.pdf", "scans/mri.pdf", "scans\\mri.pdf", "C:\\scans/mri.pdf", "scans/mri.pdf/"])
def test_a_person_reads_the_name_without_its_folders(named: str) -> None:
    assert shown(named) == "mri.pdf"
