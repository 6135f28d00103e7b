"""The work folder: each case file in a row, whatever else lies there in a line, and nothing of it stops the rest."""

import json
import os
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mild_biller import loader
from mild_biller.core.review.readiness import Standing
from mild_biller.store import case_folder
from mild_biller.store.case_folder import CaseRow, FoundFile, ReviewRules, read_row, read_rows, survey
from tests.support import EXAMPLES, TODAY, changed, example, written

RULES = ReviewRules(loader.catalog(), loader.layout, TODAY)
KEPT = {"/patient/last": "CANARY", "/patient/first": "ALMA", "/patient/middle": None}
HOSTILE = st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.sampled_from([b"{}", b"null"]))
needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows wants rights for links and has no pipes")


def rows(folder: Path) -> dict[str, CaseRow]:
    """Read a whole folder, by the name of each file."""
    read = [read_row(found, rules=RULES) for found in survey(folder).files]
    return {row.path.name: row for row in read if row is not None}


def test_a_case_in_a_row(tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), KEPT))
    assert rows(tmp_path) == {
        "case.json": CaseRow(
            path=file,
            name="CANARY, ALMA",
            service=date(2026, 3, 10),
            payer="Medicare",
            standing=Standing(claims=1),
            digest=sha256(file.read_bytes()).hexdigest(),
        )
    }


def test_every_example_has_its_row() -> None:
    found = rows(EXAMPLES)
    assert len(found) == len(list(EXAMPLES.glob("*.json")))
    assert all(row.standing and row.name and row.payer and not row.refusal for row in found.values())


def test_a_case_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text("{}")
    row = rows(tmp_path)["case.json"]
    assert (row.name, row.service, row.payer, row.refusal) == ("", None, "", "")
    assert row.standing is not None
    assert not row.standing.is_ready


def test_a_service_is_ahead_only_until_its_day(tmp_path: Path) -> None:
    written(tmp_path, example())
    (found,) = survey(tmp_path).files
    for today, is_ready in ((date(2026, 3, 9), False), (date(2026, 3, 10), True)):
        row = read_row(found, rules=ReviewRules(RULES.catalog, RULES.layouts, today))
        assert row is not None
        assert row.standing is not None
        assert row.standing.is_ready is is_ready


def test_only_case_files_of_the_folder_itself(tmp_path: Path) -> None:
    for name in ("case.json", "OTHER.JSON", ".hidden.json", "._case.json", "case.json.bak", "note.txt", "json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "deep.json").write_text("{}")
    assert sorted(rows(tmp_path)) == ["OTHER.JSON", "case.json"]
    assert survey(tmp_path).line == ""


def test_a_name_is_shown_as_one_line_of_a_length(tmp_path: Path) -> None:
    written(tmp_path, changed(example(), {**KEPT, "/patient/last": "A\nB\u202eC\x00 " + "X" * 10_000}))
    name = rows(tmp_path)["case.json"].name
    assert name.startswith("A BC X")
    assert len(name) <= case_folder.MOST_WORDS
    assert name.isprintable()


UNREADABLE = {
    "empty.json": (b"", "not JSON"),
    "junk.json": (b"\x00\xff\xfe", "not a text file in UTF-8"),
    "list.json": (b"[]", "the outermost value is not an object"),
    "newer.json": (b'{"format": 99}', "newer than this program reads"),
    "key.json": (b'{"pation": {}}', "unknown key"),
    "twice.json": (b'{"id": "a", "id": "b"}', "listed twice"),
    "deep.json": (b"[" * 100_000, "lists within lists"),
    "long.json": (b" " * 5_000_001, "too large"),
    "many.json": (b'{"x": [' + b"1," * 5_001 + b"1]}", "far more than a case does"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why_in_a_line(tmp_path: Path, name: str) -> None:
    content, why = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    written(tmp_path, example())
    found = rows(tmp_path)
    assert found["case.json"].standing == Standing(claims=1)
    assert why in found[name].refusal
    assert found[name].standing is None
    assert "\n" not in found[name].refusal
    assert str(tmp_path) not in found[name].refusal


def test_a_huge_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert "too large" in rows(tmp_path)["huge.json"].refusal


def test_a_file_that_grows_meanwhile_is_not_read_whole(tmp_path: Path) -> None:
    file = written(tmp_path, example())
    (found,) = survey(tmp_path).files
    with file.open("wb") as grown:
        grown.truncate(50_000_000)
    row = read_row(found, rules=RULES)
    assert row is not None
    assert "too large" in row.refusal


def test_a_folder_with_the_name_of_a_case(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    assert rows(tmp_path)["x.json"].refusal == "It is a folder."


@needs_links
def test_links_and_pipes(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    os.symlink("loop.json", folder / "loop.json")
    os.symlink("nothing", folder / "dangling.json")
    os.symlink(folder, folder / "round.json")
    os.symlink(written(tmp_path, example(), name="elsewhere.json"), folder / "linked.json")
    os.mkfifo(folder / "pipe.json")
    found = rows(folder)
    assert found["loop.json"].refusal.startswith("It could not be read (")
    assert found["dangling.json"].refusal == "It is a broken link."
    assert found["round.json"].refusal == "It is a folder."
    assert found["pipe.json"].refusal == "It is not a file."
    assert found["linked.json"].standing == Standing(claims=1)


class Gone:
    """An entry of a folder whose file is gone when it is looked at."""

    name = "gone.json"

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / self.name)

    def stat(self) -> os.stat_result:
        raise FileNotFoundError

    def is_symlink(self) -> bool:
        return False


def test_a_file_that_vanishes_before_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Scan(list[Gone]):
        def __enter__(self) -> "Scan":
            return self

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", lambda folder: Scan([Gone(Path(folder))]))
    assert survey(tmp_path).files == ()


def test_a_file_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, example())
    (found,) = survey(tmp_path).files
    file.unlink()
    assert read_row(found, rules=RULES) is None


def test_a_file_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, example())
    (found,) = survey(tmp_path).files

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    row = read_row(found, rules=RULES)
    assert row == CaseRow(found.path, refusal="It could not be read (Permission denied).")


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.write_bytes(b"")], ids=["gone", "a file"])
def test_a_folder_that_is_none(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "cases")
    found = survey(tmp_path / "cases")
    assert found.files == ()
    assert found.line.startswith("The work folder could not be read (")
    assert found.line.endswith("Choose it again in the File menu.")


