"""Months of a meter: this year against the last, what always runs, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import nan

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import show_month, show_number
from core.ledger import Ledger
from core.series.curves import BaseLoad, base_load
from core.series.overview import sum_of_readings
from core.series.read import MonthSum
from core.series.years import year_over_year
from gui.language import _, language, locale
from gui.meters.bars import MonthBars, MonthData
from gui.meters.figures import MEASURED_USE
from gui.meters.parts import headed, on_sheet
from gui.meters.views import Looked
from gui.meters.words import LARGER, MANY, figure, percent, power_title, unit_sign
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import button

ROWS_SEEN = 3
"""Of the table, at least."""
LINES = 5
"""Height of the bars at least, in lines of words."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of this year and of the one before, or all of them."""

    id: str
    """``01`` to ``12``; ``total``."""
    title: str
    now: Decimal | None
    """Sum, or mean of a level. [unit shown]"""
    before: Decimal | None
    change: float | None
    """Against the year before, where both are whole. [1]"""
    base: BaseLoad | None
    complete: float | None
    """Part of its values that is there. [1]"""
    estimated: int
    hours: float
    """Of its values. [h]"""


class MonthsView(QWidget):
    """Bars above, table below."""

    entering_wanted = Signal()
    """The months are to be entered as activity data."""

    def __init__(self, settings: Settings, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._settings = settings
        self._unit = ""
        """For which unit, year and kind of row the table was made."""
        self.bars = MonthBars(_("Months"))
        self.bars.canvas.setMinimumHeight(self.fontMetrics().height() * LINES)
        self.table: Table[MonthRow] | None = None
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(on_sheet(self.bars), 3)
        column.addLayout(self._place, 2)

    def show_months(self, looked: Looked, ledger: Ledger) -> None:
        """Show these from now on."""
        rows = rows_of_months(looked, ledger)
        unit, size = size_of(looked, rows)
        self.bars.show_data(data_of(looked, rows, unit, size))
        key = f"{unit} {looked.year} {looked.row.rest}"
        if self.table is None or self._unit != key:
            self._unit = key
            if self.table is not None:
                self._place.removeWidget(self.table)
                self.table.deleteLater()
            self.table = self._table(looked, unit, size)
            self._place.addWidget(self.table)
        self.table.set_rows(rows)

    def _table(self, looked: Looked, unit: str, size: Decimal) -> Table[MonthRow]:
        made: Table[MonthRow] = Table(
            "meter_months", columns(looked, unit, size), self._settings, name=_("Months in numbers"), editable=False
        )
        headed(made, _("Months in numbers"))
        enter = button(_("Enter months as activity data…"), self.entering_wanted.emit, picture="activity")
        enter.setEnabled(self._writable and not looked.level and not looked.row.rest)
        made.add_tool(enter)
        made.show_at_least(ROWS_SEEN, below=4)
        return made


def rows_of_months(looked: Looked, ledger: Ledger) -> list[MonthRow]:
    """Twelve months and their total, by intervals or else by readings."""
    if not looked.months and not looked.before:
        return _by_readings(looked, ledger)
    compared = year_over_year([*looked.before, *looked.months])
    rows = []
    for month in range(1, 13):
        now, before = (_of(months, month) for months in (looked.months, looked.before))
        rows.append(
            MonthRow(
                f"{month:02}",
                show_month(date(looked.year, month, 1), language()),
                _value(now, looked),
                _value(before, looked),
                None if looked.level else compared.change(looked.year, month),
                _base(looked, month),
                now.present / now.expected if now is not None and now.expected else None,
                now.estimated if now is not None else 0,
                _hours(looked, now),
            )
        )
    return [*rows, _whole(looked, compared.compare(looked.year).change)]


def _whole(looked: Looked, change: float | None) -> MonthRow:
    figures = looked.figures
    return MonthRow(
        "total",
        _("Mean") if looked.level else _("Total"),
        looked.row.total,
        _together(looked.before, looked),
        None if looked.level else change,
        figures.base,
        figures.complete,
        figures.estimated,
        0.0,
    )


def _by_readings(looked: Looked, ledger: Ledger) -> list[MonthRow]:
    def of(year: int, month: int) -> Decimal | None:
        first = date(year, month, 1)
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return None if looked.row.rest else sum_of_readings(ledger, looked.row.meter, first, last)

    def row(key: str, title: str, now: Decimal | None, before: Decimal | None) -> MonthRow:
        change = float(now / before) - 1 if now is not None and before else None
        return MonthRow(key, title, now, before, change, None, None, 0, 0.0)

    values = [(of(looked.year, month), of(looked.year - 1, month)) for month in range(1, 13)]
    rows = [
        row(f"{month:02}", show_month(date(looked.year, month, 1), language()), *both)
        for month, both in enumerate(values, 1)
    ]
    sums = [_sum([both[place] for both in values]) for place in (0, 1)]
    return [*rows, row("total", _("Total"), *sums)]


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return sum(known, Decimal(0)) if known else None


def _of(months: tuple[MonthSum, ...], number: int) -> MonthSum | None:
    return next((one for one in months if one.month.month == number), None)


def _value(one: MonthSum | None, looked: Looked) -> Decimal | None:
    if one is None or not one.present:
        return None
    return one.total / one.present if looked.level else one.total


def _together(months: tuple[MonthSum, ...], looked: Looked) -> Decimal | None:
    present, total = sum(one.present for one in months), sum((one.total for one in months), Decimal(0))
    if not present:
        return None
    return total / present if looked.level else total


def _base(looked: Looked, month: int) -> BaseLoad | None:
    if looked.series is None or looked.figures.base is None or looked.row.meter.direction not in MEASURED_USE:
        return None
    after = date(looked.year + month // 12, month % 12 + 1, 1)
    return base_load(looked.of_days(date(looked.year, month, 1), after), looked.zone)


def _hours(looked: Looked, one: MonthSum | None) -> float:
    return 0.0 if one is None or looked.series is None else one.present * looked.series.hours


def size_of(looked: Looked, rows: list[MonthRow]) -> tuple[str, Decimal]:
    """The unit in which months are shown, and how many units of the meter it is."""
    unit = looked.row.meter.unit
    largest = max((abs(row.now or row.before or Decimal(0)) for row in rows), default=Decimal(0))
    if not looked.level and unit in LARGER and largest >= MANY:
        return LARGER[unit]
    return unit_sign(unit), Decimal(1)


def data_of(looked: Looked, rows: list[MonthRow], unit: str, size: Decimal) -> MonthData:
    """The bars."""

    def shown(value: Decimal | None) -> float:
        return nan if value is None else float(value / size)

    months = rows[:12]
    return MonthData(
        _("Months"),
        power_title(looked.row.meter) if looked.level else _("Amount"),
        unit,
        tuple(_short_month(month) for month in range(1, 13)),
        looked.year,
        tuple(shown(row.now) for row in months),
        tuple(shown(row.before) for row in months),
        tuple(nan if row.base is None else row.base.power * row.hours / float(size) for row in months),
        tuple(row.complete is not None and 0 < row.complete < 1 for row in months),
    )


def _short_month(month: int) -> str:
    """``Sep``, as long as the others; ``9月``."""
    name = locale().monthName(month, QLocale.FormatType.ShortFormat)
    return name if language() == "zh" else name[:3]


def columns(looked: Looked, unit: str, size: Decimal) -> list[Column[MonthRow]]:
    """Of the table."""
    year, meter = looked.year, looked.row.meter
    power = unit_sign(meter.unit) if looked.level else _power(meter.unit)

    def amounts(key: str, title: str) -> Column[MonthRow]:
        def value(row: MonthRow) -> Decimal | None:
            found: Decimal | None = getattr(row, key)
            return None if found is None else found / size

        def text(row: MonthRow) -> str:
            found = value(row)
            return "–" if found is None else figure(found)

        def plain(row: MonthRow) -> str:
            found = value(row)
            return "" if found is None else f"{found:f}"

        return Column(key, title, text, unit, "right", lambda row: value(row) or Decimal(0), plain, width=8)

    return [
        Column("month", _("Month"), lambda row: row.title, sort=lambda row: row.id, width=10, stretch=True),
        amounts("now", str(year)),
        amounts("before", str(year - 1)),
        Column("change", _("Change"), lambda row: _signed(row.change), "%", "right",
               lambda row: row.change or 0.0, width=6, hidden=looked.level),
        Column("base", _("Base load"), lambda row: "–" if row.base is None else figure(row.base.power), power, "right",
               lambda row: row.base.power if row.base else 0.0, width=7, hidden=looked.level),
        Column("complete", _("Complete"), lambda row: percent(row.complete, 1), "%", "right",
               lambda row: row.complete or 0.0, width=7),
        Column("estimated", _("Estimated"), lambda row: f"{row.estimated:,}" if row.estimated else "–",
               "", "right", lambda row: row.estimated, width=8),
    ]  # fmt: skip


def _power(unit: str) -> str:
    return unit.removesuffix("h") if unit.endswith("Wh") else f"{unit_sign(unit)}/h"


def _signed(change: float | None) -> str:
    """``+3.2``; a dash where nothing compares."""
    if change is None:
        return "–"
    return f"{'+' if change > 0 else ''}{show_number(Decimal(repr(change * 100)), 1)}"
