"""The chores of packaging/: what is computed for each kind of machine, and the words that are printed."""

import ast
import errno
import json
import os
import re
import runpy
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import chores
import environment
import failure
import installer
import show
import steps
import system_libraries
import verdict
from command import ROOT, SetupError, capture, last_line, progress


class TestCommand:
    def test_the_last_line_is_made_a_sentence(self) -> None:
        assert last_line("one\nERROR: no such file\n\n") == "ERROR: no such file."
        assert last_line("all is well!") == "all is well!"
        assert last_line(" \n") == "It failed without a message."

    def test_a_program_that_is_not_there_is_one_plain_line(self) -> None:
        with pytest.raises(SetupError, match=r"^no-such-program could not be started \("):
            capture(["no-such-program"])

    def test_progress_is_one_line_with_its_seconds(self, capsys: pytest.CaptureFixture[str]) -> None:
        with progress("Making it"):
            pass
        assert re.fullmatch(r"Making it \.\.\. \d+\.\d s\n", capsys.readouterr().out)

    def test_what_fails_ends_its_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SetupError), progress("Making it"):
            raise SetupError("It cannot be made.")
        assert capsys.readouterr().out == "Making it ...\n"


class TestTheDoor:
    def test_a_python_too_old_is_told_so_before_it_meets_what_it_cannot_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "version_info", (3, 6, 15, "final", 0))
        monkeypatch.setattr(sys, "version", "3.6.15 (default)")
        monkeypatch.setitem(sys.modules, "chores", None)  # to import it now is an error
        with pytest.raises(SystemExit, match=r"^dev\.py: Python 3\.11 or newer is needed, and this is 3\.6\.15\. "):
            runpy.run_path(str(ROOT / "packaging" / "dev.py"))

    def test_it_is_written_so_that_any_python_reads_it(self) -> None:
        door = (ROOT / "packaging" / "dev.py").read_text(encoding="ascii")
        assert "__future__" not in door
        assert [node for node in ast.walk(ast.parse(door)) if isinstance(node, ast.JoinedStr | ast.AnnAssign)] == []


