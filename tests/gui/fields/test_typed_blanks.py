"""Odd blanks typed or pasted into the window: read as in a file, and listed."""

from datetime import date
from typing import Any

import pytest

from mild_biller.core.coverage.assess import Determination
from mild_biller.core.documents.letter_rules import Style
from mild_biller.gui.window.main_window import MainWindow
from mild_biller.presentation.findings.finding_rows import groups
from mild_biller.presentation.typed_text import (
    AMOUNT,
    CODES,
    DAY,
    PAGES,
    PAST_DAY,
    POINTERS,
    SCORE,
    TEXT,
    WHOLE,
    Calendar,
    Reading,
    TextKind,
)
from mild_biller.store.case_file import open_case
from tests.gui.helpers import typed
from tests.support import TODAY, example_file

NOW = Calendar(TODAY)
LETTERS = 5
ODD = ["{} ", "\u00a0{}", "\u200b{}\ufeff", "\t{}\u2009", "\u3000{}\u2060\n"]


@pytest.mark.parametrize("around", ODD, ids=ascii)
@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (TEXT, "L4-L5", "L4-L5"),
        (CODES, "M48.062", ("M48.062",)),
        (POINTERS, "AB", ("A", "B")),
        (DAY, "03/10/2026", date(2026, 3, 10)),
        (DAY, "t-7", date(2026, 3, 5)),
        (PAST_DAY, "7/6/51", date(1951, 7, 6)),
        (AMOUNT, "$4,600.00", "4600.00"),
        (WHOLE, "2", 2),
        (SCORE, "52", 52),
        (SCORE, "3.2", "3.2"),
        (PAGES, "1-3, 7", "1-3, 7"),
    ],
)
def test_a_field_reads_past_what_looks_empty(kind: TextKind, words: str, value: Any, around: str) -> None:
    assert kind.read(around.format(words), NOW) == Reading(value)


@pytest.mark.parametrize("kind", [TEXT, CODES, POINTERS, DAY, AMOUNT, WHOLE, SCORE, PAGES])
@pytest.mark.parametrize("words", ["\u200b", "\u00a0\u00a0", "\ufeff\t"], ids=ascii)
def test_what_looks_empty_is_empty(kind: TextKind, words: str) -> None:
    assert kind.read(words, NOW) == Reading()


def test_signs_among_digits_are_read_past() -> None:
    assert DAY.read("03/\u200b10/2026", NOW) == Reading(date(2026, 3, 10))
    assert AMOUNT.read("4\u200b600.00", NOW) == Reading("4600.00")
    assert WHOLE.read("1\u2060 ", NOW) == Reading(1)
    assert CODES.read("M48.062\u00a0Z00\u200b.6", NOW) == Reading(("M48.062", "Z00.6"))


def test_a_text_is_kept_as_typed_and_its_repair_is_listed(window: MainWindow) -> None:
    window.case.replace(open_case(example_file("medicare-asc-2026"), catalog=window.case.catalog))
    printed = window.case.review.filled
    street = typed(window, "/patient/street")
    street.setText("12\u00a0ELM  STR\u200bEET ")
    assert window.case.read("/patient/street") == "12\u00a0ELM  STR\u200bEET"
    review = window.case.review
    assert ("/patient/street", "12 ELM STREET") in [(each.path, each.repaired) for each in review.repairs]
    assert review.filled == printed
    listed = {group.key: group for group in groups(review, faults={}, catalog=window.case.catalog)}["repairs"]
    (entry,) = (each for each in listed.entries if each.path == "/patient/street")
    assert (entry.text, entry.remedy) == (
        "Printed as 12 ELM STREET",
        "Removed extra blanks or hidden characters.",
    )


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("/procedure/diagnoses", "M48.062\u00a0"),
        ("/procedure/trial_number", "0307\u200b2927 "),
        ("/procedure/interspaces/0/name", "L4-L5\t"),
        ("/claim/charges/62330", "4600.00\u2009"),
        ("/providers/billing/npi", "2000000010\ufeff"),
    ],
)
def test_a_code_typed_with_a_blank_decides_nothing(window: MainWindow, pointer: str, words: str) -> None:
    window.case.replace(open_case(example_file("medicare-asc-2026"), catalog=window.case.catalog))
    before = window.case.review
    typed(window, pointer).setText(words)
    assert window.case.review.assessment.determination is Determination.COVERED
    assert (window.case.review.findings, window.case.review.filled) == (before.findings, before.filled)


def test_a_file_with_blanks_in_its_words_shows_them_chosen_and_listed(window: MainWindow, tmp_path: Any) -> None:
    text = example_file("medicare-asc-2026").read_text(encoding="utf-8")
    file = tmp_path / "case.json"
    odd = text.replace('"asc"', '"asc\u00a0"').replace('"payer": "medicare"', '"payer": " medicare"')
    file.write_text(odd.replace('"2026-03-10"', '"2026-03-10 "'), encoding="utf-8")
    window.case.open(file)
    assert window.case.read("/procedure/setting") == "asc"
    assert window.case.read("/coverages/0/payer") == "medicare"
    assert window.case.review.worst is None
    paths = {each.path: each.typed for each in window.case.review.repairs}
    assert paths["/procedure/setting"] == "asc\u00a0"
    assert paths["/coverages/0/payer"] == " medicare"
    assert paths["/procedure/date_of_service"] == "2026-03-10 "
    assert not window.case.is_changed


def test_a_letter_leaves_without_odd_blanks_and_is_shown_as_typed(window: MainWindow) -> None:
    window.case.replace(open_case(example_file("premera-commercial-2026"), catalog=window.case.catalog))
    window.go_to_step(LETTERS)
    desk, letters = window.prior_auth.desk, window.prior_auth.letters
    window.prior_auth.tabs.setCurrentWidget(letters)
    name = next(each.id for each in desk.letter(letters.kind).paragraphs if each.style is Style.BODY)
    words = "One\u200b word  more. "
    letters.paragraphs[name].edit.setPlainText(words)
    assert letters.paragraphs[name].edit.toPlainText() == words
    assert window.case.read(f"/letters/{letters.kind.value}/{name}") == words
    assert "One word  more." in [each.text for each in desk.letter(letters.kind).paragraphs]
    assert desk.packet.statement is not None
    assert "One word  more." in [each.text for each in desk.packet.statement.paragraphs]
