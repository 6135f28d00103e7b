"""Cases at random: the model's own fields filled with odd and with plausible values, laid over shipped examples."""

from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st

from mild_biller import loader
from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case, Coverage
from mild_biller.core.case.people import OwnPayer
from tests.support import changed, example, example_names

ODD_TEXTS = [
    *(
        "",
        " ",
        "X",
        "x" * 300,
        "Ø",
        "ß",
        "ŉ",
        "\n",
        "\x00",
        "Тест",
        "\U0001d518",
        "１２３",
        "{",
        "{0}",
        "%s",
        "-",
        ".",
        "'",
    ),
    *(
        "a b  c",
        "-1",
        "1e9",
        "NaN",
        "Infinity",
        "0",
        "00",
        "007",
        "9" * 20,
        "4600",
        "4600.00",
        "0.00",
        "-1.00",
        "1000000.00",
    ),
    *("Q0", "QO", "Qø", "52", "LT", "50", "GA", "CTCT03072927", "nct 03072927", "03072927", "99999999"),
    *("62330", "62331", "0275T", "0274T", "C1889", "77003", "72275", "G0276", "99214", "6233"),
    *("M48.062", "M48062", "M48.06", "M48.07", "Z00.6", "V70.7", "724.03", "m48.062"),
    *("L4-L5", "l5-s1", "T12-L1", "C4-C5", "T9-T10", "24", "11", "19", "22", "99", "A", "B", "L", "M", "AB"),
    *("131", "0131", "0851", "0360", "0278", "0001", "30", "D4", "PA", "TX", "XX", "15213", "15213-1234", "4125550142"),
    *("1EG4TE5MK73", "1EG4-TE5-MK73", "1S00A00AA00", "2000000010", "1234567893", "1234567890", "251234567"),
]
texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
days = st.one_of(
    st.dates(date(2009, 1, 1), date(2028, 12, 31)),
    st.sampled_from(
        [date.min, date(2024, 2, 29), date(2025, 3, 10), date(2026, 3, 10), date(2027, 1, 1), date(9999, 1, 1)]
    ),
)
numbers = st.one_of(st.integers(-2, 12), st.sampled_from([10**6, 10**30, -(10**30)]))
payers = st.sampled_from(sorted(loader.catalog().payer))


def of(annotation: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for what JSON may hold where a field of this type stands."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of(parts[0])
    if origin in (Union, UnionType):
        return st.one_of([of(part) for part in parts])
    if origin is tuple:
        return st.lists(of(parts[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(texts, texts, max_size=3)
    if origin is Literal:
        return st.sampled_from(parts)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([member.value for member in annotation])
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return model(annotation)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        str: texts,
        bool: st.booleans(),
        int: numbers,
        date: days.map(date.isoformat),
    }
    return simple[annotation]


def field(kind: type[Model], name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for one key of a model."""
    info = kind.model_fields[name]
    if (kind, name) == (Case, "format"):
        return st.sampled_from([None, 1])
    if (kind, name) == (Coverage, "payer"):
        return st.one_of(st.none(), payers, model(OwnPayer))
    if (kind, name) == (OwnPayer, "policy"):
        return st.one_of(st.none(), st.sampled_from(sorted(loader.catalog().versions)))
    return of(info.annotation)


def model(kind: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for the JSON object of a model, any key of which may be absent."""
    keys = {name: field(kind, name) for name in kind.model_fields}
    needed = {name: strategy for name, strategy in keys.items() if kind.model_fields[name].is_required()}
    others = {name: strategy for name, strategy in keys.items() if name not in needed}
    made = st.fixed_dictionaries(needed, optional=others)
    return st.deferred(lambda: made.map(lambda each: {name.rstrip("_"): value for name, value in each.items()}))


def _places(kind: type[Model], path: str, depth: int) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for each pointer down to a depth; of lists, the first entry."""
    found: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in kind.model_fields.items():
        at = f"{path}/{name.rstrip('_')}"
        found[at] = field(kind, name)
        for part in (info.annotation, *get_args(info.annotation)):
            inner = get_args(part)[0] if get_origin(part) is tuple else part
            if depth > 1 and isinstance(inner, type) and issubclass(inner, Model):
                found |= _places(inner, f"{at}/0" if inner is not part else at, depth - 1)
    return found


PLACES = _places(Case, "", 3)
PARTS = sorted(Case.model_fields)


@st.composite
def changed_examples(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a shipped example with up to four keys set to something else."""
    data = example(draw(st.sampled_from(example_names())))
    for _ in range(draw(st.integers(0, 4))):
        part = draw(st.sampled_from(PARTS))
        place = draw(st.sampled_from([place for place in PLACES if place.split("/")[1] == part]))
        data = changed(data, {place: draw(PLACES[place])})
    return data


WHOLE = model(Case)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a changed example, or now and then a case of chance alone."""
    return draw(WHOLE) if draw(st.integers(0, 9)) == 0 else draw(changed_examples())
