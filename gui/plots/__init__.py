"""Plots: bars, interval data, hours against days, curves. The only room that knows pyqtgraph, and only for bars.

What draws is loaded when somebody asks for it, for the library behind the bars costs half a second; pages show bars
with :mod:`gui.chart`, which waits until the page has been painted. Whoever adds a kind of plot derives it from
:class:`gui.plots.tools.Plot`, which gives it title, key, menu, pictures and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.later import later

if TYPE_CHECKING:
    from gui.plots.bars import Bars
else:
    __getattr__ = later(__name__, {"bars": ("Bars",)})

__all__ = ["Bars"]
