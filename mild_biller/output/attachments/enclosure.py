"""An attachment made ready, and its place in the case."""

from dataclasses import dataclass

from mild_biller.output.attachments.attached_file import Prepared


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment made ready; `index` is its place in the case."""

    index: int
    prepared: Prepared
