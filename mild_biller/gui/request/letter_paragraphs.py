"""One paragraph of a letter: words to edit, in which blanks stand out, or a table to read."""

from html import escape

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from mild_biller.core.documents.letter_rules import Style
from mild_biller.core.documents.letters import BLANK, Paragraph, Row
from mild_biller.core.documents.quote import Blank
from mild_biller.gui.fields.section import NoticeLine
from mild_biller.gui.request.unprintable import unprinted
from mild_biller.gui.style.tips import explain
from mild_biller.gui.widgets.undo_keys import is_left_to_the_case
from mild_biller.presentation.long_words import without_unseen
from mild_biller.presentation.tone import Tone

PAPER = "#ffe8a3"  # behind a blank, as on paper
INK = "#17191c"
NARROWEST = 16  # letters of a line in a table
EDGE = 10  # pixels of an edit field next to its text
TITLES = {
    Style.SENDER: "Sender",
    Style.ADDRESS: "Address",
    Style.SUBJECT: "Subject",
    Style.HEADING: "Heading",
    Style.BODY: "Paragraph",
    Style.BULLET: "Point",
    Style.CHOICE: "Choice",
    Style.FACTS: "Facts of the case",
    Style.EVIDENCE: "Evidence",
    Style.FORM: "Fields of the form",
    Style.SIGNATURE: "Signature",
    Style.SMALL: "Small print",
}


class _Blanks(QSyntaxHighlighter):
    """Puts a shade behind what is still to fill in."""

    def highlightBlock(self, text: str) -> None:
        """Shade the blanks of a line."""
        shade = QTextCharFormat()
        shade.setBackground(QColor(PAPER))
        shade.setForeground(QColor(INK))
        for found in BLANK.finditer(text):
            self.setFormat(_units(text[: found.start()]), _units(found[0]), shade)


