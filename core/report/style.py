"""How a report looks: one page grid, one scale of type, one palette that colour-blind readers can tell apart.

The hues differ in lightness as well, so a black-and-white print still tells them apart; what a colour means is always
written beside it, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Colour: TypeAlias = tuple[float, float, float]
Align: TypeAlias = Literal["left", "right", "centre"]

PAGE = (595.28, 841.89)
"""A4 in points."""
LEFT, RIGHT, TOP, BOTTOM = 56.7, 56.7, 70.0, 62.0
WIDTH = 481.9
"""Width of the text on an upright page."""
GUTTER = 28.3
HALF = (WIDTH - GUTTER) / 2
"""Two columns; the signature fields stand in the same ones."""
QUARTER = (HALF - GUTTER / 2) / 2
"""Four columns with half a gutter between them."""


def rgb(code: str) -> Colour:
    """``1B2733`` as three numbers from 0 to 1."""
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


INK = rgb("16222B")
MUTED = rgb("5A6872")
HAIR = rgb("C8D0D5")
WASH = rgb("F1F4F5")
WHITE = (1.0, 1.0, 1.0)
ACCENT = rgb("0A5A63")
SIGNAL = rgb("B4400F")

HOLE = rgb("F6D9C4")
"""Ground of a cell where something is missing."""
PART = rgb("FBEFE2")
"""Ground of a cell where some of it is missing."""

SCOPE1 = rgb("123A5C")
SCOPE2 = rgb("2C8794")
SCOPE3 = rgb("9DB7BF")
SOLAR = rgb("DB9A26")
SOLAR_DEEP = rgb("8A5A00")


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text is set."""

    size: float
    leading: float
    bold: bool = False
    colour: Colour = INK
    align: Align = "left"
    before: float = 0
    after: float = 0

    def but(
        self,
        *,
        colour: Colour | None = None,
        align: Align | None = None,
        bold: bool | None = None,
        after: float | None = None,
    ) -> Style:
        """The same with a difference."""
        return Style(
            self.size,
            self.leading,
            bold=self.bold if bold is None else bold,
            colour=self.colour if colour is None else colour,
            align=self.align if align is None else align,
            before=self.before,
            after=self.after if after is None else after,
        )

    def tighter(self) -> Style:
        """With less white above and below."""
        return replace(self, before=self.before * TIGHTER, after=self.after * TIGHTER)


TIGHTER = 0.6
"""What is left of white space where that saves a nearly empty page."""


DISPLAY = Style(32, 38, bold=True)
TITLE = Style(22, 27, bold=True, after=14)
HEADING = Style(13, 17, bold=True, colour=ACCENT, before=16, after=6)
SUBTITLE = Style(15, 19, bold=True, before=18, after=6)
"""Of one of several things that a section tells of one after the other."""
LEAD = Style(12, 17.5, colour=MUTED, after=10)
BODY = Style(9.6, 14, after=6)
NOTE = Style(8, 11, colour=MUTED, before=5, after=4)
LABEL = Style(7.6, 10, bold=True, colour=MUTED)
FIGURE = Style(23, 26, bold=True)
CELL = Style(8, 10.6)
SMALL_CELL = Style(7, 8.8)
CHART = Style(7.8, 10)
