"""The address book and the charge list of the office, as the window uses them: kept at every change."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from mild_biller.errors import OutputError
from mild_biller.store import address_book, charge_list
from mild_biller.store.address_book import Book, BookPart, Entry
from mild_biller.store.charge_list import Charge

NOT_KEPT: Final = "Address book changes apply to this session only; they could not be saved."


class Books(QObject):
    """Both books. Without a folder they are kept for this sitting alone."""

    changed = Signal()
    troubled = Signal(str)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._files = (
            (folder / address_book.default_file().name, folder / charge_list.default_file().name) if folder else None
        )
        self.book = self._indexed = Book()
        self._is_kept = True
        self._index: dict[tuple[BookPart, str], Entry] = {}
        self.charges: tuple[Charge, ...] = ()
        self.trouble = self._load()

    def find(self, part: BookPart, key: str) -> Entry | None:
        """Return the entry of a part with a key, None when there is none."""
        return self._by_key().get((part, key))

    def holds(self, entry: Entry) -> bool:
        """Return True if the book has exactly this entry."""
        plain = address_book.plain(entry)
        return self.find(address_book.part_of(plain), address_book.key(plain)) == plain

    def put_first(self, entry: Entry) -> None:
        """Keep an entry, as the last used one."""
        if next(iter(self.book.entries(address_book.part_of(entry))), None) != address_book.plain(entry):
            self._change(lambda book: address_book.put_first(book, entry))

    def replace(self, book: Book, *, before: Book | None = None) -> None:
        """Keep another book; what another window has added since `before` was read stays."""
        if before is not None:
            book = address_book.changed_since(book, before=before, now=self.read_again())
        self.book = book
        self._save_book()

    def set_charges(self, charges: Iterable[Charge]) -> None:
        """Keep another charge list."""
        self.charges = tuple(sorted(charges))
        self._save(lambda files: charge_list.save(files[1], self.charges))

    def read_again(self) -> Book:
        """Return the book as it is now, with the charges: another window may have kept something since."""
        if not self._is_kept:  # what could not be written is only here
            return self.book
        if self._files and self._files[0].exists():
            found, trouble = address_book.load(self._files[0])
            self.book = self.book if trouble else found
        if self._files and self._files[1].exists():
            loaded = charge_list.load(self._files[1])
            self.charges = self.charges if loaded.trouble else loaded.charges
        return self.book

    def _change(self, change: Callable[[Book], Book]) -> None:
        self.book = change(self.read_again())
        self._save_book()

    def _save_book(self) -> None:
        self._save(lambda files: address_book.save(files[0], self.book))

    def _save(self, write: Callable[[tuple[Path, Path]], object]) -> None:
        try:
            if self._files:
                write(self._files)
            self._is_kept = True
        except OutputError:
            self._is_kept = False
            self.troubled.emit(NOT_KEPT)
        self.changed.emit()

    def _by_key(self) -> dict[tuple[BookPart, str], Entry]:
        """Return the entries by part and key; looked for at every change of a case, so made once for a book."""
        if self._indexed is not self.book:
            self._indexed = self.book
            self._index = {
                (part, address_book.key(each)): each for part in BookPart for each in self.book.entries(part)
            }
        return self._index

    def _load(self) -> str:
        """Read both books and return what went wrong."""
        if self._files is None:
            return ""
        try:
            self.book, said = address_book.load(self._files[0])
            loaded = charge_list.load(self._files[1])
        except OutputError as error:  # what is broken could not be kept aside either
            return str(error)
        self.charges = loaded.charges
        return " ".join(filter(None, (said, loaded.trouble)))
