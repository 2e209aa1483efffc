"""Rows and columns of what is calculated: years, forecast, scenarios side by side, budgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from core.handover.ahead import TargetsOf
from core.library import EXACT
from core.targets.forecast import Steps, added
from core.targets.scenarios import Comparison
from core.targets.simulation import Simulation
from core.targets.status import TargetStatus
from gui.language import _, say
from gui.tables.table import Column
from gui.targets import words
from gui.targets.pathway_plot import bands
from gui.wording import TONNES, clauses, listed

R = TypeVar("R")
Value = Decimal | Fraction | None


def amount(
    key: str, title: str, value: Callable[[R], Value], *, unit: str = TONNES, places: int = 1, sign: bool = False,
    width: int = 11, hidden: bool = False,
) -> Column[R]:  # fmt: skip
    """A number at the right, with all its digits when it is copied; a dash where nobody knows."""
    shown = words.signed if sign else words.shown
    return Column(
        key, title, lambda row: shown(value(row), places), unit, "right",
        lambda row: (value(row) is not None, value(row) or 0), lambda row: words.full(value(row)), width=width,
        hidden=hidden,
    )  # fmt: skip


# ---------------------------------------------------------------------- years


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year in both series."""

    id: int
    origin: str
    sources: str
    original: Decimal | None
    recalculated: Decimal | None
    scopes: tuple[Decimal | None, ...]
    """Scopes 1, 2 (location- and market-based) and 3 in the series to compare with."""

    @property
    def difference(self) -> Decimal | None:
        if self.original is None or self.recalculated is None:
            return None
        return EXACT.subtract(self.recalculated, self.original)


SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")


def year_rows(found: TargetsOf, one: TargetStatus | None) -> list[YearRow]:
    """Every year that is known."""
    series, parts = found.status.series, words.parts_of(found, one)
    rows = []
    for year in series.years:
        known = series.parts(year.year)
        rows.append(
            YearRow(
                year.year,
                say(words.ORIGINS[year.origin]),
                clauses(year.sources),
                series.tonnes(parts, year.year, original=True),
                series.tonnes(parts, year.year),
                tuple(known.get(part) for part in SCOPES),
            )
        )
    return rows


def year_columns() -> list[Column[YearRow]]:
    """Of the years."""
    titles = (_("Scope 1"), _("Scope 2, location"), _("Scope 2, market"), _("Scope 3"))
    return [
        Column("year", _("Year"), lambda r: str(r.id), sort=lambda r: r.id, width=7),
        Column("origin", _("Known from"), lambda r: r.origin, width=16),
        amount("original", _("Original"), lambda r: r.original, width=13),
        amount("recalculated", _("After recalculation"), lambda r: r.recalculated, width=13),
        amount("difference", _("Difference"), lambda r: r.difference, sign=True),
        *(
            amount(SCOPES[place], title, lambda r, place=place: r.scopes[place], width=12)  # type: ignore[misc]
            for place, title in enumerate(titles)
        ),
        Column("sources", _("Report"), lambda r: r.sources, width=24, stretch=True),
    ]


# ---------------------------------------------------------------------- forecast


@dataclass(frozen=True, slots=True)
class AheadRow:
    """One year to come."""

    id: int
    steps: Steps
    band: tuple[Decimal, Decimal, Decimal] | None
    allowed: Fraction | None
    """By the pathway."""

    def drawn(self, place: int) -> Decimal | None:
        """P10, P50 or P90."""
        return None if self.band is None else self.band[place]


def ahead_rows(found: TargetsOf, one: TargetStatus | None, simulation: Simulation | None) -> list[AheadRow]:
    """Every year of the forecast, of what is looked at."""
    if found.forecast is None:
        return []
    parts = words.parts_of(found, one)
    width = {} if simulation is None else bands(found, one, simulation)
    points = {} if one is None or one.target.intensity else {point.year: point.exact for point in one.points}
    return [
        AheadRow(year.year, added(year.of(part) for part in parts), width.get(year.year), points.get(year.year))
        for year in found.forecast.years
    ]


