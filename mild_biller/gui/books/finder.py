"""Choosing from the office's book: a line that finds a name while it is typed, and a button that keeps one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QStringListModel, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mild_biller.gui.books.books import Books
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.style.tips import explain
from mild_biller.store import address_book
from mild_biller.store.address_book import BookPart, Entry

KEEPS = (
    "Saves the entry below to the address book (Ctrl+Shift+B, with the cursor in these fields); "
    "Ctrl+K adds all providers in the case."
)
Offers = Callable[[], Sequence[tuple[str, Any]]]


class FinderLine(QLineEdit):
    """Finds among what is offered by any part of its words; all of it is shown with the down key."""

    def __init__(self, name: str, *, offers: Offers, choose: Callable[[Any], None]) -> None:
        super().__init__()
        self._offers = offers
        self._choose = choose
        self._model = QStringListModel(self)
        found = QCompleter(self._model, self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setMaxVisibleItems(10)
        found.activated.connect(self._take)
        self.setCompleter(found)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        explain(self, "Type any part of a name. Down shows all entries, Enter takes the first match.")
        self.setMaxLength(200)
        self.setMinimumWidth(260)
        self.returnPressed.connect(self._enter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer what there is now."""
        self._model.setStringList([words for words, _ in self._offers()])
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show everything with the down key in an empty line."""
        if event.key() == Qt.Key.Key_Down and not self.text():
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Take the only one that fits; go on from an empty line."""
        popup = self.completer().popup()
        if (
            popup is not None and popup.isVisible() and popup.currentIndex().isValid()
        ):  # the list takes the one that is marked
            return
        typed = self.text().strip().lower()
        fitting = [words for words, _ in self._offers() if typed and typed in words.lower()]
        if len(fitting) == 1:
            self._take(fitting[0])
        elif not typed:
            self.focusNextChild()

    def _take(self, words: str) -> None:
        value = next((value for offered, value in self._offers() if offered == words), None)
        QTimer.singleShot(0, self, self.clear)  # the completer still writes what was chosen
        if value is not None:
            self._choose(value)


class Finder(QWidget):
    """Above fields of the case: choose who is meant from the book, or keep who was typed in it."""

    def __init__(self, name: str, *, base: str, part: BookPart, case: CaseEditor, books: Books) -> None:
        super().__init__()
        self.base = base
        self._part = part
        self._case = case
        self._books = books
        self.line = FinderLine(name, offers=self.offers, choose=self.choose)
        self.button = QPushButton("Save to address book")
        self.button.setAccessibleName(f"Save to address book: {name}")
        self.button.clicked.connect(self.keep)
        explain(self.button, KEEPS)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        self._lay_out()
        books.changed.connect(self.refresh)
        case.replaced.connect(self.said.hide)
        self.refresh()

    def offers(self) -> list[tuple[str, Any]]:
        """Return what can be chosen, the last used first."""
        return [(_words(entry), entry) for entry in self._books.book.entries(self._part)]

    def has_offers(self) -> bool:
        """Return True if there is anything to choose."""
        return bool(self._books.book.entries(self._part))

    def choose(self, value: Any) -> None:
        """Put what was chosen into the case."""
        role = self._case.read(f"{self.base}/role")
        entry = value.with_(role=role) if role is not None else value
        self._case.seal()
        self._case.write(self.base, entry)
        self._case.seal()
        self._books.put_first(value)

    def entry(self) -> Entry | None:
        """Return the entry of the case here, None if it has no name."""
        found = self._case.read(self.base)
        is_named = isinstance(found, Entry) and bool(address_book.label(found))
        return found if is_named else None

    def keep(self) -> None:
        """Save the entry; one with a fault is not saved."""
        entry = self.entry()
        if entry is None:
            return
        wrong = list(address_book.faults(entry))
        self._say(f"Not saved to the address book: {wrong[0]}." if wrong else "")
        if not wrong:
            self._books.put_first(entry)

    def cells(self) -> Iterator[BoundField]:
        """Yield nothing: no field of the case is here."""
        return iter(())

    def stops(self) -> Iterator[QWidget]:
        """Yield the widgets that take focus."""
        yield from (each for each in (self.line, self.button) if not each.isHidden())

    def targets(self) -> Iterator[tuple[str, QWidget]]:
        """Yield nothing: no finding leads here."""
        return iter(())

    def refresh(self) -> None:
        """Show the line if there is an entry to choose, the button if there is a new one."""
        entry = self.entry()
        self.line.setVisible(self.has_offers())
        self.button.setVisible(entry is not None and not self._books.holds(entry))
        if self.button.isHidden():
            self._say("")
        if self.parentWidget() is not None:  # without one it would be a window
            self.setVisible(not (self.line.isHidden() and self.button.isHidden()))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the line wide enough for its words in any size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widen()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the border of the line, as a field has one; some styles show none on a dark ground."""
        super().paintEvent(event)
        if not self.line.isHidden():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
            painter.drawRoundedRect(QRectF(self.line.geometry()).adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addLayout(row)
        column.addWidget(self.said)
        self._widen()

    def _widen(self) -> None:
        self.line.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.line.placeholderText()) + 24)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.button.setAccessibleDescription(f"{text} {KEEPS}".strip())


class PayerFinder(Finder):
    """Finds a payer by its name among those shipped and the office's own, the own ones first."""

    def offers(self) -> list[tuple[str, Any]]:
        """Return every payer."""
        known = sorted(self._case.catalog.payers, key=lambda payer: payer.name)
        own = [(f"{words}   (your own)", entry) for words, entry in super().offers()]
        return [*own, *((payer.name, payer.id) for payer in known)]

    def has_offers(self) -> bool:
        """Return True: the shipped payers are always there."""
        return True

    def choose(self, value: Any) -> None:
        """Put the payer into the case; a policy that is no longer known is left out."""
        if isinstance(value, str):
            self._case.seal()
            self._case.write(self.base, value)
            self._case.seal()
        elif value.policy is not None and value.policy not in self._case.catalog.versions:
            super().choose(value.with_(policy=None))
        else:
            super().choose(value)


def _words(entry: Entry) -> str:
    """Name an entry so that no two of the book are named alike."""
    key = address_book.key(entry)
    return f"{address_book.label(entry)}   {key}" if key.isdecimal() else address_book.label(entry)
