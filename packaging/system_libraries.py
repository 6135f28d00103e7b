"""The system libraries that Qt needs and a bare Linux lacks: what is missing, and how to get it.

On Debian and its relatives the packages are looked up and, for root, installed. Whether Qt finds all it needs is asked
of Qt itself, on any Linux. Windows and macOS bring what Qt needs.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from command import SetupError, capture, progress
from failure import explain
from installer import NO_PIP, can_install, find_uv

_QT_PACKAGES = ("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libxkbcommon0")
_WINDOW_PACKAGES = (
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
RUN_PACKAGES = (*_QT_PACKAGES, *_WINDOW_PACKAGES)
TEST_PACKAGES = (*RUN_PACKAGES, "openbox", "poppler-utils", "xauth", "xdotool", "xvfb")
PIP_PACKAGES = ("python3-venv",)
_LOAD_QT = """
import ctypes, pathlib, sys, PySide6
from PySide6 import QtPdfWidgets, QtPrintSupport, QtWidgets
plugins, failures = sys.argv[1:], []
for plugin in plugins:
    try:
        ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / f"libq{plugin}.so"))
    except OSError as error:
        failures.append(error)
if plugins and len(failures) == len(plugins):
    raise failures[0]
"""
_MISSING_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def installed_packages(listing: str) -> set[str]:
    """Read `package<TAB>state` lines of dpkg-query; a package renamed for 64-bit time has both names."""
    rows = (line.split("\t") for line in listing.splitlines() if "\t" in line)
    names = {name for name, state in rows if state.startswith("ii")}
    return names | {name.removesuffix("t64") for name in names}


def missing_packages(wanted: Iterable[str], *, installed: set[str]) -> list[str]:
    """Return the wanted packages that are not installed."""
    return [name for name in wanted if name not in installed]


def apt_commands(packages: Sequence[str]) -> list[list[str]]:
    """Return the commands that install Debian packages."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return [["apt-get", "update"], install]


def remedy(packages: Sequence[str], *, before: str = "sudo ") -> str:
    """Return the line to type, with what each command needs before it."""
    return " && ".join(before + " ".join(command) for command in apt_commands(packages))


def provide_packages(wanted: Sequence[str]) -> bool:
    """On Debian see that packages are there: install them, or print how an administrator does. Say if all are."""
    missing = _missing_on_debian(wanted)
    if missing and is_root():
        _install(missing)
        return not _missing_on_debian(wanted)
    if missing:
        print(f"Some system packages are missing. An administrator installs them with: {remedy(missing)}")
    return not missing


def is_root() -> bool:
    """Return True if system packages may be installed."""
    return sys.platform == "linux" and os.geteuid() == 0


def provide_pip(*, venv: Path) -> None:
    """See that there is something that can fill an environment: uv, pip or ensurepip."""
    if can_install() or find_uv(outside=venv):
        return
    if is_root():
        provide_packages(PIP_PACKAGES)
    if not can_install():
        raise SetupError(NO_PIP)


def _missing_on_debian(wanted: Sequence[str]) -> list[str]:
    """Return what is not installed; nothing where there are no Debian packages."""
    if sys.platform != "linux" or not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    listing = capture(["dpkg-query", "-W", "-f", "${Package}\t${db:Status-Abbrev}\n"]).stdout
    return missing_packages(wanted, installed=installed_packages(listing))


def _install(packages: Sequence[str]) -> None:
    """Install packages as root; where that fails, say why and go on, for Qt may find its libraries elsewhere."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    update, install = apt_commands(packages)
    with progress(f"Installing system packages ({' '.join(packages)})"):
        updated = capture(update, environment=environment)
        installed = capture(install, environment=environment)
    if installed.returncode != 0:
        installed.stderr = updated.stderr + installed.stderr
        print(explain("Installing system packages", install, installed))


def window_plugins(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the plugins of Qt of which one must load to open a window."""
    wayland = ("wayland",) if environment.get("WAYLAND_DISPLAY") else ()
    return (*wayland, "xcb") if environment.get("DISPLAY") or not wayland else wayland


def provide_qt_packages(*, venv: Path, plugins: Sequence[str]) -> None:
    """For root install what Qt needs, unless it has loaded before; anybody else is told by Qt itself what it lacks."""
    if is_root() and not qt_has_loaded(venv=venv, plugins=plugins):
        provide_packages(RUN_PACKAGES)


def see_that_qt_loads(python: str, *, venv: Path, plugins: Sequence[str] = ()) -> None:
    """Once for an environment, load Qt as the program does; a library that is missing ends it with what to do."""
    if qt_has_loaded(venv=venv, plugins=plugins):
        return
    command = [python, "-c", _LOAD_QT, *plugins]
    done = capture(command)
    if done.returncode != 0:
        library = missing_library(done.stderr)
        raise SetupError(_advise(library) if library else explain("Loading Qt", command, done))
    _qt_mark(venv, plugins).touch()


def qt_has_loaded(*, venv: Path, plugins: Sequence[str] = ()) -> bool:
    """Return True if Qt was loaded in this environment before; away from Linux it brings what it needs."""
    return sys.platform != "linux" or _qt_mark(venv, plugins).exists()


def _qt_mark(venv: Path, plugins: Sequence[str]) -> Path:
    return venv / "-".join(("qt-loads", *plugins))


def missing_library(output: str) -> str | None:
    """Return the library that the system's loader did not find."""
    found = _MISSING_LIBRARY.search(output)
    return found.group(1) if found else None


def _advise(library: str) -> str:
    missing = _missing_on_debian(RUN_PACKAGES)
    how = f"Type: {remedy(missing)}" if missing else "Install the package that has it, then try again."
    return f"Qt needs {library}, a library of the system that only an administrator can install. {how}"
