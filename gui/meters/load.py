"""The load of a meter over time: any stretch of it, by itself or together with other meters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import T, Text
from core.series.clock import mean_power
from core.series.metered import is_level
from core.series.series import Series
from core.series.zones import begin_of, local_date
from gui.language import _, say
from gui.meters.parts import Segments, arrow, on_sheet
from gui.meters.rows import MeterRow
from gui.meters.words import numbered, power_sign, power_title
from gui.plots import Limit, SeriesPlot, Track

Kind = Literal["day", "week", "month", "year"]
RANGES: dict[Kind, Text] = {"day": T("1 day"), "week": T("1 week"), "month": T("1 month"), "year": T("1 year")}
AROUND = 0.5
"""Of the length of a problem, shown before and after it."""
LEAST = 86_400
"""Shown before and after a problem at least. [s]"""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A row of the list of meters with its values."""

    row: MeterRow
    name: str
    series: Series


class LoadView(QWidget):
    """Ranges above, plot below."""

    moved = Signal()
    """Another part is shown."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        """On whose clock time is told."""
        self.kinds = Segments(
            [(kind, say(title), _("Show {range}", range=say(title))) for kind, title in RANGES.items()]
        )
        self.kinds.chosen.connect(self.show_kind)
        self.before = arrow("‹", _("Earlier"), lambda: self.step(-1))
        self.after = arrow("›", _("Later"), lambda: self.step(1))
        self.plot = SeriesPlot(_("Load"), zone, self._ranges())
        self.plot.shown_range.connect(lambda _first, _last: self._ranged())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(on_sheet(self.plot))

    def _ranges(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.before, self.kinds, self.after):
            row.addWidget(widget)
        return made

    # ------------------------------------------------------------------ show

    def show_meters(self, shown: Sequence[Shown]) -> None:
        """Show these over each other, the first one with the axis at the left; the part that is seen stays."""
        seen = self.plot.range if self.plot.tracks else None
        names = numbered([one.name for one in shown])
        units = list(dict.fromkeys(power_sign(one.row.meter) for one in shown))[:2]
        tracks = [
            track_of(one, name, right=power_sign(one.row.meter) != units[0], alone=len(shown) == 1)
            for one, name in zip(shown, names, strict=True)
            if power_sign(one.row.meter) in units
        ]
        limits = limits_of(shown[0]) if len(shown) == 1 else []
        titles = [next(power_title(one.row.meter) for one in shown if power_sign(one.row.meter) == u) for u in units]
        self.plot.show_tracks(tracks, left=titles[0] if titles else "", right=titles[1] if len(titles) > 1 else "",
                              limits=limits)  # fmt: skip
        if seen is not None:
            self.plot.show_range(*seen)
        self._ranged()

    def show_year(self, year: int) -> None:
        """Show what is known of a local year: of one that has just begun not the months before it."""
        first, end = begin_of(date(year, 1, 1), self.zone), begin_of(date(year + 1, 1, 1), self.zone)
        low, high = self.plot.canvas.whole
        if low < end and first < high:
            self.plot.show_range(max(first, low), min(end, high))
        else:
            self.plot.show_range(first, end)

    def show_kind(self, kind: Kind) -> None:
        """Show the day, week, month or year around what is read, else around the middle of what is shown."""
        first, last = self.plot.range
        at = self.plot.canvas.at
        middle = (first + last) / 2 if at is None or not first <= at <= last else at
        self.plot.show_range(*span_of(kind, local_date(int(middle), self.zone), self.zone))
        self._ranged()  # also when nothing moved, for the button was pressed

    def step(self, towards: int) -> None:
        """To the period before or after; where no whole one is shown, by what is shown."""
        kind, (first, last) = self.kind, self.plot.range
        if kind is None:
            self.plot.canvas.pan(float(towards))
            return
        at = local_date(int(first if towards < 0 else last), self.zone)
        self.plot.show_range(*span_of(kind, at - timedelta(days=1) if towards < 0 else at, self.zone))

    def show_span(self, start: int, end: int) -> None:
        """Show a place with its surroundings, and read it."""
        room = max((end - start) * AROUND, LEAST)
        self.plot.show_range(start - room, end + room)
        self.plot.read((start + end) / 2)

    # ------------------------------------------------------------------ range

    @property
    def kind(self) -> Kind | None:
        """Which whole period is shown; None for any other stretch."""
        first, last = self.plot.range
        day = local_date(int(first), self.zone)
        low, high = self.plot.canvas.whole
        for kind in RANGES:
            start, end = span_of(kind, day, self.zone)
            if (max(start, low), min(end, high)) == (first, last) and (last - first) * 2 > end - start:
                return kind
        return None

    @property
    def days(self) -> tuple[date, date]:
        """First and last local day that are shown."""
        first, last = self.plot.range
        return local_date(int(first), self.zone), local_date(int(last) - 1, self.zone)

    def _ranged(self) -> None:
        kind = self.kind if self.plot.tracks else None
        self.kinds.show_key(kind)
        first, last = self.plot.range
        low, high = self.plot.canvas.whole
        self.before.setEnabled(first > low)
        self.after.setEnabled(last < high)
        self.moved.emit()


def track_of(shown: Shown, name: str, *, right: bool = False, alone: bool = True) -> Track:
    """Mean power, or the level, as a track of a plot over time."""
    meter, series = shown.row.meter, shown.series
    level = is_level(meter)
    powers = Series(series.start, series.step, mean_power(series, level=level), series.marks)
    kind: Literal["line", "step", "area"] = "line" if level else "area" if alone else "step"
    return Track.of(powers, name, power_sign(meter), kind=kind, right=right)


def limits_of(shown: Shown) -> list[Limit]:
    """The plausible limits that some value passes; the others would only flatten the load."""
    meter = shown.row.meter
    powers = mean_power(shown.series, level=is_level(meter))
    known = powers[~np.isnan(powers)]
    found = []
    if len(known) and not shown.row.rest:
        if meter.highest is not None and known.max() > float(meter.highest):
            found.append(Limit(float(meter.highest), _("Largest plausible value")))
        if meter.lowest is not None and known.min() < float(meter.lowest):
            found.append(Limit(float(meter.lowest), _("Smallest plausible value")))
    return found


def span_of(kind: Kind, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """The day, week (from Monday), month or year that a day lies in. [s since 1970-01-01 UTC]"""
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return begin_of(first, zone), begin_of(first + timedelta(days=7), zone)
    if kind == "month":
        first = day.replace(day=1)
        return begin_of(first, zone), begin_of((first + timedelta(days=31)).replace(day=1), zone)
    if kind == "year":
        return begin_of(date(day.year, 1, 1), zone), begin_of(date(day.year + 1, 1, 1), zone)
    return begin_of(day, zone), begin_of(day + timedelta(days=1), zone)
