"""A value of a frozen case by its JSON pointer (RFC 6901): read it, write it, take it away. The only place that does.

Writing makes the parents that are missing; taking away removes parents that are left empty, a list too, so that what
was typed as none and what is no longer typed stay apart. Whatever is not named by the pointer stays as it was given,
absent or null.
"""

import inspect
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import ValidationError

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case

_INDEX: Final = re.compile("0|[1-9][0-9]*")


class Refused(Exception):
    """The model cannot hold the value; the case is as before."""


def keys_of(pointer: str) -> tuple[str, ...]:
    """Split a JSON pointer into its keys."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def pointer_to(keys: Iterable[str | int]) -> str:
    """Return the JSON pointer of a place, given by its keys from the top."""
    return "".join(f"/{escaped(str(key))}" for key in keys)


def escaped(key: str) -> str:
    """Escape a key for a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def read(case: Case, pointer: str) -> Any:
    """Return the value at a pointer, None if there is none."""
    value: Any = case
    for key in keys_of(pointer):
        value = _child(value, key)
        if value is None:
            return None
    return value


def write(case: Case, pointer: str, value: Any) -> Case:
    """Return the case with `value` at the pointer; None takes the key, or the item of a list, away. Raises `Refused`.

    A case in which nothing would change comes back as it is, so that a key given as null stays one.
    """
    before = read(case, pointer)
    if before == value and type(before) is type(value):
        return case
    try:
        changed: Case = _written(case, Case, keys_of(pointer), value, depth=0)
    except ValidationError as error:
        raise Refused("This cannot be stored in a case file.") from error
    return changed.reading(each for each in case.misread if str(read(changed, each.path)) == each.read)


def append(case: Case, pointer: str, item: Any) -> Case:
    """Return the case with one more item at the end of a list."""
    return write(case, pointer, (*(read(case, pointer) or ()), item))


def without(case: Case, pointer: str) -> Case | None:
    """Return the case without the value at a pointer, None if there is none."""
    return None if read(case, pointer) is None else write(case, pointer, None)


def rows_above(pointer: str) -> Iterator[str]:
    """Yield the pointers of the items of lists that a pointer leads to or into, the outermost first.

    Raises `LookupError` for a key nobody declared.
    """
    kind: Any = Case
    keys = keys_of(pointer)
    for length, key in enumerate(keys, start=1):
        maker = _maker(kind)
        if get_origin(maker) is tuple:
            yield pointer_to(keys[:length])
        kind = _kind_below(maker, key)


@cache
def fields_of(model: type[Model]) -> Mapping[str, str]:
    """Return the fields of a model by their keys in a case file: `from` is the field `from_`."""
    return {name.rstrip("_"): name for name in model.model_fields}


def kinds_of(model: type[Model], key: str) -> tuple[Any, ...]:
    """Return what a key may hold, but for None."""
    return _but_for_none(_kind_below(model, key))


def kinds_at(pointer: str) -> tuple[Any, ...]:
    """Return what a pointer may lead to, but for None. Raises `LookupError` where nothing can stand."""
    *keys, last = keys_of(pointer)
    kind: Any = Case
    for key in keys:
        kind = _kind_below(_maker(kind), key)
    return _but_for_none(_kind_below(_maker(kind), last))


def _but_for_none(annotation: Any) -> tuple[Any, ...]:
    return tuple(kind for kind in _kinds(annotation) if kind is not types.NoneType)


def _child(holder: Any, key: str) -> Any:
    if isinstance(holder, Model):
        name = fields_of(type(holder)).get(key)
        return (holder.model_extra or {}).get(key) if name is None else getattr(holder, name)
    if isinstance(holder, tuple):
        return holder[int(key)] if _INDEX.fullmatch(key) and int(key) < len(holder) else None
    return holder.get(key) if isinstance(holder, dict) else None


def _kind_of_others(model: type[Model]) -> Any:
    """Return the values at the keys an open model has no field for, None if it has only fields."""
    if model.model_config.get("extra") != "allow":
        return None
    return get_args(inspect.get_annotations(model)["__pydantic_extra__"])[1]


