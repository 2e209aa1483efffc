"""A plot of 17.5 million values: until it is painted for the first time, and while it is moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.harness import Pair, Scale, Timer, timed
from core.series import Series
from gui import fonts, theme
from gui.plots import SeriesPlot, Track

YEARS, METERS, PER_YEAR = 10, 50, 35_040
"""Quarters of an hour of a plant with fifty meters over ten years, in one line."""
START, STEP = 1_420_041_600, 18
"""[s]; as many values in ten years of one sensor."""
SIZE = (1200, 500)
"""[px]"""
FRAMES, SHARE = 30, 0.5
"""Frames of a movement, and the share of everything that is shown while it lasts."""
NAME = "Power"


def values(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Days and nights with noise, and a gap: the same on every machine."""
    chance = np.random.default_rng(4)
    place = np.arange(count, dtype=np.float64)
    made = 80 + 50 * np.sin(place * (2 * np.pi * STEP / 86_400)) + chance.normal(0, 6, count)
    made[count // 3 : count // 3 + count // 100] = np.nan
    return made


class Ours:
    """The plot of this program."""

    def __init__(self, shown: Series) -> None:
        self._shown = shown
        self._plot: SeriesPlot | None = None

    def fresh(self) -> None:
        """Forget the plot of the run before."""
        _forget(self._plot)
        self._plot = None

    def open(self) -> None:
        """From the values to the picture."""
        self._plot = plot = SeriesPlot(NAME, ZoneInfo("Asia/Shanghai"))
        plot.resize(*SIZE)
        plot.show_tracks([Track.of(self._shown, NAME, "kW")], left=NAME)
        _painted(plot)

    def closer(self) -> None:
        """Show a part, from which it can be moved."""
        if self._plot is None:
            self.open()
        assert self._plot is not None
        first, last = self._shown.start, self._shown.end
        self._plot.show_range(first, first + (last - first) * SHARE)
        _painted(self._plot)

    def move(self) -> None:
        """To the other end."""
        assert self._plot is not None
        for _frame in range(FRAMES):
            self._plot.canvas.pan((1 / SHARE - 1) / FRAMES)
            _painted(self._plot)


class Theirs:
    """pyqtgraph, set up as its manual advises for many values."""

    def __init__(self, shown: Series) -> None:
        self._shown, self._x = shown, shown.starts.astype(np.float64)
        self._plot: pg.PlotWidget | None = None

    def fresh(self) -> None:
        """Forget the plot of the run before."""
        _forget(self._plot)
        self._plot = None

    def open(self) -> None:
        """From the values to the picture."""
        self._plot = plot = pg.PlotWidget(axisItems={"bottom": pg.DateAxisItem()})
        plot.resize(*SIZE)
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        plot.plot(self._x, self._shown.values, connect="finite")
        _painted(plot)

    def closer(self) -> None:
        """Show a part, from which it can be moved."""
        if self._plot is None:
            self.open()
        assert self._plot is not None
        first, last = self._shown.start, self._shown.end
        self._plot.setXRange(first, first + (last - first) * SHARE, padding=0)
        _painted(self._plot)

    def move(self) -> None:
        """To the other end."""
        assert self._plot is not None
        box = self._plot.getViewBox()
        by = (self._shown.end - self._shown.start) * SHARE * (1 / SHARE - 1) / FRAMES
        for _frame in range(FRAMES):
            box.translateBy(QPointF(by, 0))
            _painted(self._plot)


def _forget(plot: QWidget | None) -> None:
    if plot is not None:
        plot.close()
        plot.deleteLater()
        QApplication.processEvents()


def _painted(plot: QWidget) -> QPixmap:
    """All of it, into memory."""
    picture = plot.grab()
    if picture.isNull():
        raise RuntimeError("nothing was painted")
    return picture


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many values as fifty meters have in ten years; few of them where it should go fast."""
    app = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(app, QApplication)
    fonts.prepare(app)
    theme.apply(app, "light")
    count = YEARS * METERS * PER_YEAR * scale.many // 10_000
    shown = Series(START, STEP, values(count))
    ours, theirs = Ours(shown), Theirs(shown)
    peak = 'pyqtgraph, `setDownsampling(auto=True, mode="peak")` and `setClipToView(True)`'
    yield Pair(f"First paint of {count:,} values", peak, timed(ours.open, ours.fresh), timed(theirs.open, theirs.fresh))
    yield Pair(f"{FRAMES} frames while half of {count:,} values is moved", peak, *_moves(ours, theirs))


def _moves(ours: Ours, theirs: Theirs) -> tuple[Timer, Timer]:
    return timed(ours.move, ours.closer), timed(theirs.move, theirs.closer)
