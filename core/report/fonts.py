"""The fonts of the report, one pair for Latin and one for Chinese letters, and who draws which character.

Source Sans was drawn as the Latin companion of the Chinese font and has what that one lacks: real subscript figures
and narrow punctuation. Nothing is printed as an empty box: a character no font has stops the report.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from core.errors import UserError
from core.i18n import T
from core.report import engine  # settings first

# isort: split
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

(LATIN, LATIN_BOLD), (HAN, HAN_BOLD) = engine.FAMILIES
_FILES = {
    LATIN: "SourceSans3-Regular.ttf",
    LATIN_BOLD: "SourceSans3-SemiBold.ttf",
    HAN: "NotoSansSC-Regular.ttf",
    HAN_BOLD: "NotoSansSC-Bold.ttf",
}
HAN_SCALE = 0.92
"""Chinese letters fill their square; a little smaller they stand quietly beside Latin ones of the same size."""
QUOTES = frozenset("“”")
"""Wide in a Chinese sentence and narrow in a Latin one, whatever is quoted."""
_EITHER = frozenset("‘’…—·×÷±°℃")
"""Punctuation that is wide between Chinese letters and narrow between Latin ones."""


class MissingGlyph(UserError):
    """A text holds a character that no font of the report can print."""


class _Glyphs:
    """The outlines of a font, from which parts are taken: as bytes they are eight megabytes, copied for each subset."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class CheckedFont(TTFont):  # type: ignore[misc]
    """A font that refuses what it cannot draw instead of printing an empty box."""

    def __init__(self, name: str, file: io.BytesIO) -> None:
        super().__init__(name, file)
        face = self.face
        whole, glyphs = face.get_table, _Glyphs(face._ttf_data, face.get_table_pos("glyf")[0])
        face.get_table = lambda tag: glyphs if tag == "glyf" else whole(tag)

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        missing = set(text) - _letters(self.fontName)
        if missing:
            raise _missing(text, missing)
        pieces: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return pieces


@cache
def register() -> None:
    """Load the four fonts once per process."""
    folder = files("resources") / "fonts"
    for name, file in _FILES.items():
        # From bytes, for the name of a file would enter the PDF.
        pdfmetrics.registerFont(CheckedFont(name, io.BytesIO((folder / file).read_bytes())))


def loaded(name: str) -> Any:
    """The font of this name, loaded when it is first asked for."""
    register()
    return pdfmetrics.getFont(name)


@cache
def _letters(font: str) -> frozenset[str]:
    known = loaded(font).face.charToGlyph
    return frozenset(chr(code) for code in known if code >= 32) | {"\u00a0"}


def drawable(font: str) -> frozenset[str]:
    """Every character that a font can draw."""
    return _letters(font)


@cache
def _advances(font: str) -> dict[str, float]:
    """Width of each character at size 1."""
    face = loaded(font).face
    widths = {c: face.getCharWidth(ord(c)) / 1000 for c in _letters(font)}
    widths["\u00a0"] = widths[" "]
    return widths


def is_han(character: str) -> bool:
    """Chinese letters and the full-width signs that go with them."""
    return character >= "\u2e80" and not "\uac00" <= character <= "\ud7ff"


@lru_cache(maxsize=20_000)
def runs(text: str, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """Cut a line into stretches of one font: ``(font, letters)``.

    Raises
    ------
    MissingGlyph
        when no font has a character.
    """
    latin, han = (LATIN_BOLD, HAN_BOLD) if bold else (LATIN, HAN)
    if text.isascii() and text.isprintable():
        return ((latin, text),) if text else ()
    result: list[tuple[str, str]] = []
    for position, character in enumerate(text):
        font = _font_of(text, position, latin, han)
        if result and result[-1][0] == font:
            result[-1] = (font, result[-1][1] + character)
        else:
            result.append((font, character))
    return tuple(result)


def _font_of(text: str, position: int, latin: str, han: str) -> str:
    character = text[position]
    in_latin, in_han = character in _letters(latin), character in _letters(han)
    if not in_latin and not in_han:
        raise _missing(text, {c for c in text if c not in _letters(latin) and c not in _letters(han)})
    if in_latin and in_han and character in QUOTES:
        return han if _quoted_in_han(text, position) else latin
    if in_latin and in_han and character in _EITHER:
        beside = text[max(position - 1, 0) : position] + text[position + 1 : position + 2]
        wide = any(is_han(c) or c in _EITHER or c in QUOTES for c in beside)
        return han if wide and any(map(is_han, text)) else latin
    return latin if in_latin else han


def _quoted_in_han(text: str, position: int) -> bool:
    """Whether a quotation mark is wide: both of a pair alike, as the sentence around them is written, in which a Latin
    one has a space or a stop beside them. What is quoted is asked only where nothing stands around it.
    """
    opens = text[position] == "“"
    mate = text.find("”", position) if opens else text.rfind("“", 0, position)
    first, last = (position, mate) if opens else (mate, position)
    around = (text[first - 1] if first > 0 else "") + (text[last + 1 : last + 2] if last >= 0 else "")
    if around:
        return any(is_han(c) or c.isalnum() or c in "…—“”" for c in around) and any(map(is_han, text))
    return any(map(is_han, text[position + 1 : position + 2] if opens else text[max(position - 1, 0) : position]))


def _missing(text: str, signs: set[str]) -> MissingGlyph:
    shown = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in sorted(signs))
    return MissingGlyph(
        T("The fonts of the report have no sign for {signs} in the text: {text}", signs=shown, text=text[:120]),
        T("Write it with other characters, then make the report again."),
    )


def scale_of(font: str) -> float:
    """Size of a font against the size asked for."""
    return HAN_SCALE if font in (HAN, HAN_BOLD) else 1.0


def letters(text: str, size: float, bold: bool = False) -> list[float]:
    """Width of every character of ``text``."""
    result: list[float] = []
    for font, part in runs(text, bold):
        widths, factor = _advances(font), size * scale_of(font)
        result += [widths[c] * factor for c in part]
    return result


@lru_cache(maxsize=50_000)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a line in points."""
    total = 0.0
    for font, part in runs(text, bold):
        widths = _advances(font)
        total += sum([widths[c] for c in part]) * size * scale_of(font)
    return total
