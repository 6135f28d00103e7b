"""Passwords as viewers compare them, and those no packet can be locked with."""

import pytest

from mild_biller.output.documents.password import BLANK, TOO_LONG, UNSEEN, fault, written


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("correct horse", ""),
        ("שלום", ""),
        ("x" * 127, ""),
        ("é" * 63, ""),
        ("", BLANK),
        (" \u00a0\u3000", BLANK),
        ("a\tb", UNSEEN),
        ("a\x00b", UNSEEN),
        ("a\u202eb", UNSEEN),  # turns what follows around
        ("a\ud83d", UNSEEN),  # half a character
        ("x" * 128, TOO_LONG),
        ("é" * 64, TOO_LONG),  # two bytes each
    ],
)
def test_what_a_packet_can_be_locked_with(password: str, wrong: str) -> None:
    assert fault(password) == wrong


def test_one_password_in_any_writing() -> None:
    assert written("４５\u00a0Schlu\u0308ssel") == "45 Schlüssel"
