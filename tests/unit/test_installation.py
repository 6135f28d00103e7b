"""An environment holds exactly what its lock lists, on any later day, whoever fills it; a failure says why.

The installers are real. The index is a folder, with newer releases of all that is locked, and a wish as pytest-cov has
it: `coverage[toml]`, which a pip up to 23.2.1 resolved to the newest release and then refused.
"""

import errno
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

import environment
import failure
import installer
from command import ROOT, SetupError
from environment import Contents, make_environment, venv_python
from tests.unit.small_index import Index, locked, wheel, write_lock

UV = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")  # in requirements-dev.lock
GAUGE = ("Provides-Extra: toml", "Requires-Dist: tomli; python_version < '3' and extra == 'toml'")
REPORTER = ("Requires-Dist: gauge[toml]>=1.0",)
LATER = "9999.0"
LISTING = """
import importlib.metadata as m, json
print(json.dumps({d.metadata["Name"]: d.version for d in m.distributions()}))
"""


class Way(Enum):
    """What fills the environment."""

    UV = "uv"
    PIP = "pip"
    ENSUREPIP = "ensurepip"


def choose(way: Way, *, patch: pytest.MonkeyPatch) -> None:
    """Leave one installer alone on this machine."""
    patch.setenv("PATH", str(UV.parent) if way is Way.UV else "")
    patch.setattr(environment, "can_install", lambda: way is not Way.UV)
    if (
        way is Way.PIP
        and not installer.has_module("ensurepip")
        and installer.pip_version(installer.base_python()) is None
    ):
        pytest.skip("this Python has neither a pip nor ensurepip")
    if way is Way.ENSUREPIP:
        if not installer.has_module("ensurepip"):
            pytest.skip("this Python came without ensurepip")
        outside = {sys.executable, installer.base_python()}
        versions = installer.pip_version
        patch.setattr(installer, "pip_version", lambda python: None if python in outside else versions(python))


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of this machine and its log out of the test; fill with uv, and try no more than twice."""
    assert UV.exists(), "this environment is not of requirements-dev.lock: python3 packaging/dev.py check makes it anew"
    choose(Way.UV, patch=monkeypatch)
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setenv("UV_HTTP_RETRIES", "1")
    monkeypatch.setattr(failure, "LOG", tmp_path / "set-up.log")


@pytest.fixture(params=[Way.UV, Way.PIP], ids=lambda way: way.value)
def each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Way:
    """Run the test with uv alone, and with pip alone."""
    way: Way = request.param
    choose(way, patch=monkeypatch)
    return way


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


@pytest.fixture
def contents(index: Index, tmp_path: Path) -> Contents:
    """Lock two releases, and add later ones, and later files of the same, to the index."""
    lines = [index.add("gauge", "1.0", metadata=GAUGE), index.add("reporter", "1.0", metadata=REPORTER)]
    elsewhere = locked("elsewhere==1.0 ; sys_platform == 'elsewhere'", b"")
    for name, metadata in (("gauge", GAUGE), ("reporter", REPORTER)):
        index.add(name, LATER, metadata=metadata)
        index.add(name, "1.0", metadata=metadata, build="7")
    return Contents(write_lock(tmp_path / "small.lock", [*lines, elsewhere]), index=index.url)


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    return tmp_path / "venv"


def ask(venv: Path, *arguments: str) -> str:
    """Run the environment's Python somewhere else and return what it prints."""
    command = [str(venv_python(venv)), *arguments]
    return subprocess.run(command, cwd=venv.parent, capture_output=True, text=True, check=True).stdout.strip()


def held(venv: Path) -> dict[str, str]:
    """Return the releases in an environment."""
    found: dict[str, str] = json.loads(ask(venv, "-c", LISTING))
    return found


