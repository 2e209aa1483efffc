"""The rebuild check: what was signed must be exactly what its data give when rendered again.

Another build of zlib compresses the same contents to other bytes, and compressing takes far longer than inflating. So
the report is rendered without, and the objects of both files are compared one by one after inflating, under a grammar
that only our own writer fulfils: objects in order without a gap, one stream filter, the true length, a cross-reference
table that points at them and nothing behind it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.errors import UserError
from core.inventory import Package, read
from core.ledger import canonical
from core.report.renderer import RENDERER

if TYPE_CHECKING:
    from core.report.pdf import Attachment

Rebuilt: TypeAlias = Literal["equal", "differs", "unknown-renderer"]

_START = re.compile(rb"(\d{1,8}) 0 obj\n")
_LENGTH = re.compile(rb"/Length (\d{1,10})(?=[ \n/])")
_END, _STREAM = b"endobj\n", b"\nstream\n"
_LARGEST_SURPLUS = 64
"""A stream that inflates to more than the expected length differs; only this much is looked at beyond it."""


class _NotOurs(Exception):
    """The bytes do not follow the grammar of our writer."""


def compare(
    original: bytes, package: Package | Mapping[str, object], attachments: Sequence[Attachment] = ()
) -> Rebuilt:
    """See :func:`core.report.compare`."""
    held = package if isinstance(package, Package) else read(canonical(dict(package)))
    if held.issue.renderer != RENDERER:
        return "unknown-renderer"
    from core.report.document import render

    try:
        pages = render(held, attachments, hasty=True)
        try:
            same = _same(original, pages)
        except _NotOurs:  # only what the grammar does not follow might still be, byte for byte, what we write
            same = render(held, attachments) == original
        return "equal" if same else "differs"
    except UserError:
        # What cannot be rendered was never rendered by us.
        return "differs"


def same_objects(original: bytes, rebuilt: bytes) -> bool:
    """Whether both files hold the same objects, apart from how their streams are compressed."""
    try:
        return _same(original, rebuilt)
    except _NotOurs:
        return False


def _same(original: bytes, rebuilt: bytes) -> bool:
    if _head(original) != _head(rebuilt):
        return False
    pairs = zip_longest(_objects(original), _objects(rebuilt))
    return all(one is not None and two is not None and _equal(one, two) for one, two in pairs)


def _head(data: bytes) -> bytes:
    found = _START.search(data, 0, 200)
    if found is None:
        raise _NotOurs
    return data[: found.start()]


def _objects(data: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Every object as (dictionary, stream), last the trailer; what stands between them is checked."""
    position, offsets = len(_head(data)), []
    while (found := _START.match(data, position)) is not None:
        offsets.append(position)
        if int(found[1]) != len(offsets):
            raise _NotOurs
        body, stream, position = _object(data, found.end())
        yield body, stream
    yield _trailer(data, position, offsets), None


def _object(data: bytes, start: int) -> tuple[bytes, bytes | None, int]:
    """The dictionary, the stream if there is one, and where the next object begins.

    Our writer escapes every line feed inside strings, so the first ``stream`` or ``endobj`` on a line of its own is the
    real one.
    """
    end, opened = data.find(b"\n" + _END, start), data.find(_STREAM, start)
    if end < 0:
        raise _NotOurs
    if opened < 0 or opened > end:
        return data[start:end], None, end + 1 + len(_END)
    body = data[start:opened]
    length = _LENGTH.search(body)
    if length is None or len(_LENGTH.findall(body)) != 1:
        raise _NotOurs
    first = opened + len(_STREAM)
    last = first + int(length[1])
    closing = b"\nendstream\nendobj\n"
    if data[last : last + len(closing)] != closing:
        raise _NotOurs
    return _LENGTH.sub(b"/Length", body), data[first:last], last + len(closing)


def _trailer(data: bytes, position: int, offsets: list[int]) -> bytes:
    """The trailer without its offset; everything from the cross-reference table to the end must be as we write it."""
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    expected = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1) + table
    if data[position : position + len(expected)] != expected:
        raise _NotOurs
    rest = data[position + len(expected) :]
    closing = b"\nstartxref\n%d\n%%%%EOF\n" % position
    if not rest.endswith(closing) or rest.count(b"startxref") != 1:
        raise _NotOurs
    return rest.removesuffix(closing)


def _equal(one: tuple[bytes, bytes | None], two: tuple[bytes, bytes | None]) -> bool:
    if one[0] != two[0] or (one[1] is None) != (two[1] is None):
        return False
    if one[1] is None or two[1] is None or one[1] == two[1]:
        return True
    if b"/Filter [ /FlateDecode ]" not in one[0]:
        return False
    expected = zlib.decompress(two[1])
    return _inflate(one[1], len(expected) + _LARGEST_SURPLUS) == expected


def _inflate(data: bytes, most: int) -> bytes:
    """Inflate at most so many bytes; the stream must end exactly with the data."""
    inflater = zlib.decompressobj()
    try:
        result = inflater.decompress(data, most)
    except zlib.error as error:
        raise _NotOurs from error
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise _NotOurs
    return result
