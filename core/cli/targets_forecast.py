"""What ``targets forecast`` tells: years without and with actions, P10, P50 and P90, and what is assumed."""

from __future__ import annotations

import argparse
from decimal import Decimal

from core.cli.common import GOOD, NO, print_json, table, write
from core.cli.energy import DASH
from core.cli.targets_status import gathered
from core.errors import UserError
from core.handover.ahead import TargetsOf, compared, simulated
from core.i18n import T, show_number, verbatim
from core.targets.forecast import FARTHEST, Forecast, forecast_of
from core.targets.forecast_plain import comparison_to_plain, forecast_to_plain
from core.targets.simulation import Simulation

VIEWS = ("location", "market")


def show_forecast(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there is nothing to begin with or no scenario."""
    found = gathered(arguments, scenario=arguments.scenario, promised=arguments.promised)
    lang = arguments.lang_ui
    if found.forecast is None:
        why = [one.text(lang) for one in found.troubles] or [missing(found).text(lang)]
        if arguments.json:
            print_json({"forecast": None, "troubles": why})
        for one in () if arguments.json else why:
            write(one)
        return NO
    if arguments.compare:
        return _compare(found, arguments.json, lang)
    forecast, simulation = until(found, arguments.until), simulated(found, arguments.until)
    if arguments.json:
        print_json(forecast_to_plain(forecast, lang, simulation))
        return GOOD
    _print(forecast, simulation, lang)
    return GOOD


def _compare(found: TargetsOf, as_json: bool, lang: str) -> int:
    """Both figures of every scenario; the first is what the others are compared with."""
    both = [one for view in VIEWS if (one := compared(found, (view,))) is not None]
    if as_json:
        print_json([comparison_to_plain(one) for one in both])
        return GOOD
    for one, title in zip(both, (T("location-based"), T("market-based")), strict=True):
        write(T("All scopes, {view}, t CO₂e", view=title).in_language(lang))
        heads = [T("Year").in_language(lang), *(forecast.scenario.name for forecast in one.forecasts)]
        years = sorted({row.year for row in one.rows})
        rows = [[str(year), *(_shown(row.result) for row in one.of(year))] for year in years]
        write(table(heads, rows, range(len(heads))))
    return GOOD


def missing(found: TargetsOf) -> UserError:
    """Why there is no forecast."""
    if found.baseline is None:
        return UserError(
            T("No year up to {year} has data of every month.", year=str(found.year)),
            T("A forecast starts from a year of the inventory: enter its bills."),
        )
    return UserError(T("There is no scenario yet."), T("Enter how the years to come may go: growth, efficiency, grid."))


def until(found: TargetsOf, year: int | None) -> Forecast:
    """The forecast up to a year.

    Raises
    ------
    UserError
        for a year before the baseline or too far away.
    """
    assert found.forecast is not None
    assert found.baseline is not None
    assert found.scenario is not None
    if year is None:
        return found.forecast
    if not found.baseline.year <= year <= FARTHEST:
        raise UserError(
            T("A forecast from {first} cannot end in {last}.", first=str(found.baseline.year), last=str(year)),
            T("Choose a last year from {first} to {farthest}.", first=str(found.baseline.year), farthest=str(FARTHEST)),
        )
    return forecast_of(found.ledger, found.baseline, found.scenario, shares=found.shares, last_year=year)


def _print(forecast: Forecast, simulation: Simulation | None, lang: str) -> None:
    words = T("{scenario}: from {year} on", scenario=verbatim(forecast.scenario.name), year=str(forecast.baseline.year))
    write(words.in_language(lang))
    for view, title in zip(VIEWS, (T("location-based"), T("market-based")), strict=True):
        write(T("All scopes, {view}, t CO₂e", view=title).in_language(lang))
        write(_table(forecast, simulation, view, lang))
    if simulation is not None:
        write(
            T("{draws} draws with the seed {seed}, {generator}.", draws=simulation.draws, seed=str(simulation.seed),
              generator=verbatim(simulation.generator)).in_language(lang)
        )  # fmt: skip
    for one in forecast.assumptions:
        write(one.in_language(lang))


def _table(forecast: Forecast, simulation: Simulation | None, view: str, lang: str) -> str:
    heads = [T("Year"), T("Without actions"), T("With actions"), T("P10"), T("P50"), T("P90")]
    without, result = forecast.series((view,), actions=False), forecast.series((view,))
    rows = []
    for year, tonnes in result.items():
        band = None if simulation is None else simulation.band(year, view)
        widths = (None, None, None) if band is None else (band.p10, band.p50, band.p90)
        rows.append([str(year), *(_shown(one) for one in (without[year], tonnes, *widths))])
    return table([head.in_language(lang) for head in heads], rows, (0, 1, 2, 3, 4, 5))


def _shown(value: Decimal | None) -> str:
    return DASH if value is None else show_number(value, 1)
