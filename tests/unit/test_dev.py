"""The chores of packaging/: what is computed for each kind of machine, and the words that are printed."""

import json
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import dev
import environment
import show
import steps
import system_libraries
import verdict
from command import ROOT, SetupError, capture, last_line, run


class TestCommand:
    def test_the_last_line_is_made_a_sentence(self) -> None:
        assert last_line("one\nERROR: no such file\n\n") == "ERROR: no such file."
        assert last_line("all is well!") == "all is well!"
        assert last_line(" \n") == "It failed without a word."

    def test_a_program_that_is_not_there_is_one_plain_line(self) -> None:
        with pytest.raises(SetupError, match=r"^no-such-program could not be started \("):
            capture(["no-such-program"])

    def test_a_failure_says_what_to_do(self) -> None:
        with pytest.raises(SetupError, match=r"^too bad\. Try again\.$"):
            run([sys.executable, "-c", "raise SystemExit('too bad')"], remedy="Try again.")


class TestEnvironment:
    @pytest.mark.parametrize(
        ("platform", "expected"),
        [("linux", "v/bin/python"), ("darwin", "v/bin/python"), ("win32", "v/Scripts/python.exe")],
    )
    def test_programs_lie_where_the_platform_puts_them(self, platform: str, expected: str) -> None:
        found = environment.venv_program(Path("v"), name="python", platform=platform)
        assert found.as_posix() == expected

    def test_the_environment_has_a_pip_where_python_can_give_it_one(self) -> None:
        command = environment.venv_command("py", venv=Path("v"), has_ensurepip=True)
        assert command == ["py", "-m", "venv", "--clear", "v"]
        assert environment.pip_command("py", target="v/py", has_ensurepip=True)[0] == "v/py"

    def test_without_ensurepip_the_outer_pip_fills_it(self) -> None:
        command = environment.venv_command("py", venv=Path("v"), has_ensurepip=False)
        assert command == ["py", "-m", "venv", "--clear", "--without-pip", "v"]
        pip = environment.pip_command("py", target="v/py", has_ensurepip=False)
        assert pip[:5] == ["py", "-m", "pip", "--python", "v/py"]

    def test_only_locked_and_ready_built_libraries_are_installed(self) -> None:
        arguments = environment.lock_arguments(Path("requirements.lock"))
        assert "--require-hashes" in arguments
        assert arguments[1:3] == ["--only-binary", ":all:"]

    def test_the_project_is_installed_editable_and_alone(self) -> None:
        arguments = environment.project_arguments(Path("here"))
        assert arguments == ["--no-deps", "--no-build-isolation", "--editable", "here"]

    def test_the_fingerprint_depends_on_every_content_and_their_order(self) -> None:
        prints = {environment.fingerprint(c) for c in ([b"a", b"b"], [b"ab", b""], [b"b", b"a"], [b"a"])}
        assert len(prints) == 4

    def test_an_environment_is_current_only_with_python_and_the_right_stamp(self, tmp_path: Path) -> None:
        stamp, python = tmp_path / "stamp", tmp_path / "python"
        assert not environment.is_current(stamp=stamp, wanted="x", python=python)
        stamp.write_text("x")
        assert not environment.is_current(stamp=stamp, wanted="x", python=python)
        python.touch()
        assert environment.is_current(stamp=stamp, wanted="x", python=python)
        assert not environment.is_current(stamp=stamp, wanted="y", python=python)

    def test_an_old_python_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
        with pytest.raises(SetupError, match=r"Python 99\.0 or newer is needed"):
            environment.check_version()

    def test_a_python_that_cannot_install_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(environment, "has_module", lambda name: False)
        with pytest.raises(SetupError, match="apt-get install python3-venv"):
            environment.check_installer()

    def test_the_lock_names_no_address(self) -> None:
        lock = environment.LOCK.read_text(encoding="utf-8")
        assert "://" not in lock
        assert "--index-url" not in lock

    def test_an_editable_install_reads_the_resources_of_the_checkout(self) -> None:
        assert not (Path(sysconfig.get_path("purelib")) / "mild_biller" / "_resources").exists()


class TestSystemLibraries:
    def test_only_installed_packages_count(self) -> None:
        listing = "libgl1\tii \nxvfb\trc \nlibglib2.0-0t64\tii \nnonsense\n"
        assert system_libraries.installed_packages(listing) == {
            "libgl1",
            "libglib2.0-0",
            "libglib2.0-0t64",
        }

    def test_the_missing_ones_keep_their_order(self) -> None:
        assert system_libraries.missing_packages(["c", "a", "b"], installed={"a"}) == ["c", "b"]

    def test_libraries_are_looked_up_by_name(self) -> None:
        found = {"GL": "libGL.so.1"}
        assert system_libraries.missing_libraries(["GL", "EGL"], find=found.get) == ["EGL"]

    def test_the_advice_can_be_typed_as_it_stands(self) -> None:
        assert system_libraries.advice(["xvfb", "xauth"]) == (
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb xauth"
        )

    def test_a_python_without_pip_wants_one(self) -> None:
        assert "python3-venv" in system_libraries.wanted_packages(has_installer=False)
        assert "python3-venv" not in system_libraries.wanted_packages(has_installer=True)

    def test_each_package_is_named_once(self) -> None:
        assert len(set(system_libraries.DEBIAN_PACKAGES)) == len(system_libraries.DEBIAN_PACKAGES)


