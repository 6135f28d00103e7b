"""One bad file for each thing the loader refuses in packets and letters; the message names the file and the place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mild_biller import loader
from mild_biller.core.documents.letter_rules import LetterKind
from mild_biller.errors import ResourceError
from tests.support import PACK, ROOT

SHIPPED = ROOT / "resources"
Break = Callable[[str, str, str], None]
STUDY = "packets/medicare-advantage.toml"
ITEMS = "packets/items.toml"
NECESSITY = "letters/medical-necessity.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the shipped packets and letters to break."""
    copy = tmp_path / "resources"
    for folder in ("packets", "letters"):
        shutil.copytree(SHIPPED / folder, copy / folder)
    return copy


@pytest.fixture
def swap(root: Path) -> Break:
    """Return a function that puts one text for the first of another in a file."""

    def swap(name: str, old: str, new: str) -> None:
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}: the test must change with the data"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return swap


def refusal(root: Path) -> str:
    """Return what the loader says when it refuses."""

    def load() -> None:
        loader.load_packet_rules(root, catalog=PACK.catalog)
        loader.load_letter_rules(root, catalog=PACK.catalog)

    with pytest.raises(ResourceError) as caught:
        load()
    return str(caught.value)


class TestShipped:
    def test_the_shipped_data_loads_once(self) -> None:
        assert PACK.packets is PACK.packets
        assert PACK.letters is PACK.letters

    def test_there_is_a_letter_of_each_kind(self) -> None:
        assert set(PACK.letters.letter) == set(LetterKind)


