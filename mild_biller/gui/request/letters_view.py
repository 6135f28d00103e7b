"""The letters and notices: one of six to choose, its paragraphs to edit, its blanks, its pages, and the export."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mild_biller.core.case.pointer import Refused, keys_of, pointer_to
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.core.documents.letters import FormEntry, Letter, Paragraph
from mild_biller.core.documents.quote import Blank
from mild_biller.core.documents.remark import Remark
from mild_biller.errors import OutputError
from mild_biller.files import write_whole
from mild_biller.gui import dialogs, tasks
from mild_biller.gui.fields.section import NoticeLine, say_all
from mild_biller.gui.open_case import OpenCase
from mild_biller.gui.request.letter_paragraphs import ParagraphView
from mild_biller.gui.request.packet_desk import PacketDesk
from mild_biller.gui.style.buttons import Button
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.flow import Bar
from mild_biller.gui.widgets.pdf_pane import PdfPane
from mild_biller.gui.widgets.tab_order import put_in_order
from mild_biller.presentation.labels import words
from mild_biller.presentation.tone import Tone
from mild_biller.presentation.typed_text import BROKEN

WAIT: Final = 250  # milliseconds of silence before the pages are made again
LIST_LINES: Final = 5
WRITTEN: Final = "Letter exported."
FILLED: Final = "Your form was filled."


class LettersView(QWidget):
    """Keeps what is rewritten in the case; makes pages only while they are visible."""

    asked = Signal(str)  # a key of the case
    written = Signal(str)  # what to say once an export has ended
    shown = Signal()  # the pages of the present letter are on the screen
    _made = Signal(object, object)  # the letter, and its pages
    _exported = Signal(object)

    def __init__(self, case: OpenCase, desk: PacketDesk) -> None:
        super().__init__()
        self._case = case
        self._desk = desk
        self._letter: Letter | None = None
        self._shown: tuple[LetterKind, tuple[str, ...]] | None = None
        self._views: dict[str, ParagraphView] = {}
        self._notices: list[NoticeLine] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._make)
        self._build_bar()
        self._lay_out()
        self._made.connect(self._show_pages)
        self._exported.connect(self._end_export)
        self.pane.shown.connect(self._tell_shown)
        case.changed.connect(self._follow)

    @property
    def kind(self) -> LetterKind:
        """The letter that is chosen."""
        return LetterKind(self.kinds.currentData())

    @kind.setter
    def kind(self, kind: LetterKind) -> None:
        self.kinds.setCurrentIndex(list(LetterKind).index(kind))

    @property
    def paragraphs(self) -> dict[str, ParagraphView]:
        """The paragraphs that are shown, by id."""
        return self._views

    def clear(self) -> None:
        """Remove the closed case, and ignore results of work that was started for it."""
        self._timer.stop()
        self._letter = self._shown = None
        self._rebuild(())
        say_all((), lines=self._notices, add=self._said.addWidget)
        self.blanks.clear()
        self.pane.show_pdf(None)

    def refresh(self) -> None:
        """Show the chosen letter as the present case fills it."""
        kind = self.kind
        letter = self._letter = self._desk.letter(kind)
        filled = self._desk.letter(kind, as_filled=True).paragraphs
        self._show_paragraphs(kind, filled)
        self._say(letter)
        self._list_blanks(letter)
        self._own_form.setVisible(kind is LetterKind.ABN)
        for button in (self._export, self._own_form, self._look):
            button.setEnabled(not letter.refusals)
        if letter.refusals:
            self._look.setChecked(False)
            self.pane.show_pdf(None)
        if self._look.isChecked():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the letter that was not filled while nobody could see it."""
        super().showEvent(event)
        self.refresh()

    def show_field(self, pointer: str) -> QWidget | None:
        """Put the cursor into the paragraph a key under `/letters` leads to."""
        keys = keys_of(pointer)
        if len(keys) > 1 and keys[1] in list(LetterKind):
            self.kind = LetterKind(keys[1])
        self.refresh()
        self._look.setChecked(False)
        view = self._views.get(keys[2]) if len(keys) > 2 else None
        if view is None or view.is_table:
            self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)
            return self.kinds
        self._bring(view)
        return view.enter()

    def export(self) -> None:
        """Save the letter where the user chooses."""
        letter = self._desk.letter(self.kind)
        if letter.refusals:
            dialogs.tell(self, _words(letter.refusals[0]))
            return
        path = dialogs.choose_pdf_target(self, proposed=self._folder / self._desk.file_name(f"letter-{self.kind}"))
        if path is not None:
            tasks.start(partial(_write, letter, path), tell=self._exported.emit)

    def fill_form(self) -> None:
        """Fill the office's own copy of the form of the advance notice."""
        form = dialogs.choose_form(self, folder=self._folder)
        if form is None:
            return
        path = dialogs.choose_pdf_target(self, proposed=self._folder / self._desk.file_name("abn-form"))
        if path is not None:
            tasks.start(partial(_fill, form, self._desk.form_entries(), path), tell=self._exported.emit)

    def _build_bar(self) -> None:
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("Which letter")
        explain(self.kinds, "Which letter is shown, edited and exported.")
        for kind in LetterKind:
            self.kinds.addItem(words(kind), kind.value)
        self.kinds.currentIndexChanged.connect(self.refresh)
        self._look = Button("Pages")
        explain(self._look, "Shows the pages of the letter as they will print; press again to edit its text.")
        self._look.setAccessibleName("Letter preview")
        self._look.setCheckable(True)
        self._look.toggled.connect(self._show_look)
        self._export = Button("Export letter…")
        self._export.clicked.connect(self.export)
        explain(self._export, "Saves the selected letter as a PDF.")
        self._own_form = Button("Fill your own form…")
        self._own_form.clicked.connect(self.fill_form)
        explain(self._own_form, "Fills your own copy of the form, a PDF with fields, and saves it under another name.")

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self.area = QScrollArea()
        self.area.setWidget(self._inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName("Paragraphs of the letter")
        self.pane = PdfPane("Letter preview")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.pane)
        self._said = QVBoxLayout()
        self._to_fill = QLabel()
        self.blanks = QListWidget()
        self.blanks.setAccessibleName("Blanks to fill in")
        explain(self.blanks, "Enter goes to the field of the case, or to the blank in the text.")
        self.blanks.setWordWrap(True)
        self.blanks.itemActivated.connect(self._go_to_blank)
        self.blanks.itemClicked.connect(self._go_to_blank)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(Bar((self.kinds, self._look, self._export, self._own_form)))
        column.addLayout(self._said)
        column.addWidget(self._stack, 1)
        column.addWidget(self._to_fill)
        column.addWidget(self.blanks)

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_paragraphs(self, kind: LetterKind, filled: Sequence[Paragraph]) -> None:
        wanted = (kind, tuple(each.id for each in filled))
        if wanted != self._shown:
            if self._shown is not None and self._shown[0] is not kind:
                self.pane.show_pdf(None)  # the pages of another letter
            self._shown = wanted
            self._rebuild(filled)
        edits = self._desk.edits(kind) or {}
        for each in filled:
            self._views[each.id].show_paragraph(each, edits.get(each.id))

    def _rebuild(self, filled: Sequence[Paragraph]) -> None:
        for old in [self._column.takeAt(0) for _ in range(self._column.count())]:
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self._views = {}
        for number, each in enumerate(filled, start=1):
            view = ParagraphView(each, number=number)
            view.edited.connect(self._write_anew)
            view.reset_asked.connect(self._reset)
            view.left.connect(self._case.seal)
            self._views[each.id] = view
            self._column.addWidget(view)
        self._column.addStretch(1)
        put_in_order(self.area, [stop for view in self._views.values() for stop in view.stops()])

    def _write_anew(self, name: str) -> None:
        """Keep what the user wrote; unchanged text is no edit."""
        text = self._views[name].edit.toPlainText()
        filled = {each.id: each.text for each in self._desk.letter(self.kind, as_filled=True).paragraphs}
        try:
            text.encode()
            self._case.write(self._pointer(name), None if filled.get(name) == text else text)
        except (UnicodeEncodeError, Refused):
            self._views[name].refuse(BROKEN)

    def _reset(self, name: str) -> None:
        self._case.seal()
        self._case.write(self._pointer(name), None)
        self._case.seal()
        self._views[name].enter()

    def _pointer(self, name: str) -> str:
        return pointer_to(("letters", self.kind.value, name))

    def _say(self, letter: Letter) -> None:
        said = [(Tone.ERROR, f"Do not send this letter: {_words(each)}") for each in letter.refusals]
        said += [(Tone.WARNING, _words(each)) for each in letter.cautions]
        say_all(said, lines=self._notices, add=self._said.addWidget)

    def _list_blanks(self, letter: Letter) -> None:
        places: dict[Blank, str] = {}
        for paragraph in letter.paragraphs:
            for blank in paragraph.blanks:
                places.setdefault(blank, paragraph.id)
        count = len(places)
        self._to_fill.setText(f"{count} {'blank' if count == 1 else 'blanks'} to fill in")
        self._to_fill.setVisible(bool(places))
        self.blanks.setVisible(bool(places))
        self.blanks.setFixedHeight(self.fontMetrics().lineSpacing() * (min(LIST_LINES, count) + 1))
        self._fill_list([(blank.label, blank.path, name, str(blank)) for blank, name in places.items()])

    def _fill_list(self, rows: list[tuple[str, str | None, str, str]]) -> None:
        if rows == [self.blanks.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self.blanks.count())]:
            return
        self.blanks.clear()
        for row in rows:
            item = QListWidgetItem(row[0] if row[1] else f"{row[0]} (only you can fill this)")
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.blanks.addItem(item)

    def _go_to_blank(self, item: QListWidgetItem) -> None:
        _, path, name, shown = item.data(Qt.ItemDataRole.UserRole)
        if path:
            self.asked.emit(path)
            return
        self._look.setChecked(False)
        view = self._views.get(name)
        if view is not None and not view.is_table:
            self._bring(view)
            view.enter(shown)

    def _bring(self, view: ParagraphView) -> None:
        QTimer.singleShot(0, view, lambda: self.area.ensureWidgetVisible(view, 20, 40))

    def _show_look(self, is_on: bool) -> None:
        self._stack.setCurrentIndex(1 if is_on else 0)
        if is_on:
            self._timer.start(0)

    def _make(self) -> None:
        if self._letter is not None and not self._letter.refusals:
            tasks.start(partial(_pages, self._letter), tell=partial(self._made.emit, self._letter))

    def _show_pages(self, letter: Letter, told: object) -> None:
        answer = tasks.answer_of(told)
        if letter is self._letter:  # else a newer one follows
            self.pane.show_pdf(answer if isinstance(answer, bytes) else None)

    def _tell_shown(self) -> None:
        if self.pane.view.content is not None:
            self.shown.emit()

    def _end_export(self, told: object) -> None:
        refusal = tasks.refusal_of(told)
        if refusal:
            dialogs.tell(self, refusal)
            return
        left = told if isinstance(told, tuple) else None
        if left:
            lines = "\n".join(f"{entry.letter} {entry.label}: {entry.text}" for entry in left)
            dialogs.tell(self, f"The form has no field for these. Fill them in by hand.\n{lines}")
        self.written.emit(WRITTEN if left is None else FILLED)

    @property
    def _folder(self) -> Path:
        return self._case.folder or Path()


def _pages(letter: Letter) -> bytes:
    from mild_biller.output.documents.letter_pdf import render  # the PDF libraries: the window is not to wait for them

    return render(letter)


def _write(letter: Letter, path: Path) -> None:
    """Write a letter. For another thread."""
    write_whole(path, _pages(letter))


def _fill(form: Path, entries: tuple[FormEntry, ...], path: Path) -> tuple[FormEntry, ...]:
    """Fill a form, and return what found no field in it. For another thread."""
    from mild_biller.output.attachments.case_attachments import (
        content_of,  # the PDF libraries: the window is not to wait for them
    )
    from mild_biller.output.documents.own_form import fill

    content = content_of(form, form.name)
    if path.exists() and path.samefile(form):
        raise OutputError("This would overwrite your form. Choose another name.")
    filled = fill(content, entries, name=form.name)
    write_whole(path, filled.pdf)
    return filled.left


def _words(said: Remark) -> str:
    return f"{said.message} {said.remedy}".strip()
