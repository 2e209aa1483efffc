"""Whether a file is what its data give: equal in spite of another zlib, different for anything else."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from core.inventory import Package
from core.report import compare, render
from core.report.pdf import Attachment
from core.report.rebuild import same_objects
from tests.core.report.sample import activities, package

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)


@cache
def held() -> Package:
    return package("en", records=activities(30))


@cache
def original() -> bytes:
    return render(held())


def rewritten(data: bytes, change: Callable[[int, bytes, bytes | None], tuple[bytes, bytes | None]]) -> bytes:
    """The file with its objects changed and its lengths and offsets right again: what a forger with a tool makes."""
    start, end = data.index(b"1 0 obj\n"), data.rindex(b"xref\n0 ")
    body, offsets, position, result = data[start:end], [], 0, data[:start]
    while position < len(body):
        found = re.compile(rb"(\d+) 0 obj\n").match(body, position)
        assert found is not None
        number, opened = int(found[1]), body.find(b"\nstream\n", position)
        closed = body.index(b"\nendobj\n", position)
        if 0 <= opened < closed:
            dictionary = body[found.end() : opened]
            length = re.search(rb"/Length (\d+)", dictionary)
            assert length is not None
            first = opened + 8
            stream: bytes | None = body[first : first + int(length[1])]
            position = first + int(length[1]) + len(b"\nendstream\nendobj\n")
        else:
            dictionary, stream, position = body[found.end() : closed], None, closed + 8
        dictionary, stream = change(number, dictionary, stream)
        offsets.append(len(result))
        if stream is None:
            result += b"%d 0 obj\n" % number + dictionary + b"\nendobj\n"
        else:
            dictionary = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), dictionary)
            result += b"%d 0 obj\n" % number + dictionary + b"\nstream\n" + stream + b"\nendstream\nendobj\n"
    return result + tail(data, offsets, len(result))


def tail(data: bytes, offsets: list[int], position: int) -> bytes:
    trailer = data[data.rindex(b"trailer\n") : data.rindex(b"startxref")]
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    return head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % position


def unchanged(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
    return dictionary, stream


def recompressed(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
    if stream is None or b"/FlateDecode" not in dictionary:
        return dictionary, stream
    return dictionary, zlib.compress(zlib.decompress(stream), 1)


def test_the_helper_changes_nothing_by_itself() -> None:
    assert rewritten(original(), unchanged) == original()


def test_what_was_rendered_is_equal() -> None:
    assert compare(original(), held()) == "equal"
    assert compare(original(), held().plain) == "equal"


def test_another_zlib_is_equal() -> None:
    other = rewritten(original(), recompressed)
    assert other != original()
    assert compare(other, held()) == "equal"


def test_another_renderer_is_unknown_and_not_called_forged() -> None:
    assert compare(original(), package("en", records=activities(30), renderer="0")) == "unknown-renderer"


def test_other_data_differ() -> None:
    assert compare(original(), package("en", records=activities(31))) == "differs"


def test_attachments_belong_to_it() -> None:
    evidence = [Attachment("meter.csv", b"1", "text/csv")]
    carried = render(held(), evidence)
    assert compare(carried, held(), evidence) == "equal"
    assert compare(carried, held()) == "differs"
    assert compare(carried, held(), [Attachment("meter.csv", b"2", "text/csv")]) == "differs"


def forged(old: bytes, new: bytes) -> Callable[[int, bytes, bytes | None], tuple[bytes, bytes | None]]:
    def change(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
        if stream is None or b"/FlateDecode" not in dictionary:
            return dictionary, stream
        content = zlib.decompress(stream)
        return dictionary, zlib.compress(content.replace(old, new)) if old in content else stream

    return change


def test_one_other_figure_on_a_page_differs() -> None:
    data = rewritten(original(), forged(b"(Summary)", b"(Surmary)"))
    data = data if data != original() else rewritten(original(), forged(b"Summary", b"Surmary"))
    assert data != original()
    assert compare(data, held()) == "differs"


def test_one_other_digit_in_the_attached_data_differs() -> None:
    data = rewritten(original(), forged(b'"entries":217', b'"entries":218'))
    assert data != original()
    assert compare(data, held()) == "differs"


def in_dictionary(old: bytes, new: bytes) -> Callable[[int, bytes, bytes | None], tuple[bytes, bytes | None]]:
    return lambda _number, dictionary, stream: (dictionary.replace(old, new), stream)


_BOMB = zlib.compress(bytes(50_000_000), 9)


def bomb(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
    if stream is None or b"/FlateDecode" not in dictionary:
        return dictionary, stream
    return dictionary, _BOMB


def surplus(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
    if stream is None or b"/FlateDecode" not in dictionary:
        return dictionary, stream
    return dictionary, stream + b"behind the compressed data"


def twice(_number: int, dictionary: bytes, stream: bytes | None) -> tuple[bytes, bytes | None]:
    return dictionary + b"\n<</Length 3>>" if stream is not None else dictionary, stream


@pytest.mark.parametrize(
    "change",
    [
        in_dictionary(b"/Rotate 0", b"/Rotate 90"),
        in_dictionary(b"/Type /Catalog", b"/Type /Catalog /OpenAction 5 0 R"),
        in_dictionary(b"/Filter [ /FlateDecode ]", b"/Filter [ /FlateDecode /FlateDecode ]"),
        in_dictionary(b"(audit.json)", b"(audit.jsom)"),
        bomb,
        surplus,
        twice,
    ],
)
def test_a_changed_object_differs(change: Callable[[int, bytes, bytes | None], tuple[bytes, bytes | None]]) -> None:
    assert compare(rewritten(original(), change), held()) == "differs"


def splice(data: bytes, at: bytes, inserted: bytes) -> bytes:
    position = data.index(at)
    return data[:position] + inserted + data[position:]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b"%PDF-1.7", b"%PDF-1.6"),
        lambda data: splice(data, b"3 0 obj\n", b"% a remark\n"),
        lambda data: splice(data, b"xref\n0 ", b"9999 0 obj\n<<>>\nendobj\n"),
        lambda data: splice(data, b"trailer\n", b"0000000000 00000 f \n"),
        lambda data: data.replace(b"/Root ", b"/Prev 15 /Root "),
        lambda data: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
        lambda data: data.replace(b"startxref\n", b"startxref\n1"),
    ],
)
def test_changed_structure_differs(change: Any) -> None:
    assert change(original()) != original()
    assert compare(change(original()), held()) == "differs"


def test_any_flipped_byte_differs() -> None:
    """But for the byte before the checksum of a compressed stream: it is filled up with bits that say nothing."""
    data = original()
    for position in range(7, len(data), len(data) // 60):
        if data[position + 5 :].startswith(b"\nendstream\n"):
            continue
        broken = data[:position] + bytes([data[position] ^ 0x20]) + data[position + 1 :]
        assert not same_objects(broken, data), position


def test_data_that_cannot_be_rendered_were_not_signed_by_us() -> None:
    from tests.core.report.sample import renamed

    assert compare(original(), package("en", plant=renamed("🔥"))) == "differs"


def test_what_is_rendered_in_haste_is_not_compressed_and_the_same() -> None:
    from core.report.document import render as render_now

    hasty = render_now(held(), hasty=True)
    assert len(hasty) > 2 * len(original())
    assert same_objects(original(), hasty)
    assert same_objects(hasty, original())


def test_equal_bytes_are_equal_whatever_the_grammar_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.report.rebuild.same_objects", lambda _one, _two: False)
    assert compare(original(), held()) == "equal"
