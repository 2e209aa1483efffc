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
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
    text = _ENCODER.encode(value)  # first, for it refuses what contains itself
    _check(value)
    return text.encode()


def _check(value: object) -> None:
    """Look at everything inside; strings, by far the most frequent, are passed over at once."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if not "".join(one).isascii():  # the join refuses keys that are no strings
                raise TypeError("key outside the canonical profile")
            waiting += [inner for inner in one.values() if type(inner) is not str]
        elif isinstance(one, (list, tuple)):
            waiting += [inner for inner in one if type(inner) is not str]
        elif isinstance(one, int):
            if abs(one) >= _LARGEST:
                raise TypeError(f"integer outside the canonical profile: {one}")
        elif one is not None and not isinstance(one, str):
            raise TypeError(f"type outside the canonical profile: {type(one).__name__}")


def parse(data: bytes, *, depth: int = 24) -> object:
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
        if _is_plain(value, depth):
            same = _ENCODER.encode(value).encode() == data
        else:  # for the reason
            _limit(value, depth)
            same = canonical(value) == data
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(
            T("The data are not canonical JSON: {why}", why=str(error)[:200]),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        ) from error
    if not same:
        raise UserError(
            T("The data are not canonical JSON: {why}", why="other bytes than the canonical ones"),
            T("Do not use this file. Ask for it again, as the program wrote it."),
        )
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("duplicate key")
    return result


def _no_float(text: str) -> object:
    raise ValueError(f"number {text[:40]} is not an integer")


def _is_plain(value: object, depth: int) -> bool:
    """Whether what was read lies within the profile and the depth, looked through once."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(depth):
        if not level:
            break
        found: list[object] = []
        for outer in level:
            if isinstance(outer, dict):
                if not "".join(outer).isascii():
                    return False
                found += [inner for inner in outer.values() if type(inner) is not str]
            elif isinstance(outer, list):
                found += [inner for inner in outer if type(inner) is not str]
        if any(type(inner) is int and abs(inner) >= _LARGEST for inner in found):
            return False
        level = [inner for inner in found if type(inner) is dict or type(inner) is list]
    return not level and isinstance(value, (dict, list))


def _limit(value: object, depth: int) -> None:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(depth):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))  # what holds nothing is by far the most, and never looked into
        ]
    if level:
        raise ValueError("nested too deeply")


def sha256_of(value: object) -> str:
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()
