"""A received file cut into its revisions: the report as rendered and behind it one revision for every signature.

The file is read once from front to back and must be nothing but objects, their table and the end mark, again and
again. The tables are then only compared with what was read, so a wrong, crossed or looping table leads nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.i18n import T
from core.signing.layout import FIELDS
from core.signing.verification import limits
from core.signing.verification.refusal import Refused
from core.signing.verification.syntax import Dictionary, Reader, Ref, Stream, Value

_HEADER = re.compile(rb"%PDF-1\.[3-7]\r?\n(?:%[^\r\n]{0,200}\r?\n){0,2}")
_OBJECT = re.compile(rb"([1-9]\d{0,6}) 0 obj(?=[\r\n <\[(/])")
_END_OBJECT = re.compile(rb"endobj\r?\n")
_STREAM = re.compile(rb"stream\r?\n")
_END_STREAM = re.compile(rb"(?:\r?\n)?endstream(?=[\r\n ])")
_TABLE = re.compile(rb"xref\r?\n")
_SECTION = re.compile(rb"(\d{1,7}) (\d{1,7})\r?\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)")
_TRAILER = re.compile(rb"trailer\r?\n")
_END = re.compile(rb"startxref\r?\n(\d{1,10})\r?\n%%EOF\r?\n")
_TRAILER_KEYS = {"Size", "Root", "Info", "ID"}


@dataclass(frozen=True, slots=True)
class Revision:
    """One run of objects, with its table and trailer."""

    start: int
    end: int
    """Behind the end mark; a signature of this revision covers exactly up to here."""
    objects: dict[int, Value]
    places: dict[int, tuple[int, int]]
    """Of every object: its first byte and the byte behind it."""
    trailer: Dictionary
    table: int


@dataclass(frozen=True, slots=True)
class File:
    """The whole received file."""

    data: bytes
    revisions: tuple[Revision, ...]

    def stream_data(self, stream: Stream) -> memoryview:
        """The bytes of a stream as they stand in the file."""
        return memoryview(self.data)[stream.start : stream.end]


def read_file(data: bytes) -> File:
    """Cut a file into its revisions, or refuse it."""
    _check_outside(data)
    reader = Reader(data)
    reader.take(_HEADER)
    revisions: list[Revision] = []
    start = 0
    while reader.at < len(data):
        if len(revisions) > len(FIELDS):
            raise Refused(T("Something was added to the file behind the last signature."))
        revisions.append(_revision(reader, start, revisions[-1] if revisions else None))
        start = reader.at
    if not revisions:
        raise reader.broken()
    return File(data, tuple(revisions))


def _check_outside(data: bytes) -> None:
    if not data:
        raise Refused(T("The file is empty."))
    if len(data) > limits.LARGEST_FILE:
        raise Refused(T("The file is larger than {limit} MB.", limit=limits.LARGEST_FILE // limits.MB))
    if not data.startswith(b"%PDF-"):
        raise Refused(T("The file is not a PDF."))
    if not re.search(rb"%%EOF\r?\n\Z", data[-8:]):
        where = data.rfind(b"%%EOF")
        if where < 0 or not data[where + 5 :].strip():
            raise Refused(T("The file is cut off: its end is missing."))
        raise Refused(T("There is something behind the end of the PDF."))


def _revision(reader: Reader, start: int, before: Revision | None) -> Revision:
    objects: dict[int, Value] = {}
    places: dict[int, tuple[int, int]] = {}
    while True:
        if before is None:
            reader.space()
        match = _OBJECT.match(reader.data, reader.at)
        if match is None:
            break
        number = int(match[1])
        if number in objects:
            raise Refused(T("The file holds two versions of one part in one revision."))
        if len(objects) >= limits.MOST_OBJECTS:
            raise Refused(T("The file has more parts than a report can have."))
        objects[number] = _object(reader, match)
        places[number] = (match.start(), reader.at)
    table = reader.at
    _compare_table(reader, places, before)
    reader.take(_TRAILER)
    trailer = reader.dictionary()
    reader.space()
    if int(reader.take(_END)[1]) != table:
        raise Refused(T("The table of contents of the file is not where the file says."))
    _check_trailer(trailer, objects, before)
    return Revision(start, reader.at, objects, places, trailer, table)


def _object(reader: Reader, header: re.Match[bytes]) -> Value:
    reader.at = header.end()
    value = reader.value()
    reader.space()
    if isinstance(value, dict) and reader.data.startswith(b"stream", reader.at):
        value = _stream(reader, value)
    reader.space()
    reader.take(_END_OBJECT)
    return value


def _stream(reader: Reader, values: Dictionary) -> Stream:
    start = reader.take(_STREAM).end()
    if values.get("Type") in {"ObjStm", "XRef"}:
        raise Refused(T("The file hides parts inside compressed object streams."))
    length = values.get("Length")
    if not isinstance(length, int) or not 0 <= length <= len(reader.data) - start:
        raise reader.broken()
    reader.at = start + length
    reader.take(_END_STREAM)
    return Stream(values, start, start + length)


def _compare_table(reader: Reader, places: dict[int, tuple[int, int]], before: Revision | None) -> None:
    reader.take(_TABLE)
    listed: dict[int, int] = {}
    sections = 0
    while section := _SECTION.match(reader.data, reader.at):
        reader.at = section.end()
        sections += 1
        first, count = int(section[1]), int(section[2])
        if count > len(places) + 1:
            raise _wrong_table()
        for number in range(first, first + count):
            offset, generation, kind = reader.take(_ENTRY).groups()
            if kind == b"f":
                if number or int(offset) or generation != b"65535":
                    raise _wrong_table()
            elif generation != b"00000" or number in listed:
                raise _wrong_table()
            else:
                listed[number] = int(offset)
    whole = sections == 1 and set(listed) == set(range(1, len(places) + 1))
    if listed != {number: place[0] for number, place in places.items()} or (before is None and not whole):
        raise _wrong_table()


def _wrong_table() -> Refused:
    return Refused(T("The table of contents of the file does not fit what the file holds."))


def _check_trailer(trailer: Dictionary, objects: dict[int, Value], before: Revision | None) -> None:
    if "Encrypt" in trailer:
        raise Refused(T("The file is encrypted."))
    if "XRefStm" in trailer:
        raise Refused(T("The file hides parts inside compressed object streams."))
    expected = _TRAILER_KEYS if before is None else _TRAILER_KEYS | {"Prev"}
    if set(trailer) != expected or not isinstance(trailer["Root"], Ref):
        raise Refused(T("The trailer of the file says more or less than it should."))
    if before is None:
        if trailer["Size"] != len(objects) + 1:
            raise _wrong_table()
        return
    kept = all(trailer[key] == before.trailer[key] for key in ("Root", "Info"))
    if not kept or trailer["Prev"] != before.table or _first_id(trailer) != _first_id(before.trailer):
        raise Refused(T("A revision of the file does not continue the one before it."))
    highest = max([*objects, _size(before.trailer) - 1])
    if _size(trailer) != highest + 1:
        raise _wrong_table()


def _size(trailer: Dictionary) -> int:
    size = trailer["Size"]
    if not isinstance(size, int):
        raise _wrong_table()
    return size


def _first_id(trailer: Dictionary) -> bytes:
    pair = trailer["ID"]
    if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], bytes) and isinstance(pair[1], bytes):
        return pair[0]
    raise Refused(T("The trailer of the file says more or less than it should."))
