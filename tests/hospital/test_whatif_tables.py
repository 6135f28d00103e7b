"""`mild-biller whatif`: slips and facts kept apart, nothing invented, the same case under other payers and dates."""

from pathlib import Path
from typing import Any

import pytest

from tests.mistakes.claims import changes_of
from tests.support import EXAMPLES, Done, changed, command, example, written

ITS_TIME = "2026-03-12"
SURGEON, HOSPITAL, DERIVED = "medicare-asc-2026", "medicare-hospital-2026", "medicare-hospital-derived"


def asked(folder: Path, name: str, changes: dict[str, Any], *words: str) -> Done:
    case = written(folder, changed(example(name), changes))
    return command("whatif", case, "--today", ITS_TIME, *words)


def rows(done: Done, key: str) -> dict[str, tuple[str, str, list[str]]]:
    """Return determination, position and lines of each row, by payer, setting or date."""
    lines = {
        row[key]: ["-".join([line["code"], *line["modifiers"]]) for line in row["lines"]]
        for row in done.printed["table"]
    }
    return {row[key]: (row["determination"], row["position"], lines[row[key]]) for row in done.printed["table"]}


IN_STUDY = ("covered", "covered-with-evidence-development", ["62330-Q0", "62331-Q0"])


def test_lines_of_the_facilitys_own_claim_stand_beside(tmp_path: Path) -> None:
    done = asked(tmp_path, SURGEON, changes_of("surgeon and hospital", {}), "--payers")
    row = next(row for row in done.printed["table"] if row["payer"] == "medicare")
    assert [line["code"] for line in row["facility_lines"]] == ["62330"]
    alone = asked(tmp_path, SURGEON, {}, "--payers")
    assert all("facility_lines" not in row for row in alone.printed["table"])


class TestSlipsAndFacts:
    def test_a_clean_case_has_neither(self) -> None:
        done = command("whatif", EXAMPLES / f"{SURGEON}.json", "--today", ITS_TIME)
        assert done.status == 0
        assert done.printed == {"slips": [], "facts": [], "table": []}

    def test_a_slip_is_mended_by_what_the_program_derives(self, tmp_path: Path) -> None:
        typed = [{"code": "62330", "modifiers": ["QO"]}, {"code": "62331", "modifiers": ["Q0"], "units": 2}]
        done = asked(tmp_path, SURGEON, {"/claim/lines": typed})
        mended = {each["path"]: (each["from"], each["to"]) for each in done.printed["slips"]}
        assert mended == {"/claim/lines/0/modifiers": (["QO"], ["Q0"]), "/claim/lines/1/units": (2, 1)}
        assert done.printed["facts"] == []
        assert done.status == 1

    def test_a_fact_stands_as_it_is(self, tmp_path: Path) -> None:
        """Nothing is proposed for a fact: only what is asked."""
        done = asked(tmp_path, SURGEON, {"/answers/neurogenic_claudication": False})
        facts = {each["path"] for each in done.printed["facts"]}
        assert "/answers/neurogenic_claudication" in facts
        assert all(set(each) == {"path", "rule", "outcome", "message", "remedy"} for each in done.printed["facts"])
        assert not [each for each in done.printed["slips"] if each["path"].startswith("/answers")]

    def test_an_open_question_is_a_fact(self, tmp_path: Path) -> None:
        done = asked(tmp_path, SURGEON, {"/answers/neurogenic_claudication": None})
        (fact,) = [each for each in done.printed["facts"] if each["path"] == "/answers/neurogenic_claudication"]
        assert fact["outcome"] == "unknown"

    def test_what_nobody_can_derive_is_left_to_type(self, tmp_path: Path) -> None:
        done = asked(tmp_path, SURGEON, {"/coverages/0/member_id": "1EG4TE5MS73"})
        assert [(each["path"], each["from"], each["to"]) for each in done.printed["slips"]] == [
            ("/coverages/0/member_id", "1EG4TE5MS73", None)
        ]

    def test_a_trial_number_is_never_made_up(self, tmp_path: Path) -> None:
        """The number is a fact of the study: typed wrong, somebody types it right."""
        done = asked(tmp_path, SURGEON, {"/procedure/trial_number": "3072927"})
        assert [(each["path"], each["to"]) for each in done.printed["slips"]] == [("/procedure/trial_number", None)]

    def test_both_kinds_are_kept_apart(self, tmp_path: Path) -> None:
        changes = {"/claim/lines": [{"code": "62330", "modifiers": ["QO"]}, {"code": "62331"}]}
        done = asked(tmp_path, SURGEON, {**changes, "/answers/neurogenic_claudication": False})
        slips, facts = ({each["path"] for each in done.printed[kind]} for kind in ("slips", "facts"))
        assert "/claim/lines/0/modifiers" in slips
        assert "/answers/neurogenic_claudication" in facts
        assert not slips & facts

    def test_the_removals_together_mend_the_claim(self, tmp_path: Path) -> None:
        typed = [
            {"code": "62330", "modifiers": ["QO"], "pointers": ["A"]},
            {"code": "62331", "modifiers": [], "pointers": ["A"]},
        ]
        broken = {"/claim/lines": typed, "/claim/diagnoses": ["M48.062"]}
        slips = asked(tmp_path, SURGEON, broken).printed["slips"]
        mended = {each["path"]: each["to"] for each in slips}
        assert None not in mended.values()
        data = changed(changed(example(SURGEON), broken), mended)
        assert command("check", written(tmp_path, data), "--today", ITS_TIME).printed["status"] == "clean"

    def test_a_hospital_s_slips(self, tmp_path: Path) -> None:
        done = asked(tmp_path, HOSPITAL, {"/claim/type_of_bill": "0111", "/claim/revenue_lines/5/modifiers": []})
        mended = {each["path"]: each["to"] for each in done.printed["slips"]}
        assert mended["/claim/type_of_bill"] == "0131"
        assert "/claim/revenue_lines/5/modifiers" in mended

    @pytest.mark.parametrize(
        ("path", "typed", "derived"),
        [
            pytest.param("/claim/condition_codes", [], ["30"], id="condition codes"),
            pytest.param("/claim/value_codes", [], [{"code": "D4", "amount": "03072927"}], id="value codes"),
            pytest.param("/claim/revenue_lines/5/modifiers", [], ["Q0"], id="modifiers of a revenue line"),
        ],
    )
    def test_a_hospital_s_slip_tells_what_is_derived(
        self, path: str, typed: object, derived: object, tmp_path: Path
    ) -> None:
        """Nothing after `to` says that somebody must type it; here the program derives it."""
        done = asked(tmp_path, HOSPITAL, {path: typed})
        assert {each["path"]: each["to"] for each in done.printed["slips"]} == {path: derived}


