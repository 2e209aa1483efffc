"""The coloured upper third of a cover, drawn beyond the margins."""

from __future__ import annotations

from dataclasses import dataclass

from core.report import pen
from core.report.flow import Flowable
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import ACCENT, DISPLAY, LEFT, PAGE, WHITE, Style, rgb

_PALE = rgb("BFD9DC")
_TOP = Style(11, 15, colour=WHITE)
_SUB = Style(11, 15, colour=_PALE)
_BAND = 262.0
"""Height of the coloured ground, from the upper edge of the page."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on it."""

    kind: str
    """What the document is."""
    corner: str
    """At the right of it."""
    name: str
    below: str
    """Where it is, or what it is made of."""
    span: str
    """Of which days."""
    one_line: bool = False
    """The name stands on one line where a smaller size allows it."""


class Band(Flowable):  # type: ignore[misc]
    """Kind of document, name, place and period."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, _BAND - 56.7
        return self.width, self.height

    def draw(self) -> None:
        said = self.said
        operators = [pen.box(-LEFT, 0, PAGE[0], _BAND, ACCENT), pen.box(-LEFT, 0, PAGE[0], 5, rgb("DB9A26"))]
        pen.write(self.canv, *operators)
        top = self.height + 4
        pen.line(self.canv, said.kind, 0, top, _TOP)
        pen.line(self.canv, said.corner, 0, top, _SUB.but(align="right"), self.width)
        size, lines = _fitting(tidy(said.name).replace("\n", " "), self.width, 1 if said.one_line else 2)
        y = top - 26 - size
        for text in lines:
            pen.line(self.canv, text, 0, y, Style(size, size * 1.2, bold=True, colour=WHITE))
            y -= size * 1.2
        for text in shorten(wrap(tidy(said.below).replace("\n", " "), _SUB.size, False, self.width), 2):
            y -= 2
            pen.line(self.canv, text, 0, y + size * 0.2, _SUB)
            y -= _SUB.leading
        pen.line(self.canv, said.span, 0, 24, Style(17, 20, bold=True, colour=WHITE))


def _fitting(name: str, available: float, most: int) -> tuple[float, tuple[str, ...]]:
    """The largest size at which the name needs at most two lines; a very long one gets three small ones."""
    for size in (DISPLAY.size, 27.0, 22.0, 18.0):
        lines = wrap(name, size, True, available)
        if len(lines) <= most and all(width(line, size, True) <= available for line in lines):
            return size, lines
    if most == 1:
        return _fitting(name, available, 2)
    return 15.0, shorten(wrap(name, 15.0, True, available), 3)
