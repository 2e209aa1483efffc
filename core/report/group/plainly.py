"""Frozen dataclasses to plain JSON values and back by their types, strictly: nothing is guessed.

Decimals are strings, sentences their key with its values. Keys of mappings are ASCII, as canonical JSON asks.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    if is_dataclass(kind) and kind is not Text:
        return _record(kind, plain, newer)
    if kind is Decimal:
        return read_decimal(plain)
    if kind is Text:
        return text_from_plain(plain)
    if (origin := get_origin(kind)) is not None:
        return _inside(kind, origin, plain, newer)
    if type(plain) is not kind:
        raise TypeError(getattr(kind, "__name__", str(kind)))
    return plain


def _inside(kind: Any, origin: Any, plain: Any, newer: bool) -> Any:
    """Lists, mappings, and what may be absent."""
    if origin is UnionType:
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if plain is None else from_plain(inner, plain, newer=newer)
    if origin is tuple:
        inner = get_args(kind)[0]
        if not isinstance(plain, list):
            raise TypeError("list")
        if inner in (int, str):  # columns may be long
            if any(type(one) is not inner for one in plain):
                raise TypeError(inner.__name__)
            return tuple(plain)
        return tuple(from_plain(inner, one, newer=newer) for one in plain)
    if not isinstance(plain, dict):
        raise TypeError("object")
    return {key: from_plain(get_args(kind)[1], one, newer=newer) for key, one in plain.items()}


def _record(kind: Any, plain: Any, newer: bool) -> Any:
    known = _types(kind)
    if not isinstance(plain, dict) or known.keys() - plain.keys() or (plain.keys() - known.keys() and not newer):
        raise ValueError(f"fields of {kind.__name__}")
    values = {}
    for name, one in known.items():
        try:
            values[name] = from_plain(one, plain[name], newer=newer)
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{name}: {error}"[:200]) from error
    return kind(**values)


@cache
def _types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