class TestPayers:
    def test_every_payer_is_a_row(self) -> None:
        done = command("whatif", EXAMPLES / f"{SURGEON}.json", "--payers", "--today", ITS_TIME)
        found = rows(done, "payer")
        assert len(found) == 14
        assert {name for name, row in found.items() if row == IN_STUDY} == {
            "medicare",
            "medicare-advantage",
            "premera-medicare-advantage",
        }
        plain = ["62330", "62331"]
        assert found["premera"] == ("not-covered", "investigational", plain)
        assert found["regence"] == ("not-covered", "investigational", plain)
        assert found["optum"] == ("not-covered", "not-medically-necessary", plain)
        assert found["tricare"] == ("not-covered", "not-covered", plain)
        assert found["medicaid"] == ("indeterminate", "varies", plain)
        assert found["workers-compensation"] == ("indeterminate", "varies", plain)
        for name in ("va", "bcbs-federal", "medigap", "commercial", "self-pay"):
            assert (found[name][0], found[name][2]) == ("indeterminate", plain), name

    def test_typed_lines_of_the_surgeon_do_not_go_to_other_payers(self, tmp_path: Path) -> None:
        typed = {"/claim/lines": [{"code": "62330", "modifiers": ["Q0"]}, {"code": "62331", "modifiers": ["Q0"]}]}
        found = rows(asked(tmp_path, SURGEON, typed, "--payers"), "payer")
        assert found["premera"][2] == ["62330", "62331"]

    def test_a_hospital_s_derived_case(self) -> None:
        done = command("whatif", EXAMPLES / f"{DERIVED}.json", "--payers", "--today", ITS_TIME)
        found = rows(done, "payer")
        assert found["medicare"][2] == ["62330-Q0"]
        assert found["premera"] == ("not-covered", "investigational", ["62330"])

    def test_typed_lines_of_the_hospital_do_not_go_to_other_payers(self) -> None:
        """F26: no Q0 to a commercial payer."""
        done = command("whatif", EXAMPLES / f"{HOSPITAL}.json", "--payers", "--today", ITS_TIME)
        assert rows(done, "payer")["premera"][2] == ["62330"]


class TestSettings:
    def test_each_has_its_place_of_service(self) -> None:
        done = command("whatif", EXAMPLES / f"{SURGEON}.json", "--settings", "--today", ITS_TIME)
        places = {row["setting"]: row["lines"][0]["place_of_service"] for row in done.printed["table"]}
        assert places == {
            "office": "11",
            "hospital-inpatient": "21",
            "hospital-outpatient": "22",
            "off-campus-outpatient": "19",
            "critical-access-hospital": "22",
            "asc": "24",
            "va-facility": None,
        }


class TestDates:
    def test_the_codes_follow_the_date(self) -> None:
        dates = "2013-06-05,2025-12-31,2026-01-01"
        done = command("whatif", EXAMPLES / f"{SURGEON}.json", "--dates", dates, "--today", ITS_TIME)
        found = rows(done, "date")
        assert list(found) == dates.split(",")
        assert found["2013-06-05"][0] == "indeterminate"
        assert found["2025-12-31"] == ("covered", "covered-with-evidence-development", ["0275T-Q0"])
        assert found["2026-01-01"] == IN_STUDY

    def test_the_hospital_s_typed_codes_do_not_outlive_their_date(self) -> None:
        done = command("whatif", EXAMPLES / f"{HOSPITAL}.json", "--dates", "2025-12-31", "--today", ITS_TIME)
        assert rows(done, "date")["2025-12-31"][2] == ["0275T-Q0"]

    @pytest.mark.parametrize("dates", ["2026-02-30", "yesterday", "2026-01-01,", "2026-1-1"])
    def test_a_date_that_does_not_exist_is_refused_in_one_line(self, dates: str) -> None:
        done = command("whatif", EXAMPLES / f"{SURGEON}.json", "--dates", dates)
        assert done.status == 2
        assert done.out == ""
        assert len(done.err.splitlines()) == 1

    def test_all_three_tables_stand_one_after_the_other(self) -> None:
        words = ("--payers", "--settings", "--dates", "2026-01-01", "--today", ITS_TIME)
        table = command("whatif", EXAMPLES / f"{SURGEON}.json", *words).printed["table"]
        kinds = [next(key for key in ("payer", "setting", "date") if key in row) for row in table]
        assert kinds == ["payer"] * 14 + ["setting"] * 7 + ["date"]