def _units(text: str) -> int:
    """Return how long Qt takes a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class WordsEdit(QTextEdit):
    """Plain words, as high as they are long. Undo is the case's, and Tab goes on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._blanks = _Blanks(self.document())
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Become as high as the words."""
        height = round(self.document().size().height()) + EDGE
        if height != self.height():
            self.setFixedHeight(height)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and its kin to the window."""
        return False if is_left_to_the_case(event) else super().event(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, with a blank for what has no picture."""
        self.insertPlainText(without_unseen(source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words again."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report that the words were left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class RowsLabel(QLabel):
    """Rows to read: as a table, or line by line where its columns would be too narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._rows: tuple[Row, ...] = ()
        self._has_heads = False
        self._least = 0  # pixels that the table takes

    def show_rows(self, rows: tuple[Row, ...], *, has_heads: bool) -> None:
        """Show other rows."""
        if rows != self._rows:
            self._rows, self._has_heads = rows, has_heads
            self._measure()

    def minimumSizeHint(self) -> QSize:
        """Return a width that no table forces on what is around."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self.fontMetrics().averageCharWidth() * NARROWEST), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose by the width there is."""
        super().resizeEvent(event)
        self._choose()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self.setText(_table(self._rows, has_heads=self._has_heads))
        self._least = super().minimumSizeHint().width()
        self._choose()

    def _choose(self) -> None:
        is_table = self.width() >= self._least
        said = _table if is_table else _lines
        text = said(self._rows, has_heads=self._has_heads)
        if text != self.text():
            self.setText(text)


class ParagraphView(QWidget):
    """A paragraph with its heading; one that was rewritten can be reset."""

    edited = Signal(str)  # the paragraph's id; a signal would lose half a character of its words
    reset_asked = Signal(str)
    left = Signal()

    def __init__(self, paragraph: Paragraph, *, number: int) -> None:
        super().__init__()
        self.id = paragraph.id
        self.is_table = bool(paragraph.rows)
        name = f"{number}  {TITLES[paragraph.style]}"
        self._title = QLabel(name)
        self._changed = QLabel("rewritten")
        self.reset_button = QPushButton("Reset")
        self.reset_button.setAccessibleName(f"Reset paragraph {name}")
        self.reset_button.clicked.connect(lambda: self.reset_asked.emit(self.id))
        explain(self.reset_button, "Restores the text that follows from the case.")
        self.edit = WordsEdit()
        self.edit.setAccessibleName(f"Text of paragraph {name}")
        self.edit.textChanged.connect(self._typed)
        self.edit.left.connect(self.left)
        self.table = RowsLabel()
        self.table.setAccessibleName(f"Paragraph {name}")
        self.notice = NoticeLine()
        self._lay_out()

    def show_paragraph(self, filled: Paragraph, edit: str | None) -> None:
        """Show a paragraph as filled, or as the user rewrote it."""
        self._changed.setVisible(edit is not None)
        wrong = unprinted(edit or "")
        self.notice.say(Tone.WARNING, wrong)
        self.notice.setVisible(bool(wrong))
        self._describe()
        self.reset_button.setVisible(edit is not None)
        if self.is_table:
            self.table.show_rows(filled.rows, has_heads=filled.style is Style.EVIDENCE)
            return
        words = filled.text if edit is None else edit
        if self.edit.toPlainText() != words:
            with QSignalBlocker(self.edit):
                self.edit.setPlainText(words)
            self.edit.fit()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the cursor can stand on, in reading order; of a table nothing."""
        return () if self.is_table else (self.reset_button, self.edit)

    def refuse(self, why: str) -> None:
        """Show under the words why they cannot be kept."""
        self.notice.say(Tone.ERROR, why)
        self.notice.show()
        self._describe()

    def enter(self, words: str = "") -> QWidget:
        """Put the cursor into the text, on some words where they are there, and return the widget."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if words:
            self.edit.moveCursor(QTextCursor.MoveOperation.Start)
            self.edit.find(words)
        return self.edit

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self._changed)
        top.addStretch(1)
        top.addWidget(self.reset_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self.table if self.is_table else self.edit)
        column.addWidget(self.notice)
        other = self.edit if self.is_table else self.table
        other.setParent(self)
        other.hide()
        self.notice.hide()

    def _describe(self) -> None:
        """Let a screen reader read what is shown next to the text."""
        why = "" if self.notice.isHidden() else self.notice.text
        changed = "" if self._changed.isHidden() else f"{self._changed.text().capitalize()}."
        self.edit.setAccessibleDescription(f"{why} {changed}".strip())

    def _typed(self) -> None:
        self.edited.emit(self.id)


def _table(rows: tuple[Row, ...], *, has_heads: bool) -> str:
    lines = []
    for place, row in enumerate(rows):
        tag = "th" if has_heads and place == 0 else "td"
        cells = "".join(f"<{tag} align='left'>{_cell(cell)}</{tag}>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return f"<table cellpadding='3'>{''.join(lines)}</table>"


def _lines(rows: tuple[Row, ...], *, has_heads: bool) -> str:
    """Return a block for each row: its cells below one another, each with the head of its column."""
    heads = [_cell(each) for each in rows[0]] if has_heads and rows else []
    return "".join(_block([_cell(each) for each in row], heads) for row in (rows[1:] if heads else rows))


def _block(cells: list[str], heads: list[str]) -> str:
    named = [f"<b>{head}:</b> {cell}" for head, cell in zip(heads, cells, strict=False)]
    said = named or [f"<b>{first}</b>" for first in cells[:1]] + cells[1:]
    return f"<p>{'<br>'.join(said)}</p>"


def _cell(pieces: tuple[str | Blank, ...]) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: str | Blank) -> str:
    if isinstance(piece, Blank):
        return f"<span style='background-color:{PAPER}; color:{INK}'>{escape(str(piece))}</span>"
    return escape(piece).replace("\n", "<br>")
