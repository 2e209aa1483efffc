"""Breaking text into lines, Chinese and Latin in one: between Chinese letters, at spaces, and inside a word when it
alone is too long. No line starts with a closing sign or ends with an opening one."""

from __future__ import annotations

import re
from functools import lru_cache

from core.report import fonts

_NO_START = frozenset("!'),.:;?]}%‰°℃、。，．：；？！）］｝》」』】〉”’…·—～％₀₁₂₃₄₅₆₇₈₉²³")
_NO_END = frozenset("([{（［｛《「『【〈“‘¥￥$£€#§")
_FORMULA = re.compile(r"(?<![A-Za-z])((?:[kMG]?g|t|kt|Mt)?)(CO2|CH4|N2O|SF6|NF3)(?=e?(?![A-Za-z0-9]))")
_CARE = re.compile("  |[OFHN][2-6]")
"""What of ASCII text needs care."""
_HELD = re.compile(
    r"(?<=\d) (?=(?:[kMGT]?Wh?|[kMGT]?J|[kMG]?g|k?t|[kM]Wp|m[²³]?|km|CNY|EUR|%)(?![A-Za-z]))|(?<=[tg]) (?=CO₂)"
)
"""Spaces between a number and its unit, and inside a unit: no line ends there."""
_SPACES = re.compile(r"[ \t\r\f\v]+")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INVISIBLE = dict.fromkeys(
    [*range(32), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F]
)
del _INVISIBLE[10]


def tidy(text: str) -> str:
    """Text as it is set: formulas with their subscripts, single spaces, nothing invisible; line feeds stay."""
    if text.isascii() and text.isprintable() and not _CARE.search(text):
        return text
    return _tidied(text)


@lru_cache(maxsize=20_000)
def _tidied(text: str) -> str:
    spaced = _SPACES.sub(" ", text.replace("\r\n", "\n"))
    return _FORMULA.sub(lambda m: m[1] + m[2].translate(_SUBSCRIPT), spaced.translate(_INVISIBLE))


@lru_cache(maxsize=20_000)
def wrap(text: str, size: float, bold: bool, available: float) -> tuple[str, ...]:
    """The lines of ``text`` (already tidy) in a column ``available`` points wide."""
    result: list[str] = []
    for paragraph in text.split("\n"):
        if fonts.width(paragraph, size, bold) <= available:
            result.append(paragraph)
        else:
            for line in _break(paragraph, fonts.letters(paragraph, size, bold), available):
                result += _refitted(line, size, bold, available)
    return tuple(result)


def _refitted(line: str, size: float, bold: bool, available: float) -> list[str]:
    """The line, cut again where a quotation mark is wider in it than it was in the paragraph."""
    if fonts.QUOTES.isdisjoint(line) or fonts.width(line, size, bold) <= available + 1e-6:
        return [line]
    return _break(line, fonts.letters(line, size, bold), available)


def _break(text: str, widths: list[float], available: float) -> list[str]:
    result: list[str] = []
    start, last, used, position = 0, 0, 0.0, 0
    held = {found.end() for found in _HELD.finditer(text)}
    while position < len(text):
        if position > start and position not in held and may_break(text[position - 1], text[position]):
            last = position
        used += widths[position]
        if used > available + 1e-6 and text[position] != " " and position > start:
            cut = last if last > start else position
            result.append(text[start:cut].rstrip(" "))
            start = position = last = cut
            used = 0.0
            continue
        position += 1
    result.append(text[start:].rstrip(" "))
    return result


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if before == " ":
        return after != " "
    if after in _NO_START or before in _NO_END or after == " ":
        return False
    if fonts.is_han(before) or fonts.is_han(after):
        return True
    return before in "-–/;,." and after.isalpha()


def shorten(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At most so many lines, the last one marked as cut."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return (*lines[: most - 1], last[: -4 if len(last) > 8 else -1].rstrip() + "…")
