"""The checklist of a packet: what a payer wants, what the case proves, what is missing.

Each [[example]] of tests/packets/*.toml is a test a biller can read:

    name, why   what happens, and the fact, trap or vector it shows
    case        the shipped example it starts from; none: an empty case
    today       the day it is looked at
    attached    kinds of file attached
    changes     JSON pointer = value; `absent` and `null` list pointers to take out or to empty
    expect      what must come out; the keys are those of EXPECT below
"""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mild_biller.core.case.vocabulary import PlanType
from mild_biller.core.documents.packet import CheckedItem, Packet, State, packet
from mild_biller.core.documents.packet_rules import Audience, PacketRules
from mild_biller.core.documents.quote import Subject
from mild_biller.core.documents.quote_catalog import ENTRIES
from mild_biller.core.documents.timeline import EventKind, timeline
from mild_biller.core.review.review import review
from mild_biller.core.rules.source import Certainty
from tests.support import ABSENT, PACK, ROOT, changed, example, parsed, reviewed

FOLDER = ROOT / "tests" / "packets"
KEYS = {"name", "why", "case", "today", "attached", "changes", "absent", "null", "expect"}


def packed(data: Any, today: date) -> Packet:
    found = review(parsed(data), pack=PACK, today=today)
    return packet(found, rules=PACK.packets, letters=PACK.letters)


