"""F8 from finding to finding while they are fixed: none is skipped, and no key reaches the field of another."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton, QWidget

from mild_biller.core.case.model import Case
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.f8_walk import BACK, ONWARD, F8Walk
from mild_biller.presentation.findings.finding_rows import FindingRow, problems
from mild_biller.presentation.tone import Tone
from mild_biller.store.case_file import dump_case
from tests.gui.helpers import Keyboard
from tests.gui.journey import content, undo_all
from tests.support import ABSENT, case, example_names
from tests.support import example as plain_example

SURGEON, HOSPITAL = "medicare-asc-2026", "medicare-hospital-2026"
# What is wrong, and what to type at each field. Every answer is what the shipped example says there.
SURGEONS = {
    "/patient/sex": ABSENT,
    "/patient/city": ABSENT,
    "/patient/zip": "1521",
    "/claim/accept_assignment": ABSENT,
    "/claim/signature_on_file": ABSENT,
    "/claim/charges/62331": ABSENT,
    "/procedure/trial_number": "0307292",
    "/procedure/diagnoses": ["M48.061"],
    "/providers/referring/npi": ABSENT,
    "/providers/rendering/npi": "1234567890",  # the check digit is 3
}
ANSWERS = {
    "/patient/sex": "F",
    "/patient/city": "PITTSBURGH",
    "/patient/zip": "15213",
    "/claim/accept_assignment": "y",
    "/claim/signature_on_file": "y",
    "/claim/charges/62331": "2300.00",
    "/procedure/trial_number": "03072927",
    "/procedure/diagnoses": "M48.062",
    "/providers/referring/npi": "2000000028",
    "/providers/rendering/npi": "1234567893",
}
LINES = "/claim/revenue_lines"
HOSPITALS = {
    "/claim/type_of_bill": "0111",  # the procedure was an outpatient's
    "/claim/condition_codes": ["09"],  # and not 30
    "/claim/value_codes": [{"code": "D4"}],  # and no trial number
    "/claim/point_of_origin": "A",
    f"{LINES}/5/modifiers": ["QO"],  # the letter
    f"{LINES}/3/units": 0,
    f"{LINES}/-": {"revenue_code": "0001", "charge": "28000.00"},  # 114.65 too little
    "/claim/occurrence_codes": [{"date": "2026-03-10"}],
    "/claim/prior_payments": [{"coverage": 1, "amount": "10.00"}],  # there is one payer
    "/providers/operating/npi": "2000000044",  # the hospital's own
}
HOSPITAL_ANSWERS = {
    "/claim/type_of_bill": "0131",
    "/claim/condition_codes": "30",
    "/claim/value_codes/0/amount": "03072927",
    "/claim/point_of_origin": "2",
    f"{LINES}/5/modifiers": "Q0",
    f"{LINES}/3/units": "13",
    f"{LINES}/8/charge": "28114.65",
    "/claim/occurrence_codes/0/code": "11",
    "/claim/prior_payments/0/coverage": "Primary",
    "/providers/operating/npi": "1234567893",
}
HOSPITAL_MADE = {
    "/claim/type_of_bill": "0131",
    "/claim/condition_codes": ["30"],
    "/claim/value_codes": [{"code": "D4", "amount": "03072927"}],
    "/claim/point_of_origin": "2",
    f"{LINES}/3/units": 13,
    f"{LINES}/-": {"revenue_code": "0001", "charge": "28114.65"},
    "/claim/occurrence_codes": [{"code": "11", "date": "2026-03-10"}],
    "/claim/prior_payments": [{"coverage": 0, "amount": "10.00"}],
    "/providers/operating/npi": "1234567893",
}


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def found(window: MainWindow) -> list[FindingRow]:
    """Return what F8 goes through."""
    return list(problems(window.panel._groups))


def chosen(window: MainWindow) -> FindingRow:
    """Return the finding that is shown as the current one."""
    entry = window.panel.tree.chosen
    assert entry is not None, "no finding is chosen"
    return entry


def at_cursor(window: MainWindow) -> str:
    """Return the pointer of the field with the cursor, nothing where it is in none."""
    place: QWidget | None = window.focusWidget()
    while place is not None and not isinstance(place, BoundField):
        place = place.parentWidget()
    return place.pointer if isinstance(place, BoundField) else ""


def is_at(window: MainWindow, path: str) -> bool:
    """Return True if the cursor is in the field of a pointer, or in the one that holds its list."""
    field = at_cursor(window)
    return bool(field) and (field == path or path.startswith(f"{field}/"))


def opened(window: MainWindow, name: str, changes: Mapping[str, object]) -> Case:
    """Open a shipped example with changes."""
    made = case(name, changes)
    window.case.replace(made)
    return made


def walked(window: MainWindow, keyboard: Keyboard, answers: Mapping[str, str]) -> list[str]:
    """Go from finding to finding by F8 alone, type an answer at each stop, and return the stops."""
    stops: list[str] = []
    while found(window):
        keyboard.press("F8")
        here = chosen(window)
        assert is_at(window, here.path), f"{here.path} is shown, the cursor is at {at_cursor(window)!r}"
        stops.append(f"{here.finding.rule if here.finding else ''} {here.path}")
        assert len(stops) < 30, stops
        keyboard.write(answers[at_cursor(window)])
    return stops


def names(entries: list[FindingRow]) -> list[str]:
    return [f"{each.finding.rule if each.finding else ''} {each.path}" for each in entries]


class TestWholeCases:
    @pytest.mark.parametrize(
        ("name", "faults", "answers", "made"),
        [(SURGEON, SURGEONS, ANSWERS, {}), (HOSPITAL, HOSPITALS, HOSPITAL_ANSWERS, HOSPITAL_MADE)],
        ids=["surgeon", "hospital"],
    )
    def test_is_clean_after_one_round_of_f8_and_nothing_else_is_changed(
        self,
        window: MainWindow,
        keyboard: Keyboard,
        name: str,
        faults: Mapping[str, object],
        answers: Mapping[str, str],
        made: Mapping[str, object],
    ) -> None:
        opened(window, name, faults)
        before, at_first = dump_case(window.case.case), names(found(window))
        assert len(at_first) >= 10
        stops = walked(window, keyboard, answers)
        assert stops == [each for each in at_first if each in stops]  # one round, in their order, none twice
        assert len(stops) >= len(answers)  # every field was come to
        assert content(window.case.case) == content(case(name, made))
        undo_all(window, keyboard)
        assert dump_case(window.case.case) == before

    def test_a_key_after_the_assignment_never_signs_for_the_provider(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        absent = dict.fromkeys(["/claim/accept_assignment", "/claim/signature_on_file"], ABSENT)
        opened(window, SURGEON, absent)
        stops = walked(window, keyboard, ANSWERS)
        assert [each.split()[1] for each in stops] == ["/claim/accept_assignment", "/claim/signature_on_file"]
        assert window.case.read("/claim/provider_signature") is None
        assert window.case.read("/claim/signature_on_file") is True
        for _ in range(3):
            keyboard.press("F8")  # nothing is left
            keyboard.write("y")
        assert content(window.case.case) == content(case(SURGEON))


# Four findings, each fixed by one answer, in the order of the list.
FOUR = dict.fromkeys(["/providers/referring/npi", "/patient/city", "/claim/accept_assignment", "/patient/sex"], ABSENT)


def four(window: MainWindow) -> list[str]:
    opened(window, SURGEON, FOUR)
    paths = [each.path for each in found(window)]
    assert paths == list(FOUR)
    return paths


class TestAfterAFix:
    @pytest.mark.parametrize("place", range(4))
    @pytest.mark.parametrize(("keys", "step"), [("F8", 0), ("Shift+F8", -1)])
    def test_the_finding_now_at_that_position_is_next(
        self, window: MainWindow, keyboard: Keyboard, place: int, keys: str, step: int
    ) -> None:
        paths = four(window)
        keyboard.press("F8", times=place + 1)
        assert chosen(window).path == paths[place]
        keyboard.write(ANSWERS[paths[place]])
        left = [each for each in paths if each != paths[place]]
        assert [each.path for each in found(window)] == left
        keyboard.press(keys)
        wanted = left[(place + step) % len(left)]
        assert chosen(window).path == wanted
        assert is_at(window, wanted)

    def test_no_other_finding_is_shown_as_the_current_one(self, window: MainWindow, keyboard: Keyboard) -> None:
        four(window)
        keyboard.press("F8")
        keyboard.write(ANSWERS["/providers/referring/npi"])
        assert window.panel.tree.chosen is None
        assert "NPI" not in window.panel.details.toPlainText()

    def test_f6_comes_to_the_finding_at_that_position_and_f8_into_its_field(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        paths = four(window)
        keyboard.press("F8", times=2)
        keyboard.write(ANSWERS[paths[1]])
        keyboard.press("F6")
        assert chosen(window).path == paths[2]
        keyboard.press("F8")
        assert chosen(window).path == paths[2]
        assert is_at(window, paths[2])

    def test_what_comes_up_at_that_position_is_not_skipped(self, window: MainWindow, keyboard: Keyboard) -> None:
        """An NPI that is missing becomes one that is wrong."""
        paths = four(window)
        keyboard.press("F8")
        keyboard.write("2000000020")  # the check digit is 8
        rules = {each.finding.rule for each in found(window) if each.finding and each.path == paths[0]}
        assert rules == {"npi-malformed"}
        keyboard.press("F8")
        assert chosen(window).path == paths[0]
        keyboard.write("2000000028")
        assert window.case.read(paths[0]) == "2000000028"  # typed anew, though the cursor was there already
        keyboard.press("F8")
        assert chosen(window).path == paths[1]

    def test_one_answer_that_fixes_several_skips_none_of_the_others(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        opened(window, SURGEON, {"/procedure/diagnoses": ["M48.061"], "/patient/zip": "1", "/patient/city": ABSENT})
        others = [each.path for each in found(window) if each.path in ("/patient/zip", "/patient/city")]
        keyboard.press("F8", times=2)
        assert is_at(window, "/procedure/diagnoses")
        keyboard.write("M48.062")
        stops = []
        for _ in others:
            keyboard.press("F8")
            stops.append(chosen(window).path)
        assert stops == others

    def test_a_finding_that_is_not_fixed_is_left_behind(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        keyboard.press("F8")
        for path in (*paths[1:], paths[0]):
            keyboard.press("F8")
            assert chosen(window).path == path
            assert is_at(window, path)
        for path in reversed(paths[1:]):
            keyboard.press("Shift+F8")
            assert chosen(window).path == path
            assert is_at(window, path)

    def test_another_wording_of_the_same_finding_is_no_other_finding(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        opened(window, "stress-long-values", {"/coverages/0/group_number": "G" * 30})  # the box holds 29
        at_first = [each.path for each in found(window)]
        keyboard.press("F8", times=at_first.index("/coverages/0/group_number") + 1)
        before = chosen(window)
        keyboard.write("H" * 50)  # as long as what it names
        after = chosen(window)
        assert (after.path, after.finding.rule) == (before.path, before.finding.rule)
        assert after.text != before.text
        assert "H" in window.panel.details.toPlainText()
        keyboard.press("F8")
        assert chosen(window).path == at_first[at_first.index(before.path) + 1]


class TestFromElsewhere:
    def test_the_mouse_left_the_cursor_in_another_field(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        keyboard.press("F8")
        window.pages[3].show_field("/providers/rendering/last").input.setFocus()  # as a click does
        keyboard.press("F8")
        assert chosen(window).path == paths[1]
        assert is_at(window, paths[1])

    def test_the_only_finding_is_come_back_to(self, window: MainWindow, keyboard: Keyboard) -> None:
        opened(window, SURGEON, {"/patient/city": ABSENT})
        keyboard.press("F8")
        window.enter_step(3)
        keyboard.press("F8")
        assert is_at(window, "/patient/city")

    def test_others_were_fixed_meanwhile(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        keyboard.press("F8", times=2)
        window.case.write(paths[0], ANSWERS[paths[0]])
        window.case.write(paths[2], True)
        assert chosen(window).path == paths[1]
        keyboard.press("F8")
        assert chosen(window).path == paths[3]

    def test_undo_brings_the_finding_back_as_the_current_one(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        keyboard.press("F8")
        keyboard.write(ANSWERS[paths[0]])
        keyboard.press("F8")
        assert chosen(window).path == paths[1]
        keyboard.press("Ctrl+Z")
        assert is_at(window, paths[0])
        assert chosen(window).path == paths[0]
        keyboard.write(ANSWERS[paths[0]])
        keyboard.press("F8")
        assert chosen(window).path == paths[1]

    def test_another_case_begins_with_its_first_finding(self, window: MainWindow, keyboard: Keyboard) -> None:
        four(window)
        keyboard.press("F8", times=3)
        paths = four(window)
        assert window.panel.tree.chosen is None
        keyboard.press("F8")
        assert chosen(window).path == paths[0]
        four(window)
        keyboard.press("Shift+F8")
        assert chosen(window).path == paths[-1]

    def test_a_row_chosen_by_hand_is_where_f8_goes_on_from(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        window.panel.tree.choose(found(window)[2])
        keyboard.press("F8")
        assert chosen(window).path == paths[3]

    def test_f8_brings_the_panel_back_when_the_form_is_alone(self, window: MainWindow, keyboard: Keyboard) -> None:
        paths = four(window)
        keyboard.press("F9")
        keyboard.press("F8")
        assert window.panel.isVisible()
        assert is_at(window, paths[0])


class TestWithoutAFieldOfItsOwn:
    """A finding on many fields, or on none, leaves the keys to the findings."""

    @pytest.mark.parametrize(("denial", "part"), [({"carc": ["50"]}, "/answers"), ({"rarc": ["MA130"]}, "/claim")])
    def test_no_key_reaches_the_case(
        self, window: MainWindow, keyboard: Keyboard, denial: Mapping[str, object], part: str
    ) -> None:
        opened(window, SURGEON, {"/denial": {"date": "2026-03-11", **denial}})
        keyboard.press("F8", times=[each.path for each in found(window)].index(part) + 1)
        here, before = chosen(window), dump_case(window.case.case)
        assert here.path == part
        keyboard.write("ynM1")
        keyboard.press("Delete")
        assert dump_case(window.case.case) == before
        assert chosen(window) == here
        assert "Enter" in window.statusBar().currentMessage()
        keyboard.press("Return")
        assert at_cursor(window).startswith(f"{part}/")  # on demand, the first of them

    def test_of_a_key_no_page_shows_neither(
        self, window: MainWindow, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        four(window)
        keyboard.press("F8")
        monkeypatch.setattr("mild_biller.gui.pages.page.nearest", lambda *_: None)
        before = dump_case(window.case.case)
        keyboard.press("F8")
        keyboard.write("y")
        assert dump_case(window.case.case) == before
        assert "no single field" in window.statusBar().currentMessage()

    def test_of_a_list_with_rows_the_button_that_adds_one_is_come_to(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        swapped = plain_example(HOSPITAL)["claim"]["revenue_lines"]
        swapped[0], swapped[1] = swapped[1], swapped[0]
        window.case.replace(case(HOSPITAL, {LINES: swapped}))
        paths = [each.path for each in found(window)]
        assert LINES in paths
        before = dump_case(window.case.case)
        keyboard.press("F8", times=paths.index(LINES) + 1)
        assert chosen(window).path == LINES
        assert isinstance(window.focusWidget(), QPushButton)
        assert keyboard.name == "Add revenue line"
        keyboard.write("y0360")
        assert dump_case(window.case.case) == before

    def test_of_a_list_without_rows_its_first_field_is_come_to(self, window: MainWindow, keyboard: Keyboard) -> None:
        opened(window, SURGEON, {"/coverages": ABSENT})
        keyboard.press("F8", times=[each.path for each in found(window)].index("/coverages") + 1)
        assert at_cursor(window) == "/coverages/0/payer"

    @pytest.mark.parametrize("name", example_names())
    def test_in_every_example_the_cursor_is_in_a_field_of_the_finding_or_in_none(
        self, window: MainWindow, name: str
    ) -> None:
        window.case.replace(case(name, {"/denial": {"date": "2026-03-11", "carc": ["50"], "rarc": ["MA130"]}}))
        for entry in found(window):
            window.actions_by_name["next"].trigger()
            assert chosen(window) == entry
            field = at_cursor(window)
            below = field.startswith(f"{entry.path}/") and entry.path not in ("/claim", "/answers")
            assert not field or is_at(window, entry.path) or below, f"{entry.path} {field}"

    def test_nothing_left_leaves_the_keys_to_the_findings(self, window: MainWindow, keyboard: Keyboard) -> None:
        opened(window, SURGEON, {"/patient/city": ABSENT})
        keyboard.press("F8")
        keyboard.write("PITTSBURGH")
        keyboard.press("F8")
        keyboard.write("y")
        assert window.case.read("/patient/city") == "PITTSBURGH"
        assert at_cursor(window) == ""
        assert "No findings" in window.statusBar().currentMessage()

    def test_a_group_that_was_closed_stays_closed_while_others_are_fixed(
        self, window: MainWindow, keyboard: Keyboard
    ) -> None:
        paths = four(window)
        keyboard.press("F8", times=2)
        tree = window.panel.tree
        group = tree.findings.index_of(chosen(window)).parent()
        tree.collapse(group)
        window.case.write(paths[0], ANSWERS[paths[0]])
        assert not tree.isExpanded(group)
        keyboard.press("F8")
        assert tree.isExpanded(group)
        assert is_at(window, chosen(window).path)


def entries(letters: str) -> list[FindingRow]:
    """Return an entry for each letter; a capital is the same finding in other words."""
    return [FindingRow(Tone.ERROR, letter, "", f"/{letter.lower()}") for letter in letters]


def following(old: str, here: str, new: str, step: int) -> str:
    """Return what the list has become, from the next entry on."""
    walk = F8Walk()
    walk.choose(entries(here)[0], entries(old))
    return "".join(each.text for each in walk.next(entries(new), step))


class TestTheRule:
    @pytest.mark.parametrize(
        ("old", "here", "new", "onward", "back"),
        [
            ("abc", "b", "abc", "c", "a"),
            ("abc", "b", "ac", "c", "a"),  # fixed
            ("abc", "a", "bc", "b", "c"),
            ("abc", "c", "ab", "a", "b"),
            ("abcd", "c", "ad", "d", "a"),  # with the one before it
            ("abcd", "b", "ad", "d", "a"),  # with the one after it
            ("abc", "b", "axc", "x", "a"),  # another came up in its place
            ("abc", "b", "axbc", "c", "x"),  # not fixed, another came up before it
            ("abc", "b", "xabyc", "y", "a"),
            ("abc", "b", "aBc", "c", "a"),  # in other words
            ("abc", "b", "acB", "c", "a"),  # less severe now: listed further down
            ("abcd", "c", "Cabd", "d", "b"),  # more severe now: listed further up
            ("abc", "a", "bcA", "b", "c"),
            ("abc", "b", "bca", "c", "a"),  # the one before it was moved
            ("a", "a", "a", "a", "a"),
            ("abc", "b", "xyz", "x", "z"),
        ],
    )
    def test_of_what_is_next(self, old: str, here: str, new: str, onward: str, back: str) -> None:
        assert following(old, here, new, ONWARD)[0] == onward
        assert following(old, here, new, BACK)[0] == back

    def test_of_an_empty_list_there_is_no_next(self) -> None:
        assert following("ab", "a", "", ONWARD) == following("ab", "a", "", BACK) == ""

    def test_of_one_of_two_findings_with_the_same_rule_and_field(self) -> None:
        walk, two = F8Walk(), [FindingRow(Tone.ERROR, text, "", "/a") for text in ("one", "two")]
        walk.choose(two[0], two)
        assert walk.chosen(two[1:]) is None
        assert walk.next(two[1:], ONWARD) == two[1:]

    def test_before_anything_is_chosen_the_first_is_next_and_the_last_before(self) -> None:
        assert [each.text for each in F8Walk().next(entries("abc"), ONWARD)] == list("abc")
        assert [each.text for each in F8Walk().next(entries("abc"), BACK)] == list("cba")

    @given(st.data())
    def test_every_finding_is_come_to_once_in_a_round(self, data: st.DataObject) -> None:
        letters = st.lists(st.sampled_from("abcdefgh"), unique=True)
        old = "".join(data.draw(letters.filter(bool)))
        new = "".join(data.draw(letters))
        here = data.draw(st.sampled_from(old))
        for step in (ONWARD, BACK):
            assert sorted(following(old, here, new, step)) == sorted(new)

    @given(st.data())
    def test_of_those_that_are_left_the_order_stays(self, data: st.DataObject) -> None:
        """Whatever is fixed, what was next and is left is next."""
        old = "abcdefgh"
        here = data.draw(st.sampled_from(old))
        fixed = data.draw(st.sets(st.sampled_from(old)))
        place = old.index(here)
        after, before = old[place + 1 :] + old[: place + 1], old[:place][::-1] + old[place:][::-1]
        new = "".join(each for each in old if each not in fixed)
        assert following(old, here, new, ONWARD) == "".join(each for each in after if each not in fixed)
        assert following(old, here, new, BACK) == "".join(each for each in before if each not in fixed)
