"""Plots: bars, interval data over time, hours against days, curves, bars of any width, work over time.

Only this room knows pyqtgraph, and only for bars.

What draws is loaded when somebody asks for it, for the library behind the bars costs half a second; pages show bars
with :mod:`gui.chart`, which waits until the page has been painted. Whoever adds a kind of plot derives it from
:class:`gui.plots.tools.Plot`, which gives it title, key, menu, pictures and numbers, or from
:class:`gui.plots.moving.MovingPlot`, which adds a canvas that is zoomed and moved along x.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from gui.plots.bars import Bars
    from gui.plots.blocks import Block, BlockData, BlockPlot, Look
    from gui.plots.cells import HeatData
    from gui.plots.curve import Curve
    from gui.plots.gantt import GanttPlot
    from gui.plots.gantt_rows import GanttData, GanttMark, GanttRow
    from gui.plots.heat import HeatMap
    from gui.plots.lines import CurveData, Line, Scale
    from gui.plots.series import SeriesPlot
    from gui.plots.tracks import Limit, Track
else:
    __getattr__ = later(
        __name__,
        {
            "bars": ("Bars",),
            "blocks": ("Block", "BlockData", "BlockPlot", "Look"),
            "cells": ("HeatData",),
            "curve": ("Curve",),
            "gantt": ("GanttPlot",),
            "gantt_rows": ("GanttData", "GanttMark", "GanttRow"),
            "heat": ("HeatMap",),
            "lines": ("CurveData", "Line", "Scale"),
            "series": ("SeriesPlot",),
            "tracks": ("Limit", "Track"),
        },
    )

__all__ = [
    "Bars",
    "Block",
    "BlockData",
    "BlockPlot",
    "Curve",
    "CurveData",
    "GanttData",
    "GanttMark",
    "GanttPlot",
    "GanttRow",
    "HeatData",
    "HeatMap",
    "Limit",
    "Line",
    "Look",
    "Scale",
    "SeriesPlot",
    "Track",
]
