"""The rule pack: its name, the edition of a form for a day, and what is read only when it is asked for."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from mild_biller import __version__
from mild_biller.core.case.vocabulary import FormKind
from mild_biller.core.review.report import report
from mild_biller.core.review.review import review
from mild_biller.core.rulepack import RulePack
from mild_biller.core.rules.catalog import Catalog
from mild_biller.core.rules.layout import FormLayout
from mild_biller.loader import digest, load_pack
from mild_biller.paths import resources
from tests.support import PACK, TODAY, case, command, example, written

SERVICE = date(2026, 3, 10)


def editions(*first_days: date | None) -> RulePack:
    """Return the shipped pack with one edition of each form for each first day, named by its place."""
    shipped = {form: PACK.layout(form) for form in PACK.forms}

    def read(form: FormKind) -> tuple[FormLayout, ...]:
        each = shipped[form]
        return tuple(each.with_(edition=str(number), first_day=day) for number, day in enumerate(first_days))

    return replace(PACK, read_editions=read)


@pytest.mark.parametrize(
    ("first_days", "day", "edition"),
    [
        pytest.param([None], SERVICE, "0", id="the only one"),
        pytest.param([None, date(2026, 3, 10)], date(2026, 3, 9), "0", id="the day before"),
        pytest.param([None, date(2026, 3, 10)], date(2026, 3, 10), "1", id="its first day"),
        pytest.param([None, date(2026, 3, 10), date(2027, 1, 1)], date(2026, 12, 31), "1", id="between two"),
        pytest.param([None, date(2026, 3, 10)], None, "1", id="no day is known"),
        pytest.param([date(2026, 3, 10)], date(2020, 1, 1), "0", id="before the first of all"),
        pytest.param([None, None], SERVICE, "1", id="no first days: the last in order"),
    ],
)
def test_the_edition_of_a_day(first_days: list[date | None], day: date | None, edition: str) -> None:
    assert editions(*first_days).layout(FormKind.CMS1500, on=day).edition == edition


def test_a_claim_goes_on_the_edition_of_its_date_of_service() -> None:
    pack = editions(None, date(2026, 3, 11))
    for day, edition in (("2026-03-10", "0"), ("2026-03-11", "1")):
        layout = review(case(changes={"/procedure/date_of_service": day}), pack=pack, today=TODAY).layout
        assert layout is not None
        assert layout.edition == edition


def test_editions_in_files_are_taken_by_their_first_day(tmp_path: Path) -> None:
    root = tmp_path / "resources"
    shutil.copytree(resources(), root, ignore=shutil.ignore_patterns("fonts", "icons", "help", "examples"))
    text = (root / "forms" / "cms1500" / "02-12.toml").read_text(encoding="utf-8")
    newer = text.replace('edition = "02/12"', 'edition = "01/27"\nfirst_day = 2027-01-01', 1)
    (root / "forms" / "cms1500" / "01-27.toml").write_text(newer, encoding="utf-8")  # its name sorts first
    pack = load_pack(root)
    assert pack.layout(FormKind.CMS1500, on=date(2026, 12, 31)).edition == "02/12"
    assert pack.layout(FormKind.CMS1500, on=date(2027, 1, 1)).edition == "01/27"


def test_a_claim_without_a_form_has_no_layout() -> None:
    assert (
        review(case(changes={"/coverages/0/payer": "self-pay", "/claim/form": None}), pack=PACK, today=TODAY).layout
        is None
    )


def test_a_review_reads_no_packet_and_no_letter() -> None:
    def refuse(_: Catalog) -> None:
        raise AssertionError("a review needs neither packets nor letters")

    pack = replace(PACK, read_packets=refuse, read_letters=refuse)
    assert report(review(case(), pack=pack, today=TODAY))["determination"] == "covered"


def test_packets_and_letters_are_read_once() -> None:
    pack = replace(PACK)
    assert pack.packets is pack.packets
    assert pack.letters is pack.letters


class TestName:
    def test_check_names_the_pack(self, tmp_path: Path) -> None:
        printed = command("check", written(tmp_path, example()), "--today", TODAY.isoformat()).printed
        assert printed["rules"] == {"id": "mild-biller", "version": __version__, "digest": PACK.digest}

    def test_self_check_names_the_pack(self) -> None:
        done = command("self-check")
        assert done.status == 0
        assert f"mild-biller {__version__}" in done.out
        assert PACK.digest in done.out

    def test_the_digest_is_of_the_places_and_bytes_of_the_rules(self) -> None:
        assert PACK.digest == by_hand(resources(), resources().rglob("*.toml"))

    def test_a_byte_of_a_rule_changes_it(self, tmp_path: Path) -> None:
        root = small(tmp_path)
        before = digest(root)
        (root / "payers" / "one.toml").write_bytes(b"a = 2\n")
        assert digest(root) != before

    def test_a_rule_in_another_place_changes_it(self, tmp_path: Path) -> None:
        root = small(tmp_path)
        before = digest(root)
        (root / "payers" / "one.toml").rename(root / "payers" / "two.toml")
        assert digest(root) != before

    def test_an_example_or_a_picture_does_not(self, tmp_path: Path) -> None:
        root = small(tmp_path)
        before = digest(root)
        for name in ("examples/case.json", "help/steps.png", "fonts/font.ttf"):
            (root / name).parent.mkdir()
            (root / name).write_bytes(b"1")
        assert digest(root) == before


def small(folder: Path) -> Path:
    (folder / "payers").mkdir()
    (folder / "payers" / "one.toml").write_bytes(b"a = 1\n")
    (folder / "sources.toml").write_bytes(b"b = 1\n")
    return folder


def by_hand(root: Path, files: Iterable[Path]) -> str:
    """Return the digest as docs/case-format.md section 4 tells it."""
    places = sorted(file.relative_to(root).as_posix() for file in files)
    lines = [f"{place}\0{sha256((root / place).read_bytes()).hexdigest()}\n" for place in places]
    return sha256("".join(lines).encode()).hexdigest()
