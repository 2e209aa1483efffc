"""What the page about savings shows, as plain values: rows of the table, bars by year, the curves of a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from core.errors import UserError
from core.i18n import show_date, show_number
from core.ledger import Measure
from core.library import Library
from core.savings import Point, Regression, Saving, Savings, SavingYear, all_kinds
from gui.chart_data import BarData, Series
from gui.language import _, language, say
from gui.plots.lines import CurveData, Floats, Kind, Line, Scale
from gui.tables.table import Column, Mark
from gui.theme import tokens
from gui.wording import TONNES, item_name, tonnes

THOUSAND = Decimal(1000)
ENERGY, AVOIDED, MONEY = "energy", "avoided", "money"
TIME, DRIVER = "time", "driver"
MOST_COLOURS = 6
Quantity = Literal["energy", "avoided", "money"]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in the year shown."""

    id: str
    measure: Measure
    saving: Saving | None
    """None: it cannot be calculated."""
    year: SavingYear | None
    """None: nothing is saved in this year."""
    error: UserError | None = None

    @property
    def kwh(self) -> Decimal | None:
        return None if self.year is None else self.year.kwh

    @property
    def tonnes(self) -> Decimal | None:
        return None if self.year is None else self.year.tonnes

    @property
    def money(self) -> Decimal | None:
        return None if self.year is None or not self.currency else self.year.money

    @property
    def currency(self) -> str:
        return "" if self.saving is None else self.saving.currency

    @property
    def payback(self) -> Decimal | None:
        return None if self.saving is None or self.saving.finance is None else self.saving.finance.payback

    @property
    def uncertainty(self) -> Decimal | None:
        sure = None if self.saving is None else self.saving.effect.uncertainty
        return None if sure is None else sure.percent


def rows_of(found: Savings, year: int) -> list[Row]:
    """Every measure in the order in which they were entered, those that cannot be calculated last."""
    made = [Row(one.measure.id, one.measure, one, one.of(year)) for one in found.savings]
    return made + [Row(one.measure.id, one.measure, None, None, one.error) for one in found.unclear]


def columns(library: Library) -> list[Column[Row]]:
    """Of the table of measures."""

    def amount(key: str, title: str, unit: str, width: int = 12) -> Column[Row]:
        def value(row: Row) -> Decimal | None:
            found: Decimal | None = getattr(row, key)
            return found

        def text(row: Row) -> str:
            found = value(row)
            if found is None:
                return "–"
            return f"{shown(key, found)} {row.currency}" if key == "money" else shown(key, found)

        def plain(row: Row) -> str:
            found = value(row)
            return "" if found is None else f"{found:f}"

        return Column(key, title, text, unit, "right", lambda r: value(r) or Decimal(0), plain, width=width)

    return [
        Column("name", _("Measure"), lambda r: r.measure.name, width=26, stretch=True),
        Column("kind", _("Kind"), lambda r: kind_title(r.measure.kind), width=15),
        Column("item", _("Saves"), lambda r: item_name(library, r.measure.item), width=19),
        Column("source", _("Emission source"), lambda r: source_of(r.measure), width=18, hidden=True),
        Column("start", _("From"), lambda r: show_date(r.measure.start, language()),
               sort=lambda r: r.measure.start, width=11, hidden=True),
        Column("end", _("To"), lambda r: show_date(r.measure.end, language()), sort=lambda r: r.measure.end, width=11,
               hidden=True),
        amount("kwh", _("Saved"), "MWh", 9),
        amount("tonnes", _("Avoided"), TONNES, 10),
        amount("money", _("Saved money"), "", 14),
        amount("payback", _("Payback"), "a", 9),
        amount("uncertainty", _("Uncertainty"), "± %", 11),
    ]  # fmt: skip


def shown(key: str, value: Decimal) -> str:
    """A number of the table, for reading."""
    if key == "kwh":
        return mwh(value)
    if key == "tonnes":
        return tonnes(value)
    return show_number(value, 0 if key == "money" else 1)


def mwh(kwh: Decimal) -> str:
    """Kilowatt-hours as megawatt-hours, for reading."""
    value = kwh / THOUSAND
    if not value:
        return "0"
    return show_number(value, 1 if abs(value) >= 10 else 3)


def marks(row: Row) -> dict[str, Mark]:
    """What stands beside the name: why there is no number, or that something wants a look."""
    if row.error is not None:
        return {"name": Mark("bad", row.error.text(language()))}
    if row.saving is not None and row.saving.warnings:
        return {"name": Mark("warning", "\n".join(say(words) for words in row.saving.warnings))}
    return {}