def ahead_columns() -> list[Column[AheadRow]]:
    """Without and with actions, how sure, and the steps from the baseline."""
    return [
        Column("year", _("Year"), lambda r: str(r.id), sort=lambda r: r.id, width=7),
        amount("allowed", _("Pathway"), lambda r: r.allowed),
        amount("without", _("Without actions"), lambda r: r.steps.without, width=13),
        amount("result", _("With actions"), lambda r: r.steps.result, width=12),
        amount("p10", "P10", lambda r: r.drawn(0)),
        amount("p50", "P50", lambda r: r.drawn(1)),
        amount("p90", "P90", lambda r: r.drawn(2)),
        amount("driver", _("Activity"), lambda r: r.steps.driver, sign=True),
        amount("intensity", _("Intensity"), lambda r: r.steps.intensity, sign=True),
        amount("supply", _("Grid and contracts"), lambda r: r.steps.supply, sign=True, width=14),
        amount("actions", _("Actions"), lambda r: r.steps.actions, sign=True),
    ]


# ---------------------------------------------------------------------- scenarios


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One year in every scenario."""

    id: int
    results: tuple[Decimal, ...]
    """With actions, in the order of the scenarios."""

    @property
    def spread(self) -> Decimal:
        return EXACT.subtract(max(self.results), min(self.results))


def scenario_rows(found: Comparison) -> list[ScenarioRow]:
    """Years down, scenarios across."""
    years = sorted({row.year for row in found.rows})
    return [ScenarioRow(year, tuple(row.result for row in found.of(year))) for year in years]


def scenario_columns(names: Sequence[str]) -> list[Column[ScenarioRow]]:
    """A column for each scenario."""
    return [
        Column("year", _("Year"), lambda r: str(r.id), sort=lambda r: r.id, width=7),
        *(
            amount(f"s{place}", name, lambda r, place=place: r.results[place], width=max(14, len(name)))  # type: ignore[misc]
            for place, name in enumerate(names)
        ),
        amount("spread", _("Spread"), lambda r: r.spread),
    ]


# ---------------------------------------------------------------------- budgets


@dataclass(frozen=True, slots=True, eq=False)
class BudgetRow:
    """The budget of one target."""

    id: str
    status: TargetStatus

    def number(self, name: str) -> Fraction | None:
        found: Fraction | None = None if self.status.budget is None else getattr(self.status.budget, name)
        return found


def budget_rows(found: TargetsOf) -> list[BudgetRow]:
    """Every target that has a budget."""
    return [BudgetRow(one.target.id, one) for one in found.status.targets if one.budget is not None]


def budget_columns() -> list[Column[BudgetRow]]:
    """Area, used, left, when it is used up."""

    def of(name: str) -> Callable[[BudgetRow], Fraction | None]:
        return lambda row: row.number(name)

    return [
        Column("name", _("Target"), lambda r: r.status.target.name, width=26, stretch=True),
        Column("years", _("Years"), _years, width=11),
        amount("area", _("Budget"), of("area")),
        amount("allowed", _("Allowed so far"), of("allowed"), width=13),
        amount("used", _("Used so far"), of("used"), width=12),
        amount("overdrawn", _("Overdrawn"), of("overdrawn"), sign=True),
        amount("left", _("Left"), of("left")),
        Column("today", _("Used up"), _today, _("at the level of today"), "right", width=17),
        Column("ahead", _("Used up"), _ahead, _("by the forecast"), "right", width=15),
        Column("missing", _("Years not known"), _missing, width=14, hidden=True),
    ]  # fmt: skip


def _years(row: BudgetRow) -> str:
    held = row.status.budget
    return "" if held is None else f"{held.first}–{held.last}"


def _today(row: BudgetRow) -> str:
    held = row.status.budget
    if held is None:
        return words.DASH
    return _("never") if held.exhausted_today is None else str(held.exhausted_today)


def _ahead(row: BudgetRow) -> str:
    """Not within the forecast is not never."""
    held = row.status.budget
    return words.DASH if held is None or held.exhausted_forecast is None else str(held.exhausted_forecast)


def _missing(row: BudgetRow) -> str:
    return "" if row.status.budget is None else listed(map(str, row.status.budget.missing))
