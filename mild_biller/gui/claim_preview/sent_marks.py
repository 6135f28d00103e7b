"""Notes which saved case went out on paper or as a PDF; the worklist shows it as printed then."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from PySide6.QtCore import QObject, Signal

from mild_biller.core.case.model import Case
from mild_biller.errors import OutputError
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.store.case_file import dump_case

NOT_NOTED: Final = "Sent, but this could not be recorded: the worklist will not show it as printed."


class Prints(QObject):
    """Notes a claim that went out, at once when its case is saved as it is, else as soon as it is."""

    noted = Signal()

    def __init__(self, case: CaseEditor, *, say: Callable[[str], None]) -> None:
        super().__init__(case)
        self._case = case
        self._say = say
        self._out: set[tuple[bytes, bool]] = set()
        case.replaced.connect(self._out.clear)
        case.saved.connect(self._look)

    def note(self, *, is_facility: bool) -> None:
        """Note that the claim of the present case went out, or the facility's."""
        self._out.add((_content(self._case.case), is_facility))
        if not self._case.is_changed:
            self._look()

    def _look(self) -> None:
        """Note what went out of the case as its file holds it."""
        from mild_biller.store import printed  # not before something goes out

        if not self._out:
            return
        content = _content(self._case.case)
        made = [which for each, which in self._out if each == content and self._case.digest]
        if not made:
            return
        try:
            for is_facility in made:
                mark = printed.mark(self._case.digest, is_facility=is_facility)
                printed.note(printed.default_file(), mark, on=self._case.clock())
        except OutputError:
            self._say(NOT_NOTED)
        self.noted.emit()


def _content(case: Case) -> bytes:
    """Return what tells one claim from another; where the attached files lie is no part of it."""
    return sha256(dump_case(case.with_(attachments=None))).digest()
