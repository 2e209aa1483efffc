"""Hours of the clock against days, each hour in a colour: what repeats itself and what stands out over months."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from gui.language import _
from gui.plots.axes import reading
from gui.plots.cells import Floats, HeatCanvas, HeatData, clock
from gui.plots.inks import swatch
from gui.plots.moving import MovingPlot
from gui.plots.saving import Numbers, digits
from gui.plots.tools import entry
from gui.theme import tokens

HOURS = 24


class HeatMap(MovingPlot[HeatCanvas]):
    """Hour against day, which the person zooms into along the days."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        super().__init__(name, HeatCanvas(name), choice)

    @property
    def data(self) -> HeatData | None:
        """What is shown."""
        return self.canvas.data

    def show_data(self, data: HeatData) -> None:
        """Show this from now on."""
        self.set_title(data.title)
        self.canvas.show_data(data)
        missing = bool((np.isnan(data.values) & ~self.canvas.skipped).any())
        self.set_key([entry(tokens().edge, _("no data"), swatch(tokens().edge, "void"))] if missing else [])
        self.shown()

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        data = self.data
        if data is None:
            return None
        first, last = self.canvas.columns()

        def between(begin: int, end: int) -> list[list[str]]:
            return [
                [
                    data.day(column).isoformat(),
                    *digits(row),
                ]
                for column, row in enumerate(data.values[:, first + begin : first + end].T.tolist(), first + begin)
            ]

        head = (_("Date"), *(f"{data.clock(row)} ({data.unit})" for row in range(len(data.values))))
        return Numbers(head, last - first, between)

    def as_table(self) -> list[list[str]]:
        """Mean, least and largest by the hour, over the days that are shown."""
        data = self.data
        if data is None:
            return []
        first, last = self.canvas.columns()
        shown = data.values[:, first:last]
        rows = min(HOURS, len(shown))
        hourly = shown.reshape(rows, -1) if len(shown) % rows == 0 else shown
        heads = (_("mean"), _("lowest"), _("highest"))
        body = [[clock(HOURS * n / len(hourly)), *_summary(values)] for n, values in enumerate(hourly)]
        return [[_("Time of day"), *(f"{head} ({data.unit})" for head in heads)], *body]


def _summary(values: Floats) -> list[str]:
    known = values[np.isfinite(values)]
    if not len(known):
        return [_("no data")] * 3
    return [reading(float(value)) for value in (known.mean(), known.min(), known.max())]
