"""Case files as a library: the id of a case is the full name of its file, its version the SHA-256 of the bytes.

Any case file can be opened and saved; the list is that of one folder. There is no history and no lock.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from mild_biller.core.case.model import Case
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError
from mild_biller.store import attached_paths, case_folder
from mild_biller.store.case_file import open_with_content, parse_case, save_case
from mild_biller.store.library import CaseConflict, CaseRef, CaseRow, KeptCase, ListedCase, Listing, ReviewRules


class FolderLibrary:
    """The case files of this computer, with the list of one folder, or with none."""

    def __init__(self, *, catalog: Catalog, folder: Path | None = None) -> None:
        self._catalog = catalog
        self._folder = folder

    @property
    def watched(self) -> Path | None:
        """The folder of the list."""
        return self._folder

    def open(self, wanted: CaseRef | str | os.PathLike[str]) -> KeptCase:
        """Read a case file as it is now. Raises `CaseFileError`."""
        path = Path(wanted.id if isinstance(wanted, CaseRef) else wanted)
        case, content = open_with_content(path, catalog=self._catalog)
        return KeptCase(case, CaseRef(id_of(path), sha256(content).hexdigest()))

    def version(self, id: str) -> str:
        """Return the SHA-256 of a file, nothing where there is no file to read."""
        content = _content(Path(id))
        return "" if content is None else sha256(content).hexdigest()

    def save(self, case: Case, id: str, *, expected: str | None) -> CaseRef:
        """Write a case file. Raises `CaseConflict`, `OutputError`."""
        path = Path(id)
        if expected is not None:
            self._check(path, expected)
        content = save_case(path, case)
        return CaseRef(id_of(path), sha256(content).hexdigest())

    def list(self) -> Listing:
        """List the case files of the folder; none without a folder."""
        return case_folder.survey(self._folder) if self._folder is not None else Listing(())

    def summaries(
        self, cases: Sequence[ListedCase], *, rules: ReviewRules, seconds: float, is_stopped: Callable[[], bool]
    ) -> tuple[CaseRow | None, ...]:
        """Read and review case files in turn."""
        return case_folder.read_rows(cases, rules=rules, seconds=seconds, is_stopped=is_stopped)

    def history(self, ref: CaseRef) -> tuple[CaseRef, ...]:
        """Return nothing: a file is only what it is now."""
        return ()

    def attachments(self, case: Case, *, ref: CaseRef | None) -> tuple[Path | None, ...]:
        """Return where each attached file is; None where none is named, or its name begins at a file not saved yet."""
        folder = self._folder_of(ref)
        return tuple(
            attached_paths.file_of(each.path, folder=folder) if each.path else None for each in case.attachments or ()
        )

    def attach(self, file: Path, *, ref: CaseRef | None) -> str:
        """Return the name of a file as it is told from the case file."""
        return attached_paths.name_for(file, folder=self._folder_of(ref))

    def rehomed(self, case: Case, *, before: CaseRef | None, id: str) -> Case:
        """Return a case with its attached files named from another case file."""
        return attached_paths.moved(case, before=self._folder_of(before), after=Path(id).absolute().parent)

    def name(self, ref: CaseRef) -> str:
        """Return the name of a case file without its folders."""
        return Path(ref.id).name

    def beside(self, ref: CaseRef) -> Path | None:
        """Return the folder of a case file."""
        return self._folder_of(ref)

    def is_gone(self, id: str) -> bool:
        """Return True if a case file is gone from a folder that is there."""
        path = Path(id)
        return path.parent.is_dir() and not path.exists()

    def listed_id(self, ref: CaseRef | None) -> str | None:
        """Return the id under which the list shows a case file; None for one that is elsewhere."""
        if self._folder is None or ref is None:
            return None
        path = Path(ref.id)
        try:
            is_there = os.path.samefile(path.parent, self._folder)
        except (OSError, ValueError):  # one of the two is no folder now
            return None
        return str(self._folder / path.name) if is_there else None

    def _check(self, path: Path, expected: str) -> None:
        """Refuse to write over another state of a file. Raises `CaseConflict`."""
        content = _content(path)
        if content is None or (now := sha256(content).hexdigest()) == expected:
            return
        try:
            case = parse_case(content, catalog=self._catalog)
        except CaseFileError:
            case = None
        raise CaseConflict(CaseRef(id_of(path), now), case)

    @staticmethod
    def _folder_of(ref: CaseRef | None) -> Path | None:
        return Path(ref.id).parent if ref is not None else None


def id_of(path: Path) -> str:
    """Return the id of a case file by its path."""
    return str(path.absolute())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
