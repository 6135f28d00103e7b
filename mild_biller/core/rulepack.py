"""All rules of one version, loaded once and passed down: those for claims, and those for packets and letters."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from mild_biller.core.documents.letter_rules import LetterRules
from mild_biller.core.documents.packet_rules import PacketRules
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.claim_rules import ClaimRules


@dataclass(frozen=True, eq=False, kw_only=True)
class RulePack(ClaimRules):
    """The rules for claims, and those for packets and letters, which are read on first use: a review needs neither."""

    read_packets: Callable[[Catalog], PacketRules]
    read_letters: Callable[[Catalog], LetterRules]

    @cached_property
    def packets(self) -> PacketRules:
        """What each payer requires with a request."""
        return self.read_packets(self.catalog)

    @cached_property
    def letters(self) -> LetterRules:
        """What letters say, and the evidence they say it by."""
        return self.read_letters(self.catalog)
