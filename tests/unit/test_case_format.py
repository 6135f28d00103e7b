"""The description of the case file names every key a case may have and every word of its closed lists."""

import re
from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

import pytest

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case
from tests.support import ROOT

DESCRIBED: Final = (ROOT / "docs" / "case-format.md").read_text(encoding="utf-8").partition("\n## 3.")[0]


def parts(hint: Any) -> Iterator[Any]:
    """Yield the classes a type is made of."""
    if get_origin(hint) in (Annotated, Union, UnionType, tuple, dict):
        for inner in get_args(hint):
            yield from parts(inner)
    elif isinstance(hint, type):
        yield hint


def reached(model: type[Model]) -> Iterator[type]:
    """Yield a model and all models and lists of words it is made of."""
    yield model
    for field in model.model_fields.values():
        for each in parts(field.annotation):
            if issubclass(each, Model):
                yield from reached(each)
            elif issubclass(each, StrEnum):
                yield each


FOUND: Final = sorted(set(reached(Case)), key=lambda each: each.__name__)
KEYS: Final = [
    (each.__name__, field.alias or name)
    for each in FOUND
    if issubclass(each, Model)
    for name, field in each.model_fields.items()
]
WORDS: Final = [(each.__name__, str(word)) for each in FOUND if issubclass(each, StrEnum) for word in each]


def test_the_models_are_found() -> None:
    names = {name for name, _ in (*KEYS, *WORDS)}
    assert {"Case", "Device", "OwnPayer", "OccurrenceSpan", "PlanType", "Side"} <= names


@pytest.mark.parametrize(("owner", "name"), [*KEYS, *WORDS])
def test_every_key_and_word_is_named(owner: str, name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", DESCRIBED), f"{name} of {owner} is not described"
