"""No blank and no sign nobody sees decides anything, wherever it is typed in a case."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mild_biller.core.case.base import Model
from mild_biller.core.case.pointer import read
from mild_biller.core.case.repair import repair
from mild_biller.core.documents.letter_rules import LetterKind, Style
from mild_biller.core.documents.letters import Letter, letter
from mild_biller.errors import CaseFileError
from mild_biller.output.claim_form.render import PrintMode, PrintStyle
from mild_biller.output.claim_form.render import render as form_pdf
from mild_biller.output.documents.letter_pdf import render as letter_pdf
from tests.property.cases import cases
from tests.property.odd_texts import (
    AMONG,
    BLANKS,
    KEEPS_ALL,
    KEEPS_RUNS,
    UNSEEN,
    listed,
    look,
    odd,
    odd_lines,
    said,
    texts,
)
from tests.support import PACK, changed, example, example_names, parsed, reviewed


@settings(max_examples=250)
@given(name=st.sampled_from(example_names()), data=st.data())
def test_odd_blanks_change_no_word_and_no_print(name: str, data: st.DataObject) -> None:
    plain = example(name)
    known = texts(plain)
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, min_size=1, max_size=6))
    typed = {at: data.draw(odd(known[at]), label=at) for at in chosen}
    before, after = look(plain), look(changed(plain, typed))
    assert said(after) == said(before)
    assert after.filled == before.filled
    was = listed(before)
    wanted = {at: (text, was.get(at, (None, known[at]))[1]) for at, text in typed.items() if text != known[at]}
    assert listed(after) == {**was, **wanted}


@settings(max_examples=60)
@given(
    name=st.sampled_from([each for each in example_names() if example(each)["claim"].get("charges")]), data=st.data()
)
def test_odd_blanks_around_a_key_change_nothing(name: str, data: st.DataObject) -> None:
    plain = example(name)
    charges = plain["claim"]["charges"]
    keys = {key: data.draw(odd(key), label=key) for key in charges}
    after = look(changed(plain, {"/claim/charges": {keys[key]: amount for key, amount in charges.items()}}))
    assert said(after) == said(look(plain))
    moved = {typed: key for key, typed in keys.items() if typed != key}
    assert {each.typed: each.repaired for each in after.repairs if each.typed in moved} == moved


@pytest.mark.parametrize("name", example_names())
def test_odd_blanks_everywhere_at_once_print_the_same_page(name: str) -> None:
    plain = example(name)
    typed = {at: f"\ufeff\u00a0{AMONG.sub(chr(0x2009), text)}\t\u200b " for at, text in texts(plain).items()}
    before, after = look(plain), look(changed(plain, typed))
    assert said(after) == said(before)
    assert set(typed) <= set(listed(after))
    if before.filled is not None and before.claim.form is not None:
        layout, style = PACK.layout(before.claim.form), PrintStyle(mode=PrintMode.WITH_FORM, draft=True)
        if not any(finding.rule == "overflow-money" for finding in before.findings):
            assert form_pdf(after.filled, layout=layout, style=style) == form_pdf(
                before.filled, layout=layout, style=style
            )


WORDS: Final = "The patient walks 50 feet.\n\nSee [ date of the report ] and page 3."


def written(words: str) -> Letter:
    """Return an appeal with one paragraph that somebody wrote anew, and the payer's own words in another."""
    rules = PACK.letters
    paragraph = next(each.id for each in rules.letter[LetterKind.APPEAL].paragraph if each.style is Style.BODY)
    denial = {"date": "2026-03-11", "carc": ["50"], "remark": words}
    typed = {"/denial": denial, "/letters": {"appeal": {paragraph: words}}}
    found = reviewed("premera-commercial-2026", typed)
    edits = (found.case.letters or {})["appeal"]
    return letter(LetterKind.APPEAL, found, rules=rules, edits=edits)


def test_the_letter_of_the_law_below_quotes_both() -> None:
    assert written(WORDS).text.count("walks 50 feet") == 2


@cache
def printed() -> bytes:
    return letter_pdf(written(WORDS))


@settings(max_examples=25)
@given(odd_lines(WORDS))
def test_odd_blanks_print_no_other_letter(words: str) -> None:
    assert letter_pdf(written(words)) == printed()


def strings(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a model with its pointer, keys of maps too."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from strings(getattr(value, name), f"{at}/{name.rstrip('_')}")
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from strings(each, f"{at}/{index}")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield f"{at}/keys", key
            yield from strings(each, f"{at}/{key}")
    elif type(value) is str:
        yield at, value


@settings(max_examples=300)
@given(data=cases())
def test_no_odd_blank_is_left_in_a_repaired_case(data: Any) -> None:
    try:
        case = parsed(data)
    except CaseFileError:
        return
    for at, text in strings(repair(case)[0]):
        if KEEPS_ALL.search(at) or at.endswith("/keys"):  # two keys that only a blank tells apart stay as typed
            continue
        lines = text.split("\n") if "/letters/" in at or at == "/denial/remark" else [text]
        for line in lines:
            assert not set(line) & set((BLANKS + UNSEEN).replace(" ", "")), (at, text)
            assert line == line.rstrip(" "), (at, text)
            assert KEEPS_RUNS.search(at) or "  " not in line, (at, text)
        assert text == text.strip(" "), (at, text)


@pytest.mark.parametrize("name", example_names())
def test_no_example_has_a_text_that_the_properties_pass_over(name: str) -> None:
    """Every text is drawn from: a pointer that leads nowhere would make the law an empty one."""
    data, case = example(name), parsed(example(name))
    for at, text in texts(data).items():
        found = read(case, at)
        assert str(found.isoformat() if isinstance(found, date) else found) == text, at
