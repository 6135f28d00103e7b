"""The command line: statuses, one plain line on standard error, whole files or none, never a traceback."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mild_biller import __version__
from tests.support import ABSENT, BASE, EXAMPLES, LIMIT, ROOT, Changes, Done, Paper, changed, command, example, written

TODAY = ("--today", "2026-03-12")
CLEAN = EXAMPLES / f"{BASE}.json"
ERROR = EXAMPLES / "medicare-office.json"
HOLD = EXAMPLES / "premera-commercial-2026.json"
SEVEN = [{"code": "62330", "charge": "100.10"}, *({"code": "99072", "charge": f"{n}0.01"} for n in range(1, 7))]


def program(*words: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user does, in a process of its own."""
    line = [sys.executable, "-m", "mild_biller", *(str(word) for word in words)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, check=False, timeout=LIMIT, **options)


def assert_refused(done: Done, *words: str) -> None:
    """Unusable input: status 2, nothing on standard output, one plain line on standard error."""
    assert (done.status, done.out) == (2, ""), done
    assert done.err.startswith("mild-biller: ")
    assert done.err.endswith("\n")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert "a mistake in the program" not in done.err
    for word in words:
        assert word in done.err, done.err


def claim(folder: Path, changes: Changes, *words: str, name: str = BASE) -> tuple[Done, Path]:
    """Print an example with changes to a PDF."""
    pdf = folder / "claim.pdf"
    file = written(folder, changed(example(name), changes))
    return command("claim", file, "--out", pdf, *TODAY, *words), pdf


# Statuses.


@pytest.mark.parametrize(("file", "status"), [(CLEAN, 0), (HOLD, 1), (ERROR, 1)])
def test_check_status(file: Path, status: int) -> None:
    done = command("check", file, *TODAY)
    assert (done.status, done.err) == (status, "")
    assert done.printed["today"] == "2026-03-12"


def test_a_warning_leaves_status_0(tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {"/providers/billing/street": "100 MAIN ST."}))
    done = command("check", file, *TODAY)
    assert done.printed["status"] == "warning"
    assert done.status == 0


def test_today_is_the_clocks_where_none_is_given() -> None:
    before = date.today().isoformat()
    printed = command("check", CLEAN).printed["today"]
    assert before <= printed <= date.today().isoformat()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "COMMAND"),
        (("shred", CLEAN), "shred"),
        (("check",), "CASE.json"),
        (("check", "no-such.json"), "no-such.json"),
        (("check", EXAMPLES), "directory"),
        (("check", CLEAN, "--today", "2026-02-30"), "2026-02-30"),
        (("check", CLEAN, "--today", "20260312"), "YYYY-MM-DD"),
        (("check", CLEAN, "--today", "2026-W11-4"), "2026-W11-4"),
        (("check", CLEAN, "--today", "tomorrow"), "tomorrow"),
        (("check", CLEAN, "--today"), "--today"),
        (("check", CLEAN, "--tody", "2026-03-12"), "--tody"),
        (("check", CLEAN, CLEAN), "unrecognized"),
        (("claim", CLEAN), "--out"),
        (("claim", CLEAN, "--out"), "--out"),
        (("claim", CLEAN, "--out", "x.pdf", "--form", "ub92"), "ub92"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "3"), "X,Y"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "1,2,3"), "X,Y"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "a,b"), "a"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "nan,0"), "nan"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "0,inf"), "inf"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge", "--draft"), "--draft"),
        (("claim", CLEAN, "--out", "x.pdf", "--nudge"), "--nudge"),
        (("claim", CLEAN, "--out", "x.pdf", "--scale", "0.89"), "0.89"),
        (("claim", CLEAN, "--out", "x.pdf", "--scale", "1.11"), "1.11"),
        (("claim", CLEAN, "--out", "x.pdf", "--scale", "nan"), "nan"),
        (("claim", CLEAN, "--out", "x.pdf", "--scale", "-1"), "-1"),
        (("claim", CLEAN, "--out", "x.pdf", "--scale", "wide"), "wide"),
        (("self-check", "now"), "now"),
    ],
)
def test_words_that_are_off(
    words: tuple[str | Path, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if not words:  # without a verb the window opens, which is another test's
        words = ("nothing",)
        says = "nothing"
    assert_refused(command(*words))
    assert says.lower() in command(*words).err.lower()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "JSON"),
        (b"   \n", "JSON"),
        (b"{", "JSON"),
        (b"[]", "object"),
        (b'{"format": 2}', "newer"),
        (b'{"patent": {}}', "/patent"),
        (b'{"procedure": {"setting": "garage"}}', "asc"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
    ],
)
@pytest.mark.parametrize("verb", ["check", "claim"])
def test_an_unusable_file(verb: str, content: bytes, says: str, tmp_path: Path) -> None:
    file, pdf = tmp_path / "case.json", tmp_path / "claim.pdf"
    file.write_bytes(content)
    more = ("--out", pdf) if verb == "claim" else ()
    assert_refused(command(verb, file, *more), str(file), says)
    assert not pdf.exists()


