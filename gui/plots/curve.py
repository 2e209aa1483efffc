"""Curves over any x: duration curve, load profile with its quantiles, years side by side, regression, forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from gui.plots.curve_sheets import numbers_of_curves, table_of_curves
from gui.plots.inks import swatch
from gui.plots.lines import CurveData, Reduced
from gui.plots.moving import MovingPlot
from gui.plots.plane import CurveCanvas
from gui.plots.saving import Numbers
from gui.plots.tools import entry
from gui.theme import tokens


class Curve(MovingPlot[CurveCanvas]):
    """Shows one CurveData; give it new ones with ``show_data``."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        super().__init__(name, CurveCanvas(name), choice)

    @property
    def data(self) -> CurveData | None:
        """What is shown."""
        return self.canvas.data

    def show_data(self, data: CurveData) -> None:
        """Show this from now on."""
        colours = tokens().series
        self.set_title(data.title)
        reduced = [Reduced(line, colours[number % len(colours)]) for number, line in enumerate(data.lines)]
        self.canvas.show_data(data, reduced)
        self.set_key(_entries(reduced) if len(reduced) > 1 else ())
        self.shown()

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        return numbers_of_curves(self.data, *self.range) if self.data is not None else None

    def as_table(self) -> list[list[str]]:
        return table_of_curves(self.data, *self.range) if self.data is not None else []


def _entries(reduced: Sequence[Reduced]) -> Iterator[str]:
    """Each line with a picture of what it looks like."""
    clouds = 0
    for one in reduced:
        kind = one.line.kind
        sign = "dashed" if one.line.dashed else "line"
        if kind == "points":
            sign, clouds = ("dot", "square")[clouds % 2], clouds + 1
        yield entry(one.colour, one.line.name, swatch(one.colour, "band" if kind == "band" else sign))
