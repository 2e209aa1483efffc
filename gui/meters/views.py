"""Views of the values of a meter on the clock and in order of size: heat map, load profile, duration curve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from core.i18n import show_month
from core.series.curves import duration_curve
from core.series.metered import is_level
from core.series.profiles import Profile, heat_map, profile
from core.series.read import MonthSum
from core.series.series import Series
from core.series.working import Kinds
from core.series.zones import begin_of
from gui.language import _, language, say
from gui.meters.figures import Figures
from gui.meters.parts import on_sheet
from gui.meters.rows import MeterRow, cut
from gui.meters.words import figure, power_sign, power_title
from gui.plots import Curve, CurveData, HeatData, HeatMap, Limit, Line, Scale
from gui.quality.parts import combo
from gui.theme import tokens
from gui.widgets import empty_state

YEAR, LOAD, EVERYTHING = "year", "load", "all"
BAND = 0
"""Kinds of days whose spread is drawn: more than one band would hide the lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The row of the list that is looked at, with its values."""

    row: MeterRow
    name: str
    series: Series | None
    """All values; None where there are no intervals."""
    year: int
    zone: ZoneInfo
    months: tuple[MonthSum, ...]
    """Of the year, by intervals; empty where there are none."""
    before: tuple[MonthSum, ...]
    """Of the year before."""
    figures: Figures

    @property
    def level(self) -> bool:
        """Whether its values are levels."""
        return is_level(self.row.meter)

    def of_days(self, first: date, after: date) -> Series:
        """The values from one local day to before another."""
        assert self.series is not None
        return cut(self.series, begin_of(first, self.zone), begin_of(after, self.zone))

    def of_year(self, year: int) -> Series:
        """The values of a local year."""
        return self.of_days(date(year, 1, 1), date(year + 1, 1, 1))


class PeriodChoice(QComboBox):
    """Of which time the values are: the year, one of its months, what the load shows, or everything."""

    picked = Signal(str)
    """Key of what the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Period"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _row: self.picked.emit(self.key))
        self._year = 0

    @property
    def key(self) -> str:
        """``year``, ``1`` to ``12``, ``load`` or ``all``."""
        return str(self.currentData() or YEAR)

    def show_key(self, key: str, year: int) -> None:
        """Offer what a year has, and choose."""
        if year != self._year:
            self._year = year
            self.clear()
            self.addItem(_("Year {year}", year=str(year)), YEAR)
            self.addItem(_("As in “Load”"), LOAD)
            self.addItem(_("All years"), EVERYTHING)
            for month in range(1, 13):
                self.addItem(show_month(date(year, month, 1), language()), str(month))
        self.setCurrentIndex(max(0, self.findData(key)))