class TestEnvironment:
    @pytest.mark.parametrize(
        ("platform", "expected"),
        [("linux", "v/bin/python"), ("darwin", "v/bin/python"), ("win32", "v/Scripts/python.exe")],
    )
    def test_programs_lie_where_the_platform_puts_them(self, platform: str, expected: str) -> None:
        found = installer.venv_program(Path("v"), name="python", platform=platform)
        assert found.as_posix() == expected

    def test_it_is_made_without_a_pip_and_filled_from_outside(self) -> None:
        command = environment.venv_command("py", venv=Path("v"))
        assert command == ["py", "-m", "venv", "--clear", "--without-pip", "v"]
        assert installer.pip_installer("py", target="v/py").fill[:5] == ("py", "-m", "pip", "--python", "v/py")

    def test_the_command_of_windows_starts_the_python_beside_it(self) -> None:
        name, text = environment.launcher("unused", platform="win32")
        assert name == "mild-biller.cmd"
        assert text == '@"%~dp0python.exe" -P -m mild_biller %*\n'

    def test_the_fingerprint_depends_on_the_lock_and_the_place(self, tmp_path: Path) -> None:
        locks = [tmp_path / name for name in "ab"]
        for lock in locks:
            lock.write_text(lock.name)
        prints = {environment.fingerprint(lock, venv=Path(venv)) for lock in locks for venv in ("v", "w")}
        assert len(prints) == 4

    def test_the_resources_are_those_of_the_checkout(self) -> None:
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

    def test_the_remedy_can_be_typed_as_it_stands(self) -> None:
        assert system_libraries.remedy(["xvfb", "xauth"]) == (
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb xauth"
        )

    def test_the_program_needs_what_qt_needs_and_only_the_tests_need_a_screen_of_their_own(self) -> None:
        assert all(name.startswith("lib") for name in system_libraries.RUN_PACKAGES)
        more = set(system_libraries.TEST_PACKAGES) - set(system_libraries.RUN_PACKAGES)
        assert more == {"openbox", "poppler-utils", "xauth", "xdotool", "xvfb"}
        assert len(set(system_libraries.TEST_PACKAGES)) == len(system_libraries.TEST_PACKAGES)

    def test_a_package_that_apt_cannot_bring_stops_nothing_and_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fails = [sys.executable, "-c", "raise SystemExit('Temporary failure resolving the host')"]
        monkeypatch.setattr(system_libraries, "apt_commands", lambda packages: [fails, fails])
        monkeypatch.setattr(system_libraries, "_missing_on_debian", lambda wanted: ["libgl1"])
        monkeypatch.setattr(system_libraries, "is_root", lambda: True)
        monkeypatch.setattr(failure, "LOG", tmp_path / "set-up.log")
        assert not system_libraries.provide_packages(["libgl1"])
        said = capsys.readouterr().out
        assert "Installing system packages failed. There is no connection" in said
        assert "Temporary failure resolving" in failure.LOG.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("variables", "expected"),
        [
            ({"DISPLAY": ":0"}, ("xcb",)),
            ({"WAYLAND_DISPLAY": "wayland-0"}, ("wayland",)),
            ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("wayland", "xcb")),
            ({}, ("xcb",)),
        ],
    )
    def test_a_window_needs_a_plugin_for_its_display(self, variables: dict[str, str], expected: tuple[str]) -> None:
        assert system_libraries.window_plugins(variables) == expected

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings what it needs")
    def test_a_library_that_qt_lacks_is_named_with_what_an_administrator_does(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(system_libraries, "_missing_on_debian", lambda wanted: ["libegl1"])
        said = r"^Qt needs libqmissing\.so, .* only an administrator can install\. Type: sudo apt-get .* libegl1$"
        with pytest.raises(SetupError, match=said):
            system_libraries.see_that_qt_loads(sys.executable, venv=tmp_path, plugins=["missing"])
        assert not system_libraries.qt_has_loaded(venv=tmp_path, plugins=["missing"])

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings what it needs")
    def test_qt_is_loaded_once_for_an_environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        system_libraries.see_that_qt_loads(sys.executable, venv=tmp_path, plugins=["missing", "offscreen"])
        monkeypatch.setattr(system_libraries, "capture", None)
        system_libraries.see_that_qt_loads(sys.executable, venv=tmp_path, plugins=["missing", "offscreen"])


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


def decision(severity: str, message: str, remedy: str = "") -> dict[str, Any]:
    """Return the finding that says how the case is decided."""
    return {"topic": "position", "severity": severity, "message": message, "remedy": remedy}


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
        "findings": [decision("info", "Meets the criteria of PILD; no guarantee of payment.")],
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
            "Meets the criteria of PILD; no guarantee of payment.",
            "Prior authorization: not required.",
            "Claim: CMS-1500, 1 page, total charge 4600.00.",
            "  62330 Q0, 1 unit, 4600.00",
            "Nothing to fix or review.",
        ]

    def test_findings_come_worst_first(self) -> None:
        findings = [
            decision("error", "It is not covered.", "Appeal."),
            {"topic": "claim-data", "severity": "hold", "message": "Look.", "remedy": "Ask."},
            {"topic": "claim-data", "severity": "error", "message": "Wrong.", "remedy": None},
        ]
        said = verdict.sentences(assessment(findings=findings))
        assert said[1] == "It is not covered. Appeal."
        assert said[-3:] == [
            "Before you send it:",
            "  Must fix: Wrong.",
            "  Needs review: Look. Ask.",
        ]

    def test_no_claim_and_no_policy(self) -> None:
        said = verdict.sentences(assessment(form=None, policy=None, findings=[decision("hold", "No policy decides.")]))
        assert "There is no claim to bill." in said
        assert said[1] == "No policy decides."
        assert "Nothing to fix or review." not in said

    def test_what_is_missing_is_named(self) -> None:
        said = verdict.sentences(assessment(missing=[{"text": "In a study?"}, "local_infection"]))
        assert said[-1] == "Missing answers that could change the result: In a study?, local_infection."

    @pytest.mark.parametrize("authorization", ["no-auth", "auth-needed", "satisfied", "unknown"])
    def test_every_word_of_the_contract_has_a_sentence(self, authorization: str) -> None:
        case = assessment(prior_authorization=authorization)
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
    @pytest.mark.parametrize("verb", ["setup", "system", "run", "test", "check", "pictures"])
    def test_every_verb_is_understood(self, verb: str) -> None:
        assert chores.parser().parse_args([verb]).verb.__name__ == verb

    def test_a_case_that_is_not_there_is_one_plain_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.argv", ["dev.py", "run", "nowhere.json"])
        assert chores.main() == 2
        message = "dev.py: There is no case file nowhere.json. Name another file, or none for the example.\n"
        assert capsys.readouterr().err == message

    def test_a_full_disk_is_one_plain_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(contents: environment.Contents) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "stamp")

        monkeypatch.setattr("sys.argv", ["dev.py", "check"])
        monkeypatch.setattr(chores, "make_environment", full)
        assert chores.main() == 2
        assert re.fullmatch(r"dev\.py: The disk is full.* \(stamp\)\n", capsys.readouterr().err)


def test_the_checkout_is_found() -> None:
    assert (ROOT / "pyproject.toml").is_file()
