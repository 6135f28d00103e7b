"""Rule packs of older versions: what their files say differently, read as the files say it today."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Row = dict[str, Any]

RETIRED: Final[Mapping[str, frozenset[str]]] = {
    "diagnoses": frozenset({"is_header"}),
    "fee": frozenset({"apc", "multiple_reduction", "total_rvu", "global_days"}),
}
"""Keys that 0.1.0 has and nothing reads, by table."""

UNSAID: Final[Mapping[str, Mapping[str, Row]]] = {
    "modifiers": {
        "Q0": {"mistyped": ["QO"]},
        "52": {"use": "one-sided"},
        "50": {"use": "bilateral"},
        "LT": {"use": "side"},
        "RT": {"use": "side"},
        "51": {"use": "further-procedure"},
        "53": {"use": "stopped"},
        "73": {"use": "stopped-at-facility"},
        "74": {"use": "stopped-at-facility"},
        "GA": {"use": "notice-signed"},
        "GX": {"use": "notice-of-exclusion"},
        "GY": {"use": "notice-of-exclusion"},
        "GZ": {"use": "notice-unsigned"},
    },
    "revenue_codes": {"0001": {"is_total": True}},
    "interspaces": {
        "cervical": {"procedure": "image-guided cervical decompression"},
        "thoracic": {"procedure": "image-guided thoracic decompression"},
        "lumbar": {"procedure": "percutaneous image-guided lumbar decompression"},
    },
    "questions": {
        "no_prior_lumbar_procedure": {
            "said": "the record was searched: no lumbar decompression, fusion or mild procedure in the look-back"
        }
    },
    "criterion": {"no-recent-lumbar-surgery": {"searched": "no_prior_lumbar_procedure"}},
    "items": {"look-back": {"test": {"searched": "no_prior_lumbar_procedure"}}},
}
"""What the program of 0.1.0 knew of these rows and its files do not say, by table and code, id or region."""


def read_today(table: str, rows: Any) -> Any:
    """Return the rows of a table without retired keys, and with what a table that says none of it left unsaid.

    What is not a list of rows is returned as it is: the reader of the table refuses it.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return rows
    kept = [{key: value for key, value in row.items() if key not in RETIRED.get(table, ())} for row in rows]
    unsaid = UNSAID.get(table, {})
    places = {place for more in unsaid.values() for place in _places(more)}
    if any(not places.isdisjoint(_places(row)) for row in kept):
        return kept
    return [_merged(row, unsaid.get(_name(row), {})) for row in kept]


def _name(row: Row) -> str:
    return str(next((row[key] for key in ("code", "id", "region") if key in row), ""))


def _places(row: Row) -> Iterator[tuple[str, ...]]:
    """Yield where a row has values, inner tables too."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from ((key, *place) for place in _places(value))
        else:
            yield (key,)


def _merged(row: Row, more: Row) -> Row:
    """Return a row with what was left unsaid in it, in inner tables too."""
    inner = {key: _merged(row[key], more[key]) for key in more if isinstance(row.get(key), dict)}
    return {**row, **more, **inner}