def test_a_folder_whose_name_is_none() -> None:
    assert survey(Path("a\0b")).line.startswith("The work folder could not be read (ValueError)")


def test_more_files_than_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (tmp_path / f"{number}.json").write_text("{}")
    monkeypatch.setattr(case_folder, "MOST_FILES", 5)
    assert (len(survey(tmp_path).files), survey(tmp_path).line) == (5, "")
    monkeypatch.setattr(case_folder, "MOST_FILES", 3)
    assert len(survey(tmp_path).files) == 3
    assert survey(tmp_path).line.startswith("Only the first 3 case files are listed.")
    monkeypatch.setattr(case_folder, "MOST_ENTRIES", 2)
    assert len(survey(tmp_path).files) == 2


def test_a_file_that_changed_is_another_to_find(tmp_path: Path) -> None:
    file = written(tmp_path, example())
    before = survey(tmp_path).files
    assert survey(tmp_path).files == before
    state = file.stat()
    file.write_text(json.dumps(example()) + " ")
    assert survey(tmp_path).files != before
    other = written(tmp_path, example(), name="other")
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(file)  # as long and as old as it was
    assert file.stat().st_size == state.st_size
    assert survey(tmp_path).files != before


def many(count: int) -> tuple[FoundFile, ...]:
    return tuple(FoundFile(Path(f"{number}.json"), refusal="no file") for number in range(count))


def test_as_many_are_read_as_the_time_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(case_folder.time, "monotonic", lambda: float(next(clock)))
    assert len(read_rows(many(9), rules=RULES, seconds=3, is_stopped=lambda: False)) == 3


def test_one_is_read_however_short_the_time() -> None:
    assert len(read_rows(many(9), rules=RULES, seconds=0, is_stopped=lambda: False)) == 1


def test_all_are_read_when_there_is_time() -> None:
    assert len(read_rows(many(9), rules=RULES, seconds=60, is_stopped=lambda: False)) == 9
    assert read_rows((), rules=RULES, seconds=60, is_stopped=lambda: False) == ()


def test_reading_stops_when_asked() -> None:
    assert len(read_rows(many(9), rules=RULES, seconds=60, is_stopped=lambda: True)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(HOSTILE, max_size=4))
def test_whatever_lies_there_is_met_with_a_row(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("cases")
    for number, content in enumerate(contents):
        (folder / f"{number}.json").write_bytes(content)
    found = rows(folder)
    assert len(found) == len(contents)
    for number, content in enumerate(contents):
        row = found[f"{number}.json"]
        assert (row.standing is None) == bool(row.refusal)
        assert row.digest in ("", sha256(content).hexdigest())
        assert (row.digest == "") == bool(row.refusal)
