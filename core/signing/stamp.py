"""What a signature shows on page 1: four lines in an embedded font, as content of a form of fixed size.

Only the glyphs that occur are embedded. Reading the same content back (:func:`read_lines`) lets head office
check that the stamp names the person whose certificate signed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import uharfbuzz as hb

from core.errors import UserError
from core.i18n import Name, T
from core.signing.layout import (
    EARLIER_LABELS,
    GROUP_LABELS,
    GROUP_ROLE_NAMES,
    HEIGHT,
    LABELS,
    ROLE_NAMES,
    WIDTH,
)

Lines = tuple[str, str, str, str]
LANGUAGES = ("en", "zh", "both")
REGULAR = "NotoSansSC-Regular.ttf"
BOLD = "NotoSansSC-Bold.ttf"
_LEFT, _RIGHT = 10, 6
_FONT_BOX = (-1002, -549, 2928, 1323)
_CAP_HEIGHT = 733
_SMALLEST = 4.5
_BACKGROUND = f"0.04 0.36 0.38 rg\n0 0 2.5 {HEIGHT:g} re\nf"
_LINE = "BT\n/{font} {size:g} Tf\n{grey:g} g\n10 {y:g} Td\n<{glyphs}> Tj\nET"
_LINE_READ = re.compile(rb"BT\n/F([12]) ([0-9.]{1,8}) Tf\n[0-9.]{1,4} g\n10 [0-9.]{1,4} Td\n<([0-9a-f]*)> Tj\nET\n")
_PAIR_READ = re.compile(rb"^<([0-9a-f]{4})> <((?:[0-9a-f]{4}){1,2})>$", re.MULTILINE)
_CMAP_START = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_CMAP_END = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True, slots=True)
class Subset:
    """The few glyphs of a font that a stamp uses, ready for embedding."""

    name: str
    program: bytes
    glyphs: dict[str, int]
    widths: dict[int, int]
    """Of every glyph, in thousandths of the font size."""
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int

    def encode(self, text: str) -> str:
        """The text as glyph numbers in hexadecimal."""
        return "".join(f"{self.glyphs[letter]:04x}" for letter in text)

    def width(self, text: str) -> int:
        """Of a line, in thousandths of the font size."""
        return sum(self.widths[self.glyphs[letter]] for letter in text)

    def to_unicode(self) -> bytes:
        """The map with which readers search and copy the text."""
        pairs = sorted((glyph, letter) for letter, glyph in self.glyphs.items())
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        rows = [
            "\n".join([f"{len(block)} beginbfchar", *(_pair(*pair) for pair in block), "endbfchar"]) for block in blocks
        ]
        return "\n".join([_CMAP_START, *rows, _CMAP_END]).encode("ascii")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Content of the form and the fonts F1 (regular) and F2 (bold) it needs."""

    content: bytes
    regular: Subset
    bold: Subset


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool
    size: float
    grey: float
    y: float


def stamp_texts(field: str, name: str, organisation: str, when: datetime, lang: str, *, group: bool = False) -> Lines:
    """The four lines: what is declared, who, as whom, when; of a plant's report or one of the group."""
    roles, labels = (GROUP_ROLE_NAMES, GROUP_LABELS) if group else (ROLE_NAMES, LABELS)
    as_whom = " · ".join(part for part in (_said(roles[field], lang), organisation) if part)
    return _said(labels[field], lang), name, as_whom, stamp_time(when)


def accepted_texts(field: str, name: str, organisation: str, when: datetime) -> tuple[Lines, ...]:
    """What the stamp of this person may say: in each language, and as earlier versions of the program wrote it."""
    found = []
    for lang in LANGUAGES:
        lines = stamp_texts(field, name, organisation, when, lang)
        found += [lines, *((_said(label, lang), *lines[1:]) for label in EARLIER_LABELS.get(field, ()))]
        found.append(stamp_texts(field, name, organisation, when, lang, group=True))
    return tuple(found)


def for_group(field: str, lines: tuple[str, ...]) -> bool:
    """Whether a stamp declares something about the group."""
    return lines[:1] in {(_said(GROUP_LABELS[field], lang),) for lang in LANGUAGES}


def stamp_time(when: datetime) -> str:
    """``2026-03-05 10:00:00 +08:00``, the same in every language."""
    written = when.strftime("%Y-%m-%d %H:%M:%S %z")
    return f"{written[:-2]}:{written[-2:]}"


