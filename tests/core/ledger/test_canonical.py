"""Canonical JSON: the bytes of RFC 8785 for our profile, and nothing else is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger.canonical import canonical, parse, sha256_of

KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def rfc8785(value: object) -> str:
    """RFC 8785 written down a second time, from its text (3.2.2.2 for strings, 3.2.3 for the order of keys)."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(SHORT.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 32 else c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(rfc8785, value)) + "]"
    assert isinstance(value, dict)
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{rfc8785(key)}:{rfc8785(value[key])}" for key in keys) + "}"


@given(VALUES)
def test_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785(value).encode()


@given(VALUES)
def test_what_was_written_is_read(value: object) -> None:
    assert parse(canonical(value)) == value


def test_published_string_example() -> None:
    """RFC 8785, 3.2.2.2."""
    assert canonical("\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/") == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


@pytest.mark.parametrize(
    "value", [1.0, Decimal(1), 2**53, -(2**53), {1: 2}, {"é": 1}, b"x", {"a": {1}}, [float("nan")]]
)
def test_outside_the_profile_is_a_bug(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"a":1, "b":2}',
        b'{"b":1,"a":2}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b'"\\/"',
        b'{"\xc3\xa9":1}',
        b"[" * 26 + b"]" * 26,
        b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_anything_but_canonical_bytes_is_refused(data: bytes) -> None:
    with pytest.raises(UserError):
        parse(data)


@pytest.mark.parametrize("change", [lambda d: d | {"a": 2}, lambda d: d | {"c": None}, lambda d: {"a": 1}])
def test_hash_tells_values_apart(change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    value: dict[str, object] = {"a": 1, "b": [1, 2]}
    assert sha256_of(change(value)) != sha256_of(value)
    assert sha256_of({"b": [1, 2], "a": 1}) == sha256_of(value)


ANY = st.recursive(
    st.none() | st.booleans() | st.sampled_from([0, -1, 2**53 - 1, 2**53, -(2**53)]) | st.text("aé", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aé", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(ANY, st.integers(0, 4), st.booleans())
def test_what_is_looked_through_once_is_looked_through_well(value: object, depth: int, sort: bool) -> None:
    """The quick look says yes only where the careful ones find nothing."""
    data = json.dumps(value, sort_keys=sort, separators=(",", ":"), ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        quick = outcome(data, depth)
        patch.setattr(sys.modules[parse.__module__], "_is_plain", lambda _value, _depth: False)
        assert outcome(data, depth) == quick


def outcome(data: bytes, depth: int) -> str:
    try:
        return repr(parse(data, depth=depth))
    except UserError as error:
        return str(error)
