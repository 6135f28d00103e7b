"""Words as a label shows them: long ones may break, and what has no picture is a blank."""

import pytest

from mild_biller.presentation.long_words import breakable, seen, without_unseen

MAY = "\u200b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("imaging-report.pdf, 3 pages", "imaging-report.pdf, 3 pages"),
        ("x" * 20, "x" * 20),
        ("x" * 21, f"{'x' * 20}{MAY}x"),
        (f"{'x' * 45} y", f"{'x' * 20}{MAY}{'x' * 20}{MAY}{'x' * 5} y"),
    ],
)
def test_a_long_word_may_break(text: str, shown: str) -> None:
    assert breakable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x1bc\x7fd\x85e", "a b c d e"),
        ("a\tb\nc", "a\tb\nc"),
        ("é 🦴 שלום", "é 🦴 שלום"),
    ],
)
def test_what_has_no_picture_is_a_blank(text: str, shown: str) -> None:
    assert without_unseen(text) == shown


def test_a_label_gets_both() -> None:
    assert seen(f"a\x00{'x' * 21}") == f"a {'x' * 20}{MAY}x"
