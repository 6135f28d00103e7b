"""The walls of tests/conftest.py hold: a run of bad tests fails where it should."""

import subprocess
import sys
from pathlib import Path

import pytest

from command import ROOT

BAD_TESTS = """
import contextlib, logging, os, socket
from pathlib import Path

import platformdirs

def test_stray_log_line():
    logging.getLogger("x").warning("stray")

def test_swallowed_connection():
    with contextlib.suppress(Exception):
        socket.create_connection(("192.0.2.1", 9))

def test_expected_log_line(expect_log):
    with expect_log("meant"):
        logging.getLogger("x").error("it is meant")

def test_expected_log_line_that_never_comes(expect_log):
    with expect_log("meant"):
        pass

def test_folders(home):
    assert home == Path.home()
    assert Path(platformdirs.user_data_dir("mild-biller")).is_relative_to(home)
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert not list(home.iterdir())
"""


@pytest.mark.slow
def test_every_wall_holds(tmp_path: Path) -> None:
    (tmp_path / "test_bad.py").write_text(BAD_TESTS, encoding="utf-8")
    options = ["-q", "-rfE", "-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    configuration = ["-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *configuration, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert "1 failed, 4 passed, 2 errors" in said, said
    assert "no log record at WARNING or above contains 'meant'" in said
    assert "log lines nobody expected" in said
    assert "the network was used: connect ('192.0.2.1', 9)" in said
