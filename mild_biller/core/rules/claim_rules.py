"""The rules of one version by which a claim is decided, made, checked and printed, and the name they go by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.layout import FormLayout
from mild_biller.errors import ResourceError


@dataclass(frozen=True, eq=False, kw_only=True)
class ClaimRules:
    """Codes, payers, policies and edits, and the layouts of the forms there is data for.

    What is not needed for every claim is read on first use: each form, and the digest.
    """

    id: str
    version: str
    catalog: Catalog
    forms: tuple[FormKind, ...]
    read_editions: Callable[[FormKind], tuple[FormLayout, ...]]  # of one form, oldest first
    read_digest: Callable[[], str]
    _editions: dict[FormKind, tuple[FormLayout, ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all rules: two packs of one digest say the same."""
        return self.read_digest()

    def layout(self, form: FormKind, *, on: date | None = None) -> FormLayout:
        """Return the edition of a form that is in use on a day: the newest one whose first day has come.

        The newest of all where no day is known, the oldest where none had come yet.
        """
        editions = self._editions_of(form)
        in_use = [each for each in editions if on is None or each.first_day is None or each.first_day <= on]
        return in_use[-1] if in_use else editions[0]

    def _editions_of(self, form: FormKind) -> tuple[FormLayout, ...]:
        if form not in self._editions:
            self._editions[form] = self.read_editions(form)
        if not self._editions[form]:
            raise ResourceError(f"forms/{form.value}/ is missing among the data files; install the program again")
        return self._editions[form]
