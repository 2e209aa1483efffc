"""The few letters that a paper of the demo needs, cut out of the font of the report: small, and quick to make.

ReportLab could do it and takes half a second to load, which the window would wait for when it opens the demo.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SEGMENTS = 4
"""Format of the table of characters that covers what people write."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A TrueType font of some letters only."""

    data: bytes
    glyphs: dict[str, int]
    """Number of each letter in it."""


class Face:
    """An open TrueType font with plain outlines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        count = struct.unpack_from(">H", data, 4)[0]
        heads = (struct.unpack_from(">4sIII", data, 12 + 16 * place) for place in range(count))
        self._tables = {name: (offset, length) for name, _sum, offset, length in heads}
        self.unit: int = struct.unpack_from(">H", data, self._tables[b"head"][0] + 18)[0]
        """Of the design, to the em."""
        self._long = bool(struct.unpack_from(">h", data, self._tables[b"head"][0] + 50)[0])
        self._metrics: int = struct.unpack_from(">H", data, self._tables[b"hhea"][0] + 34)[0]
        self._known = self._characters()

    def width(self, letter: str) -> float:
        """Advance at size 1.

        Raises
        ------
        ValueError
            for a letter that the font lacks.
        """
        return float(self._advance(self._glyph(letter))) / self.unit

    def cut(self, letters: Iterable[str]) -> Cut:
        """The font with these letters alone, the first glyph for what is missing.

        Raises
        ------
        ValueError
            for a letter that the font lacks, or that is put together of others.
        """
        wanted = sorted(set(letters))
        old = [0, *(self._glyph(letter) for letter in wanted)]
        outlines = [self._outline(glyph) for glyph in old]
        places = [0]
        for outline in outlines:
            places.append(places[-1] + len(outline))
        head, hhea, maxp = (bytearray(self._table(name)) for name in (b"head", b"hhea", b"maxp"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(old))
        struct.pack_into(">H", maxp, 4, len(old))
        tables = {
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(struct.pack(">Hh", self._advance(one), self._bearing(one)) for one in old),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"maxp": bytes(maxp),
        }
        return Cut(_font(tables), {letter: place for place, letter in enumerate(wanted, start=1)})

    def _glyph(self, letter: str) -> int:
        found = self._known.get(ord(letter), 0)
        if not found:
            raise ValueError(f"the font has no letter {letter!r}")
        return found

    def _table(self, name: bytes) -> bytes:
        offset, length = self._tables[name]
        return self._data[offset : offset + length]

    def _advance(self, glyph: int) -> int:
        place = self._tables[b"hmtx"][0] + 4 * min(glyph, self._metrics - 1)
        return int(struct.unpack_from(">H", self._data, place)[0])

    def _bearing(self, glyph: int) -> int:
        place = self._tables[b"hmtx"][0] + (4 * glyph + 2 if glyph < self._metrics else 2 * (self._metrics + glyph))
        return int(struct.unpack_from(">h", self._data, place)[0])

    def _outline(self, glyph: int) -> bytes:
        form, size, scale = (">II", 4, 1) if self._long else (">HH", 2, 2)
        start, end = struct.unpack_from(form, self._data, self._tables[b"loca"][0] + size * glyph)
        begin = self._tables[b"glyf"][0]
        found = self._data[begin + scale * start : begin + scale * end]
        if found and struct.unpack_from(">h", found)[0] < 0:
            raise ValueError(f"glyph {glyph} is put together of others")
        return found + b"\0" * (-len(found) % 4)

    def _characters(self) -> dict[int, int]:
        base = self._tables[b"cmap"][0]
        count = struct.unpack_from(">H", self._data, base + 2)[0]
        for place in range(count):
            offset = base + int(struct.unpack_from(">I", self._data, base + 8 + 8 * place)[0])
            if struct.unpack_from(">H", self._data, offset)[0] == _SEGMENTS:
                return _segments(self._data, offset)
        raise ValueError("the font has no table of characters that is known")


def _segments(data: bytes, offset: int) -> dict[int, int]:
    """Glyph by character of a table of format 4: runs of characters, each with a shift or a list."""
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends, starts, shifts, lists = (
        struct.unpack_from(f">{count}H", data, offset + 14 + gap + 2 * count * number)
        for number, gap in ((0, 0), (1, 2), (2, 2), (3, 2))
    )
    beside = offset + 16 + 6 * count
    found: dict[int, int] = {}
    for place, (first, last, shift, listed) in enumerate(zip(starts, ends, shifts, lists, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if listed:
                glyph = struct.unpack_from(">H", data, beside + 2 * place + listed + 2 * (code - first))[0]
            if glyph:
                found[code] = (glyph + shift) % 0x10000
    return found


def _font(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    place = 12 + 16 * count
    entries, bodies = b"", b""
    for name, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) % 2**32
        entries += struct.pack(">4sIII", name, total, place, len(data))
        bodies += padded
        place += len(padded)
    return head + entries + bodies


@cache
def face() -> Face:
    """The font that has Chinese and Latin letters alike."""
    return Face((files("resources") / "fonts" / "NotoSansSC-Regular.ttf").read_bytes())
