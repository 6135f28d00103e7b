"""A clean room for every test: no display, no network, no stray log line, nobody's real folders."""

import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

# Before anything imports Qt: without a display Qt ends the whole process.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

_SESSION = Path(tempfile.mkdtemp(prefix="mild-biller-tests-"))
_HOME_NUMBERS = count()
_FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DOCUMENTS_DIR": "Documents",
    "XDG_DOWNLOAD_DIR": "Downloads",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "WIN_PD_OVERRIDE_APPDATA": "AppData/Roaming",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "AppData/Local",
}


def _new_home() -> dict[str, str]:
    """Make an empty home and return the variables that lead there."""
    folder = _SESSION / f"home-{next(_HOME_NUMBERS)}"
    folder.mkdir()
    inside = {name: str(folder / place) for name, place in _FOLDERS.items()}
    return {"HOME": str(folder), "USERPROFILE": str(folder), **inside}


_RUNTIME = _SESSION / "runtime"
_RUNTIME.mkdir(mode=0o700)
os.environ["XDG_RUNTIME_DIR"] = str(_RUNTIME)
os.environ.update(_new_home())  # for what is imported before the first test


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out, unless the environment asks for all or somebody chose by marks."""
    if os.environ.get("MILD_BILLER_CI") or config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)


def pytest_unconfigure() -> None:
    shutil.rmtree(_SESSION, ignore_errors=True)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home of its own."""
    variables = _new_home()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Path(variables["HOME"])


class LogWatch(logging.Handler):
    """Keep the records at WARNING or above that no test asked for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.stray: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.stray.append(record)

    @contextmanager
    def expect(self, text: str) -> Iterator[None]:
        """Demand a record that contains the text, and forgive it."""
        earlier = len(self.stray)
        yield
        wanted = [record for record in self.stray[earlier:] if text in record.getMessage()]
        assert wanted, f"no log record at WARNING or above contains {text!r}"
        self.stray = [record for record in self.stray if record not in wanted]

    def report(self) -> str:
        return "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in self.stray)


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail a test that leaves a log record at WARNING or above."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if watch.stray:
        pytest.fail(f"log lines nobody expected (use expect_log if they are meant):\n{watch.report()}")


@pytest.fixture
def expect_log(log_watch: LogWatch) -> Callable[[str], AbstractContextManager[None]]:
    """Use as `with expect_log("part of the message"):` where the record is meant."""
    return log_watch.expect


_network_attempts: list[str] = []


class NetworkUsed(OSError):
    """Somebody tried to open a connection."""


def _guarded(method: str) -> Callable[..., object]:
    """Wrap a method of socket so that it works for local (AF_UNIX) sockets alone."""
    original = getattr(socket.socket, method)

    def guard(self: socket.socket, *args: object) -> object:
        if self.family != getattr(socket, "AF_UNIX", None):
            _network_attempts.append(f"{method} {args[-1]!r}")
            raise NetworkUsed(f"a test tried to {method} to {args[-1]!r}")
        return original(self, *args)

    return guard


@pytest.fixture(autouse=True, scope="session")
def _blocked_sockets() -> Iterator[None]:
    """Block connections of this process; child processes and Qt's own sockets are out of reach."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, method, _guarded(method))
        yield


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Fail a test that tried to connect, even if the attempt was swallowed."""
    _network_attempts.clear()
    yield _network_attempts
    if _network_attempts:
        pytest.fail(f"the network was used: {', '.join(_network_attempts)}")