def make_stamp(texts: Lines) -> Stamp:
    """Lay the four lines out; a line that is too long is made smaller."""
    label, name, as_whom, time = texts
    lines = (
        _Line(label, False, 7.5, 0.35, 56),
        _Line(name, True, 11.5, 0, 40),
        _Line(as_whom, False, 7.5, 0.2, 25),
        _Line(time, False, 7.5, 0.2, 11),
    )
    regular = subset(REGULAR, "".join(line.text for line in lines if not line.bold))
    bold = subset(BOLD, name)
    drawn = [_draw(line, bold if line.bold else regular) for line in lines]
    content = "\n".join(["q", _BACKGROUND, *drawn, "Q", ""])
    return Stamp(content.encode("ascii"), regular, bold)


def read_letters(cmap: bytes) -> dict[int, str]:
    """Glyph number to letter, out of a map that :meth:`Subset.to_unicode` wrote."""
    return {
        int(match[1], 16): bytes.fromhex(match[2].decode("ascii")).decode("utf-16-be", "replace")
        for match in _PAIR_READ.finditer(cmap)
    }


def read_lines(content: bytes, letters: tuple[dict[int, str], dict[int, str]]) -> tuple[str, ...] | None:
    """The lines a stamp shows, through the two fonts' glyph-to-letter maps; None if it draws anything else."""
    start = f"q\n{_BACKGROUND}\n".encode("ascii")
    if not content.startswith(start):
        return None
    lines, at = [], len(start)
    while match := _LINE_READ.match(content, at):
        table = letters[int(match[1]) - 1]
        glyphs = match[3].decode("ascii")
        numbers = [int(glyphs[i : i + 4], 16) for i in range(0, len(glyphs), 4)]
        if any(number not in table for number in numbers):
            return None
        lines.append("".join(table[number] for number in numbers))
        at = match.end()
    return tuple(lines) if content[at:] == b"Q\n" else None


def subset(font: str, text: str) -> Subset:
    """Cut the letters of a text out of a shipped font; a letter it does not have is named, never printed as a box."""
    face = _face(font)
    whole = hb.Font(face)
    for letter in text:
        if not whole.get_nominal_glyph(ord(letter)):
            raise UserError(
                T(
                    "The font of the report has no sign for “{letter}” (U+{code}).",
                    letter=letter,
                    code=f"{ord(letter):04X}",
                ),
                T("Write the name with other characters."),
            )
    request = hb.SubsetInput()
    request.unicode_set.update(ord(letter) for letter in text)
    request.drop_table_tag_set.update(
        int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"STAT", b"gasp")
    )
    request.flags = hb.SubsetFlags.NO_HINTING
    small = hb.subset(face, request)
    return _measured(font.removesuffix(".ttf"), small, text)


def _measured(name: str, face: hb.Face, text: str) -> Subset:
    font = hb.Font(face)
    program = bytes(face.blob.data)
    scale = 1000 / face.upem
    extents = font.get_font_extents("ltr")
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    glyphs = {letter: int(font.get_nominal_glyph(ord(letter)) or 0) for letter in sorted(set(text))}
    widths = {glyph: round(font.get_glyph_h_advance(glyph) * scale) for glyph in range(face.glyph_count)}
    return Subset(
        name=f"{tag}+{name}",
        program=program,
        glyphs=glyphs,
        widths=widths,
        box=_FONT_BOX,
        ascent=round(extents.ascender * scale),
        descent=round(extents.descender * scale),
        cap_height=_CAP_HEIGHT,
    )


def _pair(glyph: int, letter: str) -> str:
    return f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>"


@cache
def _face(font: str) -> hb.Face:
    return hb.Face((files("resources") / "fonts" / font).read_bytes())


def _draw(line: _Line, font: Subset) -> str:
    room = (WIDTH - _LEFT - _RIGHT) * 1000
    size = min(line.size, int(room / max(1, font.width(line.text)) * 10) / 10)
    if size < _SMALLEST:
        raise UserError(
            T("“{text}” is too long for the stamp of a signature.", text=line.text),
            T("Ask head office for a certificate with a shorter name."),
        )
    name = "F2" if line.bold else "F1"
    return _LINE.format(font=name, size=size, grey=line.grey, y=line.y, glyphs=font.encode(line.text))


def _said(name: Name, lang: str) -> str:
    return f"{name.zh} {name.en}" if lang == "both" else name.in_language(lang)
