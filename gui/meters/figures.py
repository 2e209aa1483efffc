"""Key figures of a meter in a year: how much, the largest power, what always runs, how even, how complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.series.curves import BaseLoad, Peak, base_load, duration_curve, peak
from core.series.metered import is_level
from core.series.read import MonthSum
from core.series.series import Series
from gui.language import _, say
from gui.meters.rows import MeterRow
from gui.meters.words import amount, figure, percent, power_sign, unit_sign, when
from gui.notices import Elided
from gui.widgets import clear, label, number
from gui.wording import named

MEASURED_USE = ("import", "consumption")
"""Directions of which a base load means something."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a year of a meter comes down to."""

    peak: Peak | None
    base: BaseLoad | None
    load_factor: float | None
    """Mean against largest power. [1]"""
    expected: int
    """Intervals of the year."""
    present: int
    estimated: int

    @property
    def complete(self) -> float | None:
        """Part of the intervals that have a value. [1]"""
        return self.present / self.expected if self.expected else None


def figures_of(row: MeterRow, series: Series | None, months: Sequence[MonthSum], zone: ZoneInfo) -> Figures:
    """Of the values of a year."""
    counts = (sum(m.expected for m in months), sum(m.present for m in months), sum(m.estimated for m in months))
    if series is None or not len(series):
        return Figures(None, None, None, *counts)
    level = is_level(row.meter)
    uses = not level and row.meter.direction in MEASURED_USE
    return Figures(
        peak(series, level=level),
        base_load(series, zone) if uses else None,
        None if level else duration_curve(series).load_factor,
        *counts,
    )


class Strip(QFrame):
    """The figures beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 10, 9)
        self._row.setSpacing(12)

    def show_figures(self, row: MeterRow, found: Figures, year: int, zone: ZoneInfo) -> None:
        """Show these from now on."""
        clear(self._row)
        for cell in cells(row, found, year, zone):
            self._row.addWidget(cell, cell.wish)


def cells(row: MeterRow, found: Figures, year: int, zone: ZoneInfo) -> list[Cell]:
    """A widget for each figure."""
    made = [_total(row, year)]
    unit = power_sign(row.meter)
    if found.peak is not None:
        title = _("Highest value") if is_level(row.meter) else _("Peak")
        made.append(Cell(title, figure(found.peak.power), unit, when(found.peak.start, zone)))
    else:
        made.append(Cell(_("Peak"), "–", "", _("no interval data")))
    if found.base is not None:
        share = _("{share} % of the sum", share=percent(found.base.share))
        made.append(Cell(_("Base load"), figure(found.base.power), unit, share, say(found.base.method)))
    if found.load_factor is not None:
        below = _("mean / peak")
        made.append(Cell(_("Load factor"), percent(found.load_factor), "%", below))
    made.append(_completeness(found))
    return made


def _total(row: MeterRow, year: int) -> Cell:
    if is_level(row.meter):
        known = row.total is not None
        value, unit = (figure(row.total), unit_sign(row.meter.unit)) if row.total is not None else ("–", "")
        return Cell(_("Mean {year}", year=str(year)), value, unit, "" if known else _("no values"))
    title = _("Sum {year}", year=str(year))
    if row.total is None:
        return Cell(title, "–", "", _("no values"))
    value, unit = amount(row.total, row.meter.unit)
    below = _("by readings") if row.by_readings else _("by intervals")
    if row.share is not None:
        below = _("{share} % of parent", share=percent(row.share, 1))
    return Cell(title, value, unit, below)


def _completeness(found: Figures) -> Cell:
    share = percent(found.complete, 1)
    missing = found.expected - found.present
    if found.complete is None:
        return Cell(_("Completeness"), "–", "", "")
    if found.estimated:
        below = _("{missing} missing, {estimated} estimated", missing=f"{missing:,}", estimated=f"{found.estimated:,}")
    elif missing:
        below = _("{missing} missing", missing=f"{missing:,}")
    else:
        below = _("nothing missing")
    return Cell(_("Completeness"), share, "%", below)


class Cell(QWidget):
    """Name, number with unit, and a word about it."""

    def __init__(self, title: str, value: str, unit: str, below: str, tip: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(4)
        shown = number(value, size=1.35, strong=True)
        shown.setAccessibleName(named(title, f"{value} {unit}".rstrip()) + (f", {below}" if below else ""))
        line.addWidget(shown, 0, Qt.AlignmentFlag.AlignBaseline)
        if unit:
            line.addWidget(label(unit, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        wide = self.fontMetrics().horizontalAdvance
        self.wish = max(wide(title), wide(below), shown.sizeHint().width() + wide(unit) + 4)
        """Width that its words would take. [px]"""
        column.addWidget(_line(title, title))
        column.addLayout(line)
        column.addWidget(_line(below, tip or below))
        self.setToolTip(tip)


def _line(text: str, tip: str) -> Elided:
    """One muted line that ends in … where it does not fit."""
    made = Elided(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", "muted")
    made.setToolTip(tip)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
