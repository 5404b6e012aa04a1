"""Values to JSON documents and back, with every type checked, because people edit these files by hand."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Reader = Callable[[Any], Any]


class BadDocumentError(ValueError):
    """A document lacks a needed field or holds a wrong type; the text names the fields."""


def to_document(value: Any) -> dict[str, Any]:
    """Return the JSON document of a dataclass value that holds no other dataclass values."""
    return {name: _plain(getattr(value, name)) for name in _readers(type(value))}


def from_document(kind: type[Value], document: object, **given: object) -> Value:
    """Return the value a document holds; unknown fields are ignored, `given` fields are not looked for in it.

    Raises `BadDocumentError`.
    """
    values, bad = readable(kind, document)
    values.update(given)
    bad = tuple(name for name in bad if name not in given)
    missing = [name for name in _needs(kind) if name not in values]
    if bad or missing:
        raise BadDocumentError(", ".join((*bad, *missing)))
    return cast("Callable[..., Value]", kind)(**values)


def readable(kind: type[Any], document: object) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields of a document that have the right type, and the names of those that do not."""
    if not isinstance(document, Mapping):
        return {}, ("document",)
    values: dict[str, Any] = {}
    bad = []
    for name, reader in _readers(kind).items():
        if name in document:
            try:
                values[name] = reader(document[name])
            except (ValueError, TypeError, OverflowError):
                bad.append(name)
    return values, tuple(bad)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _readers(kind: Any) -> dict[str, Reader]:
    return _shape(kind)[0]


def _needs(kind: Any) -> tuple[str, ...]:
    return _shape(kind)[1]


@cache
def _shape(kind: Any) -> tuple[dict[str, Reader], tuple[str, ...]]:
    """Return how each field of a dataclass is read, and which fields it needs."""
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    return readers, tuple(
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    )


@cache
def _reader(hint: Any) -> Reader:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _optional(_reader(next(part for part in arguments if part is not types.NoneType)))
    if origin is tuple:
        return _many(_reader(arguments[0])) if arguments[-1] is Ellipsis else _fixed(tuple(map(_reader, arguments)))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_key(arguments[0]), _reader(arguments[1]))
    return _PLAIN.get(hint) or hint  # an enum reads itself


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise TypeError
    return raw


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise TypeError
    return float(raw)


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


_PLAIN: dict[Any, Reader] = {str: _text, int: _whole, float: _number, bool: _truth}


def _key(hint: Any) -> Reader:
    return int if hint is int else _reader(hint)  # JSON keys are texts


def _optional(reader: Reader) -> Reader:
    return lambda raw: None if raw is None else reader(raw)


def _many(reader: Reader) -> Reader:
    return lambda raw: tuple(reader(item) for item in _list(raw))


def _fixed(readers: tuple[Reader, ...]) -> Reader:
    return lambda raw: tuple(reader(item) for reader, item in zip(readers, _list(raw), strict=True))


def _mapping(key: Reader, reader: Reader) -> Reader:
    def read(raw: Any) -> dict[Any, Any]:
        if not isinstance(raw, dict):
            raise TypeError
        return {key(name): reader(item) for name, item in raw.items()}

    return read


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise TypeError
    return raw
