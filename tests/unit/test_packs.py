"""A case is reviewed by the pack of an older version as that version reviewed it."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from mild_biller.core.review.report import report
from mild_biller.core.review.review import review
from mild_biller.core.rulepack import RulePack
from mild_biller.loader import load_pack
from mild_biller.store.case_file import open_case
from tests.support import ROOT

PACKS: Final = ROOT / "tests" / "packs"
VERSIONS: Final = sorted(folder.name for folder in PACKS.iterdir() if folder.is_dir())


@cache
def pack(version: str) -> RulePack:
    return load_pack(PACKS / version, version=version)


@cache
def said(version: str) -> dict[str, dict[str, Any]]:
    """Return what a version said of its own examples."""
    found: dict[str, dict[str, Any]] = json.loads((PACKS / f"{version}.json").read_text(encoding="utf-8"))
    return found


def examples(version: str) -> dict[str, Path]:
    return {file.stem: file for file in sorted((PACKS / version / "examples").glob("*.json"))}


def test_version_0_1_0_is_kept() -> None:
    assert "0.1.0" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_part_of_a_pack_loads(version: str) -> None:
    loaded = pack(version)
    assert all(loaded.layout(form).box for form in loaded.forms)
    assert loaded.packets.packets
    assert loaded.letters.letters
    assert set(examples(version)) == set(said(version))


@pytest.mark.parametrize(
    ("version", "name"), [(version, name) for version in VERSIONS for name in sorted(said(version))]
)
def test_an_example_is_decided_as_it_was(version: str, name: str) -> None:
    rules, wanted = pack(version), said(version)[name]
    given = open_case(examples(version)[name], catalog=rules.catalog)
    printed = report(review(given, pack=rules, today=date.fromisoformat(wanted["today"])))
    policy = printed["policy"] or {"id": None, "effective_from": None}
    assert printed["rules"] == {"id": "mild-biller", "version": version, "digest": rules.digest}
    assert {
        **{key: printed[key] for key in ("today", "determination", "position", "prior_authorization")},
        **{"policy": policy["id"], "effective_from": policy["effective_from"]},
    } == wanted
