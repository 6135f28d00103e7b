"""The only module that opens message boxes, file choosers and the print dialog."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.style.theme import reading_font
from mild_biller.gui.widgets.listed import Listed
from mild_biller.gui.widgets.wrapped import WrappedLabel

PROGRAM = "Mild Biller"
CASES = "Case files (*.json)"
PDFS = "PDF (*.pdf)"
TABLES = "Tables (*.csv)"
ATTACHABLE = "PDF and pictures (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;All files (*)"
OF_THE_SCREEN = 0.92  # as much of it a dialog takes at most, its frame aside
_QT_ORGANIZATION = "QtProject"


class Answer(Enum):
    """What to do with changes nobody has saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class DraftAnswer(Enum):
    """What to do with work that a crash left behind."""

    OPEN = "open it"
    THROW_AWAY = "throw it away"
    LATER = "decide later"


class Broken(Enum):
    """What to do with work that cannot be read."""

    KEEP = "keep it where it is"
    THROW_AWAY = "throw it away"
    LATER = "decide later"


def ask_save(parent: QWidget) -> Answer:
    """Ask what becomes of unsaved changes."""
    buttons = QMessageBox.StandardButton
    box = _box(parent, QMessageBox.Icon.Question, "The case has unsaved changes.")
    box.setInformativeText("Save them first?")
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
    return answers.get(buttons(box.exec()), Answer.CANCEL)


def confirm(
    parent: QWidget, question: str, *, why: str, yes: str, no: str = "Cancel", named: Sequence[str] = ()
) -> bool:
    """Ask before something that cannot be taken back; `yes` and `no` are what the buttons say, `no` is chosen first.

    With sentences that are `named`, they are listed below the question, to scroll where there are many.
    """
    if named:
        return _confirm_listed(parent, question, why=why, yes=yes, no=no, named=named)
    box = _box(parent, QMessageBox.Icon.Warning, question)
    box.setInformativeText(why)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    return box.clickedButton() is button


