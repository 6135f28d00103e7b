"""Undo and redo as a row of earlier cases."""

from dataclasses import dataclass

from mild_biller.core.case.model import Case

MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A case, and the pointer of the edit that led to it."""

    case: Case
    pointer: str = ""


class History:
    """The cases of one sitting. Edits of one field make one step until it is left."""

    def __init__(self, case: Case) -> None:
        self._done = [Step(case)]
        self._undone: list[Step] = []
        self._is_sealed = True

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self._done[-1].case

    @property
    def can_undo(self) -> bool:
        """Return True if there is a case to go back to."""
        return len(self._done) > 1

    @property
    def can_redo(self) -> bool:
        """Return True if there is a case that was undone."""
        return bool(self._undone)

    def record(self, case: Case, pointer: str) -> None:
        """Make `case` the present one."""
        if not self._is_sealed and self._done[-1].pointer == pointer and self.can_undo:
            self._done.pop()
        self._done.append(Step(case, pointer))
        del self._done[: max(0, len(self._done) - MOST_STEPS)]
        self._undone.clear()
        self._is_sealed = False

    def amend(self, case: Case) -> None:
        """Put another case in the place of the present one, without a step of its own."""
        self._done[-1] = Step(case, self._done[-1].pointer)

    def seal(self) -> None:
        """End the present step: the next edit makes a new one."""
        self._is_sealed = True

    def undo(self) -> str:
        """Go back one step and return the pointer of what was undone."""
        self._undone.append(self._done.pop())
        self.seal()
        return self._undone[-1].pointer

    def redo(self) -> str:
        """Go forward one step and return the pointer of what was done again."""
        self._done.append(self._undone.pop())
        self.seal()
        return self._done[-1].pointer
