"""The attached files as rows: type, pages, the state of the file, and buttons to move or remove it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mild_biller.core.case import pointer as json_pointer
from mild_biller.core.case.model import Attachment
from mild_biller.core.case.vocabulary import AttachmentKind
from mild_biller.gui import dialogs
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.section import FieldRow, NoticeLine, say_all
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.request.attached_files import AttachedFiles, Ready
from mild_biller.gui.style.buttons import SmallButton
from mild_biller.gui.style.theme import reading_font
from mild_biller.presentation.field import Field, chosen
from mild_biller.presentation.long_words import seen
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import PAGES
from mild_biller.store.attached_paths import shown

POINTER: Final = "/attachments"
READING: Final = "is being read"
NO_FILE: Final = "No file is named. Remove it from the list, then add the file."
NO_NAME: Final = "A file name contains a character that cannot be saved. Rename the file, then add it again."
FIELDS: Final = (
    chosen("kind", "Type", AttachmentKind, hint="select the type"),
    Field("pages", "Pages", PAGES, width=12, hint="all"),
)


class AttachmentRow(QWidget):
    """One attached file."""

    def __init__(self, index: int, case: OpenCase, *, act: Callable[[str, int], None]) -> None:
        super().__init__()
        self.index = index
        name = f"Attachment {index + 1}"
        self.title = QLabel()
        self.title.setFont(reading_font(is_bold=True))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.cells = tuple(BoundField(each, f"{POINTER}/{index}/{each.key}", case, group=name) for each in FIELDS)
        self.up = _button("↑", f"Move attachment {index + 1} up (Alt+Up)", lambda: act("up", index))
        self.down = _button("↓", f"Move attachment {index + 1} down (Alt+Down)", lambda: act("down", index))
        self.remove = QPushButton("Remove")
        self.remove.setAccessibleName(f"Remove attachment {index + 1}")
        self.remove.clicked.connect(lambda: act("remove", index))
        self.unlock = QPushButton("Password…")
        self.unlock.setAccessibleName(f"Enter the password of attachment {index + 1}")
        self.unlock.clicked.connect(lambda: act("unlock", index))
        self._notices: list[NoticeLine] = []
        self._lay_out()
        for keys, word in (("Alt+Up", "up"), ("Alt+Down", "down")):
            pressed = QShortcut(QKeySequence(keys), self)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            pressed.activated.connect(partial(act, word, index))

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for cell in self.cells:
            yield from cell.input.stops()
        yield from (self.up, self.down, self.remove, self.unlock)

    def show_file(self, entry: Attachment, ready: Ready | None, *, count: int) -> None:
        """Show the file and its state."""
        name = shown(entry.path or "") or "no file"
        pages = ready.prepared.page_count if ready is not None and ready.prepared is not None else 0
        how = f", {pages} {'page' if pages == 1 else 'pages'}" if pages else ""
        self.title.setText(seen(f"{self.index + 1}  {name}{how}"))
        self.up.setEnabled(self.index > 0)
        self.down.setEnabled(self.index < count - 1)
        self.unlock.setVisible(ready is not None and ready.is_locked)
        self._say(list(_lines(entry, ready)))
        for control in (self.up, self.down, self.remove, self.unlock):
            control.setAccessibleDescription(f"File {name}")

    @property
    def lines(self) -> list[str]:
        """What is said of the file."""
        return [line.text for line in self._notices if not line.isHidden()]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(FieldRow(self.cells, self.up, self.down, self.remove, self.unlock))

    def _say(self, said: Sequence[tuple[Tone, str]]) -> None:
        layout = self.layout()
        assert layout is not None
        say_all(said, lines=self._notices, add=layout.addWidget)
        for cell in self.cells:
            cell.explain(" ".join((f"File {self.title.text()}.", *(text for _, text in said))))


class AttachmentList(QWidget):
    """The files of the case, in the order of the packet."""

    moved = Signal()

    def __init__(self, case: OpenCase, files: AttachedFiles) -> None:
        super().__init__()
        self._case = case
        self._files = files
        self._rows: list[AttachmentRow] = []
        self._refused = NoticeLine()
        self._refused.hide()
        self.add_button = QPushButton("Add files…")
        self.add_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add_button.clicked.connect(self.choose)
        self._column = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._column)
        column.addWidget(self._refused)
        column.addWidget(self.add_button)
        case.replaced.connect(self._empty)

    @property
    def rows(self) -> tuple[AttachmentRow, ...]:
        """The rows that are shown."""
        return tuple(self._rows)

    def cells(self) -> Iterator[BoundField]:
        """Yield the fields of every row."""
        for row in self._rows:
            yield from row.cells

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus, in reading order."""
        for row in self._rows:
            yield from row.stops()
        yield self.add_button

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the fields by pointer; the list itself leads to the button that adds files."""
        for cell in self.cells():
            yield cell.pointer, cell
        yield POINTER, self.add_button

    def refresh(self) -> None:
        """Show as many rows as the case has attachments."""
        entries = self._case.case.attachments or ()
        while len(self._rows) < len(entries):
            self._rows.append(AttachmentRow(len(self._rows), self._case, act=self._act))
            self._column.addWidget(self._rows[-1])
            self._rows[-1].show()
            for cell in self._rows[-1].cells:
                cell.input.setAcceptDrops(False)  # a file dropped on a field is meant for the page
        while len(self._rows) > len(entries):
            self._drop_row()
        for cell in self.cells():
            cell.refresh()
        self.show_files()

    def show_files(self) -> None:
        """Show the state of every file."""
        entries = self._case.case.attachments or ()
        for row, entry in zip(self._rows, entries, strict=False):
            row.show_file(entry, self._files.ready(row.index), count=len(entries))

    def choose(self) -> None:
        """Add files that the user chooses."""
        self.add(dialogs.choose_attachments(self, folder=self._case.folder))

    def add(self, files: Sequence[Path]) -> None:
        """Put files at the end of the list, in one step."""
        named = [self._case.library.attach(file, ref=self._case.ref) for file in files]
        good = [name for name in named if _is_storable(name)]
        self._refused.setVisible(len(good) < len(named))
        self._refused.say(Tone.ERROR, NO_NAME)
        if good:
            before = self._case.case.attachments or ()
            self._put((*before, *(Attachment(path=name) for name in good)), len(before))
            self._rows[len(before)].cells[0].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, word: str, index: int) -> None:
        if word == "unlock":
            self._unlock(index)
        elif word == "remove":
            self._remove(index)
        else:
            self._move(index, index - 1 if word == "up" else index + 1)

    def _move(self, index: int, place: int) -> None:
        entries = list(self._case.case.attachments or ())
        if not (0 <= place < len(entries) and index < len(entries)):
            return
        entries.insert(place, entries.pop(index))
        self._put(tuple(entries), place)
        row = self._rows[place]
        button = row.up if place < index else row.down
        (button if button.isEnabled() else row.remove).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, index: int) -> None:
        entries = self._case.case.attachments or ()
        self._put((*entries[:index], *entries[index + 1 :]), index)
        row = self._rows[min(index, len(self._rows) - 1)] if self._rows else None
        (row.remove if row else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self, index: int) -> None:
        name = shown(self._case.read(f"{POINTER}/{index}/path") or "")
        password = dialogs.ask_password(self, f"Password of {name}. It is not saved.")
        if password is not None:
            self._files.unlock(index, password)

    def _put(self, entries: tuple[Any, ...], index: int) -> None:
        pointer = f"{POINTER}/{index}" if index < len(entries) else POINTER
        for cell in self.cells():
            self._case.note_fault(cell.pointer, None)
        self._case.put(json_pointer.write(self._case.case, POINTER, entries or None), pointer)
        for cell in self.cells():
            cell.reset()
        self.refresh()

    def _drop_row(self) -> None:
        row = self._rows.pop()
        for cell in row.cells:
            self._case.note_fault(cell.pointer, None)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _empty(self) -> None:
        self._refused.hide()
        while self._rows:
            self._drop_row()


def _lines(entry: Attachment, ready: Ready | None) -> Iterator[tuple[Tone, str]]:
    if not entry.path:
        yield Tone.NEEDED, NO_FILE
    elif ready is None:
        yield Tone.UNKNOWN, f"{shown(entry.path)} {READING}."
    elif ready.refusal:
        yield Tone.ERROR, ready.refusal
    elif ready.prepared is not None:
        for note in ready.prepared.notes:
            yield Tone.INFO, note


def _is_storable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _button(text: str, name: str, action: Callable[[], object]) -> SmallButton:
    button = SmallButton()
    button.setText(text)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.clicked.connect(action)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
