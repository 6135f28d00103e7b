"""Odd blanks in what a case file chooses from a list: dates, words of closed lists, payers, policies.

Source: case file format 1, section 1: a repair changes how a value is written, never what it says, and each is listed.
What such a text says apart from its blanks must still be on its list.
"""

import json
from typing import Any

import pytest

from mild_biller.core.case.repair import Repair, repair
from mild_biller.errors import CaseFileError
from mild_biller.store import case_file
from mild_biller.store.case_file import dump_case, parse_case
from tests.support import PACK, changed, command, example, parsed, reported, written

OWN = {"name": "LAKES HEALTH", "plan_type": "commercial", "policy": "premera-7-01-126"}
WORDS: list[tuple[str, str]] = [
    ("/coverages/0/payer", "medicare"),
    ("/coverages/0/relationship", "self"),
    ("/patient/sex", "F"),
    ("/patient/birth_date", "1951-07-06"),
    ("/procedure/date_of_service", "2026-03-10"),
    ("/procedure/region", "lumbar"),
    ("/procedure/setting", "asc"),
    ("/procedure/imaging_guidance", "fluoroscopy"),
    ("/procedure/interspaces/1/side", "bilateral"),
    ("/prior_procedures/0/kind", "epidural-steroid-injection"),
    ("/prior_procedures/0/date", "2025-08-20"),
    ("/answers/imaging_kind", "mri"),
    ("/answers/imaging_date", "2026-01-10"),
    ("/answers/conservative_care/0/kind", "physical-therapy"),
    ("/answers/conservative_care/0/from", "2025-09-01"),
    ("/answers/conservative_care/0/outcome", "failed"),
    ("/providers/billing/tax_id_kind", "ein"),
    ("/providers/referring/role", "referring"),
    ("/claim/form", "cms1500"),
]
NEW_WORDS: list[tuple[str, str]] = [
    ("/claim/lines/0/from", "2026-03-10"),
    ("/claim/onset/date", "2026-03-01"),
    ("/facility_claim/statement_from", "2026-03-10"),
    ("/authorization/requested_on", "2026-02-01"),
    ("/denial/date", "2026-03-11"),
    ("/notices/0/kind", "abn"),
    ("/notices/0/signed_on", "2026-03-01"),
    ("/attachments/0/kind", "imaging-report"),
]


@pytest.mark.parametrize(("path", "word"), [*WORDS, *NEW_WORDS], ids=[path for path, _ in [*WORDS, *NEW_WORDS]])
@pytest.mark.parametrize("typed", ["{} ", "\u00a0{}", "\ufeff{}\u200b", "\t{}\n"], ids=ascii)
def test_a_word_with_blanks_around_it_is_the_word(path: str, word: str, typed: str) -> None:
    plain, odd = (parsed(changed(example(), {path: text})) for text in (word, typed.format(word)))
    assert dump_case(odd) == dump_case(plain)
    after, listed = repair(odd)
    again, known = repair(plain)
    assert after == again
    assert listed == (Repair(path, typed.format(word), word), *known)


def test_every_word_of_a_file_may_have_them() -> None:
    typed = {path: f" {word} " for path, word in WORDS}
    plain, odd = reported(), reported(changes=typed)
    listed = [{"path": path, "from": text, "to": text.strip()} for path, text in typed.items()]
    assert sorted(listed, key=str) == sorted((each for each in odd["repairs"] if each not in plain["repairs"]), key=str)
    assert {**odd, "repairs": []} == {**plain, "repairs": []}


def test_a_payer_of_the_offices_own_and_its_policy() -> None:
    odd = {"name": "LAKES HEALTH", "plan_type": "commercial ", "policy": "\u00a0premera-7-01-126"}
    plain, typed = (parsed(changed(example(), {"/coverages/0/payer": payer})) for payer in (OWN, odd))
    assert dump_case(typed) == dump_case(plain)
    more = {each.path for each in repair(typed)[1]} - {each.path for each in repair(plain)[1]}
    assert more == {"/coverages/0/payer/plan_type", "/coverages/0/payer/policy"}


def test_a_repaired_case_has_nothing_left_to_list() -> None:
    once, listed = repair(parsed(changed(example(), {"/procedure/region": "lumbar "})))
    assert Repair("/procedure/region", "lumbar ", "lumbar") in listed
    assert repair(once) == (once, ())


def test_a_case_changed_elsewhere_still_opens_as_it_was_saved() -> None:
    odd = parsed(changed(example(), {"/procedure/region": "lumbar "}))
    assert json.loads(dump_case(odd)) == example()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/procedure/region", "lum bar"),
        ("/procedure/region", "Lumbars "),
        ("/procedure/region", " "),
        ("/procedure/setting", "hospital outpatient"),
        ("/procedure/date_of_service", "2026-02-30 "),
        ("/procedure/date_of_service", "2026 -03-10"),
        ("/procedure/date_of_service", " "),
        ("/coverages/0/payer", "aetna "),
        ("/coverages/0/payer", {**OWN, "policy": "aetna-1 "}),
        ("/answers/spondylolisthesis_grade", "1 "),
        ("/answers/in_ced_study", "true "),
        ("/claim/lines", [{"units": "1 "}]),
        ("/format", "1 "),
    ],
)
def test_what_a_text_says_must_still_be_on_its_list(path: str, value: Any) -> None:
    with pytest.raises(CaseFileError) as caught:
        parse_case(json.dumps(changed(example(), {path: value})).encode(), catalog=PACK.catalog)
    assert str(caught.value).startswith(path)


@pytest.mark.parametrize("coverages", [7, [7], [[]], [{"payer": 7}], [{"payer": {"policy": 7}}], {"0": {}}])
def test_what_names_no_payer_is_refused_as_ever(coverages: Any) -> None:
    with pytest.raises(CaseFileError, match=r"^/coverages"):
        parse_case(json.dumps({"coverages": coverages}).encode(), catalog=PACK.catalog)


@pytest.mark.parametrize("depth", [100, 400, *range(480, 1000, 40), 10_000])
@pytest.mark.parametrize("named", ['"payer": "medicare "', '"relationship": "self "'])
def test_lists_within_lists_are_refused_as_ever(named: str, depth: int) -> None:
    text = f'{{"coverages": [{{{named}}}], "x": {"[" * depth}{"]" * depth}}}'
    with pytest.raises(CaseFileError):
        parse_case(text.encode(), catalog=PACK.catalog)


def test_check_lists_it(tmp_path: Any) -> None:
    file = written(tmp_path, changed(example(), {"/prior_procedures/0/kind": "epidural-steroid-injection\u00a0"}))
    done = command("check", file, "--today", "2026-03-12")
    assert (done.status, done.printed["status"]) == (0, "clean")
    said = {
        "path": "/prior_procedures/0/kind",
        "from": "epidural-steroid-injection\u00a0",
        "to": "epidural-steroid-injection",
    }
    assert said in done.printed["repairs"]


def test_lists_too_deep_to_be_written_again_are_refused_in_one_line() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(CaseFileError, match=r"^not a case file: lists within lists without end\.$"):
        case_file._written(deep)