def _kind_below(maker: Any, key: str) -> Any:
    """Return the declared kind of the value at a key of a model, a list or a mapping."""
    if isinstance(maker, type) and issubclass(maker, Model):
        name = fields_of(maker).get(key)
        kind = _kind_of_others(maker) if name is None else maker.model_fields[name].annotation
        if kind is None:
            raise LookupError(f"{maker.__name__} has no key {key!r}")
        return kind
    if get_origin(maker) is tuple and not _INDEX.fullmatch(key):
        raise LookupError(f"a list has no place {key!r}")
    return get_args(maker)[0 if get_origin(maker) is tuple else 1]


def _written(holder: Any, kind: Any, keys: tuple[str, ...], value: Any, *, depth: int) -> Any:
    """Return a copy of `holder` with the value below it; a missing holder is made from its declared kind."""
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    maker = _maker(kind)
    below = _kind_below(maker, key)
    if isinstance(maker, type) and issubclass(maker, Model):
        own = holder if isinstance(holder, Model) else maker()
        return _in_model(own, key, below, rest, value, depth=depth)
    if get_origin(maker) is tuple:
        return _in_tuple(holder if isinstance(holder, tuple) else (), key, below, rest, value, depth=depth)
    return _in_dict(holder if isinstance(holder, dict) else {}, key, below, rest, value, depth=depth)


def _in_model(holder: Model, key: str, kind: Any, rest: tuple[str, ...], value: Any, *, depth: int) -> Model:
    name = fields_of(type(holder)).get(key, key)
    before = _child(holder, key)
    new = _left(_written(before, kind, rest, value, depth=depth + 1), rest, value, depth=depth)
    field = type(holder).model_fields.get(name)
    if new is None and field is not None and field.is_required():
        new = ""
    kept = {each: getattr(holder, each) for each in holder.model_fields_set if each != name}
    given = kept if new is None else {**kept, name: new}
    return type(holder).model_validate(given, by_name=True, by_alias=False)


def _in_tuple(
    holder: tuple[Any, ...], key: str, kind: Any, rest: tuple[str, ...], value: Any, *, depth: int
) -> tuple[Any, ...]:
    index = int(key)
    if index > len(holder):
        raise LookupError(f"a list of {len(holder)} has no place {key}")
    before = holder[index] if index < len(holder) else None
    new = _written(before, kind, rest, value, depth=depth + 1)
    return (*holder[:index], *(() if new is None else (new,)), *holder[index + 1 :])


def _in_dict(
    holder: dict[str, Any], key: str, kind: Any, rest: tuple[str, ...], value: Any, *, depth: int
) -> dict[str, Any]:
    new = _left(_written(holder.get(key), kind, rest, value, depth=depth + 1), rest, value, depth=depth)
    kept = {name: old for name, old in holder.items() if name != key or new is not None}
    return kept if new is None else {**kept, key: new}


def _left(new: Any, rest: tuple[str, ...], value: Any, *, depth: int) -> Any:
    """Return what is left of a holder, None if the value removed below it was its last."""
    return None if rest and value is None and _is_bare(new, depth=depth) else new


def _is_bare(value: Any, *, depth: int) -> bool:
    """Return True if nothing is left in a holder; below the top level, nulls alone count as nothing."""
    if isinstance(value, Model):
        left = value.model_fields_set
        return not left or (depth > 0 and all(getattr(value, name) is None for name in left))
    return isinstance(value, dict | tuple) and not value


def _maker(annotation: Any) -> Any:
    """Return what makes an empty value of a declared kind: a model, a list or a mapping."""
    for kind in _kinds(annotation):
        if get_origin(kind) in (tuple, dict) or (isinstance(kind, type) and issubclass(kind, Model)):
            return kind
    raise LookupError(f"nothing can stand below {annotation}")


def _kinds(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _kinds(part)
    else:
        yield annotation
