"""Every fact of docs/facts.md is in the data or has a reason not to be, and every rule says where it comes from."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.code_tables import Edit
from mild_biller.core.rules.criteria import AllOf, AnyOf, DiagnosisIn, NoneOf, Test
from mild_biller.core.rules.finding import Severity
from mild_biller.core.rules.policy import Element, Note
from mild_biller.core.rules.source import Citation, Cited
from mild_biller.loader import load_catalog

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
FACTS = [f"F{number}" for number in range(1, 85)]
EVIDENCE = [f"F{number}" for number in range(85, 142)]  # results for letters, each the id of its own row
TRAPS = [f"T{number}" for number in range(1, 61)]
FACT = re.compile(r"F[0-9]+")
ROW = re.compile(r"^\| ([FT][0-9]+) \| (.+) \| (.+) \|$", re.MULTILINE)


def _fact_ids(value: Any) -> Iterator[str]:
    """Yield every fact id under a `facts` key, and every id that is one, however deep it lies."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "id" and FACT.fullmatch(str(inner)):
                yield str(inner)
            if key == "facts" and isinstance(inner, list):
                yield from (each for each in inner if isinstance(each, str))
            yield from _fact_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fact_ids(inner)


@pytest.fixture(scope="module")
def in_data() -> dict[str, set[str]]:
    """Files that carry each fact id, as paths below resources/."""
    found = defaultdict(set)
    for file in sorted(RESOURCES.rglob("*.toml")):
        for fact in _fact_ids(tomllib.loads(file.read_text(encoding="utf-8"))):
            found[fact].add(file.relative_to(RESOURCES).as_posix())
    return found


@pytest.fixture(scope="module")
def in_table() -> dict[str, str]:
    """Where each fact and trap is used, as docs/facts.md says."""
    text = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    return {fact: where for fact, _, where in ROW.findall(text)}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(RESOURCES)


class TestFacts:
    def test_the_table_has_every_fact_and_every_trap_once(self, in_table: dict[str, str]) -> None:
        text = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
        assert [fact for fact, _, _ in ROW.findall(text)] == FACTS + TRAPS + EVIDENCE
        assert all(where.strip() for where in in_table.values())

    def test_every_fact_is_in_the_data_or_stands_as_background(
        self, in_data: dict[str, set[str]], in_table: dict[str, str]
    ) -> None:
        lost = [
            fact for fact in FACTS + EVIDENCE if fact not in in_data and not in_table[fact].startswith("background: ")
        ]
        assert not lost, f"add {lost} to the `facts` of a rule, or give docs/facts.md the reason it is background"

    def test_no_rule_names_a_fact_that_is_not_there(self, in_data: dict[str, set[str]]) -> None:
        unknown = {fact: files for fact, files in in_data.items() if fact not in FACTS + TRAPS + EVIDENCE}
        assert not unknown, f"there is no such fact: {unknown}"

    def test_the_files_named_in_the_table_carry_the_fact(
        self, in_data: dict[str, set[str]], in_table: dict[str, str]
    ) -> None:
        for fact in FACTS + EVIDENCE:
            for file in re.findall(r"`([^`]+\.toml)`", in_table[fact]):
                assert file in in_data[fact], f"docs/facts.md puts {fact} into {file}, which does not name it"

    def test_the_files_named_for_traps_are_there(self, in_table: dict[str, str]) -> None:
        for trap in TRAPS:
            for file in re.findall(r"`([^`]+\.toml)`", in_table[trap]):
                assert (RESOURCES / file).is_file(), f"docs/facts.md names {file} for {trap}"


def _cited(catalog: Catalog) -> Iterator[tuple[str, Cited]]:
    """Yield every rule that is shown with its sources, and where it stands."""
    for policy in catalog.policies:
        place = f"{policy.id} from {policy.effective_from}"
        for rule in (*policy.billing, *policy.note, *((policy.study,) if policy.study else ())):
            yield f"{place}: {getattr(rule, 'id', 'study')}", rule
    for holder in (*catalog.plan_kinds, *catalog.payers):
        named = (holder.undecided, holder.authorization, holder.notice, holder.supplement, holder.filing)
        for rule in (*named, *holder.note):
            if rule is not None:
                yield f"{getattr(holder, 'id', holder)}: {type(rule).__name__}", rule
    for edit in catalog.edits:
        yield f"edit {edit.id}", edit


def _leads_somewhere(citation: Citation, catalog: Catalog) -> bool:
    return citation.source in catalog.source and bool(citation.place.strip())


class TestHealth:
    def test_every_rule_leads_to_a_place_in_a_source(self, catalog: Catalog) -> None:
        for where, rule in _cited(catalog):
            assert all(_leads_somewhere(each, catalog) for each in rule.sources), where

    def test_every_criterion_leads_to_a_place_in_a_source(self, catalog: Catalog) -> None:
        for policy in catalog.policies:
            for criterion in policy.criterion:
                cited = Citation(source=criterion.source or policy.source, place=criterion.cite)
                assert _leads_somewhere(cited, catalog), f"{policy.id} from {policy.effective_from}: {criterion.id}"

    def test_what_may_stop_a_claim_is_sure_enough(self, catalog: Catalog) -> None:
        for where, rule in _cited(catalog):
            if isinstance(rule, Edit | Note) and rule.severity in (None, Severity.ERROR):
                assert rule.certainty.may_block, where

    def test_a_contradiction_names_two_places(self, catalog: Catalog) -> None:
        for where, rule in _cited(catalog):
            if isinstance(rule, Note) and rule.is_contradiction:
                assert len({(each.source, each.place) for each in rule.sources}) > 1, where

    def test_every_code_a_rule_names_is_in_the_code_tables(self, catalog: Catalog) -> None:
        spaces = {name for row in catalog.interspaces for name in (*row.names, *row.border)}
        for where, kind, names in _code_names(catalog):
            missing = set(names) - set(spaces if kind is None else kind)
            assert not missing, f"{where}: {missing}"

    def test_our_sentences_end_as_sentences(self, catalog: Catalog) -> None:
        for where, rule in _cited(catalog):
            assert rule.message.rstrip().endswith((".", "?", "}")), f"{where}: {rule.message}"
            assert not rule.remedy or rule.remedy.endswith((".", "}")), f"{where}: {rule.remedy}"


def _code_names(catalog: Catalog) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Yield where codes are named, the table they belong to (None: interspaces), and the codes."""
    tables = {
        Element.MODIFIER: catalog.modifier,
        Element.PRINCIPAL_DIAGNOSIS: catalog.diagnosis,
        Element.DIAGNOSIS: catalog.diagnosis,
        Element.POINTER: catalog.diagnosis,
        Element.PLACE_OF_SERVICE: catalog.place,
    }
    for policy in catalog.policies:
        for criterion in policy.criterion:
            for test in _parts(criterion.test):
                if isinstance(test, DiagnosisIn):
                    yield criterion.id, catalog.diagnosis, (*test.codes, *test.unclear)
        for rule in policy.billing:
            if rule.element in tables:
                yield rule.id, tables[rule.element], (*rule.values, *rule.unclear)
        if policy.study:
            yield f"study of {policy.id}", catalog.procedure, policy.study.procedure_codes
    for where, note in _cited(catalog):
        if isinstance(note, Note):
            yield where, catalog.procedure, note.codes
            yield where, catalog.diagnosis, note.diagnoses
            yield where, None, note.interspaces


def _parts(test: Test) -> Iterator[Test]:
    if isinstance(test, AllOf | AnyOf | NoneOf):
        for part in test.parts:
            yield from _parts(part)
    else:
        yield test
