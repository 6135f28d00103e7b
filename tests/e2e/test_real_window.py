"""A real window under a window manager, driven from outside: a case is typed, the verdict changes, the claim is read.

The keys are those of a rehearsal: the journey of tests/gui, typed into a window that nobody sees.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image, ImageGrab, features
from PySide6.QtGui import QColor

from mild_biller.core.case.model import Case
from mild_biller.gui import app
from mild_biller.gui.style import theme
from mild_biller.gui.style.apply_settings import dress
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.tone import Tone
from mild_biller.settings import Settings
from tests.gui.helpers import Keyboard, box_text, medicare, type_case
from tests.gui.waiting import active
from tests.support import LIMIT, POLL, ROOT

NEEDED: Final = ("Xvfb", "openbox", "xdotool")
MISSING: Final = [name for name in NEEDED if shutil.which(name) is None]
SCREEN: Final = (1400, 900)
STUDY: Final = "part of the study"
DELAY: Final = "6"  # milliseconds from key to key
NAMES: Final = {"Return": "Return", "Tab": "Tab", "Space": "space", "Backspace": "BackSpace"}
PROGRAM: Final = """
from PySide6.QtGui import QGuiApplication
from mild_biller.__main__ import main
QGuiApplication.styleHints().setKeyboardInputInterval(60_000)  # the letters of a word, however slow the machine is
raise SystemExit(main())
"""
SOME: Final = 40  # pixels: more than a stray mark, less than a headline

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb runs on Linux"),
    pytest.mark.skipif(bool(MISSING), reason=f"not on this computer: {', '.join(MISSING)}"),
    pytest.mark.skipif(not features.check("xcb"), reason="Pillow cannot photograph a screen here"),
]


@contextmanager
def running(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program and end it by its own id."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def display() -> Iterator[str]:
    """Start a screen on a display that is free."""
    reading, writing = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    with running(command, pass_fds=(writing,), stderr=subprocess.DEVNULL):
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            assert select.select([pipe], [], [], LIMIT)[0], "Xvfb did not start"
            number = pipe.readline().decode().strip()
        assert number.isdecimal(), "Xvfb names no display"
        yield f":{number}"


def until(what: str, is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(POLL)


class Screen:
    """The screen with the program on it: keys go in, pictures come out."""

    def __init__(self, name: str, environment: dict[str, str]) -> None:
        self._name = name
        self.environment = environment

    def tell(self, *words: str) -> None:
        """Give xdotool one command."""
        done = self._xdotool(*words)
        assert done.returncode == 0, done.stderr

    def windows(self, title: str) -> list[str]:
        """Return the windows with such a title that can be seen."""
        return self._xdotool("search", "--onlyvisible", "--name", title).stdout.split()

    def _xdotool(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["xdotool", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=LIMIT)

    def wait_for(self, title: str) -> str:
        """Wait for a window, give it the keyboard, and return its number."""
        until(f"a window {title!r}", lambda: bool(self.windows(title)))
        number = self.windows(title)[0]
        self.tell("windowactivate", "--sync", number)
        return number

    def play(self, keys: Sequence[tuple[str, str]]) -> None:
        """Press the keys of a rehearsal."""
        for kind, text in keys:
            self.press(text) if kind == "key" else self.write(text)

    def press(self, keys: str) -> None:
        """Press a key or a shortcut, as `Return` or `Ctrl+E`."""
        *held, key = keys.split("+")
        self.tell("key", "+".join([*(each.lower() for each in held), NAMES.get(key, key.lower() if held else key)]))

    def write(self, text: str) -> None:
        """Type a text."""
        self.tell("type", "--delay", DELAY, "--", text)

    def picture(self) -> Image.Image:
        """Photograph the whole screen, without a word to the program."""
        return ImageGrab.grab(xdisplay=self._name)


def rehearse(window: MainWindow) -> dict[str, list[tuple[str, str]]]:
    """Type the journey into a window nobody sees, and return its keys by what they do."""
    keyboard = Keyboard(window)
    type_case(keyboard, payer=medicare, study=True)
    made = {"case": keyboard.typed[:]}
    for name, answer in (("out of the study", "n"), ("in the study", "y")):
        keyboard.typed.clear()
        keyboard.press("Ctrl+1")
        keyboard.go_to(STUDY)
        keyboard.write(answer)
        made[name] = keyboard.typed[:]
    assert window.panel.verdict.headline.text() == "Covered"
    return made


@pytest.fixture(scope="module")
def keys() -> Iterator[dict[str, list[tuple[str, str]]]]:
    application = app.make_application()
    dress(application, Settings())
    application.setKeyboardInputInterval(LIMIT * 1000)
    window = app.make_window(Settings())
    window.show()
    active(window)
    yield rehearse(window)
    window.case.replace(Case())
    window.close()


def shades(picture: Image.Image) -> Counter[tuple[int, int, int]]:
    """Count the colors of the right half, where the determination stands."""
    half = picture.convert("RGB").crop((picture.width // 2, 0, picture.width, picture.height // 3))
    return Counter({colour: count for count, colour in half.getcolors(half.width * half.height)})


def says(screen: Screen, tone: Tone) -> bool:
    """Tell whether the verdict stands there in the color of a tone, and in that of no other verdict."""
    shown = theme.palette(is_dark=False)
    found = shades(screen.picture())
    verdicts = (Tone.GOOD, Tone.ERROR, Tone.UNKNOWN, Tone.HOLD)
    inks = {each: found[_rgb(theme.color(each, shown))] for each in verdicts}
    return inks[tone] > SOME and inks[tone] == max(inks.values())


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


@pytest.fixture
def screen(home: Path) -> Iterator[Screen]:
    with ExitStack() as stack:
        name = stack.enter_context(display())
        environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        for unwanted in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_SCALE_FACTOR"):
            environment.pop(unwanted, None)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        stack.enter_context(running(["openbox", "--sm-disable"], env=environment, **quiet))
        yield Screen(name, environment)


def answer_file_dialog(screen: Screen, title: str, path: Path) -> None:
    """Type a path into the file chooser and wait for the file."""
    screen.wait_for(title)
    screen.write(str(path))
    screen.press("Return")
    until(f"the file {path.name}", path.exists)
    until(f"the end of {title!r}", lambda: not screen.windows(title))
    screen.wait_for("Mild Biller")


def test_a_case_is_typed_judged_and_exported_in_a_real_window(
    screen: Screen, keys: dict[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    program = [sys.executable, "-c", PROGRAM]
    said = tmp_path / "said.txt"
    with said.open("wb") as heard, running(program, cwd=ROOT, env=screen.environment, stderr=heard) as process:
        screen.wait_for("Mild Biller")
        until("the first verdict", lambda: says(screen, Tone.HOLD))
        screen.play(keys["case"])
        until("covered", lambda: says(screen, Tone.GOOD))
        screen.play(keys["out of the study"])
        until("not covered", lambda: says(screen, Tone.ERROR))
        screen.play(keys["in the study"])
        until("covered again", lambda: says(screen, Tone.GOOD))
        screen.press("Ctrl+E")
        answer_file_dialog(screen, "Export the form", tmp_path / "claim.pdf")
        screen.press("Ctrl+S")
        answer_file_dialog(screen, "Save the case", tmp_path / "case.json")
        screen.press("Ctrl+Q")
        assert process.wait(LIMIT) == 0
    assert said.read_bytes() == b""
    read = {box: box_text(tmp_path / "claim.pdf", box) for box in ("1a", "21_A", "21_B", "24.1_d", "24.1_m1", "24.2_d")}
    assert read == {
        "1a": "1EG4TE5MK73",
        "21_A": "M48062",
        "21_B": "Z006",
        "24.1_d": "62330",
        "24.1_m1": "Q0",
        "24.2_d": "62331",
    }
