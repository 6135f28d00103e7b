"""A value of a frozen case by its JSON pointer: read it, write it, take it away. No Qt.

Writing makes the parents that are missing; taking away removes parents that are left empty. Whatever is not
named by the pointer stays as it was given, absent or null.
"""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError

from mild_biller.core.case.base import Model
from mild_biller.core.case.model import Case


class Refused(Exception):
    """The model cannot hold the value; the case is as before."""


def keys_of(pointer: str) -> tuple[str, ...]:
    """Split a JSON pointer (RFC 6901) into its keys."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def read(case: Case, pointer: str) -> Any:
    """Return what stands at a pointer, None where nothing does."""
    value: Any = case
    for key in keys_of(pointer):
        value = _child(value, key)
        if value is None:
            return None
    return value


def write(case: Case, pointer: str, value: Any) -> Case:
    """Return the case with `value` at the pointer; None takes the key away. Raises `Refused`.

    A case in which nothing would change comes back as it is, so that a key given as null stays one.
    """
    before = read(case, pointer)
    if before == value and type(before) is type(value):
        return case
    try:
        changed: Case = _written(case, Case, keys_of(pointer), value, depth=0)
    except ValidationError as error:
        raise Refused("This cannot be stored in a case file.") from error
    return changed


def append(case: Case, pointer: str, item: Any) -> Case:
    """Return the case with one more item at the end of a list."""
    return write(case, pointer, (*(read(case, pointer) or ()), item))


def remove_item(case: Case, pointer: str, index: int) -> Case:
    """Return the case without one item of a list; a list left empty is taken away."""
    items = read(case, pointer)
    return write(case, pointer, (*items[:index], *items[index + 1 :]) or None)


def kinds_of(model: type[Model], key: str) -> tuple[Any, ...]:
    """Return what a key may hold, but for None."""
    name = _field_name(model, key)
    if name is None:
        raise LookupError(f"{model.__name__} has no key {key!r}")
    return tuple(kind for kind in _kinds(model.model_fields[name].annotation) if kind is not types.NoneType)


def _child(holder: Any, key: str) -> Any:
    if isinstance(holder, Model):
        name = _field_name(type(holder), key)
        return None if name is None else getattr(holder, name)
    if isinstance(holder, tuple):
        return holder[int(key)] if key.isdecimal() and int(key) < len(holder) else None
    return holder.get(key) if isinstance(holder, dict) else None


def _field_name(model: type[Model], key: str) -> str | None:
    """Return the field behind a key: `from` is the field `from_`."""
    return next((name for name in (key, f"{key}_") if name in model.model_fields), None)


def _written(holder: Any, kind: Any, keys: tuple[str, ...], value: Any, *, depth: int) -> Any:
    """Return a copy of `holder` with the value below it; a missing holder is made from its declared kind."""
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    maker = _maker(kind)
    if isinstance(maker, type) and issubclass(maker, Model):
        own = holder if isinstance(holder, Model) else maker()
        return _in_model(own, key, rest, value, depth=depth)
    if get_origin(maker) is tuple:
        return _in_tuple(holder or (), get_args(maker)[0], key, rest, value, depth=depth)
    return _in_dict(holder or {}, get_args(maker)[1], key, rest, value, depth=depth)


def _in_model(holder: Model, key: str, rest: tuple[str, ...], value: Any, *, depth: int) -> Model:
    name = _field_name(type(holder), key)
    if name is None:
        raise LookupError(f"{type(holder).__name__} has no key {key!r}")
    info = type(holder).model_fields[name]
    new = _written(getattr(holder, name), info.annotation, rest, value, depth=depth + 1)
    if rest and value is None and _is_bare(new, depth=depth):
        new = None
    if new is None and info.is_required():
        new = ""
    kept = {each: getattr(holder, each) for each in holder.model_fields_set if each != name}
    given = kept if new is None else {**kept, name: new}
    return type(holder).model_validate(given, by_name=True, by_alias=False)


def _in_tuple(
    holder: tuple[Any, ...], kind: Any, key: str, rest: tuple[str, ...], value: Any, *, depth: int
) -> tuple[Any, ...]:
    index = int(key)
    if index > len(holder):
        raise LookupError(f"a list of {len(holder)} has no place {index}")
    before = holder[index] if index < len(holder) else None
    return (*holder[:index], _written(before, kind, rest, value, depth=depth + 1), *holder[index + 1 :])


def _in_dict(
    holder: dict[str, Any], kind: Any, key: str, rest: tuple[str, ...], value: Any, *, depth: int
) -> dict[str, Any]:
    new = _written(holder.get(key), kind, rest, value, depth=depth + 1)
    if rest and value is None and _is_bare(new, depth=depth):
        new = None
    kept = {name: old for name, old in holder.items() if name != key or new is not None}
    return kept if new is None else {**kept, key: new}


def _is_bare(value: Any, *, depth: int) -> bool:
    """Tell whether nothing is left in a holder; below the top level, nulls alone count as nothing."""
    if isinstance(value, Model):
        left = value.model_fields_set
        return not left or (depth > 0 and all(getattr(value, name) is None for name in left))
    return isinstance(value, dict) and not value


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


def value_at(case: Case, path: str) -> Any:
    """Return what is typed at a JSON pointer, None where nothing is."""
    value: Any = case
    for name in path.split("/")[1:]:
        value = _typed_child(value, name)
    return value


def _typed_child(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return value[int(name)] if name.isdecimal() and int(name) < len(value) else None
    if isinstance(value, dict):
        return value.get(name)
    return getattr(value, "from_" if name == "from" else name, None)


def without(case: Case, path: str) -> Case | None:
    """Return the case without the value typed at a JSON pointer, None where nothing is typed there."""
    if value_at(case, path) is None:
        return None
    changed = _removed(case, path.split("/")[1:])
    return changed if isinstance(changed, Case) else None


def _removed(holder: Any, names: list[str]) -> Any:
    name, rest = names[0], names[1:]
    if isinstance(holder, tuple):
        at = int(name)
        new = (_removed(holder[at], rest),) if rest else ()
        return (*holder[:at], *new, *holder[at + 1 :])
    if isinstance(holder, dict):
        return {key: value for key, value in holder.items() if key != name}
    key = "from_" if name == "from" else name
    if rest:
        return holder.model_copy(update={key: _removed(getattr(holder, key), rest)})
    kept = holder.model_fields_set - {key}
    return type(holder).model_construct(kept, **{each: getattr(holder, each) for each in kept})


def escaped(key: str) -> str:
    """Escape a key for a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
