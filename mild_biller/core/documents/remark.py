"""A sentence for a person, whole: what to know, what to do about it, its source, its certainty."""

from dataclasses import dataclass

from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.finding import Finding, Reference
from mild_biller.core.rules.source import Certainty, Cited


@dataclass(frozen=True, slots=True)
class Remark:
    """What to know, what to do, and the sources."""

    id: str
    message: str
    remedy: str
    sources: tuple[Reference, ...]
    certainty: Certainty


def remark(rule: Cited, *, name: str, catalog: Catalog) -> Remark:
    """Return a rule of the data as a sentence with its sources whole."""
    return Remark(name, rule.message, rule.remedy, catalog.references(rule.sources), rule.certainty)


def of_finding(found: Finding) -> Remark:
    """Return a finding as a sentence."""
    return Remark(found.rule, found.message, found.remedy, found.sources, found.certainty)
