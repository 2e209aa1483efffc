"""Reading PDF values strictly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.signing.verification import syntax
from core.signing.verification.attachments import safe_name, text_of
from core.signing.verification.refusal import Refused
from core.signing.verification.syntax import Name, Reader, Ref, Value


def read(data: bytes) -> Value:
    reader = Reader(data)
    value = reader.value()
    reader.space()
    assert reader.at == len(data)
    return value


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"12", 12),
        (b"-3", -3),
        (b"+4.50", 4.5),
        (b".5", 0.5),
        (b"4.", 4.0),
        (b"true", True),
        (b"false", False),
        (b"null", None),
        (b"/Name", Name("Name")),
        (b"/", Name("")),
        (b"/application#2Fjson", Name("application/json")),
        (b"/Java#53cript", Name("JavaScript")),
        (b"12 0 R", Ref(12)),
        (b"[ 1 0 R 2 3 ]", [Ref(1), 2, 3]),
        (b"[1 2 3]", [1, 2, 3]),
        (b"[/A/B(c)<64>]", [Name("A"), Name("B"), b"c", b"d"]),
        (b"<< /A 1 /B << /C [ ] >> >>", {"A": 1, "B": {"C": []}}),
        (b"<</A/B/C(d)>>", {"A": Name("B"), "C": b"d"}),
        (b"(a(b)c)", b"a(b)c"),
        (rb"(a\(b\\\)\n\101\60\0053)", b"a(b\\)\nA0\x053"),
        (b"(a\\\nb\\\r\nc)", b"abc"),
        (rb"(\8\9\18)", b"89\x018"),
        (b"()", b""),
        (b"<>", b""),
        (b"<61 62\n63>", b"abc"),
        (b"% remark\n 7 % more", 7),
    ],
)
def test_values(data: bytes, value: Value) -> None:
    assert read(data) == value
    assert type(read(data)) is type(value)


@pytest.mark.parametrize(
    "data",
    [b"", b"<<", b"<< /A >>", b"<< A 1 >>", b"[", b"]", b"(", b"(a(b)", b"<6", b"<616>", b"<6x>", b"truely", b"12a",
     b"--1", b"1e5", b"/A#4", b"/A#XX", b"<< /A 1 /A 2 >>", b"<< /A 1 /#41 2 >>", b"1 1 R", b"/" + b"x" * 200,
     b"1" * 30, b"{ }", b"obj"],
)  # fmt: skip
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises((Refused, AssertionError)):
        read(data)


def test_a_reference_needs_its_end() -> None:
    reader = Reader(b"1 0 Rx")
    assert reader.value() == 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ABCdef", min_size=1), inner, max_size=4),
    max_leaves=20,
)


def written(value: object) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, bytes):
        return b"<%s>" % value.hex().encode()
    if isinstance(value, list):
        return b"[" + b" ".join(written(each) for each in value) + b"]"
    assert isinstance(value, dict)
    return b"<<" + b" ".join(b"/" + key.encode() + b" " + written(each) for key, each in value.items()) + b">>"


@given(VALUES)
def test_what_was_written_is_read(value: Value) -> None:
    assert read(written(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        Reader(data).value()
    except Refused:
        return


PIECES = (
    b"<<", b">>", b"[", b"]", b"/A", b"/a#20b", b"/", b"/" + b"n" * 128, b"1", b"12 0 R", b"12 5 R", b"12 00 R",
    b"12345678 0 R", b"R", b"-1", b"+1", b"1.5", b"-.5", b"1.", b"1.5.2", b"12345678901234567890", b"true", b"(a)",
    b"(a\\)b)", b"(a(b)c)", b"(\\12\\r\\\r\nx\\400)", b"(", b")", b"\\", b"<41>", b"%c\n", b" ", b"\n", b"\r", b"\0",
)  # fmt: skip
NEVER = re.compile(rb"(?!)")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.sampled_from([b"", b" ", b"\n"]))
def test_what_is_plain_is_read_as_everything_else(pieces: list[bytes], between: bytes) -> None:
    """The quick patterns find nothing that the careful ones would not, down to the place of what is wrong."""
    data = between.join(pieces)
    quick = outcome(data)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_PLAIN", "_PLAIN_NAME", "_PLAIN_LITERAL"):
            patch.setattr(syntax, name, NEVER)
        assert outcome(data) == quick


def outcome(data: bytes) -> tuple[str, int]:
    reader = Reader(data)
    try:
        return repr(reader.value()), reader.at
    except Refused as refused:
        return str(refused.reason), reader.at


@pytest.mark.parametrize(
    "name", ["audit.json", "电费 2025-03.pdf", "Łódź (1).csv", "a" * 120, "con-tract.pdf", "x=1+2,3.txt"]
)
def test_names_that_are_safe(name: str) -> None:
    assert safe_name(name)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../x", "a/b", "a\\b", "C:x", ".hidden", "x.", " x", "x ", "CON", "nul.txt", "com1.json", "a\0b",
     "a\nb", "a\u202eb", "a\u200bb", "e\u0301.txt", "a" * 121, "x?", "x*", "<x>", "x|y", "x:y", "ﾉ\u0000"],
)  # fmt: skip
def test_names_that_are_not(name: str) -> None:
    assert not safe_name(name)


@pytest.mark.parametrize(("raw", "text"), [(b"abc", "abc"), (b"\xfe\xff\x67\x4e", "李"), (b"\xe9", "é")])
def test_texts(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize("raw", [b"\x80", b"\xa0", b"a\n", b"\xfe\xff\x67", b"\xfe\xff\xd8\x00", b"\xef\xbb\xbf"])
def test_texts_in_other_encodings(raw: bytes) -> None:
    if raw == b"\xef\xbb\xbf":
        assert text_of(raw) == "ï»¿"
        return
    with pytest.raises(Refused):
        text_of(raw)