def _confirm_listed(parent: QWidget, question: str, *, why: str, yes: str, no: str, named: Sequence[str]) -> bool:
    dialog = QDialog(parent)
    dialog.setWindowTitle(PROGRAM)
    buttons = QDialogButtonBox()
    buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    back = buttons.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
    back.setAccessibleDescription(" ".join((question, *named, why)).strip())
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    grid = QGridLayout(dialog)
    for row, part in enumerate(_listed(question, named=named, why=why)):
        grid.addWidget(part, row, 1)
    grid.addWidget(_warning_sign(dialog), 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(buttons, grid.rowCount(), 0, 1, 2)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(1, 1)
    back.setDefault(True)
    back.setFocus(Qt.FocusReason.PopupFocusReason)
    _fit(dialog)
    goes_on = bool(dialog.exec())
    dialog.deleteLater()
    return goes_on


def _listed(question: str, *, named: Sequence[str], why: str) -> Iterator[QWidget]:
    asked = WrappedLabel(question)
    asked.setFont(reading_font(is_bold=True))
    yield asked
    yield Listed(named, name="Needs review")
    if why:
        yield WrappedLabel(why)


def _warning_sign(dialog: QDialog) -> QLabel:
    sign, style = QLabel(), dialog.style()
    side = style.pixelMetric(QStyle.PixelMetric.PM_MessageBoxIconSize)
    sign.setPixmap(style.standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(side))
    return sign


def tell(parent: QWidget | None, message: str) -> None:
    """Show what went wrong, and what to do next."""
    _box(parent, QMessageBox.Icon.Warning, message).exec()


def ask_recovery(parent: QWidget, written: str) -> DraftAnswer:
    """Ask what becomes of work that was not saved; closing the dialog leaves it for the next start."""
    roles = QMessageBox.ButtonRole
    box = _box(parent, QMessageBox.Icon.Question, f"Work from {written} was not saved.")
    box.setInformativeText("The program ended before you saved it. Open it, or delete it?")
    opening = box.addButton("Open", roles.AcceptRole)
    throwing = box.addButton("Delete", roles.DestructiveRole)
    box.setEscapeButton(box.addButton("Decide later", roles.RejectRole))
    box.setDefaultButton(opening)
    box.exec()
    pressed = box.clickedButton()
    if pressed is opening:
        return DraftAnswer.OPEN
    return DraftAnswer.THROW_AWAY if pressed is throwing else DraftAnswer.LATER


def ask_broken(parent: QWidget, written: str, *, aside: Path) -> Broken:
    """Ask what becomes of unsaved work that cannot be read; closing the dialog leaves it for the next start."""
    roles = QMessageBox.ButtonRole
    box = _box(parent, QMessageBox.Icon.Warning, f"Work from {written} was not saved, and its copy could not be read.")
    box.setInformativeText(
        f"A newer version of the program may be able to read it. Keep it as {aside}, where nothing removes it later, "
        "or delete it? It contains patient information."
    )
    keeping = box.addButton("Keep the file", roles.AcceptRole)
    throwing = box.addButton("Delete", roles.DestructiveRole)
    box.setEscapeButton(box.addButton("Decide later", roles.RejectRole))
    box.setDefaultButton(keeping)
    box.exec()
    pressed = box.clickedButton()
    if pressed is keeping:
        return Broken.KEEP
    return Broken.THROW_AWAY if pressed is throwing else Broken.LATER


def tell_crash(parent: QWidget, message: str, *, kept: str, details: str) -> bool:
    """Report an internal error; return True if the user continues. The details can be copied."""
    box = _box(parent, QMessageBox.Icon.Critical, message)
    box.setInformativeText(f"{kept}\n\nThe details name places in the program, no patient information.")
    box.setDetailedText(details)
    closing = box.addButton("Close the program", QMessageBox.ButtonRole.DestructiveRole)
    going_on = box.addButton("Continue", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(going_on)
    box.setEscapeButton(going_on)
    box.exec()
    return box.clickedButton() is not closing


def show_page(parent: QWidget, title: str, page: QWidget) -> None:
    """Show a page to read, until it is closed."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(page, 1)
    column.addWidget(buttons)
    page.setFocus(Qt.FocusReason.PopupFocusReason)
    _fit(dialog)
    dialog.exec()
    page.setParent(None)  # the caller owns it
    dialog.deleteLater()


class _Form(QDialog):
    """A dialog that does not throw changes away without a question."""

    def __init__(self, parent: QWidget, is_changed: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._is_changed = is_changed

    def reject(self) -> None:
        """Leave without keeping anything, by Cancel, Esc or the window's own button."""
        if not self._is_changed() or confirm(
            self, "Discard the changes?", why="They cannot be restored.", yes="Discard"
        ):
            super().reject()


def show_form(
    parent: QWidget,
    title: str,
    form: QWidget,
    *,
    yes: str = "Save",
    fault: Callable[[], str] = lambda: "",
    is_changed: Callable[[], bool] = lambda: False,
) -> bool:
    """Show fields to fill in; return True if they are to be saved. While `fault` says something they are not.

    If `is_changed`, the user is asked before they are discarded.
    """
    dialog = _Form(parent, is_changed)
    dialog.setWindowTitle(title)
    said = QLabel()
    said.setWordWrap(True)
    said.hide()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    keep = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    column = QVBoxLayout(dialog)
    column.addWidget(form, 1)
    column.addWidget(said)
    column.addWidget(buttons)

    def accept() -> None:
        said.setText(fault())
        said.setVisible(bool(said.text()))
        keep.setAccessibleDescription(said.text())
        if not said.text():
            dialog.accept()

    buttons.accepted.connect(accept)
    buttons.rejected.connect(dialog.reject)
    _fit(dialog)
    is_kept = bool(dialog.exec())
    form.setParent(None)  # the caller still reads it
    dialog.deleteLater()
    return is_kept


def choose_case(parent: QWidget, *, folder: Path | None) -> Path | None:
    """Return the case file to open, None when nobody chose one."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Open a case", str(folder or ""), CASES)
    forget_folders()
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, *, folder: Path | None) -> Path | None:
    """Return the folder of the worklist, None when nobody chose one."""
    chosen = QFileDialog.getExistingDirectory(parent, "The work folder", str(folder or ""))
    forget_folders()
    return Path(chosen) if chosen else None


def choose_case_target(parent: QWidget, *, proposed: Path) -> Path | None:
    """Return where to save a case, None when nobody chose."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save the case", str(proposed), CASES)
    forget_folders()
    return _with_ending(chosen, ".json")


def choose_pdf_target(parent: QWidget, *, proposed: Path) -> Path | None:
    """Return where to write a PDF, None when nobody chose."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Export the form", str(proposed), PDFS)
    forget_folders()
    return _with_ending(chosen, ".pdf")


def choose_attachments(parent: QWidget, *, folder: Path | None) -> tuple[Path, ...]:
    """Return the files to attach, none when nobody chose any."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, "Attach files", str(folder or ""), ATTACHABLE)
    forget_folders()
    return tuple(Path(each) for each in chosen)


def choose_form(parent: QWidget, *, folder: Path | None) -> Path | None:
    """Return the office's own copy of a form, None when nobody chose one."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Your copy of the form", str(folder or ""), PDFS)
    forget_folders()
    return Path(chosen) if chosen else None


def ask_password(parent: QWidget, what_for: str) -> str | None:
    """Ask for a password that is not shown; None when nobody gave one."""
    given, is_given = QInputDialog.getText(parent, PROGRAM, what_for, QLineEdit.EchoMode.Password)
    return given if is_given and given else None


def choose_table(parent: QWidget) -> Path | None:
    """Return the table to import, None when nobody chose one."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Import a table", "", TABLES)
    forget_folders()
    return Path(chosen) if chosen else None


def choose_table_target(parent: QWidget, *, proposed: Path) -> Path | None:
    """Return where to write a table, None when nobody chose."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Export a table", str(proposed), TABLES)
    forget_folders()
    return _with_ending(chosen, ".csv")


def choose_printer(parent: QWidget, printer: QPrinter) -> bool:
    """Let the user choose and set up a printer; return True if it should print."""
    dialog = QPrintDialog(printer, parent)
    return bool(dialog.exec())


def forget_folders() -> None:
    """Clear the folders Qt's own file chooser writes down: their names may tell who is a patient."""
    kept = QSettings(QSettings.Scope.UserScope, _QT_ORGANIZATION)
    for key in ("history", "lastVisited", "shortcuts"):
        kept.remove(f"FileDialog/{key}")


def _fit(dialog: QDialog) -> None:
    """Give a dialog the size its contents ask for, as far as the screen has room; they scroll then."""
    room = dialog.screen().availableGeometry().size() * OF_THE_SCREEN
    dialog.resize(dialog.sizeHint().boundedTo(room))


def _with_ending(chosen: str, ending: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_name(f"{path.name}{ending}")


def _box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(icon, PROGRAM, text, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box