class TestDisplay:
    @pytest.mark.parametrize(
        ("platform", "variables", "expected"),
        [
            ("linux", {}, False),
            ("linux", {"DISPLAY": ""}, False),
            ("linux", {"DISPLAY": ":0"}, True),
            ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
            ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
            ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:enable_fonts"}, False),
            ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
            ("darwin", {}, True),
            ("win32", {}, True),
            ("win32", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ],
    )
    def test_a_window_needs_somebody_who_sees_it(
        self, platform: str, variables: dict[str, str], expected: bool
    ) -> None:
        assert show.has_display(platform=platform, environment=variables) is expected


class TestShow:
    def test_the_window_opens_with_the_case_if_there_is_one(self) -> None:
        assert show.window_command("py", case=None) == ["py", "-m", "mild_biller"]
        assert show.window_command("py", case=Path("c.json"))[-1] == "c.json"

    def test_the_example_is_assessed_on_its_own_day(self) -> None:
        command = show.check_command("py", case=None)
        assert command[3:] == ["check", str(show.EXAMPLE), "--today", show.EXAMPLE_TODAY]

    def test_a_case_is_assessed_today(self) -> None:
        assert show.check_command("py", case=Path("c.json"))[3:] == ["check", "c.json"]

    def test_the_claim_is_made_with_and_without_its_form(self) -> None:
        commands = show.claim_commands("py", case=Path("c.json"), out=Path("out"))
        assert [pdf.name for pdf in commands] == ["claim.pdf", "claim-data-only.pdf"]
        assert ["--data-only" in command for command in commands.values()] == [False, True]
        assert all(command[-2:] == ["--out", str(pdf)] for pdf, command in commands.items())


def assessment(**changes: Any) -> dict[str, Any]:
    """Return what `check` prints for a clean case, with changes."""
    policy = {"title": "PILD", "effective_from": "2017-02-16", "compared_on": "2026-11-20"}
    line = {"code": "62330", "modifiers": ["Q0"], "units": 1, "charge": "4600.00"}
    clean = {
        "case": "4711-9",
        "today": "2026-03-12",
        "determination": "covered",
        "policy": policy,
        "prior_authorization": "no-auth",
        "findings": [{"severity": "info", "message": "It is so.", "remedy": None}],
        "missing": [],
        "form": "cms1500",
        "pages": 1,
        "total_charge": "4600.00",
        "lines": [line],
    }
    return {**clean, **changes}


class TestVerdict:
    def test_a_clean_case(self) -> None:
        assert verdict.sentences(assessment()) == [
            "Case 4711-9, assessed as of 2026-03-12.",
            "Covered: the case meets the criteria of PILD (in force from 2017-02-16, "
            "compared on 2026-11-20). This is no guarantee of payment.",
            "Prior authorization is not needed.",
            "Claim: CMS-1500, 1 page, total charge 4600.00.",
            "  62330 Q0, 1 unit, 4600.00",
            "Nothing stands in the way.",
        ]

    def test_findings_come_worst_first(self) -> None:
        findings = [
            {"severity": "hold", "message": "Look.", "remedy": "Ask."},
            {"severity": "error", "message": "Wrong.", "remedy": None},
        ]
        said = verdict.sentences(assessment(findings=findings))
        assert said[-3:] == [
            "Before it goes:",
            "  To fix first: Wrong.",
            "  A person must decide: Look. Ask.",
        ]

    def test_no_claim_and_no_policy(self) -> None:
        said = verdict.sentences(assessment(form=None, policy=None, determination="indeterminate"))
        assert "There is no claim to send." in said
        assert "Not decided: no policy in the program decides for this payer, date and code." in said

    def test_what_is_missing_is_named(self) -> None:
        said = verdict.sentences(assessment(missing=[{"text": "In a study?"}, "local_infection"]))
        assert said[-1] == "Answers that could still decide it: In a study?, local_infection."

    @pytest.mark.parametrize("determination", ["covered", "not-covered", "conditional", "indeterminate"])
    @pytest.mark.parametrize("authorization", ["no-auth", "auth-needed", "satisfied", "unknown"])
    def test_every_word_of_the_contract_has_a_sentence(self, determination: str, authorization: str) -> None:
        case = assessment(determination=determination, prior_authorization=authorization)
        assert all(verdict.sentences(json.loads(json.dumps(case))))


SPREAD = steps.spread_over(2, order="7")


class TestSteps:
    def test_checks_and_unit_tests_run_side_by_side_and_benchmarks_alone_at_the_end(self) -> None:
        present = {"tests/unit", "tests/gui", "tests/benchmarks"}
        stages = steps.test_stages("py", present=present, spread=SPREAD)
        names = [[[step.name for step in lane] for lane in stage] for stage in stages]
        assert names == [
            [["format", "lint", "types", "imports"], ["unit tests"]],
            [["other tests"]],
            [["benchmarks"]],
        ]

    def test_a_step_without_tests_is_left_out(self) -> None:
        stages = steps.test_stages("py", present={"tests/unit"}, spread=SPREAD)
        assert len(stages) == 1
        assert stages[0][1][0].command[-1] == "tests/unit"

    def test_other_tests_are_all_but_the_unit_tests_and_benchmarks(self) -> None:
        command = steps.other_step("py", ignored=["tests/unit"], spread=SPREAD).command
        assert "--ignore=tests/unit" in command
        assert command[-1] == "tests"

    def test_all_but_the_benchmarks_are_shared_out_in_the_order_named(self) -> None:
        (_, (units,)), ((others,),), ((benchmarks,),) = steps.test_stages(
            "py", present={"tests/unit", "tests/gui", "tests/benchmarks"}, spread=SPREAD
        )
        for step in (units, others):
            assert step.command[step.command.index("-n") + 1] == "2"
            assert "--randomly-seed=7" in step.command
        assert "-n" not in benchmarks.command

    @pytest.mark.parametrize(("asked", "found"), [("", {"0", "1", "2"}), ("17", {"17"})])
    def test_every_run_has_an_order_and_names_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: str, found: set[str]
    ) -> None:
        monkeypatch.setenv(steps.ORDER, asked)
        monkeypatch.setattr(steps, "ORDERS", 3)
        monkeypatch.setattr(steps, "test_stages", lambda *_, spread, **__: [spread])
        ran: list[str] = []
        monkeypatch.setattr(steps, "_run_and_sum_up", lambda stages: ran.append(stages[0][-1]) is None)
        assert steps.run_test("py", workers=2)
        named = capsys.readouterr().out.strip().removeprefix(f"The same order again: {steps.ORDER}=")
        assert named in found
        assert ran == [f"--randomly-seed={named}"]

    def test_what_is_compiled_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(steps.COMPILES_EACH_TIME, "1")
        asks = f"import os; raise SystemExit({steps.COMPILES_EACH_TIME!r} in os.environ)"
        (outcome,) = steps.run_stages([[[steps.Step("asks", (sys.executable, "-c", asks))]]])
        assert outcome.passed

    def test_folders_of_tests_are_found_at_any_depth(self, tmp_path: Path) -> None:
        for name in ("unit/core/test_a.py", "gui/test_b.py", "examples/no.py"):
            file = tmp_path / "tests" / name
            file.parent.mkdir(parents=True)
            file.touch()
        assert steps.test_folders(tmp_path) == {"tests/unit", "tests/gui"}

    def test_counts_are_read_from_the_last_summary_line(self) -> None:
        output = "1 failed\n== 3 passed, 1 skipped, 2 errors in 0.21s ==\n"
        assert steps.counts(output) == {"passed": 3, "skipped": 1, "error": 2}
        assert steps.counts("12 passed, 3 deselected in 61.03s (0:01:01)") == {"passed": 12, "deselected": 3}
        assert steps.counts("Success: no issues found") == {}

    def test_a_quiet_step_that_passed_is_one_line(self) -> None:
        step = steps.Step("lint", ("py",))
        assert steps.report(steps.Outcome(step, True, 0.25, "noise")) == "lint: ok (0.2 s)"
        assert "noise" in steps.report(steps.Outcome(step, False, 0.25, "noise"))

    def test_the_summary_adds_up_and_names_what_failed(self) -> None:
        tests = steps.Step("unit tests", ("py",), runs_tests=True)
        lint = steps.Step("lint", ("py",))
        passed = steps.Outcome(tests, True, 1.0, "3 passed in 1.00s")
        assert steps.summary([passed, passed], seconds=2) == "6 passed in 2.00s\nAll steps passed."
        failed = steps.Outcome(lint, False, 1.0, "")
        assert steps.summary([passed, failed], seconds=2).endswith("FAILED: lint.")

    def test_a_failing_step_fails_the_whole_and_stops_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        bad = steps.Step("bad", (sys.executable, "-c", "raise SystemExit('oh')"))
        good = steps.Step("good", (sys.executable, "-c", "pass"))
        outcomes = steps.run_stages([[[bad, good]], [[good]]])
        assert [outcome.passed for outcome in outcomes] == [False, True, True]
        assert "oh\nbad: FAILED" in capsys.readouterr().out


class TestCommandLine:
    @pytest.mark.parametrize("verb", ["setup", "run", "test", "check", "pictures", "package"])
    def test_every_verb_is_understood(self, verb: str) -> None:
        assert dev.parser().parse_args([verb]).verb.__name__ == verb

    def test_a_case_that_is_not_there_is_one_plain_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.argv", ["dev.py", "run", "nowhere.json"])
        assert dev.main() == 2
        message = "dev.py: There is no case file nowhere.json; name one, or none for the example.\n"
        assert capsys.readouterr().err == message


def test_the_checkout_is_found() -> None:
    assert (ROOT / "pyproject.toml").is_file()