def test_a_name_in_any_script_stands_in_the_refusal(tmp_path: Path) -> None:
    assert_refused(command("check", tmp_path / "случай\n.json"), "случай")


# Claims.


def test_a_clean_claim(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {})
    assert done == (0, "", "")
    assert Paper(pdf).pages == 1
    assert pdf.stat().st_mode & 0o077 == 0  # a new file is the user's alone


def test_errors_refuse_one_a_line(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/procedure/setting": "office", "/claim/charges": {"62330": "4600.00"}})
    assert (done.status, done.out) == (1, "")
    lines = done.err.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("mild-biller: error: /") for line in lines)
    assert any("/procedure/setting" in line for line in lines)
    assert any("/claim/charges/62331" in line for line in lines)
    assert not pdf.exists()


def test_a_refusal_leaves_the_file_there_alone(tmp_path: Path) -> None:
    (tmp_path / "claim.pdf").write_bytes(b"yesterday's")
    done, pdf = claim(tmp_path, {"/procedure/setting": "office"})
    assert done.status == 1
    assert pdf.read_bytes() == b"yesterday's"


def test_a_draft_prints_in_spite_of_errors(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/procedure/setting": "office"}, "--draft")
    assert done.status == 1
    assert Paper(pdf).box("24.1_b") == "11"
    with pdfplumber.open(pdf) as document:
        large = [char["text"] for char in document.pages[0].chars if char["size"] > 50]
    assert "".join(large) == "DRAFT"


def test_a_claim_that_is_no_draft_says_so_nowhere(tmp_path: Path) -> None:
    _, pdf = claim(tmp_path, {})
    with pdfplumber.open(pdf) as document:
        assert "DRAFT" not in document.pages[0].extract_text()


def test_a_clean_draft_has_status_0(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {}, "--draft")
    assert done.status == 0
    assert pdf.exists()


def test_a_hold_prints(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {}, name="premera-commercial-2026")
    assert (done.status, done.out) == (1, "")
    assert pdf.exists()


def test_a_service_that_lies_ahead_needs_a_draft(tmp_path: Path) -> None:
    ahead = {"/procedure/date_of_service": "2026-03-13"}
    done, pdf = claim(tmp_path, ahead)
    assert done.status == 1
    assert "--draft" in done.err
    assert not pdf.exists()
    done, pdf = claim(tmp_path, ahead, "--draft")
    assert done.status == 0
    assert pdf.exists()


def test_a_service_of_today_needs_none(tmp_path: Path) -> None:
    done, _ = claim(tmp_path, {"/procedure/date_of_service": "2026-03-12"})
    assert done.status == 0


def test_no_form_no_file(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {}, name="va-facility-2026")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert not pdf.exists()


@pytest.mark.parametrize(("form", "title"), [("cms1500", "CMS-1500"), ("ub04", "UB-04")])
def test_the_form_may_be_chosen(form: str, title: str, tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {}, "--form", form, "--draft", name="medicare-hospital-derived")
    assert done.status in (0, 1)
    with pdfplumber.open(pdf) as document:
        assert title in str(document.metadata["Title"])


def test_data_alone(tmp_path: Path) -> None:
    _, pdf = claim(tmp_path, {}, "--data-only")
    with pdfplumber.open(pdf) as document:
        page = document.pages[0]
        assert page.lines + page.rects + page.curves + page.images == []
        assert (page.width, page.height) == (612, 792)
    paper = Paper(pdf)
    assert paper.box("1a") == "1EG4TE5MK73"
    assert paper.box("2") == "TESTPATIENT, ALMA, Q"


def test_with_the_form_there_are_lines(tmp_path: Path) -> None:
    _, pdf = claim(tmp_path, {})
    with pdfplumber.open(pdf) as document:
        page = document.pages[0]
        assert page.lines or page.rects
    assert Paper(pdf).box("1a") == "1EG4TE5MK73"


def origins(pdf: Path) -> list[tuple[float, float, str]]:
    return Paper(pdf).characters


@pytest.mark.parametrize("words", [("--nudge", "-3,2"), ("--nudge=-3,2",), ("--nudge", "-3.0,+2.0")])
def test_a_nudge_moves_left_and_down(words: tuple[str, ...], tmp_path: Path) -> None:
    plain = origins(claim(tmp_path, {}, "--data-only")[1])
    moved = origins(claim(tmp_path, {}, "--data-only", *words)[1])
    assert len(plain) == len(moved) > 100
    for (x, y, text), (new_x, new_y, new_text) in zip(plain, moved, strict=True):
        assert (new_x - x, new_y - y, new_text) == (pytest.approx(-3), pytest.approx(2), text)


@pytest.mark.parametrize("scale", ["0.9", "1.1", "1.05"])
def test_a_scale_grows_from_the_top_left_corner(scale: str, tmp_path: Path) -> None:
    plain = origins(claim(tmp_path, {}, "--data-only")[1])
    scaled = origins(claim(tmp_path, {}, "--data-only", "--scale", scale)[1])
    for (x, y, text), (new_x, new_y, new_text) in zip(plain, scaled, strict=True):
        assert (new_x, new_y) == (pytest.approx(x * float(scale)), pytest.approx(y * float(scale)))
        assert text == new_text


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    first = claim(tmp_path, {})[1].read_bytes()
    assert claim(tmp_path, {})[1].read_bytes() == first


# Where to.


def test_out_into_a_missing_folder(tmp_path: Path) -> None:
    assert_refused(command("claim", CLEAN, "--out", tmp_path / "no" / "claim.pdf", *TODAY), "claim.pdf")


def test_out_onto_a_folder(tmp_path: Path) -> None:
    assert_refused(command("claim", CLEAN, "--out", tmp_path, *TODAY), str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_out_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert_refused(command("claim", CLEAN, "--out", tmp_path / "file" / "claim.pdf", *TODAY))


def test_out_with_a_name_too_long(tmp_path: Path) -> None:
    assert_refused(command("claim", CLEAN, "--out", tmp_path / f"{'x' * 300}.pdf", *TODAY))
    assert list(tmp_path.iterdir()) == []


def test_a_case_with_a_name_too_long(tmp_path: Path) -> None:
    assert_refused(command("check", tmp_path / f"{'x' * 300}.json"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_out_into_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    assert_refused(command("claim", CLEAN, "--out", tmp_path / "locked" / "claim.pdf", *TODAY))


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert_refused(command("claim", CLEAN, "--out", tmp_path / "claim.pdf", *TODAY), "No space left")
    assert list(tmp_path.iterdir()) == []


def test_out_onto_the_case_file(tmp_path: Path) -> None:
    file = written(tmp_path, example())
    before = file.read_bytes()
    assert_refused(command("claim", file, "--out", file, *TODAY))
    (tmp_path / "link.json").symlink_to(file)
    assert_refused(command("claim", file, "--out", tmp_path / "link.json", *TODAY))
    assert_refused(command("claim", file, "--out", tmp_path / "." / "case.json", *TODAY))
    assert file.read_bytes() == before


def test_out_onto_an_older_claim_keeps_its_rights(tmp_path: Path) -> None:
    pdf = tmp_path / "claim.pdf"
    pdf.write_bytes(b"yesterday's")
    pdf.chmod(0o640)
    assert claim(tmp_path, {})[0].status == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_mode & 0o777 == 0o640


# What does not fit.


@pytest.mark.parametrize("words", [(), ("--draft",)])
def test_a_million_dollars_prints_no_page(words: tuple[str, ...], tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/claim/charges/62330": "1000000.00"}, *words)
    assert done.status == 1
    assert "1000000" in done.err
    assert not pdf.exists()


def test_a_dollar_less_than_a_million_prints(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/claim/charges/62330": "999999.99"})
    paper = Paper(pdf)
    assert done.status == 0
    assert (paper.box("24.1_f_d"), paper.box("24.1_f_c")) == ("999999", "99")
    assert (paper.box("28_d"), paper.box("28_c")) == ("1002299", "99")


def test_more_than_twelve_diagnoses_print_no_page(tmp_path: Path) -> None:
    codes = [f"M54.{n:02}" for n in range(12)]
    thirteen = {"/claim/diagnoses": ["M48.062", *codes]}
    for words in ((), ("--draft",)):
        done, pdf = claim(tmp_path, thirteen, *words, name="premera-commercial-2026")
        assert done.status == 1
        assert "13 diagnoses" in done.err
        assert not pdf.exists()


def test_twelve_diagnoses_print_in_their_places(tmp_path: Path) -> None:
    codes = [f"M54.{n:02}" for n in range(1, 12)]
    _, pdf = claim(tmp_path, {"/claim/diagnoses": ["M48.062", *codes]}, "--draft", name="premera-commercial-2026")
    paper = Paper(pdf)
    wanted = ["M48062", *(code.replace(".", "") for code in codes)]
    assert [paper.box(f"21_{letter}") for letter in "ABCDEFGHIJKL"] == wanted


def test_a_negative_charge(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/claim/charges/62330": "-4600.00"})
    assert done.status == 1
    assert "/claim/charges/62330" in done.err
    assert not pdf.exists()
    done, pdf = claim(tmp_path, {"/claim/charges/62330": "-4600.00"}, "--draft")
    assert done.status == 1
    assert Paper(pdf).box("24.1_f_d") == ""


def test_a_script_the_font_lacks(tmp_path: Path) -> None:
    cyrillic = {"/patient/last": "ТЕСТОВ"}
    done, pdf = claim(tmp_path, cyrillic)
    assert done.status == 1
    assert "/patient/last" in done.err
    assert not pdf.exists()
    done, pdf = claim(tmp_path, cyrillic, "--draft")
    assert done.status == 1
    assert Paper(pdf).box("2") == ""


def test_a_latin_accent_prints(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/patient/last": "Müller"})
    assert done.status == 0
    assert Paper(pdf).box("2") == "MÜLLER, ALMA, Q"


def test_seven_lines_are_two_pages_each_with_its_own_total(tmp_path: Path) -> None:
    changes = {"/claim/lines": SEVEN, "/claim/amount_paid": "25.00"}
    done, pdf = claim(tmp_path, changes, name="premera-commercial-2026")
    assert done.status == 1  # held: the payer calls it investigational
    first, second = Paper(pdf, 1), Paper(pdf, 2)
    assert first.pages == 2
    assert (first.box("28_d"), first.box("28_c")) == ("250", "15")  # 100.10 + 10.01 + ... + 50.01
    assert (second.box("28_d"), second.box("28_c")) == ("60", "01")
    assert (first.box("29_d"), first.box("29_c")) == ("25", "00")
    assert (second.box("29_d"), second.box("29_c")) == ("", "")
    assert [first.box(f"24.{row}_d") for row in range(1, 7)] == ["62330"] + ["99072"] * 5
    assert [second.box(f"24.{row}_d") for row in range(1, 7)] == ["99072"] + [""] * 5
    assert first.box("2") == second.box("2") == "TESTPATIENT, ALMA, Q"
    assert (first.box("page"), second.box("page")) == ("PAGE 1 OF 2", "PAGE 2 OF 2")


def test_six_lines_are_one_page(tmp_path: Path) -> None:
    _, pdf = claim(tmp_path, {"/claim/lines": SEVEN[:6]}, name="premera-commercial-2026")
    assert Paper(pdf).pages == 1
    assert Paper(pdf).box("page") == ""


def test_no_line_no_claim(tmp_path: Path) -> None:
    done, pdf = claim(tmp_path, {"/claim/lines": []})
    assert done.status == 1
    assert not pdf.exists()


def test_a_typed_value_stays_as_typed(tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {"/providers/billing/npi": "2000000011"}))
    before = file.read_bytes()
    done = command("check", file, *TODAY)
    assert any(found["path"] == "/providers/billing/npi" for found in done.printed["findings"])
    assert file.read_bytes() == before


def test_an_attachment_that_is_not_there_is_the_packets_affair(tmp_path: Path) -> None:
    changes = {"/attachments": [{"kind": "imaging-report", "path": "nowhere.pdf"}]}
    done = command("check", written(tmp_path, changed(example(), changes)), *TODAY)
    assert (done.status, done.printed["status"]) == (0, "clean")


# Without any answer.


def test_an_empty_case_opens(tmp_path: Path) -> None:
    done = command("check", written(tmp_path, {}), *TODAY)
    assert done.status == 1
    assert done.printed["determination"] == "indeterminate"
    assert done.printed["case"] is None


@pytest.mark.parametrize("key", sorted(example()))
@pytest.mark.parametrize("value", [None, ABSENT])
def test_a_part_nobody_entered(key: str, value: object, tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {f"/{key}": value}))
    done = command("check", file, *TODAY)
    assert done.status in (0, 1)
    assert done.err == ""
    draft = command("claim", file, "--out", tmp_path / "claim.pdf", "--draft", *TODAY)
    assert draft.status in (0, 1), draft.err


@pytest.mark.parametrize("today", ["0001-01-01", "2026-03-12", "9999-12-31"])
@pytest.mark.parametrize("service", ["0001-01-01", "0999-12-31", "2024-02-29", "9999-12-31"])
def test_any_date_there_is(service: str, today: str, tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {"/procedure/date_of_service": service}))
    done = command("check", file, "--today", today)
    assert done.status in (0, 1), done.err
    draft = command("claim", file, "--out", tmp_path / "claim.pdf", "--draft", "--today", today)
    assert draft.status in (0, 1), draft.err


# As a process.


def test_version() -> None:
    done = program("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mild-biller {__version__}\n".encode(), b"")


def test_help() -> None:
    done = program("--help")
    assert done.returncode == 0
    assert b"check" in done.stdout
    assert done.stderr == b""


def test_self_check() -> None:
    done = program("self-check")
    assert (done.returncode, done.stderr) == (0, b"")


def test_check_as_a_process_writes_utf_8_in_any_locale(tmp_path: Path) -> None:
    file = written(tmp_path, changed(example(), {"/id": "Müller-Ñ"}), "Müller.json")
    done = program("check", file, *TODAY, env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["case"] == "Müller-Ñ"
    missing = program("check", tmp_path / "Müllèr.json", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert missing.returncode == 2
    assert missing.stderr.count(b"\n") == 1
    assert missing.stderr.isascii()


def test_the_same_report_in_every_process(tmp_path: Path) -> None:
    """Whatever seed this process hashes text with."""
    lines = [{"code": "62330", "modifiers": ["Q0", "Q1", "QO", "GA"]}, {"code": "77003"}, {"code": "62323"}]
    changes = {"/claim/lines": lines, "/authorization": {"codes": []}, "/claim/diagnoses": ["M48.062", "Z00.6"]}
    file = written(tmp_path, changed(example("premera-commercial-2026"), changes))
    seeds = ("0", "1", "2", "3", "4", "5")
    said = {program("check", file, *TODAY, env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in seeds}
    assert len(said) == 1


def test_claim_as_a_process(tmp_path: Path) -> None:
    pdf = tmp_path / "claim.pdf"
    done = program("claim", CLEAN, "--out", pdf, *TODAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_reader_that_has_gone() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mild_biller", "check", str(CLEAN)],
            cwd=ROOT,
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
            timeout=LIMIT,
        )
    finally:
        os.close(write)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in (1, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_standard_output_that_is_full() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mild_biller", "check", str(CLEAN)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=LIMIT,
        )
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert b"a mistake in the program" not in done.stderr


# Any bytes.

CONTENT = CLEAN.read_bytes()


@settings(max_examples=150)
@given(
    at=st.integers(0, len(CONTENT) - 1),
    length=st.sampled_from([0, 1, 1, 2, 5, 200]),
    put=st.one_of(st.binary(max_size=3), st.sampled_from([b"null", b"[]", b"{}", b"-1", b"1e999", b'"x"', b"\\ud800"])),
)
def test_no_mutation_of_a_file_shows_a_traceback(
    at: int, length: int, put: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mutation")
    file, pdf = folder / "case.json", folder / "claim.pdf"
    file.write_bytes(CONTENT[:at] + put + CONTENT[at + length :])
    done = command("check", file, *TODAY)
    if done.status == 2:
        assert_refused(done)
    else:
        assert done.err == ""
        assert done.printed["format"] == 1
    printed = command("claim", file, "--out", pdf, *TODAY, "--draft")
    assert printed.status in (0, 1, 2)
    assert "a mistake in the program" not in printed.err
    assert pdf.exists() or printed.status in (1, 2)
