"""From the first call to a visible window: colors and an empty frame; then everything that takes longer."""

from pathlib import Path

from mild_biller.appearance import first_appearance
from mild_biller.gui.application import bare_application, color
from mild_biller.gui.window.frame import Frame
from mild_biller.paths import user_settings


def open_window(case_path: Path | None) -> int:
    """Open the window, with a case if one is named, and return the status once it is closed.

    Raises `CaseFileError` for a case file that cannot be used, before any window is shown.
    """
    application = bare_application()
    color(application, first_appearance(user_settings()))
    frame = Frame()
    if case_path is None and not frame.show_at_once():
        return 0
    from mild_biller.gui import app  # the rest of the program: the frame is not to wait for it

    app.fill(frame, case_path)
    return application.exec()
