"""Files written whole or not at all."""

import os
from pathlib import Path

import pytest

from mild_biller.errors import OutputError
from mild_biller.files import write_whole


def test_a_new_file_is_the_users_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "new.pdf", b"content")
    assert (tmp_path / "new.pdf").read_bytes() == b"content"
    assert (tmp_path / "new.pdf").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["new.pdf"]


def test_an_old_file_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "old.pdf"
    file.write_bytes(b"before")
    file.chmod(0o644)
    write_whole(file, b"after")
    assert file.read_bytes() == b"after"
    assert file.stat().st_mode & 0o777 == 0o644


def test_nothing_is_a_content_too(tmp_path: Path) -> None:
    write_whole(tmp_path / "empty", b"")
    assert (tmp_path / "empty").read_bytes() == b""


@pytest.mark.parametrize("where", ["no/new.pdf", "folder", "file/new.pdf", "x" * 300])
def test_where_no_file_can_be(where: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"before")
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / where, b"content")
    assert "nothing was written" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"before"


@pytest.mark.parametrize("broken", ["fsync", "fdopen"])
def test_a_write_that_breaks_leaves_what_was_there(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.pdf"
    file.write_bytes(b"before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_whole(file, b"after")
    assert file.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["old.pdf"]


def test_an_error_without_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="OSError"):
        write_whole(tmp_path / "new.pdf", b"content")


def test_an_interruption_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "new.pdf", b"content")
    assert os.listdir(tmp_path) == []


def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "target.pdf"
    target.write_bytes(b"before")
    (tmp_path / "link.pdf").symlink_to(target)
    write_whole(tmp_path / "link.pdf", b"after")
    assert (tmp_path / "link.pdf").read_bytes() == b"after"
    assert target.read_bytes() in (b"before", b"after")
