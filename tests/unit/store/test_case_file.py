"""Case files: every refusal is one line that names the key; absent, null and empty stay apart; what is saved opens."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mild_biller.core.case.model import Case
from mild_biller.core.case.pointer import read
from mild_biller.errors import CaseFileError, OutputError
from mild_biller.store.case_file import MOST_BYTES, dump_case, open_case, parse_case, save_case
from tests.support import EXAMPLES, PACK, case, changed, example, example_names, parsed, written


def refusal(content: bytes | str) -> str:
    """Return the line of the refusal."""
    with pytest.raises(CaseFileError) as caught:
        parse_case(content.encode() if isinstance(content, str) else content, catalog=PACK.catalog)
    line = str(caught.value)
    assert line == " ".join(line.split())
    assert line.endswith(".")
    assert len(line) < 600
    return line


def refused(changes: dict[str, Any]) -> str:
    return refusal(json.dumps(changed(example(), changes)))


# Not JSON, or not a case.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not JSON"),
        (" \n\t", "not JSON"),
        ("{", "not JSON"),
        ('{"id": "x"', "not JSON"),
        ("{'id': 'x'}", "not JSON"),
        ('{"id": "x",}', "not JSON"),
        ('{"id": "x"} {}', "not JSON"),
        ('{"id": "a\nb"}', "not JSON"),
        ("%PDF-1.4", "not JSON"),
        ('{"id": NaN}', "NaN"),
        ('{"id": Infinity}', "Infinity"),
        ('{"id": -Infinity}', "Infinity"),
        ('{"answers": {"spondylolisthesis_grade": NaN}}', "NaN"),
        ("[]", "object"),
        ('"case"', "object"),
        ("null", "object"),
        ("1", "object"),
        ("[" * 100_000, "not"),
        ('{"a":' * 50_000, "not"),
        ("[" * 5_000 + "]" * 5_000, "not"),
        ('{"procedure": {"device": {"units": ' + "9" * 5_000 + "}}}", "number"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"id": "\xe9"}', "UTF-8"),
        ('{"id": "x"}'.encode("utf-16"), "UTF-8"),
        (b"\x00" * 10, "not JSON"),
    ],
)
def test_not_a_case(content: bytes | str, says: str) -> None:
    assert says in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "\\ud800"}',
        '{"id": "\\udfff x"}',
        '{"\\ud800": 1}',
        '{"claim": {"charges": {"\\ud800": "1.00"}}}',
        '{"claim": {"lines": [{"modifiers": ["\\udc00"]}]}}',
    ],
)
def test_half_a_character_is_refused(content: str) -> None:
    assert "\ud800" not in refusal(content)  # a line that any console can print


def test_a_whole_character_of_two_halves_opens() -> None:
    assert parse_case(b'{"id": "\\ud83d\\ude00"}', catalog=PACK.catalog).id == "\U0001f600"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_case(b"\xef\xbb\xbf" + json.dumps(example()).encode(), catalog=PACK.catalog) == case()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('{"id": "a", "id": "b"}', "id"),
        ('{"patient": {"last": "A", "last": "A"}}', "last"),
        ('{"claim": {"charges": {"62330": "1", "62330": "2"}}}', "62330"),
        ('{"prior_procedures": [{"kind": null, "kind": "mild"}]}', "kind"),
    ],
)
def test_a_key_that_stands_twice(content: str, key: str) -> None:
    line = refusal(content)
    assert f"'{key}'" in line
    assert "twice" in line


def test_a_key_that_stands_twice_is_found_among_very_many() -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(200_000))
    assert "'k199999' is listed twice" in refusal(f'{{{keys}, "k199999": 2}}')


# Formats.


@pytest.mark.parametrize(("number", "says"), [(2, "newer"), (99, "newer"), (10**30, "newer")])
def test_a_newer_format(number: int, says: str) -> None:
    line = refused({"/format": number})
    assert says in line
    assert "/format" in line


@pytest.mark.parametrize("value", [0, -1, "1", True, False, 1.0, 1.5, [1], {}])
def test_a_format_that_is_none(value: Any) -> None:
    assert refused({"/format": value}).startswith("/format")


@pytest.mark.parametrize("data", [{}, {"format": 1}, {"format": None}])
def test_an_empty_case_opens(data: dict[str, Any]) -> None:
    assert parsed(data) == Case(**data)


# Keys, types, words.


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/patent", {}),
        ("/patient/birthdate", "1951-07-06"),
        ("/patient/Last", "X"),
        ("/coverages/0/memberid", "X"),
        ("/coverages/0/contractor/fax", "X"),
        ("/answers/scores/pdi", 3),
        ("/answers/conservative_care/0/until", "2026-01-01"),
        ("/prior_procedures/0/level", "L4"),
        ("/procedure/interspaces/1/sides", "left"),
        ("/providers/referring/street", "X"),
        ("/providers/billing/first", "X"),
        ("/claim/line", []),
        ("/claim/lines", [{"cpt": "62330"}]),
        ("/facility_claim", {"bill": 1}),
        ("/attachments", [{"file": "x"}]),
        ("/procedure/from_", "2026-01-01"),
        ("/claim/unable_to_work", {"from_": "2026-01-01"}),
    ],
)
def test_an_unknown_key_is_named(pointer: str, value: Any) -> None:
    line = refused({pointer: value})
    last = pointer.rpartition("/")[2] if not isinstance(value, list | dict) or not value else ""
    assert "unknown key" in line
    assert line.startswith(pointer.rsplit("/", 1)[0] or "/")
    assert last in line


def test_an_unknown_key_in_an_own_payer() -> None:
    payer = {"name": "X", "plan_type": "commercial", "fax": "1"}
    assert refused({"/coverages/0/payer": payer}).startswith("/coverages/0/payer/fax:")


@pytest.mark.parametrize(
    "content",
    [
        '{"NAME": 1}',
        '{"NAME": 1, "NAME": 2}',
        '{"coverages": [{"payer": "NAME"}]}',
        '{"coverages": [{"payer": {"name": "A PLAN", "plan_type": "commercial", "policy": "NAME"}}]}',
    ],
)
def test_a_long_name_is_shortened(content: str) -> None:
    assert f"{'k' * 80}..." in refusal(content.replace("NAME", "k" * 81))
    assert f"{'k' * 80}..." not in refusal(content.replace("NAME", "k" * 80))


def test_a_key_with_a_slash_is_escaped() -> None:
    assert refused({"/patient/a~1b": 1}).startswith("/patient/a~1b:")


@pytest.mark.parametrize(
    ("pointer", "value", "wanted"),
    [
        ("/id", 4711, "text in quotes"),
        ("/id", True, "text in quotes"),
        ("/patient", [], "an object"),
        ("/patient", "ALMA", "an object"),
        ("/coverages", {}, "a list"),
        ("/coverages/0", "medicare", "an object"),
        ("/coverages/0/payer", 7, "an object"),
        ("/answers/in_ced_study", "yes", "true or false"),
        ("/answers/in_ced_study", 1, "true or false"),
        ("/answers/in_ced_study", 0, "true or false"),
        ("/answers/spondylolisthesis_grade", "1", "a whole number"),
        ("/answers/spondylolisthesis_grade", 1.5, "a whole number"),
        ("/answers/spondylolisthesis_grade", True, "a whole number"),
        ("/answers/ligamentum_flavum_mm", 4.1, "text in quotes"),
        ("/procedure/diagnoses", "M48.062", "a list"),
        ("/procedure/diagnoses", [48], "text in quotes"),
        ("/procedure/date_of_service", 20260310, "a date"),
        ("/procedure/trial_number", 3072927, "text in quotes"),
        ("/providers/billing/npi", 2000000010, "text in quotes"),
        ("/claim/charges", [], "an object"),
        ("/claim/charges", {"62330": 4600.0}, "text in quotes"),
        ("/claim/charges", {"62330": None}, "text in quotes"),
        ("/claim/amount_paid", 0, "text in quotes"),
        ("/claim/lines", [{"units": "1"}], "a whole number"),
        ("/claim/lines", [None], "an object"),
        ("/claim/lines", {"code": "62330"}, "a list"),
        ("/prior_procedures", "none", "a list"),
        ("/denial", [], "an object"),
    ],
)
def test_a_wrong_type(pointer: str, value: Any, wanted: str) -> None:
    line = refused({pointer: value})
    assert line.startswith(pointer)
    assert wanted in line


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/answers/scores", {"odi": 1.5}),
        ("/answers/scores", {"odi": []}),
        ("/claim/claim_codes", 7),
        ("/claim/claim_codes", [7]),
    ],
)
def test_a_wrong_type_where_two_would_do(pointer: str, value: Any) -> None:
    assert refused({pointer: value}).startswith(pointer)


@pytest.mark.parametrize(
    "day",
    [
        *("2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "10000-01-01", "2025-02-30"),
        *("20260310", "2026-3-10", "03/10/2026", "2026-03-10T00:00:00", "2026-03 -10", "2026 03 10", ""),
        *("2026-W11-2", "2026-069", "today", "２０２６-０３-１０"),
    ],
)
def test_a_date_that_does_not_exist(day: str) -> None:
    for pointer in ("/procedure/date_of_service", "/patient/birth_date", "/prior_procedures/0/date"):
        line = refused({pointer: day})
        assert line.startswith(f"{pointer}:")
        assert "YYYY-MM-DD" in line


@pytest.mark.parametrize("day", ["2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_date_that_does(day: str) -> None:
    opened = case(changes={"/procedure/date_of_service": day})
    assert opened.procedure is not None
    assert str(opened.procedure.date_of_service) == day


# Closed lists, with every word of the contract.
LISTS: dict[str, tuple[str, ...]] = {
    "/coverages/0/payer/plan_type": (
        *("medicare", "medicare-advantage", "medigap", "medicaid", "tricare", "va", "workers-compensation"),
        *("bcbs-federal", "commercial", "self-pay"),
    ),
    "/procedure/region": ("cervical", "thoracic", "lumbar"),
    "/procedure/interspaces/0/side": ("bilateral", "left", "right"),
    "/patient/sex": ("F", "M", "X"),
    "/coverages/0/relationship": ("self", "spouse", "child", "other"),
    "/procedure/setting": (
        *("office", "hospital-inpatient", "hospital-outpatient", "off-campus-outpatient"),
        *("critical-access-hospital", "asc", "va-facility"),
    ),
    "/providers/billing/tax_id_kind": ("ein", "ssn"),
    "/providers/referring/role": ("referring", "ordering", "supervising"),
    "/answers/imaging_kind": ("mri", "ct", "ct-myelogram"),
    "/procedure/imaging_guidance": ("fluoroscopy", "ct"),
    "/prior_procedures/0/kind": (
        *("laminectomy", "laminotomy", "fusion", "interspinous-decompression", "mild"),
        *("epidural-steroid-injection", "other"),
    ),
    "/answers/conservative_care/0/kind": (
        *("physical-therapy", "home-exercise", "medication", "epidural-steroid-injection", "other"),
    ),
    "/answers/conservative_care/0/outcome": ("failed", "partial", "improved"),
    "/attachments/0/kind": (
        *("imaging-report", "clinic-note", "therapy-note", "procedure-note", "score-sheet", "member-notice", "abn"),
        *("authorization", "eob", "other"),
    ),
    "/notices/0/kind": ("abn", "member-notice", "organization-determination", "good-faith-estimate"),
    "/claim/form": ("cms1500", "ub04"),
}


def start(pointer: str) -> str:
    return "own-payer-spouse" if pointer.startswith("/coverages/0/payer") else "medicare-asc-2026"


@pytest.mark.parametrize("pointer", sorted(LISTS))
def test_every_word_of_a_closed_list_opens(pointer: str) -> None:
    for word in LISTS[pointer]:
        assert read(case(start(pointer), {pointer: word}), pointer) == word


@pytest.mark.parametrize("pointer", sorted(LISTS))
def test_a_word_outside_a_closed_list_is_told_the_list(pointer: str) -> None:
    for word in ("knee", "", "LUM BAR", "f. ", "Selves"):
        line = refusal(json.dumps(changed(example(start(pointer)), {pointer: word})))
        assert line.startswith(f"{pointer}:")
        assert all(known in line for known in LISTS[pointer])


def test_an_unknown_payer_is_told_the_payers() -> None:
    line = refused({"/coverages/0/payer": "aetna"})
    assert line.startswith("/coverages/0/payer:")
    assert all(payer in line for payer in ("'aetna'", "medicare", "premera-medicare-advantage", "self-pay"))


def test_an_unknown_payer_further_down() -> None:
    line = refused({"/coverages/1": {"payer": "Medi care"}})
    assert line.startswith("/coverages/1/payer:")


def test_an_unknown_policy_of_an_own_payer() -> None:
    own = {"name": "X", "plan_type": "commercial", "policy": "aetna-1"}
    line = refused({"/coverages/0/payer": own})
    assert line.startswith("/coverages/0/payer/policy:")
    assert "premera-7-01-126" in line


@pytest.mark.parametrize("missing", ["name", "plan_type"])
def test_an_own_payer_without_what_it_needs(missing: str) -> None:
    own = {key: value for key, value in {"name": "X", "plan_type": "commercial"}.items() if key != missing}
    assert refused({"/coverages/0/payer": own}).startswith(f"/coverages/0/payer/{missing}:")


def test_malformed_is_no_refusal() -> None:
    changes = {
        "/providers/billing/npi": "1",
        "/coverages/0/member_id": "1S",
        "/procedure/trial_number": "123",
        "/claim/charges/62330": "-1",
        "/claim/lines": [{"modifiers": ["QO"], "units": -1, "code": "?"}],
        "/claim/diagnoses": ["?"] * 20,
        "/patient/last": "Тестов",
    }
    assert case(changes=changes).claim is not None


# Absent, null, empty.


def test_absent_and_null_are_told_apart() -> None:
    given = parsed({"procedure": {"trial_number": None}}).procedure
    absent = parsed({"procedure": {}}).procedure
    assert given is not None
    assert absent is not None
    assert given == absent.with_(trial_number=None)
    assert ("trial_number" in given.model_fields_set, "trial_number" in absent.model_fields_set) == (True, False)


def test_an_empty_list_is_a_list() -> None:
    opened = parsed({"prior_procedures": [], "claim": {"lines": [], "diagnoses": None}})
    assert opened.prior_procedures == ()
    assert opened.claim is not None
    assert opened.claim.lines == ()
    assert opened.claim.diagnoses is None


# Files.


def test_opening_a_file(tmp_path: Path) -> None:
    assert open_case(written(tmp_path, example()), catalog=PACK.catalog) == case()


@pytest.mark.parametrize("name", ["missing.json", "folder", "missing/case.json"])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CaseFileError) as caught:
        open_case(tmp_path / name, catalog=PACK.catalog)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    file = written(tmp_path, example())
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(CaseFileError, match="Permission denied"):
        open_case(file, catalog=PACK.catalog)


def test_an_error_without_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> bytes:
        raise OSError

    file = written(tmp_path, example())
    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(CaseFileError, match="OSError"):
        open_case(file, catalog=PACK.catalog)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(CaseFileError, match="too large"):
        open_case(file, catalog=PACK.catalog)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device here")
def test_a_device_is_no_case() -> None:
    with pytest.raises(CaseFileError, match="not JSON"):
        open_case(Path("/dev/null"), catalog=PACK.catalog)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, {"patent": {}})
    with pytest.raises(CaseFileError, match=r"case\.json: /patent: unknown key"):
        open_case(file, catalog=PACK.catalog)


# Round trip.


@pytest.mark.parametrize("name", example_names())
def test_saved_and_opened_again(name: str, tmp_path: Path) -> None:
    opened = open_case(EXAMPLES / f"{name}.json", catalog=PACK.catalog)
    save_case(tmp_path / "saved.json", opened)
    assert open_case(tmp_path / "saved.json", catalog=PACK.catalog) == opened
    assert json.loads((tmp_path / "saved.json").read_text(encoding="utf-8")) == example(name)


def test_a_saved_case_names_its_format() -> None:
    assert json.loads(dump_case(parsed({"id": "x"}))) == {"format": 1, "id": "x"}
    assert json.loads(dump_case(parsed({"format": None}))) == {"format": None}


def test_a_saved_case_is_text_with_an_end() -> None:
    saved = dump_case(case(changes={"/patient/last": "Müller"}))
    assert saved.endswith(b"}\n")
    assert "Müller".encode() in saved


def test_from_keeps_its_name() -> None:
    saved = json.loads(dump_case(case(changes={"/claim/unable_to_work": {"from": "2026-03-10"}})))
    assert saved["claim"]["unable_to_work"] == {"from": "2026-03-10"}


def test_a_case_that_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        save_case(tmp_path / "no" / "case.json", case())
    assert os.listdir(tmp_path) == []
