"""What the office has set and keeps: its settings, and where they are changed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mild_biller import settings
from mild_biller.gui import dialogs
from mild_biller.gui.commands.book_commands import offers
from mild_biller.gui.settings.settings_form import SettingsForm
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.settings import Calibration, Settings


class SettingsController(QObject):
    """Holds the settings and lets the user change them."""

    settings_changed = Signal()

    def __init__(self, chosen: Settings, *, file: Path, window: MainWindow) -> None:
        super().__init__(window)
        self.settings = chosen
        self._file = file
        self._window = window

    def edit_settings(self) -> None:
        """Show the settings; keep and follow what is changed."""
        form = SettingsForm(self.settings, offers=offers(self._window.books, self._window.case))
        if dialogs.show_form(self._window, "Settings", form):
            self.change(form.chosen())

    def change(self, chosen: Settings) -> None:
        """Follow other settings, and keep them for the next start."""
        if chosen == self.settings:
            return
        self.settings = chosen
        try:
            settings.save(self._file, chosen)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            dialogs.tell(
                self._window, f"These settings apply to this session only; they could not be saved ({reason})."
            )
        self.settings_changed.emit()

    def calibrate(self, printer: str, calibration: Calibration) -> None:
        """Keep how a printer is off."""
        printers = {**self.settings.printers, printer: calibration}
        self.change(self.settings.model_copy(update={"printers": printers}))

    def use_work_folder(self, folder: str) -> None:
        """Keep which folder the worklist shows."""
        self.change(self.settings.model_copy(update={"work_folder": folder}))
