"""Canonical JSON: one value, one sequence of bytes, on any machine.

The profile (ASCII keys, numbers only as integers below 2**53, everything exact as strings) makes the output equal to
RFC 8785, so any other program can check our hashes.
"""

from __future__ import annotations

import hashlib
import json

from core.errors import UserError
from core.i18n import T

_LARGEST = 2**53


def canonical(value: object) -> bytes:
    """UTF-8 bytes of ``value``; keys sorted, no white space.

    Raises
    ------
    TypeError
        for floats and anything else outside the profile: a bug of ours.

    Examples
    --------
    >>> canonical({"b": 1, "a": "é"})
    b'{"a":"\\xc3\\xa9","b":1}'
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _check(value: object) -> None:
    """Walk the value; strings, by far the most frequent, cost no call."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_key(key)
            if type(inner) is not str:
                _check(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            if type(inner) is not str:
                _check(inner)
    elif isinstance(value, int):
        if abs(value) >= _LARGEST:
            raise TypeError(f"integer outside the canonical profile: {value}")
    elif value is not None and not isinstance(value, str):
        raise TypeError(f"type outside the canonical profile: {type(value).__name__}")


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise TypeError(f"key outside the canonical profile: {key!r}")


def parse(data: bytes, *, depth: int = 12) -> object:
    """Read canonical JSON strictly: no duplicate keys, no floats, bounded depth, and exactly the canonical bytes.

    Raises
    ------
    UserError
        naming what is not canonical.
    """
    try:
        value: object = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_float=_no_float, parse_constant=_no_float
        )
        _limit(value, depth)
        same = canonical(value) == data
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(T("The data are not canonical JSON: {why}", why=str(error)[:200])) from error
    if not same:
        raise UserError(T("The data are not canonical JSON: {why}", why="other bytes than the canonical ones"))
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("duplicate key")
    return result


def _no_float(text: str) -> object:
    raise ValueError(f"number {text[:40]} is not an integer")


def _limit(value: object, depth: int) -> None:
    if depth < 0:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        for inner in value.values():
            _limit(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _limit(inner, depth - 1)


def sha256_of(value: object) -> str:
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()
