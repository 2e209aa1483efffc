"""What the generation of a system is worth: tonnes avoided by named factors, money by tariff, and the years to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import Plant, Tariff
from core.library import Library
from core.library.library import regions_of
from core.library.places import grids_of
from core.series import Series
from core.solar.avoided import Answer, Balance, Named, answers, balance, modules_factor
from core.solar.expected import expected_of
from core.solar.forecast import Forecast, forecast
from core.solar.hourly_factor import FactorTable, avoided_hourly
from core.solar.hourly_factor import Hourly as ByHour
from core.solar.model import model_of
from core.solar.money import Earned, feed_in_revenue, saved
from core.solar.planning import assumptions_of
from core.solar.system import Observed
from core.solar.use import net_of, series_from
from core.solar.weather import Climate, Hourly
from core.solar.yields import typical_months

LOCATION = "location"
"""The basis whose factor the balance and the forecast use unless somebody chooses another."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What follows from a system over some time. Nothing of it is part of an inventory."""

    answers: tuple[Answer, ...]
    """For each kind of grid factor the published one, or why there is none."""
    modules: Named | None
    """Life-cycle emissions of PV electricity; None where none is published."""
    balance: Balance | None
    """Avoided by the use that the meters tell; None without it."""
    saved: Earned | None
    """What self-used electricity would have cost; None without tariff or use."""
    revenue: Earned | None
    """What was paid for feed-in."""
    forecast: Forecast | None
    notes: tuple[Text, ...]
    """What could not be said, and why."""
    hourly: ByHour | None = None
    """Avoided with a factor of the grid at each time; None where the plant keeps none."""

    def factor(self, basis: str = LOCATION) -> Named | None:
        """The published factor of a basis."""
        return next((one.factor for one in self.answers if one.basis.key == basis), None)


def outlook(
    found: Observed,
    plant: Plant,
    library: Library,
    weather: Hourly | Climate | None,
    tariffs: Sequence[Tariff] = (),
    basis: str = LOCATION,
) -> Outlook:
    """Tonnes, money and the years to come of a system.

    Parameters
    ----------
    found
        the system over some time.
    plant
        for its places, by which factors are chosen.
    library
        the plant's.
    weather
        of an average year, for the forecast; None: no forecast.
    tariffs
        of the plant.
    basis
        key of :data:`core.solar.avoided.BASES`: whose factor balance and forecast use.

    Returns
    -------
    Outlook
        what cannot be said is None, with a note.
    """
    year, places = found.last.year, places_of(plant)
    choices = answers(library, places, year)
    factor = next((one.factor for one in choices if one.basis.key == basis), None)
    modules = modules_factor(library, places, year)
    notes: list[Text] = []
    if factor is None:
        notes.append(T("No published grid factor of this kind fits the plant: avoided tonnes cannot be said."))
    used, fed = _uses(found)
    earned = _money(used, fed, tariffs, found, notes)
    return Outlook(
        choices,
        modules,
        _balance(found, factor, modules),
        *earned,
        _forecast(found, factor, modules, weather, notes),
        tuple(notes),
        _by_hour(used, fed, found, notes),
    )


def places_of(plant: Plant) -> tuple[str, ...]:
    """The areas whose grid factors fit a plant, smallest first; with its sub-grid, for which margins are published and
    which a plant seldom names."""
    *own, country, world = regions_of(plant)
    return tuple(dict.fromkeys((*own, *grids_of(plant.region), country, world)))


def _uses(found: Observed) -> tuple[Series | None, Series | None]:
    """What was used on site and what was fed in, interval by interval. [kWh]"""
    if found.generation is None or found.load is None:
        return None, None
    net = net_of(found.generation, found.load, found.zone)
    return series_from(net, net.self_use), series_from(net, net.feed_in)


def _by_hour(used: Series | None, fed: Series | None, found: Observed, notes: list[Text]) -> ByHour | None:
    kept = found.grid_factor
    if kept is None or used is None or fed is None:
        return None
    meter = kept.meter
    gas = "CO2e" if "co2e" in f"{meter.name} {meter.note}".lower() else "CO2"
    named = FactorTable(meter.name, meter.note, meter.serial, found.last.year, gas)
    try:
        return avoided_hourly(Series(used.start, used.step, used.values + fed.values), kept.series, named)
    except UserError as error:
        notes.append(error.message)
        return None


def _balance(found: Observed, factor: Named | None, modules: Named | None) -> Balance | None:
    if found.use is None or factor is None:
        return None
    used, fed = (Decimal(repr(round(kwh, 3))) for kwh in (found.use.self_used, found.use.fed_in))
    return balance(used, fed, factor, modules)


def _money(
    used: Series | None, fed: Series | None, tariffs: Sequence[Tariff], found: Observed, notes: list[Text]
) -> tuple[Earned | None, Earned | None]:
    held = [one for one in tariffs if one.start <= found.last and one.end >= found.first]
    if not held:
        notes.append(T("No tariff holds in this time: money cannot be said."))
    if used is None or fed is None or not held:
        return None, None
    try:
        return saved(used, held, found.zone), feed_in_revenue(fed, held, found.zone)
    except UserError as error:
        notes.append(error.message)
        return None, None


def _forecast(
    found: Observed, factor: Named | None, modules: Named | None, weather: Hourly | Climate | None, notes: list[Text]
) -> Forecast | None:
    """From the first year of operation, with new modules in average weather."""
    new = expected_of(model_of(found.system, found.arrays), weather)
    if new is None or factor is None:
        return None
    try:
        energy = float(typical_months(new).sum())
        assumed = assumptions_of(found.system, energy, found.system.commissioned.year, factor, modules)
        if assumed.money is not None and not assumed.money.capex:
            assumed = replace(assumed, money=None)  # nobody said what the system cost
        return forecast(assumed)
    except UserError as error:
        notes.append(error.message)
        return None
