"""Make the pictures of README and help from real runs: filled forms and the window's pages, offscreen.

Run by `packaging/dev.py pictures`, in the project's own environment. Nothing is drawn by hand.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mild_biller.gui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
HELP = ROOT / "resources" / "help" / "steps.png"
HELP_SHOWS, HELP_WIDTH = "window-troubled", 500
EXAMPLES = ROOT / "resources" / "examples"
TODAY = date(2026, 3, 12)
FORMS = {"cms1500": "medicare-asc-2026", "ub04": "medicare-hospital-2026"}
WINDOWS = {"window": ("medicare-asc-2026", 1), "window-troubled": ("medicare-letter-o", 3)}
PAGE_SCALE = 1.4
WINDOW_SIZE = (1280, 800)
SETTLED_MS = 400


def main() -> None:
    """Draw every picture again."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(QT_QPA_PLATFORM="offscreen", HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home)
        for name, case in FORMS.items():
            _picture_of_form(case, PICTURES / f"{name}.png")
        _pictures_of_window()


def _picture_of_form(case: str, picture: Path) -> None:
    import pypdfium2  # type: ignore[import-untyped]

    from mild_biller import loader
    from mild_biller.core.review.review import review
    from mild_biller.output.claim_form.render import PrintMode, PrintStyle, render
    from mild_biller.store.case_file import open_case

    opened = open_case(EXAMPLES / f"{case}.json", catalog=loader.catalog())
    reviewed = review(opened, catalog=loader.catalog(), layouts=loader.layout, today=TODAY)
    assert reviewed.filled is not None
    assert reviewed.claim.form is not None
    pdf = render(reviewed.filled, layout=loader.layout(reviewed.claim.form), style=PrintStyle(mode=PrintMode.WITH_FORM))
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=PAGE_SCALE).to_pil().convert("P", palette=1).save(picture, optimize=True)
    print(picture.relative_to(ROOT).as_posix())


def _pictures_of_window() -> None:
    from PySide6.QtTest import QTest

    from mild_biller.gui import app
    from mild_biller.gui.style.apply_settings import dress
    from mild_biller.settings import Settings

    application = app.make_application()
    settings = Settings()
    dress(application, settings)
    for name, (case, step) in WINDOWS.items():
        window = app.make_window(settings)
        window.resize(*WINDOW_SIZE)
        window.case.open(EXAMPLES / f"{case}.json")
        window.show()
        _go_to(window, step)
        QTest.qWait(SETTLED_MS)
        picture = PICTURES / f"{name}.png"
        window.grab().save(str(picture))
        print(picture.relative_to(ROOT).as_posix())
        window.hide()
    _picture_of_help()


def _picture_of_help() -> None:
    """Make one of the pictures small enough for a page of help."""
    from PIL import Image

    HELP.parent.mkdir(exist_ok=True)
    with Image.open(PICTURES / f"{HELP_SHOWS}.png") as whole:
        height = round(whole.height * HELP_WIDTH / whole.width)
        whole.resize((HELP_WIDTH, height), Image.Resampling.LANCZOS).save(HELP, optimize=True)
    print(HELP.relative_to(ROOT).as_posix())


def _go_to(window: MainWindow, step: int) -> None:
    """Choose a step by its shortcut, as a user would."""
    from PySide6.QtGui import QAction, QKeySequence

    wanted = QKeySequence(f"Ctrl+{step}")
    next(action for action in window.findChildren(QAction) if action.shortcut() == wanted).trigger()


if __name__ == "__main__":
    main()
