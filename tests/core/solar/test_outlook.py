"""What the generation of the demo is worth: factors, balance, money, forecast, and what is missing for each."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from core.ledger import IntervalData, Meter, Step, Tariff
from core.library import load_library
from core.series import Series
from core.series.keep import intervals_of, merge
from core.series.metered import Metered
from core.solar.observing import observe
from core.solar.outlook import Outlook, outlook, places_of
from core.solar.plain import outlook_to_plain
from core.solar.system import Observed
from tests.core.solar.roofs import CLIMATE, demo, system

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
LIBRARY = load_library()


def looked(found: Observed, tariffs: tuple[Tariff, ...] | None = None, weather: object = CLIMATE) -> Outlook:
    held = demo(0).ledger.held(Tariff) if tariffs is None else tariffs
    return outlook(found, demo(0).ledger.plant, LIBRARY, weather, held)  # type: ignore[arg-type]


def seen(metered: Metered | None = None) -> Observed:
    plant = metered or demo(0)
    return observe(system(plant), plant, CLIMATE, FIRST, LAST)


def with_factor(values: float, unit: str) -> Metered:
    """The demo with a grid factor of each hour."""
    plant = demo(0)
    start = seen().generation
    assert start is not None
    series = Series(start.start, 3600, np.full(366 * 24, values))
    merged = merge(None, series, plant.zone, plant.blob, overwrite=False)
    blobs = {hashlib.sha256(data).hexdigest(): data for data in merged.blobs}
    meter = Meter("g1", "Grid by the hour", "grid_factor", "sensor", unit, note="Operator, 2024")
    kept: IntervalData = intervals_of("g1", merged, ())
    ledger = plant.ledger.apply((Step("meter", "g1", None, meter), Step("intervals", "g1", None, kept)))
    return Metered(ledger, lambda key: blobs[key] if key in blobs else plant.blob(key))


def test_the_balance_is_energy_times_the_named_factor() -> None:
    found = seen()
    made = looked(found)
    assert found.use is not None
    assert made.balance is not None
    factor = made.factor()
    assert factor is not None
    assert (str(factor.value), factor.year) == ("0.6516", 2023)
    own = Decimal(repr(round(found.use.self_used, 3)))
    assert made.balance.self_used.tonnes == own * factor.value / 1000
    assert made.balance.self_used.energy + made.balance.fed_in.energy == pytest.approx(found.energy)
    assert made.modules is not None
    assert made.balance.net is not None
    assert made.balance.net < made.balance.avoided


def test_margins_are_found_by_the_grid_of_the_province() -> None:
    assert places_of(demo(0).ledger.plant) == ("CN-HE", "CN.north", "CN", "World")
    bases = {one.basis.key: one for one in looked(seen()).answers}
    assert bases["operating_margin"].factor is not None
    assert bases["combined_margin"].factor is None
    assert bases["combined_margin"].proposal is not None, "its build margin is from memory: shown, never chosen"


def test_money_follows_the_bands_and_adds_up() -> None:
    made = looked(seen())
    assert made.saved is not None
    assert made.revenue is not None
    assert made.saved.money == sum((part.energy * part.price for part in made.saved.parts), Decimal(0))
    assert made.saved.unpriced == 0
    assert made.revenue.mean_price == Decimal("0.372")


def test_without_a_tariff_no_money_is_said() -> None:
    made = looked(seen(), ())
    assert (made.saved, made.revenue) == (None, None)
    assert any("tariff" in str(note) for note in made.notes)


def test_the_forecast_falls_with_modules_and_grid() -> None:
    found = looked(seen()).forecast
    assert found is not None
    assert len(found.years) == 25
    assert found.falling < found.constant
    assert found.p90 < found.p50
    assert found.money is not None
    assert found.money.irr.count == 1
    assert looked(seen(), weather=None).forecast is None


def test_a_system_without_investment_has_no_money_in_its_forecast() -> None:
    found = seen()
    free = replace(found, system=replace(found.system, parameters=()))
    made = looked(free).forecast
    assert made is not None
    assert made.money is None


@pytest.mark.parametrize(("value", "unit"), [(0.5, "kg/kWh"), (500.0, "g/kWh")])
def test_a_factor_of_each_hour_is_weighted_by_the_sun(value: float, unit: str) -> None:
    plant = with_factor(value, unit)
    made = looked(seen(plant))
    assert made.hourly is not None
    assert float(made.hourly.avoided.factor.value) == pytest.approx(0.5)
    assert float(made.hourly.avoided.tonnes) == pytest.approx(float(made.hourly.avoided.energy) * 0.0005)
    assert made.hourly.avoided.factor.publisher == "Operator, 2024"
    plain = outlook_to_plain(made)["hourly"]
    assert isinstance(plain, dict)
    assert plain["present"] == plain["expected"]
    assert looked(seen()).hourly is None
