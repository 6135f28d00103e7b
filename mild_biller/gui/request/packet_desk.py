"""The packet and the letters of the present case, filled once for each review; the rules are read on first use."""

from datetime import date
from functools import cached_property

from mild_biller import loader
from mild_biller.core.documents.letter_rules import LetterKind, LetterRules
from mild_biller.core.documents.letters import FormEntry, Letter, form_entries, letter
from mild_biller.core.documents.packet import Packet, packet
from mild_biller.core.documents.packet_rules import PacketRules
from mild_biller.core.review.review import Review
from mild_biller.gui.case_editor import CaseEditor


class PacketDesk:
    """Fills what goes to the payer from the case. Decides nothing."""

    def __init__(self, case: CaseEditor) -> None:
        self._case = case
        self._of: Review | None = None
        self._packet: Packet | None = None

    @cached_property
    def rules(self) -> PacketRules:
        """What payers want."""
        return loader.packet_rules()

    @cached_property
    def letters(self) -> LetterRules:
        """What letters say."""
        return loader.letter_rules()

    @property
    def packet(self) -> Packet:
        """The packet of the present case."""
        review = self._case.review
        if self._packet is None or self._of is not review:
            edits = self._written(LetterKind.MEDICAL_NECESSITY)
            self._of = review
            self._packet = packet(
                review, catalog=self._case.catalog, rules=self.rules, letters=self.letters, edits=edits
            )
        return self._packet

    @property
    def missing(self) -> int:
        """How many required things are open; none where the payer takes no request or nothing is typed."""
        if self._case.is_blank:
            return 0
        return len(self.packet.missing) if self.packet.asks else 0

    def edits(self, kind: LetterKind) -> dict[str, str] | None:
        """Return what was rewritten in a letter, as typed."""
        return (self._case.case.letters or {}).get(kind.value)

    def letter(self, kind: LetterKind, *, as_filled: bool = False) -> Letter:
        """Return a letter with what was rewritten in it, or as it is filled without."""
        edits = None if as_filled else self._written(kind)
        return letter(kind, self._case.review, catalog=self._case.catalog, rules=self.letters, edits=edits)

    def _written(self, kind: LetterKind) -> dict[str, str] | None:
        """Return what was rewritten in a letter, as it leaves the office."""
        return (self._case.review.case.letters or {}).get(kind.value)

    def form_entries(self) -> tuple[FormEntry, ...]:
        """Return what belongs into the fields of the advance notice form."""
        return form_entries(self._case.review, catalog=self._case.catalog, rules=self.letters)

    def file_name(self, what: str) -> str:
        """Propose a name for a file, without a word about the patient."""
        procedure = self._case.case.procedure
        day: date | None = procedure.date_of_service if procedure is not None else None
        return f"{what}-{day.isoformat()}.pdf" if day is not None else f"{what}.pdf"