class TestContents:
    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            pytest.param(
                STUDY, "asks = true", "asks = true\nfax = 1", f"resources/{STUDY}: fax: unknown key", id="key"
            ),
            pytest.param(
                ITEMS,
                'shows = ["patient_name", "birth_date"]',
                'shows = ["patient_nam"]',
                f"resources/{ITEMS}: row 1 shows: nothing called 'patient_nam' can be quoted",
                id="quote that is not there",
            ),
            pytest.param(
                ITEMS,
                'shows = ["patient_name", "birth_date"]\n',
                "",
                f"resources/{ITEMS}: row 1 an item says how it is proved",
                id="item without a proof",
            ),
            pytest.param(
                ITEMS,
                'claim = "institutional"\n',
                "",
                f"resources/{ITEMS}: row 15 claim and elsewhere go together",
                id="elsewhere without a claim",
            ),
            pytest.param(
                ITEMS,
                'attachments = ["clinic-note"]',
                'attachments = ["clinical-note"]',
                f"resources/{ITEMS}: row 19 attachments: 'clinical-note'",
                id="kind of file that does not exist",
            ),
            pytest.param(
                STUDY,
                'plan_types = ["medicare-advantage"]\n',
                "",
                f"resources/{STUDY}: a packet says whom it is for",
                id="packet for nobody",
            ),
            pytest.param(
                STUDY,
                '"patient", "membership"',
                '"patient", "patient"',
                f"resources/{STUDY}: an item is listed twice",
                id="item twice",
            ),
            pytest.param(
                "packets/premera.toml",
                '"contract", "notice",',
                '"contract",',
                "resources/packets/premera.toml: item 'notice' is neither required nor supporting",
                id="item nobody wants",
            ),
            pytest.param(
                STUDY,
                "days = 7",
                "days = 7\nhours = 2",
                f"resources/{STUDY}: clock.0: a clock runs in days or in hours",
                id="two units",
            ),
            pytest.param(
                "packets/self-pay.toml",
                'audience = "office"',
                'audience = "payer"',
                "resources/packets/self-pay.toml: telling.0: a payer is told nothing we only remember",
                id="only remembered",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = "To the 2 medical directors:"',
                f"resources/{NECESSITY}: paragraph.4.text: a number in a letter comes from",
                id="digit in a template",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = "To {the medical director:"',
                f"resources/{NECESSITY}: paragraph.4.text: a brace has no partner",
                id="lonely brace",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = ""',
                f"resources/{NECESSITY}: paragraph.4: a paragraph of this style has no text",
                id="empty paragraph",
            ),
            pytest.param(
                NECESSITY,
                'id = "greeting"',
                'id = "subject"',
                f"resources/{NECESSITY}: two paragraphs have one id",
                id="paragraph twice",
            ),
            pytest.param(
                "letters/terms.toml",
                'certainty = "seed"',
                'certainty = "recollection"',
                "resources/letters/terms.toml: row 1 a letter says nothing we only remember",
                id="term of memory",
            ),
            pytest.param(
                "letters/evidence.toml",
                'published = "2016-02"',
                'published = "2016"',
                "resources/letters/evidence.toml: row 1 published: ",
                id="month left out",
            ),
            pytest.param(
                "letters/evidence.toml",
                'group_size = "302 in both groups"\n',
                "",
                "resources/letters/evidence.toml: row 1 group_size: ",
                id="result without its group",
            ),
        ],
    )
    def test_refused(self, swap: Break, root: Path, name: str, old: str, new: str, said: str) -> None:
        swap(name, old, new)
        assert refusal(root).startswith(said), refusal(root)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            pytest.param(
                ITEMS, 'id = "membership"', 'id = "patient"', "packets/items.toml: two items", id="item twice"
            ),
            pytest.param(
                ITEMS,
                'source = "spine-criteria-summary"',
                'source = "spine-criteria"',
                "packets/items.toml, interspaces: 'spine-criteria' is not there",
                id="source of an item",
            ),
            pytest.param(
                ITEMS,
                'question = "in_ced_study"',
                'question = "in_study"',
                "packets/items.toml, study: 'in_study' is not there",
                id="question of an item",
            ),
            pytest.param(
                STUDY,
                '"patient", "membership"',
                '"patients", "membership"',
                "packet medicare-advantage: 'patients' is not there",
                id="item of a packet",
            ),
            pytest.param(
                "packets/optum.toml",
                'policies = ["optum-mild"]',
                'policies = ["optum-wild"]',
                "packet optum: 'optum-wild' is not there",
                id="policy of a packet",
            ),
            pytest.param(
                "packets/optum.toml",
                'policies = ["optum-mild"]',
                'payers = ["octum"]',
                "packet optum: 'octum' is not there",
                id="payer of a packet",
            ),
            pytest.param(
                STUDY,
                'source = "pa-rule-summary"',
                'source = "pa-rule"',
                "packet medicare-advantage: 'pa-rule' is not there",
                id="source of a clock",
            ),
            pytest.param(
                STUDY,
                'question = "in_ced_study"',
                'question = "in_study"',
                "packet medicare-advantage, plan-pays: 'in_study' is not there",
                id="question of a telling",
            ),
            pytest.param(
                "packets/premera.toml",
                '[telling.when]\npolicies = ["premera-7-01-126"]',
                '[telling.when]\npolicies = ["premera"]',
                "packet premera, unlikely: 'premera' is not there",
                id="policy of a telling",
            ),
            pytest.param(
                "packets/va.toml",
                'plan_types = ["va"]',
                'plan_types = ["va", "tricare"]',
                "plan type tricare has 2 packets, not one",
                id="two packets for one plan type",
            ),
            pytest.param(
                "packets/no-payer.toml",
                "without_payer = true",
                'payers = ["premera"]',
                "plan type of no payer has 0 packets, not one",
                id="no packet without a payer",
            ),
            pytest.param(
                "packets/optum.toml",
                'policies = ["optum-mild"]',
                'policies = ["premera-7-01-126"]',
                "'premera-7-01-126' has more than one packet",
                id="two packets for one policy",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = "To {the_director}:"',
                "letter medical-necessity, greeting: 'the_director' is not there",
                id="quote in a text",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = "To {@director}:"',
                "letter medical-necessity, greeting: 'director' is not there",
                id="term in a text",
            ),
            pytest.param(
                NECESSITY,
                'text = "To the medical director:"',
                'text = "To {F999}:"',
                "letter medical-necessity, greeting: 'F999' is not there",
                id="result in a text",
            ),
            pytest.param(
                NECESSITY, '"F102"', '"F999"', "letter medical-necessity, results: 'F999' is not there", id="result"
            ),
            pytest.param(
                NECESSITY,
                'source = "nysipp-letter"',
                'source = "society"',
                "letter medical-necessity, contraindicated: 'society' is not there",
                id="source of an objection",
            ),
            pytest.param(
                "letters/appeal.toml",
                '"denied-not-necessary", "denied-outside-determination"]',
                '"denied-for-fun"]',
                "letter appeal, reason-not-necessary-medicare: 'denied-for-fun' is not there",
                id="denial of a paragraph",
            ),
            pytest.param(
                "letters/evidence.toml",
                'source = "regence-ig-msd"',
                'source = "regence"',
                "letters/, F85: 'regence' is not there",
                id="source of a result",
            ),
            pytest.param(
                "letters/abn_fields.toml",
                "{patient_name}",
                "{patient}",
                "letters/abn_fields.toml, B: 'patient' is not there",
                id="quote of a form's field",
            ),
            pytest.param(
                "letters/evidence.toml",
                'id = "F86"',
                'id = "F85"',
                "letters/evidence.toml: two results",
                id="result twice",
            ),
            pytest.param(
                "letters/terms.toml", 'id = "covered-since"', 'id = "ncd"', "letters/terms.toml: two", id="term"
            ),
        ],
    )
    def test_refused(self, swap: Break, root: Path, name: str, old: str, new: str, said: str) -> None:
        swap(name, old, new)
        assert refusal(root).startswith(f"resources/: {said}"), refusal(root)

    def test_a_letter_that_is_missing(self, root: Path) -> None:
        (root / "letters" / "abn.toml").unlink()
        assert refusal(root) == "resources/: letters/: there is one letter of each kind"

    def test_a_file_that_is_no_letter(self, root: Path) -> None:
        (root / "letters" / "postcard.toml").write_text('id = "postcard"\n', encoding="utf-8")
        assert refusal(root).startswith("resources/letters/postcard.toml: ")

    def test_a_packet_under_another_name(self, root: Path) -> None:
        (root / "packets" / "optum.toml").rename(root / "packets" / "octum.toml")
        assert refusal(root) == "resources/packets/octum.toml: the id inside is not the file's name"