def kind_title(key: str) -> str:
    """Title of a kind; the key where it is unknown."""
    kind = all_kinds().get(key)
    return say(kind.title) if kind else key


def source_of(measure: Measure) -> str:
    """The emission source that a measure names; a dash where it names none."""
    return dict(measure.parameters).get("source", "") or "–"


# ---------------------------------------------------------------------- bars


def by_year(found: Savings, quantity: Quantity, currency: str = "") -> BarData:
    """One stack for each year, one colour for each measure."""
    years = [one.year for one in found.years]
    titles = {ENERGY: _("Saved energy by year"), AVOIDED: _("Avoided emissions by year"),
              MONEY: _("Saved money by year")}  # fmt: skip
    values = {ENERGY: _("Saved energy"), AVOIDED: _("Avoided"), MONEY: _("Money")}
    units = {ENERGY: "MWh", AVOIDED: TONNES, MONEY: currency}
    savings = [one for one in found.savings if quantity != MONEY or one.currency == currency]
    savings.sort(key=lambda one: -sum(abs(_value(year, quantity)) for year in one.years))
    series = [
        Series(one.measure.name, tuple(_value(one.of(year), quantity) for year in years), colour)
        for one, colour in zip(savings, _colours(len(savings)), strict=True)
    ]
    return BarData(
        titles[quantity], tuple(str(year) for year in years), _few(series), units[quantity], values[quantity]
    )


def _value(year: SavingYear | None, quantity: Quantity) -> Decimal:
    if year is None:
        return Decimal(0)
    return {ENERGY: year.kwh / THOUSAND, AVOIDED: year.tonnes, MONEY: year.money}[quantity]


def _colours(count: int) -> list[str]:
    known = tokens().series
    return [known[place % len(known)] for place in range(count)]


def _few(series: Sequence[Series]) -> tuple[Series, ...]:
    """What exceeds the colours becomes one grey rest."""
    if len(series) <= MOST_COLOURS:
        return tuple(series)
    kept, rest = series[: MOST_COLOURS - 1], series[MOST_COLOURS - 1 :]
    sums = tuple(sum(column, Decimal(0)) for column in zip(*(one.values for one in rest), strict=True))
    return (*kept, Series(_("Other measures"), sums, tokens().edge))


# ---------------------------------------------------------------------- the baseline


def baseline_curves(saving: Saving, regression: Regression, over: str) -> CurveData:
    """Measured energy and what the baseline says, over time or over what drives it."""
    title = _("Baseline of {measure}", measure=saving.measure.name)
    energy = Scale(_("Energy used"), regression.unit)
    if over == DRIVER:
        return CurveData(title, Scale(say(regression.driver)), energy, _over_driver(regression))
    points = regression.points
    names = tuple(show_date(one.start, language()) for one in points)
    x = np.arange(len(points), dtype=np.float64)
    first = len([one for one in points if one.phase == "baseline"])
    measured = np.array([float(one.measured) for one in points])
    predicted = np.array([float(one.predicted) for one in points])
    colours = tokens().series
    after = np.where(x >= first, predicted, np.nan)
    before = np.where(x < first, predicted, np.nan)
    lines = (
        Line(_("Saving"), x, np.minimum(np.where(x >= first, measured, np.nan), after), "band",
             np.maximum(np.where(x >= first, measured, np.nan), after), colours[2]),
        Line(_("Measured"), x, measured, colour=colours[0]),
        Line(_("Baseline, fitted"), x, before, colour=colours[1], dashed=True),
        Line(_("Baseline under the conditions of the reporting time"), x, after, colour=colours[1]),
    )  # fmt: skip
    return CurveData(title, Scale(_("Period"), kind="names", names=names), energy, lines)


def _over_driver(regression: Regression) -> tuple[Line, ...]:
    colours = tokens().series
    clouds = []
    for phase, name, colour in (("baseline", _("Measured before"), colours[0]),
                                ("reporting", _("Measured after"), colours[2])):  # fmt: skip
        x, y = _cloud([one for one in regression.points if one.phase == phase], "measured")
        clouds.append(Line(name, x, y, "points", colour=colour))
    x, y = _cloud(regression.points, "predicted")
    order = np.argsort(x, kind="stable")
    alone = not any(one.key in ("production", "other") for one in regression.coefficients)
    kind: Kind = "line" if alone else "points"  # what else drives the energy throws it off any line
    model = Line(_("Baseline"), x[order], y[order], kind, colour=colours[1], dashed=alone)
    return (*clouds, model)


def _cloud(points: Sequence[Point], which: str) -> tuple[Floats, Floats]:
    known = [(float(one.driver), float(getattr(one, which))) for one in points if one.driver is not None]
    table = np.array(known, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
