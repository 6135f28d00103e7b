"""What the menus do to files and printers: a few lines each around the case editor, the preview and the dialogs."""

import os
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mild_biller.errors import MildBillerError
from mild_biller.files import write_whole
from mild_biller.gui import dialogs
from mild_biller.gui.claim_preview.preview import Preview
from mild_biller.gui.claim_preview.printing import letter_printer, print_document
from mild_biller.gui.claim_preview.sent_marks import Prints
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.widgets.pdf_document import document_of
from mild_biller.output.claim_form.render import PrintMode
from mild_biller.paths import resources
from mild_biller.presentation.claim.printout import Printout, file_name
from mild_biller.presentation.findings.held import held
from mild_biller.store.case_file import open_case
from mild_biller.store.folder_library import id_of
from mild_biller.store.library import CaseConflict, CaseRef

NEW_NAME = "case.json"
MARKED = "A DRAFT watermark will print."
FIRST_EXAMPLE = "medicare-asc-2026.json"
EXAMPLES = {
    FIRST_EXAMPLE: "Medicare, covered in the study",
    "medicare-letter-o.json": "Medicare, an error to fix",
    "medicare-look-back-inside.json": "Medicare, prior procedure within the look-back",
    "medicare-hospital-derived.json": "Medicare, hospital claim (UB-04)",
    "premera-with-study-bundle.json": "Commercial, not covered",
}


class Commands:
    """New, open, save, export, print. `say` shows one line when something is done."""

    def __init__(self, case: OpenCase, preview: Preview, *, window: QWidget, say: Callable[[str], None]) -> None:
        self._case = case
        self._preview = preview
        self._window = window
        self._say = say
        self.home: Path | None = None  # where a new case is saved unless the user chooses another place
        self.prints = Prints(case, say=say)

    def new(self) -> None:
        """Begin an empty case."""
        if self.may_leave():
            self._case.replace(self._case.blank)

    def open(self) -> None:
        """Open a case file that the user chooses."""
        folder = self._case.folder or self.home
        if self.may_leave() and (path := dialogs.choose_case(self._window, folder=folder)):
            self._guarded(lambda: self._case.open(str(path)))

    def open_listed(self, ref: CaseRef) -> bool:
        """Open a case of the worklist; return True if it is open."""
        return self.may_leave() and self._guarded(lambda: self._case.open(ref))

    def open_example(self, name: str = FIRST_EXAMPLE) -> None:
        """Look at a shipped example; saving it asks where to."""
        if self.may_leave():
            example = resources() / "examples" / name
            self._guarded(lambda: self._case.replace(open_case(example, catalog=self._case.catalog)))

    def save(self) -> bool:
        """Save the case to its file, or where the user chooses; return True if it is saved."""
        return self._save_to(self._case.ref.id) if self._case.ref else self.save_as()

    def save_as(self) -> bool:
        """Save the case where the user chooses; return True if it is saved."""
        ref = self._case.ref
        proposed = Path(ref.id) if ref else free_name(self.home) if self.home else Path(NEW_NAME)
        path = dialogs.choose_case_target(self._window, proposed=proposed)
        return path is not None and self._save_to(id_of(path))

    def may_leave(self) -> bool:
        """Ask what to do with unsaved changes; return True if work may go on."""
        if not self._case.is_changed:
            return True
        answer = dialogs.ask_save(self._window)
        return answer is dialogs.Answer.DISCARD or (answer is dialogs.Answer.SAVE and self.save())

    def export(self) -> None:
        """Write the form as it is shown to a PDF."""
        made = self._preview.printed(self._preview.mode)
        if not self._may_go_out(made, "Export"):
            return
        name = file_name(self._preview.review, mode=self._preview.mode)
        path = dialogs.choose_pdf_target(self._window, proposed=(self._case.folder or Path()) / name)
        if path is not None and made.content is not None:
            content = made.content
            if self._guarded(lambda: write_whole(path, content)):
                self._say("Form exported.")
                self._note(made)

    def print_as_shown(self) -> None:
        """Print what the preview shows."""
        self._print(self._preview.mode)

    def print_data(self) -> None:
        """Print the data alone, on the printed form."""
        self._print(PrintMode.DATA_ONLY)

    def print_form(self) -> None:
        """Print form and data, on blank paper."""
        self._print(PrintMode.WITH_FORM)

    def _print(self, mode: PrintMode) -> None:
        made = self._preview.printed(mode)
        if not self._may_go_out(made, "Print"):
            return
        printer = letter_printer()
        if dialogs.choose_printer(self._window, printer):
            made = self._preview.printed(mode, printer=printer.printerName())
            document, buffer = document_of(made.content or b"", owner=self._window)
            if self._guarded(lambda: print_document(document, printer)):
                self._say("Sent to printer.")
                self._note(made)
            document.deleteLater()
            buffer.deleteLater()

    def _note(self, made: Printout) -> None:
        """Remember that a claim went out; a draft is none."""
        if not made.why_draft:
            self.prints.note(is_facility=self._preview.review is not self._case.review)

    def _may_go_out(self, made: Printout, verb: str) -> bool:
        """Return True if a claim may leave: it is clean, or the user saw what needs review and confirmed."""
        if made.content is None:
            dialogs.tell(self._window, made.why_not)
            return False
        open_ = held(self._preview.review, of=self._case.review)
        if not made.why_draft and not open_.lines:
            return True
        reasons = " ".join(filter(None, (made.why_draft, open_.sentence)))
        return dialogs.confirm(
            self._window,
            f"{reasons} {verb} anyway?",
            why=MARKED if made.why_draft else "",
            yes=f"{verb} the draft" if made.why_draft else f"{verb} anyway",
            no="Go back",
            named=open_.lines,
        )

    def _save_to(self, id: str) -> bool:
        unread = ", ".join(self._case.faults.values())
        if unread and not dialogs.confirm(
            self._window,
            "Save without the unreadable fields?",
            why=f"{unread}: not saved in the case file. What you typed stays on this computer until you correct it.",
            yes="Save without",
        ):
            return False
        over: CaseRef | None = None
        while True:
            try:
                self._case.save(id, over=over)
            except CaseConflict as conflict:
                if not self._may_overwrite():
                    return False
                over = conflict.there
            except MildBillerError as error:
                dialogs.tell(self._window, str(error))
                return False
            else:
                self._say("Saved.")
                return True

    def _may_overwrite(self) -> bool:
        """Ask before another window's or program's work is written over."""
        why = "Another window or program changed the file after you opened it. Save under another name to keep both."
        return dialogs.confirm(self._window, "Save over the changed file?", why=why, yes="Save over it")

    def _guarded(self, action: Callable[[], object]) -> bool:
        """Carry out an action; show an error in its one line. Return True if it succeeded."""
        try:
            action()
        except MildBillerError as error:
            dialogs.tell(self._window, str(error))
            return False
        return True


def free_name(folder: Path) -> Path:
    """Return a name in a folder that no file has yet, without a word about the patient."""
    first = folder / NEW_NAME
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(each for each in chain((first,), others) if not os.path.lexists(each))
