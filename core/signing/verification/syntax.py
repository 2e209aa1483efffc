"""PDF values, read strictly: what is not written as our own programs write it is refused, never repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, Union

from core.i18n import T
from core.signing.verification import limits
from core.signing.verification.refusal import Refused


class Name(str):
    """A PDF name without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object (always of generation 0)."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A dictionary and where the data behind it lie in the file."""

    values: Dictionary
    start: int
    end: int


Value: TypeAlias = Union["bool | int | float | Name | bytes | Ref", "list[Value]", "dict[str, Value]", Stream, None]
Dictionary: TypeAlias = dict[str, Value]

_SPACE = re.compile(rb"(?:[\x00\t\n\x0c\r ]+|%[^\r\n]*+)*+")
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{0,127})")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_BAD_ESCAPE = re.compile(rb"#(?![0-9A-Fa-f]{2})")
_REF = re.compile(rb"(\d{1,7}) (\d{1,5}) R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_NUMBER = re.compile(rb"[+-]?(?:\d{1,19}(?:\.\d{0,19})?|\.\d{1,19})(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_WORD = re.compile(rb"(true|false|null)(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_HEX = re.compile(rb"<([0-9A-Fa-f\t\n\r ]*+)>")
_LITERAL = re.compile(rb"[^()\\]++|\\(?:[0-7]{1,3}|\r\n|.)|[()]", re.DOTALL)
_PLAIN = re.compile(
    rb"[\n ]*+(?:"
    rb"(\d{1,7}) 0 R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    rb"|/([A-Za-z0-9+,._-]{1,127})(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    rb"|(-?\d{1,19})(?![^\x00\t\n\x0c\r ()<>\[\]{}/%]| \d{1,5} R)"
    rb"|(-?\d{1,19}\.\d{0,19})(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    rb")"
)
"""What nearly every value is: a reference, a name, a number, each read as the patterns above would."""
_PLAIN_NAME = re.compile(rb"[\n ]*+/([A-Za-z0-9+,._-]{1,127})(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])")
_PLAIN_LITERAL = re.compile(rb"((?:[^()\\]++|\\.)*+)\)", re.DOTALL)
"""A string without brackets of its own."""
_ESCAPE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\x0c", b"\n": b"", b"\r": b"", b"\r\n": b""}
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}


class Reader:
    """Reads values one after the other; ``at`` is where it stands."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self._left = limits.MOST_VALUES

    def space(self) -> None:
        """Skip white space and comments."""
        match = _SPACE.match(self.data, self.at)
        if match:
            self.at = match.end()

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """What must stand here."""
        match = pattern.match(self.data, self.at)
        if match is None:
            raise self.broken()
        self.at = match.end()
        return match

    def broken(self) -> Refused:
        """The refusal for a place that does not read as it should."""
        return Refused(T("The file is damaged or not written by this program (byte {place}).", place=self.at))

    def value(self, depth: int = 0) -> Value:
        """The next value, with everything inside it."""
        self._left -= 1
        if self._left < 0:
            raise Refused(T("The file has more parts than a report can have."))
        if depth > limits.DEEPEST:
            raise Refused(T("The file is nested too deeply."))
        if plain := _PLAIN.match(self.data, self.at):
            return self._plain(plain)
        self.space()
        start = self.data[self.at : self.at + 2]
        if start == b"<<":
            return self._dictionary(depth)
        first = start[:1]
        if first == b"[":
            return self._array(depth)
        if first == b"/":
            return self._name()
        if first == b"(":
            return self._literal()
        if first == b"<":
            return self._hex()
        return self._atom()

    def _plain(self, found: re.Match[bytes]) -> Value:
        self.at = found.end()
        kind = found.lastindex
        if kind == 1:
            return Ref(int(found[1]))
        if kind == 2:
            return Name(found[2].decode("ascii"))
        return int(found[3]) if kind == 3 else float(found[4])

    def dictionary(self) -> Dictionary:
        """The next value, which must be a dictionary."""
        value = self.value()
        if not isinstance(value, dict):
            raise self.broken()
        return value

    def _dictionary(self, depth: int) -> Dictionary:
        self.at += 2
        values: Dictionary = {}
        while True:
            if plain := _PLAIN_NAME.match(self.data, self.at):
                self.at, key = plain.end(), Name(plain[1].decode("ascii"))
            else:
                self.space()
                if self.data.startswith(b">>", self.at):
                    self.at += 2
                    return values
                key = self._name()
            if key in values:
                raise Refused(T("The file says “{key}” twice in one place.", key=key))
            values[key] = self.value(depth + 1)

    def _array(self, depth: int) -> list[Value]:
        self.at += 1
        values: list[Value] = []
        while True:
            self.space()
            if self.data.startswith(b"]", self.at):
                self.at += 1
                return values
            values.append(self.value(depth + 1))

    def _name(self) -> Name:
        raw = self.take(_NAME)[1]
        if b"#" in raw:
            if _BAD_ESCAPE.search(raw):
                raise self.broken()
            raw = _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), raw)
        return Name(raw.decode("latin-1"))

    def _atom(self) -> Value:
        if match := _REF.match(self.data, self.at):
            self.at = match.end()
            if int(match[2]):
                raise Refused(T("The file refers to an older generation of a part."))
            return Ref(int(match[1]))
        if match := _NUMBER.match(self.data, self.at):
            self.at = match.end()
            return float(match[0]) if b"." in match[0] else int(match[0])
        return _WORDS[self.take(_WORD)[1]]

    def _hex(self) -> bytes:
        digits = bytes(self.take(_HEX)[1]).translate(None, b"\t\n\r ")
        if len(digits) % 2 or len(digits) > 2 * limits.LONGEST_STRING:
            raise self.broken()
        return bytes.fromhex(digits.decode("ascii"))

    def _literal(self) -> bytes:
        self.at += 1
        plain = _PLAIN_LITERAL.match(self.data, self.at)
        if plain and plain.end() - self.at <= 4 * limits.LONGEST_STRING:
            self.at = plain.end()
            return _ESCAPE.sub(_unescaped_match, plain[1]) if b"\\" in plain[1] else plain[1]
        parts: list[bytes] = []
        start, open_brackets = self.at, 1
        while True:
            part = self.take(_LITERAL)[0]
            open_brackets += {b"(": 1, b")": -1}.get(part, 0)
            if not open_brackets:
                return b"".join(parts)
            if self.at - start > 4 * limits.LONGEST_STRING:
                raise Refused(T("The file has more parts than a report can have."))
            parts.append(_unescaped(part) if part.startswith(b"\\") else part)


def _unescaped_match(found: re.Match[bytes]) -> bytes:
    return _unescaped(found[0])


def _unescaped(part: bytes) -> bytes:
    letter = part[1:]
    if b"0" <= letter[:1] <= b"7":
        return bytes([int(letter, 8) & 255])
    return _ESCAPES.get(letter, letter)
