"""A small PDF writer for the papers of the demo: text, lines, areas and rings on any number of pages.

The same pages give the same bytes; what papers look like stands in ``papers.py``.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

from core.exchange.demo_audits.font import Cut, face

Colour: TypeAlias = tuple[float, float, float]
BLACK: Colour = (0.13, 0.15, 0.18)
_RING = 0.5523
"""Of the radius: how far the handles of a quarter of a circle reach."""


class Page:
    """One page that is drawn upon; places count in points from the lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.pieces: list[tuple[str, str]] = []
        """Operators, and the text that they show in the place of ``<>``."""

    @property
    def text(self) -> str:
        """Every letter on the page."""
        return "".join(text for _, text in self.pieces)

    def write(
        self, text: str, x: float, y: float, size: float = 9, *, colour: Colour = BLACK, right: bool = False
    ) -> None:
        """A line of text that begins, or with ``right`` ends, at x."""
        begin = x - width(text, size) if right else x
        operators = f"BT /F {size:g} Tf {_numbers(colour)} rg 1 0 0 1 {begin:.2f} {y:.2f} Tm <> Tj ET"
        self.pieces.append((operators, text))

    def area(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle."""
        self.pieces.append((f"{_numbers(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f", ""))

    def line(self, x: float, y: float, to_x: float, to_y: float, colour: Colour = BLACK, thick: float = 0.5) -> None:
        """A straight line."""
        pen = f"{thick:g} w {_numbers(colour)} RG"
        self.pieces.append((f"{pen} {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S", ""))

    def curve(self, points: Sequence[tuple[float, float]], colour: Colour, thick: float) -> None:
        """A line through the first point and every third after it, bent towards those between."""
        (x, y), *rest = points
        parts = [rest[at : at + 3] for at in range(0, len(rest), 3)]
        bends = " ".join(" ".join(f"{one:.2f} {other:.2f}" for one, other in part) + " c" for part in parts)
        self.pieces.append((f"{thick:g} w {_numbers(colour)} RG {x:.2f} {y:.2f} m {bends} S", ""))

    def ring(self, x: float, y: float, radius: float, colour: Colour, thick: float) -> None:
        """A circle."""
        r, k = radius, radius * _RING
        self.curve(
            [(x + r, y), (x + r, y + k), (x + k, y + r), (x, y + r), (x - k, y + r), (x - r, y + k), (x - r, y),
             (x - r, y - k), (x - k, y - r), (x, y - r), (x + k, y - r), (x + r, y - k), (x + r, y)],
            colour, thick,
        )  # fmt: skip


def width(text: str, size: float) -> float:
    """Of a line. [pt]"""
    return sum([_advance(letter) for letter in text]) * size


@cache
def _advance(letter: str) -> float:
    return face().width(letter)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Lines that fit, broken at spaces and before Chinese letters; what is broken by hand stays broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, long = "", 0.0
        for word in _words(paragraph):
            if line and long + width(word.rstrip(), size) > room:
                lines.append(line.rstrip())
                line, long = "", 0.0
            line, long = line + word, long + width(word, size)
        lines.append(line.rstrip())
    return lines


def _words(text: str) -> list[str]:
    """What must not be broken; punctuation stays with the word before it."""
    words: list[str] = []
    for letter in text:
        closing = letter in "，。；：、？！）》”"
        begins = letter > "\u2e80" or (words and (words[-1][-1] > "\u2e80" or words[-1].endswith(" ")))
        if words and (closing or not begins or letter == " "):
            words[-1] += letter
        else:
            words.append(letter)
    return words


def pdf(pages: Sequence[Page], title: str) -> bytes:
    """The file."""
    letters = {letter for page in pages for letter in page.text}
    cut = face().cut(letters)
    first = 8  # of the pages, two objects each
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(pages)))
    shown = title.encode("utf-16-be").hex().upper()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        f"<</Title<FEFF{shown}>/Producer(Plant Carbon Audit, demo)>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/DEMOAA+NotoSansSC/Encoding/Identity-H/DescendantFonts[5 0 R]"
        b"/ToUnicode 7 0 R>>",
        _descendant(cut),
        _stream(cut.data, f"/Length1 {len(cut.data)}"),
        _stream(_meaning(cut)),
    ]
    for place, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width:g} {page.height:g}]"
            f"/Resources<</Font<</F 4 0 R>>>>/Contents {first + 2 * place + 1} 0 R>>".encode()
        )
        objects.append(_stream("\n".join(_shown(*piece, cut) for piece in page.pieces).encode()))
    return _written(objects)


def _shown(operators: str, text: str, cut: Cut) -> str:
    shown = "".join(f"{cut.glyphs[letter]:04X}" for letter in text)
    return operators.replace("<>", f"<{shown}>")


def _descendant(cut: Cut) -> bytes:
    widths = " ".join(f"{_advance(letter) * 1000:.0f}" for letter in cut.glyphs)
    return (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/DEMOAA+NotoSansSC"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
        "/FontDescriptor<</Type/FontDescriptor/FontName/DEMOAA+NotoSansSC/Flags 4/FontBBox[-200 -300 1200 1100]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 733/StemV 80/FontFile2 6 0 R>>"
        f"/DW 1000/W[1[{widths}]]>>"
    ).encode()


def _meaning(cut: Cut) -> bytes:
    """Which letter a glyph stands for, so that text can be searched and copied."""
    pairs = [f"<{glyph:04X}> <{ord(letter):04X}>" for letter, glyph in cut.glyphs.items()]
    parts = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Demo def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{maps}\nendcmap end end"
    ).encode()


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    return f"<</Filter/FlateDecode/Length {len(packed)}{more}>>stream\n".encode() + packed + b"\nendstream"


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _numbers(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
