"""The hospital's claim beside the surgeon's, from the command line: each prints, and neither with an error."""

from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.hospital.examples import both
from tests.support import Done, command, written

ITS_TIME = "2026-03-12"


def printed(folder: Path, form: str, changes: dict[str, Any] | None = None) -> tuple[Done, Path]:
    out = folder / f"{form}.pdf"
    words = ("--form", form, "--data-only", "--today", ITS_TIME)
    return command("claim", written(folder, both(changes)), "--out", out, *words), out


def words_of(pdf: Path) -> str:
    with pdfplumber.open(pdf) as document:
        return "".join(each["text"] for page in document.pages for each in page.chars)


def test_each_prints_its_own(tmp_path: Path) -> None:
    surgeon, cms1500 = printed(tmp_path, "cms1500")
    hospital, ub04 = printed(tmp_path, "ub04")
    assert (surgeon.status, hospital.status) == (0, 0)
    assert "THREERIVERSPAINASSOC" in words_of(cms1500).replace(" ", "")
    assert "ALLEGHENYTESTHOSPITAL" in words_of(ub04).replace(" ", "")
    assert "C1889" in words_of(ub04)
    assert "C1889" not in words_of(cms1500)


def test_check_prints_both(tmp_path: Path) -> None:
    done = command("check", written(tmp_path, both()), "--today", ITS_TIME)
    assert done.status == 0
    assert done.printed["form"] == "cms1500"
    assert done.printed["facility_claim"]["form"] == "ub04"


def test_the_hospital_s_own_error_stops_its_claim(tmp_path: Path) -> None:
    done, out = printed(tmp_path, "ub04", {"/facility_claim/condition_codes": []})
    assert done.status == 1
    assert not out.exists()
    assert "error: /facility_claim/condition_codes: " in done.err


def test_the_hospital_s_own_error_fails_the_check(tmp_path: Path) -> None:
    data = both({"/facility_claim/condition_codes": []})
    assert command("check", written(tmp_path, data), "--today", ITS_TIME).status == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"/procedure/trial_number": "3072927"}, id="the trial number"),
        pytest.param({"/claim/charges": {}, "/facility_claim/charges": {}}, id="the charges"),
        pytest.param({"/claim/diagnoses": [], "/facility_claim/diagnoses": []}, id="the diagnoses"),
        pytest.param({"/answers/neurogenic_claudication": False}, id="the patient is not covered"),
    ],
)
def test_an_error_of_both_stops_both(changes: dict[str, Any], tmp_path: Path) -> None:
    """The case file's contract, section 3: with an error nothing is written."""
    for form in ("cms1500", "ub04"):
        done, out = printed(tmp_path, form, changes)
        assert done.status == 1
        assert not out.exists(), form