def plain(value: Any) -> Any:
    """Write the dates of a TOML value as a case file does."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def test_a_study_whose_number_is_not_on_file_is_quoted_without_one() -> None:
    """The versions of the NCD before 2017-02-16 know no trial number."""
    found = reviewed(changes={"/procedure/date_of_service": "2016-12-07", "/procedure/trial_number": ABSENT})
    said = ENTRIES["study_title"].words(Subject.of(found))
    assert said == "An approved study of that time, coverage with evidence development"


def made(given: dict[str, Any]) -> Packet:
    """Return the packet of an example."""
    data = example(given["case"]) if "case" in given else {"format": 1}
    if "attached" in given:
        data["attachments"] = [{"kind": kind, "path": f"{kind}.pdf"} for kind in given["attached"]]
    taken = dict.fromkeys(given.get("absent", []), ABSENT)
    changes = {key: plain(value) for key, value in given.get("changes", {}).items()}
    return packed(changed(data, {**taken, **dict.fromkeys(given.get("null", [])), **changes}), given["today"])


def item(found: Packet, name: str) -> CheckedItem:
    (only,) = [each for each in found.items if each.id == name]
    return only


def proof(each: CheckedItem) -> str:
    attached = [f"attachment {index}" for index in each.attached]
    return "; ".join([*(quote.text for quote in each.quotes), *attached])


def clocks(found: Packet) -> list[str]:
    due = [f", due {each.due.isoformat()}" if each.due else "" for each in found.clocks]
    told = zip(found.clocks, due, strict=True)
    return [f"{each.pace}: {each.time}{day} ({each.remark.certainty})" for each, day in told]


def of_state(found: Packet, state: State) -> list[str]:
    return [each.id for each in found.items if each.state is state]


def says(found: Packet, wanted: dict[str, str]) -> None:
    assert {name: proof(item(found, name)) for name in wanted} == wanted


def lacks(found: Packet, wanted: dict[str, str]) -> None:
    assert {name: ", ".join(each.label for each in item(found, name).lacks) for name in wanted} == wanted
    assert all(item(found, name).state is State.MISSING for name in wanted)


def contrary(found: Packet, wanted: dict[str, str]) -> None:
    assert {name: item(found, name).said for name in of_state(found, State.CONTRARY)} == wanted


def tells(found: Packet, wanted: list[str]) -> None:
    told = [each.id for each in found.for_office]
    assert set(wanted) <= set(told), told


def equal(came_out: Callable[[Packet], Any]) -> Callable[[Packet, Any], None]:
    def check(found: Packet, wanted: Any) -> None:
        assert came_out(found) == wanted

    return check


EXPECT: dict[str, Callable[[Packet, Any], None]] = {
    "packet": equal(lambda found: found.id),
    "complete": equal(lambda found: found.is_complete),
    "missing": equal(lambda found: [each.id for each in found.missing]),
    "would_support": equal(lambda found: [each.id for each in found.wished_for]),
    "not_needed": equal(lambda found: of_state(found, State.NOT_NEEDED)),
    "clocks": equal(clocks),
    "tells_payer": equal(lambda found: [each.id for each in found.for_payer]),
    "tells_office": tells,
    "contrary": contrary,
    "says": says,
    "lacks": lacks,
}


def load() -> list[dict[str, Any]]:
    return [
        each
        for file in sorted(FOLDER.glob("*.toml"))
        for each in tomllib.loads(file.read_text(encoding="utf-8"))["example"]
    ]


EXAMPLES = load()


def test_the_files_hold_what_they_promise() -> None:
    names = [each["name"] for each in EXAMPLES]
    assert len(set(names)) == len(names)
    for each in EXAMPLES:
        assert set(each) <= KEYS, each["name"]
        assert set(each["expect"]) <= set(EXPECT), each["name"]
        assert each["why"], each["name"]


def test_every_payer_has_its_three_examples() -> None:
    wanted = {f"{payer}, {kind}" for payer in PACK.catalog.payer for kind in ("complete", "half filled", "empty")}
    assert wanted <= {each["name"] for each in EXAMPLES}


@pytest.mark.parametrize("given", EXAMPLES, ids=[each["name"] for each in EXAMPLES])
def test_checklist(given: dict[str, Any]) -> None:
    found = made(given)
    for key, wanted in given["expect"].items():
        EXPECT[key](found, wanted)
    assert found.is_complete == (not found.missing)
    for each in found.items:
        assert each.sources
        assert each.why
        assert bool(each.lacks) == (each.state is State.MISSING)


class TestPacket:
    def test_the_guide_s_identifiers_stand_in_the_request_of_medicare_advantage(self) -> None:
        found = packed(example("medicare-advantage-2026"), date(2026, 3, 1))
        told = "\n".join(each.text for each in found.request)
        for words in ("62330", "62331", "M48.062", "Z00.6", "Q0", "NCT03072927", "NCD 150.13", "evidence development"):
            assert words in told
        assert "30, on institutional claims only" in told

    def test_no_study_is_claimed_before_somebody_says_so(self) -> None:
        found = packed(changed(example("medicare-advantage-2026"), {"/answers/in_ced_study": ABSENT}), date(2026, 3, 1))
        assert "study" in [each.id for each in found.missing]
        assert "plan-pays" not in [each.id for each in found.for_payer]

    def test_what_the_office_alone_should_know_is_not_for_the_payer(self) -> None:
        for given in EXAMPLES:
            found = made(given)
            assert not {each.id for each in found.for_payer} & {each.id for each in found.for_office}
            assert all(each.certainty is not Certainty.RECOLLECTION for each in found.for_payer)

    def test_an_edited_statement_is_taken(self) -> None:
        found = packet(
            reviewed("medicare-advantage-2026"),
            rules=PACK.packets,
            letters=PACK.letters,
            edits={"what-it-is": "Said in other words."},
        )
        assert "Said in other words." in found.statement.text

    def test_every_refusing_policy_says_that_approval_is_unlikely(self) -> None:
        for name in ("premera", "regence", "optum"):
            (rule,) = [each for each in PACK.packets.packets if each.id == name]
            (unlikely,) = [each for each in rule.telling if each.id == "unlikely"]
            assert "approval is unlikely" in unlikely.message
            assert unlikely.audience is Audience.OFFICE
            assert unlikely.certainty is Certainty.SEED


class TestRules:
    def test_a_payer_named_by_a_packet_goes_before_its_policy(self) -> None:
        rules = PACK.packets
        (premera,) = [each for each in rules.packets if each.id == "premera"]
        own = premera.model_copy(update={"id": "own", "payers": ("premera",), "policies": ()})
        both = PacketRules.model_construct(items=rules.items, packets=(*rules.packets, own))
        kind = PlanType.COMMERCIAL
        assert both.choose(payer="premera", policy="premera-7-01-126", plan_type=kind).id == "own"
        assert both.choose(payer="other", policy="premera-7-01-126", plan_type=kind).id == "premera"
        assert both.choose(payer="other", policy=None, plan_type=kind).id == "commercial"

    def test_the_look_back_is_that_of_the_study(self) -> None:
        assert PACK.packets.look_back_months == 12

    def test_every_shared_item_is_wanted_by_somebody(self) -> None:
        rules = PACK.packets
        named = {name for each in rules.packets for name in (*each.required, *each.supporting)}
        assert {each.id for each in rules.items} <= named

    def test_our_sentences_end_as_sentences(self) -> None:
        rules = PACK.packets
        cited = [*rules.items, *(each for rule in rules.packets for each in (*rule.item, *rule.clock, *rule.telling))]
        for each in cited:
            assert each.message.endswith("."), each.message
            assert not each.remedy or each.remedy.endswith("."), each.remedy

    def test_every_quote_has_a_label_and_says_what_to_ask_for(self) -> None:
        for name, entry in ENTRIES.items():
            assert entry.label, name
            assert entry.asks, name


class TestTimeline:
    def test_events_stand_in_their_lanes_with_the_window(self) -> None:
        found = timeline(Subject.of(reviewed("medicare-advantage-2026")), months=12)
        assert found is not None
        assert [event.lane for event in found.events] == [
            EventKind.EARLIER,
            EventKind.CARE,
            EventKind.IMAGING,
            EventKind.SERVICE,
        ]
        assert found.window == (date(2025, 3, 10), date(2026, 3, 10))
        assert (found.first, found.last) == (date(2025, 3, 10), date(2026, 3, 10))
        assert found.undated == ()

    def test_what_has_no_day_is_told_apart(self) -> None:
        changes = {
            "/prior_procedures": [{}, {"kind": "fusion", "date": "2019-05-01"}],
            "/answers/conservative_care": [{"from": "2025-05-01", "to": "2025-04-01"}, {"kind": "medication"}],
            "/answers/imaging_kind": None,
            "/procedure/date_of_service": None,
        }
        found = timeline(Subject.of(reviewed("medicare-advantage-2026", changes)), months=12)
        assert found is not None
        assert found.window is None
        assert found.undated == ("prior procedure", "medication")
        assert [event.label for event in found.events] == ["fusion", "conservative care", "imaging"]
        assert found.events[1].last == found.events[1].first == date(2025, 5, 1)
        assert found.first == date(2019, 5, 1)

    def test_nothing_dated_is_no_timeline(self) -> None:
        found = review(parsed({"format": 1}), pack=PACK, today=date(2026, 3, 1))
        assert timeline(Subject.of(found), months=12) is None


def test_the_folder_is_there() -> None:
    assert Path(FOLDER).is_dir()
