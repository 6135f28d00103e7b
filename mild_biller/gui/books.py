"""The address book and the charge list of the office, as the window uses them: kept at every change."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from mild_biller.errors import OutputError
from mild_biller.store import address_book, charge_list
from mild_biller.store.address_book import Book, Entry, Part
from mild_biller.store.charge_list import Charge

NOT_KEPT: Final = "The books hold until you close; they could not be kept."


class Books(QObject):
    """Both books. Without a folder they are kept for this sitting alone."""

    changed = Signal()
    troubled = Signal(str)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._files = (
            (folder / address_book.default_file().name, folder / charge_list.default_file().name) if folder else None
        )
        self.book = Book()
        self.charges: tuple[Charge, ...] = ()
        self.trouble = self._load()

    def find(self, part: Part, key: str) -> Entry | None:
        """Return the entry of a part with a key, None when there is none."""
        return next((each for each in self.book.entries(part) if address_book.key(each) == key), None)

    def holds(self, entry: Entry) -> bool:
        """Tell whether the book says just what an entry says."""
        return address_book.plain(entry) in self.book.entries(address_book.part_of(entry))

    def put_first(self, entry: Entry) -> None:
        """Keep an entry, as the last used one."""
        if next(iter(self.book.entries(address_book.part_of(entry))), None) != address_book.plain(entry):
            self._change(lambda book: address_book.put_first(book, entry))

    def replace(self, book: Book) -> None:
        """Keep another book."""
        self.book = book
        self._save()

    def set_charges(self, charges: Iterable[Charge]) -> None:
        """Keep another charge list."""
        self.charges = tuple(sorted(charges))
        self._save()

    def _change(self, change: Callable[[Book], Book]) -> None:
        """Change the book as it is now: another window may have kept something since."""
        if self._files and self._files[0].exists():
            found, trouble = address_book.load(self._files[0])
            self.book = self.book if trouble else found
        self.book = change(self.book)
        self._save()

    def _save(self) -> None:
        try:
            if self._files:
                address_book.save(self._files[0], self.book)
                charge_list.save(self._files[1], self.charges)
        except OutputError:
            self.troubled.emit(NOT_KEPT)
        self.changed.emit()

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