def files(venv: Path) -> dict[str, bytes]:
    """Return the files of the libraries, but for the notes that an installer leaves for itself."""
    libraries = Path(ask(venv, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    own = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_cache.json")
    found = (file for file in libraries.rglob("*") if file.is_file() and file.name not in own)
    return {file.relative_to(libraries).as_posix(): file.read_bytes() for file in found}


def test_uv_and_pip_install_exactly_the_lock_and_make_the_same(
    contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made = []
    for way in (Way.UV, Way.PIP):
        with pytest.MonkeyPatch.context() as patch:
            choose(way, patch=patch)
            assert make_environment(contents, venv=tmp_path / way.value)
        assert held(tmp_path / way.value) == {"gauge": "1.0", "reporter": "1.0"}
        made.append(files(tmp_path / way.value))
    assert made[0] == made[1]
    assert {"gauge.py", "reporter.py"} <= made[0].keys()
    assert not [name for name in made[0] if name.endswith(".pyc")], "the first import compiles"


def test_a_python_that_can_but_unpack_a_pip_installs_exactly_the_lock(
    contents: Contents, venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(Way.ENSUREPIP, patch=monkeypatch)
    make_environment(contents, venv=venv)
    assert held(venv) == {"gauge": "1.0", "reporter": "1.0"}


class TestWhatIsMade:
    def test_libraries_are_compiled_at_once_where_an_import_may_not(
        self, contents: Contents, venv: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        make_environment(contents, venv=venv)
        assert len([name for name in files(venv) if name.endswith(".pyc")]) == 2
        assert "--no-compile" not in installer.pip_installer("py", target="v/py").fill

    def test_it_finds_the_checkout_and_has_the_command(self, contents: Contents, venv: Path, tmp_path: Path) -> None:
        make_environment(contents, venv=venv)
        assert ask(venv, "-c", "import mild_biller; print(mild_biller.__file__)") == str(
            ROOT / "mild_biller/__init__.py"
        )
        (tmp_path / "mild_biller.py").write_text("raise SystemExit('a module of the folder one is in')")
        command = environment.launcher(str(venv_python(venv)), platform=sys.platform)[0]
        called = [str(venv_python(venv).with_name(command)), "--version"]
        done = subprocess.run(called, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stdout.startswith("mild-biller "), done.stderr

    def test_a_checkout_in_a_folder_of_any_name_is_found(self, contents: Contents, venv: Path, tmp_path: Path) -> None:
        make_environment(contents, venv=venv)
        odd = tmp_path / "Lumbar's café\N{SNOWMAN}"
        odd.mkdir()
        (odd / "found_there.py").touch()
        environment.add_checkout(odd, venv=venv, platform=sys.platform)
        assert ask(venv, "-c", "import found_there; print(ascii(found_there.__file__))") == ascii(
            str(odd / "found_there.py")
        )


class TestAgain:
    def test_a_second_time_there_is_nothing_to_do(
        self, contents: Contents, venv: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_environment(contents, venv=venv)
        monkeypatch.setattr(environment, "run_or_explain", None)
        assert not make_environment(contents, venv=venv)

    def test_tools_are_added_to_what_the_program_needs(
        self, each_way: Way, contents: Contents, venv: Path, index: Index, tmp_path: Path
    ) -> None:
        tool = index.add("tool", "1.0")
        larger = write_lock(tmp_path / "larger.lock", [contents.lock.read_text(), tool])
        make_environment(contents, venv=venv)
        trace = venv / "trace"
        trace.touch()
        assert make_environment(Contents(larger, includes=(contents.lock,), index=index.url), venv=venv)
        assert held(venv) == {"gauge": "1.0", "reporter": "1.0", "tool": "1.0"}
        assert trace.exists()
        assert not make_environment(contents, venv=venv)

    def test_another_lock_makes_it_anew(self, contents: Contents, venv: Path, index: Index) -> None:
        make_environment(contents, venv=venv)
        other = write_lock(contents.lock, [index.add("other", "2.0")])
        assert make_environment(Contents(other, index=index.url), venv=venv)
        assert held(venv) == {"other": "2.0"}

    def test_one_that_lost_its_python_is_made_anew(self, contents: Contents, venv: Path) -> None:
        make_environment(contents, venv=venv)
        venv_python(venv).unlink()
        assert make_environment(contents, venv=venv)

    def test_one_that_was_not_finished_is_made_anew(self, contents: Contents, venv: Path, index: Index) -> None:
        good = contents.lock.read_text()
        write_lock(contents.lock, [locked("gauge==1.0", b"other bytes")])
        with pytest.raises(SetupError):
            make_environment(contents, venv=venv)
        write_lock(contents.lock, [good])
        assert make_environment(contents, venv=venv)
        assert held(venv) == {"gauge": "1.0", "reporter": "1.0"}


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Hold a port that nobody listens on."""
    with socket.socket() as held_port:
        held_port.bind(("127.0.0.1", 0))
        yield held_port.getsockname()[1]


class TestFailures:
    """What uv and pip really say is understood; the log keeps it."""

    def fails(self, contents: Contents, *, venv: Path, saying: str) -> str:
        with pytest.raises(SetupError, match=saying) as caught:
            make_environment(contents, venv=venv)
        said = str(caught.value)
        assert "\n" not in said
        assert str(failure.LOG) in said
        return failure.LOG.read_text(encoding="utf-8")

    def test_no_connection(self, each_way: Way, contents: Contents, venv: Path, closed_port: int) -> None:
        nowhere = Contents(contents.lock, index=f"http://127.0.0.1:{closed_port}/simple")
        log = self.fails(nowhere, venv=venv, saying="no connection to the package index")
        assert str(closed_port) in log

    def test_a_file_that_is_not_the_locked_one(
        self, each_way: Way, index: Index, contents: Contents, venv: Path
    ) -> None:
        write_lock(contents.lock, [locked("gauge==1.0", wheel("gauge", "1.0", build="8"))])
        log = self.fails(contents, venv=venv, saying=r"its hash differs.*cache purge")
        assert "gauge" in log

    def test_no_file_for_this_computer(self, each_way: Way, index: Index, contents: Contents, venv: Path) -> None:
        write_lock(contents.lock, [index.add("drawing", "1.0", tag="cp27-none-amiga")])
        self.fails(contents, venv=venv, saying=r"no file of drawing==1\.0 for this computer \(Python 3\.")

    def test_a_release_that_the_index_lacks(self, each_way: Way, index: Index, contents: Contents, venv: Path) -> None:
        index.add("drawing", LATER)
        write_lock(contents.lock, [locked("drawing==1.0", b"")])
        self.fails(contents, venv=venv, saying=r"no file of drawing==1\.0 .* if the index is a mirror")

    def test_a_lock_with_a_gap(self, each_way: Way, index: Index, contents: Contents, venv: Path) -> None:
        write_lock(contents.lock, [index.add("lonely", "1.0", metadata=("Requires-Dist: gauge>=1.0",))])
        self.fails(contents, venv=venv, saying="libraries conflict")

    def test_pip_is_tried_where_uv_fails(
        self, contents: Contents, venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(environment, "can_install", lambda: True)
        monkeypatch.setenv("UV_OFFLINE", "no such answer")  # uv does not start with this
        make_environment(contents, venv=venv)
        assert held(venv) == {"gauge": "1.0", "reporter": "1.0"}
        assert "Trying pip instead." in capsys.readouterr().out

    def test_a_log_that_cannot_be_in_the_checkout_is_elsewhere(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        done = subprocess.CompletedProcess([], 1, stdout="", stderr="one\nERROR: two\n")
        (tmp_path / "file").touch()
        monkeypatch.setattr(failure, "LOG", tmp_path / "file" / "set-up.log")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        said = failure.explain("It", ["pip"], done)
        (log,) = tmp_path.glob("mild-biller-*.log")
        assert said == f"It failed. ERROR: two. Its own last lines are in {log}."
        assert "\none\nERROR: two\n" in log.read_text(encoding="utf-8")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
        assert failure.explain("It", ["pip"], done) == "It failed. ERROR: two. Its own last lines: one / ERROR: two"

    @pytest.mark.parametrize(
        ("output", "expected"),
        [
            (f"ERROR: Could not install: [Errno {errno.ENOSPC}] {os.strerror(errno.ENOSPC)}: '/x'", "disk is full"),
            (f"error: failed to write (os error {errno.EDQUOT}): {os.strerror(errno.EDQUOT)}", "disk is full"),
            (f"OSError: [Errno {errno.EACCES}] {os.strerror(errno.EACCES)}: '.venv'", "Take ownership of the folder"),
            (f"OSError: [Errno {errno.EROFS}] {os.strerror(errno.EROFS)}: '.venv'", "Take ownership of the folder"),
            ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer", "PIP_CERT"),
            ("/usr/bin/python3: No module named venv", "apt-get install python3-venv"),
            ("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1", "Wait until it ends"),
            ("something new\nhappened\n", "happened."),
        ],
    )
    def test_other_causes(self, output: str, expected: str) -> None:
        assert expected in failure.advice(output)


class TestPip:
    def test_an_old_one_is_told_so(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(installer, "pip_version", lambda python: (22, 0, 4))
        monkeypatch.setattr(installer, "has_module", lambda name: False)
        with pytest.raises(SetupError, match=r"is 22\.0\.4; 22\.3 or newer is needed.*install --upgrade pip"):
            installer.python_with_pip(["py"], tools=tmp_path)

    def test_none_at_all_is_told_so(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(installer, "pip_version", lambda python: None)
        monkeypatch.setattr(installer, "has_module", lambda name: False)
        with pytest.raises(SetupError, match="This Python has no pip"):
            installer.python_with_pip(["py"], tools=tmp_path)

    def test_the_first_that_is_new_enough_is_taken(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        versions = {"old": (22, 2, 2), "none": None, "good": (22, 3), "better": (26, 3)}
        monkeypatch.setattr(installer, "pip_version", versions.get)
        assert installer.python_with_pip(versions, tools=tmp_path) == "good"

    def test_a_python_that_is_not_there_has_none(self, tmp_path: Path) -> None:
        assert installer.pip_version(str(tmp_path / "python")) is None


def test_the_environments_own_uv_does_not_fill_it() -> None:
    assert installer.find_uv(outside=ROOT / "elsewhere") == str(UV)
    assert installer.find_uv(outside=UV.parent.parent) is None
