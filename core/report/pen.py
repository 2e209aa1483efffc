"""Writing text into a page as PDF operators: every line of the report goes through here.

Ten thousand rows are ten times ten thousand cells; ReportLab's own text objects cost ten times as much per cell.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from core.report import fonts
from core.report.style import Align, Colour, Style

_MEMORY = 50_000
"""Texts remembered per document, so that names which repeat in every row are encoded once."""


class Pen:
    """Text operators for one document; keeps which characters of which font the document uses."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[tuple[str, bool, float], str] = {}
        self._plain: dict[tuple[str, float], str] = {}
        self._codes: dict[str, dict[str, tuple[int, str]]] = {}
        self._subsets: dict[tuple[str, int], str] = {}

    def text(
        self, line: str, x: float, y: float, style: Style, right: float | None = None, squeeze: float = 1.0
    ) -> str:
        """Operators that print a line at ``x`` or, when ``right`` is given, within ``x`` .. ``right`` as aligned."""
        if right is not None and style.align != "left":
            free = right - x - fonts.width(line, style.size, style.bold) * squeeze
            x += free if style.align == "right" else free / 2
        stretch, back = (f"{squeeze * 100:.2f} Tz ", " 100 Tz") if squeeze != 1.0 else ("", "")
        return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {stretch}{self._show(line, style.bold, style.size)}{back} ET"

    def _show(self, line: str, bold: bool, size: float) -> str:
        key = (line, bold, size)
        known = self._known.get(key)
        if known is None:
            known = " ".join(self._piece(font, part, size) for font, part in fonts.runs(line, bold))
            if len(self._known) < _MEMORY:
                self._known[key] = known
        return known

    def _piece(self, name: str, part: str, size: float) -> str:
        if part.isascii():
            # The first subset of every font keeps ASCII where it is.
            return f"{self._choose(name, size)} ({part.translate(_QUOTED)}) Tj"
        shown = []
        for subset, codes in groupby(self._coded(name, part), _SUBSET):
            letters = "".join([escaped for _, escaped in codes])
            internal = self._subset(name, subset)
            shown.append(f"{internal} {size * fonts.scale_of(name):.2f} Tf ({letters}) Tj")
        return " ".join(shown)

    def _coded(self, name: str, part: str) -> list[tuple[int, str]]:
        """The subset of each letter and how it is written in it; letters met for the first time get their place."""
        known = self._codes.setdefault(name, {})
        try:
            return [known[letter] for letter in part]
        except KeyError:
            font = fonts.loaded(name)
            font.splitString(part, self._document)
            places = font.state[self._document].assignments
            for letter in part:
                place = places[32 if letter == "\u00a0" else ord(letter)]
                known[letter] = (place >> 8, _ESCAPES[place & 255])
            return [known[letter] for letter in part]

    def _subset(self, name: str, subset: int) -> str:
        found = self._subsets.get((name, subset))
        if found is None:
            found = fonts.loaded(name).getSubsetInternalName(subset, self._document)
            self._subsets[name, subset] = found
        return found

    def _choose(self, name: str, size: float) -> str:
        """The operator that chooses the first subset of a font."""
        known = self._plain.get((name, size))
        if known is None:
            font = fonts.loaded(name)
            font.splitString(" ", self._document)
            internal = font.getSubsetInternalName(0, self._document)
            known = self._plain[name, size] = f"{internal} {size * fonts.scale_of(name):.2f} Tf"
        return known


_SUBSET = itemgetter(0)
_QUOTED = {ord(sign): "\\" + sign for sign in "()\\"}
_ESCAPES = {code: chr(code) for code in range(32, 127)} | {
    code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))
}
_ESCAPES |= _QUOTED


@cache
def fill(colour: Colour) -> str:
    """Operator that chooses the colour of text and areas."""
    return "{:.4f} {:.4f} {:.4f} rg".format(*colour)


def box(x: float, y: float, width: float, height: float, colour: Colour) -> str:
    """Operators that paint an area."""
    return f"{fill(colour)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"


def rule(x: float, y: float, width: float, thickness: float, colour: Colour) -> str:
    """Operators that paint a horizontal line with its upper edge at ``y``."""
    return f"{fill(colour)} {x:.2f} {y - thickness:.2f} {width:.2f} {thickness:.2f} re f"


def pen_of(canvas: Any) -> Pen:
    """The pen of the document a canvas draws."""
    pen: Pen | None = getattr(canvas, "audit_pen", None)
    if pen is None:
        pen = canvas.audit_pen = Pen(canvas._doc)
    return pen


def write(canvas: Any, *operators: str) -> None:
    """Put operators into the page, its state as before afterwards."""
    canvas._code.append("q " + " ".join(operators) + " Q")


def line(canvas: Any, text: str, x: float, y: float, style: Style, right: float | None = None) -> None:
    """Print one line of tidy text."""
    write(canvas, fill(style.colour), pen_of(canvas).text(text, x, y, style, right))


__all__ = ["Align", "Pen", "box", "fill", "line", "pen_of", "rule", "write"]
