"""Denials as a remittance prints them: each notation is read, each code has its answer (`codes.toml`)."""

import re
from datetime import date
from typing import Any

import pytest

from mild_biller.core.case.denial import Denial, is_remark
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.core.documents.letters import letter
from mild_biller.core.rules.finding import Finding, Severity
from tests.denials.codes import CODES, NOTATIONS
from tests.support import BASE, PACK, reviewed

LETTERS = (LetterKind.APPEAL, LetterKind.RESUBMISSION)
LATER = date(2026, 3, 30)
KNOWN = {code for row in PACK.catalog.denials for code in row.known}


def found(*codes: str, key: str = "carc", name: str = BASE) -> list[Finding]:
    """Return the findings on a denial with these codes."""
    return list(reviewed(name, {"/denial": {"date": "2026-03-25", key: list(codes)}}, today=LATER).findings)


def rules(*codes: str, key: str = "carc") -> set[str]:
    """Return the ids of the findings on a denial with these codes."""
    return {each.rule for each in found(*codes, key=key)}


@pytest.mark.parametrize(("row", "typed"), NOTATIONS, ids=[typed for _, typed in NOTATIONS])
def test_every_notation_is_read(row: dict[str, Any], typed: str) -> None:
    read = rules(*row.get("beside", ()), typed)
    assert row["means"] in read, row["why"]
    assert not read & {"denial-unknown", "denial-codes-unexplained"}


@pytest.mark.parametrize("typed", ["CO-50", "n386 co 50"])
def test_the_field_it_was_typed_into_does_not_matter(typed: str) -> None:
    assert "denied-not-necessary" in rules(typed, key="rarc")


def test_group_and_code_cut_apart_are_one() -> None:
    """The field cuts at a blank: CO 50 is two entries of the case file."""
    assert "denied-not-necessary" in rules("co", "50", "N386")


@pytest.mark.parametrize("row", CODES, ids=lambda row: row["typed"])
def test_every_code_has_its_answer(row: dict[str, Any]) -> None:
    seen = {each.rule: each for each in found(*row["typed"].split())}
    assert row["means"] in seen, row["source"]
    assert "denial-codes-unexplained" not in seen
    assert ("resubmit-instead-of-appeal" in seen) is (row["then"] == "new-claim")
    assert ("medicare-redetermination" in seen) is (row["then"] == "appeal")
    if row["then"] == "appeal":
        assert "2026-07-28" in seen["medicare-redetermination"].message
    assert seen[row["means"]].remedy


@pytest.mark.parametrize("row", CODES, ids=lambda row: row["typed"])
def test_the_letter_that_fits_is_not_refused(row: dict[str, Any]) -> None:
    done = reviewed(BASE, {"/denial": {"date": "2026-03-25", "carc": row["typed"].split()}}, today=LATER)
    refused = {kind.value: bool(letter(kind, done, rules=PACK.letters).refusals) for kind in LETTERS}
    assert refused["resubmission"] is (row["then"] != "new-claim")
    if row["then"] != "nothing":
        assert refused["appeal"] is (row["then"] == "new-claim")


def test_every_row_is_expected_here() -> None:
    assert {row["means"] for row in CODES} == {row.id for row in PACK.catalog.denials}


def test_every_code_our_own_edits_predict_is_known() -> None:
    """Section D: what the program says a payer will answer, it can explain."""
    predicted = {
        code.split()[1] for edit in PACK.catalog.edits for code in edit.denial if code.startswith(("CARC", "RARC"))
    }
    assert predicted - KNOWN == set()


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_codes_are_written_as_codes(code: str) -> None:
    assert re.fullmatch(r"[1-9]\d{0,2}|[ABDPWY][1-9]\d?|(M|N)[1-9]\d{0,2}|MA\d{2,3}", code)
    assert Denial(carc=(code,)).shown == (code,)
    assert is_remark(code) is (code[0] in "MN")


def test_what_is_no_denial_is_only_told() -> None:
    (told,) = [each for each in found("CO-45") if each.rule == "adjusted-to-contract"]
    assert told.severity is Severity.INFO


def test_the_particular_meaning_stands_for_the_general_one() -> None:
    """CARC 97 with M15 is packaging, not a denial; CARC 16 with a remark is what the remark says."""
    assert "denied-included" not in rules("97", "M15")
    assert "denied-incomplete" not in rules("16", "N290")


def test_a_remark_alone_asks_for_its_reason() -> None:
    """Whether the claim was decided is in the reason code: without it there is neither a date nor a letter."""
    alone = rules("N290", key="rarc")
    assert "denial-reason-missing" in alone
    assert not alone & {"medicare-redetermination", "resubmit-instead-of-appeal", "denial-unknown"}


def test_a_code_nobody_knows_beside_one_we_know_is_named() -> None:
    (told,) = [each for each in found("CO-50", "N999") if each.rule == "denial-codes-unexplained"]
    assert "N999" in told.message
    assert told.severity is Severity.INFO


def test_repairs_are_listed() -> None:
    listed = reviewed(BASE, {"/denial": {"date": "2026-03-25", "carc": ["co 50"], "rarc": ["ma 130"]}}).repairs
    assert {(each.path, each.repaired) for each in listed} >= {
        ("/denial/carc/0", "CO-50"),
        ("/denial/rarc/0", "MA130"),
    }
