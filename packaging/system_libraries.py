"""The system libraries that Qt needs and a bare Linux lacks: what is missing, and how to get it.

On Debian and its relatives the packages are looked up and, for root, installed. On other Linuxes the
libraries are looked up by name. Windows and macOS bring what Qt needs.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence

from command import capture, last_line
from environment import has_installer

RUN_PACKAGES = ("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libxkbcommon0")
WINDOW_PACKAGES = (
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
WINDOW_TEST_PACKAGES = ("openbox", "poppler-utils", "xauth", "xdotool", "xvfb")
DEBIAN_PACKAGES = (*RUN_PACKAGES, *WINDOW_PACKAGES, *WINDOW_TEST_PACKAGES)
LIBRARIES = ("EGL", "GL", "dbus-1", "fontconfig", "glib-2.0", "xcb-cursor", "xkbcommon", "xkbcommon-x11")


def installed_packages(listing: str) -> set[str]:
    """Read `package<TAB>state` lines of dpkg-query; a package renamed for 64-bit time has both names."""
    rows = (line.split("\t") for line in listing.splitlines() if "\t" in line)
    names = {name for name, state in rows if state.startswith("ii")}
    return names | {name.removesuffix("t64") for name in names}


def missing_packages(wanted: Iterable[str], *, installed: set[str]) -> list[str]:
    """Return the wanted packages that are not installed."""
    return [name for name in wanted if name not in installed]


def missing_libraries(wanted: Iterable[str], *, find: Callable[[str], str | None]) -> list[str]:
    """Return the libraries that the system's loader does not find."""
    return [name for name in wanted if find(name) is None]


def apt_commands(packages: Sequence[str]) -> list[list[str]]:
    """Return the commands that install Debian packages."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return [["apt-get", "update"], install]


def advice(packages: Sequence[str], *, before: str = "sudo ") -> str:
    """Return the line to type, with what each command needs before it."""
    return " && ".join(before + " ".join(command) for command in apt_commands(packages))


def wanted_packages(*, has_installer: bool) -> tuple[str, ...]:
    """Return all that is wanted on Debian: what Qt needs, and a pip if this Python has none."""
    return DEBIAN_PACKAGES if has_installer else (*DEBIAN_PACKAGES, "python3-venv")


def provide_system_libraries() -> None:
    """See that the system libraries are there: install them, or print how to."""
    if sys.platform in ("win32", "darwin"):
        return
    if shutil.which("dpkg-query") and shutil.which("apt-get"):
        _provide_on_debian()
    else:
        _advise_elsewhere()


def _provide_on_debian() -> None:
    listing = capture(["dpkg-query", "-W", "-f", "${Package}\t${db:Status-Abbrev}\n"]).stdout
    wanted = wanted_packages(has_installer=has_installer())
    missing = missing_packages(wanted, installed=installed_packages(listing))
    if not missing:
        return
    if os.geteuid() == 0:
        _install(missing)
    else:
        print(f"Some system libraries are missing. To install them: {advice(missing)}")


def _install(packages: Sequence[str]) -> None:
    print(f"Installing system libraries: {' '.join(packages)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in apt_commands(packages):
        done = capture(command, environment=environment)
    if done.returncode != 0:
        print(f"{last_line(done.stderr)} To try again by hand: {advice(packages, before='')}")


def _advise_elsewhere() -> None:
    missing = missing_libraries(LIBRARIES, find=ctypes.util.find_library)
    if missing:
        names = ", ".join(f"lib{name}" for name in missing)
        print(f"Some system libraries seem to be missing: {names}. Install them with your package manager.")
