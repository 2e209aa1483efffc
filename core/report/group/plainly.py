"""Frozen dataclasses to plain JSON values and back by their types, strictly: nothing is guessed.

Decimals are strings, sentences their key with its values. Keys of mappings are ASCII, as canonical JSON asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from core.i18n import Text
from core.ledger.codec import decimal_text, read_decimal
from core.ledger.journal import text_from_plain, text_to_plain


def to_plain(value: Any) -> Any:
    """JSON-ready."""
    if is_dataclass(value) and not isinstance(value, (type, Text)):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Text):
        return text_to_plain(value)
    if isinstance(value, Mapping):
        return {key: to_plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [to_plain(inner) for inner in value]
    return value


def from_plain(kind: Any, plain: Any, *, newer: bool = False) -> Any:
    """The value of a type that :func:`to_plain` wrote.

    Parameters
    ----------
    kind
        a dataclass, ``str``, ``int``, ``bool``, ``Decimal``, ``Text``, ``tuple[X, ...]``, ``Mapping[str, X]`` or
        ``X | None``.
    plain
        parsed JSON.
    newer
        whether a later minor version wrote it, which may have added fields.

    Raises
    ------
    ValueError, TypeError
        for anything else, naming the field.
    """
    return _reader(kind, newer)(plain)


@cache
def _reader(kind: Any, newer: bool) -> Callable[[Any], Any]:
    """What reads values of a type; made once, for a group has hundreds of thousands of them."""
    if is_dataclass(kind) and kind is not Text:
        return _record(kind, newer)
    if kind is Decimal:
        return read_decimal
    if kind is Text:
        return text_from_plain
    if (origin := get_origin(kind)) is not None:
        return _inside(kind, origin, newer)

    def exactly(plain: Any) -> Any:
        if type(plain) is not kind:
            raise TypeError(getattr(kind, "__name__", str(kind)))
        return plain

    return exactly


def _inside(kind: Any, origin: Any, newer: bool) -> Callable[[Any], Any]:
    """Lists, mappings, and what may be absent."""
    if origin is UnionType:
        inner = _reader(next(one for one in get_args(kind) if one is not type(None)), newer)
        return lambda plain: None if plain is None else inner(plain)
    if origin is tuple:
        return _tuple(get_args(kind)[0], newer)
    value = _reader(get_args(kind)[1], newer)

    def mapping(plain: Any) -> Any:
        if not isinstance(plain, dict):
            raise TypeError("object")
        return {key: value(one) for key, one in plain.items()}

    return mapping


def _tuple(inner: Any, newer: bool) -> Callable[[Any], Any]:
    read = _reader(inner, newer)

    def several(plain: Any) -> Any:
        if not isinstance(plain, list):
            raise TypeError("list")
        if inner in (int, str):  # columns may be long
            if any(type(one) is not inner for one in plain):
                raise TypeError(inner.__name__)
            return tuple(plain)
        return tuple(map(read, plain))

    return several


def _record(kind: Any, newer: bool) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {one.name: _reader(hints[one.name], newer) for one in fields(kind)}
    known = readers.keys()

    def record(plain: Any) -> Any:
        if not isinstance(plain, dict) or (plain.keys() != known and (not newer or known - plain.keys())):
            raise ValueError(f"fields of {kind.__name__}")
        values = []
        for name, read in readers.items():
            try:
                values.append(read(plain[name]))
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{name}: {error}"[:200]) from error
        return kind(*values)

    return record
