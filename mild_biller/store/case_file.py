"""Case files: JSON read into a Case, every refusal one line that names the key; and a Case written back."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mild_biller.core.case.blanks import tidy
from mild_biller.core.case.model import FORMAT, Case, Misread
from mild_biller.core.case.people import OwnPayer
from mild_biller.core.case.pointer import pointer_to
from mild_biller.core.rules import answers
from mild_biller.core.rules.catalog import Catalog
from mild_biller.errors import CaseFileError, NewerFormat
from mild_biller.files import write_whole
from mild_biller.store import migrations

MOST_BYTES = 5_000_000
MOST_OF_A_NAME = 80  # characters of one in a refusal
_UNION_MEMBERS = frozenset({"str", "int", "tuple[str, ...]", "tuple[int, ...]"})
_PAYER_TAGS = frozenset({"id", "own"})
_OF_A_WORD = frozenset({"enum", "value_error"})  # faults of a word outside its closed list, of a date
_TOO_DEEP = "not a case file: lists within lists without end."
Places = tuple[int | str, ...]
Word = tuple[Places, tuple[str, ...]]  # where one stands, and the words of its closed list


def open_case(path: Path, *, catalog: Catalog) -> Case:
    """Read a case file. Raises `CaseFileError`: one line with the file, the key and what to do."""
    return open_with_content(path, catalog=catalog)[0]


def open_with_content(path: Path, *, catalog: Catalog) -> tuple[Case, bytes]:
    """Read a case file, and return its bytes too. Raises `CaseFileError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CaseFileError(f"{path}: too large for a case file; choose another file.")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CaseFileError(f"{path} cannot be read ({reason}); choose another file.") from error
    try:
        return parse_case(content, catalog=catalog), content
    except CaseFileError as error:
        raise CaseFileError(f"{path}: {error}") from None


def save_case(path: Path, case: Case) -> bytes:
    """Write a case file whole or not at all, and return its bytes; keys never given stay absent.

    Raises `OutputError`.
    """
    content = dump_case(case)
    write_whole(path, content)
    return content


def dump_case(case: Case) -> bytes:
    """Return a case as the bytes of its file."""
    marked = case if "format" in case.model_fields_set else case.with_(format=FORMAT)
    return (marked.model_dump_json(exclude_unset=True, by_alias=True, indent=1) + "\n").encode()


def parse_case(content: bytes, *, catalog: Catalog) -> Case:
    """Read the bytes of a case file, of this format or an older one.

    Raises `CaseFileError`, one line without the file's name.

    Odd blanks in a date, a word of a closed list or a payer's id are no fault; the case remembers them.
    """
    text = _text(content)
    given = _json(text)
    data = _carried(given)
    if data is not given:
        text = _written(data)
    misread = list(_misread(data, answers.words_of(data, catalog.question)))
    misread += _misread(data, _names(data, catalog))
    for keys, reason in answers.refused(data, catalog.question):
        raise CaseFileError(f"{_path(keys)}: {reason}.")
    try:
        case = _read(data, text, misread)
    except ValidationError as error:
        raise CaseFileError(_reason(error)) from None
    _refuse_unknown_payers(case, catalog)
    return answers.dated(case, catalog.question)


def _read(data: Any, text: str, misread: list[Misread]) -> Case:
    """Read a case, and once more where a word of a closed list or a date has another spelling."""
    try:
        case = Case.model_validate_json(_written(data) if misread else text)
    except ValidationError as error:
        refused = error.errors(include_url=False)
        words = ((_places(each["loc"]), _allowed(each)) for each in refused if each["type"] in _OF_A_WORD)
        more = list(_misread(data, words))
        if not more:
            raise
        misread += more
        case = Case.model_validate_json(_written(data))
    return case.reading(misread)


def _written(data: Any) -> str:
    try:
        return json.dumps(data)
    except RecursionError:
        raise CaseFileError(_TOO_DEEP) from None


def _allowed(refused: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words of the closed list that a refused text is not of; none for a date."""
    return tuple(re.findall("'([^']*)'", str(refused.get("ctx", {}).get("expected", ""))))


def _names(data: Any, catalog: Catalog) -> Iterator[Word]:
    """Yield the places where a case file names a payer or a policy."""
    coverages = data.get("coverages")
    for index, coverage in enumerate(coverages if isinstance(coverages, list) else ()):
        payer = coverage.get("payer") if isinstance(coverage, dict) else None
        if isinstance(payer, str):
            yield ("coverages", index, "payer"), tuple(catalog.payer)
        elif isinstance(payer, dict) and "policy" in payer:
            yield ("coverages", index, "payer", "policy"), tuple(catalog.versions)


def _misread(data: Any, words: Iterable[Word]) -> Iterator[Misread]:
    """Take odd blanks and letter case out of some texts of a case file, and yield each that had any."""
    for (*parents, last), allowed in words:
        holder = data
        for place in parents:
            holder = holder[place]
        typed = holder[last]
        if isinstance(typed, str) and _spelled(typed, allowed) != typed:
            holder[last] = _spelled(typed, allowed)
            yield Misread(pointer_to((*parents, last)), typed, holder[last])


def _spelled(typed: str, allowed: tuple[str, ...]) -> str:
    """Write a word as its closed list does; a word of no list only without odd blanks."""
    text = tidy(typed)
    return next((each for each in allowed if each.casefold() == text.casefold()), text)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseFileError("not a text file in UTF-8; choose another file.") from None


def _json(text: str) -> Any:
    """Read JSON; refuse a key that is listed twice in one object."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise CaseFileError(f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise CaseFileError(_TOO_DEEP) from None
    except ValueError:
        raise CaseFileError("not a case file: a number too long to be one.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise CaseFileError(f"the key {_shortened(twice)!r} is listed twice; keep one.")
    return made


def _no_constant(name: str) -> None:
    raise CaseFileError(f"{name} is no JSON; write null where nothing is known.")


def _carried(data: Any) -> dict[str, Any]:
    """Return what a case file holds, in the newest format."""
    if not isinstance(data, dict):
        raise CaseFileError("not a case file: the outermost value is not an object.")
    try:
        return migrations.carried(data, migrations.CASE)
    except NewerFormat as error:
        raise CaseFileError(f"/format: {error}") from None
    except ValueError as error:
        raise CaseFileError(f"not a case file: {error}.") from None


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    path = _path(first["loc"])
    return f"{path}: {_said(first['type'], first['msg'], first.get('ctx', {}))}"


def _path(places: Places) -> str:
    """Return the JSON pointer of a place in a line."""
    return pointer_to(_shortened(str(part)) for part in _places(places)) or "/"


def _places(found: Places) -> Places:
    """Return the location of a fault, without the names pydantic gives to the members of a union."""
    return tuple(
        part
        for before, part in zip(("", *found), found, strict=False)
        if part not in _UNION_MEMBERS and not (before == "payer" and part in _PAYER_TAGS)
    )


def _shortened(name: str) -> str:
    """Return a name as it fits into a line."""
    return name if len(name) <= MOST_OF_A_NAME else f"{name[:MOST_OF_A_NAME]}..."


def _said(kind: str, message: str, context: dict[str, Any]) -> str:
    if kind == "extra_forbidden":
        return "unknown key; correct its name or remove it."
    if kind == "missing":
        return "this key is needed here; add it."
    if kind in ("enum", "literal_error"):
        return f"not one of {re.sub(chr(39), '', str(context.get('expected', ''))).replace(' or ', ', ')}."
    if kind == "value_error":
        return f"{message.removeprefix('Value error, ')}."
    if kind == "json_invalid":
        return "not JSON that can be read."
    wanted = _WANTED.get(kind)
    return f"wrong type; {wanted} belongs here." if wanted else f"{message[:1].lower()}{message[1:]}."


_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "date_type": "a date in quotes, YYYY-MM-DD,",
}


def _refuse_unknown_payers(case: Case, catalog: Catalog) -> None:
    for index, coverage in enumerate(case.coverages or ()):
        payer, path = coverage.payer, f"/coverages/{index}/payer"
        if isinstance(payer, str) and payer not in catalog.payer:
            raise CaseFileError(
                f"{path}: no payer {_shortened(payer)!r} is known; it is one of {', '.join(sorted(catalog.payer))}."
            )
        if isinstance(payer, OwnPayer) and payer.policy is not None and payer.policy not in catalog.versions:
            known = ", ".join(sorted(catalog.versions))
            raise CaseFileError(
                f"{path}/policy: no policy {_shortened(payer.policy)!r} is known; it is one of {known}."
            )
