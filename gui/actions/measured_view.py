"""Planned against measured: what actions were to save, and what the measures that follow them up found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions import Followed
from core.actions.measured import MeasuredYear
from core.i18n import show_number
from core.library import EXACT
from core.methods import exact_sum
from gui.actions.answer import Answer
from gui.actions.words import NONE
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import _, say
from gui.quality.parts import combo
from gui.settings import Settings
from gui.tables.table import Column, Mark, Table
from gui.theme import tokens
from gui.widgets import card, label
from gui.wording import TONNES, minus

ENERGY, TONNES_KEY = "energy", "tonnes"
LINES = 12
"""Height of the chart."""
KWH = Decimal(1000)
"""Of a megawatt-hour."""


@dataclass(frozen=True, slots=True)
class Row:
    """One action in one year, or one without a measured effect."""

    id: str
    action: Followed
    year: MeasuredYear | None

    @property
    def percent(self) -> Decimal | None:
        """Measured, of the plan for the same days: of energy where it was planned so. [%]"""
        if self.year is None:
            return None
        plan, found = self.year.planned_kwh, self.year.measured_kwh
        if not plan:
            plan, found = self.year.planned_tonnes, self.year.measured_tonnes
        return EXACT.divide(EXACT.multiply(found, Decimal(100)), plan) if plan else None


class MeasuredView(QWidget):
    """Bars by year, and a row for each action and year."""

    measure_wanted = Signal(str)
    """Id of the savings measure that the person wants to see."""
    action_chosen = Signal(str)

    def __init__(self, settings: Settings, answer: Callable[[], Answer | None]) -> None:
        super().__init__()
        self._answer = answer
        self.quantity = combo(_("What the bars show"), [(_("Tonnes"), TONNES_KEY), (_("Energy"), ENERGY)])
        self.quantity.activated.connect(lambda _row: self._draw())
        self.chart = Chart(_("Planned and measured by year"), self.quantity)
        self.chart.setMinimumHeight(self.fontMetrics().height() * LINES)
        self._drawn, inside = card()
        inside.addWidget(self.chart, 1)
        self._nothing = label(
            _("No effect is measured yet. Name at the action the savings measure that follows it up; its baseline and "
              "its meters give the measured effect."),
            "muted", wrap=True,
        )  # fmt: skip
        self.table: Table[Row] = Table("action_effects", _columns(), settings, name=_("Effect of each action"),
                                       editable=False, marks=_marks)  # fmt: skip
        self.table.view.setSelectionBehavior(self.table.view.SelectionBehavior.SelectRows)
        self.table.current.connect(lambda row: self.action_chosen.emit("" if row is None else row.action.action.id))
        self.table.view.doubleClicked.connect(lambda _index: self._open())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._drawn, 3)
        row = QHBoxLayout()
        row.addWidget(self._nothing, 1)
        column.addLayout(row)
        column.addWidget(self.table, 2)

    def refresh(self) -> None:
        """All actions."""
        answer = self._answer()
        if answer is None:
            return
        rows = []
        for one in answer.situation.followed:
            key = one.action.id
            years = [Row(f"{key} {year.year}", one, year) for year in one.years]
            rows += years or [Row(key, one, None)]
        self.table.set_rows(rows)
        measured = any(one.years for one in answer.situation.followed)
        self._drawn.setVisible(measured)
        self._nothing.setVisible(not measured)
        self._draw()

    def chosen_action(self) -> str:
        """Id of the action that one stands on; empty: none."""
        row = self.table.current_record()
        return "" if row is None else row.action.action.id

    def _draw(self) -> None:
        answer = self._answer()
        if answer is not None and any(one.years for one in answer.situation.followed):
            self.chart.show_data(by_year(answer.situation.followed, energy=self.quantity.currentData() == ENERGY))

    def _open(self) -> None:
        row = self.table.current_record()
        if row is not None and row.action.action.measure:
            self.measure_wanted.emit(row.action.action.measure)


def by_year(followed: tuple[Followed, ...], *, energy: bool) -> BarData:
    """Sums of all measured actions, plan and measurement of the same days beside each other."""
    found: dict[int, list[MeasuredYear]] = {}
    for one in followed:
        for year in one.years:
            found.setdefault(year.year, []).append(year)
    years = sorted(found)

    def sums(key: str) -> tuple[Decimal, ...]:
        whole = (exact_sum(getattr(one, key) for one in found[year]) for year in years)
        return tuple(EXACT.divide(one, KWH) if energy else one for one in whole)

    ending = "kwh" if energy else "tonnes"
    series = (Series(_("As planned"), sums(f"planned_{ending}"), tokens().edge),
              Series(_("Measured"), sums(f"measured_{ending}"), tokens().series[0]))  # fmt: skip
    return BarData(
        _("Planned and measured by year"), tuple(str(year) for year in years), series, "MWh" if energy else TONNES,
        _("Saved energy") if energy else _("Reduction"), beside=True,
    )  # fmt: skip


def _columns() -> list[Column[Row]]:
    def amount(key: str, title: str, unit: str, divide: Decimal) -> Column[Row]:
        def value(row: Row) -> Decimal | None:
            return None if row.year is None else EXACT.divide(getattr(row.year, key), divide)

        return Column(key, title, lambda row: _shown(value(row)), unit, "right", lambda row: value(row) or Decimal(0),
                      lambda row: "" if value(row) is None else f"{value(row):f}", width=11)  # fmt: skip

    return [
        Column("name", _("Action"), lambda row: row.action.action.name, width=24, stretch=True),
        Column("year", _("Year"), lambda row: NONE if row.year is None else str(row.year.year), width=6),
        amount("planned_kwh", _("As planned"), "MWh", KWH),
        amount("measured_kwh", _("Measured"), "MWh", KWH),
        amount("planned_tonnes", _("As planned"), "t CO₂e", Decimal(1)),
        amount("measured_tonnes", _("Measured"), "t CO₂e", Decimal(1)),
        Column("percent", _("Of the plan"), lambda row: _shown(row.percent), "%", "right",
               lambda row: row.percent or Decimal(0), width=9),
        Column("state", _("State"), lambda row: say(row.action.text), width=34),
    ]  # fmt: skip


def _marks(row: Row) -> Mapping[str, Mark]:
    if row.action.state == "no_data" and row.action.reason is not None:
        return {"state": Mark("warning", say(row.action.reason))}
    return {}


def _shown(value: Decimal | None) -> str:
    return NONE if value is None else minus(show_number(value, 1))