def part_of(looked: Looked, key: str, seen: tuple[date, date]) -> Series:
    """The values of a period; ``seen`` are the first and the last day that the load shows."""
    assert looked.series is not None
    if key == EVERYTHING:
        return looked.series
    if key == LOAD:
        return looked.of_days(seen[0], date.fromordinal(seen[1].toordinal() + 1))
    if key == YEAR:
        return looked.of_year(looked.year)
    month = int(key)
    return looked.of_days(date(looked.year, month, 1), date(looked.year + month // 12, month % 12 + 1, 1))


class PartView(QWidget):
    """A plot of the values of a period, which the person chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.period = PeriodChoice()
        self._looked: Looked | None = None
        self._series: Series | None = None

    def fill(self, *widgets: QWidget) -> None:
        """Put the plot on its sheet."""
        self._sheet = on_sheet(*widgets)
        words = _("This view follows from interval data, of which the meter has none.")
        self._nothing = empty_state("meter", _("No interval data yet"), words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._sheet, self._nothing):
            column.addWidget(widget)
        self._nothing.hide()

    def show_nothing(self) -> None:
        """The meter has no intervals."""
        self._sheet.hide()
        self._nothing.show()

    def show_part(self, looked: Looked, series: Series) -> None:
        """Show these values from now on."""
        self._looked, self._series = looked, series
        self._nothing.hide()
        self._sheet.show()
        self.draw(looked, series)

    def draw(self, looked: Looked, series: Series) -> None:
        """Show these values."""
        raise NotImplementedError

    def draw_again(self) -> None:
        """The same values, otherwise."""
        if self._looked is not None and self._series is not None:
            self.draw(self._looked, self._series)


class HeatView(PartView):
    """Hours against days."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = HeatMap(_("Heat map"), self.period)
        self.fill(self.plot)

    def draw(self, looked: Looked, series: Series) -> None:
        found = heat_map(series, looked.zone, level=looked.level)
        meter = looked.row.meter
        self.plot.show_data(
            HeatData(
                _("Heat map"), found.first, found.mean, power_sign(meter), power_title(meter), looked.zone
            )
        )  # fmt: skip


class ProfileView(PartView):
    """Mean by the time of day, for kinds of days."""

    def __init__(self) -> None:
        super().__init__()
        kinds = [(_("Working days and days off"), "working"), (_("Each day of the week"), "weekday"),
                 (_("All days"), "all")]  # fmt: skip
        self.kinds = combo(_("Kinds of days"), kinds)
        self.kinds.activated.connect(lambda _row: self.draw_again())
        self.plot = Curve(_("Load profile"), self.kinds)
        self.plot.head.insertWidget(self.plot.head.count() - 2, self.period)
        QWidget.setTabOrder(self.kinds, self.period)
        self.fill(self.plot)

    def draw(self, looked: Looked, series: Series) -> None:
        kinds: Kinds = self.kinds.currentData()
        found = profile(series, looked.zone, kinds=kinds, level=looked.level)
        y = Scale(power_title(looked.row.meter), power_sign(looked.row.meter))
        self.plot.show_data(
            CurveData(
                _("Load profile"), Scale(_("Time of day"), "", "clock"), y, lines_of(found), zero=not looked.level
            )
        )


def lines_of(found: Profile) -> tuple[Line, ...]:
    """A line for each kind of day, and the spread of the first one where there are few."""
    colours = tokens().series
    x = np.append(found.times, 24.0)
    lines = []
    names = [say(title) for title in found.titles]
    if len(names) <= 2 and found.count[BAND].any():
        edges = np.repeat(x, 2)[1:-1]
        low, high = (np.repeat(found.quantiles[at][BAND], 2) for at in (0, -1))
        words = _("{days}: 90 % of the values", days=names[BAND])
        lines.append(Line(words, edges, low, "band", high, colours[BAND]))
    for number, name in enumerate(names):
        if found.count[number].any():
            y = np.append(found.mean[number], found.mean[number][-1])
            lines.append(Line(name, x, y, "step", None, colours[number % len(colours)], dashed=number >= len(colours)))
    return tuple(lines)


class DurationView(PartView):
    """Values in falling order, with those of the year before."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = Curve(_("Duration curve"), self.period)
        self.fill(self.plot)

    def draw(self, looked: Looked, series: Series) -> None:
        lines = [_falling(series, str(looked.year) if self.period.key == YEAR else self.period.currentText(), looked)]
        if self.period.key == YEAR and any(month.present for month in looked.before):
            lines.append(_falling(looked.of_year(looked.year - 1), str(looked.year - 1), looked, dashed=True))
        unit = power_sign(looked.row.meter)
        base = looked.figures.base
        limits: tuple[Limit, ...] = ()
        if base is not None and self.period.key == YEAR:
            limits = (Limit(base.power, _("Base load {power} {unit}", power=figure(base.power), unit=unit)),)
        y = Scale(power_title(looked.row.meter), unit)
        x = Scale(_("Time with at least this power") if not looked.level else _("Time with at least this value"), "h")
        self.plot.show_data(CurveData(_("Duration curve"), x, y, tuple(lines), limits, zero=not looked.level))


def _falling(series: Series, name: str, looked: Looked, *, dashed: bool = False) -> Line:
    found = duration_curve(series, level=looked.level)
    return Line(name, found.hours, found.power, dashed=dashed)
